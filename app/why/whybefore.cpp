#include "why/answers/before.h"

#include "state/blocked.h"

#include <algorithm>
#include <utility>

namespace bistro::app {

bool WhyBefore::find(const Moment& moment, Point& point) const
{
    if (const auto* const line = std::get_if<OutputLine>(&moment)) {
        const ScreenLines lines(m_log);
        if (line->number >= lines.size())
            return false;
        point.at = lines[line->number].output;
        point.isLine = true;
        point.text = textOf(lines[line->number].text);
        point.name = point.text.trimmed().isEmpty() ? tr("an empty line")
                                                    : quoted(std::string_view(lines[line->number].text));
        const auto call = innermost(m_log, point.at);
        if (call)
            point.call = *call;
        return call.has_value();
    }
    const OrderId order = std::get<OrderId>(moment);
    point.at = m_log.startedAt(order);
    if (point.at == kNoEvent)
        return false;
    point.call = callAt(m_log, point.at);
    point.name = nameOf(order, point);
    return true;
}

void WhyBefore::decide(Rule rule, const Words& words, const Call& x, const Call& y)
{
    decisive(rule, words, {nameOf(x, y), nameOf(y, x)}, {x.started, y.started}, {x.order, y.order});
}

Explanation WhyBefore::make(const Moment& one, const Moment& other)
{
    if (!find(one, m_first) || !find(other, m_second))
        return {};
    const auto rank = [](const Moment& moment) {
        const auto* const line = std::get_if<OutputLine>(&moment);
        return line ? line->number : 0;
    };
    if (m_second.at < m_first.at || (m_second.at == m_first.at && rank(other) < rank(one)))
        std::swap(m_first, m_second);
    m_told.events = {m_first.at, m_second.at};
    m_told.orders = {m_first.call.order, m_second.call.order};
    if (m_first.name == m_second.name && m_first.at != m_second.at)
        tellApart();
    m_told.headline = say(
        {tr("%1 came before %2."), tr("%1 came before %2.")}, m_wording, {m_first.name, m_second.name}, &m_told.parts);
    compare();
    m_told.ruleText = ruleText(m_told.rule, Wording::Runtime);
    return std::move(m_told);
}

// Two of one name.
void WhyBefore::tellApart()
{
    const auto which = [](QString name, const QString& words) {
        const QString the = tr("the ");
        return words.arg(name.startsWith(the) ? name.remove(0, the.size()) : name);
    };
    m_first.name = which(m_first.name, tr("the earlier %1"));
    m_second.name = which(m_second.name, tr("the later %1"));
}

// What runs at the first moment is a call of the second's way.
void WhyBefore::stillRuns(const Call& call, bool placedLater)
{
    const QString name = nameOf(call);
    if (!placedLater) {
        decisive(Rule::SynchronousCalls,
            {tr("Both belong to one serving, %1. There things happen in the order of its code."),
                tr("Both belong to one call, %1. Code runs in its own order, and emit() calls its listeners at once.")},
            {name}, {call.started}, {call.order});
        return;
    }
    decisive(Rule::OrderAfterItsPlacer,
        m_first.isLine ? Words {tr("%2 called out %1 itself. Whatever it orders has to wait until it is done."),
                             tr("%2 printed %1 itself. Whatever it schedules has to wait until it has returned.")}
                       : Words {tr("Whatever %2 orders has to wait until it is done."),
                             tr("Whatever %2 schedules has to wait until it has returned.")},
        {m_first.name, name}, {call.started}, {call.order});
}

void WhyBefore::onTheWay(const Call& outer)
{
    decisive(Rule::SynchronousCalls,
        {tr("%1 came on the way, while %2 was still being served."),
            tr("%1 was called on the way, while %2 was still running.")},
        {m_first.name, nameOf(outer)}, {outer.started}, {outer.order});
}

// The other is what comes next from where the first came from.
void WhyBefore::oneAfterTheOther(const Call& next)
{
    decisive(Rule::StreamInOrder,
        {tr("Both come from %1, and what comes through one door keeps its order."),
            tr("Both come from %1, which tells things in their order.")},
        {nameOf(next)}, {m_first.call.started, next.started}, {next.order});
}

void WhyBefore::compare()
{
    m_ways = waysTo(m_log, m_first.call, m_second.call, m_first.at);
    const std::vector<Call>& second = m_ways.second;
    // The link that was in flight: the last that was placed by then.
    const auto flight = std::ranges::find_if(
        second, [this](const Call& call) { return call.ready == kNoEvent || call.ready <= m_first.at; });
    if (flight == second.end()) { // it was not looked so far back
        m_told.rule = Rule::OrderAfterItsPlacer;
        because(Rule::OrderAfterItsPlacer,
            {tr("When %1 came, nobody had ordered what led to %2."), tr("When %1 came, nothing had led to %2 yet.")},
            {m_first.name, m_second.name}, {second.back().started});
        return;
    }
    m_inFlight = static_cast<std::size_t>(flight - second.begin());
    const LoopState state = m_log.stateAt(std::min(m_first.at + 1, m_log.size()));
    // It runs, or what places it does.
    const bool isRunning = flight->started <= m_first.at;
    const std::size_t common = m_ways.meet ? m_ways.first.size() - 1 : m_ways.first.size();
    if (isRunning) {
        if (flight->started != m_first.call.started) {
            way(m_ways.first, common, m_first);
            onTheWay(*flight);
            return;
        }
        way(second, m_inFlight, m_second);
        stillRuns(*flight, m_inFlight > 0);
        return;
    }
    const auto later = std::ranges::find_if(state.running,
        [&](const Running& running) { return flight->ready == kNoEvent || running.started > flight->ready; });
    if (later == state.running.end()) { // what ran then had placed it
        way(second, m_inFlight + 1, m_second);
        if (flight->ready != kNoEvent && orderStartedBy(m_log.event(flight->ready)) == flight->order)
            oneAfterTheOther(*flight);
        else
            stillRuns(m_first.call, true);
        return;
    }
    const std::size_t parted = m_ways.meet ? second.size() - 1 : m_inFlight + 1;
    if (later != state.running.begin()) { // it was called by what had placed the other
        way(second, parted, m_second);
        onTheWay(callAt(m_log, std::prev(later)->started));
        return;
    }
    way(m_ways.first, common, m_first);
    way(second, parted, m_second);
    Call rival = callAt(m_log, later->started);
    (void)placerOf(m_log, rival); // when it was placed
    rivals(rival, *flight);
}

// The last call before this note that is none itself: the note is of the drain after that.
Call WhyBefore::drainedAfter(const Call& note) const
{
    const auto starts = m_log.outermostStarts();
    auto it = std::ranges::lower_bound(starts, note.started);
    const Index first = it == starts.end() ? kNoEvent : m_log.rowOfNotes(note.started, 0);
    if (first != kNoEvent)
        it = std::ranges::lower_bound(starts, first);
    return it == starts.begin() ? Call {} : callAt(m_log, *std::prev(it));
}

// x ran, and y was placed and did not.
void WhyBefore::rivals(const Call& x, const Call& y)
{
    m_luck.emplace(m_log, m_ways, m_inFlight, m_second.at);
    m_told.race = m_luck->isRace();
    m_told.byTime = m_luck->isByTime();
    if (m_told.byTime && !isNote(y.kind)) {
        if (const auto link = Links(m_log, m_first.at).madeAfter(m_second.call)) {
            m_told.byTime = false;
            if (m_told.race) {
                linked(*link);
                return;
            }
        }
    }
    if (isNote(y.kind)) {
        if (isNote(x.kind))
            notes(x, y);
        else
            leftOver(x, y);
        return;
    }
    if (!isNote(x.kind) || y.kind == OrderKind::Handler) {
        callbacks(x, y);
        return;
    }
    const Call after = drainedAfter(x);
    const bool placedBefore = after.started != kNoEvent && y.ready != kNoEvent && y.ready < after.started;
    if (!placedBefore) {
        certain();
        drain(x, after, y);
        return;
    }
    callbacks(after, y);
    const Rule decided = m_told.rule;
    drain(x, after, y);
    if (m_told.race)
        m_told.rule = decided; // luck had the last word all the same
}

Explanation whyBefore(const TraceLog& log, const Moment& one, const Moment& other, Wording wording)
{
    return WhyBefore(log, wording).make(one, other);
}

} // namespace bistro::app
