#include "warden/growth.h"
#include "warden/questions.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <functional>
#include <linux/limits.h>
#include <memory>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <utime.h>
#include <vector>

namespace bistro::warden {
namespace {

constexpr int kFchmodat2 = 452; // Linux 6.6
constexpr std::uint64_t kMiB = 1'024 * 1'024;

// How a call names a file.
struct Named {
    int folder = AT_FDCWD;
    std::uint64_t path = 0; // where in the program's memory
    bool follow = true;
    bool mayBeEmpty = false; // then it is the folder itself (AT_EMPTY_PATH)
};

// A file that lies where the program may write.
std::expected<Descriptor, Answer> writable(
    const Rules& rules, const Target& target, std::expected<Descriptor, int> file, const std::string& name)
{
    if (!file)
        return std::unexpected(failed(file.error()));
    const std::string place = placeOf(*file);
    // Pipes, sockets and the like lie nowhere, and belong to who has them.
    if (!name.empty() || place.starts_with('/')) {
        if (!rules.places.mayWrite(*file))
            return std::unexpected(rules.refused(target, "write", EACCES, name.empty() ? place : name));
    }
    return std::move(*file);
}

std::expected<Descriptor, Answer> opened(const Rules& rules, const Target& target, int descriptor)
{
    return writable(rules, target, target.descriptor(descriptor), {});
}

std::expected<Descriptor, Answer> opened(const Rules& rules, const Target& target, const Named& named)
{
    const auto path = target.text(named.path, PATH_MAX);
    if (!path)
        return std::unexpected(failed(path.error()));
    if (path->empty() && named.mayBeEmpty && named.folder != AT_FDCWD)
        return opened(rules, target, named.folder);
    if (path->empty() && named.mayBeEmpty)
        return writable(rules, target, target.file(AT_FDCWD, ".", true), ".");
    return writable(rules, target, target.file(named.folder, *path, named.follow), *path);
}

// For calls that may have a symbolic link itself: there is no name by which one is reached.
bool isLink(const Descriptor& file)
{
    struct stat about {};
    return fstat(file.get(), &about) == 0 && S_ISLNK(about.st_mode);
}

Named at(const Target& target, std::size_t flags)
{
    const int given = target.number(flags);
    return {.folder = target.number(0),
        .path = target.argument(1),
        .follow = (given & AT_SYMLINK_NOFOLLOW) == 0,
        .mayBeEmpty = (given & AT_EMPTY_PATH) != 0};
}

bool knownFlags(const Target& target, std::size_t flags)
{
    return (target.number(flags) & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) == 0;
}

using File = std::expected<Descriptor, Answer>;

// Others who run such a file have its owner's rights. A folder that has the bit already (of its group) may keep it.
bool givesRightsAway(const Descriptor& file, std::uint64_t mode)
{
    struct stat about {};
    if (fstat(file.get(), &about) != 0)
        return true;
    const mode_t kept = S_ISDIR(about.st_mode) ? about.st_mode : 0;
    return (mode & (S_ISUID | S_ISGID) & ~std::uint64_t {kept}) != 0;
}

// Users' own, and lists of who may do what. The warden may be root, and the program not: the kernel would take the
// system's (security.capability, trusted.…) from the one and not from the other.
bool isOfUsers(std::string_view attribute)
{
    return attribute.starts_with("user.") || attribute.starts_with("system.posix_acl_");
}

Answer changeMode(const File& file, std::uint64_t mode)
{
    if (!file)
        return file.error();
    if (isLink(*file))
        return failed(EOPNOTSUPP);
    if (givesRightsAway(*file, mode))
        return failed(EPERM);
    return resultOf(chmod(nameOf(*file).c_str(), static_cast<mode_t>(mode)));
}

Answer changeOwner(const File& file, std::uint64_t user, std::uint64_t group)
{
    if (!file)
        return file.error();
    return resultOf(fchownat(file->get(), "", static_cast<uid_t>(user), static_cast<gid_t>(group), AT_EMPTY_PATH));
}

// Nothing: now.
using Times = std::optional<std::array<timespec, 2>>;

Answer changeTimes(const File& file, const std::expected<Times, int>& times)
{
    if (!times)
        return failed(times.error());
    if (!file)
        return file.error();
    const timespec* const given = *times ? (*times)->data() : nullptr;
    if (isLink(*file))
        return resultOf(utimensat(file->get(), "", given, AT_EMPTY_PATH));
    return resultOf(utimensat(AT_FDCWD, nameOf(*file).c_str(), given, 0));
}

std::expected<Times, int> timesAt(const Target& target, std::uint64_t address)
{
    if (address == 0)
        return Times {};
    return target.value<std::array<timespec, 2>>(address);
}

std::expected<Times, int> microsecondsAt(const Target& target, std::uint64_t address)
{
    if (address == 0)
        return Times {};
    const auto given = target.value<std::array<timeval, 2>>(address);
    if (!given)
        return std::unexpected(given.error());
    std::array<timespec, 2> result {};
    for (std::size_t i = 0; i < result.size(); ++i) {
        if ((*given)[i].tv_usec < 0 || (*given)[i].tv_usec >= 1'000'000)
            return std::unexpected(EINVAL);
        result[i] = {.tv_sec = (*given)[i].tv_sec, .tv_nsec = (*given)[i].tv_usec * 1'000};
    }
    return result;
}

std::expected<Times, int> secondsAt(const Target& target, std::uint64_t address)
{
    if (address == 0)
        return Times {};
    const auto given = target.value<utimbuf>(address);
    if (!given)
        return std::unexpected(given.error());
    return std::array<timespec, 2> {timespec {.tv_sec = given->actime}, timespec {.tv_sec = given->modtime}};
}

// Without limits of its own, the warden looks at the program's here.
Answer truncateFile(const Rules& rules, const Target& target, const File& file, std::uint64_t size)
{
    if (!file)
        return file.error();
    struct stat about {};
    const bool grows = fstat(file->get(), &about) == 0 && static_cast<std::uint64_t>(about.st_size) < size;
    if (grows && rules.limits.fileSize != 0 && size > rules.limits.fileSize * kMiB) {
        rules.reports.limit("file-size", rules.limits.fileSize, target.process());
        return failed(EFBIG);
    }
    if (grows && rules.full)
        return failed(EFBIG);
    return resultOf(truncate(nameOf(*file).c_str(), static_cast<off_t>(size)));
}

std::uint64_t bytesTakenBy(const Descriptor& file)
{
    constexpr std::uint64_t kBlock = 512;
    struct stat about {};
    return fstat(file.get(), &about) == 0 ? static_cast<std::uint64_t>(about.st_blocks) * kBlock : 0;
}

// Room that nobody writes is in no account, and it is given at once. The warden has no limits of its own: the program's
// are looked at here.
Answer reserve(Rules& rules, const Target& target)
{
    auto file = target.descriptor(target.number(0));
    if (!file)
        return failed(file.error());
    const auto from = static_cast<off_t>(target.argument(2));
    const auto size = static_cast<off_t>(target.argument(3));
    if (from < 0 || size <= 0)
        return failed(EINVAL);
    const auto bytes = static_cast<std::uint64_t>(size);
    const auto isMore = [](std::uint64_t amount, std::uint64_t limit) { return limit != 0 && amount / kMiB >= limit; };
    if (isMore(static_cast<std::uint64_t>(from) + bytes - 1, rules.limits.fileSize)) {
        rules.reports.limit("file-size", rules.limits.fileSize, target.process());
        return failed(EFBIG);
    }
    if (rules.full)
        return failed(ENOSPC);
    if (isMore(rules.reserved + rules.toReserve + bytes - 1, rules.limits.written)) {
        rules.reports.limit("files", rules.limits.written, target.process());
        return failed(ENOSPC);
    }
    rules.toReserve += bytes;
    // It may take its time, as to put zeros there.
    const auto shared = std::make_shared<Descriptor>(std::move(*file));
    return {.later = [&rules, shared, mode = target.number(1), from, size] {
        const std::uint64_t before = bytesTakenBy(*shared);
        Answer answer = resultOf(fallocate(shared->get(), mode, from, size));
        rules.reserved += std::max(bytesTakenBy(*shared), before) - before;
        rules.toReserve -= static_cast<std::uint64_t>(size);
        return answer;
    }};
}

Answer setAttribute(const File& file, const Target& target)
{
    if (!file)
        return file.error();
    if (isLink(*file))
        return failed(EPERM); // as for attributes of users
    const auto name = target.text(target.argument(1), XATTR_NAME_MAX + 1);
    if (!name)
        return failed(name.error() == ENAMETOOLONG ? ERANGE : name.error());
    if (!isOfUsers(*name))
        return failed(EPERM);
    if (liesInMemory(*file))
        return failed(EOPNOTSUPP); // as before Linux 6.6: it would be memory that is in nobody's account
    if (target.argument(3) > XATTR_SIZE_MAX)
        return failed(E2BIG);
    std::vector<std::byte> value(target.argument(3));
    if (const auto done = target.read(target.argument(2), value); !done)
        return failed(done.error());
    return resultOf(setxattr(nameOf(*file).c_str(), name->c_str(), value.data(), value.size(), target.number(4)));
}

Answer removeAttribute(const File& file, const Target& target)
{
    if (!file)
        return file.error();
    if (isLink(*file))
        return failed(EPERM);
    const auto name = target.text(target.argument(1), XATTR_NAME_MAX + 1);
    if (!name)
        return failed(name.error() == ENAMETOOLONG ? ERANGE : name.error());
    if (!isOfUsers(*name))
        return failed(EPERM);
    return resultOf(removexattr(nameOf(*file).c_str(), name->c_str()));
}

} // namespace

std::optional<Answer> answerOfFiles(Rules& rules, const Target& target)
{
    const auto path = [&](bool follow) {
        return opened(rules, target, Named {.path = target.argument(0), .follow = follow});
    };
    const auto pathIn = [&](std::size_t flags) { return opened(rules, target, at(target, flags)); };
    const auto folderAndPath = [&] {
        return opened(rules, target, Named {.folder = target.number(0), .path = target.argument(1)});
    };
    const auto descriptor = [&] { return opened(rules, target, target.number(0)); };
    switch (target.call()) {
    case SYS_chmod: return changeMode(path(true), target.argument(1));
    case SYS_fchmod: return changeMode(descriptor(), target.argument(1));
    case SYS_fchmodat: return changeMode(folderAndPath(), target.argument(2));
    case kFchmodat2: return knownFlags(target, 3) ? changeMode(pathIn(3), target.argument(2)) : failed(EINVAL);
    case SYS_chown: return changeOwner(path(true), target.argument(1), target.argument(2));
    case SYS_lchown: return changeOwner(path(false), target.argument(1), target.argument(2));
    case SYS_fchown: return changeOwner(descriptor(), target.argument(1), target.argument(2));
    case SYS_fchownat:
        return knownFlags(target, 4) ? changeOwner(pathIn(4), target.argument(2), target.argument(3)) : failed(EINVAL);
    case SYS_utime: return changeTimes(path(true), secondsAt(target, target.argument(1)));
    case SYS_utimes: return changeTimes(path(true), microsecondsAt(target, target.argument(1)));
    case SYS_futimesat:
        return changeTimes(
            target.argument(1) == 0 ? descriptor() : folderAndPath(), microsecondsAt(target, target.argument(2)));
    case SYS_utimensat:
        if (!knownFlags(target, 3))
            return failed(EINVAL);
        return changeTimes(target.argument(1) == 0 ? descriptor() : pathIn(3), timesAt(target, target.argument(2)));
    case SYS_truncate: return truncateFile(rules, target, path(true), target.argument(1));
    case SYS_fallocate: return reserve(rules, target);
    case SYS_setxattr: return setAttribute(path(true), target);
    case SYS_lsetxattr: return setAttribute(path(false), target);
    case SYS_fsetxattr: return setAttribute(descriptor(), target);
    case SYS_removexattr: return removeAttribute(path(true), target);
    case SYS_lremovexattr: return removeAttribute(path(false), target);
    case SYS_fremovexattr: return removeAttribute(descriptor(), target);
    default: return {};
    }
}

} // namespace bistro::warden
