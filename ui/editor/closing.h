// Whether pages may be closed, asked above the code: of one tab, and of all when the window closes. GUI thread.
#pragma once

#include "editor/desk.h"

#include <QObject>

namespace bistro::ui {

class EditorPage;
class Saving;

class Closing final : public QObject {
    Q_OBJECT

public:
    Closing(const Desk& desk, Saving& saving);

    // Asks when it is not saved, unless `evenUnsaved`.
    void close(EditorPage& page, bool evenUnsaved = false);
    // Whether the window may close. If not, it asks, and says allowed() when the learner has decided; then it may.
    [[nodiscard]] bool ask();
    // Something was written since: what was decided does not hold.
    void withdraw() { m_mayClose = false; }
    // After each file that was saved for the window to close: the next one that needs a place, or the end.
    void goOn();
    // Everything typed is on disk, in recovery copies where it is not saved.
    void flush() const;

signals:
    void allowed();

private:
    void closeAllUnsaved(bool keep);

    Desk m_desk;
    Saving& m_saving;
    bool m_mayClose = false; // the learner has decided what becomes of the changes
    bool m_closing = false; // closes as soon as all is saved
};

} // namespace bistro::ui
