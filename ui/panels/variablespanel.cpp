#include "panels/variablespanel.h"

#include "panels/cardparts.h"
#include "panels/richlabel.h"
#include "theme/fonts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace bistro::ui {

VariablesPanel::VariablesPanel(QWidget* parent)
    : QWidget(parent)
    , m_heading(new QLabel(tr("Variables"), this))
    , m_when(new HeadLabel(this))
    , m_note(new QLabel(this))
    , m_list(new VariableList(this))
{
    setObjectName(QStringLiteral("variables"));
    setAccessibleName(tr("Variables"));
    m_list->setAccessibleName(tr("Variables"));
    m_heading->setToolTip(tr("What the variables hold at this moment.\nChoose one to see all values that it had."));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    auto* const head = new QHBoxLayout;
    head->addWidget(m_heading, 1);
    head->addWidget(m_when);
    auto* const all = new QVBoxLayout(this);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_list, 1);
    all->addWidget(m_note);
    restyle();
}

void VariablesPanel::setTheme(const Theme& theme)
{
    m_theme = theme; // even if it is the same: another place of the window has taken the colors away
    restyle();
}

void VariablesPanel::setCompact(bool on)
{
    m_compact = on;
    restyle();
}

void VariablesPanel::setContent(const VariablesContent& content)
{
    if (content == m_content)
        return;
    m_content = content;
    m_when->setText(content.when);
    m_list->setAccessibleDescription(content.when);
    m_note->setText(content.note);
    m_note->setVisible(!content.note.isEmpty());
    m_list->setVisible(!content.rows.empty());
    m_list->setRows(content.rows);
    fit();
}

// Higher than all of its rows it is never.
void VariablesPanel::fit()
{
    const int list = m_list->isHidden() ? 0 : m_list->sizeHint().height();
    const int rows = m_list->isHidden() ? 0 : m_list->rowHeight() * m_list->rows().rowCount();
    // In this width the note may need more lines than it asks for.
    const int note = m_note->isHidden() ? 0 : m_note->heightForWidth(width()) - m_note->sizeHint().height();
    setMaximumHeight(layout()->sizeHint().height() - list + rows + std::max(note, 0));
}

void VariablesPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fit();
}

void VariablesPanel::restyle()
{
    const int side = m_theme.px(14);
    layout()->setContentsMargins(0, m_theme.px(m_compact ? 6 : 10), 0, m_theme.px(m_compact ? 4 : 10));
    layout()->itemAt(0)->layout()->setContentsMargins(side, 0, side, m_theme.px(m_compact ? 2 : 5));
    m_note->setContentsMargins(side, 0, side, m_theme.px(4));
    colorLabel(m_heading, uiFont(m_theme, TypeSize::Second, QFont::DemiBold), m_theme.secondary());
    colorLabel(m_when, uiFont(m_theme, TypeSize::Second), m_theme.secondary());
    colorLabel(m_note, uiFont(m_theme, TypeSize::Second), m_theme.secondary());
    m_list->setTheme(m_theme);
    m_list->setLeastRows(m_compact ? 5 : 7);
    m_note->setVisible(!m_content.note.isEmpty());
    m_list->setVisible(!m_content.rows.empty());
    fit();
}

void VariablesPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window());
    painter.fillRect(0, 0, width(), 1, m_theme.border());
}

} // namespace bistro::ui
