#include "state/growingarray.h"

#include <QTest>

#include <random>
#include <vector>

using namespace bistro::app;

class TestGrowingArray : public QObject {
    Q_OBJECT

private slots:
    void itHoldsWhatAVectorHolds()
    {
        std::mt19937 random(5);
        GrowingArray<std::uint64_t> array;
        std::vector<std::uint64_t> vector;
        while (vector.size() < 3'000'000) {
            if (random() % 1'000 != 0) {
                const std::uint64_t value = random();
                array.push_back(value);
                vector.push_back(value);
            } else {
                const std::size_t size = vector.size() + random() % 2'000;
                array.resize(size, 7);
                vector.resize(size, 7);
            }
        }
        QCOMPARE(array.size(), vector.size());
        QVERIFY(array.capacity() >= array.size());
        QVERIFY(std::ranges::equal(array, vector));
        QCOMPARE(array.back(), vector.back());
        array[17] = 1;
        vector[17] = 1;
        QVERIFY(std::ranges::equal(array, vector));
    }

    // An element of the array itself may be what is appended.
    void itsOwnElementCanBeAppended()
    {
        GrowingArray<std::uint64_t> array;
        for (std::uint64_t i = 0; i < 1'000; ++i)
            array.push_back(array.empty() ? 9 : array[0]);
        QVERIFY(std::ranges::all_of(array, [](std::uint64_t value) { return value == 9; }));
        array.resize(array.capacity() + 1, array[0]);
        QCOMPARE(array.back(), 9u);
    }

    void whatWasMovedFromIsEmpty()
    {
        GrowingArray<int> array;
        array.push_back(3);
        GrowingArray<int> moved = std::move(array);
        QCOMPARE(moved.back(), 3);
        QVERIFY(array.empty() && array.capacity() == 0); // NOLINT(bugprone-use-after-move): what the move promises
        array.push_back(4);
        moved = std::move(array);
        QCOMPARE(moved.size(), 1u);
        QCOMPARE(moved.back(), 4);
        moved = {};
        QVERIFY(moved.empty());
    }
};

QTEST_APPLESS_MAIN(TestGrowingArray)
#include "tst_growingarray.moc"
