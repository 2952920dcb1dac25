#include "window/callspage.h"

#include "window/status.h"

#include <QMenu>

namespace bistro::ui {

using namespace Qt::StringLiterals;

CallsPage::CallsPage(MomentFeed& feed, CardsPage& cards, LowerLeft& pages)
    : m_feed(feed)
    , m_cards(cards)
    , m_pages(pages)
    , m_tree(new CallTreeView)
{
    pages.addPage(ActionId::ShowCalls, u"calls"_s, tr("Calls"), m_tree);
    pages.hideUntilAsked(m_tree);
    pages.setRemark(m_tree, tr("Click a call to go there, twice to its return"));
    connect(m_tree, &CallTreeView::placeAsked, this, &CallsPage::go);
    connect(m_tree, &CallTreeView::menuAsked, this, &CallsPage::showMenu);
    connect(&pages.pages(), &QStackedWidget::currentChanged, this, &CallsPage::draw);
    connect(&feed, &MomentFeed::logAboutToGo, this, [this] { m_tree->showNothing({}); });
    connect(&feed, &MomentFeed::drawn, this, &CallsPage::draw);
    draw();
}

void CallsPage::draw()
{
    const Moment& moment = m_feed.moment();
    if (!m_pages.isShown(m_tree))
        return;
    if (moment.lines && m_cards.outlines() && callbackAt(moment).from != app::kNoEvent)
        m_tree->showMoment(moment, *m_cards.outlines());
    else
        m_tree->showNothing(emptyText());
}

QString CallsPage::emptyText() const
{
    const app::Session& session = m_feed.session();
    if (!session.log())
        return tr("Nothing has run yet. Press F5, then this page shows who called whom.");
    if (!session.lines() || session.lines()->empty())
        return whyNoLines(session);
    return tr("None of your functions has run yet.");
}

void CallsPage::go(app::Place place)
{
    m_feed.stopPlaying();
    m_feed.session().goTo(place);
}

void CallsPage::showMenu(const QModelIndex& index, const QPoint& globalPosition)
{
    auto* const menu = new QMenu(m_tree);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const app::Place begin = m_tree->calls().placeOf(index);
    const app::Place end = m_tree->calls().returnOf(index);
    menu->addAction(tr("&Go to the Call"), this, [this, begin] { go(begin); })->setShortcut(Qt::Key_Return);
    menu->addAction(tr("Go to Its &Return"), this, [this, end] { go(end); })
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    menu->addAction(tr("&Copy"), m_tree, &CallTreeView::copyCurrent)->setShortcut(QKeySequence::Copy);
    m_tree->setCurrentIndex(index);
    menu->popup(globalPosition);
}

} // namespace bistro::ui
