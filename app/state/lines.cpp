#include "state/lines.h"

#include "state/lineindex.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

namespace bistro::app {

using namespace trace;

namespace {

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const int small = std::tolower(static_cast<unsigned char>(c));
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// Whether that URL, as modules have it, names the file of that path.
bool namesFile(std::string_view url, std::string_view path)
{
    constexpr std::string_view kScheme = "file://";
    if (!url.starts_with(kScheme))
        return false;
    url.remove_prefix(kScheme.size());
    url = url.substr(0, url.find_first_of("?#"));
    std::size_t at = 0;
    for (std::size_t i = 0; i < url.size(); ++i, ++at) {
        char c = url[i];
        if (c == '%' && i + 2 < url.size() && hexDigit(url[i + 1]) >= 0 && hexDigit(url[i + 2]) >= 0) {
            c = static_cast<char>(hexDigit(url[i + 1]) * 16 + hexDigit(url[i + 2]));
            i += 2;
        }
        if (at >= path.size() || path[at] != c)
            return false;
    }
    return at == path.size();
}

} // namespace

LineLoops* LineIndex::loopsOf(std::uint32_t script) const
{
    const auto known = loops.find(script);
    if (known != loops.end())
        return known->second.get();
    const std::string_view source = log.source(log.text({script}));
    return source.empty() ? nullptr : loops.emplace(script, std::make_unique<LineLoops>(source)).first->second.get();
}

// Of a call's stops the one with that number, in a line that has a loop's head.
bool LineIndex::isVisit(LineLoops& of, std::span<const Index> ofCall, std::size_t i) const
{
    if (beginsRound(of, ofCall, i))
        return true;
    if (!beginsRun(of, ofCall, i))
        return false;
    // Where a loop in this line goes round, its rounds are the visits.
    const LineLoops::Stop& here = stopIn(of, ofCall[i]);
    const TextId script = log.frame({log.event(ofCall[i]).stack}).script;
    for (std::size_t next = i + 1; next < ofCall.size(); ++next) {
        const Frame frame = log.frame({log.event(ofCall[next]).stack});
        if (frame.line != here.line || frame.script != script || beginsRun(of, ofCall, next))
            break;
        if (beginsRound(of, ofCall, next))
            return false;
    }
    return true;
}

// A round of a loop that stands in one line: at the first stop of its body; where that is empty, at the test.
bool LineIndex::beginsRound(LineLoops& of, std::span<const Index> ofCall, std::size_t i) const
{
    const LineLoops::Stop& here = stopIn(of, ofCall[i]);
    const LineLoop* const loop = here.round;
    const bool returns = as<events::LineReached>(log.event(ofCall[i])).point == LinePoint::Return;
    if (!loop || returns) // a file is over at its last letter, a loop's brace perhaps
        return false;
    if (loop->isTest(here.token) && !loop->isBody(here.token)) {
        const LineLoops::Stop* const next = i + 1 < ofCall.size() ? &stopIn(of, ofCall[i + 1]) : nullptr;
        return next && (loop->isTest(next->token) || loop->isUpdate(next->token));
    }
    const LineLoops::Stop* const before = i > 0 ? &stopIn(of, ofCall[i - 1]) : nullptr;
    return !before || before->line != here.line || !loop->isBody(before->token) || before->column >= here.column;
}

// A visit as far as loops in one line are one statement.
bool LineIndex::beginsRun(LineLoops& of, std::span<const Index> ofCall, std::size_t i) const
{
    const auto stopAt = [&](std::size_t at) -> const LineLoops::Stop& { return stopIn(of, ofCall[at]); };
    const LineLoops::Stop& here = stopAt(i);
    const LineLoops::Stop* const before = i > 0 ? &stopAt(i - 1) : nullptr;
    const bool goesOn = before && before->line == here.line && before->column < here.column;
    if (here.inLine)
        return !goesOn && !(before && here.inLine->has(before->token));
    const LineLoop* const loop = here.head;
    if (!loop || loop->testLine == 0)
        return !goesOn;
    if (!loop->isTest(here.token))
        return !goesOn && (here.line < loop->testLine || here.line > loop->testLastLine);
    if (before && (loop->isBody(before->token) || loop->isTest(before->token) || loop->isUpdate(before->token))) {
        const LineLoops::Stop* const next = i + 1 < ofCall.size() ? &stopAt(i + 1) : nullptr;
        return next && (loop->isBody(next->token) || loop->isTest(next->token) || loop->isUpdate(next->token));
    }
    // The first round: what stands in the line before the loop may have begun this visit.
    std::size_t first = i;
    while (first > 0 && loop->isSetup(stopAt(first - 1).token) && stopAt(first - 1).line == here.line)
        --first;
    if (first == 0)
        return true;
    const LineLoops::Stop& left = stopAt(first - 1);
    return left.line != here.line || left.column > stopAt(first).column || loop->has(left.token);
}

std::span<const Index> LineIndex::visitsOf(LineLoops& of, std::uint32_t slot) const
{
    Visits& known = loopVisits[slot];
    if (std::exchange(known.seen, seen) == seen)
        return known.stops;
    known.stops.clear();
    for (const Index begun : lists.of(visits.list(slot))) {
        const std::uint32_t call = callNumber(as<events::LineReached>(log.event(begun)).call);
        if (call == kNone) {
            known.stops.push_back(begun);
            continue;
        }
        const auto ofCall = stopsOf(call);
        for (std::size_t i = countIn(ofCall, begun); i < ofCall.size(); ++i) {
            if (isVisit(of, ofCall, i))
                known.stops.push_back(ofCall[i]);
            if (i + 1 == ofCall.size())
                break;
            const Frame here = log.frame({log.event(ofCall[i]).stack});
            const Frame next = log.frame({log.event(ofCall[i + 1]).stack});
            if (here.script != next.script || here.line != next.line || here.column >= next.column)
                break;
        }
    }
    if (!std::ranges::is_sorted(known.stops)) // a test may call its own function
        std::ranges::sort(known.stops);
    return known.stops;
}

Lines::Lines(const TraceLog& log)
    : m_log(log)
    , m(std::make_unique<LineIndex>(log))
{
}

Lines::~Lines() = default;

void Lines::refresh(TraceLog::Nanoseconds limit)
{
    constexpr Index kAtOnce = 256; // events between two looks at the clock
    m->histories.clear();
    const bool limited = limit != TraceLog::kNoLimit;
    const auto until = limited ? std::chrono::steady_clock::now() + limit
                               : std::chrono::steady_clock::time_point::max();
    while (m->seen < m_log.size()) {
        if (!m->isFull())
            m->take(m->seen);
        ++m->seen;
        if (limited && m->seen % kAtOnce == 0 && std::chrono::steady_clock::now() >= until)
            return;
    }
}

Index Lines::seen() const
{
    return m->seen;
}

std::span<const Index> Lines::stops() const
{
    return {m->stops.begin(), m->stops.size()};
}

std::size_t Lines::countBefore(Index place) const
{
    return LineIndex::countIn(stops(), place);
}

Index Lines::endOfStop(Index stop) const
{
    const std::size_t number = countBefore(stop);
    return number < m->stops.size() && m->stops[number] == stop ? m->ends[number] : stop + 1;
}

Index Lines::endedAt() const
{
    return m->ended;
}

std::span<const Index> Lines::skipped() const
{
    return {m->skipped.begin(), m->skipped.size()};
}

std::span<const Index> Lines::throws() const
{
    return {m->throws.begin(), m->throws.size()};
}

Index Lines::stopAt(Index place) const
{
    return LineIndex::lastIn(stops(), place);
}

Index Lines::doneAt(Index place) const
{
    const Index stop = stopAt(place);
    return stop == kNoEvent ? kNoEvent : LineIndex::lastIn(stopsOf(callOf(stop)), stop);
}

CallId Lines::callOf(Index stop) const
{
    if (stop >= m->seen)
        return {};
    const Record event = m_log.event(stop);
    return is<events::LineReached>(event) ? as<events::LineReached>(event).call : CallId {};
}

std::span<const Index> Lines::visits(TextId script, std::uint32_t line) const
{
    const std::uint32_t slot = m->visits.find({.owner = m->scriptNames.find(script), .level = line, .name = 0});
    if (slot == LineSlots::kNone)
        return {};
    LineLoops* const loops = m->loopsOf(m->visits.key(slot).owner);
    return loops && loops->concern(line) ? m->visitsOf(*loops, slot) : m->lists.of(m->visits.list(slot));
}

// Of the loops that stand in that line: what was counted at the first place of each body.
std::optional<std::uint32_t> LineIndex::roundsIn(LineLoops& of, std::uint32_t script, std::uint32_t line) const
{
    std::map<const LineLoop*, std::pair<std::size_t, std::uint32_t>> rounds; // token, how often
    for (const Counted& one : counted) {
        const Frame frame = log.frame(one.place);
        if (frame.line != line || scriptNames.find(frame.script) != script)
            continue;
        const LineLoops::Stop& stop = of.at(one.place, frame);
        if (!stop.round || !stop.round->isBody(stop.token))
            continue;
        const auto [known, isNew] = rounds.try_emplace(stop.round, stop.token, one.visits);
        if (!isNew && stop.token < known->second.first)
            known->second = {stop.token, one.visits};
    }
    std::uint64_t all = 0;
    for (const auto& [loop, its] : rounds)
        all += its.second;
    const auto most = std::min<std::uint64_t>(all, UINT32_MAX);
    return all == 0 ? std::nullopt : std::optional(static_cast<std::uint32_t>(most));
}

// Of the places in a line the first tells it. A loop's head has no count of its own that says how often it went round:
// its body's first place has.
std::optional<std::uint32_t> Lines::countOf(TextId script, std::uint32_t line) const
{
    const std::uint32_t number = m->scriptNames.find(script);
    LineLoops* const loops = m->loopsOf(number);
    const LineIndex::Counted* first = nullptr;
    for (const LineIndex::Counted& one : m->counted) {
        const Frame frame = m_log.frame(one.place);
        if (frame.line == line && m->scriptNames.find(frame.script) == number
            && (!first || frame.column < m_log.frame(first->place).column))
            first = &one;
    }
    if (!first)
        return std::nullopt;
    if (!loops || !loops->concern(line))
        return first->visits;
    if (const auto inLine = m->roundsIn(*loops, number, line))
        return inLine;
    const LineLoops::Stop here = loops->at(first->place, m_log.frame(first->place));
    if (here.inLine || !here.head)
        return first->visits;
    std::optional<std::uint32_t> rounds;
    std::size_t nearest = here.head->end;
    for (const LineIndex::Counted& one : m->counted) {
        const Frame frame = m_log.frame(one.place);
        if (m->scriptNames.find(frame.script) != number)
            continue;
        const std::size_t token = loops->at(one.place, frame).token;
        if (here.head->isBody(token) && token < nearest) {
            nearest = token;
            rounds = one.visits;
        }
    }
    return rounds;
}

std::vector<std::uint32_t> Lines::linesOf(TextId script) const
{
    std::vector<std::uint32_t> lines;
    if (const LineList* const slots = m->linesOfScript.find(m->scriptNames.find(script))) {
        for (const std::uint32_t slot : m->lists.of(*slots))
            lines.push_back(m->visits.key(slot).level);
    }
    std::ranges::sort(lines);
    return lines;
}

std::vector<TextId> Lines::scripts() const
{
    return m->scripts;
}

TextId Lines::scriptOf(std::string_view path) const
{
    const auto found = std::ranges::find_if(m->scripts, [&](TextId script) {
        const std::string_view name = m_log.text(script);
        return name == path || namesFile(name, path);
    });
    return found == m->scripts.end() ? TextId {} : *found;
}

} // namespace bistro::app
