#include "learning/progress.h"

#include "learning/copies.h"
#include "text/plainfile.h"
#include "workspace/textfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::app {
namespace {

struct ProgressWords {
    Q_DECLARE_TR_FUNCTIONS(ProgressWords)
};

constexpr qint64 kMostBytes = 4 << 20;
constexpr std::array kDays {1, 3, 7}; // until a question comes back, by its stage

QJsonArray sorted(const QSet<int>& numbers)
{
    QList<int> list(numbers.begin(), numbers.end());
    std::ranges::sort(list);
    QJsonArray array;
    for (const int number : list)
        array.append(number);
    return array;
}

QSet<int> numbersOf(const QJsonValue& value)
{
    QSet<int> numbers;
    for (const QJsonValue& each : value.toArray()) {
        if (const int number = each.toInt(-1); number >= 0)
            numbers.insert(number);
    }
    return numbers;
}

QJsonObject jsonOf(const LessonProgress& progress)
{
    QJsonObject object = progress.more;
    object[u"screen"_s] = progress.screen;
    object[u"read"_s] = sorted(progress.read);
    QJsonObject guessed;
    for (auto each = progress.guessed.begin(); each != progress.guessed.end(); ++each)
        guessed[QString::number(each.key())] = each.value();
    object[u"guessed"_s] = guessed;
    object[u"hints"_s] = sorted(progress.hints);
    object[u"done"_s] = progress.done;
    return object;
}

LessonProgress lessonOf(QJsonObject object)
{
    LessonProgress progress;
    progress.screen = std::max(object.take(u"screen"_s).toInt(), 0);
    progress.read = numbersOf(object.take(u"read"_s));
    const QJsonObject guessed = object.take(u"guessed"_s).toObject();
    for (auto each = guessed.begin(); each != guessed.end(); ++each) {
        bool number = false;
        const int screen = each.key().toInt(&number);
        if (number)
            progress.guessed.insert(screen, each.value().toBool());
    }
    progress.hints = numbersOf(object.take(u"hints"_s));
    progress.done = object.take(u"done"_s).toBool();
    progress.more = object;
    return progress;
}

QJsonObject jsonOf(const ServiceProgress& progress)
{
    QJsonObject object = progress.more;
    object[u"stage"_s] = progress.stage;
    object[u"due"_s] = progress.due.toString(Qt::ISODate);
    object[u"firstTry"_s] = progress.firstTry;
    if (!progress.answer.isEmpty())
        object[u"answer"_s] = progress.answer;
    return object;
}

ServiceProgress serviceOf(QJsonObject object)
{
    ServiceProgress progress;
    progress.stage = std::clamp(object.take(u"stage"_s).toInt(), 0, kKnownStage);
    progress.due = QDate::fromString(object.take(u"due"_s).toString(), Qt::ISODate);
    progress.firstTry = object.take(u"firstTry"_s).toBool();
    progress.answer = object.take(u"answer"_s).toString();
    progress.more = object;
    return progress;
}

// Qt takes a key that ends with NUL for the one without it.
bool hasNulInKeys(const QJsonValue& value)
{
    if (value.isArray())
        return std::ranges::any_of(value.toArray(), [](const QJsonValue& each) { return hasNulInKeys(each); });
    const QJsonObject object = value.toObject();
    for (auto each = object.begin(); each != object.end(); ++each) {
        if (each.key().contains(QChar(0)) || hasNulInKeys(each.value()))
            return true;
    }
    return false;
}

struct Read {
    QJsonObject object;
    QString error;
};

// What is no JSON of ours is set aside, for somebody to look at.
Read readOrSetAside(const QString& path)
{
    if (!QFileInfo::exists(path))
        return {};
    const QByteArray bytes = plainFile(path, kMostBytes + 1).value_or(QByteArray());
    QJsonParseError fault;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &fault);
    if (document.isObject() && bytes.size() <= kMostBytes && !hasNulInKeys(document.object()))
        return {.object = document.object(), .error = {}};
    const QString aside = path + u".broken"_s;
    QFile::remove(aside);
    if (!QFile::rename(path, aside))
        return {.object = {},
            .error = ProgressWords::tr("Bistro can't read your progress in %1. Check the file's permissions.")
                .arg(path)};
    return {.object = {},
        .error = ProgressWords::tr("Bistro can't read your progress, so it begins anew. The old file is %1.")
            .arg(aside)};
}

} // namespace

Progress Progress::load(const QString& courseFolder)
{
    Progress progress;
    progress.m_file = keptFolder(courseFolder) + u"/progress.json"_s;
    auto [object, error] = readOrSetAside(progress.m_file);
    progress.m_error = error;
    progress.m_last = object.take(u"last"_s).toString();
    const QJsonObject lessons = object.take(u"lessons"_s).toObject();
    for (auto each = lessons.begin(); each != lessons.end(); ++each)
        progress.m_lessons.insert(each.key(), lessonOf(each.value().toObject()));
    const QJsonObject services = object.take(u"services"_s).toObject();
    for (auto each = services.begin(); each != services.end(); ++each)
        progress.m_services.insert(each.key(), serviceOf(each.value().toObject()));
    progress.m_more = object;
    return progress;
}

const LessonProgress& Progress::lesson(const QString& id) const
{
    static const LessonProgress none;
    const auto found = m_lessons.constFind(id);
    return found == m_lessons.constEnd() ? none : *found;
}

std::expected<void, QString> Progress::setLesson(const QString& id, const LessonProgress& progress)
{
    if (m_lessons.contains(id) && m_lessons[id] == progress)
        return {};
    m_lessons[id] = progress;
    m_changedLessons.insert(id);
    return write();
}

std::expected<void, QString> Progress::setLastLesson(const QString& id)
{
    if (m_last == id)
        return {};
    m_last = id;
    return write();
}

int Progress::done() const
{
    return static_cast<int>(std::ranges::count_if(m_lessons, &LessonProgress::done));
}

const ServiceProgress& Progress::service(const QString& question) const
{
    static const ServiceProgress none;
    const auto found = m_services.constFind(question);
    return found == m_services.constEnd() ? none : *found;
}

std::expected<void, QString> Progress::answered(
    const QString& question, bool right, const QDate& today, const QString& answer)
{
    ServiceProgress after = afterAnswer(service(question), right, today);
    after.answer = answer;
    m_services[question] = after;
    m_changedServices.insert(question);
    return write();
}

QStringList Progress::due(const QDate& today) const
{
    QStringList questions;
    for (auto each = m_services.begin(); each != m_services.end(); ++each) {
        if (each->stage < kKnownStage && each->due.isValid() && each->due <= today)
            questions.append(each.key());
    }
    std::ranges::sort(questions, {}, [this](const QString& id) { return std::pair(m_services[id].due, id); });
    return questions;
}

// What this window has not changed, another one may have: of that the file knows better.
std::expected<void, QString> Progress::write()
{
    const auto failed = [](const QString& why) {
        return std::unexpected(ProgressWords::tr("Bistro can't keep your progress. %1").arg(why));
    };
    if (!QDir().mkpath(QFileInfo(m_file).absolutePath()))
        return failed(ProgressWords::tr("It can't make the folder %1.").arg(QFileInfo(m_file).absolutePath()));
    QLockFile lock(m_file + u".lock"_s);
    lock.tryLock(100ms); // without it, of two windows at once one may lose a step: better than to wait
    QJsonObject object = readOrSetAside(m_file).object;
    for (auto each = m_more.begin(); each != m_more.end(); ++each)
        object.insert(each.key(), each.value());
    if (!object.contains(u"format"_s))
        object[u"format"_s] = 1;
    object[u"last"_s] = m_last;

    QJsonObject lessons = object[u"lessons"_s].toObject();
    for (auto each = m_lessons.begin(); each != m_lessons.end(); ++each) {
        if (m_changedLessons.contains(each.key()) || !lessons.contains(each.key()))
            lessons[each.key()] = jsonOf(*each);
    }
    object[u"lessons"_s] = lessons;
    QJsonObject services = object[u"services"_s].toObject();
    for (auto each = m_services.begin(); each != m_services.end(); ++each) {
        if (m_changedServices.contains(each.key()) || !services.contains(each.key()))
            services[each.key()] = jsonOf(*each);
    }
    object[u"services"_s] = services;
    QByteArray bytes = QJsonDocument(object).toJson();
    if (bytes.size() > kMostBytes) // blanks that nobody needs to read it again
        bytes = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (bytes.size() > kMostBytes) // the next start would not read it
        return failed(ProgressWords::tr("The file %1 would be too large. Make it shorter, or remove it.").arg(m_file));
    if (const auto written = writeWhole(m_file, bytes); !written)
        return failed(written.error());
    return {};
}

ServiceProgress afterAnswer(const ServiceProgress& before, bool right, const QDate& today)
{
    ServiceProgress after = before;
    const bool first = !before.due.isValid();
    if (first)
        after.firstTry = right;
    if (!right)
        after.stage = 0;
    else if (first)
        after.stage = kKnownStage;
    else if (before.stage < kKnownStage && today >= before.due)
        ++after.stage;
    else
        return after; // known, or asked again before its day: that proves nothing yet
    const auto stage = static_cast<std::size_t>(after.stage);
    after.due = after.stage < kKnownStage ? today.addDays(kDays[stage]) : today;
    return after;
}

} // namespace bistro::app
