// Walks from one thing in a trace to what led to it: triggers, placers, the promises that promises wait for. A trace
// may name anything as a cause, itself and what is yet to come among it: node itself takes any number as a trigger. So
// all such walks go by a Chain, which comes to an end whatever the trace says, and knows whether it was the trace's: a
// chain that was cut is told as one that goes on, never as one that begins there.
#pragma once

#include "state/tracelog.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace bistro::app {

// Where a walk has been. Equality is all that is asked of a Link.
template <typename Link>
class Chain final {
public:
    static constexpr std::size_t kLongest = 256; // links, if nobody says less: people read a few

    explicit Chain(Link from, std::size_t longest = kLongest)
        : m_longest(longest)
    {
        m_links.push_back(from);
    }

    // Goes on to the next link; false where that would be a ring, or one too many: then the chain is cut.
    [[nodiscard]] bool goOn(const Link& next)
    {
        m_isCut = m_isCut || m_links.size() > m_longest || std::ranges::contains(m_links, next);
        if (!m_isCut)
            m_links.push_back(next);
        return !m_isCut;
    }

    [[nodiscard]] bool isCut() const { return m_isCut; }
    // From where it began on.
    [[nodiscard]] const std::vector<Link>& links() const { return m_links; }

private:
    std::vector<Link> m_links;
    std::size_t m_longest;
    bool m_isCut = false;
};

// What caused an order, what caused that, and so on to one that nothing has caused:
//
//     Causes causes(log, order);
//     while (const OrderId cause = causes.next())
//         …
//     if (causes.isCut())
//         … // there is more, or the trace goes in a ring
class Causes final {
public:
    Causes(const TraceLog& log, OrderId of, std::size_t longest = Chain<OrderId>::kLongest)
        : m_log(log)
        , m_chain(of, longest)
    {
    }

    // None at the chain's end, and where it is cut.
    [[nodiscard]] OrderId next()
    {
        if (m_chain.isCut())
            return {};
        const OrderId cause = m_log.trigger(m_chain.links().back());
        return cause && m_chain.goOn(cause) ? cause : OrderId {};
    }

    [[nodiscard]] bool isCut() const { return m_chain.isCut(); }

private:
    const TraceLog& m_log;
    Chain<OrderId> m_chain;
};

} // namespace bistro::app
