#include "panels/calltreeview.h"

#include "panels/cardparts.h"
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

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

class CallDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void setTheme(const Theme& theme) { m_theme = theme; }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {m_theme.px(80), m_theme.px(20)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool here = index.data(CallTreeModel::HereRole).toBool();
        painter->save();
        if (here)
            painter->fillRect(option.rect, m_theme.currentLine());
        painter->setFont(codeFont(m_theme, TypeSize::Second, here ? QFont::DemiBold : QFont::Normal));
        painter->setPen(index.data(CallTreeModel::ThrewRole).toBool() ? m_theme.color(Meaning::Error)
                : index.column() == CallTreeModel::Called             ? m_theme.text()
                                                                      : m_theme.secondary());
        const QRect inner = option.rect.adjusted(m_theme.px(4), 0, -m_theme.px(6), 0);
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

CallTreeView::CallTreeView(QWidget* parent)
    : QTreeView(parent)
    , m_calls(new CallTreeModel(this))
{
    setObjectName(u"calls"_s);
    setAccessibleName(tr("Calls of this callback"));
    setModel(m_calls);
    setItemDelegate(new CallDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setExpandsOnDoubleClick(false);
    setMinimumHeight(1);
    header()->hide();
    header()->setStretchLastSection(false);
    header()->setSectionResizeMode(CallTreeModel::Called, QHeaderView::Stretch);
    header()->setSectionResizeMode(CallTreeModel::Gave, QHeaderView::Fixed);
    connect(this, &QTreeView::clicked, this,
        [this](const QModelIndex& index) { emit placeAsked(m_calls->placeOf(index.siblingAtColumn(0))); });
    connect(this, &QTreeView::doubleClicked, this,
        [this](const QModelIndex& index) { emit placeAsked(m_calls->returnOf(index.siblingAtColumn(0))); });
    setTheme(m_theme);
}

void CallTreeView::setTheme(const Theme& theme)
{
    m_theme = theme;
    static_cast<CallDelegate*>(itemDelegate())->setTheme(theme);
    setIndentation(theme.px(14));
    header()->resizeSection(CallTreeModel::Gave, theme.px(150));
    for (QScrollBar* const bar : {verticalScrollBar(), horizontalScrollBar()})
        bar->setStyleSheet(scrollBarStyle(theme));
    doItemsLayout();
    viewport()->update();
}

void CallTreeView::showMoment(const Moment& moment, const ScriptOutlines& outlines)
{
    m_empty.clear();
    const CallbackShown before = m_calls->callback();
    m_calls->show(moment, outlines);
    if (before != m_calls->callback()) {
        m_followed = {};
        if (m_calls->rowCount() == 1)
            expand(m_calls->index(0, 0)); // what it has called is what one looks for
    }
    const trace::CallId current = m_calls->current();
    if (current && current != m_followed) {
        if (const QModelIndex index = m_calls->indexOf(current); index.isValid())
            scrollTo(index); // opens what is around it
    }
    m_followed = current;
    viewport()->update();
}

void CallTreeView::showNothing(const QString& why)
{
    if (why == m_empty && m_calls->callback() == CallbackShown {})
        return;
    m_calls->clear();
    m_followed = {};
    m_empty = why;
    setAccessibleDescription(why);
    viewport()->update();
}

void CallTreeView::copyCurrent() const
{
    const QModelIndex index = currentIndex();
    if (index.isValid())
        QGuiApplication::clipboard()->setText(index.siblingAtColumn(CallTreeModel::Called).data().toString() + u'\t'
            + index.siblingAtColumn(CallTreeModel::Gave).data().toString());
}

bool CallTreeView::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Copy)) {
        event->accept();
        return true;
    }
    return QTreeView::event(event);
}

void CallTreeView::keyPressEvent(QKeyEvent* event)
{
    const QModelIndex index = currentIndex().siblingAtColumn(0);
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
        || event->key() == Qt::Key_Space;
    if (event->matches(QKeySequence::Copy))
        copyCurrent();
    else if (enters && index.isValid())
        emit placeAsked(
            event->modifiers().testFlag(Qt::ControlModifier) ? m_calls->returnOf(index) : m_calls->placeOf(index));
    else
        QTreeView::keyPressEvent(event);
}

void CallTreeView::contextMenuEvent(QContextMenuEvent* event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
    if (index.isValid())
        emit menuAsked(index.siblingAtColumn(0),
            byKey ? viewport()->mapToGlobal(visualRect(index).bottomLeft()) : event->globalPos());
}

void CallTreeView::drawBranches(QPainter* painter, const QRect& rect, const QModelIndex& index) const
{
    if (index.data(CallTreeModel::HereRole).toBool())
        painter->fillRect(rect, m_theme.currentLine());
    if (m_calls->hasChildren(index))
        paintFoldArrow(*painter, QPointF(rect.right() - m_theme.px(6), QRectF(rect).center().y()), isExpanded(index),
            m_theme.px(4), m_theme.secondary());
}

void CallTreeView::paintEvent(QPaintEvent* event)
{
    QTreeView::paintEvent(event);
    if (m_empty.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setFont(uiFont(m_theme, TypeSize::Label));
    painter.setPen(m_theme.secondary());
    const int side = m_theme.px(16);
    painter.drawText(viewport()->rect().adjusted(side, m_theme.px(8), -side, 0),
        Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_empty);
}

} // namespace bistro::ui
