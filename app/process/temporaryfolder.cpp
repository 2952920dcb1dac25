#include "process/temporaryfolder.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace bistro::app {
namespace {

struct TemporaryFolderWords {
    Q_DECLARE_TR_FUNCTIONS(TemporaryFolderWords)
};

struct Pipe {
    Descriptor read;
    Descriptor write;
};

// Never among the standard streams, which are given to the keeper under their own numbers.
Pipe makePipe()
{
    int ends[2] {-1, -1};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return {};
    Pipe made {.read = Descriptor(ends[0]), .write = Descriptor(ends[1])};
    for (Descriptor* const end : {&made.read, &made.write}) {
        if (end->get() <= STDERR_FILENO)
            *end = Descriptor(fcntl(end->get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
    }
    return made;
}

// Up to the end of what it says, which is one line.
std::string lineOf(const Descriptor& from)
{
    std::string line;
    char letters[256] {};
    for (;;) {
        const ssize_t got = read(from.get(), letters, sizeof letters);
        if (got > 0)
            line.append(letters, static_cast<std::size_t>(got));
        else if (got == 0 || errno != EINTR)
            break;
    }
    if (line.ends_with('\n'))
        line.pop_back();
    return line;
}

std::string notMade(const std::filesystem::path& folder, int error)
{
    return TemporaryFolderWords::tr("Bistro can't make a folder for temporary files in \"%1\": %2. Set TMPDIR to a "
                                    "folder that you may write.")
        .arg(QString::fromStdString(folder.string()), QString::fromStdString(std::generic_category().message(error)))
        .toStdString();
}

} // namespace

std::expected<TemporaryFolder, std::string> TemporaryFolder::make(const std::filesystem::path& engine)
{
    std::error_code error;
    const std::filesystem::path parent = std::filesystem::temp_directory_path(error);
    if (error)
        return std::unexpected(notMade(parent, error.value()));
    Pipe life = makePipe();
    Pipe word = makePipe();
    if (!life.write || !word.write)
        return std::unexpected(notMade(parent, errno));
    Spawn keeper {.program = wardenBeside(engine),
        .arguments = {"bistro-warden", "--keep-folder", (parent / "bistro-XXXXXX").string()},
        .environment = environmentWith({}),
        .directory = "/",
        .standard = {life.read.get(), word.write.get(), -1},
        .dispositions = {},
        .deathSignal = 0, // it has to see the end of us
        .ownSession = true};
    sigemptyset(&keeper.mask);
    const auto pid = spawn(keeper);
    if (!pid)
        return std::unexpected(pid.error());
    word.write.reset();
    TemporaryFolder made;
    made.m_keeper = *pid;
    made.m_held = std::move(life.write);
    made.m_path = lineOf(word.read);
    if (made.m_path.empty()) {
        made.m_held.reset();
        return std::unexpected(notMade(parent, waitFor(std::exchange(made.m_keeper, -1)).code));
    }
    return made;
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : m_path(std::exchange(other.m_path, {}))
    , m_held(std::move(other.m_held))
    , m_keeper(std::exchange(other.m_keeper, -1))
{
}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_held, other.m_held);
    std::swap(m_keeper, other.m_keeper);
    return *this;
}

TemporaryFolder::~TemporaryFolder()
{
    m_held.reset();
    if (m_keeper > 0)
        static_cast<void>(waitFor(m_keeper));
    std::error_code error;
    if (!m_path.empty()) // the keeper was killed
        std::filesystem::remove_all(m_path, error);
}

QString TemporaryFolder::filePath(const QString& name) const
{
    return QFile::decodeName(m_path.c_str()) + u'/' + name;
}

} // namespace bistro::app
