#include "process/recording.h"

#include "trace/reader.h"
#include "trace/views.h"

#include <QCoreApplication>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace bistro::app {
namespace {

namespace fs = std::filesystem;
using trace::EventKind;

struct Recordings {
    Q_DECLARE_TR_FUNCTIONS(Recordings)
};

constexpr std::string_view kSuffix = ".bistro";

std::string reason(int error)
{
    return std::generic_category().message(error);
}

// A sentence of %1, a path.
std::string about(const fs::path& file, const QString& sentence)
{
    return sentence.arg(QString::fromStdString(file.string())).toStdString();
}

std::string cannotRecord(const fs::path& file, const std::string& why)
{
    return Recordings::tr("Bistro can't record into \"%1\": %2.")
        .arg(QString::fromStdString(file.string()), QString::fromStdString(why))
        .toStdString();
}

// The lock lives as long as the descriptor and is not inherited by the engine. It says: this one is running.
bool lockFile(int fd)
{
    return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

bool isTraceOrEmpty(const fs::path& file)
{
    const Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    std::array<char, trace::kMagic.size()> start {};
    const ssize_t got = fd ? read(fd.get(), start.data(), start.size()) : -1;
    return got == 0
        || (got == static_cast<ssize_t>(start.size()) && (start == trace::kMagic || start == std::array<char, 8> {}));
}

// Makes what the engine begins with: the header and a segment of each kind. Done here, where a run that need
// not be recorded can still go on without.
std::expected<std::unique_ptr<trace::Room>, std::string> makeReady(const Descriptor& file)
{
    const int own = fcntl(file.get(), F_DUPFD_CLOEXEC, 3);
    if (own < 0)
        return std::unexpected(reason(errno));
    return trace::Room::make(own).transform_error(reason);
}

// What a file name can hold anywhere, short enough to be read in a list.
std::string nameFor(std::string_view program)
{
    std::string name = fs::path(program).stem().string().substr(0, 60);
    while (!name.empty() && (static_cast<unsigned char>(name.back()) & 0xC0u) == 0x80u)
        name.pop_back(); // may have been cut inside a character
    if (!name.empty() && static_cast<unsigned char>(name.back()) >= 0xC0u)
        name.pop_back();
    std::ranges::replace_if(
        name,
        [](unsigned char c) {
            return c <= ' ' || c == 0x7F || std::string_view("\"'*/:<>?\\|`$&;!()[]{}").contains(static_cast<char>(c));
        },
        '_');
    return name.empty() ? "program" : name;
}

bool isOurs(std::string_view name)
{
    constexpr std::string_view pattern = "dddd-dd-ddTdd-dd-dd-";
    return name.size() > pattern.size() && name.ends_with(kSuffix)
        && std::ranges::equal(pattern, name.substr(0, pattern.size()),
            [](char p, char c) { return p == 'd' ? c >= '0' && c <= '9' : p == c; });
}

// To give back the room of a gigabyte takes a while, and happens when the last who holds it lets go: that is another
// thread, so that nobody waits for it who is about to run a program.
void removeAside(const fs::path& file)
{
    const int held = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    std::error_code error;
    fs::remove(file, error);
    if (held < 0)
        return;
    try {
        std::thread([held] { close(held); }).detach();
    } catch (const std::system_error&) { // no more threads
        close(held);
    }
}

void deleteOldRuns(const fs::path& folder)
{
    std::vector<fs::path> runs;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
        entry.increment(error)) {
        if (isOurs(entry->path().filename().string()))
            runs.push_back(entry->path());
    }
    std::ranges::sort(runs); // names begin with date and time
    std::size_t excess = runs.size() > kRunsKept ? runs.size() - kRunsKept : 0;
    for (const fs::path& run : runs) {
        if (excess == 0)
            break;
        if (isBeingRecorded(run))
            continue;
        removeAside(run);
        --excess;
    }
}

} // namespace

Recording::Recording(fs::path file, Descriptor lock, std::unique_ptr<trace::Room> room)
    : m_file(std::move(file))
    , m_lock(std::move(lock))
    , m_room(std::move(room))
{
}

std::expected<Recording, std::string> Recording::named(const fs::path& file)
{
    struct stat status {};
    if (stat(file.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return std::unexpected(about(file,
                Recordings::tr("Bistro can't record into \"%1\": it is a directory. Give the name of a file in it.")));
        if (!S_ISREG(status.st_mode) || !isTraceOrEmpty(file))
            return std::unexpected(about(file,
                Recordings::tr("Bistro can't record into \"%1\": that file is not a trace, and you would lose it. Give "
                               "another name.")));
        if (isBeingRecorded(file))
            return std::unexpected(about(file,
                Recordings::tr("Bistro can't record into \"%1\": another run records into it. Give another name.")));
        if (unlink(file.c_str()) != 0)
            return std::unexpected(cannotRecord(file, reason(errno)));
    }
    std::error_code error;
    const fs::path whole = fs::absolute(file, error);
    Descriptor fd(open(whole.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!fd)
        return std::unexpected(cannotRecord(file, reason(errno)));
    lockFile(fd.get());
    auto room = makeReady(fd);
    if (!room) {
        unlink(whole.c_str());
        return std::unexpected(cannotRecord(file, room.error()));
    }
    return Recording(whole, std::move(fd), std::move(*room));
}

std::expected<Recording, std::string> Recording::recent(
    const fs::path& folder, std::string_view program, std::chrono::system_clock::time_point now)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return std::unexpected(cannotRecord(folder, reason(error.value())));
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm local {};
    localtime_r(&seconds, &local);
    std::array<char, 32> time {};
    strftime(time.data(), time.size(), "%Y-%m-%dT%H-%M-%S-", &local);
    const std::string base = time.data() + nameFor(program);
    for (int attempt = 1; attempt < 1000; ++attempt) {
        const fs::path file = folder
            / (base + (attempt == 1 ? "" : '-' + std::to_string(attempt)) + std::string(kSuffix));
        Descriptor fd(open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!fd && errno == EEXIST)
            continue;
        if (!fd)
            return std::unexpected(cannotRecord(file, reason(errno)));
        lockFile(fd.get());
        deleteOldRuns(folder); // which may make the room
        auto room = makeReady(fd);
        if (!room) {
            unlink(file.c_str());
            return std::unexpected(cannotRecord(file, room.error()));
        }
        return Recording(file, std::move(fd), std::move(*room));
    }
    return std::unexpected(about(folder,
        Recordings::tr("Bistro can't record into \"%1\": too many runs began in this second. Run the program again.")));
}

std::optional<std::string> Recording::finish(Exit exit, bool stopped)
{
    const auto last = trace::lastRecord(m_lock.get());
    std::optional<trace::Record> end;
    if (!last || last->kind != EventKind::RunEnded) {
        using trace::EndKind;
        const EndKind how = stopped ? EndKind::Stopped : exit.signal != 0 ? EndKind::Signal : EndKind::ExitCode;
        trace::events::RunEnded ended;
        ended.flags = trace::FlagInferred;
        ended.end = how;
        ended.code = static_cast<std::uint32_t>(exit.signal != 0 ? exit.signal : exit.code);
        end = trace::recordOf(ended);
    }
    const trace::Room::Kept kept = m_room->finish(end);
    if (kept == trace::Room::Kept::Nothing)
        unlink(m_file.c_str()); // the engine had nothing to say: --version, a bad option
    m_lock.reset();
    if (kept == trace::Room::Kept::Damaged)
        return about(m_file,
            Recordings::tr("The recording of this run is damaged: something cut or overwrote \"%1\" meanwhile. Run the "
                           "program again to record it."));
    if (last && last->kind == EventKind::RecordingEnded
        && last->small == static_cast<std::uint16_t>(trace::RecordingEnd::DiskFull))
        return about(m_file,
            Recordings::tr(
                "Bistro can't record into \"%1\" any more: the disk is full. The program ran on, but the trace "
                "ends here."));
    return {};
}

bool isBeingRecorded(const fs::path& file)
{
    const Descriptor fd(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    return fd && !lockFile(fd.get());
}

std::expected<fs::path, std::string> runsFolder()
{
    // An XDG path that is not absolute counts as not set: https://specifications.freedesktop.org/basedir-spec
    if (const char* const state = std::getenv("XDG_STATE_HOME"); state && state[0] == '/')
        return fs::path(state) / "bistro/runs";
    if (const char* const home = std::getenv("HOME"); home && home[0] == '/')
        return fs::path(home) / ".local/state/bistro/runs";
    return std::unexpected(Recordings::tr(
        "Bistro can't record this run: HOME is not set, so there is no place for it. Say where: bistro run --trace "
        "FILE.")
            .toStdString());
}

} // namespace bistro::app
