// A trace as the application sees it: its events, the state after any of them, and where things lie in it. Everything
// in the window reads one TraceLog, whether the program still runs or its file was opened again.
//
// While the trace grows, call refresh() once a frame: it takes in what was published since, for no longer than it was
// allowed to, and goes on with the rest the next time. All that the log answers is about the events that it has taken
// in (size()).
//
// The GUI's thread only. Texts stay valid as long as the log; states until the next call of stateAt() or refresh();
// spans until the next refresh().
#pragma once

#include "state/eventofid.h"
#include "state/growingarray.h"
#include "state/history.h"
#include "state/loopstate.h"
#include "state/memorylimit.h"
#include "trace/reader.h"
#include "trace/views.h"

#include <chrono>
#include <expected>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bistro::app {

struct CallSite;
struct Remembered;

class TraceLog final {
public:
    using Nanoseconds = std::chrono::nanoseconds;
    static constexpr Nanoseconds kNoLimit = Nanoseconds::max();

    // Opens a trace, whole or still growing, and takes in what is there, for no longer than `limit`. The error is a
    // sentence for people.
    [[nodiscard]] static std::expected<std::unique_ptr<TraceLog>, std::string> open(
        const std::filesystem::path& file, Nanoseconds limit = kNoLimit);
    // The same from memory, all of it: see Reader.
    [[nodiscard]] static std::expected<std::unique_ptr<TraceLog>, std::string> openBytes(
        std::span<const std::byte> bytes);
    ~TraceLog();
    TraceLog(const TraceLog&) = delete;
    TraceLog& operator=(const TraceLog&) = delete;

    // Takes in what was published since; how many events those are. Costs one load when there are none.
    Index refresh(Nanoseconds limit = kNoLimit);
    // False when there is more: published since the last refresh(), or more than that had time for.
    [[nodiscard]] bool caughtUp() const { return size() >= m_reader.size() && !m_reader.hasMore(); }
    // Why reading stopped before the last event that the file claims to hold: a sentence; empty when it did not.
    [[nodiscard]] std::string_view damage() const;
    // Whether the file is another one now than when it was opened, so that there is nothing left to look at: see
    // Reader. Found out by refresh().
    [[nodiscard]] bool lost() const;

    [[nodiscard]] Index size() const { return m_history.head().size; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] trace::Record event(Index index) const { return m_reader.event({index}); }
    // Past the events of lines, of which a thousand may lie between two of the loop: the place itself when the event
    // there (before it) is none, else behind them (before the first of them). Costs a search. Walked by loopevents.h.
    [[nodiscard]] Index behindLines(Index place) const;
    [[nodiscard]] Index beforeLines(Index place) const;
    // How many of the first so many events are none of lines.
    [[nodiscard]] Index countWithoutLines(Index place) const;
    // Empty for id 0 and for what is not defined: log.text(event.callback).
    [[nodiscard]] std::string_view text(trace::TextId id) const { return m_reader.text(id); }
    [[nodiscard]] trace::Frame frame(trace::StackId id) const { return m_reader.frame(id); }
    [[nodiscard]] const trace::Reader& reader() const { return m_reader; }

    // The state after the last event, and after the first n, n at most size().
    [[nodiscard]] const LoopState& head() const { return m_history.head(); }
    [[nodiscard]] const LoopState& stateAt(Index n) const { return m_history.at(n); }

    // The event that created the order, the last that says so (a microtask's resource comes before it); of a call of
    // the program's listeners the one that starts it; kNoEvent when the trace does not say.
    [[nodiscard]] Index createdAt(OrderId order) const;
    // The event that started it first; kNoEvent when it never ran.
    [[nodiscard]] Index startedAt(OrderId order) const;
    // What kind of order it is, by its creation; an unknown async id is a script.
    [[nodiscard]] OrderKind kindOf(OrderId order) const;
    // What caused it: Node's trigger of a resource, the promise that a promise waits for, else who placed it. None for
    // a root.
    [[nodiscard]] OrderId trigger(OrderId order) const;
    // Whose code was running when it was created; none when nobody's was.
    [[nodiscard]] OrderId placedBy(OrderId order) const;
    // The event that started the innermost call that ran right before this event; kNoEvent when none did. Looks at some
    // thousand events at most.
    [[nodiscard]] Index callAround(Index event) const;

    // Events, in order: what the program wrote; the calls into JavaScript made while none was running; the starts of
    // iterations.
    [[nodiscard]] std::span<const Index> outputs() const { return m_outputs; }
    // What the sandbox has refused (AccessRefused), and limits that the program has come to (LimitReached), in order;
    // what kept it in (SandboxSet; kNoEvent: nothing is told of that).
    [[nodiscard]] std::span<const Index> refusals() const { return m_refusals; }
    [[nodiscard]] std::span<const Index> limits() const { return m_limits; }
    [[nodiscard]] Index sandbox() const { return m_sandbox; }
    [[nodiscard]] std::span<const Index> outermostStarts() const { return m_outermostStarts; }
    [[nodiscard]] std::span<const Index> iterations() const { return m_iterations; }
    // By which Node looked at its timers before the loop's first iteration: the phase's beginning, and what it did in
    // it.
    [[nodiscard]] std::span<const Index> earlyLooks() const { return m_earlyLooks; }
    // The first of the calls that were made in a row, ticks and microtasks and nothing else, up to the outermost call
    // `start`, and none of them before `from`; kNoEvent when that call is no tick or microtask itself, or lies before.
    [[nodiscard]] Index rowOfNotes(Index start, Index from) const;
    // The event that gave the job to the thread pool last; kNoEvent when the trace does not say.
    [[nodiscard]] Index submittedAt(std::uint32_t job) const { return m_submitted.find(job); }
    // What was given to the pool, in order; and the first event by which a server listened; kNoEvent: none has.
    struct Submission {
        Index at = 0;
        Index call = kNoEvent; // the start of the innermost call that ran then
    };
    [[nodiscard]] std::span<const Submission> submissions() const
    {
        return {m_submissions.begin(), m_submissions.size()};
    }
    [[nodiscard]] Index listenedAt() const { return m_listened; }
    // The request that came on this connection: the first that starts at that event or later, else the last before;
    // kNoEvent when none came.
    [[nodiscard]] Index requestOn(std::uint32_t connection, Index from) const;
    // The last that came on it before that event; kNoEvent when none had come.
    [[nodiscard]] Index lastRequestOn(std::uint32_t connection, Index before) const;
    // Which of the accepted connections this one is, from 1; 0: it is none of them.
    [[nodiscard]] std::uint32_t numberOfConnection(std::uint32_t connection) const;
    // What the output number `line`, from 0, wrote; empty when its text was not recorded.
    [[nodiscard]] std::string_view outputText(std::size_t line) const;

    // The program's scripts that were seen in a stack, by their name in frames.
    struct Script {
        std::string_view name;
        std::string_view source; // empty when V8 had none
        bool truncated = false;
    };
    [[nodiscard]] std::span<const Script> scripts() const { return m_scripts; }
    // Empty when that script was not seen.
    [[nodiscard]] std::string_view source(std::string_view script) const;
    // The call that stands in the source where this frame was; null if there is none, or the source is not
    // known. Read once and remembered. Valid until the next call.
    [[nodiscard]] const CallSite* callAt(trace::StackId frame) const;
    // What others work out and keep (owner.h).
    [[nodiscard]] Remembered& remembered() const { return *m_remembered; }

    // As the engine recorded them; empty or Unknown before it has.
    [[nodiscard]] std::string_view arguments() const { return text(m_run.arguments); } // a JSON array
    [[nodiscard]] std::string_view versions() const { return text(m_run.versions); } // a JSON object
    [[nodiscard]] std::string_view directory() const { return text(m_run.directory); }
    [[nodiscard]] trace::EntryKind entryKind() const { return m_entry.entry; }
    [[nodiscard]] std::string_view entryFile() const { return text(m_entry.file); }
    // Nanoseconds since 1970 (UTC) at the run's start.
    [[nodiscard]] std::uint64_t wallStart() const { return m_reader.wallStart(); }

    // Memory beside the mapped file: indexes, checkpoints, states.
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Note; // of each event: tracelog.cpp

    explicit TraceLog(trace::Reader reader);
    void note(Index index, const trace::Record& event);
    void noteStart(Index index, OrderId order, bool outermost);
    void noteAround();
    void holdToLimit();

    trace::Reader m_reader;
    MemoryLimit m_limit;
    mutable History m_history; // remembers what was looked at
    EventOfId m_createdAsync;
    EventOfId m_createdPromise;
    EventOfId m_startedAsync;
    EventOfId m_startedPromise;
    EventOfId m_handlers; // the calls of the program's listeners, which are orders from their start on
    // Events of lines that follow each other.
    struct LineRun {
        Index first = 0;
        Index behind = 0;
        Index before = 0; // events of lines before it
    };
    [[nodiscard]] const LineRun* lineRunBefore(Index place) const; // the last that begins before; null: none does
    GrowingArray<LineRun> m_lineRuns;
    GrowingArray<Index> m_outputs;
    GrowingArray<Index> m_refusals;
    GrowingArray<Index> m_limits;
    Index m_sandbox = kNoEvent;
    GrowingArray<Index> m_outermostStarts;
    GrowingArray<Index> m_iterations;
    GrowingArray<Index> m_earlyLooks;
    struct Row {
        Index first = 0;
        Index last = 0;
    };
    GrowingArray<Row> m_rows; // of two notes at least
    bool m_lastIsNote = false; // of the outermost starts
    EventOfId m_submitted;
    GrowingArray<Submission> m_submissions;
    Index m_listened = kNoEvent;
    // The calls that ran at each event that is a multiple of some number: the innermost, and around it the next.
    // Shared: a call has one entry, however long it runs.
    struct Around {
        Index started = 0;
        std::uint32_t outer = 0; // 0 for none, else one more than its place in m_around
    };
    GrowingArray<Around> m_around;
    GrowingArray<std::uint32_t> m_innermost; // each one more than its place in m_around; 0 for none
    std::vector<std::uint32_t> m_open; // of those that ran when that was looked at last, outermost first
    std::vector<Script> m_scripts;
    std::unordered_map<std::string_view, std::size_t> m_scriptOf; // by its name: the first
    mutable std::unordered_map<std::uint32_t, std::unique_ptr<CallSite>> m_calls; // by frame
    std::unique_ptr<Remembered> m_remembered;
    std::unordered_map<std::uint32_t, std::vector<Index>> m_requests; // that came, by connection
    std::unordered_map<std::uint32_t, std::uint32_t> m_connections; // in the order in which they were accepted
    trace::events::RunStarted m_run;
    trace::events::EntryFound m_entry;
};

} // namespace bistro::app
