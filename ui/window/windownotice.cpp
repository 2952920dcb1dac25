#include "window/windownotice.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace bistro::ui {

WindowNotice::WindowNotice(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
{
    setObjectName(u"noticebar"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* const close = new QToolButton(this);
    close->setText(tr("Close"));
    close->setToolTip(tr("Close this notice (Esc)"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 16, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void WindowNotice::tell(const QString& sentence)
{
    constexpr qsizetype most = 4'000; // letters
    if (sentence.isEmpty())
        return;
    m_text->setText(sentence.size() > most ? sentence.left(most) + u'…' : sentence);
    show();
    announce(sentence);
}

void WindowNotice::announce(const QString& sentence)
{
    if (sentence.isEmpty() || !QAccessible::isActive())
        return;
    QAccessibleAnnouncementEvent event(window(), sentence);
    QAccessible::updateAccessibility(&event);
}

} // namespace bistro::ui
