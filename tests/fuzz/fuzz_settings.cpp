// Any bytes as what is kept outside of the window's QSettings, and as the lines of run settings. The first letter says
// which:
//
//   p  permissions.json; what can be read is changed, written and read again
//   h  a host, as one types it
//   w  words of a run's arguments, environment or flags
//   n  the .npmrc of the learner's home; up to the first NUL it is the environment, a line each
//   a  what npm says within the walls: a line of JSON
//   r  the list of what was opened last
#include "fuzzing.h"

#include "confine/permissionfile.h"
#include "packages/addingresult.h"
#include "session/program.h"
#include "workspace/recentlist.h"

#include <QJsonDocument>

#include <algorithm>
#include <cstdint>

using namespace Qt::StringLiterals;
using namespace bistro;
using namespace bistro::app;
using bistro::fuzz::bytesOf;
using bistro::fuzz::put;
using bistro::fuzz::require;

namespace fs = std::filesystem;

namespace {

QString ground()
{
    static const fuzz::Ground ground;
    return ground.path();
}

fs::path pathOf(const QString& text)
{
    return text.toStdString();
}

void checkHost(const QString& text)
{
    const auto host = hostFrom(text);
    if (!host) {
        require(!host.error().isEmpty());
        return;
    }
    const auto again = hostFrom(hostText(*host));
    require(again && *again == *host && !host->name.empty());
}

void checkPermissions(const KeptPermissions& kept)
{
    require(kept.trouble.isEmpty() || kept.workspaces.empty());
    for (const auto& [folder, permissions] : kept.workspaces) {
        require(folder.is_absolute() && !permissions.empty());
        for (const Permission& each : permissions) {
            require(isAllowed(permissions, each) && !permissionText(each).isEmpty());
            if (each.kind == PermissionKind::Host)
                checkHost(hostText(each.host));
            else if (each.kind == PermissionKind::Read || each.kind == PermissionKind::Write)
                require(each.path.is_absolute());
        }
    }
}

void tryPermissions(const QByteArray& bytes)
{
    static const QString name = ground() + u"/permissions.json"_s;
    const PermissionFile file(pathOf(name));
    QFile::remove(name + u".broken"_s);
    put(name, bytes);
    const KeptPermissions kept = file.read();
    checkPermissions(kept);
    require(kept.trouble.isEmpty() ? bytesOf(name) == bytes
                                   : bytesOf(name) == bytes || bytesOf(name + u".broken"_s) == bytes);
    // One more is allowed, and taken back: what was there stays.
    const Permission host {.kind = PermissionKind::Host, .host = {.name = "pie.example", .port = 443}, .path = {}};
    const fs::path workspace = "/home/ada/kitchen";
    const bool wasThere = std::ranges::contains(kept.of(workspace), host);
    const auto allowed = file.allow(workspace, host);
    require(allowed || !allowed.error().isEmpty());
    if (!allowed)
        return;
    const KeptPermissions with = file.read();
    checkPermissions(with);
    require(with.trouble.isEmpty() && std::ranges::contains(with.of(workspace), host));
    require(file.forget(workspace, host).value_or(false));
    KeptPermissions without = file.read();
    checkPermissions(without);
    KeptPermissions before = kept;
    if (wasThere && std::erase(before.workspaces[workspace], host) > 0 && before.workspaces[workspace].empty())
        before.workspaces.erase(workspace);
    require(without.workspaces == before.workspaces);
}

void tryWords(const QString& line)
{
    const QStringList words = splitWords(line);
    require(splitWords(joinWords(words)) == words);
    Program program {.file = u"/a/b.js"_s, .title = {}, .directory = {}, .settings = {}};
    for (std::size_t way = 0; way < kEntryWays; ++way) {
        program.settings = {.arguments = words,
            .environment = words,
            .nodeFlags = words,
            .poolSize = 3,
            .entry = static_cast<EntryWay>(way)};
        require(nodeArguments(program, "1").size() >= static_cast<std::size_t>(2 * words.size()));
        require(environmentOf(program.settings).size() == static_cast<std::size_t>(words.size()) + 1);
        (void)isMeasuring(program.settings);
    }
}

void tryNpm(const QByteArray& bytes)
{
    static const QString name = ground() + u"/.npmrc"_s;
    const qsizetype end = std::max<qsizetype>(0, bytes.indexOf('\0'));
    std::vector<std::string> environment;
    for (const QByteArray& line : bytes.first(end).split('\n'))
        environment.push_back(line.toStdString());
    put(name, bytes.sliced(end));
    const Registry registry = registryFrom(environment, pathOf(ground()));
    for (const sandbox::Host& host : registry.hosts)
        require(!host.name.empty());
    for (const fs::path& file : registry.files)
        require(file.is_absolute());
    // Each line that npm sees is one that was looked at.
    for (const QString& line : registry.settings.split(u'\n', Qt::SkipEmptyParts))
        require(line.indexOf(u'=') > 0 && !line.contains(u'\r'));
}

void tryAdding(const QByteArray& line)
{
    static const AddingPlace place {.folder = u"/home/ada/kitchen"_s,
        .packages = {{.name = u"spoon"_s, .version = u"^2"_s}},
        .registry = registryFrom({}, {}),
        .allowedHosts = {}};
    if (const auto result = resultFrom(line, place))
        require(result->added || !result->text.isEmpty());
}

void tryRecent(const QByteArray& bytes)
{
    static const QString name = ground() + u"/recent.json"_s;
    put(name, bytes);
    RecentList list(name);
    require(list.paths().size() <= RecentList::kMost);
    list.add(ground());
    require(list.paths().value(0) == ground() && list.paths().size() <= RecentList::kMost);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char*>(data + 1), static_cast<qsizetype>(size - 1));
    switch (data[0]) {
    case 'p': tryPermissions(bytes); break;
    case 'h': checkHost(QString::fromUtf8(bytes)); break;
    case 'w': tryWords(QString::fromUtf8(bytes)); break;
    case 'n': tryNpm(bytes); break;
    case 'a': tryAdding(bytes); break;
    case 'r': tryRecent(bytes); break;
    default: return -1; // not for the corpus
    }
    return 0;
}
