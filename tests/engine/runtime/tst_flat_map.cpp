#include "runtime/flat_map.h"

#include <QTest>

#include <random>
#include <unordered_map>

using bistro::FlatMap;

class tst_FlatMap : public QObject {
    Q_OBJECT

private slots:
    void aKeyThatIsNotThereIsNotTaken()
    {
        FlatMap map;
        std::uint32_t value = 9;
        QVERIFY(!map.take(1, value));
        QVERIFY(map.empty());
    }

    void behavesAsTheStandardMapUnderRandomUse()
    {
        std::mt19937 random(7);
        FlatMap map;
        std::unordered_map<std::uint32_t, std::uint32_t> model;
        for (int i = 0; i < 200'000; ++i) {
            const auto key = static_cast<std::uint32_t>(random() % 3000 + 1);
            if (random() % 2 == 0) {
                map.at(key) = static_cast<std::uint32_t>(i);
                model[key] = static_cast<std::uint32_t>(i);
                continue;
            }
            std::uint32_t value = 0;
            const auto expected = model.extract(key);
            QCOMPARE(map.take(key, value), !expected.empty());
            if (expected)
                QCOMPARE(value, expected.mapped());
            QCOMPARE(map.empty(), model.empty());
        }
    }
};

QTEST_GUILESS_MAIN(tst_FlatMap)
#include "tst_flat_map.moc"
