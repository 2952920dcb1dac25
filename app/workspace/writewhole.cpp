// Files are written whole, or not at all.
#include "workspace/textfile.h"

#include "process/spawn.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bistro::app {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TextFile)
};

QString reason(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

// What will be the file, written beside it. Gone with its owner where it has not taken its place.
struct Aside {
    Descriptor fd;
    QByteArray name; // empty: it has none, so that nothing is left of it when we are killed

    Aside() = default;
    Aside(Aside&&) = default;
    ~Aside()
    {
        if (!name.isEmpty())
            ::unlink(name.constData());
    }
};

Aside openAside(const QByteArray& folder)
{
    Aside aside;
    aside.fd = Descriptor(::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (aside.fd)
        return aside;
    aside.name = folder + "/.bistro-XXXXXX"; // a file system that has no files without names
    aside.fd = Descriptor(::mkostemp(aside.name.data(), O_CLOEXEC));
    return aside;
}

// To the disk. The error's number; 0: none.
int fill(const Aside& aside, const QByteArray& bytes, mode_t mode)
{
    if (!aside.fd)
        return errno;
    for (qsizetype done = 0; done < bytes.size();) {
        const ssize_t n = ::write(
            aside.fd.get(), bytes.constData() + done, static_cast<std::size_t>(bytes.size() - done));
        if (n < 0 && errno != EINTR)
            return errno;
        done += std::max<ssize_t>(n, 0);
    }
    return ::fchmod(aside.fd.get(), mode) != 0 || ::fsync(aside.fd.get()) != 0 ? errno : 0;
}

// Only a file that has a name can take another one's place: it has one for that moment.
int putInPlace(Aside& aside, const QByteArray& folder, const QByteArray& name)
{
    const QByteArray itself = "/proc/self/fd/" + QByteArray::number(aside.fd.get());
    while (aside.name.isEmpty()) {
        const QByteArray free = folder + "/.bistro-" + QUuid::createUuid().toByteArray(QUuid::Id128).first(12);
        if (::linkat(AT_FDCWD, itself.constData(), AT_FDCWD, free.constData(), AT_SYMLINK_FOLLOW) == 0)
            aside.name = free;
        else if (errno != EEXIST)
            return errno;
    }
    if (::rename(aside.name.constData(), name.constData()) != 0)
        return errno;
    aside.name.clear();
    return 0;
}

} // namespace

std::expected<void, QString> writeWhole(const QString& path, const QByteArray& bytes)
{
    const QFileInfo info(path);
    QString target = info.canonicalFilePath();
    if (target.isEmpty()) // not there yet, or a link to where nothing is
        target = info.isSymLink() ? info.symLinkTarget() : info.absoluteFilePath();
    const QByteArray name = QFile::encodeName(target);
    struct stat old {};
    const bool exists = ::stat(name.constData(), &old) == 0;
    const auto failed = [&path](int error) {
        return std::unexpected(Words::tr("Bistro can't save %1: %2. The file is as it was.").arg(path, reason(error)));
    };
    if (exists && !S_ISREG(old.st_mode))
        return std::unexpected(
            Words::tr("%1 is not an ordinary file, so Bistro does not overwrite it. Save under another name.")
                .arg(path));
    if (exists && ::access(name.constData(), W_OK) != 0)
        return failed(errno); // a rename would replace a file that its owner has made read-only

    const QByteArray folder = QFile::encodeName(QFileInfo(target).absolutePath());
    Aside aside = openAside(folder);
    const mode_t mask = ::umask(0);
    ::umask(mask);
    if (const int error = fill(aside, bytes, exists ? old.st_mode & 07777 : 0666 & ~mask); error != 0)
        return failed(error);
    if (exists && (old.st_uid != ::geteuid() || old.st_gid != ::getegid()))
        (void)!::fchown(aside.fd.get(), old.st_uid, old.st_gid); // as far as we may
    if (const int error = putInPlace(aside, folder, name); error != 0)
        return failed(error);
    // The new name is on the disk once the folder is.
    if (const Descriptor parent(::open(folder.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); parent)
        ::fsync(parent.get());
    return {};
}

} // namespace bistro::app
