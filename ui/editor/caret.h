// The text cursor blinks while one writes and then stands still: a window that nobody touches wakes the processor for
// nothing. One for the whole application, its line edits included, since blinking is a setting of the application. GUI
// thread.
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

namespace bistro::ui {

class Caret final : public QObject {
    Q_OBJECT

public:
    explicit Caret(std::chrono::milliseconds restsAfter = std::chrono::seconds(5), QObject* parent = nullptr);
    ~Caret() override; // blinking is again what the desktop says

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int m_flashTime; // of the desktop; below 2 it does not blink anyway
    QTimer m_rest;
};

} // namespace bistro::ui
