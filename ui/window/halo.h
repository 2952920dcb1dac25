// A ring around the pointer, for the back row. Lies over a window, takes no clicks. GUI thread.
#pragma once

#include <QWidget>

namespace bistro::ui {

class PointerHalo final : public QWidget {
    Q_OBJECT

public:
    explicit PointerHalo(QWidget* window);
    void setOn(bool on);
    void setSize(int px) { resize(px, px); }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace bistro::ui
