#include "panels/rowlist.h"

#include "theme/fonts.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QStyledItemDelegate>
#include <QTextLayout>
#include <QTextOption>
#include <QtMath>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

void NoteRows::setRows(std::vector<NoteRow> rows)
{
    if (rows == m_rows)
        return;
    // From the end, so that the places of those before stay what they are.
    for (auto row = static_cast<int>(m_rows.size()) - 1; row >= 0; --row) {
        if (std::ranges::contains(rows, m_rows[static_cast<std::size_t>(row)].key, &NoteRow::key))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto row = static_cast<int>(i);
        if (i < m_rows.size() && m_rows[i].key == rows[i].key) {
            if (m_rows[i] == rows[i])
                continue;
            m_rows[i] = std::move(rows[i]);
            emit dataChanged(index(row), index(row));
            continue;
        }
        const auto known = std::ranges::find(m_rows, rows[i].key, &NoteRow::key);
        if (known != m_rows.end()) { // another order
            const auto from = static_cast<int>(known - m_rows.begin());
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_rows.begin() + row, known, known + 1);
            endMoveRows();
            m_rows[i] = std::move(rows[i]);
            emit dataChanged(index(row), index(row));
        } else {
            beginInsertRows({}, row, row);
            m_rows.insert(m_rows.begin() + row, std::move(rows[i]));
            endInsertRows();
        }
    }
}

QModelIndex NoteRows::indexOf(quint64 key) const
{
    const auto found = std::ranges::find(m_rows, key, &NoteRow::key);
    return found == m_rows.end() ? QModelIndex() : index(static_cast<int>(found - m_rows.begin()));
}

int NoteRows::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant NoteRows::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const NoteRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole: return row.text;
    case Qt::EditRole: return row.faint ? QString() : row.text;
    case Qt::AccessibleTextRole: return row.here ? tr("%1, at this moment").arg(row.spoken) : row.spoken;
    case KeyRole: return row.key;
    case WhenRole: return row.when;
    case MarkRole: return static_cast<int>(row.mark);
    case FlagRole: return row.flag;
    case FaintRole: return row.faint;
    case HereRole: return row.here;
    default: return {}; // roles are an open set
    }
}

Qt::ItemFlags NoteRows::flags(const QModelIndex& index) const
{
    return QAbstractListModel::flags(index) | (m_editable && index.isValid() ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

bool NoteRows::setData(const QModelIndex& index, const QVariant& value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    emit written(m_rows[static_cast<std::size_t>(index.row())].key, value.toString());
    return true;
}

// The mark, the sentence in as many lines as it needs, and its moment.
class RowDelegate final : public QStyledItemDelegate {
public:
    explicit RowDelegate(RowList* list)
        : QStyledItemDelegate(list)
        , m_list(*list)
    {
    }

    void setTheme(const Theme& theme) { m_theme = theme; }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        const int width = m_list.viewport()->width();
        const QRect text = textRect(QRect(0, 0, width, 1), index);
        // As high as in bold, so that nothing moves when its moment is looked at.
        const double height = flow(index.data().toString(), textFont(true), text.width(), nullptr, {});
        return {m_theme.px(120), std::max(m_theme.px(24), qCeil(height) + m_theme.px(6))};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool here = index.data(NoteRows::HereRole).toBool();
        const bool chosen = (option.state & QStyle::State_Selected) != 0;
        const auto meaning = static_cast<Meaning>(index.data(NoteRows::MarkRole).toInt());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (here)
            painter->fillRect(option.rect, m_theme.currentLine());
        else if (chosen || (option.state & QStyle::State_MouseOver) != 0)
            painter->fillRect(option.rect, m_theme.sunken());
        if (here)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(m_theme.px(3), option.rect.height())), m_theme.ink());
        const int side = m_theme.px(10);
        const QRectF mark(option.rect.left() + m_theme.px(16), option.rect.top() + m_theme.px(7), side, side);
        if (index.data(NoteRows::FlagRole).toBool())
            paintFlag(*painter, mark, m_theme.ink());
        else
            paintMark(*painter, meaning, mark, m_theme.color(meaning));
        const QRect text = textRect(option.rect, index);
        painter->setPen(index.data(NoteRows::FaintRole).toBool() ? m_theme.secondary() : m_theme.text());
        flow(index.data().toString(), textFont(here), text.width(), painter, text.topLeft());
        painter->setFont(uiFont(m_theme, TypeSize::Second));
        painter->setPen(m_theme.secondary());
        painter->drawText(option.rect.adjusted(0, m_theme.px(4), -m_theme.px(16), 0), Qt::AlignRight | Qt::AlignTop,
            index.data(NoteRows::WhenRole).toString());
        if ((option.state & QStyle::State_HasFocus) != 0) {
            painter->setPen(QPen(m_theme.ink(), m_theme.px(2)));
            painter->setBrush(Qt::NoBrush);
            const int in = m_theme.px(1);
            painter->drawRect(option.rect.adjusted(in, in, -in, -in));
        }
        painter->restore();
    }

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        auto* const line = new QLineEdit(parent);
        line->setFont(textFont(false));
        line->setPlaceholderText(RowList::tr("What happens here?"));
        line->setAccessibleName(RowList::tr("Note at this moment. Enter keeps it, Escape drops it."));
        line->setMaxLength(1'000);
        return line;
    }

    // Once: the row may change (the playhead moves on) while somebody types.
    void setEditorData(QWidget* editor, const QModelIndex& index) const override
    {
        auto* const line = qobject_cast<QLineEdit*>(editor);
        if (line->property("filled").toBool())
            return;
        line->setProperty("filled", true);
        line->setText(index.data(Qt::EditRole).toString());
    }

    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override
    {
        model->setData(index, qobject_cast<QLineEdit*>(editor)->text().simplified(), Qt::EditRole);
    }

    void updateEditorGeometry(
        QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const int height = std::max(m_theme.px(24), editor->sizeHint().height());
        const QRect text = textRect(option.rect, index);
        editor->setGeometry(QRect(text.left() - m_theme.px(4), option.rect.top() + (option.rect.height() - height) / 2,
            text.width() + m_theme.px(4), height));
    }

private:
    // In lines that break between words, and within one only where it is longer than a line. How high they are; drawn
    // where there is a painter.
    static double flow(const QString& text, const QFont& font, int width, QPainter* painter, const QPointF& at)
    {
        QTextLayout layout(text, font);
        QTextOption option;
        option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
        layout.setTextOption(option);
        layout.beginLayout();
        double height = 0;
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            line.setPosition({0, height});
            height += line.height();
        }
        layout.endLayout();
        if (painter)
            layout.draw(painter, at);
        return height;
    }

    [[nodiscard]] QFont textFont(bool bold) const
    {
        return uiFont(m_theme, TypeSize::Label, bold ? QFont::DemiBold : QFont::Normal);
    }

    [[nodiscard]] QRect textRect(const QRect& row, const QModelIndex& index) const
    {
        const int when = QFontMetrics(uiFont(m_theme, TypeSize::Second))
                             .horizontalAdvance(index.data(NoteRows::WhenRole).toString());
        const QRect text = row.adjusted(m_theme.px(34), m_theme.px(3), -(m_theme.px(28) + when), 0);
        return {text.topLeft(), QSize(std::max(text.width(), m_theme.px(60)), text.height())};
    }

    static void paintFlag(QPainter& painter, const QRectF& square, const QColor& color)
    {
        QPainterPath flag(square.topLeft());
        flag.lineTo(square.right(), square.top() + square.height() * 0.3);
        flag.lineTo(square.left(), square.top() + square.height() * 0.6);
        flag.closeSubpath();
        painter.fillPath(flag, color);
        painter.fillRect(QRectF(square.topLeft(), QSizeF(std::max(1.0, square.width() / 7), square.height())), color);
    }

    RowList& m_list;
    Theme m_theme {Scheme::Light};
};

RowList::RowList(QWidget* parent)
    : QListView(parent)
    , m_rows(new NoteRows(this))
    , m_delegate(new RowDelegate(this))
{
    setModel(m_rows);
    setItemDelegate(m_delegate);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(SingleSelection);
    setEditTriggers(EditKeyPressed);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setResizeMode(Adjust);
    setTabKeyNavigation(false);
    setMouseTracking(true);
    setMinimumHeight(1);
    connect(this, &QListView::clicked, this,
        [this](const QModelIndex& index) { emit chosen(index.data(NoteRows::KeyRole).toULongLong()); });
    connect(m_delegate, &QAbstractItemDelegate::closeEditor, this,
        [this](QWidget*, QAbstractItemDelegate::EndEditHint hint) {
            if (hint == QAbstractItemDelegate::RevertModelCache)
                emit writingDropped(current());
        });
    connect(m_rows, &QAbstractItemModel::rowsInserted, viewport(), qOverload<>(&QWidget::update));
    connect(m_rows, &QAbstractItemModel::rowsRemoved, viewport(), qOverload<>(&QWidget::update));
}

void RowList::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_delegate->setTheme(theme);
    setFont(uiFont(theme, TypeSize::Label));
    doItemsLayout();
    viewport()->update();
}

void RowList::setEmptyText(const QString& text)
{
    if (text == m_empty)
        return;
    m_empty = text;
    setAccessibleDescription(text);
    viewport()->update();
}

quint64 RowList::current() const
{
    return currentIndex().data(NoteRows::KeyRole).toULongLong();
}

void RowList::setCurrent(quint64 key)
{
    if (const QModelIndex index = m_rows->indexOf(key); index.isValid() && index != currentIndex())
        setCurrentIndex(index);
}

void RowList::write(quint64 key)
{
    const QModelIndex index = m_rows->indexOf(key);
    if (!index.isValid())
        return;
    setCurrentIndex(index);
    scrollTo(index);
    edit(index);
}

void RowList::copyCurrent() const
{
    if (!currentIndex().isValid())
        return;
    const NoteRow& row = m_rows->rows()[static_cast<std::size_t>(currentIndex().row())];
    QGuiApplication::clipboard()->setText(row.faint ? row.when : row.when + u'\t' + row.text);
}

// Keys of the window's that mean something else in here.
bool RowList::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto* const key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Undo)) {
            key->accept();
            return true;
        }
    }
    return QListView::event(event);
}

void RowList::keyPressEvent(QKeyEvent* event)
{
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (event->matches(QKeySequence::Copy))
        copyCurrent();
    else if (event->matches(QKeySequence::Undo))
        emit undoAsked();
    else if (enters && currentIndex().isValid() && !isWriting())
        emit chosen(current());
    else if (event->matches(QKeySequence::Delete) && currentIndex().isValid())
        emit removeAsked(current());
    else
        QListView::keyPressEvent(event);
}

void RowList::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (index.isValid())
        setCurrentIndex(index);
    emit menuAsked(index.data(NoteRows::KeyRole).toULongLong(),
        byKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
}

void RowList::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (m_rows->rowCount() > 0 || m_empty.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setFont(uiFont(m_theme, TypeSize::Label));
    painter.setPen(m_theme.secondary());
    const int side = m_theme.px(16);
    painter.drawText(viewport()->rect().adjusted(side, m_theme.px(8), -side, 0),
        Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_empty);
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.ink(), m_theme.px(2)));
        const int in = m_theme.px(1);
        painter.drawRect(viewport()->rect().adjusted(in, in, -in, -in));
    }
}

void RowList::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    doItemsLayout(); // another width, other heights
}

} // namespace bistro::ui
