// Predict any program: at each callback of the learner's own, "who is next?". Made of a recorded run, walked from its
// start; the law is the same that the serving numbers in the picture follow (state/prediction). The log's thread.
//
// Asked is what can be known: the next outermost call of the program's, ticks and microtasks included, if two or more
// of the program's orders are candidates at that place and the one that comes was there already. An arrival that nobody
// could foresee (it was not ready, and something from outside decided) is not asked.
#pragma once

#include "guess/turns.h"
#include "state/playhead.h"
#include "state/tracelog.h"
#include "why/explanation.h"

#include <QString>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace bistro::app {

struct GameQuestion {
    Place place = 0; // where it is asked: the call before is over, and all that matters has happened
    Place answered = 0; // where that call has just started
    OrderId next; // who comes
    std::vector<OrderId> candidates; // two to nine (number keys), `next` among them; in the order in which they were
                                     // placed, which is never told as the serving order
};

class Game final {
public:
    // Of what the log has by now. Reads it for no longer than `limit`: the rest is for read().
    explicit Game(const TraceLog& log, TraceLog::Nanoseconds limit = TraceLog::kNoLimit);
    ~Game();

    // Goes on for no longer than that, but for at least one turn; whether all is read.
    bool read(TraceLog::Nanoseconds limit);
    [[nodiscard]] bool isRead() const { return m_walk == nullptr; }

    // Those that were found so far: once all is read, all of them.
    [[nodiscard]] const std::vector<GameQuestion>& questions() const { return m_questions; }
    // The first of these that is asked at this place or later; none: no more.
    [[nodiscard]] std::optional<std::size_t> questionFrom(Place place) const;

    struct Answer {
        bool right = false;
        Explanation why; // why that one and not the one that was chosen
    };
    // Each question counts once in the score: its first answer.
    Answer answer(std::size_t question, OrderId chosen, Wording wording);
    void startAgain();
    [[nodiscard]] std::size_t asked() const { return m_asked; }
    [[nodiscard]] std::size_t right() const { return m_right; }

private:
    struct Walk;
    [[nodiscard]] Explanation whyNot(const GameQuestion& question, OrderId chosen, Wording wording) const;
    void look(const Turn& turn);

    const TraceLog& m_log;
    Turns m_turns;
    std::unique_ptr<Walk> m_walk; // none: it is over
    std::vector<GameQuestion> m_questions;
    std::vector<bool> m_answered;
    std::size_t m_asked = 0;
    std::size_t m_right = 0;
};

// Expected output: the first line that is other than expected, and why.
struct OutputDifference {
    std::size_t line = 0; // number, from 0
    QString expected; // empty: nothing was expected any more
    QString printed; // empty: nothing was printed any more
    QString sentence; // "You expected “b” as line 2. “a” came first."
    Explanation why; // of the two lines, when both were printed
    std::optional<Place> moment;
};
// None when they are the same (or a legal order of the same lines: `race` is set then).
struct OutputComparison {
    std::optional<OutputDifference> difference;
    bool race = false;
};
[[nodiscard]] OutputComparison compareOutput(const QString& expected, const TraceLog& log, Wording wording);

} // namespace bistro::app
