#include "support/wardenrun.h"

#include "control/messages.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QTest>

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bistro::test {
namespace {

constexpr int kPatience = 60'000; // milliseconds, of a computer that is busy with other tests

std::vector<char*> pointersTo(const std::vector<QByteArray>& texts)
{
    std::vector<char*> result;
    for (const QByteArray& text : texts)
        result.push_back(const_cast<char*>(text.constData()));
    result.push_back(nullptr);
    return result;
}

std::vector<pid_t> numbersWith(const QByteArray& word)
{
    std::vector<pid_t> result;
    const auto processes = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    for (const QString& pid : processes) {
        QFile line(u"/proc/"_s + pid + u"/cmdline"_s);
        if (line.open(QIODevice::ReadOnly) && line.readAll().split('\0').contains(word))
            result.push_back(pid.toInt());
    }
    return result;
}

} // namespace

Walled::Walled()
{
    const auto place = [this](const QString& path, sandbox::Right right) {
        policy.places.push_back({.path = path.toStdString(), .right = right});
    };
    place(m_folder.path(), sandbox::Right::Write);
    place(QStringLiteral(BISTRO_PROBE), sandbox::Right::Run);
}

QString Walled::path(const QString& name) const
{
    return name.isEmpty() ? m_folder.path() : m_folder.filePath(name);
}

void Walled::write(const QString& name, const QByteArray& text) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

Outcome Walled::run(const QStringList& command, const WardenOptions& options) const
{
    return Running(*this, command, options).outcome();
}

Outcome Walled::node(const QByteArray& script, const WardenOptions& options) const
{
    write(u"script.js"_s, script);
    return run({QStringLiteral(BISTRO_NODE), path(u"script.js"_s)}, options);
}

Outcome Walled::shell(const QString& script, const WardenOptions& options) const
{
    return run({u"/bin/sh"_s, u"-c"_s, script}, options);
}

Running::Running(const Walled& walled, const QStringList& command, const WardenOptions& options)
{
    std::vector<QByteArray> words;
    if (options.ordinary)
        words = {BISTRO_PROBE, "ordinary"};
    if (options.walls)
        words.insert(words.end(), {BISTRO_WARDEN, command.front().toUtf8()});
    for (const QString& word : command)
        words.push_back(word.toUtf8());
    std::vector<QByteArray> environment;
    // Of two with the same name the first one counts.
    for (const QString& variable : options.environment)
        environment.push_back(variable.toUtf8());
    for (char** variable = environ; *variable != nullptr; ++variable)
        environment.emplace_back(*variable);
    environment.push_back("BISTRO_POLICY=" + QByteArray::fromStdString(sandbox::textOf(walled.policy)));
    const std::vector<char*> arguments = pointersTo(words);
    const std::vector<char*> variables = pointersTo(environment);
    const QByteArray folder = walled.path().toUtf8();
    int output[2] {};
    int errors[2] {};
    if (pipe2(output, O_CLOEXEC) != 0 || pipe2(errors, O_CLOEXEC) != 0)
        qFatal("no pipe");
    m_pid = fork();
    if (m_pid == 0) {
        if (options.ownSession)
            setsid();
        const int nothing = open("/dev/null", O_RDONLY);
        dup2(nothing, 0);
        dup2(output[1], 1);
        dup2(errors[1], 2);
        if (options.kept >= 0)
            fcntl(options.kept, F_SETFD, 0);
        if (chdir(folder.constData()) == 0)
            execve(arguments.front(), arguments.data(), variables.data());
        _exit(126);
    }
    close(output[1]);
    close(errors[1]);
    m_output = output[0];
    m_errors = errors[0];
}

Running::~Running()
{
    if (m_pid > 0) {
        kill(m_pid, control::kKillAll); // the warden leaves nobody behind
        waitpid(m_pid, nullptr, 0);
    }
    close(m_output);
    close(m_errors);
}

// False at the end of both.
bool Running::readSome(int milliseconds)
{
    pollfd ready[2] {
        {.fd = m_output, .events = POLLIN, .revents = 0}, {.fd = m_errors, .events = POLLIN, .revents = 0}};
    if (poll(ready, 2, milliseconds) <= 0)
        return true;
    bool open = false;
    for (const pollfd& one : ready) {
        char bytes[65536];
        if (one.revents == 0) {
            open = open || one.fd >= 0;
            continue;
        }
        const ssize_t got = read(one.fd, bytes, sizeof(bytes));
        if (got > 0) {
            (one.fd == m_output ? m_unread : m_outcome.errors).append(bytes, got);
            open = true;
        } else {
            int& ended = one.fd == m_output ? m_output : m_errors;
            close(ended);
            ended = -1;
        }
    }
    return open || m_output >= 0 || m_errors >= 0;
}

QByteArray Running::line()
{
    const QDeadlineTimer end(kPatience);
    while (!m_unread.contains('\n')) {
        if (end.hasExpired() || !readSome(100))
            return {};
    }
    const qsizetype length = m_unread.indexOf('\n');
    const QByteArray line = m_unread.first(length);
    m_unread.remove(0, length + 1);
    return line;
}

bool Running::runs() const
{
    siginfo_t ended {};
    return waitid(P_PID, static_cast<id_t>(m_pid), &ended, WEXITED | WNOHANG | WNOWAIT) == 0 && ended.si_pid == 0;
}

Outcome Running::outcome()
{
    const QDeadlineTimer end(kPatience);
    int status = 0;
    pid_t dead = 0;
    while (dead == 0 && !end.hasExpired()) {
        readSome(20);
        dead = waitpid(m_pid, &status, WNOHANG);
    }
    if (dead == 0)
        return m_outcome;
    m_pid = -1;
    // What is in the pipes still. Somebody may hold them open who has no walls.
    const QDeadlineTimer rest(1'000);
    while ((m_output >= 0 || m_errors >= 0) && !rest.hasExpired() && readSome(20)) { }
    m_outcome.output = m_unread;
    m_outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    m_outcome.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return m_outcome;
}

int processesWith(const QByteArray& word)
{
    return static_cast<int>(numbersWith(word).size());
}

void endProcessesWith(const QByteArray& word)
{
    for (const pid_t pid : numbersWith(word))
        kill(pid, SIGKILL);
}

QString uniqueSeconds()
{
    static int count = 0;
    return u"1000.%1"_s.arg(getpid() * 1000LL + ++count);
}

Outsider::Outsider(int type)
    : m_socket(socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    , m_type(type)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (bind(m_socket, reinterpret_cast<sockaddr*>(&address), size) != 0
        || getsockname(m_socket, reinterpret_cast<sockaddr*>(&address), &size) != 0
        || (type == SOCK_STREAM && listen(m_socket, 1'000) != 0))
        qFatal("nobody can listen");
    m_port = ntohs(address.sin_port);
}

Outsider::~Outsider()
{
    close(m_socket);
}

int Outsider::arrivals()
{
    int count = 0;
    for (;;) {
        char bytes[16];
        const int got = m_type == SOCK_STREAM ? accept(m_socket, nullptr, nullptr)
                                              : static_cast<int>(recv(m_socket, bytes, sizeof(bytes), 0));
        if (got < 0)
            return count;
        if (m_type == SOCK_STREAM)
            close(got);
        ++count;
    }
}

} // namespace bistro::test
