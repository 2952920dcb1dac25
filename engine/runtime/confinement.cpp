#include "confinement.h"

#include "recordedthread.h"

#include <cerrno>
#include <mutex>
#include <string>
#include <unordered_map>

namespace bistro {
namespace {

// The process has one sandbox. Written once, before there are other threads, but for what the mutex guards.
struct Walls {
    bool on = false;
    bool addons = false;
    std::uint32_t workers = 0;
    Reachable reachable;
    Recorder* recorder = nullptr;
    std::mutex mutex;
    std::unordered_map<std::string, unsigned> told; // how often, by kind and subject
};

Walls& walls()
{
    static auto* const one = new Walls; // leaked: threads of the pool may outlive main
    return *one;
}

// A program that goes on asking is not to fill the trace: each subject a hundred times, and so for all those together
// that come when there are very many.
bool isToBeTold(Access access, std::string_view subject)
{
    constexpr std::size_t kSubjects = 4'096;
    constexpr unsigned kTimes = 100;
    Walls& c = walls();
    const std::string kind(1, static_cast<char>(access));
    const std::scoped_lock guard(c.mutex);
    auto found = c.told.find(kind + std::string(subject));
    if (found == c.told.end())
        found = c.told.try_emplace(c.told.size() < kSubjects ? kind + std::string(subject) : kind).first;
    return found->second < kTimes && ++found->second > 0;
}

} // namespace

void startConfinement(const ConfinementOrders& orders, Recorder* recorder)
{
    Walls& c = walls();
    c.on = orders.confined.value_or(false);
    c.addons = orders.addons;
    c.workers = orders.workers;
    c.recorder = recorder;
    if (c.on)
        c.reachable = Reachable::from(orders.reachable);
    if (!recorder || !orders.confined)
        return;
    recorder->event(events::SandboxSet {.confinement = !c.on ? Confinement::None
            : orders.missing.empty()                         ? Confinement::Whole
                                                             : Confinement::Partly,
        .walls = recorder->intern(orders.walls),
        .missing = recorder->intern(orders.missing),
        .workspace = recorder->intern(orders.workspace)});
}

bool isConfined()
{
    return walls().on;
}

const Reachable& reachable()
{
    return walls().reachable;
}

bool mayLoadAddons()
{
    return !walls().on || walls().addons;
}

std::uint32_t workersAllowed()
{
    return walls().workers;
}

StackId placeNow()
{
    RecordedThread* const thread = recorded();
    return thread ? thread->recorder.here() : StackId {};
}

void tellRefused(Access access, std::string_view subject, std::uint32_t error)
{
    const int before = errno;
    tellRefused(access, subject, error, placeNow());
    errno = before;
}

void tellRefused(Access access, std::string_view subject, std::uint32_t error, StackId place, std::uint32_t pid)
{
    const int before = errno;
    Recorder* const recorder = walls().recorder;
    if (recorder && !recorder->ended() && isToBeTold(access, subject)) {
        const StoredText text = recorder->store(subject);
        events::AccessRefused refused {.access = access, .subject = text.id, .error = error, .pid = pid};
        refused.stack = place;
        recorder->event(refused, text.truncated ? unsigned {FlagTruncated} : 0u);
    }
    errno = before;
}

void tellLimit(RunLimit limit, std::uint32_t allowed)
{
    tellLimit(limit, allowed, placeNow());
}

void tellLimit(RunLimit limit, std::uint32_t allowed, StackId place, std::uint32_t pid)
{
    const int before = errno;
    Recorder* const recorder = walls().recorder;
    if (recorder && !recorder->ended()) {
        events::LimitReached reached {.limit = limit, .allowed = allowed, .pid = pid};
        reached.stack = place;
        recorder->event(reached);
    }
    errno = before;
}

} // namespace bistro
