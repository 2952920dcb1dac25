#include "stage/people.h"

#include "stage/stagewords.h"
#include "theme/meaning.h"

#include <algorithm>
#include <unordered_map>

namespace bistro::ui {

using namespace app;

namespace {

// Calls within calls: of so many on the outside, and of so many on the inside, it is said who they are.
constexpr std::size_t kRunningShown = 100;

// What the waiter carries, from the top; "" stands for folded plates.
std::vector<QString> platesOf(const Scene& scene)
{
    std::vector<QString> plates; // from the bottom
    const auto& running = scene.state.running;
    // Calls within calls, further than anyone carries plates: who is in the middle is not asked for.
    const std::size_t unnamed = running.size() > 2 * kRunningShown ? running.size() - 2 * kRunningShown : 0;
    for (std::size_t i = 0; i < running.size(); ++i) {
        if (unnamed == 0 || i < kRunningShown || i >= kRunningShown + unnamed)
            plates.push_back(scene.facts.title(running[i].order));
    }
    if (!running.empty() && (scene.state.stack != 0 || !scene.options.thrown.empty())) {
        const auto frames = scene.options.thrown.empty() ? scene.facts.frames(scene.state.stack) : scene.options.thrown;
        // The outermost frame is the callback itself, whose plate is there.
        for (std::size_t i = frames.size(); i-- > 0;) {
            if (i + 1 == frames.size() || frames[i].function.isEmpty())
                continue;
            const bool guilty = !scene.options.guilty.isEmpty() && frames[i].function == scene.options.guilty;
            plates.push_back(guilty ? QStringLiteral("%1 :%2").arg(isolated(frames[i].function)).arg(frames[i].line)
                                    : frames[i].function);
        }
    }
    std::ranges::reverse(plates);
    constexpr std::size_t kNamed = 5;
    if (plates.size() > kNamed) {
        const auto folded = plates.size() - kNamed + 1;
        plates.erase(plates.begin() + 3, plates.begin() + 3 + static_cast<std::ptrdiff_t>(folded));
        plates.insert(plates.begin() + 3, Stage::tr("+%1 plates").arg(folded + unnamed));
    }
    return plates;
}

} // namespace

void fillTray(StagePicture& picture, const Scene& scene)
{
    picture.plates = platesOf(scene);
    for (std::size_t i = 0; i < scene.state.running.size(); ++i) {
        if (i < kRunningShown || i + kRunningShown >= scene.state.running.size())
            picture.running.emplace_back(scene.state.running[i].order, meaningOf(scene.state.running[i].kind));
    }
    picture.nodesOwnRuns = scene.nodesOwnRuns;
    if (!picture.plates.empty() && (picture.mood == Mood::Blocked || picture.mood == Mood::Crashed)) {
        const auto named = std::ranges::find_if(picture.plates,
            [&](const QString& plate) { return plate.startsWith(scene.options.guilty + QStringLiteral(" :")); });
        picture.guilty = named == picture.plates.end() ? 0 : static_cast<std::size_t>(named - picture.plates.begin());
    }
}

void seatCustomers(StagePicture& picture, const Scene& scene)
{
    const LoopState& s = scene.state;
    std::unordered_map<std::uint32_t, Index> hungry;
    s.requests.visit([&](std::uint64_t, const Request& request) {
        if (request.direction == trace::Direction::Incoming && request.connection != 0)
            hungry.emplace(request.connection, request.started);
    });
    struct Guest {
        bool waits = false; // not the one that is served
        Index accepted = 0;
        std::uint32_t connection = 0;
        auto operator<=>(const Guest&) const = default;
    };
    std::vector<Guest> guests;
    guests.reserve(s.connections.size());
    s.connections.visit([&](std::uint64_t id, const Connection& connection) {
        const auto async = static_cast<std::uint32_t>(id);
        guests.push_back({.waits = async != scene.served, .accepted = connection.accepted, .connection = async});
    });
    const auto seated = guests.begin() + static_cast<std::ptrdiff_t>(std::min(guests.size(), kLookedAt));
    std::ranges::partial_sort(guests, seated); // who is served is among them, whenever they came
    std::ranges::sort(guests.begin(), seated, {}, &Guest::accepted);
    for (const Guest& guest : std::span(guests.begin(), seated)) {
        StageCustomer customer {
            .number = scene.facts.tableOf(guest.connection), .connection = guest.connection, .served = !guest.waits};
        Index since = guest.accepted;
        if (const auto asked = hungry.find(guest.connection); asked != hungry.end()) {
            customer.wants = Wants::Food;
            since = asked->second;
        }
        const auto waited = static_cast<double>(scene.now - std::min(scene.now, scene.facts.timeOf(since)));
        const auto patience = static_cast<double>(scene.options.patience.count());
        customer.patience = patience > 0 ? std::max(0., 1 - waited / patience) : 0;
        picture.customers.push_back(customer);
    }
    for (const Guest& guest : std::span(seated, guests.end()))
        ++picture.moreCustomers[static_cast<std::size_t>(
            hungry.contains(guest.connection) ? Wants::Food : Wants::ToBeHeard)];
}

std::vector<StageCook> cooksOf(const Scene& scene)
{
    std::vector<StageCook> cooks;
    constexpr std::uint32_t most = 1024; // libuv's own limit
    for (std::uint32_t i = 1; i <= std::min(scene.state.pool.workers(), most); ++i)
        cooks.push_back({.number = static_cast<int>(i),
            .order = {},
            .justFinished = i == scene.justFinished,
            .refused = i == scene.options.refusedCook});
    for (const Waiting& w : scene.place(Place::Cook)) {
        if (w.detail >= 1 && w.detail <= cooks.size())
            cooks[w.detail - 1].order = w.order;
    }
    return cooks;
}

} // namespace bistro::ui
