#include "environment.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

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
    const std::uint64_t control = takeNumber("BISTRO_CONTROL", 0);
    if (control > 2 && control < 1024) {
        const int given = static_cast<int>(control);
        const int high = fcntl(given, F_DUPFD_CLOEXEC, 900); // low numbers are left to the program
        if (high >= 0) {
            close(given);
            orders.control = high;
        }
    }
    return orders;
}

} // namespace bistro
