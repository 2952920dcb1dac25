#include "guess/game.h"

#include "guess/candidates.h"
#include "guess/certain.h"
#include "guess/deadline.h"
#include "state/titles.h"
#include "why/why.h"

#include <algorithm>
#include <map>

namespace bistro::app {
namespace {

// The states of a run at rising places: folded on, which is cheaper than asking the log for each.
class StateWalk final {
public:
    explicit StateWalk(const TraceLog& log)
        : m_log(log)
    {
    }

    // False: it is not there yet.
    bool to(Place place, const Deadline& deadline)
    {
        constexpr Place kStride = 256; // events between two looks at the clock
        while (m_state.size < place) {
            if (m_state.size % kStride == 0 && deadline.isOver())
                return false;
            const trace::Record event = m_log.event(m_state.size);
            learnName(m_names, event, m_log.reader());
            apply(m_state, event, m_names);
        }
        return true;
    }
    [[nodiscard]] const LoopState& state() const { return m_state; }

private:
    const TraceLog& m_log;
    LoopState m_state;
    Names m_names;
};

// Whether the one that comes could be known: it is first in the line; or nothing is ready, and of all that wait for
// time it is due first.
bool followsFrom(const LoopState& state, const Nameable& found, OrderId next, OrderKind kind)
{
    if (!state.running.empty() || found.orders.empty())
        return false;
    if (!found.line.empty())
        return found.line.front().order == next;
    return kind == OrderKind::Timer && found.orders.front() == next;
}

// Questions that look the same: orders of the same kinds, placed by the same calls of the program's, however many.
class Repetitions final {
public:
    explicit Repetitions(const TraceLog& log)
        : m_log(log)
    {
    }

    // How often one that looks like this was asked; the next one stands first.
    [[nodiscard]] int& of(const std::vector<OrderId>& candidates)
    {
        std::vector<std::uint64_t> looks;
        for (const OrderId order : candidates) {
            const std::uint64_t frame = callingFrame(m_log, order).value;
            looks.push_back(frame << 8 | static_cast<std::uint64_t>(m_log.kindOf(order)));
        }
        std::sort(looks.begin() + 1, looks.end());
        looks.erase(std::unique(looks.begin() + 1, looks.end()), looks.end());
        return m_asked[looks];
    }

    static constexpr int kMost = 3;

private:
    const TraceLog& m_log;
    std::map<std::vector<std::uint64_t>, int> m_asked;
};

} // namespace

// All that is needed until the end of the run is reached.
struct Game::Walk {
    Walk(const TraceLog& log, const Turns& turns)
        : states(log)
        , certainty(log, turns)
        , repetitions(log)
    {
    }

    StateWalk states;
    Certainty certainty;
    Repetitions repetitions;
    std::size_t turn = 0; // of all: the next to look at
};

Game::Game(const TraceLog& log, TraceLog::Nanoseconds limit)
    : m_log(log)
    , m_turns(log, TraceLog::Nanoseconds(0))
    , m_walk(std::make_unique<Walk>(log, m_turns))
{
    if (limit > TraceLog::Nanoseconds(0))
        read(limit);
}

Game::~Game() = default;

// First the turns: whether a question is certain depends on turns to come.
bool Game::read(TraceLog::Nanoseconds limit)
{
    const Deadline deadline(limit);
    if (isRead() || !m_turns.read(limit))
        return isRead();
    const auto& turns = m_turns.all();
    do {
        if (m_walk->turn == turns.size()) {
            m_walk.reset();
            return true;
        }
        if (m_walk->states.to(turns[m_walk->turn].decided, deadline))
            look(turns[m_walk->turn++]);
    } while (!deadline.isOver());
    return false;
}

void Game::look(const Turn& turn)
{
    const OrderId next = orderStartedBy(m_log.event(turn.start));
    const LoopState& state = m_walk->states.state();
    const Nameable found = candidatesAt(m_log, state);
    if (found.orders.size() < 2 || !followsFrom(state, found, next, m_log.kindOf(next)))
        return;
    int& asked = m_walk->repetitions.of(found.orders);
    const std::vector<OrderId> others(found.orders.begin() + 1, found.orders.end());
    if (asked >= Repetitions::kMost || !m_walk->certainty.isFirst(turn, found.line, others))
        return;
    ++asked;
    m_questions.push_back(
        {.place = turn.decided, .answered = turn.start + 1, .next = next, .candidates = asPlaced(m_log, found.orders)});
    m_answered.push_back(false);
}

std::optional<std::size_t> Game::questionFrom(Place place) const
{
    const auto found = std::ranges::lower_bound(m_questions, place, {}, &GameQuestion::place);
    return found == m_questions.end() ? std::nullopt
                                      : std::optional(static_cast<std::size_t>(found - m_questions.begin()));
}

// Of orders that come again the explanation would speak of their first time, and of one that was not there yet of the
// luck by which it was not: then it says what the chosen one waits for, as things stand.
Explanation Game::whyNot(const GameQuestion& question, OrderId chosen, Wording wording) const
{
    const Index start = question.answered - 1;
    const Index later = m_turns.next(chosen, question.answered);
    const OrderId called = later == kNoEvent ? OrderId {} : orderStartedBy(m_log.event(later));
    if (called && m_log.startedAt(called) == later && m_log.startedAt(question.next) == start) {
        if (Explanation why = whyBefore(m_log, question.next, called, wording); why && !why.race)
            return why;
    }
    return whyNotYet(m_log, chosen, question.place - 1, wording);
}

Game::Answer Game::answer(std::size_t question, OrderId chosen, Wording wording)
{
    const GameQuestion& asked = m_questions.at(question);
    Answer answer {.right = chosen == asked.next, .why = {}};
    if (!answer.right)
        answer.why = whyNot(asked, chosen, wording);
    if (!answer.why)
        answer.why = whyNow(m_log, asked.answered - 1, wording);
    if (!m_answered[question]) {
        m_answered[question] = true;
        ++m_asked;
        m_right += answer.right ? 1 : 0;
    }
    return answer;
}

void Game::startAgain()
{
    m_answered.assign(m_questions.size(), false);
    m_asked = 0;
    m_right = 0;
}

} // namespace bistro::app
