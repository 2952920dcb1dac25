#include "warden/order.h"

#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <string_view>
#include <sys/socket.h>
#include <system_error>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace bistro::warden {
namespace {

bool takes(std::string_view variable, std::string_view name)
{
    return variable.starts_with(name) && variable.substr(name.size()).starts_with('=');
}

std::string own(const char* name)
{
    const char* const value = std::getenv(name);
    return value != nullptr ? value : "";
}

// Within the walls nobody could open it: it lies in no place of the program's.
std::expected<void, std::string> openTrace(Order& order)
{
    const std::string file = own("BISTRO_TRACE");
    if (file.empty())
        return {};
    const int trace = open(file.c_str(), O_RDWR | O_CLOEXEC);
    if (trace < 0)
        return std::unexpected(
            "Bistro can't write the trace \"" + file + "\": " + std::generic_category().message(errno) + '.');
    order.start.kept.push_back(trace);
    order.start.environment.push_back("BISTRO_TRACE_FD=" + std::to_string(trace));
    return {};
}

// Whose end the engine is given is among those that it keeps.
std::expected<void, std::string> openReports(Order& order)
{
    int ends[2] {};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return std::unexpected("Bistro's warden can't talk to the engine: it can't make a socket.");
    order.engine = Descriptor(ends[0]);
    order.start.kept.push_back(ends[1]);
    order.start.environment.push_back("BISTRO_WARDEN=" + std::to_string(ends[1]));
    return {};
}

} // namespace

std::expected<Order, std::string> orderOf(std::vector<std::string> words)
{
    Order order;
    if (!words.empty() && words.front() == "--")
        words.erase(words.begin());
    if (words.size() < 2)
        return std::unexpected("Bistro's warden needs a program and its name: bistro-warden PROGRAM ARGV0 ARGUMENTS.");
    if (std::getenv("BISTRO_POLICY") == nullptr)
        return std::unexpected("Bistro's warden needs to be told what the program may do, in BISTRO_POLICY.");
    auto policy = sandbox::policyFrom(own("BISTRO_POLICY"));
    if (!policy)
        return std::unexpected(policy.error());
    order.policy = std::move(*policy);
    order.temporary = own("BISTRO_TEMPORARY");
    order.start.program = words.front();
    order.start.arguments.assign(words.begin() + 1, words.end());
    for (char** variable = environ; *variable != nullptr; ++variable) {
        if (!takes(*variable, "BISTRO_POLICY") && !takes(*variable, "BISTRO_TEMPORARY")
            && !takes(*variable, "BISTRO_WARDEN"))
            order.start.environment.emplace_back(*variable);
    }
    const std::string control = own("BISTRO_CONTROL");
    int number = -1;
    std::from_chars(control.data(), control.data() + control.size(), number);
    if (number > STDERR_FILENO)
        order.start.kept.push_back(number);
    order.start.ownGroup = getsid(0) == getpid();
    return order;
}

std::expected<void, std::string> openLines(Order& order)
{
    if (own("BISTRO_WARDEN") == "1") {
        if (auto open = openReports(order); !open)
            return open;
    }
    return openTrace(order);
}

void tellWalls(Order& order, const sandbox::Kernel& kernel)
{
    const auto joined = [](const std::vector<std::string>& parts) {
        std::string all;
        for (const std::string& part : parts)
            all += (all.empty() ? "" : ", ") + part;
        return all;
    };
    if (own("BISTRO_CONFINED") != "1")
        return;
    order.start.environment.push_back("BISTRO_WALLS=" + joined(sandbox::wallsOf(kernel)));
    order.start.environment.push_back("BISTRO_MISSING=" + joined(sandbox::missingOf(kernel)));
}

} // namespace bistro::warden
