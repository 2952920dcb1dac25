#include "withoutvalues.h"

#include "soundness.h"
#include "views.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <new>
#include <unistd.h>

namespace bistro::trace {
namespace {

// What each kind of event tells of values. Who adds one decides here whether it may be given away.
struct Emptying
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
          events::HandlerStarted, events::HandlerFinished, events::PoolStarted, events::WorkerEnded,
          events::CallEntered, events::LinesSkipped, events::LinesEnded, events::PlaceCounted, events::SandboxSet,
          events::AccessRefused, events::LimitReached> {
    using PassesWith::operator();

    explicit Emptying(Record& result)
        : record(result)
    {
    }

    void operator()(const events::VariableCaptured& e) const { empty(e, &events::VariableCaptured::value); }
    void operator()(const events::LineReached& e) const { empty(e, &events::LineReached::value); }
    void operator()(const events::VariableSet& e) const { empty(e, &events::VariableSet::value); }
    void operator()(const events::ObjectSeen& e) const { empty(e, &events::ObjectSeen::text); }
    // Without a name it is no property: nobody's, so that no reader shows one.
    void operator()(events::PropertySet e) const
    {
        e.holder = {};
        e.object = {};
        empty(e, &events::PropertySet::name, &events::PropertySet::value);
    }
    void operator()(const events::CallLeft& e) const { empty(e, &events::CallLeft::value); }
    void operator()(const events::CallGiven& e) const { empty(e, &events::CallGiven::value); }
    void operator()(const events::ErrorThrown& e) const { empty(e, &events::ErrorThrown::value); }

    template <typename Event, typename... Fields>
    void empty(Event event, Fields... texts) const
    {
        if ((static_cast<bool>(event.*texts) || ...))
            event.flags |= FlagTruncated;
        ((event.*texts = TextId {}), ...);
        record = recordOf(event);
    }

    Record& record;
};

// Which texts and frames the events name, and what their numbers are in the copy.
class Definitions final {
public:
    explicit Definitions(const Reader& trace)
        : m_trace(trace)
        , m_texts(trace.texts() + 1)
        , m_frames(trace.frames() + 1)
    {
        for (std::uint64_t i = 0; i < trace.size(); ++i)
            note(withoutValues(trace.event({i})));
        number(m_texts);
        number(m_frames);
    }

    [[nodiscard]] Record renamed(Record record) const
    {
        const Sound& sound = soundness()[static_cast<std::size_t>(record.kind)];
        record.stack = numberOf(m_frames, record.stack);
        for (std::size_t slot = 1; slot < sound.texts.size(); ++slot) {
            if (sound.texts[slot] != 0)
                at(record, slot) = numberOf(m_texts, at(record, slot));
        }
        return record;
    }
    [[nodiscard]] Frame renamed(Frame frame) const
    {
        frame.function.value = numberOf(m_texts, frame.function.value);
        frame.script.value = numberOf(m_texts, frame.script.value);
        frame.caller.value = numberOf(m_frames, frame.caller.value);
        return frame;
    }

    // Those that are kept, in the order of their numbers.
    template <typename Take>
    void visitTexts(const Take& take) const
    {
        for (std::uint32_t id = 1; id < m_texts.size(); ++id) {
            if (m_texts[id] != 0)
                take(m_trace.text({id}));
        }
    }
    template <typename Take>
    void visitFrames(const Take& take) const
    {
        for (std::uint32_t id = 1; id < m_frames.size(); ++id) {
            if (m_frames[id] != 0)
                take(renamed(m_trace.frame({id})));
        }
    }

private:
    static std::uint32_t& at(Record& record, std::size_t slot)
    {
        return slot == 1 ? record.a : slot == 2 ? record.b : slot == 3 ? record.c : record.d;
    }

    void note(Record record)
    {
        const Sound& sound = soundness()[static_cast<std::size_t>(record.kind)];
        for (std::size_t slot = 1; slot < sound.texts.size(); ++slot) {
            if (sound.texts[slot] != 0)
                noteText(at(record, slot));
        }
        for (std::uint32_t id = record.stack; id < m_frames.size() && m_frames[id] == 0 && id != 0;) {
            m_frames[id] = 1;
            const Frame frame = m_trace.frame({id});
            noteText(frame.function.value);
            noteText(frame.script.value);
            id = frame.caller.value;
        }
    }
    void noteText(std::uint32_t id)
    {
        if (id != 0 && id < m_texts.size())
            m_texts[id] = 1;
    }

    // The file may be changed by somebody while it is read.
    static std::uint32_t numberOf(const std::vector<std::uint32_t>& numbers, std::uint32_t id)
    {
        return id < numbers.size() ? numbers[id] : 0;
    }
    static void number(std::vector<std::uint32_t>& used)
    {
        std::uint32_t next = 0;
        for (std::uint32_t& one : used)
            one = one != 0 ? ++next : 0;
    }

    const Reader& m_trace;
    std::vector<std::uint32_t> m_texts; // 0: not named
    std::vector<std::uint32_t> m_frames;
};

// The file, segment by segment; the first error is kept.
class SegmentFile final {
public:
    explicit SegmentFile(int fd)
        : m_fd(fd)
    {
    }

    void define(DefinitionKind kind, const void* bytes, std::size_t size)
    {
        const std::size_t total = sizeof(DefinitionHead) + ((size + 7) & ~std::size_t {7});
        if (m_used + total > kSegmentBytes) {
            const std::size_t left = kSegmentBytes - m_used;
            if (left >= sizeof(DefinitionHead))
                putHead(DefinitionKind::Skip, left - sizeof(DefinitionHead));
            m_used = kSegmentBytes;
            endSegment(SegmentKind::Definitions);
        }
        putHead(kind, size);
        std::memcpy(m_segment.data() + m_used, bytes, size);
        m_used += total - sizeof(DefinitionHead);
    }
    // The last of them. Definition segments are whole.
    void endDefinitions()
    {
        if (m_used == 0)
            return;
        m_used = kSegmentBytes;
        endSegment(SegmentKind::Definitions);
    }

    void append(const Record& record)
    {
        std::memcpy(m_segment.data() + m_used, &record, sizeof record);
        m_used += sizeof record;
        ++m_published;
        if (m_used == kSegmentBytes)
            endSegment(SegmentKind::Records);
    }

    // At last: until then the file is no trace.
    [[nodiscard]] std::expected<void, int> finish(const Reader& trace)
    {
        if (m_used > 0)
            endSegment(SegmentKind::Records);
        alignas(Header) std::array<std::byte, kHeaderBytes> bytes {};
        Header& header = *new (bytes.data()) Header;
        header.magic = kMagic;
        header.major = kMajor;
        header.minor = kMinor;
        header.byteOrder = kByteOrder;
        header.headerBytes = kHeaderBytes;
        header.segmentBytes = kSegmentBytes;
        header.recordBytes = sizeof(Record);
        header.wallStart = trace.wallStart();
        header.eventLimit = trace.eventLimit();
        header.byteLimit = trace.byteLimit();
        header.published.store(m_published, std::memory_order_relaxed);
        header.segments.store(static_cast<std::uint32_t>(m_kinds.size()), std::memory_order_relaxed);
        std::memcpy(bytes.data() + kTableOffset, m_kinds.data(), m_kinds.size());
        write(bytes.data(), bytes.size(), 0);
        return m_error == 0 ? std::expected<void, int> {} : std::unexpected(m_error);
    }

private:
    void putHead(DefinitionKind kind, std::size_t size)
    {
        const DefinitionHead head {.kind = kind, .bytes = static_cast<std::uint32_t>(size)};
        std::memcpy(m_segment.data() + m_used, &head, sizeof head);
        m_used += sizeof head;
    }

    void endSegment(SegmentKind kind)
    {
        if (m_kinds.size() == kSegmentCapacity)
            m_error = EFBIG;
        if (m_error == 0) {
            write(m_segment.data(), m_used, segmentOffset(static_cast<std::uint32_t>(m_kinds.size())));
            m_kinds.push_back(kind);
        }
        std::ranges::fill(m_segment, std::byte {});
        m_used = 0;
    }

    void write(const std::byte* from, std::size_t left, std::uint64_t offset)
    {
        while (left > 0 && m_error == 0) {
            const ssize_t written = pwrite(m_fd, from, left, static_cast<off_t>(offset));
            if (written < 0 && errno == EINTR)
                continue;
            if (written <= 0) {
                m_error = written < 0 ? errno : ENOSPC;
                return;
            }
            from += written;
            left -= static_cast<std::size_t>(written);
            offset += static_cast<std::uint64_t>(written);
        }
    }

    int m_fd;
    int m_error = 0;
    std::vector<std::byte> m_segment = std::vector<std::byte>(kSegmentBytes);
    std::size_t m_used = 0; // of the segment
    std::vector<SegmentKind> m_kinds;
    std::uint64_t m_published = 0;
};

} // namespace

Record withoutValues(const Record& record)
{
    Record result = record;
    visit(record, Emptying(result));
    return result;
}

std::expected<void, int> writeWithoutValues(const Reader& trace, int fd)
{
    const Definitions definitions(trace);
    SegmentFile file(fd);
    definitions.visitTexts([&](std::string_view text) { file.define(DefinitionKind::Text, text.data(), text.size()); });
    definitions.visitFrames([&](const Frame& frame) { file.define(DefinitionKind::Frame, &frame, sizeof frame); });
    file.endDefinitions();
    for (std::uint64_t i = 0; i < trace.size(); ++i)
        file.append(definitions.renamed(withoutValues(trace.event({i}))));
    return file.finish(trace);
}

} // namespace bistro::trace
