#include "session/copytrace.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace bistro::app {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CopyTrace)
};

// Into a file that was opened for writing only: to know what it has, it is opened again.
bool keepBookmarks(int file, const std::vector<trace::Bookmark>& bookmarks)
{
    const int fd = open(("/proc/self/fd/" + std::to_string(file)).c_str(), O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return false;
    const auto written = trace::writeBookmarks(fd, bookmarks);
    close(fd);
    // A trace that is damaged in its header, or has what a newer Bistro noted, is copied as it is.
    return written || written.error() == EINVAL || written.error() == ENOTSUP;
}

} // namespace

std::expected<void, QString> copyTrace(
    const QString& trace, const QString& file, const std::vector<trace::Bookmark>& bookmarks)
{
    QFile from(trace);
    if (QFileInfo(from) == QFileInfo(file))
        return std::unexpected(Words::tr("\"%1\" is the recorded run itself. Give the copy another name.").arg(file));
    QSaveFile to(file);
    if (!from.open(QIODevice::ReadOnly))
        return std::unexpected(
            Words::tr("Bistro can't read the recorded run: %1. Run the program again.").arg(from.errorString()));
    if (!to.open(QIODevice::WriteOnly))
        return std::unexpected(
            Words::tr("Bistro can't write \"%1\": %2. Choose another place.").arg(file, to.errorString()));
    constexpr qint64 atOnce = 1 << 20;
    // What a program adds meanwhile is not of this moment, and it may be faster.
    for (qint64 left = from.size(); left > 0;) {
        const QByteArray bytes = from.read(std::min(left, atOnce));
        if (from.error() != QFileDevice::NoError)
            return std::unexpected(
                Words::tr("Bistro can't read the recorded run: %1. Run the program again.").arg(from.errorString()));
        if (bytes.isEmpty()) // made shorter meanwhile: the copy is as damaged
            break;
        if (to.write(bytes) != bytes.size())
            return std::unexpected(
                Words::tr("Bistro can't write \"%1\": %2. Choose another place.").arg(file, to.errorString()));
        left -= bytes.size();
    }
    if (!to.flush() || !keepBookmarks(to.handle(), bookmarks))
        return std::unexpected(
            Words::tr("Bistro can't write \"%1\": %2. Choose another place.").arg(file, to.errorString()));
    if (!to.commit())
        return std::unexpected(
            Words::tr("Bistro can't write \"%1\": %2. Choose another place.").arg(file, to.errorString()));
    return {};
}

} // namespace bistro::app
