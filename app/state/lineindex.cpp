#include "state/lineindex.h"

#include "state/linevisible.h"
#include "trace/views.h"

#include <utility>

namespace bistro::app {

using namespace trace;

std::uint32_t LinePauses::begin(std::uint32_t call, Index at)
{
    const std::size_t number = m_pauses.size();
    if (number % kSmall == 0)
        m_small.push_back({});
    if (number % kLarge == 0)
        m_large.push_back({});
    ++m_small.back().open;
    ++m_large.back().open;
    m_pauses.push_back({.call = call, .begun = at, .ended = kNoEvent});
    return static_cast<std::uint32_t>(number);
}

void LinePauses::end(std::uint32_t pause, Index at)
{
    m_pauses[pause].ended = at;
    for (Group* const group : {&m_small[pause / kSmall], &m_large[pause / kLarge]}) {
        --group->open;
        group->lastEnded = at;
    }
}

std::vector<std::uint32_t> LinePauses::callsAt(Index place, std::size_t most) const
{
    const auto is = [place](const Pause& pause) { return pause.ended >= place; };
    const auto hasNone = [place](const Group& group) { return group.open == 0 && group.lastEnded < place; };
    std::size_t left = static_cast<std::size_t>(
        std::ranges::lower_bound(m_pauses, place, {}, &Pause::begun) - m_pauses.begin());
    std::vector<std::uint32_t> calls;
    while (left > 0 && calls.size() < most) {
        if (left % kLarge == 0 && hasNone(m_large[left / kLarge - 1])) {
            left -= kLarge;
        } else if (left % kSmall == 0 && hasNone(m_small[left / kSmall - 1])) {
            left -= kSmall;
        } else {
            --left;
            if (is(m_pauses[left]))
                calls.push_back(m_pauses[left].call);
        }
    }
    return calls;
}

// What becomes of each event. Whatever a damaged trace says, each step costs no more than what came before has paid.
struct LineIndex::Fold
    : Passes<events::RunStarted, events::EntryFound, events::RunEnded, events::RecordingEnded, events::DetailReduced,
          events::IterationStarted, events::PhaseEntered, events::PhaseLeft, events::ResourceCreated,
          events::CallbackStarted, events::CallbackFinished, events::ResourceDestroyed, events::TickQueued,
          events::MicrotaskQueued, events::TimerCreated, events::TimerStarted, events::TimerCleared,
          events::TimerReferenced, events::TimersProcessed, events::ImmediateCreated, events::ImmediateCleared,
          events::ImmediateReferenced, events::PromiseCreated, events::PromiseFollows, events::PromiseSettled,
          events::ReactionQueued, events::JobStarted, events::JobFinished, events::DrainStarted, events::DrainFinished,
          events::PoolJobSubmitted, events::PoolJobBegun, events::PoolJobDone, events::PoolJobDelivered,
          events::KernelWaitStarted, events::KernelWaitEnded, events::HandleReferenced, events::HandleClosing,
          events::HandleClosed, events::ConnectionAccepted, events::RequestStarted, events::RequestFinished,
          events::Output, events::UncaughtError, events::RejectionUnhandled, events::RejectionHandled, events::Warning,
          events::GarbageCollected, events::ChildStarted, events::WorkerStarted, events::ScriptSeen,
          events::VariableCaptured, events::HandlerStarted, events::HandlerFinished, events::PoolStarted,
          events::WorkerEnded, events::SandboxSet, events::AccessRefused, events::LimitReached> {
    using PassesWith::operator();

    LineIndex& m;
    Index at;

    Fold(LineIndex& of, Index index)
        : m(of)
        , at(index)
    {
    }

    void operator()(const events::CallEntered& e) const
    {
        m.isOpen = false;
        m.teller = kNone;
        if (!e.call)
            return;
        const std::uint32_t call = m.callMade(e.call);
        m.teller = call;
        m.endPause(at, call);
        if (m.calls[call].node != kNone) // it was left, and nothing told of that
            m.popTo(at, m.nodes[m.calls[call].node].outer);
        // What is above the caller was left as well.
        const std::uint32_t caller = e.caller ? m.callNumber(e.caller) : kNone;
        if (!e.caller)
            m.popTo(at, kNone);
        else if (caller != kNone && m.calls[caller].node != kNone)
            m.popTo(at, m.calls[caller].node);
        m.push(at, call);
        m.lists.add(m.calls[call].turns, at);
    }

    void operator()(const events::LineReached& e) const
    {
        m.stops.push_back(at);
        m.ends.push_back(at + 1);
        m.isOpen = true;
        m.teller = e.call ? m.callMade(e.call) : kNone;
        if (m.teller != kNone && m.calls[m.teller].node != kNone) {
            m.popTo(at, m.calls[m.teller].node); // what it had called was left
        } else if (m.teller != kNone) {
            m.endPause(at, m.teller);
            m.push(at, m.teller);
        }
        if (!m.isFileEnd(m.teller, e))
            m.addVisit(at, m.teller, e.stack);
        if (m.teller == kNone)
            return;
        if (m.calls[m.teller].stops.count == 0)
            m.noteTopLevel(m.teller, e.stack);
        m.noteAround(m.teller, e);
        m.lists.add(m.calls[m.teller].stops, at);
        if (const auto told = variableTold(m.log, recordOf(e)))
            (*this)(*told);
    }

    void operator()(const events::VariableSet& e) const
    {
        tell();
        if (m.teller == kNone)
            return;
        (void)m.names.canonical(m.log, e.name);
        if (e.level >= kAround)
            m.addTold(m.variables, kAround, m.around, at);
        else
            m.addTold(m.variables, m.teller, m.calls[m.teller].variables, at);
    }

    void operator()(const events::ObjectSeen& e) const
    {
        tell();
        if (e.object)
            m.lists.add(m.objects[m.objectMade(e.object)].seen, at);
    }

    void operator()(const events::PropertySet& e) const
    {
        tell();
        if (!e.holder)
            return;
        const std::uint32_t object = m.objectMade(e.holder);
        m.addTold(m.properties, object, m.objects[object].properties, at);
    }

    void operator()(const events::CallLeft& e) const
    {
        m.isOpen = false;
        const std::uint32_t number = m.callNumber(e.call);
        if (number == kNone)
            return;
        m.endPause(at, number);
        Call& call = m.calls[number];
        m.lists.add(call.turns, at);
        if (call.node != kNone)
            m.popTo(at, m.nodes[call.node].outer);
        if (e.end == CallEnd::Awaits)
            call.pause = m.pauses.begin(number, at);
    }

    void operator()(const events::CallGiven& e) const
    {
        if (const std::uint32_t call = m.callNumber(e.call); call != kNone)
            m.lists.add(m.calls[call].turns, at);
    }

    void operator()(const events::ErrorThrown& e) const
    {
        m.isOpen = false;
        m.throws.push_back(at);
        if (const std::uint32_t call = m.callNumber(e.call); call != kNone)
            m.lists.add(m.calls[call].turns, at);
    }

    void operator()(const events::LinesSkipped&) const { m.skipped.push_back(at); }

    // Whoever runs then goes on unseen.
    void operator()(const events::LinesEnded&) const { m.end(at); }

    void operator()(const events::PlaceCounted& e) const
    {
        m.counted.push_back({.place = e.stack, .visits = e.visits});
    }

    void tell() const
    {
        if (m.isOpen)
            m.ends.back() = at + 1;
    }
};

namespace {

// What may lie among the values of a stop: other threads do it, or the recording of values brings it about.
bool mayLieAmongValues(EventKind kind)
{
    return kind == EventKind::PoolJobBegun || kind == EventKind::PoolJobDone || kind == EventKind::GarbageCollected
        || kind == EventKind::ScriptSeen || kind == EventKind::AccessRefused || kind == EventKind::LimitReached;
}

} // namespace

void LineIndex::take(Index at)
{
    const Record event = log.event(at);
    if (isOfLines(event.kind))
        visit(event, Fold(*this, at));
    else if (!mayLieAmongValues(event.kind))
        isOpen = false;
}

void LineIndex::end(Index at)
{
    isOpen = false;
    teller = kNone;
    popTo(at, kNone);
    if (ended == kNoEvent)
        ended = at;
}

bool LineIndex::isFull()
{
    if (!full && limit.isDue(seen) && !limit.allows(seen, bytes())) {
        full = true;
        end(seen);
    }
    return full;
}

std::size_t LineIndex::bytes() const
{
    const auto of = []<typename T>(const GrowingArray<T>& array) { return array.capacity() * sizeof(T); };
    constexpr std::size_t kOfNode = 64; // of a table of the library's
    return of(stops) + of(ends) + of(skipped) + counted.capacity() * sizeof(Counted) + of(throws) + lists.bytes()
        + callNumbers.bytes() + of(calls) + objectNumbers.bytes() + of(objects) + variables.bytes() + properties.bytes()
        + visits.bytes() + of(nodes) + of(turns) + pauses.bytes() + names.bytes() + scriptNames.bytes()
        + topLevels.bytes() + aroundSeen.bytes() + scriptOfLevel.bytes() + linesOfScript.bytes()
        + scripts.capacity() * kOfNode;
}

std::uint32_t LineIndex::callMade(CallId id)
{
    if (const std::uint32_t known = callNumber(id); known != kNone)
        return known;
    const auto number = static_cast<std::uint32_t>(calls.size());
    callNumbers.set(id.value, number, number);
    calls.push_back({.id = id, .stops = {}, .turns = {}});
    return number;
}

std::uint32_t LineIndex::objectMade(ObjectId id)
{
    if (const std::uint32_t known = objectNumber(id); known != kNone)
        return known;
    const auto number = static_cast<std::uint32_t>(objects.size());
    objectNumbers.set(id.value, number, number);
    objects.push_back({});
    return number;
}

void LineIndex::push(Index at, std::uint32_t number)
{
    constexpr std::uint32_t kDeepest = 65'536; // no stack holds more calls: what a trace says is within is not believed
    if (depth >= kDeepest)
        return;
    Call& call = calls[number];
    if (call.maker == kNone && call.stops.count == 0 && call.turns.count == 0 && top != kNone) {
        call.maker = nodes[top].call;
        call.madeBefore = std::exchange(calls[call.maker].lastMade, number);
    }
    call.node = static_cast<std::uint32_t>(nodes.size());
    nodes.push_back({.call = number, .outer = top, .begun = at});
    top = call.node;
    ++depth;
    noteTurn(at);
}

void LineIndex::popTo(Index at, std::uint32_t node)
{
    if (top == node)
        return;
    noteTurn(at);
    while (top != node && top != kNone) {
        nodes[top].end = static_cast<std::uint32_t>(turns.size() - 1);
        calls[nodes[top].call].node = kNone;
        top = nodes[top].outer;
        --depth;
    }
    turns.back().top = top;
}

void LineIndex::noteTurn(Index at)
{
    if (!turns.empty() && turns.back().at == at)
        turns.back().top = top;
    else
        turns.push_back({.at = at, .top = top});
}

void LineIndex::endPause(Index at, std::uint32_t call)
{
    if (calls[call].pause == kNone)
        return;
    pauses.end(calls[call].pause, at);
    calls[call].pause = kNone;
}

void LineIndex::addTold(LineSlots& slots, std::uint32_t owner, Holder& holder, Index at)
{
    constexpr std::uint32_t kFew = 64; // that whoever asks for one of them looks through
    if (!holder.hasSlots && holder.told.count < kFew) {
        lists.add(holder.told, at);
        return;
    }
    if (!holder.hasSlots) {
        const auto told = lists.of(holder.told);
        const std::vector<Index> before(told.begin(), told.end());
        lists.clear(holder.told);
        holder.hasSlots = true;
        for (const Index each : before)
            addToSlot(slots, owner, holder, each);
    }
    addToSlot(slots, owner, holder, at);
}

void LineIndex::addToSlot(LineSlots& slots, std::uint32_t owner, Holder& holder, Index at)
{
    const Told told = toldBy(at);
    for (std::uint32_t level = 0; told.isDeleted && level < kLevels; ++level) {
        const std::uint32_t slot = slots.find({.owner = owner, .level = level, .name = told.name});
        if (slot != LineSlots::kNone)
            lists.add(slots.list(slot), at);
    }
    if (told.isDeleted)
        return;
    const std::uint32_t known = slots.size();
    const std::uint32_t slot = slots.at({.owner = owner, .level = told.level, .name = told.name});
    if (slot == known)
        lists.add(holder.told, slot);
    lists.add(slots.list(slot), at);
}

// V8 stops once more when a file is over, at its last letter: the brace of a function, it may be.
bool LineIndex::isFileEnd(std::uint32_t call, const events::LineReached& event) const
{
    return event.point == LinePoint::Return && call != kNone && calls[call].topOf != 0 && calls[call].stops.count != 0;
}

// A statement's visit of its line counts once, in however many parts it is reached.
void LineIndex::addVisit(Index at, std::uint32_t call, StackId stack)
{
    const Frame frame = log.frame(stack);
    if (call != kNone && calls[call].stops.count != 0) {
        const Frame before = log.frame({log.event(lists.last(calls[call].stops)).stack});
        if (before.script == frame.script && before.line == frame.line && before.column < frame.column)
            return;
    }
    const std::uint32_t script = scriptNames.canonical(log, frame.script);
    if (script == 0)
        return;
    const std::uint32_t known = visits.size();
    const std::uint32_t slot = visits.at({.owner = script, .level = frame.line, .name = 0});
    if (slot == known) {
        LineList& lines = linesOfScript.at(script);
        if (lines.count == 0)
            scripts.push_back({script});
        lists.add(lines, slot);
    }
    lists.add(visits.list(slot), at);
}

// The first call of a script is that of its top level, which declares the functions.
void LineIndex::noteTopLevel(std::uint32_t call, StackId first)
{
    const std::uint32_t script = scriptNames.canonical(log, log.frame(first).script);
    if (script == 0 || calls[call].turns.count == 0)
        return;
    TopLevel& known = topLevels.at(script);
    const bool isFirst = known.begins == 0;
    if (isFirst)
        known.begins = first.value;
    const Frame begins = log.frame({known.begins});
    const Frame here = log.frame(first);
    const Record entry = log.event(turnsOf(call).front());
    if (begins.line != here.line || begins.column != here.column || !is<events::CallEntered>(entry)
        || as<events::CallEntered>(entry).function)
        return;
    known.isAgain = !isFirst;
    known.call = call;
    calls[call].topOf = script;
}

// Outermost of what a function sees around it is its script's top level, when that has anything to be seen: then each
// function of the script sees it. If one does not, the scope is that of a function.
void LineIndex::noteAround(std::uint32_t call, const events::LineReached& event)
{
    const std::uint32_t script = scriptNames.canonical(log, log.frame(event.stack).script);
    if (script == 0 || calls[call].topOf != 0)
        return;
    bool& seenBefore = aroundSeen.at(std::uint64_t {script} << 32 | event.visible.value);
    if (std::exchange(seenBefore, true))
        return;
    TopLevel& known = topLevels.at(script);
    const auto outermost = visibleName(outermostVisible(log.text(event.visible)));
    const bool isAround = outermost && outermost->level >= kAround;
    const bool isModule = isAround && outermost->scope == VariableScope::Module;
    if (isAround && (known.around == kNone || (isModule && !known.isModule))) {
        known.around = outermost->level;
        known.isModule = isModule;
        scriptOfLevel.at(known.around) = script;
    } else if (!isAround || outermost->level != known.around) {
        known.isOther = true;
    }
}

std::uint32_t LineIndex::topAt(Index place) const
{
    const auto* const turn = std::ranges::lower_bound(turns, place, {}, &Turn::at);
    return turn == turns.begin() ? kNone : (turn - 1)->top;
}

} // namespace bistro::app
