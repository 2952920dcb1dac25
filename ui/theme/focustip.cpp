#include "theme/focustip.h"

#include <QStyle>
#include <QToolTip>
#include <QWidget>

#include <utility>

namespace bistro::ui {

FocusTip::FocusTip(QWidget* over)
    : QObject(over)
    , m_over(*over)
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, [this] {
        if (!m_over.hasFocus() || !m_over.isVisible())
            return;
        m_shown = true;
        QToolTip::showText(m_over.mapToGlobal(m_part.bottomLeft()), m_text, &m_over, m_part);
    });
}

void FocusTip::offer(const QString& text, const QRect& part)
{
    withdraw();
    if (text.isEmpty())
        return;
    m_text = text;
    m_part = part;
    m_due.start(m_over.style()->styleHint(QStyle::SH_ToolTip_WakeUpDelay, nullptr, &m_over));
}

void FocusTip::withdraw()
{
    m_due.stop();
    if (std::exchange(m_shown, false)) // another one's tip is not ours to hide
        QToolTip::hideText();
}

} // namespace bistro::ui
