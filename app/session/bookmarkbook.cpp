#include "session/bookmarkbook.h"

#include "process/recording.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace bistro::app {

namespace fs = std::filesystem;
using namespace Qt::StringLiterals;

namespace {

// Holds the trace's lock as long as it lives: who records has it, and so has who writes bookmarks.
class LockedTrace final {
public:
    explicit LockedTrace(const fs::path& file)
        : m_fd(open(file.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY))
        , m_error(m_fd < 0 ? errno : 0)
    {
        struct stat status {};
        if (m_fd >= 0 && fstat(m_fd, &status) == 0 && (status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0)
            m_error = EACCES; // root may write it all the same, and was not meant to
        else if (m_fd >= 0 && flock(m_fd, LOCK_EX | LOCK_NB) != 0)
            m_error = errno;
    }
    ~LockedTrace()
    {
        if (m_fd >= 0)
            close(m_fd);
    }
    LockedTrace(const LockedTrace&) = delete;
    LockedTrace& operator=(const LockedTrace&) = delete;

    [[nodiscard]] int fd() const { return m_fd; }
    [[nodiscard]] int error() const { return m_error; }

private:
    int m_fd = -1;
    int m_error = 0;
};

trace::Bookmarks fromAside(const fs::path& file, std::uint64_t wallStart)
{
    QFile in(QString::fromStdString(file.string()));
    if (file.empty() || !in.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = in.read(trace::kBookmarksSlotBytes);
    return trace::unpackBookmarks(
        std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))), wallStart)
        .value_or(trace::Bookmarks {});
}

} // namespace

fs::path BookmarkBook::asideFile() const
{
    const auto runs = runsFolder();
    if (!runs)
        return {};
    return runs->parent_path() / "bookmarks" / (QString::number(m_wallStart).toStdString() + ".bookmarks");
}

void BookmarkBook::open(const fs::path& file, std::uint64_t wallStart)
{
    m_file = file;
    m_wallStart = wallStart;
    m_inFile = trace::readBookmarks(file);
    const trace::Bookmarks aside = fromAside(asideFile(), wallStart);
    m_aside = aside.generation > 0;
    // What is aside was made from the file's of the generation before. Has the file a later one, both have something.
    m_list = !m_aside                            ? m_inFile.list
        : aside.generation > m_inFile.generation ? aside.list
                                                 : trace::joined(aside.list, m_inFile.list);
    m_settled = false;
    m_sound = true;
    m_told = false;
    emit changed();
}

void BookmarkBook::close()
{
    if (!isOpen())
        return;
    m_file.clear();
    m_list.clear();
    m_inFile = {};
    m_aside = false;
    m_settled = false;
    emit changed();
}

const BookmarkBook::Bookmark* BookmarkBook::at(std::uint64_t place) const
{
    const auto found = std::ranges::lower_bound(m_list, place, {}, &Bookmark::place);
    return found != m_list.end() && found->place == place ? &*found : nullptr;
}

bool BookmarkBook::put(const Bookmark& bookmark)
{
    if (!isOpen())
        return false;
    std::vector<Bookmark> list = trace::joined({bookmark}, m_list);
    if (trace::packBookmarks({.generation = 1, .list = list}, m_wallStart).empty()) {
        emit told(tr("There is no room for this bookmark. Shorten its note, or remove others."));
        return false;
    }
    change(std::move(list));
    return true;
}

void BookmarkBook::remove(std::uint64_t place)
{
    if (!at(place))
        return;
    std::vector<Bookmark> list = m_list;
    std::erase_if(list, [place](const Bookmark& bookmark) { return bookmark.place == place; });
    change(std::move(list));
}

void BookmarkBook::change(std::vector<Bookmark> list)
{
    if (list == m_list)
        return;
    m_list = std::move(list);
    m_aside = true;
    const bool kept = keepAside();
    writeIfSettled();
    if (!kept && m_aside && !m_told) {
        m_told = true;
        emit told(
            tr("Bistro can't keep your bookmarks: it may not write into its own folder. Save the trace as a copy."));
    }
    emit changed();
}

// First of all, so that nothing is lost, whatever happens next.
bool BookmarkBook::keepAside()
{
    const fs::path file = asideFile();
    if (file.empty())
        return false;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    const std::vector<std::byte> bytes = trace::packBookmarks(
        {.generation = m_inFile.generation + 1, .list = m_list}, m_wallStart);
    QSaveFile out(QString::fromStdString(file.string()));
    const auto size = static_cast<qint64>(bytes.size());
    return out.open(QIODevice::WriteOnly) && out.write(reinterpret_cast<const char*>(bytes.data()), size) == size
        && out.commit();
}

void BookmarkBook::settle(bool sound)
{
    m_settled = true;
    m_sound = sound;
    if (writeIfSettled())
        emit changed();
}

bool BookmarkBook::writeIfSettled()
{
    if (!m_settled || !m_aside || !isOpen())
        return false;
    if (const std::optional<QString> why = write()) {
        if (!why->isEmpty() && !std::exchange(m_told, true))
            emit told(*why);
        return false;
    }
    m_aside = false;
    std::error_code error;
    fs::remove(asideFile(), error);
    return true;
}

std::optional<QString> BookmarkBook::write()
{
    const QString name = QString::fromStdString(m_file.filename().string());
    if (!m_sound)
        return tr("%1 is damaged, so your bookmarks can't go into it. Bistro keeps them in its own folder.").arg(name);
    const LockedTrace trace(m_file);
    switch (trace.error()) {
    case 0: break;
    case EWOULDBLOCK: return QString(); // it is still recorded, or another window writes
    case EACCES:
    case EPERM:
    case EROFS:
        return tr("You may only read %1, so your bookmarks can't go into it. Bistro keeps them in its own folder.")
            .arg(name);
    default:
        return tr("Bistro can't write into %1: %2. It keeps your bookmarks in its own folder.")
            .arg(name, QString::fromStdString(std::generic_category().message(trace.error())));
    }
    if (trace::wallStartOf(trace.fd()) != m_wallStart)
        return QString(); // the file is another run's now, which the session finds out
    // Another window may have written since. What it added stays.
    std::vector<Bookmark> theirs = trace::readBookmarks(trace.fd()).list;
    std::erase_if(theirs, [this](const Bookmark& bookmark) {
        return std::ranges::contains(m_inFile.list, bookmark.place, &Bookmark::place);
    });
    const std::vector<Bookmark> all = trace::joined(m_list, theirs);
    auto written = trace::writeBookmarks(trace.fd(), all);
    if (!written && written.error() == E2BIG)
        return tr("%1 has no room for all bookmarks. Remove some; until then Bistro keeps them in its own folder.")
            .arg(name);
    if (!written && written.error() == ENOTSUP)
        return tr("A newer Bistro wrote bookmarks into %1. This one keeps yours in its own folder.").arg(name);
    if (!written)
        return tr("Bistro can't write into %1: %2. It keeps your bookmarks in its own folder.")
            .arg(name, QString::fromStdString(std::generic_category().message(written.error())));
    m_inFile = std::move(*written);
    m_list = m_inFile.list;
    return {};
}

} // namespace bistro::app
