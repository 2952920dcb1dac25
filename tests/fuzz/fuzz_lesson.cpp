// Any bytes as a file of a lesson or a course: each is a value, or faults with a sentence at a line that there is. The
// first letter says which file: m lesson.md, c check.yaml, e expect.yaml, k course.yaml, s the questions of a service,
// l the target of a link, o a moment.
//
// Files that a text names are looked for in a lesson of the executable; of a course, in a folder with one small lesson.
#include "fuzzing.h"

#include "lesson/faultlist.h"
#include "lesson/lessonfiles.h"
#include "lesson/lessonlink.h"
#include "lesson/lessonreader.h"
#include "lesson/lessontexts.h"
#include "lesson/newlesson.h"

#include <algorithm>
#include <cstdint>

using namespace Qt::StringLiterals;
using namespace bistro::app;
using bistro::fuzz::put;
using bistro::fuzz::require;

namespace {

void expectSound(const QList<LessonFault>& faults, const QByteArray& text)
{
    require(faults.size() <= FaultList::kMost);
    const auto lines = text.count('\n') + 2; // the place behind the last one, too
    for (const LessonFault& fault : faults) {
        require(!fault.sentence.isEmpty() && fault.sentence.size() <= FaultList::kMostLetters + 1);
        require(fault.line >= 0 && fault.line <= lines);
        require(!faultText(fault).isEmpty());
    }
}

void readMarkdownLesson(const QByteArray& text)
{
    Lesson lesson;
    lesson.folder = course().lessons.first().folder;
    lesson.id = u"01-fuzzed"_s;
    QList<LessonFault> faults;
    if (readLessonText(lesson, text, faults) && faults.isEmpty()) {
        require(!lesson.title.isEmpty() && !lesson.screens.isEmpty());
        (void)measuresTime(lesson);
        for (const Screen& screen : lesson.screens)
            require(!screen.markdown.isEmpty() || screen.question);
    }
    expectSound(faults, text);
}

void readCheck(const QByteArray& text)
{
    Lesson lesson;
    lesson.folder = course().lessons.first().folder;
    QList<LessonFault> faults;
    readCheckText(lesson, text, faults);
    if (faults.isEmpty())
        require(!lesson.check.expectations.isEmpty() && lesson.check.hints.size() == 2);
    (void)lesson.check.blockLimit();
    (void)measuresTime(lesson);
    expectSound(faults, text);
}

void readExpect(const QByteArray& text)
{
    WrongAnswer answer {.name = u"too-early"_s, .folder = u":/nowhere"_s, .sentences = {}};
    QList<LessonFault> faults;
    readWrongAnswerText(answer, text, faults);
    require(!faults.isEmpty() || !answer.sentences.isEmpty());
    expectSound(faults, text);
}

void readWholeCourse(const QByteArray& text)
{
    static const QString folder = [] {
        static const bistro::fuzz::Ground ground;
        for (const NewLessonFile& file : newLesson(u"First steps"_s)) {
            const QString path = ground.path() + u"/01-first-steps/"_s + file.path;
            QDir().mkpath(QFileInfo(path).path());
            put(path, file.text.toUtf8());
        }
        put(ground.path() + u"/service-1.yaml"_s, "format: 1\n");
        return ground.path();
    }();
    const auto read = readCourseText(folder, text);
    if (!read) {
        require(!read.error().isEmpty());
        expectSound(read.error(), text);
        return;
    }
    require(read->lessons.size() <= kMostLessons && read->announced >= read->lessons.size());
    expectSound(read->faults, text);
}

void readQuestions(const QByteArray& text)
{
    static const Course small {.folder = u":/nowhere"_s, .lessons = {course().lessons.first()}};
    const CoursePart part {.title = u"Part"_s, .lessons = {}, .service = u"service-1.yaml"_s};
    const auto read = readServiceText(small, part, text);
    if (!read)
        expectSound(read.error(), text);
    require(read || !read.error().isEmpty());
}

void readTarget(const QString& text)
{
    const auto link = parseLink(text);
    require(link ? link->kind != LessonLink::Kind::None : !link.error().isEmpty());
}

void readMoment(const QString& text)
{
    const auto moment = parseMoment(text);
    if (!moment) {
        require(!moment.error().isEmpty());
        return;
    }
    const auto again = parseMoment(momentText(*moment));
    require(again && *again == *moment);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const auto text = lessonText(QByteArray(reinterpret_cast<const char*>(data + 1), static_cast<qsizetype>(size - 1)));
    if (!text)
        return -1; // not for the corpus
    switch (data[0]) {
    case 'm': readMarkdownLesson(*text); break;
    case 'c': readCheck(*text); break;
    case 'e': readExpect(*text); break;
    case 'k': readWholeCourse(*text); break;
    case 's': readQuestions(*text); break;
    case 'l': readTarget(QString::fromUtf8(*text)); break;
    case 'o': readMoment(QString::fromUtf8(*text)); break;
    default: return -1;
    }
    return 0;
}
