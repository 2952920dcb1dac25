#include "process/fileplace.h"

#include <QFile>
#include <QStringList>

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40; // as the kernel follows

fs::path asPath(const QString& path)
{
    return QFile::encodeName(path).toStdString();
}

// What is there of it without links, and the rest as it stands.
fs::path withoutLinks(const fs::path& path)
{
    std::error_code error;
    fs::path real = fs::weakly_canonical(fs::absolute(path, error), error);
    return error ? fs::path() : real;
}

bool isLink(int folder, const char* name)
{
    struct stat status {};
    return ::fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

QString targetOf(int folder, const char* name)
{
    std::array<char, PATH_MAX> room {};
    const ssize_t size = ::readlinkat(folder, name, room.data(), room.size());
    return size > 0 ? QFile::decodeName(QByteArray(room.data(), size)) : QString();
}

} // namespace

FilePlace FilePlace::opened(const QString& path)
{
    fs::path real = withoutLinks(asPath(path));
    std::error_code error;
    for (int i = 0; i < kMostLinks && fs::is_symlink(real, error); ++i) // to where nothing is yet
        real = withoutLinks(real.parent_path() / fs::read_symlink(real, error));
    return FilePlace(QFile::decodeName(real.c_str()));
}

FilePlace FilePlace::named(const QString& path)
{
    std::error_code error;
    const fs::path whole = fs::absolute(asPath(path), error).lexically_normal();
    const fs::path folder = withoutLinks(whole.parent_path());
    return folder.empty() ? FilePlace() : FilePlace(QFile::decodeName((folder / whole.filename()).c_str()));
}

FilePlace FilePlace::kept(const QString& path)
{
    return FilePlace(path);
}

QByteArray FilePlace::name() const
{
    return QFile::encodeName(m_path.sliced(m_path.lastIndexOf(u'/') + 1));
}

// The folder, a step at a time. On a failure `link` says which one is a link; empty: none.
Descriptor FilePlace::walk(int& error, QString* link) const
{
    constexpr int kFlags = O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    error = ENOENT;
    if (!m_path.startsWith(u'/'))
        return {};
    Descriptor at(::open("/", kFlags));
    QStringList steps = m_path.split(u'/', Qt::SkipEmptyParts);
    if (!steps.isEmpty())
        steps.removeLast();
    QString reached;
    for (const QString& step : std::as_const(steps)) {
        const QByteArray name = QFile::encodeName(step);
        reached += u'/' + step;
        Descriptor next(::openat(at.get(), name.constData(), kFlags));
        if (!next) {
            error = errno;
            if (isLink(at.get(), name.constData())) {
                error = ELOOP;
                if (link)
                    *link = reached;
            }
            return {};
        }
        at = std::move(next);
    }
    error = at ? 0 : errno;
    return at;
}

std::expected<Descriptor, int> FilePlace::openFolder() const
{
    int error = 0;
    Descriptor folder = walk(error, nullptr);
    if (error != 0)
        return std::unexpected(error);
    return folder;
}

std::expected<Descriptor, int> FilePlace::openToRead() const
{
    const auto folder = openFolder();
    if (!folder)
        return std::unexpected(folder.error());
    // Without waiting: opening a pipe would wait for somebody who writes to it.
    Descriptor file(
        ::openat(folder->get(), name().constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file)
        return std::unexpected(errno);
    return file;
}

FilePlace::Seen FilePlace::look() const
{
    Seen seen;
    int error = 0;
    const Descriptor folder = walk(error, &seen.link);
    if (error != 0) {
        if (seen.link.isEmpty())
            return seen;
        seen.what = Has::Link;
        seen.target = targetOf(AT_FDCWD, QFile::encodeName(seen.link).constData());
        return seen;
    }
    if (::fstatat(folder.get(), name().constData(), &seen.status, AT_SYMLINK_NOFOLLOW) != 0)
        return seen;
    if (S_ISLNK(seen.status.st_mode)) {
        seen.what = Has::Link;
        seen.link = m_path;
        seen.target = targetOf(folder.get(), name().constData());
    } else {
        seen.what = S_ISREG(seen.status.st_mode) ? Has::File : Has::NoFile;
    }
    return seen;
}

} // namespace bistro::app
