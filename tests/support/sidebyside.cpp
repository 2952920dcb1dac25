#include "sidebyside.h"

#include "confine/enclosing.h"
#include "process/engineprocess.h"
#include "state/check.h"
#include "trace/reader.h"

#include <QScopeGuard>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <map>

using namespace bistro::app;
using namespace bistro::trace;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::test {
namespace {

constexpr auto kPatience = 60s;

std::expected<Outcome, QString> outcomeOf(
    const std::filesystem::path& executable, const test::Start& start, std::optional<Recording> recording)
{
    std::map<QByteArray, std::optional<QByteArray>> before;
    for (const auto& [name, value] : start.environment) {
        before.try_emplace(name, qEnvironmentVariableIsSet(name) ? std::optional(qgetenv(name)) : std::nullopt);
        qputenv(name, value);
    }
    const auto restore = qScopeGuard([&before] {
        for (const auto& [name, value] : before)
            value ? qputenv(name, *value) : qunsetenv(name);
    });
    Outcome outcome;
    EngineProcess process;
    QObject::connect(
        &process, &EngineProcess::outputArrived, [&](const QByteArray& bytes) { outcome.output += bytes; });
    QObject::connect(
        &process, &EngineProcess::errorOutputArrived, [&](const QByteArray& bytes) { outcome.errorOutput += bytes; });
    // As bistro run does it: the engine with lines, and within walls, which make no difference either.
    LaunchBuilder builder(executable);
    builder.with(start.arguments).in(start.directory.toStdString()).withLines();
    if (recording) {
        std::vector<std::string> given;
        for (const auto& [name, value] : start.environment)
            given.push_back((name + '=' + value).toStdString());
        const std::filesystem::path folder = start.directory.toStdString(); // programs have fixtures beside it
        auto enclosed = enclose({.place = {.file = {}, .current = folder},
            .engine = executable,
            .executable = executable,
            .given = std::move(given),
            .once = {{.kind = PermissionKind::Read, .host = {}, .path = folder.parent_path()}}});
        if (!enclosed)
            return std::unexpected(QString::fromStdString(enclosed.error()));
        builder.within(std::move(enclosed->enclosure));
    }
    Launch launch = builder.build().value();
    launch.recording = std::move(recording);
    process.start(std::move(launch));
    process.write(start.input);
    process.closeInput();
    if (!QTest::qWaitFor([&] { return process.isOver(); }, QDeadlineTimer(kPatience)))
        return std::unexpected(
            u"%1 does not come to an end. It printed:\n%2%3"_s.arg(QString::fromStdString(executable.string()),
                QString::fromUtf8(outcome.output), QString::fromUtf8(outcome.errorOutput)));
    if (const auto* const failed = std::get_if<EngineProcess::Failed>(&process.state())) {
        if (failed->signal == 0)
            return std::unexpected(failed->sentence);
        outcome.exit.signal = failed->signal;
    } else {
        outcome.exit.code = std::get<EngineProcess::Finished>(process.state()).code;
    }
    return normalised(std::move(outcome));
}

} // namespace

SideBySide::SideBySide(std::filesystem::path node, std::filesystem::path engine)
    : m_node(std::move(node))
    , m_engine(std::move(engine))
{
}

std::filesystem::path SideBySide::trace() const
{
    return m_folder.filePath(u"run.bistro"_s).toStdString();
}

std::expected<Outcome, QString> SideBySide::underNode(const test::Start& start) const
{
    return outcomeOf(m_node, start, {});
}

std::expected<Outcome, QString> SideBySide::recorded(const test::Start& start) const
{
    std::error_code none;
    std::filesystem::remove(trace(), none); // what is found there afterwards is this run's
    auto recording = Recording::named(trace());
    if (!recording)
        return std::unexpected(QString::fromStdString(recording.error()));
    return outcomeOf(m_engine, start, std::move(*recording));
}

QString SideBySide::faultOfTrace() const
{
    return test::faultOfTrace(trace());
}

QString faultOfTrace(const std::filesystem::path& trace)
{
    const auto reader = Reader::open(trace);
    if (!reader)
        return QString::fromStdString(reader.error().sentence);
    if (reader->damage())
        return QString::fromStdString(reader->damage()->sentence);
    if (reader->size() < 2)
        return u"The trace has fewer than two events."_s;
    if (schemaOf(reader->event({0}).kind).name != "run-started")
        return u"The trace does not begin with the run's start."_s;
    if (schemaOf(reader->event({reader->size() - 1}).kind).name != "run-ended")
        return u"The trace does not end with the run's end."_s;
    if (const app::LawReport report = app::checkLaw(*reader); !report.holds())
        return u"The law does not hold: at event %1, %2."_s.arg(report.violations[0].at)
            .arg(QString::fromStdString(app::describe(report.violations[0])));
    return {};
}

Outcome inAnyOrder(Outcome outcome)
{
    for (QByteArray* const bytes : {&outcome.output, &outcome.errorOutput}) {
        auto lines = bytes->split('\n');
        std::ranges::sort(lines);
        *bytes = lines.join('\n');
    }
    return outcome;
}

QByteArray signalName(const Exit& exit)
{
    return exit.signal == 0 ? QByteArray() : QByteArray("SIG") + sigabbrev_np(exit.signal);
}

} // namespace bistro::test
