#include "session/runsummary.h"

#include "process/recording.h"
#include "trace/reader.h"
#include "trace/views.h"

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

namespace events = trace::events;

constexpr std::size_t kHead = 256; // events within which node has found the program

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RunSummary)
};

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
        if (trace::is<events::RunStarted>(event))
            arguments = reader->text(trace::as<events::RunStarted>(event).arguments);
        else if (trace::is<events::EntryFound>(event))
            entry = reader->text(trace::as<events::EntryFound>(event).file);
    }
    run.program = nameOf(entry, arguments);
    run.file = textOf(entry);
    const auto last = trace::lastRecord(path);
    if (!last)
        return run;
    run.duration = std::chrono::nanoseconds(last->time);
    const auto before = trace::lastRecord(path, 1);
    run.recordingEnded = trace::is<events::RecordingEnded>(*last)
        || (before && trace::is<events::RecordingEnded>(*before));
    if (!trace::is<events::RunEnded>(*last))
        return run;
    const auto end = trace::as<events::RunEnded>(*last);
    run.code = static_cast<int>(end.code);
    switch (end.end) {
    case trace::EndKind::ExitCode: run.end = RunSummary::End::Exit; break;
    case trace::EndKind::Signal: run.end = RunSummary::End::Signal; break;
    case trace::EndKind::Stopped: run.end = RunSummary::End::Stopped; break;
    }
    return run;
}

QString endingOf(const RunSummary& run)
{
    switch (run.end) {
    case RunSummary::End::Exit: return run.code == 0 ? Words::tr("ended") : Words::tr("exit code %1").arg(run.code);
    case RunSummary::End::Stopped: return Words::tr("stopped");
    case RunSummary::End::Signal:
        if (const char* const name = sigabbrev_np(run.code))
            return Words::tr("crashed: SIG%1").arg(QLatin1StringView(name));
        return Words::tr("crashed: signal %1").arg(run.code);
    case RunSummary::End::None: return run.running ? Words::tr("still running") : Words::tr("end not recorded");
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
        return Words::tr("today %1").arg(time);
    if (days == 1)
        return Words::tr("yesterday %1").arg(time);
    return Words::tr("%1 %2").arg(locale.toString(moment.date(), QLocale::ShortFormat), time);
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
