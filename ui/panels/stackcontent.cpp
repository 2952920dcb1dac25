#include "panels/stackcontent.h"

#include "panels/panelwords.h"
#include "panels/stacklines.h"

#include <algorithm>
#include <utility>

namespace bistro::ui {

using namespace app;

namespace {

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

namespace {

// Frames of Node's or of one package's that lie together.
struct Fold {
    QString package; // empty: Node's
    int frames = 0;
};

// The program's own frames as plates. What lies between them of Node's is one, with its number, and so is what lies
// there or on top of a package's, by its name.
class Folding final {
public:
    explicit Folding(std::vector<Plate>& plates)
        : m_plates(plates)
    {
    }
    void node()
    {
        if (!m_fold)
            m_fold = Fold {};
        ++m_fold->frames;
    }
    void package(const QString& name)
    {
        if (m_fold && m_fold->package != name && !m_fold->package.isEmpty())
            end();
        if (!m_fold)
            m_fold = Fold {};
        m_fold->package = name; // Node's between a package's frames are its
        ++m_fold->frames;
    }
    void program(Plate plate)
    {
        end();
        m_plates.push_back(std::move(plate));
    }
    // Of Node's below all others is told who called.
    void finish()
    {
        if (m_fold && !m_fold->package.isEmpty())
            end();
    }

private:
    void end()
    {
        const auto fold = std::exchange(m_fold, std::nullopt);
        if (!fold || (fold->package.isEmpty() && m_plates.empty()))
            return;
        m_plates.push_back({.function = fold->package.isEmpty()
                ? Panels::tr("%n of Node's own", nullptr, fold->frames)
                : Panels::tr("%n of the package %1", nullptr, fold->frames).arg(fold->package),
            .place = {},
            .guilty = false});
    }

    std::vector<Plate>& m_plates;
    std::optional<Fold> m_fold;
};

} // namespace

CallStackContent callStackContent(const Moment& moment, const ScriptOutlines* outlines)
{
    CallStackContent content;
    if (moment.place == 0)
        return content;
    if (moment.lines)
        tellAside(content, moment, outlines);
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
    std::vector<CodePlace> frames = callStack(log, state, Frames::All);
    const bool all = moment.detail == Detail::Everything;
    if (std::ranges::all_of(frames, [](const CodePlace& frame) { return isNodesScript(frame.script); }) && !all)
        frames.clear();
    if (frames.empty()) {
        if (const CodePlace begins = runningPlace(log, moment.state()))
            frames.push_back(begins);
    }
    if (!crash.frames
            .empty()) // the state knows where the program was when it last did something, which is not where it threw
        frames = crash.frames;
    const auto last = std::ranges::find_last_if(
        frames, [](const CodePlace& frame) { return !isNodesScript(frame.script); });
    const CodePlace* const lowest = last.empty() ? nullptr : &last.front();
    // What has no name of its own; the program itself is called what it is called everywhere.
    const QString called = log.kindOf(outermost.order) == OrderKind::Script ? facts.title(outermost.order)
                                                                            : facts.kind(outermost.order);
    Folding folding(content.plates);
    for (const CodePlace& frame : frames) {
        QString function = shortened(frame.function);
        if (function.isEmpty())
            function = &frame == lowest ? called : Panels::tr("(anonymous)");
        if (const std::string_view package = all ? std::string_view() : packageOf(log, frame.script); !package.empty())
            folding.package(shortened(package));
        else if (!all && isNodesScript(frame.script))
            folding.node();
        else
            folding.program({.function = function, .place = frame, .guilty = false});
    }
    folding.finish();
    if (content.plates.empty())
        content.plates.push_back({.function = called, .place = {}, .guilty = false});
    if (moment.lines && !crash)
        tellLines(content, moment, outlines, called);
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
