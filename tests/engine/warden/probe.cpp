// A small program that the tests run within the walls: one attempt for each word, which prints "ok" or the errno's
// name.

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <map>
#include <net/if.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using namespace std::chrono_literals;
using Words = std::vector<std::string>;

int say(long result)
{
    std::puts(result >= 0 ? "ok" : strerrorname_np(errno));
    std::fflush(stdout);
    return 0;
}

sockaddr_in inet(const std::string& host, int port)
{
    sockaddr_in result {};
    result.sin_family = AF_INET;
    result.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, host.c_str(), &result.sin_addr);
    return result;
}

const sockaddr* of(const auto& address)
{
    return reinterpret_cast<const sockaddr*>(&address);
}

int portOf(int socket)
{
    sockaddr_in address {};
    socklen_t size = sizeof(address);
    getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

int bound(int type, const std::string& host = "127.0.0.1")
{
    const int result = socket(AF_INET, type, 0);
    const auto address = inet(host, 0);
    if (bind(result, of(address), sizeof(address)) != 0 || (type == SOCK_STREAM && listen(result, 1'000) != 0))
        std::exit(say(-1));
    return result;
}

// TYPE HOST PORT: blocking, as most programs do it.
int connectTo(const Words& words)
{
    const int s = socket(AF_INET, words[0] == "tcp" ? SOCK_STREAM : SOCK_DGRAM, 0);
    const auto address = inet(words[1], std::stoi(words[2]));
    return say(connect(s, of(address), sizeof(address)));
}

int sendTo(const Words& words)
{
    const int s = socket(AF_INET, SOCK_DGRAM, 0);
    auto address = inet(words[1], std::stoi(words[2]));
    iovec bytes {.iov_base = const_cast<char*>("x"), .iov_len = 1};
    mmsghdr message {};
    message.msg_hdr.msg_name = &address;
    message.msg_hdr.msg_namelen = sizeof(address);
    message.msg_hdr.msg_iov = &bytes;
    message.msg_hdr.msg_iovlen = 1;
    if (words[0] == "sendto")
        return say(sendto(s, "x", 1, 0, of(address), sizeof(address)));
    if (words[0] == "sendmsg")
        return say(sendmsg(s, &message.msg_hdr, 0));
    return say(sendmmsg(s, &message, 1, 0));
}

// All ways to send a datagram, to a socket of its own; prints how many came, and from whom.
int sendToItself()
{
    const int heard = bound(SOCK_DGRAM);
    auto address = inet("127.0.0.1", portOf(heard));
    const int s = socket(AF_INET, SOCK_DGRAM, 0);
    iovec bytes {.iov_base = const_cast<char*>("two"), .iov_len = 3};
    std::array<mmsghdr, 2> messages {};
    for (mmsghdr& message : messages) {
        message.msg_hdr.msg_name = &address;
        message.msg_hdr.msg_namelen = sizeof(address);
        message.msg_hdr.msg_iov = &bytes;
        message.msg_hdr.msg_iovlen = 1;
    }
    if (sendto(s, "one", 3, 0, of(address), sizeof(address)) != 3 || sendmsg(s, &messages[0].msg_hdr, 0) != 3
        || sendmmsg(s, messages.data(), 2, 0) != 2 || messages[1].msg_len != 3)
        return say(-1);
    if (connect(s, of(address), sizeof(address)) != 0 || send(s, "five", 4, 0) != 4)
        return say(-1);
    std::string all;
    for (int i = 0; i < 5; ++i) {
        char got[16];
        const ssize_t size = recv(heard, got, sizeof(got), 0);
        if (size < 0)
            return say(-1);
        all += std::string(got, static_cast<std::size_t>(size)) + ' ';
    }
    std::puts(all.c_str());
    return 0;
}

socklen_t unixAddress(sockaddr_un& address, const std::string& name)
{
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.data(), name.size());
    if (name.front() == '@')
        address.sun_path[0] = '\0';
    return static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size() + (name.front() == '@' ? 0 : 1));
}

int unixSocket(const Words& words)
{
    sockaddr_un address {};
    const socklen_t size = unixAddress(address, words[1]);
    if (words[0] == "unix")
        return say(connect(socket(AF_UNIX, SOCK_STREAM, 0), of(address), size));
    if (words[0] == "unix-datagram")
        return say(sendto(socket(AF_UNIX, SOCK_DGRAM, 0), "x", 1, 0, of(address), size));
    const int server = socket(AF_UNIX, SOCK_STREAM, 0); // unix-self
    if (bind(server, of(address), size) != 0 || listen(server, 5) != 0)
        return say(-1);
    sockaddr_un told {};
    socklen_t toldSize = sizeof(told);
    getsockname(server, reinterpret_cast<sockaddr*>(&told), &toldSize);
    return say(connect(socket(AF_UNIX, SOCK_STREAM, 0), of(address), size));
}

// Hands a file over a pair of sockets to a child, which reads it.
int handOver(const Words& words)
{
    int ends[2] {};
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    const pid_t child = fork();
    if (child == 0) {
        char byte = 0;
        iovec bytes {.iov_base = &byte, .iov_len = 1};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] {};
        msghdr message {};
        message.msg_iov = &bytes;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof(control);
        int handed = -1;
        if (recvmsg(ends[1], &message, 0) == 1 && CMSG_FIRSTHDR(&message) != nullptr)
            std::memcpy(&handed, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(handed));
        char text[64] {};
        if (read(handed, text, sizeof(text) - 1) < 0)
            _exit(say(-1));
        std::puts(text);
        std::fflush(stdout);
        _exit(0);
    }
    const int file = open(words[1].c_str(), O_RDONLY);
    iovec bytes {.iov_base = const_cast<char*>("x"), .iov_len = 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] {};
    msghdr message {};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof(control);
    cmsghdr* const part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(part), &file, sizeof(file));
    if (sendmsg(ends[0], &message, 0) != 1)
        return say(-1);
    waitpid(child, nullptr, 0);
    return 0;
}

// A large message over a stream that may wait: all of it is sent.
int sendMuch()
{
    constexpr std::size_t kBytes = 5'000'000;
    int ends[2] {};
    socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
    std::size_t got = 0;
    bool equal = true;
    std::thread reader([&] {
        std::vector<char> bytes(100'000);
        for (ssize_t size = 0; got < kBytes && (size = read(ends[1], bytes.data(), bytes.size())) > 0;) {
            for (ssize_t i = 0; i < size; ++i)
                equal = equal
                    && bytes[static_cast<std::size_t>(i)]
                        == static_cast<char>((got + static_cast<std::size_t>(i)) % 251);
            got += static_cast<std::size_t>(size);
        }
    });
    std::vector<char> bytes(kBytes);
    for (std::size_t i = 0; i < kBytes; ++i)
        bytes[i] = static_cast<char>(i % 251);
    iovec piece {.iov_base = bytes.data(), .iov_len = bytes.size()};
    msghdr message {};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    const ssize_t sent = sendmsg(ends[0], &message, 0);
    shutdown(ends[0], SHUT_WR);
    reader.join();
    std::printf("%zd sent, %zu came, %s\n", sent, got, equal ? "equal" : "different");
    return 0;
}

// FORBIDDEN SECONDS: another thread rewrites the address while the call is looked at. Prints whom it has reached.
int raceOfAddresses(const Words& words)
{
    const bool stream = words[0] == "race-connect";
    const int own = bound(stream ? SOCK_STREAM : SOCK_DGRAM);
    const auto allowed = static_cast<std::uint16_t>(portOf(own));
    const auto forbidden = static_cast<std::uint16_t>(std::stoi(words[1]));
    auto address = inet("127.0.0.1", allowed);
    std::atomic<bool> over = false;
    std::atomic<unsigned> turns = 0;
    std::thread writer([&] {
        auto* const port = reinterpret_cast<volatile std::uint16_t*>(&address.sin_port);
        // As long the one as the other: a busy computer stops the thread in either.
        while (!over) {
            *port = htons(allowed);
            ++turns;
            *port = htons(forbidden);
            ++turns;
        }
    });
    fcntl(own, F_SETFL, O_NONBLOCK);
    long reachedOwn = 0;
    long reachedForbidden = 0;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::stoi(words[2]));
    // A few are enough: who listens outside takes so many only.
    while (std::chrono::steady_clock::now() < end && reachedForbidden < 100) {
        // On a computer that is busy the other thread may stand still while all are made.
        for (const unsigned seen = turns; turns == seen;)
            std::this_thread::yield();
        const int s = socket(AF_INET, stream ? SOCK_STREAM : SOCK_DGRAM, 0);
        const long done = stream ? connect(s, of(address), sizeof(address))
                                 : sendto(s, "x", 1, 0, of(address), sizeof(address));
        sockaddr_in peer {};
        socklen_t size = sizeof(peer);
        if (done >= 0 && stream && getpeername(s, reinterpret_cast<sockaddr*>(&peer), &size) == 0)
            ++(ntohs(peer.sin_port) == forbidden ? reachedForbidden : reachedOwn);
        close(s);
        char bytes[8];
        if (stream)
            close(accept(own, nullptr, nullptr));
        else if (recv(own, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
            ++reachedOwn;
    }
    over = true;
    writer.join();
    std::printf("%s %ld\n", reachedOwn > 0 ? "reached-own" : "never", reachedForbidden);
    return 0;
}

// FORBIDDEN SECONDS: another thread changes which socket a number means.
int raceOfSockets(const Words& words)
{
    auto address = inet("127.0.0.1", std::stoi(words[1]));
    int pair[2] {};
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    const int internet = socket(AF_INET, SOCK_DGRAM, 0);
    const int number = dup(pair[0]);
    std::atomic<bool> over = false;
    std::thread swapper([&] {
        while (!over) {
            dup2(internet, number);
            dup2(pair[0], number);
        }
    });
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::stoi(words[2]));
    while (std::chrono::steady_clock::now() < end) {
        iovec bytes {.iov_base = const_cast<char*>("x"), .iov_len = 1};
        msghdr message {};
        message.msg_name = &address;
        message.msg_namelen = sizeof(address);
        message.msg_iov = &bytes;
        message.msg_iovlen = 1;
        sendmsg(number, &message, MSG_DONTWAIT);
    }
    over = true;
    swapper.join();
    std::puts("over");
    return 0;
}

// A link that leads now inside, now outside, as fast as it can be changed.
class TurningLink final {
public:
    TurningLink(const std::string& inside, const std::string& outside)
        : m_path(inside + ".link")
    {
        turn(inside);
        m_turner = std::thread([this, inside, outside] {
            for (bool isInside = false; !m_over; isInside = !isInside)
                turn(isInside ? inside : outside);
        });
    }
    ~TurningLink()
    {
        m_over = true;
        m_turner.join();
    }
    TurningLink(const TurningLink&) = delete;
    TurningLink& operator=(const TurningLink&) = delete;

    [[nodiscard]] const std::string& path() const { return m_path; }

private:
    void turn(const std::string& to) const
    {
        const std::string next = m_path + ".next";
        unlink(next.c_str());
        static_cast<void>(symlink(to.c_str(), next.c_str()));
        rename(next.c_str(), m_path.c_str());
    }

    std::string m_path;
    std::atomic<bool> m_over = false;
    std::thread m_turner;
};

// FILE OUTSIDE SECONDS: its target's mode is changed.
int raceOfPaths(const Words& words)
{
    const TurningLink link(words[1], words[2]);
    long changed = 0;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::stoi(words[3]));
    while (std::chrono::steady_clock::now() < end)
        changed += syscall(SYS_chmod, link.path().c_str(), 0777) == 0 ? 1 : 0;
    std::puts(changed > 0 ? "changed" : "never");
    return 0;
}

// FOLDER OUTSIDE SECONDS: sockets are made in it, until one lies outside. Prints where any came to lie.
int raceOfSocketFiles(const Words& words)
{
    const TurningLink link(words[1], words[2]);
    const std::string inside = words[1] + "/raced";
    const std::string outside = words[2] + "/raced";
    sockaddr_un address {};
    const socklen_t size = unixAddress(address, link.path() + "/raced");
    bool isInside = false;
    bool isOutside = false;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::stoi(words[3]));
    while (std::chrono::steady_clock::now() < end && !isOutside) {
        const int made = socket(AF_UNIX, SOCK_STREAM, 0);
        static_cast<void>(bind(made, of(address), size));
        close(made);
        isInside = unlink(inside.c_str()) == 0 || isInside;
        isOutside = access(outside.c_str(), F_OK) == 0;
    }
    std::puts(isOutside ? "outside" : isInside ? "inside" : "never");
    return 0;
}

// As the engine does: what the warden has to say.
int hear()
{
    char report[4096] {};
    if (recv(std::atoi(std::getenv("BISTRO_WARDEN")), report, sizeof(report) - 1, 0) < 0)
        return say(-1);
    std::puts(report);
    std::fflush(stdout);
    return 0;
}

// A daemon as daemons do it: two forks and a session of its own.
int daemonize(const Words& words)
{
    if (fork() == 0) {
        setsid();
        if (fork() == 0) {
            signal(SIGHUP, SIG_IGN);
            execlp("sleep", "sleep", words[1].c_str(), nullptr);
        }
        _exit(0);
    }
    wait(nullptr);
    return say(0);
}

int bomb()
{
    int children = 0;
    for (;;) {
        const pid_t child = fork();
        if (child < 0)
            break;
        if (child == 0) {
            pause();
            _exit(0);
        }
        ++children;
    }
    std::printf("%d then %s\n", children, strerrorname_np(errno));
    return 0;
}

// COUNT: starts so many threads, and says why there are no more.
int crowd(const Words& words)
{
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 64UL * 1024);
    int started = 0;
    int error = 0;
    for (pthread_t thread {}; error == 0 && started < std::stoi(words[1]); started += error == 0 ? 1 : 0)
        error = pthread_create(
            &thread, &small, [](void*) -> void* { return reinterpret_cast<void*>(pause()); }, nullptr);
    std::printf("%d then %s\n", started, error == 0 ? "ok" : strerrorname_np(error));
    std::fflush(stdout);
    return 0;
}

// COUNT: one thread after the other.
int turns(const Words& words)
{
    for (int i = 0; i < std::stoi(words[1]); ++i)
        std::thread([] { }).join();
    return say(0);
}

// Each child forks for ever.
int wildBomb()
{
    for (;;)
        fork();
}

// COUNT MIB: as many children write so much each, one after the other, and the parent does not want to hear of their
// end. It stops where one could not.
int unheardChildren(const Words& words)
{
    signal(SIGCHLD, SIG_IGN);
    const std::vector<char> mebibyte(1U << 20U, 'x');
    for (int i = 0; i < std::stoi(words[1]); ++i) {
        const std::string name = "child" + std::to_string(i);
        if (fork() != 0) {
            while (wait(nullptr) > 0) { }
            struct stat about {};
            if (stat(name.c_str(), &about) == 0 && about.st_size == std::stol(words[2]) << 20U)
                continue;
            std::puts("not written");
            return 0;
        }
        const int file = open(name.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
        for (int written = 0; written < std::stoi(words[2]); ++written)
            static_cast<void>(write(file, mebibyte.data(), mebibyte.size()));
        _exit(0);
    }
    std::puts("written");
    std::fflush(stdout);
    pause();
    return 0;
}

// MIB: shares so much memory with nobody, and has it out of its page table.
int shareMemory(const Words& words)
{
    const std::size_t size = std::stoul(words[1]) << 20U;
    constexpr std::size_t kPiece = 16U << 20U;
    void* const memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return say(-1);
    for (std::size_t at = 0; at < size; at += kPiece) {
        std::memset(static_cast<char*>(memory) + at, 1, std::min(kPiece, size - at));
        madvise(static_cast<char*>(memory) + at, std::min(kPiece, size - at), MADV_DONTNEED);
    }
    std::puts("full");
    std::fflush(stdout);
    pause();
    return 0;
}

// COUNT MIB: so much memory, and as many children that have the same.
int copies(const Words& words)
{
    const std::vector<char> memory(std::stoul(words[2]) << 20U, 'x');
    for (int i = 0; i < std::stoi(words[1]); ++i) {
        if (fork() == 0)
            return pause();
    }
    std::puts("full");
    std::fflush(stdout);
    pause();
    return memory.front();
}

// Its loopback up, by a message that names whom it goes to.
int loopbackUp()
{
    struct {
        nlmsghdr header {};
        ifinfomsg about {};
    } request;
    request.header.nlmsg_len = sizeof(request);
    request.header.nlmsg_type = RTM_NEWLINK;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
    request.about.ifi_index = 1;
    request.about.ifi_flags = IFF_UP;
    request.about.ifi_change = IFF_UP;
    const int netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    sockaddr_nl kernel {};
    kernel.nl_family = AF_NETLINK;
    struct {
        nlmsghdr header {};
        nlmsgerr error {};
        char more[256] {};
    } answer;
    if (sendto(netlink, &request, sizeof(request), 0, reinterpret_cast<const sockaddr*>(&kernel), sizeof(kernel)) < 0
        || recv(netlink, &answer, sizeof(answer), 0) < 0)
        return say(-1);
    errno = -answer.error.error;
    return say(errno == 0 ? 0 : -1);
}

// NAME BYTES
int cut(const Words& words)
{
    return say(truncate(words[1].c_str(), std::stol(words[2])));
}

// COUNT MIB: so many files, each with room for so much.
int reserveRoom(const Words& words)
{
    for (int i = 0; i < std::stoi(words[1]); ++i) {
        const std::string name = "room" + std::to_string(i);
        unlink(name.c_str());
        const int file = open(name.c_str(), O_CREAT | O_WRONLY, 0600);
        if (fallocate(file, 0, 0, std::stol(words[2]) << 20U) != 0)
            return say(-1);
    }
    return say(0);
}

// As who does not want to be looked at. Prints whether that is so now.
int hide()
{
    if (prctl(PR_SET_DUMPABLE, 0) != 0)
        return say(-1);
    std::puts(prctl(PR_GET_DUMPABLE) == 0 ? "hidden" : "seen");
    return 0;
}

// SORT COUNT: so many connections, each filled until no more goes in, and nobody reads.
int hoard(const Words& words)
{
    const bool isUnix = words[1] == "unix";
    const bool accepts = words[1] == "tcp";
    const int server = isUnix ? -1 : bound(SOCK_STREAM);
    const auto address = isUnix ? sockaddr_in {} : inet("127.0.0.1", portOf(server));
    const std::vector<char> mebibyte(1U << 20U, 'x');
    for (int i = 0; i < std::stoi(words[2]); ++i) {
        int ends[2] {};
        if (isUnix) {
            socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
        } else {
            ends[0] = socket(AF_INET, SOCK_STREAM, 0);
            if (connect(ends[0], of(address), sizeof(address)) != 0
                || (accepts && accept(server, nullptr, nullptr) < 0))
                return say(-1);
        }
        fcntl(ends[0], F_SETFL, O_NONBLOCK);
        while (write(ends[0], mebibyte.data(), mebibyte.size()) > 0) { }
    }
    std::puts("full");
    std::fflush(stdout);
    pause();
    return 0;
}

// MIB: outside of any heap, and touched.
int eat(const Words& words)
{
    const std::size_t bytes = std::stoul(words[1]) << 20U;
    void* const memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return say(-1);
    std::memset(memory, 1, bytes);
    std::puts("full");
    std::fflush(stdout);
    pause();
    return 0;
}

// Adds the kernel's own kind of a pair of interfaces; an error's number, 0 for none.
int addInterface(const char* name)
{
    struct {
        nlmsghdr header {};
        ifinfomsg about {};
        rtattr nameHead {};
        char name[8] {};
        rtattr linkHead {};
        rtattr kindHead {};
        char kind[8] = "veth";
    } request;
    request.header.nlmsg_len = sizeof(request);
    request.header.nlmsg_type = RTM_NEWLINK;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_CREATE | NLM_F_EXCL | NLM_F_ACK;
    request.nameHead = {.rta_len = RTA_LENGTH(sizeof(request.name)), .rta_type = IFLA_IFNAME};
    std::memcpy(request.name, name, std::min(std::strlen(name), sizeof(request.name) - 1));
    request.kindHead = {.rta_len = RTA_LENGTH(sizeof(request.kind)), .rta_type = IFLA_INFO_KIND};
    request.linkHead = {
        .rta_len = static_cast<unsigned short>(RTA_LENGTH(request.kindHead.rta_len)), .rta_type = IFLA_LINKINFO};
    const int netlink = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
    struct {
        nlmsghdr header {};
        nlmsgerr error {};
        char more[256] {};
    } answer;
    if (send(netlink, &request, sizeof(request), 0) < 0 || recv(netlink, &answer, sizeof(answer), 0) < 0)
        return errno;
    return -answer.error.error;
}

// ADDRESS COMMAND…: in a network of its own, which has its loopback and an interface with this address.
int ownNetwork(const Words& words, char** argv)
{
    if (unshare(CLONE_NEWNET) != 0)
        return say(-1);
    constexpr const char* kInterface = "bistro0";
    if (const int error = addInterface(kInterface); error != 0) {
        errno = error;
        return say(-1);
    }
    const int s = socket(AF_INET, SOCK_DGRAM, 0);
    ifreq more {};
    std::strcpy(more.ifr_name, kInterface);
    const auto address = inet(words[1], 0);
    std::memcpy(&more.ifr_addr, &address, sizeof(address));
    if (ioctl(s, SIOCSIFADDR, &more) != 0)
        return say(-1);
    for (const char* const name : {"lo", kInterface}) {
        ifreq interface {};
        std::strcpy(interface.ifr_name, name);
        interface.ifr_flags = IFF_UP | IFF_RUNNING;
        if (ioctl(s, SIOCSIFFLAGS, &interface) != 0)
            return say(-1);
    }
    execv(argv[3], argv + 3);
    return say(-1);
}

// FILE COMMAND…: where this file stands for the names of hosts (/etc/hosts).
int ownNames(const Words& words, char** argv)
{
    if (unshare(CLONE_NEWNS) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
        || mount(words[1].c_str(), "/etc/hosts", nullptr, MS_BIND, nullptr) != 0)
        return say(-1);
    execv(argv[3], argv + 3);
    return say(-1);
}

// COMMAND…: without what root may do with the network.
int ordinary(char** argv)
{
    if (geteuid() == 0 && (prctl(PR_CAPBSET_DROP, CAP_NET_ADMIN) != 0 || prctl(PR_CAPBSET_DROP, CAP_NET_RAW) != 0))
        return say(-1);
    execv(argv[2], argv + 2);
    return say(-1);
}

// HOST PORT: whether somebody answers within a second.
int reach(const Words& words)
{
    const bool six = words[1].find(':') != std::string::npos;
    sockaddr_in6 address6 {};
    address6.sin6_family = AF_INET6;
    address6.sin6_port = htons(static_cast<std::uint16_t>(std::stoi(words[2])));
    inet_pton(AF_INET6, words[1].c_str(), &address6.sin6_addr);
    const auto address4 = inet(words[1], std::stoi(words[2]));
    const int s = socket(six ? AF_INET6 : AF_INET, SOCK_STREAM, 0);
    const timeval second {.tv_sec = 1, .tv_usec = 0};
    setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof(second));
    return say(six ? connect(s, of(address6), sizeof(address6)) : connect(s, of(address4), sizeof(address4)));
}

// TYPE HOST PORT: at a port that it shares with whoever shares it, and with itself.
int share(const Words& words)
{
    const bool stream = words[1] == "tcp";
    const bool six = words[2].find(':') != std::string::npos;
    int port = std::stoi(words[3]);
    for (int i = 0; i < 2; ++i) {
        const int s = socket(six ? AF_INET6 : AF_INET, stream ? SOCK_STREAM : SOCK_DGRAM, 0);
        const int yes = 1;
        for (const int option : {SO_REUSEADDR, SO_REUSEPORT})
            setsockopt(s, SOL_SOCKET, option, &yes, sizeof(yes));
        const auto four = inet(words[2], port);
        sockaddr_in6 address6 {};
        address6.sin6_family = AF_INET6;
        address6.sin6_port = four.sin_port;
        inet_pton(AF_INET6, words[2].c_str(), &address6.sin6_addr);
        const int done = six ? bind(s, of(address6), sizeof(address6)) : bind(s, of(four), sizeof(four));
        if (done != 0 || (stream && listen(s, 10) != 0))
            return say(-1);
        port = portOf(s);
    }
    return say(0);
}

// WAY FILE: makes a file that others run with its owner's rights, or makes one of its own such.
int giveRightsAway(const Words& words)
{
    constexpr mode_t kMode = S_ISUID | 0755;
    constexpr long kFchmodat2 = 452;
    const char* const file = words[2].c_str();
    const std::string& way = words[1];
    if (way == "chmod")
        return say(syscall(SYS_chmod, file, kMode));
    if (way == "chmod, of the group")
        return say(syscall(SYS_chmod, file, S_ISGID | 0755));
    if (way == "fchmod")
        return say(syscall(SYS_fchmod, open(file, O_RDONLY), kMode));
    if (way == "fchmodat")
        return say(syscall(SYS_fchmodat, AT_FDCWD, file, kMode));
    if (way == "fchmodat2")
        return say(syscall(kFchmodat2, AT_FDCWD, file, kMode, 0));
    unlink(file);
    if (way == "open")
        return say(syscall(SYS_open, file, O_CREAT | O_WRONLY, kMode));
    if (way == "openat")
        return say(syscall(SYS_openat, AT_FDCWD, file, O_CREAT | O_WRONLY, kMode));
    if (way == "without a name") {
        const auto made = static_cast<int>(syscall(SYS_openat, AT_FDCWD, ".", O_TMPFILE | O_WRONLY, kMode));
        const std::string name = "/proc/self/fd/" + std::to_string(made);
        return say(made < 0 ? -1 : linkat(AT_FDCWD, name.c_str(), AT_FDCWD, file, AT_SYMLINK_FOLLOW));
    }
    if (way == "creat")
        return say(syscall(SYS_creat, file, kMode));
    if (way == "mknod")
        return say(syscall(SYS_mknod, file, S_IFREG | kMode, 0));
    if (way == "mknodat")
        return say(syscall(SYS_mknodat, AT_FDCWD, file, S_IFREG | kMode, 0));
    return 2;
}

// NAME FILE: sets an attribute, as bytes that mean something where it is security.capability, and takes it off.
int attribute(const Words& words)
{
    const std::array<std::uint32_t, 5> value {0x0200'0001, 1u << CAP_NET_RAW, 0, 0, 0};
    if (setxattr(words[2].c_str(), words[1].c_str(), value.data(), sizeof(value), 0) != 0)
        return say(-1);
    return say(removexattr(words[2].c_str(), words[1].c_str()));
}

} // namespace

int main(int argc, char** argv)
{
    const Words words(argv + 1, argv + argc);
    const std::string& what = words.at(0);
    if (what == "tcp" || what == "udp")
        return connectTo(words);
    if (what == "sendto" || what == "sendmsg" || what == "sendmmsg")
        return sendTo(words);
    if (what == "send-to-itself")
        return sendToItself();
    if (what.starts_with("unix"))
        return unixSocket(words);
    if (what == "hand-over")
        return handOver(words);
    if (what == "send-much")
        return sendMuch();
    if (what == "race-connect" || what == "race-sendto")
        return raceOfAddresses(words);
    if (what == "race-sockets")
        return raceOfSockets(words);
    if (what == "race-paths")
        return raceOfPaths(words);
    if (what == "race-bind")
        return raceOfSocketFiles(words);
    if (what == "share")
        return share(words);
    if (what == "give-rights-away")
        return giveRightsAway(words);
    if (what == "attribute")
        return attribute(words);
    if (what == "hear")
        return hear();
    if (what == "daemon")
        return daemonize(words);
    if (what == "bomb")
        return bomb();
    if (what == "crowd")
        return crowd(words);
    if (what == "turns")
        return turns(words);
    if (what == "wild-bomb")
        return wildBomb();
    if (what == "unheard-children")
        return unheardChildren(words);
    if (what == "reserve-room")
        return reserveRoom(words);
    if (what == "share-memory")
        return shareMemory(words);
    if (what == "copies")
        return copies(words);
    if (what == "loopback-up")
        return loopbackUp();
    if (what == "cut")
        return cut(words);
    if (what == "hide")
        return hide();
    if (what == "hoard")
        return hoard(words);
    if (what == "eat")
        return eat(words);
    if (what == "own-network")
        return ownNetwork(words, argv);
    if (what == "own-names")
        return ownNames(words, argv);
    if (what == "ordinary")
        return ordinary(argv);
    if (what == "reach")
        return reach(words);
    if (what == "kill")
        return say(kill(std::stoi(words[1]), std::stoi(words[2])));
    if (what == "die") {
        raise(std::stoi(words[1]));
        return 0;
    }
    return 2;
}
