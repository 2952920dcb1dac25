// The sockets of the run that can be spoken to: those that the warden has bound for the program. What else listens on
// this computer belongs to others. Any thread.
#pragma once

#include "warden/address.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <unordered_set>

namespace bistro::warden {

// Who has what is sent to a port.
enum class Hearer : std::uint8_t { Run, Others, Nobody };

class Sockets final {
public:
    // A socket has an address now, or hears. Its number is its inode, which the kernel gives to no other one soon.
    void remember(int socket);

    // To whom comes what is sent to this port of the loopback now.
    [[nodiscard]] Hearer hearer(const Port& port, bool stream) const;
    // Whether somebody else hears at a port of this number, at whatever address of this computer: who may share it
    // would take what comes for them. Who comes to share it later does so knowingly.
    [[nodiscard]] bool isOfOthers(std::uint16_t number, bool stream) const;
    // Whether a socket of the run has this abstract name (which begins with a NUL).
    [[nodiscard]] bool hears(const std::string& abstractName) const;

private:
    void forgetTheClosed();

    mutable std::mutex m_lock;
    std::unordered_set<ino_t> m_sockets;
    std::multimap<std::string, ino_t> m_abstract;
};

} // namespace bistro::warden
