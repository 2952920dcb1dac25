// The ports of this computer at which somebody hears, whoever it is: listening TCP sockets and all UDP ones of the
// network namespace of this process. Any thread.
#pragma once

#include "warden/address.h"

#include <cstdint>
#include <optional>
#include <sys/types.h>
#include <vector>

namespace bistro::warden {

struct HeardPort {
    Port port;
    ino_t inode = 0; // the number of its socket
    bool operator==(const HeardPort&) const = default;
};

// With this number, or all with 0. By whichever of the two ways below there is.
[[nodiscard]] std::vector<HeardPort> heardPorts(bool stream, std::uint16_t number);

// By a question to the kernel (sock_diag(7)), which looks among the listening sockets alone, in a tenth of the time.
// Nothing where the kernel has no answer.
[[nodiscard]] std::optional<std::vector<HeardPort>> askedPorts(bool stream, std::uint16_t number);
// By the tables of proc(5), for which the kernel looks through the places of all connections: 2 ms each with 24 GiB of
// memory, however few there are.
[[nodiscard]] std::vector<HeardPort> listedPorts(bool stream, std::uint16_t number);

} // namespace bistro::warden
