// A heading with a remark at its end: beside it where both fit, else below it; where it folds, with a chevron.
// GUI thread.
#pragma once

#include "course/coursebutton.h"

#include <QWidget>

class QLabel;

namespace bistro::ui {

// Font and color of a label, whatever its window's style sheet says of others.
void dressLabel(QLabel& label, const QFont& font, const QColor& color);
// What an author wrote: what stands between backquotes is set as the lesson's text sets code.
void setWords(QLabel& label, const QString& words, const Theme& theme);

class HeadingLine final : public QWidget {
    Q_OBJECT

public:
    explicit HeadingLine(QWidget* parent = nullptr);

    void setTexts(const QString& heading, const QString& remark);
    void setTheme(const Theme& theme);
    // What stands below folds: a button says so, and opens it.
    void setFolding(bool folds, bool open);
    [[nodiscard]] CourseButton& button() const { return *m_button; }

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void foldAsked();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    int arrange(int width, bool place) const;

    Theme m_theme {Scheme::Light};
    QLabel* m_heading = nullptr;
    QLabel* m_remark = nullptr;
    CourseButton* m_button = nullptr;
};

} // namespace bistro::ui
