// What the session does with traces as files: one is opened instead of a run, that of a run is saved, and either is let
// go.
#include "session/session.h"

#include "process/copytrace.h"

#include <QFile>
#include <QFuture>
#include <QPromise>
#include <QThreadPool>

namespace bistro::app {

// Of what is shown.
void Session::letGo()
{
    m_again = false;
    if (m_process) { // its signals are not about what is shown from now on
        m_process->disconnect(this);
        m_process.reset();
    }
    m_program = {};
    m_trace.clear();
    m_opened = false;
    m_inputEnded = true;
    m_keptAlive.clear();
    m_readsInput = false;
    m_notice.clear();
    m_playhead = Playhead::live();
    m_justBefore.reset();
    setPlaying(false);
}

void Session::forget()
{
    letGo();
    m_exitCode = 0;
    m_ending.clear();
    m_state = State::NotStarted;
    takeLog({});
    emit restarted();
    emit stateChanged();
    emit waitingChanged();
    emit playheadMoved(Move::Jump);
}

std::expected<void, QString> Session::openTrace(const QString& file, const QString& folder)
{
    auto opened = TraceLog::open(QFile::encodeName(file).toStdString(), kReading);
    if (!opened)
        return std::unexpected(QString::fromStdString(opened.error()));
    letGo();
    m_trace = QFile::encodeName(file).toStdString();
    m_opened = true;
    m_readable = folder;
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

void Session::saveTraceAside(const QString& file, Values values)
{
    if (m_trace.empty()) {
        emit saved(file, tr("There is no recorded run to save. Run a program first."));
        return;
    }
    auto promise = std::make_shared<QPromise<QString>>();
    promise->start();
    promise->future().then(this, [this, file](const QString& error) { emit saved(file, error); });
    QThreadPool::globalInstance()->start(
        [promise, from = QFile::decodeName(m_trace.c_str()), file, bookmarks = m_bookmarks.list(), values] {
            const auto copied = values == Values::LeftOut
                ? copyTraceWithoutValues(from, file, bookmarks)
                : copyTrace(from, file, bookmarks).transform([] { return QString(); });
            promise->addResult(copied ? *copied : copied.error());
            promise->finish();
        });
}

} // namespace bistro::app
