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
    for (qsizetype i = 0; i < m_questions.size() && id != QLatin1StringView(kDueService); ++i)
        recall(i);
    m_screen = static_cast<int>(std::max<qsizetype>(m_answered.indexOf(false), 0));
    if (!m_answered.contains(false))
        m_screen = static_cast<int>(m_questions.size());
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

// What was answered on another day; but for what is asked again today.
void ServiceDesk::recall(qsizetype question)
{
    const app::ServiceProgress& known = m_book.progress().service(m_questions[question].id);
    const bool due = known.stage < app::kKnownStage && known.due <= QDate::currentDate();
    const auto option = askedAt(question).options.indexOf(known.answer);
    if (!known.due.isValid() || due || option < 0)
        return;
    m_chosen[question] = static_cast<int>(option);
    m_answered[question] = true;
}

const app::PredictChoose& ServiceDesk::askedAt(qsizetype question) const
{
    return std::get<app::PredictChoose>(m_questions[question].question.what);
}

QString ServiceDesk::comesBack(qsizetype question) const
{
    const app::ServiceProgress& known = m_book.progress().service(m_questions[question].id);
    if (known.stage >= app::kKnownStage || !known.due.isValid())
        return {};
    return known.due <= QDate::currentDate().addDays(1) ? tr("It comes back tomorrow.") : tr("It comes back later.");
}

// "4 of 5 right. One comes back tomorrow."
QString ServiceDesk::resultSentence() const
{
    int right = 0;
    int tomorrow = 0;
    int later = 0;
    for (qsizetype i = 0; i < m_questions.size(); ++i) {
        right += isRightAt(i) ? 1 : 0;
        const app::ServiceProgress& known = m_book.progress().service(m_questions[i].id);
        if (known.stage < app::kKnownStage && known.due.isValid())
            ++(known.due <= QDate::currentDate().addDays(1) ? tomorrow : later);
    }
    QStringList said {tr("%1 of %2 right.", "4 of 5 questions").arg(right).arg(m_questions.size())};
    if (tomorrow > 0)
        said << (tomorrow == 1 ? tr("One comes back tomorrow.") : tr("%1 come back tomorrow.").arg(tomorrow));
    if (later > 0)
        said << (later == 1 ? tr("One comes back later.") : tr("%1 come back later.").arg(later));
    return said.join(u' ');
}

LessonView ServiceDesk::resultView() const
{
    LessonView view;
    view.title = m_title;
    view.service = true;
    view.screens = static_cast<int>(m_questions.size());
    view.screen = view.screens;
    GuessResultView result {.heading = tr("Your answers"), .remark = {}, .rows = {}, .because = {}};
    for (qsizetype i = 0; i < m_questions.size(); ++i)
        result.rows.append({.row = static_cast<int>(i),
            .place = QString::number(i + 1),
            .placed = false,
            .text = m_questions[i].question.text,
            .kind = {},
            .verdict = isRightAt(i) ? tr("right") : tr("not right"),
            .right = isRightAt(i),
            .why = false});
    view.question = resultSentence(); // where it is read also while the rows are folded
    view.guess = result;
    view.run = next().isEmpty() ? tr("To the course list") : tr("Next lesson");
    return view;
}

LessonView ServiceDesk::view() const
{
    LessonView view;
    if (!isOpen())
        return view;
    if (isResult())
        return resultView();
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
        .remark = right ? tr("right") : comesBack(m_screen),
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
    const bool more = m_screen + 1 < m_questions.size() || m_answered.contains(false);
    view.run = more ? tr("Next question") : tr("See the result");
    return view;
}

void ServiceDesk::setScreen(int screen)
{
    if (screen < 0 || screen >= m_questions.size() + (m_answered.contains(false) ? 0 : 1))
        return;
    m_screen = screen;
    emit changed();
}

void ServiceDesk::choose(int option)
{
    if (!isOpen() || isResult() || m_answered[m_screen] || option < 0 || option >= asked().options.size())
        return;
    m_chosen[m_screen] = option;
    emit changed();
}

void ServiceDesk::answer()
{
    if (!isOpen() || isResult() || m_answered[m_screen] || m_chosen[m_screen] < 0)
        return;
    m_answered[m_screen] = true;
    const bool right = m_chosen[m_screen] == asked().answer;
    m_book.answered(m_questions[m_screen].id, right, asked().options.value(m_chosen[m_screen]));
    emit changed();
    emit said(right ? tr("Right.") : tr("It is another one: %1.").arg(asked().options.value(asked().answer)));
}

bool ServiceDesk::goOn()
{
    if (!isOpen() || isResult())
        return false;
    if (m_screen + 1 < m_questions.size())
        setScreen(m_screen + 1);
    else if (const auto open = m_answered.indexOf(false); open >= 0)
        setScreen(static_cast<int>(open));
    else
        setScreen(m_screen + 1);
    if (isResult())
        emit said(resultSentence());
    return true;
}

QString ServiceDesk::next() const
{
    return m_book.course() ? nextOpenAfter(*m_book.course(), m_book.progress(), m_id) : QString();
}

} // namespace bistro::ui
