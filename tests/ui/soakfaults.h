// Programs that go wrong, each in its own manner, and how a run of one comes to its end: what the soak draws from.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace bistro::ui {

// What is done to a run once it has printed "ready"; ByItself: nothing, and it need not print that.
enum class FaultEnd : std::uint8_t {
    ByItself,
    Stop,
    StopAtOnce, // while it starts
    KillEngine,
    KillWarden,
    EndInput, // after some lines of it
    RunAgain, // then stopped
};

struct Fault {
    std::string_view name;
    FaultEnd end = FaultEnd::ByItself;
    std::string_view code;
    bool smallHeap = false; // node is to have one of 64 MB
};

[[nodiscard]] std::span<const Fault> faults();

} // namespace bistro::ui
