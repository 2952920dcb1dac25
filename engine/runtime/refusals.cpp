#include "refusals.h"

#include "confinement.h"
#include "interpose.h"
#include "listeners.h"
#include "nodeinternals.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <netdb.h>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_map>
#include <utility>

namespace bistro {
namespace {

using trace::Access;
using trace::StackId;

// Requests that are under way, with what was handed in. The process's: workers have loops of their own.
struct Watched {
    struct File {
        uv_fs_cb callback = nullptr;
        StackId place;
    };
    struct Name {
        uv_getaddrinfo_cb callback = nullptr;
        StackId place;
        std::string host;
    };
    std::mutex mutex;
    std::unordered_map<const uv_fs_t*, File> files;
    std::unordered_map<const uv_getaddrinfo_t*, Name> names;
};

Watched& watched()
{
    static auto* const one = new Watched; // leaked: threads of the pool may outlive main
    return *one;
}

template <typename Map, typename Request>
typename Map::mapped_type taken(Map& map, const Request* request)
{
    const std::scoped_lock guard(watched().mutex);
    auto node = map.extract(request);
    return node ? std::move(node.mapped()) : typename Map::mapped_type {};
}

// Of a descriptor, as /proc names it; nothing when it is no file.
std::string pathOf(uv_file file)
{
    std::array<char, PATH_MAX> path {};
    const ssize_t size = readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), path.data(), path.size() - 1);
    return size > 0 && path[0] == '/' ? std::string(path.data(), static_cast<std::size_t>(size)) : std::string();
}

// A folder cannot be renamed into another file system, sandbox or not.
bool lieInOneFileSystem(const char* from, const char* to)
{
    struct stat source {};
    struct stat target {};
    std::string folder(to);
    folder.resize(folder.find_last_of('/') == std::string::npos ? 0 : folder.find_last_of('/') + 1);
    return lstat(from, &source) == 0 && stat(folder.empty() ? "." : folder.c_str(), &target) == 0
        && source.st_dev == target.st_dev;
}

std::optional<RefusedThing> firstRefused(const uv_fs_t& request, int error)
{
    const Reachable& may = reachable();
    const char* const path = request.path;
    const char* const to = request.new_path;
    const auto either = [&](FileAct first, FileAct second) {
        const auto refused = may.refusedFile(first, path);
        return refused ? refused : may.refusedFile(second, to);
    };
    const auto descriptor = [&](FileAct act) { return may.refusedFile(act, pathOf(request.file).c_str()); };
    switch (request.fs_type) {
    case UV_FS_OPEN: {
        if (error != EACCES)
            return {};
        const int mode = request.flags & O_ACCMODE;
        const bool writes = mode != O_RDONLY || (request.flags & (O_CREAT | O_TRUNC)) != 0;
        const auto refused = writes ? may.refusedFile(FileAct::Write, path) : std::nullopt;
        return refused || mode == O_WRONLY ? refused : may.refusedFile(FileAct::Read, path);
    }
    case UV_FS_SCANDIR:
    case UV_FS_OPENDIR: return error == EACCES ? may.refusedFile(FileAct::Read, path) : std::nullopt;
    case UV_FS_COPYFILE: return error == EACCES ? either(FileAct::Read, FileAct::Write) : std::nullopt;
    case UV_FS_MKDIR:
    case UV_FS_MKDTEMP:
    case UV_FS_RMDIR:
    case UV_FS_UNLINK: return error == EACCES ? may.refusedFile(FileAct::Entry, path) : std::nullopt;
    case UV_FS_SYMLINK: return error == EACCES ? may.refusedFile(FileAct::Entry, to) : std::nullopt;
    case UV_FS_RENAME:
    case UV_FS_LINK:
        if (error == EPERM || (error == EXDEV && !lieInOneFileSystem(path, to)))
            return {};
        return either(FileAct::Entry, FileAct::Entry);
    case UV_FS_CHMOD:
    case UV_FS_UTIME:
    case UV_FS_LUTIME: return may.refusedFile(FileAct::Attributes, path);
    case UV_FS_CHOWN:
    case UV_FS_LCHOWN: return may.refusedFile(FileAct::Owner, path);
    case UV_FS_FCHMOD:
    case UV_FS_FUTIME: return descriptor(FileAct::Attributes);
    case UV_FS_FCHOWN: return descriptor(FileAct::Owner);
    default: return {}; // what no sandbox refuses: to look, to read and write what is open
    }
}

// How much of it the process may have; nothing when there is no limit.
std::optional<std::uint32_t> allowedOf(int resource, rlim_t unit)
{
    rlimit most {};
    if (getrlimit(static_cast<__rlimit_resource>(resource), &most) != 0 || most.rlim_cur == RLIM_INFINITY)
        return {};
    return static_cast<std::uint32_t>(std::min<rlim_t>(most.rlim_cur / unit, UINT32_MAX));
}

// Each once: who goes on in spite of it comes to it again and again.
void limitReached(ssize_t result, StackId place)
{
    static std::atomic<bool> files = false;
    static std::atomic<bool> openFiles = false;
    constexpr rlim_t kMiB = 1024 * 1024;
    if (result == UV_EFBIG && !files.exchange(true)) {
        const auto allowed = allowedOf(RLIMIT_FSIZE, kMiB);
        if (allowed && *allowed != 0) // 0: the warden, which tells that, lets nobody write any more
            tellLimit(trace::RunLimit::FileSize, *allowed, place);
    } else if (result == UV_EMFILE && !openFiles.exchange(true)) {
        if (const auto allowed = allowedOf(RLIMIT_NOFILE, 1))
            tellLimit(trace::RunLimit::OpenFiles, *allowed, place);
    }
}

void lookAt(const uv_fs_t& request, ssize_t result, StackId place)
{
    limitReached(result, place);
    if (result != UV_EACCES && result != UV_EPERM && result != UV_EXDEV)
        return;
    const int error = -static_cast<int>(result);
    if (const auto refused = firstRefused(request, error))
        tellRefused(refused->access, refused->subject, static_cast<std::uint32_t>(error), place);
}

void fileDelivered(uv_fs_t* request)
{
    const auto file = taken(watched().files, request);
    lookAt(*request, request->result, file.place);
    file.callback(request);
}

void nameDelivered(uv_getaddrinfo_t* request, int status, addrinfo* found)
{
    const auto name = taken(watched().names, request);
    if (reachable().mayResolve(name.host)) {
        for (const addrinfo* each = found; each; each = each->ai_next)
            reachable().resolved(each->ai_addr, each->ai_addrlen);
    } else if (status == UV_EAI_AGAIN) {
        tellRefused(Access::Resolve, name.host, EAGAIN, name.place);
    }
    name.callback(request, status, found);
}

// As execvp looks for it, by the PATH that the child would have had.
std::string programOf(const uv_process_options_t& options)
{
    const std::string name(options.file ? options.file : "");
    const auto within = [&](const std::string& path) {
        return path.starts_with('/') || !options.cwd ? path : std::string(options.cwd) + '/' + path;
    };
    if (name.find('/') != std::string::npos)
        return within(name);
    std::string_view path;
    if (const char* const own = options.env ? nullptr : std::getenv("PATH"))
        path = own;
    for (char** variable = options.env; variable && *variable; ++variable) {
        if (std::string_view(*variable).starts_with("PATH="))
            path = std::string_view(*variable).substr(5);
    }
    while (!path.empty()) {
        const std::string_view folder = path.substr(0, path.find(':'));
        path.remove_prefix(std::min(path.size(), folder.size() + 1));
        const std::string file = within(std::string(folder.empty() ? "." : folder) + '/' + name);
        if (faccessat(AT_FDCWD, file.c_str(), X_OK, AT_EACCESS) == 0)
            return file;
    }
    return {};
}

// To send a signal, or to set a priority: of one's own processes anybody may; of any, root.
void processRefused(pid_t pid, int error)
{
    struct stat status {};
    if (pid <= 0 || (error != EPERM && error != EACCES) || !isConfined())
        return;
    const std::string number = std::to_string(pid);
    if (geteuid() == 0 || (stat(("/proc/" + number).c_str(), &status) == 0 && status.st_uid == geteuid()))
        tellRefused(Access::Signal, number, static_cast<std::uint32_t>(error));
}

// What c-ares is asked for in this thread now, which it goes to a server of names for.
thread_local std::string_view t_lookedUp;

class LookingUp final {
public:
    explicit LookingUp(const char* name)
        : m_before(std::exchange(t_lookedUp, name ? std::string_view(name) : std::string_view()))
    {
    }
    ~LookingUp() { t_lookedUp = m_before; }
    LookingUp(const LookingUp&) = delete;
    LookingUp& operator=(const LookingUp&) = delete;

private:
    std::string_view m_before;
};

void peerRefused(int socket, const void* address, unsigned bytes)
{
    const int error = errno;
    if (!isConfined() || !address)
        return;
    const auto* const peer = static_cast<const sockaddr*>(address);
    bool isHeard = false;
    if (error == ECONNREFUSED) {
        int type = 0;
        socklen_t size = sizeof(type);
        isHeard = getsockopt(socket, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && isHeardHere(peer, bytes, type);
    }
    const auto refused = reachable().refusedPeer(peer, bytes, error, isHeard);
    // Whoever looks up a name asks for that, not for the server that would know it.
    if (refused && !t_lookedUp.empty())
        tellRefused(Access::Resolve, t_lookedUp, static_cast<std::uint32_t>(error));
    else if (refused)
        tellRefused(Access::Connect, *refused, static_cast<std::uint32_t>(error));
    errno = error;
}

} // namespace

uv_fs_cb watchFile(uv_fs_t* request, uv_fs_cb callback)
{
    if (!callback || !isConfined())
        return callback;
    const StackId place = placeNow();
    const std::scoped_lock guard(watched().mutex);
    watched().files.insert_or_assign(request, Watched::File {.callback = callback, .place = place});
    return fileDelivered;
}

int fileDone(const uv_fs_t* request, uv_fs_cb callback, int result, const void* caller)
{
    if (result >= 0 || !isConfined())
        return result;
    if (callback)
        taken(watched().files, request); // never handed in
    else if (nodeinternals::isNodesCode(caller))
        lookAt(*request, result, placeNow());
    return result;
}

void writtenInPart(uv_file file)
{
    struct stat about {};
    rlimit most {};
    if (isConfined() && fstat(file, &about) == 0 && S_ISREG(about.st_mode) && getrlimit(RLIMIT_FSIZE, &most) == 0
        && static_cast<rlim_t>(about.st_size) >= most.rlim_cur)
        limitReached(UV_EFBIG, placeNow());
}

uv_getaddrinfo_cb watchName(uv_getaddrinfo_t* request, uv_getaddrinfo_cb callback, const char* host)
{
    if (!callback || !host || !isConfined())
        return callback;
    const StackId place = placeNow();
    const std::scoped_lock guard(watched().mutex);
    watched().names.insert_or_assign(
        request, Watched::Name {.callback = callback, .place = place, .host = std::string(host)});
    return nameDelivered;
}

int nameDone(const uv_getaddrinfo_t* request, int result)
{
    if (result < 0 && isConfined())
        taken(watched().names, request);
    return result;
}

void spawnDone(const uv_process_options_t* options, int result)
{
    if ((result != UV_EACCES && result != UV_EPERM) || !isConfined())
        return;
    if (const auto refused = reachable().refusedProgram(programOf(*options)))
        tellRefused(refused->access, refused->subject, static_cast<std::uint32_t>(-result));
}

} // namespace bistro

using namespace bistro;

extern "C" {

int uv_kill(int pid, int number)
{
    static const auto real = next<int (*)(int, int)>("uv_kill");
    const int result = real(pid, number);
    if (result < 0)
        processRefused(pid, -result);
    return result;
}

int uv_os_setpriority(uv_pid_t pid, int priority)
{
    static const auto real = next<int (*)(uv_pid_t, int)>("uv_os_setpriority");
    const int result = real(pid, priority);
    if (result < 0)
        processRefused(pid, -result);
    return result;
}

// Of c-ares, as Node asks it for names (dns.resolve …); its answers and types are numbers and pointers to us.
int ares_query_dnsrec(
    void* channel, const char* name, int dnsClass, int type, void* callback, void* argument, unsigned short* query)
{
    using Query = int (*)(void*, const char*, int, int, void*, void*, unsigned short*);
    static const auto real = next<Query>("ares_query_dnsrec");
    const LookingUp lookingUp(name);
    return real(channel, name, dnsClass, type, callback, argument, query);
}

int ares_gethostbyaddr(void* channel, const void* address, int bytes, int family, void* callback, void* argument)
{
    using Query = int (*)(void*, const void*, int, int, void*, void*);
    static const auto real = next<Query>("ares_gethostbyaddr");
    std::array<char, INET6_ADDRSTRLEN> name {};
    const LookingUp lookingUp(inet_ntop(family, address, name.data(), name.size()));
    return real(channel, address, bytes, family, callback, argument);
}

// Of libuv and of c-ares; the C library's own resolver calls none of these.
int connect(int socket, const sockaddr* address, socklen_t bytes)
{
    static const auto real = next<int (*)(int, const sockaddr*, socklen_t)>("connect");
    const int result = real(socket, address, bytes);
    if (result < 0)
        peerRefused(socket, address, bytes);
    return result;
}

ssize_t sendto(int socket, const void* data, std::size_t size, int flags, const sockaddr* address, socklen_t bytes)
{
    static const auto real = next<ssize_t (*)(int, const void*, std::size_t, int, const sockaddr*, socklen_t)>(
        "sendto");
    const ssize_t result = real(socket, data, size, flags, address, bytes);
    if (result < 0)
        peerRefused(socket, address, bytes);
    return result;
}

ssize_t sendmsg(int socket, const msghdr* message, int flags)
{
    static const auto real = next<ssize_t (*)(int, const msghdr*, int)>("sendmsg");
    const ssize_t result = real(socket, message, flags);
    if (result < 0 && message)
        peerRefused(socket, message->msg_name, message->msg_namelen);
    return result;
}

int sendmmsg(int socket, mmsghdr* messages, unsigned count, int flags)
{
    static const auto real = next<int (*)(int, mmsghdr*, unsigned, int)>("sendmmsg");
    const int result = real(socket, messages, count, flags);
    if (result < 0 && messages && count > 0) // the first one is why
        peerRefused(socket, messages->msg_hdr.msg_name, messages->msg_hdr.msg_namelen);
    return result;
}

int bind(int socket, const sockaddr* address, socklen_t bytes) noexcept
{
    static const auto real = next<int (*)(int, const sockaddr*, socklen_t)>("bind");
    const int result = real(socket, address, bytes);
    if (result < 0 && isConfined()) {
        const int error = errno;
        if (const auto name = reachable().refusedName(address, bytes, error))
            tellRefused(Access::Listen, *name, static_cast<std::uint32_t>(error));
        errno = error;
    }
    return result;
}

} // extern "C"
