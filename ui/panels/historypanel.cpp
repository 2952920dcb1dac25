#include "panels/historypanel.h"

#include "panels/cardparts.h"
#include "panels/plotview.h"
#include "panels/richlabel.h"
#include "theme/fonts.h"
#include "theme/scrollbars.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

class HistoryDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTheme(const Theme& theme) { m_theme = theme; }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {m_theme.px(120), m_theme.px(20)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool now = index.data(HistoryModel::NowRole).toBool();
        const bool later = index.data(HistoryModel::LaterRole).toBool();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const int side = m_theme.px(7);
        const QRectF box = QRectF(option.rect).adjusted(side + 0.5, 0.5, -side - 0.5, -0.5);
        if (now || (option.state & QStyle::State_MouseOver) != 0) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(now ? m_theme.ink() : m_theme.currentLine());
            painter->drawRoundedRect(box, m_theme.px(4), m_theme.px(4));
        }
        if ((option.state & QStyle::State_HasFocus) != 0) {
            painter->setPen(QPen(now ? m_theme.onInk() : m_theme.ink(), m_theme.px(now ? 1 : 2)));
            painter->setBrush(Qt::NoBrush);
            const double in = now ? m_theme.px(2) : 0.5;
            painter->drawRoundedRect(box.adjusted(in, in, -in, -in), m_theme.px(3), m_theme.px(3));
        }
        const QRectF inner = box.adjusted(m_theme.px(7), 0, -m_theme.px(7), 0);
        const QColor quiet = now ? m_theme.onInk() : later ? m_theme.later() : m_theme.secondary();
        painter->setFont(uiFont(m_theme, TypeSize::Second));
        painter->setPen(quiet);
        const QString when = index.data(HistoryModel::WhenRole).toString();
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, when);
        double right = inner.right() - painter->fontMetrics().horizontalAdvance(when) - m_theme.px(8);
        // The value has at least its own place; what it changed by comes after it.
        const QFont code = codeFont(m_theme, TypeSize::Label, now ? QFont::DemiBold : QFont::Normal);
        const QString change = index.data(HistoryModel::ChangeRole).toString();
        const double changeWidth = painter->fontMetrics().horizontalAdvance(change);
        const double wanted = QFontMetricsF(code).horizontalAdvance(index.data().toString());
        const double least = m_theme.px(34);
        const double value = std::clamp(
            wanted, least, std::max(least, right - inner.left() - changeWidth - m_theme.px(8)));
        const QRectF changeBox(inner.left() + value + m_theme.px(8), inner.top(),
            std::max(0.0, right - inner.left() - value - m_theme.px(8)), inner.height());
        painter->drawText(changeBox, Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(change, Qt::ElideRight, qRound(changeBox.width())));
        const bool faint = index.data(HistoryModel::ToneRole).toInt() == static_cast<int>(ShownValue::Tone::Faint);
        painter->setFont(faint ? uiFont(m_theme, TypeSize::Second) : code);
        painter->setPen(now ? m_theme.onInk() : later || faint ? m_theme.later() : m_theme.text());
        painter->drawText(QRectF(inner.left(), inner.top(), value, inner.height()),
            Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, qCeil(value)));
        painter->restore();
    }

private:
    Theme m_theme {Scheme::Light};
};

} // namespace

// Enter and Space do what a click does.
class HistoryList final : public QListView {
public:
    using QListView::QListView;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
            || event->key() == Qt::Key_Space;
        if (enters && currentIndex().isValid())
            emit clicked(currentIndex());
        else
            QListView::keyPressEvent(event);
    }
};

HistoryPanel::HistoryPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new HistoryModel(this))
    , m_heading(new HeadLabel(this))
    , m_remark(new HeadLabel(this))
    , m_find(new QToolButton(this))
    , m_row(new QWidget(this))
    , m_field(new QLineEdit(m_row))
    , m_previous(new QToolButton(m_row))
    , m_next(new QToolButton(m_row))
    , m_plot(new PlotView(this))
    , m_list(new HistoryList(this))
{
    setObjectName(u"history"_s);
    setAccessibleName(tr("All values of a variable"));
    m_heading->setTextFormat(Qt::PlainText);
    m_remark->setTextFormat(Qt::PlainText);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new HistoryDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    m_list->setTabKeyNavigation(false);
    m_list->setMouseTracking(true);
    m_list->viewport()->setCursor(Qt::PointingHandCursor);
    m_list->viewport()->setAutoFillBackground(false);
    m_find->setCheckable(true);
    m_find->setAutoRaise(true);
    m_find->setObjectName(u"find-when"_s);
    m_find->setAccessibleName(tr("Find when it was so"));
    m_find->setToolTip(tr("When was it so? Shows only values that fit, such as = 45 or > 100."));
    m_field->setPlaceholderText(tr("= 45, > 100, undefined"));
    m_field->setAccessibleName(tr("Find when it was: a value, or a comparison such as > 100"));
    m_field->setClearButtonEnabled(true);
    m_previous->setText(u"‹"_s);
    m_next->setText(u"›"_s);
    m_previous->setAutoRaise(true);
    m_next->setAutoRaise(true);
    m_previous->setAccessibleName(tr("The value before"));
    m_next->setAccessibleName(tr("The next value"));
    m_previous->setToolTip(tr("To the value before (Alt+[)"));
    m_next->setToolTip(tr("To the next value (Alt+])"));
    auto* const field = new QHBoxLayout(m_row);
    field->addWidget(m_field, 1);
    field->addWidget(m_previous);
    field->addWidget(m_next);
    m_row->hide();
    auto* const head = new QHBoxLayout;
    head->addWidget(m_heading, 1);
    head->addWidget(m_remark);
    head->addWidget(m_find);
    auto* const all = new QVBoxLayout(this);
    all->setSpacing(0);
    all->addLayout(head);
    all->addWidget(m_row);
    all->addWidget(m_plot);
    all->addWidget(m_list);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { go(index.row()); });
    connect(m_find, &QToolButton::toggled, this, [this](bool on) { setFinding(on); });
    connect(m_field, &QLineEdit::textChanged, this, &HistoryPanel::search);
    connect(m_field, &QLineEdit::returnPressed, this, [this] { step(true) || step(false); });
    connect(m_previous, &QToolButton::clicked, this, [this] { step(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(true); });
    restyle();
}

QListView& HistoryPanel::list() const
{
    return *m_list;
}

void HistoryPanel::setTheme(const Theme& theme)
{
    m_theme = theme; // even if it is the same: another place of the window has taken the colors away
    restyle();
}

void HistoryPanel::setCompact(bool on)
{
    m_compact = on;
    restyle();
}

void HistoryPanel::showValues(const QString& name, const Moment& moment, const app::LineSlot& slot)
{
    const bool other = m_name != name || m_model->slot() != slot;
    m_name = name;
    const int row = m_model->currentRow();
    m_model->show(moment, slot);
    // What is looked at is in sight; who scrolls elsewhere stays there until it is another value.
    if (const int now = m_model->currentRow(); now >= 0 && (other || now != row))
        m_list->scrollTo(m_model->index(now));
    m_list->viewport()->update();
    fill();
}

void HistoryPanel::showNothing()
{
    m_name.clear();
    m_model->clear();
    fill();
}

bool HistoryPanel::isFinding() const
{
    return m_find->isChecked();
}

void HistoryPanel::setFinding(bool on)
{
    m_find->setChecked(on);
    m_row->setVisible(on);
    if (on)
        m_field->setFocus(Qt::OtherFocusReason);
    else
        m_field->clear();
    fill();
}

QString HistoryPanel::remark() const
{
    if (!m_model->slot())
        return {};
    if (!m_wrong.isEmpty())
        return m_wrong;
    if (m_model->isFiltered())
        return tr("%L1 of %L2 values").arg(m_model->rowCount()).arg(m_model->total());
    return tr("%n values; click goes there", nullptr, static_cast<int>(m_model->total()));
}

// Shorter rather than cut.
void HistoryPanel::fillRemark()
{
    const QString whole = remark();
    const bool counts = m_model->slot() && m_wrong.isEmpty() && !m_model->isFiltered();
    const int room = width() - 2 * m_theme.px(14) - m_heading->minimumWidth() - m_find->sizeHint().width()
        - 2 * m_theme.px(6);
    const bool fits = !counts || m_remark->fontMetrics().horizontalAdvance(whole) <= room;
    m_remark->setText(fits ? whole : tr("%n values", nullptr, static_cast<int>(m_model->total())));
}

void HistoryPanel::search()
{
    const auto query = ValueQuery::parsed(m_field->text());
    m_wrong = query ? QString() : query.error();
    if (query)
        m_model->setQuery(*query);
    fill();
}

bool HistoryPanel::step(bool forward)
{
    const int row = m_model->slot() ? m_model->rowFrom(forward) : -1;
    if (row < 0) {
        emit said(!m_model->slot() ? tr("Choose a variable first.")
                : forward          ? tr("It has no later value.")
                                   : tr("It has no earlier value."));
        return false;
    }
    m_list->setCurrentIndex(m_model->index(row));
    emit said(m_model->rowAt(row).spoken);
    go(row);
    return true;
}

void HistoryPanel::go(int row)
{
    if (row >= 0 && row < m_model->rowCount())
        emit placeAsked(m_model->rowAt(row).goes);
}

// What depends on the values.
void HistoryPanel::fill()
{
    const bool any = m_model->slot().has_value();
    m_heading->setText(any ? m_name : tr("Choose a variable to see all its values."));
    colorLabel(m_heading,
        any ? codeFont(m_theme, TypeSize::Second, QFont::DemiBold) : uiFont(m_theme, TypeSize::Second),
        m_theme.secondary());
    // The remark gives way first, but not to a path of any length.
    m_heading->setMinimumWidth(
        any ? std::min(m_heading->fontMetrics().horizontalAdvance(m_name) + m_theme.px(2), m_theme.px(140)) : 0);
    fillRemark();
    m_find->setVisible(any);
    m_row->setVisible(any && isFinding());
    m_list->setAccessibleName(any ? tr("All values of %1, the newest first").arg(m_name) : tr("All values"));
    m_list->setAccessibleDescription(remark());
    m_plot->setPlot(any ? m_model->plot(static_cast<std::size_t>(m_theme.px(110))) : HistoryPlot());
    m_plot->setVisible(!m_compact && !m_plot->plot().columns.empty());
    const int rows = std::min(m_model->rowCount(), m_compact ? 3 : 6);
    m_list->setFixedHeight(m_theme.px(20) * rows);
    m_list->setVisible(rows > 0);
}

void HistoryPanel::restyle()
{
    const int side = m_theme.px(14);
    layout()->setContentsMargins(0, m_theme.px(m_compact ? 5 : 10), 0, m_theme.px(m_compact ? 4 : 10));
    layout()->itemAt(0)->layout()->setContentsMargins(side, 0, side, m_theme.px(m_compact ? 2 : 6));
    layout()->itemAt(0)->layout()->setSpacing(m_theme.px(6));
    m_row->layout()->setContentsMargins(side, 0, side, m_theme.px(4));
    m_row->layout()->setSpacing(m_theme.px(2));
    colorLabel(m_remark, uiFont(m_theme, TypeSize::Second), m_theme.secondary());
    m_field->setFont(codeFont(m_theme, TypeSize::Second));
    m_find->setIcon(findIcon(m_theme, devicePixelRatioF()));
    m_find->setIconSize(QSize(m_theme.px(16), m_theme.px(16)));
    for (QToolButton* const button : {m_find, m_previous, m_next}) {
        button->setFont(uiFont(m_theme, TypeSize::Second));
        button->setFixedHeight(m_theme.px(20));
    }
    static_cast<HistoryDelegate*>(m_list->itemDelegate())->setTheme(m_theme);
    m_list->verticalScrollBar()->setStyleSheet(scrollBarStyle(m_theme));
    m_plot->setTheme(m_theme);
    m_list->doItemsLayout();
    fill();
}

// Escape ends finding.
void HistoryPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isFinding()) {
        setFinding(false);
        m_list->setFocus(Qt::OtherFocusReason);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void HistoryPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fillRemark();
}

void HistoryPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window());
    painter.fillRect(0, 0, width(), 1, m_theme.border());
}

} // namespace bistro::ui
