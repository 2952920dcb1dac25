// Why one of two came first: the answer is put together here. Inner to app/why.
//
// Why A came before B is why B was not there yet at the moment of A. At that moment exactly one link of B's way is in
// flight: it runs, or it is queued, or it waits for time, a cook or the kernel. What that link waited for, while A's
// own call could run, is the answer.
#pragma once

#include "why/answers/beforelinks.h"
#include "why/answers/luck.h"
#include "why/naming.h"
#include "why/parts.h"
#include "why/screenlines.h"
#include "why/why.h"
#include "why/words.h"

#include <QCoreApplication>

#include <optional>

namespace bistro::app {

class WhyBefore final {
    Q_DECLARE_TR_FUNCTIONS(WhyBefore)

public:
    WhyBefore(const TraceLog& log, Wording wording)
        : m_log(log)
        , m_wording(wording)
    {
    }

    [[nodiscard]] Explanation make(const Moment& one, const Moment& other);

private:
    struct Point {
        Index at = kNoEvent;
        QString name;
        QString text; // of a line, without quotes
        bool isLine = false;
        Call call;
    };

    [[nodiscard]] bool find(const Moment& moment, Point& point) const;

    void because(Rule rule, const Words& words, std::initializer_list<QString> parts = {},
        std::vector<Index> events = {}, std::vector<OrderId> orders = {})
    {
        std::vector<FilledIn> where;
        QString sentence = say(words, m_wording, parts, &where);
        m_told.reasons.push_back({.rule = rule,
            .sentence = std::move(sentence),
            .events = std::move(events),
            .orders = std::move(orders),
            .parts = std::move(where)});
    }
    // The reason that the headline stands on.
    void decisive(Rule rule, const Words& words, std::initializer_list<QString> parts, std::vector<Index> events,
        std::vector<OrderId> orders)
    {
        because(rule, words, parts, std::move(events), std::move(orders));
        m_told.rule = rule;
    }
    // No time could change it.
    void certain()
    {
        m_told.race = false;
        m_told.byTime = false;
    }
    // x came first; y was in flight.
    void decide(Rule rule, const Words& words, const Call& x, const Call& y);

    void tellApart(); // whybefore.cpp
    void compare();
    void stillRuns(const Call& call, bool placedLater);
    void onTheWay(const Call& outer);
    void oneAfterTheOther(const Call& next);
    void rivals(const Call& x, const Call& y);
    [[nodiscard]] Call drainedAfter(const Call& note) const;

    [[nodiscard]] bool isOfModuleBody(const Call& call) const; // answers/beforeready.cpp
    void notes(const Call& x, const Call& y);
    void leftOver(const Call& x, const Call& y);
    void drain(const Call& x, const Call& after, const Call& y);
    void handler(const Call& x, const Call& y);
    void callbacks(const Call& x, const Call& y);
    void immediates(const Call& x, const Call& y);
    void closings(const Call& x, const Call& y);
    void againstImmediate(const Call& x, const Call& y);
    void timers(const Call& x, const Call& y); // answers/beforewaits.cpp
    void notDue(const Call& x, const Call& y);
    void jobs(const Call& x, const Call& y);
    void atWork(const Call& x, const Call& y);
    void notHeardOf(const Call& x, const Call& y);
    void bothEnds(std::vector<Index> events, std::vector<OrderId> orders);
    void lastOfChild(const Call& x, const Call& y);
    void race(const Call& x, const Call& y);
    void linked(const Link& link);

    void way(const std::vector<Call>& calls, std::size_t common, const Point& point); // answers/beforenames.cpp
    // What a call is called in a sentence; never what the line says that it printed.
    [[nodiscard]] QString nameOf(const Call& call) const;
    // The same of one of two; where both are called the same, by what each of them led to.
    [[nodiscard]] QString nameOf(const Call& call, const Call& other) const;
    [[nodiscard]] QString nameOf(OrderId order, const Point& printed) const;
    [[nodiscard]] QString byItsLine(OrderId order) const;
    [[nodiscard]] static QString aTime(std::int64_t nanoseconds);

    const TraceLog& m_log;
    const Wording m_wording;
    Point m_first;
    Point m_second;
    Ways m_ways;
    std::size_t m_inFlight = 0; // of the second way
    std::optional<Luck> m_luck;
    Explanation m_told;
};

} // namespace bistro::app
