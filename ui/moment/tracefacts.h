// The stage's facts from a trace. Remembers what it was asked for: an order's name does not change. GUI thread; lives
// no longer than the log.
#pragma once

#include "moment/facts.h"
#include "moment/streams.h"
#include "state/tracelog.h"

#include <QHash>

namespace bistro::ui {

class TraceFacts final : public StageFacts {
public:
    explicit TraceFacts(const app::TraceLog& log)
        : m_log(log)
    {
    }

    // What was told in the other detail is forgotten.
    void setDetail(app::Detail detail);

    [[nodiscard]] QString title(app::OrderId order) const override;
    [[nodiscard]] QString kind(app::OrderId order) const override;
    [[nodiscard]] int line(app::OrderId order) const override;
    [[nodiscard]] bool isNodesOwn(app::OrderId order) const override;
    [[nodiscard]] app::Detail detail() const override { return m_detail; }
    [[nodiscard]] app::OrderId inNameOf(app::OrderId order) const override;
    [[nodiscard]] bool isInnerStep(app::OrderId order) const override;
    [[nodiscard]] bool hasBeenCalled(app::OrderId order, const app::LoopState& state) const override;
    [[nodiscard]] int step(app::OrderId order) const override;
    [[nodiscard]] QString titleOfAllSteps(app::OrderId order) const override;
    [[nodiscard]] bool isNodesOwnTurn(app::OrderId order) const override;
    [[nodiscard]] bool isNodesOwnCall(const app::Running& call) const override;
    [[nodiscard]] std::uint64_t timeOf(app::Index event) const override;
    [[nodiscard]] std::uint32_t workerDone(app::Index event) const override;
    [[nodiscard]] std::optional<Countdown> countdown(app::OrderId timer, const app::LoopState& state) const override;
    [[nodiscard]] std::vector<Frame> frames(std::uint32_t stack) const override;
    [[nodiscard]] std::uint32_t connectionOf(app::OrderId order, const app::LoopState& state) const override;
    [[nodiscard]] int tableOf(std::uint32_t connection) const override;
    [[nodiscard]] QString asksFor(std::uint32_t connection, app::Index size) const override;
    [[nodiscard]] std::vector<Stream> streams(const app::LoopState& state) const override;
    [[nodiscard]] bool hasListened(app::Index size) const override;
    [[nodiscard]] QString waitDetail(app::Index since) const override;

private:
    struct Known {
        QString title; // of all steps
        std::uint32_t repetition = 0; // it has changed when the first of several has got a number
        QString kind;
        int line = 0;
        bool nodesOwn = false;
        bool started = false; // whose call it is may be known only then
        app::OrderId inNameOf;
    };
    [[nodiscard]] QString titleInName(app::OrderId order, const Known& fact) const;
    [[nodiscard]] const Known& known(app::OrderId order) const;

    const app::TraceLog& m_log;
    app::Detail m_detail = app::Detail::Program;
    mutable QHash<quint64, Known> m_known;
    mutable StreamIndex m_streams;
};

} // namespace bistro::ui
