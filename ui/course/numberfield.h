// A number that is guessed, with its unit. Says what it takes when it is something else. GUI thread.
#pragma once

#include "course/lessonview.h"
#include "theme/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace bistro::ui {

class NumberField final : public QWidget {
    Q_OBJECT

public:
    explicit NumberField(QWidget* parent = nullptr);

    void setView(const NumberGuessView& view, const QString& question);
    void setLocked(bool on);
    void setTheme(const Theme& theme);

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    // Empty, or a number as this language writes it, or with a point.
    [[nodiscard]] static bool isNumber(const QString& text);

signals:
    void numberTyped(const QString& text); // also what is no number

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void judge();
    void arrange();

    Theme m_theme {Scheme::Light};
    QLineEdit* m_line = nullptr;
    QLabel* m_unit = nullptr;
    QLabel* m_wrong = nullptr;
};

} // namespace bistro::ui
