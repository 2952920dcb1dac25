#include "window/momentfeed.h"

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

constexpr std::chrono::milliseconds kTick {100};

} // namespace

MomentFeed::MomentFeed(app::Session& session, const Settings& settings, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_settings(settings)
{
    m_tick.setInterval(kTick);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (isLive())
            refresh(true);
        emit ticked();
    });
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &MomentFeed::draw);
    connect(&session, &app::Session::stateChanged, this, [this] {
        if (m_session.isRunning() && !m_tick.isActive())
            m_tick.start();
        else if (!m_session.isRunning())
            m_tick.stop();
        refresh(true);
    });
    connect(&session, &app::Session::logAboutToChange, this, [this] {
        select({});
        emit logAboutToGo();
        m_moment = {};
        m_facts.reset();
    });
    connect(&session, &app::Session::logChanged, this, [this] {
        if (const app::TraceLog* const log = m_session.log()) {
            m_facts = std::make_unique<TraceFacts>(*log);
            emit logCame(*log, *m_facts);
        }
        refresh(false);
    });
    // The timeline grows also while the past is looked at.
    connect(&session, &app::Session::advanced, this, &MomentFeed::refreshGrown);
    connect(&session, &app::Session::linesCame, this, &MomentFeed::refreshGrown);
    connect(&session, &app::Session::playheadMoved, this, [this](app::Session::Move move) {
        keepWithin();
        if (move == app::Session::Move::Step && m_session.playhead().isLive())
            refreshGrown(); // goes along with what is read
        else
            refresh(move == app::Session::Move::Step);
    });
}

app::Wording MomentFeed::wording() const
{
    return m_settings.skin == Skin::Restaurant ? app::Wording::Restaurant : app::Wording::Runtime;
}

bool MomentFeed::isLive() const
{
    return m_session.isRunning() && m_session.playhead().isLive();
}

std::uint64_t MomentFeed::now() const
{
    return m_session.now();
}

void MomentFeed::select(app::OrderId order)
{
    m_selected = order;
    emit selectionChanged(order);
    refresh(true);
}

void MomentFeed::setGuessing(std::optional<Guessing> guessing)
{
    const bool other = m_guessing != guessing;
    m_guessing = std::move(guessing);
    keepWithin(); // there may be more of a run by now
    if (!other)
        return;
    emit guessingChanged();
    refresh(true);
}

app::Place MomentFeed::farthest() const
{
    const app::TraceLog* const log = m_session.log();
    const app::Place end = log ? log->size() : 0;
    return m_guessing && m_guessing->horizon ? std::min<app::Place>(*m_guessing->horizon, end) : end;
}

// Whatever has moved it: nothing beyond is ever drawn.
void MomentFeed::keepWithin()
{
    if (!m_guessing || !m_guessing->horizon || !m_session.log())
        return;
    const app::Place farthest = this->farthest();
    if (m_session.place() >= farthest)
        stopPlaying();
    if (m_session.place() > farthest)
        m_session.goTo(farthest, app::Session::Move::Step);
}

void MomentFeed::setBlockLimit(std::optional<std::chrono::nanoseconds> limit)
{
    if (std::exchange(m_blockLimit, limit) != limit)
        refresh(true);
}

void MomentFeed::stopPlaying()
{
    if (m_session.isPlaying())
        m_session.halt();
}

void MomentFeed::refresh(bool travel)
{
    m_travel = m_travel && travel;
    drawIn(kPicture);
}

void MomentFeed::refreshGrown()
{
    constexpr int kShare = 4; // of drawing: a fourth of the time
    drawIn(std::max<std::chrono::nanoseconds>(kGrown, (kShare - 1) * m_cost));
}

void MomentFeed::drawIn(std::chrono::nanoseconds gap)
{
    const auto since = m_drawn.isValid() ? m_drawn.durationElapsed() : gap;
    const auto rest = std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(gap - since));
    if (!m_due.isActive() || m_due.remainingTimeAsDuration() > rest)
        m_due.start(rest);
}

void MomentFeed::draw()
{
    m_drawn.start();
    m_moment = momentNow();
    emit drawn(m_moment, std::exchange(m_travel, true));
    m_cost = m_drawn.durationElapsed();
    m_drawn.start(); // what it took is time in which others could not work
}

Moment MomentFeed::momentNow() const
{
    const app::TraceLog* const log = m_session.log();
    const bool running = m_session.isRunning();
    Moment moment;
    if (log && m_facts) {
        m_facts->setDetail(m_session.detail());
        const bool live = isLive();
        const std::uint64_t clock = running ? now() : 0;
        const std::chrono::nanoseconds blockedAfter = std::chrono::milliseconds(m_settings.blockedAfter);
        moment = momentAt(*log, *m_facts, m_session.place(), wording(),
            live                           ? clock
                : m_session.isJustBefore() ? m_session.timeThere()
                                           : 0,
            std::min(blockedAfter, m_blockLimit.value_or(blockedAfter)));
        const app::Lines* const lines = m_session.lines();
        moment.lines = lines && !lines->empty() ? lines : nullptr;
        moment.live = live;
        moment.clock = clock;
        moment.readable = m_session.readable();
    }
    moment.running = running;
    moment.wording = wording();
    moment.steps = m_session.stepCount();
    moment.detail = m_session.detail();
    moment.closedByLesson = m_session.stoppedBy() == app::Session::StoppedBy::Lesson;
    moment.hidden = m_guessing.has_value();
    if (m_guessing && m_guessing->horizon && log && moment.place == *m_guessing->horizon)
        moment.asked = m_guessing->candidates;
    return moment;
}

} // namespace bistro::ui
