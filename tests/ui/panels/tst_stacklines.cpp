#include "panels/callsaside.h"
#include "panels/callstackpanel.h"
#include "panels/stacklines.h"

#include "drawnrun.h"
#include "handtrace.h"

#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace events = bistro::trace::events;

namespace {

// A run by hand, in which functions await each other's promises.
class Awaits final {
public:
    Awaits()
    {
        at({.kind = trace::EventKind::RunStarted, .small = 1});
        m_trace.starts(++m_time, 1);
    }
    Awaits& call(std::uint32_t call, std::string_view function, std::uint32_t line, std::uint32_t promise)
    {
        add(events::PromiseCreated {.origin = trace::PromiseOrigin::Constructed, .promise = {promise}});
        add(events::CallEntered {.entry = trace::CallEntry::Called,
            .call = {call},
            .function = {m_trace.text(function)},
            .caller = {call - 1}});
        return stop(call, line);
    }
    Awaits& stop(std::uint32_t call, std::uint32_t line)
    {
        events::LineReached reached {.point = trace::LinePoint::Statement, .call = {call}, .visible = {}};
        reached.stack = {m_trace.frame(line)};
        return add(reached);
    }
    // Of `function`, a promise, for `awaited`.
    Awaits& awaits(std::uint32_t call, std::uint32_t made, std::uint32_t awaited, std::uint32_t function)
    {
        add(events::PromiseCreated {
            .origin = trace::PromiseOrigin::Await, .promise = {made}, .parent = {awaited}, .function = {function}});
        return add(events::CallLeft {.end = trace::CallEnd::Awaits, .call = {call}, .value = {}, .object = {}});
    }
    Awaits& then(std::uint32_t made, std::uint32_t parent)
    {
        return add(
            events::PromiseCreated {.origin = trace::PromiseOrigin::Derived, .promise = {made}, .parent = {parent}});
    }
    Awaits& mainEnds()
    {
        m_trace.ends(++m_time, 1);
        return *this;
    }
    Awaits& resumes(std::uint32_t await, std::uint32_t call, std::string_view function, std::uint32_t line,
        std::string_view given = {})
    {
        add(events::ReactionQueued {.job = trace::JobKind::Await, .promise = {await}});
        add(events::JobStarted {.job = trace::JobKind::Await, .promise = {await}});
        add(events::CallEntered {
            .entry = trace::CallEntry::Resumed, .call = {call}, .function = {m_trace.text(function)}, .caller = {}});
        if (!given.empty())
            add(events::CallGiven {.call = {call}, .value = {m_trace.text(given)}, .object = {}});
        return stop(call, line);
    }

    [[nodiscard]] std::unique_ptr<app::TraceLog> open() const { return m_trace.open(); }

private:
    template <typename Event>
    Awaits& add(const Event& event)
    {
        return at(trace::recordOf(event));
    }
    Awaits& at(const trace::Record& record)
    {
        m_trace.at(++m_time, record);
        return *this;
    }

    HandTrace m_trace;
    std::uint64_t m_time = 0;
};

// The moment at the end of a run by hand.
struct HandRun {
    explicit HandRun(const Awaits& awaits)
        : log(awaits.open())
        , lines(*log)
        , facts(*log)
    {
        lines.refresh();
    }
    [[nodiscard]] Moment end() const
    {
        Moment moment = momentAt(*log, facts, log->size(), app::Wording::Restaurant);
        moment.lines = &lines;
        return moment;
    }
    std::unique_ptr<app::TraceLog> log;
    app::Lines lines;
    TraceFacts facts;
};

// "serve<add", in brackets those that do not wait for what runs.
QString print(const Moment& moment)
{
    QStringList names;
    const auto name = [&](trace::CallId call) {
        const std::string_view function = moment.lines->frameAt(call, moment.place).function;
        return QString::fromUtf8(function.data(), static_cast<qsizetype>(function.size()));
    };
    for (const CallAside& call : callsAside(moment)) {
        const QString text = name(call.frame.call) + (call.awaits ? u'<' + name(call.awaits) : QString());
        names << (call.waits ? text : u'(' + text + u')');
    }
    return names.join(u' ');
}

QStringList platesOf(const std::vector<Plate>& plates)
{
    QStringList words;
    for (const Plate& plate : plates)
        words << plate.function + u' ' + placeName(plate.place)
                + (plate.arguments.isEmpty() ? QString() : u' ' + plate.arguments);
    return words;
}

} // namespace

class TestStackLines final : public QObject {
    Q_OBJECT

private slots:
    void whoAwaitsTheCallThatRunsIsFoundByItsPromise()
    {
        // serve (promise 1) awaits add (promise 2), which awaits something and goes on; other awaits something else.
        const HandRun run(Awaits {}
                .call(1, "other", 30, 7)
                .awaits(1, 8, 70, 7)
                .call(2, "serve", 22, 1)
                .call(3, "add", 7, 2)
                .awaits(3, 5, 50, 2)
                .awaits(2, 6, 2, 1)
                .mainEnds()
                .resumes(5, 3, "add", 9));
        QCOMPARE(print(run.end()), u"serve<add (other)"_s);
    }

    void theChainGoesOnOutwards()
    {
        const HandRun run(Awaits {}
                .call(1, "evening", 30, 3)
                .call(2, "serve", 22, 1)
                .call(3, "add", 7, 2)
                .awaits(3, 5, 50, 2)
                .awaits(2, 6, 2, 1)
                .then(4, 1)
                .awaits(1, 9, 4, 3)
                .mainEnds()
                .resumes(5, 3, "add", 9));
        QCOMPARE(print(run.end()), u"serve<add evening<serve"_s);
    }

    void whileNothingRunsAllAreSetAside()
    {
        const HandRun run(
            Awaits {}.call(1, "serve", 22, 1).call(2, "add", 7, 2).awaits(2, 5, 50, 2).awaits(1, 6, 2, 1).mainEnds());
        QCOMPARE(print(run.end()), u"(serve<add) (add)"_s);
    }

    void aSentenceSaysWhomItAwaits()
    {
        const HandRun run(Awaits {}
                .call(1, "serve", 22, 1)
                .call(2, "add", 7, 2)
                .awaits(2, 5, 50, 2)
                .awaits(1, 6, 2, 1)
                .mainEnds()
                .resumes(5, 2, "add", 9));
        CallStackContent content = callStackContent(run.end());
        QCOMPARE(content.whyAside, u"serve is set aside: it awaits add."_s);
        QCOMPARE(platesOf(content.plates), QStringList(u"add lesson.js:7"_s));
        QCOMPARE(platesOf(content.aside), QStringList(u"serve lesson.js:22"_s));
        Moment moment = run.end();
        moment.wording = app::Wording::Runtime;
        QCOMPARE(callStackContent(moment).whyAside, u"serve is paused: it awaits add."_s);
    }

    // Who guesses what comes is not told.
    void aSentenceSaysWhatTheAwaitWillGive()
    {
        const auto why = [](const DrawnRun& run, bool hidden, app::Wording wording) {
            Moment moment = run.moment(run.at(1));
            moment.hidden = hidden;
            moment.wording = wording;
            CallStackContent content;
            tellAside(content, moment, nullptr);
            return content.whyAside;
        };
        const DrawnRun given("serve( 22 ~ main( 1 ) serve~( given='soup' 23 )");
        QCOMPARE(why(given, false, app::Wording::Restaurant),
            u"serve is set aside at the await in line 22, which will give 'soup'."_s);
        QCOMPARE(why(given, false, app::Wording::Runtime),
            u"serve is paused at the await in line 22, which will give 'soup'."_s);
        QCOMPARE(why(given, true, app::Wording::Restaurant), u"serve is set aside at the await in line 22."_s);
        const DrawnRun failed("serve( 22 ~ main( 1 ) serve~( throw ! ");
        QCOMPARE(why(failed, false, app::Wording::Restaurant),
            u"serve is set aside at the await in line 22, which will fail: 'oh'."_s);
        const DrawnRun asleep("serve( 22 ~ main( 1 )");
        QCOMPARE(why(asleep, false, app::Wording::Restaurant), u"serve is set aside at the await in line 22."_s);
    }

    void aSentenceSaysWhomItsCalleeGives()
    {
        HandRun run(Awaits {}
                .call(1, "serve", 22, 1)
                .call(2, "add", 7, 2)
                .awaits(2, 5, 50, 2)
                .awaits(1, 6, 2, 1)
                .mainEnds()
                .resumes(5, 2, "add", 9)
                .resumes(6, 1, "serve", 23, "51"));
        Moment moment = run.end();
        moment.place = run.lines.endOfStop(run.lines.stops()[2]);
        QCOMPARE(callStackContent(moment).whyAside, u"serve is set aside: it awaits add, which will give 51."_s);
    }

    void platesStandWhereTheLinesSayAndHaveArguments()
    {
        const DrawnRun run(
            "main( 1|x x=1 3|x f( 10|a,b a='soup' b=#1 #1:array:Array/2/0 #1[0]=1 #1[1]=2 11|a,b a='pie'");
        CallStackContent content;
        tellLines(content, run.moment(run.end()), &run.outlines(), u"main script"_s);
        // The innermost stands after a line, the others in one; arguments are those of the call.
        QCOMPARE(platesOf(content.plates),
            QStringList({u"f cafe.js:10 a = 'soup', b = [ 1, 2 ]"_s, u"main cafe.js:3 x = 1"_s}));
        QCOMPARE(content.plates.front().call, trace::CallId {2});
    }

    void theRestOfTheParametersHasItsDots()
    {
        const DrawnRun run(
            "add( 2|names names=#1 #1:array:Array/1/0 #1[0]='soup'", "async function add(...names) {\n  names;\n}\n");
        QCOMPARE(argumentsText(run.lines(), {1}, &run.outlines()), u"…names = [ 'soup' ]"_s);
        QCOMPARE(argumentsText(run.lines(), {1}, nullptr), u"names = [ 'soup' ]"_s);
    }

    void whatNodeAndPackagesFoldStaysBetweenTheCalls()
    {
        const DrawnRun run("main( 1|x x=1 3|x f( 10|a a=2");
        const app::CodePlace somewhere {
            .frame = {}, .function = {}, .script = "/home/lea/cafe.js", .line = 9, .column = 1};
        CallStackContent content;
        content.plates = {{.function = u"f"_s, .place = somewhere}, {.function = u"2 of Node's own"_s, .place = {}},
            {.function = u"main"_s, .place = somewhere}};
        tellLines(content, run.moment(run.end()), nullptr, u"main script"_s);
        QCOMPARE(platesOf(content.plates),
            QStringList({u"f cafe.js:10 a = 2"_s, u"2 of Node's own "_s, u"main cafe.js:3 x = 1"_s}));
        // What the events have seen is over: another function runs.
        content.plates = {{.function = u"g"_s, .place = somewhere}, {.function = u"2 of Node's own"_s, .place = {}},
            {.function = u"main"_s, .place = somewhere}};
        tellLines(content, run.moment(run.end()), nullptr, u"main script"_s);
        QCOMPARE(platesOf(content.plates), QStringList({u"f cafe.js:10 a = 2"_s, u"main cafe.js:3 x = 1"_s}));
    }

    void aPlateLeadsToItsVariablesAndItsLine()
    {
        CallStackPanel panel;
        const app::CodePlace there {.frame = {}, .function = {}, .script = "/home/lea/cafe.js", .line = 9, .column = 1};
        panel.setContent({.plates = {{.function = u"add"_s, .place = there, .arguments = u"n = 1"_s, .call = {2}},
                              {.function = u"main"_s, .place = there, .arguments = {}, .call = {1}}},
            .calledBy = {},
            .forOrder = {},
            .placedAt = {},
            .aside = {{.function = u"serve"_s, .place = there, .arguments = u"order = 1"_s, .call = {5}}},
            .whyAside = u"serve is set aside: it awaits add."_s});
        panel.resize(256, 300);
        panel.show();
        const QSignalSpy calls(&panel, &CallStackPanel::callClicked);
        const QSignalSpy places(&panel, &CallStackPanel::placeClicked);
        QTest::keyClick(&panel.asidePlates(), Qt::Key_Down);
        QTest::keyClick(&panel.asidePlates(), Qt::Key_Return);
        QCOMPARE(calls.size(), 1);
        QCOMPARE(calls.first().first().value<trace::CallId>(), trace::CallId {5});
        QCOMPARE(places.first().at(1).toInt(), 9);
        panel.setChosen({5});
        QCOMPARE(panel.aside().index(0).data(Qt::AccessibleTextRole).toString(),
            u"serve, cafe.js:9, with order = 1, its variables are shown"_s);
        QVERIFY(!panel.model().index(0).data(CallStackModel::ChosenRole).toBool());
        // 46 with arguments, 30 without, and four between those that are set aside.
        const auto* const plates = panel.findChild<QListView*>();
        QCOMPARE(plates->height() + panel.asidePlates().height(), 46 + 30 + 50);
        panel.setCompact(true);
        QCOMPARE(plates->height() + panel.asidePlates().height(), 27 + 27 + 31);
    }
};

QTEST_MAIN(TestStackLines)
#include "tst_stacklines.moc"
