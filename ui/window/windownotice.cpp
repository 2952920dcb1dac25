#include "window/windownotice.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

WindowNotice::WindowNotice(QWidget* room)
    : QWidget(room)
    , m_text(new QLabel(this))
    , m_close(new QToolButton(this))
{
    setObjectName(u"noticebar"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setText(tr("Close"));
    m_close->setToolTip(tr("Close this notice (Esc)"));
    m_close->setFocusPolicy(Qt::TabFocus);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    auto* const layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 6, 16, 6);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_close, 0, Qt::AlignTop);
    room->installEventFilter(this);
    hide();
}

void WindowNotice::lieOver(QWidget& place)
{
    m_place = &place;
    place.installEventFilter(this);
    cover();
}

void WindowNotice::cover()
{
    if (isHidden())
        return;
    constexpr int most = 640; // px: a line that is longer is hard to read
    QRect over(QPoint(0, 0), QSize(std::min(parentWidget()->width(), most), 0));
    if (m_place && m_place->isVisible())
        over = QRect(m_place->mapTo(parentWidget(), QPoint(0, 0)), m_place->size());
    const int height = layout()->totalHeightForWidth(over.width());
    setGeometry(QRect(over.topLeft(), QSize(over.width(), std::max(height, sizeHint().height()))));
    raise();
}

bool WindowNotice::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::Resize:
    case QEvent::Move:
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::LayoutRequest: // what stands above it may have become another height
        cover();
        break;
    default: break;
    }
    return QWidget::eventFilter(watched, event);
}

void WindowNotice::tell(const QString& sentence)
{
    constexpr qsizetype most = 4'000; // letters
    if (sentence.isEmpty())
        return;
    m_text->setText(sentence.size() > most ? sentence.left(most) + u'…' : sentence);
    show();
    cover();
    announce(sentence);
}

void WindowNotice::mention(const QString& sentence)
{
    announce(sentence);
    emit mentioned(sentence);
}

void WindowNotice::announce(const QString& sentence)
{
    if (sentence.isEmpty() || !QAccessible::isActive())
        return;
    QAccessibleAnnouncementEvent event(window(), sentence);
    QAccessible::updateAccessibility(&event);
}

} // namespace bistro::ui
