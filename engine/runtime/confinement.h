// What the sandbox around this process (engine/sandbox/) refuses the program, and which limits it comes to: told in the
// trace. The walls are the kernel's and the warden's, and stand whether this is here or not. The program gets the
// system's own errors; what is told here is why.
//
// The process's: workers' threads and the pool's are confined, too. Any thread, unless said otherwise.
#pragma once

#include "places.h"
#include "trace/event.h"
#include "trace/ids.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bistro {

class Recorder;

struct ConfinementOrders {
    std::optional<bool> confined; // BISTRO_CONFINED: 1 or 0; none: nothing is said of a sandbox
    std::string walls; // BISTRO_WALLS and BISTRO_MISSING, as they are told (SandboxSet)
    std::string missing;
    std::string workspace; // BISTRO_WORKSPACE
    std::string reachable; // BISTRO_PLACES: what Reachable::from reads
    bool addons = false; // BISTRO_ADDONS=1: native code may be loaded from anywhere
    std::uint32_t workers = 32; // BISTRO_WORKERS_LIMIT: threads of worker_threads at one time
    int warden = -1; // BISTRO_WARDEN: a connected socket of SOCK_SEQPACKET (warden.h)
};

// Once, before there are other threads. Without a recorder nothing is told, but what this process itself refuses (the
// inspector, addons, workers) is refused.
void startConfinement(const ConfinementOrders& orders, Recorder* recorder);

[[nodiscard]] bool isConfined();
// Of a process that is confined.
[[nodiscard]] const Reachable& reachable();
[[nodiscard]] bool mayLoadAddons();
[[nodiscard]] std::uint32_t workersAllowed();

// Where the calling thread's program is, for what will be told of later; none in a thread that is not recorded.
[[nodiscard]] trace::StackId placeNow();

// The program has been refused something, just now and at this place. The same subject a hundred times at most.
// `error` is an errno. Leaves errno as it is.
void tellRefused(trace::Access access, std::string_view subject, std::uint32_t error);
// The same, at a place that was remembered, or of a child of the program (pid).
void tellRefused(
    trace::Access access, std::string_view subject, std::uint32_t error, trace::StackId place, std::uint32_t pid = 0);

// The program has come to a limit, just now and at this place; or one of its children has.
void tellLimit(trace::RunLimit limit, std::uint32_t allowed);
void tellLimit(trace::RunLimit limit, std::uint32_t allowed, trace::StackId place, std::uint32_t pid = 0);

} // namespace bistro
