#include "lesson/lessonreader.h"

#include "lesson/formatwords.h"
#include "lesson/lessonfiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kPiece = 1 << 20;

std::unexpected<QString> notWritten(const QString& path, const QString& reason)
{
    return std::unexpected(FormatWords::tr("Bistro can't write %1: %2.").arg(path, reason));
}

std::unexpected<QString> notMade(const QString& folder)
{
    return std::unexpected(FormatWords::tr("Bistro can't make the folder %1.").arg(folder));
}

// What was there is replaced, not written into: it may be a link.
std::expected<void, QString> copyFile(const QString& from, const QString& to)
{
    QFile::remove(to);
    if (!QDir().mkpath(QFileInfo(to).path()))
        return notMade(QFileInfo(to).path());
    QFile source(from);
    if (!source.copy(to))
        return notWritten(to, source.errorString());
    QFile::setPermissions(
        to, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup | QFileDevice::ReadOther);
    return {};
}

std::expected<void, QString> make(const GeneratedFile& wanted, const QString& to)
{
    QFile::remove(to);
    if (!QDir().mkpath(QFileInfo(to).path()))
        return notMade(QFileInfo(to).path());
    QFile file(to);
    if (!file.open(QIODevice::WriteOnly))
        return notWritten(to, file.errorString());
    const QByteArray line = wanted.line.toUtf8() + '\n';
    const QByteArray piece = line.repeated(std::max<qsizetype>(1, std::min<qint64>(kPiece, wanted.size) / line.size()));
    for (qint64 left = wanted.size; left > 0;) {
        const qint64 written = file.write(piece.constData(), std::min<qint64>(left, piece.size()));
        if (written <= 0)
            return notWritten(to, file.errorString());
        left -= written;
    }
    if (!file.flush())
        return notWritten(to, file.errorString());
    return {};
}

} // namespace

std::expected<void, QString> layOut(const Lesson& lesson, const QString& from, const QString& to)
{
    const QString start = lesson.startFolder();
    for (const QString& name : lesson.startFiles) {
        if (const auto copied = copyFile(start + u'/' + name, to + u'/' + name); !copied)
            return copied;
    }
    if (QDir::cleanPath(from) != start) {
        for (const QString& name : filesOf(QDir::cleanPath(from)).names) {
            if (name == "expect.yaml"_L1) // says what a wrong answer is told
                continue;
            if (const auto copied = copyFile(QDir::cleanPath(from) + u'/' + name, to + u'/' + name); !copied)
                return copied;
        }
    }
    for (const GeneratedFile& wanted : lesson.generated) {
        if (const auto made = make(wanted, to + u'/' + wanted.name); !made)
            return made;
    }
    return {};
}

} // namespace bistro::app
