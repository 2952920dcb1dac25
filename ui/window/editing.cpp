#include "window/editing.h"

#include "console/consolepanel.h"
#include "editor/codeeditor.h"
#include "editor/editortabs.h"

#include <QApplication>
#include <QListWidget>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

namespace bistro::ui {

using Id = ActionId;

namespace {

// The width of a tab stays what it is.
void connectIndentation(const Actions& actions, EditorTabs& editor)
{
    const auto choose = [&editor](const std::function<std::optional<Indentation>(const Indentation&)>& chosen) {
        return [&editor, chosen] {
            if (CodeEditor* const code = editor.editor())
                code->chooseIndentation(chosen(code->indentation()));
        };
    };
    actions.on(Id::IndentFromFile, &editor, choose([](const Indentation&) { return std::nullopt; }));
    actions.on(Id::IndentTabs, &editor,
        choose([](const Indentation& now) { return Indentation {.tabs = true, .width = std::max(now.width, 4)}; }));
    for (const auto& [id, width] : {std::pair(Id::IndentTwo, 2), {Id::IndentFour, 4}, {Id::IndentEight, 8}})
        actions.on(id, &editor, choose([width](const Indentation&) { return Indentation {.width = width}; }));
    // What is checked is what the text in front has.
    QObject::connect(&editor, &EditorTabs::currentChanged, &editor, [&actions, &editor] {
        const CodeEditor* const code = editor.editor();
        const auto chosen = code ? code->chosenIndentation() : std::nullopt;
        const Id id = !chosen    ? Id::IndentFromFile
            : chosen->tabs       ? Id::IndentTabs
            : chosen->width == 2 ? Id::IndentTwo
            : chosen->width == 4 ? Id::IndentFour
                                 : Id::IndentEight;
        actions[id]->setChecked(true);
    });
}

} // namespace

void connectEditing(const Actions& actions, EditorTabs& editor, ConsolePanel& console)
{
    const auto inConsole = [&console] { return console.isAncestorOf(QApplication::focusWidget()); };
    actions.on(Id::Undo, &editor, [&] { editor.undo(); });
    actions.on(Id::Redo, &editor, [&] { editor.redo(); });
    actions.on(Id::Cut, &editor, [&] { editor.cut(); });
    actions.on(Id::Copy, &editor, [&, inConsole] { inConsole() ? console.view().copy() : editor.copy(); });
    actions.on(Id::Paste, &editor, [&] { editor.paste(); });
    actions.on(
        Id::SelectAll, &editor, [&, inConsole] { inConsole() ? console.view().selectAll() : editor.selectAll(); });
    actions.on(Id::Find, &editor, [&, inConsole] { inConsole() ? console.showFind() : editor.find(); });
    actions.on(Id::Replace, &editor, [&] { editor.replace(); });
    actions.on(Id::FindNext, &editor, [&, inConsole] { inConsole() ? console.findNext() : editor.findNext(); });
    actions.on(
        Id::FindPrevious, &editor, [&, inConsole] { inConsole() ? console.findNext(true) : editor.findPrevious(); });
    actions.on(Id::GoToLine, &editor, [&] { editor.askLine(); });
    actions.on(Id::Comment, &editor, [&] { editor.toggleComment(); });
    actions.on(Id::Complete, &editor, [&] { editor.complete(); });
    const auto withCode = [&editor](void (CodeEditor::*what)()) {
        return [&editor, what] {
            if (CodeEditor* const code = editor.editor())
                (code->*what)();
        };
    };
    actions.on(Id::Fold, &editor, withCode(&CodeEditor::fold));
    actions.on(Id::Unfold, &editor, withCode(&CodeEditor::unfold));
    actions.on(Id::FoldAll, &editor, withCode(&CodeEditor::foldAll));
    actions.on(Id::UnfoldAll, &editor, withCode(&CodeEditor::unfoldAll));
    connectIndentation(actions, editor);
    actions.on(Id::Files, &editor, [&] { editor.showFileList(!editor.fileList().isVisible()); });
    actions.on(Id::NextTab, &editor, [&] { editor.nextTab(); });
    actions.on(Id::PreviousTab, &editor, [&] { editor.previousTab(); });
    actions.on(Id::FindConsole, &console, [&] {
        actions[Id::ShowConsole]->setChecked(true);
        console.showFind();
    });
    actions.on(Id::Input, &console, [&] {
        actions[Id::ShowConsole]->setChecked(true);
        console.showInput();
    });
    actions.on(Id::ClearConsole, &console, [&] { console.model().clear(); });
}

} // namespace bistro::ui
