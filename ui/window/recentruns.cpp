#include "window/recentruns.h"

#include "process/recording.h"
#include "text/amounts.h"

#include <QDir>
#include <QFile>
#include <QFuture>
#include <QMenu>
#include <QPointer>
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

QString RecentRuns::describe(const app::RunSummary& run)
{
    const QString program = run.program.isEmpty() ? tr("a program") : run.program;
    const QString steps = tr("%Ln steps", nullptr, static_cast<int>(std::min<std::uint64_t>(run.events, INT_MAX)));
    const QString lasted = app::timeText(static_cast<std::uint64_t>(run.duration.count()));
    if (run.recordingEnded)
        return tr("%1: %2; the recording ends at %3, after %4").arg(program, app::endingOf(run), lasted, steps);
    if (run.running)
        return tr("%1: %2, %3 so far").arg(program, app::endingOf(run), steps);
    return tr("%1: %2 after %3, %4").arg(program, app::endingOf(run), lasted, steps);
}

void RecentRuns::show(QAction& action, const std::optional<app::RunSummary>& run)
{
    if (!run)
        return; // its name is all that is known
    QString text = describe(*run);
    action.setText(text.replace(u'&', u"&&"_s) + u'\t'
        + app::momentText(run->started)); // after the tab, in the column at the right
}

void RecentRuns::fill(QMenu& menu)
{
    menu.clear();
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
            show(*action, it->run);
            continue;
        }
        read(path).then(this,
            [this, path, size = file.size(), modified = file.lastModified(), action = QPointer(action)](
                const std::optional<app::RunSummary>& run) {
                m_known.insert(path, {.size = size, .modified = modified, .run = run});
                if (action)
                    show(*action, run);
            });
    }
    m_known = known; // those that are gone are forgotten
    if (menu.isEmpty())
        menu.addAction(tr("Nothing has run yet. Run a program (F5), and it appears here."))->setEnabled(false);
}

} // namespace bistro::ui
