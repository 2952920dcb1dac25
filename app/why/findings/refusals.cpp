#include "why/findings/finder.h"

#include "state/crash.h"
#include "why/loaderror.h"
#include "why/refusal.h"

#include <set>
#include <tuple>

namespace bistro::app {

using namespace trace;

// Each thing once, however often it was tried.
void Finder::refusals()
{
    std::set<std::tuple<Access, std::string_view>> told;
    for (const Index i : m_log.refusals()) {
        const auto event = as<events::AccessRefused>(m_log.event(i));
        if (!told.emplace(event.access, m_log.text(event.subject)).second)
            continue;
        if (found(FindingKind::Refused) >= kOfOneKind) {
            countMore(FindingKind::Refused);
            continue;
        }
        const QString subject = textOf(m_log.text(event.subject));
        m_found.push_back({.kind = FindingKind::Refused,
            .rule = Rule::KeptIn,
            .what = text(wordsOf(event.access), {subject}),
            .since = moment(event.time),
            .helps = helpsAgainst(m_log, i),
            .place = placeOfRefusal(m_log, i),
            .events = {i}});
    }
    for (const Index i : m_log.limits()) {
        const auto event = as<events::LimitReached>(m_log.event(i));
        if (found(FindingKind::Limit) >= kOfOneKind)
            continue;
        m_found.push_back({.kind = FindingKind::Limit,
            .rule = Rule::KeptIn,
            .what = text(wordsOf(event.limit), {QString::number(event.allowed)}),
            .since = moment(event.time),
            .helps = helpsAgainst(m_log, i),
            .place = learnersPlace(m_log, placeOfLimit(event, i)),
            .events = {i}});
    }
}

// What the program could not begin with.
void Finder::notLoaded()
{
    const Crash crash = crashAt(m_log, m_log.size());
    const auto error = loadErrorOf(m_log, crash, m_folder);
    if (!error)
        return;
    m_found.push_back({.kind = FindingKind::NotLoaded,
        .rule = Rule::ErrorLeaves,
        .what = error->what,
        .since = moment(m_log.event(crash.error).time),
        .helps = error->helps,
        .place = error->place,
        .events = {crash.error}});
}

// Who is told of too much output does not know where the program is: what it printed last says that.
StackId Finder::placeOfLimit(const events::LimitReached& event, Index at) const
{
    const auto outputs = m_log.outputs();
    const auto behind = std::ranges::lower_bound(outputs, at);
    if (event.limit != RunLimit::Output || event.stack || behind == outputs.begin())
        return StackId {event.stack};
    return StackId {m_log.event(*std::prev(behind)).stack};
}

} // namespace bistro::app
