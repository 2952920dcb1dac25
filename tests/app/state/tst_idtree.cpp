#include "state/fifo.h"
#include "state/idtree.h"

#include <QTest>

#include <map>
#include <random>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

using Numbers = IdTree<std::uint32_t>;

std::map<std::uint32_t, std::uint32_t> contents(const Numbers& tree)
{
    std::map<std::uint32_t, std::uint32_t> all;
    tree.visit([&](std::uint32_t key, std::uint32_t value) { all.emplace(key, value); });
    return all;
}

} // namespace

class TestIdTree : public QObject {
    Q_OBJECT

private slots:
    // What was at its place before is not seen any more.
    void aValueThatIsMadeAgainIsNew()
    {
        Numbers tree;
        tree.at(5) = 17;
        tree.at(6) = 18;
        QVERIFY(tree.erase(5));
        QVERIFY(!tree.find(5));
        QCOMPARE(tree.at(5), 0u);
        QCOMPARE(*tree.find(6), 18u);
    }

    // Whatever is done to it, and to copies taken on the way: each holds what a map that was treated alike holds.
    void itHoldsWhatAMapHoldsAndSoDoesEveryCopy()
    {
        std::mt19937 random(11);
        for (const std::uint32_t range : {20u, 700u, 40'000u, 0xFFFFFFFFu}) {
            Numbers tree;
            std::map<std::uint32_t, std::uint32_t> map;
            std::vector<std::pair<Numbers, std::map<std::uint32_t, std::uint32_t>>> copies;
            for (std::uint32_t i = 1; i <= 3'000; ++i) {
                const std::uint32_t key = std::uniform_int_distribution<std::uint32_t>(1, range)(random);
                if (random() % 3 != 0) {
                    tree.at(key) = i;
                    map[key] = i;
                } else {
                    QCOMPARE(tree.erase(key), map.erase(key) == 1);
                }
                QCOMPARE(tree.size(), map.size());
                QCOMPARE(tree.find(key) != nullptr, map.contains(key));
                if (i % 500 == 0)
                    copies.emplace_back(tree, map);
            }
            QVERIFY(contents(tree) == map);
            for (const auto& [copy, then] : copies)
                QVERIFY(contents(copy) == then);
            while (!map.empty()) {
                QVERIFY(tree.erase(map.begin()->first));
                map.erase(map.begin());
            }
            QVERIFY(tree.empty() && tree == Numbers {});
        }
    }

    void aCopyDoesNotSeeWhatChangesBehindIt()
    {
        Numbers one;
        one.at(5) = 1;
        const Numbers copy = one;
        *one.edit(5) = 2;
        QCOMPARE(*copy.find(5), 1u);
        QVERIFY(!(one == copy));
        QVERIFY(!one.edit(6));
    }

    void aCopyCostsWhatChangedAndNoMore()
    {
        Numbers tree;
        for (std::uint32_t key = 1; key <= 100'000; ++key)
            tree.at(key) = key;
        const Numbers copy = tree;
        QCOMPARE(tree.bytesBeside(copy), 0u);
        *tree.edit(777) = 0;
        QVERIFY(tree.bytesBeside(copy) > 0);
        QVERIFY2(tree.bytesBeside(copy) < 2'000, qPrintable(QString::number(tree.bytesBeside(copy))));
        QVERIFY(tree.bytesBeside({}) > 400'000);
        tree.at(600'000) = 1; // the tree grows above: what was there is shared all the same
        QVERIFY2(tree.bytesBeside(copy) < 4'000, qPrintable(QString::number(tree.bytesBeside(copy))));
    }

    void whatAValueHoldsItselfIsCountedUnlessItIsShared()
    {
        IdTree<Fifo<std::uint32_t>> queues;
        for (std::uint32_t key = 1; key <= 100; ++key) {
            for (std::uint32_t i = 0; i < 1'000; ++i)
                queues.at(key).push(i);
        }
        const auto beneath = [](const Fifo<std::uint32_t>& one, const Fifo<std::uint32_t>& there) {
            return one.bytesBeside(there);
        };
        QVERIFY(queues.bytesBeside({}) < 20'000);
        QVERIFY2(
            queues.bytesBeside({}, beneath) > 400'000, qPrintable(QString::number(queues.bytesBeside({}, beneath))));
        const IdTree<Fifo<std::uint32_t>> copy = queues;
        QCOMPARE(queues.bytesBeside(copy, beneath), 0u);
        queues.edit(50)->push(7);
        const std::size_t changed = queues.bytesBeside(copy, beneath) - queues.bytesBeside(copy);
        QVERIFY2(changed > 0 && changed < 1'000, qPrintable(QString::number(changed)));
    }

    void aQueueGivesOutInOrderWhateverWasTakenFromItsMiddle()
    {
        Fifo<std::uint32_t> queue;
        std::vector<Fifo<std::uint32_t>::Position> positions;
        for (std::uint32_t i = 1; i <= 100; ++i)
            positions.push_back(queue.push(i));
        const Fifo<std::uint32_t> whole = queue;
        QVERIFY(queue.erase(positions[0]));
        QVERIFY(queue.erase(positions[1]));
        QVERIFY(queue.erase(positions[50]));
        QVERIFY(!queue.erase(positions[50]));
        QVERIFY(queue.takeFirst([](std::uint32_t i) { return i == 70; }));
        QVERIFY(!queue.takeFirst([](std::uint32_t i) { return i == 70; }));
        QCOMPARE(queue.size(), 96u);
        for (std::uint32_t i = 3; i <= 100; ++i) {
            if (i != 51 && i != 70)
                QCOMPARE(queue.pop(), i);
        }
        QVERIFY(queue.empty());
        const auto position = queue.push(7);
        QCOMPARE(position, 100u);
        QVERIFY(!queue.erase(99));
        QCOMPARE(queue.front(), 7u);
        QCOMPARE(whole.size(), 100u);
        QCOMPARE(whole.front(), 1u);
    }
};

QTEST_APPLESS_MAIN(TestIdTree)
#include "tst_idtree.moc"
