// A panel over the picture, while the window is for a room full of people: what it covers stays as it is. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QWidget>

namespace bistro::ui {

class Overlay final : public QWidget {
    Q_OBJECT

public:
    enum class Side : std::uint8_t { LowerLeft, Right };

    Overlay(Side side, QWidget* over);

    // Shows this panel, which is its child until another parent takes it.
    void take(QWidget* panel);
    void setTheme(const Theme& theme);
    // Tells when this picture has another place or size.
    void watch(QWidget* picture);
    // Over a picture that stands there. `taken`: so much of its width, at the right, has another one.
    void cover(const QRect& picture, int taken = 0);
    [[nodiscard]] static QRect placeOver(Side side, const QRect& picture, const Theme& theme, int taken = 0);

signals:
    void pictureMoved();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    Side m_side;
    Theme m_theme {Scheme::Light};
};

} // namespace bistro::ui
