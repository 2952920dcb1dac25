#include "window/lowerleft.h"

#include "panels/richlabel.h"
#include "theme/fonts.h"
#include "window/focusorder.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

constexpr int kWide = 11; // beside the words of a tab
constexpr int kNarrow = 7;

} // namespace

PageTabs::PageTabs(QWidget* parent)
    : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
}

void PageTabs::setTheme(const Theme& theme, int height)
{
    m_theme = theme;
    m_height = height;
    setFont(uiFont(theme, TypeSize::Label, QFont::DemiBold));
    updateGeometry();
    update();
}

// All of them as wide as in bold, so that nothing moves when another one comes to the front.
QSize PageTabs::tabSizeHint(int index) const
{
    const int words = QFontMetrics(uiFont(m_theme, TypeSize::Label, QFont::DemiBold)).horizontalAdvance(tabText(index));
    return {words + 2 * m_theme.px(m_narrow ? kNarrow : kWide), m_height};
}

void PageTabs::fit(int width)
{
    int wide = 0;
    for (int i = 0; i < count(); ++i)
        wide += isTabVisible(i) ? tabSizeHint(i).width() + (m_narrow ? 2 * m_theme.px(kWide - kNarrow) : 0) : 0;
    const bool narrow = wide > width;
    if (std::exchange(m_narrow, narrow) != narrow)
        setIconSize(iconSize()); // so that the tabs are laid out anew
    updateGeometry(); // a tab that came to sight does not say so
}

void PageTabs::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (int i = 0; i < count(); ++i) {
        const QRect tab = tabRect(i);
        const bool front = i == currentIndex();
        const bool hovered = tab.contains(mapFromGlobal(QCursor::pos())) && underMouse();
        painter.setFont(uiFont(m_theme, TypeSize::Label, front ? QFont::DemiBold : QFont::Normal));
        painter.setPen(front || hovered ? m_theme.text() : m_theme.secondary());
        painter.drawText(tab, Qt::AlignCenter | Qt::TextSingleLine, tabText(i));
        const int line = m_theme.px(2);
        if (front)
            painter.fillRect(QRect(tab.left(), tab.bottom() + 1 - line, tab.width(), line), m_theme.ink());
        if (front && hasFocus()) {
            painter.setPen(QPen(m_theme.ink(), line));
            const int in = m_theme.px(2);
            painter.drawRect(tab.adjusted(in, in, -in, -in - line));
        }
    }
}

LowerLeft::LowerLeft(WindowFrame& frame, const Actions& actions)
    : m_frame(frame)
    , m_actions(actions)
    , m_tabs(new PageTabs)
    , m_remark(new QLabel)
    , m_row(new QWidget(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(QStringLiteral("lowerleft"));
    m_tabs->setAccessibleName(tr("Pages below the code"));
    auto* const row = new QHBoxLayout(m_row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_tabs);
    row->addStretch(1);
    row->addWidget(m_remark);
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_row);
    m_stack->setMinimumHeight(1); // a page scrolls: how high this is, the frame decides
    column->addWidget(m_stack, 1);
    m_row->setAttribute(Qt::WA_StyledBackground);
    m_row->setObjectName(QStringLiteral("pagesrow"));
    m_remark->setTextFormat(Qt::PlainText);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int index) {
        if (!m_switching && index >= 0)
            m_actions[m_pages[static_cast<std::size_t>(index)].action]->setChecked(true);
    });
    setTheme(m_theme);
}

void LowerLeft::addPage(ActionId action, const QString& id, const QString& title, QWidget* page, QWidget* corner)
{
    const auto index = static_cast<int>(m_pages.size());
    m_switching = true;
    m_pages.push_back(
        {.action = action, .id = id, .title = title, .widget = page, .corner = corner, .count = 0, .remark = {}});
    m_stack->addWidget(page);
    if (corner)
        m_row->layout()->addWidget(corner);
    m_tabs->addTab(title);
    updateTab(index);
    m_switching = false;
    m_actions.onToggled(action, this, [this, index](bool on) { toggled(index, on); });
    m_actions.on(action, this, [this, index] {
        if (m_actions[m_pages[static_cast<std::size_t>(index)].action]->isChecked())
            focusCurrent();
    });
}

void LowerLeft::toggled(int index, bool on)
{
    if (m_switching)
        return;
    if (on)
        bringToFront(index);
    else if (index == m_stack->currentIndex())
        m_frame.setShown(Area::Console, false);
}

void LowerLeft::bringToFront(int index)
{
    m_switching = true;
    m_tabs->setTabVisible(index, true);
    m_stack->setCurrentIndex(index);
    m_tabs->setCurrentIndex(index);
    m_frame.setShown(Area::Console, true);
    m_switching = false;
    updateActions();
    updateRemark();
}

void LowerLeft::updateActions()
{
    m_switching = true;
    for (std::size_t i = 0; i < m_pages.size(); ++i)
        m_actions[m_pages[i].action]->setChecked(
            m_frame.isShown(Area::Console) && static_cast<int>(i) == m_stack->currentIndex());
    m_switching = false;
}

int LowerLeft::indexOf(const QWidget* page) const
{
    return static_cast<int>(std::ranges::find(m_pages, page, &Page::widget) - m_pages.begin());
}

void LowerLeft::show(const QWidget* page)
{
    m_actions[m_pages[static_cast<std::size_t>(indexOf(page))].action]->setChecked(true);
}

bool LowerLeft::isShown(const QWidget* page) const
{
    return m_frame.isShown(Area::Console) && m_stack->currentWidget() == page;
}

void LowerLeft::focusCurrent()
{
    if (QWidget* const taker = takerOfKeys(*m_stack->currentWidget()))
        taker->setFocus(Qt::ShortcutFocusReason);
}

QString LowerLeft::currentId() const
{
    return m_pages.empty() ? QString() : m_pages[static_cast<std::size_t>(m_stack->currentIndex())].id;
}

void LowerLeft::setCurrentId(const QString& id)
{
    const auto page = std::ranges::find(m_pages, id, &Page::id);
    if (page == m_pages.end())
        return;
    m_switching = true;
    m_stack->setCurrentWidget(page->widget);
    m_tabs->setTabVisible(static_cast<int>(page - m_pages.begin()), true);
    m_tabs->setCurrentIndex(static_cast<int>(page - m_pages.begin()));
    m_switching = false;
    updateActions();
    updateRemark();
}

void LowerLeft::hideUntilAsked(const QWidget* page)
{
    m_switching = true;
    m_tabs->setTabVisible(indexOf(page), isShown(page));
    m_switching = false;
    arrange();
}

void LowerLeft::setCount(const QWidget* page, int count)
{
    const int index = indexOf(page);
    Page& known = m_pages[static_cast<std::size_t>(index)];
    if (known.count == count)
        return;
    known.count = count;
    updateTab(index);
    arrange();
}

void LowerLeft::setRemark(const QWidget* page, const QString& remark)
{
    Page& known = m_pages[static_cast<std::size_t>(indexOf(page))];
    if (known.remark == remark)
        return;
    known.remark = remark;
    updateTab(indexOf(page));
    updateRemark();
}

void LowerLeft::updateTab(int index)
{
    const Page& page = m_pages[static_cast<std::size_t>(index)];
    const QString title = page.count == 0 ? page.title
                                          : tr("%1 %2", "a page, and how many it has").arg(page.title).arg(page.count);
    m_tabs->setTabText(index, title);
    m_tabs->setAccessibleTabName(index, title);
    const QString key = tr("%1 (%2)", "a page, and its key").arg(page.title, m_actions.keyOf(page.action));
    m_tabs->setTabToolTip(index, page.remark.isEmpty() ? key : key + u'\n' + page.remark);
}

void LowerLeft::updateRemark()
{
    m_remark->setText(m_pages.empty() ? QString() : m_pages[static_cast<std::size_t>(m_stack->currentIndex())].remark);
    arrange();
}

// Whole, or not at all: it stands in the tab's tip, too.
void LowerLeft::arrange()
{
    const QMargins margins = m_row->layout()->contentsMargins();
    m_tabs->fit(width() - margins.left());
    int room = width() - m_tabs->sizeHint().width() - margins.left() - margins.right();
    for (std::size_t i = 0; i < m_pages.size(); ++i) {
        if (QWidget* const corner = m_pages[i].corner) {
            const int wide = corner->sizeHint().width();
            const bool fits = static_cast<int>(i) == m_stack->currentIndex() && wide <= room;
            corner->setVisible(fits); // what it does is in the menus, too
            room -= fits ? wide : 0;
        }
    }
    room -= m_theme.px(12);
    m_remark->setVisible(!m_remark->text().isEmpty() && m_remark->sizeHint().width() <= room);
}

void LowerLeft::setTheme(const Theme& theme)
{
    m_theme = theme;
    const int height = theme.px(m_compact ? 28 : 32);
    m_row->setFixedHeight(height);
    m_row->layout()->setContentsMargins(theme.px(5), 0, theme.px(16), 1);
    m_row->setStyleSheet(QStringLiteral("#pagesrow { border-bottom: 1px solid %1; }").arg(theme.border().name()));
    m_tabs->setTheme(theme, height - 1);
    colorLabel(m_remark, uiFont(theme, TypeSize::Second), theme.secondary());
    arrange();
}

void LowerLeft::setCompact(bool on)
{
    m_compact = on;
    setTheme(m_theme);
}

void LowerLeft::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace bistro::ui
