#include "panels/narrationcontent.h"

#include "panels/cardcontent.h"
#include "why/narration.h"

namespace bistro::ui {

using namespace app;

NarrationContent narrationContent(const Moment& moment)
{
    NarrationContent content;
    if (moment.place == 0)
        return content;
    const TraceLog& log = *moment.log;
    if (moment.hold) {
        const Explanation blocked = blockedAt(
            log, moment.place - 1, std::chrono::nanoseconds(moment.now), moment.wording, moment.blockedAfter);
        content.mark = Meaning::Error;
        content.headline = {.text = blocked.headline, .orders = blocked.orders};
        content.rule = blocked.ruleText;
        content.action = NarrationContent::Action::ShowCause;
        content.about = moment.hold->order;
        return content;
    }
    const Explanation told = narrate(log, moment.place - 1, moment.wording, moment.detail);
    content.headline = {.text = told.headline, .orders = told.orders};
    content.rule = told.ruleText;
    if (told.orders.empty())
        return content;
    content.about = told.orders.front();
    content.mark = isNodesOwnTurn(log, content.about) ? Meaning::Running : meaningOf(log, content.about);
    switch (whereIs(moment, content.about)) {
    case OrderCardContent::Where::Waiting:
    case OrderCardContent::Where::Ready: content.action = NarrationContent::Action::WhyNotYet; break;
    case OrderCardContent::Where::Running: content.action = NarrationContent::Action::WhyNow; break;
    case OrderCardContent::Where::Unknown:
    case OrderCardContent::Where::Future:
    case OrderCardContent::Where::Served:
    case OrderCardContent::Where::Gone: break;
    }
    return content;
}

} // namespace bistro::ui
