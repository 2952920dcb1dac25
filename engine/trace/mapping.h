// The memory of a file that others may make shorter while we look at it, or write to it.
//
// Touching what is no longer in the file, or what a full disk has no place for, would end the process with SIGBUS. Here
// it reads as zeros and takes what is written nowhere, from that page to the mapping's end, and lost() says so from
// then on. A mapping is no witness of what a file holds: others may change it at any time.
//
// Any thread may touch the memory; the object itself belongs to one. The first mapping installs a handler of SIGBUS for
// the process; faults elsewhere, and signals that somebody sends, are answered as they were before.
#pragma once

#include <csignal>
#include <cstddef>
#include <expected>
#include <utility>

namespace bistro::trace {

class Mapping final {
public:
    enum class Access { Read, ReadWrite };

    Mapping() = default;
    // The first bytes of the file; it may be shorter now and grow later. It may be closed afterwards. The error is an
    // errno.
    [[nodiscard]] static std::expected<Mapping, int> of(int fd, std::size_t bytes, Access access);
    Mapping(Mapping&& other) noexcept { swap(other); }
    Mapping& operator=(Mapping&& other) noexcept
    {
        swap(other);
        return *this;
    }
    ~Mapping();

    [[nodiscard]] std::byte* data() const { return m_data; }
    [[nodiscard]] std::size_t size() const { return m_bytes; }
    // Whether something was touched that the file does not hold. Any thread.
    [[nodiscard]] bool lost() const;

private:
    void swap(Mapping& other) noexcept
    {
        std::swap(m_data, other.m_data);
        std::swap(m_bytes, other.m_bytes);
        std::swap(m_slot, other.m_slot);
    }

    std::byte* m_data = nullptr;
    std::size_t m_bytes = 0;
    std::size_t m_slot = 0; // of the table that the handler looks into
};

// For a process in which others set handlers of SIGBUS after us, as Node does at its start and for
// process.on('SIGBUS'): they are told of what is not ours. False when no mapping was made yet; then sigaction() itself
// is to be asked.
[[nodiscard]] bool exchangeBusAction(const struct sigaction* action, struct sigaction* old);

} // namespace bistro::trace
