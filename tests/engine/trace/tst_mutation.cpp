#include "support/mutation.h"
#include "support/syntheticrun.h"
#include "support/tracefile.h"
#include "trace/reader.h"
#include "trace/text.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <map>
#include <set>

using namespace bistro::trace;
using namespace bistro::tests;

namespace {

constexpr std::uint64_t kSeeds = 300;

std::vector<std::byte> recorded(std::uint64_t events)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("run.bistro"));
    {
        const auto writer = Writer::create(path.toStdString()).value();
        SyntheticRun(*writer).write(events);
        writer->finish();
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read the trace back.");
    const QByteArray bytes = file.readAll();
    std::vector<std::byte> result(static_cast<std::size_t>(bytes.size()));
    std::memcpy(result.data(), bytes.constData(), result.size());
    return result;
}

// Everything that a reader can be asked.
void tellAll(const Reader& reader)
{
    std::string out;
    Execution execution;
    for (std::uint64_t i = 0; i < reader.size(); ++i) {
        const Record record = reader.event({i});
        appendLine(out, reader, {i}, record);
        appendJson(out, reader, {i}, record, execution.advance(record));
        out.clear();
    }
}

} // namespace

class TestMutation : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_small = smallTrace().bytes();
        m_run = recorded(3000);
        m_long = recorded(kRecordsPerSegment - 10); // a forged one needs another segment
    }

    void theSameSeedGivesTheSameBytes()
    {
        for (const Mutation family : kMutations) {
            std::set<std::vector<std::byte>> all;
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                const Mutant one = mutated(m_run, seed, family);
                const Mutant other = mutated(m_run, seed, family);
                QCOMPARE(one.family, family);
                QVERIFY(one.bytes == other.bytes);
                QCOMPARE(one.told, other.told);
                QVERIFY2(one.bytes != m_run, one.told.c_str());
                all.insert(one.bytes);
            }
            QVERIFY2(all.size() >= 19, qPrintable(QString::number(all.size())));
        }
    }

    void whatIsForgedIsReadWhole()
    {
        for (const auto* const trace : {&m_small, &m_run, &m_long}) {
            for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
                const Mutant mutant = mutated(*trace, seed, Mutation::Forged);
                const auto reader = Reader::openBytes(mutant.bytes);
                QVERIFY2(reader, mutant.told.c_str());
                if (reader->damage())
                    QFAIL((mutant.told + ": " + reader->damage()->sentence).c_str());
                QVERIFY(reader->size() > 0);
            }
        }
    }

    void everyKindIsForged()
    {
        std::set<EventKind> forged;
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
            const Mutant mutant = mutated(m_small, seed, Mutation::Forged);
            const auto reader = Reader::openBytes(mutant.bytes);
            QVERIFY(reader);
            for (std::uint64_t i = 0; i < reader->size(); ++i)
                forged.insert(reader->event({i}).kind);
        }
        for (const KindSchema& kind : schema().subspan(1))
            QVERIFY2(forged.contains(kind.kind), kind.name.data());
    }

    void amongTheForgedAreOwnTriggersLaterTriggersAndFullHouses()
    {
        bool itself = false;
        bool later = false;
        bool full = false;
        const auto timersOf = [](const Reader& reader) {
            std::size_t timers = 0;
            for (std::uint64_t i = 0; i < reader.size(); ++i)
                timers += reader.event({i}).kind == EventKind::TimerStarted ? 1 : 0;
            return timers;
        };
        const std::size_t usual = timersOf(Reader::openBytes(m_run).value());
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
            const Mutant mutant = mutated(m_run, seed, Mutation::Forged);
            const auto reader = Reader::openBytes(mutant.bytes);
            QVERIFY(reader);
            for (std::uint64_t i = 0; i < reader->size(); ++i) {
                const Record record = reader->event({i});
                if (record.kind != EventKind::TimerCreated && record.kind != EventKind::TickQueued)
                    continue;
                itself = itself || record.a == record.b;
                later = later || record.a < record.b;
            }
            full = full || timersOf(*reader) > usual + 500;
        }
        QVERIFY(itself);
        QVERIFY(later);
        QVERIFY(full);
    }

    void whatIsCutOrFlippedIsRefusedOrReadAsFarAsItGoes_data()
    {
        QTest::addColumn<int>("family");
        QTest::newRow("truncated") << static_cast<int>(Mutation::Truncated);
        QTest::newRow("flipped") << static_cast<int>(Mutation::Flipped);
    }

    void whatIsCutOrFlippedIsRefusedOrReadAsFarAsItGoes()
    {
        QFETCH(int, family);
        std::size_t refused = 0;
        std::size_t damaged = 0;
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed) {
            const Mutant mutant = mutated(m_run, seed, static_cast<Mutation>(family));
            QVERIFY(mutant.bytes.size() <= m_run.size());
            const auto reader = Reader::openBytes(mutant.bytes);
            if (!reader) {
                ++refused;
                QVERIFY(!reader.error().sentence.empty());
                continue;
            }
            tellAll(*reader);
            damaged += reader->damage() ? 1 : 0;
        }
        QVERIFY(refused > 0);
        QVERIFY2(damaged > kSeeds / 4, qPrintable(QString::number(damaged)));
    }

    void aThirdOfAllOrMoreIsForged()
    {
        std::map<Mutation, std::size_t> families;
        for (std::uint64_t seed = 0; seed < kSeeds; ++seed)
            ++families[mutated(m_small, seed).family];
        QVERIFY(families[Mutation::Forged] > kSeeds / 3);
        QVERIFY(families[Mutation::Flipped] > kSeeds / 8);
        QVERIFY(families[Mutation::Truncated] > kSeeds / 8);
    }

private:
    std::vector<std::byte> m_small;
    std::vector<std::byte> m_run;
    std::vector<std::byte> m_long;
};

QTEST_APPLESS_MAIN(TestMutation)
#include "tst_mutation.moc"
