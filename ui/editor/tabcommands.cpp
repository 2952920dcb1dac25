// What the window asks of the tabs and tells them: each goes to the part that does it.
#include "editor/editortabs.h"

#include "editor/closing.h"
#include "editor/desk.h"
#include "editor/exampleline.h"
#include "editor/filelist.h"
#include "editor/noticebar.h"
#include "editor/opening.h"
#include "editor/pages.h"
#include "editor/runmarks.h"
#include "editor/saving.h"

#include <QDir>
#include <QFileInfo>
#include <QStackedWidget>
#include <QTabBar>

#include <algorithm>

namespace bistro::ui {

// --- what is open ---

CodeEditor* EditorTabs::editor() const
{
    const EditorPage* page = m_pages->current();
    return page ? &page->editor() : nullptr;
}

CodeEditor* EditorTabs::editorOf(const QString& path) const
{
    const EditorPage* page = m_pages->named(plainPath(path));
    if (!page)
        page = m_pages->fileAt(path);
    return page ? &page->editor() : nullptr;
}

QString EditorTabs::currentPath() const
{
    const EditorPage* page = m_pages->current();
    return page ? page->path() : QString();
}

QString EditorTabs::currentName() const
{
    const EditorPage* page = m_pages->current();
    return page ? page->title() : QString();
}

QString EditorTabs::currentText() const
{
    return editor() ? editor()->text() : QString();
}

bool EditorTabs::isCurrentModified() const
{
    const EditorPage* page = m_pages->current();
    return page && page->isModified();
}

bool EditorTabs::isCurrentReadOnly() const
{
    const EditorPage* page = m_pages->current();
    return page && page->isSource();
}

QStringList EditorTabs::openPaths() const
{
    QStringList paths;
    for (const EditorPage* const page : m_pages->all()) {
        if (!page->isSource())
            paths += page->path();
    }
    return paths;
}

bool EditorTabs::hasUnsaved() const
{
    return std::ranges::any_of(m_pages->all(), &EditorPage::isModified);
}

QString EditorTabs::folderForDialogs() const
{
    return m_saving->desk().folderForDialogs();
}

QString EditorTabs::notice() const
{
    const EditorPage* page = m_pages->current();
    const QString own = page ? page->notice().sentence() : QString();
    return own.isEmpty() ? m_notice->sentence() : own;
}

QTabBar& EditorTabs::tabBar() const
{
    return m_pages->bar();
}
QListWidget& EditorTabs::fileList() const
{
    return *m_files;
}

void EditorTabs::setDefaultIndentation(const Indentation& indentation)
{
    m_indentation = indentation;
    for (EditorPage* const page : m_pages->all())
        page->editor().setDefaultIndentation(indentation);
}

// --- opening ---

bool EditorTabs::open(const QString& path)
{
    return m_opening->open(path);
}
void EditorTabs::openExample(const app::Example& example)
{
    m_opening->openExample(example);
}
void EditorTabs::openSource(const QString& path, const QString& text, bool whole)
{
    m_opening->openSource(path, text, whole);
}
void EditorTabs::openText(const QString& name, const QString& text, const QString& notice)
{
    m_opening->openText(name, text, notice);
}
void EditorTabs::newUntitled()
{
    m_opening->newUntitled();
}
void EditorTabs::newUntitledUntilUsed()
{
    m_opening->newUntitledUntilUsed();
}
void EditorTabs::newFile()
{
    m_opening->newFile(program());
}
void EditorTabs::openFile()
{
    m_opening->askForFiles();
}
void EditorTabs::openFolder()
{
    m_opening->askForFolder();
}

bool EditorTabs::goToLine(const QString& given, int line, int column)
{
    const QString path = plainPath(given);
    const EditorPage* page = m_pages->named(path);
    if (!page) {
        if (path.isEmpty())
            return false;
        const QString absolute = QDir(m_workspace.folder()).absoluteFilePath(path);
        if (!m_pages->fileAt(absolute) && (!QFileInfo(absolute).isFile() || !open(absolute)))
            return false;
        page = m_pages->fileAt(absolute);
    }
    m_pages->show(*page);
    page->editor().goTo(line, column);
    page->editor().setFocus();
    return true;
}

void EditorTabs::showFileList(bool shown)
{
    m_files->showFiles(shown);
}

QString EditorTabs::exampleText() const
{
    return m_example->text();
}

QWidget& EditorTabs::codeArea() const
{
    return m_pages->stack();
}

// --- saving and closing ---

bool EditorTabs::saveTo(int tab, const QString& path)
{
    EditorPage* page = m_pages->at(tab);
    return page && m_saving->saveTo(*page, path);
}

void EditorTabs::save()
{
    if (EditorPage* page = m_pages->current(); page && !page->isSource())
        m_saving->saveOrAsk(*page);
}

void EditorTabs::saveAs()
{
    if (EditorPage* page = m_pages->current())
        m_saving->askPath(*page);
}

void EditorTabs::saveAll()
{
    m_saving->saveAll();
}

void EditorTabs::closeTab()
{
    if (EditorPage* page = m_pages->current())
        m_closing->close(*page);
}

void EditorTabs::closeSources()
{
    const auto pages = m_pages->all();
    for (auto it = pages.crbegin(); it != pages.crend(); ++it) {
        if ((*it)->isSource() && !(*it)->isGiven())
            m_closing->close(**it);
    }
}

void EditorTabs::closeTexts()
{
    const auto pages = m_pages->all();
    for (auto it = pages.crbegin(); it != pages.crend(); ++it) {
        if ((*it)->isGiven())
            m_closing->close(**it);
    }
}

// --- looking at a run ---

void EditorTabs::setPlayhead(const QString& path, int line, const LinePart& statement, bool show)
{
    m_run->setPlayhead(path, line, statement, show);
}
void EditorTabs::setLineNotes(const QHash<QString, QList<LineNote>>& notes)
{
    m_run->setNotes(notes);
}
void EditorTabs::setMarksExplained(std::function<QString(const QString& path, int line)> explain)
{
    m_run->setExplained(std::move(explain));
}
void EditorTabs::setRunLines(const QHash<QString, RunLines>& lines)
{
    m_run->setRunLines(lines);
}
void EditorTabs::setRunExplained(std::function<QString(const QString& path, int line)> count,
    std::function<QString(const QString& path, int line, int column)> name)
{
    m_run->setRunExplained(std::move(count), std::move(name));
}
void EditorTabs::setHighlightedLine(const QString& path, int line)
{
    m_run->setHighlighted(path, line);
}

// --- tabs by the keys, the Edit menu ---

void EditorTabs::nextTab()
{
    m_pages->showNext(1);
}
void EditorTabs::previousTab()
{
    m_pages->showNext(-1);
}

void EditorTabs::inFront(void (CodeEditor::*command)())
{
    if (CodeEditor* at = editor())
        (at->*command)();
}

void EditorTabs::undo()
{
    inFront(&CodeEditor::undo);
}
void EditorTabs::redo()
{
    inFront(&CodeEditor::redo);
}
void EditorTabs::cut()
{
    inFront(&CodeEditor::cut);
}
void EditorTabs::copy()
{
    inFront(&CodeEditor::copy);
}
void EditorTabs::paste()
{
    inFront(&CodeEditor::paste);
}
void EditorTabs::selectAll()
{
    inFront(&CodeEditor::selectAll);
}
void EditorTabs::find()
{
    inFront(&CodeEditor::find);
}
void EditorTabs::replace()
{
    inFront(&CodeEditor::replace);
}
void EditorTabs::findNext()
{
    inFront(&CodeEditor::findNext);
}
void EditorTabs::findPrevious()
{
    inFront(&CodeEditor::findPrevious);
}
void EditorTabs::askLine()
{
    inFront(&CodeEditor::goToLine);
}
void EditorTabs::toggleComment()
{
    inFront(&CodeEditor::toggleComment);
}
void EditorTabs::complete()
{
    inFront(&CodeEditor::complete);
}

} // namespace bistro::ui
