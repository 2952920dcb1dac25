// What the window says first: the course, a program of one's own, or an example. A calm screen above the code, which
// can be used at once; no wizard, and nothing has to be answered. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace bistro::ui {

class Greeting final : public QWidget {
    Q_OBJECT

public:
    explicit Greeting(QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    // Where one was: "4 What blocks the waiter, screen 2"; empty: nothing was begun. `minutes`: of the first lesson.
    void setPlace(const QString& place, const QString& firstLesson);
    [[nodiscard]] QPushButton* courseButton() const { return m_course; }

signals:
    void courseAsked();
    void ownAsked();
    void exampleAsked();

private:
    Theme m_theme {Scheme::Light};
    QLabel* m_title = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_course = nullptr;
    QPushButton* m_own = nullptr;
    QPushButton* m_example = nullptr;
};

} // namespace bistro::ui
