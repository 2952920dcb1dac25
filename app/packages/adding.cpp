#include "packages/adding.h"

#include "confine/enclosing.h"
#include "confine/environment.h"
#include "confine/permissionfile.h"
#include "packages/npmprogram.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <fcntl.h>
#include <sys/file.h>
#include <system_error>

using namespace Qt::StringLiterals;

static void loadPackagesResources() // a macro that cannot stand within a namespace
{
    Q_INIT_RESOURCE(packages);
}

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

constexpr qint64 kMebibyte = 1 << 20;
// Of npm's lines, and of what install scripts print.
constexpr EngineProcess::OutputLimits kOutput {.slowly = 4 * kMebibyte, .perSecond = kMebibyte, .most = 64 * kMebibyte};

std::string script()
{
    loadPackagesResources();
    QFile file(u":/packages/adding.js"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

// The registry, and what npm and node read of it that lies elsewhere.
Permissions forNpm(const NpmProgram& npm, const Registry& registry)
{
    Permissions allowed {{.kind = PermissionKind::Read, .host = {}, .path = npm.folder}};
    for (const fs::path& file : registry.files)
        allowed.push_back({.kind = PermissionKind::Read, .host = {}, .path = resolved(file)});
    for (const sandbox::Host& host : registry.hosts)
        allowed.push_back({.kind = PermissionKind::Host, .host = host, .path = {}});
    return allowed;
}

std::string argumentFor(const char* act, const NpmProgram& npm, const AddingPlace& place, bool scripts)
{
    QJsonArray specs;
    QJsonArray names;
    for (const AskedPackage& each : place.packages) {
        specs.append(each.text());
        names.append(each.name);
    }
    const QJsonObject object {{u"act"_s, QString::fromLatin1(act)}, {u"npm"_s, QFile::decodeName(npm.script.c_str())},
        {u"specs"_s, specs}, {u"packages"_s, names}, {u"scripts"_s, scripts}, {u"settings"_s, place.registry.settings}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString();
}

QStringList hostsOf(const Permissions& allowed)
{
    QStringList names;
    for (const Permission& each : allowed) {
        if (each.kind == PermissionKind::Host)
            names.append(QString::fromStdString(each.host.name));
    }
    return names;
}

} // namespace

Adding::Adding(QObject* parent)
    : QObject(parent)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_cut = AddingCut::Time;
        m_process->stop();
    });
}

Adding::~Adding()
{
    if (m_process)
        m_process->disconnect(this);
}

std::expected<void, QString> Adding::start(const Asked& asked)
{
    m_asked = asked;
    const Surroundings around = surroundings();
    const WorkspaceFolder workspace = workspaceOf({.file = asked.folder, .current = {}}, around);
    const QString folder = QFile::decodeName(workspace.folder.c_str());
    if (workspace.folder.empty() || workspace.whyNot)
        return std::unexpected(
            tr("Bistro adds no packages to %1, since more lies there than a program's own. Move the program into a "
               "folder of its own.")
                .arg(folder.isEmpty() ? QFile::decodeName(asked.folder.c_str()) : folder));
    std::error_code error;
    if (asked.packages.isEmpty() && !fs::exists(workspace.folder / "package.json", error))
        return std::unexpected(
            tr("%1 has no package.json that names packages. Name one yourself, such as express.").arg(folder));
    m_lock = Descriptor(open(workspace.folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!m_lock || flock(m_lock.get(), LOCK_EX | LOCK_NB) != 0)
        return std::unexpected(m_lock
                ? tr("Packages are being added to %1 already. Wait until that is done.").arg(folder)
                : tr("Bistro can't read the folder %1. Check its permissions.").arg(folder));
    m_asked.folder = workspace.folder;
    m_place = {.folder = folder,
        .packages = asked.packages,
        .registry = registryFrom(ownEnvironment(), around.homes.empty() ? fs::path() : around.homes.front()),
        .allowedHosts = hostsOf(PermissionFile(around).read().of(workspace.folder))};
    m_patience.start(kPatience);
    return launch(Act::Add);
}

std::expected<void, QString> Adding::launch(Act act)
{
    m_act = act;
    const auto npm = findNpm();
    if (!npm)
        return std::unexpected(npm.error());
    auto enclosed = enclose({.place = {.file = m_asked.folder, .current = {}},
        .engine = m_asked.engine,
        .executable = m_asked.engine,
        .given = {},
        .once = forNpm(*npm, m_place.registry),
        .limits = m_asked.limits});
    if (!enclosed)
        return std::unexpected(QString::fromStdString(enclosed.error()));
    LaunchBuilder builder(m_asked.engine);
    builder.within(enclosed->enclosure).in(m_asked.folder);
    builder.with({"-e", script(), "--",
        argumentFor(act == Act::Add ? "add" : "restore", *npm, m_place, enclosed->installScripts)});
    auto launch = builder.build();
    if (!launch)
        return std::unexpected(QString::fromStdString(launch.error()));
    m_process = std::make_unique<EngineProcess>();
    m_answer.clear();
    m_heard.clear();
    connect(
        m_process.get(), &EngineProcess::outputArrived, this, [this](const QByteArray& bytes) { m_answer += bytes; });
    connect(m_process.get(), &EngineProcess::errorOutputArrived, this, &Adding::hear);
    connect(m_process.get(), &EngineProcess::stateChanged, this, &Adding::stateChanged, Qt::QueuedConnection);
    connect(m_process.get(), &EngineProcess::printedTooMuch, this, [this] {
        m_cut = AddingCut::Killed;
        m_process->stop();
    });
    m_process->setOutputLimits(kOutput);
    m_process->start(*std::move(launch));
    m_process->closeInput();
    return {};
}

void Adding::stop()
{
    if (m_act != Act::Add || m_result || m_cut)
        return;
    m_cut = AddingCut::Stopped;
    m_process->stop();
}

void Adding::hear(const QByteArray& bytes)
{
    m_heard += bytes;
    for (qsizetype end = m_heard.indexOf('\n'); end >= 0; end = m_heard.indexOf('\n')) {
        tellLine(QString::fromUtf8(m_heard.first(end)));
        m_heard.remove(0, end + 1);
    }
}

// The warden has words of its own for a limit.
void Adding::tellLine(const QString& line)
{
    if (line.startsWith("Bistro stopped the program"_L1))
        m_cut = line.contains("to disk"_L1) ? AddingCut::Disk : AddingCut::Memory;
    else if (line.startsWith("Bistro lets the program write no more"_L1))
        m_cut = AddingCut::Disk; // whatever npm makes of it, it can put nothing back
    else if (!line.trimmed().isEmpty())
        emit told(line);
}

void Adding::stateChanged()
{
    if (m_process && m_process->isOver())
        ended();
}

void Adding::ended()
{
    const auto* const failed = std::get_if<EngineProcess::Failed>(&m_process->state());
    const bool started = !failed || failed->signal != 0;
    const QString sentence = failed ? failed->sentence : QString();
    m_patience.stop();
    m_process->disconnect(this);
    m_process.release()->deleteLater(); // this may be its own call
    const QByteArray last = m_answer.trimmed().split('\n').last();
    if (m_act == Act::Restore)
        return finish(afterPuttingBack(*m_result, last));
    if (!started)
        return finish({.added = false, .text = sentence, .leftOut = {}});
    auto result = resultFrom(last, m_place);
    if (result && (!m_cut || (m_cut == AddingCut::Disk && result->added)))
        return finish(*std::move(result));
    m_result = resultOf(m_cut.value_or(AddingCut::Killed), m_place);
    if (const auto begun = launch(Act::Restore); !begun)
        finish({.added = false, .text = begun.error(), .leftOut = {}});
}

void Adding::finish(AddingResult result)
{
    m_result = std::move(result);
    m_lock = {};
    emit finished();
}

} // namespace bistro::app
