#include "window/narrationpage.h"

#include "why/linetold.h"

namespace bistro::ui {

NarrationPage::NarrationPage(MomentFeed& feed, const Actions& actions)
    : m_feed(feed)
    , m_actions(actions)
    , m_bar(new NarrationBar)
{
    connect(&feed, &MomentFeed::drawn, this, &NarrationPage::draw);
    connect(&feed, &MomentFeed::logAboutToGo, m_bar, [this] { m_bar->setContent({}); });
    connect(m_bar, &NarrationBar::actionRequested, this, [this](NarrationContent::Action action, app::OrderId about) {
        if (action == NarrationContent::Action::None || !m_feed.moment().log)
            return;
        if (action == NarrationContent::Action::ShowCause) {
            emit causeAsked();
            return;
        }
        m_actions[ActionId::ShowCards]->setChecked(true);
        m_feed.select(about);
    });
}

void NarrationPage::draw(const Moment& moment)
{
    if (!moment.log || moment.place == 0) {
        if (!moment.log || m_actions[ActionId::ShowNarration]->isChecked())
            m_bar->setContent(beforeTheRun(moment));
    } else if (m_actions[ActionId::ShowNarration]->isChecked()) {
        m_bar->setContent(linesContent(moment));
    }
}

// At a line's place what the line did, unless something else is more to the point there.
NarrationContent NarrationPage::linesContent(const Moment& moment) const
{
    NarrationContent content = narrationContent(moment);
    const app::Lines* const lines = m_feed.session().lines();
    if (!lines || moment.hold || !moment.asked.empty())
        return content;
    const app::Explanation told = app::tellLine(*lines, moment.place, moment.wording);
    if (!told)
        return content;
    content = {.headline = {.text = told.headline}, .rule = told.ruleText};
    if (const auto& running = moment.state().running; !running.empty() && !moment.hidden) {
        content.about = running.back().order;
        content.action = NarrationContent::Action::WhyNow;
    }
    return content;
}

// Where no event can be told of.
NarrationContent NarrationPage::beforeTheRun(const Moment& moment) const
{
    const bool restaurant = moment.wording == app::Wording::Restaurant;
    NarrationContent content;
    if (moment.log && moment.hidden) {
        content.headline.text = restaurant ? tr("The restaurant is not open yet.") : tr("Nothing has run yet.");
        content.rule = tr("You predict: what comes is hidden.");
    } else if (moment.log && moment.until > 0) {
        content.headline.text = (restaurant
                ? tr("The restaurant is not open yet: this is the moment before the first of %L1 recorded steps.")
                : tr("Nothing has run yet: this is the moment before the first of %L1 recorded steps."))
                                    .arg(moment.steps);
        content.rule = tr("Take the first step with %1, or play them all with %2.")
                           .arg(m_actions.keyOf(ActionId::StepForward), m_actions.keyOf(ActionId::Halt));
    } else if (moment.running) {
        content.headline.text = restaurant ? tr("The restaurant is opening.") : tr("Node is starting.");
    } else {
        content.headline.text = restaurant ? tr("The restaurant is not open yet.") : tr("Nothing has run yet.");
        content.rule = tr("Write a program or take an example, then press F5 to run it. Running saves your changes.");
    }
    return content;
}

} // namespace bistro::ui
