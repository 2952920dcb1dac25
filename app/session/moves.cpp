// What the session looks at, and where: how the playhead is moved, by steps and by playing.

#include "session/session.h"

#include "state/linechanges.h"
#include "state/numbers.h"

#include <algorithm>
#include <utility>

namespace bistro::app {
namespace {

// The first event behind this time.
Index eventAfter(const TraceLog& log, std::uint64_t time)
{
    Index low = 0;
    Index high = log.size();
    while (low < high) {
        const Index middle = low + (high - low) / 2;
        if (log.event(middle).time <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

std::vector<const TraceLog*> Session::logs() const
{
    std::vector<const TraceLog*> result;
    for (const std::unique_ptr<TraceLog>& log : m_logs)
        result.push_back(log.get());
    return result;
}

std::uint64_t Session::timeThere() const
{
    if (!mainLog())
        return 0;
    if (isRunning() && m_playhead.isLive())
        return now();
    return std::max(m_justBefore.value_or(0), mainLog()->stateAt(place()).time);
}

void Session::goTo(Place place, Move move)
{
    if (!mainLog())
        return;
    const bool toEnd = !isRunning() && place >= mainLog()->size() && mainLog()->caughtUp();
    const Playhead wanted = toEnd ? Playhead::live() : Playhead::at(std::min<Place>(place, mainLog()->size()));
    if (wanted == m_playhead && !m_justBefore)
        return;
    setPlayhead(wanted, move);
    wake(); // for one look at whether the file is still the one that was opened
}

void Session::setPlayhead(const Playhead& playhead, Move move)
{
    m_justBefore.reset();
    m_playhead = playhead;
    emit playheadMoved(move);
}

void Session::goJustBefore(Index event)
{
    if (!mainLog() || event >= mainLog()->size())
        return;
    setPlaying(false);
    m_playhead = Playhead::at(event);
    const std::uint64_t time = mainLog()->event(event).time;
    m_justBefore = time > 0 ? time - 1 : 0;
    emit playheadMoved(Move::Jump);
    wake();
}

void Session::goLive()
{
    if (m_playhead.isLive())
        return;
    setPlaying(false);
    setPlayhead(Playhead::live(), Move::Jump);
}

void Session::indexMore(std::chrono::nanoseconds limit)
{
    if (!m_steps)
        return;
    m_steps->refresh(limit);
    m_lines->refresh(limit);
    m_counted = countOn(*mainLog(), limit);
}

// A long log is still being looked through when it has just been opened: where that has not come to, each event is one.
std::optional<Place> Session::step(bool forward, Place from)
{
    if (m_detail == Detail::Program)
        m_steps->refresh(kStepWaits);
    if (m_detail == Detail::Everything || m_steps->seen() < from)
        return forward ? nextEvent(*mainLog(), from) : previousEvent(*mainLog(), from);
    if (!forward)
        return previousStep(*m_steps, from);
    const auto next = nextStep(*mainLog(), *m_steps, from);
    return !m_steps->caughtUp() && next == mainLog()->size() ? std::optional(m_steps->seen() + 1) : next;
}

std::size_t Session::stepNumberAt(Place place) const
{
    if (!mainLog())
        return 0;
    return m_detail == Detail::Everything ? mainLog()->countWithoutLines(place) : m_steps->countBefore(place);
}

std::size_t Session::stepCount() const
{
    if (!mainLog())
        return 0;
    return m_detail == Detail::Everything ? mainLog()->countWithoutLines(mainLog()->size()) : m_steps->events().size();
}

bool Session::stepForward(Step what)
{
    if (!mainLog())
        return false;
    std::optional<Place> to;
    switch (what) {
    case Step::Step: to = step(true, place()); break;
    case Step::Event: to = nextEvent(*mainLog(), place()); break;
    case Step::Call: to = nextCall(*mainLog(), place(), Calls::Programs); break;
    case Step::Print: to = nextLine(*mainLog(), place()); break;
    case Step::Iteration: to = nextIteration(*mainLog(), place()); break;
    }
    if (!to)
        return false;
    goTo(*to, what == Step::Step || what == Step::Event ? Move::Step : Move::Jump);
    return true;
}

bool Session::stepBack(Step what)
{
    if (!mainLog())
        return false;
    std::optional<Place> to;
    switch (what) {
    case Step::Step: to = step(false, place()); break;
    case Step::Event: to = previousEvent(*mainLog(), place()); break;
    case Step::Call: to = previousCall(*mainLog(), place(), Calls::Programs); break;
    case Step::Print: to = previousLine(*mainLog(), place()); break;
    case Step::Iteration: to = previousIteration(*mainLog(), place()); break;
    }
    if (!to)
        return false;
    goTo(*to, what == Step::Step || what == Step::Event ? Move::Step : Move::Jump);
    return true;
}

// As far as there is time: who steps through a long log that has just been opened need not wait for its end.
void Session::hurryLines()
{
    if (m_lines)
        m_lines->refresh(kStepWaits);
}

void Session::tellLines()
{
    const std::size_t known = m_lines ? m_lines->stops().size() : 0;
    if (std::exchange(m_linesTold, known) != known)
        emit linesCame();
}

bool Session::goIfThere(std::optional<Place> place, Move move)
{
    if (place)
        goTo(*place, move);
    return place.has_value();
}

bool Session::moveLine(LineMove move)
{
    hurryLines();
    if (!m_lines)
        return false;
    const bool isStep = move == LineMove::Next || move == LineMove::Previous || move == LineMove::Into
        || move == LineMove::IntoBefore;
    return goIfThere(moved(*m_lines, place(), move), isStep ? Move::Step : Move::Jump);
}

bool Session::goToVisit(trace::TextId script, std::uint32_t line, bool backwards)
{
    hurryLines();
    return m_lines && goIfThere(nextTimeOver(*m_lines, place(), script, line, backwards), Move::Jump);
}

bool Session::goToMade(const LineSlot& slot)
{
    hurryLines();
    return m_lines && goIfThere(madeAt(*m_lines, slot, place()), Move::Jump);
}

void Session::setPlaying(bool on)
{
    if (m_playing == on)
        return;
    m_playing = on;
    m_owed = {};
    if (on)
        wake();
    emit playingChanged();
}

void Session::play()
{
    if (!mainLog() || mainLog()->empty())
        return;
    if (place() >= mainLog()->size()) {
        if (isRunning()) { // at the end of what goes on there is nothing to play but what comes
            goLive();
            return;
        }
        setPlayhead(Playhead::at(0), Move::Jump);
    }
    setPlaying(true);
}

void Session::halt()
{
    if (m_playing)
        setPlaying(false);
    else if (isRunning() && m_playhead.isLive() && mainLog())
        goTo(mainLog()->size());
}

void Session::setSpeed(double factor, bool asItHappened)
{
    m_speed = std::max(factor, 0.1);
    m_asItHappened = asItHappened;
    m_owed = {};
}

void Session::playOn(std::chrono::nanoseconds elapsed)
{
    const Place from = place();
    Place to = from;
    bool isOneStep = false;
    m_owed += std::min(
        elapsed, std::chrono::nanoseconds(std::chrono::milliseconds(250))); // a window that was hidden does not leap
    if (m_asItHappened) {
        const std::uint64_t before = from == 0 ? 0 : mainLog()->event(from - 1).time;
        const auto owed = static_cast<std::uint64_t>(m_owed.count());
        to = std::max(from, eventAfter(*mainLog(), before > UINT64_MAX - owed ? UINT64_MAX : before + owed));
        isOneStep = mainLog()->countWithoutLines(to) == mainLog()->countWithoutLines(from) + 1;
        if (to > from) // the rest is owed from the event that is shown now
            m_owed -= std::chrono::nanoseconds(mainLog()->event(to - 1).time - before);
    } else {
        const auto step = std::chrono::nanoseconds(
            static_cast<std::int64_t>(static_cast<double>(std::chrono::nanoseconds(kStep).count()) / m_speed));
        const auto steps = m_owed / step;
        m_owed -= steps * step;
        for (auto n = steps; n > 0 && to < mainLog()->size(); --n)
            to = this->step(true, to).value_or(mainLog()->size());
        isOneStep = steps == 1;
    }
    to = std::min<Place>(to, mainLog()->size());
    const bool atEnd = to >= mainLog()->size() && (!isRunning() || mainLog()->caughtUp());
    if (to != from)
        goTo(to, isOneStep ? Move::Step : Move::Jump);
    if (atEnd) {
        setPlaying(false);
        if (isRunning())
            goLive();
    }
}

} // namespace bistro::app
