// Requests that came to the program, and what it answered.
#include "checks/look.h"

#include "rush/rush.h"
#include "state/loopevents.h"
#include "trace/views.h"

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

using namespace trace;

// The event with which a second request came while one was open; kNoEvent: none did. `came`: how many at all.
Index overlapAt(const TraceLog& log, int& came)
{
    std::map<std::uint32_t, bool> open;
    for (const Index i : eventsFrom(log, 0)) {
        const Record event = log.event(i);
        if (is<events::RequestStarted>(event) && as<events::RequestStarted>(event).direction == Direction::Incoming) {
            ++came;
            open[as<events::RequestStarted>(event).request] = true;
            if (open.size() > 1)
                return i;
        } else if (is<events::RequestFinished>(event)) {
            open.erase(as<events::RequestFinished>(event).request);
        }
    }
    return kNoEvent;
}

QString faultOf(const FinishedRun::Reply& reply, const expect::Answers& what, int number)
{
    if (reply.status == 0)
        return CheckWords::tr("request %1 got no answer. %2").arg(QString::number(number), reply.error).trimmed();
    if (reply.status != what.status)
        return CheckWords::tr("request %1 was answered with %2, not with %3.")
            .arg(QString::number(number), QString::number(reply.status), QString::number(what.status));
    if (!reply.body.contains(what.contains.toUtf8()))
        return CheckWords::tr("the answer to request %1 does not have %2 in it.")
            .arg(QString::number(number), inQuotes(what.contains));
    return {};
}

} // namespace

CheckAnswer look(const expect::Overlap&, const Look& at)
{
    int came = 0;
    const Index both = overlapAt(at.log(), came);
    Evidence evidence {.right = CheckWords::tr("two requests were open at the same time."),
        .notYet = came == 0 ? CheckWords::tr("no request came.")
                            : CheckWords::tr("the requests were served one after the other."),
        .measured = QString::number(came)};
    if (both != kNoEvent)
        evidence.moment = FoundMoment {.place = both + 1};
    return answerOf(at, both != kNoEvent, evidence);
}

CheckAnswer look(const expect::Answers& what, const Look& at)
{
    const auto& replies = at.run.replies;
    if (replies.isEmpty())
        return answerOf(
            at, false, {.notYet = CheckWords::tr("no request was sent, since your program does not listen.")});
    Evidence evidence {
        .right = CheckWords::tr("all %n requests got the right answer.", nullptr, static_cast<int>(replies.size()))};
    for (qsizetype i = 0; i < replies.size(); ++i) {
        evidence.notYet = faultOf(replies[i], what, static_cast<int>(i + 1));
        if (evidence.notYet.isEmpty())
            continue;
        evidence.measured = QString::number(replies[i].status);
        evidence.printed = inQuotes(QString::fromUtf8(replies[i].body));
        return answerOf(at, false, evidence);
    }
    return answerOf(at, true, evidence);
}

CheckAnswer look(const expect::WaiterIsTheBottleneck& what, const Look& at)
{
    const auto rush = rushOf(at.log());
    if (!rush)
        return answerOf(at, false, {.notYet = CheckWords::tr("fewer than two requests came.")});
    const bool is = waiterIsTheBottleneck(*rush);
    const QString slow = CheckWords::tr("guests wait longer for the waiter than for everybody else.");
    const QString fast = CheckWords::tr("guests wait less for the waiter than for everybody else.");
    return answerOf(at, is == what.expected, {.right = is ? slow : fast, .notYet = is ? slow : fast});
}

} // namespace bistro::app
