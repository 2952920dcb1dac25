// Any state of a trace, quickly: the newest, which grows with the trace, and the one after any number of events, folded
// from the nearest checkpoint.
//
// Checkpoints are copies of the state, which share what did not change between them. Their memory is bounded by a share
// for each event, so they lie close together unless much changes all the time. Who steps backwards finds a few more
// near the place that was looked at last.
//
// One thread at a time, as the reader.
#pragma once

#include "state/loopstate.h"
#include "trace/reader.h"

#include <cstddef>
#include <vector>

namespace bistro::app {

class History final {
public:
    // The reader must outlive the history and stay where it is.
    explicit History(const trace::Reader& reader)
        : m_reader(reader)
    {
    }

    // Folds the next event, which must be head().size and in the reader.
    void advance(const trace::Record& event);
    [[nodiscard]] const LoopState& head() const { return m_head; }

    // The state after the first n events, or all that are folded when those are fewer. Valid until the next call of
    // at() or advance().
    [[nodiscard]] const LoopState& at(Index n);

    // Bytes that checkpoints take, those near the place looked at included.
    [[nodiscard]] std::size_t bytes() const { return m_bytes + m_nearBytes; }
    [[nodiscard]] std::size_t checkpoints() const { return m_checkpoints.size(); }

private:
    struct Checkpoint {
        LoopState state;
        std::size_t bytes = 0;
    };

    void keep();
    [[nodiscard]] const LoopState* nearest(Index n) const;
    void foldTo(Index n);
    void foldToLeavingSome(Index n);

    const trace::Reader& m_reader;
    Names m_names;
    LoopState m_head;
    LoopState m_cursor; // what at() gave last
    std::vector<Checkpoint> m_checkpoints; // by size
    std::size_t m_bytes = 0;
    std::vector<Checkpoint> m_near; // by size; the closer to the place looked at last, the closer together
    std::size_t m_nearBytes = 0;
};

} // namespace bistro::app
