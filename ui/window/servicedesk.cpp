#include "window/servicedesk.h"

#include "lesson/lessonreader.h"
#include "window/lessonpage.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

ServiceDesk::ServiceDesk(LessonBook& book)
    : m_book(book)
{
    connect(&book, &LessonBook::courseChanged, this, &ServiceDesk::close);
    connect(&book, &LessonBook::lessonChanged, this, [this] {
        if (m_book.lesson())
            close();
    });
}

bool ServiceDesk::open(const QString& id)
{
    const app::Course* const course = m_book.course();
    if (!course)
        return false;
    QList<app::ServiceQuestion> questions;
    QString title;
    if (id == QLatin1StringView(kDueService)) {
        questions = dueQuestions();
        title = tr("Questions again");
    } else {
        for (const app::CoursePart& part : course->parts) {
            if (serviceId(part) != id)
                continue;
            auto read = app::readService(*course, part);
            if (!read) {
                emit told(app::faultText(read.error().first()));
                return false;
            }
            questions = std::move(*read);
            title = tr("Service: %1").arg(part.title);
        }
    }
    questions.removeIf([](const app::ServiceQuestion& question) {
        return !std::holds_alternative<app::PredictChoose>(question.question.what);
    });
    if (questions.isEmpty()) {
        emit told(tr("There is no question to answer here today."));
        return false;
    }
    m_book.closeLesson();
    m_id = id;
    m_title = title;
    m_questions = std::move(questions);
    m_chosen.fill(-1, m_questions.size());
    m_answered.fill(false, m_questions.size());
    m_screen = 0;
    emit changed();
    return true;
}

// Of all parts, in the order in which they are due.
QList<app::ServiceQuestion> ServiceDesk::dueQuestions() const
{
    const app::Course& course = *m_book.course();
    QList<app::ServiceQuestion> all;
    for (const app::CoursePart& part : course.parts) {
        if (part.service.isEmpty())
            continue;
        if (const auto read = app::readService(course, part))
            all += *read;
    }
    QList<app::ServiceQuestion> due;
    for (const QString& id : m_book.progress().due(QDate::currentDate())) {
        const auto found = std::ranges::find(all, id, &app::ServiceQuestion::id);
        if (found != all.end())
            due.append(*found);
    }
    return due;
}

void ServiceDesk::close()
{
    if (m_id.isEmpty())
        return;
    m_id.clear();
    m_questions.clear();
    emit changed();
}

const app::PredictChoose& ServiceDesk::asked() const
{
    return std::get<app::PredictChoose>(m_questions[m_screen].question.what);
}

LessonView ServiceDesk::view() const
{
    LessonView view;
    if (!isOpen())
        return view;
    const app::ServiceQuestion& question = m_questions[m_screen];
    const app::Lesson* const lesson = m_book.course()->lesson(question.lesson);
    view.title = m_title;
    view.service = true;
    view.screen = m_screen;
    view.screens = static_cast<int>(m_questions.size());
    if (lesson) {
        view.folder = lesson->folder;
        view.markdown = tr("From the lesson **%1**.").arg(lesson->title);
    }
    view.question = question.question.text;
    const int chosen = m_chosen[m_screen];
    if (!m_answered[m_screen]) {
        view.guess = ChooseGuessView {.options = asked().options, .chosen = chosen, .counts = {}};
        view.run = chosen < 0 ? QString() : tr("Answer");
        return view;
    }
    const bool right = chosen == asked().answer;
    GuessResultView result {.heading = tr("Your answer"),
        .remark = right ? tr("right") : tr("It comes back tomorrow."),
        .rows = {{.row = 0,
            .place = {},
            .text = asked().options.value(chosen),
            .kind = {},
            .verdict = right ? tr("right") : tr("not this one"),
            .right = right,
            .why = false}},
        .because = question.question.because};
    if (!right)
        result.rows.append({.row = 1,
            .place = {},
            .text = asked().options.value(asked().answer),
            .kind = {},
            .verdict = tr("this one"),
            .right = true,
            .why = false});
    view.guess = result;
    const bool last = m_screen + 1 == m_questions.size();
    view.run = !last ? tr("Next question") : next().isEmpty() ? tr("Done") : tr("Go on");
    return view;
}

void ServiceDesk::setScreen(int screen)
{
    if (screen < 0 || screen >= m_questions.size())
        return;
    m_screen = screen;
    emit changed();
}

void ServiceDesk::choose(int option)
{
    if (!isOpen() || m_answered[m_screen] || option < 0 || option >= asked().options.size())
        return;
    m_chosen[m_screen] = option;
    emit changed();
}

void ServiceDesk::answer()
{
    if (!isOpen() || m_answered[m_screen] || m_chosen[m_screen] < 0)
        return;
    m_answered[m_screen] = true;
    const bool right = m_chosen[m_screen] == asked().answer;
    m_book.answered(m_questions[m_screen].id, right);
    emit changed();
    emit said(right ? tr("Right.") : tr("It is another one: %1.").arg(asked().options.value(asked().answer)));
}

QString ServiceDesk::next() const
{
    return m_book.course() && m_id != QLatin1StringView(kDueService) ? nextAfter(*m_book.course(), m_id) : QString();
}

} // namespace bistro::ui
