// The console as a panel: heading, lines, a bar to find in them, and the line that goes to a program which reads its
// input. Fed by a session. GUI thread; the session lives longer.
#pragma once

#include "console/consolemodel.h"
#include "console/consoleview.h"
#include "session/session.h"

#include <QWidget>

#include <optional>
#include <utility>

class QLabel;
class QLineEdit;
class QToolButton;

namespace bistro::ui {

class HintLabel;

class ConsolePanel final : public QWidget {
    Q_OBJECT

public:
    explicit ConsolePanel(app::Session& session, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    [[nodiscard]] ConsoleModel& model() { return *m_model; }
    [[nodiscard]] ConsoleView& view() { return *m_view; }
    [[nodiscard]] QLineEdit& input() { return *m_input; }

    // What stands at the right of the heading: errors only, find, clear. Whoever has a row for it takes it there, by
    // its layout; the heading goes then.
    [[nodiscard]] QWidget* corner() { return m_corner; }
    void showFind();
    // To the next or previous hit; without a bar it is shown first.
    void findNext(bool backward = false);
    // The line for the program's input, whether or not it is known to read; with the keyboard's focus.
    void showInput();
    // Whose run this is, in its head; empty: it is that of the program in front.
    void setWhose(const QString& sentence);
    // Nothing of what is printed after the playhead: somebody predicts.
    void setFutureHidden(bool on, bool atEnd) { m_view->setFutureHidden(on, atEnd); }
    // Why nothing is printed, when that is worth a line: below what the first `place` events have printed, or below
    // all.
    void setRemark(const QString& sentence, Meaning meaning, std::optional<app::Index> place)
    {
        if (m_trouble.isEmpty())
            m_view->setRemark(sentence, meaning, place);
    }
    [[nodiscard]] QString remark() const { return m_view->remark(); }

    // By number, from 1, as app/why/screenlines counts them; the smaller one first. None: not two are chosen.
    [[nodiscard]] std::optional<std::pair<int, int>> chosenLines() const { return m_view->chosenLines(); }

signals:
    // "Why line 3 before line 5?": two lines of the screen, numbered as chosenLines() does.
    void beforeAsked(int first, int second);
    void linkActivated(const QString& file, int line, int column);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeCorner();
    void makeInput();
    void sendLine();
    void endInput();
    [[nodiscard]] std::optional<app::Index> lastEvent() const;
    [[nodiscard]] QString whole(const QString& file) const;
    void feed();
    void sayHint();
    void lookForFailure();
    void updateWaiting();
    void closeFind();
    void find(ConsoleView::Direction direction);
    void sayHits();

    app::Session& m_session;
    ConsoleModel* m_model = nullptr;
    ConsoleView* m_view = nullptr;
    QWidget* m_head = nullptr; // heading and corner, while that is here; and whose run it is
    bool m_cornerHere = true;
    QLabel* m_heading = nullptr;
    QWidget* m_corner = nullptr;
    QToolButton* m_errorsOnly = nullptr;
    HintLabel* m_hint = nullptr;
    QWidget* m_findBar = nullptr;
    QLineEdit* m_findText = nullptr;
    QToolButton* m_findCase = nullptr;
    QLabel* m_findResult = nullptr;
    QString m_whose;
    bool m_notFound = false;
    Theme m_theme {Scheme::Light};
    QWidget* m_inputBar = nullptr;
    QLabel* m_inputMark = nullptr;
    QLineEdit* m_input = nullptr;
    std::size_t m_fed = 0; // outputs of the log that the model knows
    bool m_inputAsked = false; // by the user
    QString m_trouble; // why what is printed is not shown; until the next run nothing else is said there
};

} // namespace bistro::ui
