// What a tooltip says to the pointer, said to the keyboard: shown over what the keys have come to, after the delay that
// a tooltip has. GUI thread.
#pragma once

#include <QObject>
#include <QRect>
#include <QString>
#include <QTimer>

class QWidget;

namespace bistro::ui {

class FocusTip final : public QObject {
    Q_OBJECT

public:
    // `over` owns it.
    explicit FocusTip(QWidget* over);

    // Below this part of the widget. What waits to be shown, or is shown, is no longer; so is it with an empty text.
    void offer(const QString& text, const QRect& part);
    void withdraw();

private:
    QWidget& m_over;
    QTimer m_due;
    QString m_text;
    QRect m_part;
    bool m_shown = false;
};

} // namespace bistro::ui
