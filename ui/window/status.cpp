#include "window/status.h"

#include "session/runsummary.h"
#include "state/crash.h"
#include "text/amounts.h"
#include "why/refusal.h"
#include "window/wallwords.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct Status {
    Q_DECLARE_TR_FUNCTIONS(Status)
};

QString nameOfRun(const app::TraceLog& log)
{
    const QString name = app::programOf(log);
    return name.isEmpty() ? Status::tr("a program") : name;
}

// "10:42", with its day if that is not today.
QString clockTextOf(const QDateTime& moment)
{
    return moment.date() == QDate::currentDate() ? QLocale().toString(moment.time(), QLocale::ShortFormat)
                                                 : app::momentText(moment);
}

QString stepOf(const RunStatus& run)
{
    const QLocale locale;
    if (run.line > 0 && !run.justBefore) {
        const QString line = locale.toString(static_cast<qulonglong>(run.line));
        return run.hidden ? Status::tr("line %1").arg(line)
                          : Status::tr("line %1 of %2")
                                .arg(line, locale.toString(static_cast<qulonglong>(run.lines->stops().size())));
    }
    if (run.hidden)
        return Status::tr("step %1").arg(locale.toString(static_cast<qulonglong>(run.step)));
    return (run.justBefore ? Status::tr("just before step %1 of %2") : Status::tr("step %1 of %2"))
        .arg(locale.toString(static_cast<qulonglong>(run.step + (run.justBefore ? 1 : 0))),
            locale.toString(static_cast<qulonglong>(run.steps)));
}

Badge runtimeBadge(const app::TraceLog* log)
{
    if (!log || log->versions().empty())
        return {};
    const QByteArray text(log->versions().data(), static_cast<qsizetype>(log->versions().size()));
    const QJsonObject versions = QJsonDocument::fromJson(text).object();
    const auto version = [&](const QString& key) { return versions.value(key).toString(); };
    const auto shortened = [&](const QString& key) { return version(key).section(u'.', 0, 1); };
    return {.text = Status::tr("Node %1 · libuv %2").arg(shortened(u"node"_s), shortened(u"uv"_s)),
        .tip = Status::tr("What ran this program (as its recording says): Node %1, V8 %2, libuv %3.\nOther versions "
                          "may serve callbacks in another order.")
            .arg(version(u"node"_s), version(u"v8"_s), version(u"uv"_s))};
}

Badge recordingBadge(const RunStatus& run)
{
    if (run.log && !run.log->damage().empty()) {
        if (run.openedTrace)
            return {.text = Status::tr("damaged: %L1 steps").arg(run.log->countWithoutLines(run.log->size())),
                .tip = run.ending};
        return {.text = Status::tr("recording damaged at %L1 steps").arg(run.log->countWithoutLines(run.log->size())),
            .tip = run.notice};
    }
    if (run.log && run.log->head().recordingEnded)
        return {.text = Status::tr("recording stopped at %L1 steps").arg(run.log->countWithoutLines(run.log->size())),
            .tip = Status::tr("The recording reached its limit, or the disk was full. The program went on, but Bistro "
                              "can't show the rest.")};
    if (!run.notice.isEmpty())
        return {.text = Status::tr("not recorded"), .tip = run.notice};
    return {};
}

// Traces of the time before there was a sandbox say nothing of it.
Badge sandboxBadge(const Moment& moment, const RunStatus& run)
{
    if (!run.log || run.log->sandbox() == app::kNoEvent)
        return {};
    const auto set = trace::as<trace::events::SandboxSet>(run.log->event(run.log->sandbox()));
    const auto textOf = [&](trace::TextId id) {
        const std::string_view text = run.log->text(id);
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    };
    const auto refusals = run.log->refusals();
    const auto told = moment.hidden ? std::ranges::lower_bound(refusals, moment.place) - refusals.begin()
                                    : std::ssize(refusals);
    Badge badge;
    switch (set.confinement) {
    case trace::Confinement::None:
        return {.text = Status::tr("not sandboxed"),
            .tip = Status::tr("This program was run without walls.\nIt could do whatever you may do.")};
    case trace::Confinement::Whole:
        badge.text = Status::tr("sandboxed");
        badge.tip = Status::tr("The program stays in its folder and on this computer.") + u'\n'
            + guardedBy(textOf(set.walls));
        break;
    case trace::Confinement::Partly:
        badge.text = Status::tr("partly sandboxed");
        badge.tip = Status::tr("This computer's kernel lacks a part of the sandbox.\n%1").arg(textOf(set.missing));
        break;
    }
    if (told > 0)
        badge.text = Status::tr("%1, %2 refused", "sandboxed, 1 refused").arg(badge.text).arg(told);
    badge.tip += u'\n'
        + (told > 0 ? Status::tr("Click to see what it was refused, and to allow more.")
                    : Status::tr("Click to see what programs may do."));
    return badge;
}

QString whyLinesEnded(trace::LinesEnd reason)
{
    switch (reason) {
    case trace::LinesEnd::Limit:
        return Status::tr("There were too many lines to record them all.\nFrom there on you see events only.");
    case trace::LinesEnd::Debugger:
        return Status::tr("A debugger or a profiler is at work in the program.\nFrom there on you see events only.");
    case trace::LinesEnd::Memory:
        return Status::tr("The program's memory is short.\nFrom there on you see events only.");
    }
    return {};
}

Badge linesBadge(const RunStatus& run)
{
    if (!run.lines || run.lines->empty())
        return {};
    if (run.hidden)
        return {.text = Status::tr("every line recorded"),
            .tip = Status::tr(
                "Each line of your own files, with its variables.\nYou can go by lines as far as you see.")};
    const app::Index ended = run.lines->endedAt();
    if (ended != app::kNoEvent)
        return {.text = Status::tr("lines recorded up to step %L1").arg(run.linesEndedStep),
            .tip = whyLinesEnded(run.linesEnded)};
    if (!run.lines->skipped().empty())
        return {.text = Status::tr("lines recorded, some left out"),
            .tip = Status::tr("A function that runs very often in one callback is recorded up to a number of lines.\n"
                              "A count in the gutter that ends with a plus ran on: and more, not recorded.")};
    return {.text = Status::tr("every line recorded"),
        .tip = Status::tr("Each line of your own files, with its variables.\nGo by lines with F10 and Shift+F10.")};
}

// What blocks, as long as it may end by itself.
const app::Hold* blockOf(const Moment& moment)
{
    return moment.hold && !moment.crash ? &*moment.hold : nullptr;
}

// Of a hold the longest time in which nothing was printed: so many events were before it. None: nothing was printed
// behind it.
std::optional<app::Place> silenceIn(const app::TraceLog& log, const app::Hold& hold, app::Place place)
{
    constexpr int kMost = 100; // outputs that are looked back at
    const auto outputs = log.outputs();
    auto behind = std::ranges::lower_bound(outputs, place);
    std::uint64_t until = hold.since + hold.took;
    std::uint64_t longest = 0;
    app::Place found = place;
    for (int i = 0; i < kMost; ++i) {
        const bool first = behind == outputs.begin() || *std::prev(behind) < hold.started;
        const std::uint64_t from = first ? hold.since : log.event(*std::prev(behind)).time;
        if (until > from && until - from > longest) {
            longest = until - from;
            found = first ? hold.started : *std::prev(behind) + 1;
        }
        if (first)
            break;
        until = from;
        --behind;
    }
    return outputs.empty() || outputs.back() < found ? std::nullopt : std::optional(found);
}

Badge alarmBadge(const Moment& moment)
{
    const bool restaurant = moment.wording == app::Wording::Restaurant;
    Badge badge;
    badge.tip = restaurant ? Status::tr("One callback has kept the only waiter for this long. Nobody else is served "
                                        "meanwhile.\nThe card at the right says which one, and what helps.")
                           : Status::tr("One callback has kept the only JavaScript thread for this long. No other can "
                                        "run meanwhile.\nThe card at the right says which one, and what helps.");
    if (const app::Hold* const hold = blockOf(moment))
        badge.text = (restaurant ? Status::tr("waiter blocked %1") : Status::tr("JavaScript blocked %1"))
                         .arg(app::timeText(hold->took));
    return badge;
}

} // namespace

QString whyNoLines(const app::Session& session)
{
    const app::Program& program = session.program();
    if (!session.log() || session.log()->empty())
        return session.log() || session.notice().isEmpty()
            ? Status::tr("There is nothing to look at yet. Run a program, or open a recorded run.")
            : session.notice(); // it has run, and was not recorded
    if (program.lines && app::isMeasuring(program.settings))
        return Status::tr(
            "A flag for node measures this run, so its lines are left out. Remove it under Run, Configure.");
    const bool isText = program.settings.entry == app::EntryWay::Evaluated
        || program.settings.entry == app::EntryWay::StandardInput;
    if (program.lines && isText)
        return Status::tr("Node gets this program as text, and only lines of files are recorded. See Run, Configure.");
    if (program.lines && session.isRunning())
        return Status::tr("No line of your program has run yet.");
    return Status::tr("This run was recorded without lines. Check Record Every Line in the Run menu, and run again.");
}

namespace {

// Of a limit that ended the run its sentence, and no number of a signal.
QString endingOf(const app::Session& session)
{
    if (session.state() != app::Session::State::Failed || session.isStopped() || !session.log())
        return session.ending();
    if (const auto reached = limitThatEnded(*session.log(), session.log()->head()))
        return app::limitSentence(*reached, app::Wording::Runtime) + u' ' + app::helpAgainst(reached->limit);
    return session.ending();
}

} // namespace

RunStatus runStatusOf(const app::Session& session, std::uint64_t clock)
{
    const app::Lines* const lines = session.lines();
    const app::Place place = session.place();
    const app::Index stop = lines ? lines->stopAt(place) : app::kNoEvent;
    const bool atLine = stop != app::kNoEvent && lines->endOfStop(stop) == place;
    const app::Index ended = lines ? lines->endedAt() : app::kNoEvent;
    return {.state = session.state(),
        .log = session.log(),
        .step = session.stepNumber(),
        .steps = session.stepCount(),
        .lines = lines,
        .line = atLine ? lines->countBefore(place) : 0,
        .linesEndedStep = ended == app::kNoEvent ? 0 : session.stepNumberAt(ended),
        .linesEnded = ended == app::kNoEvent ? trace::LinesEnd::Limit
                                             : trace::as<trace::events::LinesEnded>(session.log()->event(ended)).reason,
        .clock = clock,
        .running = session.isRunning(),
        .live = session.isRunning() && session.playhead().isLive(),
        .justBefore = session.isJustBefore(),
        .openedTrace = session.isOpenedTrace(),
        .stopped = session.isStopped(),
        .exitCode = session.exitCode(),
        .ending = endingOf(session),
        .notice = session.notice(),
        .keptAlive = session.keptAlive()};
}

Badges badgesOf(const Moment& moment, const RunStatus& run)
{
    return {.sandbox = sandboxBadge(moment, run),
        .runtime = runtimeBadge(run.log),
        .recording = recordingBadge(run),
        .lines = linesBadge(run),
        .alarm = alarmBadge(moment),
        .past = run.isPast() ? Status::tr("looking at the past") : QString()};
}

Remark remarkOf(const Moment& moment, const RunStatus& run)
{
    if (const app::Hold* const hold = blockOf(moment)) {
        const QString duration = app::timeText(hold->took);
        return {.sentence = hold->kind == app::FindingKind::Blocked
                ? Status::tr("nothing for %1: no callback can print").arg(duration)
                : Status::tr("for %1 only ticks and microtasks can print").arg(duration),
            .meaning = Meaning::Error,
            .place = silenceIn(*moment.log, *hold, moment.place)};
    }
    if (moment.hidden && moment.place < moment.until)
        return {}; // how it ended is still to come
    const bool failed = run.state == app::Session::State::Failed || run.exitCode != 0;
    if (!run.running && !run.openedTrace && failed)
        return {.sentence = run.ending, .meaning = run.stopped ? Meaning::Closing : Meaning::Error};
    if (run.live)
        return {.sentence = run.keptAlive, .meaning = Meaning::Closing};
    return {};
}

QString whoseRun(const RunStatus& run)
{
    if (!run.ofAnother || run.openedTrace || !run.log)
        return {};
    return Status::tr("This is the run of %1, %2").arg(nameOfRun(*run.log), clockTextOf(app::startOf(*run.log)));
}

StatusLine statusLineOf(const RunStatus& run, const QString& program)
{
    StatusLine line;
    switch (run.state) {
    case app::Session::State::NotStarted:
        if (!program.isEmpty())
            line.brief = Status::tr("F5 runs %1").arg(program);
        break;
    case app::Session::State::Starting: line.brief = Status::tr("starting"); break;
    case app::Session::State::Running:
        line.brief = !run.log ? Status::tr("running")
            : run.isPast()    ? Status::tr("live run, %1").arg(stepOf(run))
                              : Status::tr("live run, %1").arg(app::timeText(run.clock));
        break;
    case app::Session::State::Stopping: line.brief = Status::tr("stopping"); break;
    case app::Session::State::Finished:
    case app::Session::State::Failed:
        line.brief = run.log ? Status::tr("recorded run, %1").arg(stepOf(run)) : run.ending;
        break;
    }
    line.whole = line.brief;
    if (const QString whose = whoseRun(run); !whose.isEmpty()) {
        line.brief = whose;
        line.whole = Status::tr("%1: %2", "whose run it is, and where one looks").arg(whose, line.whole);
    }
    if (run.log && !run.ofLesson.isEmpty()) {
        line.brief = Status::tr("%1, %2", "run 2 of this lesson, step 31 of 57")
                         .arg(run.ofLesson, run.live ? app::timeText(run.clock) : stepOf(run));
        line.whole = line.brief;
    } else if (run.log && run.openedTrace)
        line.whole = Status::tr("recorded run of %1, %2: %3")
                         .arg(nameOfRun(*run.log), app::momentText(app::startOf(*run.log)), stepOf(run));
    return line;
}

QString windowTitleOf(const RunStatus& run, const FrontFile& file)
{
    const auto plain = [](QString text) { return text.replace(u"[*]"_s, u"[*][*]"_s); };
    const QString opened = run.openedTrace && run.log
        ? Status::tr("recorded run of %1, %2").arg(plain(nameOfRun(*run.log)), app::momentText(app::startOf(*run.log)))
        : QString();
    QString name = plain(file.name);
    if (file.untitled)
        name = Status::tr("%1, untitled").arg(name);
    if (!opened.isEmpty() && (name.isEmpty() || file.readOnly))
        return Status::tr("%1[*] – Bistro").arg(opened);
    if (!opened.isEmpty())
        return Status::tr("%1[*] – %2 – Bistro", "a file, and the run that is looked at").arg(name, opened);
    return name.isEmpty() ? Status::tr("Bistro[*]") : Status::tr("%1[*] – Bistro").arg(name);
}

} // namespace bistro::ui
