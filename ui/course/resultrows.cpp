#include "course/resultrows.h"

#include "course/coursebutton.h"
#include "theme/fonts.h"

#include <QHelpEvent>
#include <QLabel>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

ResultRow::ResultRow(QWidget* parent)
    : QWidget(parent)
    , m_why(new CourseButton(CourseButton::Form::Link, this))
{
    m_why->setText(tr("Why?"));
    connect(m_why, &QAbstractButton::clicked, this, [this] { emit whyAsked(m_view.row); });
}

void ResultRow::setView(const ResultRowView& view)
{
    if (view == m_view)
        return;
    m_view = view;
    m_why->setVisible(view.why);
    const QString sentence = view.place.isEmpty()
        ? tr("%1, not in your order: %2").arg(shownText(), view.verdict)
        : tr("Place %1: %2, %3, %4").arg(view.place, shownText(), kindInWords(view.kind), view.verdict);
    setAccessibleName(sentence);
    m_why->setAccessibleName(tr("Why? %1").arg(sentence));
    update();
}

void ResultRow::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_why->setTheme(theme);
    update();
}

QFont ResultRow::verdictFont() const
{
    return uiFont(m_theme, TypeSize::Label, m_view.right ? QFont::Normal : QFont::DemiBold);
}

// A line may have backquotes of its own; in an answer they mark code.
QString ResultRow::shownText() const
{
    return m_view.placed ? m_view.text : codeWords(m_view.text, codeFont(m_theme)).text;
}

// Lines are as the console has them; an answer is somebody's words.
QFont ResultRow::textFont() const
{
    return m_view.placed ? codeFont(m_theme) : uiFont(m_theme, TypeSize::Label);
}

ResultRow::Places ResultRow::places() const
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    Places at;
    at.place = QRect(0, (height() - px(18)) / 2, px(18), px(18));
    at.mark = QRect(px(30), (height() - px(12)) / 2, px(12), px(12));
    const int textLeft = m_view.placed ? px(52) : 0;
    const int right = width() - (m_view.why ? std::max(px(40), m_why->sizeHint().width()) + px(8) : 0);
    const int tick = m_view.right ? px(12) + px(6) : 0;
    const int wanted = QFontMetrics(verdictFont()).horizontalAdvance(m_view.verdict) + 2;
    const int text = QFontMetrics(textFont()).horizontalAdvance(shownText()) + 2;
    const int room = std::max(0, right - textLeft - px(12) - tick);
    // Both whole where they fit. Else each has at least half of the room that it wants.
    const int verdict = std::min(wanted, std::max(room - text, room / 2));
    at.verdict = QRect(right - verdict, 0, verdict, height());
    if (tick > 0)
        at.tick = QRect(right - verdict - tick, (height() - px(12)) / 2, px(12), px(12));
    at.text = QRect(textLeft, 0, std::max(0, right - verdict - tick - px(12) - textLeft), height());
    return at;
}

void ResultRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Places at = places();
    const auto there = [this](const QRect& rect) { return visualRect(rect, width(), layoutDirection()); };
    if (m_view.placed) {
        paintRoundel(painter, there(at.place), m_view.place, m_theme, m_view.place.isEmpty());
        paintKindMark(painter, m_view.kind, there(at.mark), m_theme);
    }
    const auto words = [&](const QRect& rect, const QFont& font, const QString& text, int flags) {
        painter.setFont(font);
        painter.drawText(there(rect), flags, QFontMetrics(font).elidedText(text, Qt::ElideRight, rect.width()));
    };
    painter.setPen(m_theme.text());
    words(at.text, textFont(), shownText(), leading(layoutDirection()));
    if (!at.tick.isEmpty())
        paintTick(painter, there(at.tick), m_theme.secondary());
    painter.setPen(m_view.right ? m_theme.secondary() : m_theme.text());
    words(at.verdict, verdictFont(), m_view.verdict, trailing(layoutDirection()));
}

void ResultRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const QSize why = m_why->sizeHint();
    m_why->setGeometry(
        visualRect(QRect(width() - why.width(), (height() - why.height()) / 2, why.width(), why.height()), width(),
            layoutDirection()));
}

// What does not fit is said by a tip.
bool ResultRow::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const Places at = places();
        const bool cut = QFontMetrics(textFont()).horizontalAdvance(shownText()) > at.text.width()
            || QFontMetrics(verdictFont()).horizontalAdvance(m_view.verdict) > at.verdict.width();
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(),
            cut ? tr("%1: %2").arg(shownText(), m_view.verdict) : QString(), this);
        return true;
    }
    return QWidget::event(event);
}

ResultPart::ResultPart(QWidget* parent)
    : QWidget(parent)
    , m_heading(new HeadingLine(this))
    , m_because(new QLabel(this))
{
    m_because->setTextFormat(Qt::PlainText);
    m_because->setWordWrap(true);
    connect(m_heading, &HeadingLine::foldAsked, this, [this] {
        m_open = !m_open;
        fill();
        emit resized();
    });
}

QString ResultPart::inFew(const GuessResultView& view)
{
    if (!view.guessed)
        return {};
    const auto listed = std::ranges::count_if(
        view.rows, [](const ResultRowView& row) { return !row.placed || !row.place.isEmpty(); });
    const auto right = std::ranges::count_if(view.rows, [](const ResultRowView& row) { return row.right; });
    return tr("%1 of %2").arg(right).arg(listed);
}

void ResultPart::setView(const GuessResultView& view)
{
    if (view == m_view)
        return;
    m_view = view;
    while (m_rows.size() < static_cast<std::size_t>(view.rows.size())) {
        auto* const row = new ResultRow(this);
        row->setTheme(m_theme);
        connect(row, &ResultRow::whyAsked, this, &ResultPart::whyAsked);
        m_rows.push_back(row);
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(view.rows.size()); ++i)
        m_rows[i]->setView(view.rows[static_cast<qsizetype>(i)]);
    fill();
}

void ResultPart::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_heading->setTheme(theme);
    for (ResultRow* const row : m_rows)
        row->setTheme(theme);
    dressLabel(*m_because, uiFont(theme, TypeSize::Label), theme.secondary());
    fill();
}

void ResultPart::setCompact(bool on)
{
    if (on == m_compact)
        return;
    m_compact = on;
    m_open = false;
    fill();
}

void ResultPart::fill()
{
    m_heading->setTexts(
        m_view.heading, isFolded() && m_view.guessed && !m_view.rows.isEmpty() ? inFew(m_view) : m_view.remark);
    m_heading->setFolding(m_compact, m_open);
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setVisible(!isFolded() && i < static_cast<std::size_t>(m_view.rows.size()));
    setWords(*m_because, m_view.because, m_theme);
    m_because->setVisible(!isFolded() && !m_view.because.isEmpty());
    updateGeometry();
    arrange(width(), true);
}

int ResultPart::arrange(int width, bool place) const
{
    const int margin = m_theme.px(16);
    const int inner = std::max(1, width - 2 * margin);
    int y = m_heading->heightForWidth(inner);
    if (place)
        m_heading->setGeometry(margin, 0, inner, y);
    y += m_rows.empty() || isFolded() ? 0 : m_theme.px(3);
    for (ResultRow* const row : m_rows) {
        if (row->isHidden())
            continue;
        if (place)
            row->setGeometry(margin, y, inner, m_theme.px(22));
        y += m_theme.px(22);
    }
    if (!m_because->isHidden()) {
        y += m_theme.px(6);
        const int height = m_because->heightForWidth(inner);
        if (place) {
            m_because->setAlignment(leadingSide(layoutDirection()));
            m_because->setGeometry(margin, y, inner, height);
        }
        y += height;
    }
    return y;
}

int ResultPart::heightForWidth(int width) const
{
    return arrange(width, false);
}

QSize ResultPart::sizeHint() const
{
    return {m_theme.px(416), heightForWidth(m_theme.px(416))};
}

void ResultPart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
}

} // namespace bistro::ui
