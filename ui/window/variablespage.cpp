#include "window/variablespage.h"

#include "panels/richlabel.h"
#include "theme/fonts.h"
#include "window/status.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QVBoxLayout>

#include <algorithm>

namespace bistro::ui {

using Id = ActionId;

VariablesPage::VariablesPage(MomentFeed& feed, const Actions& actions, CardsPage& cards)
    : m_feed(feed)
    , m_actions(actions)
    , m_cards(cards)
    , m_column(new QWidget)
    , m_variables(new VariablesPanel(m_column))
    , m_history(new HistoryPanel(m_column))
    , m_without(new QLabel(m_column))
{
    auto* const layout = new QVBoxLayout(m_column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_variables, 100); // as high as its rows, where there is room
    layout->addWidget(m_history);
    layout->addWidget(m_without);
    layout->addStretch(1);
    QSizePolicy policy = m_column->sizePolicy();
    policy.setVerticalStretch(100); // before what is left empty in the column
    m_column->setSizePolicy(policy);
    m_without->setTextFormat(Qt::PlainText);
    m_without->setWordWrap(true);
    m_variables->hide();
    m_history->hide();
    m_without->hide();
    m_history->showNothing();
    VariableList* const list = &m_variables->list();
    connect(list, &VariableList::chosen, this, &VariablesPage::choose);
    connect(list, &VariableList::openAsked, this, [this](const QString& key, bool open) {
        m_asked.open[key] = open;
        draw(m_feed.moment());
    });
    connect(list, &VariableList::moreAsked, this, [this](const QString& key) {
        ++m_asked.pages[key];
        draw(m_feed.moment());
    });
    connect(list, &VariableList::pinAsked, this, &VariablesPage::pin);
    connect(list, &VariableList::copyAsked, this, &VariablesPage::copy);
    connect(list, &VariableList::menuAsked, this, &VariablesPage::showMenu);
    connect(m_history, &HistoryPanel::placeAsked, this, &VariablesPage::go);
    connect(m_history, &HistoryPanel::said, this, &VariablesPage::said);
    connect(&cards.callStack(), &CallStackPanel::callClicked, this, &VariablesPage::chooseCall);
    connect(&feed, &MomentFeed::logAboutToGo, this, &VariablesPage::forget);
    connect(&feed, &MomentFeed::drawn, this, &VariablesPage::draw);
    actions[Id::ShowVariables]->setChecked(true);
    actions.onToggled(Id::ShowVariables, this, [this](bool) { draw(m_feed.moment()); });
    actions.on(Id::PreviousValue, this, [this] { m_history->step(false); });
    actions.on(Id::NextValue, this, [this] { m_history->step(true); });
    updateActions({});
}

void VariablesPage::setTheme(const Theme& theme)
{
    m_variables->setTheme(theme);
    m_history->setTheme(theme);
    m_without->setMargin(theme.px(14));
    colorLabel(m_without, uiFont(theme, TypeSize::Second), theme.secondary());
}

void VariablesPage::setCompact(bool on)
{
    m_asked.compact = on;
    m_variables->setCompact(on);
    m_history->setCompact(on);
    draw(m_feed.moment());
}

// What is shown belongs to the log.
void VariablesPage::forget()
{
    m_asked.call = {};
    m_asked.chosen.clear();
    m_slot.reset();
    m_name.clear();
    m_variables->list().setChosen({});
    m_variables->setContent({});
    m_history->showNothing();
    m_cards.callStack().setChosen({});
    mark(nullptr);
}

// Of a hundred thousand values the timeline has no more room than for some.
void VariablesPage::mark(const app::Lines* lines)
{
    constexpr std::size_t kMarks = 2'000;
    std::vector<app::Index> stops;
    const std::span<const app::Index> history = lines && m_slot ? lines->history(*m_slot)
                                                                : std::span<const app::Index>();
    m_marked = history.size();
    const std::size_t step = 1 + history.size() / kMarks;
    for (std::size_t i = 0; i < history.size(); i += step) {
        const app::Index stop = lines->stopAt(history[i] + 1);
        if (stop != app::kNoEvent && (stops.empty() || stops.back() != stop))
            stops.push_back(stop);
    }
    emit stopsMarked(stops);
}

void VariablesPage::updateActions(const Moment& moment)
{
    const QString why = !moment.log ? tr("There is nothing to look at yet. Run a program, or open a recorded run.")
        : !moment.lines             ? whyNoLines(m_feed.session())
        : !m_slot                   ? tr("Choose a variable first: click it in Variables.")
                                    : QString();
    for (const Id id : {Id::PreviousValue, Id::NextValue}) {
        m_actions[id]->setEnabled(why.isEmpty());
        m_actions.setWhy(id, why.isEmpty() ? tr("Of the variable that you chose in Variables.") : why);
    }
}

void VariablesPage::draw(const Moment& moment)
{
    updateActions(moment);
    const bool wanted = m_actions[Id::ShowVariables]->isChecked();
    const bool there = moment.log && moment.lines && m_cards.outlines() && wanted;
    m_variables->setVisible(there);
    m_history->setVisible(there);
    const bool without = wanted && moment.log && !moment.lines && !moment.running && moment.place > 0;
    m_without->setVisible(without);
    if (without)
        m_without->setText(whyNoLines(m_feed.session()));
    m_cards.setBrief(there);
    if (!there || !m_actions[Id::ShowCards]->isChecked())
        return;
    // A call is chosen for a moment: whoever goes on wants to see where the program is.
    if (m_asked.call && moment.place != m_place)
        m_asked.call = {};
    const auto shown = frameShown(*moment.lines, moment.place, m_asked.call);
    m_cards.callStack().setChosen(shown ? shown->frame.call : trace::CallId {});
    m_variables->setContent(variablesContent(moment, *m_cards.outlines(), m_asked));
    if (!m_slot)
        return;
    m_history->showValues(m_name, moment, *m_slot);
    if (moment.lines->history(*m_slot).size() != m_marked)
        mark(moment.lines);
}

void VariablesPage::choose(const VariableRow& row)
{
    m_asked.chosen = row.key;
    m_variables->list().setChosen(row.key);
    m_slot = row.slot;
    m_name = row.path.text;
    updateActions(m_feed.moment());
    if (!m_slot)
        m_history->showNothing();
    mark(m_feed.moment().lines);
    draw(m_feed.moment());
}

void VariablesPage::chooseCall(trace::CallId call)
{
    m_asked.call = call;
    m_place = m_feed.moment().place;
    m_actions[Id::ShowVariables]->setChecked(true);
    draw(m_feed.moment());
}

void VariablesPage::pin(const VariableRow& row)
{
    const Moment& moment = m_feed.moment();
    if (!moment.lines)
        return;
    const auto same = std::ranges::find_if(m_asked.pinned, [&](const PinnedValue& pin) {
        return pin.path.sameAs(row.path) && (!row.call || pinFor(moment, row.call, row.path) == pin);
    });
    if (same != m_asked.pinned.end()) {
        m_asked.pinned.erase(same);
        emit said(tr("%1 is no longer pinned.").arg(row.path.text));
    } else if (const auto pin = pinFor(moment, row.call, row.path)) {
        m_asked.pinned.push_back(*pin);
        emit said(tr("%1 is pinned.").arg(row.path.text));
    }
    draw(moment);
}

void VariablesPage::showMenu(const VariableRow& row, const QPoint& globalPosition)
{
    auto* const menu = new QMenu(m_variables);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* const values = menu->addAction(tr("Show All Its &Values"), this, [this, row] { choose(row); });
    values->setShortcut(Qt::Key_Return);
    values->setEnabled(row.slot.has_value());
    QAction* const find = menu->addAction(tr("&Find When It Was…"), this, [this, row] {
        choose(row);
        m_history->setFinding(true);
    });
    find->setEnabled(row.slot.has_value());
    QAction* const made = menu->addAction(tr("&Go to Where It Was Set"), this, [this, row] { goToMade(*row.slot); });
    made->setEnabled(row.slot.has_value());
    menu->addSeparator();
    menu->addAction(row.pinned ? tr("Un&pin") : tr("&Pin"), this, [this, row] { pin(row); })
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_D));
    menu->addSeparator();
    menu->addAction(tr("&Copy Value"), this, [this, row] { copy(row); })->setShortcut(QKeySequence::Copy);
    menu->addAction(tr("Copy Pa&th"), this, [row] { QGuiApplication::clipboard()->setText(row.path.text); });
    menu->popup(globalPosition);
}

// More of an object than a row has room for.
void VariablesPage::copy(const VariableRow& row) const
{
    constexpr std::size_t kCopied = 10'000; // characters
    const Moment& moment = m_feed.moment();
    QString text = row.value.text;
    if (row.object && moment.lines)
        text = QString::fromStdString(
            moment.lines->preview({.text = {}, .object = row.object, .cut = false, .told = 0}, moment.place, kCopied));
    QGuiApplication::clipboard()->setText(text);
}

void VariablesPage::goToMade(const app::LineSlot& slot)
{
    m_feed.stopPlaying();
    if (!m_feed.session().goToMade(slot))
        emit said(tr("Nobody knows where it was set."));
}

void VariablesPage::go(app::Place place)
{
    m_feed.stopPlaying();
    m_feed.session().goTo(place);
}

} // namespace bistro::ui
