// What the window says of a run in few words, as values.
#include "handtrace.h"
#include "moment/tracefacts.h"
#include "panels/findingcontent.h"
#include "panels/narrationcontent.h"
#include "panels/stackcontent.h"
#include "window/stagefeed.h"
#include "window/status.h"

#include <QTest>

#include <csignal>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

using State = app::Session::State;
using tests::HandTrace;
using trace::EventKind;

namespace {

// One call has run for 1.24 s while a dish is ready.
std::unique_ptr<app::TraceLog> blockedRun()
{
    return HandTrace()
        .at(0, {.kind = EventKind::RunStarted, .small = 2})
        .starts(100, 1)
        .asks(200, 5, 1, "dish")
        .begun(300, 1, 1)
        .done(400, 1, 1)
        .at(1'240'100, {.kind = EventKind::ImmediateCreated, .a = 7, .b = 1})
        .open();
}

RunStatus recorded(const app::TraceLog& log)
{
    RunStatus run;
    run.state = State::Finished;
    run.log = &log;
    run.step = log.size();
    run.steps = log.size();
    return run;
}

} // namespace

class TestStatus : public QObject {
    Q_OBJECT

private slots:
    void whoBlocksIsTheAlarmAndTheRemark()
    {
        const auto log = blockedRun();
        const TraceFacts facts(*log);
        const RunStatus run = recorded(*log);
        const Moment moment = momentAt(*log, facts, log->size(), app::Wording::Restaurant);
        QCOMPARE(badgesOf(moment, run).alarm.text, u"waiter blocked 1.24 s"_s);
        QCOMPARE(remarkOf(moment, run).sentence, u"nothing for 1.24 s: no callback can print"_s);
        QCOMPARE(remarkOf(moment, run).meaning, Meaning::Error);
        QCOMPARE(remarkOf(moment, run).place, std::nullopt); // it goes on: below all lines
        const Moment runtime = momentAt(*log, facts, log->size(), app::Wording::Runtime);
        QCOMPARE(badgesOf(runtime, run).alarm.text, u"JavaScript blocked 1.24 s"_s);
        // It had not, then.
        const Moment before = momentAt(*log, facts, log->size() - 1, app::Wording::Restaurant);
        QVERIFY(badgesOf(before, run).alarm.text.isEmpty());
        QVERIFY(remarkOf(before, run).sentence.isEmpty());
    }

    // From the error to the end of the run: of a call, of a promise when none runs any more, and of one that kept
    // others waiting.
    void anErrorThatNobodyCaughtIsSaidTheSameEverywhere_data()
    {
        QTest::addColumn<bool>("call");
        QTest::addColumn<bool>("blocked");
        QTest::newRow("thrown by a call") << true << false;
        QTest::newRow("a promise, between two calls") << false << false;
        QTest::newRow("by a call that blocked") << true << true;
    }
    void anErrorThatNobodyCaughtIsSaidTheSameEverywhere()
    {
        QFETCH(const bool, call);
        QFETCH(const bool, blocked);
        HandTrace trace;
        const std::uint32_t message = trace.text("Error: burnt");
        const std::uint32_t printed = trace.text("Error: burnt\n");
        trace.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1).asks(200, 5, 1, "dish");
        trace.begun(300, 1, 1).done(400, 1, 1);
        if (!call)
            trace.ends(500, 1);
        const std::uint64_t time = blocked ? 1'240'100 : 1'000;
        trace.at(time, {.kind = EventKind::UncaughtError, .a = message});
        trace.at(time + 10,
            {.kind = EventKind::Output,
                .small = static_cast<std::uint16_t>(bistro::trace::Stream::Error),
                .a = printed,
                .b = 13});
        if (call)
            trace.ends(time + 20, 1);
        const auto log = trace
                             .at(time + 30,
                                 {.kind = EventKind::RunEnded,
                                     .small = static_cast<std::uint16_t>(bistro::trace::EndKind::ExitCode),
                                     .a = 1})
                             .open();
        const TraceFacts facts(*log);
        app::Index error = 0;
        while (log->event(error).kind != EventKind::UncaughtError)
            ++error;
        for (const auto wording : {app::Wording::Restaurant, app::Wording::Runtime}) {
            for (app::Place place = error + 1; place <= log->size(); ++place) {
                const Moment moment = momentAt(*log, facts, place, wording);
                const StagePicture picture = stagePicture(moment, {}, {});
                const QString told = narrationContent(moment).headline.text;
                const QByteArray where = QByteArray::number(static_cast<int>(place)) + ": " + told.toUtf8();
                QCOMPARE(picture.mood, Mood::Crashed);
                QCOMPARE(picture.headline, u"Not caught"_s);
                QVERIFY2(picture.reason.contains(u"Error: burnt"_s), qPrintable(picture.reason));
                QCOMPARE(narrationContent(moment).mark, Meaning::Error);
                QVERIFY2(!told.contains(u"Next is"_s) && !told.contains(u"busy"_s), where.constData());
                const auto card = crashCard(moment);
                QVERIFY2(card && card->title == u"Not caught"_s, where.constData());
                QVERIFY2(badgesOf(moment, recorded(*log)).alarm.text.isEmpty(), where.constData());
                const CallStackContent stack = callStackContent(moment);
                QCOMPARE(stack.plates.empty(), picture.plates.empty());
                QVERIFY2(stack.plates.empty() || (stack.plates.front().guilty && picture.guilty), where.constData());
            }
        }
    }

    void aLimitThatEndedTheRunIsSaidOnTheStage()
    {
        const auto log = HandTrace()
                             .at(0, {.kind = EventKind::RunStarted, .small = 2})
                             .starts(100, 1)
                             .at(200,
                                 {.kind = EventKind::LimitReached,
                                     .small = static_cast<std::uint16_t>(trace::RunLimit::Time),
                                     .a = 1})
                             .at(300,
                                 {.kind = EventKind::RunEnded,
                                     .small = static_cast<std::uint16_t>(trace::EndKind::Signal),
                                     .a = SIGKILL})
                             .open();
        const TraceFacts facts(*log);
        for (const auto& [wording, says] :
            {std::pair {app::Wording::Restaurant, u"It is closing time: your program may run for 1 s."_s},
                std::pair {app::Wording::Runtime, u"The program may run for 1 s, and has done so."_s}}) {
            const StagePicture picture = stagePicture(momentAt(*log, facts, log->size(), wording), {}, {});
            QCOMPARE(picture.headline, u"Limit reached"_s);
            QCOMPARE(picture.reason, says);
            QCOMPARE(stagePicture(momentAt(*log, facts, 3, wording), {}, {}).reason.contains(says), false);
        }
    }

    void whyLinesEndIsSaid()
    {
        for (const auto& [reason, says] : {std::pair {trace::LinesEnd::Limit, u"too many lines"_s},
                 std::pair {trace::LinesEnd::Debugger, u"A debugger"_s},
                 std::pair {trace::LinesEnd::Memory, u"memory is short"_s}}) {
            const auto log = HandTrace()
                                 .at(0, {.kind = EventKind::RunStarted, .small = 2})
                                 .at(1, {.kind = EventKind::CallEntered, .small = 1, .a = 1})
                                 .at(2, {.kind = EventKind::LineReached, .small = 1, .a = 1})
                                 .at(3, {.kind = EventKind::LinesEnded, .small = static_cast<std::uint16_t>(reason)})
                                 .open();
            app::Lines lines(*log);
            lines.refresh();
            QCOMPARE(lines.endedAt(), 3u);
            const TraceFacts facts(*log);
            RunStatus run = recorded(*log);
            run.lines = &lines;
            run.linesEnded = trace::as<trace::events::LinesEnded>(log->event(lines.endedAt())).reason;
            const Badge badge = badgesOf(momentAt(*log, facts, log->size(), app::Wording::Restaurant), run).lines;
            QVERIFY2(badge.text.startsWith(u"lines recorded up to"_s), qPrintable(badge.text));
            QVERIFY2(badge.tip.contains(says), qPrintable(badge.tip));
        }
    }

    // Whatever was refused, or nothing: the badge leads to what programs may do.
    void theSandboxIsTold()
    {
        const auto badge = [](trace::Confinement confinement, int refused, std::optional<app::Place> predictedAt = {}) {
            HandTrace trace;
            const std::uint32_t walls = trace.text("Landlock 7");
            const std::uint32_t missing = trace.text("signals reach other programs");
            trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
                .at(1,
                    {.kind = EventKind::SandboxSet,
                        .small = static_cast<std::uint16_t>(confinement),
                        .a = walls,
                        .b = missing});
            for (int i = 0; i < refused; ++i)
                trace.at(2 + i, {.kind = EventKind::AccessRefused, .small = 1, .a = walls, .b = 13});
            const auto log = trace.open();
            const TraceFacts facts(*log);
            Moment moment = momentAt(*log, facts, predictedAt.value_or(log->size()), app::Wording::Restaurant);
            moment.hidden = predictedAt.has_value();
            const Badge shown = badgesOf(moment, recorded(*log)).sandbox;
            return shown.text + u" | "_s + shown.tip;
        };
        QCOMPARE(badge(trace::Confinement::Whole, 0),
            u"sandboxed | The program stays in its folder and on this computer.\n"
            "The sandbox guards your files.\nClick to see what programs may do."_s);
        QCOMPARE(badge(trace::Confinement::Whole, 2),
            u"sandboxed, 2 refused | The program stays in its folder and on this computer.\n"
            "The sandbox guards your files.\nClick to see what it was refused, and to allow more."_s);
        QCOMPARE(badge(trace::Confinement::Whole, 2, 3).section(u" | "_s, 0, 0), u"sandboxed, 1 refused"_s);
        QCOMPARE(badge(trace::Confinement::Partly, 0),
            u"partly sandboxed | This computer's kernel lacks a part of the sandbox.\nsignals reach other programs\n"
            "Click to see what programs may do."_s);
        QCOMPARE(badge(trace::Confinement::None, 0),
            u"not sandboxed | This program was run without walls.\nIt could do whatever you may do."_s);
    }

    void theRemarkStandsWhereNothingWasPrintedForLongest()
    {
        HandTrace trace;
        const std::uint32_t line = trace.text("line\n");
        const trace::Record printed {
            .kind = EventKind::Output, .small = static_cast<std::uint16_t>(trace::Stream::Output), .a = line, .b = 5};
        const auto log = trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
                             .at(50, printed)
                             .starts(100, 1)
                             .asks(200, 5, 1, "dish")
                             .begun(300, 1, 1)
                             .done(400, 1, 1)
                             .at(200'000, printed)
                             .at(900'000, printed) // 700 ms later
                             .at(1'240'100, {.kind = EventKind::ImmediateCreated, .a = 7, .b = 1})
                             .open();
        const TraceFacts facts(*log);
        const Moment moment = momentAt(*log, facts, log->size(), app::Wording::Restaurant);
        QVERIFY(moment.hold);
        QCOMPARE(remarkOf(moment, recorded(*log)).place, log->outputs()[1] + 1);
    }

    void howARunHasFailedIsTheRemark()
    {
        RunStatus run;
        run.state = State::Failed;
        run.exitCode = 1;
        run.ending = u"It ended with exit code 1."_s;
        QCOMPARE(remarkOf({}, run), (Remark {.sentence = run.ending, .meaning = Meaning::Error}));
        run.stopped = true;
        QCOMPARE(remarkOf({}, run).meaning, Meaning::Closing);
        run.openedTrace = true; // its ending is told elsewhere
        QVERIFY(remarkOf({}, run).sentence.isEmpty());
    }

    void whatKeepsALiveRunAliveIsTheRemark()
    {
        RunStatus run;
        run.state = State::Running;
        run.running = true;
        run.keptAlive = u"a server listens"_s;
        QVERIFY(remarkOf({}, run).sentence.isEmpty()); // the past is looked at
        QCOMPARE(badgesOf({}, run).past, u"looking at the past"_s);
        run.live = true;
        QCOMPARE(remarkOf({}, run).sentence, run.keptAlive);
        QVERIFY(badgesOf({}, run).past.isEmpty());
    }

    void theLineSaysWhatIsLookedAt()
    {
        const auto log = blockedRun();
        RunStatus run = recorded(*log);
        QCOMPARE(statusLineOf(run).brief, u"recorded run, step 7 of 7"_s);
        run.state = State::Running;
        run.running = true;
        run.step = 3;
        QCOMPARE(statusLineOf(run).brief, u"live run, step 3 of 7"_s);
        run.live = true;
        run.clock = 1'240'000'000;
        QCOMPARE(statusLineOf(run).brief, u"live run, 1.24 s"_s);
        run.log = nullptr;
        QCOMPARE(statusLineOf(run).whole, u"running"_s);
        run.state = State::Stopping;
        QCOMPARE(statusLineOf(run).brief, u"stopping"_s);
        QVERIFY(statusLineOf({}).brief.isEmpty());
    }

    void aRunThatIsNotRecordedHasABadge()
    {
        RunStatus run;
        QCOMPARE(badgesOf({}, run).recording, Badge {});
        run.notice = u"The disk is full."_s;
        QCOMPARE(badgesOf({}, run).recording, (Badge {.text = u"not recorded"_s, .tip = run.notice}));
    }

    void theTitleIsTheFileInFront()
    {
        QCOMPARE(windowTitleOf({}, {}), u"Bistro[*]"_s);
        FrontFile file;
        file.name = u"a[*].js"_s; // no mark of Qt's
        QCOMPARE(windowTitleOf({}, file), u"a[*][*].js[*] – Bistro"_s);
        file.untitled = true;
        QCOMPARE(windowTitleOf({}, file), u"a[*][*].js, untitled[*] – Bistro"_s);
        const auto log = blockedRun();
        RunStatus run = recorded(*log);
        run.openedTrace = true;
        QVERIFY(windowTitleOf(run, file).startsWith(u"a[*][*].js, untitled[*] – recorded run of a program, "_s));
        file.readOnly = true;
        QVERIFY(windowTitleOf(run, file).startsWith(u"recorded run of a program, "_s));
    }
};

QTEST_MAIN(TestStatus)
#include "tst_window_status.moc"
