#include "confine/enclosing.h"

#include "confine/environment.h"

#include <QCoreApplication>

#include <unistd.h>
#include <utility>

namespace bistro::app {
namespace {

struct EnclosingWords {
    Q_DECLARE_TR_FUNCTIONS(EnclosingWords)
};

std::string_view keywordOf(sandbox::Right right)
{
    switch (right) {
    case sandbox::Right::Read: return "read ";
    case sandbox::Right::Write: return "write ";
    case sandbox::Right::Run: return "run ";
    }
    return {};
}

// The system's, too. A name with a line's end in it is passed over: refusals there are told as if it were no place.
std::string linesOf(const sandbox::Policy& policy)
{
    std::string lines;
    for (const std::vector<sandbox::Place>& places : {policy.places, sandbox::systemPlaces()}) {
        for (const sandbox::Place& place : places) {
            if (!place.path.contains('\n'))
                lines.append(keywordOf(place.right)).append(place.path).append("\n");
        }
    }
    for (const sandbox::Host& host : policy.hosts)
        lines.append("host ").append(host.name).append(" ").append(std::to_string(host.port)).append("\n");
    if (policy.internet)
        lines.append("internet\n");
    if (policy.foreignPrograms)
        lines.append("foreign-programs\n");
    return lines;
}

} // namespace

std::expected<Enclosed, std::string> enclose(const Enclosing& what)
{
    const std::filesystem::path warden = wardenBeside(what.engine);
    if (access(warden.c_str(), X_OK) != 0)
        return std::unexpected(
            EnclosingWords::tr("Bistro's warden is missing: there is no \"%1\". Install Bistro again.")
                .arg(QString::fromStdString(warden.string()))
                .toStdString());
    auto made = confinementOf(what.place, what.executable, what.once, what.limits);
    if (!made)
        return std::unexpected(made.error().toStdString());
    const auto lasting = std::make_shared<const Confinement>(*std::move(made));
    CleanEnvironment environment = cleanEnvironment(ownEnvironment(), what.given, lasting->temporary.path());
    const bool hasWorkspace = !lasting->workspace.writable.empty();
    return Enclosed {.enclosure = {.warden = warden,
                         .policy = sandbox::textOf(lasting->confined.policy),
                         .environment = std::move(environment.variables),
                         .leftOut = std::move(environment.leftOut),
                         .places = linesOf(lasting->confined.policy),
                         .workspace = hasWorkspace ? lasting->workspace.writable.front() : std::filesystem::path {},
                         .folder = lasting->workspace.folder,
                         .temporary = lasting->temporary.path(),
                         .addons = lasting->confined.addons,
                         .lasting = lasting},
        .installScripts = lasting->confined.installScripts,
        .notices = lasting->notices};
}

} // namespace bistro::app
