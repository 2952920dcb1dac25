// Whatever a trace says, every question about it is answered: nothing crashes, reckons with what cannot be reckoned
// with, takes memory without bound or goes on for ever. Traces that no engine records are made from good ones by seed;
// BISTRO_MUTANTS says how many, BISTRO_MUTANT from which seed on.
#include "support/mutation.h"

#include "answers.h"
#include "everyquestion.h"
#include "support/syntheticrun.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <csignal>
#include <string>
#include <unistd.h>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

// What is asked now, for who reads of a hang.
std::string s_asking;

void tellOfHang(int)
{
    const std::string sentence = "\nThis went on for too long: " + s_asking + '\n';
    (void)!write(STDERR_FILENO, sentence.data(), sentence.size());
    std::abort();
}

// None takes longer than some seconds of the processor's; an hour's load on the machine is no hang.
class OnTime final : public tests::Watch {
public:
    void begins(const char* question, Index place) override
    {
        s_asking = s_asking.substr(0, s_asking.find(" | ")) + " | " + question + " at " + std::to_string(place);
    }
    void ended(std::chrono::nanoseconds took) override
    {
        if (took > std::chrono::seconds(5))
            QTest::qFail(("took " + std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(took).count())
                             + " ms: " + s_asking)
                             .c_str(),
                __FILE__, __LINE__);
    }
};

std::vector<std::byte> bytesOf(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("Cannot read the trace back.");
    const QByteArray bytes = file.readAll();
    const auto* const begin = reinterpret_cast<const std::byte*>(bytes.constData());
    return {begin, begin + bytes.size()};
}

// A bit of everything that a program does.
constexpr const char* kProgram = R"js(
const fs = require('fs'), http = require('http'), { AsyncResource } = require('async_hooks');
process.on('unhandledRejection', () => {});
const late = Promise.reject(new Error('late'));
setTimeout(() => late.catch(() => {}), 3);
for (let i = 0; i < 4; i++) { setTimeout(() => console.log(`dish ${i}`), i); setImmediate(() => console.log('immediate ' + i)); process.nextTick(() => console.log('tick')); }
const again = setInterval(() => { if (--left === 0) clearInterval(again); }, 1);
let left = 3;
async function cook(name) { const one = await new Promise((done) => setTimeout(done, 2)); const two = await fs.promises.stat('/'); console.log(name); }
cook('soup').then(() => cook('bread'));
fs.readFile(__filename, () => console.log('read'));
require('dns').lookup('localhost', () => {});
new AsyncResource('Own').runInAsyncScope(() => queueMicrotask(() => console.error('own')));
const server = http.createServer((request, response) => { const t = Date.now(); while (Date.now() - t < 30); response.end('menu'); }).listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', agent: false, path: '/menu' }, (response) => response.resume().on('end', () => server.close()));
});
)js";

} // namespace

class TestAnyTrace : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        std::signal(SIGALRM, tellOfHang);
        const QString path = m_folder.filePath(u"good.bistro"_s);
        {
            const auto writer = trace::Writer::create(path.toStdString()).value();
            tests::SyntheticRun(*writer, {.pending = 40, .timers = 20, .sockets = 5}).write(2'000);
            writer->finish();
        }
        m_good.push_back(bytesOf(path));
        const test::RecordedRun run = test::record(QStringLiteral(BISTRO_ENGINE), kProgram);
        QCOMPARE(run.code, 0);
        m_good.push_back(bytesOf(run.folder->filePath(u"run.bistro"_s)));
    }

    void everyQuestionIsAnsweredWhateverATraceSays()
    {
        const int from = qEnvironmentVariableIntValue("BISTRO_MUTANT");
        const int many = qEnvironmentVariableIsSet("BISTRO_MUTANTS") ? qEnvironmentVariableIntValue("BISTRO_MUTANTS")
                                                                     : 200;
        std::size_t said = 0;
        int asked = 0;
        for (int seed = from; seed < from + many; ++seed) {
            const tests::Mutant mutant = tests::mutated(
                m_good[static_cast<std::size_t>(seed) % m_good.size()], static_cast<std::uint64_t>(seed));
            s_asking = "seed " + std::to_string(seed) + ", " + mutant.told;
            alarm(120);
            if (const auto log = logOf(mutant.bytes)) {
                OnTime watch;
                said += tests::askEverything(watch, *log, tests::placesIn(*log, 7));
                ++asked;
            }
            alarm(0);
            if (QTest::currentTestFailed())
                return;
        }
        QVERIFY(said > 0);
        qInfo("%d of %d traces were asked", asked, many);
    }

private:
    // None when the trace is refused, or has no event.
    [[nodiscard]] std::unique_ptr<TraceLog> logOf(const std::vector<std::byte>& bytes) const
    {
        const QString path = m_folder.filePath(u"mutant.bistro"_s);
        QFile::remove(path); // never changed: another log may still be open
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)
            || file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()))
                != static_cast<qint64>(bytes.size()))
            qFatal("Cannot write the trace.");
        file.close();
        auto log = TraceLog::open(path.toStdString());
        return log && !(*log)->empty() ? std::move(*log) : nullptr;
    }

    QTemporaryDir m_folder;
    std::vector<std::vector<std::byte>> m_good;
};

QTEST_GUILESS_MAIN(TestAnyTrace)
#include "tst_anytrace.moc"
