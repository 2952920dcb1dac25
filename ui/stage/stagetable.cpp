#include "stage/stagetable.h"

#include "theme/fonts.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>
#include <utility>

namespace bistro::ui {
namespace {

// The order's mark before its name, and an edge at the selected row that does not depend on colour.
class RowDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTheme(const Theme& theme) { m_theme = theme; }

    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state &= ~QStyle::State_HasFocus; // the row has it, not the cell
        if (index.column() != OrdersModel::Title)
            return;
        const int side = m_theme.px(10);
        const double ratio = option->widget ? option->widget->devicePixelRatioF() : 1;
        QPixmap mark(QSize(side, side) * ratio);
        mark.setDevicePixelRatio(ratio);
        mark.fill(Qt::transparent);
        QPainter painter(&mark);
        const auto meaning = static_cast<Meaning>(index.data(OrdersModel::kMeaningRole).toInt());
        paintMark(painter, meaning, QRectF(0, 0, side, side), m_theme.color(meaning));
        painter.end();
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->icon = QIcon(mark);
        option->decorationSize = QSize(side, side);
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(0, m_theme.px(8));
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (index.column() != OrdersModel::ServingNumber || (option.state & QStyle::State_Selected) == 0)
            return;
        const bool active = option.widget && option.widget->hasFocus();
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), m_theme.px(3), option.rect.height()),
            active ? m_theme.ink() : m_theme.secondary());
    }

private:
    Theme m_theme {Scheme::Light};
};

// Rows, not cells: Home and End lead to the first and the last, Enter and Space activate whatever the style does. What
// the menus do to the code with these keys is done to the rows while they have the focus.
class RowTable final : public QTableView {
public:
    using QTableView::QTableView;

    std::function<void()> copy;

protected:
    bool event(QEvent* event) override
    {
        if (event->type() == QEvent::ShortcutOverride) {
            auto* const key = static_cast<QKeyEvent*>(event);
            if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
                event->accept();
                return true;
            }
        }
        return QTableView::event(event);
    }
    QModelIndex moveCursor(CursorAction action, Qt::KeyboardModifiers modifiers) override
    {
        const int column = std::max(0, currentIndex().column());
        if (action == MoveHome)
            return model()->index(0, column);
        if (action == MoveEnd)
            return model()->index(model()->rowCount() - 1, column);
        return QTableView::moveCursor(action, modifiers);
    }
    void keyPressEvent(QKeyEvent* event) override
    {
        if (event->matches(QKeySequence::Copy))
            return copy();
        switch (event->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            if (currentIndex().isValid())
                emit doubleClicked(currentIndex());
            return;
        default: QTableView::keyPressEvent(event);
        }
    }
};

void toClipboard(const QString& text)
{
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace

StageTable::StageTable(OrdersModel& model, QWidget* parent)
    : QWidget(parent)
    , m_model(model)
    , m_summary(new QLabel(this))
    , m_table(new RowTable(this))
{
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("The stage as text"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_summary->setFocusPolicy(Qt::StrongFocus);
    m_summary->setAccessibleDescription(tr("What runs")); // its name is its text, once there is one
    m_summary->setAccessibleName(accessibleName());
    m_summary->setContextMenuPolicy(Qt::PreventContextMenu);
    m_summary->installEventFilter(this);
    m_table->setObjectName(QStringLiteral("orders"));
    m_table->setAccessibleName(tr("Orders, in the order in which they are served"));
    auto* const layout = new QVBoxLayout(this);
    layout->addWidget(m_summary);
    layout->addWidget(m_table, 1);
    setFocusProxy(m_table);

    // Before the view hears of a change, so that what it selects meanwhile is not taken for a wish.
    const auto begins = [this] { m_changing = true; };
    const auto ended = [this] {
        m_changing = false;
        selectRow();
    };
    connect(&model, &QAbstractItemModel::rowsAboutToBeRemoved, this, begins);
    connect(&model, &QAbstractItemModel::modelAboutToBeReset, this, begins);
    m_table->setItemDelegate(new RowDelegate(m_table));
    m_table->setModel(&model);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, ended);
    connect(&model, &QAbstractItemModel::rowsInserted, this, ended);
    connect(&model, &QAbstractItemModel::modelReset, this, ended);
    m_fit.setSingleShot(true);
    m_fit.setInterval(0);
    connect(&m_fit, &QTimer::timeout, this, &StageTable::fitRows);
    const auto fitSoon = [this] { m_fit.start(); };
    connect(&model, &QAbstractItemModel::dataChanged, this, fitSoon);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, fitSoon);
    connect(&model, &QAbstractItemModel::rowsInserted, this, fitSoon);
    connect(&model, &QAbstractItemModel::modelReset, this, fitSoon);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, fitSoon);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, [this] {
        if (m_atEnd) // rows that have grown have pushed the last ones out of sight
            m_table->scrollToBottom();
        m_fit.start();
    });
    static_cast<RowTable*>(m_table)->copy = [this] { toClipboard(chosenText()); };
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QTableView::customContextMenuRequested, this,
        [this](const QPoint& at) { openMenu(m_table->viewport()->mapToGlobal(at)); });

    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(true);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    QHeaderView& header = *m_table->horizontalHeader();
    header.setSectionsClickable(false);
    header.setHighlightSections(false);
    header.setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header.setStretchLastSection(true);
    header.moveSection(OrdersModel::ServingNumber, 0);
    m_table->setColumnHidden(OrdersModel::Number, true); // its card has it
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        if (m_changing || !row.isValid())
            return;
        m_selected = m_model.orderAt(row.row());
        emit orderSelected(m_selected);
    });
    connect(m_table, &QTableView::clicked, this,
        [this](const QModelIndex& index) { // also the one that was current, not selected
            if (const app::OrderId order = m_model.orderAt(index.row()); order != m_selected) {
                m_selected = order;
                emit orderSelected(order);
            }
        });
    connect(m_table, &QTableView::doubleClicked, this,
        [this](const QModelIndex& index) { emit orderActivated(m_model.orderAt(index.row())); });
    setTheme(m_theme);
}

void StageTable::setTheme(const Theme& theme)
{
    m_theme = theme;
    layout()->setContentsMargins(theme.px(8), theme.px(6), 0, 0);
    layout()->setSpacing(theme.px(4));
    m_summary->setFont(uiFont(theme, TypeSize::Label));
    m_summary->setContentsMargins(theme.px(8), 0, theme.px(8), 0);
    m_table->setFont(uiFont(theme, TypeSize::Label));
    m_table->verticalHeader()->setMinimumSectionSize(theme.px(26)); // first: the other is at least that
    m_table->verticalHeader()->setDefaultSectionSize(theme.px(26));
    static_cast<RowDelegate*>(m_table->itemDelegate())->setTheme(theme);
    fitColumns();
    m_fit.start();
}

void StageTable::setSummary(const QString& text)
{
    if (m_summary->text() != text)
        m_summary->setText(text);
    m_summary->setAccessibleName(text.isEmpty() ? accessibleName() : QString());
}

QString StageTable::summary() const
{
    return m_summary->text();
}

void StageTable::setSelected(app::OrderId order)
{
    if (m_selected == order && (!order || m_model.orderAt(m_table->currentIndex().row()) == order))
        return;
    m_selected = order;
    selectRow();
}

void StageTable::selectRow()
{
    const bool changing = std::exchange(m_changing, true);
    const int row = m_selected ? m_model.rowOf(m_selected) : -1;
    if (row < 0)
        m_table->selectionModel()->clear();
    else if (m_table->currentIndex().row() != row || !m_table->selectionModel()->isRowSelected(row))
        m_table->setCurrentIndex(m_model.index(row, std::max(0, m_table->currentIndex().column())));
    m_changing = changing;
}

void StageTable::fitColumns()
{
    const int all = std::max(m_table->viewport()->width(), m_theme.px(360));
    const int first = m_theme.px(60);
    const auto share = [&](double part) { return static_cast<int>((all - first) * part); };
    m_table->setColumnWidth(OrdersModel::ServingNumber, first);
    m_table->setColumnWidth(OrdersModel::Title, share(0.26));
    m_table->setColumnWidth(OrdersModel::Where, share(0.21));
    m_table->setColumnWidth(OrdersModel::State, share(0.17));
}

void StageTable::fitRows()
{
    const int bottom = m_table->viewport()->height();
    const QScrollBar& bar = *m_table->verticalScrollBar();
    m_atEnd = bar.maximum() > 0 && bar.value() == bar.maximum();
    for (int row = std::max(0, m_table->rowAt(0)); row < m_model.rowCount(); ++row) {
        if (m_table->rowViewportPosition(row) > bottom)
            return;
        m_table->resizeRowToContents(row);
    }
}

std::vector<int> StageTable::columnsInOrder() const
{
    std::vector<int> columns;
    const QHeaderView& header = *m_table->horizontalHeader();
    for (int at = 0; at < header.count(); ++at) {
        if (const int column = header.logicalIndex(at); !header.isSectionHidden(column))
            columns.push_back(column);
    }
    return columns;
}

QString StageTable::rowText(int row) const
{
    QStringList cells;
    for (const int column : columnsInOrder())
        cells << m_model.index(row, column).data().toString().simplified(); // no tab or line end of its own
    return cells.join(u'\t');
}

QString StageTable::chosenText() const
{
    std::vector<int> rows;
    for (const QModelIndex& row : m_table->selectionModel()->selectedRows())
        rows.push_back(row.row());
    std::ranges::sort(rows);
    QStringList lines;
    for (const int row : rows)
        lines << rowText(row);
    return lines.join(u'\n');
}

QString StageTable::wholeText() const
{
    QStringList names;
    for (const int column : columnsInOrder())
        names << m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    QStringList lines {summary(), names.join(u'\t')};
    for (int row = 0; row < m_model.rowCount(); ++row)
        lines << rowText(row);
    return lines.join(u'\n');
}

void StageTable::openMenu(const QPoint& global)
{
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* const rows = menu->addAction(tr("&Copy Rows"), m_table, [this] { toClipboard(chosenText()); });
    rows->setShortcut(QKeySequence::Copy);
    rows->setEnabled(m_table->selectionModel()->hasSelection());
    menu->addAction(tr("Copy &Everything"), m_table, [this] { toClipboard(wholeText()); });
    menu->addAction(tr("Copy the &Summary"), m_table, [this] { toClipboard(summary()); });
    menu->addSeparator();
    QAction* const all = menu->addAction(tr("Select &All Rows"), m_table, [this] { m_table->selectAll(); });
    all->setShortcut(QKeySequence::SelectAll);
    all->setEnabled(m_model.rowCount() > 0);
    menu->popup(global);
}

bool StageTable::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_summary)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    // The menus' key is the label's while it has the focus: what is chosen of it, else the whole.
    const bool asked = event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (asked && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        if (event->type() == QEvent::KeyPress)
            toClipboard(m_summary->hasSelectedText() ? m_summary->selectedText() : summary());
        event->accept();
        return true;
    }
    if (event->type() == QEvent::ContextMenu) {
        openMenu(static_cast<QContextMenuEvent*>(event)->globalPos());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void StageTable::paintEvent(QPaintEvent* event)
{
    QWidget::paintEvent(event);
    if (!m_summary->hasFocus())
        return;
    QPainter painter(this);
    painter.setPen(QPen(m_theme.ink(), m_theme.px(2)));
    painter.drawRect(m_summary->geometry().adjusted(1, -1, -1, 1));
}

void StageTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns();
    m_fit.start();
}

} // namespace bistro::ui
