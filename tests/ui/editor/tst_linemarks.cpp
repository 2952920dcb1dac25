#include "editor/linemarks.h"

#include <QTest>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// One of each kind, from line 10 on.
LineMarks marks()
{
    LineMarks all;
    all.notes = {{.line = 10, .pending = {Meaning::Timer}, .tint = {}, .badge = {}, .toolTip = {}},
        {.line = 11, .pending = {}, .tint = Meaning::Error, .badge = u"1.24 s"_s, .toolTip = {}}};
    all.playhead = 12;
    all.highlighted = 13;
    all.changed = {14};
    all.run = {.counts = {{.line = 17, .times = 5}},
        .values = {{.line = 18, .values = {{.name = u"price"_s, .text = u"18"_s}}}}};
    all.problem = CodeProblem {.line = 16, .column = 3, .length = 1, .sentence = u"; can't stand here."_s};
    return all;
}

QString print(const LineMarks& marks)
{
    QStringList parts;
    for (const LineNote& note : marks.notes)
        parts += u"note %1"_s.arg(note.line);
    if (marks.playhead > 0)
        parts += u"playhead %1"_s.arg(marks.playhead);
    if (marks.highlighted > 0)
        parts += u"highlighted %1"_s.arg(marks.highlighted);
    for (const int line : marks.changed)
        parts += u"changed %1"_s.arg(line);
    if (marks.problem)
        parts += u"problem %1"_s.arg(marks.problem->line);
    for (const LineCount& count : marks.run.counts)
        parts += u"count %1"_s.arg(count.line);
    for (const LineValues& values : marks.run.values)
        parts += u"values %1"_s.arg(values.line);
    return parts.join(u", "_s);
}

} // namespace

class TestLineMarks : public QObject {
    Q_OBJECT

private slots:
    void theyGoWithTheirLinesWhenLinesComeInAbove()
    {
        LineMarks all = marks();
        all.move(9, 2);
        QCOMPARE(print(all),
            u"note 12, note 13, playhead 14, highlighted 15, changed 16, problem 18, count 19, values 20"_s);
        all.move(9, -2);
        QCOMPARE(all, marks());
    }

    void thoseAboveStayWhereTheyAre()
    {
        LineMarks all = marks();
        all.move(12, 100);
        QCOMPARE(print(all),
            u"note 10, note 11, playhead 12, highlighted 113, changed 114, problem 116, count 117, values 118"_s);
    }

    void atTheBeginningAllGo()
    {
        LineMarks all = marks();
        all.move(0, 1);
        QCOMPARE(print(all),
            u"note 11, note 12, playhead 13, highlighted 14, changed 15, problem 17, count 18, values 19"_s);
    }

    void aMarkOfALineThatIsGoneFallsToTheLineThatRemains()
    {
        LineMarks all = marks();
        all.move(9, -4); // 10 to 13 have become part of 9
        QCOMPARE(
            print(all), u"note 9, note 9, playhead 9, highlighted 9, changed 10, problem 12, count 13, values 14"_s);
        all.move(1, -10);
        QCOMPARE(print(all), u"note 1, note 1, playhead 1, highlighted 1, changed 1, problem 2, count 3, values 4"_s);
    }

    void whatStandsNowhereStaysNowhere()
    {
        LineMarks none;
        none.move(0, 5);
        QCOMPARE(none, LineMarks {});
    }

    void theNotesOfALineAreFound()
    {
        const LineMarks all = marks();
        QVERIFY(!all.noteAt(9));
        QCOMPARE(all.noteAt(10)->pending, QList {Meaning::Timer});
        QCOMPARE(all.tintAt(10), std::nullopt);
        QCOMPARE(all.tintAt(11), Meaning::Error);
    }

    void countsAndValuesOfALineAreFound()
    {
        const LineMarks all = marks();
        QCOMPARE(all.countAt(17)->times, 5u);
        QVERIFY(!all.countAt(18));
        QCOMPARE(plainText(all.valuesAt(18)->values.front()), u"price = 18"_s);
        QVERIFY(!all.valuesAt(17));
    }

    void aCountHasRoomInTheGutter()
    {
        const auto text = [](quint64 times, bool more = false) {
            return countText({.line = 1, .times = times, .more = more});
        };
        QCOMPARE(text(1), QString());
        QCOMPARE(text(2), u"×2"_s);
        QCOMPARE(text(999), u"×999"_s);
        QCOMPARE(text(1'000), u"×1k"_s);
        QCOMPARE(text(4'321), u"×4k"_s);
        QCOMPARE(text(2'000'000), u"×2M"_s);
        QCOMPARE(text(123'456), u"123k"_s);
        QCOMPARE(text(500, true), u"500+"_s);
        QCOMPARE(text(12'000, true), u"12k+"_s);
        QCOMPARE(text(123'456, true), u"99k+"_s);
    }

    void aValueSaysWhatItWas()
    {
        QCOMPARE(plainText({.name = u"total"_s, .text = u"51"_s, .before = u"33"_s}), u"total 33 → 51"_s);
    }

    void aLineThatBlocksShowsThatAndNotThePlayhead()
    {
        LineMarks all = marks();
        QVERIFY(all.showsPlayhead(12));
        QVERIFY(!all.showsPlayhead(11));
        all.playhead = 11;
        QVERIFY(!all.showsPlayhead(11));
        all.notes.back().tint = Meaning::Timer;
        QVERIFY(all.showsPlayhead(11));
    }

    void anotherTextHasNone()
    {
        LineMarks all = marks();
        all.clear();
        QCOMPARE(print(all), QString());
    }
};

QTEST_APPLESS_MAIN(TestLineMarks)
#include "tst_linemarks.moc"
