#include "editor/gutter.h"

#include "editor/codeeditor.h"

#include <QCoreApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace bistro::ui {

Gutter::Gutter(CodeEditor* editor)
    : QWidget(editor)
    , m_editor(editor)
{
    setMouseTracking(true);
    setAccessibleName(tr("Gutter: line numbers, breakpoints, waiting orders"));
}

void Gutter::paintEvent(QPaintEvent* event)
{
    QPainter painter(this);
    m_editor->paintGutter(painter, event->rect());
}

void Gutter::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        m_editor->gutterPressed(qRound(event->position().y()), qRound(event->position().x()));
}

void Gutter::mouseMoveEvent(QMouseEvent* event)
{
    emit m_editor->lineHovered(m_editor->lineAt(qRound(event->position().y())));
}

void Gutter::leaveEvent(QEvent*)
{
    emit m_editor->lineHovered(0);
}

void Gutter::wheelEvent(QWheelEvent* event)
{
    QCoreApplication::sendEvent(m_editor->verticalScrollBar(), event);
}

bool Gutter::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), m_editor->gutterToolTipAt(help->pos().y()), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace bistro::ui
