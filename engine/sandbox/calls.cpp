#include "calls.h"

#include <fcntl.h>
#include <linux/ioprio.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <utility>

namespace bistro::sandbox {
namespace {

// Newer than the headers of the oldest system that Bistro is built on.
constexpr int kFchmodat2 = 452;
constexpr int kStatmount = 457;
constexpr int kListmount = 458;

// Asked about in general, with the error where nobody can be asked. Some have arguments by which they need not be.
struct Asked {
    int call;
    int error;
};
constexpr std::array kAsked {
    // Datagrams and connections: ENETUNREACH is what a computer without a network says.
    Asked {.call = SYS_connect, .error = ENETUNREACH},
    Asked {.call = SYS_bind, .error = EACCES},
    Asked {.call = SYS_listen, .error = EACCES},
    Asked {.call = SYS_sendto, .error = ENETUNREACH},
    Asked {.call = SYS_sendmsg, .error = ENETUNREACH},
    Asked {.call = SYS_sendmmsg, .error = ENETUNREACH},
    // Processes and threads that are started: to be counted.
    Asked {.call = SYS_clone, .error = EAGAIN},
    Asked {.call = SYS_fork, .error = EAGAIN},
    Asked {.call = SYS_vfork, .error = EAGAIN},
    // What reaches another process by its number.
    Asked {.call = SYS_kill, .error = EPERM},
    Asked {.call = SYS_tkill, .error = EPERM},
    Asked {.call = SYS_tgkill, .error = EPERM},
    Asked {.call = SYS_rt_sigqueueinfo, .error = EPERM},
    Asked {.call = SYS_rt_tgsigqueueinfo, .error = EPERM},
    Asked {.call = SYS_setpriority, .error = EPERM},
    Asked {.call = SYS_sched_setparam, .error = EPERM},
    Asked {.call = SYS_sched_setscheduler, .error = EPERM},
    Asked {.call = SYS_sched_setaffinity, .error = EPERM},
    Asked {.call = SYS_sched_setattr, .error = EPERM},
    Asked {.call = SYS_ioprio_set, .error = EPERM},
    Asked {.call = SYS_prlimit64, .error = EPERM},
    // What changes a file without opening it for that.
    Asked {.call = SYS_chmod, .error = EPERM},
    Asked {.call = SYS_fchmod, .error = EPERM},
    Asked {.call = SYS_fchmodat, .error = EPERM},
    Asked {.call = kFchmodat2, .error = EPERM},
    Asked {.call = SYS_chown, .error = EPERM},
    Asked {.call = SYS_fchown, .error = EPERM},
    Asked {.call = SYS_lchown, .error = EPERM},
    Asked {.call = SYS_fchownat, .error = EPERM},
    Asked {.call = SYS_utime, .error = EPERM},
    Asked {.call = SYS_utimes, .error = EPERM},
    Asked {.call = SYS_futimesat, .error = EPERM},
    Asked {.call = SYS_utimensat, .error = EPERM},
    Asked {.call = SYS_truncate, .error = EPERM},
    Asked {.call = SYS_fallocate, .error = EOPNOTSUPP}, // gives it room that nobody writes
    Asked {.call = SYS_setxattr, .error = EPERM},
    Asked {.call = SYS_lsetxattr, .error = EPERM},
    Asked {.call = SYS_fsetxattr, .error = EPERM},
    Asked {.call = SYS_removexattr, .error = EPERM},
    Asked {.call = SYS_lremovexattr, .error = EPERM},
    Asked {.call = SYS_fremovexattr, .error = EPERM},
};

constexpr auto kAskedNumbers = [] {
    std::array<int, kAsked.size()> numbers {};
    for (std::size_t i = 0; i < kAsked.size(); ++i)
        numbers[i] = kAsked[i].call;
    return numbers;
}();

constexpr int errorOf(int call)
{
    for (const Asked& asked : kAsked)
        if (asked.call == call)
            return asked.error;
    std::unreachable();
}

// Of no use in a lesson, and a way around the walls, to the kernel's rarely used parts, or to all of the computer.
constexpr std::array kNotPermitted {
    // Memory and descriptors of other processes.
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kcmp,
    SYS_process_madvise,
    SYS_process_mrelease,
    SYS_migrate_pages,
    SYS_move_pages,
    SYS_pidfd_send_signal,
    SYS_pidfd_getfd,
    // Mounts and namespaces: where paths lead.
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_unshare,
    SYS_setns,
    SYS_fsopen,
    SYS_fsconfig,
    SYS_fsmount,
    SYS_fspick,
    SYS_move_mount,
    SYS_open_tree,
    SYS_mount_setattr,
    SYS_open_by_handle_at,
    SYS_fanotify_init,
    // Keys of the user's session.
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    // Parts of the kernel that have often had holes.
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_modify_ldt,
    // The computer itself.
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_kexec_load,
    SYS_kexec_file_load,
    SYS_reboot,
    SYS_swapon,
    SYS_swapoff,
    SYS_settimeofday,
    SYS_clock_settime,
    SYS_clock_adjtime,
    SYS_adjtimex,
    SYS_sethostname,
    SYS_setdomainname,
    SYS_iopl,
    SYS_ioperm,
    SYS_quotactl,
    SYS_quotactl_fd,
    SYS_acct,
    SYS_syslog,
    SYS_vhangup,
};

// Programs and libraries that would use these do without them when they are not there.
constexpr std::array kNotThere {
    SYS_clone3, // its flags are in memory: glibc takes clone then
    SYS_openat2, // as are these
    SYS_io_uring_setup, // does what calls do, past the filter
    SYS_io_uring_enter,
    SYS_io_uring_register,
    SYS_memfd_create, // files that lie in no place
    SYS_memfd_secret,
    kStatmount,
    kListmount,
    SYS_uselib,
    SYS_sysfs,
    SYS_lookup_dcookie,
    SYS_shmget, // memory that outlives the run, in no place
    SYS_shmat,
    SYS_shmctl,
    SYS_shmdt,
    SYS_semget,
    SYS_semop,
    SYS_semtimedop,
    SYS_semctl,
    SYS_msgget,
    SYS_msgsnd,
    SYS_msgrcv,
    SYS_msgctl,
    SYS_mq_open,
    SYS_mq_unlink,
    SYS_mq_timedsend,
    SYS_mq_timedreceive,
    SYS_mq_notify,
    SYS_mq_getsetattr,
};

constexpr std::uint32_t kNewNamespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER
    | CLONE_NEWPID | CLONE_NEWNET;
constexpr std::uint32_t kSocketType = 0xF; // without SOCK_CLOEXEC and SOCK_NONBLOCK

// Landlock before ABI 3 does not see that a file is emptied by opening it to read.
std::vector<Case> emptyingByReading(int flags)
{
    return {{.looks = {hasAnyOf(flags, O_TRUNC), maskedIs(flags, O_ACCMODE, O_RDONLY)}, .answer = refused(EACCES)},
        {.looks = {hasAnyOf(flags, O_TRUNC), maskedIs(flags, O_ACCMODE, O_ACCMODE)}, .answer = refused(EACCES)}};
}

// A file that others run as its owner: who looks at files' modes by descriptors (filequestions) does not see these.
// mkdir makes none, the kernel takes the bits off.
constexpr std::uint32_t kRunAsOwner = 06000; // S_ISUID, S_ISGID

Case makingToRunAsOwner(int mode)
{
    return {.looks = {hasAnyOf(mode, kRunAsOwner)}, .answer = refused(EPERM)};
}

std::vector<Case> casesOfOpening(int flags)
{
    constexpr std::uint32_t kMaking = O_CREAT | (O_TMPFILE & ~O_DIRECTORY); // else the mode means nothing
    std::vector<Case> cases = emptyingByReading(flags);
    cases.push_back({.looks = {hasAnyOf(flags, kMaking), hasAnyOf(flags + 1, kRunAsOwner)}, .answer = refused(EPERM)});
    return cases;
}

CallRule socketRule()
{
    constexpr int kFamily = 0;
    constexpr int kType = 1;
    constexpr int kProtocol = 2;
    CallRule rule {.call = SYS_socket, .cases = {}, .otherwise = refused(EAFNOSUPPORT)};
    for (const std::uint32_t family : {AF_INET, AF_INET6}) {
        for (const auto& [type, protocol] :
            {std::pair<std::uint32_t, std::uint32_t>(SOCK_STREAM, IPPROTO_TCP), {SOCK_DGRAM, IPPROTO_UDP}}) {
            for (const std::uint32_t one : {std::uint32_t(0), protocol}) {
                rule.cases.push_back(
                    {.looks = {is(kFamily, family), maskedIs(kType, kSocketType, type), is(kProtocol, one)}});
            }
        }
    }
    rule.cases.push_back({.looks = {is(kFamily, AF_UNIX)}});
    rule.cases.push_back({.looks = {is(kFamily, AF_NETLINK), is(kProtocol, 0 /* NETLINK_ROUTE: lists interfaces */)}});
    return rule;
}

// The warden's filters keep a socket on this computer: who could take them off, or join a group of computers, would
// be heard beyond. What is asked of the network without one ends with ENODEV.
CallRule socketOptionRule()
{
    constexpr int kLevel = 1;
    constexpr int kOption = 2;
    constexpr std::uint32_t kBindToInterface = 62; // SO_BINDTOIFINDEX
    constexpr std::uint32_t kDetachReusePort = 68; // SO_DETACH_REUSEPORT_BPF
    CallRule rule {.call = SYS_setsockopt, .cases = {}};
    const auto refuse = [&rule](std::uint32_t level, std::uint32_t option, int error) {
        rule.cases.push_back({.looks = {is(kLevel, level), is(kOption, option)}, .answer = refused(error)});
    };
    for (const std::uint32_t option : {std::uint32_t(SO_ATTACH_FILTER), std::uint32_t(SO_DETACH_FILTER),
             std::uint32_t(SO_LOCK_FILTER), std::uint32_t(SO_ATTACH_BPF), std::uint32_t(SO_ATTACH_REUSEPORT_CBPF),
             std::uint32_t(SO_ATTACH_REUSEPORT_EBPF), kDetachReusePort, std::uint32_t(SO_BINDTODEVICE),
             kBindToInterface, std::uint32_t(SO_MARK)})
        refuse(SOL_SOCKET, option, EPERM);
    for (const std::uint32_t option : {IP_ADD_MEMBERSHIP, IP_ADD_SOURCE_MEMBERSHIP, IP_BLOCK_SOURCE, IP_UNBLOCK_SOURCE,
             IP_MSFILTER, MCAST_JOIN_GROUP, MCAST_JOIN_SOURCE_GROUP, MCAST_MSFILTER})
        refuse(IPPROTO_IP, option, ENODEV);
    // A way of its own through the network: a packet for this computer would leave it.
    constexpr std::uint32_t kOldOptions = 6; // IPV6_2292PKTOPTIONS
    refuse(IPPROTO_IP, IP_OPTIONS, EPERM);
    for (const std::uint32_t option : {std::uint32_t(IPV6_RTHDR), kOldOptions})
        refuse(IPPROTO_IPV6, option, EPERM);
    for (const std::uint32_t option :
        {IPV6_ADD_MEMBERSHIP, IPV6_JOIN_ANYCAST, MCAST_JOIN_GROUP, MCAST_JOIN_SOURCE_GROUP, MCAST_MSFILTER})
        refuse(IPPROTO_IPV6, option, ENODEV);
    return rule;
}

// Of requests to devices and files those that act beyond what was opened: Landlock knows devices' only.
CallRule ioctlRule()
{
    constexpr int kRequest = 1;
    constexpr std::uint32_t kType = 0xFF00; // whose requests these are, see _IOC
    constexpr std::uint32_t kLinux = 0x541C; // TIOCLINUX: pastes into a text console
    constexpr std::uint32_t kSetOwnerOfFile = 0x8901; // FIOSETOWN: whom the kernel signals
    constexpr std::uint32_t kSetOwnerOfSocket = 0x8902; // SIOCSPGRP
    constexpr std::uint32_t kGetFlags = 0x8008'6601; // FS_IOC_GETFLAGS
    constexpr std::uint32_t kExtents = 0xC020'660B; // FS_IOC_FIEMAP
    constexpr std::uint32_t kSetVersion = 0x4008'7602; // FS_IOC_SETVERSION
    constexpr std::uint32_t kClone = 0x4004'9409; // FICLONE, as cp does it
    constexpr std::uint32_t kCloneRange = 0x4020'940D; // FICLONERANGE
    CallRule rule {.call = SYS_ioctl, .cases = {}};
    // A terminal that others can't open or that writes nothing more would stay so when the run is over.
    for (const std::uint32_t request : {std::uint32_t(TIOCSTI), std::uint32_t(TIOCSETD), std::uint32_t(TIOCCONS),
             std::uint32_t(TIOCEXCL), std::uint32_t(TCXONC), kLinux, kSetOwnerOfFile, kSetOwnerOfSocket, kSetVersion})
        rule.cases.push_back({.looks = {is(kRequest, request)}, .answer = refused(EPERM)});
    for (const std::uint32_t request : {kGetFlags, kExtents, kClone, kCloneRange})
        rule.cases.push_back({.looks = {is(kRequest, request)}});
    // File systems' own: attributes, seals, subvolumes, snapshots. A folder that may be read is enough for them.
    for (const std::uint32_t type : {std::uint32_t('f'), std::uint32_t('X'), std::uint32_t(0x94), std::uint32_t(0xF5)})
        rule.cases.push_back({.looks = {maskedIs(kRequest, kType, type << 8)}, .answer = refused(ENOTTY)});
    return rule;
}

// A call that is asked about unless one of the cases holds.
CallRule asked(const Kernel& kernel, int call, std::vector<Case> cases = {})
{
    return {.call = call, .cases = std::move(cases), .otherwise = kernel.asks ? kAsk : refused(errorOf(call))};
}

std::vector<CallRule> rulesOfFiles(const Kernel& kernel)
{
    constexpr int kPathFlags = 4; // of execveat
    return {
        {.call = SYS_openat, .cases = casesOfOpening(2)},
        {.call = SYS_open, .cases = casesOfOpening(1)},
        // Who is signaled when there is something to read: it need not be the one who asks. For a lease others wait who
        // open the file.
        {.call = SYS_fcntl,
            .cases = {{.looks = {is(1, F_SETOWN)}, .answer = refused(EPERM)},
                {.looks = {is(1, F_SETOWN_EX)}, .answer = refused(EPERM)},
                {.looks = {is(1, F_SETSIG)}, .answer = refused(EPERM)},
                {.looks = {is(1, F_SETLEASE)}, .answer = refused(EPERM)}}},
        ioctlRule(),
        {.call = SYS_execveat, .cases = {{.looks = {hasAnyOf(kPathFlags, AT_EMPTY_PATH)}, .answer = refused(EACCES)}}},
        asked(kernel, SYS_chmod),
        asked(kernel, SYS_fchmod),
        asked(kernel, SYS_fchmodat),
        asked(kernel, kFchmodat2),
        asked(kernel, SYS_chown),
        asked(kernel, SYS_fchown),
        asked(kernel, SYS_lchown),
        asked(kernel, SYS_fchownat),
        asked(kernel, SYS_utime),
        asked(kernel, SYS_utimes),
        asked(kernel, SYS_futimesat),
        asked(kernel, SYS_utimensat),
        asked(kernel, SYS_truncate),
        asked(kernel, SYS_fallocate),
        asked(kernel, SYS_setxattr),
        asked(kernel, SYS_lsetxattr),
        asked(kernel, SYS_fsetxattr),
        asked(kernel, SYS_removexattr),
        asked(kernel, SYS_lremovexattr),
        asked(kernel, SYS_fremovexattr),
        {.call = SYS_creat, .cases = {makingToRunAsOwner(1)}},
        {.call = SYS_mknod, .cases = {makingToRunAsOwner(1)}},
        {.call = SYS_mknodat, .cases = {makingToRunAsOwner(2)}},
    };
}

std::vector<CallRule> rulesOfTheNetwork(const Kernel& kernel)
{
    constexpr int kAddress = 4; // of sendto
    const auto openingWithData = [](int flags) { // MSG_FASTOPEN connects; the error is that of a kernel without it
        return Case {.looks = {hasAnyOf(flags, MSG_FASTOPEN)}, .answer = refused(EOPNOTSUPP)};
    };
    const Answer toSomebody = kernel.asks ? kAsk : refused(errorOf(SYS_sendto));
    return {
        {.call = SYS_sendto, .cases = {openingWithData(3), {.looks = {notNull(kAddress)}, .answer = toSomebody}}},
        asked(kernel, SYS_sendmsg, {openingWithData(2)}),
        asked(kernel, SYS_sendmmsg, {openingWithData(3)}),
        socketOptionRule(),
        socketRule(),
        {.call = SYS_socketpair, .cases = {{.looks = {isNot(0, AF_UNIX)}, .answer = refused(EAFNOSUPPORT)}}},
        asked(kernel, SYS_connect),
        asked(kernel, SYS_bind),
        asked(kernel, SYS_listen),
    };
}

std::vector<CallRule> rulesOfProcesses(const Kernel& kernel)
{
    const Case itself {.looks = {is(0, 0)}};
    std::vector<CallRule> rules {
        // With CLONE_PARENT the new process would be nobody's below the program.
        asked(kernel, SYS_clone,
            {{.looks = {hasAnyOf(0, kNewNamespaces | CLONE_PARENT)}, .answer = refused(EPERM)},
                {.looks = {hasAnyOf(0, CLONE_THREAD)}, .answer = kernel.asks ? kAsk : kAllowed}}),
        asked(kernel, SYS_fork),
        asked(kernel, SYS_vfork),
        asked(kernel, SYS_prlimit64, {itself}),
        asked(kernel, SYS_setpriority, {{.looks = {is(0, PRIO_PROCESS), is(1, 0)}}}),
        asked(kernel, SYS_sched_setparam, {itself}),
        asked(kernel, SYS_sched_setscheduler, {itself}),
        asked(kernel, SYS_sched_setaffinity, {itself}),
        asked(kernel, SYS_sched_setattr, {itself}),
        asked(kernel, SYS_ioprio_set, {{.looks = {is(0, IOPRIO_WHO_PROCESS), is(1, 0)}}}),
        // The warden of an ordinary user could not read what it has written. Who asks for that wants no core file and
        // nobody who traces it, and has that already.
        {.call = SYS_prctl, .cases = {{.looks = {is(0, PR_SET_DUMPABLE), is(1, 0)}, .answer = kPassedOver}}},
        // A listener of the program's own would answer the questions before the warden.
        {.call = SYS_seccomp,
            .cases = {{.looks = {is(0, SECCOMP_SET_MODE_FILTER), hasAnyOf(1, SECCOMP_FILTER_FLAG_NEW_LISTENER)},
                .answer = refused(EPERM)}}},
    };
    constexpr int kAbiWithSignals = 6;
    if (kernel.landlock < kAbiWithSignals)
        for (const int call : {SYS_kill, SYS_tkill, SYS_tgkill, SYS_rt_sigqueueinfo, SYS_rt_tgsigqueueinfo})
            rules.push_back(asked(kernel, call));
    return rules;
}

} // namespace

std::span<const int> callsThatAsk()
{
    return kAskedNumbers;
}

std::vector<CallRule> callRules(const Kernel& kernel)
{
    std::vector<CallRule> rules;
    const auto append = [&rules](std::vector<CallRule> more) {
        rules.insert(rules.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    };
    // Those that programs call most stand in front.
    append(rulesOfFiles(kernel));
    append(rulesOfTheNetwork(kernel));
    append(rulesOfProcesses(kernel));
    for (const int call : kNotPermitted)
        rules.push_back({.call = call, .cases = {}, .otherwise = refused(EPERM)});
    for (const int call : kNotThere)
        rules.push_back({.call = call, .cases = {}, .otherwise = refused(ENOSYS)});
    return rules;
}

} // namespace bistro::sandbox
