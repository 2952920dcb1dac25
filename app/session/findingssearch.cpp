#include "session/findingssearch.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <algorithm>
#include <utility>

namespace bistro::app {
namespace {

constexpr std::chrono::milliseconds kRest {500}; // between two looks, at least
constexpr int kRestFactor = 10; // or so many times what the last one took

} // namespace

// In one thread at a time.
struct FindingsSearch::Work {
    std::filesystem::path file;
    QString folder;
    std::unique_ptr<TraceLog> log;
};

struct FindingsSearch::Result {
    std::vector<FoundThing> found;
    Index size = 0;
    std::chrono::milliseconds took {};
};

FindingsSearch::FindingsSearch(QObject* parent)
    : QObject(parent)
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &FindingsSearch::lookIfDue);
}

FindingsSearch::~FindingsSearch() = default;

void FindingsSearch::open(const std::filesystem::path& file, const QString& folder)
{
    close();
    m_file = file;
    m_work = std::make_shared<Work>();
    m_work->file = file;
    m_work->folder = folder;
}

void FindingsSearch::close()
{
    m_file.clear();
    m_work.reset(); // a look that goes on is of no interest any more
    m_busy = false;
    m_whole = false;
    m_asked = false;
    m_events = 0;
    m_took = {};
    m_since.invalidate();
    m_due.stop();
    const bool had = m_lookedAt > 0;
    m_lookedAt = 0;
    m_found.clear();
    if (had)
        emit changed();
}

void FindingsSearch::look(Index events, bool whole)
{
    if (m_events == events && m_whole == whole)
        return;
    m_events = events;
    m_whole = whole;
    if (isWhole() && !m_busy)
        m_work.reset();
    lookIfDue();
}

void FindingsSearch::ask()
{
    if (std::exchange(m_asked, true))
        return;
    lookIfDue();
}

void FindingsSearch::lookIfDue()
{
    const bool more = m_lookedAt < m_events || (m_whole && m_lookedAt == 0);
    if (m_busy || !m_work || !more || waitsToBeAsked())
        return;
    if (!m_whole && m_since.isValid()) {
        const auto rest = std::max(kRest, m_took * kRestFactor);
        const auto left = rest - std::chrono::milliseconds(m_since.elapsed());
        if (left.count() > 0) {
            if (!m_due.isActive())
                m_due.start(left);
            return;
        }
    }
    m_busy = true;
    auto promise = std::make_shared<QPromise<std::shared_ptr<Result>>>();
    promise->start();
    promise->future().then(this, [this, work = m_work](const std::shared_ptr<Result>& result) {
        if (work == m_work)
            take(std::move(*result));
    });
    QThreadPool::globalInstance()->start([promise, work = m_work] {
        QElapsedTimer clock;
        clock.start();
        auto result = std::make_shared<Result>();
        if (work->log) {
            work->log->refresh();
        } else if (auto opened = TraceLog::open(work->file)) {
            work->log = std::move(*opened);
        }
        if (work->log && !work->log->empty() && !work->log->lost()) {
            result->found = foundThings(*work->log, work->folder);
            result->size = work->log->size();
        }
        result->took = std::chrono::milliseconds(clock.elapsed());
        promise->addResult(std::move(result));
        promise->finish();
    });
}

void FindingsSearch::take(Result result)
{
    m_busy = false;
    m_took = result.took;
    m_since.start();
    if (result.size == 0) { // the file is gone, or another one
        m_work.reset();
        return;
    }
    m_lookedAt = result.size;
    m_found = std::move(result.found);
    if (isWhole())
        m_work.reset(); // its log is as large as the one that is shown
    emit changed();
    lookIfDue();
}

} // namespace bistro::app
