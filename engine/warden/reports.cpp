#include "warden/reports.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <sys/socket.h>

namespace bistro::warden {
namespace {

constexpr std::size_t kLongestSubject = 4096;

}

void Reports::refused(std::string_view access, int error, pid_t pid, std::string_view subject) const
{
    send("refused " + std::string(access) + ' ' + std::to_string(error) + ' ' + std::to_string(pid) + ' '
        + std::string(subject.substr(0, kLongestSubject)));
}

void Reports::limit(std::string_view which, std::uint64_t allowed, pid_t pid) const
{
    std::array<char, 16> answer {}; // to an earlier one, for which nobody waited
    while (m_engine && recv(m_engine.get(), answer.data(), answer.size(), MSG_DONTWAIT) > 0) { }
    send("limit " + std::string(which) + ' ' + std::to_string(allowed) + ' ' + std::to_string(pid));
}

void Reports::send(const std::string& report) const
{
    if (m_engine)
        ::send(m_engine.get(), report.data(), report.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

void Reports::waitForAnswer(std::chrono::milliseconds most) const
{
    if (!m_engine)
        return;
    pollfd engine {.fd = m_engine.get(), .events = POLLIN, .revents = 0};
    poll(&engine, 1, static_cast<int>(most.count()));
}

} // namespace bistro::warden
