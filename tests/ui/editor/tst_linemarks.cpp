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
        QCOMPARE(print(all), u"note 12, note 13, playhead 14, highlighted 15, changed 16, problem 18"_s);
        all.move(9, -2);
        QCOMPARE(all, marks());
    }

    void thoseAboveStayWhereTheyAre()
    {
        LineMarks all = marks();
        all.move(12, 100);
        QCOMPARE(print(all), u"note 10, note 11, playhead 12, highlighted 113, changed 114, problem 116"_s);
    }

    void atTheBeginningAllGo()
    {
        LineMarks all = marks();
        all.move(0, 1);
        QCOMPARE(print(all), u"note 11, note 12, playhead 13, highlighted 14, changed 15, problem 17"_s);
    }

    void aMarkOfALineThatIsGoneFallsToTheLineThatRemains()
    {
        LineMarks all = marks();
        all.move(9, -4); // 10 to 13 have become part of 9
        QCOMPARE(print(all), u"note 9, note 9, playhead 9, highlighted 9, changed 10, problem 12"_s);
        all.move(1, -10);
        QCOMPARE(print(all), u"note 1, note 1, playhead 1, highlighted 1, changed 1, problem 2"_s);
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
