// The process between the application and a program: outside the walls, it starts the program within them, answers what
// the kernel asks, watches the limits, and leaves nobody behind. Linux and std only.
//
//   bistro-warden [--] PROGRAM ARGV0 ARGUMENTS…
//   bistro-warden --keep-folder PATTERN     (folderkeeper.h)
//
// Of its environment, none of which the program sees:
//   BISTRO_POLICY     the policy (sandbox/policy.h)
//   BISTRO_TEMPORARY  a folder that is removed when the run is over
//   BISTRO_WARDEN     1: the program is an engine, which is given the number of a descriptor under this name
//   (reports.h)
// BISTRO_TRACE stays: the file is opened here, where there are no walls, and the program is told the descriptor's
// number as BISTRO_TRACE_FD. Where BISTRO_CONFINED is 1, the program is told what keeps it in (BISTRO_WALLS), and what
// this kernel lacks of that (BISTRO_MISSING). BISTRO_CONTROL stays: the descriptor whose number it is has the same
// number in the program. Standard input, output and error are passed on, every other descriptor is closed.
//
// It ends as the program ended: with the same code, or by the same signal, without a core file. 125: there was no
// program, and standard error says why. Signals that somebody sends it are the program's; by control::kKillAll, or when
// its parent is gone, all are killed at once.
#pragma once

namespace bistro::warden {

inline constexpr int kNoProgram = 125;

[[nodiscard]] int run(int argc, char** argv);

} // namespace bistro::warden
