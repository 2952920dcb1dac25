// The file of a trace while a run is recorded into it, in the process that started the engine.
//
// The engine's own process keeps no descriptor of its trace: the program that runs there could find it, and cut or
// overwrite the file through it. So the file is made, grown and completed here. The writer asks by a futex in the
// mapped header and is answered there; some segments are always ready before they are asked for, so that it need not
// wait. A full disk, or a limit of file sizes, is an answer too: the recording ends with an event.
//
// One thread may call; a thread of its own waits for the writer's requests and costs nothing while there are none.
#pragma once

#include "layout.h"

#include <expected>
#include <memory>
#include <optional>

namespace bistro::trace {

class Room final {
public:
    // Takes the descriptor, open for reading and writing, of an empty file, and makes what a writer begins with:
    // Writer::attach(). The error is an errno; the descriptor is closed then.
    [[nodiscard]] static std::expected<std::unique_ptr<Room>, int> make(int fd);
    ~Room(); // finishes, with nothing to add
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;

    enum class Kept {
        Whole,
        Nothing, // no writer has begun
        Damaged, // the file is not what the writer made of it: somebody else has cut or overwritten it
    };
    // Call when the writer is gone, however it went. Appends the record, with the time of this call, and shortens the
    // file to what it holds.
    Kept finish(std::optional<Record> last = {});

private:
    struct Private;
    explicit Room(std::unique_ptr<Private> d);
    std::unique_ptr<Private> m;
};

// The writer's side of it. Waits until the file has place for this segment, counted from 0; a reason when there will be
// none. No place within ten seconds is a disk that does not answer, or a process that is gone: as good as full.
[[nodiscard]] std::optional<RecordingEnd> waitForRoom(Header& header, std::uint32_t segment);

} // namespace bistro::trace
