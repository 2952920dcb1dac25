#include "panels/variablelist.h"

#include "panels/cardparts.h"
#include "theme/fonts.h"
#include "theme/scrollbars.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;
using Kind = VariableRow::Kind;

VariableRowLayout variableRowLayout(const Theme& theme, const VariableRow& row, double nameWidth)
{
    VariableRowLayout at;
    at.name = theme.px(24) + theme.px(14) * std::max(0, row.depth - 1);
    at.arrow = at.name - theme.px(9);
    at.value = at.name + std::max<double>(theme.px(62), nameWidth + theme.px(10));
    return at;
}

class VariableDelegate final : public QStyledItemDelegate {
public:
    explicit VariableDelegate(VariableList* list)
        : QStyledItemDelegate(list)
        , m_list(*list)
    {
    }

    void setTheme(const Theme& theme) { m_theme = theme; }
    void setChosen(const QString& key) { m_chosen = key; }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {m_theme.px(120), m_list.rowHeight()};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const VariableRow* const row = m_list.rows().rowAt(index.row());
        if (!row)
            return;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const int side = m_theme.px(9);
        const QRectF box = QRectF(option.rect).adjusted(side + 0.5, 0.5, -side - 0.5, -0.5);
        paintGround(*painter, option, *row, box);
        if (row->kind == Kind::Group)
            paintGroup(*painter, option.rect, *row);
        else
            paintValue(*painter, option.rect, *row);
        if ((option.state & QStyle::State_HasFocus) != 0) {
            painter->setPen(QPen(m_theme.ink(), m_theme.px(2)));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(4), m_theme.px(4));
        }
        painter->restore();
    }

private:
    void paintGround(
        QPainter& painter, const QStyleOptionViewItem& option, const VariableRow& row, const QRectF& box) const
    {
        const double radius = m_theme.px(4);
        const bool hovered = (option.state & QStyle::State_MouseOver) != 0;
        const bool chosen = row.key == m_chosen;
        if (row.changed || chosen || hovered) {
            painter.setPen(chosen ? QPen(m_theme.ink(), 1) : QPen(Qt::NoPen));
            painter.setBrush(row.changed || chosen ? m_theme.currentLine() : m_theme.sunken());
            painter.drawRoundedRect(box, radius, radius);
        }
        if (row.changed)
            painter.fillRect(QRectF(box.left() - 0.5, box.top() + 1, m_theme.px(3), box.height() - 2), m_theme.ink());
    }

    void paintGroup(QPainter& painter, const QRect& rect, const VariableRow& row) const
    {
        const VariableRowLayout at = variableRowLayout(m_theme, row, 0);
        paintFoldArrow(
            painter, {rect.left() + at.arrow, QRectF(rect).center().y()}, row.open, m_theme.px(4), m_theme.text());
        painter.setFont(uiFont(m_theme, TypeSize::Second, QFont::DemiBold));
        painter.setPen(m_theme.text());
        painter.drawText(rect.adjusted(qRound(at.name), 0, 0, 0), Qt::AlignVCenter | Qt::TextSingleLine, row.name);
        const int left = qRound(at.name) + painter.fontMetrics().horizontalAdvance(row.name) + m_theme.px(12);
        paintAside(painter, rect.adjusted(left, 0, -m_theme.px(14), 0), row.aside);
    }

    // At the right end of it; how wide it is.
    int paintAside(QPainter& painter, const QRect& rect, const QString& aside) const
    {
        if (aside.isEmpty())
            return 0;
        painter.setFont(uiFont(m_theme, TypeSize::Second));
        painter.setPen(m_theme.secondary());
        const QString text = painter.fontMetrics().elidedText(aside, Qt::ElideRight, rect.width());
        painter.drawText(rect, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, text);
        return painter.fontMetrics().horizontalAdvance(text) + m_theme.px(8);
    }

    void paintValue(QPainter& painter, const QRect& rect, const VariableRow& row) const
    {
        const QFont code = codeFont(m_theme);
        const QFontMetrics metrics(code);
        const int least = m_theme.px(40);
        const VariableRowLayout indent = variableRowLayout(m_theme, row, 0);
        const int end = rect.right() - m_theme.px(14);
        // A long name leaves half of the row to the value.
        const int nameMost = std::max(least, qRound((end - rect.left() - indent.name) / 2));
        const QString name = metrics.elidedText(row.name, Qt::ElideRight, nameMost);
        const VariableRowLayout at = variableRowLayout(m_theme, row, metrics.horizontalAdvance(name));
        if (row.opens)
            paintFoldArrow(painter, {rect.left() + at.arrow, QRectF(rect).center().y()}, row.open, m_theme.px(4),
                m_theme.secondary());
        const auto box = [&](double left, double right) {
            return QRectF(left, rect.top(), std::max(0.0, right - left), rect.height());
        };
        const double nameLeft = rect.left() + at.name;
        painter.setFont(code);
        painter.setPen(row.kind == Kind::More ? m_theme.secondary() : m_theme.text());
        painter.drawText(box(nameLeft, end), Qt::AlignVCenter | Qt::TextSingleLine, name);
        double left = name.isEmpty() ? nameLeft : rect.left() + at.value;
        // What else there is to say gives way to the value.
        const int room = end - qRound(left)
            - std::max(least, std::min(m_theme.px(96), metrics.horizontalAdvance(row.value.text)));
        const double right = end
            - (room > least || row.changed ? paintAside(painter,
                                                 QRect(end - std::max(room, m_theme.px(52)), rect.top(),
                                                     std::max(room, m_theme.px(52)), rect.height()),
                                                 row.aside)
                                           : 0);
        if (!row.before.isEmpty())
            left += paintBefore(painter, box(left, left + (right - left) * 0.45), row.before, code);
        const bool faint = row.value.tone == ShownValue::Tone::Faint;
        painter.setFont(faint ? uiFont(m_theme, TypeSize::Second)
                : row.changed ? codeFont(m_theme, TypeSize::Label, QFont::DemiBold)
                              : code);
        painter.setPen(faint                                                  ? m_theme.later()
                : row.value.tone == ShownValue::Tone::Literal && !row.changed ? m_theme.literal()
                                                                              : m_theme.text());
        painter.drawText(box(left, right), Qt::AlignVCenter | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(row.value.text, Qt::ElideRight, qRound(right - left)));
    }

    double paintBefore(QPainter& painter, const QRectF& rect, const QString& before, const QFont& code) const
    {
        QFont struck = code;
        struck.setStrikeOut(true);
        const QFontMetricsF metrics(struck);
        const QString text = metrics.elidedText(before, Qt::ElideRight, rect.width());
        painter.setFont(struck);
        painter.setPen(m_theme.secondary());
        painter.drawText(rect, Qt::AlignVCenter | Qt::TextSingleLine, text);
        return metrics.horizontalAdvance(text) + m_theme.px(7);
    }

    VariableList& m_list;
    Theme m_theme {Scheme::Light};
    QString m_chosen;
};

VariableList::VariableList(QWidget* parent)
    : QListView(parent)
    , m_rows(new VariableListModel(this))
    , m_delegate(new VariableDelegate(this))
{
    setModel(m_rows);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(NoSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setUniformItemSizes(true);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setAutoFillBackground(false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    const auto sized = [this] { updateGeometry(); };
    connect(m_rows, &QAbstractItemModel::rowsInserted, this, sized);
    connect(m_rows, &QAbstractItemModel::rowsRemoved, this, sized);
}

void VariableList::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_delegate->setTheme(theme);
    verticalScrollBar()->setStyleSheet(scrollBarStyle(theme));
    doItemsLayout();
    updateGeometry();
    viewport()->update();
}

void VariableList::setChosen(const QString& key)
{
    m_delegate->setChosen(key);
    viewport()->update();
}

// What was chosen stays in sight when its history takes room.
void VariableList::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    if (currentIndex().isValid())
        scrollTo(currentIndex());
}

// Who has the keyboard goes with its row; where that has gone, it goes to the one that took its place.
void VariableList::setRows(std::vector<VariableRow> rows)
{
    const int row = currentIndex().row();
    m_rows->setRows(std::move(rows));
    if (row >= 0 && !currentIndex().isValid() && m_rows->rowCount() > 0)
        setCurrentIndex(m_rows->index(std::min(row, m_rows->rowCount() - 1)));
}

QSize VariableList::sizeHint() const
{
    return {m_theme.px(200), rowHeight() * std::clamp(m_rows->rowCount(), 1, m_least)};
}

QSize VariableList::minimumSizeHint() const
{
    return {m_theme.px(120), sizeHint().height()};
}

void VariableList::setLeastRows(int rows)
{
    if (m_least == rows)
        return;
    m_least = rows;
    updateGeometry();
}

bool VariableList::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto* const key = static_cast<QKeyEvent*>(event);
        const bool pins = key->key() == Qt::Key_D && key->modifiers() == Qt::ControlModifier;
        if (key->matches(QKeySequence::Copy) || pins) {
            key->accept();
            return true;
        }
    }
    return QListView::event(event);
}

void VariableList::keyPressEvent(QKeyEvent* event)
{
    const VariableRow* const row = current();
    const bool value = row && row->kind == Kind::Value;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space: return activate(currentIndex());
    case Qt::Key_Right: return goInOrOpen();
    case Qt::Key_Left: return goOutOrClose();
    case Qt::Key_D:
        if (value && event->modifiers() == Qt::ControlModifier)
            return emit pinAsked(VariableRow(*row));
        break;
    default: break; // keys are an open set
    }
    if (event->matches(QKeySequence::Copy)) {
        if (value)
            emit copyAsked(VariableRow(*row));
        return;
    }
    QListView::keyPressEvent(event);
}

void VariableList::goInOrOpen()
{
    const VariableRow* const row = current();
    if (!row || !row->opens)
        return;
    if (!row->open)
        return open(*row, true);
    const VariableRow* const next = m_rows->rowAt(currentIndex().row() + 1);
    if (next && next->depth > row->depth)
        setCurrentIndex(m_rows->index(currentIndex().row() + 1));
}

void VariableList::goOutOrClose()
{
    const VariableRow* const row = current();
    if (!row)
        return;
    if (row->opens && row->open)
        return open(*row, false);
    for (int i = currentIndex().row() - 1; i >= 0; --i) {
        if (m_rows->rowAt(i)->depth < row->depth)
            return setCurrentIndex(m_rows->index(i));
    }
}

void VariableList::open(const VariableRow& row, bool on)
{
    emit openAsked(QString(row.key), on);
}

// By a copy: who is told may make other rows.
void VariableList::activate(const QModelIndex& index)
{
    const VariableRow* const there = m_rows->rowAt(index.row());
    if (!there)
        return;
    const VariableRow row = *there;
    switch (row.kind) {
    case Kind::Group: return open(row, !row.open);
    case Kind::More: return emit moreAsked(row.key.first(row.key.lastIndexOf(QChar(0x1f))));
    case Kind::Note: return;
    case Kind::Value: return emit chosen(row);
    }
}

bool VariableList::isOnArrow(const QModelIndex& index, const QPoint& position) const
{
    const VariableRow* const row = m_rows->rowAt(index.row());
    if (!row || !row->opens)
        return false;
    return row->kind == Kind::Group || position.x() <= variableRowLayout(m_theme, *row, 0).name;
}

void VariableList::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !index.isValid())
        return QListView::mousePressEvent(event);
    setCurrentIndex(index);
    const VariableRow* const row = m_rows->rowAt(index.row());
    if (isOnArrow(index, event->position().toPoint()))
        open(*row, !row->open);
    else
        activate(index);
}

void VariableList::mouseDoubleClickEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    const VariableRow* const row = m_rows->rowAt(index.row());
    if (event->button() == Qt::LeftButton && row && row->kind == Kind::Value && row->opens)
        open(*row, !row->open);
    else
        mousePressEvent(event);
}

void VariableList::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    const VariableRow* const row = m_rows->rowAt(index.row());
    if (!row || row->kind != Kind::Value)
        return;
    const VariableRow asked = *row;
    setCurrentIndex(index);
    emit menuAsked(asked, byKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
}

} // namespace bistro::ui
