#include "process/asidefile.h"

#include <QUuid>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bistro::app {
namespace {

QByteArray freeName()
{
    return ".bistro-" + QUuid::createUuid().toByteArray(QUuid::Id128).first(12);
}

} // namespace

std::expected<AsideFile, int> AsideFile::beside(const FilePlace& place)
{
    auto folder = place.openFolder();
    if (!folder)
        return std::unexpected(folder.error());
    if (::faccessat(folder->get(), place.name().constData(), W_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW) != 0
        && errno != ENOENT)
        return std::unexpected(errno); // a rename would replace a file that its owner has made read-only
    AsideFile aside(*std::move(folder), place.name());
    aside.m_file = Descriptor(::openat(aside.m_folder.get(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    while (!aside.m_file) { // a file system that has no files without names
        aside.m_name = freeName();
        aside.m_file = Descriptor(::openat(
            aside.m_folder.get(), aside.m_name.constData(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!aside.m_file && errno != EEXIST) {
            aside.m_name.clear();
            return std::unexpected(errno);
        }
    }
    return aside;
}

AsideFile::~AsideFile()
{
    if (m_file && !m_name.isEmpty())
        ::unlinkat(m_folder.get(), m_name.constData(), 0);
}

int AsideFile::write(const QByteArray& bytes)
{
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t n = ::write(
            m_file.get(), bytes.constData() + done, static_cast<std::size_t>(bytes.size() - done));
        if (n < 0 && errno != EINTR)
            return errno;
        done += std::max<ssize_t>(n, 0);
    }
    return 0;
}

int AsideFile::putInPlace(mode_t mode)
{
    if (::fchmod(m_file.get(), mode) != 0 || ::fsync(m_file.get()) != 0)
        return errno;
    // Only a file that has a name can take another one's place: it has one for that moment.
    const QByteArray itself = "/proc/self/fd/" + QByteArray::number(m_file.get());
    while (m_name.isEmpty()) {
        const QByteArray name = freeName();
        if (::linkat(AT_FDCWD, itself.constData(), m_folder.get(), name.constData(), AT_SYMLINK_FOLLOW) == 0)
            m_name = name;
        else if (errno != EEXIST)
            return errno;
    }
    if (::renameat(m_folder.get(), m_name.constData(), m_folder.get(), m_place.constData()) != 0)
        return errno;
    m_name.clear();
    // The new name is on the disk once the folder is.
    if (const Descriptor folder(::openat(m_folder.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)); folder)
        ::fsync(folder.get());
    return 0;
}

bool copyWhole(const FilePlace& from, const FilePlace& to)
{
    const auto source = from.openToRead();
    struct stat status {};
    if (!source || ::fstat(source->get(), &status) != 0 || !S_ISREG(status.st_mode)
        || to.look().what != FilePlace::Has::Nothing)
        return false;
    auto aside = AsideFile::beside(to);
    if (!aside)
        return false;
    QByteArray bytes(1 << 20, Qt::Uninitialized);
    while (true) {
        const ssize_t n = ::read(source->get(), bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 || (n > 0 && aside->write(bytes.first(n)) != 0))
            return false;
        if (n == 0)
            return aside->putInPlace(status.st_mode & 0777) == 0;
    }
}

mode_t usualMode()
{
    const mode_t mask = ::umask(0);
    ::umask(mask);
    return 0666 & ~mask;
}

} // namespace bistro::app
