#include "warden/socketmemory.h"

#include "warden/descendants.h"
#include "warden/descriptor.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstring>
#include <dirent.h>
#include <fstream>
#include <functional>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unordered_set>
#include <vector>

namespace bistro::warden {
namespace {

// What is not worth a closer look: it takes some milliseconds.
constexpr std::uint64_t kFewBytes = 16 << 20;
constexpr std::uint64_t kFewSockets = 100; // of Unix, of which nobody tells the sum; some 200 KB each
constexpr std::chrono::milliseconds kBetween {300};

struct Held {
    std::uint32_t inode = 0; // 0: nobody has it open
    std::uint16_t port = 0;
    std::uint16_t peersPort = 0;
    bool listens = false;
    std::uint64_t bytes = 0;
};

template <typename T>
struct Asking {
    nlmsghdr header {};
    T about {};
};

template <typename T>
Asking<T> asking(const T& about)
{
    return {.header = {.nlmsg_len = sizeof(Asking<T>),
                .nlmsg_type = SOCK_DIAG_BY_FAMILY,
                .nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP,
                .nlmsg_seq = 0,
                .nlmsg_pid = 0},
        .about = about};
}

// Of the attributes behind a message's fixed part.
std::uint64_t bytesIn(const nlmsghdr& message, std::size_t fixed, unsigned short which)
{
    auto left = static_cast<int>(message.nlmsg_len - NLMSG_LENGTH(fixed));
    const auto* at = reinterpret_cast<const rtattr*>(
        reinterpret_cast<const char*>(NLMSG_DATA(&message)) + NLMSG_ALIGN(fixed));
    for (; RTA_OK(at, left); at = RTA_NEXT(at, left)) {
        std::array<std::uint32_t, SK_MEMINFO_VARS> told {};
        if (at->rta_type != which)
            continue;
        std::memcpy(told.data(), RTA_DATA(at), std::min<std::size_t>(RTA_PAYLOAD(at), sizeof(told)));
        return std::uint64_t {told[SK_MEMINFO_RMEM_ALLOC]} + told[SK_MEMINFO_FWD_ALLOC] + told[SK_MEMINFO_BACKLOG]
            + std::max(told[SK_MEMINFO_WMEM_ALLOC], told[SK_MEMINFO_WMEM_QUEUED]);
    }
    return 0;
}

template <typename T>
T fixedPart(const nlmsghdr& message)
{
    T result {};
    if (message.nlmsg_len >= NLMSG_LENGTH(sizeof(T)))
        std::memcpy(&result, NLMSG_DATA(&message), sizeof(T));
    return result;
}

Held ofInternet(const nlmsghdr& message)
{
    const auto told = fixedPart<inet_diag_msg>(message);
    return {.inode = told.idiag_inode,
        .port = ntohs(told.id.idiag_sport),
        .peersPort = ntohs(told.id.idiag_dport),
        .listens = told.idiag_state == TCP_LISTEN,
        .bytes = bytesIn(message, sizeof(told), INET_DIAG_SKMEMINFO)};
}

Held ofUnix(const nlmsghdr& message)
{
    const auto told = fixedPart<unix_diag_msg>(message);
    return {.inode = told.udiag_ino, .bytes = bytesIn(message, sizeof(told), UNIX_DIAG_MEMINFO)};
}

template <typename T>
void hold(std::vector<Held>& all, const T& about, const std::function<Held(const nlmsghdr&)>& read)
{
    const Descriptor netlink(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    const auto question = asking(about);
    if (!netlink || send(netlink.get(), &question, sizeof(question), 0) < 0)
        return;
    alignas(nlmsghdr) std::array<char, 32768> buffer {};
    for (;;) {
        const ssize_t size = recv(netlink.get(), buffer.data(), buffer.size(), 0);
        if (size <= 0)
            return;
        auto left = static_cast<unsigned>(size);
        for (const auto* message = reinterpret_cast<const nlmsghdr*>(buffer.data()); NLMSG_OK(message, left);
            message = NLMSG_NEXT(message, left)) {
            if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY)
                return; // the end, or there is no answer
            all.push_back(read(*message));
        }
    }
}

std::vector<Held> allThatIsHeld()
{
    std::vector<Held> all;
    for (const int family : {AF_INET, AF_INET6}) {
        for (const int protocol : {IPPROTO_TCP, IPPROTO_UDP}) {
            inet_diag_req_v2 about {};
            about.sdiag_family = static_cast<std::uint8_t>(family);
            about.sdiag_protocol = static_cast<std::uint8_t>(protocol);
            about.idiag_ext = 1U << (INET_DIAG_SKMEMINFO - 1);
            about.idiag_states = ~(1U << TCP_TIME_WAIT);
            hold(all, about, ofInternet);
        }
    }
    unix_diag_req about {};
    about.sdiag_family = AF_UNIX;
    about.udiag_states = ~0U;
    about.udiag_show = UDIAG_SHOW_MEMINFO;
    hold(all, about, ofUnix);
    return all;
}

void addSocketsOf(pid_t process, std::unordered_set<std::uint32_t>& inodes)
{
    constexpr std::string_view kSocket = "socket:[";
    const std::string folder = "/proc/" + std::to_string(process) + "/fd";
    const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(folder.c_str()), closedir);
    while (const dirent* const entry = entries ? readdir(entries.get()) : nullptr) {
        std::array<char, 64> name {};
        const ssize_t size = readlinkat(dirfd(entries.get()), entry->d_name, name.data(), name.size());
        const std::string_view text(name.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
        std::uint32_t inode = 0;
        if (text.starts_with(kSocket))
            std::from_chars(text.data() + kSocket.size(), text.data() + text.size(), inode);
        if (inode != 0)
            inodes.insert(inode);
    }
}

} // namespace

SocketMemory::SocketMemory(pid_t top)
    : m_top(top)
    , m_least(ofEverybody())
{
}

SocketMemory::All SocketMemory::ofEverybody()
{
    static const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    All result;
    std::ifstream in("/proc/self/net/sockstat");
    std::uint64_t number = 0;
    for (std::string word; in >> word;) {
        if (word == "used" && in >> number)
            result.sockets = number;
        else if (word == "mem" && in >> number)
            result.bytes += number * page;
    }
    return result;
}

std::uint64_t SocketMemory::look()
{
    const All now = ofEverybody();
    m_least = {.bytes = std::min(m_least.bytes, now.bytes), .sockets = std::min(m_least.sockets, now.sockets)};
    if (now.bytes - m_least.bytes < kFewBytes && now.sockets - m_least.sockets < kFewSockets)
        return m_bytes = 0;
    const auto time = std::chrono::steady_clock::now();
    if (time < m_next)
        return m_bytes;
    m_bytes = addUp();
    m_next = std::chrono::steady_clock::now() + kBetween;
    return m_bytes;
}

std::uint64_t SocketMemory::addUp() const
{
    std::unordered_set<std::uint32_t> own;
    for (const Process& process : below(m_top))
        addSocketsOf(process.pid, own);
    const std::vector<Held> all = allThatIsHeld();
    std::unordered_set<std::uint16_t> ports; // at which the run listens
    for (const Held& one : all) {
        if (one.listens && own.contains(one.inode))
            ports.insert(one.port);
    }
    std::uint64_t bytes = 0;
    for (const Held& one : all) {
        if (one.inode != 0 ? own.contains(one.inode) : ports.contains(one.port) || ports.contains(one.peersPort))
            bytes += one.bytes;
    }
    return bytes;
}

} // namespace bistro::warden
