// What the stage asks about orders beyond what a LoopState holds: names, places, times. The trace answers
// (tracefacts.h); tests answer by hand. GUI thread; cheap calls only, the stage asks for every order that it shows.
#pragma once

#include "state/loopstate.h"
#include "state/owner.h"

#include <QString>

#include <optional>
#include <vector>

namespace bistro::ui {

class StageFacts {
public:
    virtual ~StageFacts() = default;

    // An order's title: its callback's name, else the first text in it, else the API's name. Never empty.
    [[nodiscard]] virtual QString title(app::OrderId order) const = 0;
    // What it is, in the runtime's words: "readFile callback".
    [[nodiscard]] virtual QString kind(app::OrderId order) const = 0;
    // Line of the program that placed it, from 1; 0 when nobody knows.
    [[nodiscard]] virtual int line(app::OrderId order) const = 0;
    // Node's own: asked for by none of the program's lines.
    [[nodiscard]] virtual bool isNodesOwn(app::OrderId order) const = 0;

    // How much is told: with Detail::Everything, Node's own orders stand beside the program's, by their own names.
    [[nodiscard]] virtual app::Detail detail() const { return app::Detail::Program; }
    // The program's order in whose name it is there: itself, or the one that Node works for. None when Node has it for
    // itself, or just for the main script.
    [[nodiscard]] virtual app::OrderId inNameOf(app::OrderId order) const
    {
        return isNodesOwn(order) ? app::OrderId {} : order;
    }
    // Whether it has a slip of its own. What is not told is counted.
    [[nodiscard]] bool isTold(app::OrderId order) const
    {
        return detail() == app::Detail::Everything || !isNodesOwn(order);
    }
    // The same of what cooks or kernel do: that is told in the name of the program's order, too.
    [[nodiscard]] bool isToldAtWork(app::OrderId order) const { return isTold(order) || inNameOf(order); }

    // A job on the way: what calls it back is Node, which goes on with another one in the same order's name. Has no
    // number.
    [[nodiscard]] virtual bool isInnerStep(app::OrderId) const { return false; }
    // It was called before this state, once or again and again. What of it is left then is its next time.
    [[nodiscard]] virtual bool hasBeenCalled(app::OrderId, const app::LoopState&) const { return false; }
    // Which of several jobs in one order's name it is, from 1; 0 the last, and everything else. Its title tells that;
    // this one does not.
    [[nodiscard]] virtual int step(app::OrderId) const { return 0; }
    [[nodiscard]] virtual QString titleOfAllSteps(app::OrderId order) const { return title(order); }
    // Its turn will be Node's own call, or was, as far as is known; the call that runs is.
    [[nodiscard]] virtual bool isNodesOwnTurn(app::OrderId order) const
    {
        return isNodesOwn(order) || isInnerStep(order);
    }
    [[nodiscard]] virtual bool isNodesOwnCall(const app::Running& call) const { return isNodesOwnTurn(call.order); }

    // Nanoseconds since the start of the run.
    [[nodiscard]] virtual std::uint64_t timeOf(app::Index event) const = 0;
    // The pool thread that finished its job with this event; 0 when it is no such event.
    [[nodiscard]] virtual std::uint32_t workerDone(app::Index event) const = 0;

    struct Countdown {
        std::uint64_t due = 0; // nanoseconds since the start of the run
        std::uint64_t duration = 0; // nanoseconds
        std::uint32_t loopDue = 0; // milliseconds of the loop's own clock, which people see on hover only
    };
    // Of a timer that waits at this state; nothing when the trace does not tell.
    [[nodiscard]] virtual std::optional<Countdown> countdown(app::OrderId timer, const app::LoopState& state) const = 0;

    struct Frame {
        QString function; // empty: has no name
        int line = 0;
    };
    // The program's own frames on this stack, innermost first.
    [[nodiscard]] virtual std::vector<Frame> frames(std::uint32_t stack) const = 0;
    // The open connection in whose name the order was placed; 0: the main script's.
    [[nodiscard]] virtual std::uint32_t connectionOf(app::OrderId order, const app::LoopState& state) const = 0;
    // Its table's number: the main script sits at table 1, connections follow in the order in which they were accepted.
    [[nodiscard]] virtual int tableOf(std::uint32_t connection) const = 0;
    // What that customer asked for last, after so many events: "GET /report"; empty when nothing yet.
    [[nodiscard]] virtual QString asksFor(std::uint32_t connection, app::Index size) const = 0;
    // A stream that is open: a file that is read, compressed and written piece by piece. Node places each piece by
    // itself; this is the one thing that the program has begun.
    struct StreamPart {
        app::OrderId order; // the call of the program's that made it
        QString title;
        bool working = false; // a job of it is at work, or done and not served
        bool paused = false; // nothing of it is at work, and nothing is about to begin it
        bool over = false; // as far as is known it has no more to do
        bool operator==(const StreamPart&) const = default;
    };
    struct Stream {
        std::vector<StreamPart> parts; // as they began to work: who reads comes first
        bool operator==(const Stream&) const = default;
    };
    [[nodiscard]] virtual std::vector<Stream> streams(const app::LoopState&) const { return {}; }

    // Whether a server of the program's has been open at any time before that event.
    [[nodiscard]] virtual bool hasListened(app::Index) const { return false; }
    // What the kernel was asked for with this wait: a port, a path, a signal; empty when the trace does not say.
    [[nodiscard]] virtual QString waitDetail(app::Index since) const = 0;
};

} // namespace bistro::ui
