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
#include "workspace/syntaxcheck.h"
#include "workspace/xdgfolders.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QKeyEvent>
#include <QMimeData>
#include <QPointer>
#include <QStackedWidget>
#include <QTabBar>
#include <QTextDocument>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kLow = 400; // px: below that, the example's line is its title

} // namespace

EditorTabs::EditorTabs(std::filesystem::path engine, QWidget* parent)
    : QWidget(parent)
    , m_theme(Scheme::Light)
    , m_recent(app::stateFolder() + u"/recent-files.json"_s)
{
    setAcceptDrops(true);
    auto* head = new QWidget(this);
    m_pages = std::make_unique<Pages>(head, this);
    m_files = new FileList(m_workspace, head, this);
    m_notice = new NoticeBar(this);
    m_example = new ExampleLine(this);
    layOut(head);
    m_notice->lieOver(m_pages->stack());

    auto recovery = app::Recovery::open(app::stateFolder() + u"/recovery"_s);
    if (recovery)
        m_recovery = *std::move(recovery);
    const Desk desk {.tabs = *this,
        .pages = *m_pages,
        .notice = *m_notice,
        .workspace = m_workspace,
        .recent = m_recent,
        .recovery = m_recovery.get()};
    m_run = std::make_unique<RunMarks>(*m_pages);
    m_saving = std::make_unique<Saving>(desk);
    m_closing = std::make_unique<Closing>(desk, *m_saving);
    m_opening = std::make_unique<Opening>(desk, *m_run, *m_saving);
    if (!engine.empty())
        m_check = std::make_unique<app::SyntaxCheck>(std::move(engine));
    connectParts();
    if (m_recovery)
        m_opening->recover();
    else
        desk.say(recovery.error());
    setTheme(m_theme);
}

EditorTabs::~EditorTabs()
{
    flush();
    m_check.reset();
    m_pages->disconnect(this); // the editors end after us, and must find nobody
}

void EditorTabs::layOut(QWidget* head)
{
    head->setObjectName(u"tabsHead"_s);
    head->setAttribute(Qt::WA_StyledBackground);
    auto* headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(0, 0, 0, 1); // the line below
    headRow->setSpacing(0);
    headRow->addWidget(&m_pages->bar(), 1);
    headRow->addWidget(&m_files->button());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_example);
    column->addWidget(head);
    column->addWidget(m_files);
    column->addWidget(m_notice);
    column->addWidget(&m_pages->stack(), 1);
}

void EditorTabs::connectParts()
{
    connect(m_pages.get(), &Pages::added, this, &EditorTabs::wire);
    connect(m_pages.get(), &Pages::currentChanged, this, &EditorTabs::showPage);
    connect(m_pages.get(), &Pages::titleChanged, this, &EditorTabs::titleChanged);
    connect(m_pages.get(), &Pages::closeRequested, this, [this](EditorPage* page) { m_closing->close(*page); });
    connect(m_files, &FileList::chosen, this, &EditorTabs::take);
    connect(m_opening.get(), &Opening::folderOpened, this, [this] { showFileList(true); });
    connect(m_saving.get(), &Saving::lost, this, [this](const EditorPage* page) { edited(*page); });
    connect(m_saving.get(), &Saving::fileChangedOnDisk, this, &EditorTabs::fileChangedOnDisk);
    connect(m_saving.get(), &Saving::saved, m_closing.get(), &Closing::goOn);
    connect(m_saving.get(), &Saving::savedTo, this, &EditorTabs::savedTo);
    connect(m_closing.get(), &Closing::allowed, this, &EditorTabs::closeAllowed);
    if (m_check)
        connect(m_check.get(), &app::SyntaxCheck::checked, this, &EditorTabs::checked);
    if (m_recovery)
        connect(m_recovery.get(), &app::Recovery::failed, this,
            [this](const QString& sentence) { m_notice->tell(sentence, {}, true); });
}

void EditorTabs::setTheme(const Theme& theme)
{
    m_theme = theme;
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
    m_notice->setTheme(theme);
    m_example->setTheme(theme);
    m_pages->setTheme(theme);
    m_files->setTheme(theme);
}

// --- a page ---

// Everything that ends with the page has it as its context.
void EditorTabs::wire(EditorPage* page)
{
    CodeEditor* const editor = &page->editor();
    editor->setDefaultIndentation(m_indentation);
    connect(editor, &CodeEditor::edited, page, [this, page] { edited(*page); });
    connect(editor->document(), &QTextDocument::modificationChanged, page, [this, page] { m_pages->refresh(*page); });
    connect(editor, &CodeEditor::cursorPositionChanged, page, [this, editor] {
        if (this->editor() == editor)
            emit caretMoved();
    });
    connect(editor, &CodeEditor::runRequested, page, [this] { emit runRequested(); });
    connect(editor, &CodeEditor::zoomRequested, page, [this](int steps) { emit zoomRequested(steps); });
    connect(editor, &CodeEditor::lineHovered, page, [this, page](int line) { emit lineHovered(page->path(), line); });
    connect(editor, &CodeEditor::lineClicked, page,
        [this, page](int line) { emit lineClicked(m_run->placeOf(*page), line); });
    connect(editor, &CodeEditor::visitAsked, page,
        [this, page](int line, bool backwards) { emit visitAsked(m_run->runPlaceOf(*page), line, backwards); });
    connect(editor, &CodeEditor::nameActivated, page,
        [this, page](int line, int column) { emit nameActivated(m_run->runPlaceOf(*page), line, column); });
    connect(editor, &CodeEditor::lineMenuAsked, page,
        [this, page](int line, QMenu* menu) { emit lineMenuAsked(m_run->runPlaceOf(*page), line, menu); });
    editor->setMarksExplained([this, page](int line) { return m_run->explain(*page, line); });
    editor->setCountExplained([this, page](int line) { return m_run->explainCount(*page, line); });
    editor->setNameExplained([this, page](int line, int column) { return m_run->explainName(*page, line, column); });
    connect(editor, &CodeEditor::filesDropped, page, [this](const QStringList& paths) {
        for (const QString& path : paths)
            take(path);
    });
    connect(&page->document(), &app::Document::changedOnDisk, page,
        [this, page](app::Document::OnDisk what) { m_saving->changedOnDisk(*page, what); });
}

void EditorTabs::showPage(EditorPage* page)
{
    if (page) {
        setFocusProxy(&page->editor());
        if (page->runnable() == app::Runnable::Program)
            m_lastProgram = page->path();
        check(*page);
    }
    emit titleChanged(page ? page->title() : QString(), page && page->isModified());
    m_files->setCurrentPath(currentPath());
    m_example->setPath(page && !page->isSource() ? page->path() : QString());
    emit currentChanged();
}

void EditorTabs::edited(const EditorPage& page)
{
    if (m_recovery) {
        m_recovery->changed(page.recoveryId(), {page.document().where(), page.document().name()},
            [editor = QPointer(&page.editor())] { return editor ? editor->text() : QString(); });
    }
    check(page);
    m_closing->withdraw();
    emit textChanged(page.path());
    if (m_pages->isCurrent(page))
        emit contentsChanged();
}

void EditorTabs::savedTo(EditorPage* page)
{
    if (m_pages->isCurrent(*page) && page->runnable() == app::Runnable::Program)
        m_lastProgram = page->path();
    m_run->lookAt(*page);
    check(*page);
    m_files->setCurrentPath(currentPath());
    emit currentChanged();
    m_closing->goOn();
}

void EditorTabs::check(const EditorPage& page)
{
    if (!m_check || page.isSource() || !app::SyntaxCheck::isCheckable(page.path()))
        return;
    if (page.editor().document()->characterCount()
        > app::SyntaxCheck::kLongest) { // it would be asked for its text for nothing
        ++m_ticket;
        page.editor().setProblem({});
        return;
    }
    m_check->check(
        page.path(), [editor = QPointer(&page.editor())] { return editor ? editor->text() : QString(); }, ++m_ticket);
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

// --- ending and coming back ---

bool EditorTabs::askToClose()
{
    return m_closing->ask();
}

void EditorTabs::flush()
{
    m_closing->flush();
}

QByteArray EditorTabs::saveState() const
{
    QJsonArray tabs;
    for (const EditorPage* const page : m_pages->all()) {
        if (!page->isSource())
            tabs.append(QJsonObject {{u"path"_s, page->path()}, {u"line"_s, page->editor().currentLine()},
                {u"column"_s, page->editor().currentColumn()}});
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
        if (!m_pages->fileAt(path) && (!QFileInfo(path).isFile() || !open(path)))
            continue;
        if (CodeEditor* its = editorOf(path))
            its->goTo(each[u"line"_s].toInt(1), each[u"column"_s].toInt(1));
    }
    const QString folder = state.value(u"folder"_s).toString();
    if (!folder.isEmpty() && QFileInfo(folder).isDir())
        (void)m_workspace.open(folder); // without it the files are open all the same
    // What was recovered is looked at first.
    if (const auto* page = m_pages->fileAt(recovered.isEmpty() ? state.value(u"current"_s).toString() : recovered))
        m_pages->show(*page);
    showFileList(state.value(u"fileList"_s).toBool());
    return true;
}

// --- the line above the tabs, the notice above the code ---

void EditorTabs::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_example->setLow(height() < m_theme.px(kLow));
}

void EditorTabs::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape || !closeNotice())
        QWidget::keyPressEvent(event);
}

// The one that lies uppermost.
bool EditorTabs::closeNotice()
{
    EditorPage* const page = m_pages->current();
    for (NoticeBar* const notice : {m_notice, page ? &page->notice() : nullptr}) {
        if (!notice || notice->isHidden())
            continue;
        const bool focused = notice->isAncestorOf(QApplication::focusWidget());
        notice->close();
        if (focused && page)
            page->editor().setFocus();
        return true;
    }
    return false;
}

// --- files dropped ---

void EditorTabs::take(const QString& path)
{
    if (path.endsWith(".bistro"_L1, Qt::CaseInsensitive))
        emit traceRequested(path);
    else
        open(path);
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

} // namespace bistro::ui
