// Find, replace and go to line: one bar above the code. Searches as one types; every match in sight is marked. A long
// text is searched by another thread, and what is found is selected as soon as it is: an expression may take long, too.
#pragma once

#include "theme/theme.h"

#include <QRegularExpression>
#include <QWidget>

#include <atomic>
#include <memory>
#include <optional>

class QLabel;
class QLineEdit;
class QToolButton;

namespace bistro::ui {

class CodeEditor;
struct FoundText;

class FindBar final : public QWidget {
    Q_OBJECT

public:
    explicit FindBar(CodeEditor* editor);
    ~FindBar() override;

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
    // Another thread is at it.
    [[nodiscard]] bool isSearching() const { return m_stop != nullptr; }

signals:
    void changed(); // opened, closed, or another pattern
    void resized();

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    // `moves`: the search goes on from what is found.
    void search(qsizetype from, bool backwards, bool moves);
    void select(const FoundText& found, bool moves);
    // Whether the cursor stands at what was found last and that has no letters, as the beginning of a line.
    [[nodiscard]] bool isAtEmptyMatch() const;
    void stopSearching();
    void lineTyped();
    void say(const QString& text, bool wrong = false);
    [[nodiscard]] QString replacementOf(const QRegularExpressionMatch& match) const;

    CodeEditor* m_editor;
    Theme m_theme;
    Mode m_mode = Mode::Find;
    qsizetype m_start = 0; // where the search began
    qsizetype m_empty = -1; // where a match without letters was found last; -1: the last one had some
    std::shared_ptr<std::atomic_bool> m_stop; // of the search that another thread makes; null: none
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
