// A trace takes so much memory beside its file and no more: one that asks for more ends there, as a damaged one does.
#include "state/memorylimit.h"

#include "faults/traces/hostiletrace.h"
#include "state/check.h"
#include "state/lines.h"
#include "state/tracelog.h"

#include <QTemporaryDir>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

constexpr std::uint32_t kMany = 400'000;

} // namespace

class TestMemoryLimit : public QObject {
    Q_OBJECT

private slots:
    void whoTakesLittleIsSeldomLookedAt()
    {
        MemoryLimit limit;
        int looks = 0;
        for (Index events = 0; events < 10'000'000; ++events) {
            if (limit.isDue(events)) {
                QVERIFY(limit.allows(events, std::size_t {events} * 16));
                ++looks;
            }
        }
        QVERIFY2(looks > 10 && looks < 1'000, qPrintable(QString::number(looks)));
    }

    void beyondTheFloorAndTheEventsNothingIsAllowed()
    {
        MemoryLimit limit;
        const std::size_t most = MemoryLimit::kFloor + 1'000 * MemoryLimit::kOfEvent;
        QVERIFY(limit.allows(1'000, most));
        QVERIFY(!limit.allows(1'000, most + 1));
    }

    void promisesFarFromEachOtherEndTheLog()
    {
        {
            tests::HostileTrace trace(file());
            trace.begin();
            for (std::uint32_t i = 0; i < kMany; ++i)
                trace.event(trace.anyOf(EventKind::PromiseCreated, i));
        }
        const auto log = TraceLog::open(file()).value();
        QVERIFY2(log->damage().starts_with("Recovered "), log->damage().data());
        QVERIFY(log->damage().contains("takes more memory than Bistro gives a recording"));
        QVERIFY(log->size() > 10'000 && log->size() < kMany);
        QVERIFY(log->caughtUp());
        QVERIFY(log->bytes() + log->head().bytes() < 2 * (MemoryLimit::kFloor + log->size() * MemoryLimit::kOfEvent));
        QCOMPARE(log->refresh(), 0u);
    }

    // As node numbers them.
    void promisesNextToEachOtherDoNot()
    {
        {
            tests::HostileTrace trace(file());
            trace.begin();
            for (std::uint32_t i = 0; i < kMany; ++i) {
                Record record = trace.anyOf(EventKind::PromiseCreated, i);
                record.a = 2 + i;
                trace.event(record);
            }
        }
        const auto log = TraceLog::open(file()).value();
        QVERIFY2(log->damage().empty(), log->damage().data());
        QCOMPARE(log->head().promises.size(), kMany);
    }

    void theLawIsCheckedAsFarAsThat()
    {
        {
            tests::HostileTrace trace(file());
            trace.begin();
            for (std::uint32_t i = 0; i < kMany; ++i)
                trace.event(trace.anyOf(EventKind::ResourceCreated, i));
        }
        const auto reader = Reader::open(file()).value();
        const LawReport report = checkLaw(reader);
        QVERIFY(report.isCut);
        QVERIFY(report.events > 10'000 && report.events < kMany);
    }

    void callsFarFromEachOtherEndTheLines()
    {
        {
            tests::HostileTrace trace(file());
            trace.begin();
            for (std::uint32_t i = 0; i < 5 * kMany; ++i) // each takes less
                trace.event(trace.anyOf(EventKind::CallEntered, i));
        }
        const auto log = TraceLog::open(file()).value();
        QVERIFY2(log->damage().empty(), log->damage().data());
        Lines lines(*log);
        lines.refresh();
        QVERIFY(lines.caughtUp());
        QVERIFY(lines.endedAt() != kNoEvent);
        QVERIFY(lines.stackAt(log->size()).empty());
    }

private:
    [[nodiscard]] std::filesystem::path file() const { return m_folder.filePath(u"trace.bistro"_s).toStdString(); }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestMemoryLimit)
#include "tst_memorylimit.moc"
