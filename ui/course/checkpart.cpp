#include "course/checkpart.h"

#include "theme/fonts.h"

#include <QLabel>
#include <QPainter>

#include <algorithm>

namespace bistro::ui {

using State = CheckRowView::State;

namespace {

int countOf(const CheckView& view, State state)
{
    return static_cast<int>(std::ranges::count(view.rows, state, &CheckRowView::state));
}

} // namespace

CheckPart::CheckPart(QWidget* parent)
    : QWidget(parent)
    , m_heading(new HeadingLine(this))
    , m_rights(new CheckRow(this))
    , m_learned(new QLabel(this))
{
    m_rights->hide();
    m_learned->setTextFormat(Qt::PlainText);
    m_learned->setWordWrap(true);
    m_learned->hide();
}

QString CheckPart::inFew(const CheckView& view)
{
    if (view.rows.isEmpty() || countOf(view, State::Running) > 0)
        return {};
    QStringList said;
    if (const int right = countOf(view, State::Right); right > 0)
        said << tr("%n right", nullptr, right);
    QStringList rest;
    for (const CheckRowView& row : view.rows) {
        if (row.state != State::Right)
            rest << QString(row.sentence).remove(u'`');
    }
    if (const int notYet = countOf(view, State::NotYet); notYet > 0)
        said << tr("%n not yet", nullptr, notYet);
    if (const int unknown = countOf(view, State::Unknown); unknown > 0)
        said << tr("%n not checked", nullptr, unknown);
    const QString counts = said.join(QStringLiteral(", "));
    return rest.isEmpty() ? counts + u'.' : tr("%1: %2").arg(counts, rest.join(u' '));
}

void CheckPart::setView(const CheckView& view)
{
    if (view == m_view)
        return;
    m_view = view;
    while (m_rows.size() < static_cast<std::size_t>(view.rows.size())) {
        auto* const row = new CheckRow(this);
        row->setTheme(m_theme);
        row->setReducedMotion(m_reducedMotion);
        connect(
            row, &CheckRow::showMeAsked, this, [this, i = static_cast<int>(m_rows.size())] { emit showMeAsked(i); });
        m_rows.push_back(row);
    }
    fill();
}

void CheckPart::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_heading->setTheme(theme);
    m_rights->setTheme(theme);
    for (CheckRow* const row : m_rows)
        row->setTheme(theme);
    for (QLabel* const hint : m_hints)
        dressLabel(*hint, uiFont(theme, TypeSize::Second), theme.secondary());
    dressLabel(*m_learned, uiFont(theme, TypeSize::Label), theme.text());
    fill();
}

void CheckPart::setCompact(bool on)
{
    if (on == m_compact)
        return;
    m_compact = on;
    fill();
}

void CheckPart::setReducedMotion(bool on)
{
    m_reducedMotion = on;
    for (CheckRow* const row : m_rows)
        row->setReducedMotion(on);
}

QLabel& CheckPart::labelAt(std::vector<QLabel*>& labels, std::size_t i, QWidget* within)
{
    while (labels.size() <= i) {
        auto* const label = new QLabel(within);
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        labels.push_back(label);
    }
    return *labels[i];
}

void CheckPart::fill()
{
    m_heading->setTexts(m_view.heading, m_view.remark);
    const int right = countOf(m_view, State::Right);
    const bool folds = m_compact && right > 0;
    if (folds)
        m_rights->setCount(tr("%n right", nullptr, right));
    m_rights->setVisible(folds);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto at = static_cast<qsizetype>(i);
        const bool shown = at < m_view.rows.size();
        if (shown)
            m_rows[i]->setView(m_view.rows[at]);
        m_rows[i]->setVisible(shown && !(folds && m_view.rows[at].state == State::Right));
    }
    for (qsizetype i = 0; i < m_view.hints.size(); ++i) {
        QLabel& hint = labelAt(m_hints, static_cast<std::size_t>(i), this);
        dressLabel(hint, uiFont(m_theme, TypeSize::Second), m_theme.secondary());
        setWords(hint, tr("Hint %1: %2").arg(i + 1).arg(m_view.hints[i].text), m_theme);
        hint.show();
    }
    for (auto i = static_cast<std::size_t>(m_view.hints.size()); i < m_hints.size(); ++i)
        m_hints[i]->hide();
    setWords(*m_learned, m_view.learned, m_theme);
    m_learned->setVisible(!m_view.learned.isEmpty());
    updateGeometry();
    arrange(width(), true);
    update();
}

const CheckRow* CheckPart::rowOf(const HintView& hint) const
{
    if (hint.row < 0 || hint.row >= m_view.rows.size())
        return nullptr;
    const CheckRow* const row = m_rows[static_cast<std::size_t>(hint.row)];
    return row->isHidden() ? m_rights : row; // folded: it is among those
}

int CheckPart::arrange(int width, bool place) const
{
    const int margin = m_theme.px(16);
    const int inner = std::max(1, width - 2 * margin);
    int y = m_heading->heightForWidth(inner);
    if (place)
        m_heading->setGeometry(margin, 0, inner, y);
    y += m_theme.px(4);
    const int indent = m_theme.px(28);
    const auto putLabel = [&](QLabel& label) {
        const int room = std::max(1, inner - indent);
        const int height = label.heightForWidth(room);
        label.setAlignment(leadingSide(layoutDirection()));
        if (place)
            label.setGeometry(visualRect(QRect(margin + indent, y, room, height), width, layoutDirection()));
        y += height + m_theme.px(4);
    };
    const auto putHintsOf = [&](const CheckRow* row) {
        for (qsizetype i = 0; i < m_view.hints.size(); ++i) {
            if (rowOf(m_view.hints[i]) == row)
                putLabel(*m_hints[static_cast<std::size_t>(i)]);
        }
    };
    const auto put = [&](CheckRow* row) {
        if (row->isHidden())
            return;
        const int height = row->heightForWidth(inner);
        if (place)
            row->setGeometry(margin, y, inner, height);
        y += height + m_theme.px(6);
        putHintsOf(row);
    };
    put(m_rights);
    for (CheckRow* const row : m_rows)
        put(row);
    putHintsOf(nullptr);
    if (!m_learned->isHidden()) {
        y += m_theme.px(4);
        putLabel(*m_learned);
    }
    return y - m_theme.px(4);
}

int CheckPart::heightForWidth(int width) const
{
    return arrange(width, false);
}

QSize CheckPart::sizeHint() const
{
    return {m_theme.px(416), heightForWidth(m_theme.px(416))};
}

// An edge of ink beside what one knows now.
void CheckPart::paintEvent(QPaintEvent*)
{
    if (m_learned->isHidden())
        return;
    QPainter painter(this);
    const QRect text = m_learned->geometry();
    const int margin = m_theme.px(16);
    const QRect edge(margin + m_theme.px(8), text.top(), m_theme.px(3), text.height());
    painter.fillRect(visualRect(edge, width(), layoutDirection()), m_theme.ink());
}

void CheckPart::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange(width(), true);
}

} // namespace bistro::ui
