#include "process/copytrace.h"

#include "trace/withoutvalues.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <string>
#include <system_error>
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

QString cannotWrite(const QString& file, const QString& why)
{
    return Words::tr("Bistro can't write \"%1\": %2. Choose another place.").arg(file, why);
}

// Of two that are not there, Qt says that they are.
bool isSameFile(const QString& one, const QString& other)
{
    return QFileInfo::exists(one) && QFileInfo(one) == QFileInfo(other);
}

QString isItself(const QString& file)
{
    return Words::tr("\"%1\" is the recorded run itself. Give the copy another name.").arg(file);
}

// The rest of a copy of which all events are written.
std::expected<void, QString> complete(QSaveFile& to, const std::vector<trace::Bookmark>& bookmarks)
{
    if (!to.flush() || !keepBookmarks(to.handle(), bookmarks) || !to.commit())
        return std::unexpected(cannotWrite(to.fileName(), to.errorString()));
    return {};
}

} // namespace

std::expected<void, QString> copyTrace(
    const QString& trace, const QString& file, const std::vector<trace::Bookmark>& bookmarks)
{
    QFile from(trace);
    if (isSameFile(trace, file))
        return std::unexpected(isItself(file));
    QSaveFile to(file);
    const auto cannotRead = [&from] {
        return Words::tr("Bistro can't read the recorded run: %1. Run the program again.").arg(from.errorString());
    };
    if (!from.open(QIODevice::ReadOnly))
        return std::unexpected(cannotRead());
    if (!to.open(QIODevice::WriteOnly))
        return std::unexpected(cannotWrite(file, to.errorString()));
    constexpr qint64 atOnce = 1 << 20;
    // What a program adds meanwhile is not of this moment, and it may be faster.
    for (qint64 left = from.size(); left > 0;) {
        const QByteArray bytes = from.read(std::min(left, atOnce));
        if (from.error() != QFileDevice::NoError)
            return std::unexpected(cannotRead());
        if (bytes.isEmpty()) // made shorter meanwhile: the copy is as damaged
            break;
        if (to.write(bytes) != bytes.size())
            return std::unexpected(cannotWrite(file, to.errorString()));
        left -= bytes.size();
    }
    return complete(to, bookmarks);
}

std::expected<QString, QString> copyTraceWithoutValues(
    const QString& trace, const QString& file, const std::vector<trace::Bookmark>& bookmarks)
{
    if (isSameFile(trace, file))
        return std::unexpected(isItself(file));
    auto from = trace::Reader::open(QFile::encodeName(trace).toStdString());
    if (!from)
        return std::unexpected(QString::fromStdString(from.error().sentence));
    QSaveFile to(file);
    if (!to.open(QIODevice::WriteOnly))
        return std::unexpected(cannotWrite(file, to.errorString()));
    const auto written = trace::writeWithoutValues(*from, to.handle());
    if (!from->look()) // what was written is of no trace
        return std::unexpected(QString::fromStdString(from->damage()->sentence));
    if (!written)
        return std::unexpected(
            cannotWrite(file, QString::fromStdString(std::generic_category().message(written.error()))));
    return complete(to, bookmarks).transform([&from] {
        return from->damage() ? QString::fromStdString(from->damage()->sentence) : QString();
    });
}

} // namespace bistro::app
