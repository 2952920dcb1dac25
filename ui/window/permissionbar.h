// The question whether a program may do what the sandbox has refused it, over the first lines of the code: nothing
// moves, and the program never waits for the answer. No program answers it: no single key accepts unless somebody has
// walked to its button. GUI thread.
#pragma once

#include "confine/asking.h"
#include "window/answerbar.h"

class QShortcut;

namespace bistro::ui {

class PermissionBar final : public AnswerBar {
    Q_OBJECT

public:
    // `room` is what it lies in, above everything else there.
    explicit PermissionBar(QWidget* room);

    // `others`: the questions that come after this one. Told to assistive technology, politely; asked again, only the
    // others are told of.
    void ask(const app::Asking& what, const QStringList& others);
    // That it is allowed from the next run on, and whether one wants to run again.
    void tellAllowed(const QString& sentence);

    [[nodiscard]] bool isAsking() const { return !isHidden() && m_asks; }

signals:
    void kept(); // refused, as Escape does, too
    void allowed();
    void allowedOnce();
    void runAsked();
    void undone();
    void closed(); // without an answer to whether one wants to run again

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] Sign sign() const override { return Sign::Shield; }
    void tell(bool asks);

    bool m_asks = false;
    app::Asking m_asked; // while it asks
    QShortcut* m_keys = nullptr; // of m_allow, while it asks
    QAbstractButton* m_keep = nullptr;
    QAbstractButton* m_allow = nullptr;
    QAbstractButton* m_once = nullptr;
    QAbstractButton* m_run = nullptr;
    QAbstractButton* m_undo = nullptr;
    QAbstractButton* m_close = nullptr;
};

} // namespace bistro::ui
