#include "process/recording.h"

#include "trace/reader.h"
#include "trace/writer.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace bistro::app;
using namespace std::chrono_literals;
using bistro::trace::EventKind;
using bistro::trace::Reader;
using bistro::trace::Writer;

namespace {

const auto kNoon = std::chrono::sys_days {std::chrono::November / 23 / 2026} + 12h;

Recording recent(
    const std::filesystem::path& folder, std::string_view program, std::chrono::system_clock::time_point time = kNoon)
{
    auto recording = Recording::recent(folder, program, time);
    if (!recording)
        qFatal("%s", recording.error().c_str());
    return std::move(*recording);
}

void put(const QString& file, const QByteArray& bytes)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(bytes);
}

} // namespace

class TestRecording : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void aRecentRunIsNamedByTimeAndProgram()
    {
        const auto name = [this](const char* program) {
            return recent(folder("names"), program).file().filename().string();
        };
        QCOMPARE(name("/a/lesson.js"), "2026-11-23T12-00-00-lesson.bistro");
        QCOMPARE(name("lesson.mjs"), "2026-11-23T12-00-00-lesson-2.bistro");
        QCOMPARE(name("a b\n'$(x)"), "2026-11-23T12-00-00-a_b____x_.bistro");
        QCOMPARE(name(""), "2026-11-23T12-00-00-program.bistro");
        QCOMPARE(name((std::string(59, 'x') + "\u00E9.js").c_str()),
            "2026-11-23T12-00-00-" + std::string(59, 'x') + ".bistro");
    }

    void twentyRunsAreKeptAndThoseThatRunAlways()
    {
        const auto where = folder("twenty");
        const Recording running = recent(where, "first");
        for (int i = 1; i <= 30; ++i)
            static_cast<void>(recent(where, "a", kNoon + i * 1min)); // its lock is gone at once
        put(QString::fromStdString((where / "mine.bistro").string()), "not one of Bistro's names");
        static_cast<void>(recent(where, "last", kNoon + 1h));
        auto files = QDir(QString::fromStdString(where.string())).entryList(QDir::Files, QDir::Name);
        QCOMPARE(files.size(), qsizetype {kRunsKept + 1});
        QCOMPARE(files.first(), QStringLiteral("2026-11-23T12-00-00-first.bistro"));
        QCOMPARE(files.at(1), QStringLiteral("2026-11-23T12-13-00-a.bistro"));
        QVERIFY(files.contains(QStringLiteral("mine.bistro")));
    }

    void aFolderThatCannotBeMadeIsSaid()
    {
        put(m_folder.filePath(QStringLiteral("file")), "x");
        const auto recording = Recording::recent(folder("file") / "runs", "a", kNoon);
        QVERIFY(!recording);
        QCOMPARE(recording.error(),
            "Bistro can't record into \"" + (folder("file") / "runs").string() + "\": Not a directory.");
    }

    void whatIsNoTraceIsNotReplaced()
    {
        const auto file = folder("lesson.js");
        put(QString::fromStdString(file.string()), "console.log(1)");
        const auto recording = Recording::named(file);
        QVERIFY(!recording);
        QCOMPARE(recording.error(),
            "Bistro can't record into \"" + file.string()
                + "\": that file is not a trace, and you would lose it. Give another name.");
        QVERIFY(Recording::named(folder("")).error().ends_with("it is a directory. Give the name of a file in it."));
        QVERIFY(Recording::named("/dev/null").error().contains("not a trace"));
        QVERIFY(Recording::named(folder("none") / "a").error().ends_with("No such file or directory."));
    }

    void aTraceThatSomebodyLooksAtIsReplacedNotOverwritten()
    {
        const auto file = folder("again.bistro");
        {
            auto first = Recording::named(file);
            auto writer = Writer::attach(file);
            (*writer)->append({.kind = EventKind::DrainStarted});
        }
        const auto reader = Reader::open(file);
        const auto second = Recording::named(file);
        QVERIFY(second);
        QCOMPARE(reader->event({0}).kind, EventKind::DrainStarted);
        QCOMPARE(Recording::named(file).error(),
            "Bistro can't record into \"" + file.string() + "\": another run records into it. Give another name.");
    }

    void aRunWithoutAnEndGetsOne_data()
    {
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("signal");
        QTest::addColumn<bool>("stopped");
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("signal") << 0 << 9 << false << QByteArray("signal 9");
        QTest::newRow("code") << 3 << 0 << false << QByteArray("exit 3");
        QTest::newRow("stopped") << 0 << 9 << true << QByteArray("stopped 9");
    }

    void aRunWithoutAnEndGetsOne()
    {
        QFETCH(int, code);
        QFETCH(int, signal);
        QFETCH(bool, stopped);
        QFETCH(QByteArray, end);
        auto recording = recent(folder("ends"), "a");
        {
            auto writer = Writer::attach(recording.file());
            (*writer)->append({.kind = EventKind::RunStarted, .a = 1});
        }
        QVERIFY(!recording.finish({.code = code, .signal = signal}, stopped));
        const auto reader = Reader::open(recording.file());
        QCOMPARE(reader->size(), 2u);
        const auto last = reader->event({1});
        QCOMPARE(last.kind, EventKind::RunEnded);
        QCOMPARE(last.flags, std::uint8_t {bistro::trace::FlagInferred});
        const auto word = wordFor(bistro::trace::FieldType::EndName, last.small);
        QCOMPARE(QByteArray(word.data(), static_cast<qsizetype>(word.size())) + ' ' + QByteArray::number(last.a), end);
        QVERIFY(!recording.finish({}, false)); // once is enough
        QCOMPARE(Reader::open(recording.file())->size(), 2u);
    }

    void anEndThatTheEngineToldIsNotToldAgain()
    {
        auto recording = recent(folder("told"), "a");
        {
            auto writer = Writer::attach(recording.file());
            (*writer)->append({.kind = EventKind::RunEnded, .a = 4});
        }
        QVERIFY(!recording.finish({.code = 4}, false));
        const auto reader = Reader::open(recording.file());
        QCOMPARE(reader->size(), 1u);
        QCOMPARE(reader->event({0}).flags, std::uint8_t {0});
    }

    void aRecordingThatSomebodyCutIsSaidToBeDamaged()
    {
        auto recording = recent(folder("cut"), "a");
        {
            auto writer = Writer::attach(recording.file());
            (*writer)->append({.kind = EventKind::RunStarted, .a = 1});
            std::filesystem::resize_file(recording.file(), 100);
        }
        const auto sentence = recording.finish({}, false);
        QVERIFY(sentence);
        QCOMPARE(*sentence,
            "The recording of this run is damaged: something cut or overwrote \"" + recording.file().string()
                + "\" meanwhile. Run the program again to record it.");
    }

    void aRunThatWasNotRecordedLeavesNoFile()
    {
        auto recording = recent(folder("nothing"), "a");
        recording.finish({}, false);
        QVERIFY(!std::filesystem::exists(recording.file()));
    }

    void theFolderFollowsTheEnvironment()
    {
        qputenv("XDG_STATE_HOME", "/state");
        qputenv("HOME", "/home/lea");
        QCOMPARE(runsFolder().value(), "/state/bistro/runs");
        qputenv("XDG_STATE_HOME", "relative");
        QCOMPARE(runsFolder().value(), "/home/lea/.local/state/bistro/runs");
        qunsetenv("XDG_STATE_HOME");
        qunsetenv("HOME");
        QCOMPARE(runsFolder().error(),
            "Bistro can't record this run: HOME is not set, so there is no place for it. Say where: bistro run --trace "
            "FILE.");
    }

private:
    std::filesystem::path folder(const char* name) { return m_folder.filePath(QLatin1String(name)).toStdString(); }

    QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestRecording)
#include "tst_recording.moc"
