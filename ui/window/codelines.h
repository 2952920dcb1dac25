// What a run that was recorded line by line shows in the code at a moment: which statement is over, how often lines
// ran, which values they made in the function that runs, and what a name holds there.
//
// Remembers what does not change, and what it made for the place that is looked at. GUI thread; lives no longer than
// the log and its lines. Texts are those that ran: who shows them beside a text that was edited since asks nothing.
#pragma once

#include "editor/linemarks.h"
#include "moment/moment.h"
#include "source/statement.h"
#include "state/lines.h"

#include <QHash>
#include <QString>

#include <map>
#include <memory>
#include <optional>

namespace bistro::ui {

class CodeLines final {
public:
    CodeLines(const app::TraceLog& log, const app::Lines& lines);
    ~CodeLines();

    struct Statement {
        QString path;
        int line = 0;
        LinePart part;
        bool operator==(const Statement&) const = default;
    };
    // Where a playhead stands that goes by lines: the statement that is over; at a call's first stop the one that is
    // next. Between two stops the one that goes on. None while nothing of the program's own files runs.
    [[nodiscard]] std::optional<Statement> statementAt(app::Place place);

    // By path. Where something is hidden, nothing of what comes after the place. Without values: counts alone.
    [[nodiscard]] QHash<QString, RunLines> at(const Moment& moment, bool values);
    // What a count says; empty where there is none.
    [[nodiscard]] QString explainCount(const QString& path, int line, const Moment& moment) const;
    // What the name at that place of the code holds, and held before; empty: nobody knows.
    [[nodiscard]] QString explainName(const QString& path, int line, int column, app::Place place);
    // The same for who goes there.
    [[nodiscard]] std::optional<app::LineSlot> slotAt(const QString& path, int line, int column, app::Place place);
    // None: no line of it ran.
    [[nodiscard]] trace::TextId scriptOf(const QString& path) const;
    // Whether it is the text that ran, as far as that was recorded.
    [[nodiscard]] bool isWhatRan(const QString& path, const QString& text) const;

private:
    [[nodiscard]] const app::Outline* outlineOf(trace::TextId script);
    [[nodiscard]] QList<LineCount> countsOf(trace::TextId script, const Moment& moment);
    // After which event it may have run unseen, as far as one may see; kNoEvent: none.
    [[nodiscard]] app::Index unseenSince(trace::TextId script, std::uint32_t line, const Moment& moment) const;
    // The line at which the function around a place begins; of a stop's place, 0 at the top level.
    [[nodiscard]] std::uint32_t headLine(const trace::Frame& place);
    [[nodiscard]] const app::Function* functionOf(const trace::Frame& place, const app::Outline& outline) const;
    [[nodiscard]] std::optional<trace::CallId> callWith(
        const app::Outline& outline, std::size_t token, trace::TextId script, app::Place place);

    const app::TraceLog& m_log;
    const app::Lines& m_lines;
    std::map<std::uint32_t, std::unique_ptr<app::Outline>> m_outlines; // by the script's name; null: no source
    struct Shown {
        app::Place place = 0;
        app::Index seen = 0;
        bool hidden = false;
        bool values = false;
        bool operator==(const Shown&) const = default;
    };
    std::optional<Shown> m_shown;
    QHash<QString, RunLines> m_made; // for that
};

} // namespace bistro::ui
