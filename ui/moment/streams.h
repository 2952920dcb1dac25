// Streams: what goes to the pool piece by piece, a file that is read, compressed and written. Node places each piece by
// itself; to people all of them are one thing, which the program has begun: its parts are the calls that it made for
// it.
//
// Found by the jobs that Node places in the name of one call again and again, and by who gives whom something to do: a
// part whose job is placed within the call of another one belongs to the same stream. GUI thread; grows with the log.
#pragma once

#include "state/tracelog.h"

#include <functional>
#include <map>
#include <vector>

namespace bistro::ui {

class StreamIndex final {
public:
    // The order in whose name a job is placed; none: nobody's.
    using InName = std::function<app::OrderId(app::OrderId)>;

    struct Part {
        app::OrderId root; // that the program placed
        std::size_t stream = 0;
        std::uint32_t jobs = 0;
        app::Index first = 0; // the submission of its first job and of its last one, as far as is known
        app::Index last = 0;
    };

    // Takes in what the log has and this has not, but no more than so many jobs.
    void take(const app::TraceLog& log, const InName& inName, std::size_t most);

    // In the order in which they began to work. A stream of one part is one, too.
    [[nodiscard]] const std::vector<Part>& parts() const { return m_parts; }
    [[nodiscard]] const Part* partOf(app::OrderId root) const;
    // Those that have begun and have not placed their last job, after so many events: each by its number.
    [[nodiscard]] std::vector<std::size_t> openAt(app::Index place) const;

private:
    void join(std::size_t one, std::size_t other);

    std::vector<Part> m_parts;
    std::map<app::OrderId, std::size_t> m_partOf;
    std::size_t m_seen = 0; // of the log's submissions
};

} // namespace bistro::ui
