#include "panels/visitstable.h"

#include "theme/fonts.h"
#include "theme/scrollbars.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kFitted = 50; // rows that are looked at

class VisitDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTheme(const Theme& theme) { m_theme = theme; }

    [[nodiscard]] QFont fontOf(int column) const
    {
        return column < VisitsModel::Call ? uiFont(m_theme, TypeSize::Second) : codeFont(m_theme, TypeSize::Second);
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const int text = QFontMetrics(fontOf(index.column())).horizontalAdvance(index.data().toString());
        return {std::min(text, m_theme.px(220)) + m_theme.px(20), m_theme.px(20)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool here = index.data(VisitsModel::HereRole).toBool();
        const bool later = index.data(VisitsModel::LaterRole).toBool();
        const bool chosen = (option.state & QStyle::State_Selected) != 0;
        const auto tone = static_cast<ShownValue::Tone>(index.data(VisitsModel::ToneRole).toInt());
        painter->save();
        if (here || chosen)
            painter->fillRect(option.rect, here ? m_theme.currentLine() : m_theme.sunken());
        if (here && index.column() == 0)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(m_theme.px(3), option.rect.height())), m_theme.ink());
        painter->setFont(fontOf(index.column()));
        const bool quiet = index.column() < VisitsModel::Call || later || tone == ShownValue::Tone::Faint;
        painter->setPen(later                       ? m_theme.later()
                : quiet                             ? m_theme.secondary()
                : tone == ShownValue::Tone::Literal ? m_theme.literal()
                                                    : m_theme.text());
        const QRect inner = option.rect.adjusted(m_theme.px(10), 0, -m_theme.px(6), 0);
        painter->drawText(inner, Qt::AlignVCenter | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, inner.width()));
        if ((option.state & QStyle::State_HasFocus) != 0) {
            painter->setPen(QPen(m_theme.ink(), m_theme.px(2)));
            const int in = m_theme.px(1);
            painter->drawRect(option.rect.adjusted(in, in, -in, -in));
        }
        painter->restore();
    }

private:
    Theme m_theme {Scheme::Light};
};

} // namespace

VisitsTable::VisitsTable(QWidget* parent)
    : QTableView(parent)
    , m_visits(new VisitsModel(this))
{
    setObjectName(u"visits"_s);
    setModel(m_visits);
    setItemDelegate(new VisitDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setCornerButtonEnabled(false);
    setMinimumHeight(1);
    verticalHeader()->hide();
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    connect(this, &QTableView::clicked, this, [this](const QModelIndex& index) {
        if (QGuiApplication::keyboardModifiers() == Qt::NoModifier)
            go(index);
    });
    connect(m_visits, &QAbstractItemModel::modelReset, this, &VisitsTable::fit);
    setTheme(m_theme);
}

void VisitsTable::setTheme(const Theme& theme)
{
    m_theme = theme;
    static_cast<VisitDelegate*>(itemDelegate())->setTheme(theme);
    verticalHeader()->setDefaultSectionSize(theme.px(20));
    verticalHeader()->setMinimumSectionSize(theme.px(20));
    horizontalHeader()->setFixedHeight(theme.px(20));
    horizontalHeader()->setFont(uiFont(theme, TypeSize::Second, QFont::DemiBold));
    horizontalHeader()->setStyleSheet(u"QHeaderView { background: %1; border: none; } QHeaderView::section { "
                                      u"background: %1; color: %2; border: none; "
                                      "padding-left: %3px; }"_s.arg(theme.window().name(), theme.secondary().name())
                                          .arg(theme.px(10)));
    for (QScrollBar* const bar : {verticalScrollBar(), horizontalScrollBar()})
        bar->setStyleSheet(scrollBarStyle(theme));
    fit();
    viewport()->update();
}

void VisitsTable::fit()
{
    horizontalHeader()->setResizeContentsPrecision(kFitted);
    resizeColumnsToContents();
    const int columns = m_visits->columnCount();
    if (columns <= VisitsModel::Call)
        return;
    // Calls are long: what is left over is theirs as far as they need it, then the last column's; what lacks is theirs.
    const QFontMetrics metrics(static_cast<VisitDelegate*>(itemDelegate())->fontOf(VisitsModel::Call));
    int wanted = 0;
    for (int row = 0; row < std::min(m_visits->rowCount(), kFitted); ++row)
        wanted = std::max(wanted, metrics.horizontalAdvance(m_visits->index(row, VisitsModel::Call).data().toString()));
    const int call = columnWidth(VisitsModel::Call);
    const int least = std::min(call, m_theme.px(120));
    const int most = std::max(call + viewport()->width() - horizontalHeader()->length(), least);
    setColumnWidth(VisitsModel::Call, std::clamp(wanted + m_theme.px(20), least, most));
    const int last = columns - 1;
    setColumnWidth(last, std::max(columnWidth(last), viewport()->width() - horizontalHeader()->sectionPosition(last)));
}

void VisitsTable::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    if (event->oldSize().width() != event->size().width())
        fit();
}

void VisitsTable::setEmptyText(const QString& text)
{
    if (text == m_empty)
        return;
    m_empty = text;
    setAccessibleDescription(text);
    viewport()->update();
}

void VisitsTable::go(const QModelIndex& index)
{
    if (index.isValid())
        emit placeAsked(m_visits->placeOf(index.row()));
}

void VisitsTable::copy(bool all) const
{
    const QModelIndexList rows = selectionModel()->selectedRows();
    if (m_visits->rowCount() == 0 || (!all && rows.isEmpty()))
        return;
    int first = 0;
    int last = m_visits->rowCount() - 1;
    if (!all) {
        const auto ends = std::ranges::minmax(rows, {}, &QModelIndex::row);
        first = ends.min.row();
        last = ends.max.row();
    }
    QGuiApplication::clipboard()->setText(m_visits->asText(first, last));
}

// Keys of the window's that mean something else in here.
bool VisitsTable::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto* const key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
            key->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void VisitsTable::keyPressEvent(QKeyEvent* event)
{
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (event->matches(QKeySequence::Copy))
        copy(false);
    else if (enters)
        go(currentIndex());
    else
        QTableView::keyPressEvent(event);
}

void VisitsTable::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    emit menuAsked(byKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

void VisitsTable::paintEvent(QPaintEvent* event)
{
    QTableView::paintEvent(event);
    if (m_visits->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setFont(uiFont(m_theme, TypeSize::Label));
    painter.setPen(m_theme.secondary());
    const int side = m_theme.px(16);
    painter.drawText(viewport()->rect().adjusted(side, m_theme.px(8), -side, 0),
        Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_empty);
}

} // namespace bistro::ui
