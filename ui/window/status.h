// What the window says of a run in few words: badges, its title, the line at the menus, the remark in the console.
// Values, made from the moment that is looked at and from what the session knows; nobody is asked anything here.
#pragma once

#include "moment/moment.h"
#include "session/session.h"
#include "theme/meaning.h"

#include <QString>

namespace bistro::ui {

// Of the session, what the words below depend on.
struct RunStatus {
    app::Session::State state = app::Session::State::NotStarted;
    const app::TraceLog* log = nullptr;
    std::size_t step = 0; // which one is looked at; 0: before the first
    std::size_t steps = 0; // how many there are, as far as is known
    const app::Lines* lines = nullptr; // of the log
    std::size_t line = 0; // which one one stands at, from 1; 0: the playhead stands at none
    std::size_t linesEndedStep = 0; // at which recording them ended
    trace::LinesEnd linesEnded = trace::LinesEnd::Limit; // and why
    std::uint64_t clock = 0; // of the run, nanoseconds
    bool running = false;
    bool live = false; // and that is what is looked at
    bool justBefore = false; // the step after that one is about to come
    bool openedTrace = false;
    bool stopped = false; // by the user, or by the lesson whose requests it has answered
    QString ofLesson; // "run 2 of this lesson"; empty: it is none of one
    bool ofAnother = false; // program than the one in front
    int exitCode = 0;
    QString ending;
    QString notice;
    QString keptAlive;
    bool hidden = false; // somebody predicts: how much is to come is not told

    [[nodiscard]] bool isPast() const { return running && !live; }
};
// Why one can't go by the lines of a run that has none, and what to do. A sentence or two.
[[nodiscard]] QString whyNoLines(const app::Session& session);
[[nodiscard]] RunStatus runStatusOf(const app::Session& session, std::uint64_t clock);

// Empty: none.
struct Badge {
    QString text;
    QString tip;
    bool operator==(const Badge&) const = default;
};
struct Badges {
    Badge sandbox; // what it refused, or that it does not keep the program in
    Badge runtime; // what ran the program
    Badge recording; // that is not whole
    Badge lines; // that are recorded, and how far
    Badge alarm; // who blocks
    QString past;
    bool operator==(const Badges&) const = default;
};
[[nodiscard]] Badges badgesOf(const Moment& moment, const RunStatus& run);

// Why nothing is printed, or no more; empty: there is nothing to say.
struct Remark {
    QString sentence;
    Meaning meaning = Meaning::Running;
    std::optional<app::Index> place {}; // it is about what was printed by so many events; none: all that was
    bool operator==(const Remark&) const = default;
};
[[nodiscard]] Remark remarkOf(const Moment& moment, const RunStatus& run);

// What is looked at: in short where there is no room for all of it.
struct StatusLine {
    QString brief;
    QString whole;
    bool operator==(const StatusLine&) const = default;
};
// Before the first run: which file would run, where there is one ("hello.js").
[[nodiscard]] StatusLine statusLineOf(const RunStatus& run, const QString& program = {});
// Whose run is shown beside another program: a sentence. Empty: it is that of the program in front, or none.
[[nodiscard]] QString whoseRun(const RunStatus& run);

// The file that is in front, and of a run that was opened which one it is. "[*]" is where Qt says that the file is not
// saved.
struct FrontFile {
    QString name; // empty: none
    bool untitled = false;
    bool readOnly = false;
};
[[nodiscard]] QString windowTitleOf(const RunStatus& run, const FrontFile& file);

} // namespace bistro::ui
