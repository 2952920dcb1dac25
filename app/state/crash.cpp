#include "state/crash.h"
#include "state/loopevents.h"

#include "trace/views.h"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <ranges>
#include <utility>

namespace bistro::app {
namespace {

using namespace trace;

constexpr Index kFarthest = 200; // events between the error and the state, or its report
constexpr std::size_t kMostFrames = 128;

std::string_view takeLine(std::string_view& text)
{
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    return line;
}

std::uint32_t takeNumber(std::string_view& text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos)
        return 0;
    const std::string_view digits = text.substr(colon + 1);
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size())
        return 0;
    text = text.substr(0, colon);
    return number;
}

// "Timeout.dish [as _onTimeout]": dish; "Object.<anonymous>": none.
std::string_view functionOf(std::string_view text)
{
    for (const std::string_view prefix : {"async ", "new "}) {
        if (text.starts_with(prefix))
            text.remove_prefix(prefix.size());
    }
    text = text.substr(0, text.find(" ["));
    const std::string_view name = text.substr(text.rfind('.') + 1);
    return name == "<anonymous>" ? std::string_view() : name;
}

// "    at dish (/home/ada/lesson.js:3:9)" or "    at /home/ada/lesson.js:3:9", either perhaps "async"; the last one
// ends with " {" where the error's own properties follow.
std::optional<CodePlace> frameOf(std::string_view line)
{
    constexpr std::string_view at = "    at ";
    if (!line.starts_with(at))
        return {};
    line.remove_prefix(at.size());
    if (line.ends_with(" {"))
        line.remove_suffix(2);
    CodePlace place;
    if (const std::size_t bracket = line.rfind(" ("); line.ends_with(')') && bracket != std::string_view::npos) {
        place.function = functionOf(line.substr(0, bracket));
        line = line.substr(bracket + 2, line.size() - bracket - 3);
    } else if (line.starts_with("async ")) {
        line.remove_prefix(6);
    }
    place.column = takeNumber(line);
    place.line = takeNumber(line);
    place.script = line;
    return place;
}

bool isLearners(const CodePlace& place)
{
    return place.line != 0 && !isNodesScript(place.script)
        && (place.script.starts_with('/') || place.script.starts_with("file:"));
}

// Node prints "file:line", the line itself, one with ^^^ below the place, and the error with its stack.
std::vector<CodePlace> framesOf(std::string_view report)
{
    std::vector<CodePlace> frames;
    CodePlace first;
    std::string_view head = takeLine(report);
    first.line = takeNumber(head);
    first.script = head;
    takeLine(report);
    std::string_view rest = report;
    if (const std::string_view marks = takeLine(rest); marks.find('^') != std::string_view::npos)
        first.column = static_cast<std::uint32_t>(marks.find('^')) + 1;
    bool innermost = true;
    bool unread = false; // Node itself stopped, while it read the text at the head
    while (!report.empty() && frames.size() < kMostFrames) {
        const auto frame = frameOf(takeLine(report));
        if (!frame)
            continue;
        if (std::exchange(innermost, false))
            unread = frame->script.starts_with("node:internal/");
        if (isLearners(*frame))
            frames.push_back(*frame);
    }
    // What is no Error has no stack, and a text that could not be read is on none.
    if ((unread || frames.empty()) && isLearners(first))
        frames.insert(frames.begin(), first);
    return frames;
}

// Whether the run ended because the listener threw an error itself: Node's exit code for that is 7.
bool hasFailed(const TraceLog& log, Index listener, Index size)
{
    if (log.stateAt(size).end->code != 7)
        return false;
    const auto call = as<events::HandlerStarted>(log.event(listener)).handler;
    for (const Index i : eventsFrom(log, listener + 1)) {
        const Record event = log.event(i);
        if (i >= size)
            break;
        if (is<events::HandlerFinished>(event) && as<events::HandlerFinished>(event).handler == call)
            return event.flags & FlagInferred; // the recorder concluded it from the end of the run
    }
    return true;
}

// The line right before the first frame: "Error: spilt".
std::string_view messageOf(std::string_view report)
{
    std::string_view before;
    while (!report.empty()) {
        const std::string_view line = takeLine(report);
        if (frameOf(line))
            return before;
        before = line;
    }
    return {};
}

} // namespace

Index listenerTold(const TraceLog& log, Index error)
{
    bool monitored = false; // uncaughtExceptionMonitor only hears of it
    for (const Index i : eventsFrom(log, error + 1, kFarthest - 1)) {
        const Record event = log.event(i);
        if (is<events::HandlerStarted>(event)) {
            const std::string_view name = log.text(as<events::HandlerStarted>(event).name);
            if (name == "uncaughtException" || name == "error")
                return i;
            monitored = name == "uncaughtExceptionMonitor";
            if (!monitored)
                return kNoEvent;
        } else if (is<events::HandlerFinished>(event)) {
            monitored = false;
        } else if (!monitored && (startsCall(event) || endsCall(event))) {
            return kNoEvent;
        }
    }
    return kNoEvent;
}

Crash crashAt(const TraceLog& log, Index size)
{
    Crash crash;
    if (size == 0)
        return crash;
    const LoopState& state = log.stateAt(size);
    const bool failed = state.end && state.end->kind == EndKind::ExitCode && state.end->code != 0;
    if (state.end && !failed)
        return crash;
    for (const Index i : eventsBefore(log, size, kFarthest)) {
        const Record event = log.event(i);
        if (event.kind == EventKind::UncaughtError) {
            crash.error = i;
            const std::string_view whole = log.text(as<events::UncaughtError>(event).message);
            crash.message = whole.substr(0, whole.find('\n'));
            break;
        }
        if (!failed && startsCall(event))
            break;
    }
    if (!crash)
        return crash;
    const Index listener = listenerTold(log, crash.error);
    const bool takenOver = listener != kNoEvent;
    if (takenOver && (!failed || !hasFailed(log, listener, size)))
        return {};
    for (const Index i : eventsFrom(log, crash.error + 1, kFarthest - 1)) {
        const Record event = log.event(i);
        if (is<events::UncaughtError>(event) || (startsCall(event) && !is<events::HandlerStarted>(event)))
            break;
        if (!is<events::Output>(event))
            continue;
        const auto output = as<events::Output>(event);
        if (output.stream != Stream::Error)
            continue;
        const std::string_view report = log.text(output.text);
        crash.frames = framesOf(report);
        crash.report = report;
        if (const std::string_view own = messageOf(report); takenOver && !own.empty())
            crash.message = own;
        if (report.find(crash.message) != std::string_view::npos || !crash.frames.empty())
            break;
    }
    return crash;
}

// The warden ends whole programs; V8 has its own process abort.
std::optional<events::LimitReached> limitBehind(const Record& event, int signal)
{
    if (!is<events::LimitReached>(event))
        return {};
    const auto reached = as<events::LimitReached>(event);
    const bool aborted = reached.pid == 0 && (signal == SIGABRT || signal == SIGTRAP);
    const bool ends = [&] {
        switch (reached.limit) {
        case RunLimit::Heap: return aborted;
        case RunLimit::Memory: return aborted || signal == SIGKILL;
        case RunLimit::Files:
        case RunLimit::Time: return signal == SIGKILL;
        case RunLimit::Processes:
        case RunLimit::Workers:
        case RunLimit::Output:
        case RunLimit::OpenFiles:
        case RunLimit::FileSize: break; // an error that the program gets
        }
        return false;
    }();
    return ends ? std::optional(reached) : std::nullopt;
}

std::optional<events::LimitReached> limitThatEnded(const TraceLog& log, const LoopState& state)
{
    if (!state.end || state.end->kind != EndKind::Signal)
        return {};
    const auto limits = log.limits();
    const auto before = std::ranges::lower_bound(limits, state.end->at) - limits.begin();
    for (const Index at : limits.first(static_cast<std::size_t>(before)) | std::views::reverse) {
        if (const auto reached = limitBehind(log.event(at), static_cast<int>(state.end->code)))
            return reached;
    }
    return {};
}

} // namespace bistro::app
