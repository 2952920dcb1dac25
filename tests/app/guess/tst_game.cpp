// "Who is next?", asked of the examples as the engine recorded them: what is asked follows from the law, and what is
// right is what ran.
#include "examples.h"
#include "guess/game.h"
#include "state/check.h"
#include "state/describe.h"
#include "why/parts.h"
#include "why/why.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <ctime>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QString titleText(const TraceLog& log, OrderId order)
{
    return QString::fromStdString(titleOf(log, order));
}

QStringList titlesOf(const TraceLog& log, const GameQuestion& question)
{
    QStringList titles;
    for (const OrderId order : question.candidates)
        titles += titleText(log, order);
    return titles;
}

// "next of a, b, c"
QStringList drawn(const TraceLog& log, const Game& game)
{
    QStringList lines;
    for (const GameQuestion& question : game.questions())
        lines += titleText(log, question.next) + u" of "_s + titlesOf(log, question).join(u", "_s);
    return lines;
}

struct AskedOf {
    std::size_t callbacks = 0; // turns of the program's
    std::size_t questions = 0;
    std::size_t ready = 0; // of these the model had the next one at the head of its line
};

// Everything that must hold of a question of any run.
void holdsTo(const TraceLog& log, Game& game, AskedOf& seen)
{
    for (std::size_t i = 0; i < game.questions().size(); ++i) {
        const GameQuestion& question = game.questions()[i];
        QVERIFY(question.place < question.answered);
        const Index start = question.answered - 1;
        // What is right is what ran.
        QVERIFY(startsCall(log.event(start)));
        QCOMPARE(orderStartedBy(log.event(start)), question.next);
        QVERIFY(!isNodesOwnCall(log, start));
        // Nobody of the program's ran in between.
        const auto starts = log.outermostStarts();
        for (auto s = std::ranges::lower_bound(starts, question.place); *s < start; ++s)
            QVERIFY(isNodesOwnCall(log, *s));
        QVERIFY(question.candidates.size() >= 2 && question.candidates.size() <= 9);
        QCOMPARE(std::ranges::count(question.candidates, question.next), 1);
        QVERIFY(std::ranges::is_sorted(question.candidates, {}, [&](OrderId o) { return log.createdAt(o); }));
        // The law: at the head of the line, where there is one.
        const LoopState state = log.stateAt(question.place);
        QVERIFY(state.idle());
        const NextInLine line = nextInLine(log, state);
        if (line.program) {
            ++seen.ready;
            QCOMPARE(line.program->order, question.next);
        } else {
            QCOMPARE(log.kindOf(question.next), OrderKind::Timer);
        }
        for (const OrderId other : question.candidates) {
            QVERIFY(ownerOf(log, other) == Owner::Program || !isNodesOwnTurn(log, other)
                || ownerOf(log, inTheNameOf(log, other)) == Owner::Program);
            const Game::Answer answer = game.answer(i, other, Wording::Restaurant);
            QCOMPARE(answer.right, other == question.next);
            QVERIFY2(!answer.why.headline.isEmpty(), qPrintable(titleText(log, other)));
            QVERIFY2(!answer.why.race,
                qPrintable(
                    u"%1 or %2: %3"_s.arg(titleText(log, question.next), titleText(log, other), answer.why.headline)));
        }
    }
    seen.questions = game.questions().size();
}

} // namespace

class TestGame : public QObject {
    Q_OBJECT

private slots:
    void whatIsAskedOfTheExamplesIsWhatTheLawSays_data();
    void whatIsAskedOfTheExamplesIsWhatTheLawSays();
    void aRaceOfTimerAndImmediateIsNotAsked();
    void whoseResultComesFirstIsNotAsked();
    void theFirstAnswerCounts();
    void questionsAreFoundFromAPlace();
    void aLongRunIsReadInOneWalk();
    void aLongRunIsReadInSlices();
};

void TestGame::whatIsAskedOfTheExamplesIsWhatTheLawSays_data()
{
    QTest::addColumn<QString>("main");
    QTest::addColumn<int>("least");
    const QMap<QString, int> obvious {
        {u"03"_s, 1}, {u"05"_s, 3}, {u"06"_s, 3}, {u"07"_s, 1}, {u"09"_s, 2}, {u"10"_s, 2}, {u"13"_s, 2}};
    for (const QString& main : exampleMains())
        QTest::newRow(qPrintable(main.section(u'/', 0, 0))) << main << obvious.value(main.left(2), 0);
}

void TestGame::whatIsAskedOfTheExamplesIsWhatTheLawSays()
{
    QFETCH(QString, main);
    QFETCH(int, least);
    const RecordedProgram program = RecordedProgram::ofExample(main);
    const TraceLog& log = program.log();
    QElapsedTimer clock;
    clock.start();
    Game game(log);
    const qint64 took = clock.elapsed();
    AskedOf seen;
    holdsTo(log, game, seen);
    seen.callbacks = Turns(log).all().size();
    qInfo().noquote() << u"%1 %2 turns, %3 asked, %4 of them from the line, %5 answered; made in %6 ms of %7 events"_s
                             .arg(main.section(u'/', 0, 0), -26)
                             .arg(seen.callbacks, 4)
                             .arg(seen.questions, 4)
                             .arg(seen.ready, 4)
                             .arg(game.asked())
                             .arg(took)
                             .arg(log.size());
    for (const QString& line : drawn(log, game).mid(0, 12))
        qInfo().noquote() << u"      "_s + line;
    QVERIFY2(std::ssize(game.questions()) >= least, qPrintable(drawn(log, game).join(u'\n')));
    if (main.startsWith(u"01"_s))
        QCOMPARE(std::ssize(game.questions()), 0);
}

void TestGame::aRaceOfTimerAndImmediateIsNotAsked()
{
    for (int i = 0; i < 20; ++i) { // a machine that holds the script up takes the luck out of it
        const RecordedProgram program("setTimeout(function timer() {}, 0); setImmediate(function immediate() {});");
        const TraceLog& log = program.log();
        const auto orders = Turns(log).all();
        QCOMPARE(std::ssize(orders), 2);
        const auto orderOf = [&](const Turn& turn) { return orderStartedBy(log.event(turn.start)); };
        OrderId timer = orderOf(orders[0]);
        OrderId immediate = orderOf(orders[1]);
        if (log.kindOf(timer) != OrderKind::Timer)
            std::swap(timer, immediate);
        if (!isRace(log, timer, immediate))
            continue;
        QVERIFY(Game(log).questions().empty());
        return;
    }
    QSKIP("The machine was too slow 20 times.");
}

void TestGame::whoseResultComesFirstIsNotAsked()
{
    const RecordedProgram program(R"(
        const fs = require('node:fs');
        fs.stat(__filename, function one() {});
        fs.stat(__filename, function two() {});
    )");
    const TraceLog& log = program.log();
    const Game game(log); // not in the loop's head: it would be gone in its body
    for (const GameQuestion& question : game.questions()) {
        // Only where the dish stood on the pass already.
        QVERIFY(nextInLine(log, log.stateAt(question.place)).program.has_value());
    }
}

void TestGame::theFirstAnswerCounts()
{
    const RecordedProgram program = RecordedProgram::ofExample(u"06-ticks-before-promises/order.js"_s);
    Game game(program.log());
    QVERIFY(game.questions().size() >= 3);
    const GameQuestion& first = game.questions()[0];
    const OrderId other = *std::ranges::find_if(first.candidates, [&](OrderId o) { return o != first.next; });
    const Game::Answer wrong = game.answer(0, other, Wording::Runtime);
    QVERIFY(!wrong.right);
    QVERIFY2(wrong.why.headline.contains(u"came before"_s), qPrintable(wrong.why.headline));
    QVERIFY(game.answer(0, first.next, Wording::Runtime).right);
    QCOMPARE(game.asked(), std::size_t {1});
    QCOMPARE(game.right(), std::size_t {0});
    QVERIFY(game.answer(1, game.questions()[1].next, Wording::Restaurant).right);
    QCOMPARE(game.asked(), std::size_t {2});
    QCOMPARE(game.right(), std::size_t {1});
    game.startAgain();
    QCOMPARE(game.asked() + game.right(), std::size_t {0});
    (void)game.answer(0, first.next, Wording::Runtime);
    QCOMPARE(game.right(), std::size_t {1});
}

void TestGame::questionsAreFoundFromAPlace()
{
    const RecordedProgram program = RecordedProgram::ofExample(u"06-ticks-before-promises/order.js"_s);
    const Game game(program.log());
    QCOMPARE(game.questionFrom(0), std::size_t {0});
    QCOMPARE(game.questionFrom(game.questions()[1].place), std::size_t {1});
    QCOMPARE(game.questionFrom(game.questions()[0].place + 1), std::size_t {1});
    QVERIFY(!game.questionFrom(program.log().size()));
}

// Compared with the law, which walks over each event once, too.
void TestGame::aLongRunIsReadInOneWalk()
{
    const RecordedProgram program(R"(
        const fs = require('node:fs');
        setTimeout(function never() {}, 1e6).unref();
        let left = 10_000;
        (function step() {
            if (left-- === 0) return;
            setImmediate(step);
            process.nextTick(function tick() {});
            if (left % 500 === 0) fs.stat(__filename, function look() {});
        })();
    )");
    const TraceLog& log = program.log();
    QElapsedTimer clock;
    clock.start();
    const LawReport law = checkLaw(log.reader());
    const qint64 lawTook = std::max<qint64>(clock.restart(), 1);
    QVERIFY(law.holds());
    Game game(log);
    const qint64 took = clock.elapsed();
    qInfo().noquote() << u"%1 turns of %2 events: %3 questions in %4 ms; the law takes %5 ms"_s
                             .arg(Turns(log).all().size())
                             .arg(log.size())
                             .arg(game.questions().size())
                             .arg(took)
                             .arg(lawTook);
    QVERIFY(Turns(log).all().size() >= 20'000);
    QVERIFY(!game.questions().empty() && game.questions().size() < 100);
}

// The GUI's thread reads it between two pictures. Counted is what this thread has worked: others share the machine.
void TestGame::aLongRunIsReadInSlices()
{
    const auto worked = [] {
        timespec time {};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    };
    const RecordedProgram program(R"(
        setTimeout(function never() {}, 1e6).unref();
        let left = 50_000;
        (function step() {
            if (left-- === 0) return;
            setImmediate(step);
            process.nextTick(function tick() {});
        })();
    )");
    const TraceLog& log = program.log();
    const auto start = worked();
    Game game(log, 8ms);
    std::chrono::nanoseconds longest = worked() - start;
    const std::chrono::nanoseconds opening = longest;
    int slices = 1;
    for (bool whole = game.isRead(); !whole; ++slices) {
        const auto before = worked();
        whole = game.read(8ms);
        longest = std::max(longest, worked() - before);
        QCOMPARE(whole, game.isRead());
    }
    qInfo("%zu turns: opened in %lld us, the longest of %d slices took %lld us", Turns(log).all().size(),
        static_cast<long long>(opening.count() / 1000), slices, static_cast<long long>(longest.count() / 1000));
    QVERIFY(Turns(log).all().size() >= 100'000);
    QVERIFY(slices > 1);
    QVERIFY(opening < 50ms);
    QVERIFY(longest < 50ms);
    const Game atOnce(log);
    QVERIFY(atOnce.isRead());
    QCOMPARE(drawn(log, game), drawn(log, atOnce));
    QVERIFY(!game.questions().empty());
}

QTEST_GUILESS_MAIN(TestGame)
#include "tst_game.moc"
