#include "course/lessonbody.h"

#include <QPainter>

#include <algorithm>

namespace bistro::ui {

LessonBody::LessonBody(QWidget* parent)
    : QWidget(parent)
{
}

void LessonBody::add(QWidget* part, Gap gap)
{
    part->setParent(this);
    m_items.push_back({part, gap});
}

void LessonBody::setTheme(const Theme& theme)
{
    m_theme = theme;
    update();
}

void LessonBody::setMargins(int top, int bottom)
{
    m_top = top;
    m_bottom = bottom;
}

void LessonBody::setEdge(bool on)
{
    if (on == m_edge)
        return;
    m_edge = on;
    update();
}

bool LessonBody::isEmpty() const
{
    return std::ranges::all_of(m_items, [](const Item& item) { return item.part->isHidden(); });
}

void LessonBody::arrange()
{
    place(width(), true);
    update();
}

int LessonBody::place(int width, bool move) const
{
    if (move)
        m_rules.clear();
    const int top = m_theme.px(m_top);
    int y = top;
    for (const Item& item : m_items) {
        if (item.part->isHidden())
            continue;
        if (item.gap.rule && y > top) {
            y += m_theme.px(6);
            if (move)
                m_rules.push_back(y);
            y += 1 + m_theme.px(2);
        }
        y += y > top ? m_theme.px(item.gap.before) : 0;
        const int margin = item.gap.inset ? m_theme.px(16) : 0;
        const int inner = std::max(1, width - 2 * margin);
        const int height = item.part->heightForWidth(inner);
        if (move)
            item.part->setGeometry(margin, y, inner, height);
        y += height;
    }
    return y + m_theme.px(m_bottom);
}

void LessonBody::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    place(width(), true);
}

void LessonBody::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (const int y : m_rules)
        painter.fillRect(0, y, width(), 1, m_theme.border());
    if (m_edge)
        painter.fillRect(0, 0, width(), 1, m_theme.border());
}

} // namespace bistro::ui
