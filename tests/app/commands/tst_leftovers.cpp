// Whichever command is ended in the middle of a run, and by whatever signal: nothing of it is left. Each test is a
// command with a folder for temporary files of its own, and processes that a mark in the environment tells.
#include "support/marked.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <QUuid>

#include <csignal>

using namespace bistro;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLong = 60'000; // milliseconds

struct Command {
    const char* name;
    QStringList words;
};

} // namespace

class TestLeftovers : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        for (const QString& name : {u"temporary"_s, u"home"_s, u"work"_s})
            QVERIFY(QDir().mkpath(m_folder->filePath(name)));
        const QString mark = QUuid::createUuid().toString(QUuid::Id128);
        m_mark = "LEFTOVERS_MARK=" + mark.toStdString();
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(u"LEFTOVERS_MARK"_s, mark);
        m_environment.insert(u"TMPDIR"_s, m_folder->filePath(u"temporary"_s));
        m_environment.insert(u"HOME"_s, m_folder->filePath(u"home"_s));
        for (const QString& name : {u"XDG_STATE_HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_DATA_HOME"_s})
            m_environment.insert(name, m_folder->filePath(u"home/"_s + name));
    }

    void nothingIsLeftOfACommandThatIsKilled_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("signal");
        const QList<Command> commands {{"run", {u"run"_s, u"lesson.js"_s}},
            {"verify", {u"verify"_s, u"--node"_s, QStringLiteral(BISTRO_NODE), u"lesson.js"_s}},
            {"predict", {u"predict"_s, u"lesson.js"_s}}, {"lesson run", {u"lesson"_s, u"run"_s, u"11"_s}}};
        for (const Command& command : commands) {
            for (const auto& [name, number] :
                {std::pair {"KILL", SIGKILL}, {"TERM", SIGTERM}, {"HUP", SIGHUP}, {"INT", SIGINT}, {"QUIT", SIGQUIT}})
                QTest::addRow("%s, SIG%s", command.name, name) << command.words << number;
        }
    }
    void nothingIsLeftOfACommandThatIsKilled()
    {
        QFETCH(QStringList, words);
        QFETCH(int, signal);
        put(u"lesson.js"_s,
            "require('fs').writeFileSync(require('os').tmpdir() + '/of-the-run', 'x');\n"
            "require('child_process').spawn('sleep', ['1000'], { detached: true });\n"
            "require('fs').writeFileSync('ready', 'x');\n"
            "setInterval(() => {}, 1000);\n");
        QProcess command;
        command.setProcessEnvironment(m_environment);
        command.setWorkingDirectory(m_folder->filePath(u"work"_s));
        command.start(QStringLiteral(BISTRO_COMMAND), words);
        QVERIFY2(QTest::qWaitFor([&] { return isReady() || command.state() == QProcess::NotRunning; }, kLong),
            "the program does not run");
        QVERIFY2(
            command.state() == QProcess::Running, command.readAllStandardError() + command.readAllStandardOutput());
        QVERIFY(!temporary().isEmpty()); // there is something to be left
        QVERIFY(tests::processesWith(m_mark).size() > 2);
        QCOMPARE(::kill(static_cast<pid_t>(command.processId()), signal), 0);
        command.closeWriteChannel();
        QVERIFY(command.waitForFinished(kLong));
        nothingIsLeft();
    }

    // The process that keeps a folder may go as well: its owner clears away then.
    void nothingIsLeftWhenTheKeeperOfTheFolderIsKilled()
    {
        put(u"lesson.js"_s,
            "const fs = require('fs'); fs.writeFileSync('ready', 'x');\n"
            "fs.watch('.', () => { if (fs.existsSync('go on')) process.exit(); });\n"
            "if (fs.existsSync('go on')) process.exit();\n");
        QProcess command;
        command.setProcessEnvironment(m_environment);
        command.setWorkingDirectory(m_folder->filePath(u"work"_s));
        command.start(
            QStringLiteral(BISTRO_COMMAND), {u"verify"_s, u"--node"_s, QStringLiteral(BISTRO_NODE), u"lesson.js"_s});
        QVERIFY(QTest::qWaitFor([&] { return isReady(); }, kLong));
        int killed = 0;
        for (const std::string& one : tests::processesWith(m_mark)) {
            if (one.contains("--keep-folder"))
                killed += ::kill(std::stoi(one), SIGKILL) == 0 ? 1 : 0;
        }
        QCOMPARE(killed, 1);
        put(u"go on"_s, "");
        QVERIFY(command.waitForFinished(kLong));
        QCOMPARE(command.exitCode(), 0);
        nothingIsLeft();
    }

private:
    void put(const QString& name, const QByteArray& bytes) const
    {
        QFile file(m_folder->filePath(u"work/"_s + name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
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
    // The program has said so, in its folder or in a copy of that.
    [[nodiscard]] bool isReady() const
    {
        return QFile::exists(m_folder->filePath(u"work/ready"_s)) || !temporary().filter(u"/ready"_s).isEmpty();
    }
    void nothingIsLeft()
    {
        (void)QTest::qWaitFor([&] { return tests::processesWith(m_mark).empty() && temporary().isEmpty(); }, kLong);
        for (const std::string& left : tests::processesWith(m_mark))
            QFAIL(left.c_str());
        QCOMPARE(temporary(), QStringList {});
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;
    std::string m_mark;
};

QTEST_GUILESS_MAIN(TestLeftovers)
#include "tst_leftovers.moc"
