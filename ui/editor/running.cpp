// What runs: which file, why none does, and that it runs as it is on the screen.
#include "editor/editortabs.h"

#include "editor/editorpage.h"
#include "editor/pages.h"
#include "editor/saving.h"
#include "workspace/runnable.h"

#include <QDir>
#include <QFileInfo>

namespace bistro::ui {

QString EditorTabs::program() const
{
    const EditorPage* const front = m_pages->current();
    if (front && !front->isSource()) {
        switch (front->runnable()) {
        case app::Runnable::Program: return front->path();
        case app::Runnable::NotBefore:
        case app::Runnable::OtherShebang: return {}; // another file is not what one asks for
        case app::Runnable::NoProgram: break;
        }
        if (const QString beside = programBeside(*front); !beside.isEmpty())
            return beside;
    }
    if (m_pages->fileAt(m_lastProgram))
        return m_lastProgram;
    for (const EditorPage* const page : m_pages->all()) {
        if (page->runnable() == app::Runnable::Program)
            return page->path();
    }
    return {};
}

// Of the folder that data belong to: their own, else the one that is open around it.
QString EditorTabs::programBeside(const EditorPage& page) const
{
    const auto openBelow = [this](const QString& folder) {
        if (m_lastProgram.startsWith(folder + u'/') && m_pages->fileAt(m_lastProgram))
            return m_lastProgram;
        for (const EditorPage* const other : m_pages->all()) {
            if (other->path().startsWith(folder + u'/') && other->runnable() == app::Runnable::Program)
                return other->path();
        }
        return QString();
    };
    const auto lyingIn = [](const QString& folder) { // a link leads out of it, perhaps
        const QString name = app::programAmong(QDir(folder).entryList(QDir::Files | QDir::NoSymLinks, QDir::Name));
        return name.isEmpty() ? QString() : QDir(folder).filePath(name);
    };
    const QString own = QFileInfo(page.path()).absolutePath();
    const QString room = m_workspace.folder();
    const bool within = !room.isEmpty() && own.startsWith(room + u'/');
    if (const QString program = openBelow(own); !program.isEmpty())
        return program;
    // Any file of a folder within may be a part of a program that begins further up.
    if (const QString program = lyingIn(own);
        !program.isEmpty() && (!within || app::isUsualName(QFileInfo(program).fileName())))
        return program;
    if (!within)
        return {};
    const QString program = openBelow(room);
    return program.isEmpty() ? lyingIn(room) : program;
}

QString EditorTabs::whyNothingRuns() const
{
    if (!program().isEmpty())
        return {};
    const EditorPage* const front = m_pages->current();
    const QString why = front ? front->whyNotRunnable() : QString();
    return why.isEmpty() ? tr("No program is open. Open a file that ends in .js, .mjs or .cjs, or start a new one.")
                         : why;
}

QString EditorTabs::programFolder() const
{
    const QString path = program();
    return path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
}

QString EditorTabs::whereIs(const QString& path) const
{
    const EditorPage* const page = m_pages->fileAt(path);
    return page ? page->document().where() : app::FilePlace::opened(path).path();
}

std::expected<QString, QString> EditorTabs::prepareToRun()
{
    const QString path = program();
    if (path.isEmpty())
        return std::unexpected(whyNothingRuns());
    QStringList written;
    for (EditorPage* const page : m_pages->all()) {
        if (page->isSource())
            continue;
        const QString its = page->path();
        const bool concerned = its == path || its.startsWith(m_workspace.folder() + u'/');
        if (!concerned || (!page->isModified() && (its != path || QFileInfo::exists(its))))
            continue;
        if (m_saving->save(*page)) {
            if (!page->isUntitled()) // those are ours to keep
                written += page->title();
        } else {
            m_pages->show(*page);
            return std::unexpected(
                tr("Bistro can't save %1, so it does not run the program. The notice above the code says why.")
                    .arg(page->name()));
        }
    }
    if (!written.isEmpty())
        emit savedToRun(written);
    const EditorPage* const page = m_pages->fileAt(path);
    const QString elsewhere = page ? page->document().whyElsewhere() : QString();
    if (!elsewhere.isEmpty())
        return std::unexpected(elsewhere + u' ' + tr("So it does not run. File, Save As gives it another name."));
    return path;
}

} // namespace bistro::ui
