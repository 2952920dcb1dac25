#include "policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <utility>

namespace bistro::sandbox {
namespace {

constexpr std::size_t kMostPathBytes = 4'095; // as the kernel has it
constexpr std::size_t kMostNameBytes = 253; // as DNS has it
constexpr std::size_t kMostPlaces = 1'024; // of each sort; an environment variable holds no more
constexpr std::string_view kInternet = "internet";
constexpr std::string_view kForeignPrograms = "foreign-programs";
constexpr std::string_view kHost = "host";
constexpr std::string_view kLimit = "limit";

struct RightName {
    Right right;
    std::string_view name;
};
constexpr std::array<RightName, 3> kRights {{{Right::Read, "read"}, {Right::Write, "write"}, {Right::Run, "run"}}};

std::string_view nameOf(Right right)
{
    for (const RightName& known : kRights)
        if (known.right == right)
            return known.name;
    return {};
}

// Each limit once, for both directions: what `use(name, limit)` does to it.
template <typename LimitsOrConst, typename Use>
void forEachLimit(LimitsOrConst& limits, Use use)
{
    use("memory", limits.memory);
    use("processes", limits.processes);
    use("file-size", limits.fileSize);
    use("written", limits.written);
    use("open-files", limits.openFiles);
    use("seconds", limits.seconds);
}

std::string escaped(std::string_view path)
{
    std::string out;
    for (const char c : path) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\')
            out += "\\\\";
        else
            out += c;
    }
    return out;
}

// A problem is the rest of a sentence that begins with the number of the line.
using Problem = std::string_view;

std::expected<std::string, Problem> pathFrom(std::string_view text)
{
    std::string path;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            path += text[i];
            continue;
        }
        if (++i == text.size() || (text[i] != 'n' && text[i] != '\\'))
            return std::unexpected(Problem("has a backslash before something else than n or a backslash"));
        path += text[i] == 'n' ? '\n' : '\\';
    }
    if (!path.starts_with('/'))
        return std::unexpected(Problem("has a path that doesn't begin with /"));
    if (path.contains('\0'))
        return std::unexpected(Problem("has a path with a zero byte"));
    if (path.size() > kMostPathBytes)
        return std::unexpected(Problem("has a path that is too long"));
    return path;
}

bool isName(std::string_view name)
{
    if (name.empty() || name.size() > kMostNameBytes || name.starts_with('.') || name.ends_with('.')
        || name.contains(".."))
        return false;
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == ':';
    });
}

template <typename Number>
bool readNumber(std::string_view text, Number& number)
{
    // from_chars takes no sign for these; a number has one way to be written.
    if (text.empty() || (text.size() > 1 && text.starts_with('0')))
        return false;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc {} && end == text.data() + text.size();
}

// What stands before the first space, and what after it.
std::pair<std::string_view, std::string_view> split(std::string_view text)
{
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos)
        return {text, {}};
    return {text.substr(0, space), text.substr(space + 1)};
}

class PolicyReader final {
public:
    std::expected<void, Problem> line(std::string_view text)
    {
        if (text == kInternet)
            return once(std::exchange(policy.internet, true));
        if (text == kForeignPrograms)
            return once(std::exchange(policy.foreignPrograms, true));
        const auto [word, rest] = split(text);
        if (word == kHost)
            return host(rest);
        if (word == kLimit)
            return limit(rest);
        for (const RightName& known : kRights)
            if (known.name == word)
                return place(known.right, rest);
        return std::unexpected(Problem("begins with an unknown word"));
    }

    Policy policy;

private:
    static std::expected<void, Problem> once(bool before)
    {
        if (before)
            return std::unexpected(Problem("says something a second time"));
        return {};
    }

    std::expected<void, Problem> place(Right right, std::string_view text)
    {
        auto path = pathFrom(text);
        if (!path)
            return std::unexpected(path.error());
        if (policy.places.size() == kMostPlaces)
            return std::unexpected(Problem("has one place too many"));
        policy.places.push_back({.path = std::move(*path), .right = right});
        return {};
    }

    std::expected<void, Problem> host(std::string_view text)
    {
        const auto [name, port] = split(text);
        Host found {.name = std::string(name)};
        if (!isName(name))
            return std::unexpected(Problem("has no host's name in lower-case letters"));
        if (!readNumber(port, found.port))
            return std::unexpected(Problem("has no port from 0 to 65535"));
        if (policy.hosts.size() == kMostPlaces)
            return std::unexpected(Problem("has one host too many"));
        policy.hosts.push_back(std::move(found));
        return {};
    }

    std::expected<void, Problem> limit(std::string_view text)
    {
        const auto [name, number] = split(text);
        bool known = false;
        bool isNumber = false;
        bool again = false;
        std::size_t index = 0;
        forEachLimit(policy.limits, [&](std::string_view limitName, auto& value) {
            if (limitName == name) {
                known = true;
                isNumber = readNumber(number, value);
                again = std::exchange(m_hasLimit[index], true);
            }
            ++index;
        });
        if (!known)
            return std::unexpected(Problem("has an unknown limit"));
        if (!isNumber)
            return std::unexpected(Problem("has a limit that is no number, or too large"));
        return once(again);
    }

    std::array<bool, 6> m_hasLimit {};
};

std::string lineText(Right right, std::string_view path)
{
    std::string line(nameOf(right));
    line += ' ';
    line += escaped(path);
    line += '\n';
    return line;
}

} // namespace

std::vector<Place> systemPlaces()
{
    std::vector<Place> places;
    const auto add = [&places](Right right, std::initializer_list<const char*> paths) {
        for (const char* path : paths)
            places.push_back({.path = path, .right = right});
    };
    add(Right::Run, {"/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"});
    // Of /etc what libraries and common programs read at their start: never shadow, keys or what belongs to services.
    add(Right::Read,
        {"/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/ld.so.preload", "/etc/hosts",
            "/etc/host.conf", "/etc/hostname", "/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/gai.conf",
            "/etc/networks", "/etc/services", "/etc/protocols", "/etc/passwd", "/etc/group", "/etc/localtime",
            "/etc/timezone", "/etc/os-release", "/etc/lsb-release", "/etc/debian_version", "/etc/ssl/certs",
            "/etc/ssl/cert.pem", "/etc/ssl/openssl.cnf", "/etc/ca-certificates", "/etc/pki/tls/certs",
            "/etc/pki/tls/cert.pem", "/etc/pki/tls/openssl.cnf", "/etc/pki/ca-trust/extracted", "/etc/crypto-policies",
            "/etc/alternatives", "/etc/mime.types", "/etc/locale.alias", "/etc/locale.conf", "/etc/terminfo",
            "/etc/inputrc", "/etc/shells", "/run/systemd/resolve"});
    // The kernel's own keep: what of /proc belongs to another process (mem, environ, fd …) Landlock refuses by itself.
    add(Right::Read, {"/proc", "/sys/devices/system/cpu", "/sys/fs/cgroup"});
    // Devices without a memory. /dev/tty is the terminal of the run; others' terminals (/dev/pts) are no place.
    add(Right::Read, {"/dev/random", "/dev/urandom"});
    add(Right::Write, {"/dev/null", "/dev/zero", "/dev/full", "/dev/tty"});
    return places;
}

std::string textOf(const Policy& policy)
{
    std::string text;
    for (const Place& place : policy.places)
        text += lineText(place.right, place.path);
    for (const Host& host : policy.hosts) {
        text += kHost;
        text += ' ';
        text += host.name;
        text += ' ';
        text += std::to_string(host.port);
        text += '\n';
    }
    for (const auto& [is, word] : {std::pair(policy.internet, kInternet), {policy.foreignPrograms, kForeignPrograms}}) {
        if (is) {
            text += word;
            text += '\n';
        }
    }
    forEachLimit(policy.limits, [&text](std::string_view name, auto value) {
        text += kLimit;
        text += ' ';
        text += name;
        text += ' ';
        text += std::to_string(value);
        text += '\n';
    });
    return text;
}

std::expected<Policy, std::string> policyFrom(std::string_view text)
{
    PolicyReader reader;
    for (int number = 1; !text.empty(); ++number) {
        const std::string start = "Line " + std::to_string(number) + " of the sandbox's policy ";
        // A path that was cut is another one, and mostly one that has more below it.
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos)
            return std::unexpected(start + "has no end. Start the run again.");
        if (const auto read = reader.line(text.substr(0, end)); !read)
            return std::unexpected(start + std::string(read.error()) + ". Start the run again.");
        text.remove_prefix(end + 1);
    }
    return std::move(reader.policy);
}

} // namespace bistro::sandbox
