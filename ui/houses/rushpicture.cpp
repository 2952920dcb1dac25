#include "houses/rushpicture.h"

#include "houses/housesink.h"
#include "houses/rushwords.h"
#include "theme/fonts.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace bistro::ui {

RushPicture::RushPicture(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(rushTitle());
}

void RushPicture::setShown(const std::optional<RushShown>& shown, const QString& program)
{
    m_ran = true;
    take(shown, program);
}

void RushPicture::clear()
{
    m_ran = false;
    take({}, {});
}

void RushPicture::take(const std::optional<RushShown>& shown, const QString& program)
{
    m_shown = shown;
    m_program = program;
    m_piece.reset();
    if (m_selected && (!m_shown || *m_selected >= m_shown->upper.guests.size()))
        m_selected.reset();
    setAccessibleDescription(m_shown ? sceneSentence(*m_shown) : nothingToShow(m_ran));
    layOut();
}

void RushPicture::setNow(std::uint64_t now)
{
    if (now == m_now)
        return;
    m_now = now;
    update();
}

void RushPicture::setSelected(std::optional<std::size_t> guest)
{
    if (guest == m_selected)
        return;
    m_selected = guest;
    m_piece.reset();
    layOut();
}

void RushPicture::setTheme(const Theme& theme)
{
    m_theme = theme;
    layOut();
}

void RushPicture::setCompact(bool on)
{
    m_compact = on;
    layOut();
}

void RushPicture::layOut()
{
    const double zoom = m_theme.zoom();
    m_lanes = {};
    std::size_t lanes = 0;
    std::uint64_t end = 1;
    if (m_shown) {
        m_lanes = lanesOf(m_shown->upper, lanesIn(size(), zoom, m_compact), m_selected);
        lanes = m_lanes.guests.size() + (m_lanes.more > 0 ? 1 : 0);
        end = m_shown->end() + m_shown->end() / 50;
    }
    m_layout = rushLayout(size(), zoom, m_compact, lanes, end);
    emit laidOut();
    update();
}

RushFrame RushPicture::frame() const
{
    RushFrame frame {.shown = m_shown ? &*m_shown : nullptr,
        .layout = &m_layout,
        .lanes = m_lanes,
        .theme = m_theme,
        .program = m_program,
        .now = {},
        .selected = m_selected,
        .piece = m_piece,
        .focused = hasFocus(),
        .pixelRatio = devicePixelRatioF()};
    if (m_shown && m_now >= m_shown->upper.start)
        frame.now = m_now - m_shown->upper.start;
    return frame;
}

void RushPicture::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    paintFloor(painter, m_theme, rect());
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_shown) {
        paintRush(painter, frame());
        return;
    }
    paintHeading(painter, m_layout, m_theme, {});
    const QFont font = uiFont(m_theme, TypeSize::Heading);
    const QString words = nothingToShow(m_ran);
    QRectF card(0, 0, QFontMetricsF(font).horizontalAdvance(words) + m_theme.px(48), m_theme.px(64));
    card.moveCenter(QRectF(rect()).center());
    paintHouseCard(painter, m_theme, card);
    painter.setFont(font);
    painter.setPen(m_theme.text());
    painter.drawText(card, Qt::AlignCenter, words);
}

void RushPicture::resizeEvent(QResizeEvent*)
{
    layOut();
}

void RushPicture::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up: walkGuests(-1); break;
    case Qt::Key_Down: walkGuests(1); break;
    case Qt::Key_Left: walkPieces(-1); break;
    case Qt::Key_Right: walkPieces(1); break;
    case Qt::Key_Return:
    case Qt::Key_Enter: enter(); break;
    case Qt::Key_Escape: emit backAsked(); break;
    default: QWidget::keyPressEvent(event); return;
    }
    event->accept();
}

void RushPicture::choose(std::size_t guest)
{
    if (m_selected == guest)
        return;
    setSelected(guest);
    emit guestChosen(guest);
}

void RushPicture::walkGuests(int step)
{
    if (m_lanes.guests.empty())
        return;
    const auto at = m_selected ? std::ranges::find(m_lanes.guests, *m_selected) : m_lanes.guests.end();
    const auto last = static_cast<std::ptrdiff_t>(m_lanes.guests.size()) - 1;
    std::ptrdiff_t row = step > 0 ? 0 : last;
    if (at != m_lanes.guests.end())
        row = std::clamp<std::ptrdiff_t>(at - m_lanes.guests.begin() + step, 0, last);
    choose(m_lanes.guests[static_cast<std::size_t>(row)]);
    tell();
}

void RushPicture::walkPieces(int step)
{
    if (!m_selected) {
        walkGuests(1);
        return;
    }
    const auto last = static_cast<std::ptrdiff_t>(m_shown->upper.guests[*m_selected].pieces.size()) - 1;
    if (last < 0)
        return;
    std::ptrdiff_t piece = step > 0 ? 0 : last;
    if (m_piece)
        piece = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(*m_piece) + step, 0, last);
    m_piece = static_cast<std::size_t>(piece);
    update();
    tell();
}

void RushPicture::enter()
{
    if (!m_selected)
        return;
    const app::Guest& guest = m_shown->upper.guests[*m_selected];
    const app::Index event = m_piece && *m_piece < guest.pieces.size() ? guest.pieces[*m_piece].begin : guest.event;
    if (event != app::kNoEvent)
        emit momentAsked(event);
}

// What the keys have come to is said.
void RushPicture::tell()
{
    if (!QAccessible::isActive() || !m_selected)
        return;
    QString text = guestSentence(*m_shown, *m_selected);
    const auto& pieces = m_shown->upper.guests[*m_selected].pieces;
    if (m_piece && *m_piece < pieces.size())
        text = pieceSentence(pieces[*m_piece]);
    QAccessibleAnnouncementEvent told(this, text);
    QAccessible::updateAccessibility(&told);
}

std::optional<RushPicture::Spot> RushPicture::spotAt(const QPointF& at) const
{
    if (!m_shown)
        return {};
    const double near = m_theme.px(2);
    const auto pieceOf = [&](const std::vector<app::ServedPiece>& pieces, auto barOf) -> std::optional<std::size_t> {
        for (std::size_t k = 0; k < pieces.size(); ++k) {
            if (barOf(pieces[k]).adjusted(-near, -near, near, near).contains(at))
                return k;
        }
        return {};
    };
    if (m_layout.waiter.adjusted(-near, 0, near, 0).contains(at)) {
        for (std::size_t i = 0; i < m_shown->upper.guests.size(); ++i) {
            if (const auto k = pieceOf(m_shown->upper.guests[i].pieces,
                    [&](const app::ServedPiece& piece) { return upperBar(m_layout, piece); }))
                return Spot {.guest = i, .piece = k};
        }
    }
    for (std::size_t lane = 0; lane < m_lanes.guests.size(); ++lane) {
        if (m_layout.lanes[lane].contains(at)) {
            const std::size_t guest = m_lanes.guests[lane];
            return Spot {.guest = guest,
                .piece = pieceOf(m_shown->lower.guests[guest].pieces,
                    [&](const app::ServedPiece& piece) { return lowerBar(m_layout, lane, piece); })};
        }
    }
    return {};
}

void RushPicture::mousePressEvent(QMouseEvent* event)
{
    const auto spot = event->button() == Qt::LeftButton ? spotAt(event->position()) : std::nullopt;
    if (!spot) {
        QWidget::mousePressEvent(event);
        return;
    }
    choose(spot->guest);
    m_piece = spot->piece;
    update();
    if (spot->piece)
        enter();
}

QString RushPicture::tipAt(const QPointF& at) const
{
    const auto spot = spotAt(at);
    if (spot) {
        QString text = guestSentence(*m_shown, spot->guest);
        const auto& pieces = m_shown->upper.guests[spot->guest].pieces;
        if (spot->piece && *spot->piece < pieces.size())
            text = pieceSentence(pieces[*spot->piece]) + QLatin1Char('\n') + text;
        return text;
    }
    if (m_shown && m_layout.assumed.contains(at))
        return assumedTexts(*m_shown).value(0);
    return {};
}

bool RushPicture::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        const QString tip = tipAt(help->pos());
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    return QWidget::event(event);
}

void RushPicture::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void RushPicture::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

QString RushPicture::rowText(int row) const
{
    return m_shown && row >= 0 && row < rowCount()
        ? guestSentence(*m_shown, m_lanes.guests[static_cast<std::size_t>(row)])
        : QString();
}

QRect RushPicture::rowRect(int row) const
{
    return row >= 0 && row < rowCount() ? m_layout.lanes[static_cast<std::size_t>(row)].toRect() : QRect();
}

void RushPicture::chooseRow(int row)
{
    if (row >= 0 && row < rowCount())
        choose(m_lanes.guests[static_cast<std::size_t>(row)]);
}

void RushPicture::enterRow(int row)
{
    chooseRow(row);
    enter();
}

} // namespace bistro::ui
