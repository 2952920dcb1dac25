// What the stage asks about orders beyond what a LoopState holds: names, places, times. The trace answers
// (tracefacts.h); tests answer by hand. GUI thread; cheap calls only, the stage asks for every order that it shows.
#pragma once

#include "state/loopstate.h"

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

    // A job on the way: what calls it back is Node, which goes on with another one in the same order's name. Has no
    // number.
    [[nodiscard]] virtual bool isInnerStep(app::OrderId) const { return false; }
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
    // What the kernel was asked for with this wait: a port, a path, a signal; empty when the trace does not say.
    [[nodiscard]] virtual QString waitDetail(app::Index since) const = 0;
};

} // namespace bistro::ui
