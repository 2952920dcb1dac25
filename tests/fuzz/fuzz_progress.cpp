// Any bytes as the file of a learner's progress: read, changed as the window does it, and read again.
//
// An input that begins with "=" is two files, at a line "=": the second one is what another window writes meanwhile.
#include "fuzzing.h"

#include "learning/progress.h"

#include <QJsonDocument>

#include <cstdint>
#include <cstdlib>
#include <memory>

using namespace Qt::StringLiterals;
using namespace bistro::app;
using bistro::fuzz::bytesOf;
using bistro::fuzz::put;
using bistro::fuzz::require;

namespace {

const QString kCourse = u":/lessons"_s;
const QString kLesson = u"04-what-blocks-the-waiter"_s;
const QString kQuestion = u"what-is-node/2"_s;

struct Seen {
    QHash<QString, LessonProgress> lessons;
    QHash<QString, ServiceProgress> services;

    bool operator==(const Seen&) const = default;
};

QStringList namesIn(const QByteArray& json, const QString& key)
{
    return QJsonDocument::fromJson(json).object()[key].toObject().keys();
}

Seen seen(const Progress& progress, const QByteArray& json)
{
    Seen all;
    for (const QString& id : namesIn(json, u"lessons"_s)) {
        const LessonProgress& lesson = all.lessons[id] = progress.lesson(id);
        require(lesson.screen >= 0);
        for (const QSet<int>* const numbers : {&lesson.read, &lesson.hints})
            require(std::ranges::all_of(*numbers, [](int number) { return number >= 0; }));
    }
    for (const QString& id : namesIn(json, u"services"_s)) {
        const ServiceProgress& service = all.services[id] = progress.service(id);
        require(service.stage >= 0 && service.stage <= kKnownStage);
    }
    return all;
}

void readAndChange(const QString& file, const QByteArray& bytes, const QByteArray* meanwhile)
{
    const QDate today(2026, 11, 30);
    put(file, bytes);
    QFile::remove(file + u".broken"_s);
    Progress progress = Progress::load(kCourse);
    const bool isBroken = !progress.error().isEmpty();
    require(isBroken == (bytesOf(file + u".broken"_s) == bytes && !QFile::exists(file)));
    const Seen before = seen(progress, bytes);
    require(progress.done() <= before.lessons.size());
    for (const QString& question : progress.due(today))
        require(progress.service(question).due <= today);
    if (meanwhile)
        put(file, *meanwhile);

    LessonProgress lesson = progress.lesson(kLesson);
    lesson.read.insert(lesson.screen);
    lesson.done = !lesson.done;
    require(progress.setLesson(kLesson, lesson).has_value());
    require(progress.setLastLesson(kLesson + u'x').has_value());
    const bool right = bytes.size() % 2 == 0; // each write takes as long as a thousand inputs that are only read
    require(progress.answered(kQuestion, right, today.addDays(right ? 40 : 0), u"an answer"_s).has_value());

    const QByteArray written = bytesOf(file);
    const Progress again = Progress::load(kCourse);
    require(again.error().isEmpty() && again.lastLesson() == kLesson + u'x' && again.lesson(kLesson) == lesson
        && again.service(kQuestion) == progress.service(kQuestion));
    if (meanwhile)
        return; // of what is not ours the other window has said something else
    Seen after = seen(again, written);
    after.lessons.remove(kLesson);
    after.services.remove(kQuestion);
    Seen kept = before;
    kept.lessons.remove(kLesson);
    kept.services.remove(kQuestion);
    require(isBroken || after == kept);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const QString file = [] {
        static const bistro::fuzz::Ground ground;
        qputenv("XDG_DATA_HOME", ground.path().toUtf8());
        const Progress progress = Progress::load(kCourse);
        QDir().mkpath(QFileInfo(progress.file()).path());
        return progress.file();
    }();
    const QByteArray bytes(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    if (!bytes.startsWith('=')) {
        readAndChange(file, bytes, nullptr);
        return 0;
    }
    const qsizetype at = std::max<qsizetype>(1, bytes.indexOf("\n=\n"));
    const QByteArray meanwhile = bytes.sliced(std::min(at + 3, bytes.size()));
    readAndChange(file, bytes.sliced(1, at - 1), &meanwhile);
    return 0;
}
