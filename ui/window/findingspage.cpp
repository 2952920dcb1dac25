#include "window/findingspage.h"

#include "panels/findingrows.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>

namespace bistro::ui {

using namespace Qt::StringLiterals;

FindingsPage::FindingsPage(MomentFeed& feed, CardsPage& cards, LowerLeft& pages)
    : m_feed(feed)
    , m_cards(cards)
    , m_pages(pages)
    , m_list(new RowList)
{
    m_list->setObjectName(u"findings"_s);
    m_list->setAccessibleName(tr("Findings"));
    pages.addPage(ActionId::ShowFindings, u"findings"_s, tr("Findings"), m_list);
    connect(m_list, &RowList::chosen, this, &FindingsPage::go);
    connect(m_list, &RowList::menuAsked, this, &FindingsPage::showMenu);
    connect(&m_search, &app::FindingsSearch::changed, this, &FindingsPage::tell);
    connect(&pages.pages(), &QStackedWidget::currentChanged, this, &FindingsPage::look);
    app::Session* const session = &feed.session();
    connect(session, &app::Session::logAboutToChange, &m_search, &app::FindingsSearch::close);
    connect(session, &app::Session::logChanged, this, [this, session] {
        if (session->log())
            m_search.open(session->traceFile().toStdString(), session->readable());
        look();
        tell();
    });
    connect(session, &app::Session::advanced, this, &FindingsPage::look);
    connect(session, &app::Session::stateChanged, this, [this] {
        look();
        tell();
    });
    connect(&feed, &MomentFeed::drawn, this, &FindingsPage::draw);
}

void FindingsPage::look()
{
    const app::Session& session = m_feed.session();
    if (const app::TraceLog* const log = session.log()) {
        m_search.look(log->size(), !session.isRunning() && log->caughtUp());
        if (m_pages.isShown(m_list))
            m_search.ask();
    }
}

// At each picture: what is not another row since is left alone.
void FindingsPage::draw()
{
    m_list->setEmptyText(emptyText());
    if (m_wording != m_feed.wording() || m_hidden != m_feed.guessing().has_value())
        tell();
    if (m_hidden)
        return;
    const app::Index place = m_feed.moment().log ? m_feed.moment().place : 0;
    bool changed = m_list->rows().rowCount() != static_cast<int>(m_rows.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool here = m_search.found()[i].isAt(place);
        changed = changed || here != m_rows[i].here;
        m_rows[i].here = here;
    }
    if (changed)
        m_list->rows().setRows(m_rows);
}

void FindingsPage::tell()
{
    m_hidden = m_feed.guessing().has_value();
    if (m_hidden) { // each is about what is to be predicted
        m_rows.clear();
        m_list->rows().setRows({});
        m_list->setEmptyText(emptyText());
        m_pages.setCount(m_list, 0);
        m_pages.setRemark(m_list, {});
        return;
    }
    m_pages.setCount(m_list, static_cast<int>(m_search.found().size()));
    const bool soFar = !m_search.found().empty() && !m_search.isWhole();
    m_pages.setRemark(m_list,
        soFar                             ? tr("looked at so far: %L1 events").arg(m_search.lookedAt())
            : m_search.found().size() > 1 ? tr("the worst first")
                                          : QString());
    m_wording = m_feed.wording();
    m_rows = findingRows(m_search.found(), m_wording, m_feed.moment().log ? m_feed.moment().place : 0);
    m_list->rows().setRows(m_rows);
    m_list->setEmptyText(emptyText());
}

QString FindingsPage::emptyText() const
{
    const app::Session& session = m_feed.session();
    if (m_hidden)
        return tr("Findings come back when you stop predicting.");
    if (!session.log())
        return session.isRunning() ? tr("The program has just begun.")
                                   : tr("Nothing has run yet. Press F5, then this page says what held the run up.");
    if (session.log()->empty())
        return tr("Nothing is recorded of this run.");
    if (m_search.lookedAt() == 0)
        return tr("Bistro is looking through the run.");
    if (!m_search.isWhole())
        return tr("So far nothing has held this run up.");
    return tr("Nothing held this run up, as far as Bistro can tell.");
}

const app::FoundThing* FindingsPage::of(quint64 key) const
{
    return key == 0 || key > m_search.found().size() ? nullptr : &m_search.found()[key - 1];
}

void FindingsPage::go(quint64 key)
{
    const app::FoundThing* const finding = of(key);
    const app::TraceLog* const log = m_feed.session().log();
    if (!finding || !log)
        return;
    m_feed.stopPlaying();
    m_feed.session().goTo(finding->place());
    m_cards.ask(finding->order);
    m_cards.showFinding({.content = [finding = *finding](const Moment& moment) { return findingCard(finding, moment); },
        .from = finding->first,
        .to = std::max(finding->last, finding->place())});
}

void FindingsPage::showMenu(quint64 key, const QPoint& globalPosition)
{
    const app::FoundThing* const finding = of(key);
    if (!finding)
        return;
    auto* const menu = new QMenu(m_list);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Go to Its Moment"), this, [this, key] { go(key); });
    menu->addAction(tr("&Copy"), m_list, &RowList::copyCurrent)->setShortcut(QKeySequence::Copy);
    menu->addAction(tr("Copy with What &Helps"), this, [this, key] {
        if (const app::FoundThing* const copied = of(key))
            QGuiApplication::clipboard()->setText(findingText(*copied, m_feed.wording()));
    });
    menu->popup(globalPosition);
}

} // namespace bistro::ui
