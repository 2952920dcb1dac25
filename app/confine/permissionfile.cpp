#include "confine/permissionfile.h"

#include "confine/limits.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <functional>
#include <optional>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

struct PermissionFileWords {
    Q_DECLARE_TR_FUNCTIONS(PermissionFileWords)
};

constexpr int kFormat = 1;
constexpr qint64 kMostBytes = 1 << 20;
constexpr auto kPatience = 2s; // for another writer, who takes a few milliseconds

QString textOf(const fs::path& path)
{
    return QString::fromStdString(path.string());
}

QString reason(int error)
{
    return QString::fromStdString(std::generic_category().message(error));
}

class File final {
public:
    explicit File(int fd)
        : m_fd(fd)
    {
    }
    ~File()
    {
        if (m_fd >= 0)
            close(m_fd);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

// Of the text of a path. Nothing: it is none that we would have written.
std::optional<fs::path> pathFrom(const QString& text)
{
    fs::path path(text.toStdString());
    if (!path.is_absolute() || path.lexically_normal() != path || text.contains(QChar(0)))
        return {};
    return path;
}

// Adds what one list holds. False: it is no such list.
bool addHosts(const QJsonValue& list, Permissions& permissions)
{
    if (!list.isArray())
        return false;
    for (const QJsonValue& each : list.toArray()) {
        const auto host = hostFrom(each.toString());
        if (!host || hostText(*host) != each.toString())
            return false;
        permissions = with(std::move(permissions), {.kind = PermissionKind::Host, .host = *host, .path = {}});
    }
    return true;
}

bool addPlaces(PermissionKind kind, const QJsonValue& list, Permissions& permissions)
{
    if (!list.isArray())
        return false;
    for (const QJsonValue& each : list.toArray()) {
        const auto path = pathFrom(each.toString());
        if (!path)
            return false;
        permissions = with(std::move(permissions), {.kind = kind, .host = {}, .path = *path});
    }
    return true;
}

bool addLimit(PermissionKind kind, const QJsonValue& number, Permissions& permissions)
{
    const auto limit = number.isDouble() ? limitFrom(kind, QString::number(number.toInteger(-1)))
                                         : std::unexpected(QString());
    if (limit)
        permissions = with(std::move(permissions), *limit);
    return limit.has_value();
}

std::optional<Permissions> permissionsFrom(const QJsonObject& object)
{
    Permissions permissions;
    for (auto each = object.begin(); each != object.end(); ++each) {
        const auto kind = kindNamed(each.key().toStdString());
        bool good = kind.has_value();
        switch (kind.value_or(PermissionKind::Host)) {
        case PermissionKind::Host: good = good && addHosts(*each, permissions); break;
        case PermissionKind::Read:
        case PermissionKind::Write: good = good && addPlaces(*kind, *each, permissions); break;
        case PermissionKind::Internet:
        case PermissionKind::Programs:
        case PermissionKind::Addons:
        case PermissionKind::Npm:
            good = good && each->isBool();
            if (good && each->toBool())
                permissions = with(std::move(permissions), {.kind = *kind, .host = {}, .path = {}});
            break;
        case PermissionKind::Memory:
        case PermissionKind::Processes:
        case PermissionKind::FileSize:
        case PermissionKind::Written:
        case PermissionKind::OpenFiles:
        case PermissionKind::Seconds: good = good && addLimit(*kind, *each, permissions); break;
        }
        if (!good)
            return {};
    }
    return permissions;
}

enum class Fault : std::uint8_t {
    None, // or there is no file yet
    Unreadable,
    Newer, // of a later Bistro: it means more than is known here
    NotOurs, // a link, a folder, or somebody else may write it: who knows who allowed that
    Damaged
};

struct Content {
    std::map<fs::path, Permissions> workspaces;
    Fault fault = Fault::None;
    int error = 0; // of Unreadable
};

Content contentOf(const QByteArray& bytes)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    QJsonObject object = document.object();
    const double format = object.take(u"format"_s).toDouble();
    if (format > kFormat)
        return {.workspaces = {}, .fault = Fault::Newer};
    const QJsonValue workspaces = object.take(u"workspaces"_s);
    if (format != kFormat || !workspaces.isObject() || !object.isEmpty())
        return {.workspaces = {}, .fault = Fault::Damaged};
    Content content;
    const QJsonObject all = workspaces.toObject();
    for (auto each = all.begin(); each != all.end(); ++each) {
        const auto folder = pathFrom(each.key());
        auto permissions = each->isObject() ? permissionsFrom(each->toObject()) : std::nullopt;
        if (!folder || !permissions)
            return {.workspaces = {}, .fault = Fault::Damaged};
        if (!permissions->empty())
            content.workspaces.emplace(*folder, *std::move(permissions));
    }
    return content;
}

Content readContent(const fs::path& path)
{
    const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
    if (file.get() < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return {};
        return errno == ELOOP ? Content {.workspaces = {}, .fault = Fault::NotOurs}
                              : Content {.workspaces = {}, .fault = Fault::Unreadable, .error = errno};
    }
    struct stat status {};
    if (fstat(file.get(), &status) != 0)
        return {.workspaces = {}, .fault = Fault::Unreadable, .error = errno};
    const bool ours = status.st_uid == geteuid() || status.st_uid == 0;
    if (!S_ISREG(status.st_mode) || !ours || (status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return {.workspaces = {}, .fault = Fault::NotOurs};
    if (status.st_size > kMostBytes)
        return {.workspaces = {}, .fault = Fault::Damaged};
    QByteArray bytes(kMostBytes + 1, Qt::Uninitialized);
    qsizetype size = 0;
    while (size < bytes.size()) {
        const ssize_t got = ::read(file.get(), bytes.data() + size, static_cast<std::size_t>(bytes.size() - size));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return {.workspaces = {}, .fault = Fault::Unreadable, .error = errno};
        if (got == 0)
            break;
        size += got;
    }
    bytes.truncate(size);
    return contentOf(bytes);
}

QString troubleOf(const Content& content, const fs::path& path, bool setAside)
{
    const QString aside = setAside ? PermissionFileWords::tr("The old file is %1.").arg(textOf(path) + u".broken"_s)
                                   : PermissionFileWords::tr("Bistro can't move that file away: do it yourself.");
    switch (content.fault) {
    case Fault::None: return {};
    case Fault::Unreadable:
        return PermissionFileWords::tr("Bistro can't read %1: %2. Until it can, nothing is allowed.")
            .arg(textOf(path), reason(content.error));
    case Fault::Newer:
        return PermissionFileWords::tr("A newer Bistro has written %1. This one allows nothing of it.")
            .arg(textOf(path));
    case Fault::NotOurs:
        return PermissionFileWords::tr("Others could have written %1, so nothing is allowed any more. %2")
            .arg(textOf(path), aside);
    case Fault::Damaged:
        return PermissionFileWords::tr("%1 is damaged, so nothing is allowed any more. %2").arg(textOf(path), aside);
    }
    return {};
}

bool isForSettingAside(const Content& content)
{
    return content.fault == Fault::NotOurs || content.fault == Fault::Damaged;
}

// One writer at a time, of all processes. Gone with its process, however that ends.
class WriterLock final {
public:
    explicit WriterLock(const fs::path& file)
        : m_file(open((file.native() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600))
        , m_error(m_file.get() < 0 ? errno : 0)
    {
        const auto end = std::chrono::steady_clock::now() + kPatience;
        while (m_error == 0 && flock(m_file.get(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EINTR)
                continue;
            if (errno != EWOULDBLOCK || std::chrono::steady_clock::now() > end)
                m_error = errno;
            else
                std::this_thread::sleep_for(5ms);
        }
    }

    [[nodiscard]] int error() const { return m_error; } // 0: it is ours; EWOULDBLOCK: another one holds it

private:
    File m_file;
    int m_error;
};

// Read with the lock held. What is no such file is moved away first, so that the next one can be written.
struct Locked {
    Content content;
    bool setAside = false;
};

Locked readLocked(const fs::path& path)
{
    Locked read {.content = readContent(path)};
    if (isForSettingAside(read.content))
        read.setAside = rename(path.c_str(), (path.native() + ".broken").c_str()) == 0;
    return read;
}

int writeAll(int fd, const QByteArray& bytes)
{
    qsizetype written = 0;
    while (written < bytes.size()) {
        const ssize_t put = write(fd, bytes.data() + written, static_cast<std::size_t>(bytes.size() - written));
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return errno;
        written += put;
    }
    return fsync(fd) == 0 ? 0 : errno;
}

// Beside the file, then in its place: the path names the old file or the new one, whole. A number (errno), or 0.
int replaceFile(const fs::path& path, const QByteArray& bytes)
{
    std::string aside = path.native() + ".XXXXXX";
    int error = 0;
    {
        const File file(mkostemp(aside.data(), O_CLOEXEC)); // for us alone: 0600
        if (file.get() < 0)
            return errno;
        error = writeAll(file.get(), bytes);
    }
    if (error == 0 && rename(aside.c_str(), path.c_str()) != 0)
        error = errno;
    if (error != 0) {
        unlink(aside.c_str());
        return error;
    }
    const File folder(open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0)
        fsync(folder.get()); // without it the old file may come back after a power cut, whole as well
    return 0;
}

QByteArray bytesOf(const std::map<fs::path, Permissions>& all)
{
    QJsonObject workspaces;
    for (const auto& [folder, permissions] : all) {
        if (!permissions.empty())
            workspaces[textOf(folder)] = permissionsJson(permissions);
    }
    return QJsonDocument(QJsonObject {{u"format"_s, kFormat}, {u"workspaces"_s, workspaces}}).toJson();
}

// Makes the folders that are missing, for us alone as the XDG specification says.
int makeFolders(const fs::path& folder)
{
    fs::path made;
    int refused = 0;
    for (const fs::path& name : folder) {
        made /= name;
        if (mkdir(made.c_str(), 0700) == 0 || errno == EEXIST)
            continue;
        if (errno != EACCES && errno != EROFS)
            return refused != 0 ? refused : errno; // what is above it was refused, so it can't be there
        refused = errno; // it may be there all the same
    }
    if (access(folder.c_str(), F_OK) == 0)
        return 0;
    return refused != 0 ? refused : errno;
}

QString notKept(const fs::path& file, int error)
{
    return PermissionFileWords::tr("Bistro can't keep permissions in %1: %2.").arg(textOf(file), reason(error));
}

QString withoutHome()
{
    return PermissionFileWords::tr("HOME is not set, so Bistro has no place for permissions.");
}

// Reads, changes and writes, while nobody else does. `change` says whether there is anything to write.
std::expected<bool, QString> changed(
    const fs::path& file, const fs::path& workspace, const std::function<bool(Permissions&)>& change)
{
    const auto failed = [&file](int error) { return std::unexpected(notKept(file, error)); };
    if (file.empty())
        return std::unexpected(withoutHome());
    if (textOf(workspace).toStdString() != workspace.native())
        return std::unexpected(
            PermissionFileWords::tr("The name of %1 is not in UTF-8. Rename the folder.").arg(textOf(workspace)));
    if (const int error = makeFolders(file.parent_path()); error != 0)
        return failed(error);
    const WriterLock lock(file);
    if (lock.error() == EWOULDBLOCK)
        return std::unexpected(
            PermissionFileWords::tr("Another Bistro is writing %1. Try again in a moment.").arg(textOf(file)));
    if (lock.error() != 0)
        return failed(lock.error());
    auto [content, setAside] = readLocked(file);
    if (content.fault != Fault::None && !setAside)
        return std::unexpected(troubleOf(content, file, setAside));
    if (!change(content.workspaces[workspace]))
        return false;
    const QByteArray bytes = bytesOf(content.workspaces);
    if (bytes.size() > kMostBytes)
        return std::unexpected(PermissionFileWords::tr("Too much is allowed already. See: bistro sandbox list --all"));
    if (const int error = replaceFile(file, bytes); error != 0)
        return failed(error);
    return true;
}

} // namespace

QJsonObject permissionsJson(const Permissions& permissions)
{
    QJsonObject object;
    for (const Permission& permission : permissions) {
        const QString key = QLatin1StringView(wordOf(permission.kind));
        if (isLimit(permission.kind)) {
            object[key] = static_cast<qint64>(permission.amount);
        } else if (const QString subject = subjectOf(permission); !subject.isEmpty()) {
            QJsonArray list = object[key].toArray();
            list.append(subject);
            object[key] = list;
        } else {
            object[key] = true;
        }
    }
    return object;
}

const Permissions& KeptPermissions::of(const fs::path& workspace) const
{
    static const Permissions none;
    const auto found = workspaces.find(workspace);
    return found == workspaces.end() ? none : found->second;
}

PermissionFile::PermissionFile(fs::path file)
    : m_file(std::move(file))
{
}

PermissionFile::PermissionFile(const Surroundings& around)
    : m_file(around.config.empty() ? fs::path() : around.config / "permissions.json")
{
}

KeptPermissions PermissionFile::read() const
{
    if (m_file.empty())
        return {};
    Content content = readContent(m_file);
    bool setAside = false;
    if (isForSettingAside(content)) {
        const WriterLock lock(m_file);
        if (lock.error() == 0) {
            Locked again = readLocked(m_file); // another one may have repaired it meanwhile
            content = std::move(again.content);
            setAside = again.setAside;
        }
    }
    QString trouble = troubleOf(content, m_file, setAside);
    return {.workspaces = std::move(content.workspaces), .trouble = std::move(trouble)};
}

QString PermissionFile::whyNotKept() const
{
    if (m_file.empty())
        return withoutHome();
    fs::path folder = m_file.parent_path();
    std::error_code error;
    while (folder.has_relative_path() && !fs::exists(folder, error))
        folder = folder.parent_path();
    if (!fs::is_directory(folder, error))
        return notKept(m_file, ENOTDIR);
    return faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0 ? QString() : notKept(m_file, errno);
}

std::expected<void, QString> PermissionFile::allow(const fs::path& workspace, const Permission& permission) const
{
    const auto done = changed(m_file, workspace, [&permission](Permissions& permissions) {
        const Permissions before = std::exchange(permissions, with(permissions, permission));
        return permissions != before;
    });
    return done ? std::expected<void, QString>() : std::unexpected(done.error());
}

std::expected<bool, QString> PermissionFile::forget(const fs::path& workspace, const Permission& permission) const
{
    return changed(
        m_file, workspace, [&permission](Permissions& permissions) { return std::erase(permissions, permission) > 0; });
}

std::expected<bool, QString> PermissionFile::forgetAll(const fs::path& workspace) const
{
    return changed(m_file, workspace, [](Permissions& permissions) { return !std::exchange(permissions, {}).empty(); });
}

} // namespace bistro::app
