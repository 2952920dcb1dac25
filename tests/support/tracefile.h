// Builds the bytes of a trace by hand, the wrong ones too.
#pragma once

#include "trace/layout.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace bistro::tests {

class TraceFile final {
public:
    TraceFile();

    trace::TextId text(std::string_view text);
    trace::StackId frame(const trace::Frame& frame);
    // A definition as it is, sound or not.
    void define(std::uint32_t kind, std::uint32_t statedBytes, std::string_view bytes);
    // The record as it is. Times are the caller's.
    TraceFile& event(const trace::Record& record);

    // Overwrites what lies at this offset of the header.
    template <typename T>
    TraceFile& header(std::size_t offset, T value)
    {
        put(offset, &value, sizeof value);
        return *this;
    }

    // As a closed file has it: the last segment short.
    [[nodiscard]] const std::vector<std::byte>& bytes() const { return m_bytes; }

private:
    void put(std::size_t offset, const void* bytes, std::size_t size);
    std::size_t newSegment(trace::SegmentKind kind);

    std::vector<std::byte> m_bytes;
    std::uint32_t m_segments = 0;
    std::uint64_t m_published = 0;
    std::uint32_t m_texts = 0;
    std::uint32_t m_frames = 0;
    std::size_t m_definitions = 0; // offset of the segment
    std::size_t m_definitionsUsed = trace::kSegmentBytes;
    std::size_t m_records = 0;
};

// A small run as the engine would record it: two texts, two frames, eight events.
[[nodiscard]] TraceFile smallTrace();

} // namespace bistro::tests
