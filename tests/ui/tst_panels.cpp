#include "panels/callstackpanel.h"
#include "panels/findingrows.h"
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "panels/richlabel.h"

#include "handtrace.h"
#include "moment/tracefacts.h"
#include "state/crash.h"
#include "theme/fonts.h"
#include "why/why.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextLayout>
#include <QToolButton>

#include <cmath>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

// A job that is asked for, done, waits behind its asker and a tick, and is served.
std::unique_ptr<app::TraceLog> jobsRun()
{
    return HandTrace {}
        .at(0, {.kind = EventKind::RunStarted, .small = 2})
        .starts(100, 1)
        .asks(1'500, 5, 1, "dish", 12)
        .at(1'600, {.kind = EventKind::TickQueued, .a = 6, .b = 1})
        .begun(1'700, 1, 1) // place 6: a cook has it
        .done(38'200, 1, 1) // place 7: ready
        .ends(40'000, 1)
        .starts(40'100, 6)
        .ends(40'200, 6)
        .at(41'000, {.kind = EventKind::PoolJobDelivered, .a = 1})
        .starts(41'100, 5) // place 12: served
        .ends(41'600, 5)
        .open();
}

// The same job, of a file that the sandbox keeps.
std::unique_ptr<app::TraceLog> refusedRun()
{
    HandTrace run;
    run.starts(100, 1).asks(1'500, 5, 1, "dish", 12).begun(1'700, 1, 1).done(38'200, 1, 1).ends(40'000, 1);
    run.at(41'000, {.kind = EventKind::PoolJobDelivered, .a = 1});
    run.at(41'100,
        recordOf(events::AccessRefused {
            .access = Access::Read, .subject = {run.text("/srv/ada/.ssh/id_rsa")}, .error = 13}));
    return run.starts(41'200, 5).ends(41'600, 5).open();
}

app::Index placeOfKind(const app::TraceLog& log, EventKind kind)
{
    app::Index i = 0;
    while (log.event(i).kind != kind)
        ++i;
    return i + 1;
}

QString drawn(const OrderCardContent& content)
{
    OrderCard card;
    card.showOrder(content);
    return card.asText();
}

QStringList rowsOf(const CallStackModel& model)
{
    QStringList rows;
    for (int i = 0; i < model.rowCount(); ++i)
        rows << model.index(i).data().toString();
    return rows;
}

std::vector<Plate> plates(const QString& names)
{
    std::vector<Plate> stack;
    for (const QString& name : names.split(u' ', Qt::SkipEmptyParts))
        stack.push_back({.function = name, .place = {}, .guilty = false});
    return stack;
}

} // namespace

class TestPanels : public QObject {
    Q_OBJECT

private slots:
    void aJobsCardFollowsItFromItsPlacingToItsServing()
    {
        const auto log = jobsRun();
        const TraceFacts facts(*log);
        const auto dish = app::OrderId::async(5);
        const auto card = [&](EventKind after) {
            return drawn(orderCard(momentAt(*log, facts, placeOfKind(*log, after), app::Wording::Restaurant), dish));
        };
        QCOMPARE(card(EventKind::TickQueued),
            u"dish #5\n+ placed by lesson.js:12, 1.5 ms\n> waits for a cook, for 100 µs\n- on the pass\n- served"_s);
        QCOMPARE(card(EventKind::PoolJobBegun),
            u"dish #5\n"
            "+ placed by lesson.js:12, 1.5 ms\n"
            "> being cooked by cook 1, just begun\n"
            "- on the pass\n"
            "- served"_s);
        QCOMPARE(card(EventKind::PoolJobDone),
            u"dish #5\n"
            "+ placed by lesson.js:12, 1.5 ms\n"
            "+ cooked by cook 1, in 36.5 ms\n"
            "> on the pass, ready, 38.2 ms\n"
            "- served, 1st in line"_s);
        QCOMPARE(drawn(orderCard(momentAt(*log, facts, log->size() - 1, app::Wording::Restaurant), dish)),
            u"dish #5\n"
            "+ placed by lesson.js:12, 1.5 ms\n"
            "+ cooked by cook 1, in 36.5 ms\n"
            "+ on the pass, 38.2 ms\n"
            "> being served, just begun"_s);
        QCOMPARE(drawn(orderCard(momentAt(*log, facts, log->size(), app::Wording::Runtime), dish)),
            u"dish #5\n"
            "+ placed by lesson.js:12, 1.5 ms\n"
            "+ done by thread 1, in 36.5 ms\n"
            "+ ready in its queue, 38.2 ms\n"
            "+ called, 41.1 ms"_s);
    }

    // Nothing of it is told as done: the job came back with an error.
    // In the window nothing is to be typed: it is a link to where that is allowed.
    void whatHelpsAgainstARefusalIsALink()
    {
        const Sentence help = leadingToAllowed(u"Allow it under What Programs May Do."_s);
        QCOMPARE(sentenceHtml(help, {}), u"Allow it under <a href=\"allowed:\">What Programs May Do</a>."_s);
        QVERIFY(leadsToAllowed(u"allowed:"_s) && !leadsToAllowed(u"order:a5"_s));
        QCOMPARE(sentenceHtml(leadingToAllowed(u"Print less <here>."_s), {}), u"Print less &lt;here&gt;."_s);

        const auto log = refusedRun();
        const TraceFacts facts(*log);
        app::FoundThing found;
        found.kind = app::FindingKind::Refused;
        found.first = log->refusals()[0];
        for (auto& words : found.words)
            words.helps = {u"bistro sandbox allow read /srv/ada/.ssh/id_rsa"_s};
        const BlockedContent card = findingCard(found, momentAt(*log, facts, log->size(), app::Wording::Runtime));
        QCOMPARE(card.helps.size(), 1u);
        QCOMPARE(card.helps[0].text,
            u"Keys and passwords lie in hidden places. Allow it only if you know why: What Programs May Do"_s);
        QCOMPARE(card.helps[0].opens, u"What Programs May Do"_s);
    }

    // readFileSync places no order: what was refused to the call is a finding there, and nowhere else.
    void whatIsRefusedToACallItselfIsAFinding()
    {
        HandTrace run;
        run.starts(100, 1);
        Record refused = recordOf(
            events::AccessRefused {.access = Access::Read, .subject = {run.text("/srv/ada/notes")}, .error = 13});
        refused.stack = run.frame(4, "read");
        const auto log = run.at(200, refused).asks(300, 5, 1, "dish").ends(400, 1).open();
        const TraceFacts facts(*log);
        const app::Index place = placeOfKind(*log, EventKind::AccessRefused);
        const auto card = refusalCard(momentAt(*log, facts, place, app::Wording::Restaurant));
        QVERIFY(card);
        OrderCard shown;
        shown.showBlocked(*card);
        QVERIFY2(shown.asText().startsWith(u"Refused\nwhat: The waiter may not read /srv/ada/notes.\nwhere:  "
                                           "lesson.js:4\n1. "_s),
            qPrintable(shown.asText()));
        QVERIFY(!refusalCard(momentAt(*log, facts, place - 1, app::Wording::Restaurant)));
        QVERIFY(!refusalCard(momentAt(*log, facts, place + 1, app::Wording::Restaurant)));
        const auto ofOrder = refusedRun(); // its own card says so
        const TraceFacts others(*ofOrder);
        QVERIFY(!refusalCard(
            momentAt(*ofOrder, others, placeOfKind(*ofOrder, EventKind::AccessRefused), app::Wording::Restaurant)));
    }

    void aRefusedJobsCardSaysSo()
    {
        const auto log = refusedRun();
        const TraceFacts facts(*log);
        const auto dish = app::OrderId::async(5);
        const auto card = [&](app::Index place, app::Wording wording) {
            OrderCardContent content = orderCard(momentAt(*log, facts, place, wording), dish);
            if (content.refusal != app::kNoEvent)
                explainRefusal(content, *log, wording);
            return content;
        };
        const app::Index refused = placeOfKind(*log, EventKind::AccessRefused);
        QCOMPARE(card(refused - 1, app::Wording::Restaurant).refusal, app::kNoEvent);
        const QString why = u"Why refused?\n"
                            "1. %1\n"
                            "2. Your program gets an ordinary error. It can handle that and go on.\n"
                            "3. Keys and passwords lie in hidden places. Allow it only if you know why: What "
                            "Programs May Do"_s;
        const OrderCardContent atRefusal = card(refused, app::Wording::Restaurant);
        QCOMPARE(drawn(atRefusal),
            u"dish #5\n"
            "+ placed by lesson.js:12, 1.5 ms\n"
            "+ tried by cook 1, in 36.5 ms\n"
            "> came back refused by the sandbox, 41.1 ms\n"
            "- served with the error, 1st in line\n"_s
                + why.arg(u"The waiter may not read /srv/ada/.ssh/id_rsa."_s));
        QCOMPARE(std::ranges::count_if(atRefusal.steps, &CardStep::refused), 1);
        QCOMPARE(drawn(card(refused + 1, app::Wording::Runtime)),
            u"dish #5\n"
            "+ placed by lesson.js:12, 1.5 ms\n"
            "+ tried by thread 1, in 36.5 ms\n"
            "+ refused by the sandbox, 41.1 ms\n"
            "> running with the error, just begun\n"_s
                + why.arg(u"The sandbox refused to read /srv/ada/.ssh/id_rsa."_s));
        QVERIFY(drawn(card(log->size(), app::Wording::Restaurant)).contains(u"+ served with the error, 41.2 ms"));
    }

    void aRefusedStepAndItsReasonsAreRed()
    {
        const auto log = refusedRun();
        const TraceFacts facts(*log);
        const app::Index refused = placeOfKind(*log, EventKind::AccessRefused);
        OrderCardContent content = orderCard(
            momentAt(*log, facts, refused, app::Wording::Restaurant), app::OrderId::async(5));
        explainRefusal(content, *log, app::Wording::Restaurant);
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Theme theme(scheme);
            OrderCard card;
            card.setTheme(theme);
            card.resize(320, 420);
            card.showOrder(content);
            const QImage picture = card.grab().toImage().convertToFormat(QImage::Format_RGB32);
            const auto count = [&](const QColor& color) {
                int pixels = 0;
                for (int y = 0; y < picture.height(); ++y) {
                    for (int x = 0; x < picture.width(); ++x)
                        pixels += picture.pixel(x, y) == color.rgb() ? 1 : 0;
                }
                return pixels;
            };
            QVERIFY(count(theme.color(Meaning::Error)) > 20);
            QVERIFY(count(theme.tint(Meaning::Error)) > 1'000);
            QCOMPARE(count(theme.tint(Meaning::PoolIo)), 0);
        }
    }

    void theNarrationOfARefusalHasTheMarkOfAnError()
    {
        const auto log = refusedRun();
        const TraceFacts facts(*log);
        const app::Index refused = placeOfKind(*log, EventKind::AccessRefused);
        for (const app::Index place : {refused, refused + 1})
            QCOMPARE(narrationContent(momentAt(*log, facts, place, app::Wording::Restaurant)).mark, Meaning::Error);
        QCOMPARE(narrationContent(momentAt(*log, facts, refused + 1, app::Wording::Restaurant)).about,
            app::OrderId::async(5));
    }

    void aTimersCardHasTheTimesThatTheTraceHas()
    {
        HandTrace trace;
        const std::uint32_t egg = trace.text("egg");
        const auto log = trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
                             .starts(100, 1)
                             .at(1'000, {.kind = EventKind::TimerCreated, .a = 2, .b = 1, .c = egg, .d = 30})
                             .at(1'000, {.kind = EventKind::TimerStarted, .a = 2, .b = 30, .c = 1, .d = 31})
                             .ends(40'000, 1)
                             .at(41'000,
                                 {.kind = EventKind::PhaseEntered, .small = static_cast<std::uint16_t>(Phase::Timers)})
                             .at(41'000, {.kind = EventKind::TimersProcessed, .a = 41})
                             .starts(42'000, 2)
                             .ends(43'000, 2)
                             .open();
        const TraceFacts facts(*log);
        const auto card = [&](app::Index place) {
            return drawn(orderCard(momentAt(*log, facts, place, app::Wording::Restaurant), app::OrderId::async(2)))
                .section(u'\n', 2);
        };
        QCOMPARE(card(4), u"> on the egg timer's shelf, 30 ms left\n- on the pass\n- served"_s);
        QCOMPARE(card(7), u"+ on the egg timer's shelf, for 30 ms\n> on the pass, due, 31 ms\n- served, 1st in line"_s);
        QCOMPARE(card(log->size()), u"+ on the egg timer's shelf, for 30 ms\n+ on the pass, 31 ms\n+ served, 42 ms"_s);
    }

    void aReactionsCardHasTheTimesThatTheTraceHas()
    {
        HandTrace trace;
        const std::uint32_t stack = trace.frame(3);
        const auto log
            = trace.starts(100, 1)
                  .at(200,
                      {.kind = EventKind::PromiseCreated,
                          .small = static_cast<std::uint16_t>(PromiseOrigin::Constructed),
                          .a = 1})
                  .at(300,
                      {.kind = EventKind::PromiseCreated,
                          .small = static_cast<std::uint16_t>(PromiseOrigin::Derived),
                          .stack = stack,
                          .a = 2,
                          .b = 1})
                  .at(5'300, {.kind = EventKind::PromiseSettled, .small = 1, .a = 1})
                  .at(5'400,
                      {.kind = EventKind::ReactionQueued,
                          .small = static_cast<std::uint16_t>(JobKind::Reaction),
                          .a = 2})
                  .ends(6'000, 1)
                  .at(6'100,
                      {.kind = EventKind::JobStarted, .small = static_cast<std::uint16_t>(JobKind::Reaction), .a = 2})
                  .at(6'200,
                      {.kind = EventKind::JobFinished, .small = static_cast<std::uint16_t>(JobKind::Reaction), .a = 2})
                  .open();
        const TraceFacts facts(*log);
        const auto card = [&](app::Index place) {
            return drawn(orderCard(momentAt(*log, facts, place, app::Wording::Runtime), app::OrderId::promise(2)));
        };
        QVERIFY2(card(4).contains(u"> waits for its promise, for 5 ms"), qPrintable(card(4)));
        QVERIFY2(card(5).contains(u"> in the microtask queue, ready, 5.4 ms"), qPrintable(card(5)));
        QVERIFY2(card(log->size()).contains(u"+ ready in its queue, 5.4 ms\n+ called, 6.1 ms"),
            qPrintable(card(log->size())));
    }

    void aPlaceIsNeverTornAndItsLineNeverCut()
    {
        const QFontMetricsF metrics(uiFont(Theme(Scheme::Light), TypeSize::Label));
        for (const QString& name : {u"lesson.js:12"_s,
                 u"a-very-long-name-of-a-file-that-nobody-should-choose.mjs:1234"_s, u"we ird-näme.js:7"_s}) {
            const QString line = name.sliced(name.lastIndexOf(u':'));
            for (int width = 40; width < 500; width += 3) {
                const QString fitted = fittedPlace(name, metrics, width);
                QVERIFY2(fitted.endsWith(line), qPrintable(fitted));
                QVERIFY2(metrics.horizontalAdvance(fitted) <= width || fitted == line, qPrintable(fitted));
            }
            QCOMPARE(fittedPlace(name, metrics, 1000), name);
        }
        // As laid out, at any width, in both sizes: no line ends within a place, or between a mark and its title.
        HandTrace trace;
        const std::uint32_t stack = trace.frameOf("/home/ada/a-very-long-name, of a file.js", 2);
        const auto log
            = trace.starts(0, 1).at(1, {.kind = EventKind::TickQueued, .stack = stack, .a = 6, .b = 1}).open();
        const auto place = app::placeOf(*log, app::OrderId::async(6));
        const std::vector<NamedOrder> names {
            {.order = app::OrderId::async(9), .meaning = Meaning::Tick, .title = u"tick"_s},
            {.order = app::OrderId::async(8), .meaning = Meaning::Timer, .title = u"dessert"_s}};
        const QString html = u"placed by "_s + placeHtml(place) + u' '
            + sentenceHtml(u"and behind tick comes dessert, dessert and tick at last"_s, names);
        for (const double zoom : {1.0, 1.5}) {
            RichLabel label;
            label.setTheme(Theme(Scheme::Light, zoom), TypeSize::Label, Qt::black);
            label.setHtml(html);
            label.show();
            for (int width = 110; width < 460; ++width) {
                label.resize(width, 300);
                QTextDocument laidOut; // as the label lays it out
                laidOut.setDocumentMargin(0);
                laidOut.setDefaultFont(label.font());
                laidOut.setResourceProvider(label.resourceProvider());
                laidOut.setHtml(label.text());
                laidOut.setTextWidth(width);
                (void)laidOut.size(); // lays it out
                const QTextBlock block = laidOut.begin();
                QStringList lines;
                for (int i = 0; i < block.layout()->lineCount(); ++i) {
                    const QTextLine line = block.layout()->lineAt(i);
                    lines << block.text().sliced(line.textStart(), line.textLength());
                }
                const QString drawn = lines.join(u'|');
                int whole = 0;
                for (const QString& line : lines) {
                    const QString letters = QString(line).remove(QChar(0x2060));
                    whole += letters.contains(u":2"_s)
                            && (letters.contains(u'…') || letters.contains(u"name,\u00A0of"_s))
                        ? 1
                        : 0;
                    QVERIFY2(!line.trimmed().endsWith(QChar::ObjectReplacementCharacter),
                        qPrintable(u"%1: %2"_s.arg(width).arg(drawn)));
                }
                QVERIFY2(whole == 1, qPrintable(u"%1: %2"_s.arg(width).arg(drawn)));
                QVERIFY2(label.heightForWidth(width) == static_cast<int>(std::ceil(laidOut.size().height())),
                    qPrintable(drawn));
            }
            QVERIFY(label.minimumSizeHint().width() <= qRound(60 * zoom)); // it can be made narrow again
        }
    }

    void aPlateHasItsFunctionBeforeItsFile()
    {
        for (const double zoom : {1.0, 1.5}) {
            const Theme theme(Scheme::Light, zoom);
            const QFontMetricsF metrics(uiFont(theme, TypeSize::Label, QFont::DemiBold));
            const QFontMetricsF small(codeFont(theme, TypeSize::Second));
            const double width = theme.px(256 - 28 - 19);
            const auto words = [&](const QString& function, const QString& place) {
                return plateWords(function, metrics, place, small, width, theme.px(8));
            };
            QCOMPARE(words(u"greet"_s, u"greet.js:9"_s).place, u"greet.js:9"_s);
            const auto both = words(u"processAllOrders"_s, u"untitled-12.js:128"_s);
            QCOMPARE(both.function, u"processAllOrders"_s);
            QVERIFY2(both.place.endsWith(u":128"_s), qPrintable(both.place));
            const auto longest = words(u"aFunctionWithANameThatNoPlateHasRoomFor"_s, u"lesson.js:12"_s);
            QVERIFY(longest.function.endsWith(u'…') && longest.function.size() > 12);
            QCOMPARE(longest.place, u":12"_s);
            for (const auto& each : {both, longest})
                QVERIFY(metrics.horizontalAdvance(each.function) + theme.px(8) + small.horizontalAdvance(each.place)
                    <= width + 1);
            QCOMPARE(words(u"I/O callback"_s, {}).function, u"I/O callback"_s);
        }
    }

    void theQuestionIsTheOneThatItsStateRaises()
    {
        const auto log = jobsRun();
        const TraceFacts facts(*log);
        const auto question = [&](app::Index place, app::Wording wording) {
            return orderCard(momentAt(*log, facts, place, wording), app::OrderId::async(5)).question;
        };
        const app::Index done = placeOfKind(*log, EventKind::PoolJobDone);
        QCOMPARE(question(done, app::Wording::Restaurant), u"Ready. Why not served yet?"_s);
        QCOMPARE(question(done, app::Wording::Runtime), u"Ready. Why not called yet?"_s);
        QCOMPARE(question(done - 1, app::Wording::Runtime), u"Why not yet?"_s);
        QCOMPARE(question(log->size() - 1, app::Wording::Runtime), u"Why now?"_s);
        QCOMPARE(question(log->size(), app::Wording::Runtime), u"Why was it called then?"_s);
        QCOMPARE(orderCard(momentAt(*log, facts, 2, app::Wording::Runtime), app::OrderId::async(5)).where,
            OrderCardContent::Where::Future);
    }

    void anOrderThatIsNotThereYetSaysSoOnce()
    {
        const auto log = jobsRun();
        const TraceFacts facts(*log);
        OrderCardContent card = orderCard(momentAt(*log, facts, 2, app::Wording::Restaurant), app::OrderId::async(5));
        explain(card, app::whyNotYet(*log, app::OrderId::async(5), 1, app::Wording::Restaurant), *log);
        QCOMPARE(drawn(card).count(u"Nobody has ordered"_s), 1);
    }

    void whatWasServedIsToldInThePast()
    {
        const auto log = jobsRun();
        const TraceFacts facts(*log);
        const app::Index started = log->startedAt(app::OrderId::async(5));
        OrderCardContent card = orderCard(
            momentAt(*log, facts, log->size(), app::Wording::Restaurant), app::OrderId::async(5));
        explain(card, app::whyNow(*log, started, app::Wording::Restaurant, app::Tense::Past), *log);
        QCOMPARE(card.question, u"Why was it served then?"_s);
        QVERIFY2(drawn(card).contains(u"Cook 1 had finished it 3 ms before."_s), qPrintable(drawn(card)));
        for (const QString& present : {u" is "_s, u" now"_s, u" has "_s, u"must"_s, u" ago"_s})
            QVERIFY2(!drawn(card).contains(present), qPrintable(drawn(card)));
    }

    void aCallThatHasJustBegunHasItsLineOnThePlate()
    {
        HandTrace trace;
        const std::uint32_t stack = trace.frame(7, "dish");
        const auto log = trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
                             .starts(100, 1)
                             .at(150, {.kind = EventKind::TimerCreated, .a = 2, .b = 1, .d = 1})
                             .ends(200, 1)
                             .starts(300, 2)
                             .at(400, {.kind = EventKind::TickQueued, .stack = stack, .a = 3, .b = 2})
                             .ends(500, 2)
                             .open();
        const TraceFacts facts(*log);
        const CallStackContent content = callStackContent(momentAt(*log, facts, 5, app::Wording::Restaurant));
        QCOMPARE(log->event(4).kind, EventKind::CallbackStarted);
        QCOMPARE(content.plates.size(), 1u);
        QCOMPARE(content.plates[0].place.line, 7u);
    }

    void whatNodePlacesForTheProgramIsToldAsItsOwn()
    {
        HandTrace trace;
        const std::uint32_t stack = trace.frame(7, "dish");
        const auto log = trace.starts(100, 1)
                             .at(150,
                                 {.kind = EventKind::TickQueued,
                                     .flags = FlagInternal,
                                     .stack = stack,
                                     .a = 2,
                                     .b = 1,
                                     .c = trace.text("afterWriteTick")})
                             .ends(200, 1)
                             .starts(300, 2)
                             .open();
        const TraceFacts facts(*log);
        const OrderCardContent card = orderCard(
            momentAt(*log, facts, 2, app::Wording::Restaurant), app::OrderId::async(2));
        QCOMPARE(card.steps.front().text, u"placed by Node, called at"_s);
        QCOMPARE(card.steps.front().place.line, 7u);
        QCOMPARE(narrationContent(momentAt(*log, facts, 4, app::Wording::Restaurant, 300'000)).mark, Meaning::Running);
    }

    // As the stage does: what blocked is over with it, and stays as the finding.
    void atTheEndOfARunThatBlockedItsEndIsTold()
    {
        const auto log = HandTrace()
                             .at(0, {.kind = EventKind::RunStarted, .small = 2})
                             .starts(100, 1)
                             .asks(200, 5, 1, "dish")
                             .begun(300, 1, 1)
                             .done(400, 1, 1)
                             .at(600'000,
                                 {.kind = EventKind::RunEnded, .small = static_cast<std::uint16_t>(EndKind::Stopped)})
                             .open();
        const TraceFacts facts(*log);
        const Moment end = momentAt(*log, facts, log->size(), app::Wording::Restaurant);
        QVERIFY(end.hold);
        QCOMPARE(narrationContent(end).headline.text, u"The restaurant is closed by order."_s);
        const Moment before = momentAt(*log, facts, log->size() - 1, app::Wording::Restaurant, 600'000'000);
        QVERIFY(before.hold);
        QVERIFY(narrationContent(before).headline.text.startsWith(u"The waiter has been busy"_s));
    }

    void aNumberStaysWithItsUnit()
    {
        const QString nbsp(QChar::Nbsp);
        QCOMPARE(
            keptTogether(u"busy for 5.87 s. 4 sandwiches, 3 h"_s), u"busy for 5.87%1s. 4 sandwiches, 3%1h"_s.arg(nbsp));
        NarrationBar bar;
        NarrationContent content;
        content.headline.text = u"The waiter has been busy with endless.js for 5.87 s. One order is ready and waits."_s;
        content.rule = u"Blocked for 5.87 s."_s;
        bar.setContent(content);
        QCOMPARE(bar.asText(), content.headline.text + u'\n' + content.rule); // to be heard and copied as it was
        for (const QLabel* const label : bar.findChildren<QLabel*>())
            QVERIFY2(!label->text().contains(u"5.87 s"_s), qPrintable(label->text()));
    }

    void whatTheLessonClosedNobodyIsToldToHaveStopped()
    {
        const auto log = HandTrace()
                             .starts(100, 1)
                             .ends(200, 1)
                             .at(300,
                                 {.kind = EventKind::RunEnded, .small = static_cast<std::uint16_t>(EndKind::Stopped)})
                             .open();
        const TraceFacts facts(*log);
        Moment moment = momentAt(*log, facts, log->size(), app::Wording::Restaurant);
        QCOMPARE(narrationContent(moment).headline.text, u"The restaurant is closed by order."_s);
        moment.closedByLesson = true;
        QCOMPARE(
            narrationContent(moment).headline.text, u"The lesson closes the restaurant: every guest has an answer."_s);
        moment.place -= 1;
        QVERIFY(!narrationContent(moment).headline.text.contains(u"lesson"_s));
    }

    // The first of a loop is told apart as soon as there is a second.
    void aNameThatWasKnownAlreadyGetsItsNumber()
    {
        HandTrace trace;
        const std::uint32_t stack = trace.frame(7, "dish");
        const std::uint32_t name = trace.text("egg");
        const auto egg = [&](std::uint64_t time, std::uint32_t id) {
            trace.at(time, {.kind = EventKind::TimerCreated, .stack = stack, .a = id, .b = 1, .c = name, .d = 1});
        };
        egg(100, 2);
        for (std::uint64_t i = 0; i < 20'000; ++i) // more than are read in one go
            trace.at(200 + i, {.kind = EventKind::TickQueued, .a = 10, .b = 1});
        egg(50'000, 3);
        const auto log = trace.open(std::chrono::nanoseconds(1));
        const TraceFacts facts(*log);
        QCOMPARE(log->createdAt(app::OrderId::async(3)), app::kNoEvent);
        QCOMPARE(facts.title(app::OrderId::async(2)), u"egg"_s);
        QVERIFY(log->refresh() > 0);
        QCOMPARE(facts.title(app::OrderId::async(2)), u"egg (1)"_s);
    }

    void aStepIsCalledByItsOrderAndItsNumber()
    {
        HandTrace trace;
        const auto log = trace.starts(100, 1)
                             .asks(200, 5, 1, "dish")
                             .ends(300, 1)
                             .begun(310, 1, 1)
                             .done(400, 1, 1)
                             .poll(410)
                             .at(420, {.kind = EventKind::PoolJobDelivered, .a = 1})
                             .starts(500, 5)
                             .at(510,
                                 {.kind = EventKind::ResourceCreated,
                                     .small = static_cast<std::uint16_t>(Service::Pool),
                                     .a = 6,
                                     .b = 5,
                                     .c = trace.text("FSREQCALLBACK")})
                             .at(520, {.kind = EventKind::PoolJobSubmitted, .a = 2, .b = 6})
                             .ends(600, 5)
                             .open();
        const TraceFacts facts(*log);
        QCOMPARE(facts.title(app::OrderId::async(5)), u"dish, step 1"_s);
        QCOMPARE(facts.title(app::OrderId::async(6)), u"dish, step 2"_s);
        QCOMPARE(facts.titleOfAllSteps(app::OrderId::async(6)), u"dish"_s);
    }

    // The loop's clock is known better with each time that it is told.
    void aTimerCountsDownByTheClockThatTheModelGoesBy()
    {
        const auto log = HandTrace {}
                             .starts(20'000, 1)
                             .at(20'700, {.kind = EventKind::TimerCreated, .a = 2, .b = 1, .d = 100})
                             .at(20'700, {.kind = EventKind::TimerStarted, .a = 2, .b = 100, .c = 20, .d = 120})
                             .ends(21'000, 1)
                             .at(30'200, {.kind = EventKind::TimersProcessed, .a = 30})
                             .open();
        const TraceFacts facts(*log);
        const auto due = [&](app::Index size) {
            return facts.countdown(app::OrderId::async(2), log->stateAt(size)).value().due;
        };
        QCOMPARE(due(3), std::uint64_t {120'700'000});
        QCOMPARE(due(5), std::uint64_t {120'200'000});
    }

    void theChainOfTriggersLeadsToTheMainScript()
    {
        const auto log = HandTrace {}
                             .starts(0, 1)
                             .at(1, {.kind = EventKind::TimerCreated, .a = 2, .b = 1, .d = 1})
                             .ends(2, 1)
                             .starts(3, 2)
                             .at(4, {.kind = EventKind::ImmediateCreated, .a = 3, .b = 2})
                             .open();
        TraceFacts facts(*log);
        facts.setDetail(app::Detail::Everything); // nobody has placed them
        const auto card = orderCard(
            momentAt(*log, facts, log->size(), app::Wording::Restaurant), app::OrderId::async(3));
        QCOMPARE(card.triggers.size(), 2u);
        QCOMPARE(card.triggers[0].order, app::OrderId::async(2));
        QCOMPARE(card.triggers[0].meaning, Meaning::Timer);
        QCOMPARE(card.triggers[1].order, app::OrderId::async(1));
        QVERIFY(!card.moreTriggers);
    }

    void aNameIsReadAsFarAsAnybodyReads()
    {
        HandTrace trace;
        const std::string endless(60'000, 'n');
        const std::uint32_t name = trace.text(endless);
        const auto log
            = trace.at(0, {.kind = EventKind::RunStarted, .small = 4})
                  .starts(100, 1)
                  .at(200,
                      {.kind = EventKind::TimerCreated, .stack = trace.frame(3, endless), .a = 5, .b = 1, .c = name})
                  .starts(300, 5)
                  .open();
        const TraceFacts facts(*log);
        const app::Index end = log->size();
        QVERIFY(facts.title(app::OrderId::async(5)).size() < 1'000);
        QVERIFY(orderCard(momentAt(*log, facts, end, app::Wording::Runtime), app::OrderId::async(5)).name.title.size()
            < 1'000);
        QVERIFY(narrationContent(momentAt(*log, facts, end, app::Wording::Runtime)).headline.text.size() < 2'000);
        for (const Plate& plate : callStackContent(momentAt(*log, facts, end, app::Wording::Runtime)).plates)
            QVERIFY(plate.function.size() < 1'000);
    }

    void causesThatGoInARingAreToldAsFarAsTheyGo()
    {
        // Node takes any number as a trigger, also that of what is made later: 5 by 6, 6 by 7, 7 by 5; 8 by itself, and
        // 9 by that.
        const auto log = HandTrace {}
                             .at(0, {.kind = EventKind::RunStarted, .small = 4})
                             .starts(100, 1)
                             .at(200, {.kind = EventKind::ResourceCreated, .a = 5, .b = 6})
                             .at(300, {.kind = EventKind::TimerCreated, .a = 6, .b = 7})
                             .at(400, {.kind = EventKind::ImmediateCreated, .a = 7, .b = 5})
                             .at(500, {.kind = EventKind::ImmediateCreated, .a = 8, .b = 8})
                             .at(600, {.kind = EventKind::TimerCreated, .a = 9, .b = 8})
                             .open();
        TraceFacts facts(*log);
        facts.setDetail(app::Detail::Everything); // nobody has placed them
        const OrderCardContent card = orderCard(
            momentAt(*log, facts, log->size(), app::Wording::Runtime), app::OrderId::async(6));
        QCOMPARE(card.triggers.size(), 2u);
        QCOMPARE(card.triggers[0].order, app::OrderId::async(7));
        QCOMPARE(card.triggers[1].order, app::OrderId::async(5));
        QVERIFY(card.moreTriggers);
        const OrderCardContent own = orderCard(
            momentAt(*log, facts, log->size(), app::Wording::Runtime), app::OrderId::async(8));
        QVERIFY(own.triggers.empty());
        QVERIFY(own.moreTriggers);
        const OrderCardContent behind = orderCard(
            momentAt(*log, facts, log->size(), app::Wording::Runtime), app::OrderId::async(9));
        QCOMPARE(behind.triggers.size(), 1u);
        QCOMPARE(behind.triggers[0].order, app::OrderId::async(8));
        QVERIFY(behind.moreTriggers);
    }

    void reasonsNameOrdersAsLinksWithTheirMarks()
    {
        const std::vector<NamedOrder> names {
            {.order = app::OrderId::async(9), .meaning = Meaning::Tick, .title = u"tick"_s}};
        const QString html = sentenceHtml(u"His <notes> stick: tick goes first."_s, names);
        QVERIFY2(html.startsWith(u"His &lt;notes&gt; stick: <img src=\"mark:1\">"),
            qPrintable(html)); // not the "tick" of "stick"
        QVERIFY(html.contains(u"href=\"order:a9\""));
        QCOMPARE(orderOfLink(u"order:a9"_s), app::OrderId::async(9));
        QCOMPARE(orderOfLink(u"order:p4"_s), app::OrderId::promise(4));
        QVERIFY(!orderOfLink(u"place:1:x"_s));
    }

    void aNameIsPutInWhereItStands()
    {
        // "first" is a name by itself, and a word of another one: it is put in where it was filled in.
        const std::vector<NamedOrder> first {
            {.order = app::OrderId::async(7), .meaning = Meaning::Timer, .title = u"first"_s}};
        const QString text = u"promise of the first timer came from first."_s;
        const std::vector<app::FilledIn> parts {{.from = 0, .size = 26}, {.from = 37, .size = 5}};
        QCOMPARE(sentenceHtml(text, first, parts),
            u"promise of the first timer came from "_s + orderHtml(first.front()) + u'.');
        // Nor is it a word of the sentence itself.
        QCOMPARE(sentenceHtml(u"It came right after first, first of all."_s, first, {{.from = 36, .size = 3}}),
            u"It came right after first, first of all."_s);
        const std::vector<NamedOrder> await {
            {.order = app::OrderId::promise(7), .meaning = Meaning::Promise, .title = u"await x()"_s}};
        QCOMPARE(sentenceHtml(u"It is `await x()` in line 2."_s, await, {{.from = 6, .size = 21}}),
            u"It is <code>"_s + orderHtml(await.front()) + u"</code> in line 2."_s);
        QCOMPARE(sentenceHtml(u"`then` in line 2"_s, {}), u"<code>then</code> in line 2"_s);
    }

    void aTitleFromTheProgramIsNotMarkup()
    {
        const std::vector<NamedOrder> names {
            {.order = app::OrderId::async(9), .meaning = Meaning::Tick, .title = u"<b>x</b>"_s}};
        QVERIFY(!sentenceHtml(u"now <b>x</b> runs"_s, names).contains(u"<b>x</b>"));
    }

    void anAnswerStandsBelowTheSteps()
    {
        const auto log = jobsRun();
        const TraceFacts facts(*log);
        OrderCardContent card = orderCard(
            momentAt(*log, facts, placeOfKind(*log, EventKind::PoolJobDone), app::Wording::Restaurant),
            app::OrderId::async(5));
        app::Explanation answer;
        answer.headline = u"head"_s;
        answer.reasons = {{.rule = {}, .sentence = u"There is one waiter."_s, .events = {}, .orders = {}},
            {.rule = {}, .sentence = u"dish waits."_s, .events = {}, .orders = {app::OrderId::async(5)}}};
        explain(card, answer, *log);
        QVERIFY(drawn(card).endsWith(u"Ready. Why not served yet?\n1. There is one waiter.\n2. dish waits."));
        QCOMPARE(card.named.size(), 1u);
        QCOMPARE(card.named[0].title, u"dish"_s);
    }

    void aCardsLinksLeadToTheLineAndTheOrder()
    {
        const auto log = jobsRun();
        const TraceFacts facts(*log);
        OrderCard card;
        card.resize(256, 400);
        card.showOrder(orderCard(momentAt(*log, facts, log->size(), app::Wording::Restaurant), app::OrderId::async(5)));
        QSignalSpy places(&card, &OrderCard::placeClicked);
        QSignalSpy orders(&card, &OrderCard::orderClicked);
        for (auto* const label : card.findChildren<RichLabel*>()) {
            const qsizetype at = label->text().indexOf(u"href=\"");
            if (at < 0)
                continue;
            const QString link = label->text().sliced(at + 6).section(u'"', 0, 0);
            emit label->linkActivated(link);
        }
        QCOMPARE(places.size(), 1);
        QCOMPARE(places[0][0].toString(), u"/home/ada/lesson.js"_s);
        QCOMPARE(places[0][1].toInt(), 12);
        QVERIFY(orders.size() >= 1);
        QCOMPARE(orders[0][0].value<app::OrderId>(), app::OrderId::async(1));
    }

    void thePinIsToldAndKept()
    {
        OrderCard card;
        QSignalSpy pinned(&card, &OrderCard::pinChanged);
        card.setPinned(true);
        QVERIFY(card.isPinned());
        QCOMPARE(pinned.size(), 1);
    }

    void aLongCallThatOthersWaitForIsAFinding()
    {
        HandTrace trace;
        const std::uint32_t stack = trace.frame(14, "sortRows");
        const auto log = trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
                             .starts(100, 1)
                             .asks(200, 5, 1, "dish")
                             .begun(300, 1, 1)
                             .done(400, 1, 1)
                             .at(1'240'100, {.kind = EventKind::ImmediateCreated, .stack = stack, .a = 7, .b = 1})
                             .open();
        const TraceFacts facts(*log);
        const app::Index end = log->size();
        const auto content = blockedCard(momentAt(*log, facts, end, app::Wording::Restaurant, log->head().time));
        QVERIFY(content);
        QCOMPARE(content->duration, u"1.24 s"_s);
        OrderCard card;
        card.showBlocked(*content);
        const QString text = card.asText();
        QVERIFY2(text.startsWith(u"Blocked for 1.24 s\nwhat: sortRows at lesson.js:14\nsince: 100 µs, when "),
            qPrintable(text));
        QVERIFY2(text.contains(u"waiting: 2 orders on the pass"), qPrintable(text));
        QVERIFY(content->helps.size() <= 3);
        QVERIFY(!blockedCard(momentAt(*log, facts, end - 1, app::Wording::Restaurant))); // it has run for 0.3 ms then
        const auto later = blockedCard(
            momentAt(*log, facts, end - 1, app::Wording::Restaurant, 900'000'000)); // and goes on, live
        QVERIFY(later);
        QCOMPARE(later->duration, u"900 ms"_s);
        card.showBlocked(*later);
        QVERIFY2(card.asText().contains(u"last known at"_s), qPrintable(card.asText()));
    }

    void ticksInARowThatOthersWaitForAreAFinding()
    {
        HandTrace trace;
        const std::uint32_t again = trace.text("again");
        const std::uint32_t place = trace.frame(7, "again");
        trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
            .starts(100, 1)
            .asks(200, 5, 1, "dish")
            .at(300, {.kind = EventKind::TickQueued, .stack = place, .a = 10, .b = 1, .c = again})
            .begun(310, 1, 1)
            .done(400, 1, 1)
            .ends(500, 1);
        std::uint64_t time = 1'000;
        for (std::uint32_t i = 10; i < 60; ++i, time += 10'000)
            trace.starts(time, i)
                .at(time + 9'000, {.kind = EventKind::TickQueued, .stack = place, .a = i + 1, .b = i, .c = again})
                .ends(time + 9'500, i);
        const auto log = trace.open();
        const TraceFacts facts(*log);
        for (const app::Index size : {log->size() - 1, log->size()}) { // within one, and between two
            const auto content = blockedCard(momentAt(*log, facts, size, app::Wording::Runtime));
            QVERIFY(content);
            OrderCard card;
            card.showBlocked(*content);
            QVERIFY2(card.asText().startsWith(u"Blocked for 4"_s) || card.asText().startsWith(u"Blocked for 500 ms"_s),
                qPrintable(card.asText()));
            QVERIFY2(card.asText().contains(u", one tick after the other, at lesson.js:7\n"
                                            "since: 1 ms, when the first of them was called\n"
                                            "waiting: one callback is ready\n"
                                            "1. Use setImmediate"_s),
                qPrintable(card.asText()));
            QCOMPARE(narrationContent(momentAt(*log, facts, size, app::Wording::Runtime)).mark, Meaning::Error);
            QVERIFY(!callStackContent(momentAt(*log, facts, size, app::Wording::Runtime)).plates.empty()
                || log->stateAt(size).running.empty());
        }
    }

    void framesOfNodesAndOfPackagesAreFolded()
    {
        HandTrace trace;
        std::uint32_t stack = trace.frameOf("node:events", "emit", 0);
        stack = trace.frame(6, "start", stack);
        stack = trace.frameOf("node:events", "emit", stack);
        stack = trace.frameOf("node:internal/streams", "push", stack);
        stack = trace.frame(8, "served", stack);
        stack = trace.frameOf("/shop/node_modules/express/lib/router.js", "next", stack);
        stack = trace.frameOf("node:internal/util", "once", stack);
        stack = trace.frameOf("/shop/node_modules/express/lib/layer.js", "handle", stack);
        stack = trace.frame(12, "greet", stack);
        stack = trace.frameOf("node:internal/console", "log", stack);
        const auto log = trace.asks(1, 5, 1, "menu", 6)
                             .starts(3, 5)
                             .at(4, {.kind = EventKind::TickQueued, .stack = stack, .a = 6, .b = 5})
                             .open();
        const TraceFacts facts(*log);
        Moment moment = momentAt(*log, facts, log->size(), app::Wording::Restaurant);
        const auto shown = [&] {
            QStringList functions;
            for (const Plate& plate : callStackContent(moment).plates)
                functions += plate.function;
            return functions.join(u", "_s);
        };
        QCOMPARE(shown(), u"greet, 3 of the package express, served, 2 of Node's own, start"_s);
        moment.detail = app::Detail::Everything;
        QCOMPARE(shown(), u"log, greet, handle, once, next, served, push, emit, start, emit"_s);
    }

    void theProgramHasOneNameOnStageAndStack()
    {
        HandTrace trace;
        const std::uint32_t main = trace.frame(3);
        const std::uint32_t inner = trace.frame(10, "greet", main);
        const auto log
            = trace.starts(1, 1).at(2, {.kind = EventKind::TickQueued, .stack = inner, .a = 6, .b = 1}).open();
        const TraceFacts facts(*log);
        for (const app::Index place : {app::Index {1}, log->size()}) { // before it has done anything, and within a call
            const auto content = callStackContent(momentAt(*log, facts, place, app::Wording::Restaurant));
            QCOMPARE(content.plates.back().function, facts.title(app::OrderId::async(1)));
        }
    }

    void theStackSaysWhoCalledIt()
    {
        HandTrace trace;
        const std::uint32_t outer = trace.frame(6);
        const std::uint32_t inner = trace.frame(10, "greet", outer);
        const auto log = trace.at(0, {.kind = EventKind::IterationStarted, .a = 6})
                             .asks(1, 5, 1, "menu", 6)
                             .at(2,
                                 {.kind = EventKind::PhaseEntered,
                                     .small = static_cast<std::uint16_t>(Phase::Poll),
                                     .a = 6})
                             .starts(3, 5)
                             .at(4, {.kind = EventKind::TickQueued, .stack = inner, .a = 6, .b = 5})
                             .open();
        const TraceFacts facts(*log);
        const auto content = callStackContent(momentAt(*log, facts, log->size(), app::Wording::Restaurant));
        QCOMPARE(content.plates.size(), 2u);
        QCOMPARE(content.plates[0].function, u"greet"_s);
        QCOMPARE(content.plates[0].place.line, 10u);
        QVERIFY(!content.plates[0].guilty);
        const auto blocked = callStackContent(
            momentAt(*log, facts, log->size(), app::Wording::Restaurant, 900'000'000));
        QVERIFY(blocked.plates[0].guilty);
        QVERIFY(!blocked.plates[1].guilty);
        QCOMPARE(content.plates[1].function, u"I/O callback"_s);
        QCOMPARE(content.calledBy, u"called by the poll phase, round 6"_s);
        QCOMPARE(content.forOrder->order, app::OrderId::async(5));
        QCOMPARE(content.placedAt.line, 6u);
        QCOMPARE(callStackContent(momentAt(*log, facts, log->size(), app::Wording::Runtime)).calledBy,
            u"called by the poll phase, iteration 6"_s);
    }

    void anErrorThatNobodyCaughtIsMarkedWhereItWasThrown()
    {
        HandTrace trace;
        const std::uint32_t placed = trace.frame(4, "dish");
        const std::uint32_t error = trace.text("Error: burnt");
        const std::uint32_t report = trace.text(
            "/home/ada/lesson.js:1\nthrow\n^\n\nError: burnt\n    at node:fs:441:3\n    at burn "
            "(/home/ada/lesson.js:1:57)\n"
            "    at Timeout.dish [as _onTimeout] (file:///home/ada/other.mjs:2:30)\n    at process.processTimers "
            "(node:internal/timers:523:7)\n");
        const auto log = trace.starts(0, 1)
                             .ends(1, 1)
                             .starts(2, 2)
                             .at(3, {.kind = EventKind::TickQueued, .stack = placed, .a = 6, .b = 2})
                             .at(4, {.kind = EventKind::UncaughtError, .a = error})
                             .at(5,
                                 {.kind = EventKind::Output,
                                     .small = static_cast<std::uint16_t>(Stream::Error),
                                     .a = report,
                                     .b = 10})
                             .ends(6, 2)
                             .at(7,
                                 {.kind = EventKind::RunEnded,
                                     .small = static_cast<std::uint16_t>(EndKind::ExitCode),
                                     .a = 1})
                             .open();
        const TraceFacts facts(*log);
        const auto before = callStackContent(momentAt(*log, facts, 4, app::Wording::Restaurant));
        QCOMPARE(before.plates.size(), 1u);
        QVERIFY(!before.plates[0].guilty);
        QVERIFY(!crashCard(momentAt(*log, facts, 4, app::Wording::Restaurant)));
        for (const app::Index size : {app::Index {5}, app::Index {6}}) {
            const auto content = callStackContent(momentAt(*log, facts, size, app::Wording::Restaurant));
            QCOMPARE(content.plates.size(), 2u);
            QCOMPARE(content.plates[0].function, u"burn"_s);
            QCOMPARE(content.plates[0].place.line, 1u);
            QVERIFY(content.plates[0].guilty);
            QCOMPARE(content.plates[1].function, u"dish"_s);
            QCOMPARE(content.plates[1].place.script, "file:///home/ada/other.mjs");
            QVERIFY(!content.plates[1].guilty);
        }
        OrderCard card;
        card.showBlocked(*crashCard(momentAt(*log, facts, log->size(), app::Wording::Runtime)));
        QVERIFY2(card.asText().startsWith(u"Not caught\nwhat: Error: burnt\nwhere: burn at lesson.js:1\n"_s),
            qPrintable(card.asText()));
    }

    // What was reached or refused, and how one allows it; then how one catches it. Only where the error tells of that.
    void whatTheErrorTellsOfIsSaidBeforeHowToCatchIt()
    {
        const auto cardOf = [](const Record& kept, const std::string& subject, const std::string& message) {
            HandTrace trace;
            Record event = kept;
            if (event.kind == EventKind::AccessRefused)
                event.a = trace.text(subject);
            const std::uint32_t error = trace.text(message);
            const auto log = trace.starts(0, 1)
                                 .at(1, event)
                                 .at(2, {.kind = EventKind::UncaughtError, .a = error})
                                 .ends(3, 1)
                                 .at(4,
                                     {.kind = EventKind::RunEnded,
                                         .small = static_cast<std::uint16_t>(EndKind::ExitCode),
                                         .a = 1})
                                 .open();
            const TraceFacts facts(*log);
            OrderCard card;
            card.showBlocked(*crashCard(momentAt(*log, facts, log->size(), app::Wording::Runtime)));
            return card.asText().section(u'\n', 1);
        };
        const QString caught = u"Catch it where it happens: in the callback itself, or with .catch() on the promise."_s;
        const Record full = recordOf(events::LimitReached {.limit = RunLimit::FileSize, .allowed = 1024});
        QCOMPARE(cardOf(full, {}, "Error: EFBIG: file too large, write"),
            u"what: Error: EFBIG: file too large, write\n"
            "why: One file may have 1024 MB, and the program wrote one that has them.\n"
            "when: 2 µs, while script ran\n"
            "1. To allow more, raise the limit under What Programs May Do.\n"
            "2. Write several files, or look for a loop that writes without end.\n"
            "3. "_s
                + caught);
        const Record refused = recordOf(events::AccessRefused {.access = Access::Connect, .error = 101});
        QCOMPARE(cardOf(refused, "93.184.216.34:80", "Error: connect ENETUNREACH 93.184.216.34:80"),
            u"what: Error: connect ENETUNREACH 93.184.216.34:80\n"
            "why: The sandbox refused to connect to 93.184.216.34:80.\n"
            "when: 2 µs, while script ran\n"
            "1. If you trust the program, allow it under What Programs May Do.\n"
            "2. "_s
                + caught);
        for (const Record& kept : {full, refused})
            QVERIFY(!cardOf(kept, "93.184.216.34:80", "Error: burnt").contains(u"why:"_s));
        QVERIFY(!cardOf(refused, "93.184.216.34:80", "Error: connect ENETUNREACH 10.0.0.1:80").contains(u"why:"_s));
    }

    void anErrorThatAHandlerTookIsOverWithTheNextCallback()
    {
        HandTrace trace;
        const std::uint32_t error = trace.text("Error: burnt");
        const auto log = trace.starts(0, 1)
                             .at(1, {.kind = EventKind::UncaughtError, .a = error})
                             .ends(2, 1)
                             .starts(3, 2)
                             .ends(4, 2)
                             .at(5,
                                 {.kind = EventKind::RunEnded, .small = static_cast<std::uint16_t>(EndKind::ExitCode)})
                             .open();
        QVERIFY(app::crashAt(*log, 2));
        QVERIFY(!app::crashAt(*log, 4));
        QVERIFY(!app::crashAt(*log, log->size()));
    }

    void theModelOfTheStackTellsTheSmallestChange()
    {
        CallStackModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setPlates(plates(u"b a"_s));
        model.setPlates(plates(u"c b a"_s));
        QCOMPARE(rowsOf(model), (QStringList {u"c"_s, u"b"_s, u"a"_s}));
        QCOMPARE(inserted.last().mid(1), (QVariantList {0, 0}));
        QVERIFY(removed.isEmpty());
        model.setPlates(plates(u"a"_s));
        QCOMPARE(removed.last().mid(1), (QVariantList {0, 1}));
        QCOMPARE(rowsOf(model), QStringList {u"a"_s});
        model.setPlates(plates(u"x y"_s));
        QCOMPARE(rowsOf(model), (QStringList {u"x"_s, u"y"_s}));
        model.setPlates({});
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(reset.isEmpty());
        QVERIFY(!model.index(0).isValid());
    }

    void behindThePlatesRoundCornersIsThePanel()
    {
        CallStackPanel panel;
        const Theme dark(Scheme::Dark);
        panel.setTheme(dark);
        CallStackContent content;
        content.plates = plates(u"b a"_s);
        panel.setContent(content);
        panel.resize(256, 200);
        const QImage image = panel.grab().toImage();
        const auto* const list = panel.findChild<QListView*>();
        const QRect area(list->mapTo(&panel, QPoint()), list->size());
        QVERIFY(area.height() > 50);
        QCOMPARE(image.pixelColor(area.topLeft()), dark.window());
        QCOMPARE(image.pixelColor(area.bottomLeft()), dark.window());
        QCOMPARE(image.pixelColor(area.bottomRight()), dark.window());
    }

    void aDeepStackFoldsAndUnfolds()
    {
        CallStackModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setPlates(plates(u"h g f e d c b a"_s));
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(model.index(4).data(CallStackModel::FoldRole).toInt(), 4);
        QVERIFY(!model.plateAt(4));
        model.setPlates(plates(u"g f e d c b a"_s));
        QCOMPARE(model.index(0).data().toString(), u"g"_s);
        model.setUnfolded(true);
        QCOMPARE(rowsOf(model).join(u' '), u"g f e d c b a"_s);
        model.setUnfolded(false);
        QCOMPARE(model.rowCount(), 5);
    }

    void enterOnAPlateLeadsToItsLine()
    {
        HandTrace trace;
        const std::uint32_t stack = trace.frame(10, "greet");
        const auto log
            = trace.starts(0, 1).at(4, {.kind = EventKind::TickQueued, .stack = stack, .a = 6, .b = 1}).open();
        const TraceFacts facts(*log);
        CallStackPanel panel;
        panel.resize(256, 200);
        panel.setContent(callStackContent(momentAt(*log, facts, log->size(), app::Wording::Restaurant)));
        panel.show();
        QSignalSpy places(&panel, &CallStackPanel::placeClicked);
        auto* const list = panel.findChild<QListView*>();
        list->setFocus();
        list->setCurrentIndex(panel.model().index(0));
        QTest::keyClick(list, Qt::Key_Return);
        QCOMPARE(places.size(), 1);
        QCOMPARE(places[0][1].toInt(), 10);
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualRect(panel.model().index(0)).center());
        QCOMPARE(places.size(), 2);
    }

    void theNarrationTellsWhatHasJustHappened()
    {
        const auto log = jobsRun();
        const TraceFacts facts(*log);
        const app::Index done = placeOfKind(*log, EventKind::PoolJobDone);
        const NarrationContent content = narrationContent(momentAt(*log, facts, done, app::Wording::Restaurant));
        QVERIFY2(content.headline.text.contains(u"dish"), qPrintable(content.headline.text));
        QVERIFY(!content.rule.isEmpty());
        QCOMPARE(content.mark, Meaning::PoolIo);
        QCOMPARE(content.action, NarrationContent::Action::WhyNotYet);
        QCOMPARE(content.about, app::OrderId::async(5));
        QVERIFY(narrationContent(momentAt(*log, facts, 0, app::Wording::Restaurant)).headline.text.isEmpty());
        // Live, it goes on without an event: then the waiter is blocked.
        const NarrationContent blocked = narrationContent(
            momentAt(*log, facts, done, app::Wording::Restaurant, 900'000'000));
        QCOMPARE(blocked.mark, Meaning::Error);
        QCOMPARE(blocked.action, NarrationContent::Action::ShowCause);
        // From when on that is, the settings say.
        QCOMPARE(narrationContent(momentAt(*log, facts, done, app::Wording::Restaurant, 900'000'000,
                                      std::chrono::nanoseconds(1'000'000'000)))
                     .action,
            NarrationContent::Action::WhyNotYet);
    }

    void theNarrationsButtonAsksOn()
    {
        NarrationBar bar;
        bar.resize(768, 78);
        bar.setContent({.mark = Meaning::PoolIo,
            .headline = {.text = u"Cook 3 puts dish 3 on the pass."_s, .orders = {}},
            .rule = u"A rule."_s,
            .action = NarrationContent::Action::WhyNotYet,
            .about = {}});
        bar.show();
        QSignalSpy asked(&bar, &NarrationBar::actionRequested);
        auto* const button = bar.findChild<QPushButton*>();
        QCOMPARE(button->text(), u"Why not yet?"_s);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(bar.asText(), u"Cook 3 puts dish 3 on the pass.\nA rule."_s);
        bar.setContent({});
        QVERIFY(button->isHidden());
    }

    void aHeadlineOfTwoLinesIsNeverCut()
    {
        NarrationBar bar;
        bar.resize(768, 78);
        const QString headline
            = u"The waiter has been busy with report for 5.87 s. 10 orders are ready and wait for him."_s;
        const QString rule
            = u"JavaScript runs one callback at a time, and to its end. Until it returns, no other callback can "
              "run, whatever is ready."_s;
        bar.setContent({.mark = Meaning::Error,
            .headline = {.text = headline, .orders = {}},
            .rule = rule,
            .action = NarrationContent::Action::ShowCause,
            .about = {}});
        bar.show();
        QCoreApplication::processEvents();
        for (auto* const label : bar.findChildren<QLabel*>()) {
            const int needed = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
            QVERIFY2(label->height() >= needed,
                qPrintable(u"%1: %2 of %3"_s.arg(label->text()).arg(label->height()).arg(needed)));
        }
    }

    void nothingOnACardIsCutOrCoversAnother_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("zoom");
        for (const int width : {200, 256, 420}) {
            QTest::addRow("%d wide", width) << width << 1.;
            QTest::addRow("%d wide, 150 %%", width * 3 / 2) << width * 3 / 2 << 1.5;
        }
    }
    void nothingOnACardIsCutOrCoversAnother()
    {
        QFETCH(int, width);
        QFETCH(double, zoom);
        const auto log = jobsRun();
        const TraceFacts facts(*log);
        OrderCard card;
        card.setTheme(Theme(Scheme::Light, zoom));
        card.show();
        const auto check = [&](const QString& what) {
            card.resize(width, card.heightForWidth(width));
            QList<std::pair<QRect, QString>> seen;
            for (auto* const label : card.findChildren<QLabel*>()) {
                if (!label->isVisibleTo(&card) || label->text().isEmpty())
                    continue;
                const QRect rect(label->mapTo(&card, QPoint()), label->size());
                const QString who = u"%1: %2"_s.arg(what, label->text().right(60));
                QVERIFY2(card.rect().contains(rect), qPrintable(who));
                const int needed = label->wordWrap() ? label->QLabel::heightForWidth(label->width())
                                                     : label->sizeHint().height();
                QVERIFY2(
                    label->height() >= needed, qPrintable(u"%1: %2 of %3"_s.arg(who).arg(label->height()).arg(needed)));
                for (const auto& [other, name] : seen)
                    QVERIFY2(!other.intersects(rect), qPrintable(who + u" | "_s + name));
                seen.append({rect, who});
            }
        };
        for (app::Index place = 3; place <= log->size(); ++place) {
            OrderCardContent content = orderCard(
                momentAt(*log, facts, place, app::Wording::Restaurant), app::OrderId::async(5));
            content.question = u"Ready. Why not served yet?"_s;
            content.reasons = {{.text = u"There is one waiter, and he is serving menu since 12 ms."_s, .orders = {}},
                {.text = u"His own notes go first: dish."_s, .orders = {app::OrderId::async(5)}}};
            content.named = {content.name};
            card.showOrder(content);
            check(u"place %1"_s.arg(place));
        }
        card.showBlocked({.title = u"Blocked"_s,
            .duration = u"1.24 s"_s,
            .rows = {{.label = u"waiting"_s,
                .sentence = {.text = u"19 orders on the pass, 11 tables and many more who are at the door"_s,
                    .orders = {}},
                .place = {}}},
            .waiting = {{Meaning::Timer, 3}},
            .helps = {{.text = u"Serve it in portions, with setImmediate between them."_s, .orders = {}}},
            .named = {}});
        check(u"blocked"_s);
        card.showNothing(u"187 steps are recorded. Play them from the start (F6), or step back (Shift+F8)."_s);
        check(u"nothing"_s);
    }

    void numbersInLineAreEnglish_data()
    {
        QTest::addColumn<int>("number");
        QTest::addColumn<QString>("text");
        for (const auto& [number, text] : {std::pair {1, "1st"}, {2, "2nd"}, {3, "3rd"}, {4, "4th"}, {11, "11th"},
                 {12, "12th"}, {21, "21st"}, {113, "113th"}})
            QTest::addRow("%d", number) << number << QString::fromLatin1(text);
    }
    void numbersInLineAreEnglish()
    {
        QFETCH(int, number);
        QTEST(ordinal(static_cast<std::size_t>(number)), "text");
    }
};

QTEST_MAIN(TestPanels)
#include "tst_panels.moc"
