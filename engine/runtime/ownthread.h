// A thread of the engine's with a table of file descriptors of its own: the program that runs in this process can
// neither list, close, write to nor cut what is open there.
#pragma once

#include <array>

namespace bistro {

// Runs `run` in a new thread, detached and deaf to signals, whose table has this descriptor, and those by which it
// wakes the program's loop (`woken`; -1: none). The descriptor belongs to that thread from here on. Returns when the
// process's own table has it no more. Where the kernel cannot give a thread a table (before Linux 5.9), both have it.
// False when there can be no thread: it is closed.
bool startOwnThread(int descriptor, const char* name, void (*run)(), std::array<int, 2> woken = {-1, -1});

// Moves the descriptor to a high number, closed by exec: low ones are left to the program, which would get them from
// stock node. The same one when there is no room.
[[nodiscard]] int lifted(int descriptor);

} // namespace bistro
