// libuv's thread pool as libuv keeps it (src/threadpool.c of the version in runtimerules.h): one line of jobs, in which
// slow ones (name look-ups) stand in a line of their own behind a marker, so that at most half of the threads do slow
// work. A value; no I/O.
#pragma once

#include "state/fifo.h"
#include "state/idtree.h"
#include "trace/ids.h"

#include <optional>
#include <vector>

namespace bistro::app {

class PoolLine final {
public:
    using Job = std::uint32_t; // a JobId's value
    using Worker = std::uint32_t; // a WorkerId's value

    struct Busy {
        Job job = 0;
        Worker worker = 0;

        bool operator==(const Busy&) const = default;
    };

    void resize(std::uint32_t workers) { m_workers = workers; }
    void submitted(Job job, bool slow);
    void begun(Job job, Worker worker);
    void done(Job job);
    // The loop takes it from those that are done; or, cancelled, from the line.
    void delivered(Job job);
    // The loop has taken all that is done by now as one batch; what is done later waits for the next one.
    void batchBegins()
    {
        m_batch = m_done.size();
        m_taken = true;
    }
    void batchEnds()
    {
        m_batch = 0;
        m_taken = false;
    }

    // Threads that the pool has; libuv makes them all with its first job.
    [[nodiscard]] std::uint32_t workers() const { return m_workers; }
    [[nodiscard]] const std::vector<Busy>& busy() const { return m_busy; } // in the order in which they began
    // In the order in which threads will take them, at most `limit`.
    [[nodiscard]] std::vector<Job> line(std::size_t limit) const;
    [[nodiscard]] std::size_t waiting() const { return m_line.size() - (m_marker ? 1 : 0) + m_slow.size(); }
    // Finished, and not yet taken by the loop, in the order in which it will take them.
    [[nodiscard]] const Fifo<Job>& done() const { return m_done; }
    // How many of those the loop takes in this poll; the rest in the next.
    [[nodiscard]] std::size_t batch() const { return m_batch; }
    [[nodiscard]] bool batchTaken() const { return m_taken; } // this poll has had its batch

    // Which job the next free thread takes; nothing when none may be taken.
    [[nodiscard]] std::optional<Job> next() const;

    // On the heap, beside what it shares with the other.
    [[nodiscard]] std::size_t bytesBeside(const PoolLine& other) const
    {
        return m_line.bytesBeside(other.m_line) + m_slow.bytesBeside(other.m_slow)
            + m_standing.bytesBeside(other.m_standing) + m_busy.size() * sizeof(Busy)
            + m_done.bytesBeside(other.m_done);
    }

    bool operator==(const PoolLine&) const = default;

private:
    static constexpr Job kMarker = UINT32_MAX; // "take a slow one here"

    [[nodiscard]] bool slowAllowed() const { return m_slowRunning < (m_workers + 1) / 2; }

    std::uint32_t m_workers = 4;
    std::uint32_t m_slowRunning = 0;
    struct Standing {
        Fifo<Job>::Position position = 0; // in m_line, of a slow one in m_slow, as long as it waits
        bool slow = false;

        bool operator==(const Standing&) const = default;
    };

    void mark();

    bool m_marker = false; // m_line holds kMarker
    Fifo<Job>::Position m_markerAt = 0;
    Fifo<Job> m_line;
    Fifo<Job> m_slow;
    IdTree<Standing> m_standing; // of those that are not yet done
    std::vector<Busy> m_busy;
    Fifo<Job> m_done;
    std::size_t m_batch = 0;
    bool m_taken = false;
};

} // namespace bistro::app
