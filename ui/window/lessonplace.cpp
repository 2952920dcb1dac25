#include "window/lessonplace.h"

#include <QVBoxLayout>

namespace bistro::ui {

LessonPlace::LessonPlace(QWidget* parent)
    : QWidget(parent)
    , m_question(new NoticeBar(this))
    , m_stack(new QStackedWidget(this))
    , m_greeting(new Greeting)
    , m_panel(new LessonPanel)
{
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_stack, 1);
    m_stack->addWidget(m_greeting);
    m_stack->addWidget(m_panel);
    m_question->lieOver(*m_stack, NoticeBar::Side::Last); // where its button is: what is read stays
    m_question->close();
}

void LessonPlace::setTheme(const Theme& theme)
{
    m_question->setTheme(theme);
    m_greeting->setTheme(theme);
    m_panel->setTheme(theme);
}

void LessonPlace::showGreeting()
{
    m_stack->setCurrentWidget(m_greeting);
    updateGeometry();
}

void LessonPlace::showLesson()
{
    m_stack->setCurrentWidget(m_panel);
    updateGeometry();
}

int LessonPlace::leastHeight() const
{
    return isGreeting() ? minimumSizeHint().height() : m_panel->leastHeight();
}

bool LessonPlace::hasHeightForWidth() const
{
    return m_stack->currentWidget()->hasHeightForWidth()
        || (m_stack->currentWidget()->layout() && m_stack->currentWidget()->layout()->hasHeightForWidth());
}

int LessonPlace::heightForWidth(int width) const
{
    const QWidget* const shown = m_stack->currentWidget();
    if (shown->hasHeightForWidth())
        return shown->heightForWidth(width);
    return shown->layout() ? shown->layout()->heightForWidth(width) : shown->sizeHint().height();
}

QSize LessonPlace::sizeHint() const
{
    return m_stack->currentWidget()->sizeHint();
}

QSize LessonPlace::minimumSizeHint() const
{
    return {0, 80};
}

} // namespace bistro::ui
