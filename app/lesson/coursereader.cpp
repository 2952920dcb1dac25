#include "lesson/lessonreader.h"

#include "lesson/expectationreader.h"
#include "lesson/lessonfiles.h"
#include "lesson/lessontexts.h"
#include "lesson/questionreader.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

// In the executable; a static library's resources are asked for by name, outside of any namespace.
static void initLessonFiles()
{
    Q_INIT_RESOURCE(bistro_lesson_files);
}

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kQuestionsOfService = 5;
constexpr qsizetype kMostParts = 20;
constexpr qsizetype kMostFaults = 1'000; // of broken lessons: who repairs those sees the rest

// A lesson's folder within the course's.
bool isLessonName(const QString& name)
{
    return isInnerPath(name) && !name.contains(u'/');
}

void readInto(Course& course, CoursePart& part, const QString& id)
{
    auto lesson = readLesson(course.folder + u'/' + id);
    if (!lesson) {
        course.faults += lesson.error().first(
            std::clamp<qsizetype>(kMostFaults - course.faults.size(), 0, lesson.error().size()));
        return;
    }
    part.lessons += id;
    course.lessons += std::move(*lesson);
}

// Names in the order of their own; of numbers, 2 comes before 10 as they are written with two digits.
Course courseOfFolder(const QString& folder)
{
    Course course;
    course.folder = folder;
    course.title = QFileInfo(folder).fileName();
    CoursePart part {.title = course.title, .lessons = {}, .service = {}};
    if (QFileInfo::exists(folder + u"/lesson.md"_s)) { // it is a lesson itself
        course.folder = QFileInfo(folder).path();
        readInto(course, part, QFileInfo(folder).fileName());
    } else {
        const auto folders = foldersOf(folder);
        if (!folders)
            course.faults += {.file = folder, .line = 0, .sentence = folders.error()};
        QStringList names = folders.value_or(QStringList());
        names.removeIf([&](const QString& name) { return !QFileInfo::exists(folder + u'/' + name + u"/lesson.md"_s); });
        if (names.size() > kMostLessons)
            course.faults += {.file = folder,
                .line = 0,
                .sentence = FormatWords::tr("A course has %1 lessons at most.").arg(kMostLessons)};
        for (const QString& name : names.first(std::min<qsizetype>(names.size(), kMostLessons)))
            readInto(course, part, name);
    }
    course.announced = static_cast<int>(course.lessons.size());
    course.parts += part;
    return course;
}

CoursePart readPart(Course& course, const YamlNode& node, QStringList& seen, FaultList& faults)
{
    const LessonFields fields(node, keysof::part, faults);
    CoursePart part {.title = fields.text("title", 60), .lessons = {}, .service = fields.text("service", 60)};
    if (!part.service.isEmpty()) {
        if (const auto wrong = fileFault(course.folder, part.service, FileOf::Course)) {
            fields.fault("service", *wrong);
            part.service.clear();
        }
    }
    const YamlNode* const lessons = fields.isMap() ? fields.find("lessons") : nullptr;
    if (lessons == nullptr)
        return part;
    if (lessons->kind != YamlNode::Kind::List)
        fields.fault("lessons", FormatWords::tr("\"lessons\" needs a list of folders."));
    for (const YamlNode& item : lessons->items) {
        const QString& id = item.text;
        if (!isLessonName(id))
            faults.add(item.line, FormatWords::tr("\"%1\" is not the name of a folder beside course.yaml.").arg(id));
        else if (seen.contains(id))
            faults.add(item.line, FormatWords::tr("The lesson \"%1\" is there twice.").arg(id));
        else if (seen.size() >= kMostLessons)
            faults.add(item.line, FormatWords::tr("A course has %1 lessons at most.").arg(kMostLessons));
        else if (const QFileInfo info(course.folder + u'/' + id); !info.isDir() || info.isSymbolicLink())
            faults.add(item.line, FormatWords::tr("There is no folder \"%1\" beside course.yaml.").arg(id));
        else {
            seen += id;
            readInto(course, part, id);
        }
    }
    return part;
}

void readParts(Course& course, const LessonFields& fields, FaultList& faults)
{
    const YamlNode* const parts = fields.find("parts");
    if (parts == nullptr)
        return;
    if (parts->kind != YamlNode::Kind::List || parts->items.empty()
        || static_cast<qsizetype>(parts->items.size()) > kMostParts) {
        fields.fault("parts", FormatWords::tr("\"parts\" needs a list of 1 to %1 parts.").arg(kMostParts));
        return;
    }
    QStringList seen;
    for (const YamlNode& node : parts->items)
        course.parts += readPart(course, node, seen, faults);
}

Course builtInCourse()
{
    initLessonFiles();
    auto read = readCourse(u":/lessons"_s);
    if (read)
        return std::move(*read);
    Course broken;
    broken.folder = u":/lessons"_s;
    broken.faults = read.error();
    return broken;
}

ServiceQuestion readServiceQuestion(const Course& course, const YamlNode& node, FaultList& faults)
{
    const LessonFields fields(node, keysof::serviceQuestion, faults);
    ServiceQuestion question {.id = fields.text("id", 60), .lesson = fields.text("lesson", 100), .question = {}};
    question.question.sourceLine = node.line;
    if (!fields.isMap())
        return question;
    question.question.text = fields.text("question", 200);
    question.question.because = fields.text("because", 400);
    question.question.what = readOptions(fields).value_or(PredictChoose {});
    if (!question.lesson.isEmpty() && course.lesson(question.lesson) == nullptr) {
        QStringList known;
        for (const Lesson& lesson : course.lessons)
            known += lesson.id;
        fields.fault("lesson",
            FormatWords::tr("There is no lesson \"%1\". ").arg(question.lesson) + allowedOf(question.lesson, known));
    }
    return question;
}

} // namespace

std::expected<Course, QList<LessonFault>> readCourse(const QString& path)
{
    const QString folder = QDir::cleanPath(path);
    const QString file = folder + u"/course.yaml"_s;
    if (!QFileInfo(folder).isDir())
        return std::unexpected(QList {LessonFault {folder, 0, FormatWords::tr("There is no such folder.")}});
    if (!QFileInfo::exists(file)) {
        Course course = courseOfFolder(folder);
        if (course.lessons.isEmpty() && course.faults.isEmpty())
            return std::unexpected(QList {LessonFault {
                folder, 0, FormatWords::tr("There is no lesson here. A lesson is a folder with a file lesson.md.")}});
        return course;
    }
    const auto text = readText(folder, u"course.yaml"_s, FileOf::Course);
    if (!text)
        return std::unexpected(QList {LessonFault {file, 0, text.error()}});
    return readCourseText(folder, *text);
}

std::expected<Course, QList<LessonFault>> readCourseText(const QString& folder, const QByteArray& text)
{
    FaultList faults(folder + u"/course.yaml"_s);
    const auto tree = readYaml(text);
    if (!tree) {
        faults.add(tree.error().line, tree.error().sentence);
        return std::unexpected(faults.all());
    }
    if (const auto newer = newerFormat(*tree)) {
        faults.add(newer->line, newer->sentence);
        return std::unexpected(faults.all());
    }
    const LessonFields fields(*tree, keysof::course, faults);
    if (!fields.isMap())
        return std::unexpected(faults.all());
    Course course;
    course.folder = folder;
    (void)fields.whole("format", 1, kLessonFormat);
    course.title = fields.text("title", 80);
    readParts(course, fields, faults);
    const int written = static_cast<int>(course.lessons.size());
    course.announced = std::max(fields.whole("lessons", 1, kMostLessons).value_or(written), written);
    course.faults = faults.all() + course.faults;
    return course;
}

const Course& course()
{
    static const Course all = builtInCourse();
    return all;
}

std::expected<QList<ServiceQuestion>, QList<LessonFault>> readService(const Course& course, const CoursePart& part)
{
    const auto text = readText(course.folder, part.service, FileOf::Course);
    if (text)
        return readServiceText(course, part, *text);
    return std::unexpected(QList {LessonFault {course.folder + u'/' + part.service, 0, text.error()}});
}

std::expected<QList<ServiceQuestion>, QList<LessonFault>> readServiceText(
    const Course& course, const CoursePart& part, const QByteArray& text)
{
    FaultList faults(course.folder + u'/' + part.service);
    const auto tree = readYaml(text);
    QList<ServiceQuestion> questions;
    if (!tree) {
        faults.add(tree.error().line, tree.error().sentence);
    } else if (const auto newer = newerFormat(*tree)) {
        faults.add(newer->line, newer->sentence);
    } else if (const LessonFields fields(*tree, keysof::service, faults); fields.isMap()) {
        (void)fields.whole("format", 1, kLessonFormat);
        const YamlNode* const list = fields.find("questions");
        if (list != nullptr
            && (list->kind != YamlNode::Kind::List || list->items.size() != std::size_t {kQuestionsOfService}))
            fields.fault("questions", FormatWords::tr("A service has %1 questions.").arg(kQuestionsOfService));
        else if (list != nullptr) {
            for (const YamlNode& node : list->items) {
                ServiceQuestion question = readServiceQuestion(course, node, faults);
                if (std::ranges::contains(questions, question.id, &ServiceQuestion::id))
                    faults.add(node.line, FormatWords::tr("The question \"%1\" is there twice.").arg(question.id));
                questions += std::move(question);
            }
        }
    }
    if (!faults.isEmpty())
        return std::unexpected(faults.all());
    return questions;
}

} // namespace bistro::app
