#include "editor/tabnames.h"

#include "workspace/workspace.h"

#include <QFileInfo>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// A folder by its `parts` last names: "lib", "a/lib" …; more of them than there are: all.
QString folderText(const QString& path, int parts)
{
    const QString folder = QFileInfo(path).path();
    if (!app::Workspace::isUntitled(path)) {
        const QString text = folder.section(u'/', -parts, -1, QString::SectionSkipEmpty);
        return text.isEmpty() ? folder : text;
    }
    const app::Workspace::UntitledName made = app::Workspace::untitledName(folder);
    if (parts == 1)
        return made.title.isEmpty() ? made.time.toString(u"hh:mm"_s) : made.title;
    return parts == 2 ? (made.title + u' ' + made.time.toString(u"hh:mm:ss"_s)).trimmed() : folder.section(u'/', -1);
}

// The fewest folders that no other path of this name ends with.
QString tellingFolder(const QString& path, const QStringList& others)
{
    const int most = static_cast<int>(path.count(u'/'));
    for (int parts = 1; parts < most; ++parts) {
        const QString text = folderText(path, parts);
        if (std::ranges::none_of(others, [&](const QString& other) { return folderText(other, parts) == text; }))
            return text;
    }
    return folderText(path, most);
}

} // namespace

QStringList tabNames(const QStringList& paths)
{
    QHash<QString, QStringList> byName;
    for (const QString& path : paths)
        byName[QFileInfo(path).fileName()] += path;
    QStringList names;
    for (const QString& path : paths) {
        const QString name = QFileInfo(path).fileName();
        QStringList others = byName.value(name);
        others.removeAll(path);
        names += others.isEmpty() ? name : name + u' ' + tellingFolder(path, others);
    }
    return names;
}

} // namespace bistro::ui
