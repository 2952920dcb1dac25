#include "wardenline.h"

#include "confinement.h"
#include "ownthread.h"

#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <unistd.h>

namespace bistro {
namespace {

int s_warden = -1; // in the table of the thread below alone

class Hearing final {
public:
    void operator()(const WardenRefused& refused) const
    {
        tellRefused(refused.access, refused.subject, refused.error, {}, foreign(refused.pid));
    }
    void operator()(const WardenLimit& limit) const
    {
        tellLimit(limit.limit, limit.allowed, {}, foreign(limit.pid));
        constexpr std::string_view kTold = "told";
        (void)!send(s_warden, kTold.data(), kTold.size(), MSG_NOSIGNAL | MSG_DONTWAIT); // who does not read, waits
    }

private:
    static std::uint32_t foreign(std::uint32_t pid) { return pid == static_cast<std::uint32_t>(getpid()) ? 0 : pid; }
};

void hear()
{
    std::array<char, 8192> room {}; // a path, and what stands before it
    while (true) {
        const ssize_t size = recv(s_warden, room.data(), room.size(), 0);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            break;
        if (const auto word = wardenWord({room.data(), static_cast<std::size_t>(size)}))
            std::visit(Hearing {}, *word);
    }
    close(s_warden);
}

} // namespace

void startWarden(int descriptor)
{
    s_warden = descriptor;
    startOwnThread(descriptor, "warden", hear);
}

} // namespace bistro
