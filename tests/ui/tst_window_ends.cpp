// A window in a process of its own, ended in the middle of something, by whatever signal: what it ran is gone, nothing
// is left in the folder for temporary files, what was typed is kept. One that is suspended loses nothing.
#include "support/marked.h"
#include "windowdriver.h"

#include <QDirIterator>
#include <QProcess>
#include <QUuid>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <sys/resource.h>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kTyped = "// what nobody has saved";
constexpr int kFlood = 300'000; // lines
// Says that it runs where the one who looks on may read it: beside itself, in its copy and in the folder for temporary
// files.
constexpr auto kRuns = "const fs = require('fs');\n"
                       "fs.writeFileSync(require('os').tmpdir() + '/of-the-run', 'x');\n"
                       "require('child_process').spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });\n"
                       "fs.writeFileSync('ready', 'x'); setInterval(() => {}, 1000);\n";

[[nodiscard]] QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void say(const char* word)
{
    std::puts(word);
    std::fflush(stdout);
}

} // namespace

class TestWindowEnds : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const QString& name : {u"temporary"_s, u"home"_s, u"work"_s})
            QVERIFY(QDir().mkpath(m_folder->filePath(name)));
        const QString mark = QUuid::createUuid().toString(QUuid::Id128);
        m_mark = "ENDS_MARK=" + mark.toStdString();
        useFolders(m_folder->path());
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"ENDS_MARK"_s, mark);
        environment.insert(u"TMPDIR"_s, m_folder->filePath(u"temporary"_s));
        environment.insert(u"HOME"_s, m_folder->filePath(u"home"_s));
        m_child = std::make_unique<QProcess>();
        m_child->setProcessEnvironment(environment);
        m_child->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    }
    void cleanup()
    {
        m_child->kill();
        m_child->waitForFinished(kLong);
        m_child.reset();
    }

    void nothingIsLeftOfAWindowThatIsKilled_data()
    {
        QTest::addColumn<QString>("doing");
        QTest::addColumn<int>("signal");
        for (const QString& doing : {u"type"_s, u"run"_s, u"compare"_s}) {
            for (const auto& [name, number] : {std::pair {"KILL", SIGKILL}, {"TERM", SIGTERM}, {"HUP", SIGHUP},
                     {"INT", SIGINT}, {"QUIT", SIGQUIT}, {"SEGV", SIGSEGV}, {"ABRT", SIGABRT}})
                QTest::addRow("%s, SIG%s", qPrintable(doing), name) << doing << number;
        }
    }
    void nothingIsLeftOfAWindowThatIsKilled()
    {
        QFETCH(QString, doing);
        QFETCH(int, signal);
        QVERIFY(begins(doing));
        QCOMPARE(::kill(pid(), signal), 0);
        QVERIFY(m_child->waitForFinished(kLong));
        QCOMPARE(m_child->exitStatus(), QProcess::CrashExit);
        nothingIsLeft();
        QVERIFY(copies().join().contains(kTyped));
    }

    void nothingIsLeftOfOneThatIsSuspendedAndThenKilled()
    {
        QVERIFY(begins(u"run"_s));
        QCOMPARE(::kill(pid(), SIGSTOP), 0);
        QCOMPARE(::kill(pid(), SIGKILL), 0);
        QVERIFY(m_child->waitForFinished(kLong));
        nothingIsLeft();
        QVERIFY(copies().join().contains(kTyped));
    }

public:
    // --- what the processes do that are killed ---

    void act(const QString& doing)
    {
        constexpr rlimit none {};
        setrlimit(RLIMIT_CORE, &none);
        const QString folder = qEnvironmentVariable("HOME") + u"/../work/"_s;
        const QString file = QDir::cleanPath(folder + u"program.js"_s);
        QFile program(file);
        if (!program.open(QIODevice::WriteOnly))
            return;
        program.write(doing == u"flood"_s ? "for (let i = 1; i <= " + QByteArray::number(kFlood)
                    + "; ++i) {\n  process.stdout.write(i + ' '.repeat(70) + '\\n');\n"
                      "  if (i === 1000) require('fs').writeFileSync('ready', 'x');\n}\n"
                                          : QByteArray(kRuns));
        program.close();
        m_window = std::make_unique<MainWindow>(
            MainWindow::Programs {.engine = BISTRO_ENGINE, .command = QString::fromUtf8(BISTRO_COMMAND)});
        m_window->show();
        if (doing != u"flood"_s) {
            m_window->action(u"new"_s)->trigger();
            QTest::keyClicks(m_window->editor().editor(), QString::fromLatin1(kTyped));
        }
        if (doing == u"type"_s || !m_window->open(file))
            return say("typed");
        m_window->action(doing == u"compare"_s ? u"verify"_s : u"run"_s)->trigger();
        if (doing == u"flood"_s)
            tellWhetherAllCame();
    }

private:
    void tellWhetherAllCame()
    {
        connect(&session(), &app::Session::stateChanged, this, [this] {
            if (session().isRunning() || !ended())
                return;
            const int rows = m_window->console().model().rowCount();
            const bool whole = session().exitCode() == 0
                && lines().value(kFlood - 1).trimmed() == QString::number(kFlood);
            std::printf("%s %d\n", whole ? "whole" : "cut", rows);
            std::fflush(stdout);
            QApplication::quit();
        });
    }

    [[nodiscard]] pid_t pid() const { return static_cast<pid_t>(m_child->processId()); }
    // Until what it is to do goes on, and what was typed is kept.
    [[nodiscard]] bool begins(const QString& doing)
    {
        m_child->start(QCoreApplication::applicationFilePath(), {u"--do"_s, doing});
        const QString ready = m_folder->filePath(u"work/ready"_s);
        const auto isThere = [&] {
            if (doing == u"flood"_s)
                return QFile::exists(ready);
            if (!copies().join().contains(kTyped))
                return false;
            return doing == u"type"_s ? m_child->canReadLine() : QFile::exists(ready) && !temporary().isEmpty();
        };
        return QTest::qWaitFor([&] { return isThere() || m_child->state() == QProcess::NotRunning; }, kLong)
            && m_child->state() == QProcess::Running;
    }
    // The engine is in write(2) to a full pipe.
    [[nodiscard]] bool waitsForItsReader() const
    {
        for (const std::string& one : tests::processesWith(m_mark)) {
            std::ifstream call("/proc/" + std::to_string(std::stoi(one)) + "/syscall");
            std::string number;
            std::string descriptor;
            call >> number >> descriptor;
            if (number == "1" && descriptor == "0x1")
                return true;
        }
        return false;
    }
    [[nodiscard]] QStringList temporary() const
    {
        QStringList names;
        for (QDirIterator it(m_folder->filePath(u"temporary"_s),
                 QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
            it.hasNext();)
            names << it.next();
        return names;
    }
    [[nodiscard]] QByteArrayList copies() const
    {
        QByteArrayList found;
        for (QDirIterator it(m_folder->filePath(u"state/bistro/recovery"_s), {u"*.copy"_s}, QDir::Files,
                 QDirIterator::Subdirectories);
            it.hasNext();)
            found << contents(it.next());
        return found;
    }
    void nothingIsLeft()
    {
        (void)QTest::qWaitFor([&] { return tests::processesWith(m_mark).empty() && temporary().isEmpty(); }, kLong);
        for (const std::string& left : tests::processesWith(m_mark))
            QFAIL(left.c_str());
        QCOMPARE(temporary(), QStringList {});
    }

    std::unique_ptr<QProcess> m_child;
    std::string m_mark;
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    TestWindowEnds test;
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() == 3 && arguments[1] == u"--do"_s) {
        test.act(arguments[2]);
        return QApplication::exec();
    }
    return QTest::qExec(&test, argc, argv);
}
#include "tst_window_ends.moc"
