#include "session/runsummary.h"

#include "process/recording.h"
#include "trace/reader.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <csignal>
#include <cstring>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

constexpr std::size_t kHead = 256; // events within which node has found the program

QString tr(const char* text)
{
    return QCoreApplication::translate("RunSummary", text);
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

// `entry` is the program's file; `arguments` the command line, a JSON array: of code that has no file, the words of
// node say what it was.
QString nameOf(std::string_view entry, std::string_view arguments)
{
    if (!entry.empty())
        return QFileInfo(textOf(entry)).fileName();
    const QJsonArray words
        = QJsonDocument::fromJson(QByteArray(arguments.data(), static_cast<qsizetype>(arguments.size()))).array();
    for (const QJsonValue& word : words) {
        if (const QString text = word.toString(); !text.startsWith(u'-'))
            return QFileInfo(text.section(u'\n', 0, 0)).fileName().left(60);
    }
    return {};
}

QDateTime localTime(std::uint64_t nanoseconds)
{
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(nanoseconds / 1'000'000));
}

} // namespace

std::optional<RunSummary> summaryOf(const QString& file)
{
    const std::filesystem::path path = QFile::encodeName(file).toStdString();
    const auto reader = trace::Reader::open(path, kHead);
    if (!reader)
        return {};
    RunSummary run;
    run.started = localTime(reader->wallStart());
    run.events = reader->published();
    run.running = isBeingRecorded(path);
    std::string_view entry;
    std::string_view arguments;
    for (std::uint32_t i = 0; i < reader->size() && entry.empty(); ++i) {
        const trace::Record event = reader->event({i});
        if (event.kind == trace::EventKind::RunStarted)
            arguments = reader->text({event.b});
        else if (event.kind == trace::EventKind::EntryFound)
            entry = reader->text({event.a});
    }
    run.program = nameOf(entry, arguments);
    const auto last = trace::lastRecord(path);
    if (!last)
        return run;
    run.duration = std::chrono::nanoseconds(last->time);
    const auto before = trace::lastRecord(path, 1);
    run.recordingEnded = last->kind == trace::EventKind::RecordingEnded
        || (before && before->kind == trace::EventKind::RecordingEnded);
    if (last->kind != trace::EventKind::RunEnded)
        return run;
    run.code = static_cast<int>(last->a);
    switch (static_cast<trace::EndKind>(last->small)) {
    case trace::EndKind::ExitCode: run.end = RunSummary::End::Exit; break;
    case trace::EndKind::Signal: run.end = RunSummary::End::Signal; break;
    case trace::EndKind::Stopped: run.end = RunSummary::End::Stopped; break;
    }
    return run;
}

QString endingOf(const RunSummary& run)
{
    switch (run.end) {
    case RunSummary::End::Exit: return run.code == 0 ? tr("ended") : tr("exit code %1").arg(run.code);
    case RunSummary::End::Stopped: return tr("stopped by you");
    case RunSummary::End::Signal:
        if (const char* const name = sigabbrev_np(run.code))
            return tr("crashed: SIG%1").arg(QLatin1StringView(name));
        return tr("crashed: signal %1").arg(run.code);
    case RunSummary::End::None: return run.running ? tr("still running") : tr("end not recorded");
    }
    Q_UNREACHABLE_RETURN({});
}

QString momentText(const QDateTime& moment, const QDateTime& now)
{
    const QLocale locale;
    const QString format = locale.timeFormat(QLocale::ShortFormat)
                               .remove(u":ss"_s); // which some locales have even in this one
    const QString time = locale.toString(moment.time(), format);
    const qint64 days = moment.date().daysTo(now.date());
    if (days == 0)
        return tr("today %1").arg(time);
    if (days == 1)
        return tr("yesterday %1").arg(time);
    return tr("%1 %2").arg(locale.toString(moment.date(), QLocale::ShortFormat), time);
}

QString programOf(const TraceLog& log)
{
    return nameOf(log.entryFile(), log.arguments());
}

QDateTime startOf(const TraceLog& log)
{
    return localTime(log.wallStart());
}

} // namespace bistro::app
