#include "warden/target.h"

#include "warden/descendants.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <ios>
#include <linux/openat2.h>
#include <linux/seccomp.h>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>

namespace bistro::warden {
namespace {

constexpr std::size_t kPage = 4096;
constexpr unsigned kOfThread = O_EXCL; // PIDFD_THREAD, Linux 6.9

struct Rewritten {
    std::string path;
    bool ofItself = false; // goes through a link of the kernel's into the process's own descriptors or folders
};

// "self" is whoever looks: what the program means by it has to be written out before the warden looks.
Rewritten asTheThreadMeans(const std::string& path, pid_t thread, pid_t process)
{
    const std::string own = "/proc/" + std::to_string(process);
    const std::pair<std::string_view, std::string> names[] = {
        {"/proc/self", own},
        {"/proc/thread-self", own + "/task/" + std::to_string(thread)},
        {"/dev/fd", own + "/fd"},
        {"/dev/stdin", own + "/fd/0"},
        {"/dev/stdout", own + "/fd/1"},
        {"/dev/stderr", own + "/fd/2"},
    };
    for (const auto& [name, meant] : names) {
        if (path.starts_with(name) && (path.size() == name.size() || path[name.size()] == '/'))
            return {.path = meant + path.substr(name.size()), .ofItself = true};
    }
    return {.path = path};
}

} // namespace

Target::Target(int listener, const seccomp_notif& question)
    : m_listener(listener)
    , m_id(question.id)
    , m_thread(static_cast<pid_t>(question.pid))
    , m_call(question.data.nr)
{
    std::ranges::copy(question.data.args, m_arguments.begin());
    m_process = processOf(m_thread).value_or(0);
}

bool Target::waits() const
{
    return ioctl(m_listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &m_id) == 0;
}

std::expected<void, int> Target::read(std::uint64_t address, std::span<std::byte> to) const
{
    if (to.empty())
        return {};
    const iovec here {.iov_base = to.data(), .iov_len = to.size()};
    const iovec there {.iov_base = reinterpret_cast<void*>(address), .iov_len = to.size()};
    const ssize_t got = process_vm_readv(m_thread, &here, 1, &there, 1, 0);
    if (!waits())
        return std::unexpected(ESRCH);
    if (got < 0 && errno != EFAULT)
        return std::unexpected(errno);
    if (got != static_cast<ssize_t>(to.size()))
        return std::unexpected(EFAULT);
    return {};
}

std::expected<void, int> Target::write(std::uint64_t address, std::span<const std::byte> bytes) const
{
    if (!waits())
        return std::unexpected(ESRCH);
    const iovec here {.iov_base = const_cast<std::byte*>(bytes.data()), .iov_len = bytes.size()};
    const iovec there {.iov_base = reinterpret_cast<void*>(address), .iov_len = bytes.size()};
    if (process_vm_writev(m_thread, &here, 1, &there, 1, 0) != static_cast<ssize_t>(bytes.size()))
        return std::unexpected(EFAULT);
    return {};
}

std::expected<std::string, int> Target::text(std::uint64_t address, std::size_t most) const
{
    std::string result;
    // Page by page: what lies after the text's end may be no memory at all.
    while (result.size() < most) {
        const std::size_t piece = std::min(kPage - address % kPage, most - result.size());
        std::string part(piece, '\0');
        if (const auto done = read(address, std::as_writable_bytes(std::span(part))); !done)
            return std::unexpected(done.error());
        const std::size_t end = part.find('\0');
        result += part.substr(0, end);
        if (end != std::string::npos)
            return result;
        address += piece;
    }
    return std::unexpected(ENAMETOOLONG);
}

std::expected<Descriptor, int> Target::descriptor(int number) const
{
    if (number < 0)
        return std::unexpected(EBADF);
    // A thread may have descriptors of its own. Before Linux 6.9 only the process's can be asked for.
    Descriptor process(static_cast<int>(syscall(SYS_pidfd_open, m_thread, kOfThread)));
    if (!process)
        process = Descriptor(static_cast<int>(syscall(SYS_pidfd_open, m_process, 0)));
    if (!process)
        return std::unexpected(errno);
    if (!waits())
        return std::unexpected(ESRCH);
    Descriptor duplicate(static_cast<int>(syscall(SYS_pidfd_getfd, process.get(), number, 0)));
    if (!duplicate)
        return std::unexpected(errno);
    return duplicate;
}

std::expected<Descriptor, int> Target::file(int folder, const std::string& path, bool follow) const
{
    if (path.empty())
        return std::unexpected(ENOENT);
    Descriptor from;
    if (!path.starts_with('/')) {
        if (folder == AT_FDCWD) {
            const std::string own = "/proc/" + std::to_string(m_thread) + "/cwd";
            from = Descriptor(open(own.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
            if (!from)
                return std::unexpected(errno);
            if (!waits())
                return std::unexpected(ESRCH);
        } else if (auto given = descriptor(folder)) {
            from = std::move(*given);
        } else {
            return std::unexpected(given.error());
        }
    }
    const auto meant = asTheThreadMeans(path, m_thread, m_process);
    open_how how {};
    how.flags = O_PATH | O_CLOEXEC | (follow ? 0U : static_cast<unsigned>(O_NOFOLLOW));
    // A link in the workspace that leads to /proc/self/fd would lead to the warden's own.
    how.resolve = meant.ofItself ? 0U : static_cast<unsigned>(RESOLVE_NO_MAGICLINKS);
    Descriptor found(
        static_cast<int>(syscall(SYS_openat2, from ? from.get() : AT_FDCWD, meant.path.c_str(), &how, sizeof(how))));
    if (!found)
        return std::unexpected(errno);
    if (!waits())
        return std::unexpected(ESRCH);
    return found;
}

mode_t Target::fileMask() const
{
    std::ifstream status("/proc/" + std::to_string(m_thread) + "/status");
    for (std::string word; status >> word;) {
        unsigned mask = 0;
        if (word == "Umask:" && status >> std::oct >> mask)
            return mask;
    }
    return 0077;
}

std::string placeOf(const Descriptor& file)
{
    std::string result(PATH_MAX, '\0');
    const ssize_t length = readlink(nameOf(file).c_str(), result.data(), result.size());
    result.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
    return result;
}

std::string nameOf(const Descriptor& file)
{
    return "/proc/self/fd/" + std::to_string(file.get());
}

} // namespace bistro::warden
