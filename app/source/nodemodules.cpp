#include "source/nodemodules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>

namespace bistro::app {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array kModules {"assert"sv, "assert/strict"sv, "async_hooks"sv, "buffer"sv, "child_process"sv,
    "cluster"sv, "console"sv, "constants"sv, "crypto"sv, "dgram"sv, "diagnostics_channel"sv, "dns"sv, "dns/promises"sv,
    "domain"sv, "events"sv, "fs"sv, "fs/promises"sv, "http"sv, "http2"sv, "https"sv, "inspector"sv,
    "inspector/promises"sv, "module"sv, "net"sv, "os"sv, "path"sv, "path/posix"sv, "path/win32"sv, "perf_hooks"sv,
    "process"sv, "punycode"sv, "querystring"sv, "readline"sv, "readline/promises"sv, "repl"sv, "stream"sv,
    "stream/consumers"sv, "stream/promises"sv, "stream/web"sv, "string_decoder"sv, "sys"sv, "timers"sv,
    "timers/promises"sv, "tls"sv, "trace_events"sv, "tty"sv, "url"sv, "util"sv, "util/types"sv, "v8"sv, "vm"sv,
    "wasi"sv, "worker_threads"sv, "zlib"sv};
constexpr std::array kOnlyWithPrefix {"sea"sv, "test"sv, "test/reporters"sv};
// One letter from a module, and packages that people mean.
constexpr std::array kPackages {"utils"sv, "ws"sv, "paths"sv, "pathe"sv, "consola"sv, "streamx"sv, "async"sv, "urls"sv};
constexpr std::size_t kLongestName = 214; // letters
constexpr std::size_t kShort = 3; // letters: with one more or less these are other words

// In small letters, and one kind of stroke between words.
std::string plain(std::string_view name)
{
    std::string text(name);
    std::ranges::transform(
        text, text.begin(), [](char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); });
    std::ranges::replace(text, '-', '_');
    return text;
}

// Two letters next to each other that have changed places.
bool isSwapped(std::string_view one, std::string_view other)
{
    if (one.size() != other.size())
        return false;
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(one, other).in1 - one.begin());
    return at + 1 < one.size() && one[at] == other[at + 1] && one[at + 1] == other[at]
        && one.substr(at + 2) == other.substr(at + 2);
}

// One letter more, less, or another one.
bool isOneApart(std::string_view one, std::string_view other)
{
    const std::string_view longer = one.size() < other.size() ? other : one;
    const std::string_view shorter = one.size() < other.size() ? one : other;
    if (longer.size() - shorter.size() > 1)
        return false;
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(longer, shorter).in1 - longer.begin());
    const std::size_t rest = longer.size() == shorter.size() ? at + 1 : at;
    return at < longer.size() && longer.substr(at + 1) == shorter.substr(std::min(rest, shorter.size()));
}

// By npm's rules for names. Old packages have capital letters.
bool isPackagePart(std::string_view part)
{
    const auto isLetter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '~';
    };
    return !part.empty() && isLetter(part.front())
        && std::ranges::all_of(part, [&](char c) { return isLetter(c) || c == '.' || c == '_' || c == '-'; });
}

} // namespace

bool isNodeModule(std::string_view name)
{
    return std::ranges::contains(kModules, name);
}

std::string_view nodeModuleLike(std::string_view name)
{
    if (std::ranges::contains(kPackages, name))
        return {};
    const std::string text = plain(name);
    const auto isMeant = [&text, name](std::string_view module) {
        if (text == module)
            return name != module;
        return isSwapped(text, module) || (std::min(text.size(), module.size()) > kShort && isOneApart(text, module));
    };
    for (const std::string_view module : kModules) {
        if (isMeant(module))
            return module;
    }
    const auto* const only = std::ranges::find(kOnlyWithPrefix, text);
    return only == kOnlyWithPrefix.end() ? std::string_view() : *only;
}

std::string_view packageAskedFor(std::string_view request)
{
    const bool scoped = request.starts_with('@');
    std::size_t end = request.find('/');
    if (scoped && end == std::string_view::npos)
        return {};
    const std::size_t slash = end;
    if (scoped)
        end = request.find('/', slash + 1);
    const std::string_view name = request.substr(0, end);
    const bool fits = scoped ? isPackagePart(name.substr(1, slash - 1)) && isPackagePart(name.substr(slash + 1))
                             : isPackagePart(name);
    return fits && name.size() <= kLongestName && name != "node_modules" && !isNodeModule(request) ? name
                                                                                                   : std::string_view();
}

} // namespace bistro::app
