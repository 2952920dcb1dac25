// Writes a trace into a memory-mapped, growing file: no system call per event, and no descriptor kept (room.h grows the
// file).
//
// A file that others cut while it is written ends the recording, without a word in it: there is no place for one.
// Thread-safe: any thread may call any function. Memory handed in is copied. Failures of the world (a full disk, a
// limit) end the recording with an event that says so; the caller need not look. Callers in signal handlers: not
// allowed.
#pragma once

#include "layout.h"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace bistro::trace {

struct Limits {
    std::uint64_t events = 20'000'000;
    std::uint64_t bytes = 1024ull * 1024 * 1024;
};

// A text as stored: its id, and whether it was cut to kTextBytes.
struct StoredText {
    TextId id;
    bool truncated = false;
};

class Writer final {
public:
    // Begins to write into a file that a Room of another process, or of this one, has made. The error is a sentence for
    // people. `opened`: the file as a descriptor, where it may not be opened any more; it is closed. -1: none.
    [[nodiscard]] static std::expected<std::unique_ptr<Writer>, std::string> attach(
        const std::filesystem::path& file, Limits limits = {}, int opened = -1);
    // Creates the file, replacing one that exists, with a Room of its own, which goes with the writer.
    [[nodiscard]] static std::expected<std::unique_ptr<Writer>, std::string> create(
        const std::filesystem::path& file, Limits limits = {});
    ~Writer(); // finishes
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // The id of this text, the same for equal texts. Empty text is id 0.
    [[nodiscard]] StoredText intern(std::string_view text);
    // Stores a text that is not expected to come again. Empty text is id 0.
    [[nodiscard]] StoredText store(std::string_view text);
    // A new frame; the caller sees to it that equal frames are not added again and again.
    [[nodiscard]] StackId add(const Frame& frame);

    // Publishes the record, with the present time; or with the time of the record before it, for what follows from that
    // one at the same instant (half the price). False once recording has ended.
    bool append(Record record) { return append(record, false); }
    bool appendWithLast(Record record) { return append(record, true); }

    // From here on no time passes in the trace, or it goes on: for who records what ought not to count. One thread's.
    void clockStands(bool stands);

    [[nodiscard]] bool ended() const;

    // Ends the recording. Safe while other threads still append: they are refused.
    void finish();

private:
    struct Private;
    explicit Writer(std::unique_ptr<Private> d);
    bool append(const Record& record, bool sameInstant);
    std::unique_ptr<Private> m;
};

} // namespace bistro::trace
