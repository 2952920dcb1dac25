// Guesses held against recorded runs: order, choice, number, who is next; and expected output.
#include "examples.h"
#include "guess/guess.h"
#include "guess/legalorders.h"
#include "guess/measures.h"
#include "why/screenlines.h"

#include <QTest>

#include <algorithm>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

// Rows "open" to "bill" come in this order for certain; the dishes are timers far apart.
const QByteArray kCertain = R"(
console.log('open');
setTimeout(() => console.log('bread'), 10);
setTimeout(() => console.log('coffee'), 400);
process.nextTick(() => console.log('tick'));
console.log('closed?');
)";

// Nothing says which of these two reads is done first.
const QByteArray kTwoReads = R"(
const fs = require('node:fs');
console.log('start');
fs.readFile(__filename, () => console.log('one'));
fs.readFile(__filename, () => console.log('two'));
console.log('end');
)";

const QByteArray kTimerOrImmediate = R"(
setTimeout(() => console.log('timer'), 0);
setImmediate(() => console.log('immediate'));
)";

PredictOrder rowsOf(const QStringList& texts, const QList<int>& answer, const QList<QList<int>>& either = {})
{
    PredictOrder order {.rows = {}, .answer = answer, .either = either};
    for (const QString& text : texts)
        order.rows += OrderRow {.text = text};
    return order;
}

Question questionOf(const decltype(Question::what)& what)
{
    return {.text = {}, .because = {}, .what = what};
}

Guess inOrder(const QList<int>& rows)
{
    return GuessedOrder {rows};
}

// "open right 1>1, bread elsewhere 2>3"
QString drawn(const GuessResult& result)
{
    static const QStringList words {
        u"right"_s, u"elsewhere"_s, u"right-too"_s, u"not-printed"_s, u"not-listed"_s, u"wrong"_s, u"unknown"_s};
    QStringList rows;
    for (const GuessRow& row : result.rows)
        rows += u"%1 %2 %3>%4"_s.arg(row.text, words[static_cast<int>(row.verdict)])
                    .arg(row.guessedPlace)
                    .arg(row.cameAt);
    return rows.join(u", "_s);
}

// The lines in the order in which they were printed.
QStringList printed(const TraceLog& log)
{
    QStringList lines;
    for (const ScreenLines::Line& line : ScreenLines(log))
        lines += lineText(line);
    return lines;
}

Measure measure(Measure::Kind kind, const QString& from = {}, const QString& to = {})
{
    return {.kind = kind, .from = from, .to = to};
}

} // namespace

class TestGuess : public QObject {
    Q_OBJECT

private slots:
    void eachRowSaysWhereItCame();
    void whatWasNotPrintedAndWhatWasNotListedIsSaid();
    void rowsThatWereLeftOutHaveNoPlace();
    void theSameTextStandsForOnePrintingAfterTheOther();
    void eitherOrderOfARaceIsRight();
    void aRowThatRacesIsNotWrongBecauseAnotherIs();
    void whyThereTellsTheLineThatCameAtTheGuessedPlace();
    void aChoiceIsRightOrNot();
    void aNumberIsHeldAgainstTheRun();
    void theRunSaysEachMeasure();
    void whoIsNextIsHeldAgainstTheRun();
    void aGuessOfAnotherKindIsUnknown();
    void whatTheAuthorClaimsIsHeldAgainstTheTrace();
    void whatTheAuthorLeavesOpenMayComeEitherWayHoweverBusyTheComputerIs();
};

void TestGuess::eachRowSaysWhereItCame()
{
    const RecordedProgram program(kCertain);
    const Question question = questionOf(
        rowsOf({u"open"_s, u"bread"_s, u"coffee"_s, u"tick"_s, u"closed?"_s}, {0, 4, 3, 1, 2}));
    const GuessResult right = compareGuess(question, inOrder({0, 4, 3, 1, 2}), program.log());
    QVERIFY(right.right);
    QVERIFY(!right.race);
    QCOMPARE(right.inPlace, 5);
    QCOMPARE(right.sentence, u"All 5 lines are in their place."_s);
    const GuessResult wrong = compareGuess(question, inOrder({0, 1, 2, 3, 4}), program.log());
    QCOMPARE(drawn(wrong),
        u"open right 1>1, bread elsewhere 2>4, coffee elsewhere 3>5, tick elsewhere 4>3, closed? elsewhere 5>2"_s);
    QVERIFY(!wrong.right);
    QCOMPARE(wrong.sentence, u"1 of 5 lines are in their place."_s);
    QCOMPARE(wrong.rows[1].row, 1);
    QVERIFY(wrong.rows[1].moment.has_value());
    QCOMPARE(program.log().event(*wrong.rows[1].moment - 1).kind, trace::EventKind::Output);
    QVERIFY(wrong.rows[1].mayComeAt.isEmpty());
}

void TestGuess::whatWasNotPrintedAndWhatWasNotListedIsSaid()
{
    const RecordedProgram program(kCertain);
    const Question question = questionOf(rowsOf({u"  open "_s, u"soup"_s, u"tick"_s}, {0, 1, 2}));
    const GuessResult result = compareGuess(question, inOrder({0, 2, 1}), program.log());
    QCOMPARE(drawn(result),
        u"  open  right 1>1, tick right 2>2, soup not-printed 3>0, closed? not-listed 0>0, bread not-listed 0>0, "
        "coffee not-listed 0>0"_s);
    QVERIFY(!result.right);
    QCOMPARE(result.inPlace, 2);
}

void TestGuess::rowsThatWereLeftOutHaveNoPlace()
{
    const RecordedProgram program(kCertain);
    const Question question = questionOf(rowsOf({u"open"_s, u"tick"_s, u"coffee"_s}, {0, 1, 2}));
    const GuessResult result = compareGuess(question, inOrder({0, 7, 0}), program.log());
    QVERIFY(!result.right);
    QCOMPARE(result.rows[0].verdict, Verdict::Right);
    const auto rows = std::ranges::count_if(result.rows, [](const GuessRow& row) { return row.row >= 0; });
    QCOMPARE(rows, 3);
    QCOMPARE(compareGuess(question, inOrder({}), program.log()).rows[0].guessedPlace, 0);
}

void TestGuess::theSameTextStandsForOnePrintingAfterTheOther()
{
    const RecordedProgram program("for (const dish of ['soup', 'salad', 'soup']) console.log(dish);");
    const Question question = questionOf(rowsOf({u"soup"_s, u"soup"_s, u"salad"_s}, {0, 2, 1}));
    QVERIFY(compareGuess(question, inOrder({0, 2, 1}), program.log()).right);
    QVERIFY(compareGuess(question, inOrder({1, 2, 0}), program.log()).right); // nobody can tell them apart
    QCOMPARE(drawn(compareGuess(question, inOrder({0, 1, 2}), program.log())),
        u"soup right 1>1, soup elsewhere 2>3, salad elsewhere 3>2"_s);
}

void TestGuess::eitherOrderOfARaceIsRight()
{
    for (const QByteArray& source : {kTwoReads, kTimerOrImmediate}) {
        const RecordedProgram program(source);
        const QStringList came = printed(program.log());
        if (source == kTimerOrImmediate && legalOrders(program.log(), {0, 1}).either.empty())
            continue; // the machine held the script up: the timer was due whatever happened
        QStringList texts = came;
        std::swap(texts[texts.size() - 1], texts[texts.size() - (source == kTwoReads ? 2 : 2)]);
        if (source == kTwoReads) // start, end, and the two
            QCOMPARE(came.mid(0, 2), QStringList({u"start"_s, u"end"_s}));
        QList<int> rows(texts.size());
        std::iota(rows.begin(), rows.end(), 0);
        const GuessResult other = compareGuess(questionOf(rowsOf(texts, rows)), inOrder(rows), program.log());
        QVERIFY2(other.right, qPrintable(drawn(other)));
        QVERIFY(other.race);
        QCOMPARE(other.rows.back().verdict, Verdict::RightToo);
        QCOMPARE(other.rows.back().mayComeAt, QList<int> {static_cast<int>(rows.size())});
        QCOMPARE(other.inPlace, static_cast<int>(rows.size()));
        const GuessResult same = compareGuess(questionOf(rowsOf(came, rows)), inOrder(rows), program.log());
        QVERIFY(same.right && same.race);
        QCOMPARE(same.rows.back().verdict, Verdict::Right);
    }
}

void TestGuess::aRowThatRacesIsNotWrongBecauseAnotherIs()
{
    const RecordedProgram program(kTwoReads);
    const QStringList came = printed(program.log());
    const QStringList texts {came[1], came[0], came[3], came[2]}; // the first two the wrong way round
    const GuessResult result = compareGuess(
        questionOf(rowsOf(texts, {1, 0, 3, 2})), inOrder({0, 1, 2, 3}), program.log());
    QVERIFY(!result.right);
    QCOMPARE(result.inPlace, 2);
    QCOMPARE(result.rows[0].verdict, Verdict::Elsewhere);
    QCOMPARE(result.rows[1].verdict, Verdict::Elsewhere);
    QCOMPARE(result.rows[2].verdict, Verdict::RightToo);
    QCOMPARE(result.rows[3].verdict, Verdict::RightToo);
}

void TestGuess::whyThereTellsTheLineThatCameAtTheGuessedPlace()
{
    const RecordedProgram program(kCertain);
    const Question question = questionOf(
        rowsOf({u"open"_s, u"bread"_s, u"coffee"_s, u"tick"_s, u"closed?"_s}, {0, 4, 3, 1, 2}));
    const GuessResult result = compareGuess(question, inOrder({0, 1, 2, 3, 4}), program.log());
    const Explanation why = whyThere(question, result, 1, program.log(), Wording::Runtime);
    QCOMPARE(why.headline, u"“closed?” came before “bread”."_s);
    QVERIFY(!why.reasons.empty());
    QVERIFY(!whyThere(question, result, 0, program.log(), Wording::Runtime)); // it is right
    QVERIFY(!whyThere(question, result, 9, program.log(), Wording::Runtime));
}

void TestGuess::aChoiceIsRightOrNot()
{
    const RecordedProgram program(kCertain);
    const Question question = questionOf(PredictChoose {.options = {u"a"_s, u"b"_s}, .answer = 1, .proof = {}});
    QVERIFY(compareGuess(question, GuessedOption {1}, program.log()).right);
    const GuessResult wrong = compareGuess(question, GuessedOption {0}, program.log());
    QCOMPARE(drawn(wrong), u"a wrong 1>0"_s);
    QCOMPARE(wrong.sentence, u"The answer is “b”."_s);
    QVERIFY(!compareGuess(question, GuessedOption {5}, program.log()).right);
    QVERIFY(!claimFault(question, program.log()));
}

void TestGuess::aNumberIsHeldAgainstTheRun()
{
    const RecordedProgram program("console.log('cost: 1,250 cents');");
    const auto question = [](double tolerance) {
        return questionOf(PredictNumber {.unit = u"cents"_s,
            .measure = measure(Measure::Kind::Printed, u"cost:"_s),
            .answer = 1250,
            .tolerance = tolerance});
    };
    QVERIFY(compareGuess(question(0), GuessedNumber {1250}, program.log()).right);
    QVERIFY(!compareGuess(question(0), GuessedNumber {1251}, program.log()).right);
    QVERIFY(compareGuess(question(0.2), GuessedNumber {1000}, program.log()).right);
    const GuessResult wrong = compareGuess(question(0.2), GuessedNumber {999}, program.log());
    QVERIFY(!wrong.right);
    QCOMPARE(wrong.measured, 1250.0);
    QVERIFY2(wrong.sentence.startsWith(u"The run says 1"_s), qPrintable(wrong.sentence));
    QVERIFY(!claimFault(question(0), program.log()));
    Question missing = question(0);
    std::get<PredictNumber>(missing.what).measure.from = u"price:"_s;
    QCOMPARE(compareGuess(missing, GuessedNumber {1}, program.log()).rows[0].verdict, Verdict::Unknown);
    QVERIFY(claimFault(missing, program.log()).has_value());
    std::get<PredictNumber>(missing.what).measure.from = u"cost:"_s;
    std::get<PredictNumber>(missing.what).answer = 3;
    QVERIFY(claimFault(missing, program.log())->contains(u"3 cents"_s));
}

void TestGuess::theRunSaysEachMeasure()
{
    const RecordedProgram program(R"(
        const { pbkdf2 } = require('node:crypto');
        function outer() { return inner(); }
        function inner() { return deepest(); }
        function deepest() { console.log('deep'); }
        outer();
        let done = 0;
        for (let i = 0; i < 3; i++) pbkdf2('pw', 's', 2e5, 64, 'sha512', () => {
            if (++done === 3) setTimeout(() => console.log('end'), 30);
        });
        const clock = setInterval(() => { if (done === 3) clearInterval(clock); }, 5);
    )");
    const TraceLog& log = program.log();
    const auto said = [&](const Measure& what) { return measured(what, log).value_or(-1); };
    QCOMPARE(said(measure(Measure::Kind::StackDepth)), 4.0); // main, outer, inner, deepest
    QCOMPARE(said(measure(Measure::Kind::OpenAtOnce)), 4.0); // three dishes and the clock
    const double cooks = said(measure(Measure::Kind::CooksAtOnce));
    QVERIFY2(cooks >= 1 && cooks <= 3, qPrintable(QString::number(cooks)));
    QVERIFY(said(measure(Measure::Kind::Between, u"deep"_s, u"end"_s)) >= 29);
    QCOMPARE(said(measure(Measure::Kind::Between, u"end"_s, u"deep"_s)), -1.0);
    QCOMPARE(said(measure(Measure::Kind::Requests)), 0.0);
    QCOMPARE(said(measure(Measure::Kind::IdleWaiters)), -1.0); // no requests came
    QCOMPARE(said(measure(Measure::Kind::None)), -1.0);
}

void TestGuess::whoIsNextIsHeldAgainstTheRun()
{
    const RecordedProgram program(R"(
        setTimeout(function bill() {
            setImmediate(function immediate() {});
            process.nextTick(function tick() {});
            setTimeout(function later() {}, 300);
        }, 5);
    )");
    const PredictNext next {
        .at = {.kind = MomentLink::Kind::Ends, .number = 0, .text = u"bill"_s}, .answer = u"tick"_s};
    const Question question = questionOf(next);
    const TraceLog& log = program.log();
    const GuessResult right = compareGuess(question, GuessedNext {.title = u"tick"_s, .order = {}}, log);
    QVERIFY2(right.right, qPrintable(right.sentence));
    const GuessResult wrong = compareGuess(question, GuessedNext {.title = u"immediate"_s, .order = {}}, log);
    QVERIFY(!wrong.right);
    QCOMPARE(wrong.sentence, u"tick is next."_s);
    const Explanation why = whyThere(question, wrong, 0, log, Wording::Runtime);
    QVERIFY2(why.headline.contains(u"immediate"_s), qPrintable(why.headline));
    QVERIFY(!claimFault(question, log));
    Question other = question;
    std::get<PredictNext>(other.what).answer = u"immediate"_s;
    QCOMPARE(claimFault(other, log), u"The lesson says that immediate is next. In the run it is tick."_s);
    std::get<PredictNext>(other.what).at.text = u"nobody"_s;
    QVERIFY(claimFault(other, log).has_value());
    QCOMPARE(compareGuess(other, GuessedNext {.title = u"tick"_s, .order = {}}, log).rows[0].verdict, Verdict::Unknown);
}

void TestGuess::aGuessOfAnotherKindIsUnknown()
{
    const RecordedProgram program("console.log('a');");
    const Question question = questionOf(rowsOf({u"a"_s}, {0}));
    const GuessResult result = compareGuess(question, GuessedNumber {1}, program.log());
    QCOMPARE(result.rows[0].verdict, Verdict::Unknown);
    QVERIFY(!result.right);
}

void TestGuess::whatTheAuthorClaimsIsHeldAgainstTheTrace()
{
    const RecordedProgram certain(kCertain);
    const QStringList texts {u"open"_s, u"bread"_s, u"closed?"_s};
    QVERIFY(!claimFault(questionOf(rowsOf(texts, {0, 2, 1})), certain.log()));
    QCOMPARE(claimFault(questionOf(rowsOf(texts, {0, 1, 2})), certain.log()),
        u"The lesson puts “bread” before “closed?”. In the run it comes after."_s);
    QCOMPARE(claimFault(questionOf(rowsOf(texts, {0, 2, 1}, {{1, 2}})), certain.log()),
        u"The lesson lets “closed?” and “bread” come in either order. "
        "The run says that “closed?” always comes first."_s);
    QCOMPARE(claimFault(questionOf(rowsOf({u"open"_s, u"soup"_s}, {0, 1})), certain.log()),
        u"The run does not print “soup”."_s);
    const RecordedProgram reads(kTwoReads);
    const QStringList came = printed(reads.log());
    QVERIFY(!claimFault(questionOf(rowsOf(came, {0, 1, 3, 2}, {{2, 3}})), reads.log()));
    const auto fault = claimFault(questionOf(rowsOf(came, {0, 1, 2, 3})), reads.log());
    QVERIFY(fault && fault->contains(u"race"_s));
}

// The script is held up, so that the timer is due before the loop begins; a cook is a hundred times as fast as the
// timer. What decided is time all the same, and another run may be a slower or faster one.
void TestGuess::whatTheAuthorLeavesOpenMayComeEitherWayHoweverBusyTheComputerIs()
{
    const RecordedProgram heldUp(R"(
setTimeout(() => console.log('timer'), 0);
setImmediate(() => console.log('immediate'));
const end = Date.now() + 40;
while (Date.now() < end);
)");
    const RecordedProgram farApart(R"(
require('node:fs').stat(__filename, () => console.log('file'));
setTimeout(() => console.log('timer'), 500);
)");
    for (const RecordedProgram* const program : {&heldUp, &farApart}) {
        const TraceLog& log = program->log();
        QVERIFY2(legalOrders(log, {0, 1}).either.empty(), "In this run it is certain.");
        QVERIFY(isDecidedByTime(log, 0, 1));
        const QStringList came = printed(log);
        const Question open = questionOf(rowsOf(came, {0, 1}, {{0, 1}}));
        const Question fixed = questionOf(rowsOf(came, {0, 1}));
        QVERIFY(!claimFault(open, log));
        QVERIFY(!claimFault(fixed, log));
        QVERIFY(compareGuess(open, inOrder({1, 0}), log).right);
        QVERIFY(!compareGuess(fixed, inOrder({1, 0}), log).right);
    }
    // What code or the loop's order decides, nobody can leave open.
    for (const QByteArray& source : {QByteArray("setImmediate(() => console.log('b')); console.log('a');"),
             QByteArray("setTimeout(() => console.log('a'), 10); setTimeout(() => console.log('b'), 10);"),
             QByteArray("setTimeout(() => console.log('b'), 200); setTimeout(() => console.log('a'), 10);"),
             QByteArray("require('fs').stat(__filename, () => { setTimeout(() => console.log('b'), 0);"
                        "setImmediate(() => console.log('a')); });"),
             QByteArray("Promise.resolve().then(() => console.log('b')); process.nextTick(() => console.log('a'));")}) {
        const RecordedProgram program(source);
        QCOMPARE(printed(program.log()), QStringList({u"a"_s, u"b"_s}));
        QVERIFY2(!isDecidedByTime(program.log(), 0, 1), source.constData());
        QVERIFY(claimFault(questionOf(rowsOf({u"a"_s, u"b"_s}, {0, 1}, {{0, 1}})), program.log()));
    }
}

QTEST_GUILESS_MAIN(TestGuess)
#include "tst_guess.moc"
