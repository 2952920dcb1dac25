#include "stage/stagetable.h"

#include "theme/fonts.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

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

// Rows, not cells: Home and End lead to the first and the last, Enter and Space activate whatever the style does.
class RowTable final : public QTableView {
public:
    using QTableView::QTableView;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        const auto goTo = [this](
                              int row) { setCurrentIndex(model()->index(row, std::max(0, currentIndex().column()))); };
        switch (event->key()) {
        case Qt::Key_Home: goTo(0); return;
        case Qt::Key_End: goTo(model()->rowCount() - 1); return;
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
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_summary->setAccessibleName(tr("What runs"));
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

    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->setTextElideMode(Qt::ElideRight);
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
}

void StageTable::setSummary(const QString& text)
{
    if (m_summary->text() != text)
        m_summary->setText(text);
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

void StageTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

} // namespace bistro::ui
