// The course list's rows, and what comes after a lesson or a service.
#include "window/lessonpage.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct CoursePage {
    Q_DECLARE_TR_FUNCTIONS(CoursePage)
};

// "4" of "04".
QString rowNumber(const QString& number)
{
    return number.startsWith(u'0') ? number.sliced(1) : number;
}

} // namespace

QString serviceId(const app::CoursePart& part)
{
    return part.service.isEmpty() ? QString() : u"service:"_s + part.service;
}

CourseView courseViewOf(const app::Course& course, const app::Progress& progress, const QString& here,
    const QDate& today, const QStringList& servicesDone)
{
    CourseView view;
    view.title = CoursePage::tr("Course");
    bool nextGiven = false;
    const auto stateOfLesson = [&](const QString& id) {
        if (id == here)
            return CourseRow::State::Here;
        if (progress.lesson(id).done)
            return CourseRow::State::Done;
        return std::exchange(nextGiven, true) ? CourseRow::State::Later : CourseRow::State::Next;
    };
    if (!progress.due(today).isEmpty() || here == QLatin1StringView(kDueService))
        view.rows.append({.id = QString::fromLatin1(kDueService),
            .number = {},
            .text = CoursePage::tr("Questions again"),
            .sentence = CoursePage::tr("What you missed in the last service comes back today."),
            .state = here == QLatin1StringView(kDueService) ? CourseRow::State::Here : CourseRow::State::Next,
            .service = true});
    for (const app::CoursePart& part : course.parts) {
        view.rows.append({.id = {}, .number = {}, .text = part.title, .sentence = {}, .state = {}, .service = false});
        for (const QString& id : part.lessons) {
            const app::Lesson* const lesson = course.lesson(id);
            if (!lesson)
                continue;
            view.rows.append({.id = id,
                .number = rowNumber(lesson->number()),
                .text = lesson->shortTitle.isEmpty() ? lesson->title : lesson->shortTitle,
                .sentence = lesson->title + u'\n' + lesson->sentence,
                .state = stateOfLesson(id),
                .service = false});
            view.done += progress.lesson(id).done ? 1 : 0;
        }
        if (const QString service = serviceId(part); !service.isEmpty())
            view.rows.append({.id = service,
                .number = {},
                .text = CoursePage::tr("Service"),
                .sentence = CoursePage::tr("Five questions over this part."),
                .state = service == here             ? CourseRow::State::Here
                    : servicesDone.contains(service) ? CourseRow::State::Done
                                                     : CourseRow::State::Later,
                .service = true});
    }
    view.of = std::max(course.announced, static_cast<int>(course.lessons.size()));
    return view;
}

QString nextAfter(const app::Course& course, const QString& id)
{
    bool found = false;
    for (const app::CoursePart& part : course.parts) {
        for (const QString& lesson : part.lessons) {
            if (found)
                return lesson;
            found = lesson == id;
        }
        const QString service = serviceId(part);
        if (found && !service.isEmpty() && id != service)
            return service;
        found = found || (!service.isEmpty() && service == id);
    }
    return {};
}

QString nextOpenAfter(const app::Course& course, const app::Progress& progress, const QString& id)
{
    QString first;
    bool found = false;
    for (const app::CoursePart& part : course.parts) {
        for (const QString& lesson : part.lessons) {
            if (course.lesson(lesson) && !progress.lesson(lesson).done) {
                if (found)
                    return lesson;
                if (first.isEmpty())
                    first = lesson;
            }
            found = found || lesson == id;
        }
        found = found || serviceId(part) == id;
    }
    return first;
}

} // namespace bistro::ui
