#include "editor/desk.h"

#include "editor/pages.h"
#include "workspace/recentlist.h"
#include "workspace/workspace.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct FileDialogs {
    Q_DECLARE_TR_FUNCTIONS(FileDialogs)
};

} // namespace

void Desk::say(const QString& sentence) const
{
    notice.tell(sentence, {}, true);
}

QString Desk::folderForDialogs() const
{
    const auto isOwn = [](const QString& folder) {
        return !folder.isEmpty() && !app::Workspace::isUntitled(folder + u'/') && QFileInfo(folder).isDir();
    };
    if (const EditorPage* page = pages.current(); page && !page->isSource()) {
        if (const QString folder = QFileInfo(page->path()).absolutePath(); isOwn(folder))
            return folder;
    }
    const QStringList paths = recent.paths();
    return paths.isEmpty() ? QDir::homePath() : QFileInfo(paths.front()).absolutePath();
}

QString fileFilters()
{
    return FileDialogs::tr("Programs and their files (*.js *.mjs *.cjs *.ts *.json *.html *.css *.md *.txt)") + u";;"_s
        + FileDialogs::tr("All files (*)");
}

QString plainPath(const QString& path)
{
    return path.startsWith("file://"_L1) ? QUrl(path).toLocalFile() : path;
}

} // namespace bistro::ui
