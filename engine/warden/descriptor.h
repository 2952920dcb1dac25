// A file descriptor that has one owner.
#pragma once

#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace bistro::warden {

class Descriptor final {
public:
    Descriptor() = default;
    explicit Descriptor(int number)
        : m_number(number)
    {
    }
    Descriptor(Descriptor&& other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    {
    }
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor()
    {
        if (m_number >= 0)
            close(m_number);
    }

    [[nodiscard]] int get() const { return m_number; }
    explicit operator bool() const { return m_number >= 0; }

private:
    int m_number = -1;
};

// The same under a number above those of the streams, which may have been closed, and are put in place again later.
[[nodiscard]] inline Descriptor aboveStreams(Descriptor one)
{
    return !one || one.get() > STDERR_FILENO ? std::move(one)
                                             : Descriptor(fcntl(one.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

} // namespace bistro::warden
