#include "process/copytrace.h"

#include "process/asidefile.h"
#include "trace/withoutvalues.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

namespace bistro::app {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CopyTrace)
};

using Copied = std::expected<void, QString>;

// 0: kept.
int errorOfKeeping(int file, const std::vector<trace::Bookmark>& bookmarks)
{
    const auto written = trace::writeBookmarks(file, bookmarks);
    // A trace that is damaged in its header, or has what a newer Bistro noted, is copied as it is.
    return written || written.error() == EINVAL || written.error() == ENOTSUP ? 0 : written.error();
}

std::unexpected<QString> cannotWrite(const QString& file, int error)
{
    return std::unexpected(Words::tr("Bistro can't write \"%1\": %2. Choose another place.")
            .arg(file, QString::fromStdString(std::generic_category().message(error))));
}

// Of two that are not there, Qt says that they are.
bool isSameFile(const QString& one, const QString& other)
{
    return QFileInfo::exists(one) && QFileInfo(one) == QFileInfo(other);
}

// A name that a program of that folder may have given to a link is not followed.
std::expected<AsideFile, QString> asideFor(const QString& trace, const QString& file)
{
    if (isSameFile(trace, file))
        return std::unexpected(Words::tr("\"%1\" is the recorded run itself. Give the copy another name.").arg(file));
    const FilePlace place = FilePlace::named(file);
    const FilePlace::Seen seen = place.look();
    if (seen.what == FilePlace::Has::Link)
        return std::unexpected(
            Words::tr("\"%1\" is a link to %2, and Bistro does not write where it leads. Choose another name.")
                .arg(file, seen.target));
    if (seen.what == FilePlace::Has::NoFile)
        return std::unexpected(Words::tr("\"%1\" is not an ordinary file. Choose another name.").arg(file));
    auto aside = AsideFile::beside(place);
    if (!aside)
        return cannotWrite(file, aside.error());
    return *std::move(aside);
}

// The rest of a copy of which all events are written.
Copied complete(AsideFile& to, const QString& file, const std::vector<trace::Bookmark>& bookmarks)
{
    const FilePlace::Seen seen = FilePlace::named(file).look();
    const mode_t mode = seen.what == FilePlace::Has::File ? seen.status.st_mode & 07777 : usualMode();
    if (const int error = errorOfKeeping(to.fd(), bookmarks); error != 0)
        return cannotWrite(file, error);
    if (const int error = to.putInPlace(mode); error != 0)
        return cannotWrite(file, error);
    return {};
}

} // namespace

Copied copyTrace(const QString& trace, const QString& file, const std::vector<trace::Bookmark>& bookmarks)
{
    QFile from(trace);
    auto to = asideFor(trace, file);
    if (!to)
        return std::unexpected(to.error());
    const auto cannotRead = [&from] {
        return Words::tr("Bistro can't read the recorded run: %1. Run the program again.").arg(from.errorString());
    };
    if (!from.open(QIODevice::ReadOnly))
        return std::unexpected(cannotRead());
    constexpr qint64 atOnce = 1 << 20;
    // What a program adds meanwhile is not of this moment, and it may be faster.
    for (qint64 left = from.size(); left > 0;) {
        const QByteArray bytes = from.read(std::min(left, atOnce));
        if (from.error() != QFileDevice::NoError)
            return std::unexpected(cannotRead());
        if (bytes.isEmpty()) // made shorter meanwhile: the copy is as damaged
            break;
        if (const int error = to->write(bytes); error != 0)
            return cannotWrite(file, error);
        left -= bytes.size();
    }
    return complete(*to, file, bookmarks);
}

std::expected<QString, QString> copyTraceWithoutValues(
    const QString& trace, const QString& file, const std::vector<trace::Bookmark>& bookmarks)
{
    auto to = asideFor(trace, file);
    if (!to)
        return std::unexpected(to.error());
    auto from = trace::Reader::open(QFile::encodeName(trace).toStdString());
    if (!from)
        return std::unexpected(QString::fromStdString(from.error().sentence));
    const auto written = trace::writeWithoutValues(*from, to->fd());
    if (!from->look()) // what was written is of no trace
        return std::unexpected(QString::fromStdString(from->damage()->sentence));
    if (!written)
        return cannotWrite(file, written.error());
    return complete(*to, file, bookmarks).transform([&from] {
        return from->damage() ? QString::fromStdString(from->damage()->sentence) : QString();
    });
}

} // namespace bistro::app
