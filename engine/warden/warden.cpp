#include "warden/warden.h"

#include "control/messages.h"
#include "sandbox/kernel.h"
#include "warden/ending.h"
#include "warden/folderkeeper.h"
#include "warden/guard.h"
#include "warden/order.h"
#include "warden/questions.h"
#include "warden/reports.h"
#include "warden/signals.h"
#include "warden/start.h"
#include "warden/temporary.h"
#include "warden/watch.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <memory>
#include <poll.h>
#include <string>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace bistro::warden {
namespace {

constexpr std::chrono::milliseconds kForTheEngine {100}; // to write down which limit was reached

class Run final {
public:
    Run(const Order& order, Started started, Reports reports, Descriptor parent, Descriptor signals)
        : m_temporary(order.temporary)
        , m_program(started.pid)
        , m_parent(std::move(parent))
        , m_signals(std::move(signals))
        , m_reports(std::move(reports))
        , m_rules(order.policy, getpid(), started.pid, m_reports)
        , m_questions(std::move(started.listener), m_rules)
        , m_watch(order.policy, getpid(), started.pid, m_rules.reserved)
    {
    }

    // How the program ended, as waitpid has it.
    int untilItEnds()
    {
        // Never joined: it may wait for a question, and the threads that it starts for anything. All end with us.
        std::thread([this] { m_questions.answerAll(); }).detach();
        auto next = std::chrono::steady_clock::now() + kLook;
        while (m_status < 0 && !mustEnd()) {
            const auto now = std::chrono::steady_clock::now();
            if (now < next)
                continue;
            next = now + kLook;
            if (const auto reached = m_watch.look()) {
                tell(*reached);
                if (reached->ends)
                    break;
                m_rules.full = true;
            }
        }
        m_questions.fallSilent(); // so that nobody can start another one
        endAllBelow(m_signals.get(), m_ended);
        removeFolder(m_temporary);
        return m_status;
    }

private:
    // Waits for what may end the run, or for the next look. True: it ends now.
    bool mustEnd()
    {
        std::array<pollfd, 2> ready {{{.fd = m_signals.get(), .events = POLLIN, .revents = 0},
            {.fd = m_parent.get(), .events = POLLIN, .revents = 0}}};
        poll(ready.data(), ready.size(), static_cast<int>(kLook.count()));
        bool ends = ready[1].revents != 0;
        signalfd_siginfo signal {};
        while (read(m_signals.get(), &signal, sizeof(signal)) == sizeof(signal))
            ends = hear(signal) || ends;
        reap(m_ended);
        return ends;
    }

    // True: all is to end.
    bool hear(const signalfd_siginfo& signal) const
    {
        passOn(signal, m_program);
        return signal.ssi_signo == static_cast<std::uint32_t>(control::kKillAll);
    }

    void tell(const Reached& reached) const
    {
        m_reports.limit(reached.which, reached.allowed, reached.pid);
        if (!m_reports.heard())
            std::fprintf(stderr, "%s\n", sentenceOf(reached).c_str());
        else if (reached.ends)
            m_reports.waitForAnswer(kForTheEngine);
    }

    std::string m_temporary;
    pid_t m_program;
    int m_status = -1;
    const Ended m_ended = [this](pid_t process, int status) {
        if (process == m_program)
            m_status = status;
    };
    Descriptor m_parent;
    Descriptor m_signals;
    Reports m_reports;
    Rules m_rules;
    Questions m_questions;
    Watch m_watch;
};

int fail(const std::string& sentence)
{
    std::fprintf(stderr, "%s\n", sentence.c_str());
    return kNoProgram;
}

// In the process of its own that the guard has made: with the program's trace, its line and its streams.
int watchOver(Order& order, Descriptor guardsEnd)
{
    if (const auto open = openLines(order); !open)
        return fail(open.error());
    const sandbox::Kernel kernel = sandbox::thisKernel();
    tellWalls(order, kernel);
    auto started = start(order.start, order.policy, kernel);
    if (!started) {
        removeFolder(order.temporary);
        return fail(started.error());
    }
    for (const int kept : order.start.kept)
        close(kept);
    letGoOfStreams();
    // Not destroyed: threads that wait for others refer to it until the process is gone.
    auto* const thisRun = std::make_unique<Run>(
        order, std::move(*started), Reports(std::move(order.engine)), std::move(guardsEnd), heardSignals())
                              .release();
    endAs(thisRun->untilItEnds());
}

// Who kills the group of a command (timeout, a shell's job) is to leave somebody who ends what was started. The group
// that was left; 0: it is of whom it leads, and stays.
pid_t leaveGroup()
{
    const pid_t group = getpgrp();
    return group != getpid() && setpgid(0, 0) == 0 ? group : 0;
}

} // namespace

int run(int argc, char** argv)
{
    if (argc == 3 && std::string_view(argv[1]) == "--keep-folder")
        return keepFolder(argv[2]);
    const pid_t parent = getppid();
    Descriptor parentsEnd = aboveStreams(Descriptor(static_cast<int>(syscall(SYS_pidfd_open, parent, 0))));
    // A guard that somebody has stopped goes on, and sees by the descriptor who is gone. Where there is no such
    // descriptor: at the end of the thread that has started us, which may be too early.
    prctl(PR_SET_PDEATHSIG, parentsEnd ? SIGCONT : control::kKillAll);
    if (getppid() != parent)
        return fail("Bistro's warden ends, because whoever started it is gone.");
    auto order = orderOf({argv + std::min(argc, 1), argv + argc});
    if (!order)
        return fail(order.error());
    order->start.signals = takeSignals();
    order->start.group = leaveGroup();
    auto guardsEnd = beGuarded(std::move(parentsEnd), order->temporary);
    if (!guardsEnd)
        return fail(guardsEnd.error());
    return watchOver(*order, std::move(*guardsEnd));
}

} // namespace bistro::warden
