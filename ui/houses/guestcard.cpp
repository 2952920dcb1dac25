#include "houses/guestcard.h"

#include "theme/fonts.h"
#include "theme/meaning.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

GuestCard::GuestCard(QWidget* parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setGuest({});
}

void GuestCard::setGuest(const std::optional<GuestContent>& guest)
{
    m_guest = guest;
    setAccessibleName(tr("The order, in both restaurants"));
    setAccessibleDescription(asText());
    updateGeometry();
    update();
}

void GuestCard::setTheme(const Theme& theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

QString GuestCard::asText() const
{
    const QString heading = tr("The order, in both restaurants");
    return heading + u'\n' + (m_guest ? m_guest->asText() : tr("Select a table to see what it gains."));
}

int GuestCard::heightForWidth(int width) const
{
    return draw(nullptr, width);
}

QSize GuestCard::sizeHint() const
{
    const int width = m_theme.px(256);
    return {width, heightForWidth(width)};
}

QSize GuestCard::minimumSizeHint() const
{
    return {m_theme.px(200), heightForWidth(std::max(width(), m_theme.px(200)))};
}

void GuestCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.window());
    draw(&painter, width());
}

int GuestCard::draw(QPainter* painter, int width) const
{
    const int edge = m_theme.px(16);
    const QRect inner(edge, 0, width - 2 * edge, 0);
    int y = m_theme.px(10);
    const QFont small = uiFont(m_theme, TypeSize::Second, QFont::DemiBold);
    if (painter) {
        painter->setFont(small);
        painter->setPen(m_theme.secondary());
        painter->drawText(QRect(inner.left(), y, inner.width(), m_theme.px(20)), Qt::AlignVCenter | Qt::AlignLeft,
            QFontMetrics(small).elidedText(tr("The order, in both restaurants"), Qt::ElideRight, inner.width()));
    }
    y += m_theme.px(24);
    if (!m_guest) {
        const QFont font = uiFont(m_theme, TypeSize::Label);
        const QString hint = tr("Select a table to see what it gains.");
        const QRect box = QFontMetrics(font).boundingRect(
            QRect(inner.left(), y, inner.width(), 10'000), Qt::TextWordWrap, hint);
        if (painter) {
            painter->setFont(font);
            painter->setPen(m_theme.secondary());
            painter->drawText(QRect(inner.left(), y, inner.width(), box.height()), Qt::TextWordWrap, hint);
        }
        return y + box.height() + m_theme.px(12);
    }
    const int line = m_theme.px(30);
    if (painter) {
        const QFont label = uiFont(m_theme, TypeSize::Label);
        const int table = QFontMetrics(label).horizontalAdvance(m_guest->table);
        const Meaning meaning = meaningOf(m_guest->kind);
        const double mark = m_theme.px(12);
        paintMark(*painter, meaning, QRectF(inner.left(), y + (line - mark) / 2, mark, mark), m_theme.color(meaning));
        painter->setFont(label);
        painter->setPen(m_theme.secondary());
        painter->drawText(
            QRect(inner.left(), y, inner.width(), line), Qt::AlignRight | Qt::AlignVCenter, m_guest->table);
        const QFont title = uiFont(m_theme, TypeSize::Title, QFont::DemiBold);
        painter->setFont(title);
        painter->setPen(m_theme.text());
        const int left = inner.left() + m_theme.px(20);
        const int room = inner.right() - table - m_theme.px(8) - left;
        painter->drawText(QRect(left, y, room + 1, line), Qt::AlignVCenter | Qt::AlignLeft,
            QFontMetrics(title).elidedText(m_guest->title, Qt::ElideRight, room));
    }
    y = drawRows(painter, y + line + m_theme.px(2), width);
    return drawBox(painter, y + m_theme.px(8), width) + m_theme.px(12);
}

int GuestCard::drawRows(QPainter* painter, int top, int width) const
{
    const QRect inner(m_theme.px(16), 0, width - m_theme.px(32), 0);
    const QFont small = uiFont(m_theme, TypeSize::Second);
    const QFont head = uiFont(m_theme, TypeSize::Second, QFont::DemiBold);
    const QFont label = uiFont(m_theme, TypeSize::Label);
    const QFont bold = uiFont(m_theme, TypeSize::Label, QFont::Bold);
    const QString one = tr("one waiter");
    const QString each = tr("one each");
    int above = QFontMetrics(head).horizontalAdvance(one);
    int below = QFontMetrics(head).horizontalAdvance(each);
    for (const GuestContent::Row& row : m_guest->rows) {
        above = std::max(above, QFontMetrics(bold).horizontalAdvance(row.above));
        below = std::max(below, QFontMetrics(bold).horizontalAdvance(row.below));
    }
    const int gap = m_theme.px(8);
    const int height = m_theme.px(21);
    const auto cells = [&](int y, const QFont& font, const QFont& last, const QString& left, const QString& right) {
        painter->setPen(m_theme.text());
        painter->setFont(font);
        painter->drawText(QRect(inner.right() - below - gap - above, y, above + 1, height),
            Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, left);
        painter->setFont(last);
        painter->drawText(QRect(inner.right() - below, y, below + 1, height),
            Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip, right);
    };
    if (painter)
        cells(top, head, head, one, each);
    int y = top + height;
    for (const GuestContent::Row& row : m_guest->rows) {
        if (painter) {
            painter->setFont(small);
            painter->setPen(m_theme.secondary());
            const int room = inner.width() - above - below - 2 * gap;
            painter->drawText(QRect(inner.left(), y, room, height), Qt::AlignVCenter | Qt::AlignLeft,
                QFontMetrics(small).elidedText(row.name, Qt::ElideRight, room));
            cells(y, label, row.emphasis ? bold : label, row.above, row.below);
        }
        y += height;
    }
    return y;
}

int GuestCard::drawBox(QPainter* painter, int top, int width) const
{
    const QRect box(m_theme.px(12), top, width - m_theme.px(24), 0);
    const QFont bold = uiFont(m_theme, TypeSize::Label, QFont::DemiBold);
    const QFont label = uiFont(m_theme, TypeSize::Label);
    const QFont small = uiFont(m_theme, TypeSize::Second, QFont::DemiBold);
    const int pad = m_theme.px(12);
    const int number = m_theme.px(16);
    const int room = box.width() - 2 * pad - number;
    std::vector<int> heights;
    int height = pad + m_theme.px(20);
    for (const QString& sentence : m_guest->sentences) {
        heights.push_back(
            QFontMetrics(label).boundingRect(QRect(0, 0, room, 10'000), Qt::TextWordWrap, sentence).height());
        height += heights.back() + m_theme.px(4);
    }
    height += pad - m_theme.px(4);
    if (!painter)
        return top + height;
    painter->setPen(Qt::NoPen);
    painter->setBrush(m_theme.tint(Meaning::KernelIo));
    painter->drawRoundedRect(QRect(box.left(), top, box.width(), height), m_theme.px(8), m_theme.px(8));
    painter->setPen(m_theme.text());
    painter->setFont(bold);
    const int left = box.left() + pad;
    int y = top + pad;
    painter->drawText(QRect(left, y - m_theme.px(2), box.width() - 2 * pad, m_theme.px(18)),
        Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, m_guest->buys);
    y += m_theme.px(20);
    for (std::size_t i = 0; i < heights.size(); ++i) {
        painter->setFont(small);
        painter->setPen(m_theme.secondary());
        painter->drawText(QRect(left, y, number, QFontMetrics(label).height()), Qt::AlignVCenter | Qt::AlignLeft,
            QString::number(i + 1));
        painter->setFont(label);
        painter->setPen(m_theme.text());
        painter->drawText(QRect(left + number, y, room, heights[i]), Qt::TextWordWrap, m_guest->sentences[i]);
        y += heights[i] + m_theme.px(4);
    }
    return top + height;
}

std::optional<GuestContent> contentOfTable(
    const app::Rush& measured, const app::RushAssumptions& assumptions, std::uint32_t table)
{
    const RushShown shown = shownOf(measured, assumptions);
    const auto at = std::ranges::find(shown.upper.guests, table, &app::Guest::table);
    if (at == shown.upper.guests.end())
        return {};
    return guestContent(shown, static_cast<std::size_t>(at - shown.upper.guests.begin()));
}

} // namespace bistro::ui
