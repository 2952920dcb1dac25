#include "window/filedesk.h"

#include "process/recording.h"
#include "workspace/xdgfolders.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

bool isTrace(const QString& path)
{
    return path.endsWith(u".bistro"_s, Qt::CaseInsensitive);
}

} // namespace

FileDesk::FileDesk(const Parts& parts)
    : m_parts(parts)
    , m_recentTraces(app::stateFolder() + u"/recent-traces.json"_s)
{
    const Actions& actions = parts.actions;
    EditorTabs& editor = parts.editor;
    actions.on(ActionId::New, this, [&editor] { editor.newUntitled(); });
    actions.on(ActionId::NewFile, this, [&editor] { editor.newFile(); });
    actions.on(ActionId::Open, this, [this] { askOpen(); });
    actions.on(ActionId::OpenFolder, this, [&editor] { editor.openFolder(); });
    actions.on(ActionId::Save, this, [&editor] { editor.save(); });
    actions.on(ActionId::SaveAs, this, [&editor] { editor.saveAs(); });
    actions.on(ActionId::SaveAll, this, [&editor] { editor.saveAll(); });
    actions.on(ActionId::CloseTab, this, [&editor] { editor.closeTab(); });
    actions.on(ActionId::OpenTrace, this, [this] { askOpenTrace(); });
    actions.on(ActionId::SaveTrace, this, [this] { askSaveTrace(app::Session::Values::Kept); });
    actions.on(ActionId::SaveTraceWithoutValues, this, [this] { askSaveTrace(app::Session::Values::LeftOut); });
    connect(&parts.menus.recentFiles(), &QMenu::aboutToShow, this, [this] { fillRecent(m_parts.menus.recentFiles()); });
    connect(&parts.menus.recentRuns(), &QMenu::aboutToShow, this,
        [this] { m_recentRuns.fill(m_parts.menus.recentRuns()); });
    connect(&m_recentRuns, &RecentRuns::chosen, this, &FileDesk::openTrace);
    connect(&parts.menus, &Menus::exampleChosen, this,
        [&editor](const app::Example& example) { editor.openExample(example); });
    connect(&editor, &EditorTabs::traceRequested, this, &FileDesk::open);
    const auto update = [this] {
        for (const ActionId id : {ActionId::SaveTrace, ActionId::SaveTraceWithoutValues})
            m_parts.actions[id]->setEnabled(m_parts.session.log() != nullptr);
    };
    update();
    connect(&parts.session, &app::Session::stateChanged, this, update);
    connect(&parts.session, &app::Session::logChanged, this, update);
    connect(&parts.session, &app::Session::saved, this,
        [this](const QString&, const QString& error) { m_parts.notice.tell(error); });
}

bool FileDesk::open(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        m_parts.notice.tell(tr("There is no file \"%1\". Check its name, or look for it: File, Open.").arg(path));
        return false;
    }
    if (info.isFile() && isTrace(path))
        return openTrace(path);
    m_parts.notice.hide();
    return m_parts.editor.open(path);
}

bool FileDesk::openTrace(const QString& path)
{
    const auto opened = m_parts.session.openTrace(path, m_parts.editor.workspace().folder());
    if (!opened) {
        m_parts.notice.tell(opened.error());
        return false;
    }
    m_parts.notice.hide();
    m_parts.notice.tell(m_parts.session.ending());
    m_recentTraces.add(QFileInfo(path).absoluteFilePath());
    return true;
}

void FileDesk::askOpen()
{
    auto* const dialog = new QFileDialog(window(), tr("Open"), m_parts.editor.folderForDialogs(),
        tr("Programs and traces (*.js *.mjs *.cjs *.bistro);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &FileDesk::open);
    dialog->open();
}

void FileDesk::askOpenTrace()
{
    const auto folder = app::runsFolder();
    auto* const dialog = new QFileDialog(window(), tr("Open a trace"),
        folder ? QFile::decodeName(folder->c_str()) : QDir::homePath(), tr("Traces (*.bistro);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &FileDesk::openTrace);
    dialog->open();
}

void FileDesk::askSaveTrace(app::Session::Values values)
{
    auto* const dialog = new QFileDialog(window(),
        values == app::Session::Values::Kept ? tr("Save the trace") : tr("Save the trace without values"),
        m_parts.editor.folderForDialogs(), tr("Traces (*.bistro)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"bistro"_s);
    if (const QString program = m_parts.editor.program(); !program.isEmpty())
        dialog->selectFile(QFileInfo(program).completeBaseName() + u".bistro"_s);
    connect(dialog, &QFileDialog::fileSelected, &m_parts.session,
        [session = &m_parts.session, values](const QString& file) { session->saveTraceAside(file, values); });
    dialog->open();
}

// What can be opened again.
void FileDesk::fillRecent(QMenu& menu)
{
    menu.clear();
    for (const QString& file : m_parts.editor.recentFiles() + m_recentTraces.paths()) {
        QString shown = QDir::toNativeSeparators(file);
        connect(menu.addAction(shown.replace(u'&', u"&&"_s)), &QAction::triggered, this, [this, file] { open(file); });
    }
    if (menu.isEmpty()) {
        menu.addAction(tr("You have not opened anything yet"))->setEnabled(false);
        return;
    }
    menu.addSeparator();
    connect(menu.addAction(tr("&Forget These")), &QAction::triggered, this, [this] {
        m_parts.editor.clearRecentFiles();
        m_recentTraces.clear();
    });
}

} // namespace bistro::ui
