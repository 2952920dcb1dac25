// The question whether a program may do what the sandbox has refused it, over the first lines of the code: nothing
// moves, and the program never waits for the answer. No program answers it: no key accepts unless somebody has walked
// to its button, and buttons take nothing before one could have read what they say. GUI thread; the widgets that it
// lies over and below live as long.
#pragma once

#include "confine/asking.h"
#include "theme/theme.h"

#include <QElapsedTimer>
#include <QWidget>

#include <chrono>
#include <vector>

class QAbstractButton;
class QLabel;
class QPushButton;
class QToolButton;

namespace bistro::ui {

class PermissionBar final : public QWidget {
    Q_OBJECT

public:
    // So long it must have been seen, with these words, before a click or a key counts.
    static constexpr std::chrono::milliseconds kSettles {500};

    // `room` is what it lies in, above everything else there.
    explicit PermissionBar(QWidget* room);

    // Over the upper edge of this; while that is hidden, over the upper edge of the room.
    void lieOver(QWidget& place);
    // What lies there, too, stays to be read.
    void stayBelow(QWidget& notice);
    void setTheme(const Theme& theme);
    void setCompact(bool on);

    // `others`: the questions that come after this one. Told to assistive technology, politely; asked again, only the
    // others are told of.
    void ask(const app::Asking& what, const QStringList& others);
    // That it is allowed from the next run on, and whether one wants to run again.
    void tellAllowed(const QString& sentence);
    void close();

    // What stands there; empty while it is closed.
    [[nodiscard]] QString text() const { return isHidden() ? QString() : m_plain; }
    [[nodiscard]] bool isAsking() const { return !isHidden() && m_asks; }
    // Whether its buttons take anything yet.
    [[nodiscard]] bool isSettled() const;

signals:
    void kept(); // refused, as Escape does, too
    void allowed();
    void allowedOnce();
    void runAsked();
    void undone();
    void closed(); // without an answer to whether one wants to run again

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    template <typename Button>
    Button* add(const char* name, const QString& text, void (PermissionBar::*clicked)());
    void tell(bool asks);
    void write(const QString& html, const QString& plain);
    void restyle();
    void cover();
    int arrange(int width);

    Theme m_theme {Scheme::Light};
    bool m_compact = false;
    bool m_asks = false;
    app::Asking m_asked; // while it asks
    QString m_html;
    QString m_plain;
    QLabel* m_sentence = nullptr;
    QPushButton* m_keep = nullptr;
    QPushButton* m_allow = nullptr;
    QToolButton* m_once = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_undo = nullptr;
    QToolButton* m_close = nullptr;
    std::vector<QAbstractButton*> m_buttons; // all of them, from left to right
    QWidget* m_place = nullptr;
    QWidget* m_notice = nullptr;
    QElapsedTimer m_seen; // with these words
};

} // namespace bistro::ui
