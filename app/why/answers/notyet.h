// Why an order does not run yet: the answer is put together here. Inner to app/why.
#pragma once

#include "why/naming.h"
#include "why/parts.h"
#include "why/why.h"
#include "why/words.h"

#include <QCoreApplication>

namespace bistro::app {

class WhyNotYet final {
    Q_DECLARE_TR_FUNCTIONS(WhyNotYet)

public:
    WhyNotYet(const TraceLog& log, OrderId order, Index index, Wording wording, std::uint64_t now, Detail detail)
        : m_log(log)
        , m_order(order)
        , m_index(index)
        , m_wording(wording)
        , m_detail(detail)
        , m_state(later(log.stateAt(index + 1), now))
        , m_kind(log.kindOf(order))
    {
    }

    [[nodiscard]] Explanation make()
    {
        m_told.orders = {m_order};
        answer();
        m_told.ruleText = ruleText(m_told.rule, Wording::Runtime);
        return std::move(m_told);
    }

private:
    void put(Rule rule, const Words& words, std::initializer_list<QString> parts = {})
    {
        m_told.rule = rule;
        m_told.headline = begun(say(words, m_wording, parts, &m_told.parts));
    }
    void because(Rule rule, const Words& words, std::initializer_list<QString> parts = {},
        std::vector<Index> events = {}, std::vector<OrderId> orders = {})
    {
        std::vector<FilledIn> where;
        QString sentence = begun(say(words, m_wording, parts, &where));
        m_told.reasons.push_back({.rule = rule,
            .sentence = std::move(sentence),
            .events = std::move(events),
            .orders = std::move(orders),
            .parts = std::move(where)});
    }
    [[nodiscard]] QString name(OrderId order) const { return nameIn(m_log, order, m_detail); }
    [[nodiscard]] QString name() const { return name(m_order); }
    // Those of the program by name, Node's own by their number.
    [[nodiscard]] QString namesOf(const std::vector<OrderId>& orders) const { return namesIn(m_log, orders, m_detail); }
    [[nodiscard]] bool alreadyStarted() const
    {
        const Index started = m_log.startedAt(m_order);
        return started != kNoEvent && started <= m_index;
    }

    // Whether it is ready, and too far behind in line to be listed.
    [[nodiscard]] bool standsBehindTheListed(const std::vector<Serving>& line) const;

    void answer();
    void ready(const std::vector<Serving>& line, std::size_t place);
    void before(Rail rail, const std::vector<OrderId>& orders, const Serving& own);
    void waiterIsBusy();
    [[nodiscard]] bool timer(); // answers/notyetwaits.cpp
    [[nodiscard]] bool job();
    [[nodiscard]] bool kernel();
    [[nodiscard]] bool promise();

    const TraceLog& m_log;
    const OrderId m_order;
    const Index m_index;
    const Wording m_wording;
    const Detail m_detail;
    const LoopState m_state;
    const OrderKind m_kind;
    Explanation m_told;
};

} // namespace bistro::app
