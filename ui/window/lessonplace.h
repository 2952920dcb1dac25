// What stands above the code: the greeting, or the lesson; over it the one question that somebody may have to answer.
// GUI thread.
#pragma once

#include "course/lessonpanel.h"
#include "editor/noticebar.h"
#include "window/greeting.h"

#include <QStackedWidget>
#include <QWidget>

namespace bistro::ui {

class LessonPlace final : public QWidget {
    Q_OBJECT

public:
    explicit LessonPlace(QWidget* parent = nullptr);

    [[nodiscard]] LessonPanel& panel() const { return *m_panel; }
    [[nodiscard]] Greeting& greeting() const { return *m_greeting; }
    [[nodiscard]] NoticeBar& question() const { return *m_question; }
    void setTheme(const Theme& theme);
    void showGreeting();
    void showLesson();
    [[nodiscard]] bool isGreeting() const { return m_stack->currentWidget() == m_greeting; }

    // With which something of the lesson is still read, beside its head and its row of actions.
    [[nodiscard]] int leastHeight() const;
    // Of what is shown.
    [[nodiscard]] bool hasHeightForWidth() const override;
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

private:
    NoticeBar* m_question = nullptr;
    QStackedWidget* m_stack = nullptr;
    Greeting* m_greeting = nullptr;
    LessonPanel* m_panel = nullptr;
};

} // namespace bistro::ui
