#include "window/recentruns.h"

#include "editor/tabnames.h"
#include "process/recording.h"
#include "text/amounts.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFile>
#include <QFuture>
#include <QMenu>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <climits>
#include <memory>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// A program that ended at once has nothing to be read by another thread for; many that did not would keep the menu
// waiting.
QFuture<std::optional<app::RunSummary>> read(const QString& file)
{
    auto promise = std::make_shared<QPromise<std::optional<app::RunSummary>>>();
    promise->start();
    QThreadPool::globalInstance()->start([promise, file] {
        promise->addResult(app::summaryOf(file));
        promise->finish();
    });
    return promise->future();
}

} // namespace

QString RecentRuns::describe(const app::RunSummary& run, const QString& name)
{
    const QString program = !name.isEmpty() ? name : run.program.isEmpty() ? tr("a program") : run.program;
    const QString steps = tr("%Ln steps", nullptr, static_cast<int>(std::min<std::uint64_t>(run.events, INT_MAX)));
    const QString lasted = app::timeText(static_cast<std::uint64_t>(run.duration.count()));
    if (run.recordingEnded)
        return tr("%1: %2; the recording ends at %3, after %4").arg(program, app::endingOf(run), lasted, steps);
    if (run.running)
        return tr("%1: %2, %3 so far").arg(program, app::endingOf(run), steps);
    return tr("%1: %2 after %3, %4").arg(program, app::endingOf(run), lasted, steps);
}

// Programs of one name by their folders, too. Those that have no place of their own by the time in the column at the
// right.
void RecentRuns::show()
{
    const auto isTold = [](const Entry& entry) {
        return entry.run && !entry.run->file.isEmpty() && !app::Workspace::isUntitled(entry.run->file);
    };
    QStringList paths;
    for (const Entry& entry : std::as_const(m_shown)) {
        if (isTold(entry))
            paths += entry.run->file;
    }
    const QStringList names = tabNames(paths);
    qsizetype next = 0;
    for (const Entry& entry : std::as_const(m_shown)) {
        const QString name = isTold(entry) ? names[next++] : QString();
        if (!entry.action || !entry.run)
            continue;
        QString text = describe(*entry.run, name);
        entry.action->setText(text.replace(u'&', u"&&"_s) + u'\t'
            + app::momentText(entry.run->started)); // after the tab, in the column at the right
    }
}

void RecentRuns::fill(QMenu& menu)
{
    menu.clear();
    m_shown.clear();
    const auto folder = app::runsFolder();
    const QFileInfoList files = folder
        ? QDir(QFile::decodeName(folder->c_str())).entryInfoList({u"*.bistro"_s}, QDir::Files, QDir::Time)
        : QFileInfoList();
    QHash<QString, Known> known;
    for (const QFileInfo& file : files) {
        const QString path = file.absoluteFilePath();
        QString name = file.completeBaseName();
        QAction* const action = menu.addAction(name.replace(u'&', u"&&"_s));
        connect(action, &QAction::triggered, this, [this, path] { emit chosen(path); });
        if (const auto it = m_known.constFind(path); it != m_known.constEnd() && it->size == file.size()
            && it->modified == file.lastModified() && !(it->run && it->run->running)) {
            known.insert(path, *it);
            m_shown.append({.action = action, .run = it->run});
            continue;
        }
        m_shown.append({.action = action, .run = {}});
        read(path).then(this,
            [this, path, size = file.size(), modified = file.lastModified(), action = QPointer(action)](
                const std::optional<app::RunSummary>& run) {
                m_known.insert(path, {.size = size, .modified = modified, .run = run});
                for (Entry& entry : m_shown) {
                    if (action && entry.action == action)
                        entry.run = run;
                }
                show();
            });
    }
    m_known = known; // those that are gone are forgotten
    show();
    if (menu.isEmpty())
        menu.addAction(tr("Nothing has run yet. Run a program (F5), and it appears here."))->setEnabled(false);
}

} // namespace bistro::ui
