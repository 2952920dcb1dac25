#include "window/actions.h"

#include <QWidget>

#include <algorithm>

namespace bistro::ui {
namespace {

using Id = ActionId;
using Key = QKeySequence;

// Those of the platform, or ours: "F5; Ctrl+R".
struct Keys {
    constexpr Keys() = default;
    constexpr Keys(QKeySequence::StandardKey key)
        : standard(key)
    {
    }
    constexpr Keys(const char* keys)
        : own(keys)
    {
    }
    QKeySequence::StandardKey standard = QKeySequence::UnknownKey;
    const char* own = nullptr;
};

enum class Form : std::uint8_t { Command, Toggle };

struct Entry {
    ActionId id;
    const char* name; // objectName: by it tests and screen readers find the action and its button
    const char* text;
    Keys keys;
    Form form = Form::Command;
};

// In the order of the ids.
// clang-format off
constexpr Entry kTable[] {
    {Id::New, "new", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&New Program"), Key::New},
    {Id::NewFile, "new-file", QT_TRANSLATE_NOOP("bistro::ui::Actions", "New &File in This Folder"), "Ctrl+Alt+N"},
    {Id::Open, "open", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Open…"), Key::Open},
    {Id::OpenFolder, "open-folder", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Open Fol&der…"), "Ctrl+Alt+O"},
    {Id::Save, "save", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Save"), Key::Save},
    {Id::SaveAs, "save-as", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Save &As…"), "Ctrl+Shift+S"},
    {Id::SaveAll, "save-all", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Save A&ll"), {}},
    {Id::CloseTab, "close-tab", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Close File"), "Ctrl+W"},
    {Id::OpenTrace, "open-trace", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Open &Trace…"), "Ctrl+Shift+O"},
    {Id::SaveTrace, "save-trace", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Sa&ve Trace As…"), "Ctrl+Alt+S"},
    {Id::SaveTraceWithoutValues, "save-trace-without-values",
        QT_TRANSLATE_NOOP("bistro::ui::Actions", "Save Trace Wit&hout Values…"), {}},
    {Id::OpenLessons, "open-lessons", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Open L&essons…"), {}},
    {Id::Settings, "settings", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Settin&gs…"), "Ctrl+,"},
    {Id::Quit, "quit", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Quit"), "Ctrl+Q"},
    {Id::Undo, "undo", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Undo"), Key::Undo},
    {Id::Redo, "redo", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Redo"), "Ctrl+Shift+Z; Ctrl+Y"},
    {Id::Cut, "cut", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Cu&t"), Key::Cut},
    {Id::Copy, "copy", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Copy"), Key::Copy},
    {Id::Paste, "paste", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Paste"), Key::Paste},
    {Id::SelectAll, "select-all", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Select &All"), Key::SelectAll},
    {Id::Find, "find", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Find…"), Key::Find},
    {Id::Replace, "replace", QT_TRANSLATE_NOOP("bistro::ui::Actions", "R&eplace…"), "Ctrl+H"},
    {Id::FindNext, "find-next", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Find &Next"), "F3; Ctrl+G"},
    {Id::FindPrevious, "find-previous", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Find Pre&vious"),
        "Shift+F3; Ctrl+Shift+G"},
    {Id::GoToLine, "go-to-line", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Go to Line…"), "Ctrl+L"},
    {Id::Comment, "comment", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Toggle Co&mment"), "Ctrl+/"},
    {Id::Complete, "complete", QT_TRANSLATE_NOOP("bistro::ui::Actions", "C&omplete"), "Ctrl+Space"},
    {Id::FindConsole, "find-console", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Find &in Console…"), "Ctrl+Shift+F"},
    {Id::ClearConsole, "clear-console", QT_TRANSLATE_NOOP("bistro::ui::Actions", "C&lear Console"), "Ctrl+Alt+K"},
    {Id::Fold, "fold", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Fol&d"), "Ctrl+Shift+["},
    {Id::Unfold, "unfold", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Unfo&ld"), "Ctrl+Shift+]"},
    {Id::FoldAll, "fold-all", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Fold &All"), "Ctrl+Alt+["},
    {Id::UnfoldAll, "unfold-all", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Unfold All"), "Ctrl+Alt+]"},
    {Id::IndentFromFile, "indent-from-file", QT_TRANSLATE_NOOP("bistro::ui::Actions", "As the &File"),
        {}, Form::Toggle},
    {Id::IndentTabs, "indent-tabs", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Tabs"), {}, Form::Toggle},
    {Id::IndentTwo, "indent-two", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&2 Spaces"), {}, Form::Toggle},
    {Id::IndentFour, "indent-four", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&4 Spaces"), {}, Form::Toggle},
    {Id::IndentEight, "indent-eight", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&8 Spaces"), {}, Form::Toggle},
    {Id::Run, "run", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Run"), "F5; Ctrl+R; Ctrl+Shift+F5"},
    {Id::Stop, "stop", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Stop"), "Shift+F5"},
    {Id::Configure, "configure", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Configure…"), "Ctrl+F5"},
    {Id::ProgramsMay, "programs-may", QT_TRANSLATE_NOOP("bistro::ui::Actions", "What Programs May Do…"), {}},
    {Id::AddPackage, "add-package", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Add Package…"), {}},
    {Id::RecordLines, "record-lines", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Record Every &Line"), {}, Form::Toggle},
    {Id::Input, "input", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Write to the Program's &Input"), "Ctrl+I"},
    {Id::EndInput, "end-input", QT_TRANSLATE_NOOP("bistro::ui::Actions", "En&d of Input"), "Ctrl+Shift+D"},
    {Id::Halt, "halt", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Play or Halt"), "F6"},
    {Id::StepForward, "step-forward", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Step &Forward"),
        "F8; Alt+Right"},
    {Id::StepBack, "step-back", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Step &Back"),
        "Shift+F8; Alt+Left"},
    {Id::NextCallback, "next-callback", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Next Callback"),
        "F9; Alt+Shift+Right"},
    {Id::PreviousCallback, "previous-callback", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Pre&vious Callback"),
        "Shift+F9; Alt+Shift+Left"},
    {Id::NextPrint, "next-print", QT_TRANSLATE_NOOP("bistro::ui::Actions", "N&ext Print"), "Ctrl+F8; Alt+Down"},
    {Id::PreviousPrint, "previous-print", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Previo&us Print"),
        "Ctrl+Shift+F8; Alt+Up"},
    {Id::NextIteration, "next-iteration", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Ne&xt Iteration"), "Ctrl+F10"},
    {Id::PreviousIteration, "previous-iteration", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Previous I&teration"),
        "Ctrl+Shift+F10"},
    {Id::GoStart, "go-start", QT_TRANSLATE_NOOP("bistro::ui::Actions", "T&o the Start"), "Alt+Home"},
    {Id::GoLive, "go-live", QT_TRANSLATE_NOOP("bistro::ui::Actions", "To t&he End, or to Now"), "Alt+End"},
    {Id::NextLine, "next-line", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Next Line"), "F10"},
    {Id::PreviousLine, "previous-line", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Previous Line"), "Shift+F10"},
    {Id::IntoCall, "into-call", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Into the Call"), "F7"},
    {Id::OutOfCall, "out-of-call", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Out to the Caller"), "Shift+F7"},
    {Id::BackIntoCall, "back-into-call", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Back Into the Call Before"),
        "Ctrl+F7"},
    {Id::BackOutOfCall, "back-out-of-call", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Back Out to Its C&all"),
        "Ctrl+Shift+F7"},
    {Id::ToReturn, "to-return", QT_TRANSLATE_NOOP("bistro::ui::Actions", "To the &Return"), {}},
    {Id::NextThrow, "next-throw", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Next &Error Thrown"), {}},
    {Id::PreviousThrow, "previous-throw", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Previous Error &Thrown"), {}},
    {Id::NextVisit, "next-visit", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Ne&xt Time This Line Runs"), {}},
    {Id::PreviousVisit, "previous-visit", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Last Time This Line Ran"), {}},
    {Id::ToMade, "to-made", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Where This &Value Was Made"), {}},
    {Id::Slower, "slower", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Play Slo&wer"), "Alt+-"},
    {Id::Faster, "faster", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Play F&aster"), "Alt+=; Alt++"},
    {Id::Bookmark, "bookmark", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Boo&kmark This Moment…"), "Ctrl+B"},
    {Id::NextBookmark, "next-bookmark", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Next Bookmark"),
        "Ctrl+Shift+.; Ctrl+>"},
    {Id::PreviousBookmark, "previous-bookmark", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Previous Bookmark"),
        "Ctrl+Shift+,; Ctrl+<"},
    {Id::Verify, "verify", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Co&mpare with Stock Node"), "Ctrl+Alt+V"},
    {Id::WhyBefore, "why-before", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Wh&y This Before That"), "Ctrl+Alt+B"},
    {Id::NextValue, "next-value", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Next Val&ue of the Variable"), "Alt+]"},
    {Id::PreviousValue, "previous-value", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Previous Value o&f the Variable"),
        "Alt+["},
    {Id::LineVisits, "line-visits", QT_TRANSLATE_NOOP("bistro::ui::Actions", "All Vi&sits of This Line"),
        "Ctrl+Shift+L"},
    {Id::ReadLesson, "read-lesson", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Go On with the Course"), "Ctrl+Alt+L"},
    {Id::NextLesson, "next-lesson", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Next Lesson"), "Ctrl+Alt+PgDown"},
    {Id::LessonHint, "lesson-hint", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Next &Hint"), "Ctrl+Alt+H"},
    {Id::CloseLesson, "close-lesson", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Close Lesson"), {}},
    {Id::Restaurant, "restaurant", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Restaurant"), "Ctrl+1", Form::Toggle},
    {Id::Loop, "loop", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Loop"), "Ctrl+2", Form::Toggle},
    {Id::Houses, "houses", QT_TRANSLATE_NOOP("bistro::ui::Actions", "One &Waiter per Table"), {}, Form::Toggle},
    {Id::TextStage, "text-stage", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Stage as Te&xt"), "Ctrl+3", Form::Toggle},
    {Id::Internals, "internals", QT_TRANSLATE_NOOP("bistro::ui::Actions", "No&de's Own Steps"), "Ctrl+4", Form::Toggle},
    {Id::LineValues, "line-values", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Val&ues Beside the Code"),
        {}, Form::Toggle},
    {Id::PredictMode, "predict", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Predi&ct Who Is Next"),
        "Ctrl+Alt+P", Form::Toggle},
    {Id::ThemeSystem, "theme-system", QT_TRANSLATE_NOOP("bistro::ui::Actions", "As the &System"), {}, Form::Toggle},
    {Id::ThemeLight, "theme-light", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Light"), {}, Form::Toggle},
    {Id::ThemeDark, "theme-dark", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Dark"), {}, Form::Toggle},
    {Id::ZoomIn, "zoom-in", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Zoom &In"), "Ctrl++; Ctrl+="},
    {Id::ZoomOut, "zoom-out", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Zoom &Out"), "Ctrl+-"},
    {Id::ZoomReset, "zoom-reset", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Normal Size"), "Ctrl+0"},
    {Id::ShowEditor, "show-editor", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Editor"), "Ctrl+Alt+1", Form::Toggle},
    {Id::ShowConsole, "show-console", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Console"),
        "Ctrl+Alt+2", Form::Toggle},
    {Id::ShowStage, "show-stage", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Stage"), "Ctrl+Alt+3", Form::Toggle},
    {Id::ShowNarration, "show-narration", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Narration"),
        "Ctrl+Alt+4", Form::Toggle},
    {Id::ShowCards, "show-cards", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Order and Call Stack"),
        "Ctrl+Alt+5", Form::Toggle},
    {Id::ShowTimeline, "show-timeline", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Timeline"),
        "Ctrl+Alt+6", Form::Toggle},
    {Id::ShowFindings, "show-findings", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Findings"),
        "Ctrl+Alt+9", Form::Toggle},
    {Id::ShowBookmarks, "show-bookmarks", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Bookmarks"),
        "Ctrl+Alt+0", Form::Toggle},
    {Id::ShowVariables, "show-variables", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Variables"),
        "Ctrl+Alt+A", Form::Toggle},
    {Id::ShowVisits, "show-visits", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Line V&isits"),
        "Ctrl+Alt+J", Form::Toggle},
    {Id::ShowCalls, "show-calls", QT_TRANSLATE_NOOP("bistro::ui::Actions", "C&alls"), "Ctrl+Alt+G", Form::Toggle},
    {Id::ExpectedOutput, "expected-output", QT_TRANSLATE_NOOP("bistro::ui::Actions", "E&xpected Output"),
        "Ctrl+Alt+E", Form::Toggle},
    {Id::CourseList, "course-list", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Lessons"), "Ctrl+Alt+7", Form::Toggle},
    {Id::ResetLayout, "reset-layout", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Places as They &Were"), {}},
    {Id::Files, "files", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Files of the Folder"), {}},
    {Id::NextTab, "next-tab", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Next Op&en File"), "Ctrl+Tab; Ctrl+PgDown"},
    {Id::PreviousTab, "previous-tab", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Previou&s Open File"),
        "Ctrl+Shift+Tab; Ctrl+PgUp"},
    {Id::NextPanel, "next-panel", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Next P&anel"), "Ctrl+F6"},
    {Id::PreviousPanel, "previous-panel", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Pre&vious Panel"),
        "Ctrl+Shift+F6"},
    {Id::ReduceMotion, "reduce-motion", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Reduce &Motion"), {}, Form::Toggle},
    {Id::Presentation, "presentation", QT_TRANSLATE_NOOP("bistro::ui::Actions", "Presen&tation"),
        "F11", Form::Toggle},
    {Id::Shortcuts, "shortcuts", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Keyboard Shortcuts"), "F1"},
    {Id::Glossary, "glossary", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&Glossary"), "Shift+F1"},
    {Id::About, "about", QT_TRANSLATE_NOOP("bistro::ui::Actions", "&About Bistro"), {}},
};
// clang-format on

consteval bool isInOrder()
{
    std::size_t next = 0;
    for (const Entry& entry : kTable) {
        if (static_cast<std::size_t>(entry.id) != next++)
            return false;
    }
    return next == kActions;
}
static_assert(isInOrder());

QList<QKeySequence> sequencesOf(const Keys& keys)
{
    if (keys.standard != QKeySequence::UnknownKey)
        return QKeySequence::keyBindings(keys.standard);
    return keys.own ? QKeySequence::listFromString(QString::fromLatin1(keys.own)) : QList<QKeySequence> {};
}

} // namespace

Actions::Actions(QWidget* window)
    : QObject(window)
{
    for (const Entry& entry : kTable) {
        auto* const made = new QAction(tr(entry.text), this);
        made->setObjectName(QString::fromLatin1(entry.name));
        made->setCheckable(entry.form == Form::Toggle);
        const QList<QKeySequence> keys = sequencesOf(entry.keys);
        QList<QKeySequence> real = keys; // Qt's standard keys name some that no keyboard has had for decades
        real.removeIf(
            [](const QKeySequence& key) { return key[0].key() > Qt::Key_F12 && key[0].key() <= Qt::Key_F35; });
        made->setShortcuts(real);
        const QString plain = made->text().remove(u'&').remove(u'…');
        made->setToolTip(keys.isEmpty() ? plain
                                        : tr("%1 (%2)", "what a button does, and its key")
                                              .arg(plain, keys.first().toString(QKeySequence::NativeText)));
        window->addAction(made); // its key works while the menu bar is hidden
        m_actions[static_cast<std::size_t>(entry.id)] = made;
        m_what[static_cast<std::size_t>(entry.id)] = made->toolTip();
    }
}

QAction* Actions::named(const QString& name) const
{
    const auto found = std::ranges::find(m_actions, name, &QAction::objectName);
    return found == m_actions.end() ? nullptr : *found;
}

void Actions::on(ActionId id, QObject* context, std::function<void()> what) const
{
    connect((*this)[id], &QAction::triggered, context, [what = std::move(what)] { what(); });
}

void Actions::onToggled(ActionId id, QObject* context, std::function<void(bool)> what) const
{
    connect((*this)[id], &QAction::toggled, context, std::move(what));
}

QString Actions::keyOf(ActionId id) const
{
    return (*this)[id]->shortcut().toString(QKeySequence::NativeText);
}

void Actions::setWhy(ActionId id, const QString& why) const
{
    const QString tip = m_what[static_cast<std::size_t>(id)] + u'\n' + why;
    if (tip != (*this)[id]->toolTip())
        (*this)[id]->setToolTip(tip);
}

} // namespace bistro::ui
