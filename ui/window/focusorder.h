// The order in which Tab goes through the window: that of reading. Qt's own is that in which widgets were made. GUI
// thread.
#pragma once

#include <QFocusFrame>
#include <QList>
#include <QWidget>

namespace bistro::ui {

// Whoever takes Tab within these, from panel to panel; in a panel row by row, from left to right. What stands within
// something that takes it comes after that.
[[nodiscard]] QList<QWidget*> readingOrder(const QList<QWidget*>& panels);
// To the one after `from`, or before it; from the end to the other end. Brings it to sight where something scrolls it.
// False: nothing takes it.
bool goOn(const QList<QWidget*>& order, const QWidget* from, bool forward);

// Who takes the keyboard of a panel that somebody goes to: itself, who stands for it, or the first within; null:
// nobody.
[[nodiscard]] QWidget* takerOfKeys(QWidget& panel);

// Around what has the keyboard, when that came by key: a ring outside of its border. Whoever shows it by itself (texts
// have a cursor, panels mark a row) has none. Owned by the window.
class FocusRing final : public QFocusFrame {
    Q_OBJECT

public:
    explicit FocusRing(QWidget* window);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow(QWidget* widget);
};

} // namespace bistro::ui
