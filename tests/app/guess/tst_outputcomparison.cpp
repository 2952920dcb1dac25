// Expected output, held against what a recorded run printed.
#include "examples.h"
#include "guess/game.h"
#include "why/screenlines.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kCertain = R"(
setTimeout(() => console.log('c'), 50);
process.nextTick(() => console.log('b'));
console.log('a');
)";

const QByteArray kTwoReads = R"(
const fs = require('node:fs');
fs.readFile(__filename, () => console.log('one'));
fs.readFile(__filename, () => console.log('two'));
console.log('start');
)";

OutputDifference differenceOf(const TraceLog& log, const QString& expected)
{
    const OutputComparison found = compareOutput(expected, log, Wording::Runtime);
    return found.difference.value_or(OutputDifference {
        .line = 99, .expected = {}, .printed = {}, .sentence = u"the same"_s, .why = {}, .moment = {}});
}

} // namespace

class TestOutputComparison : public QObject {
    Q_OBJECT

private slots:
    void theSameOutputHasNoDifference();
    void theFirstLineThatDiffersIsExplained();
    void missingExtraAndMisprintedLinesAreSaid_data();
    void missingExtraAndMisprintedLinesAreSaid();
    void aLegalOrderOfARaceIsNoDifference();
    void aDifferenceBesideARaceIsFound();
};

void TestOutputComparison::theSameOutputHasNoDifference()
{
    const RecordedProgram program(kCertain);
    for (const QString& text : {u"a\nb\nc\n"_s, u"a\nb\nc"_s, u" a\nb \n c\n\n\n"_s}) {
        const OutputComparison found = compareOutput(text, program.log(), Wording::Restaurant);
        QVERIFY(!found.difference);
        QVERIFY(!found.race);
    }
    const RecordedProgram silent("");
    QVERIFY(!compareOutput({}, silent.log(), Wording::Restaurant).difference);
}

void TestOutputComparison::theFirstLineThatDiffersIsExplained()
{
    const RecordedProgram program(kCertain);
    const OutputDifference found = differenceOf(program.log(), u"a\nc\nb\n"_s);
    QCOMPARE(found.line, std::size_t {1});
    QCOMPARE(found.expected, u"c"_s);
    QCOMPARE(found.printed, u"b"_s);
    QCOMPARE(found.sentence, u"You expected “c” as line 2. “b” came first."_s);
    QCOMPARE(found.why.headline, u"“b” came before “c”."_s);
    QVERIFY(!found.why.reasons.empty());
    QCOMPARE(program.log().event(*found.moment - 1).kind, trace::EventKind::Output);
}

void TestOutputComparison::missingExtraAndMisprintedLinesAreSaid_data()
{
    QTest::addColumn<QString>("expected");
    QTest::addColumn<int>("line");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("misprinted") << u"a\nB\nc"_s << 1 << u"You expected “B” as line 2. The program printed “b”."_s;
    QTest::newRow("one too many expected")
        << u"a\nb\nc\nd"_s << 3 << u"You expected “d” as line 4. The program printed nothing more."_s;
    QTest::newRow("never printed") << u"a\nx\nb\nc"_s << 1
                                   << u"You expected “x” as line 2. The program does not print it there or later."_s;
    QTest::newRow("extra at the end") << u"a\nb"_s << 2
                                      << u"You expected nothing after line 2. The program printed “c”."_s;
    QTest::newRow("extra within") << u"a\nc"_s << 1
                                  << u"You expected “c” as line 2. “b” came first, and you did not expect that line."_s;
    QTest::newRow("nothing expected") << u""_s << 0 << u"You expected no output. The program printed “a”."_s;
}

void TestOutputComparison::missingExtraAndMisprintedLinesAreSaid()
{
    QFETCH(QString, expected);
    QFETCH(int, line);
    const RecordedProgram program(kCertain);
    const OutputDifference found = differenceOf(program.log(), expected);
    QTEST(found.sentence, "sentence");
    QCOMPARE(found.line, static_cast<std::size_t>(line));
}

void TestOutputComparison::aLegalOrderOfARaceIsNoDifference()
{
    const RecordedProgram program(kTwoReads);
    const ScreenLines lines(program.log());
    QCOMPARE(lines.size(), std::size_t {3});
    const bool oneCameFirst = lines[1].text == "one";
    const OutputComparison same = compareOutput(
        oneCameFirst ? u"start\none\ntwo"_s : u"start\ntwo\none"_s, program.log(), Wording::Runtime);
    QVERIFY(!same.difference);
    QVERIFY(!same.race);
    const OutputComparison other = compareOutput(
        oneCameFirst ? u"start\ntwo\none"_s : u"start\none\ntwo"_s, program.log(), Wording::Runtime);
    QVERIFY2(!other.difference, qPrintable(other.difference ? other.difference->sentence : QString()));
    QVERIFY(other.race);
}

void TestOutputComparison::aDifferenceBesideARaceIsFound()
{
    const RecordedProgram program(kTwoReads);
    const OutputComparison found = compareOutput(u"two\none\nstart"_s, program.log(), Wording::Runtime);
    QVERIFY(found.difference);
    QVERIFY(!found.race);
    QCOMPARE(found.difference->line, std::size_t {0});
    QCOMPARE(found.difference->printed, u"start"_s);
}

QTEST_GUILESS_MAIN(TestOutputComparison)
#include "tst_outputcomparison.moc"
