// The buttons of the course: their forms are those of the mocks, at every zoom, in any window. GUI thread.
#pragma once

#include "course/coursepaint.h"

#include <QAbstractButton>

namespace bistro::ui {

class CourseButton final : public QAbstractButton {
    Q_OBJECT

public:
    enum class Form : std::uint8_t {
        Primary, // ink, 32 high
        Plain, // with a border, 32 high
        Bare, // words alone, 32 high
        Pill, // 20 high; pressed while checked
        Link, // underlined words, 20 high
        Square, // a sign, 24 x 24
    };

    explicit CourseButton(Form form, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    void setForm(Form form);
    [[nodiscard]] Form form() const { return m_form; }
    // In front of the words, or after them.
    void setSign(CourseSign sign, bool after = false);

    // As wide as its words need.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QFont wordsFont() const;
    [[nodiscard]] int padding() const;
    [[nodiscard]] int signSize() const;
    [[nodiscard]] QColor wordsColor() const;
    void paintGround(QPainter& painter) const;

    Theme m_theme {Scheme::Light};
    Form m_form;
    CourseSign m_sign = CourseSign::None;
    bool m_signAfter = false;
};

} // namespace bistro::ui
