#include "course/actionbar.h"

#include <QPainter>

#include <algorithm>

namespace bistro::ui {

namespace {

constexpr int kMostLess = 10; // px at 100 % that a button gives up

} // namespace

ActionBar::ActionBar(QWidget* parent)
    : QWidget(parent)
{
}

void ActionBar::add(CourseButton* button)
{
    button->setParent(this);
    m_items.push_back({button, false});
}

void ActionBar::addAtEnd(CourseButton* button)
{
    button->setParent(this);
    m_items.push_back({button, true});
}

void ActionBar::setKeys(const QStringList& keys)
{
    if (keys == m_keys)
        return;
    m_keys = keys;
    rearrange();
}

void ActionBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (const Item& item : m_items)
        item.button->setTheme(theme);
    rearrange();
}

void ActionBar::rearrange()
{
    updateGeometry();
    arrange(width(), true);
    update();
}

// From the left as long as there is room, and below that again. Before a second row is begun, each gives up some of the
// room beside its words. What belongs at the end stands at the end of its row.
int ActionBar::arrange(int width, bool place) const
{
    const int margin = m_theme.px(16);
    const int inner = std::max(1, width - 2 * margin);
    const int height = m_theme.px(32);
    const int gap = m_theme.px(8);
    int all = -gap;
    int shown = 0;
    for (const Item& item : m_items) {
        if (item.button->isHidden())
            continue;
        all += item.button->sizeHint().width() + gap;
        ++shown;
    }
    const int over = shown > 0 ? (std::max(0, all - inner) + shown - 1) / shown : 0;
    const int less = over <= m_theme.px(kMostLess) ? over : 0;
    int x = 0;
    int y = 0;
    int end = inner; // where those at the end begin
    for (const Item& item : m_items) {
        if (item.button->isHidden())
            continue;
        const int wide = std::min(item.button->sizeHint().width() - less, inner);
        if (x > 0 && x + wide > end) {
            x = 0;
            end = inner;
            y += height + gap;
        }
        const int left = item.atEnd ? end - wide : x;
        if (place)
            item.button->setGeometry(visualRect(QRect(margin + left, y, wide, height), width, layoutDirection()));
        if (item.atEnd)
            end = left - gap;
        else
            x += wide + gap;
    }
    if (place) {
        const int keys = m_keys.isEmpty() ? 0 : keyCapsWidth(m_keys, m_theme);
        const int cap = m_theme.px(20);
        m_keysAt = keys > 0 && x + keys <= end ? QRect(margin + end - keys, y + (height - cap) / 2, keys, cap)
                                               : QRect();
    }
    return y + height;
}

int ActionBar::heightForWidth(int width) const
{
    return arrange(width, false);
}

QSize ActionBar::sizeHint() const
{
    return {m_theme.px(416), heightForWidth(m_theme.px(416))};
}

void ActionBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
}

void ActionBar::paintEvent(QPaintEvent*)
{
    if (m_keysAt.isEmpty())
        return;
    QPainter painter(this);
    paintKeyCaps(painter, visualRect(m_keysAt, width(), layoutDirection()), m_keys, m_theme);
}

} // namespace bistro::ui
