#include "editor/caret.h"

#include <QApplication>
#include <QEvent>

namespace bistro::ui {

Caret::Caret(std::chrono::milliseconds restsAfter, QObject* parent)
    : QObject(parent)
    , m_flashTime(QApplication::cursorFlashTime())
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(restsAfter);
    connect(&m_rest, &QTimer::timeout, this, [] { QApplication::setCursorFlashTime(0); });
    qApp->installEventFilter(this);
    m_rest.start();
}

Caret::~Caret()
{
    QApplication::setCursorFlashTime(m_flashTime);
}

bool Caret::eventFilter(QObject* watched, QEvent* event)
{
    const auto type = event->type();
    if (type == QEvent::KeyPress || type == QEvent::MouseButtonPress || type == QEvent::InputMethod) {
        QApplication::setCursorFlashTime(m_flashTime);
        m_rest.start();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace bistro::ui
