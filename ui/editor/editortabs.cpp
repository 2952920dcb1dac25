#include "editor/editortabs.h"

#include "editor/newfiledialog.h"
#include "editor/noticebar.h"
#include "theme/fonts.h"
#include "theme/scrollbars.h"
#include "workspace/syntaxcheck.h"
#include "workspace/xdgfolders.h"

#include <QDir>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QMouseEvent>
#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextBlock>
#include <QTextDocument>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <vector>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kMostListed = 6; // rows of the file list before it scrolls

bool isProgram(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == "js"_L1 || suffix == "mjs"_L1 || suffix == "cjs"_L1;
}

// A trace names an ES module by its URL.
QString plainPath(const QString& path)
{
    return path.startsWith("file://"_L1) ? QUrl(path).toLocalFile() : path;
}

QString withPlainLineEnds(QString text)
{
    return text.replace("\r\n"_L1, "\n"_L1);
}

QString filters()
{
    return EditorTabs::tr("Programs and their files (*.js *.mjs *.cjs *.ts *.json *.html *.css *.md *.txt)") + u";;"_s
        + EditorTabs::tr("All files (*)");
}

} // namespace

struct EditorTabs::Page {
    QWidget* widget = nullptr; // in the stack; owns the two below
    NoticeBar* notice = nullptr;
    CodeEditor* editor = nullptr;
    QToolButton* closeButton = nullptr;
    std::unique_ptr<app::Document> document;
    QString recoveryId = app::Recovery::newId();
    QString source; // path of a text that came with a trace; empty for a file
    QString canonical; // of a file: as a trace names it when links lead there
    QStringList unusual; // what there is to say about the file
    QString told; // of that, last
    std::optional<Theme> look; // what editor and notice wear: behind other tabs it may be an earlier one

    [[nodiscard]] bool isSource() const { return !source.isEmpty(); }
    [[nodiscard]] QString path() const { return isSource() ? source : document->path(); }
    [[nodiscard]] QString name() const { return isSource() ? QFileInfo(source).fileName() : document->name(); }
    void learnPlace() { canonical = isSource() ? QString() : QFileInfo(document->path()).canonicalFilePath(); }
};

EditorTabs::EditorTabs(std::filesystem::path engine, QWidget* parent)
    : QWidget(parent)
    , m_theme(Scheme::Light)
    , m_recent(app::stateFolder() + u"/recent-files.json"_s)
{
    setAcceptDrops(true);
    m_head = new QWidget(this);
    m_head->setObjectName(u"tabsHead"_s);
    m_head->setAttribute(Qt::WA_StyledBackground);
    m_bar = new QTabBar(m_head);
    m_bar->setDrawBase(false);
    m_bar->setMovable(true);
    m_bar->setExpanding(false);
    m_bar->setUsesScrollButtons(true);
    m_bar->setElideMode(Qt::ElideNone); // names are shortened one by one: the bar would shorten all to three letters
    m_bar->setAccessibleName(tr("Open files"));
    m_bar->installEventFilter(this);
    m_listButton = new QToolButton(m_head);
    m_listButton->setText(u"▾"_s);
    m_listButton->setCheckable(true);
    m_listButton->setAutoRaise(true);
    m_listButton->setAccessibleName(tr("Files of the workspace"));
    m_listButton->setToolTip(tr("Files of the workspace (Ctrl+Shift+E)"));
    m_listButton->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_E);
    m_files = new QListWidget(this);
    m_files->setAccessibleName(tr("Files of the workspace"));
    m_files->setFrameShape(QFrame::NoFrame);
    m_files->hide();
    m_notice = new NoticeBar(this);
    m_stack = new QStackedWidget(this);
    m_empty = new QLabel(tr("No file is open.\nCtrl+N starts a program, Ctrl+O opens one."), m_stack);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_stack->addWidget(m_empty);

    auto* headRow = new QHBoxLayout(m_head);
    headRow->setContentsMargins(0, 0, 0, 1); // the line below
    headRow->setSpacing(0);
    headRow->addWidget(m_bar, 1);
    headRow->addWidget(m_listButton);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_files);
    column->addWidget(m_notice);
    column->addWidget(m_stack, 1);

    connect(m_bar, &QTabBar::currentChanged, this, [this](int tab) {
        if (Page* page = pageAt(tab)) {
            dress(*page);
            m_stack->setCurrentWidget(page->widget);
            setFocusProxy(page->editor);
            if (!page->isSource() && isProgram(page->path()))
                m_lastProgram = page->path();
            check(*page);
            emit titleChanged(page->name(), page->editor->document()->isModified());
        } else {
            m_stack->setCurrentWidget(m_empty);
            emit titleChanged({}, false);
        }
        refreshFiles();
        emit currentChanged();
    });
    connect(m_listButton, &QToolButton::toggled, this, &EditorTabs::showFileList);
    connect(m_files, &QListWidget::itemActivated, this,
        [this](const QListWidgetItem* item) { take(QDir(m_workspace.folder()).filePath(item->text())); });
    connect(m_files, &QListWidget::itemClicked, this,
        [this](const QListWidgetItem* item) { take(QDir(m_workspace.folder()).filePath(item->text())); });
    connect(&m_workspace, &app::Workspace::filesChanged, this, &EditorTabs::refreshFiles);

    if (!engine.empty()) {
        m_check = std::make_unique<app::SyntaxCheck>(std::move(engine));
        connect(m_check.get(), &app::SyntaxCheck::checked, this, &EditorTabs::checked);
    }
    if (auto recovery = app::Recovery::open(app::stateFolder() + u"/recovery"_s)) {
        m_recovery = *std::move(recovery);
        connect(m_recovery.get(), &app::Recovery::failed, this, &EditorTabs::say);
        recover();
    } else {
        say(recovery.error());
    }
    applyTheme();
}

EditorTabs::~EditorTabs()
{
    flush();
    m_check.reset();
    m_bar->disconnect(this);
    for (int tab = m_bar->count() - 1; tab >= 0; --tab) { // the editors end after us, and must find nobody
        const std::unique_ptr<Page> page(pageAt(tab));
        page->editor->disconnect(this);
        page->editor->setMarksExplained({});
        page->editor->document()->disconnect(this);
    }
}

void EditorTabs::setTheme(const Theme& theme)
{
    m_theme = theme;
    applyTheme();
}

void EditorTabs::applyTheme()
{
    const Theme& theme = m_theme;
    setStyleSheet(u"#tabsHead { background: %1; border-bottom: 1px solid %2; }"
                  "QTabBar { background: %1; }"
                  "QTabBar::tab { background: %1; color: %3; border: none; border-bottom: %6px solid transparent; "
                  "padding: %7px %8px; margin-left: %8px; }"
                  "QTabBar::tab:selected { color: %4; border-bottom-color: %5; font-weight: 600; }"
                  "QTabBar::tear { width: 0; border: none; }"
                  "QTabBar::tab:hover { color: %4; }"
                  "QToolButton { color: %3; border: none; background: transparent; padding: 0 %9px; }"
                  "QToolButton:hover, QToolButton:checked { color: %4; }"_s
                      .arg(theme.window().name(), theme.border().name(), theme.secondary().name(), theme.text().name(),
                          theme.ink().name())
                      .arg(theme.px(2))
                      .arg(theme.px(7))
                      .arg(theme.px(8))
                      .arg(theme.px(4)));
    m_bar->setFont(uiFont(theme, TypeSize::Label));
    m_empty->setFont(uiFont(theme, TypeSize::Label));
    m_empty->setStyleSheet(u"color: %1; background: %2;"_s.arg(theme.secondary().name(), theme.window().name()));
    m_listButton->setFont(uiFont(theme, TypeSize::Label));
    m_files->setFont(uiFont(theme, TypeSize::Label));
    m_files->setStyleSheet(u"QListWidget { background: %1; color: %2; border-bottom: 1px solid %3; padding: %4px; "
                           u"outline: none; } QListWidget::item { padding: %5px %7px; border-radius: %4px; } "
                           "QListWidget::item:hover, QListWidget::item:selected { background: %6; color: %2; }"_s
                               .arg(theme.sunken().name(), theme.text().name(), theme.border().name())
                               .arg(theme.px(4))
                               .arg(theme.px(3))
                               .arg(theme.currentLine().name())
                               .arg(theme.px(8))
        + scrollBarStyle(theme));
    m_notice->setTheme(theme);
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        const Page* page = pageAt(tab);
        page->closeButton->setFont(uiFont(theme, TypeSize::Second));
        m_bar->setTabText(tab, tabText(page->name()));
    }
    if (Page* const page = pageAt(current()))
        dress(*page);
    refreshFiles();
}

// As the theme wants it. An editor takes some milliseconds for that: those behind other tabs wait until they are shown.
void EditorTabs::dress(Page& page)
{
    if (page.look == m_theme)
        return;
    page.look = m_theme;
    page.editor->setTheme(m_theme);
    page.notice->setTheme(m_theme);
}

// --- pages ---

QString EditorTabs::tabText(const QString& name) const
{
    QString text = QFontMetrics(uiFont(m_theme, TypeSize::Label, QFont::DemiBold))
                       .elidedText(name, Qt::ElideMiddle, m_theme.px(170));
    return text.replace(u'&', u"&&"_s); // no key of a menu
}

int EditorTabs::current() const
{
    return m_bar->currentIndex();
}

EditorTabs::Page* EditorTabs::pageAt(int tab) const
{
    return static_cast<Page*>(m_bar->tabData(tab).value<void*>());
}

CodeEditor* EditorTabs::editorAt(int tab) const
{
    const Page* page = pageAt(tab);
    return page ? page->editor : nullptr;
}

int EditorTabs::tabOf(const QString& path) const
{
    const QString canonical = QFileInfo(path).canonicalFilePath();
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        const Page* page = pageAt(tab);
        if (!page->isSource() && (page->path() == path || (!canonical.isEmpty() && page->canonical == canonical)))
            return tab;
    }
    return -1;
}

// Asks no disk: it is called for every frame of a run.
EditorTabs::Page* EditorTabs::pageOf(const QString& path) const
{
    Page* file = nullptr;
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        Page* page = pageAt(tab);
        if (page->isSource() && page->source == path)
            return page;
        if (!page->isSource() && (page->path() == path || page->canonical == path))
            file = page;
    }
    return path.isEmpty() ? nullptr : file;
}

int EditorTabs::tabOf(const Page* page) const
{
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        if (pageAt(tab) == page)
            return tab;
    }
    return -1;
}

EditorTabs::Page& EditorTabs::add(std::unique_ptr<app::Document> document)
{
    auto* page = new Page; // deleted by close() and the destructor
    page->document = std::move(document);
    page->widget = new QWidget(m_stack);
    page->notice = new NoticeBar(page->widget);
    page->editor = new CodeEditor(page->widget);
    auto* column = new QVBoxLayout(page->widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(page->notice);
    column->addWidget(page->editor, 1);
    dress(*page);
    page->editor->setFileName(page->document->name());
    page->learnPlace();

    CodeEditor* editor = page->editor;
    connect(editor, &CodeEditor::edited, this, [this, page] { edited(*page); });
    connect(editor, &CodeEditor::filled, this, [this, page] {
        if (!page->told.isEmpty())
            tellWhatIsUnusual(*page);
    });
    connect(editor->document(), &QTextDocument::modificationChanged, this, [this, page] { modifiedChanged(*page); });
    connect(editor, &CodeEditor::runRequested, this, &EditorTabs::runRequested);
    connect(editor, &CodeEditor::zoomRequested, this, &EditorTabs::zoomRequested);
    connect(editor, &CodeEditor::lineHovered, this, [this, page](int line) { emit lineHovered(page->path(), line); });
    connect(editor, &CodeEditor::lineClicked, this,
        [this, page](int line) { emit lineClicked(placeInNotes(*page), line); });
    editor->setMarksExplained(
        [this, page](int line) { return m_explainMarks ? m_explainMarks(placeInNotes(*page), line) : QString(); });
    connect(editor, &CodeEditor::breakpointToggled, this,
        [this, page] { emit breakpointsChanged(page->path(), page->editor->breakpoints()); });
    connect(editor, &CodeEditor::filesDropped, this, [this](const QStringList& paths) {
        for (const QString& path : paths)
            take(path);
    });
    connect(page->document.get(), &app::Document::changedOnDisk, this,
        [this, page](app::Document::OnDisk what) { changedOnDisk(*page, what); });

    m_stack->addWidget(page->widget);
    const QSignalBlocker quiet(m_bar); // currentChanged comes before the tab has its page
    const int tab = m_bar->addTab(tabText(page->document->name()));
    m_bar->setTabData(tab, QVariant::fromValue(static_cast<void*>(page)));
    m_bar->setTabToolTip(tab, QDir::toNativeSeparators(page->document->path()));
    page->closeButton = new QToolButton(m_bar);
    page->closeButton->setText(u"✕"_s);
    page->closeButton->setFont(uiFont(m_theme, TypeSize::Second));
    page->closeButton->setAccessibleName(tr("Close %1").arg(page->document->name()));
    page->closeButton->setToolTip(tr("Close (Ctrl+W)"));
    page->closeButton->setFocusPolicy(Qt::NoFocus);
    connect(page->closeButton, &QToolButton::clicked, this, [this, page] { close(tabOf(page)); });
    m_bar->setTabButton(tab, QTabBar::RightSide, page->closeButton);
    m_bar->updateGeometry(); // which the bar itself forgets as long as it is not shown
    emit editorAdded(editor);
    return *page;
}

void EditorTabs::fill(Page& page, const app::TextFile& file)
{
    page.unusual = file.notices();
    if (const auto pid = page.document->openElsewhere())
        page.unusual += tr(
            "This file is open in another window of Bistro, too (process %1). The one who saves last is asked.")
                            .arg(*pid);
    page.editor->setText(file.text);
    tellWhatIsUnusual(page);
    modifiedChanged(page);
    lookAt(page);
}

// When a file is opened, and again when a long one is in. Takes no other sentence's place.
void EditorTabs::tellWhatIsUnusual(Page& page)
{
    if (page.notice->sentence() != page.told)
        return;
    QStringList sentences = page.unusual;
    const auto marks = page.editor->longLines().marks();
    if (page.editor->isFilling()) {
        sentences += tr("%1 is long. Its end still comes in; then it can be changed.").arg(page.name());
    } else if (marks.size() == 1) {
        const QTextBlock block = page.editor->document()->findBlock(marks.front().position);
        sentences += tr("Line %L1 has %L2 letters, of which a part is shown. A click on the mark at its end shows the "
                        "next part. All of it is kept and saved.")
                         .arg(block.blockNumber() + 1)
                         .arg(block.length() - 2 + marks.front().hidden);
    } else if (!marks.isEmpty()) {
        sentences += tr("%n lines have more than %L1 letters, of which a part is shown. A click on the mark at a "
                        "line's end shows its next part. All of it is kept and saved.",
            nullptr, static_cast<int>(marks.size()))
                         .arg(LongLines::kLongest);
    }
    page.told = sentences.join(u' ');
    if (page.told.isEmpty())
        page.notice->close();
    else
        page.notice->tell(page.told);
}

void EditorTabs::edited(Page& page)
{
    if (m_recovery) {
        m_recovery->changed(page.recoveryId, {page.document->path(), page.document->name()},
            [editor = QPointer(page.editor)] { return editor ? editor->text() : QString(); });
    }
    check(page);
    m_mayClose = false;
    if (tabOf(&page) == current())
        emit contentsChanged();
}

void EditorTabs::modifiedChanged(Page& page)
{
    const int tab = tabOf(&page);
    if (tab < 0)
        return;
    const bool modified = page.editor->document()->isModified();
    const QString name = page.name();
    m_bar->setTabText(tab, tabText(name));
    m_bar->setTabToolTip(tab, QDir::toNativeSeparators(page.path()));
    page.closeButton->setText(modified ? u"●"_s : u"✕"_s);
    page.closeButton->setAccessibleName(
        modified ? tr("Close %1, which is not saved").arg(name) : tr("Close %1").arg(name));
    if (tab == current())
        emit titleChanged(name, modified);
}

CodeEditor* EditorTabs::editorOf(const QString& path) const
{
    if (const Page* page = pageOf(plainPath(path)))
        return page->editor;
    return editorAt(tabOf(path));
}

QString EditorTabs::currentPath() const
{
    const Page* page = pageAt(current());
    return page ? page->path() : QString();
}

QString EditorTabs::currentName() const
{
    const Page* page = pageAt(current());
    return page ? page->name() : QString();
}

QString EditorTabs::currentText() const
{
    return editor() ? editor()->text() : QString();
}
bool EditorTabs::isCurrentModified() const
{
    return editor() && editor()->document()->isModified();
}

bool EditorTabs::isCurrentReadOnly() const
{
    const Page* page = pageAt(current());
    return page && page->isSource();
}

QStringList EditorTabs::openPaths() const
{
    QStringList paths;
    for (int tab = 0; tab < m_bar->count(); ++tab)
        if (!pageAt(tab)->isSource())
            paths += pageAt(tab)->path();
    return paths;
}

bool EditorTabs::hasUnsaved() const
{
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        if (pageAt(tab)->editor->document()->isModified())
            return true;
    }
    return false;
}

QString EditorTabs::notice() const
{
    const Page* page = pageAt(current());
    const QString own = page ? page->notice->sentence() : QString();
    return own.isEmpty() ? m_notice->sentence() : own;
}

void EditorTabs::say(const QString& sentence)
{
    m_notice->tell(sentence, {}, true);
}

// --- opening ---

bool EditorTabs::open(const QString& path)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        if (auto opened = m_workspace.open(path); !opened) {
            say(opened.error());
            return false;
        }
        const QStringList files = m_workspace.files();
        for (const QString& wanted :
            {u"index.js"_s, u"index.mjs"_s, u"main.js"_s, u"server.js"_s, u"program.js"_s, u"app.js"_s}) {
            if (files.contains(wanted))
                return open(QDir(path).filePath(wanted));
        }
        const auto first = std::ranges::find_if(files, isProgram);
        showFileList(true);
        return first == files.end() || open(QDir(path).filePath(*first));
    }
    if (const int tab = tabOf(info.absoluteFilePath()); tab >= 0) {
        m_bar->setCurrentIndex(tab);
        return true;
    }
    auto document = std::make_unique<app::Document>();
    if (auto opened = document->open(path); !opened) {
        say(opened.error());
        return false;
    }
    m_notice->close();
    const QString folder = info.absolutePath();
    if (m_workspace.folder().isEmpty() || !(folder + u'/').startsWith(m_workspace.folder() + u'/')) {
        if (auto opened = m_workspace.open(folder); !opened)
            say(opened.error());
    }
    if (!app::Workspace::isUntitled(info.absoluteFilePath()))
        m_recent.add(info.absoluteFilePath());
    Page& page = add(std::move(document));
    fill(page, page.document->file());
    m_bar->setCurrentIndex(tabOf(&page));
    if (m_bar->count() == 1)
        emit m_bar->currentChanged(0); // the first tab was current before it had its page
    return true;
}

void EditorTabs::take(const QString& path)
{
    if (path.endsWith(".bistro"_L1, Qt::CaseInsensitive))
        emit traceRequested(path);
    else
        open(path);
}

void EditorTabs::openSource(const QString& path, const QString& recorded, bool whole)
{
    const QString place = plainPath(path);
    const QString text = withPlainLineEnds(recorded);
    Page* const there = pageOf(place);
    if (there && (there->isSource() || there->editor->text() == text)) {
        if (there->isSource() && there->editor->text() != text)
            there->editor->setText(text);
        lookAt(*there);
        m_bar->setCurrentIndex(tabOf(there));
        return;
    }
    Page& page = add(std::make_unique<app::Document>());
    page.source = place;
    page.learnPlace();
    page.editor->setFileName(page.name());
    page.editor->setText(text);
    page.editor->setReadOnly(true);
    page.editor->setAccessibleName(tr("Program as it was recorded, to read"));
    tellWhatBecameOf(page, there ? there->editor->text() : std::optional<QString>(), whole);
    modifiedChanged(page);
    page.closeButton->setToolTip(tr("Close (Ctrl+W)"));
    lookAt(page);
    m_bar->setCurrentIndex(tabOf(&page));
    if (m_bar->count() == 1)
        emit m_bar->currentChanged(0);
}

// Of a recorded source: whether the file that it came from is still the same. `open` is what stands in the window of
// it.
void EditorTabs::tellWhatBecameOf(Page& page, const std::optional<QString>& open, bool whole)
{
    const QString name = page.name();
    const QString path = page.source;
    const NoticeBar::Choice show {tr("Show my file"), [this, path] {
                                      if (const int tab = tabOf(path); tab >= 0)
                                          m_bar->setCurrentIndex(tab);
                                      else
                                          this->open(path);
                                  }};
    const QString text = page.editor->text();
    const auto isSame = [&](const QString& now) { return whole ? now == text : now.startsWith(text); };
    std::optional<bool> same;
    if (open) {
        same = isSame(*open);
    } else if (const QFileInfo file(path); path.startsWith(u'/') && file.isFile()) {
        constexpr int most = 4; // bytes that a letter may take
        if (whole && file.size() > most * (text.size() + 1)) // it need not be read
            same = false;
        else if (const auto now = app::readTextFile(path))
            same = isSame(now->text);
    }
    if (!same)
        page.notice->tell(tr("%1 as it was when it was recorded, to read. The file itself is not here any more; Save "
                             "As makes one of it.")
                .arg(name));
    else if (*same)
        page.notice->tell(
            tr("%1 as it was when it was recorded, to read. Your file is still the same.").arg(name), {show});
    else
        page.notice->tell(tr("%1 as it was when it was recorded, to read. Your file has been changed since.").arg(name),
            {show, {tr("All right"), {}}});
}

void EditorTabs::closeSources()
{
    for (int tab = m_bar->count() - 1; tab >= 0; --tab) {
        if (pageAt(tab)->isSource())
            close(tab);
    }
}

void EditorTabs::newUntitled()
{
    if (auto made = m_workspace.openUntitled(); !made) {
        say(made.error());
        return;
    }
    auto document = std::make_unique<app::Document>();
    document->setPath(QDir(m_workspace.folder()).filePath(u"program.js"_s));
    Page& page = add(std::move(document));
    m_bar->setCurrentIndex(tabOf(&page));
    if (m_bar->count() == 1)
        emit m_bar->currentChanged(0);
    page.editor->setFocus();
}

void EditorTabs::newFile()
{
    if (m_workspace.folder().isEmpty()) {
        newUntitled();
        return;
    }
    const auto isOpen = [this](const QString& path) { return tabOf(path) >= 0; };
    auto* dialog = new NewFileDialog(m_workspace.folder(),
        NewFileDialog::proposal(m_workspace.folder(), QFileInfo(program()).suffix(), isOpen), isOpen, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { addFile(dialog->path()); });
    dialog->open();
}

void EditorTabs::addFile(const QString& path)
{
    auto document = std::make_unique<app::Document>();
    document->setPath(path);
    Page& page = add(std::move(document));
    m_bar->setCurrentIndex(tabOf(&page));
    if (m_bar->count() == 1)
        emit m_bar->currentChanged(0);
    page.editor->setFocus();
}

void EditorTabs::openExample(const app::Example& example)
{
    if (auto made = m_workspace.openUntitled(example.slug.section(u'-', 1)); !made) {
        say(made.error());
        return;
    }
    if (auto copied = app::copyExample(example, m_workspace.folder()); !copied) {
        say(copied.error());
        return;
    }
    for (const QString& file : example.files) {
        if (file != example.mainFile && !file.endsWith(".json"_L1))
            open(QDir(m_workspace.folder()).filePath(file));
    }
    open(QDir(m_workspace.folder()).filePath(example.mainFile));
    if (const int tab = current(); tab > 0 && example.files.size() > 1) { // what runs comes first
        int first = tab;
        while (first > 0 && QFileInfo(pageAt(first - 1)->document->path()).absolutePath() == m_workspace.folder())
            --first;
        m_bar->moveTab(tab, first);
    }
}

QString EditorTabs::folderForDialogs() const
{
    const auto isOwn = [](const QString& folder) {
        return !folder.isEmpty() && !app::Workspace::isUntitled(folder + u'/') && QFileInfo(folder).isDir();
    };
    if (const Page* page = pageAt(current()); page && !page->isSource()) {
        if (const QString folder = QFileInfo(page->path()).absolutePath(); isOwn(folder))
            return folder;
    }
    const QStringList recent = m_recent.paths();
    if (!recent.isEmpty())
        return QFileInfo(recent.front()).absolutePath();
    return QDir::homePath();
}

void EditorTabs::openFile()
{
    auto* dialog = new QFileDialog(this, tr("Open a file"), folderForDialogs(), filters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) {
        for (const QString& path : paths)
            open(path);
    });
    dialog->open();
}

void EditorTabs::openFolder()
{
    auto* dialog = new QFileDialog(this, tr("Open a folder"), folderForDialogs());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) { open(path); });
    dialog->open();
}

bool EditorTabs::goToLine(const QString& given, int line, int column)
{
    const QString path = plainPath(given);
    if (Page* page = pageOf(path)) {
        m_bar->setCurrentIndex(tabOf(page));
        page->editor->goTo(line, column);
        page->editor->setFocus();
        return true;
    }
    if (path.isEmpty())
        return false;
    const QString absolute = QDir(m_workspace.folder()).absoluteFilePath(path);
    if (tabOf(absolute) < 0 && (!QFileInfo(absolute).isFile() || !open(absolute)))
        return false;
    m_bar->setCurrentIndex(tabOf(absolute));
    editor()->goTo(line, column);
    editor()->setFocus();
    return true;
}

// --- what a run shows in the code ---

// As the notes call it: the file, or what it links to.
QString EditorTabs::placeInNotes(const Page& page) const
{
    return m_notes.contains(page.path()) || page.canonical.isEmpty() ? page.path() : page.canonical;
}

void EditorTabs::lookAt(Page& page)
{
    page.editor->setLineNotes(m_notes.value(placeInNotes(page)));
    page.editor->setPlayheadLine(pageOf(m_playheadPath) == &page ? m_playheadLine : 0);
}

void EditorTabs::setPlayhead(const QString& path, int line, bool show)
{
    m_playheadPath = line > 0 ? plainPath(path) : QString();
    m_playheadLine = line;
    Page* page = pageOf(m_playheadPath);
    if (page && show)
        m_bar->setCurrentIndex(tabOf(page));
    for (int tab = 0; tab < m_bar->count(); ++tab)
        pageAt(tab)->editor->setPlayheadLine(pageAt(tab) == page ? line : 0);
}

void EditorTabs::setLineNotes(const QHash<QString, QList<LineNote>>& notes)
{
    m_notes.clear();
    for (auto it = notes.begin(); it != notes.end(); ++it)
        m_notes.insert(plainPath(it.key()), it.value());
    for (int tab = 0; tab < m_bar->count(); ++tab)
        lookAt(*pageAt(tab));
}

void EditorTabs::setHighlightedLine(const QString& path, int line)
{
    const Page* page = line > 0 ? pageOf(plainPath(path)) : nullptr;
    for (int tab = 0; tab < m_bar->count(); ++tab)
        pageAt(tab)->editor->setHighlightedLine(pageAt(tab) == page ? line : 0);
}

// --- saving ---

bool EditorTabs::save(Page& page, app::Document::OverChanges overChanges)
{
    auto saved = page.document->save(page.editor->text(), overChanges);
    if (!saved) {
        const QString sentence = saved.error().sentence;
        if (!saved.error().changedOnDisk) {
            page.notice->tell(sentence, {{tr("Save as…"), [this, &page] { askPath(page); }}, {tr("Close"), {}}}, true);
            return false;
        }
        page.notice->tell(sentence,
            {{tr("Save mine over it"), [this, &page] { save(page, app::Document::OverChanges::Replace); }},
                {tr("Save mine as…"), [this, &page] { askPath(page); }},
                {tr("Show the other one"), [this, &page] { reload(page); }}, {tr("Decide later"), {}}},
            true);
        return false;
    }
    page.editor->document()->setModified(false);
    page.notice->close();
    if (!saved->notice.isEmpty())
        page.notice->tell(saved->notice);
    // An untitled program is ours to keep until it has a place: its copy stays.
    if (m_recovery && !app::Workspace::isUntitled(page.document->path()))
        m_recovery->forget(page.recoveryId);
    modifiedChanged(page);
    emit this->saved(page.document->path());
    saveForClosing();
    return true;
}

void EditorTabs::save()
{
    Page* page = pageAt(current());
    if (!page || page->isSource())
        return;
    if (app::Workspace::isUntitled(page->document->path()))
        askPath(*page);
    else
        save(*page);
}

void EditorTabs::saveAs()
{
    if (Page* page = pageAt(current()))
        askPath(*page);
}

void EditorTabs::saveAll()
{
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        Page* page = pageAt(tab);
        if (page->editor->document()->isModified() && !app::Workspace::isUntitled(page->document->path()))
            save(*page);
    }
}

void EditorTabs::askPath(Page& page)
{
    auto* dialog = new QFileDialog(this, tr("Save as"), folderForDialogs(), filters());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString suffix = QFileInfo(page.name()).suffix();
    dialog->setDefaultSuffix(suffix.isEmpty() ? u"js"_s : suffix);
    dialog->selectFile(page.name());
    connect(dialog, &QFileDialog::fileSelected, page.widget,
        [this, &page](const QString& path) { saveTo(tabOf(&page), path); });
    connect(dialog, &QFileDialog::rejected, this, [this] { m_closing = false; });
    dialog->open();
}

bool EditorTabs::saveTo(int tab, const QString& path)
{
    Page* page = pageAt(tab);
    if (!page)
        return false;
    const QString before = page->document->path();
    auto done = page->document->saveAs(path, page->editor->text());
    if (!done) {
        page->notice->tell(
            done.error().sentence, {{tr("Save as…"), [this, page] { askPath(*page); }}, {tr("Close"), {}}}, true);
        return false;
    }
    page->editor->document()->setModified(false);
    page->editor->setFileName(page->document->name());
    page->notice->close();
    if (m_recovery)
        m_recovery->forget(page->recoveryId);
    m_recent.add(page->document->path());
    page->learnPlace();
    if (page->isSource()) { // a copy of its own, that can be changed
        page->source.clear();
        page->learnPlace();
        page->editor->setReadOnly(false);
        page->editor->setAccessibleName(tr("Program"));
    }
    modifiedChanged(*page);
    const QString folder = QFileInfo(page->document->path()).absolutePath();
    if (app::Workspace::isUntitled(before) && !app::Workspace::isUntitled(folder)) {
        // What the program had beside it goes with it, and takes no other file's place.
        QStringList along;
        const QDir from(QFileInfo(before).absolutePath());
        const auto files = from.entryList(QDir::Files);
        for (const QString& file : files) {
            const QString to = QDir(folder).filePath(file);
            if (from.filePath(file) == before || QFileInfo::exists(to) || !QFile::copy(from.filePath(file), to))
                continue;
            along += file;
            if (Page* other = pageAt(tabOf(from.filePath(file)))) {
                const QString text = other->editor->text();
                if (auto moved = other->document->saveAs(to, text)) {
                    other->editor->document()->setModified(false);
                    if (m_recovery)
                        m_recovery->forget(other->recoveryId);
                    modifiedChanged(*other);
                }
            }
        }
        if (!along.isEmpty())
            page->notice->tell(tr("Saved together with %1.").arg(along.join(u", "_s)));
    }
    if (auto opened = m_workspace.open(folder); !opened)
        say(opened.error());
    if (tab == current() && isProgram(page->path()))
        m_lastProgram = page->path();
    lookAt(*page);
    check(*page);
    emit saved(page->document->path());
    emit currentChanged();
    saveForClosing();
    return true;
}

QString EditorTabs::program() const
{
    if (!isCurrentReadOnly() && isProgram(currentPath()))
        return currentPath();
    if (tabOf(m_lastProgram) >= 0)
        return m_lastProgram;
    const QStringList open = openPaths();
    const auto first = std::ranges::find_if(open, isProgram);
    return first == open.end() ? QString() : *first;
}

QString EditorTabs::programFolder() const
{
    const QString path = program();
    return path.isEmpty() ? QString() : QFileInfo(path).absolutePath();
}

std::expected<QString, QString> EditorTabs::prepareToRun()
{
    const QString path = program();
    if (path.isEmpty())
        return std::unexpected(
            tr("No program is open. Open a file that ends in .js, .mjs or .cjs, or start a new one."));
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        Page* page = pageAt(tab);
        if (page->isSource())
            continue;
        const QString its = page->document->path();
        const bool concerned = its == path || its.startsWith(m_workspace.folder() + u'/');
        if (concerned && (page->editor->document()->isModified() || (its == path && !QFileInfo::exists(its)))
            && !save(*page)) {
            m_bar->setCurrentIndex(tab);
            return std::unexpected(
                tr("%1 could not be saved, so the program does not run. What is in the way stands above its code.")
                    .arg(page->document->name()));
        }
    }
    return path;
}

void EditorTabs::flush()
{
    if (m_recovery)
        m_recovery->flush();
}

QByteArray EditorTabs::saveState() const
{
    QJsonArray tabs;
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        const Page* page = pageAt(tab);
        if (!page->isSource())
            tabs.append(QJsonObject {{u"path"_s, page->path()}, {u"line"_s, page->editor->currentLine()},
                {u"column"_s, page->editor->currentColumn()}});
    }
    const QJsonObject state {{u"version"_s, 1}, {u"folder"_s, m_workspace.folder()},
        {u"current"_s, isCurrentReadOnly() ? QString() : currentPath()}, {u"fileList"_s, !m_files->isHidden()},
        {u"tabs"_s, tabs}};
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

bool EditorTabs::restoreState(const QByteArray& bytes)
{
    const QJsonObject state = QJsonDocument::fromJson(bytes).object();
    if (state.value(u"version"_s).toInt() != 1)
        return false;
    const QString recovered = currentPath();
    const QJsonArray tabs = state.value(u"tabs"_s).toArray();
    for (const QJsonValue& each : tabs) {
        const QString path = each[u"path"_s].toString();
        if (tabOf(path) < 0 && (!QFileInfo(path).isFile() || !open(path)))
            continue;
        if (CodeEditor* its = editorOf(path))
            its->goTo(each[u"line"_s].toInt(1), each[u"column"_s].toInt(1));
    }
    const QString folder = state.value(u"folder"_s).toString();
    if (!folder.isEmpty() && QFileInfo(folder).isDir())
        (void)m_workspace.open(folder); // without it the files are open all the same
    // What was recovered is looked at first.
    const int tab = tabOf(recovered.isEmpty() ? state.value(u"current"_s).toString() : recovered);
    if (tab >= 0)
        m_bar->setCurrentIndex(tab);
    showFileList(state.value(u"fileList"_s).toBool());
    return true;
}

// --- closing, reloading ---

bool EditorTabs::askToClose()
{
    if (m_mayClose || !hasUnsaved())
        return true;
    QStringList names;
    int first = -1;
    for (int tab = m_bar->count() - 1; tab >= 0; --tab) {
        if (pageAt(tab)->editor->document()->isModified()) {
            names.prepend(pageAt(tab)->name());
            first = tab;
        }
    }
    if (!editor() || !editor()->document()->isModified())
        m_bar->setCurrentIndex(first);
    Page* page = pageAt(current());
    const QString sentence = names.size() == 1 ? tr("%1 is not saved.").arg(names.front())
                                               : tr("These are not saved: %1.").arg(names.join(u", "_s));
    page->notice->tell(sentence,
        {{tr("Save and close"),
             [this] {
                 saveAll();
                 m_closing = true; // not before: what is not saved now needs a place, or could not be
                 saveForClosing();
             }},
            {tr("Keep for next time"), [this] { closeAllUnsaved(true); }},
            {tr("Give the changes up"), [this] { closeAllUnsaved(false); }},
            {tr("Go on writing"), [page] { page->editor->setFocus(); }}});
    return false;
}

// After each file that was saved for the window to close: the next one that needs a place, or the end.
void EditorTabs::saveForClosing()
{
    if (!m_closing)
        return;
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        Page* page = pageAt(tab);
        if (!page->editor->document()->isModified())
            continue;
        m_bar->setCurrentIndex(tab);
        m_closing = false; // a question that is answered by nothing closes nothing
        if (app::Workspace::isUntitled(page->path())) {
            askPath(*page);
            m_closing = true;
        }
        return;
    }
    m_closing = false;
    emit closeAllowed();
}

void EditorTabs::closeAllUnsaved(bool keep)
{
    for (int tab = 0; tab < m_bar->count(); ++tab) {
        const Page* page = pageAt(tab);
        if (!keep && m_recovery && page->editor->document()->isModified())
            m_recovery->forget(page->recoveryId);
    }
    flush();
    m_mayClose = true;
    emit closeAllowed();
}

void EditorTabs::closeTab()
{
    close(current());
}

void EditorTabs::close(int tab, bool evenUnsaved)
{
    Page* page = pageAt(tab);
    if (!page)
        return;
    if (page->editor->document()->isModified() && !evenUnsaved && !page->editor->text().isEmpty()) {
        m_bar->setCurrentIndex(tab);
        page->notice->tell(tr("%1 is not saved.").arg(page->document->name()),
            {{tr("Save"),
                 [this, page] {
                     if (app::Workspace::isUntitled(page->document->path()))
                         askPath(*page);
                     else if (save(*page))
                         close(tabOf(page));
                 }},
                {tr("Give the changes up"), [this, page] { close(tabOf(page), true); }},
                {tr("Go on writing"), [page] { page->editor->setFocus(); }}});
        return;
    }
    if (m_recovery)
        m_recovery->forget(page->recoveryId);
    page->editor->disconnect(this);
    page->editor->setMarksExplained({}); // the editor outlives its page a little
    page->editor->document()->disconnect(this);
    m_stack->removeWidget(page->widget);
    page->widget->hide();
    page->widget->deleteLater(); // its own notice may have been clicked
    m_bar->removeTab(tab);
    delete page;
}

void EditorTabs::reload(Page& page)
{
    if (auto reloaded = page.document->reload(); !reloaded) {
        page.notice->tell(reloaded.error(), {}, true);
        return;
    }
    page.editor->replaceText(page.document->file().text); // undo brings back what was there
    page.editor->document()->setModified(false);
    page.notice->close();
    if (m_recovery)
        m_recovery->forget(page.recoveryId);
    modifiedChanged(page);
}

void EditorTabs::changedOnDisk(Page& page, app::Document::OnDisk what)
{
    const QString name = page.document->name();
    if (what != app::Document::OnDisk::Same)
        emit fileChangedOnDisk(page.path());
    switch (what) {
    case app::Document::OnDisk::Same: return;
    case app::Document::OnDisk::Changed:
        if (!page.editor->document()->isModified()) {
            reload(page);
            page.notice->tell(
                tr("%1 was changed outside of Bistro. This is how it is now; undo brings back what it was.").arg(name));
            return;
        }
        page.notice->tell(tr("%1 was changed outside of Bistro, and you have changed it here.").arg(name),
            {{tr("Load the other one"), [this, &page] { reload(page); }},
                {tr("Keep mine"), [&page] { page.document->keepMine(); }},
                {tr("Save mine as…"), [this, &page] { askPath(page); }}},
            true);
        return;
    case app::Document::OnDisk::Gone:
        page.editor->document()->setModified(true);
        edited(page);
        page.notice->tell(tr("%1 was deleted or moved. What you see is only here.").arg(name),
            {{tr("Save it again"), [this, &page] { save(page, app::Document::OverChanges::Replace); }},
                {tr("Save as…"), [this, &page] { askPath(page); }},
                {tr("Close it"), [this, &page] { close(tabOf(&page), true); }}},
            true);
        return;
    }
}

void EditorTabs::recover()
{
    const auto copies = m_recovery->adopt();
    for (const app::Recovery::Copy& copy : copies) {
        auto document = std::make_unique<app::Document>();
        const bool there = !copy.path.isEmpty() && document->open(copy.path).has_value();
        const bool same = there && document->file().text == copy.text;
        if (same
            && !app::Workspace::isUntitled(copy.path)) { // it was saved, and the window was killed before it forgot
            m_recovery->forget(copy.id);
            continue;
        }
        if (copy.text.isEmpty() && !there) {
            m_recovery->forget(copy.id);
            continue;
        }
        if (!there && !copy.path.isEmpty())
            document->setPath(copy.path);
        if (m_workspace.folder().isEmpty() && !copy.path.isEmpty()) {
            const QString folder = QFileInfo(copy.path).absolutePath();
            if (app::Workspace::isUntitled(copy.path))
                QDir().mkpath(folder);
            (void)m_workspace.open(folder); // without it the text is there all the same
        }
        Page& page = add(std::move(document));
        page.recoveryId = copy.id;
        if (there)
            fill(page, page.document->file());
        if (same) { // an untitled program that ran: written, but kept until it has a place
            m_bar->setCurrentIndex(tabOf(&page));
            continue;
        }
        page.editor->replaceText(copy.text);
        page.editor->document()->setModified(true);
        const QString when = QLocale().toString(copy.kept, QLocale::ShortFormat);
        if (there) {
            page.notice->tell(tr("Bistro was ended before %1 was saved. These are your changes of %2.")
                                  .arg(page.document->name(), when),
                {{tr("Go on with them"), {}}, {tr("Show the file as it was saved"), [this, &page] { reload(page); }}});
        } else {
            page.notice->tell(
                tr("Bistro was ended before this program was saved. It is as you left it at %1.").arg(when));
        }
        m_bar->setCurrentIndex(tabOf(&page));
    }
    if (m_bar->count() > 0)
        emit m_bar->currentChanged(m_bar->currentIndex());
}

// --- the syntax check, the file list, the mouse ---

void EditorTabs::check(Page& page)
{
    if (!m_check || page.isSource() || !app::SyntaxCheck::isCheckable(page.document->path()))
        return;
    if (page.editor->document()->characterCount()
        > app::SyntaxCheck::kLongest) { // it would be asked for its text for nothing
        ++m_ticket;
        page.editor->setProblem({});
        return;
    }
    m_check->check(
        page.document->path(), [editor = QPointer(page.editor)] { return editor ? editor->text() : QString(); },
        ++m_ticket);
}

void EditorTabs::checked(quint64 ticket, const std::optional<app::SyntaxProblem>& problem)
{
    CodeEditor* shown = editor();
    if (ticket != m_ticket || !shown) // another text or another tab by now
        return;
    if (problem)
        shown->setProblem(CodeProblem {problem->line, problem->column, problem->length, problem->sentence});
    else
        shown->setProblem({});
}

void EditorTabs::showFileList(bool shown)
{
    m_listButton->setChecked(shown);
    m_files->setVisible(shown);
    refreshFiles();
}

void EditorTabs::refreshFiles()
{
    m_listButton->setVisible(!m_workspace.folder().isEmpty());
    if (m_files->isHidden())
        return;
    const QStringList files = m_workspace.files();
    const QString chosen = QDir(m_workspace.folder()).relativeFilePath(currentPath());
    m_files->clear();
    m_files->addItems(files);
    for (int row = 0; row < m_files->count(); ++row) {
        if (m_files->item(row)->text() == chosen)
            m_files->setCurrentRow(row);
    }
    const int rows = std::clamp(m_files->count(), 1, kMostListed);
    m_files->setFixedHeight(rows * std::max(m_files->sizeHintForRow(0), m_theme.px(23)) + m_theme.px(10));
}

// --- the Edit menu, for whichever editor is in front ---

void EditorTabs::undo()
{
    if (CodeEditor* at = editor())
        at->undo();
}

void EditorTabs::redo()
{
    if (CodeEditor* at = editor())
        at->redo();
}

void EditorTabs::cut()
{
    if (CodeEditor* at = editor())
        at->cut();
}

void EditorTabs::copy()
{
    if (CodeEditor* at = editor())
        at->copy();
}

void EditorTabs::paste()
{
    if (CodeEditor* at = editor())
        at->paste();
}

void EditorTabs::selectAll()
{
    if (CodeEditor* at = editor())
        at->selectAll();
}

void EditorTabs::find()
{
    if (CodeEditor* at = editor())
        at->find();
}

void EditorTabs::replace()
{
    if (CodeEditor* at = editor())
        at->replace();
}

void EditorTabs::findNext()
{
    if (CodeEditor* at = editor())
        at->findNext();
}

void EditorTabs::findPrevious()
{
    if (CodeEditor* at = editor())
        at->findPrevious();
}

void EditorTabs::askLine()
{
    if (CodeEditor* at = editor())
        at->goToLine();
}

void EditorTabs::toggleComment()
{
    if (CodeEditor* at = editor())
        at->toggleComment();
}

void EditorTabs::complete()
{
    if (CodeEditor* at = editor())
        at->complete();
}

// --- tabs by the keys, files dropped ---

void EditorTabs::nextTab()
{
    if (m_bar->count() > 0)
        m_bar->setCurrentIndex((current() + 1) % m_bar->count());
}

void EditorTabs::previousTab()
{
    if (m_bar->count() > 0)
        m_bar->setCurrentIndex((current() + m_bar->count() - 1) % m_bar->count());
}

void EditorTabs::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void EditorTabs::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    for (const QUrl& url : urls) {
        if (url.isLocalFile())
            take(url.toLocalFile());
    }
    event->acceptProposedAction();
}

bool EditorTabs::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_bar && event->type() == QEvent::MouseButtonRelease) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::MiddleButton) {
            close(m_bar->tabAt(mouse->position().toPoint()));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace bistro::ui
