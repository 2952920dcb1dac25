#include "confine/asking.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <system_error>
#include <utility>

namespace bistro::app {

using namespace Qt::StringLiterals;

namespace {

namespace fs = std::filesystem;

struct AskingWords {
    Q_DECLARE_TR_FUNCTIONS(AskingWords)
};

// Letters that are shown; a name that is longer loses its middle.
constexpr qsizetype kLongestShown = 96;

// Nothing of a name breaks the line, turns its direction, or is not seen.
QString shown(QString name)
{
    for (QChar& letter : name) {
        const auto category = letter.category();
        if (category == QChar::Other_Format || category == QChar::Other_Control || category == QChar::Separator_Line
            || category == QChar::Separator_Paragraph)
            letter = QChar::ReplacementCharacter;
        else if (letter.isSpace())
            letter = u' ';
    }
    if (name.size() <= kLongestShown)
        return name;
    return name.first(kLongestShown / 2 - 1) + u'…' + name.last(kLongestShown / 2);
}

QString shown(const fs::path& path)
{
    return shown(QString::fromStdString(path.string()));
}

// A sentence with %1 … filled in, each of them in bold. What is filled in may hold "%" itself.
void ask(Asking& asking, const QString& sentence, const QStringList& names)
{
    asking.question.clear();
    asking.bold.clear();
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const qsizetype number = sentence[i] == u'%' && i + 1 < sentence.size() ? sentence[i + 1].digitValue() : -1;
        if (number < 1 || number > names.size()) {
            asking.question += sentence[i];
            continue;
        }
        const QString& name = names[number - 1];
        asking.bold.push_back({.from = asking.question.size(), .size = name.size()});
        asking.question += name;
        ++i;
    }
}

bool isThisComputer(const std::string& host)
{
    return host == "localhost" || host.starts_with("127.") || host == "::1" || host == "0.0.0.0" || host == "::";
}

std::optional<Asking> askForHost(const QString& subject, const QString& program)
{
    const auto host = hostFrom(subject);
    if (!host)
        return {};
    Asking asking {.permission = {.kind = PermissionKind::Host, .host = *host, .path = {}},
        .question = {},
        .bold = {},
        .why = AskingWords::tr("Programs here stay on this computer unless you allow it.")};
    const QString name = shown(QString::fromStdString(host->name));
    const QString port = QString::number(host->port);
    if (host->port == 0) {
        ask(asking, AskingWords::tr("%1 wants to connect to %2."), {program, name});
    } else if (isThisComputer(host->name)) {
        ask(asking, AskingWords::tr("%1 wants to connect to port %2 of this computer."), {program, port});
        asking.why = AskingWords::tr("Programs here reach only what they started themselves unless you allow it.");
    } else {
        ask(asking, AskingWords::tr("%1 wants to connect to %2, port %3."), {program, name, port});
        asking.bold.pop_back(); // a port is no name
    }
    return asking;
}

std::optional<Asking> askForPlace(PermissionKind kind, const QString& subject, const QString& program,
    const WorkspaceFolder& workspace, const Surroundings& around)
{
    const fs::path named = subject.toStdString();
    if (!named.is_absolute())
        return {};
    std::error_code error;
    const bool isFolder = fs::is_directory(named, error);
    const fs::path folder = resolved(isFolder ? named : named.parent_path());
    if (folder.empty())
        return {};
    const bool whole = isFolder || !whyNotOwn(folder, around);
    const auto permission = placePermission(kind, whole ? folder : named, around);
    if (!permission || std::ranges::any_of(workspace.writable, [&](const fs::path& own) {
            return isWithin(permission->path, own);
        }))
        return {};
    Asking asking {.permission = *permission, .question = {}, .bold = {}, .why = {}};
    const bool write = kind == PermissionKind::Write;
    if (whole && !isFolder)
        ask(asking,
            write ? AskingWords::tr("%1 wants to change %2 in %3.") : AskingWords::tr("%1 wants to read %2 in %3."),
            {program, shown(named.filename()), shown(permission->path)});
    else
        ask(asking, write ? AskingWords::tr("%1 wants to change %2.") : AskingWords::tr("%1 wants to read %2."),
            {program, shown(permission->path)});
    if (whyNotOwn(permission->path, around) == NotOwn::Hidden)
        asking.why = AskingWords::tr(
            "It is hidden: keys and settings lie in such places. Allow it only if you know why.");
    else if (write)
        asking.why = whole
            ? AskingWords::tr(
                  "Programs here change only their own folder. Allow it, and they may change all of that one.")
            : AskingWords::tr("Programs here change only their own folder unless you allow it.");
    else
        asking.why = whole
            ? AskingWords::tr("Programs here read only their own folder. Allow it, and they may read all of that one.")
            : AskingWords::tr("Programs here read only their own folder unless you allow it.");
    return asking;
}

Asking askForKind(PermissionKind kind, const QString& sentence, const QStringList& names, const QString& why)
{
    Asking asking {.permission = {.kind = kind, .host = {}, .path = {}}, .question = {}, .bold = {}, .why = why};
    ask(asking, sentence, names);
    return asking;
}

} // namespace

std::optional<Asking> askingFor(trace::Access access, const QString& subject, const QString& program,
    const WorkspaceFolder& workspace, const Surroundings& around)
{
    const QString name = shown(QFileInfo(program).fileName());
    if (workspace.folder.empty() || subject.isEmpty() || name.isEmpty())
        return {};
    switch (access) {
    case trace::Access::Connect:
    case trace::Access::Resolve: return askForHost(subject, name);
    case trace::Access::Read: return askForPlace(PermissionKind::Read, subject, name, workspace, around);
    case trace::Access::Write: return askForPlace(PermissionKind::Write, subject, name, workspace, around);
    case trace::Access::Run:
        return askForKind(PermissionKind::Programs, AskingWords::tr("%1 wants to start %2."), {name, shown(subject)},
            AskingWords::tr(
                "Programs here start only the system's. Allow it, and they may start any that they can read."));
    case trace::Access::Addon:
        return askForKind(PermissionKind::Addons, AskingWords::tr("%1 wants to load the native code %2."),
            {name, shown(subject)},
            AskingWords::tr("Native code stays on this computer, too. But Bistro can't see what it does."));
    case trace::Access::Listen:
    case trace::Access::Inspect:
    case trace::Access::Signal:
    case trace::Access::System: break;
    }
    return {};
}

} // namespace bistro::app
