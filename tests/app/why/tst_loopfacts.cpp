// What event-loop pictures get wrong (tests/programs/loop-facts), each held to by the state at the moment that tells
// it, and by the sentence that says it.
#include "answers.h"

#include "state/describe.h"
#include "state/playhead.h"
#include "state/prediction.h"
#include "why/narration.h"
#include "why/words.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

// A program of loop-facts that ran, and its moments by what it prints then.
class Fact final {
public:
    explicit Fact(const QString& program, const test::RunOptions& options = {})
        : m_run(QStringLiteral(BISTRO_ENGINE), factProgram(program), named(program, options))
    {
    }

    [[nodiscard]] const TraceLog& log() const { return m_run.log(); }

    // The event that printed it.
    [[nodiscard]] Index at(std::string_view begin) const
    {
        const std::size_t line = m_run.line(begin).number;
        if (line >= log().outputs().size())
            qFatal("The program never prints \"%.*s\".", static_cast<int>(begin.size()), begin.data());
        return log().outputs()[line];
    }
    [[nodiscard]] LoopState printing(std::string_view begin) const { return log().stateAt(at(begin) + 1); }
    // Who printed it, and the states around that call.
    [[nodiscard]] Running call(std::string_view begin) const
    {
        const LoopState state = printing(begin);
        return state.running.empty() ? Running {} : state.running.back();
    }
    [[nodiscard]] OrderId order(std::string_view begin) const { return call(begin).order; }
    [[nodiscard]] LoopState before(std::string_view begin) const { return log().stateAt(call(begin).started); }
    [[nodiscard]] LoopState after(std::string_view begin) const { return returned(call(begin)); }
    [[nodiscard]] LoopState returned(const Running& call) const
    {
        for (Index i = call.started; i < log().size(); ++i) {
            const Record event = log().event(i);
            if ((event.kind == EventKind::CallbackFinished && OrderId::async(event.a) == call.order)
                || (event.kind == EventKind::JobFinished && OrderId::promise(event.a) == call.order))
                return log().stateAt(i + 1);
        }
        return log().head();
    }
    [[nodiscard]] LoopState scriptDone() const
    {
        return returned({.order = OrderId::async(1), .kind = OrderKind::Script, .started = 0, .since = 0});
    }

    // The sentences of "why now" at the call that printed it.
    [[nodiscard]] QString whyNow(std::string_view begin) const
    {
        return print(app::whyNow(log(), call(begin).started, Wording::Runtime));
    }
    [[nodiscard]] Explanation whyBefore(std::string_view one, std::string_view other) const
    {
        return m_run.before(one, other);
    }

    // What the program ordered that is ready, in the order in which it will be served: "a: timers 1, b: check 2".
    [[nodiscard]] QString ready(const LoopState& state) const
    {
        QStringList words;
        for (const Serving& serving : servingOrder(state, 100)) {
            if (!isNodesOwn(log(), serving.order))
                words += u"%1: %2"_s.arg(name(serving.order), railOf(serving));
        }
        return words.join(u", "_s);
    }
    [[nodiscard]] QString names(const Fifo<Queued>& queue) const
    {
        QStringList words;
        queue.visit([&](const Queued& queued) {
            if (!isNodesOwn(log(), queued.order))
                words += name(queued.order);
            return true;
        });
        return words.join(u", "_s);
    }
    [[nodiscard]] QString timers(const LoopState& state) const
    {
        QStringList words;
        for (const TimerLists::Async id : state.timers.inOrder(state.loopClock(), 100))
            words += name(OrderId::async(id));
        return words.join(u", "_s);
    }
    [[nodiscard]] QString name(OrderId order) const { return QString::fromStdString(titleOf(log(), order)); }
    // The first order of this title.
    [[nodiscard]] OrderId named(std::string_view title, OrderKind kind) const
    {
        for (Index i = 0; i < log().size(); ++i) {
            const Record event = log().event(i);
            const OrderId order = event.kind == EventKind::PromiseCreated ? OrderId::promise(event.a)
                                                                          : OrderId::async(event.a);
            if (kindOfCreated(event) == kind && titleOf(log(), order) == title)
                return order;
        }
        qFatal("The program has no order called \"%.*s\".", static_cast<int>(title.size()), title.data());
    }

private:
    static test::RunOptions named(const QString& program, test::RunOptions options)
    {
        options.file = program; // .js or .mjs
        return options;
    }
    static QString railOf(const Serving& serving)
    {
        switch (serving.rail) {
        case Rail::Ticks: return u"ticks"_s;
        case Rail::Microtasks: return u"microtasks"_s;
        case Rail::Poll: return u"poll %1"_s.arg(serving.iteration);
        case Rail::Check: return u"check %1"_s.arg(serving.iteration);
        case Rail::Closing: return u"closing %1"_s.arg(serving.iteration);
        case Rail::Timers: return u"timers %1"_s.arg(serving.iteration);
        }
        return {};
    }

    Recorded m_run;
};

QString word(std::optional<Phase> phase)
{
    return phase
        ? QString::fromStdString(std::string(wordFor(FieldType::PhaseName, static_cast<std::uint32_t>(*phase))))
        : u"none"_s;
}

} // namespace

class TestLoopFacts : public QObject {
    Q_OBJECT

private slots:
    // The narration of a call that is over, held to by the next call of the program: what F9 goes to.
    void whatIsToldToBeNextIsWhereTheNextCallbackLeads()
    {
        const Recorded run(QStringLiteral(BISTRO_ENGINE), R"(const fs = require('fs');
setTimeout(() => console.log('dessert'), 20);
fs.readFile(__filename, () => {
  console.log('menu');
  setImmediate(() => console.log('bill'));
  process.nextTick(() => console.log('tick'));
  Promise.resolve('chef').then(function greet() { console.log('bonjour'); });
});
for (let i = 0; i < 3; i++) setImmediate(() => console.log('dish'));
process.nextTick(() => console.log('first'));
console.log('open');
)");
        const TraceLog& log = run.log();
        int named = 0;
        int nothing = 0;
        for (Index i = 0; i < log.size(); ++i) {
            const EventKind kind = log.event(i).kind;
            if ((kind != EventKind::CallbackFinished && kind != EventKind::JobFinished)
                || !log.stateAt(i + 1).running.empty())
                continue;
            const QString told = narrate(log, i, Wording::Runtime).headline;
            if (told == u"Node does a step of its own."_s || told.startsWith(u"Node works on "_s))
                continue;
            const auto next = nextCall(log, i + 1, Calls::Programs);
            int own = 0; // calls of Node's own until then
            bool polled = false;
            for (Index k = i + 1; k < (next ? *next - 1 : log.size()); ++k) {
                const Record event = log.event(k);
                own += event.kind == EventKind::CallbackStarted || event.kind == EventKind::JobStarted;
                polled = polled || event.kind == EventKind::PhaseEntered || event.kind == EventKind::TimersProcessed;
            }
            if (told.contains(u" Next "_s)) {
                QVERIFY2(next, qPrintable(told));
                const QString title = app::named(log, log.stateAt(*next).running.back().order);
                QVERIFY2(told.contains(u" is %1"_s.arg(title)), qPrintable(told + u" | "_s + title));
                // A timer may ring on the way to who was in line.
                const QString inLine = app::named(log, nextInLine(log, log.stateAt(i + 1)).program->order);
                if (inLine == title)
                    QCOMPARE(told.contains(u"of Node's own"_s), own > 0);
                else
                    QVERIFY2(told.contains(u"comes due before %1"_s.arg(inLine)), qPrintable(told));
                ++named;
            } else {
                QVERIFY2(told.contains(u"Nothing else is ready"_s), qPrintable(told));
                QVERIFY2(!next || polled, qPrintable(told));
                ++nothing;
            }
        }
        QVERIFY(named >= 6);
        QVERIFY(nothing >= 2);
    }

    void fact1DueTimersRunOnceBeforeTheLoopAndThenAtTheEndOfEachIteration();
    void fact2AnImmediateMadeInAnImmediateWaitsForTheNextIteration();
    void fact3OnlyDueTimersRunAndAListAsAWhole();
    void fact4PollDoesNotWaitWhileImmediatesArePending();
    void fact5ATimerAgainstAnImmediateIsARaceInTheMainScriptOnly();
    void fact6TicksAndMicrotasksDrainAfterEveryCallbackInAnyPhase();
    void fact7TicksAndMicrotasksDrainBetweenTwoTimers();
    void fact8ATickLosesToPromisesInAModuleBodyAndInADrain();
    void fact9AwaitOfANativePromiseCostsOneMicrotask();
    void fact10ReturningAPromiseFromThenCostsTwoMoreMicrotasks();
    void fact11ThenOnAPendingPromiseIsRegisteredAndNotQueued();
    void fact12UnhandledRejectionIsRaisedAfterTheDrainAndBeforeTheNextPhase();
    void fact13EachPhaseHasItsOwnQueueAndOnlyTheRingOrdersThem();
    void fact14TimersAndSocketsNeedNoThreadOfThePool();
    void fact15ZeroBecomesOneSoCreationOrderDecides();
    void fact16ACloseEventComesFromATickAsWellAsFromTheClosingPhase();
    void fact17EmitCallsItsListenersOnTheSameStack();
    void fact18ATickIsOneCallbackAndItsDrainAndNotARoundOfTheLoop();
    void fact19TheOrderInTheSourceIsNotTheOrderInTime();
};

#define SAYS(text, sentence) QVERIFY2((text).contains(sentence), qPrintable(text))

void TestLoopFacts::fact1DueTimersRunOnceBeforeTheLoopAndThenAtTheEndOfEachIteration()
{
    const Fact fact(u"01-timers-come-last.js"_s);
    // Before the loop: no iteration has begun, and yet the timers have their turn.
    const LoopState first = fact.printing("timer made by the main script");
    QCOMPARE(word(first.phase), u"timers"_s);
    QCOMPARE(first.iteration, 0u);
    SAYS(fact.whyNow("timer made by the main script"),
        u"timers-last: The loop looks at the timers once before its first iteration."_s);

    // Both are ready when that timer has returned. The new timer is due, and still comes behind check.
    const LoopState returned = fact.after("timer made by the main script");
    QVERIFY(returned.timers.dueOf(fact.order("timer made in a timer").value).value() <= returned.loopClock());
    QCOMPARE(fact.ready(returned), u"immediate made in a timer: check 1, timer made in a timer: timers 1"_s);
    const LoopState immediate = fact.printing("immediate made in a timer");
    QCOMPARE(word(immediate.phase), u"check"_s);
    const LoopState second = fact.printing("timer made in a timer");
    QCOMPARE(word(second.phase), u"timers"_s);
    QCOMPARE(second.iteration, 1u);
    QCOMPARE(immediate.iteration, 1u);
    SAYS(fact.whyNow("timer made in a timer"), u"timers-last: Iteration 1 ends with the timers phase."_s);
    SAYS(fact.whyNow("immediate made in a timer"), u"the timers phase, at the end of iteration 1."_s);
}

void TestLoopFacts::fact2AnImmediateMadeInAnImmediateWaitsForTheNextIteration()
{
    const Fact fact(u"02-immediate-in-immediate.js"_s);
    const LoopState outer = fact.after("outer immediate");
    QCOMPARE(word(outer.phase), u"check"_s);
    QCOMPARE(fact.names(outer.immediates), u"second immediate, same check phase"_s);
    QCOMPARE(fact.names(outer.nextImmediates), u"inner immediate, next iteration"_s);
    QCOMPARE(fact.ready(outer),
        u"second immediate, same check phase: check 1, timer between them: timers 1, inner immediate, next "
        u"iteration: check 2"_s);
    QCOMPARE(fact.printing("inner immediate").iteration, 2u);
    SAYS(fact.whyNow("inner immediate"),
        u"immediate-next-check: It was queued in iteration 1's check phase, so it had to wait for iteration 2."_s);
    const Explanation notYet = whyNotYet(
        fact.log(), fact.order("inner immediate"), fact.at("second immediate"), Wording::Runtime);
    SAYS(print(notYet), u"This check phase has taken its list. “inner immediate, next iteration” is for iteration 2"_s);
}

void TestLoopFacts::fact3OnlyDueTimersRunAndAListAsAWhole()
{
    const Fact fact(u"03-only-due-timers.js"_s);
    const LoopState first = fact.printing("10 ms list, first");
    const auto due = [&](std::string_view line) { return first.timers.dueOf(fact.order(line).value).value_or(0); };
    QVERIFY(due("12 ms list") < due("10 ms list, second")); // and all the same it comes later
    QCOMPARE(fact.timers(fact.scriptDone()),
        u"10 ms list, first, 10 ms list, second, 12 ms list, due between the two, far away, cleared"_s);
    // What is not due is not among what is ready, whatever else runs in this phase.
    QCOMPARE(fact.ready(first),
        u"10 ms list, second: timers %1, 12 ms list, due between the two: timers %1"_s.arg(first.iteration));
    const Explanation told = fact.whyBefore("10 ms list, second", "12 ms list");
    QVERIFY2(told.headline.startsWith(u"“10 ms list, second” came before"_s), qPrintable(print(told)));
    QCOMPARE(told.rule, Rule::TimerLists);
    SAYS(print(told), u"setTimeout in line 8 was due later than setTimeout in line 6, but its list was served first"_s);
    const Explanation far = whyNotYet(
        fact.log(), fact.named("far away, cleared", OrderKind::Timer), fact.at("12 ms list"), Wording::Runtime);
    QVERIFY2(far.headline.startsWith(u"The timer of “far away, cleared” isn't due"_s), qPrintable(print(far)));
}

void TestLoopFacts::fact4PollDoesNotWaitWhileImmediatesArePending()
{
    const Fact fact(u"04-poll-does-not-block.js"_s);
    int polls = 0;
    for (Index i = fact.at("listening"); i < fact.log().size(); ++i) {
        const Record event = fact.log().event(i);
        if (event.kind == EventKind::HandleClosing)
            break;
        if (event.kind != EventKind::PhaseEntered || static_cast<Phase>(event.small) != Phase::Poll)
            continue;
        ++polls;
        const LoopState state = fact.log().stateAt(i + 1);
        bool listens = false;
        state.waits.visit(
            [&](std::uint32_t, const Waiting& waiting) { listens = listens || waiting.wait == KernelWait::Listening; });
        QVERIFY(listens); // there is something to wait for
        QVERIFY(!state.nextImmediates.empty() || !state.immediates.empty());
        QCOMPARE(state.pollTimeout, 0);
        QCOMPARE(state.pollReason, PollReason::ImmediatesPending);
        QCOMPARE(whyNow(fact.log(), i, Wording::Runtime).headline,
            u"Nothing runs. Poll asks the operating system without waiting."_s);
    }
    QVERIFY2(polls >= 49, qPrintable(QString::number(polls)));
}

void TestLoopFacts::fact5ATimerAgainstAnImmediateIsARaceInTheMainScriptOnly()
{
    QVERIFY(inOneRunOf(
        QStringLiteral(BISTRO_ENGINE), factProgram(u"05-timeout-vs-immediate.js"_s), [](const Recorded& race) {
            const Explanation told = race.before("timeout", "immediate");
            return told.race && told.rule == Rule::RaceTimerImmediate;
        }));

    const Fact fact(u"05-timeout-after-busy-work.js"_s);
    QCOMPARE(fact.ready(fact.scriptDone()), u"main: timeout: timers 0, main: immediate: check 1"_s);
    const Explanation main = fact.whyBefore("main: timeout", "main: immediate");
    QVERIFY2(!main.race && main.headline.startsWith(u"“main: timeout” came before"_s), qPrintable(print(main)));
    QCOMPARE(main.rule, Rule::TimersLast);
    const LoopState immediate = fact.printing("io: immediate");
    QCOMPARE(word(immediate.phase), u"check"_s);
    QCOMPARE(fact.printing("io: timeout").iteration >= immediate.iteration, true);
    const Explanation io = fact.whyBefore("io: timeout", "io: immediate");
    QVERIFY2(!io.race && io.headline.startsWith(u"“io: immediate” came before"_s), qPrintable(print(io)));
    QCOMPARE(io.rule, Rule::CheckAfterPoll);
}

void TestLoopFacts::fact6TicksAndMicrotasksDrainAfterEveryCallbackInAnyPhase()
{
    const Fact fact(u"06-drain-after-every-callback.js"_s);
    const std::vector<std::pair<std::string, QString>> places {{"main", u"none"_s}, {"immediate 1", u"check"_s},
        {"immediate 2", u"check"_s}, {"io", u"poll"_s}, {"timer", u"timers"_s}};
    for (const auto& [place, phase] : places) {
        QCOMPARE(word(fact.printing(place).phase), phase);
        const LoopState returned = fact.after(place);
        QVERIFY2(fact.ready(returned).startsWith(
                     u"tick of %1: ticks, micro of %1: microtasks"_s.arg(QString::fromStdString(place))),
            qPrintable(fact.ready(returned)));
        const LoopState tick = fact.printing("  tick of " + place);
        QCOMPARE(word(tick.phase), phase); // not between phases: in the one that made it
        QCOMPARE(tick.iteration, returned.iteration);
        const LoopState drained = fact.after("  micro of " + place);
        QVERIFY(drained.ticks.empty() || isNodesOwn(fact.log(), drained.ticks.front().order));
        SAYS(fact.whyNow("  tick of " + place), u"drain-after-callback: "_s);
        SAYS(fact.whyNow("  tick of " + place),
            u"has returned. After that ticks and microtasks run before anything else."_s);
    }
    const Explanation told = fact.whyBefore("  micro of immediate 1", "immediate 2");
    QVERIFY2(
        told.headline.startsWith(u"“  micro of immediate 1” came before “immediate 2”"_s), qPrintable(print(told)));
    QCOMPARE(told.rule, Rule::DrainAfterCallback);
}

void TestLoopFacts::fact7TicksAndMicrotasksDrainBetweenTwoTimers()
{
    const Fact fact(u"07-drain-between-timers.js"_s);
    for (const std::string n : {"1", "2"}) {
        const LoopState returned = fact.after("timer " + n);
        QCOMPARE(word(returned.phase), u"timers"_s);
        const LoopState tick = fact.before("tick " + n);
        QCOMPARE(word(tick.phase), u"timers"_s);
        QVERIFY(tick.timers.contains(fact.order("timer 3").value)); // the next of the same phase waits
        SAYS(fact.whyNow("tick " + n), u"must wait: ticks and microtasks run first."_s);
        SAYS(fact.whyNow("micro " + n), u"must wait: ticks and microtasks run first."_s);
    }
    const LoopState second = fact.before("timer 2");
    QVERIFY(second.ticks.empty() && second.microtasks.empty());
    QCOMPARE(fact.whyBefore("tick 1", "timer 2").rule, Rule::DrainAfterCallback);
}

void TestLoopFacts::fact8ATickLosesToPromisesInAModuleBodyAndInADrain()
{
    const Fact fact(u"08-tick-is-not-always-first.mjs"_s);
    // The body itself is run by a microtask: the drain is under way when it queues both.
    const LoopState body = fact.before("promise of the module body");
    QVERIFY(body.draining);
    QCOMPARE(fact.ready(body), u"promise of the module body: microtasks, tick of the module body: ticks"_s);
    const Explanation module = fact.whyBefore("promise of the module body", "tick of the module body");
    QVERIFY2(module.headline.startsWith(u"“promise of the module body” came before"_s), qPrintable(print(module)));
    QCOMPARE(module.rule, Rule::ModuleBody);
    const LoopState promise = fact.before("promise made in the microtask");
    QVERIFY(promise.draining);
    QCOMPARE(fact.ready(promise), u"promise made in the microtask: microtasks, tick made in the microtask: ticks"_s);
    SAYS(fact.whyNow("promise made in the microtask"),
        u"“tick made in the microtask” must wait, though a tick: Node first ends the drain of microtasks."_s);
}

void TestLoopFacts::fact9AwaitOfANativePromiseCostsOneMicrotask()
{
    const Fact fact(u"09-await-costs-one.js"_s);
    // The await is queued at once, and is the first microtask.
    QCOMPARE(fact.names(fact.scriptDone().microtasks), u"one, three, turn 1"_s);
    QCOMPARE(fact.call("await continues").kind, OrderKind::Await);
    QCOMPARE(fact.before("await continues").totals.starts[static_cast<std::size_t>(OrderKind::Await)], 0u);
    const LoopState first = fact.before("turn 1");
    // `return p`: the job that asks p has run, then the one in which p answers must; only then is queued who waits for
    // the function.
    QCOMPARE(first.totals.starts[static_cast<std::size_t>(OrderKind::Thenable)], 1u);
    const OrderId told = fact.order("return p settled");
    QCOMPARE(whyNotYet(fact.log(), told, fact.at("turn 1"), Wording::Runtime).rule, Rule::ThenRegisters);
    const LoopState second = fact.after("turn 1");
    QCOMPARE(fact.names(second.microtasks), u"turn 2"_s); // behind p's answer, which is nobody's in the program
    QCOMPARE(second.microtasks.size(), 2u);
    QVERIFY(second.promises.find(told.value) && second.promises.find(second.promises.find(told.value)->parent));
    QCOMPARE(fact.names(fact.after("turn 2").microtasks), u"return p settled, turn 3"_s);
    SAYS(fact.whyNow("await continues"), u"await-pauses: "_s);
    QCOMPARE(fact.whyBefore("await continues", "turn 1").rule, Rule::QueueInOrder);
}

void TestLoopFacts::fact10ReturningAPromiseFromThenCostsTwoMoreMicrotasks()
{
    const Fact fact(u"10-promise-from-then.js"_s);
    const auto starts = [&](std::string_view line) {
        const LoopState state = fact.before(line);
        std::vector<std::uint32_t> counts;
        for (const OrderKind kind : {OrderKind::Reaction, OrderKind::Thenable})
            counts.push_back(state.totals.starts[static_cast<std::size_t>(kind)]);
        return counts;
    };
    // With a value the next reaction is queued when the first has returned; with a promise the then of that one must be
    // called first.
    const LoopState first = fact.before("turn 1");
    QStringList kinds;
    first.microtasks.visit([&](const Queued& queued) {
        kinds += QString::fromStdString(std::string(kindWord(queued.kind))) + u' ' + fact.name(queued.order);
        return true;
    });
    QCOMPARE(kinds.join(u", "_s), u"promise reaction turn 1, promise reaction value arrived, thenable job then"_s);
    QCOMPARE(starts("value arrived"), (std::vector<std::uint32_t> {3, 0})); // the three first reactions
    // Between: the thenable job, and the reaction that adopts. Turns 1, 2 and 3 count the microtasks that a chain of
    // values takes.
    QCOMPARE(starts("promise arrived"), (std::vector<std::uint32_t> {7, 1}));
    bool told = false;
    for (Index i = fact.at("turn 1"); i < fact.at("turn 2"); ++i) {
        const Record event = fact.log().event(i);
        if (event.kind == EventKind::JobStarted && static_cast<JobKind>(event.small) == JobKind::Thenable) {
            const QString sentence = print(whyNow(fact.log(), i, Wording::Runtime));
            SAYS(sentence, u"resolved a promise with another one, whose then comes first."_s);
            told = true;
        }
    }
    QVERIFY(told);
}

void TestLoopFacts::fact11ThenOnAPendingPromiseIsRegisteredAndNotQueued()
{
    const Fact fact(u"11-then-registers.js"_s);
    const OrderId reaction = fact.order("registered first");
    const LoopState script = fact.scriptDone();
    QCOMPARE(fact.names(script.microtasks), u"microtask 1 settles the order, microtask 2"_s);
    const PendingPromise* const pending = script.promises.find(reaction.value);
    QVERIFY(pending && pending->parent != 0 && script.promises.find(pending->parent));
    const Explanation told = whyNotYet(fact.log(), reaction, fact.at("microtask 1"), Wording::Runtime);
    QCOMPARE(told.rule, Rule::ThenRegisters);
    QCOMPARE(told.headline, u"“registered first, runs last” isn't queued. What it waits for is pending."_s);
    QCOMPARE(fact.names(fact.after("microtask 1").microtasks), u"microtask 2, registered first, runs last"_s);
    SAYS(fact.whyNow("registered first"), u"That queued this."_s);
}

void TestLoopFacts::fact12UnhandledRejectionIsRaisedAfterTheDrainAndBeforeTheNextPhase()
{
    const Fact fact(u"12-unhandled-rejection-time.js"_s);
    // Both rejections are known at once; the one that is caught within the drain is never reported.
    QCOMPARE(fact.scriptDone().unhandled.size(), 2u);
    QCOMPARE(fact.after("microtask").unhandled.size(), 1u);
    const LoopState reported = fact.log().stateAt(fact.at("unhandledRejection"));
    QVERIFY(reported.ticks.empty() && reported.microtasks.empty());
    QVERIFY(!reported.draining); // no microtask
    QCOMPARE(word(reported.phase), u"none"_s);
    QCOMPARE(reported.iteration, 0u); // and the immediate's phase has not begun
    QVERIFY(fact.at("tick made in the microtask") < fact.at("unhandledRejection"));
    QCOMPARE(fact.names(reported.nextImmediates), u"immediate"_s);
}

void TestLoopFacts::fact13EachPhaseHasItsOwnQueueAndOnlyTheRingOrdersThem()
{
    const Fact fact(u"13-many-queues.js"_s);
    const LoopState returned = fact.log().stateAt(fact.call("made third").started);
    QCOMPARE(fact.ready(returned),
        u"made third: tick: ticks, made second: immediate: check %1, made first: timer: timers %1"_s.arg(
            returned.iteration));
    QCOMPARE(fact.whyBefore("made third", "made second").rule, Rule::DrainAfterCallback);
    const Explanation ring = fact.whyBefore("made first", "made second");
    QVERIFY2(ring.headline.startsWith(u"“made second: immediate” came before “made first: timer”"_s),
        qPrintable(print(ring)));
    QCOMPARE(ring.rule, Rule::CheckAfterPoll);
    QVERIFY(!ring.race);
}

void TestLoopFacts::fact14TimersAndSocketsNeedNoThreadOfThePool()
{
    const Fact fact(u"14-no-pool-for-timers.js"_s, {.environment = {u"UV_THREADPOOL_SIZE=1"_s}});
    const OrderId open = fact.order("open finished");
    const OrderId stat = fact.order("stat finished");
    for (const std::string_view line : {"timer ran", "socket connected"}) {
        const LoopState state = fact.printing(line);
        QCOMPARE(state.pool.workers(), 1u);
        QVERIFY(state.pool.done().empty());
        QCOMPARE(state.jobs.size(), 2u); // the thread has done nothing yet
        state.jobs.visit([&](std::uint64_t, const PoolJob& job) {
            QVERIFY(OrderId::async(job.async) == open || OrderId::async(job.async) == stat);
        });
    }
    const LoopState socket = fact.printing("socket connected");
    QCOMPARE(socket.pool.busy().size(), 1u);
    QCOMPARE(OrderId::async(socket.jobs.find(socket.pool.busy().front().job)->async), open);
    const std::vector<PoolLine::Job> line = socket.pool.line(10);
    QCOMPARE(line.size(), 1u);
    QCOMPARE(OrderId::async(socket.jobs.find(line.front())->async), stat);
    QCOMPARE(fact.call("socket connected").kind, OrderKind::KernelIo);
    SAYS(fact.whyNow("socket connected"), u"the operating system has reported it to poll."_s);
    const Explanation told = whyNotYet(fact.log(), stat, fact.at("socket connected"), Wording::Runtime);
    QCOMPARE(told.rule, Rule::PoolLine);
    QVERIFY2(
        told.headline.startsWith(u"No thread has begun “stat finished”"_s) && print(told).contains(u"open finished"_s),
        qPrintable(print(told)));
}

void TestLoopFacts::fact15ZeroBecomesOneSoCreationOrderDecides()
{
    const Fact fact(u"15-zero-and-one.js"_s);
    QCOMPARE(
        fact.timers(fact.scriptDone()), u"one, made first, zero, made second, one, made third, half, made fourth"_s);
    for (const std::string_view line : {"one, made first", "zero, made second", "one, made third", "half, made fourth"})
        QCOMPARE(fact.log().event(fact.log().createdAt(fact.order(line))).d, 1u);
    const Explanation told = fact.whyBefore("zero, made second", "one, made first");
    QVERIFY2(told.headline.startsWith(u"“one, made first” came before “zero, made second”"_s), qPrintable(print(told)));
    QCOMPARE(told.rule, Rule::TimerMinimum);
    SAYS(print(told), u"Both timers have 1 ms, so they share a list, and setTimeout in line 2 was started first."_s);
}

void TestLoopFacts::fact16ACloseEventComesFromATickAsWellAsFromTheClosingPhase()
{
    const Fact fact(u"16-close-from-a-tick.js"_s);
    const LoopState stream = fact.printing("stream close, a tick");
    QCOMPARE(fact.call("stream close, a tick").kind, OrderKind::Tick);
    QCOMPARE(word(stream.phase), u"poll"_s);
    QVERIFY(!stream.closing.empty()); // the socket, which must wait for its phase
    const LoopState check = fact.printing("immediate, check phase");
    const LoopState socket = fact.printing("socket close, closing phase");
    QCOMPARE(word(socket.phase), u"closing"_s);
    QCOMPARE(socket.iteration, check.iteration);
    QCOMPARE(fact.printing("immediate of the next iteration").iteration, check.iteration + 1);
    SAYS(fact.whyNow("stream close, a tick"), u"it's at the head of the tick queue."_s);
    QCOMPARE(whyNow(fact.log(), fact.call("socket close, closing phase").started, Wording::Runtime).rule,
        Rule::ClosingPhase);
    SAYS(fact.whyNow("socket close, closing phase"),
        u"ring-order: In iteration %1 check is over: the closing phase is next."_s.arg(check.iteration));
}

void TestLoopFacts::fact17EmitCallsItsListenersOnTheSameStack()
{
    const Fact fact(u"17-emit-is-synchronous.js"_s);
    const LoopState listener = fact.printing("  listener");
    QCOMPARE(listener.running.size(), 1u);
    QCOMPARE(listener.running.back().order, OrderId::async(1)); // no call of its own: the script's
    QStringList functions;
    for (const CodePlace& place : callStack(fact.log(), listener, Frames::All))
        functions += QString::fromUtf8(place.function.data(), static_cast<qsizetype>(place.function.size()));
    QVERIFY2(functions.contains(u"emit"_s), qPrintable(functions.join(u' ')));
    QCOMPARE(fact.whyBefore("  listener", "emit returned").rule, Rule::SynchronousCalls);
    SAYS(print(fact.whyBefore("  listener", "emit returned")), u"emit() calls its listeners at once."_s);
    QCOMPARE(fact.call("  async listener").kind, OrderKind::Await);
    QCOMPARE(fact.whyBefore("emit returned", "  async listener").rule, Rule::OrderAfterItsPlacer);
}

void TestLoopFacts::fact18ATickIsOneCallbackAndItsDrainAndNotARoundOfTheLoop()
{
    const Fact fact(u"18-a-tick-is-one-callback.js"_s);
    const std::uint32_t iteration = fact.printing("immediate 1").iteration;
    for (const std::string n : {"1", "2", "3"}) {
        const LoopState drain = fact.printing("  drain of immediate " + n);
        QCOMPARE(drain.iteration, iteration); // three drains in one round
        QCOMPARE(word(drain.phase), u"check"_s);
        QCOMPARE(fact.call("  drain of immediate " + n).kind, OrderKind::Tick);
        SAYS(fact.whyNow("  drain of immediate " + n),
            u"has returned. After that ticks and microtasks run before anything else."_s);
    }
    QCOMPARE(fact.printing("a new trip").iteration, iteration + 1);
    const Explanation told = fact.whyBefore("  drain of immediate 1", "immediate 2");
    QVERIFY2(
        told.headline.startsWith(u"“  drain of immediate 1” came before “immediate 2”"_s), qPrintable(print(told)));
    QCOMPARE(told.rule, Rule::DrainAfterCallback);
}

void TestLoopFacts::fact19TheOrderInTheSourceIsNotTheOrderInTime()
{
    const Fact fact(u"19-source-order-hides-time.js"_s);
    // What waits when the script has ended, in the order of serving, with its line in the source: from below to above.
    QStringList lines;
    for (const Serving& serving : servingOrder(fact.scriptDone(), 100)) {
        if (!isNodesOwn(fact.log(), serving.order))
            lines += u"%1 of line %2"_s.arg(fact.name(serving.order)).arg(placeOf(fact.log(), serving.order).line);
    }
    QCOMPARE(lines.join(u", "_s), u"nextTick of line 6, then of line 5, setImmediate of line 4"_s);
    const OrderId fourth = fact.named("setImmediate", OrderKind::Immediate);
    const OrderId sixth = fact.named("nextTick", OrderKind::Tick);
    const Explanation told = whyBefore(fact.log(), fourth, sixth, Wording::Runtime);
    QCOMPARE(told.headline, u"nextTick in line 6 came before setImmediate in line 4."_s);
    QCOMPARE(told.rule, Rule::DrainAfterCallback);
    const Explanation script = whyBefore(fact.log(), fourth, OrderId::async(1), Wording::Runtime);
    QCOMPARE(script.rule, Rule::OrderAfterItsPlacer);
    SAYS(print(script), u"has to wait until it has returned."_s);
}

QTEST_GUILESS_MAIN(TestLoopFacts)
#include "tst_loopfacts.moc"
