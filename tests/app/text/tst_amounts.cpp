// How times are written: exactly where one compares them, and as a person says them in a sentence.
#include "text/amounts.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestAmounts : public QObject {
    Q_OBJECT

private slots:
    void aSentenceHasNoFigureThatNobodyWouldSay_data()
    {
        QTest::addColumn<quint64>("nanoseconds");
        QTest::addColumn<QString>("exact");
        QTest::addColumn<QString>("said");
        QTest::newRow("nanoseconds") << quint64 {812} << u"812 ns"_s << u"less than 1 ms"_s;
        QTest::newRow("microseconds") << quint64 {36'700} << u"36.7 µs"_s << u"less than 1 ms"_s;
        QTest::newRow("nearly one") << quint64 {961'000} << u"961 µs"_s << u"1 ms"_s;
        QTest::newRow("milliseconds") << quint64 {36'712'000} << u"36.7 ms"_s << u"37 ms"_s;
        QTest::newRow("nearly a second") << quint64 {999'600'000} << u"1 s"_s << u"1 s"_s;
        QTest::newRow("seconds") << quint64 {1'241'000'000} << u"1.24 s"_s << u"1.2 s"_s;
        QTest::newRow("many seconds") << quint64 {12'400'000'000} << u"12.4 s"_s << u"12 s"_s;
        QTest::newRow("minutes") << quint64 {125'000'000'000} << u"2 min 5 s"_s << u"2 min 5 s"_s;
    }

    void aSentenceHasNoFigureThatNobodyWouldSay()
    {
        QFETCH(quint64, nanoseconds);
        QTEST(timeText(nanoseconds), "exact");
        QTEST(spokenTime(nanoseconds), "said");
    }
};

QTEST_APPLESS_MAIN(TestAmounts)
#include "tst_amounts.moc"
