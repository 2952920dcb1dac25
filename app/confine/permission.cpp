#include "confine/permission.h"

#include "confine/workspacefolder.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <tuple>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

struct PermissionWords {
    Q_DECLARE_TR_FUNCTIONS(PermissionWords)
};

constexpr std::size_t kLongestName = 253; // of a host, by the rules of names
constexpr std::size_t kLongestLabel = 63;

auto keyOf(const Permission& permission)
{
    return std::tie(permission.kind, permission.host.name, permission.host.port, permission.path, permission.amount);
}

QString shown(const fs::path& path)
{
    return QString::fromStdString(path.string());
}

// The address as everybody writes it: "::1", not "0:0:0:0:0:0:0:1".
std::string addressOf(const std::string& text)
{
    std::array<char, INET6_ADDRSTRLEN> room {};
    for (const int family : {AF_INET, AF_INET6}) {
        std::array<unsigned char, 16> address {};
        if (inet_pton(family, text.c_str(), address.data()) == 1
            && inet_ntop(family, address.data(), room.data(), room.size()))
            return room.data();
    }
    return {};
}

bool isName(std::string_view name)
{
    if (name.empty() || name.size() > kLongestName)
        return false;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = std::min(name.find('.', begin), name.size());
        const std::string_view label = name.substr(begin, end - begin);
        if (label.empty() || label.size() > kLongestLabel || label.front() == '-' || label.back() == '-')
            return false;
        if (!std::ranges::all_of(
                label, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; }))
            return false;
        if (end == name.size())
            return !std::ranges::all_of(label, [](char c) { return c >= '0' && c <= '9'; }); // else half an address
        begin = end + 1;
    }
}

std::optional<std::uint16_t> portFrom(QStringView text)
{
    bool number = false;
    const uint port = text.toUInt(&number);
    const bool digits = std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!number || !digits || port == 0 || port > 65'535)
        return {};
    return static_cast<std::uint16_t>(port);
}

// Why nobody may write there, and what to do instead.
QString refusedToWrite(NotOwn why, const QString& path)
{
    switch (why) {
    case NotOwn::Home:
        return PermissionWords::tr("%1 holds more than a program may change. Allow a folder in it.").arg(path);
    case NotOwn::Hidden:
        return PermissionWords::tr("%1 is hidden: settings and keys lie there. Allow another folder to write to.")
            .arg(path);
    case NotOwn::System:
        return PermissionWords::tr("%1 belongs to the system. Allow a folder of your own to write to.").arg(path);
    case NotOwn::Bistro:
        return PermissionWords::tr("Bistro keeps its own files in %1. Allow another folder to write to.").arg(path);
    }
    return {};
}

QString refusedToRead(const QString& path)
{
    return PermissionWords::tr("%1 holds more than a program may read. Allow a folder in it.").arg(path);
}

} // namespace

Permissions with(Permissions permissions, const Permission& more)
{
    if (isLimit(more.kind))
        std::erase_if(permissions, [&more](const Permission& each) { return each.kind == more.kind; });
    if (!std::ranges::contains(permissions, more))
        permissions.push_back(more);
    std::ranges::sort(permissions, {}, keyOf);
    return permissions;
}

Permissions without(Permissions permissions, const Permission& less)
{
    std::erase(permissions, less);
    return permissions;
}

bool isAllowed(const Permissions& permissions, const Permission& asked)
{
    using enum PermissionKind;
    return std::ranges::any_of(permissions, [&asked](const Permission& given) {
        switch (asked.kind) {
        case Host:
            return given.kind == Internet
                || (given.kind == Host && given.host.name == asked.host.name
                    && (given.host.port == 0 || given.host.port == asked.host.port));
        case Read: return (given.kind == Read || given.kind == Write) && isWithin(asked.path, given.path);
        case Write: return given.kind == Write && isWithin(asked.path, given.path);
        case Internet:
        case Programs:
        case Addons:
        case Npm: return given.kind == asked.kind;
        case Memory:
        case Processes:
        case FileSize:
        case Written:
        case OpenFiles:
        case Seconds: return given.kind == asked.kind && given.amount >= asked.amount;
        }
        return false;
    });
}

std::string_view wordOf(PermissionKind kind)
{
    switch (kind) {
    case PermissionKind::Host: return "host";
    case PermissionKind::Internet: return "internet";
    case PermissionKind::Read: return "read";
    case PermissionKind::Write: return "write";
    case PermissionKind::Programs: return "programs";
    case PermissionKind::Addons: return "addons";
    case PermissionKind::Npm: return "npm";
    case PermissionKind::Memory: return "memory";
    case PermissionKind::Processes: return "processes";
    case PermissionKind::FileSize: return "file-size";
    case PermissionKind::Written: return "written";
    case PermissionKind::OpenFiles: return "open-files";
    case PermissionKind::Seconds: return "seconds";
    }
    return {};
}

std::optional<PermissionKind> kindNamed(std::string_view word)
{
    const auto* const found = std::ranges::find(kPermissionKinds, word, wordOf);
    return found == kPermissionKinds.end() ? std::nullopt : std::optional(*found);
}

QString hostText(const sandbox::Host& host)
{
    const QString name = QString::fromStdString(host.name);
    if (host.port == 0)
        return name;
    return (name.contains(u':') ? u'[' + name + u']' : name) + u':' + QString::number(host.port);
}

QString subjectOf(const Permission& permission)
{
    switch (permission.kind) {
    case PermissionKind::Host: return hostText(permission.host);
    case PermissionKind::Read:
    case PermissionKind::Write: return shown(permission.path);
    case PermissionKind::Internet:
    case PermissionKind::Programs:
    case PermissionKind::Addons:
    case PermissionKind::Npm: break;
    case PermissionKind::Memory:
    case PermissionKind::Processes:
    case PermissionKind::FileSize:
    case PermissionKind::Written:
    case PermissionKind::OpenFiles:
    case PermissionKind::Seconds: return QString::number(permission.amount);
    }
    return {};
}

std::expected<sandbox::Host, QString> hostFrom(const QString& text)
{
    const auto wrong = [&text] {
        return std::unexpected(
            PermissionWords::tr("\"%1\" is no name of a host. Write it like this: example.org or example.org:443.")
                .arg(text));
    };
    if (text.contains("://"_L1)) {
        const QString host = QUrl(text).host();
        if (host.isEmpty())
            return wrong();
        return std::unexpected(
            PermissionWords::tr("\"%1\" is a whole address. Write the host alone: %2").arg(text, host));
    }
    QString name = text;
    sandbox::Host found;
    const qsizetype colon = text.lastIndexOf(u':');
    const bool bracketed = text.startsWith(u'[');
    if (bracketed ? text.contains("]:"_L1) : colon >= 0 && text.count(u':') == 1) {
        const auto port = portFrom(QStringView(text).sliced(colon + 1));
        if (!port)
            return std::unexpected(PermissionWords::tr("\"%1\" is no port. A port is a number from 1 to 65535.")
                    .arg(text.sliced(colon + 1)));
        found.port = *port;
        name = text.first(colon);
    }
    if (bracketed) {
        if (!name.endsWith(u']') || !name.contains(u':'))
            return wrong();
        name = name.sliced(1, name.size() - 2);
    }
    if (found.name = addressOf(name.toStdString()); !found.name.empty())
        return found;
    if (name.endsWith(u'.'))
        name.chop(1);
    found.name = QUrl::toAce(name.toLower()).toStdString(); // letters of other languages, as the resolver wants them
    if (found.name.empty())
        found.name = name.toLower().toStdString(); // a name with "_", which toAce does not take
    if (!isName(found.name))
        return wrong();
    return found;
}

std::expected<Permission, QString> placePermission(
    PermissionKind kind, const fs::path& path, const Surroundings& around)
{
    std::error_code error;
    const fs::path real = fs::canonical(path, error);
    if (error)
        return std::unexpected(PermissionWords::tr("Bistro can't find %1: %2. Check the name.")
                .arg(shown(path), QString::fromStdString(error.message())));
    const QString text = shown(real);
    if (text.toStdString() != real.native())
        return std::unexpected(
            PermissionWords::tr("The name of %1 is not in UTF-8. Rename it, then allow it.").arg(text));
    const auto why = whyNotOwn(real, around);
    if (kind == PermissionKind::Write && why)
        return std::unexpected(refusedToWrite(*why, text));
    if (why == NotOwn::Home || why == NotOwn::Bistro)
        return std::unexpected(refusedToRead(text));
    return Permission {.kind = kind, .host = {}, .path = real};
}

namespace {

std::expected<Permission, QString> whereNothingIs(PermissionKind kind, const fs::path& path, const Surroundings& around)
{
    const auto why = whyNotOwn(path.lexically_normal(), around);
    const QString text = shown(path);
    if (kind == PermissionKind::Write && why)
        return std::unexpected(refusedToWrite(*why, text));
    if (why == NotOwn::Home || why == NotOwn::Bistro)
        return std::unexpected(refusedToRead(text));
    return Permission {.kind = kind, .host = {}, .path = path};
}

std::expected<Permission, QString> toRead(const fs::path& path, const Surroundings& around)
{
    std::error_code error;
    return fs::exists(path, error) ? placePermission(PermissionKind::Read, path, around)
                                   : whereNothingIs(PermissionKind::Read, path, around);
}

// Of a file its folder, since programs write again beside it; where nobody may allow that, the file alone. Links from
// folder to folder (EXDEV) need both folders.
std::expected<Permission, QString> toWrite(const fs::path& path, int refused, const Surroundings& around)
{
    std::error_code error;
    const fs::path folder = fs::is_directory(path, error) ? path : path.parent_path();
    auto whole = fs::exists(folder, error) ? placePermission(PermissionKind::Write, folder, around)
                                           : whereNothingIs(PermissionKind::Write, folder, around);
    if (whole || refused == EXDEV || !fs::is_regular_file(path, error))
        return whole;
    if (auto alone = placePermission(PermissionKind::Write, path, around))
        return alone;
    return whole;
}

std::expected<Permission, QString> toReach(const QString& subject)
{
    if (subject.startsWith(u'/') || subject.startsWith(u'@'))
        return std::unexpected(PermissionWords::tr(
            "Nobody can allow this: a program without walls listens at the socket %1. Use a port of this computer.")
                .arg(subject));
    return hostFrom(subject).transform(
        [](const sandbox::Host& host) { return Permission {.kind = PermissionKind::Host, .host = host, .path = {}}; });
}

} // namespace

std::expected<Permission, QString> permissionAgainst(
    trace::Access access, const QString& subject, int error, const Surroundings& around)
{
    const fs::path path = subject.toStdString();
    switch (access) {
    case trace::Access::Read: return toRead(path, around);
    case trace::Access::Write: return toWrite(path, error, around);
    case trace::Access::Connect:
    case trace::Access::Resolve: return toReach(subject);
    case trace::Access::Run: return Permission {.kind = PermissionKind::Programs, .host = {}, .path = {}};
    case trace::Access::Addon: return Permission {.kind = PermissionKind::Addons, .host = {}, .path = {}};
    case trace::Access::Inspect:
        return std::unexpected(
            PermissionWords::tr("To look into the program, run it with the flag --inspect yourself."));
    case trace::Access::Listen:
        return std::unexpected(PermissionWords::tr("Programs are heard on this computer only. Listen at 127.0.0.1."));
    case trace::Access::Signal:
    case trace::Access::System: break;
    }
    return std::unexpected(PermissionWords::tr("Nobody can allow this: it would reach beyond the program."));
}

QString warningAbout(const Permission& permission, const Surroundings& around)
{
    const bool isPlace = permission.kind == PermissionKind::Read || permission.kind == PermissionKind::Write;
    if (!isPlace || whyNotOwn(permission.path, around) != NotOwn::Hidden)
        return {};
    return PermissionWords::tr("Careful: %1 is hidden. Keys and passwords lie in such places.")
        .arg(shown(permission.path));
}

QString limitText(PermissionKind limit, std::uint32_t amount)
{
    switch (limit) {
    case PermissionKind::Memory: return PermissionWords::tr("use %L1 MB of memory").arg(amount);
    case PermissionKind::Processes: return PermissionWords::tr("have %L1 child processes at a time").arg(amount);
    case PermissionKind::FileSize: return PermissionWords::tr("write files of %L1 MB").arg(amount);
    case PermissionKind::Written: return PermissionWords::tr("write %L1 MB to disk").arg(amount);
    case PermissionKind::OpenFiles: return PermissionWords::tr("have %L1 files open in a process").arg(amount);
    case PermissionKind::Seconds:
        return amount == 0 ? PermissionWords::tr("run as long as they like")
                           : PermissionWords::tr("run for %L1 s").arg(amount);
    default: return {};
    }
}

QString permissionText(const Permission& permission)
{
    switch (permission.kind) {
    case PermissionKind::Host:
        return permission.host.port == 0 ? PermissionWords::tr("reach %1").arg(hostText(permission.host))
                                         : PermissionWords::tr("reach %1 on port %2")
                                               .arg(QString::fromStdString(permission.host.name))
                                               .arg(permission.host.port);
    case PermissionKind::Internet: return PermissionWords::tr("reach any host");
    case PermissionKind::Read: return PermissionWords::tr("read %1").arg(shown(permission.path));
    case PermissionKind::Write: return PermissionWords::tr("read and change %1").arg(shown(permission.path));
    case PermissionKind::Programs: return PermissionWords::tr("start programs from any folder they read");
    case PermissionKind::Addons: return PermissionWords::tr("load native addons");
    case PermissionKind::Npm: return PermissionWords::tr("run the install scripts of packages");
    case PermissionKind::Memory:
    case PermissionKind::Processes:
    case PermissionKind::FileSize:
    case PermissionKind::Written:
    case PermissionKind::OpenFiles:
    case PermissionKind::Seconds: return limitText(permission.kind, permission.amount);
    }
    return {};
}

} // namespace bistro::app
