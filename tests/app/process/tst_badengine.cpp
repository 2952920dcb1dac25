// An engine that does what none of ours does: this program in its place. Whatever it says on the line, or does not say,
// it is stopped, its end is told, and whoever listens goes on.
#include "process/engineprocess.h"
#include "support/usage.h"

#include "control/messages.h"
#include "trace/reader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <random>
#include <span>
#include <string_view>
#include <unistd.h>
#include <vector>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLong = 60'000; // milliseconds
constexpr std::uint64_t kMostGrowth = 64 * 1024; // KiB

// --- what it does in the engine's place ---

std::vector<std::byte> garbage(std::size_t count)
{
    std::mt19937 random(1);
    std::vector<std::byte> bytes(count);
    for (std::byte& byte : bytes)
        byte = static_cast<std::byte>(random());
    return bytes;
}

// False: nobody reads any more.
bool say(int line, std::span<const std::byte> bytes)
{
    return write(line, bytes.data(), bytes.size()) > 0;
}

void ready()
{
    if (write(STDOUT_FILENO, "ready\n", 6) < 0) { } // whoever waits for it sees that
}

void spoilTrace()
{
    const int trace = open(std::getenv("BISTRO_TRACE"), O_RDWR | O_CLOEXEC);
    const auto bytes = garbage(1 << 20);
    say(trace, bytes);
    if (ftruncate(trace, 100'000) != 0)
        std::abort();
}

[[noreturn]] void waitForEver()
{
    for (;;)
        pause();
}

[[noreturn]] void beEngine(std::string_view manner)
{
    const int line = std::atoi(std::getenv("BISTRO_CONTROL"));
    const auto granted = control::encode(
        control::Frame<control::Answer> {.request = 4'711, .message = control::Granted {}});
    if (manner == "garbage") {
        say(line, garbage(100'000));
    } else if (manner == "flood") {
        ready();
        const auto bytes = garbage(4'096);
        while (say(line, bytes)) { }
    } else if (manner == "forged") {
        ready(); // of more than the line holds nobody reads the rest
        for (int i = 0; i < 1'000; ++i)
            say(line, granted);
    } else if (manner == "half a frame") {
        say(line, std::span(granted).first(granted.size() - 1));
    } else if (manner == "closed") {
        close(line);
    } else if (manner == "shouts") {
        ready();
        const std::vector<std::byte> bytes(65'536, std::byte {'x'});
        while (say(STDOUT_FILENO, bytes)) { }
    } else if (manner == "spoils the trace") {
        spoilTrace();
    } else if (manner == "ends at once") {
        _exit(42);
    }
    ready();
    waitForEver();
}

} // namespace

class TestBadEngine : public QObject {
    Q_OBJECT

private slots:
    void whateverItDoesItIsStopped_data()
    {
        QTest::addColumn<QString>("manner");
        for (const QString& manner : {u"deaf"_s, u"garbage"_s, u"flood"_s, u"forged"_s, u"half a frame"_s, u"closed"_s,
                 u"shouts"_s, u"spoils the trace"_s})
            QTest::newRow(qPrintable(manner)) << manner;
    }
    void whateverItDoesItIsStopped()
    {
        QFETCH(QString, manner);
        EngineProcess process;
        QByteArray said;
        qint64 came = 0;
        connect(&process, &EngineProcess::outputArrived, this, [&](const QByteArray& bytes) {
            came += bytes.size();
            if (said.size() < 100)
                said += bytes;
        });
        const auto before = tests::memory();
        start(process, manner);
        QVERIFY(QTest::qWaitFor([&] { return said.startsWith("ready\n"); }, kLong));
        // Whoever listens has turns of its own meanwhile, however much it is told.
        int turns = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&] { ++turns; });
        timer.start(0);
        QVERIFY(QTest::qWaitFor([&] { return turns >= 200; }, kLong));
        QVERIFY(!process.isOver());
        QElapsedTimer clock;
        clock.start();
        process.stop();
        QVERIFY(QTest::qWaitFor([&] { return process.isOver(); }, kLong));
        qInfo("%s: stopped in %lld ms, %lld bytes printed", qPrintable(manner), static_cast<long long>(clock.elapsed()),
            static_cast<long long>(came));
        const auto* const failed = std::get_if<EngineProcess::Failed>(&process.state());
        QVERIFY(failed);
        QCOMPARE(failed->signal, SIGKILL);
        QCOMPARE(failed->sentence, u"The program did not stop when you asked, so Bistro ended it."_s);
        QVERIFY2(tests::memory().own < before.own + kMostGrowth, tests::inWords(tests::memory()).c_str());
    }

    void anEndBeforeAWordWasSaidIsAnEndLikeAnyOther()
    {
        EngineProcess process;
        start(process, u"ends at once"_s);
        QVERIFY(QTest::qWaitFor([&] { return process.isOver(); }, kLong));
        QCOMPARE(std::get<EngineProcess::Finished>(process.state()).code, 42);
    }

    // What it leaves is no trace: that is said when it is opened, by name.
    void aTraceThatItHasSpoiledIsRefused()
    {
        EngineProcess process;
        QByteArray said;
        connect(&process, &EngineProcess::outputArrived, this, [&](const QByteArray& bytes) { said += bytes; });
        start(process, u"spoils the trace"_s);
        QVERIFY(QTest::qWaitFor([&] { return said.startsWith("ready\n"); }, kLong));
        process.stop();
        QVERIFY(QTest::qWaitFor([&] { return process.isOver(); }, kLong));
        const auto opened = trace::Reader::open(file());
        QVERIFY(!opened.has_value());
        QVERIFY(!opened.error().sentence.empty());
    }

private:
    [[nodiscard]] std::string file() const { return m_folder.filePath(u"run.bistro"_s).toStdString(); }
    void start(EngineProcess& process, const QString& manner)
    {
        QFile::remove(QString::fromStdString(file()));
        auto launch = LaunchBuilder(QCoreApplication::applicationFilePath().toStdString())
                          .with({"--engine", manner.toStdString()})
                          .controlled()
                          .recordedInto(file())
                          .build();
        QVERIFY2(launch.has_value(), launch ? "" : launch.error().c_str());
        process.start(std::move(*launch));
    }

    const QTemporaryDir m_folder;
};

int main(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--engine")
        beEngine(argv[2]);
    QCoreApplication application(argc, argv);
    TestBadEngine test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_badengine.moc"
