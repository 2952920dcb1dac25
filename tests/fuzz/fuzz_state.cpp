// Any recipe of a trace (recipe.h), and everything that window and commands ask of it: state, lines, findings, why,
// narration, JSON. An input that begins with the magic is a trace as it is.
//
// A question that takes longer than seconds, of 12,000 events at most, is as good as a crash.
#include "recipe.h"

#include "app/why/everyquestion.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string_view>

using namespace bistro;

namespace {

// Two places of all, drawn by what the trace is: more would be asked of fewer traces.
constexpr std::size_t kOrders = 5;

class OnTime final : public tests::Watch {
public:
    void begins(const char* question, app::Index place) override
    {
        m_question = question;
        m_place = place;
    }
    void ended(std::chrono::nanoseconds took) override
    {
        if (took < std::chrono::seconds(4)) // with sanitizers: a tenth of that without
            return;
        std::fprintf(stderr, "\"%s\" at %u took %lld ms\n", m_question, m_place,
            static_cast<long long>(took / std::chrono::milliseconds(1)));
        std::abort();
    }

private:
    const char* m_question = "";
    app::Index m_place = 0;
};

void askAll(std::span<const std::byte> trace)
{
    OnTime watch;
    const auto log = tests::ask(watch, "log", 0, [&] { return app::TraceLog::openBytes(trace); });
    if (!log || (*log)->empty())
        return;
    const app::Index size = (*log)->size();
    const auto drawn = static_cast<app::Index>(
        std::hash<std::string_view> {}({reinterpret_cast<const char*>(trace.data()), trace.size()}));
    const std::array places {1 + drawn % size, size};
    (void)tests::askEverything(watch, **log, places, kOrders);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size >= trace::kMagic.size() && std::memcmp(data, trace::kMagic.data(), trace::kMagic.size()) == 0) {
        askAll(std::as_bytes(std::span(data, size)));
    } else {
        const tests::TraceFile cooked = fuzz::traceOf({data, size});
        askAll(cooked.bytes());
    }
    return 0;
}
