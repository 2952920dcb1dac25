#include "editor/opening.h"

#include "editor/newfiledialog.h"
#include "editor/pages.h"
#include "editor/runmarks.h"
#include "editor/saving.h"
#include "workspace/document.h"
#include "workspace/recentlist.h"
#include "workspace/runnable.h"
#include "workspace/workspace.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QTabBar>
#include <QTextDocument>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

QString withPlainLineEnds(QString text)
{
    return text.replace("\r\n"_L1, "\n"_L1);
}

} // namespace

EditorPage& Opening::add(std::unique_ptr<app::Document> document)
{
    return m_desk.pages.add(std::move(document));
}

void Opening::fill(EditorPage& page)
{
    page.fill(page.document().file());
    m_desk.pages.refresh(page);
    m_run.lookAt(page);
}

bool Opening::open(const QString& path)
{
    const QFileInfo info(path);
    if (info.isDir())
        return openFolder(path);
    if (const EditorPage* const there = m_desk.pages.fileAt(info.absoluteFilePath())) {
        m_desk.pages.show(*there);
        return true;
    }
    auto document = std::make_unique<app::Document>();
    if (auto opened = document->open(path); !opened) {
        m_desk.say(opened.error());
        return false;
    }
    m_desk.notice.close();
    const QString folder = info.absolutePath();
    const QString room = m_desk.workspace.folder();
    if (room.isEmpty() || !(folder + u'/').startsWith(room + u'/')) {
        if (auto opened = m_desk.workspace.open(folder); !opened)
            m_desk.say(opened.error());
    }
    if (!app::Workspace::isUntitled(info.absoluteFilePath()))
        m_desk.recent.add(info.absoluteFilePath());
    EditorPage& page = add(std::move(document));
    fill(page);
    m_desk.pages.showNew(page);
    leaveUntouched(page);
    return true;
}

bool Opening::openFolder(const QString& path)
{
    if (auto opened = m_desk.workspace.open(path); !opened) {
        m_desk.say(opened.error());
        return false;
    }
    // What leads out of the folder is opened when somebody asks for it.
    const QString real = QFileInfo(path).canonicalFilePath();
    QStringList files = m_desk.workspace.files();
    files.removeIf([&](const QString& name) {
        return !QFileInfo(QDir(path).filePath(name)).canonicalFilePath().startsWith(real + u'/');
    });
    const QString program = app::programAmong(files);
    if (!app::isUsualName(program))
        emit folderOpened(); // there may be others to choose from
    return program.isEmpty() || open(QDir(path).filePath(program));
}

// Whether the learner has had to do with that file. A trace may come from anybody, and name any file that they have.
bool Opening::isKnown(const QString& path) const
{
    const QString folder = QFileInfo(m_desk.workspace.folder()).canonicalFilePath();
    const QFileInfo file(path);
    // One that is gone is where its folder is.
    const QString place = file.exists() || file.isSymLink() ? file.canonicalFilePath()
                                                            : QFileInfo(file.path()).canonicalFilePath() + u'/';
    return app::Workspace::isUntitled(path) || m_desk.recent.paths().contains(path)
        || (!folder.isEmpty() && place.startsWith(folder + u'/'));
}

void Opening::openSource(const QString& path, const QString& recorded, bool whole)
{
    Pages& pages = m_desk.pages;
    const QString place = plainPath(path);
    const QString text = withPlainLineEnds(recorded);
    const EditorPage* const there = pages.named(place);
    if (there && (there->isSource() || there->editor().text() == text)) {
        if (there->isSource() && there->editor().text() != text)
            there->editor().setText(text);
        m_run.lookAt(*there);
        pages.show(*there);
        return;
    }
    EditorPage& page = add(std::make_unique<app::Document>());
    const auto showMine = [this, place] {
        if (const EditorPage* const mine = m_desk.pages.fileAt(place))
            m_desk.pages.show(*mine);
        else
            open(place);
    };
    page.becomeSource(place, text, {.whole = whole, .mayBeRead = isKnown(place)},
        there ? std::optional(there->editor().text()) : std::nullopt, showMine);
    pages.refresh(page);
    m_run.lookAt(page);
    pages.showNew(page);
}

void Opening::openText(const QString& name, const QString& text, const QString& notice)
{
    Pages& pages = m_desk.pages;
    if (const EditorPage* const there = pages.named(name); there && there->isSource()) {
        pages.show(*there);
        return;
    }
    EditorPage& page = add(std::make_unique<app::Document>());
    page.becomeText(name, withPlainLineEnds(text), notice);
    pages.refresh(page);
    pages.showNew(page);
}

// A program that is not on the disk yet.
void Opening::start(const QString& path)
{
    auto document = std::make_unique<app::Document>();
    document->setPath(path);
    EditorPage& page = add(std::move(document));
    m_desk.pages.showNew(page);
    leaveUntouched(page);
    page.editor().setFocus();
}

void Opening::newUntitledUntilUsed()
{
    newUntitled();
    m_untouched = m_desk.pages.current();
}

void Opening::leaveUntouched(const EditorPage& now)
{
    EditorPage* const before = std::exchange(m_untouched, nullptr);
    if (before && before != &now && std::ranges::contains(m_desk.pages.all(), before)
        && before->editor().text().isEmpty())
        m_desk.pages.remove(*before);
}

void Opening::newUntitled()
{
    if (auto made = m_desk.workspace.openUntitled(); !made)
        m_desk.say(made.error());
    else
        start(QDir(m_desk.workspace.folder()).filePath(u"program.js"_s));
}

void Opening::newFile(const QString& program)
{
    const QString folder = m_desk.workspace.folder();
    if (folder.isEmpty()) {
        newUntitled();
        return;
    }
    const auto isOpen = [this](const QString& path) { return m_desk.pages.fileAt(path) != nullptr; };
    auto* dialog = new NewFileDialog(
        folder, NewFileDialog::proposal(folder, QFileInfo(program).suffix(), isOpen), isOpen, &m_desk.tabs);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { start(dialog->path()); });
    dialog->open();
}

void Opening::openExample(const app::Example& example)
{
    app::Workspace& workspace = m_desk.workspace;
    if (auto made = workspace.openUntitled(example.folderTitle()); !made) {
        m_desk.say(made.error());
        return;
    }
    if (auto copied = app::copyExample(example, workspace.folder()); !copied) {
        m_desk.say(copied.error());
        return;
    }
    for (const QString& file : example.files) {
        if (file != example.mainFile && !file.endsWith(".json"_L1))
            open(QDir(workspace.folder()).filePath(file));
    }
    open(QDir(workspace.folder()).filePath(example.mainFile));
    QTabBar& bar = m_desk.pages.bar();
    if (const int tab = bar.currentIndex(); tab > 0 && example.files.size() > 1) { // what runs comes first
        int first = tab;
        while (
            first > 0 && QFileInfo(m_desk.pages.at(first - 1)->document().path()).absolutePath() == workspace.folder())
            --first;
        bar.moveTab(tab, first);
    }
}

void Opening::askForFiles()
{
    auto* dialog = new QFileDialog(&m_desk.tabs, tr("Open a file"), m_desk.folderForDialogs(), fileFilters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        for (const QString& path : paths)
            open(path);
    });
    dialog->open();
}

void Opening::askForFolder()
{
    auto* dialog = new QFileDialog(&m_desk.tabs, tr("Open a folder"), m_desk.folderForDialogs());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &Opening::open);
    dialog->open();
}

void Opening::recover()
{
    const auto copies = m_desk.recovery->adopt();
    for (const app::Recovery::Copy& copy : copies)
        recover(copy);
    m_desk.pages.tellCurrent();
}

void Opening::recover(const app::Recovery::Copy& copy)
{
    auto document = std::make_unique<app::Document>();
    const bool there = !copy.path.isEmpty() && document->openAgain(copy.path).has_value();
    const bool same = there && document->file().text == copy.text;
    // It was saved, and the window was killed before it forgot; or there is nothing to come back to.
    if ((same && !app::Workspace::isUntitled(copy.path)) || (copy.text.isEmpty() && !there)) {
        m_desk.recovery->forget(copy.id);
        return;
    }
    if (!there && !copy.path.isEmpty())
        document->standAt(app::FilePlace::kept(copy.path), copy.path);
    if (m_desk.workspace.folder().isEmpty() && !copy.path.isEmpty()) {
        const QString folder = QFileInfo(copy.path).absolutePath();
        if (app::Workspace::isUntitled(copy.path))
            QDir().mkpath(folder);
        (void)m_desk.workspace.open(folder); // without it the text is there all the same
    }
    EditorPage& page = add(std::move(document));
    page.setRecoveryId(copy.id);
    if (there)
        fill(page);
    if (!same) { // else an untitled program that ran: written, but kept until it has a place
        page.editor().replaceText(copy.text);
        page.editor().document()->setModified(true);
        const QString when = QLocale().toString(copy.kept, QLocale::ShortFormat);
        if (there)
            page.notice().tell(tr("Bistro ended before you saved %1. These are your changes from %2.")
                                   .arg(page.document().name(), when),
                {{tr("Keep them"), {}}, {tr("Show the saved file"), [this, &page] { m_saving.reload(page); }}});
        else
            page.notice().tell(tr("Bistro ended before you saved this program. It is as you left it at %1.").arg(when));
    }
    m_desk.pages.show(page);
}

} // namespace bistro::ui
