#include "support/wardenrun.h"

#include "control/messages.h"
#include "sandbox/walls.h"
#include "warden/questions.h"

#include <QTest>

#include <array>
#include <csignal>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <thread>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::warden;
using namespace Qt::StringLiterals;

namespace {

const QString kProbe = QStringLiteral(BISTRO_PROBE);

seccomp_notif question(int call, std::array<std::uint64_t, 3> arguments = {})
{
    seccomp_notif result {};
    result.pid = static_cast<std::uint32_t>(getpid());
    result.data.nr = call;
    std::ranges::copy(arguments, result.data.args);
    return result;
}

// As on a kernel whose Landlock does not keep signals within: a child that asks this process, as the program asks the
// warden, what `act` does. Its answer is the errno with which it ends.
int whenAsked(const std::function<int()>& act)
{
    const sandbox::Kernel kernel {.landlock = 0, .filters = true, .asks = true};
    const auto walls = sandbox::Walls::prepare({}, kernel);
    int line[2] {};
    if (!walls || socketpair(AF_UNIX, SOCK_STREAM, 0, line) != 0)
        return -1;
    const pid_t child = fork();
    if (child == 0) {
        const int listener = walls->putUp().value_or(-1);
        char byte = 0;
        if (write(line[1], &listener, sizeof(listener)) != sizeof(listener) || read(line[1], &byte, 1) != 1)
            _exit(255);
        signal(SIGTERM, SIG_DFL); // not the test's own way to end
        _exit(act());
    }
    int number = -1;
    if (read(line[0], &number, sizeof(number)) != sizeof(number))
        return -1;
    const Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
    Descriptor listener(static_cast<int>(syscall(SYS_pidfd_getfd, process.get(), number, 0)));
    // Not destroyed: the thread may refer to them until it has heard that nobody asks any more.
    static Reports reports;
    auto* const rules = std::make_unique<Rules>(sandbox::Policy {}, getpid(), child, reports).release();
    auto* const questions = std::make_unique<Questions>(std::move(listener), *rules).release();
    if (write(line[0], "", 1) != 1)
        return -1;
    std::thread([questions] { questions->answerAll(); }).detach();
    int status = 0;
    waitpid(child, &status, 0);
    close(line[0]);
    close(line[1]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int errorOf(long result)
{
    return result < 0 ? errno : 0;
}

} // namespace

class tst_ProcessQuestions : public QObject {
    Q_OBJECT

private slots:
    // What the static filter asks about, somebody answers.
    void eachCallThatIsAskedAboutHasAnAnswer()
    {
        const Reports reports;
        Rules rules(sandbox::Policy {}, 1, getpid(), reports);
        for (const int call : sandbox::askedCalls())
            QVERIFY2(answerOf(rules, Target(-1, question(call, {1u << 20u}))).error != ENOSYS,
                qPrintable(u"call %1"_s.arg(call)));
        QCOMPARE(answerOf(rules, Target(-1, question(SYS_ptrace))).error, ENOSYS);
    }

    void anotherProcessIsNotSignaled()
    {
        const Walled walled;
        Running outsider(walled, {u"/bin/sleep"_s, u"1000"_s}, {.walls = false});
        const QString pid = QString::number(outsider.pid());
        QCOMPARE(walled.run({kProbe, u"kill"_s, pid, u"0"_s}).output, "EPERM\n");
        QCOMPARE(walled.run({kProbe, u"kill"_s, pid, u"15"_s}).output, "EPERM\n");
        QVERIFY(outsider.runs());
        QCOMPARE(walled.run({kProbe, u"kill"_s, pid, u"15"_s}, {.walls = false}).output, "ok\n");
    }

    void ownChildrenAreSignaled()
    {
        const Walled walled;
        const Outcome outcome = walled.node(R"(
            const child = require('child_process').spawn('sleep', ['1000']);
            child.on('exit', (code, signal) => console.log(signal));
            child.kill();
        )");
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.output, "SIGTERM\n");
    }

    void whereTheWardenIsAskedOtherProcessesAreNotSignaledEither()
    {
        const pid_t outsider = getppid();
        QCOMPARE(whenAsked([=] { return errorOf(kill(outsider, 0)); }), EPERM);
        QCOMPARE(whenAsked([=] { return errorOf(syscall(SYS_tkill, outsider, 0)); }), EPERM);
        QCOMPARE(whenAsked([=] { return errorOf(syscall(SYS_tgkill, outsider, outsider, 0)); }), EPERM);
        // Which is nobody's child there.
        QCOMPARE(whenAsked([=] { return errorOf(setpriority(PRIO_PROCESS, static_cast<id_t>(outsider), 5)); }), EPERM);
        QCOMPARE(whenAsked([=] {
            rlimit limits {};
            return errorOf(prlimit(outsider, RLIMIT_NOFILE, nullptr, &limits));
        }),
            EPERM);
        QCOMPARE(whenAsked([] { return errorOf(kill(0x3FFF'FFFF, 0)); }), ESRCH);
    }

    void whereTheWardenIsAskedAProgramSignalsItselfAndItsOwn()
    {
        QCOMPARE(whenAsked([] { return errorOf(kill(getpid(), 0)); }), 0);
        QCOMPARE(whenAsked([] { return errorOf(raise(SIGUSR1)); }), -SIGUSR1);
        QCOMPARE(whenAsked([] {
            const pid_t child = fork();
            if (child == 0) {
                pause();
                _exit(0);
            }
            int status = 0;
            if (kill(child, SIGTERM) != 0)
                return errno;
            waitpid(child, &status, 0);
            return WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM ? 0 : 255;
        }),
            0);
        QCOMPARE(whenAsked([] { return errorOf(setpriority(PRIO_PROCESS, 0, 5)); }), 0);
    }

    // The group is also that of the test, which must not be signaled.
    void whereTheWardenIsAskedAGroupIsThoseOfTheRun()
    {
        QCOMPARE(whenAsked([] { return errorOf(kill(0, SIGTERM)); }), -SIGTERM);
        QCOMPARE(whenAsked([] {
            const pid_t child = fork();
            if (child == 0) {
                pause();
                _exit(0);
            }
            if (kill(-1, SIGKILL) != 0) // all but itself
                return errno;
            int status = 0;
            waitpid(child, &status, 0);
            return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL ? 0 : 255;
        }),
            0);
        const pid_t others = getpgid(getppid());
        if (others != getpgrp())
            QCOMPARE(whenAsked([=] { return errorOf(kill(-others, 0)); }), EPERM);
    }

    void aForkBombEndsAtTheLimitAndLeavesNobody()
    {
        Walled walled;
        walled.policy.limits.processes = 20;
        const Outcome outcome = walled.run({kProbe, u"bomb"_s});
        QCOMPARE(outcome.output, "20 then EAGAIN\n");
        QCOMPARE(outcome.code, 0);
        QCOMPARE(processesWith("bomb"), 0);
    }

    void nodeCanCatchThatNoMoreProcessesMayBeStarted()
    {
        Walled walled;
        walled.policy.limits.processes = 5;
        const Outcome outcome = walled.node(R"(
            const {spawn} = require('child_process');
            const children = [], errors = [];
            for (let i = 0; i < 10; ++i) children.push(spawn('sleep', ['1000']).on('error', (error) => errors.push(error.code)));
            setTimeout(() => { console.log(errors.join()); process.exit(); }, 100);
        )");
        QCOMPARE(outcome.output, "EAGAIN,EAGAIN,EAGAIN,EAGAIN,EAGAIN\n");
    }

    void aBombOfBombsIsBoundedAndGoneWhenTold()
    {
        Walled walled;
        walled.policy.limits.processes = 30;
        Running running(walled, {kProbe, u"wild-bomb"_s});
        int most = 0;
        for (int i = 0; i < 50; ++i) {
            QTest::qWait(20);
            most = std::max(most, processesWith("wild-bomb"));
        }
        QVERIFY2(most > 10 && most <= 35, qPrintable(QString::number(most)));
        kill(running.pid(), control::kKillAll);
        QCOMPARE(running.outcome().signal, SIGKILL);
        QCOMPARE(processesWith("wild-bomb"), 0);
    }

    void threadsAreNoProcesses()
    {
        Walled walled;
        walled.policy.limits.processes = 1;
        const Outcome outcome = walled.node(R"(
            const {Worker, isMainThread} = require('worker_threads');
            if (isMainThread) for (let i = 0; i < 3; ++i) new Worker(__filename);
            else console.log('works');
        )");
        QCOMPARE(outcome.errors, "");
        QCOMPARE(outcome.output, "works\nworks\nworks\n");
    }

    // As many as a run may have, whoever of it starts them.
    void threadsOfAllProcessesAreLimited()
    {
        Walled walled;
        walled.policy.limits.processes = 20; // 320 threads
        const auto crowd = [&](bool walls) {
            return walled.shell(u"%1 crowd 400; true"_s.arg(kProbe), {.walls = walls}).output;
        };
        QCOMPARE(crowd(true), "318 then EAGAIN\n"); // beside its own main thread and the shell
        QCOMPARE(crowd(false), "400 then ok\n");
    }

    void threadsThatHaveEndedDoNotCount()
    {
        Walled walled;
        walled.policy.limits.processes = 1;
        QCOMPARE(walled.run({kProbe, u"turns"_s, u"1000"_s}).output, "ok\n");
    }

    void anEngineIsToldOfTooManyThreads()
    {
        Walled walled;
        walled.policy.limits.processes = 20;
        const Outcome outcome = walled.shell(
            u"%1 crowd 400 & %1 hear; wait"_s.arg(kProbe), {.environment = {u"BISTRO_WARDEN=1"_s}});
        QVERIFY2(outcome.output.contains("limit workers 320 "), outcome.output.constData());
    }
};

QTEST_APPLESS_MAIN(tst_ProcessQuestions)
#include "tst_processquestions.moc"
