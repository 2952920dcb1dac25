// The window does not go with what it was started from: a terminal that is closed, a pipe that nobody reads any more.
#include <QDirIterator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

class TestWindowOutlives : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        for (const auto& [name, folder] :
            {std::pair {"XDG_STATE_HOME", "/state"}, {"XDG_CONFIG_HOME", "/config"}, {"XDG_DATA_HOME", "/data"}})
            qputenv(name, QFile::encodeName(m_folder.path() + QString::fromLatin1(folder)));
        qputenv("QT_DEBUG_PLUGINS", "1"); // so that it writes
        QCOMPARE(prctl(PR_SET_CHILD_SUBREAPER, 1), 0); // a window whose parent is gone is ours
    }

    void aTerminalThatIsClosedAndMessagesThatNobodyReads()
    {
        int ends[2] {};
        QCOMPARE(pipe2(ends, O_CLOEXEC), 0);
        close(ends[0]);
        const pid_t window = fork();
        if (window == 0)
            becomeWindow(ends[1]);
        close(ends[1]);
        QVERIFY(isUp(window));
        // Of two signals that wait the lower number comes first: it dies of the second, so it has lived through the
        // first.
        kill(window, SIGHUP);
        QCOMPARE(endedBySigterm(window), SIGTERM);
    }

    // As bubblewrap stands for what runs in a private root, which it ends with itself.
    void theProcessThatStartedIt()
    {
        int ends[2] {};
        QCOMPARE(pipe2(ends, O_CLOEXEC), 0);
        const pid_t starter = fork();
        if (starter == 0) {
            const pid_t window = fork();
            if (window == 0) {
                prctl(PR_SET_PDEATHSIG, SIGKILL);
                becomeWindow(open("/dev/null", O_WRONLY));
            }
            if (write(ends[1], &window, sizeof window) < 0) { }
            pause();
            _exit(0);
        }
        close(ends[1]);
        pid_t window = -1;
        QCOMPARE(read(ends[0], &window, sizeof window), static_cast<ssize_t>(sizeof window));
        close(ends[0]);
        QVERIFY(isUp(window));
        kill(starter, SIGKILL);
        QCOMPARE(waitpid(starter, nullptr, 0), starter); // by now its children were told
        QCOMPARE(endedBySigterm(window), SIGTERM);
    }

private:
    // In a child process. Messages go to the descriptor.
    [[noreturn]] static void becomeWindow(int messages)
    {
        for (const int number : {SIGHUP, SIGPIPE, SIGTERM})
            std::signal(number, SIG_DFL);
        dup2(messages, STDOUT_FILENO);
        dup2(messages, STDERR_FILENO);
        execl(BISTRO_WINDOW, "bistro", nullptr);
        _exit(127);
    }

    // It is there when it keeps what is typed.
    bool isUp(pid_t window)
    {
        const QString state = m_folder.path() + QStringLiteral("/state");
        QDir(state).removeRecursively();
        return QTest::qWaitFor(
                   [&] {
                       return QDirIterator(state, QDir::Files, QDirIterator::Subdirectories).hasNext()
                           || kill(window, 0) != 0;
                   },
                   60'000)
            && kill(window, 0) == 0;
    }

    // The signal that ended it, which is to be this one.
    static int endedBySigterm(pid_t window)
    {
        kill(window, SIGTERM);
        int status = 0;
        const bool ended = QTest::qWaitFor([&] { return waitpid(window, &status, WNOHANG) == window; }, 60'000);
        return ended && WIFSIGNALED(status) ? WTERMSIG(status) : -1;
    }

    const QTemporaryDir m_folder;
};

QTEST_APPLESS_MAIN(TestWindowOutlives)
#include "tst_window_outlives.moc"
