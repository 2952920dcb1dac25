#include "state/lines.h"

#include "state/lineindex.h"

#include <algorithm>
#include <cctype>

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
    return slot == LineSlots::kNone ? std::span<const Index> {} : m->lists.of(m->visits.list(slot));
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
