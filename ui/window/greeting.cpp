#include "window/greeting.h"

#include "theme/fonts.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bistro::ui {

Greeting::Greeting(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel(tr("Welcome to Bistro"), this))
    , m_text(new QLabel(this))
    , m_course(new QPushButton(this))
    , m_own(new QPushButton(tr("Write a program"), this))
    , m_example(new QPushButton(tr("Look at an example"), this))
{
    setObjectName(u"greeting"_s);
    setAccessibleName(m_title->text());
    m_course->setObjectName(u"greeting-course"_s);
    m_own->setObjectName(u"greeting-own"_s);
    m_example->setObjectName(u"greeting-example"_s);
    m_text->setWordWrap(true);
    m_own->setToolTip(tr("Type below, then run it.\nBistro shows every step of any program."));
    m_example->setToolTip(tr("A small program that is ready to run.\nThere are more in the Examples menu."));
    auto* const buttons = new QHBoxLayout;
    buttons->addWidget(m_own);
    buttons->addWidget(m_example);
    buttons->addStretch(1);
    auto* const first = new QHBoxLayout;
    first->addWidget(m_course);
    first->addStretch(1);
    auto* const column = new QVBoxLayout(this);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addLayout(first);
    column->addLayout(buttons);
    column->addStretch(1);
    connect(m_course, &QPushButton::clicked, this, &Greeting::courseAsked);
    connect(m_own, &QPushButton::clicked, this, &Greeting::ownAsked);
    connect(m_example, &QPushButton::clicked, this, &Greeting::exampleAsked);
    setPlace({}, {});
}

void Greeting::setPlace(const QString& place, const QString& firstLesson)
{
    m_text->setText(place.isEmpty()
            ? tr("A restaurant shows how Node runs your program: one waiter, four cooks, and who waits where. The "
                 "course begins with short lessons. Or write a program below.")
            : tr("You were in %1.").arg(place));
    m_course->setText(place.isEmpty() ? tr("Begin the course") : tr("Go on"));
    m_course->setToolTip(place.isEmpty() ? firstLesson : place);
    m_course->setDefault(true);
}

void Greeting::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_title->setFont(uiFont(theme, TypeSize::Title, QFont::DemiBold));
    m_text->setFont(uiFont(theme, TypeSize::Label));
    for (QPushButton* const button : {m_course, m_own, m_example})
        button->setFont(uiFont(theme, TypeSize::Label));
    const int side = theme.px(16);
    layout()->setContentsMargins(side, theme.px(12), side, theme.px(12));
    layout()->setSpacing(theme.px(8));
    setStyleSheet(u"#greeting { background: %1; } QLabel { color: %2; }"
                  "#greeting-course { background: %4; color: %5; border: 1px solid %4; font-weight: 600; }"
                  "#greeting-own, #greeting-example { background: %1; color: %2; border: 1px solid %3; }"
                  "QPushButton { border-radius: %6px; padding: %7px %8px; }"
                  "#greeting-own:hover, #greeting-example:hover { border-color: %2; }"_s
                      .arg(theme.window().name(), theme.text().name(), theme.border().name(), theme.ink().name(),
                          theme.onInk().name())
                      .arg(theme.px(8))
                      .arg(theme.px(6))
                      .arg(theme.px(12)));
}

} // namespace bistro::ui
