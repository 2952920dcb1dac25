// One line at the foot of the editor that says in plain words what is wrong with the program; a click goes there.
#pragma once

#include "theme/theme.h"

#include <QAbstractButton>

namespace bistro::ui {

class ProblemBar final : public QAbstractButton {
    Q_OBJECT

public:
    explicit ProblemBar(QWidget* parent);

    void setTheme(const Theme& theme);
    void setSentence(const QString& sentence);
    [[nodiscard]] int heightFor(int width) const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QRect textRect(int width, int height) const;

    Theme m_theme;
};

} // namespace bistro::ui
