#include "window/lessondesk.h"

#include "learning/copies.h"
#include "window/settings.h"
#include "workspace/examples.h"

#include <QAccessible>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QScopedValueRollback>
#include <QTextDocument>

#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {

LessonDesk::LessonDesk(const Parts& parts, const std::filesystem::path& engine)
    : m_parts(parts)
    , m_place(new LessonPlace)
    , m_list(new CourseList)
    , m_runs(parts.feed.session())
    , m_guess({.book = m_book, .runs = m_runs, .feed = parts.feed, .before = parts.before, .notice = parts.notice},
          [editor = &parts.editor](const QString& file) {
              const CodeEditor* const open = editor->editorOf(file);
              return open && open->document()->isModified();
          })
    , m_check({.book = m_book,
                  .runs = m_runs,
                  .feed = parts.feed,
                  .editor = parts.editor,
                  .notice = parts.notice,
                  .question = m_place->question()},
          engine)
    , m_service(m_book)
    , m_changes(m_book, parts.editor)
    , m_links({.book = m_book, .runs = m_runs, .feed = parts.feed, .glossary = parts.glossary, .notice = parts.notice})
    , m_menu(parts.menus.lessons())
{
    m_place->setObjectName(u"lesson"_s);
    m_list->setObjectName(u"courselist"_s);
    parts.frame.place(Area::Lesson, m_place);
    parts.frame.place(Area::CourseList, m_list);
    parts.frame.setShown(Area::Lesson, false);
    parts.frame.setShown(Area::CourseList, false);
    connect(&m_book, &LessonBook::courseChanged, this, &LessonDesk::update);
    connect(&m_book, &LessonBook::lessonChanged, this, &LessonDesk::lessonChanged);
    connect(&m_book, &LessonBook::screenChanged, this, &LessonDesk::update);
    connect(&m_book, &LessonBook::progressChanged, this, &LessonDesk::update);
    connect(&m_book, &LessonBook::told, &parts.notice, &WindowNotice::tell);
    connect(&m_guess, &GuessDesk::changed, this, &LessonDesk::update);
    connect(&m_guess, &GuessDesk::said, &parts.notice, &WindowNotice::announce);
    connect(&m_guess, &GuessDesk::futureHidden, this, &LessonDesk::futureHidden);
    connect(&m_check, &CheckDesk::changed, this, &LessonDesk::update);
    connect(&m_check, &CheckDesk::said, &parts.notice, &WindowNotice::announce);
    connect(&m_service, &ServiceDesk::changed, this, [this] {
        if (m_service.isOpen())
            m_place->showLesson();
        m_parts.frame.setShown(Area::Lesson, m_service.isOpen() || m_book.lesson());
        keepPlace();
        update();
    });
    connect(&m_service, &ServiceDesk::told, &parts.notice, &WindowNotice::tell);
    connect(&m_service, &ServiceDesk::said, &parts.notice, &WindowNotice::announce);
    connect(&m_runs, &LessonRuns::started, this, &LessonDesk::update);
    connect(&m_runs, &LessonRuns::ended, this, &LessonDesk::update);
    connect(&parts.feed.session(), &app::Session::stateChanged, this, &LessonDesk::update);
    connect(&parts.feed.session(), &app::Session::restarted, this, &LessonDesk::dropGreeting);
    connect(&parts.editor, &EditorTabs::currentChanged, this, &LessonDesk::followFront); // or something was opened
    connect(&parts.frame, &WindowFrame::foldsChanged, this, &LessonDesk::fold);
    parts.runDesk.setInstead([this] { return runInstead(); });
    connectPanel();
    connectActions();
    update();
}

LessonDesk::~LessonDesk()
{
    m_parts.runDesk.setInstead({});
    m_parts.feed.session().disconnect(this);
}

void LessonDesk::lessonChanged()
{
    m_runs.clear();
    leaveFiles(std::exchange(m_copy, m_book.copy()));
    const bool open = m_book.lesson();
    m_parts.before.close();
    if (open) {
        m_place->showLesson();
        m_parts.feed.session().forget(); // what ran before belongs to another lesson
        showFiles();
    }
    const QString scene = open ? m_book.lesson()->scene : QString();
    if (!scene.isEmpty())
        emit sceneAsked(scene);
    else if (!m_scene.isEmpty())
        emit sceneAsked(u"stage"_s);
    m_scene = scene;
    m_parts.frame.setShown(Area::Lesson, open || m_service.isOpen());
    keepPlace();
    update();
}

// The program that runs is in front.
void LessonDesk::showFiles()
{
    const app::Lesson& lesson = *m_book.lesson();
    for (const QString& name : lesson.startFiles) {
        const QString suffix = QFileInfo(name).suffix();
        if (name != lesson.mainFile && (suffix == "js"_L1 || suffix == "mjs"_L1 || suffix == "cjs"_L1))
            m_parts.editor.open(m_book.copy() + u'/' + name);
    }
    m_parts.editor.open(m_book.mainFile());
}

// Saved, and closed: each lesson calls its program alike, and one would not know them apart.
void LessonDesk::leaveFiles(const QString& copy)
{
    if (copy.isEmpty() || copy == m_book.copy())
        return;
    EditorTabs& editor = m_parts.editor;
    for (const QString& path : editor.openPaths()) {
        if (!path.startsWith(copy + u'/') || !editor.open(path))
            continue;
        if (editor.isCurrentModified())
            editor.save();
        if (!editor.isCurrentModified())
            editor.closeTab();
    }
}

bool LessonDesk::isUnchanged() const
{
    const CodeEditor* const editor = m_parts.editor.editorOf(m_book.mainFile());
    return app::isUnchanged(*m_book.course(), *m_book.lesson()) && !(editor && editor->document()->isModified());
}

// In a lesson, to run is to guess where that is asked, else to check.
bool LessonDesk::runInstead()
{
    if (!m_book.lesson() || !m_check.isInFront())
        return false;
    if (m_guess.isOpen() && isUnchanged()) {
        m_guess.run();
        return true;
    }
    if (!isUnchanged() && !m_book.lesson()->check.expectations.isEmpty())
        m_book.setScreen(static_cast<int>(m_book.lesson()->screens.size()) - 1);
    m_check.run();
    return true;
}

void LessonDesk::runAsked()
{
    if (m_service.isOpen()) {
        if (!std::holds_alternative<GuessResultView>(m_service.view().guess))
            m_service.answer();
        else if (!m_service.goOn())
            goOn();
    } else if (m_parts.feed.session().isRunning()) {
        m_parts.feed.session().stop();
    } else if (m_book.question() && !m_guess.isOpen() && !m_book.isLastScreen()) {
        m_book.setScreen(m_book.screen() + 1); // compared: go on
    } else if (m_book.question()) {
        m_guess.run();
    } else if (m_book.lesson()) {
        m_check.run();
    }
}

void LessonDesk::goOn()
{
    if (!m_book.course())
        return;
    const QString next = m_service.isOpen() ? m_service.next()
        : m_book.lesson()                   ? nextAfter(*m_book.course(), m_book.lesson()->id)
                                            : QString();
    if (!next.isEmpty() && open(next))
        m_place->panel().takeKeyboard();
    else if (next.isEmpty() && m_service.isOpen()) {
        showList(true);
        m_list->takeKeyboard();
    }
}

bool LessonDesk::open(const QString& id)
{
    if (!m_book.course() && !m_book.openOwn())
        return false;
    if (id.startsWith(u"service:"_s)) {
        if (!m_service.open(id))
            return false;
        m_parts.before.close();
        m_parts.feed.session().forget(); // what ran before is none of its questions
        return true;
    }
    if (m_book.lesson() && m_book.lesson()->id == id && !m_check.isInFront())
        bringToFront(); // from another program back to it: what it has run is still there
    else if (!m_book.openLesson(id))
        return false;
    m_parts.frame.setShown(Area::CourseList, true); // where there is room for it
    fold();
    return true;
}

bool LessonDesk::openFolder(const QString& folder)
{
    if (!m_book.openFolder(QFileInfo(folder).absoluteFilePath()))
        return false;
    goOnWithCourse();
    return true;
}

void LessonDesk::close()
{
    m_service.close();
    m_book.closeLesson();
    m_parts.frame.setShown(Area::Lesson, false);
    showList(false);
    keepPlace();
    update();
}

void LessonDesk::greet()
{
    if (!m_book.openOwn())
        return; // there is no course
    const app::Lesson& first = m_book.course()->lessons.first();
    m_place->greeting().setPlace(placeText(), first.title + u'\n' + first.sentence);
    m_place->showGreeting();
    m_parts.frame.setShown(Area::Lesson, true);
    fitPanel();
}

void LessonDesk::dropGreeting()
{
    if (m_place->isGreeting() && !m_book.lesson() && !m_service.isOpen())
        m_parts.frame.setShown(Area::Lesson, false);
}

// The panel speaks of the lesson's program: beside another one it would speak of what nobody sees.
void LessonDesk::followFront()
{
    dropGreeting();
    if (!m_book.lesson() || m_service.isOpen())
        return;
    m_parts.frame.setShown(Area::Lesson, m_check.isInFront());
    fitPanel();
    emit runChanged();
}

void LessonDesk::bringToFront()
{
    if (m_book.lesson() && !m_check.isInFront())
        m_parts.editor.open(m_book.mainFile());
}

void LessonDesk::fitPanel()
{
    m_parts.frame.fitLesson(m_place->leastHeight());
}

// "lesson 04, What blocks the waiter, screen 2"
QString LessonDesk::placeText() const
{
    const QString last = m_book.progress().lastLesson();
    const app::Lesson* const lesson = last.isEmpty() ? nullptr : m_book.course()->lesson(last);
    if (!lesson)
        return {};
    const int screen = m_book.progress().lesson(last).screen + 1;
    return tr("lesson %1, %2, screen %3").arg(lesson->number(), lesson->title, QString::number(screen));
}

void LessonDesk::goOnWithCourse()
{
    if (!m_book.course() && !m_book.openOwn()) {
        m_parts.notice.tell(tr("This Bistro has no lessons."));
        return;
    }
    const app::Course& course = *m_book.course();
    const QString last = m_book.progress().lastLesson();
    if (m_book.lesson() && m_book.lesson()->id == last) {
        bringToFront();
        m_place->panel().takeKeyboard();
    } else if (open(course.lesson(last) ? last : course.lessons.first().id)) {
        m_place->panel().takeKeyboard();
    }
}

void LessonDesk::restore(bool empty)
{
    const QScopedValueRollback restoring(m_restoring, true);
    const OpenLesson kept = loadOpenLesson();
    if (!kept.id.isEmpty()) {
        const bool there = kept.course.isEmpty() ? m_book.openOwn()
                                                 : QFileInfo(kept.course).isDir() && m_book.openFolder(kept.course);
        if (there && open(kept.id))
            return;
    }
    m_book.openOwn();
    if (empty)
        greet();
}

void LessonDesk::keepPlace()
{
    if (!m_restoring)
        keepOpenLesson({.course = m_book.courseFolder(), .id = hereId()});
}

QString LessonDesk::hereId() const
{
    return m_service.isOpen() ? m_service.id() : m_book.lesson() ? m_book.lesson()->id : QString();
}

void LessonDesk::askOpenFolder()
{
    auto* const dialog = new QFileDialog(
        m_parts.notice.window(), tr("Open a folder of lessons"), m_parts.editor.folderForDialogs());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, &LessonDesk::openFolder);
    dialog->open();
}

QList<app::FindingKind> LessonDesk::askedFor() const
{
    if (!m_book.lesson() || m_book.here().done || !m_check.isInFront())
        return {};
    return findingsAskedFor(m_book.lesson()->check, m_check.state().report);
}

void LessonDesk::showList(bool on)
{
    WindowFrame& frame = m_parts.frame;
    frame.setShown(Area::CourseList, on && m_book.course());
    if (frame.folds().courses)
        frame.setOpen(Area::CourseList, on);
    fold();
}

void LessonDesk::fold()
{
    const WindowFrame& frame = m_parts.frame;
    const bool shown = frame.isShown(Area::CourseList) && !frame.isFolded(Area::CourseList);
    {
        const QScopedValueRollback following(m_following, true);
        m_parts.actions[ActionId::CourseList]->setChecked(shown);
    }
    m_place->panel().setListButton(!shown);
    m_place->panel().setCompact(frame.isCompact());
    fitPanel();
}

void LessonDesk::setTheme(const Theme& theme)
{
    m_place->setTheme(theme);
    m_list->setTheme(theme);
    m_links.setTheme(theme);
    fitPanel();
}

void LessonDesk::setPresentation(bool on)
{
    m_place->panel().setPresentation(on);
    fitPanel();
}

} // namespace bistro::ui
