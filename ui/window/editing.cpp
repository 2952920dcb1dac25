#include "window/editing.h"

#include "console/consolepanel.h"
#include "editor/editortabs.h"

#include <QApplication>
#include <QListWidget>

namespace bistro::ui {

using Id = ActionId;

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
