#include "commands/lessoncommands.h"

#include "commands/complaints.h"
#include "lesson/lessonreader.h"
#include "process/output.h"

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct LessonListPage {
    Q_DECLARE_TR_FUNCTIONS(LessonListPage)
};

// A teacher's folder may hold anything: what could steer a terminal is not printed.
void add(QString& page, const QString& line)
{
    page += printable(line) + u'\n';
}

void addPart(QString& page, const Course& course, const CoursePart& part)
{
    add(page, part.title);
    qsizetype width = 0;
    for (const QString& id : part.lessons)
        width = std::max(width, id.size());
    for (const QString& id : part.lessons) {
        if (const Lesson* const lesson = course.lesson(id))
            add(page,
                u"  "_s + id.leftJustified(width) + u"  "_s + lesson->title + u" ("_s
                    + LessonListPage::tr("%n minutes", nullptr, lesson->minutes) + u')');
    }
}

int complainOf(const QList<LessonFault>& faults)
{
    for (const LessonFault& fault : faults)
        complain(printable(faultText(fault)).toStdString());
    return kFailure;
}

} // namespace

int lessonList(const LessonListCommand& command)
{
    const QString folder = QString::fromStdString(command.folder.string());
    const auto read = command.folder.empty() ? std::expected<Course, QList<LessonFault>>(course()) : readCourse(folder);
    if (!read)
        return complainOf(read.error());
    QString page;
    add(page, read->title);
    for (const CoursePart& part : read->parts) {
        page += u'\n';
        addPart(page, *read, part);
    }
    Output out;
    out.buffer() = page.toStdString();
    const int printed = out.finish();
    if (!read->faults.isEmpty())
        return complainOf(read->faults);
    return printed;
}

} // namespace bistro::app
