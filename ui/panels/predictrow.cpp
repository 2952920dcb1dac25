#include "panels/predictrow.h"

#include "theme/fonts.h"

#include <QCoreApplication>
#include <QPainter>

namespace bistro::ui {
namespace {

struct PredictAnswer {
    Q_DECLARE_TR_FUNCTIONS(PredictAnswer)
};

} // namespace

PredictRowButton::PredictRowButton(const Theme& theme, const PredictRow& row, bool asked, QWidget* parent)
    : QPushButton(parent)
    , m_theme(theme)
    , m_row(row)
{
    setAutoDefault(true); // Enter answers
    setEnabled(asked);
    setFocusPolicy(asked ? Qt::StrongFocus : Qt::NoFocus);
    setCursor(asked ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    QStringList words {row.name.title, row.kind};
    if (const QString told = verdict(); !told.isEmpty())
        words << told;
    setAccessibleName(PredictAnswer::tr("%1: %2").arg(QString::number(row.key), words.join(QStringLiteral(", "))));
}

QString PredictRowButton::verdict() const
{
    return m_row.came ? PredictAnswer::tr("it came") : m_row.chosen ? PredictAnswer::tr("your answer") : QString();
}

QString PredictRowButton::shownKind(const QFontMetricsF& metrics, double room) const
{
    const QString end = m_row.kind.last(m_row.uncut);
    return metrics.horizontalAdvance(m_row.kind) <= room
        ? m_row.kind
        : metrics.elidedText(m_row.kind.chopped(m_row.uncut), Qt::ElideRight, room - metrics.horizontalAdvance(end))
            + end;
}

QSize PredictRowButton::sizeHint() const
{
    return {m_theme.px(160), m_theme.px(40)};
}

void PredictRowButton::paintKey(QPainter& painter, const QRectF& square) const
{
    const bool asked = isEnabled();
    painter.setPen(asked || m_row.came ? QPen(Qt::NoPen) : QPen(m_theme.secondary(), 1.3));
    painter.setBrush(asked || m_row.came ? QBrush(m_theme.ink()) : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(square, m_theme.px(4), m_theme.px(4));
    painter.setFont(uiFont(m_theme, TypeSize::Second, QFont::Bold));
    painter.setPen(asked || m_row.came ? m_theme.onInk() : m_theme.secondary());
    painter.drawText(square, Qt::AlignCenter, QString::number(m_row.key));
}

void PredictRowButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool hot = isEnabled() && (underMouse() || isDown());
    const double edge = hasFocus() ? 2 : m_row.came ? 1.5 : 1;
    QPen pen(hasFocus() || m_row.came || hot ? m_theme.ink() : m_theme.border(), edge);
    if (m_row.chosen && !m_row.came)
        pen = QPen(m_theme.secondary(), 1.3, Qt::DashLine);
    painter.setPen(pen);
    painter.setBrush(m_theme.raised());
    const double in = edge / 2 + 0.5;
    painter.drawRoundedRect(QRectF(rect()).adjusted(in, in, -in, -in), m_theme.px(6), m_theme.px(6));

    const double side = m_theme.px(20);
    paintKey(painter, QRectF(m_theme.px(10), (height() - side) / 2, side, side));
    const double mark = m_theme.px(14);
    const double left = m_theme.px(38);
    paintMark(painter, m_row.name.meaning, {left, height() * 0.3 - mark / 2 + 1, mark, mark},
        m_theme.color(m_row.name.meaning));
    double right = width() - m_theme.px(10);
    if (const QString told = verdict(); !told.isEmpty()) {
        const QFont font = uiFont(m_theme, TypeSize::Second, QFont::DemiBold);
        painter.setFont(font);
        painter.setPen(m_row.came ? m_theme.text() : m_theme.secondary());
        painter.drawText(QRectF(left, 0, right - left, height()), Qt::AlignVCenter | Qt::AlignRight, told);
        right -= QFontMetricsF(font).horizontalAdvance(told) + m_theme.px(8);
    }
    const auto line = [&](double from, double y, const QFont& font, const QColor& color, const QString& words) {
        painter.setFont(font);
        painter.setPen(color);
        const QFontMetricsF metrics(font);
        painter.drawText(QRectF(from, y - metrics.height() / 2, right - from, metrics.height()), Qt::AlignVCenter,
            metrics.elidedText(words, Qt::ElideRight, right - from));
    };
    line(left + mark + m_theme.px(5), height() * 0.32, uiFont(m_theme, TypeSize::Label, QFont::DemiBold),
        m_theme.text(), m_row.name.title);
    const QFont small = uiFont(m_theme, TypeSize::Second);
    line(left, height() * 0.7, small, m_theme.secondary(), shownKind(QFontMetricsF(small), right - left));
}

} // namespace bistro::ui
