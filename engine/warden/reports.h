// What the warden tells the engine: what children of the program were refused, and which limit was reached. One
// datagram each, never waited for; one that does not fit is lost. Any thread.
//
//   refused ACCESS ERRNO PID SUBJECT
//   limit WHICH ALLOWED PID
#pragma once

#include "warden/descriptor.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace bistro::warden {

class Reports final {
public:
    Reports() = default; // nobody hears
    explicit Reports(Descriptor engine)
        : m_engine(std::move(engine))
    {
    }

    [[nodiscard]] bool heard() const { return static_cast<bool>(m_engine); }
    void refused(std::string_view access, int error, pid_t pid, std::string_view subject) const;
    void limit(std::string_view which, std::uint64_t allowed, pid_t pid) const;
    // Until the engine has answered with a datagram, or has closed its end.
    void waitForAnswer(std::chrono::milliseconds most) const;

private:
    void send(const std::string& report) const;

    Descriptor m_engine;
};

} // namespace bistro::warden
