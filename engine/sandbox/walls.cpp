#include "walls.h"

#include "calls.h"
#include "filter.h"
#include "landlock.h"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <utility>

namespace bistro::sandbox {
namespace {

constexpr std::uint64_t kMiB = 1'024 * 1'024;
// With 0 a kernel that pipes core files to a program still does so; with 1 it writes none at all, to nobody.
constexpr rlim_t kNoCoreFile = 1;
constexpr unsigned kWaitForFatal = SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV; // since 5.19

struct Limit {
    __rlimit_resource resource;
    rlim_t most; // RLIM_INFINITY: as it is
};

rlim_t limitOf(std::uint64_t amount, std::uint64_t unit)
{
    return amount == 0 || amount > RLIM_INFINITY / unit ? RLIM_INFINITY : amount * unit;
}

// What root may do, and a program that root has started need not: raise its limits, look into other processes, change
// mounts, the network and the clock. What belongs to files, users and low ports stays. Not so CAP_FSETID: who writes to
// a file that runs as its owner takes that right off the file.
constexpr std::uint64_t kKeptCapabilities = 1u << CAP_CHOWN | 1u << CAP_DAC_OVERRIDE | 1u << CAP_DAC_READ_SEARCH
    | 1u << CAP_FOWNER | 1u << CAP_KILL | 1u << CAP_SETGID | 1u << CAP_SETUID | 1u << CAP_NET_BIND_SERVICE;

int giveUpCapabilities()
{
    // From what exec gives to root. Who may not say so has none, and gets none (no new privileges).
    for (unsigned capability = 0; capability < 64; ++capability) {
        if ((kKeptCapabilities >> capability & 1) == 0 && prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0
            && errno != EPERM && errno != EINVAL)
            return errno;
    }
    __user_cap_header_struct header {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> sets {};
    if (syscall(SYS_capget, &header, sets.data()) != 0)
        return errno;
    for (std::size_t i = 0; i < sets.size(); ++i) {
        const auto kept = static_cast<std::uint32_t>(kKeptCapabilities >> (32 * i));
        sets[i].effective &= kept;
        sets[i].permitted &= kept;
        sets[i].inheritable &= kept;
    }
    return syscall(SYS_capset, &header, sets.data()) == 0 ? 0 : errno;
}

int limit(const Limit& limit)
{
    rlimit now {};
    if (getrlimit(limit.resource, &now) != 0)
        return errno;
    // Whoever has started us may have had a lower one.
    const rlim_t most = std::min(limit.most, now.rlim_max);
    const rlimit next {.rlim_cur = std::min(most, limit.most == RLIM_INFINITY ? now.rlim_cur : most), .rlim_max = most};
    return setrlimit(limit.resource, &next) == 0 ? 0 : errno;
}

// The terminals behind standard input, output and error, which Node opens once more by their names. Those of others,
// beside them in /dev/pts, would tell what their users type.
std::vector<std::string> ownTerminals()
{
    std::vector<std::string> terminals;
    std::array<char, PATH_MAX> name {};
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        if (isatty(stream) != 0 && ttyname_r(stream, name.data(), name.size()) == 0)
            terminals.emplace_back(name.data());
    return terminals;
}

} // namespace

std::span<const int> askedCalls()
{
    return callsThatAsk();
}

struct Walls::Parts {
    Parts() = default;
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;
    ~Parts()
    {
        if (rules >= 0)
            close(rules);
    }

    Kernel kernel;
    std::array<Limit, 4> limits {};
    int rules = -1; // Landlock's
    std::vector<sock_filter> filter; // empty: the kernel takes none
};

std::expected<Walls, std::string> Walls::prepare(const Policy& policy, const Kernel& kernel)
{
    Walls walls;
    walls.m = new Parts;
    walls.m->kernel = kernel;
    const Limits& limits = policy.limits;
    walls.m->limits = {{{.resource = RLIMIT_DATA, .most = limitOf(limits.memory, kMiB)},
        {.resource = RLIMIT_FSIZE, .most = limitOf(limits.fileSize, kMiB)},
        {.resource = RLIMIT_NOFILE, .most = limitOf(limits.openFiles, 1)},
        {.resource = RLIMIT_CORE, .most = kNoCoreFile}}};
    if (kernel.landlock > 0) {
        std::vector<Place> places = systemPlaces();
        places.insert(places.end(), policy.places.begin(), policy.places.end());
        const auto rules = landlockRules(places, ownTerminals(), policy.foreignPrograms, kernel.landlock);
        if (!rules)
            return std::unexpected(rules.error());
        walls.m->rules = *rules;
    }
    if (kernel.filters)
        walls.m->filter = assembled(callRules(kernel), kLastKnownCall);
    return walls;
}

Walls::Walls(Walls&& other) noexcept
    : m(std::exchange(other.m, nullptr))
{
}

Walls::~Walls()
{
    delete m;
}

std::expected<int, int> Walls::putUp() const
{
    for (const Limit& one : m->limits)
        if (const int error = limit(one); error != 0)
            return std::unexpected(error);
    // Programs that run as somebody else (sudo) get nothing by it; else the kernel takes neither rules nor filter.
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return std::unexpected(errno);
    if (const int error = giveUpCapabilities(); error != 0)
        return std::unexpected(error);
    if (m->rules >= 0)
        if (const int error = enterLandlock(m->rules, m->kernel.landlock); error != 0)
            return std::unexpected(error);
    if (m->filter.empty())
        return -1;
    const sock_fprog program {.len = static_cast<unsigned short>(m->filter.size()),
        .filter = const_cast<sock_filter*>(m->filter.data())}; // the kernel only reads it
    if (!m->kernel.asks)
        return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0 ? std::expected<int, int>(-1)
                                                                               : std::unexpected(errno);
    // A signal that the program handles does not interrupt a call that the warden is carrying out: it would be done
    // twice.
    for (const unsigned more : {kWaitForFatal, 0u}) {
        const long listener = syscall(
            SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER | more, &program);
        if (listener >= 0)
            return static_cast<int>(listener);
        if (errno != EINVAL)
            break;
    }
    return std::unexpected(errno);
}

} // namespace bistro::sandbox
