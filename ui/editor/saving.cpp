#include "editor/saving.h"

#include "editor/pages.h"
#include "process/asidefile.h"
#include "workspace/recentlist.h"
#include "workspace/recovery.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace bistro::ui {

using OverChanges = app::Document::OverChanges;

void Saving::forgetCopy(const EditorPage& page) const
{
    if (m_desk.recovery)
        m_desk.recovery->forget(page.recoveryId());
}

bool Saving::save(EditorPage& page, OverChanges overChanges)
{
    NoticeBar& notice = page.notice();
    auto saved = page.document().save(page.editor().text(), overChanges);
    if (!saved && !saved.error().changedOnDisk) {
        notice.tell(
            saved.error().sentence, {{tr("Save as…"), [this, &page] { askPath(page); }}, {tr("Close"), {}}}, true);
        return false;
    }
    if (!saved) {
        notice.tell(saved.error().sentence,
            {{tr("Save mine over it"), [this, &page] { save(page, OverChanges::Replace); }},
                {tr("Save mine as…"), [this, &page] { askPath(page); }},
                {tr("Show the other one"), [this, &page] { reload(page); }}, {tr("Decide later"), {}}},
            true);
        return false;
    }
    page.editor().document()->setModified(false);
    notice.close();
    if (!saved->notice.isEmpty())
        notice.tell(saved->notice);
    if (!page.isUntitled()) // an untitled program is ours to keep until it has a place: its copy stays
        forgetCopy(page);
    m_desk.pages.refresh(page);
    emit this->saved(&page);
    return true;
}

void Saving::saveOrAsk(EditorPage& page)
{
    if (page.isUntitled())
        askPath(page);
    else
        save(page);
}

void Saving::saveAll()
{
    for (EditorPage* const page : m_desk.pages.all()) {
        if (page->isModified() && !page->isUntitled())
            save(*page);
    }
}

void Saving::askPath(EditorPage& page)
{
    auto* dialog = new QFileDialog(&m_desk.tabs, tr("Save as"), m_desk.folderForDialogs(), fileFilters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString suffix = QFileInfo(page.name()).suffix();
    dialog->setDefaultSuffix(suffix.isEmpty() ? u"js"_s : suffix);
    dialog->selectFile(page.name());
    connect(dialog, &QFileDialog::fileSelected, &page, [this, &page](const QString& path) { saveTo(page, path); });
    connect(dialog, &QFileDialog::rejected, this, &Saving::placeRefused);
    dialog->open();
}

bool Saving::saveTo(EditorPage& page, const QString& path)
{
    const QString before = page.document().path();
    auto done = page.document().saveAs(path, page.editor().text());
    if (!done) {
        page.notice().tell(
            done.error().sentence, {{tr("Save as…"), [this, &page] { askPath(page); }}, {tr("Close"), {}}}, true);
        return false;
    }
    page.editor().document()->setModified(false);
    page.notice().close();
    forgetCopy(page);
    m_desk.recent.add(page.document().path());
    page.becomeFile();
    m_desk.pages.refresh(page);
    const QString folder = QFileInfo(page.document().path()).absolutePath();
    if (app::Workspace::isUntitled(before) && !app::Workspace::isUntitled(folder))
        takeAlong(page, before);
    if (auto opened = m_desk.workspace.open(folder); !opened)
        m_desk.say(opened.error());
    emit savedTo(&page);
    return true;
}

// What an untitled program had beside it goes with it, and takes no other file's place.
void Saving::takeAlong(EditorPage& page, const QString& before)
{
    const QDir to = QFileInfo(page.document().path()).absoluteDir();
    const QDir from(QFileInfo(before).absolutePath());
    QStringList along;
    const auto files = from.entryList(QDir::Files);
    for (const QString& file : files) {
        const QString there = from.filePath(file);
        const QString here = to.filePath(file);
        if (there == before || !app::copyWhole(app::FilePlace::named(there), app::FilePlace::named(here)))
            continue;
        along += file;
        EditorPage* const other = m_desk.pages.fileAt(there);
        if (!other || !other->document().saveAs(here, other->editor().text()))
            continue;
        other->editor().document()->setModified(false);
        forgetCopy(*other);
        m_desk.pages.refresh(*other);
    }
    if (!along.isEmpty())
        page.notice().tell(tr("Saved together with %1.").arg(along.join(u", "_s)));
}

void Saving::reload(EditorPage& page)
{
    if (auto reloaded = page.document().reload(); !reloaded) {
        page.notice().tell(reloaded.error(), {}, true);
        return;
    }
    page.editor().replaceText(page.document().file().text);
    page.editor().document()->setModified(false);
    page.notice().close();
    forgetCopy(page);
    m_desk.pages.refresh(page);
}

void Saving::changedOnDisk(EditorPage& page, app::Document::OnDisk what)
{
    const QString name = page.document().name();
    if (what != app::Document::OnDisk::Same)
        emit fileChangedOnDisk(page.path());
    switch (what) {
    case app::Document::OnDisk::Same: return;
    case app::Document::OnDisk::Changed:
        if (!page.isModified()) {
            reload(page);
            page.notice().tell(
                tr("Another program changed %1. This is how it is now. Undo brings back what it was.").arg(name));
            return;
        }
        page.notice().tell(tr("Another program changed %1, and you have changed it here.").arg(name),
            {{tr("Load the other one"), [this, &page] { reload(page); }},
                {tr("Keep mine"), [&page] { page.document().keepMine(); }},
                {tr("Save mine as…"), [this, &page] { askPath(page); }}},
            true);
        return;
    case app::Document::OnDisk::Gone:
        page.editor().document()->setModified(true);
        emit lost(&page);
        page.notice().tell(tr("%1 was deleted or moved. What you see exists only here.").arg(name),
            {{tr("Save it again"), [this, &page] { save(page, OverChanges::Replace); }},
                {tr("Save as…"), [this, &page] { askPath(page); }},
                {tr("Close it"), [this, &page] { emit closeRequested(&page); }}},
            true);
        return;
    case app::Document::OnDisk::Displaced: displaced(page); return;
    }
}

// Where another thing stands in its place, nothing is read or written.
void Saving::displaced(EditorPage& page)
{
    page.editor().document()->setModified(true);
    emit lost(&page);
    page.notice().tell(page.document().whyElsewhere() + u' ' + tr("What you see exists only here."),
        {{tr("Save as…"), [this, &page] { askPath(page); }},
            {tr("Close it"), [this, &page] { emit closeRequested(&page); }}},
        true);
}

} // namespace bistro::ui
