// What the lesson's panel, the list, the menus and the greeting ask, and who does it; what they are given to show.
#include "window/lessondesk.h"

#include "workspace/examples.h"

using namespace Qt::StringLiterals;

namespace bistro::ui {

void LessonDesk::connectPanel()
{
    LessonPanel* const panel = &m_place->panel();
    connect(panel, &LessonPanel::listAsked, this, [this] { showList(true); });
    connect(panel, &LessonPanel::screenAsked, this, [this](int screen) {
        if (m_service.isOpen())
            m_service.setScreen(screen);
        else
            m_book.setScreen(screen);
    });
    connect(panel, &LessonPanel::rowMoved, &m_guess, &GuessDesk::moveRow);
    connect(panel, &LessonPanel::optionChosen, this, [this](int option) {
        if (m_service.isOpen())
            m_service.choose(option);
        else
            m_guess.choose(option);
    });
    connect(panel, &LessonPanel::handsCounted, &m_guess, &GuessDesk::count);
    connect(panel, &LessonPanel::numberTyped, &m_guess, &GuessDesk::type);
    connect(panel, &LessonPanel::runAsked, this, &LessonDesk::runAsked);
    connect(panel, &LessonPanel::whyAsked, this, [this](int row) {
        const bool here = m_book.question() && !m_guess.isOpen();
        m_guess.why(here ? m_book.screen() : m_guess.screenOfLastResult(), row);
    });
    connect(panel, &LessonPanel::showMeAsked, &m_check, &CheckDesk::showMe);
    connect(panel, &LessonPanel::hintAsked, &m_check, &CheckDesk::hint);
    connect(panel, &LessonPanel::startOverAsked, &m_check, &CheckDesk::startOver);
    connect(panel, &LessonPanel::goOnAsked, this, &LessonDesk::goOn);
    connect(panel, &LessonPanel::linkActivated, &m_links, &LessonLinks::follow);
    connect(panel, &LessonPanel::said, &m_parts.notice, &WindowNotice::announce);
    connect(&m_links, &LessonLinks::sceneAsked, this, &LessonDesk::sceneAsked);
    connect(m_list, &CourseList::chosen, this, &LessonDesk::open);
    connect(m_list, &CourseList::closeAsked, this, [this] { showList(false); });
    connect(&m_menu, &CourseMenu::chosen, this, &LessonDesk::open);
    Greeting* const greeting = &m_place->greeting();
    connect(greeting, &Greeting::courseAsked, this, &LessonDesk::goOnWithCourse);
    connect(greeting, &Greeting::ownAsked, this, [this] {
        close();
        if (!m_parts.editor.editor())
            m_parts.editor.newUntitled();
        if (CodeEditor* const editor = m_parts.editor.editor())
            editor->setFocus();
    });
    connect(greeting, &Greeting::exampleAsked, this, [this] {
        close();
        m_parts.editor.openExample(app::examples().first());
    });
}

void LessonDesk::connectActions()
{
    const Actions& actions = m_parts.actions;
    actions.on(ActionId::OpenLessons, this, [this] { askOpenFolder(); });
    actions.on(ActionId::ReadLesson, this, [this] { goOnWithCourse(); });
    actions.on(ActionId::NextLesson, this, [this] { goOn(); });
    actions.on(ActionId::LessonHint, this, [this] {
        bringToFront();
        m_book.setScreen(static_cast<int>(m_book.lesson()->screens.size()) - 1); // where it is shown
        m_check.hint();
    });
    actions.on(ActionId::CloseLesson, this, [this] { close(); });
    actions.onToggled(ActionId::RecordLines, this, [this](bool on) { m_book.setLinesWanted(on); });
    actions.onToggled(ActionId::CourseList, this, [this](bool on) {
        if (!m_following)
            showList(on);
    });
    actions.setWhy(ActionId::CourseList, tr("All lessons of the course, and which of them are done."));
}

void LessonDesk::update()
{
    updateView();
    updateList();
    updateActions();
    emit runChanged();
}

void LessonDesk::updateView()
{
    if (m_service.isOpen()) {
        m_place->panel().setView(m_service.view());
    } else if (const app::Lesson* const lesson = m_book.lesson()) {
        const LessonPosition at {.course = *m_book.course(), .lesson = *lesson, .screen = m_book.screen()};
        LessonView view = lessonViewOf(at);
        if (const app::Question* const question = m_book.question())
            fillGuess(view, *question, m_guess.state());
        const bool checks = m_book.isLastScreen() && !lesson->check.expectations.isEmpty();
        if (checks) {
            const app::Question* asked = nullptr;
            const GuessState* const guess = m_guess.lastResult(asked);
            if (guess && !m_book.question()) {
                GuessResultView result = guessResultView(*asked, *guess);
                result.because.clear(); // it was read on the question's screen
                view.guess = result;
            }
            view.check = checkViewOf(at, m_book.here(), m_check.state(), m_check.isRunning());
        }
        view.running = m_guess.isRunning() && m_runs.isRunning();
        if (view.running)
            view.run = tr("Stop");
        m_place->panel().setView(view);
    } else {
        return;
    }
    fitPanel();
}

void LessonDesk::updateList()
{
    if (!m_book.course())
        return;
    const CourseView view = courseViewOf(
        *m_book.course(), m_book.progress(), hereId(), QDate::currentDate(), m_book.servicesDone());
    m_list->setView(view);
    m_menu.setView(view);
}

void LessonDesk::updateActions()
{
    const Actions& actions = m_parts.actions;
    const app::Lesson* const lesson = m_book.lesson();
    actions[ActionId::CloseLesson]->setEnabled(lesson || m_service.isOpen());
    actions[ActionId::LessonHint]->setEnabled(lesson && (!lesson->check.hints.isEmpty() || !lesson->answers.isEmpty()));
    const bool done = lesson && (m_book.here().done || lesson->check.expectations.isEmpty());
    const bool more = lesson && !nextAfter(*m_book.course(), lesson->id).isEmpty();
    actions[ActionId::NextLesson]->setEnabled((done && more) || (m_service.isOpen() && !m_service.next().isEmpty()));
    actions.setWhy(ActionId::NextLesson,
        lesson && !done ? tr("It opens when all answers of the check are right. The course list opens any lesson.")
                        : tr("The lesson that comes after this one."));
    actions.setWhy(ActionId::LessonHint, tr("What to look at next. The last hint shows one answer."));
}

} // namespace bistro::ui
