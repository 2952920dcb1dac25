#include "window/askedhelp.h"

#include <variant>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

using app::FindingKind;
using AskedKinds = QList<FindingKind>;
namespace expect = app::expect;

// Without a catch-all: a new expectation says which findings are its own.
struct FindingsOf {
    AskedKinds operator()(const expect::Printed&) const { return {}; }
    AskedKinds operator()(const expect::Order&) const { return {}; }
    AskedKinds operator()(const expect::ExitCode&) const { return {}; }
    AskedKinds operator()(const expect::Ends&) const { return {FindingKind::KeepsAlive}; }
    AskedKinds operator()(const expect::Uses& what) const
    {
        return !what.uses && what.api.endsWith("Sync"_L1) ? AskedKinds {FindingKind::Blocked} : AskedKinds {};
    }
    AskedKinds operator()(const expect::BlockedLess&) const
    {
        return {FindingKind::Blocked, FindingKind::TicksStarve, FindingKind::MicrotasksStarve, FindingKind::TimerLate};
    }
    AskedKinds operator()(const expect::AtLeast& what) const
    {
        return what.measure.kind == app::Measure::Kind::CooksAtOnce ? AskedKinds {FindingKind::PoolBusy}
                                                                    : AskedKinds {};
    }
    AskedKinds operator()(const expect::Together&) const { return {FindingKind::AwaitsInSeries}; }
    AskedKinds operator()(const expect::TimersLeft&) const
    {
        return {FindingKind::KeepsAlive, FindingKind::TimerNeverRang};
    }
    AskedKinds operator()(const expect::Rejections&) const
    {
        return {FindingKind::RejectionUnhandled, FindingKind::RejectionLate};
    }
    AskedKinds operator()(const expect::Overlap&) const { return {FindingKind::Blocked}; }
    AskedKinds operator()(const expect::PlacedIn&) const { return {}; }
    AskedKinds operator()(const expect::File&) const { return {}; }
    AskedKinds operator()(const expect::Answers&) const { return {}; }
    AskedKinds operator()(const expect::WaiterIsTheBottleneck&) const { return {}; }
    AskedKinds operator()(const expect::OneOrder&) const { return {FindingKind::Race}; }
    AskedKinds operator()(const expect::Races&) const { return {}; }
    AskedKinds operator()(const expect::Script&) const { return {}; }
};

} // namespace

QList<FindingKind> findingsAskedFor(const app::Check& asked, const app::CheckReport& report)
{
    AskedKinds kinds;
    const qsizetype before = report.answers.size() - asked.expectations.size();
    for (qsizetype i = 0; i < asked.expectations.size(); ++i) {
        const bool right = before >= 0 && report.answers[before + i].state == app::CheckAnswer::State::Right;
        if (!right)
            kinds += std::visit(FindingsOf {}, asked.expectations[i].what);
    }
    return kinds;
}

} // namespace bistro::ui
