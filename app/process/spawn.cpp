#include "process/spawn.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

namespace bistro::app {
namespace {

struct Launches {
    Q_DECLARE_TR_FUNCTIONS(Launches)
};

std::vector<char*> pointers(const std::vector<std::string>& strings)
{
    std::vector<char*> result;
    result.reserve(strings.size() + 1);
    for (const std::string& string : strings)
        result.push_back(const_cast<char*>(string.c_str()));
    result.push_back(nullptr);
    return result;
}

std::string cannotStart(const std::filesystem::path& program, int error)
{
    return Launches::tr("Bistro can't start \"%1\": %2.")
        .arg(QString::fromStdString(program.string()), QString::fromStdString(std::generic_category().message(error)))
        .toStdString();
}

// After fork(): only what POSIX allows in the child of a threaded process.
[[noreturn]] void becomeChild(
    const Spawn& what, char* const* arguments, char* const* environment, pid_t parent, int report)
{
    const auto fail = [report] {
        const int error = errno;
        if (write(report, &error, sizeof error) < 0) { } // nobody is left to tell
        _exit(127);
    };
    if (prctl(PR_SET_PDEATHSIG, what.deathSignal) != 0 || getppid() != parent)
        fail();
    if (what.ownSession && setsid() < 0)
        fail();
    for (int i = 0; i < 3; ++i) {
        const int fd = what.standard[static_cast<std::size_t>(i)];
        if (fd >= 0 && dup2(fd, i) < 0) // ours are never below 3
            fail();
    }
    if (what.kept >= 0 && fcntl(what.kept, F_SETFD, 0) != 0)
        fail();
    if (!what.directory.empty() && chdir(what.directory.c_str()) != 0)
        fail();
    for (const auto& [number, action] : what.dispositions)
        sigaction(number, &action, nullptr);
    sigprocmask(SIG_SETMASK, &what.mask, nullptr);
    execve(what.program.c_str(), arguments, environment);
    fail();
    _exit(127);
}

} // namespace

void Descriptor::reset()
{
    if (m_fd >= 0)
        close(std::exchange(m_fd, -1));
}

std::expected<pid_t, std::string> spawn(const Spawn& what)
{
    const std::vector<char*> arguments = pointers(what.arguments);
    const std::vector<char*> environment = pointers(what.environment);
    int ends[2] {};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return std::unexpected(cannotStart(what.program, errno));
    const Descriptor listen(ends[0]);
    Descriptor report(ends[1]);

    // No handler of ours may run in the child before it is another program.
    sigset_t all {};
    sigset_t before {};
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0)
        becomeChild(what, arguments.data(), environment.data(), parent, report.get());
    const int forkError = errno;
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (pid < 0)
        return std::unexpected(cannotStart(what.program, forkError));

    report.reset();
    int error = 0;
    ssize_t got = 0;
    do
        got = read(listen.get(), &error, sizeof error);
    while (got < 0 && errno == EINTR);
    if (got == static_cast<ssize_t>(sizeof error)) {
        static_cast<void>(waitFor(pid));
        return std::unexpected(cannotStart(what.program, error));
    }
    return pid;
}

std::vector<std::string> environmentFrom(const std::vector<std::string>& variables, std::vector<std::string> added)
{
    // Of a run that this one is in.
    static constexpr std::array<std::string_view, 16> kBistros {
        "BISTRO_TRACE=", "BISTRO_TRACE_FD=", "BISTRO_CONTROL=", "BISTRO_LINES=", "BISTRO_LINES_COUNTS=",
        "BISTRO_LINES_VISITS=", "BISTRO_LINES_LIMIT=", "BISTRO_POLICY=", "BISTRO_TEMPORARY=", "BISTRO_CONFINED=",
        "BISTRO_WARDEN=", "BISTRO_WALLS=", "BISTRO_MISSING=", "BISTRO_WORKSPACE=", "BISTRO_PLACES=", "BISTRO_ADDONS="};
    std::vector<std::string> result = std::move(added);
    const std::size_t own = result.size();
    for (const std::string& variable : variables) {
        const std::string_view name = std::string_view(variable).substr(0, variable.find('=') + 1);
        bool replaced = std::ranges::contains(kBistros, name);
        for (std::size_t i = 0; i < own && !replaced; ++i)
            replaced = !name.empty() && result[i].starts_with(name);
        if (!replaced)
            result.push_back(variable);
    }
    return result;
}

std::vector<std::string> environmentWith(std::vector<std::string> added)
{
    std::vector<std::string> ours;
    for (char** variable = environ; *variable; ++variable)
        ours.emplace_back(*variable);
    return environmentFrom(ours, std::move(added));
}

std::filesystem::path wardenBeside(const std::filesystem::path& engine)
{
    return engine.parent_path() / "bistro-warden";
}

std::expected<std::filesystem::path, std::string> findEngine()
{
    std::error_code error;
    const auto own = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    const std::filesystem::path places[] {own / "bistro-engine", own / "../libexec/bistro/bistro-engine"};
    for (const auto& place : places) {
        if (access(place.c_str(), X_OK) == 0)
            return place.lexically_normal();
    }
    return std::unexpected(
        Launches::tr("Bistro's engine is missing: there is no \"%1\" and no \"%2\". Install Bistro again.")
            .arg(QString::fromStdString(places[0].string()),
                QString::fromStdString(places[1].lexically_normal().string()))
            .toStdString());
}

Exit Exit::fromStatus(int status)
{
    return WIFSIGNALED(status) ? Exit {.signal = WTERMSIG(status)} : Exit {.code = WEXITSTATUS(status)};
}

Exit waitFor(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return {.code = 1};
    }
    return Exit::fromStatus(status);
}

} // namespace bistro::app
