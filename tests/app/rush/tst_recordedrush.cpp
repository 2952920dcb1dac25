// The rush of runs that the real engine has recorded.
#include "rush/rush.h"
#include "support/recordedrun.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

constexpr std::uint64_t kMs = 1'000'000;

std::unique_ptr<TraceLog> logOf(const QByteArray& program, const QStringList& arguments = {})
{
    const test::RecordedRun run = test::record(QStringLiteral(BISTRO_ENGINE), program, {.arguments = arguments});
    auto log = TraceLog::open(run.folder->filePath(u"run.bistro"_s).toStdString());
    if (!log || run.code != 0)
        qWarning("%s", run.errorOutput.constData());
    return log ? std::move(*log) : nullptr;
}

// Runs a program of several files where it lies, and sends customers to its server once it listens: 12, 5 ms apart.
// They leave in the end, and the server closes.
constexpr const char* kVisit = R"(
const http = require('node:http');
const create = http.createServer;
http.createServer = listener => {
  const server = create(listener);
  let left = 12;
  const come = () => http.get({ port: server.address().port, path: '/menu', agent: false }, res =>
    res.resume().on('end', () => { if (--left === 0) server.close(); }));
  server.on('listening', () => { for (let i = 0; i < 12; i++) setTimeout(come, 5 * i); });
  return server;
};
process.chdir(process.argv[2]);
require(process.argv[2] + '/server.js');
)";

// A server without HTTP: each guest says a word and is answered 20 ms later.
constexpr const char* kTalk = R"(
const net = require('node:net');
const server = net.createServer(guest => guest.once('data', () => setTimeout(() => guest.end('soup'), 20)));
let left = 3;
server.listen(0, () => {
  for (let i = 0; i < 3; i++) {
    const customer = net.connect(server.address().port, () => customer.write('soup?'));
    customer.resume().on('close', () => { if (--left === 0) server.close(); });
  }
});
)";

void verifyHouse(const Rush& rush)
{
    std::vector<ServedPiece> all;
    for (const Guest& guest : rush.guests) {
        QVERIFY(guest.came <= guest.served);
        for (std::size_t k = 0; k < guest.pieces.size(); ++k) {
            const ServedPiece& piece = guest.pieces[k];
            QVERIFY(guest.came <= piece.placed);
            QVERIFY(piece.placed <= piece.ready);
            QVERIFY(piece.ready <= piece.from);
            QVERIFY(piece.from < piece.to);
            QVERIFY(k == 0 || guest.pieces[k - 1].to <= piece.from);
            all.push_back(piece);
        }
        QCOMPARE(guest.worked() + guest.waitedForWaiter() + guest.waitedForOthers(), guest.left() - guest.came);
    }
    std::ranges::sort(all, {}, &ServedPiece::from);
    for (std::size_t i = 1; i < all.size(); ++i)
        QVERIFY(all[i - 1].to <= all[i].from);
    const HouseOfMany house = oneForEach(rush, {.cores = 1'000});
    QCOMPARE(house.serving(), rush.serving());
    QCOMPARE(house.longestWait(), 0U);
    for (std::size_t i = 0; i < house.guests.size(); ++i)
        QVERIFY(house.guests[i].served <= rush.guests[i].served);
}

} // namespace

class RushTest : public QObject {
    Q_OBJECT

private slots:
    void theLessonsRushHasTwelveGuestsWithThreePiecesOfWork();
    void theLessonsWaiterIsNotTheBottleneckUntilHeComputes();
    void theLessonsRushComputedAgainIsNearWhatWasMeasured();
    void theExampleRushServesEachTableInItsOwnName();
    void connectionsWithoutHttpAreGuests();
    void aRunWithoutGuestsIsNoRush();

private:
    std::unique_ptr<TraceLog> m_lesson;
};

void RushTest::theLessonsRushHasTwelveGuestsWithThreePiecesOfWork()
{
    m_lesson = logOf(kVisit, {QStringLiteral(BISTRO_LESSONS "/05-one-waiter-per-table/start")});
    QVERIFY(m_lesson);
    const auto rush = rushOf(*m_lesson);
    QVERIFY(rush.has_value());
    QCOMPARE(rush->guests.size(), 12U);
    QVERIFY(!rush->computed);
    verifyHouse(*rush);
    std::set<std::uint32_t> tables;
    for (const Guest& guest : rush->guests) {
        QCOMPARE(guest.title, u"GET /menu"_s);
        QVERIFY(guest.answered);
        tables.insert(guest.table);
        const auto has = [&](OrderKind kind) { return std::ranges::contains(guest.pieces, kind, &ServedPiece::kind); };
        QVERIFY(has(OrderKind::KernelIo)); // the request
        QVERIFY(has(OrderKind::Timer)); // the database
        QVERIFY(has(OrderKind::PoolIo)); // the file
        QVERIFY(guest.waitedForOthers() >= 30 * kMs);
        for (const ServedPiece& piece : guest.pieces)
            QCOMPARE(m_lesson->event(piece.begin).time, rush->start + piece.from);
    }
    QCOMPARE(tables.size(), 12U); // a connection each
    QCOMPARE(*tables.begin(), 2U); // the script's is 1
    for (const RushSpan& rest : rush->rests) {
        for (const Guest& guest : rush->guests) {
            for (const ServedPiece& piece : guest.pieces)
                QVERIFY(piece.to <= rest.from || rest.to <= piece.from);
        }
    }
}

void RushTest::theLessonsWaiterIsNotTheBottleneckUntilHeComputes()
{
    QVERIFY(m_lesson);
    const auto rush = rushOf(*m_lesson);
    // By factors that no slow machine makes up for.
    const RushAssumptions patient {.cooking = 1'000};
    const Rush calm = withAssumptions(*rush, patient);
    QVERIFY(!waiterIsTheBottleneck(calm));
    QCOMPARE(idleWaiters(oneForEach(calm, patient)), 12);
    QVERIFY(waiterIsTheBottleneck(withAssumptions(*rush, {.computing = 1'000})));
}

void RushTest::theLessonsRushComputedAgainIsNearWhatWasMeasured()
{
    QVERIFY(m_lesson);
    const auto rush = rushOf(*m_lesson);
    const Rush again = withAssumptions(*rush, {.guests = 12});
    QVERIFY(again.computed);
    QCOMPARE(again.serving(), rush->serving());
    const auto apart = [](std::uint64_t a, std::uint64_t b) { return a > b ? a - b : b - a; };
    QVERIFY(apart(again.end, rush->end) <= rush->end / 4);
}

void RushTest::theExampleRushServesEachTableInItsOwnName()
{
    const auto log = logOf("process.chdir(process.argv[2]); require(process.argv[2] + '/server.js');",
        {QStringLiteral(BISTRO_EXAMPLES "/27-a-rush")});
    QVERIFY(log);
    const auto rush = rushOf(*log);
    QVERIFY(rush.has_value());
    QCOMPARE(rush->guests.size(), 16U);
    verifyHouse(*rush);
    for (const Guest& guest : rush->guests) {
        QVERIFY(guest.answered);
        const auto count = [&](OrderKind kind) { return std::ranges::count(guest.pieces, kind, &ServedPiece::kind); };
        if (guest.title == "GET /report"_L1) {
            QCOMPARE(guest.table, 7U);
            QCOMPARE(count(OrderKind::Timer), 0);
        } else {
            QCOMPARE(count(OrderKind::Timer), 1); // serve
            QCOMPARE(count(OrderKind::Immediate), 1); // log
        }
    }
}

void RushTest::connectionsWithoutHttpAreGuests()
{
    const auto log = logOf(kTalk);
    QVERIFY(log);
    const auto rush = rushOf(*log);
    QVERIFY(rush.has_value());
    QCOMPARE(rush->guests.size(), 3U);
    verifyHouse(*rush);
    for (const Guest& guest : rush->guests) {
        QVERIFY(guest.answered);
        QVERIFY(guest.title.isEmpty());
        QVERIFY(guest.waitedForOthers() >= 10 * kMs);
    }
}

void RushTest::aRunWithoutGuestsIsNoRush()
{
    const auto log = logOf("setTimeout(() => console.log('done'), 1);");
    QVERIFY(log);
    QVERIFY(!rushOf(*log));
}

QTEST_GUILESS_MAIN(RushTest)
#include "tst_recordedrush.moc"
