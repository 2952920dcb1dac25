// The window does not go with what it was started from: a terminal that is closed, a pipe that nobody reads any more.
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT: POSIX has it so

class TestWindowOutlives : public QObject {
    Q_OBJECT

private slots:
    void aTerminalThatIsClosedAndMessagesThatNobodyReads()
    {
        const QTemporaryDir folder;
        qputenv("XDG_STATE_HOME", QFile::encodeName(folder.path() + QStringLiteral("/state")));
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(folder.path() + QStringLiteral("/config")));
        qputenv("XDG_DATA_HOME", QFile::encodeName(folder.path() + QStringLiteral("/data")));
        qputenv("QT_DEBUG_PLUGINS", "1"); // so that it writes
        int ends[2] {};
        QCOMPARE(pipe2(ends, O_CLOEXEC), 0);
        close(ends[0]);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
        posix_spawnattr_t attributes;
        posix_spawnattr_init(&attributes);
        sigset_t defaults;
        sigemptyset(&defaults);
        for (const int number : { SIGHUP, SIGPIPE, SIGTERM })
            sigaddset(&defaults, number);
        posix_spawnattr_setsigdefault(&attributes, &defaults);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
        std::string name = BISTRO_WINDOW;
        char* arguments[] { name.data(), nullptr };
        pid_t pid = -1;
        QCOMPARE(posix_spawn(&pid, BISTRO_WINDOW, &actions, &attributes, arguments, environ), 0);
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
        close(ends[1]);

        // It is there when it keeps what is typed.
        int status = -1;
        const auto isThere = [&] { return QDirIterator(folder.path() + QStringLiteral("/state"), QDir::Files, QDirIterator::Subdirectories).hasNext(); };
        const auto hasEnded = [&] { return status >= 0 || waitpid(pid, &status, WNOHANG) == pid; };
        QTRY_VERIFY_WITH_TIMEOUT(isThere() || hasEnded(), 60'000);
        QVERIFY2(!hasEnded(), qPrintable(QStringLiteral("it ended at once, by signal %1").arg(WTERMSIG(status))));
        // Of two signals that wait the lower number comes first: it dies of the second, so it has lived through the first.
        kill(pid, SIGHUP);
        kill(pid, SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded(), 60'000);
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(WTERMSIG(status), SIGTERM);
    }
};

QTEST_APPLESS_MAIN(TestWindowOutlives)
#include "tst_window_outlives.moc"
