#include "commands/lessoncommands.h"

#include "checks/checker.h"
#include "checks/programrun.h"
#include "commands/complaints.h"
#include "lesson/lessonreader.h"
#include "process/output.h"
#include "process/spawn.h"
#include "process/temporaryfolder.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

struct LessonRunWords {
    Q_DECLARE_TR_FUNCTIONS(LessonRun)
};

// A lesson's folder, else one of the course: by its name, or by its number.
std::expected<Lesson, QString> lessonNamed(const QString& name)
{
    const QString folder = QDir::cleanPath(QDir().absoluteFilePath(name));
    if (QFile::exists(folder + u"/lesson.md"_s)) {
        auto lesson = readLesson(folder);
        return lesson ? std::expected<Lesson, QString>(*std::move(lesson))
                      : std::unexpected(faultText(lesson.error().first()));
    }
    bool isNumber = false;
    const int number = name.toInt(&isNumber);
    for (const Lesson& lesson : course().lessons) {
        if (lesson.id == name || (isNumber && !lesson.number().isEmpty() && lesson.number().toInt() == number))
            return lesson;
    }
    return std::unexpected(
        LessonRunWords::tr("There is no lesson “%1”. To see their names, type: bistro lesson list").arg(name));
}

void tell(Output& out, const CheckAnswer& answer)
{
    const QString sentence = answer.state == CheckAnswer::State::Right ? LessonRunWords::tr("Right: %1")
        : answer.state == CheckAnswer::State::NotYet                   ? LessonRunWords::tr("Not yet: %1")
                                                                       : LessonRunWords::tr("Not known: %1");
    const QString run = answer.runName.isEmpty() ? QString() : u" ("_s + answer.runName + u')';
    out.buffer() += printable(sentence.arg(answer.sentence) + run).toStdString() + '\n';
}

// The learner's own program where one stands in a lesson's copy, else the lesson's start in a folder of its own.
std::expected<QString, QString> programFolder(const Lesson& lesson, const TemporaryFolder& work)
{
    if (QFile::exists(QDir::current().filePath(lesson.mainFile)))
        return QDir::currentPath();
    const QString folder = work.filePath(u"program"_s);
    return layOut(lesson, lesson.startFolder(), folder).transform([&] { return folder; });
}

} // namespace

int lessonRun(const LessonRunCommand& command)
{
    const auto engine = findEngine();
    if (!engine)
        return complain(engine.error());
    const auto lesson = lessonNamed(QString::fromStdString(command.lesson));
    if (!lesson)
        return complain(lesson.error().toStdString());
    const auto work = TemporaryFolder::make(*engine);
    if (!work)
        return complain(work.error());
    const auto folder = programFolder(*lesson, *work);
    if (!folder)
        return complain(folder.error().toStdString());

    RunPlan plan = planOf(*lesson, lesson->check.run);
    plan.engine = *engine;
    plan.executable = *engine;
    plan.folder = *folder;
    plan.trace = work->filePath(u"run.bistro"_s);
    plan.patience = Checker::kPatience;
    plan.mostOutput = Checker::kMostOutput;
    ProgramRun run;
    QEventLoop loop;
    QObject::connect(&run, &ProgramRun::finished, &loop, &QEventLoop::quit);
    run.start(plan);
    loop.exec();
    if (!run.error().isEmpty())
        return complain(run.error().toStdString());
    Output out;
    out.buffer() += run.run().output.toStdString() + run.run().errorOutput.toStdString() + '\n';

    Checker checker(*engine);
    QObject::connect(&checker, &Checker::changed, &loop, [&] {
        if (checker.report().isOver())
            loop.quit();
    });
    checker.check(*lesson, *folder, run.run());
    if (!checker.report().isOver())
        loop.exec();
    out.buffer() += printable(lesson->check.task).toStdString() + '\n';
    for (const CheckAnswer& answer : checker.report().answers)
        tell(out, answer);
    const int written = out.finish();
    return written != kSuccess ? written : checker.report().allRight() ? kSuccess : kFailure;
}

} // namespace bistro::app
