#include "commands/lessoncommands.h"

#include "checks/lessonproof.h"
#include "commands/complaints.h"
#include "lesson/lessonreader.h"
#include "lesson/nodedocs.h"
#include "process/output.h"
#include "process/spawn.h"

#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QStandardPaths>

#include <algorithm>
#include <memory>
#include <vector>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

constexpr std::size_t kAtOnce = 2; // lessons that are proved at the same time

struct LessonCheckWords {
    Q_DECLARE_TR_FUNCTIONS(LessonCheck)
};

// What was read, and what is wrong with it so far.
struct ReadLessons {
    QList<Lesson> lessons;
    QList<LessonFault> faults;
};

void addCourse(const Course& course, ReadLessons& read)
{
    read.lessons += course.lessons;
    read.faults += course.faults;
    for (const CoursePart& part : course.parts) {
        if (part.service.isEmpty())
            continue;
        if (const auto service = readService(course, part); !service)
            read.faults += service.error();
    }
}

void addFolder(const QString& folder, ReadLessons& read)
{
    if (QFile::exists(folder + u"/lesson.md"_s)) {
        if (auto lesson = readLesson(folder))
            read.lessons += *std::move(lesson);
        else
            read.faults += lesson.error();
        return;
    }
    if (const auto course = readCourse(folder))
        addCourse(*course, read);
    else
        read.faults += course.error();
}

ReadLessons readAll(const LessonCheckCommand& command)
{
    ReadLessons read;
    if (command.folders.empty())
        addCourse(course(), read);
    for (const std::filesystem::path& folder : command.folders)
        addFolder(QDir::cleanPath(QDir().absoluteFilePath(QFile::decodeName(folder.c_str()))), read);
    return read;
}

void tell(Output& out, const QString& line)
{
    out.buffer() += printable(line).toStdString() + '\n';
    out.flushIfLarge();
}

void tellFaults(Output& out, const QList<LessonFault>& faults)
{
    for (const LessonFault& fault : faults)
        tell(out, faultText(fault));
}

QString countsOf(const Lesson& lesson)
{
    int questions = 0;
    for (const Screen& screen : lesson.screens)
        questions += screen.question ? 1 : 0;
    return LessonCheckWords::tr("%n answers", nullptr, static_cast<int>(lesson.answers.size())) + u", "_s
        + LessonCheckWords::tr("%n wrong answers", nullptr, static_cast<int>(lesson.wrong.size())) + u", "_s
        + LessonCheckWords::tr("%n questions", nullptr, questions);
}

bool linksToNodeDocs(const Lesson& lesson)
{
    return std::ranges::any_of(lesson.screens, [](const Screen& screen) {
        return std::ranges::any_of(
            screen.links, [](const ScreenLink& link) { return link.to.kind == LessonLink::Kind::Api; });
    });
}

// Proves them, kAtOnce at a time; tells each when it and those before it are done.
qsizetype prove(Output& out, const QList<Lesson>& lessons, const std::filesystem::path& engine)
{
    const auto stock = QFile::encodeName(QStandardPaths::findExecutable(u"node"_s)).toStdString();
    std::vector<std::unique_ptr<LessonProof>> proofs;
    for (const Lesson& lesson : lessons)
        proofs.push_back(std::make_unique<LessonProof>(lesson, engine, stock));
    QEventLoop loop;
    std::size_t started = 0;
    std::size_t over = 0;
    const auto startNext = [&] {
        if (started < proofs.size())
            proofs[started++]->start();
    };
    for (const auto& proof : proofs) {
        QObject::connect(proof.get(), &LessonProof::finished, &loop, [&] {
            startNext();
            if (++over == proofs.size())
                loop.quit();
        });
    }
    for (std::size_t i = 0; i < kAtOnce; ++i)
        startNext();
    if (!proofs.empty())
        loop.exec();
    qsizetype faults = 0;
    for (const auto& proof : proofs) {
        const bool fine = proof->faults().isEmpty();
        tell(out,
            (fine ? LessonCheckWords::tr("%1: fine (%2)") : LessonCheckWords::tr("%1: not fine (%2)"))
                .arg(proof->lesson().id, countsOf(proof->lesson())));
        tellFaults(out, proof->faults());
        faults += proof->faults().size();
    }
    if (stock.empty() && !proofs.empty())
        tell(out, LessonCheckWords::tr("There is no node in PATH, so nothing was compared with it."));
    if (!hasNodeDocs() && std::ranges::any_of(lessons, linksToNodeDocs))
        tell(out,
            LessonCheckWords::tr("Node's documentation is not installed, so links to it were not checked. "
                                 "Install Debian's package nodejs-doc."));
    return faults;
}

} // namespace

int lessonCheck(const LessonCheckCommand& command)
{
    const auto engine = findEngine();
    if (!engine)
        return complain(engine.error());
    const ReadLessons read = readAll(command);
    Output out;
    tellFaults(out, read.faults);
    const qsizetype faults = read.faults.size() + prove(out, read.lessons, *engine);
    if (read.lessons.isEmpty() && faults == 0)
        return complain(said(LessonCheckWords::tr("There is no lesson to check.")));
    tell(out, LessonCheckWords::tr("%n lessons were checked.", nullptr, static_cast<int>(read.lessons.size())));
    const int written = out.finish();
    return written != kSuccess ? written : faults == 0 ? kSuccess : kFailure;
}

} // namespace bistro::app
