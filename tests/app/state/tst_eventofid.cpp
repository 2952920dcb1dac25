// An event for each id, also for ids that no engine gives.
#include "state/eventofid.h"

#include <QTest>

using namespace bistro::app;

class TestEventOfId : public QObject {
    Q_OBJECT

private slots:
    void everyIdIsFound()
    {
        EventOfId events;
        for (const std::uint32_t id : {1u, 5'000u, 1'000'000u, UINT32_MAX})
            events.set(id, id % 1'000);
        for (const std::uint32_t id : {1u, 5'000u, 1'000'000u, UINT32_MAX})
            QCOMPARE(events.find(id), id % 1'000);
        QCOMPARE(events.find(2), kNoEvent);
        events.setIfNone(1, 7);
        events.setIfNone(2, 7);
        QCOMPARE(events.find(1), 1u);
        QCOMPARE(events.find(2), 7u);
    }

    // Numbers of orders are small whatever the orders' ids: these lie in the table all the same, four bytes each.
    void aSmallValueOfALateIdTakesNoMoreThanAnEvent()
    {
        EventOfId numbers;
        constexpr std::uint32_t count = 100'000;
        for (std::uint32_t id = 1; id <= count; ++id)
            numbers.set(id * 2, 1 + id % 3, id * 2);
        for (std::uint32_t id = 1; id <= count; ++id)
            QCOMPARE(numbers.find(id * 2), 1 + id % 3);
        QVERIFY2(
            numbers.bytes() <= 2 * 2 * count * sizeof(Index) + 65'536, qPrintable(QString::number(numbers.bytes())));
    }
};

QTEST_GUILESS_MAIN(TestEventOfId)
#include "tst_eventofid.moc"
