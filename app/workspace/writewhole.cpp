// Files are written whole, or not at all.
#include "process/asidefile.h"
#include "workspace/textfile.h"

#include <QCoreApplication>

#include <cstring>
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

// A program may have made that text: what is too long is cut.
QString shortened(const QString& path)
{
    constexpr qsizetype most = 100; // letters
    return path.size() <= most ? path : path.first(most / 2) + QChar(u'…') + path.last(most / 2);
}

} // namespace

QString whyNotFollowed(const FilePlace::Seen& seen)
{
    return Words::tr("%1 is a link to %2, and Bistro does not follow it.").arg(seen.link, shortened(seen.target));
}

std::expected<void, QString> writeWhole(const FilePlace& place, const QByteArray& bytes, const QString& shown)
{
    const auto failed = [&shown](int error) {
        return std::unexpected(Words::tr("Bistro can't save %1: %2. The file is as it was.").arg(shown, reason(error)));
    };
    const FilePlace::Seen seen = place.look();
    const bool exists = seen.what == FilePlace::Has::File;
    if (seen.what == FilePlace::Has::Link)
        return std::unexpected(whyNotFollowed(seen) + u' ' + Words::tr("Save under another name."));
    if (seen.what == FilePlace::Has::NoFile)
        return std::unexpected(
            Words::tr("%1 is not an ordinary file, so Bistro does not overwrite it. Save under another name.")
                .arg(shown));
    auto aside = AsideFile::beside(place);
    if (!aside)
        return failed(aside.error());
    if (const int error = aside->write(bytes); error != 0)
        return failed(error);
    const struct stat& old = seen.status;
    if (exists && (old.st_uid != ::geteuid() || old.st_gid != ::getegid()))
        (void)!::fchown(aside->fd(), old.st_uid, old.st_gid); // as far as we may
    if (const int error = aside->putInPlace(exists ? old.st_mode & 07777 : usualMode()); error != 0)
        return failed(error);
    return {};
}

std::expected<void, QString> writeWhole(const QString& path, const QByteArray& bytes)
{
    return writeWhole(FilePlace::opened(path), bytes, path);
}

} // namespace bistro::app
