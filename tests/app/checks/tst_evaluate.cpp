#include "learnersrun.h"

#include <QRegularExpression>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = CheckAnswer::State;

namespace {

// A file of the test's own is read: large enough to take far longer than the limit on any machine.
constexpr auto kBlocks = R"(const fs = require('fs');
fs.writeFileSync('big.txt', Buffer.alloc(1000));
setTimeout(() => console.log('coffee'), 1);
setTimeout(() => {
  console.log('open');
  const { pbkdf2Sync } = require('crypto');
  pbkdf2Sync('a', 'b', 400000, 64, 'sha512');
  console.log('closed');
}, 5);
setTimeout(() => console.log('late'), 20);
)";

constexpr auto kDishes = R"(const wait = require('timers/promises').setTimeout;
(async () => {
  console.log('start');
  await Promise.all([wait(60), wait(60), wait(60)]);
  console.log('done');
  for (let i = 0; i < 3; ++i) await wait(20);
  console.log('end');
})();
)";

} // namespace

class TestEvaluate : public QObject {
    Q_OBJECT

private slots:
    void theOutputIsComparedLineByLine()
    {
        const LearnersRun run("console.log('tea'); console.log('  cake '); console.log('tea');");
        using How = expect::Printed::How;
        const auto says = [&](How how, const QStringList& lines) {
            const CheckAnswer answer = run.says(expect::Printed {.how = how, .lines = lines});
            return (answer.state == State::Right ? u"+ "_s : u"- "_s) + answer.sentence;
        };
        QCOMPARE(says(How::Equals, {u"tea"_s, u"cake"_s, u"tea"_s}), u"+ the output is as it should be."_s);
        QCOMPARE(says(How::Equals, {u"tea"_s, u"pie"_s, u"tea"_s}),
            u"- line 2 of the output is “cake”. It should be “pie”."_s);
        QCOMPARE(says(How::Equals, {u"tea"_s}), u"- the output has a line too many: “cake”."_s);
        QCOMPARE(says(How::Equals, {u"tea"_s, u"cake"_s, u"tea"_s, u"pie"_s}),
            u"- line 4 of the output is missing: “pie”."_s);
        QCOMPARE(says(How::Contains, {u"cak"_s}), u"+ the output has “cak” in it."_s);
        QCOMPARE(says(How::Contains, {u"cak"_s, u"pie"_s}), u"- “pie” is missing from the output."_s);
        QCOMPARE(says(How::Lacks, {u"pie"_s}), u"+ the output is free of “pie”."_s);
        QCOMPARE(says(How::Lacks, {u"cake"_s}), u"- the output still has “cake” in it."_s);
        QCOMPARE(says(How::Lines, {u"cake"_s, u"tea"_s}), u"+ all 2 lines are printed."_s);
        QCOMPARE(says(How::Lines, {u"cake"_s, u"tea"_s, u"tea"_s}), u"- “tea” is printed before “tea”."_s);
        QCOMPARE(says(How::LinesInAnyOrder, {u"cake"_s, u"tea"_s, u"tea"_s}), u"+ all 3 lines are printed."_s);
        QCOMPARE(says(How::LinesInAnyOrder, {u"cake"_s, u"pie"_s}), u"- the line “pie” is missing."_s);
    }

    void oneLineIsPrintedBeforeTheOther()
    {
        const LearnersRun run("setTimeout(() => console.log('b'), 1); console.log('a');");
        QCOMPARE(run.says(expect::Order {.first = u"a"_s, .then = u"b"_s}).state, State::Right);
        const CheckAnswer wrong = run.says(expect::Order {.first = u"b"_s, .then = u"a"_s});
        QCOMPARE(wrong.state, State::NotYet);
        QCOMPARE(wrong.sentence, u"“a” is printed before “b”."_s);
        QCOMPARE(wrong.show, findMoment(run.log(), {.kind = MomentLink::Kind::PrintedText, .text = u"a"_s})->place);
        QCOMPARE(run.says(expect::Order {.first = u"a"_s, .then = u"c"_s}).sentence, u"“c” is not printed."_s);
    }

    void theAuthorsSentencesAreFilledAndHisMomentShown()
    {
        const LearnersRun run(kBlocks);
        const CheckAnswer blocked = run.says(expect::BlockedLess {.limit = 50ms}, {},
            u"blocked for {measured} by {by} in line {line}."_s,
            {.kind = MomentLink::Kind::PrintedText, .text = u"open"_s});
        QCOMPARE(blocked.state, State::NotYet);
        QVERIFY2(QRegularExpression(u"^blocked for [0-9.]+ m?s by pbkdf2Sync in line 7\\.$"_s)
                     .match(blocked.sentence)
                     .hasMatch(),
            qPrintable(blocked.sentence));
        QVERIFY(!blocked.justBefore);
        QCOMPARE(blocked.show, findMoment(run.log(), {.kind = MomentLink::Kind::PrintedLine, .number = 2})->place);
        // What the run does not say is not left open in a sentence.
        QCOMPARE(run.says(expect::ExitCode {.code = 0}, u"it is {by}."_s).sentence, u"the exit code is 0."_s);
    }

    void theWaiterIsBlocked()
    {
        const LearnersRun run(kBlocks);
        const CheckAnswer blocked = run.says(expect::BlockedLess {.limit = 50ms});
        QCOMPARE(blocked.state, State::NotYet);
        QVERIFY2(QRegularExpression(u"^the waiter was blocked for .* by pbkdf2Sync in line 7\\.$"_s)
                     .match(blocked.sentence)
                     .hasMatch(),
            qPrintable(blocked.sentence));
        QCOMPARE(blocked.line, 7);
        QVERIFY(blocked.justBefore);
        QVERIFY(blocked.show.has_value());
        QVERIFY2(run.log().event(*blocked.show).time - run.log().event(*blocked.show - 1).time > 25'000'000,
            "where the call that takes the time is over");
        const auto moment = findMoment(run.log(), {.kind = MomentLink::Kind::Blocked});
        QVERIFY(moment && moment->justBefore && moment->place == *blocked.show);
        QCOMPARE(run.says(expect::BlockedLess {.limit = 60s}).state, State::Right);
    }

    void aLoopThatWaitsForATimeBlocks()
    {
        const LearnersRun run(
            "console.log('a');\nsetTimeout(() => console.log('b'), 10);\nconst end = Date.now() + 120;\n"
            "while (Date.now() < end);\nconsole.log('c');\n");
        const CheckAnswer answer = run.says(expect::BlockedLess {.limit = 80ms});
        QCOMPARE(answer.state, State::NotYet);
        QCOMPARE(answer.line, 4);
    }

    // Whatever the machine does: without a statement that can take long nobody is to blame.
    void aProgramThatWaitsBlocksNobody()
    {
        const LearnersRun run(kDishes);
        QCOMPARE(run.says(expect::BlockedLess {.limit = 20ms}).state, State::Right);
    }

    void whatIsServedTogetherTakesAPartOfTheTime()
    {
        const LearnersRun run(kDishes);
        const CheckAnswer together = run.says(expect::Together {.from = u"start"_s, .to = u"done"_s, .part = 0.5});
        QVERIFY2(together.state == State::Right, qPrintable(together.sentence));
        const CheckAnswer series = run.says(expect::Together {.from = u"done"_s, .to = u"end"_s, .part = 0.5});
        QVERIFY2(series.state == State::NotYet, qPrintable(series.sentence));
        QVERIFY2(series.sentence.contains(u"one by one"_s), qPrintable(series.sentence));
        QCOMPARE(run.says(expect::Together {.from = u"start"_s, .to = u"tea"_s}).sentence, u"“tea” is not printed."_s);
    }

    // The author's sentence names a cause: it is said only of what is there.
    void ofWhatIsNotThereNoCauseIsSaid()
    {
        const LearnersRun run(
            "console.log('start');\nsetTimeout(() => console.log('soup'), 5);\nconsole.log('done');\n");
        const auto says = [&run](const Expected& what) {
            const CheckAnswer answer = run.says(what, {}, u"the dishes wait for each other."_s);
            return answer.state == State::NotYet ? answer.sentence : QString();
        };
        QCOMPARE(says(expect::Together {.from = u"start"_s, .to = u"done"_s}),
            u"nothing is waited for between “start” and “done”."_s);
        QCOMPARE(says(expect::Together {.from = u"start"_s, .to = u"tea"_s}), u"“tea” is not printed."_s);
        QCOMPARE(says(expect::Together {.from = u"soup"_s, .to = u"done"_s}), u"“done” is printed before “soup”."_s);
        QCOMPARE(says(expect::Order {.first = u"tea"_s, .then = u"done"_s}), u"“tea” is not printed."_s);
        QCOMPARE(says(expect::Order {.first = u"soup"_s, .then = u"done"_s}), u"the dishes wait for each other."_s);
        QCOMPARE(says(expect::Races {.lines = {u"tea"_s, u"done"_s}}), u"“tea” is not printed."_s);
    }

    void callsAreTakenFromTheTraceAndTheText()
    {
        const LearnersRun run(R"(const { readFile: r, writeFileSync } = require('fs');
// fs.readFileSync
writeFileSync('a.txt', 'fs.appendFileSync');
r('a.txt', () => {});
const never = () => setImmediate(never);
)");
        QCOMPARE(run.says(expect::Uses {.api = u"fs.readFile"_s}).sentence, u"your program uses readFile."_s);
        const CheckAnswer stands = run.says(expect::Uses {.api = u"fs.writeFileSync"_s, .uses = false});
        QCOMPARE(stands.state, State::NotYet);
        QCOMPARE(stands.sentence, u"writeFileSync still stands in line 3."_s);
        QCOMPARE(stands.line, 3);
        for (const QString& api : {u"fs.readFileSync"_s, u"fs.appendFileSync"_s, u"fs.promises.readFile"_s})
            QCOMPARE(run.says(expect::Uses {.api = api, .uses = false}).state, State::Right);
        QCOMPARE(run.says(expect::Uses {.api = u"setImmediate"_s}).sentence,
            u"setImmediate stands in line 5, but this run did not call it."_s);
        QCOMPARE(run.says(expect::Uses {.api = u"fs.unlink"_s}).state, State::NotYet);
    }

    void aLineIsPrintedByWhatWasPlacedInACallbackOfIo()
    {
        const LearnersRun run(R"(const fs = require('fs');
fs.readFile(__filename, () => { setImmediate(() => console.log('inside')); setTimeout(() => console.log('timer'), 0); });
fs.promises.readFile(__filename).then(() => setImmediate(() => console.log('after a promise')));
setImmediate(() => console.log('outside'));
)");
        const auto says = [&](const QString& line) {
            return run.says(expect::PlacedIn {.line = line, .kind = u"immediate"_s});
        };
        QCOMPARE(says(u"inside"_s).state, State::Right);
        QVERIFY2(says(u"after a promise"_s).state == State::Right, qPrintable(says(u"after a promise"_s).sentence));
        QCOMPARE(says(u"outside"_s).sentence, u"what prints “outside” was placed outside of an I/O callback."_s);
        QCOMPARE(says(u"timer"_s).sentence, u"“timer” is printed by another kind of order: timer."_s);
        QCOMPARE(says(u"tea"_s).sentence, u"“tea” is not printed."_s);
    }

    void whoIsLeftAtTheEndIsTold()
    {
        const LearnersRun left(
            "const a = 1;\nsetInterval(() => {}, 5000).unref();\nsetTimeout(() => console.log('x'), 1);");
        const CheckAnswer timers = left.says(expect::TimersLeft {});
        QCOMPARE(timers.state, State::NotYet);
        QCOMPARE(timers.line, 2);
        QVERIFY(timers.sentence.endsWith(u"The first was set in line 2."_s));
        const LearnersRun none("const t = setTimeout(() => {}, 9000); clearTimeout(t); setTimeout(() => {}, 1);");
        QCOMPARE(none.says(expect::TimersLeft {}).state, State::Right);
    }

    void aPromiseThatNobodyCatchesIsTold()
    {
        const LearnersRun run("process.on('warning', () => {});\nprocess.on('unhandledRejection', () => "
                              "{});\nPromise.reject(new Error('burnt'));");
        const CheckAnswer answer = run.says(expect::Rejections {});
        QCOMPARE(answer.state, State::NotYet);
        QCOMPARE(answer.sentence, u"a promise of line 3 fails, and nobody catches that."_s);
        const LearnersRun caught("Promise.reject(new Error('burnt')).catch(() => {});");
        QCOMPARE(caught.says(expect::Rejections {}).state, State::Right);
    }

    void endAndExitCodeAreTold()
    {
        const LearnersRun run("process.exitCode = 3");
        QCOMPARE(run.says(expect::ExitCode {.code = 3}).state, State::Right);
        QCOMPARE(run.says(expect::ExitCode {.code = 0}).sentence, u"the exit code is 3. It should be 0."_s);
        QCOMPARE(run.says(expect::Ends {}).state, State::Right);
    }

    void filesAreLookedAtInTheProgramsFolderOnly()
    {
        const LearnersRun run("require('fs').writeFileSync('bill.txt', 'three dishes'); "
                              "require('fs').symlinkSync('/etc/passwd', 'out');");
        using How = expect::File::How;
        const auto state = [&](How how, const QString& name, const QString& text = {}) {
            return run.says(expect::File {.how = how, .name = name, .text = text}).state;
        };
        QCOMPARE(state(How::Exists, u"bill.txt"_s), State::Right);
        QCOMPARE(state(How::Exists, u"menu.txt"_s), State::NotYet);
        QCOMPARE(state(How::Gone, u"menu.txt"_s), State::Right);
        QCOMPARE(state(How::Gone, u"bill.txt"_s), State::NotYet);
        QCOMPARE(state(How::Contains, u"bill.txt"_s, u"three"_s), State::Right);
        QCOMPARE(state(How::Contains, u"bill.txt"_s, u"four"_s), State::NotYet);
        QCOMPARE(state(How::Contains, u"menu.txt"_s, u"four"_s), State::NotYet);
        QCOMPARE(state(How::Contains, u"../../etc/passwd"_s, u"root"_s), State::Unknown);
        QCOMPARE(state(How::Contains, u"out"_s, u"root"_s), State::Unknown);
    }

    void aRunThatWasNotRecordedSaysWhatItPrintedAndNoMore()
    {
        FinishedRun run {.output = "tea\n"};
        const Lesson lesson = smallLesson();
        QCOMPARE(
            evaluate({.what = expect::Printed {.how = expect::Printed::How::Equals, .lines = {u"tea"_s}}}, lesson, run)
                .state,
            State::Right);
        QCOMPARE(evaluate({.what = expect::BlockedLess {.limit = 5ms}}, lesson, run).state, State::Unknown);
        QVERIFY(!whatWentWrong(lesson, run));
    }

    void momentsAreFoundByTheirNames()
    {
        const LearnersRun run(R"(const fs = require('fs');
console.log('first');
setTimeout(function bill() { console.log('bill'); }, 3);
fs.readFile(__filename, function menu() { console.log('menu'); setImmediate(function soup() { console.log('soup'); }); });
)");
        const TraceLog& log = run.log();
        const auto kind = [&](MomentLink::Kind what, const QString& text) {
            return findMoment(log, {.kind = what, .text = text});
        };
        using Kind = MomentLink::Kind;
        QCOMPARE(findMoment(log, {.kind = Kind::Begin})->place, Place {0});
        QCOMPARE(findMoment(log, {.kind = Kind::End})->place, log.size());
        const auto first = findMoment(log, {.kind = Kind::PrintedLine, .number = 1});
        QCOMPARE(first->place, kind(Kind::PrintedText, u"first"_s)->place);
        QVERIFY(!findMoment(log, {.kind = Kind::PrintedLine, .number = 9}));
        for (const QString& name : {u"bill"_s, u"menu"_s, u"soup"_s}) {
            const auto placed = kind(Kind::Placed, name);
            const auto ready = kind(Kind::Ready, name);
            const auto starts = kind(Kind::Starts, name);
            const auto ends = kind(Kind::Ends, name);
            QVERIFY2(placed && ready && starts && ends, qPrintable(name));
            QVERIFY(placed->place <= ready->place);
            QVERIFY(ready->place <= starts->place);
            QVERIFY(starts->place < ends->place);
            const auto printed = kind(Kind::PrintedText, name);
            QVERIFY(starts->place < printed->place && printed->place < ends->place);
            QVERIFY(startsCall(log.event(starts->place - 1)));
        }
        QVERIFY(!kind(Kind::Starts, u"pie"_s));
        QVERIFY(!kind(Kind::Placed, u"pie"_s));
    }

    void anIntervalThatEndsTheRunItselfIsLeft()
    {
        const LearnersRun exits("let n = 0;\nsetInterval(function tea() { if (++n === 2) process.exit(); }, 5);\n");
        const CheckAnswer left = exits.says(expect::TimersLeft {});
        QCOMPARE(left.state, State::NotYet);
        QCOMPARE(left.line, 2);
        QVERIFY2(left.sentence.endsWith(u"The first was set in line 2."_s), qPrintable(left.sentence));
        // Whoever clears it first leaves none, and neither does a timer that rings once.
        const LearnersRun clears("const tea = setInterval(() => { clearInterval(tea); process.exit(); }, 5);\n");
        QCOMPARE(clears.says(expect::TimersLeft {}).state, State::Right);
        const LearnersRun once("setTimeout(() => process.exit(), 5);\n");
        QCOMPARE(once.says(expect::TimersLeft {}).state, State::Right);
        const LearnersRun another("setTimeout(() => {}, 500);\nsetTimeout(() => process.exit(), 5);\n");
        QCOMPARE(another.says(expect::TimersLeft {}).line, 1);
        // From a note of its callback, and of its second round.
        const LearnersRun note("setInterval(() => process.nextTick(() => process.exit()), 5);\n");
        QCOMPARE(note.says(expect::TimersLeft {}).state, State::NotYet);
    }

    void aRaceIsKnownFromTheTrace()
    {
        const LearnersRun certain("setTimeout(() => console.log('b'), 1); console.log('a');");
        QCOMPARE(certain.says(expect::OneOrder {.lines = {u"a"_s, u"b"_s}}).state, State::Right);
        QCOMPARE(certain.says(expect::Races {.lines = {u"a"_s, u"b"_s}}).state, State::NotYet);
        QCOMPARE(certain.says(expect::Races {.lines = {u"a"_s, u"c"_s}}).sentence, u"“c” is not printed."_s);
    }
};

QTEST_GUILESS_MAIN(TestEvaluate)
#include "tst_evaluate.moc"
