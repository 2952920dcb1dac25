// Find, replace and go to line: one bar above the code. Searches as one types; every match in sight is marked.
#pragma once

#include "theme/theme.h"

#include <QRegularExpression>
#include <QTextCursor>
#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QToolButton;

namespace bistro::ui {

class CodeEditor;

class FindBar final : public QWidget {
    Q_OBJECT

public:
    explicit FindBar(CodeEditor* editor);

    enum class Mode : std::uint8_t { Find, Replace, GoToLine };
    void open(Mode mode);
    void close();
    void setTheme(const Theme& theme);

    // What is searched for; none when the bar is closed, its field empty or the expression not a valid one.
    [[nodiscard]] std::optional<QRegularExpression> pattern() const;

    void findNext();
    void findPrevious();
    void replaceOne();
    // The number of places that were replaced, all in one step of undo.
    int replaceAll();

signals:
    void changed(); // opened, closed, or another pattern
    void resized();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool search(int from, bool backwards);
    void lineTyped();
    void say(const QString& text, bool wrong = false);
    [[nodiscard]] QString replacementFor(const QRegularExpressionMatch& match) const;

    CodeEditor* m_editor;
    Theme m_theme;
    Mode m_mode = Mode::Find;
    QTextCursor m_start; // where the search began
    QLineEdit* m_what = nullptr;
    QLineEdit* m_with = nullptr;
    QToolButton* m_case = nullptr;
    QToolButton* m_word = nullptr;
    QToolButton* m_expression = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    QToolButton* m_close = nullptr;
    QToolButton* m_replaceOne = nullptr;
    QToolButton* m_replaceAll = nullptr;
    QLabel* m_says = nullptr;
};

} // namespace bistro::ui
