// Programs that never end by themselves: Stop ends each of them, what they did until then is told, and nothing is left.
#include "premises.h"

#include "why/findings.h"
#include "why/helps.h"
#include "why/hold.h"
#include "why/narration.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

// On a computer that does something else as well, the quickest of some counts.
constexpr auto kStopTakes = 1'000ms;
constexpr int kTries = 5;

std::optional<Hold> holdNow(const Session& session)
{
    return session.log()
        ? holdAt(*session.log(), session.log()->size(), std::chrono::nanoseconds(session.now()), kBlockedAfter)
        : std::nullopt;
}

const Finding* find(const std::vector<Finding>& found, FindingKind kind)
{
    const auto it = std::ranges::find(found, kind, &Finding::kind);
    return it == found.end() ? nullptr : &*it;
}

QString inWords(const std::vector<Finding>& found)
{
    QStringList all;
    for (const Finding& one : found)
        all << one.what;
    return all.join(u" | "_s);
}

} // namespace

class TestFaultsEndless : public QObject {
    Q_OBJECT

    // Starts it and waits until it says that it is about to do harm.
    void startHarm(Session& session, const QString& name)
    {
        QByteArray output;
        const auto listening = connect(
            &session, &Session::printed, this, [&](trace::Stream, const QByteArray& bytes) { output += bytes; });
        session.start(m_premises.program(name));
        QVERIFY2(QTest::qWaitFor([&] { return output.contains("ready\n"); }, QDeadlineTimer(kPatience)),
            qPrintable(session.ending()));
        disconnect(listening);
    }

private slots:
    void initTestCase() { QTest::setThrowOnFail(true); }

    // Whatever a program has done, and however its test ended.
    void cleanup()
    {
        const QString fault = m_premises.wellAfterwards();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

    void stopEndsWhateverDoesNotEnd_data()
    {
        QTest::addColumn<bool>("isHeard"); // by V8; else it may have to be killed after half a second
        QTest::newRow("loop.js") << true;
        QTest::newRow("ticks.js") << true;
        QTest::newRow("microtasks.js") << true;
        QTest::newRow("immediates.js") << true;
        QTest::newRow("zero-timers.js") << true;
        QTest::newRow("swallows.js") << true;
        QTest::newRow("pattern.js") << true;
        QTest::newRow("bigint.js") << true;
        QTest::newRow("child.js") << false;
        QTest::newRow("deaf.js") << true;
    }

    void stopEndsWhateverDoesNotEnd()
    {
        QFETCH(bool, isHeard);
        auto took = std::chrono::milliseconds::max();
        for (int i = 0; i < kTries && took > kStopTakes; ++i)
            took = endsByStop(isHeard);
        QVERIFY2(took <= kStopTakes, qPrintable(u"%1 ms from Stop to the end"_s.arg(took.count())));
    }

private:
    // How long it took.
    std::chrono::milliseconds endsByStop(bool isHeard)
    {
        Session session(BISTRO_ENGINE);
        startHarm(session, QString::fromLatin1(QTest::currentDataTag()));
        const auto took = stopped(session);
        checkStopped(session, isHeard);
        return took;
    }

    void checkStopped(Session& session, bool isHeard)
    {
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        QCOMPARE(session.ending(), u"You stopped the program."_s);
        QCOMPARE(session.log()->head().end->kind, trace::EndKind::Stopped);
        const QString fault = faultOf(session.traceFile());
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
        const bool isKilled = (session.log()->event(session.log()->head().end->at).flags & trace::FlagInferred) != 0;
        QVERIFY(!isKilled || !isHeard);
    }

private slots:

    // Whoever is killed has had half a second first. How long it takes here depends on who else uses this computer: it
    // is said, the fastest of some.
    void aLoopIsInterruptedAndNotKilled()
    {
        auto fastest = std::chrono::milliseconds::max();
        for (int i = 0; i < 5; ++i) {
            Session session(BISTRO_ENGINE);
            startHarm(session, u"loop.js"_s);
            fastest = std::min(fastest, stopped(session));
            QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
            QCOMPARE(session.log()->event(session.log()->head().end->at).flags & trace::FlagInferred, 0);
        }
        qInfo("the fastest of 5: %lld ms", static_cast<long long>(fastest.count()));
    }

    void aLoopRestsOnItsLineAndSaysWhoWaits()
    {
        Session session(BISTRO_ENGINE);
        startHarm(session, u"loop.js"_s);
        QVERIFY(QTest::qWaitFor([&] { return holdNow(session).has_value(); }, QDeadlineTimer(kPatience)));
        const auto hold = holdNow(session);
        QCOMPARE(hold->kind, FindingKind::Blocked);
        QCOMPARE(hold->waiting.size(), 3u);
        QCOMPARE(guiltyPlace(*session.log(), *hold, session.log()->size()).line, 4u);
        const Explanation told = blockedAt(
            *session.log(), session.log()->size() - 1, std::chrono::nanoseconds(session.now()), Wording::Runtime);
        QVERIFY2(told.headline.contains(u"3 callbacks are ready and wait."_s), qPrintable(told.headline));
        (void)stopped(session);
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        const auto found = findings(*session.log(), Wording::Runtime);
        const Finding* const blocked = find(found, FindingKind::Blocked);
        QVERIFY(blocked);
        QCOMPARE(blocked->place.line, 4u);
        QVERIFY2(blocked->waits.contains(u"3"_s) && blocked->waits.endsWith(u"were ready and waited."_s),
            qPrintable(blocked->waits));
        QVERIFY2(blocked->helps.at(0).startsWith(u"The loop in line 4 never ends by itself"_s),
            qPrintable(blocked->helps.at(0)));
    }

    void whatWasStoppedIsFoundThoughNobodyWaited()
    {
        Session session(BISTRO_ENGINE);
        startHarm(session, u"bigint.js"_s);
        QTest::qWait(500); // of work, which is worth telling
        (void)stopped(session);
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        const auto found = findings(*session.log(), Wording::Runtime);
        const Finding* const blocked = find(found, FindingKind::Blocked);
        QVERIFY2(blocked, qPrintable(inWords(found)));
        QCOMPARE(blocked->place.line, 4u);
        QCOMPARE(blocked->waits, u"Nothing. It still ran when the program was stopped."_s);
    }

    void ticksAndMicrotasksThatStarveTheLoopAreToldApart_data()
    {
        QTest::addColumn<FindingKind>("kind");
        QTest::newRow("ticks.js") << FindingKind::TicksStarve;
        QTest::newRow("microtasks.js") << FindingKind::MicrotasksStarve;
    }

    void ticksAndMicrotasksThatStarveTheLoopAreToldApart()
    {
        QFETCH(FindingKind, kind);
        Session session(BISTRO_ENGINE);
        startHarm(session, QString::fromLatin1(QTest::currentDataTag()));
        std::optional<Hold> hold;
        QVERIFY(QTest::qWaitFor(
            [&] {
                hold = holdNow(session);
                return hold && hold->kind == kind;
            },
            QDeadlineTimer(kPatience)));
        QCOMPARE(hold->waiting.size(), 1u);
        QVERIFY(QTest::qWaitFor(
            [&] { return session.log()->outermostStarts().size() > 10'000; }, QDeadlineTimer(kPatience)));
        (void)stopped(session);
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        const auto found = findings(*session.log(), Wording::Runtime);
        const Finding* const starved = find(found, kind);
        QVERIFY2(starved, qPrintable(inWords(found)));
        QCOMPARE(starved->waits, u"tea was ready and waited."_s);
    }

    // Nobody is kept waiting by them, so nobody is told that somebody is.
    void immediatesAndTimersWithoutEndHoldNobodyUp_data()
    {
        QTest::addColumn<QString>("program");
        for (const char* const program : {"immediates.js", "zero-timers.js"})
            QTest::newRow(program) << QString::fromLatin1(program);
    }

    void immediatesAndTimersWithoutEndHoldNobodyUp()
    {
        QFETCH(QString, program);
        Session session(BISTRO_ENGINE);
        startHarm(session, program);
        QVERIFY(QTest::qWaitFor(
            [&] { return session.log() && session.log()->iterations().size() > 200; }, QDeadlineTimer(kPatience)));
        const auto hold = holdNow(session);
        QVERIFY(!hold || hold->kind == FindingKind::Blocked); // one call, on a computer that is busy
        (void)stopped(session);
        QVERIFY(QTest::qWaitFor([&] { return isOver(session); }, QDeadlineTimer(kPatience)));
        const auto found = findings(*session.log(), Wording::Runtime);
        QVERIFY(!find(found, FindingKind::TicksStarve));
        QVERIFY(!find(found, FindingKind::MicrotasksStarve));
    }

private:
    Premises m_premises;
};

QTEST_GUILESS_MAIN(TestFaultsEndless)
#include "tst_faultsendless.moc"
