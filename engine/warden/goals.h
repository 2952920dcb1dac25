// Where what is sent to an address goes. The kernel is asked each time: addresses of a computer come and go. Any
// thread.
#pragma once

#include "warden/loopbackfilter.h"

#include <cstdint>

namespace bistro::warden {

enum class Goal : std::uint8_t {
    Here, // this computer: the loopback, or an address of its own
    Near, // what only who stands beside it has (link-local, as the services that a cloud has for its computers)
    Several, // a group of computers, or all of a network
    Elsewhere // one other computer, or nobody
};

// Here, where the kernel does not say.
[[nodiscard]] Goal goalOf(const AddressBytes& address);

} // namespace bistro::warden
