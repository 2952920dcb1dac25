#include "checks/scriptcheck.h"

#include "state/loopevents.h"
#include "trace/reader.h"
#include "trace/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

constexpr std::size_t kMostLines = std::size_t {256} << 20; // bytes

std::string linesOfTrace(const TraceLog& log)
{
    std::string lines;
    trace::Execution execution;
    for (const Index i : eventsFrom(log, 0)) {
        if (lines.size() >= kMostLines)
            break;
        const trace::Record event = log.event(i);
        trace::appendJson(lines, log.reader(), {i}, event, execution.advance(event));
        lines += '\n';
    }
    return lines;
}

bool write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
}

std::optional<QJsonObject> objectIn(const QByteArray& output)
{
    const QList<QByteArray> lines = output.trimmed().split('\n');
    for (const QByteArray& text : {output, lines.last()}) {
        const auto document = QJsonDocument::fromJson(text);
        if (document.isObject())
            return document.object();
    }
    return {};
}

} // namespace

std::expected<RunPlan, QString> scriptPlan(
    const expect::Script& what, const Lesson& lesson, const FinishedRun& run, const QString& folder)
{
    const QString name = QFileInfo(what.file).fileName();
    const QDir there(folder);
    QFile source(QDir(lesson.folder).filePath(what.file));
    if (!source.open(QIODevice::ReadOnly))
        return std::unexpected(CheckWords::tr("the lesson has no file %1.").arg(what.file));
    const bool written = there.mkpath(u"."_s) && write(there.filePath(name), source.readAll())
        && write(there.filePath(u"trace.jsonl"_s), QByteArray::fromStdString(linesOfTrace(*run.log)))
        && write(there.filePath(u"output.txt"_s), run.output);
    if (!written)
        return std::unexpected(CheckWords::tr("Bistro can't write the files for %1.").arg(name));
    return RunPlan {.folder = folder, .file = name, .arguments = {u"trace.jsonl"_s, u"output.txt"_s}};
}

CheckAnswer scriptAnswer(const Look& at, const FinishedRun& script)
{
    const QString name = std::get<expect::Script>(at.expectation.what).file;
    if (script.stopped)
        return unknownAnswer(at, CheckWords::tr("the script %1 does not end.").arg(name));
    if (script.exitCode != 0 || script.signal != 0) {
        const QStringList said = linesOf(script.errorOutput);
        const auto error = std::ranges::find_if(said, [](const QString& line) { return line.contains("Error"_L1); });
        return unknownAnswer(at,
            CheckWords::tr("the script %1 failed: %2.")
                .arg(name, error == said.end() ? QString::number(script.exitCode) : *error));
    }
    const auto object = objectIn(script.output);
    if (!object)
        return unknownAnswer(at, CheckWords::tr("the script %1 did not print one object of JSON.").arg(name));
    if (!object->value("right"_L1).isBool() || !object->value("sentence"_L1).isString())
        return unknownAnswer(at, CheckWords::tr("the script %1 must answer \"right\" and \"sentence\".").arg(name));
    const bool right = object->value("right"_L1).toBool();
    const QString sentence = object->value("sentence"_L1).toString().left(500);
    Evidence evidence {.right = sentence, .notYet = sentence};
    if (const QString show = object->value("show"_L1).toString(); !show.isEmpty()) {
        const auto moment = parseMoment(show);
        if (!moment)
            return unknownAnswer(at, CheckWords::tr("the script %1 names no moment: %2").arg(name, moment.error()));
        evidence.moment = findMoment(at.log(), *moment);
    }
    return answerOf(at, right, evidence);
}

} // namespace bistro::app
