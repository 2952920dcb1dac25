#include "window/visitspage.h"

#include "state/place.h"
#include "theme/fonts.h"
#include "why/unseenline.h"
#include "window/status.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

VisitsPage::VisitsPage(MomentFeed& feed, CardsPage& cards, LowerLeft& pages)
    : m_feed(feed)
    , m_cards(cards)
    , m_pages(pages)
    , m_table(new VisitsTable)
    , m_corner(new QWidget)
    , m_columns(new QToolButton(m_corner))
    , m_field(new QLineEdit(m_corner))
{
    m_table->setAccessibleName(tr("Line visits"));
    m_columns->setText(tr("Columns"));
    m_columns->setPopupMode(QToolButton::InstantPopup);
    m_columns->setToolTip(tr("Which variables stand beside each time that the line ran"));
    auto* const menu = new QMenu(m_columns);
    m_columns->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillMenu(*menu); });
    m_field->setPlaceholderText(tr("bill.total"));
    m_field->setAccessibleName(tr("Add a column: a variable or a property"));
    m_field->setToolTip(tr("Adds a column: a variable, or a property such as bill.total"));
    connect(m_field, &QLineEdit::returnPressed, this, &VisitsPage::addTyped);
    auto* const row = new QHBoxLayout(m_corner);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_field);
    row->addWidget(m_columns);
    m_page = m_table;
    pages.addPage(ActionId::ShowVisits, u"visits"_s, tr("Visits"), m_page, m_corner);
    pages.hideUntilAsked(m_page);
    connect(m_table, &VisitsTable::placeAsked, this, [this](app::Place place) {
        m_feed.stopPlaying();
        m_feed.session().goTo(place);
    });
    connect(m_table, &VisitsTable::menuAsked, this, &VisitsPage::showMenu);
    connect(&pages.pages(), &QStackedWidget::currentChanged, this, &VisitsPage::draw);
    connect(&feed, &MomentFeed::logAboutToGo, this, [this] {
        m_line = {};
        m_table->visits().clear();
        tell();
    });
    connect(&feed, &MomentFeed::drawn, this, &VisitsPage::draw);
    tell();
}

void VisitsPage::setTheme(const Theme& theme)
{
    m_table->setTheme(theme);
    m_field->setFont(codeFont(theme, TypeSize::Second));
    m_field->setFixedWidth(theme.px(92));
    m_columns->setFont(uiFont(theme, TypeSize::Second));
}

LineAsked VisitsPage::lineOf(const QString& path, int line) const
{
    const app::Lines* const lines = m_feed.session().lines();
    const LineAsked asked {.script = lines ? lines->scriptOf(path.toStdString()) : trace::TextId {},
        .line = static_cast<std::uint32_t>(std::max(line, 0))};
    return lines && asked.script && !lines->visits(asked.script, asked.line).empty() ? asked : LineAsked {};
}

void VisitsPage::addTo(QMenu& menu, const QString& path, int line)
{
    if (lineOf(path, line))
        menu.addAction(tr("All &Visits of This Line"), this, [this, path, line] { ask(path, line); });
}

QString VisitsPage::whyNone(const app::Lines& lines, const QString& path, int line) const
{
    const trace::TextId script = lines.scriptOf(path.toStdString());
    const QString why = !script || m_feed.guessing()
        ? QString()
        : app::whyNoVisits(lines, script, static_cast<std::uint32_t>(std::max(line, 0)));
    return why.isEmpty() ? tr("Line %1 has not run.").arg(line) : why;
}

void VisitsPage::ask(const QString& path, int line)
{
    const app::Lines* const lines = m_feed.session().lines();
    const LineAsked asked = lineOf(path, line);
    if (!asked) {
        emit told(!lines || lines->empty() ? whyNoLines(m_feed.session()) : whyNone(*lines, path, line));
        return;
    }
    m_line = asked;
    m_file = path.section(u'/', -1);
    m_pages.show(m_page);
    draw();
    m_table->fit();
    if (const int here = m_table->visits().currentRow(); here >= 0)
        m_table->scrollTo(m_table->visits().index(here, 0));
}

void VisitsPage::draw()
{
    const Moment& moment = m_feed.moment();
    if (m_line && moment.lines && m_cards.outlines() && m_pages.isShown(m_page))
        m_table->visits().show(moment, *m_cards.outlines(), m_line);
    tell();
}

void VisitsPage::tell()
{
    m_table->setEmptyText(emptyText());
    const int rows = m_table->visits().rowCount();
    m_pages.setRemark(m_page, m_line && rows > 0 ? tr("%1, line %2").arg(m_file).arg(m_line.line) : QString());
    m_pages.setCount(m_page, rows);
    m_corner->setEnabled(m_line && rows > 0);
}

QString VisitsPage::emptyText() const
{
    const app::Session& session = m_feed.session();
    if (!session.log())
        return tr("Nothing has run yet. Press F5, then ask for a line to see each time that it ran.");
    if (!session.lines() || session.lines()->empty())
        return whyNoLines(session);
    if (m_feed.guessing() && m_line)
        return tr("Up to this moment the line has not run.");
    return tr("Put the cursor into a line, then choose Run, Go by Line, All Visits of This Line.");
}

void VisitsPage::fillMenu(QMenu& menu)
{
    menu.clear();
    const Moment& moment = m_feed.moment();
    if (!m_line || !moment.lines || !m_cards.outlines())
        return;
    std::vector<ValuePath> paths = m_table->visits().values();
    for (const std::vector<ValuePath>& more :
        {columnsByThemselves(moment, *m_cards.outlines(), m_line), columnsThere(moment, m_line)}) {
        for (const ValuePath& path : more) {
            if (std::ranges::none_of(paths, [&](const ValuePath& one) { return one.sameAs(path); }))
                paths.push_back(path);
        }
    }
    for (const ValuePath& path : paths) {
        QAction* const column = menu.addAction(QString(path.text).replace(u'&', u"&&"_s));
        column->setCheckable(true);
        column->setChecked(std::ranges::contains(m_table->visits().values(), path));
        connect(column, &QAction::triggered, this, [this, path] { toggle(path); });
    }
}

void VisitsPage::toggle(const ValuePath& path)
{
    std::vector<ValuePath> values = m_table->visits().values();
    if (std::erase_if(values, [&](const ValuePath& one) { return one.sameAs(path); }) == 0)
        values.push_back(path);
    m_table->visits().setValues(values);
}

void VisitsPage::addTyped()
{
    const auto path = typedPath(m_field->text());
    if (!path) {
        emit told(tr("Write the name of a variable, or a property such as bill.total."));
        return;
    }
    const auto& values = m_table->visits().values();
    if (std::ranges::none_of(values, [&](const ValuePath& one) { return one.sameAs(*path); }))
        toggle(*path);
    m_field->clear();
}

void VisitsPage::showMenu(const QPoint& globalPosition)
{
    if (m_table->visits().rowCount() == 0)
        return;
    auto* const menu = new QMenu(m_table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Copy"), m_table, [this] { m_table->copy(false); })->setShortcut(QKeySequence::Copy);
    menu->addAction(tr("Copy &All"), m_table, [this] { m_table->copy(true); });
    fillMenu(*menu->addMenu(tr("C&olumns")));
    menu->popup(globalPosition);
}

} // namespace bistro::ui
