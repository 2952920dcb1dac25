// What the session does with traces as files: one is opened instead of a run, and that of a run is saved.
#include "session/session.h"

#include "process/copytrace.h"

#include <QFile>
#include <QFuture>
#include <QPromise>
#include <QThreadPool>

namespace bistro::app {

std::expected<void, QString> Session::openTrace(const QString& file)
{
    auto opened = TraceLog::open(QFile::encodeName(file).toStdString(), kReading);
    if (!opened)
        return std::unexpected(QString::fromStdString(opened.error()));
    letGo();
    m_trace = QFile::encodeName(file).toStdString();
    m_opened = true;
    takeLog({});
    emit restarted();
    takeLog(std::move(*opened));
    m_exitCode = 0;
    m_ending = QString::fromUtf8(mainLog()->damage().data(), static_cast<qsizetype>(mainLog()->damage().size()));
    m_damageTold = !m_ending.isEmpty(); // who opens it tells
    m_state = State::Finished;
    emit stateChanged();
    emit waitingChanged();
    emit advanced();
    emit playheadMoved(Move::Jump);
    settleBookmarks();
    if (!mainLog()->caughtUp())
        wake();
    return {};
}

std::expected<void, QString> Session::saveTrace(const QString& file) const
{
    if (m_trace.empty())
        return std::unexpected(tr("There is no recorded run to save. Run a program first."));
    return copyTrace(QFile::decodeName(m_trace.c_str()), file, m_bookmarks.list());
}

void Session::saveTraceAside(const QString& file)
{
    if (m_trace.empty()) {
        emit saved(file, tr("There is no recorded run to save. Run a program first."));
        return;
    }
    auto promise = std::make_shared<QPromise<QString>>();
    promise->start();
    promise->future().then(this, [this, file](const QString& error) { emit saved(file, error); });
    QThreadPool::globalInstance()->start(
        [promise, from = QFile::decodeName(m_trace.c_str()), file, bookmarks = m_bookmarks.list()] {
            const auto copied = copyTrace(from, file, bookmarks);
            promise->addResult(copied ? QString() : copied.error());
            promise->finish();
        });
}

} // namespace bistro::app
