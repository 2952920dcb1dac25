// A lesson's head: the button for the list, number and title, which screen it is, the way to the others. GUI thread.
#pragma once

#include "course/coursebutton.h"

#include <QWidget>

class QLabel;

namespace bistro::ui {

class LessonHead final : public QWidget {
    Q_OBJECT

public:
    explicit LessonHead(QWidget* parent = nullptr);

    void setLesson(const QString& number, const QString& title);
    void setScreen(int screen, int screens, bool questions = false); // from 0; of a service they are questions
    void setListButton(bool shown);
    // The text can be folded away; it is open, or not.
    void setFolding(bool folds, bool open);
    void setTheme(const Theme& theme);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void listAsked();
    void screenAsked(int screen);
    void foldAsked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();
    void nameScreens();
    [[nodiscard]] QString whichText() const;

    Theme m_theme {Scheme::Light};
    QString m_titleText;
    int m_screen = 0;
    int m_screens = 1;
    bool m_questions = false;
    CourseButton* m_list = nullptr;
    QLabel* m_number = nullptr;
    QLabel* m_title = nullptr;
    CourseButton* m_fold = nullptr;
    QLabel* m_which = nullptr;
    CourseButton* m_back = nullptr;
    CourseButton* m_forward = nullptr;
};

} // namespace bistro::ui
