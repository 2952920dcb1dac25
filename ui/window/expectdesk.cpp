#include "window/expectdesk.h"

#include "guess/game.h"

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

ExpectResult differs(const app::OutputDifference& difference, const app::TraceLog& log, const StageFacts& facts)
{
    ExpectResult result;
    result.verdict = ExpectResult::Verdict::Differs;
    result.sentence = difference.sentence;
    result.line = difference.line;
    result.hasMoment = difference.moment.has_value();
    const auto add = [&](const QString& text, const std::vector<app::OrderId>& orders,
                         const std::vector<app::FilledIn>& parts) {
        if (text.isEmpty())
            return;
        result.reasons.push_back({.text = text, .orders = orders, .parts = parts});
        for (const app::OrderId order : orders) {
            if (!std::ranges::contains(result.named, order, &NamedOrder::order))
                result.named.push_back(nameOf(log, facts, order));
        }
    };
    add(difference.why.headline, difference.why.orders, difference.why.parts);
    for (const app::Reason& reason : difference.why.reasons)
        add(reason.sentence, reason.orders, reason.parts);
    return result;
}

} // namespace

ExpectDesk::ExpectDesk(MomentFeed& feed, LowerLeft& pages, WindowNotice& notice)
    : m_feed(feed)
    , m_pages(pages)
    , m_notice(notice)
    , m_panel(new ExpectPanel)
{
    pages.addPage(ActionId::ExpectedOutput, u"expected"_s, tr("Expected"), m_panel);
    connect(m_panel, &ExpectPanel::edited, this, &ExpectDesk::drop);
    connect(m_panel, &ExpectPanel::compareAsked, this, &ExpectDesk::compare);
    connect(m_panel, &ExpectPanel::whyAsked, this, &ExpectDesk::goThere);
    connect(m_panel, &ExpectPanel::orderClicked, &feed, &MomentFeed::select);
    connect(&feed, &MomentFeed::logAboutToGo, this, &ExpectDesk::drop);
    connect(&feed, &MomentFeed::guessingChanged, this, &ExpectDesk::look);
    connect(&feed, &MomentFeed::drawn, this, [this] {
        if (m_due)
            look();
        if (m_panel->result().verdict != ExpectResult::Verdict::None && m_wording != m_feed.wording())
            compare(); // in the other skin's words
    });
    const app::Session* const session = &feed.session();
    connect(session, &app::Session::restarted, this, [this] { m_due = !m_feed.session().isOpenedTrace(); });
    connect(session, &app::Session::stateChanged, this, &ExpectDesk::look);
    connect(session, &app::Session::advanced, this, &ExpectDesk::look);
    connect(session, &app::Session::logChanged, this, &ExpectDesk::look);
    look();
}

void ExpectDesk::setProgram(const QString& file, const QObject* front)
{
    const bool renamed = front && front == m_front;
    m_front = front;
    if (file == m_program)
        return;
    // What was written before there was a program belongs to the first one.
    const bool goesOn = renamed || (m_program.isEmpty() && !m_kept.contains(file));
    if (!m_program.isEmpty() && !renamed)
        m_kept.insert(m_program, m_panel->text());
    m_program = file;
    const QString its = m_kept.take(file);
    if (!goesOn)
        m_panel->setText(its); // the comparison goes with the text
}

// All that was printed is known.
bool ExpectDesk::isOver() const
{
    const app::Session& session = m_feed.session();
    return session.log() && !session.isRunning() && session.log()->caughtUp();
}

void ExpectDesk::look()
{
    const bool over = isOver();
    const bool hidden = m_feed.guessing().has_value();
    m_panel->setComparable(over && !hidden);
    if (hidden && m_panel->result().verdict != ExpectResult::Verdict::None)
        drop(); // it tells what is to be predicted
    if (!over || !m_due || hidden)
        return;
    m_due = false;
    if (!m_panel->text().isEmpty())
        compare();
}

void ExpectDesk::drop()
{
    m_moment.reset();
    m_panel->show({});
}

void ExpectDesk::compare()
{
    const app::TraceLog* const log = m_feed.session().log();
    const StageFacts* const facts = m_feed.moment().facts;
    if (!isOver() || !facts) {
        m_due = log != nullptr; // once there is a picture
        return;
    }
    m_wording = m_feed.wording();
    const app::OutputComparison told = app::compareOutput(m_panel->text(), *log, m_wording);
    ExpectResult result;
    if (told.difference) {
        result = differs(*told.difference, *log, *facts);
        m_moment = told.difference->moment;
    } else {
        m_moment.reset();
        result.verdict = told.race ? ExpectResult::Verdict::Race : ExpectResult::Verdict::Same;
        result.sentence = told.race ? tr("Right, too: the run printed these lines in another order. It is a race, and "
                                         "both orders are possible.")
                                    : tr("Right: the run printed these very lines.");
    }
    m_panel->show(result);
    m_notice.announce(result.sentence);
}

void ExpectDesk::goThere()
{
    m_notice.announce(m_panel->asText());
    if (!m_moment)
        return;
    m_feed.stopPlaying();
    m_feed.session().goTo(*m_moment);
}

} // namespace bistro::ui
