#include "stage.h"

#include "trace/reader.h"
#include "trace/views.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bistro::test {
namespace {

constexpr int kPatience = 60'000; // milliseconds
constexpr int kInherited = 50; // a number that nobody else has

// "@name" is one without a file.
int unixServer(const QByteArray& name)
{
    const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, name.constData(), static_cast<std::size_t>(name.size()));
    const bool isAbstract = name.startsWith('@');
    if (isAbstract)
        address.sun_path[0] = '\0';
    const auto size = offsetof(sockaddr_un, sun_path) + static_cast<std::size_t>(name.size()) + (isAbstract ? 0 : 1);
    if (bind(server, reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(size)) != 0
        || listen(server, 10) != 0)
        qFatal("nobody can listen at %s", name.constData());
    return server;
}

int serverOfIpv6(int& port)
{
    const int server = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in6 address {};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    socklen_t size = sizeof(address);
    if (bind(server, reinterpret_cast<sockaddr*>(&address), size) == 0 && listen(server, 10) == 0
        && getsockname(server, reinterpret_cast<sockaddr*>(&address), &size) == 0)
        port = ntohs(address.sin6_port);
    return server; // this computer may have none: then the control says so
}

// Where X11's sockets lie, if it may be written; else somewhere.
QByteArray placeOfX11(const QString& otherwise)
{
    const QByteArray folder = "/tmp/.X11-unix";
    if (mkdir(folder.constData(), 01777) == 0)
        chmod(folder.constData(), 01777);
    const QByteArray own = folder + "/X" + QByteArray::number(10'000 + getpid());
    return access(folder.constData(), W_OK | X_OK) == 0 ? own : otherwise.toLocal8Bit();
}

// Each refusal once, in the order in which it came.
QStringList refusalsIn(const QString& file)
{
    using namespace bistro::trace;
    QStringList told;
    const auto reader = Reader::open(file.toStdString());
    if (!reader)
        return {u"no trace: "_s + QString::fromStdString(reader.error().sentence)};
    const auto text = [&](TextId id) {
        const std::string_view found = reader->text(id);
        return QString::fromUtf8(found.data(), static_cast<qsizetype>(found.size()));
    };
    for (std::uint64_t i = 0; i < reader->size(); ++i) {
        const Record event = reader->event({i});
        if (event.kind != EventKind::AccessRefused)
            continue;
        const auto refused = as<events::AccessRefused>(event);
        const std::string_view access = wordFor(FieldType::AccessName, static_cast<std::uint32_t>(refused.access));
        const QString line = QString::fromUtf8(access.data(), qsizetype(access.size())) + u' ' + text(refused.subject);
        if (!told.contains(line))
            told.append(line);
    }
    return told;
}

} // namespace

Stage::Stage()
    : m_tcp(SOCK_STREAM)
    , m_udp(SOCK_DGRAM)
{
    umask(022);
    for (const QString& folder : {u"home/shop"_s, u"home/.ssh"_s, u"home/.config/bistro"_s, u"home/notes"_s,
             u"runtime"_s, u"traces"_s, u"tools"_s})
        QDir().mkpath(path(folder));
    m_abstract = "@bistro-escapes-" + QByteArray::number(getpid());
    m_x11 = placeOfX11(path(u"runtime/X11"_s));
    m_servers = {unixServer(path(u"runtime/bus"_s).toLocal8Bit()),
        unixServer(path(u"runtime/wayland-0"_s).toLocal8Bit()), unixServer(m_x11), unixServer('@' + m_x11),
        unixServer(m_abstract), serverOfIpv6(m_port6)};
    write(u"tools/somebodys"_s, "#!/bin/sh\ntrue\n");
    chmod(path(u"tools/somebodys"_s).toLocal8Bit().constData(), 0755);
    prepare();
    const int diary = open(path(u"home/notes/diary"_s).toLocal8Bit().constData(), O_RDONLY);
    m_inherited = fcntl(diary, F_DUPFD, kInherited);
    close(diary);
}

Stage::~Stage()
{
    for (QProcess* const one : {&m_victim, &m_mortal}) {
        one->kill();
        one->waitForFinished();
    }
    for (const int server : m_servers)
        close(server);
    close(m_inherited);
    QFile::remove(QString::fromLocal8Bit(m_x11));
}

QString Stage::path(const QString& name) const
{
    return QDir(m_top.path()).canonicalPath() + u'/' + name;
}

QString Stage::text(QString told) const
{
    return told.replace(path(u"home"_s), u"HOME"_s);
}

void Stage::write(const QString& name, const QByteArray& bytes) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("can't write %s", qPrintable(name));
}

// As if nobody had tried anything yet.
void Stage::prepare()
{
    QDir(path(u"home/shop"_s)).removeRecursively();
    QDir().mkpath(path(u"home/shop"_s));
    write(u"home/shop/package.json"_s, "{}");
    const QDir programs(QStringLiteral(BISTRO_ESCAPES));
    for (const QString& name : programs.entryList({u"*.js"_s}))
        QFile::copy(programs.filePath(name), path(u"home/shop/"_s + name));
    QFile::copy(QStringLiteral(BISTRO_ADDON), path(u"home/shop/native.node"_s));
    for (const QString& name : {u"home/.ssh/id_ed25519"_s, u"home/notes/diary"_s, u"home/notes/letter"_s})
        write(name, "secret\n");
    write(u"home/.config/bistro/permissions.json"_s, R"({"format": 1, "workspaces": {}})");
    QFile::remove(path(u"home/notes/server"_s));
    for (QProcess* const one : {&m_victim, &m_mortal}) {
        if (one->state() == QProcess::NotRunning) {
            one->setProcessEnvironment(environment());
            one->setChildProcessModifier([] { setpgid(0, 0); });
            one->start(u"/bin/sleep"_s, {uniqueSeconds()});
            one->waitForStarted();
        }
    }
    const QJsonObject stage {{u"home"_s, path(u"home"_s)}, {u"runtime"_s, path(u"runtime"_s)},
        {u"installation"_s, QFileInfo(QStringLiteral(BISTRO_COMMAND)).path()}, {u"tool"_s, path(u"tools/somebodys"_s)},
        {u"addon"_s, path(u"home/shop/native.node"_s)}, {u"tcp"_s, m_tcp.port().toInt()}, {u"tcp6"_s, m_port6},
        {u"udp"_s, m_udp.port().toInt()}, {u"x11"_s, QString::fromLocal8Bit(m_x11)},
        {u"abstract"_s, QString::fromLocal8Bit(m_abstract.sliced(1))}, {u"inherited"_s, m_inherited},
        {u"victim"_s, m_victim.processId()}, {u"mortal"_s, m_mortal.processId()}};
    write(u"home/shop/stage.json"_s, QJsonDocument(stage).toJson());
}

QProcessEnvironment Stage::environment() const
{
    auto variables = QProcessEnvironment::systemEnvironment();
    variables.insert(u"HOME"_s, path(u"home"_s));
    variables.insert(u"XDG_RUNTIME_DIR"_s, path(u"runtime"_s));
    variables.insert(u"SHOP_TOKEN"_s, u"secret"_s);
    for (const QString& name : {u"XDG_CONFIG_HOME"_s, u"XDG_STATE_HOME"_s, u"XDG_DATA_HOME"_s, u"NODE_OPTIONS"_s})
        variables.remove(name);
    return variables;
}

Escape Stage::run(const QString& program, bool walls)
{
    prepare();
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setWorkingDirectory(path(u"home/shop"_s));
    const QString trace = path(u"traces/%1.bistro"_s.arg(++m_runs));
    QStringList arguments {u"run"_s, u"--trace"_s, trace};
    if (!walls)
        arguments.append(u"--unconfined"_s);
    process.start(QStringLiteral(BISTRO_COMMAND), arguments + QStringList {program});
    process.closeWriteChannel();
    process.waitForFinished(kPatience);
    Escape result {.said = {}, .told = refusalsIn(trace), .errors = process.readAllStandardError()};
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
        const qsizetype colon = line.indexOf(": ");
        if (colon > 0)
            result.said.insert(QString::fromUtf8(line.first(colon)), QString::fromUtf8(line.sliced(colon + 2)));
    }
    for (QString& line : result.told)
        line = text(line);
    return result;
}

QByteArray Stage::outputIn(Own own, const QString& script, const QString& program, bool walls)
{
    QProcess process;
    process.setProcessEnvironment(environment());
    process.setWorkingDirectory(path(u"home/shop"_s));
    process.setProcessChannelMode(QProcess::MergedChannels);
    QStringList words;
    if (geteuid() != 0)
        words = {u"unshare"_s, u"--user"_s, u"--map-root-user"_s};
    words += own == Own::Processes ? QStringList {u"unshare"_s, u"--pid"_s, u"--fork"_s, u"--mount-proc"_s}
                                   : QStringList {QStringLiteral(BISTRO_PROBE), u"own-network"_s, u"10.77.1.2"_s};
    words += {u"/bin/sh"_s, u"-c"_s, script, QStringLiteral(BISTRO_COMMAND), u"run"_s};
    if (!walls)
        words.append(u"--unconfined"_s);
    words.append(program);
    const QString first = words.takeFirst();
    process.start(first, words);
    process.closeWriteChannel();
    process.waitForFinished(kPatience);
    return process.readAll();
}

} // namespace bistro::test
