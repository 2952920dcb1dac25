// The list of what may come next at the cursor, below it. GUI thread.
#pragma once

#include "editor/names.h"
#include "theme/theme.h"

#include <QObject>

class QCompleter;
class QPlainTextEdit;
class QStandardItemModel;

namespace bistro::ui {

class CodeNames;
class CompletionDelegate;
class Highlighter;
struct Completion;

class CompletionPopup final : public QObject {
    Q_OBJECT

public:
    CompletionPopup(QPlainTextEdit* editor, const Highlighter* highlighter, CodeNames* names);

    void setTheme(const Theme& theme);
    // Shows what fits the cursor, or hides the list. `asked` by Ctrl+Space, not by typing.
    void update(bool asked);
    void hide();
    [[nodiscard]] bool isVisible() const;
    // Whether Return is for the list: one has chosen in it, or what stands there is no word yet.
    [[nodiscard]] bool takesReturn() const { return m_chosen || !m_isWord; }
    void takeChosen(); // the row in the list, or else the first; hides it
    [[nodiscard]] QCompleter& completer() const { return *m_completer; }

private:
    void insert(const QString& text);
    [[nodiscard]] QString wordsAround(const QString& line, int column) const;
    void show(const Completion& completion, const QString& prefix);

    QPlainTextEdit* m_editor;
    const Highlighter* m_highlighter;
    CodeNames* m_names;
    Theme m_theme {Scheme::Light};
    QCompleter* m_completer;
    QStandardItemModel* m_candidates;
    CompletionDelegate* m_look;
    bool m_isWord = false; // what is typed, without the list
    bool m_chosen = false; // by arrows
};

} // namespace bistro::ui
