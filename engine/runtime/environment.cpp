#include "environment.h"

#include "ownthread.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>

namespace bistro {
namespace {

std::string take(const char* name)
{
    char* const value = std::getenv(name);
    if (!value)
        return {};
    std::string taken(value);
    unsetenv(name);
    // /proc/self/environ still shows the memory that the process started with.
    char* const whole = value - std::strlen(name) - 1;
    std::memset(whole, 0, std::strlen(whole));
    return taken;
}

std::uint64_t takeNumber(const char* name, std::uint64_t otherwise)
{
    const std::string text = take(name);
    std::uint64_t number = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && result.ec == std::errc {} && number > 0 ? number : otherwise;
}

// -1 when there is none.
int takeDescriptor(const char* name)
{
    const std::uint64_t number = takeNumber(name, 0);
    return number > 2 && number < 1024 ? lifted(static_cast<int>(number)) : -1;
}

} // namespace

Orders takeOrders()
{
    Orders orders;
    orders.trace = take("BISTRO_TRACE");
    if (const std::uint64_t opened = takeNumber("BISTRO_TRACE_FD", 0); opened > 2 && opened < 1024)
        orders.traceDescriptor = static_cast<int>(opened);
    orders.limits.events = takeNumber("BISTRO_TRACE_EVENTS", orders.limits.events);
    orders.limits.bytes = takeNumber("BISTRO_TRACE_BYTES", orders.limits.bytes);
    const std::string lines = take("BISTRO_LINES");
    orders.lines.recorded = !lines.empty();
    orders.lines.packages = lines == "packages";
    orders.lines.visits = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(takeNumber("BISTRO_LINES_VISITS", orders.lines.visits), UINT32_MAX));
    orders.lines.stops = takeNumber("BISTRO_LINES_LIMIT", orders.lines.stops);
    orders.lines.counts = !take("BISTRO_LINES_COUNTS").empty();
    orders.lines.clockGoes = !take("BISTRO_LINES_CLOCK").empty();
    orders.control = takeDescriptor("BISTRO_CONTROL");
    orders.confinement.warden = takeDescriptor("BISTRO_WARDEN");
    const std::string confined = take("BISTRO_CONFINED");
    if (!confined.empty())
        orders.confinement.confined = confined != "0";
    orders.confinement.walls = take("BISTRO_WALLS");
    orders.confinement.missing = take("BISTRO_MISSING");
    orders.confinement.workspace = take("BISTRO_WORKSPACE");
    orders.confinement.reachable = take("BISTRO_PLACES");
    orders.confinement.addons = take("BISTRO_ADDONS") == "1";
    orders.confinement.workers = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(takeNumber("BISTRO_WORKERS_LIMIT", orders.confinement.workers), UINT32_MAX));
    return orders;
}

} // namespace bistro
