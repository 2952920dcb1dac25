// What both skins draw, gathered from the state once: who waits where, under which serving number. Internal to
// ui/stage.
#pragma once

#include "stage/picture.h"

#include <algorithm>
#include <array>

namespace bistro::ui {

// Of more orders than this in one place, only the number is asked for: 100,000 that wait must not cost a frame.
inline constexpr std::size_t kLookedAt = 500;

struct Waiting {
    app::OrderId order;
    std::uint64_t key = 0;
    Meaning meaning = Meaning::Tick;
    int number = 0;
    int rank = 0; // in line among all, those of Node's own too; 0: not known
    std::uint32_t iteration = 0;
    app::Index since = app::kNoEvent; // begun, submitted, asked
    std::uint32_t detail = 0; // a cook's number; the kind of a kernel's wait, 0 a worker thread
};

struct Scene {
    const app::LoopState& state;
    const StageFacts& facts;
    const StageOptions& options;
    std::uint64_t now = 0;

    std::array<std::vector<Waiting>, kPlaces> at;
    std::array<std::size_t, kPlaces> more {}; // beyond those in `at`, which is bounded
    int ready = 0;
    int numbered = 0; // how many have a serving number
    int nodesOwn = 0;
    std::vector<StageFacts::Stream> streams; // that are open
    std::vector<Waiting> listening;
    std::size_t moreListening = 0; // beyond those
    std::size_t workers = 0; // worker threads at work, which are told of at the door
    std::uint32_t justFinished = 0; // cook
    app::OrderId justDone; // and what they finished
    bool nodesOwnRuns = false; // what runs is Node's own
    std::optional<std::uint64_t> heldFor; // nanoseconds; none: nobody keeps others waiting
    app::OrderId outermost, innermost;
    Meaning outermostMeaning = Meaning::Running;
    std::uint32_t served = 0; // connection

    [[nodiscard]] const std::vector<Waiting>& place(Place p) const { return at[static_cast<std::size_t>(p)]; }
    [[nodiscard]] std::size_t count(Place p) const { return place(p).size() + more[static_cast<std::size_t>(p)]; }
    [[nodiscard]] bool wasCalled(app::OrderId order) const { return facts.hasBeenCalled(order, state); }
    // How many there have not been called even once; who is beyond those that are looked at counts as not called.
    [[nodiscard]] std::size_t neverCalled(Place p) const
    {
        return count(p) - static_cast<std::size_t>(std::ranges::count_if(place(p), [this](const Waiting& w) {
            return wasCalled(w.order);
        }));
    }
};

// How a stream is: "reads ahead", "waits for the drain".
[[nodiscard]] QString flowOf(const StageFacts::Stream& stream);
// Its parts, in the order of what flows: "createReadStream → createGzip".
[[nodiscard]] QString nameOf(const StageFacts::Stream& stream);
[[nodiscard]] Scene gather(const app::LoopState& state, std::span<const app::Serving> order, const StageFacts& facts,
    const StageOptions& options);
[[nodiscard]] std::optional<StageFacts::Countdown> countdownOf(const Scene& scene, app::OrderId timer);
// Of a countdown: nanoseconds until it rings.
[[nodiscard]] std::uint64_t leftOf(const Scene& scene, const StageFacts::Countdown& countdown);

} // namespace bistro::ui
