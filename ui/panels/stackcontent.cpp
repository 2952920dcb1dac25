#include "panels/stackcontent.h"

#include <QCoreApplication>

namespace bistro::ui {

using namespace app;

namespace {

struct Panels {
    Q_DECLARE_TR_FUNCTIONS(Panels)
};

QString phaseWord(trace::Phase phase)
{
    switch (phase) {
    case trace::Phase::Pending: return Panels::tr("pending");
    case trace::Phase::IdlePrepare: return Panels::tr("prepare");
    case trace::Phase::Poll: return Panels::tr("poll");
    case trace::Phase::Check: return Panels::tr("check");
    case trace::Phase::Closing: return Panels::tr("closing");
    case trace::Phase::Timers: return Panels::tr("timers");
    }
    return {};
}

QString roundWord(std::uint32_t iteration, Wording wording)
{
    return (wording == Wording::Restaurant ? Panels::tr("round %1") : Panels::tr("iteration %1")).arg(iteration);
}

} // namespace

CallStackContent callStackContent(const Moment& moment)
{
    CallStackContent content;
    if (moment.place == 0)
        return content;
    const TraceLog& log = *moment.log;
    const StageFacts& facts = *moment.facts;
    const Wording wording = moment.wording;
    const Crash& crash = moment.crash;
    const LoopState& state = moment.state();
    if (state.running.empty())
        return content;
    const Running outermost = state.running.front();
    const auto phase = state.phase;
    const std::uint32_t iteration = state.iteration;
    const bool scriptDone = state.scriptDone;
    std::vector<CodePlace> frames = callStack(log, state, Frames::Learners);
    if (frames.empty()) {
        if (const CodePlace begins = runningPlace(log, moment.state()))
            frames.push_back(begins);
    }
    if (!crash.frames
            .empty()) // the state knows where the program was when it last did something, which is not where it threw
        frames = crash.frames;
    for (const CodePlace& frame : frames) {
        QString function = shortened(frame.function);
        if (function.isEmpty())
            function = &frame == &frames.back() ? facts.kind(outermost.order) : Panels::tr("(anonymous)");
        content.plates.push_back({.function = function, .place = frame, .guilty = false});
    }
    if (content.plates.empty())
        content.plates.push_back({.function = facts.kind(outermost.order), .place = {}, .guilty = false});
    content.plates.front().guilty = moment.hold || crash;

    if (phase)
        content.calledBy = Panels::tr("called by the %1 phase, %2")
                               .arg(phaseWord(*phase), roundWord(iteration, wording));
    else if (!scriptDone || log.kindOf(outermost.order) == OrderKind::Script)
        content.calledBy = Panels::tr("called by Node, before the loop begins");
    else if (iteration == 0)
        content.calledBy = Panels::tr("called by Node, before the loop begins");
    else
        content.calledBy = Panels::tr("called between two phases, %1").arg(roundWord(iteration, wording));
    if (log.kindOf(outermost.order) != OrderKind::Script) {
        content.forOrder = nameOf(log, facts, outermost.order);
        content.placedAt = placeOf(log, outermost.order);
    }
    return content;
}

} // namespace bistro::ui
