// What the editor shows beside the code at a moment of a run: which line runs, and which lines have placed orders that
// are open. Remembers where orders were placed: that does not change. GUI thread; lives no longer than the log.
#pragma once

#include "editor/codeeditor.h"
#include "moment/moment.h"

#include <QHash>
#include <QList>

namespace bistro::ui {

class LineNotes final {
public:
    explicit LineNotes(const app::TraceLog& log)
        : m_log(log)
    {
    }

    // A line of a file of this machine; line 0: none.
    struct Line {
        QString path;
        int line = 0;
        bool operator==(const Line&) const = default;
    };
    // The program's innermost line at this state; none while no JavaScript runs.
    [[nodiscard]] Line running(const app::LoopState& state) const;
    // Where the order was placed.
    [[nodiscard]] Line placed(app::OrderId order);
    // For EditorTabs::setLineNotes(). The selected order tints its line; what blocks, the statement that takes the
    // time; what the sandbox has refused, the line that asked for it; an error that nobody has caught, the line that
    // threw it.
    [[nodiscard]] QHash<QString, QList<LineNote>> at(const Moment& moment, app::OrderId selected);
    // The statement that takes the time of what blocks; none: nothing does, or nobody knows.
    [[nodiscard]] Line guilty(const Moment& moment);
    // The first open order that this line has placed; none when it has none.
    [[nodiscard]] app::OrderId orderPlacedAt(const app::LoopState& state, const QString& path, int line);

    // What this line has placed that is open, one a line, for a tooltip; empty when it has nothing.
    [[nodiscard]] QString explain(const app::LoopState& state, const QString& path, int line, app::Wording wording);

    // So many open orders are looked at, those that are served next first: a crowd shows on few lines.
    static constexpr std::size_t kLooked = 2'000;
    // So many lines are said to have been refused something.
    static constexpr std::size_t kRefusedLines = 200;

private:
    struct Open {
        app::OrderId order;
        app::OrderKind kind {};
    };
    void takeRefusals();
    [[nodiscard]] static std::vector<Open> openOrders(const app::LoopState& state);

    const app::TraceLog& m_log;
    QHash<quint64, Line> m_placed;
    // Each line that was refused something, by the first time.
    struct RefusedLine {
        app::Index at = 0;
        Line line;
    };
    std::vector<RefusedLine> m_refused;
    std::size_t m_refusalsTaken = 0;
    // Asked for each picture, and a text to read each time.
    struct Guilty {
        app::Index started = app::kNoEvent;
        app::Place place = 0;
        app::Place until = 0;
        Line line;
    };
    Guilty m_guilty;
};

// The local path of a script as V8 names it: a path, or a file URL.
[[nodiscard]] QString pathOfScript(std::string_view script);

} // namespace bistro::ui
