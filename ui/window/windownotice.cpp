#include "window/windownotice.h"

#include "theme/fonts.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

WindowNotice::WindowNotice(QWidget* room)
    : OverCode(room)
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
}

void WindowNotice::setTheme(const Theme& theme)
{
    m_text->setFont(uiFont(theme, TypeSize::Label));
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::WindowText, theme.text());
    m_text->setPalette(palette);
    layout()->setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6));
    cover();
}

int WindowNotice::arrange(int width)
{
    return std::max(layout()->totalHeightForWidth(width), sizeHint().height());
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
