#include "why/findings.h"

#include "why/findings/finder.h"

namespace bistro::app {

using namespace trace;

namespace {

// Loading modules happens while scripts run, and Node sets up a stream in the call that first prints on it: only what
// takes so much longer is the program's doing.
constexpr std::uint64_t kSetUpAllowance = 5;

} // namespace

std::vector<Finding> Finder::make()
{
    calls();
    blocked();
    starved();
    lateTimers();
    rejections();
    pool();
    race();
    awaits();
    keepsAlive();
    neverCame();
    refusals();
    notLoaded();
    tellMore();
    std::ranges::stable_sort(
        m_found, {}, [](const Finding& finding) { return finding.events.empty() ? 0 : finding.events.front(); });
    return std::move(m_found);
}

void Finder::tellMore()
{
    for (std::size_t kind = 0; kind < m_more.size(); ++kind) {
        const auto last = std::ranges::find_last(m_found, static_cast<FindingKind>(kind), &Finding::kind);
        if (m_more[kind] > 0 && !last.empty())
            last.front().what += QChar::Space + tr("And %Ln more like it.", nullptr, m_more[kind]);
    }
}

void Finder::calls()
{
    for (const Index output : m_log.outputs()) {
        const bool isError = as<events::Output>(m_log.event(output)).stream == Stream::Error;
        Index& known = m_firstOutputs[isError ? 1 : 0];
        known = std::min(known, output);
    }
    m_calls = outermostCalls(m_log);
    m_blocks = blocksOf(m_log, m_calls, std::chrono::nanoseconds(m_worth));
}

std::uint64_t Finder::worthOf(const OutermostCall& call) const
{
    const bool setsUp = call.kind == OrderKind::Script
        || std::ranges::any_of(m_firstOutputs, [&](Index output) { return output > call.begin && output < call.end; });
    return setsUp ? kSetUpAllowance * m_worth : m_worth;
}

std::vector<Finding> findings(
    const TraceLog& log, Wording wording, std::chrono::nanoseconds worth, const QString& folder)
{
    return Finder(log, wording, worth, folder).make();
}

} // namespace bistro::app
