#include "landlock.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

namespace bistro::sandbox {
namespace {

// The kernel's names in full, since the headers of the oldest system that Bistro is built on lack the newest.
constexpr std::uint64_t kExecute = 1 << 0;
constexpr std::uint64_t kWriteFile = 1 << 1;
constexpr std::uint64_t kReadFile = 1 << 2;
constexpr std::uint64_t kReadFolder = 1 << 3;
constexpr std::uint64_t kRemoveFolder = 1 << 4;
constexpr std::uint64_t kRemoveFile = 1 << 5;
constexpr std::uint64_t kMakeFolder = 1 << 7;
constexpr std::uint64_t kMakeFile = 1 << 8;
constexpr std::uint64_t kMakeSocket = 1 << 9;
constexpr std::uint64_t kMakePipe = 1 << 10;
constexpr std::uint64_t kMakeLink = 1 << 12;
constexpr std::uint64_t kRefer = 1 << 13; // ABI 2: rename and link from one folder to another
constexpr std::uint64_t kTruncate = 1 << 14; // ABI 3
constexpr std::uint64_t kControlDevice = 1 << 15; // ABI 5
constexpr std::array<std::uint64_t, 7> kHandled {
    (1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1, (1 << 15) - 1, (1 << 16) - 1, (1 << 16) - 1, (1 << 16) - 1};

constexpr std::uint64_t kOfFiles = kExecute | kWriteFile | kReadFile | kTruncate | kControlDevice;
constexpr std::uint64_t kReading = kReadFile | kReadFolder;
// Without devices (MAKE_CHAR, MAKE_BLOCK): nobody may make them.
constexpr std::uint64_t kWriting = kReading | kWriteFile | kRemoveFolder | kRemoveFile | kMakeFolder | kMakeFile
    | kMakeSocket | kMakePipe | kMakeLink | kRefer | kTruncate;

constexpr std::uint64_t kScopeSockets = 1 << 0; // ABI 6: abstract sockets
constexpr std::uint64_t kScopeSignals = 1 << 1;
constexpr int kAbiWithScopes = 6;
// ABI 7: what is refused is not written to the computer's log, which a program could flood.
constexpr std::uint32_t kQuiet = 1 << 0;
constexpr int kAbiWithLog = 7;

// What the kernel takes. One that knows less takes fewer bytes, so the size is given for its ABI.
struct Attributes {
    std::uint64_t files = 0;
    std::uint64_t network = 0; // ABI 4. Connections are the warden's to decide
    std::uint64_t scopes = 0;
};

std::size_t bytesOf(int abi)
{
    return abi >= kAbiWithScopes ? sizeof(Attributes) : offsetof(Attributes, network);
}

std::uint64_t accessOf(Right right, bool foreignPrograms)
{
    const std::uint64_t more = foreignPrograms ? kExecute : 0;
    switch (right) {
    case Right::Read: return kReading | more;
    case Right::Write: return kWriting | more;
    case Right::Run: return kReading | kExecute;
    }
    return 0;
}

// Nobody can name it, so neither can the program: there is nothing to allow.
bool isNotThere(int error)
{
    return error == ENOENT || error == ENOTDIR || error == EACCES || error == ELOOP;
}

int allow(int rules, const std::string& path, std::uint64_t access)
{
    const int file = open(path.c_str(), O_PATH | O_CLOEXEC);
    if (file < 0)
        return isNotThere(errno) ? 0 : errno;
    int error = 0;
    if (struct stat status {}; fstat(file, &status) != 0) {
        error = errno;
    } else {
        if (!S_ISDIR(status.st_mode))
            access &= kOfFiles;
        const landlock_path_beneath_attr rule {.allowed_access = access, .parent_fd = file};
        // A rule that allows nothing is an error to the kernel.
        if (access != 0 && syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
            error = errno;
    }
    close(file);
    return error;
}

std::expected<int, std::string> rulesFor(const Attributes& attributes, int abi)
{
    const auto rules = static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, bytesOf(abi), 0));
    if (rules < 0)
        return std::unexpected(std::string("The kernel refuses to make walls around files: ") + strerror(errno) + ".");
    return rules;
}

// The same rules with one more; they are closed when it can't be had.
std::expected<int, std::string> allowing(
    std::expected<int, std::string> rules, const std::string& path, std::uint64_t access)
{
    if (!rules)
        return rules;
    const int error = allow(*rules, path, access);
    if (error == 0)
        return rules;
    close(*rules);
    return std::unexpected("The sandbox can't allow " + path + ": " + strerror(error) + ".");
}

} // namespace

int landlockAbi()
{
    const long abi = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi < 0 ? 0 : static_cast<int>(abi);
}

std::expected<int, std::string> landlockRules(
    std::span<const Place> places, std::span<const std::string> terminals, bool foreignPrograms, int abi)
{
    const std::uint64_t handled = kHandled[std::min(static_cast<std::size_t>(abi), kHandled.size()) - 1];
    auto rules = rulesFor(
        {.files = handled, .network = 0, .scopes = abi >= kAbiWithScopes ? kScopeSockets | kScopeSignals : 0}, abi);
    for (const Place& place : places)
        rules = allowing(rules, place.path, accessOf(place.right, foreignPrograms) & handled);
    for (const std::string& terminal : terminals)
        rules = allowing(rules, terminal, (kReadFile | kWriteFile | kControlDevice) & handled);
    return rules;
}

std::expected<int, std::string> landlockRulesOfSockets(std::span<const Place> places, int abi)
{
    auto rules = rulesFor({.files = kMakeSocket, .network = 0, .scopes = 0}, abi);
    for (const Place& place : places)
        rules = allowing(rules, place.path, accessOf(place.right, false) & kMakeSocket);
    return rules;
}

int enterLandlock(int rules, int abi)
{
    return syscall(SYS_landlock_restrict_self, rules, abi >= kAbiWithLog ? kQuiet : 0) == 0 ? 0 : errno;
}

} // namespace bistro::sandbox
