// A ring around the pointer, for the back row. Lies over a window, takes no clicks. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QWidget>

namespace bistro::ui {

class PointerHalo final : public QWidget {
    Q_OBJECT

public:
    explicit PointerHalo(QWidget* window);
    void setOn(bool on);
    void setTheme(const Theme& theme);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Theme m_theme {Scheme::Light};
};

} // namespace bistro::ui
