#include "sandbox/calls.h"
#include "sandbox/filter.h"
#include "sandbox/walls.h"

#include <QTest>

#include <linux/audit.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <fcntl.h>
#include <sched.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <set>

using namespace bistro::sandbox;
using namespace Qt::StringLiterals;

namespace {

constexpr Kernel kBest {.landlock = 7, .filters = true, .asks = true};
constexpr Kernel kWithoutScopes {.landlock = 5, .filters = true, .asks = true};
constexpr Kernel kMute {.landlock = 7, .filters = true, .asks = false};

// What the kernel does with a program of its classic BPF, of as much as seccomp takes.
Answer answerOf(const std::vector<sock_filter>& program, const seccomp_data& data)
{
    std::uint32_t accumulator = 0;
    for (std::size_t at = 0; at < program.size(); ++at) {
        const sock_filter& one = program[at];
        const auto past = [&one](bool holds) { return holds ? one.jt : one.jf; };
        switch (one.code) {
        case BPF_LD | BPF_W | BPF_ABS:
            if (one.k % 4 != 0 || one.k + 4 > sizeof data)
                qFatal("looks beyond the call");
            std::memcpy(&accumulator, reinterpret_cast<const char*>(&data) + one.k, sizeof accumulator);
            break;
        case BPF_ALU | BPF_AND | BPF_K: accumulator &= one.k; break;
        case BPF_JMP | BPF_JEQ | BPF_K: at += past(accumulator == one.k); break;
        case BPF_JMP | BPF_JGE | BPF_K: at += past(accumulator >= one.k); break;
        case BPF_JMP | BPF_JGT | BPF_K: at += past(accumulator > one.k); break;
        case BPF_JMP | BPF_JSET | BPF_K: at += past((accumulator & one.k) != 0); break;
        case BPF_RET | BPF_K: return one.k;
        default: qFatal("an instruction that seccomp doesn't take: %d", one.code);
        }
    }
    qFatal("a program without an end");
}

QString print(Answer answer)
{
    if (answer == kAllowed)
        return u"allowed"_s;
    if (answer == kAsk)
        return u"asked"_s;
    if (answer == kKill)
        return u"killed"_s;
    return QString::fromUtf8(strerrorname_np(static_cast<int>(answer & SECCOMP_RET_DATA)));
}

using Arguments = std::array<std::uint64_t, 6>;

QString with(const Kernel& kernel, long call, Arguments arguments = {}, std::uint32_t architecture = AUDIT_ARCH_X86_64)
{
    seccomp_data data {.nr = static_cast<int>(call), .arch = architecture, .instruction_pointer = 0, .args = {}};
    std::ranges::copy(arguments, data.args);
    return print(answerOf(assembled(callRules(kernel), kLastKnownCall), data));
}

QString best(long call, Arguments arguments = {})
{
    return with(kBest, call, arguments);
}

constexpr std::uint64_t kAbove = 0xFFFF'FFFF'0000'0000; // of an argument that the kernel takes as 32 bits

} // namespace

class TestFilter : public QObject {
    Q_OBJECT

private slots:
    void theKernelTakesTheProgram()
    {
        for (const Kernel& kernel : {kBest, kWithoutScopes, kMute}) {
            const auto program = assembled(callRules(kernel), kLastKnownCall);
            QVERIFY(program.size() <= BPF_MAXINSNS);
        }
    }

    void callsOfAnotherArchitectureKill()
    {
        QCOMPARE(with(kBest, SYS_read, {}, AUDIT_ARCH_I386), u"killed"_s);
        QCOMPARE(with(kBest, SYS_read, {}, AUDIT_ARCH_AARCH64), u"killed"_s);
        QCOMPARE(best(0x4000'0000 + SYS_read), u"killed"_s);
        QCOMPARE(best(0x7FFF'FFFF), u"killed"_s);
        QCOMPARE(best(SYS_read), u"allowed"_s);
    }

    void callsThatNobodyKnowsYetDoNotExist()
    {
        QCOMPARE(best(kLastKnownCall), u"allowed"_s);
        QCOMPARE(best(kLastKnownCall + 1), u"ENOSYS"_s);
        QCOMPARE(best(0x3FFF'FFFF), u"ENOSYS"_s);
    }

    // The rest of the table of the plan that no test may carry out without walls.
    void whatWouldHarmTheComputerFails_data()
    {
        QTest::addColumn<int>("call");
        QTest::addColumn<QString>("error");
        const auto row = [](const char* name, long call, const char* error = "EPERM") {
            QTest::newRow(name) << static_cast<int>(call) << QString::fromUtf8(error);
        };
        row("reboot", SYS_reboot);
        row("kexec_load", SYS_kexec_load);
        row("init_module", SYS_init_module);
        row("finit_module", SYS_finit_module);
        row("delete_module", SYS_delete_module);
        row("swapon", SYS_swapon);
        row("swapoff", SYS_swapoff);
        row("settimeofday", SYS_settimeofday);
        row("clock_settime", SYS_clock_settime);
        row("sethostname", SYS_sethostname);
        row("setdomainname", SYS_setdomainname);
        row("iopl", SYS_iopl);
        row("ioperm", SYS_ioperm);
        row("acct", SYS_acct);
        row("quotactl", SYS_quotactl);
        row("vhangup", SYS_vhangup);
        row("umount2", SYS_umount2);
        row("pivot_root", SYS_pivot_root);
        row("setns", SYS_setns);
        row("move_mount", SYS_move_mount);
        row("open_tree", SYS_open_tree);
        row("mount_setattr", SYS_mount_setattr);
        row("fanotify_init", SYS_fanotify_init);
        row("process_vm_writev", SYS_process_vm_writev);
        row("request_key", SYS_request_key);
        row("openat2", SYS_openat2, "ENOSYS");
        row("io_uring_enter", SYS_io_uring_enter, "ENOSYS");
        row("io_uring_register", SYS_io_uring_register, "ENOSYS");
        row("msgsnd", SYS_msgsnd, "ENOSYS");
        row("semop", SYS_semop, "ENOSYS");
    }

    void whatWouldHarmTheComputerFails()
    {
        QFETCH(const int, call);
        QTEST(best(call), "error");
    }

    void exactlyTheAskedCallsAreAsked()
    {
        // No arguments but addresses: those are asked whose rules have no exception for zeros.
        const auto program = assembled(callRules(kWithoutScopes), kLastKnownCall);
        std::set<int> found;
        for (int call = 0; call <= kLastKnownCall; ++call) {
            for (const std::uint64_t argument : {std::uint64_t(0), std::uint64_t(17)}) { // 17: no flag of any of these
                seccomp_data data {.nr = call, .arch = AUDIT_ARCH_X86_64, .instruction_pointer = 0, .args = {}};
                std::ranges::fill(data.args, argument);
                if (answerOf(program, data) == kAsk)
                    found.insert(call);
            }
        }
        const std::span<const int> asked = askedCalls();
        QCOMPARE(found, std::set<int>(asked.begin(), asked.end()));
    }

    void nobodyToAskMeansNo()
    {
        for (const int call : askedCalls())
            QVERIFY2(!with(kMute, call, {17, 17, 17, 17, 17, 17}).contains(u"asked"_s),
                QByteArray::number(call).constData());
        QCOMPARE(with(kMute, SYS_connect), u"ENETUNREACH"_s);
        QCOMPARE(with(kMute, SYS_sendto, {3, 4, 5, 0, 6}), u"ENETUNREACH"_s);
        QCOMPARE(with(kMute, SYS_fork), u"EAGAIN"_s);
        QCOMPARE(with(kMute, SYS_chmod), u"EPERM"_s);
        QCOMPARE(with(kMute, SYS_clone, {CLONE_THREAD}), u"allowed"_s);
    }

    void signalsAreAskedAboutWhereLandlockLetsThemOut()
    {
        for (const long call : {SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo}) {
            QCOMPARE(with(kWithoutScopes, call), u"asked"_s);
            QCOMPARE(with(kBest, call), u"allowed"_s);
        }
    }

    void anAddressIsSeenInEitherHalf()
    {
        QCOMPARE(best(SYS_sendto, {3, 1, 1, 0, 0}), u"allowed"_s);
        QCOMPARE(best(SYS_sendto, {3, 1, 1, 0, 0x1}), u"asked"_s);
        QCOMPARE(best(SYS_sendto, {3, 1, 1, 0, 0x1'0000'0000}), u"asked"_s);
        QCOMPARE(best(SYS_sendto, {3, 1, 1, MSG_FASTOPEN, 0x1}), u"EOPNOTSUPP"_s);
        QCOMPARE(best(SYS_sendmsg, {3, 1, MSG_FASTOPEN | MSG_NOSIGNAL}), u"EOPNOTSUPP"_s);
        QCOMPARE(best(SYS_sendmmsg, {3, 1, 1, MSG_FASTOPEN}), u"EOPNOTSUPP"_s);
    }

    void theUpperHalfOfANumberHidesNothing()
    {
        QCOMPARE(best(SYS_ioctl, {0, kAbove | 0x5412 /* TIOCSTI */}), u"EPERM"_s);
        QCOMPARE(best(SYS_socket, {kAbove | AF_PACKET, SOCK_RAW, 0}), u"EAFNOSUPPORT"_s);
        QCOMPARE(best(SYS_socket, {kAbove | AF_INET, kAbove | SOCK_STREAM, kAbove}), u"allowed"_s);
        QCOMPARE(best(SYS_clone, {kAbove | CLONE_NEWUSER}), u"EPERM"_s);
        QCOMPARE(best(SYS_openat, {0, 0, kAbove | O_TRUNC}), u"EACCES"_s);
        QCOMPARE(best(SYS_prlimit64, {kAbove}), u"allowed"_s); // the kernel sees a zero
    }

    void socketsAreOfTheOrdinaryKinds()
    {
        QCOMPARE(best(SYS_socket, {AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_UDP}), u"allowed"_s);
        QCOMPARE(best(SYS_socket, {AF_UNIX, SOCK_SEQPACKET, 0}), u"allowed"_s);
        QCOMPARE(best(SYS_socket, {AF_NETLINK, SOCK_RAW, 0}), u"allowed"_s);
        QCOMPARE(best(SYS_socket, {AF_INET, SOCK_STREAM, IPPROTO_UDP}), u"EAFNOSUPPORT"_s);
        QCOMPARE(best(SYS_socket, {AF_INET, SOCK_RAW, IPPROTO_TCP}), u"EAFNOSUPPORT"_s);
        QCOMPARE(best(SYS_socketpair, {AF_UNIX, SOCK_STREAM, 0}), u"allowed"_s);
        QCOMPARE(best(SYS_socketpair, {AF_TIPC, SOCK_STREAM, 0}), u"EAFNOSUPPORT"_s);
    }

    void filesAreEmptiedByThoseWhoWriteThem()
    {
        QCOMPARE(best(SYS_open, {0, O_TRUNC}), u"EACCES"_s);
        QCOMPARE(best(SYS_open, {0, O_TRUNC | O_ACCMODE}), u"EACCES"_s);
        QCOMPARE(best(SYS_open, {0, O_TRUNC | O_WRONLY | O_CREAT}), u"allowed"_s);
        QCOMPARE(best(SYS_openat, {0, 0, O_TRUNC | O_RDWR}), u"allowed"_s);
        QCOMPARE(best(SYS_openat, {0, 0, O_RDONLY | O_CLOEXEC}), u"allowed"_s);
    }

    void fileSystemsOwnRequestsDoNotExist()
    {
        QCOMPARE(best(SYS_ioctl, {3, 0x4008'6602}), u"ENOTTY"_s); // FS_IOC_SETFLAGS
        QCOMPARE(best(SYS_ioctl, {3, 0x5000'940E}), u"ENOTTY"_s); // BTRFS_IOC_SUBVOL_CREATE
        QCOMPARE(best(SYS_ioctl, {3, 0x8008'6601}), u"allowed"_s); // FS_IOC_GETFLAGS
        QCOMPARE(best(SYS_ioctl, {3, 0x4004'9409}), u"allowed"_s); // FICLONE
        QCOMPARE(best(SYS_ioctl, {3, 0x541B}), u"allowed"_s); // FIONREAD
    }

    void oneRuleHasItsCasesInOrder()
    {
        const std::vector<CallRule> rules {{.call = 5,
            .cases = {{.looks = {isNot(0, 1), hasAnyOf(1, 6)}, .answer = refused(EBADF)},
                {.looks = {maskedIs(1, 0xF0, 0x20)}, .answer = kAsk}, {.looks = {notNull(2)}, .answer = kKill}},
            .otherwise = refused(EPERM)}};
        const auto program = assembled(rules, 10);
        const auto answer = [&program](int call, std::uint64_t first, std::uint64_t second, std::uint64_t third) {
            return print(answerOf(program,
                {.nr = call, .arch = AUDIT_ARCH_X86_64, .instruction_pointer = 0, .args = {first, second, third}}));
        };
        QCOMPARE(answer(5, 2, 4, 0), u"EBADF"_s);
        QCOMPARE(answer(5, 2, 0x26, 0), u"EBADF"_s);
        QCOMPARE(answer(5, 1, 0x26, 0), u"asked"_s);
        QCOMPARE(answer(5, 2, 0x21, 0), u"asked"_s);
        QCOMPARE(answer(5, 2, 0x31, 8), u"killed"_s);
        QCOMPARE(answer(5, 2, 0x31, 0), u"EPERM"_s);
        QCOMPARE(answer(6, 2, 4, 0), u"allowed"_s);
        QCOMPARE(answer(11, 2, 4, 0), u"ENOSYS"_s);
    }
};

QTEST_APPLESS_MAIN(TestFilter)
#include "tst_filter.moc"
