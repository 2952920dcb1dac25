// What the window can be told to do: every action once, with its name, text and keys. Who carries one out connects
// itself to it; menus, tool bar and page of shortcuts show them. GUI thread.
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

#include <array>
#include <functional>

namespace bistro::ui {

// clang-format off
enum class ActionId : std::uint8_t {
    New, NewFile, Open, OpenFolder, Save, SaveAs, SaveAll, CloseTab, OpenTrace, SaveTrace, SaveTraceWithoutValues,
    OpenLessons, Settings, Quit,
    Undo, Redo, Cut, Copy, Paste, SelectAll, Find, Replace, FindNext, FindPrevious, GoToLine, Comment, Complete,
    FindConsole, ClearConsole,
    Fold, Unfold, FoldAll, UnfoldAll, IndentFromFile, IndentTabs, IndentTwo, IndentFour, IndentEight,
    Run, Stop, Configure, ProgramsMay, AddPackage, RecordLines, Input, EndInput, Halt, StepForward, StepBack,
    NextCallback,
    PreviousCallback,
    NextPrint, PreviousPrint, NextIteration, PreviousIteration, GoStart, GoLive,
    NextLine, PreviousLine, IntoCall, OutOfCall, BackIntoCall, BackOutOfCall, ToReturn, NextThrow, PreviousThrow,
    NextVisit, PreviousVisit, ToMade,
    Slower, Faster, Bookmark,
    NextBookmark, PreviousBookmark, Verify, WhyBefore,
    NextValue, PreviousValue, LineVisits,
    ReadLesson, NextLesson, LessonHint, CloseLesson,
    Restaurant, Loop, Houses, TextStage, Internals, LineValues, PredictMode, ThemeSystem, ThemeLight, ThemeDark,
    ZoomIn, ZoomOut, ZoomReset,
    ShowEditor, ShowConsole, ShowStage, ShowNarration, ShowCards, ShowTimeline, ShowFindings, ShowBookmarks,
    ShowVariables, ShowVisits, ShowCalls,
    ExpectedOutput, CourseList, ResetLayout, Files, NextTab, PreviousTab, NextPanel, PreviousPanel, ReduceMotion,
    Presentation, Shortcuts, Glossary, About,
};
// clang-format on
inline constexpr std::size_t kActions = static_cast<std::size_t>(ActionId::About) + 1;

class Actions final : public QObject {
    Q_OBJECT

public:
    // They work in this window, also while no menu shows them.
    explicit Actions(QWidget* window);

    [[nodiscard]] QAction* operator[](ActionId id) const { return m_actions[static_cast<std::size_t>(id)]; }
    // For who drives the window from outside; null when there is none of this name.
    [[nodiscard]] QAction* named(const QString& name) const;
    [[nodiscard]] QList<QAction*> all() const { return {m_actions.begin(), m_actions.end()}; }

    // As long as `context` lives.
    void on(ActionId id, QObject* context, std::function<void()> what) const;
    void onToggled(ActionId id, QObject* context, std::function<void(bool)> what) const;

    // Its key as people read it.
    [[nodiscard]] QString keyOf(ActionId id) const;
    // A tooltip of two lines: what it does with its key, and what that is good for.
    void setWhy(ActionId id, const QString& why) const;

private:
    std::array<QAction*, kActions> m_actions {};
    std::array<QString, kActions> m_what; // the first lines of their tooltips
};

} // namespace bistro::ui
