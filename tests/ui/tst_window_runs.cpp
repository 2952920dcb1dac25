// Running programs from the window, looking at their past while they go on, and the ways in which they end.
#include "windowdriver.h"

#include "panels/callstackpanel.h"
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "timeline/timelineview.h"
#include "window/dialogs.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QTabBar>

#include <csignal>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

using State = app::Session::State;

namespace {

// Three lines, then one every 20 ms until it is stopped.
const QString kTicking = uR"(console.log('a'); console.log('b'); console.log('c');
let n = 0;
setInterval(() => console.log(`tick ${n++}`), 20);
)"_s;

} // namespace

class TestWindowRuns : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void stopEndsAComparisonWithStockNode()
    {
        write(kTicking);
        m_window->action(u"verify"_s)->trigger();
        QVERIFY(m_window->toolBar().badgesAsText().contains(u"comparing with stock node"_s));
        QVERIFY(m_window->action(u"stop"_s)->isEnabled());
        m_window->action(u"stop"_s)->trigger();
        QVERIFY(m_window->toolBar().badgesAsText().contains(u"compare with stock node"_s));
        QVERIFY(m_window->action(u"verify"_s)->isEnabled());
        QVERIFY(!m_window->action(u"stop"_s)->isEnabled());
    }

    void thePastIsLookedAtWhileTheProgramGoesOn()
    {
        QVERIFY(start(kTicking));
        QVERIFY(printed(u"tick 3"_s));
        QVERIFY(session().playhead().isLive());
        press(Qt::Key_F8, Qt::ShiftModifier);
        QVERIFY(session().isPast());
        press(Qt::Key_F9, Qt::ShiftModifier);
        press(Qt::Key_F8, Qt::ControlModifier | Qt::ShiftModifier);
        const app::Place here = session().place();
        const app::Index size = session().log()->size();
        const int told = m_window->console().model().rowCount();
        QVERIFY(QTest::qWaitFor(
            [&] { return session().log()->size() > size + 20 && m_window->console().model().rowCount() > told + 2; },
            kLong));
        QCOMPARE(session().place(), here);
        QVERIFY(session().isRunning());
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->toolBar().badgesAsText().contains(u"looking at the past"_s); }, kLong));
        QVERIFY2(m_window->statusText().startsWith(u"live run, step "_s), qPrintable(m_window->statusText()));
        press(Qt::Key_End, Qt::AltModifier);
        QVERIFY(session().playhead().isLive());
        QVERIFY(QTest::qWaitFor(
            [&] { return !m_window->toolBar().badgesAsText().contains(u"looking at the past"_s); }, kLong));
        const app::Place now = session().place();
        QVERIFY(QTest::qWaitFor([&] { return session().place() > now; }, kLong)); // it follows the head again
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(ended());
    }

    void theLastStepsOfALiveRunLeadBackToWhatItDoesNow()
    {
        QVERIFY(start(u"console.log('ready'); setInterval(() => {}, 60_000)"_s));
        QVERIFY(QTest::qWaitFor([&] { return !session().keptAlive().isEmpty(); }, kLong)); // asleep: nothing new comes
        press(Qt::Key_F8, Qt::ShiftModifier);
        QVERIFY(session().isPast());
        QCOMPARE_LT(session().place(), session().log()->size());
        press(Qt::Key_F6); // plays the one step that is left
        QVERIFY(QTest::qWaitFor([&] { return session().playhead().isLive(); }, kLong));
        QVERIFY(!session().isPlaying());
    }

    void aLiveRunIsBlockedThoughNothingNewIsRecorded()
    {
        QVERIFY(start(u"setTimeout(function tea() {}, 50); console.log('spin'); for (;;);"_s));
        QVERIFY(printed(u"spin"_s));
        const auto badges = [&] { return m_window->toolBar().badgesAsText(); };
        QVERIFY(QTest::qWaitFor([&] { return badges().contains(u"waiter blocked"_s); }, kLong));
        const app::Index size = session().log()->size();
        QVERIFY(std::ranges::any_of(m_window->stage().picture().slips,
            [](const StageSlip& slip) { return slip.place == Place::Timers && slip.title == u"tea"_s; }));
        const QString reason = m_window->stage().picture().reason;
        const std::uint64_t end = m_window->timeline().end();
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->stage().picture().reason != reason && m_window->timeline().end() > end; }, kLong));
        QCOMPARE(session().log()->size(), size);
        // A step back leaves the run, and the timeline's end, where they are.
        press(Qt::Key_F8, Qt::ShiftModifier);
        QVERIFY(session().isPast());
        const std::uint64_t later = m_window->timeline().end();
        QVERIFY(later > session().log()->head().time);
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().end() > later; }, kLong));
        QCOMPARE(m_window->timeline().playhead(), size - 1);
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(ended());
        QVERIFY(QTest::qWaitFor([&] { return !badges().contains(u"blocked"_s); }, kLong));
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().end() == session().log()->head().time; }, kLong));
    }

    void whatBlocksIsShownInTheCodeAndStaysWhenItIsStopped()
    {
        QVERIFY(start(u"setTimeout(function tea() {}, 1)\nconst go = true\nwhile (go) {\n  Math.random()\n}\n"_s));
        const auto badges = [&] { return m_window->toolBar().badgesAsText(); };
        QVERIFY(QTest::qWaitFor([&] { return badges().contains(u"waiter blocked"_s); }, kLong));
        const auto guilty = [&] {
            QList<int> lines;
            for (const LineNote& note : m_window->editor().editor()->lineNotes()) {
                if (note.tint == Meaning::Error)
                    lines.append(note.line);
            }
            return lines;
        };
        QVERIFY(QTest::qWaitFor([&] { return guilty() == QList {3}; }, kLong)); // the loop, not what was seen last
        auto* const cause = m_window->narration().findChild<QPushButton*>();
        QVERIFY(QTest::qWaitFor([&] { return cause->isVisible() && cause->text() == u"Show the cause"_s; }, kLong));
        m_window->editor().editor()->goTo(1, 1);
        QTest::mouseClick(cause, Qt::LeftButton);
        QCOMPARE(m_window->editor().editor()->currentLine(), 3);
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(ended());
        QVERIFY(session().playhead().isLive());
        QVERIFY(QTest::qWaitFor([&] { return badges().contains(u"waiter blocked"_s); }, kLong));
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().asText().startsWith(u"Blocked"_s); }, kLong));
        QCOMPARE(guilty(), QList {3});
    }

    void f6StaysAtAMomentOfALiveRun()
    {
        QVERIFY(start(kTicking));
        QVERIFY(printed(u"tick 1"_s));
        press(Qt::Key_F6);
        QVERIFY(session().isPast());
        QVERIFY(!session().isPlaying());
        const app::Place stayed = session().place();
        QVERIFY(QTest::qWaitFor([&] { return session().log()->size() > stayed + 3; }, kLong));
        QCOMPARE(session().place(), stayed);
        press(Qt::Key_F6); // what came meanwhile is played
        QVERIFY(session().isPlaying());
        press(Qt::Key_F6);
        QVERIFY(!session().isPlaying());
        QVERIFY(session().isRunning());
    }

    void f6PlaysARecordedRunAndHaltsIt()
    {
        QVERIFY(run(kTicking.section(u'\n', 0, 0)));
        m_window->toolBar().setSpeed(40); // 10x
        press(Qt::Key_F6); // from the end: from the start again
        QVERIFY(session().isPlaying());
        QVERIFY(QTest::qWaitFor([&] { return session().place() >= 2; }, kLong));
        press(Qt::Key_F6);
        QVERIFY(!session().isPlaying());
        const std::size_t halted = session().stepNumber();
        QVERIFY(halted < session().stepCount());
        press(Qt::Key_F8); // a step, and no more
        QCOMPARE(session().stepNumber(), halted + 1);
        m_window->toolBar().setSpeed(ToolBar::kFastest); // as it happened: a few milliseconds
        press(Qt::Key_F6);
        QVERIFY(QTest::qWaitFor(
            [&] { return !session().isPlaying() && session().place() == session().log()->size(); }, kLong));
    }

    void aProgramThatDoesNotEndSaysWhatKeepsItAlive()
    {
        QVERIFY(start(u"setInterval(function bell() {}, 60_000)"_s));
        QVERIFY(QTest::qWaitFor([&] { return !session().keptAlive().isEmpty(); }, kLong));
        QVERIFY2(session().keptAlive().contains(u"the interval bell in line 1"_s), qPrintable(session().keptAlive()));
        QCOMPARE(m_window->stage().picture().mood, Mood::Asleep);
    }

    void restartRunsTheProgramAnew()
    {
        QVERIFY(start(u"console.log(process.pid); setInterval(() => {}, 1000)"_s));
        QVERIFY(QTest::qWaitFor([&] { return lines().size() == 1; }, kLong));
        const QString first = lines().front();
        press(Qt::Key_F5, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(QTest::qWaitFor([&] { return lines().size() == 1 && lines().front() != first; }, kLong));
        QVERIFY(session().isRunning());
    }

    void aProgramThatReadsGetsLinesAndTheirEnd()
    {
        QVERIFY(start(u"process.stdin.on('data', d => console.log('got', String(d).trim())).on('end', () => "
                      "console.log('end'))"_s));
        QLineEdit& input = m_window->console().input();
        QVERIFY(QTest::qWaitFor([&] { return input.isVisible(); }, kLong));
        QTest::keyClicks(&input, u"cr"_s);
        input.insert(u"è"_s); // as an input method does
        QTest::keyClicks(&input, u"me"_s);
        QTest::keyClick(&input, Qt::Key_Return);
        QVERIFY(printed(u"got crème"_s));
        QVERIFY(input.text().isEmpty());
        QTest::keyClick(&input, Qt::Key_D, Qt::ControlModifier);
        QVERIFY(ended());
        QCOMPARE(lines().last(), u"end"_s);
        QVERIFY(!input.isVisible());
    }

    void theEndOfInputIsAMenuEntryToo()
    {
        QVERIFY(start(u"console.log('ready'); process.stdin.resume().on('end', () => console.log('end'))"_s));
        QVERIFY(printed(u"ready"_s));
        press(Qt::Key_I, Qt::ControlModifier); // before it is known to read
        QVERIFY(m_window->console().input().isVisible());
        press(Qt::Key_D, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(ended());
        QCOMPARE(lines().last(), u"end"_s);
    }

    void howAProgramIsRunReachesIt()
    {
        write(uR"(console.log(process.argv.slice(2).join('|'));
console.log(process.env.TABLE, process.env.UV_THREADPOOL_SIZE, Error.stackTraceLimit);
)"_s);
        press(Qt::Key_F5, Qt::ControlModifier);
        auto* dialog = m_window->findChild<RunDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        auto* const arguments = named<QLineEdit>(dialog, u"Arguments"_s);
        auto* const flags = named<QLineEdit>(dialog, u"Flags for node"_s);
        auto* const environment = named<QPlainTextEdit>(dialog, u"Environment"_s);
        auto* const pool = named<QSpinBox>(dialog, u"Cooks (threads of the pool)"_s);
        QVERIFY(arguments && flags && environment && pool);
        // Nothing lies on another.
        const auto parts = dialog->findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
        for (const QWidget* const one : parts) {
            for (const QWidget* const other : parts) {
                if (one != other && one->isVisible() && other->isVisible())
                    QVERIFY2(!one->geometry().intersects(other->geometry()),
                        qPrintable(QString::fromUtf8(one->metaObject()->className()) + u" on "_s
                            + QString::fromUtf8(other->metaObject()->className())));
            }
        }
        QTest::keyClicks(arguments, u"soup \"two eggs\""_s);
        QTest::keyClicks(flags, u"--stack-trace-limit=3"_s);
        QTest::keyClicks(environment, u"TABLE=seven"_s);
        pool->setValue(2);
        QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
        QVERIFY(!dialog->isVisible());
        click(u"run"_s);
        QVERIFY(ended());
        QCOMPARE(lines(), (QStringList {u"soup|two eggs"_s, u"seven 2 3"_s}));
        // It is kept for this program, and for no other one.
        click(u"run"_s);
        QVERIFY(ended());
        QCOMPARE(lines().first(), u"soup|two eggs"_s);
        QVERIFY(run(u"console.log(process.argv.length, process.env.TABLE)"_s));
        QCOMPARE(lines(), QStringList {u"2 undefined"_s});
    }

    void anUncaughtErrorIsACrashWithItsLine()
    {
        QVERIFY(run(uR"(console.log('soup');

throw new Error('spilt');
)"_s));
        QCOMPARE(session().exitCode(), 1);
        QVERIFY(session().ending().contains(u"exit code 1"_s));
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().picture().mood == Mood::Crashed; }, kLong));
        QCOMPARE(lines().first(), u"soup"_s);
        QVERIFY(lines().contains(u"Error: spilt"_s));
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->narration().asText().contains(u"exit code 1. Nobody caught “Error: spilt”."_s); },
            kLong));
        // The line that threw it is marked, and told of; so is its plate while it is on the stack.
        CodeEditor* const editor = m_window->editor().editor();
        QVERIFY(QTest::qWaitFor(
            [&] {
                return std::ranges::any_of(editor->lineNotes(), [](const LineNote& note) {
                    return note.line == 3 && note.tint == Meaning::Error && note.badge == u"not caught"_s;
                });
            },
            kLong));
        QVERIFY2(m_window->card().asText().startsWith(u"Not caught\nwhat: Error: spilt\nwhere: thrown at"_s),
            qPrintable(m_window->card().asText()));
        app::Index error = 0;
        while (session().log()->event(error).kind != trace::EventKind::UncaughtError)
            ++error;
        session().goTo(error + 1);
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->stage().picture().guilty == std::optional<std::size_t>(0); }, kLong));
        QCOMPARE(m_window->stage().picture().mood, Mood::Crashed);
        QVERIFY(m_window->callStack().model().index(0).data(CallStackModel::GuiltyRole).toBool());
        session().goTo(error);
        QVERIFY(QTest::qWaitFor([&] { return !m_window->stage().picture().guilty; }, kLong));
        QVERIFY(std::ranges::none_of(
            editor->lineNotes(), [](const LineNote& note) { return note.tint == Meaning::Error; }));
        QVERIFY(!m_window->callStack().model().index(0).data(CallStackModel::GuiltyRole).toBool());
        session().goTo(session().log()->size());
        // The stack trace leads into the code.
        editor->goTo(1);
        QVERIFY(followALink());
        QCOMPARE(editor->currentLine(), 3);
    }

    void whereAnErrorWasThrownIsOnTheTray()
    {
        QVERIFY(run(u"function spill() {\n"
                    "  undefined.soup;\n"
                    "}\n"
                    "setTimeout(function tea() { spill(); }, 1);\n"
                    "console.log('soup');\n"_s));
        app::Index error = 0;
        while (session().log()->event(error).kind != trace::EventKind::UncaughtError)
            ++error;
        session().goTo(error + 1);
        const StagePicture& picture = m_window->stage().picture();
        QVERIFY(QTest::qWaitFor(
            [&] {
                return picture.mood == Mood::Crashed && !picture.plates.empty()
                    && picture.plates.front().startsWith(u"spill"_s);
            },
            kLong)); // its frames are in Node's report, a little later
    }

    void aCallbacksFirstStepHasItsLine()
    {
        QVERIFY(run(u"function tea() {\n  console.log('tea');\n}\n\nsetTimeout(tea, 1);\n"_s));
        const app::OrderId tea = timer();
        session().goTo(session().log()->startedAt(tea) + 1);
        QVERIFY(QTest::qWaitFor([&] { return m_window->editor().editor()->playheadLine() == 2; }, kLong));
    }

    void fromWhenOnACallBlocksIsOneSetting()
    {
        QVERIFY(run(u"setTimeout(function tea() {}, 1);\n"
                    "const begin = performance.now();\n"
                    "while (performance.now() - begin < 150);\n"
                    "console.log('soup');\n"_s));
        session().goTo(session().log()->outputs()[0] + 1);
        const auto limit = [&](int milliseconds) {
            Settings settings = m_window->settings();
            settings.blockedAfter = milliseconds;
            m_window->setSettings(settings);
        };
        const auto told = [&] {
            return QStringList {u"timeline %1"_s.arg(m_window->timeline().index().blocked().size()),
                u"narration %1"_s.arg(m_window->narration().asText().contains(u"has been busy"_s)),
                u"card %1"_s.arg(m_window->card().asText().startsWith(u"Blocked"_s)),
                u"stage %1"_s.arg(m_window->stage().picture().mood == Mood::Blocked)};
        };
        limit(100);
        const QStringList blocked {u"timeline 1"_s, u"narration 1"_s, u"card 1"_s, u"stage 1"_s};
        (void)QTest::qWaitFor([&] { return told() == blocked; }, 10'000);
        QCOMPARE(told(), blocked);
        limit(60'000);
        const QStringList fine {u"timeline 0"_s, u"narration 0"_s, u"card 0"_s, u"stage 0"_s};
        (void)QTest::qWaitFor([&] { return told() == fine; }, 10'000);
        QCOMPARE(told(), fine);
    }

    void whatWasServedIsToldInThePastOnTheCard()
    {
        QVERIFY(run(u"setTimeout(function tea() { console.log('tea'); }, 1);\n"_s));
        const app::OrderId tea = timer();
        emit m_window->timeline().orderClicked(tea);
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().asText().contains(u"Its 1 ms were over"_s); }, kLong));
        session().goTo(session().log()->outputs()[0] + 1);
        QVERIFY(QTest::qWaitFor([&] { return m_window->card().asText().contains(u"Its 1 ms are over"_s); }, kLong));
    }

    void ticksWithoutEndAreABlockWhereverOneIsTold()
    {
        QVERIFY(start(u"setTimeout(function tea() {}, 1);\n"
                      "console.log('soup');\n"
                      "let n = 0;\n"
                      "(function again() { if (n++ < 200_000) process.nextTick(again); })();\n"
                      "process.on('exit', () => console.log('done'));\n"_s));
        QVERIFY(ended());
        Settings settings = m_window->settings();
        settings.blockedAfter = 10;
        m_window->setSettings(settings);
        // In the midst of them.
        const app::TraceLog& log = *session().log();
        app::Index last = log.size();
        while (log.event(--last).kind != trace::EventKind::TickQueued) { }
        session().goTo(last + 1);
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().picture().mood == Mood::Blocked; }, kLong));
        QVERIFY(QTest::qWaitFor([&] { return m_window->toolBar().badgesAsText().contains(u"blocked"_s); }, kLong));
        QVERIFY(QTest::qWaitFor(
            [&] {
                return m_window->console().view().remark().contains(u"only ticks and microtasks can print"_s)
                    && m_window->card().asText().startsWith(u"Blocked"_s);
            },
            kLong));
    }

    void oneWhoStopsAProgramIsNotToldOfAFailure()
    {
        QVERIFY(start(u"console.log('open'); setInterval(() => { }, 1000)"_s));
        QVERIFY(printed(u"open"_s));
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(ended());
        QVERIFY(session().isStopped());
        QCOMPARE(session().ending(), u"You stopped the program."_s);
        QVERIFY(run(u"process.exitCode = 2"_s)); // that was the run before
        QVERIFY(!session().isStopped());
    }

    void marksBesideLinesGoWhenTheFileIsEditedAndComeWithTheNextRun()
    {
        Settings settings = m_window->settings();
        settings.blockedAfter = 600'000; // on a slow machine the line that blocks would have a mark, too
        m_window->setSettings(settings);
        const auto marks = [&] { return m_window->editor().editor()->lineNotes(); };
        QVERIFY(run(u"setTimeout(function egg() { }, 50);\nconsole.log('open');\n"_s));
        session().goTo(session().log()->outputs()[0] + 1);
        QVERIFY(QTest::qWaitFor([&] { return marks().size() == 1 && marks().first().line == 1; }, kLong));
        QTest::keyClicks(m_window->editor().editor(), u"// "_s);
        QVERIFY(QTest::qWaitFor([&] { return marks().isEmpty(); }, kLong));
        m_window->editor().editor()->setText(u"setTimeout(function egg() { }, 50);\n\nconsole.log('open');\n"_s);
        click(u"run"_s);
        QVERIFY(ended());
        session().goTo(session().log()->outputs()[0] + 1);
        QVERIFY(QTest::qWaitFor(
            [&] { return marks().size() == 1 && marks().first().pending == QList<Meaning> {Meaning::Timer}; }, kLong));
    }

    void aLinkOpensAFileThatIsNotOpen()
    {
        QVERIFY(
            run(u"require('fs').writeFileSync('kitchen.js', '\\n\\nexports.cook = () => { throw new Error(\"burnt\") "
                "}\\n'); require('./kitchen').cook()"_s));
        QVERIFY(!m_window->editor().currentPath().endsWith(u"kitchen.js"_s));
        QVERIFY(followALink());
        QVERIFY(m_window->editor().currentPath().endsWith(u"/kitchen.js"_s));
        QCOMPARE(m_window->editor().editor()->currentLine(), 3);
    }

    void ofARecordedRunPackagesFilesComeWhenTheyAreAskedFor()
    {
        QVERIFY(run(uR"(const fs = require('fs');
const kitchen = 'usr/share/nodejs/kitchen/index.js'; // as Debian keeps its packages
fs.mkdirSync('usr/share/nodejs/kitchen', { recursive: true });
fs.mkdirSync('node_modules/bread', { recursive: true });
fs.writeFileSync('menu.js', 'console.log("menu")');
fs.writeFileSync('node_modules/bread/index.js', 'console.log("bread")');
fs.writeFileSync(kitchen, '\n\nexports.cook = () => { console.log("cook"); throw new Error("burnt") }');
require('./menu');
require('bread');
require('./' + kitchen).cook();
)"_s));
        const QString file = m_folder->filePath(u"lunch.bistro"_s);
        QVERIFY(session().saveTrace(file));
        m_window->open(file);
        QVERIFY(session().isOpenedTrace() && ended());
        const auto tabs = [&] {
            QStringList texts;
            for (int tab = 0; tab < m_window->editor().tabBar().count(); ++tab)
                texts.append(m_window->editor().tabBar().tabText(tab));
            return texts.join(u", "_s);
        };
        QVERIFY(QTest::qWaitFor([&] { return tabs().contains(u"menu.js"_s); }, kLong));
        QTest::qWait(0); // whatever else is on its way
        QVERIFY2(!tabs().contains(u"index.js"_s), qPrintable(tabs()));
        QVERIFY(followALink());
        QVERIFY2(m_window->editor().currentPath().endsWith(u"/kitchen/index.js"_s),
            qPrintable(m_window->editor().currentPath()));
        QCOMPARE(m_window->editor().editor()->currentLine(), 3);
    }

    void abortLeavesThePicture()
    {
        QVERIFY(run(u"console.log('soup'); setTimeout(() => {}, 1000); process.abort()"_s));
        crashed(SIGABRT);
    }

    void aProgramThatRunsOutOfMemoryLeavesItsPicture()
    {
        write(u"console.log('soup'); const plates = []; for (;;) plates.push(new Array(1000).fill(plates.length))"_s);
        keepRunSettings(
            m_window->program(), {.arguments = {}, .environment = {}, .nodeFlags = {u"--max-old-space-size=20"_s}});
        click(u"run"_s);
        QVERIFY(ended());
        crashed(0);
        QVERIFY(lines().join(u'\n').contains(u"heap out of memory"_s));
        QVERIFY2(m_window->console().view().remark().startsWith(u"The JavaScript heap is full. It may have 20 MB."_s),
            qPrintable(m_window->console().view().remark()));
    }

    void aProgramThatCrashesAtOnceIsToldToo()
    {
        QVERIFY(run(u"this is no JavaScript"_s));
        QCOMPARE(session().exitCode(), 1);
        QVERIFY(lines().join(u'\n').contains(u"SyntaxError"_s));
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().picture().mood == Mood::Crashed; }, kLong));
    }

    // Time goes on there, too, and blocks nobody.
    void aLiveRunThatRestsIsNotBlocked()
    {
        QVERIFY(start(u"setTimeout(function tea() {}, 60_000); console.log('rest')"_s));
        QVERIFY(printed(u"rest"_s));
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().picture().mood == Mood::Asleep; }, kLong));
        const std::uint64_t end = m_window->timeline().end();
        constexpr std::uint64_t moreThanABlock = 500'000'000; // nanoseconds
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().end() > end + moreThanABlock; }, kLong));
        QCOMPARE(m_window->stage().picture().mood, Mood::Asleep);
        QVERIFY(!m_window->toolBar().badgesAsText().contains(u"blocked"_s));
    }

    void atItsBeginningARunThatIsLoadedSaysHowToStepOn()
    {
        QVERIFY2(m_window->narration().asText().contains(u"press F5"_s), qPrintable(m_window->narration().asText()));
        QVERIFY(run(u"console.log('soup')"_s));
        press(Qt::Key_Home, Qt::AltModifier);
        QCOMPARE(session().place(), 0u);
        QVERIFY(
            QTest::qWaitFor([&] { return m_window->stage().picture().headline == u"Run loaded, at step 0"_s; }, kLong));
        QCOMPARE(m_window->stage().picture().reason, u"F8 takes a step, F6 plays"_s);
        QVERIFY2(m_window->narration().asText().contains(u"before the first of"_s),
            qPrintable(m_window->narration().asText()));
        press(Qt::Key_F8);
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().picture().mood != Mood::Empty; }, kLong));
    }

    void whereTheRecordingEndsTheProgramGoesOn()
    {
        write(u"let n = 0; (function next() { if (++n < 3000) setImmediate(next); else { console.log('served', n); "
              "setInterval(() => {}, 1000) } })()"_s);
        keepRunSettings(m_window->program(), {.arguments = {}, .environment = {u"BISTRO_TRACE_EVENTS=2000"_s}});
        click(u"run"_s);
        QVERIFY(printed(u"served 3000"_s));
        QVERIFY(session().isRunning());
        QVERIFY(session().log()->head().recordingEnded);
        QCOMPARE_LE(session().log()->size(), 2002u); // and what says how it ended
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().picture().mood == Mood::RecordingEnded; }, kLong));
        QVERIFY2(m_window->toolBar().badgesAsText().contains(u"recording stopped at"_s),
            qPrintable(m_window->toolBar().badgesAsText()));
        QCOMPARE(
            m_window->timeline().end(), session().log()->head().time); // no time is drawn of which nothing is known
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(ended());
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->stage().picture().reason.contains(u"until it was stopped"_s); }, kLong));
        QCOMPARE(m_window->stage().picture().mood, Mood::RecordingEnded);
        QVERIFY2(
            m_window->narration().asText().contains(u"Nobody knows"_s), qPrintable(m_window->narration().asText()));
    }

    void wordsAreFoundInTheConsole()
    {
        QVERIFY(run(u"for (const dish of ['soup', 'salad', 'Soup again', 'no soup, no SOUP']) console.log(dish)"_s));
        press(Qt::Key_F, Qt::ControlModifier | Qt::ShiftModifier);
        auto* const text = named<QLineEdit>(&m_window->console(), u"Find in the console"_s);
        QVERIFY(text && text->isVisible());
        ConsoleView& view = m_window->console().view();
        const auto says = [&](const QString& wanted) {
            return QTest::qWaitFor(
                [&] {
                    for (const QLabel* const label : m_window->console().findChildren<QLabel*>()) {
                        if (label->isVisible() && label->text() == wanted)
                            return true;
                    }
                    return false;
                },
                kLong);
        };
        QTest::keyClicks(text, u"soup"_s); // found as one types
        QVERIFY(says(u"1 of 4"_s));
        QTest::keyClick(text, Qt::Key_Backspace); // as many hits as before: told anew
        QVERIFY(says(u"1 of 4"_s));
        QTest::keyClick(text, Qt::Key_P);
        QVERIFY(says(u"1 of 4"_s));
        QCOMPARE(view.selectedText(), u"soup"_s);
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(says(u"2 of 4"_s));
        QCOMPARE(view.selectedText(), u"Soup"_s);
        QTest::keyClick(text, Qt::Key_F3);
        QVERIFY(says(u"3 of 4"_s));
        QTest::keyClick(text, Qt::Key_Return);
        QVERIFY(says(u"4 of 4"_s));
        QCOMPARE(view.selectedText(), u"SOUP"_s);
        QTest::keyClick(text, Qt::Key_Return); // round the end
        QVERIFY(says(u"1 of 4"_s));
        QTest::keyClick(text, Qt::Key_Return, Qt::ShiftModifier);
        QVERIFY(says(u"4 of 4"_s));
        QTest::keyClick(text, Qt::Key_F3, Qt::ShiftModifier);
        QVERIFY(says(u"3 of 4"_s));
        // What there is not looks like it.
        const auto border = [&] { return text->grab().toImage().pixelColor(text->width() / 2, 0); };
        const QColor usual = border();
        text->clear();
        QTest::keyClicks(text, u"dessert"_s);
        QVERIFY(says(u"no hit"_s));
        QVERIFY(view.selectedText().isEmpty());
        QVERIFY(border() != usual);
        QVERIFY2(border().red() > border().green() + 60, qPrintable(border().name()));
        text->clear();
        QTest::keyClicks(text, u"salad"_s);
        QVERIFY(says(u"1 of 1"_s));
        QCOMPARE(border(), usual);
        // Lines that come later are counted, too, and Escape ends it all.
        m_window->console().model().receive(trace::Stream::Output, "salad again\n");
        m_window->console().model().settle();
        QVERIFY(says(u"1 of 2"_s));
        QTest::keyClick(text, Qt::Key_Escape);
        QVERIFY(!text->isVisible());
        QCOMPARE(view.hits(), ConsoleView::Hits {});
        QVERIFY(view.hasFocus());
        // F3 shows the bar again with what was looked for.
        QTest::keyClick(&view, Qt::Key_F3);
        QVERIFY(text->isVisible());
        QVERIFY(says(u"1 of 2"_s) || says(u"2 of 2"_s));
        view.setFocus();
        QTest::keyClick(&view, Qt::Key_Escape);
        QVERIFY(!text->isVisible());
    }

    void aClearedConsoleForgetsWhatWasPrinted()
    {
        QVERIFY(start(kTicking));
        QVERIFY(printed(u"tick 1"_s));
        press(Qt::Key_K, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(!lines().contains(u"a"_s));
        QVERIFY(QTest::qWaitFor([&] { return m_window->console().model().rowCount() > 0; }, kLong));
        QVERIFY(lines().first().startsWith(u"tick"_s));
    }

    void theOrderIsComparedWithStockNode()
    {
        write(u"setTimeout(() => console.log('b'), 20); console.log('a')"_s);
        press(Qt::Key_V, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->toolBar().badgesAsText().contains(u"order identical to stock node"_s); }, kLong));
        QCOMPARE(session().state(), State::NotStarted); // it ran elsewhere
    }

private:
    // The first that the program has set.
    [[nodiscard]] app::OrderId timer()
    {
        const app::TraceLog& log = *session().log();
        for (app::Index i = 0; i < log.size(); ++i) {
            if (const trace::Record event = log.event(i);
                event.kind == trace::EventKind::TimerCreated && (event.flags & trace::FlagInternal) == 0)
                return app::OrderId::async(event.a);
        }
        return {};
    }
    void crashed(int signal)
    {
        QCOMPARE(session().state(), State::Failed);
        QVERIFY(!session().ending().isEmpty());
        if (signal != 0)
            QCOMPARE(session().exitCode(), 128 + signal);
        QVERIFY(session().log() && session().log()->size() > 0);
        QVERIFY(lines().contains(u"soup"_s));
        QVERIFY(QTest::qWaitFor([&] { return m_window->stage().picture().mood == Mood::Crashed; }, kLong));
    }
    // Clicks on the first link of the console: where the pointer becomes a hand.
    [[nodiscard]] bool followALink()
    {
        ConsoleView& view = m_window->console().view();
        view.verticalScrollBar()->setValue(0);
        for (int y = 4; y < view.viewport()->height(); y += 8) {
            for (int x = 4; x < view.viewport()->width(); x += 8) {
                if (view.linkAt({x, y})) {
                    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {x, y});
                    return true;
                }
            }
        }
        return false;
    }
};

QTEST_MAIN(TestWindowRuns)
#include "tst_window_runs.moc"
