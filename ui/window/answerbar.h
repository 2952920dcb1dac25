// A sentence over the code, with buttons below it. They take no click and no key that was meant for something else:
// none before one could have read what they say. GUI thread.
#pragma once

#include "theme/theme.h"
#include "window/icons.h"
#include "window/overcode.h"

#include <QElapsedTimer>
#include <QString>

#include <chrono>
#include <functional>
#include <vector>

class QAbstractButton;
class QLabel;

namespace bistro::ui {

class AnswerBar : public OverCode {
    Q_OBJECT

public:
    // So long it must have been seen, with these words, before a click or a key counts.
    static constexpr std::chrono::milliseconds kSettles {500};

    void setTheme(const Theme& theme);
    void setCompact(bool on);
    void close();

    // What stands there; empty while it is closed.
    [[nodiscard]] QString text() const { return isHidden() ? QString() : m_plain; }
    // Whether its buttons take anything yet.
    [[nodiscard]] bool isSettled() const;

protected:
    explicit AnswerBar(QWidget* room);

    // From left to right. A link is a button that nobody needs. `clicked` is called when it is settled, however it is
    // pressed.
    QAbstractButton* add(const char* name, const QString& text, std::function<void()> clicked, bool link = false);
    void write(const QString& html, const QString& plain);
    // Other words, and these buttons: the wait begins anew.
    void begin(const std::vector<QAbstractButton*>& shown);
    // Politely, to assistive technology.
    void announce(const QString& text);

    // Whether somebody has asked for what stands there: no click can be meant for something else.
    [[nodiscard]] virtual bool isExpected() const { return false; }
    [[nodiscard]] virtual Sign sign() const = 0;
    // What stands between sentence and buttons, from `y` on in this width; gives where it ends.
    virtual int arrangeBetween(int left, int y, int width);
    virtual void restyle();

    [[nodiscard]] const Theme& theme() const { return m_theme; }
    [[nodiscard]] bool isCompact() const { return m_compact; }
    [[nodiscard]] QLabel& sentence() const { return *m_sentence; }

    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    int arrange(int width) override;
    int arrangeButtons(int width, int y);

    Theme m_theme {Scheme::Light};
    bool m_compact = false;
    QString m_html;
    QString m_plain;
    QLabel* m_sentence = nullptr;
    std::vector<QAbstractButton*> m_buttons; // from left to right
    QElapsedTimer m_seen; // with these words
};

} // namespace bistro::ui
