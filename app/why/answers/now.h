// Why the call that runs, runs now: the answer is put together here. Inner to app/why.
#pragma once

#include "state/prediction.h"
#include "why/naming.h"
#include "why/parts.h"
#include "why/why.h"
#include "why/words.h"

#include <QCoreApplication>

namespace bistro::app {

struct Rest;

class WhyNow final {
    Q_DECLARE_TR_FUNCTIONS(WhyNow)

public:
    WhyNow(const TraceLog& log, Index index, Wording wording, Tense tense, Detail detail)
        : m_log(log)
        , m_index(index)
        , m_wording(wording)
        , m_tense(tense)
        , m_detail(detail)
    {
    }

    [[nodiscard]] Explanation make();

private:
    // The call that this is about: its order, its kind and the event that started it.
    [[nodiscard]] bool find();
    // What is needed of the state right before the start.
    void look();

    Reason& because(Rule rule, const Words& words, std::initializer_list<QString> parts = {},
        std::vector<Index> events = {}, std::vector<OrderId> orders = {})
    {
        std::vector<FilledIn> where;
        QString sentence = begun(say(words, m_wording, parts, &where));
        return m_told.reasons.emplace_back(Reason {.rule = rule,
            .sentence = std::move(sentence),
            .events = std::move(events),
            .orders = std::move(orders),
            .parts = std::move(where)});
    }
    // Of Node's, unless all is told, that of the program's in whose name it is.
    [[nodiscard]] QString name(OrderId order) const { return nameIn(m_log, order, m_detail); }
    [[nodiscard]] QString name() const { return name(m_call.order); }
    // Whether nothing of the program's runs in it.
    [[nodiscard]] bool isNodesCall() const { return isNodesOwnCall(m_log, m_call.started); }

    [[nodiscard]] Words tense(const Words& present, const Words& past) const
    {
        return m_tense == Tense::Present ? present : past;
    }

    void nothingRuns();
    void rests(const Rest& rest);
    void headline();
    void nodesHeadline();
    void whyReady(); // answers/nowready.cpp
    void timerIsDue();
    void jobIsDone();
    void promiseIsSettled();
    void whyAtThisMoment(); // answers/nowothers.cpp
    void whyNotAnother();
    void whyNotThese(Rail rail, const std::vector<Serving>& others);

    const TraceLog& m_log;
    const Index m_index;
    const Wording m_wording;
    const Tense m_tense;
    const Detail m_detail;
    Running m_call;
    std::optional<trace::Phase> m_phase;
    std::uint32_t m_iteration = 0;
    bool m_draining = false;
    bool m_nested = false;
    bool m_sharesCall = false; // the runtime makes several calls in one of its own, and ticks come after the last
    OrderId m_outer;
    std::vector<Serving> m_line;
    std::optional<std::uint32_t> m_due;
    std::uint32_t m_clock = 0;
    Index m_queued = kNoEvent;
    Explanation m_told;
};

} // namespace bistro::app
