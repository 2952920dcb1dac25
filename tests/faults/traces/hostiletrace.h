// Traces that somebody made to hurt, written straight to disk, however large.
#pragma once

#include "trace/layout.h"

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace bistro::tests {

class HostileTrace final {
public:
    // Replaces the file. Aborts where it can't be written: then there is no test.
    explicit HostileTrace(const std::filesystem::path& file);
    ~HostileTrace(); // writes the header: before, it is no trace
    HostileTrace(const HostileTrace&) = delete;
    HostileTrace& operator=(const HostileTrace&) = delete;

    // Before any event.
    trace::TextId text(std::string_view text);
    trace::StackId frame(const trace::Frame& frame);
    // A time of 0: one microsecond after the event before.
    void event(trace::Record record);

    // An event of the kind, sound by itself: of ids and numbers the i-th that lies as far from the others as they can,
    // of texts and frames the longest and the deepest.
    [[nodiscard]] trace::Record anyOf(trace::EventKind kind, std::uint32_t i) const;
    // What each real trace begins with, and a text as long as they may be, as anyOf() names it.
    void begin();

private:
    void define(trace::DefinitionKind kind, const void* bytes, std::size_t size);
    void endSegment(trace::SegmentKind kind);
    void write(const void* bytes, std::size_t size, std::uint64_t offset) const;

    int m_fd = -1;
    std::vector<std::byte> m_segment;
    std::size_t m_used = 0;
    std::vector<trace::SegmentKind> m_kinds;
    std::uint32_t m_texts = 0;
    std::uint32_t m_frames = 0;
    std::uint64_t m_published = 0;
    std::uint64_t m_time = 0;
};

} // namespace bistro::tests
