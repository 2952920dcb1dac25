#include "commands/commands.h"

#include "commands/comparison.h"
#include "commands/complaints.h"
#include "commands/enclosedlaunch.h"
#include "commands/entry.h"
#include "commands/reachedlimit.h"
#include "process/engineprocess.h"
#include "process/output.h"
#include "process/temporaryfolder.h"
#include "text/catalogue.h"
#include "text/locale.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <cerrno>
#include <cstdlib>
#include <ranges>
#include <system_error>
#include <unistd.h>

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRuns = 3;

// As a shell finds it: a name with a slash is a path, another is looked for in PATH.
std::expected<fs::path, std::string> findInPath(const std::string& name)
{
    if (name.contains('/')) {
        if (access(name.c_str(), X_OK) == 0)
            return fs::absolute(name);
        return std::unexpected(
            said(Complaints::tr("Bistro can't start \"%1\": %2."), name, std::generic_category().message(errno)));
    }
    const char* const path = std::getenv("PATH");
    for (const auto folder : std::views::split(std::string_view(path ? path : ""), ':')) {
        const fs::path candidate = fs::path(std::string_view(folder)) / name;
        std::error_code error;
        if (access(candidate.c_str(), X_OK) == 0 && fs::is_regular_file(candidate, error))
            return candidate;
    }
    return std::unexpected(said(
        Complaints::tr("There is no \"%1\" in PATH to compare with. Install Node, or say where it is: --node PATH"),
        name));
}

std::expected<Outcome, std::string> outcomeOf(Launch launch)
{
    Outcome outcome;
    EngineProcess process;
    QEventLoop loop;
    QObject::connect(
        &process, &EngineProcess::outputArrived, [&](const QByteArray& bytes) { outcome.output += bytes; });
    QObject::connect(
        &process, &EngineProcess::errorOutputArrived, [&](const QByteArray& bytes) { outcome.errorOutput += bytes; });
    QObject::connect(&process, &EngineProcess::stateChanged, [&] {
        if (process.isOver())
            loop.quit();
    });
    process.start(std::move(launch));
    process.closeInput();
    if (!process.isOver())
        loop.exec();
    if (const auto* const failed = std::get_if<EngineProcess::Failed>(&process.state())) {
        if (failed->signal == 0)
            return std::unexpected(failed->sentence.toStdString());
        outcome.exit.signal = failed->signal;
    } else {
        outcome.exit.code = std::get<EngineProcess::Finished>(process.state()).code;
    }
    return normalised(std::move(outcome));
}

} // namespace

int verify(const VerifyCommand& command)
{
    int count = 1;
    char name[] = "bistro";
    char* arguments[] {name, nullptr};
    const QCoreApplication application = inUtf8([&] { return QCoreApplication(count, arguments); });
    installCatalogues();

    const Entry entry = entryOf(command.node);
    if (entry.kind == Entry::Kind::File && entry.certain && access(entry.file.c_str(), F_OK) != 0)
        return complain(
            said(Complaints::tr("There is no file \"%1\". Check the name, or give the whole path."), entry.file));
    const auto stock = findInPath(command.stock);
    if (!stock)
        return complain(stock.error());
    const auto engine = findEngine();
    if (!engine)
        return complain(engine.error());
    const auto traces = TemporaryFolder::make(*engine);
    if (!traces)
        return complain(traces.error());

    std::vector<Outcome> ofNode;
    std::vector<Outcome> ofBistro;
    // By turns, so that a busy moment of the machine meets both; within the same walls, so that these do.
    for (std::size_t i = 0; i < kRuns; ++i) {
        const fs::path file = traces->path() / (std::to_string(i) + ".bistro");
        auto one = enclosedLaunch(*engine, *stock, entry).and_then([&](LaunchBuilder builder) {
            return builder.with(command.node).build().and_then(outcomeOf);
        });
        if (!one)
            return complain(one.error());
        fs::path folder;
        auto other = enclosedLaunch(*engine, *engine, entry).and_then([&](LaunchBuilder builder) {
            return builder.with(command.node).recordedInto(file).build().and_then([&](Launch launch) {
                folder = launch.enclosure->folder;
                return outcomeOf(std::move(launch));
            });
        });
        if (!other)
            return complain(other.error());
        // Where it was cut is luck, and of node nobody tells it.
        auto reached = limitBehindEnd(file, other->exit);
        if (!reached)
            reached = limitReached(file, trace::RunLimit::Files);
        if (reached)
            return complain(said(Complaints::tr("Bistro can't compare a program that comes to a limit of its run. %1"),
                wordsOf(*reached, folder).toStdString()));
        ofNode.push_back(std::move(*one));
        ofBistro.push_back(std::move(*other));
    }
    const Verdict verdict = compare(ofNode, ofBistro);
    Output out;
    out.buffer() = describe(verdict, kRuns);
    const int written = out.finish();
    return written != kSuccess ? written : std::holds_alternative<Different>(verdict) ? kDifferent : kSuccess;
}

} // namespace bistro::app
