// Who on this computer listens. A port where somebody does refuses nobody: if the program was refused there, it was
// the sandbox, whose error is the same as that of a port where nobody listens. Any thread.
#pragma once

struct sockaddr;

namespace bistro {

// Whether a socket of this type (SOCK_STREAM, SOCK_DGRAM) is heard at an address of this computer: 127.0.0.1, ::1, or
// one that means these; or at a name of AF_UNIX that has no file. False for all other addresses.
[[nodiscard]] bool isHeardHere(const sockaddr* address, unsigned bytes, int type);

} // namespace bistro
