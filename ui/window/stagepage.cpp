#include "window/stagepage.h"

#include "stage/picturetext.h"
#include "why/why.h"
#include "window/stagefeed.h"

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

constexpr std::chrono::nanoseconds kReasonsStay = std::chrono::milliseconds(500);

} // namespace

StagePage::StagePage(MomentFeed& feed, const Settings& settings, const Actions& actions)
    : m_feed(feed)
    , m_settings(settings)
    , m_view(new StageView)
    , m_pane(new StagePane(m_view))
    , m_text(new StageTable(*m_view->orders()))
{
    m_text->setObjectName(QStringLiteral("stagetext"));
    m_view->orders()->setReason([this](app::OrderId order) { return whereforeOf(order); });
    m_view->setSource([this, &actions](const Moment& moment, const StageOptions& options) {
        return stagePicture(moment, options,
            {.patience = std::chrono::milliseconds(m_settings.patience),
                .stepOn = tr("%1 takes a step, %2 plays")
                    .arg(actions.keyOf(ActionId::StepForward), actions.keyOf(ActionId::Halt))});
    });
    connect(m_view, &StageView::orderClicked, &feed, &MomentFeed::select);
    connect(m_view, &StageView::orderHovered, this, &StagePage::orderHovered);
    connect(m_text, &StageTable::orderSelected, &feed, &MomentFeed::select);
    connect(m_text, &StageTable::orderActivated, this, &StagePage::orderActivated);
    connect(&feed, &MomentFeed::drawn, this, &StagePage::draw);
    connect(&feed, &MomentFeed::logAboutToGo, m_view, &StageView::forgetMoment);
    connect(&feed, &MomentFeed::selectionChanged, this, [this](app::OrderId order) {
        m_view->setSelected(order);
        m_text->setSelected(order);
    });
    actions.onToggled(ActionId::ReduceMotion, m_view, [this](bool on) { m_view->setReducedMotion(on); });
}

StagePage::~StagePage()
{
    m_view->setSource({});
    m_view->orders()->setReason({});
}

void StagePage::setTheme(const Theme& theme)
{
    m_view->setTheme(theme);
    m_pane->setTheme(theme);
    m_text->setTheme(theme);
}

void StagePage::draw(const Moment& moment, bool travel)
{
    m_view->setMoment(moment, travel ? StageView::Motion::Travel : StageView::Motion::Jump);
    if (!m_text->isVisible())
        return;
    m_text->setSummary(summaryOf(m_view->picture()));
    // Reasons are of a moment; while nothing is recorded they change with the clock, which nobody reads faster than
    // this.
    const auto there = std::pair(moment.place, moment.live ? moment.now / kReasonsStay.count() : 0);
    if (std::exchange(m_reasonsOf, there) != there)
        m_view->orders()->forgetReasons();
}

// Why an order is where it is at this moment, in a sentence: the nearest reason.
QString StagePage::whereforeOf(app::OrderId order) const
{
    const Moment& moment = m_feed.moment();
    if (moment.place == 0 || moment.hidden)
        return {};
    const auto& running = moment.state().running;
    const auto runs = std::ranges::find(running, order, &app::Running::order);
    const app::Explanation answer = runs != running.end()
        ? app::whyNow(*moment.log, runs->started, moment.wording, app::Tense::Present, moment.detail)
        : app::whyNotYet(*moment.log, order, moment.place - 1, moment.wording, moment.now, moment.detail);
    // That there is one thread is true of all of them: what is its own says more.
    const auto own = std::ranges::find_if(
        answer.reasons, [](const app::Reason& reason) { return reason.rule != app::Rule::OneThread; });
    return own != answer.reasons.end() ? own->sentence
        : answer.reasons.empty()       ? answer.headline
                                       : answer.reasons.front().sentence;
}

} // namespace bistro::ui
