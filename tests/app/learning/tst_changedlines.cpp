// Which lines a learner has changed.
#include "learning/changedlines.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestChangedLines : public QObject {
    Q_OBJECT

private slots:
    void whatDiffersIsNamedByItsLineNow_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("now");
        QTest::addColumn<QList<int>>("lines");
        QTest::addRow("nothing") << u"a\nb\nc\n"_s << u"a\nb\nc\n"_s << QList<int> {};
        QTest::addRow("another line") << u"a\nb\nc\n"_s << u"a\nB\nc\n"_s << QList<int> {2};
        QTest::addRow("a line more") << u"a\nb\nc\n"_s << u"a\nb\nx\ny\nc\n"_s << QList<int> {3, 4};
        QTest::addRow("a line less") << u"a\nb\nc\n"_s << u"a\nc\n"_s << QList<int> {};
        QTest::addRow("moved down") << u"a\nb\nc\nd\n"_s << u"b\nc\na\nd\n"_s << QList<int> {3};
        QTest::addRow("two places") << u"a\nb\nc\nd\ne\n"_s << u"a\nB\nc\nd\nx\ne\n"_s << QList<int> {2, 5};
        QTest::addRow("the same line again") << u"a\nb\n"_s << u"a\na\nb\n"_s << QList<int> {2};
        QTest::addRow("Windows ends its lines otherwise") << u"a\nb\n"_s << u"a\r\nb\r\n"_s << QList<int> {};
        QTest::addRow("all of it") << u"a"_s << u"b\nc"_s << QList<int> {1, 2};
        QTest::addRow("from nothing") << QString() << u"b\n"_s << QList<int> {1};
    }
    void whatDiffersIsNamedByItsLineNow()
    {
        QFETCH(QString, before);
        QFETCH(QString, now);
        QFETCH(QList<int>, lines);
        QCOMPARE(changedLines(before, now), lines);
    }

    void veryLongTextsAreComparedByTheirEnds()
    {
        QString before = u"begin\n"_s;
        QString now = before;
        for (int i = 0; i < 3'000; ++i) {
            before += u"old %1\n"_s.arg(i);
            now += u"new %1\n"_s.arg(i);
        }
        const QList<int> lines = changedLines(before + u"end\n"_s, now + u"end\n"_s);
        QCOMPARE(lines.size(), 3'000);
        QCOMPARE(lines.first(), 2);
        QCOMPARE(lines.last(), 3'001);
    }
};

QTEST_APPLESS_MAIN(TestChangedLines)
#include "tst_changedlines.moc"
