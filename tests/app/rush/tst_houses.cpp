// One waiter, and one for each: what is computed from guests made by hand.
#include "guests.h"
#include "rush/rush.h"

#include <QTest>

#include <algorithm>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;

namespace {

std::vector<ServedPiece> allPieces(const std::vector<Guest>& guests)
{
    std::vector<ServedPiece> pieces;
    for (const Guest& guest : guests)
        pieces.insert(pieces.end(), guest.pieces.begin(), guest.pieces.end());
    std::ranges::sort(pieces, {}, &ServedPiece::from);
    return pieces;
}

void verifyOneWaiter(const Rush& rush)
{
    const auto pieces = allPieces(rush.guests);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        QVERIFY(pieces[i].from >= pieces[i].ready);
        QVERIFY(pieces[i].to >= pieces[i].from);
        QVERIFY(i == 0 || pieces[i].from >= pieces[i - 1].to);
    }
}

int mostAtOnce(const std::vector<Guest>& guests)
{
    int most = 0;
    for (const ServedPiece& piece : allPieces(guests)) {
        const auto all = allPieces(guests);
        const auto busy = std::ranges::count_if(
            all, [&](const ServedPiece& other) { return other.from <= piece.from && piece.from < other.to; });
        most = std::max(most, static_cast<int>(busy));
    }
    return most;
}

} // namespace

class HousesTest : public QObject {
    Q_OBJECT

private slots:
    void aGuestsTimeIsWorkWaitingForTheWaiterAndWaitingForOthers();
    void aPieceThatIsReadyWhileAnotherWaitsCountsOnce();
    void nothingMovedIsTheMeasuredRush();
    void sameGuestsComputedAgainAreServedAsTheyWere();
    void bothHousesServeEquallyLong();
    void nobodyWaitsInAHouseOfMany();
    void coresLimitHowManyWorkAtOnce();
    void aWaitForACoreIsNotIdle();
    void longerCookingServesNobodyEarlierInAHouseOfMany();
    void computingTakesLongerByItsFactor();
    void oneWaiterNeverDoesTwoThingsAtOnce();
    void moreGuestsComeInTheSameRhythm();
    void fewerGuestsAreTheFirst();
    void idleWaitersAreCountedWhileMostGuestsAreThere();
    void theWaiterIsTheBottleneckWhenGuestsWaitForHimLongest();
    void theBottleneckBeginsWithTheFewestGuests();
    void guestsWithoutPiecesChangeNothing();
};

void HousesTest::aGuestsTimeIsWorkWaitingForTheWaiterAndWaitingForOthers()
{
    const Rush rush = calmRush();
    const Guest& last = rush.guests.back();
    QCOMPARE(last.worked(), 10 * kMs);
    QCOMPARE(last.waitedForWaiter(), 2 * kMs);
    QCOMPARE(last.waitedForOthers(), 40 * kMs);
    QCOMPARE(last.left() - last.came, 52 * kMs);
    QCOMPARE(rush.serving(), 30 * kMs);
    QCOMPARE(rush.longestWait(), 2 * kMs);
}

void HousesTest::aPieceThatIsReadyWhileAnotherWaitsCountsOnce()
{
    const Guest guest = guestOf(2, 0, {{0, 0, 1}, {5, 10, 12}, {6, 14, 15}});
    QCOMPARE(guest.waitedForWaiter(), 7 * kMs); // 5 to 10, and 12 to 14
}

void HousesTest::nothingMovedIsTheMeasuredRush()
{
    const Rush measured = calmRush();
    const Rush same = withAssumptions(measured, {.cores = 2});
    QVERIFY(!same.computed);
    QCOMPARE(same.end, measured.end);
    QCOMPARE(same.guests.back().pieces.back().from, measured.guests.back().pieces.back().from);
}

void HousesTest::sameGuestsComputedAgainAreServedAsTheyWere()
{
    for (const Rush& measured : {calmRush(), busyRush()}) {
        const Rush again = withAssumptions(measured, {.guests = static_cast<int>(measured.guests.size())});
        QVERIFY(again.computed);
        QCOMPARE(again.end, measured.end);
        for (std::size_t i = 0; i < measured.guests.size(); ++i)
            QCOMPARE(again.guests[i].served, measured.guests[i].served);
    }
}

void HousesTest::bothHousesServeEquallyLong()
{
    for (const RushAssumptions& each : {RushAssumptions {}, RushAssumptions {.cooking = 3},
             RushAssumptions {.computing = 4}, RushAssumptions {.guests = 30}, RushAssumptions {.cores = 1}}) {
        const Rush rush = withAssumptions(busyRush(), each);
        QCOMPARE(oneForEach(rush, each).serving(), rush.serving());
    }
}

void HousesTest::nobodyWaitsInAHouseOfMany()
{
    const Rush rush = busyRush();
    QVERIFY(rush.longestWait() > 0);
    const HouseOfMany house = oneForEach(rush, {.cores = 64});
    QCOMPARE(house.longestWait(), 0U);
    for (std::size_t i = 0; i < house.guests.size(); ++i) {
        QVERIFY(house.guests[i].served <= rush.guests[i].served);
        QCOMPARE(house.guests[i].waitedForOthers(), rush.guests[i].waitedForOthers());
        QCOMPARE(idleBeside(house.guests[i]), house.guests[i].waitedForOthers());
    }
}

void HousesTest::coresLimitHowManyWorkAtOnce()
{
    const Rush rush = withAssumptions(busyRush(), {.computing = 10});
    for (const int cores : {1, 2, 4})
        QVERIFY(mostAtOnce(oneForEach(rush, {.cores = cores}).guests) <= cores);
    QVERIFY(mostAtOnce(oneForEach(rush, {.cores = 64}).guests) > 4);
    QVERIFY(oneForEach(rush, {.cores = 1}).end > oneForEach(rush, {.cores = 4}).end);
    QVERIFY(oneForEach(rush, {.cores = 1}).longestWait() > 0);
}

// Three come at once, each is served for 10 ms, waits 5 ms for the database, and is served for 10 ms; one core.
void HousesTest::aWaitForACoreIsNotIdle()
{
    std::vector<Guest> guests;
    for (const std::uint32_t table : {2U, 3U, 4U})
        guests.push_back(guestOf(table, 0, {{0, 0, 10}, {15, 15, 25}}));
    const HouseOfMany house = oneForEach(rushOfGuests(guests), {.cores = 1});
    const Guest& first = house.guests.front(); // 0 to 10, and 30 to 40
    QCOMPARE(first.waits(), (std::vector<RushSpan> {{.from = 15 * kMs, .to = 30 * kMs}}));
    QCOMPARE(idleBeside(first), 5 * kMs);
    std::uint64_t there = 0;
    for (const Guest& guest : house.guests) {
        QCOMPARE(guest.worked(), 20 * kMs);
        QCOMPARE(idleBeside(guest), 5 * kMs);
        there += guest.left() - guest.came;
    }
    QCOMPARE(house.idle(), 15 * kMs);
    QCOMPARE(house.serving() + house.waitingForCores() + house.idle(), there);
    QCOMPARE(house.idleShare(), static_cast<double>(house.idle()) / static_cast<double>(there));
    // From 0 to 40 all three are there: the one core works, who has no work is idle for 5 ms at most.
    QCOMPARE(idleWaiters(house), 0);
    QCOMPARE(oneForEach(rushOfGuests(guests), {.cores = 3}).waitingForCores(), 0U);
}

void HousesTest::longerCookingServesNobodyEarlierInAHouseOfMany()
{
    const RushAssumptions enough {.cores = 64};
    HouseOfMany before = oneForEach(calmRush(), enough);
    for (const double factor : {1.5, 2., 4., 8.}) {
        const HouseOfMany after = oneForEach(withAssumptions(calmRush(), {.cooking = factor}), enough);
        for (std::size_t i = 0; i < before.guests.size(); ++i)
            QVERIFY(after.guests[i].served > before.guests[i].served);
        QCOMPARE(after.serving(), before.serving());
        QVERIFY(after.idle() > before.idle());
        before = after;
    }
}

void HousesTest::computingTakesLongerByItsFactor()
{
    const Rush rush = calmRush();
    QCOMPARE(withAssumptions(rush, {.computing = 3}).serving(), 3 * rush.serving());
    QCOMPARE(withAssumptions(rush, {.computing = 0.5}).serving(), rush.serving() / 2);
}

void HousesTest::oneWaiterNeverDoesTwoThingsAtOnce()
{
    for (const double cooking : {0.25, 1., 4.}) {
        for (const double computing : {0.25, 1., 16.}) {
            for (const int guests : {0, 5, 40})
                verifyOneWaiter(
                    withAssumptions(busyRush(), {.cooking = cooking, .computing = computing, .guests = guests}));
        }
    }
}

void HousesTest::moreGuestsComeInTheSameRhythm()
{
    const Rush rush = withAssumptions(calmRush(), {.guests = 7});
    QCOMPARE(rush.guests.size(), 7U);
    // 0, 10, 14 come again 21 ms later: those 14 and a mean distance.
    QCOMPARE(rush.guests[3].came, 21 * kMs);
    QCOMPARE(rush.guests[4].came, 31 * kMs);
    QCOMPARE(rush.guests[6].came, 42 * kMs);
    QCOMPARE(rush.guests[3].table, 5U);
    QCOMPARE(rush.guests[6].table, 8U);
    QCOMPARE(rush.guests[3].pieces.front().begin, kNoEvent);
    QVERIFY(rush.guests[2].pieces.front().begin != kNoEvent);
}

void HousesTest::fewerGuestsAreTheFirst()
{
    const Rush rush = withAssumptions(calmRush(), {.guests = 2});
    QCOMPARE(rush.guests.size(), 2U);
    QCOMPARE(rush.guests.back().table, 3U);
    QCOMPARE(rush.end, 60 * kMs);
}

void HousesTest::idleWaitersAreCountedWhileMostGuestsAreThere()
{
    // From 14 to 50 all three are there: 18 to 44 nobody works, for 26 ms; else one does.
    QCOMPARE(idleWaiters(oneForEach(calmRush(), {})), 3);
    QCOMPARE(idleWaiters({}), 0);
}

void HousesTest::theWaiterIsTheBottleneckWhenGuestsWaitForHimLongest()
{
    QVERIFY(!waiterIsTheBottleneck(calmRush()));
    QVERIFY(!waiterIsTheBottleneck(busyRush()));
    QVERIFY(waiterIsTheBottleneck(withAssumptions(busyRush(), {.computing = 8})));
}

void HousesTest::theBottleneckBeginsWithTheFewestGuests()
{
    QVERIFY(!bottleneckFrom(calmRush(), {}));
    const RushAssumptions heavy {.computing = 4};
    const auto from = bottleneckFrom(busyRush(), heavy);
    QVERIFY(from.has_value());
    QVERIFY(*from > 2 && *from <= 12);
    RushAssumptions fewer = heavy;
    fewer.guests = *from - 1;
    QVERIFY(!waiterIsTheBottleneck(withAssumptions(busyRush(), fewer)));
}

void HousesTest::guestsWithoutPiecesChangeNothing()
{
    const Rush rush = rushOfGuests({guestOf(2, 0, {}), guestOf(3, 0, {})});
    QCOMPARE(rush.serving(), 0U);
    QCOMPARE(rush.idleShare(), 1.);
    QCOMPARE(oneForEach(rush, {}).idleShare(), 0.);
    QCOMPARE(withAssumptions(rush, {.computing = 2}).end, 0U);
    QVERIFY(!waiterIsTheBottleneck(rush));
}

QTEST_GUILESS_MAIN(HousesTest)
#include "tst_houses.moc"
