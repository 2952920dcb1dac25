#include "learning/copies.h"

#include "lesson/lessonreader.h"
#include "text/plainfile.h"
#include "workspace/xdgfolders.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

struct Copies {
    Q_DECLARE_TR_FUNCTIONS(Copies)
};

constexpr qsizetype kKeyLetters = 8; // of the hash of a folder's path
constexpr int kMostCopies = 1'000;

std::expected<void, QString> makeFolder(const QString& folder)
{
    if (QDir().mkpath(folder))
        return {};
    return std::unexpected(
        Copies::tr("Bistro can't make the folder %1. Check its permissions, and whether the disk is full.")
            .arg(folder));
}

// Aside first: `to` is not there, or whole.
std::expected<void, QString> layOutWhole(const Lesson& lesson, const QString& to)
{
    const QString parent = QFileInfo(to).absolutePath();
    if (const auto made = makeFolder(parent); !made)
        return made;
    QTemporaryDir aside(parent + u"/.new-XXXXXX"_s); // removes what is left of a failure
    if (!aside.isValid())
        return std::unexpected(Copies::tr("Bistro can't write in %1: %2.").arg(parent, aside.errorString()));
    const QString whole = aside.filePath(u"lesson"_s);
    if (const auto made = makeFolder(whole); !made)
        return made;
    if (const auto laidOut = layOut(lesson, lesson.startFolder(), whole); !laidOut)
        return laidOut;
    if (!QDir().rename(whole, to))
        return std::unexpected(Copies::tr("Bistro can't make the folder %1.").arg(to));
    return {};
}

// Of an ordinary file: the learner's program may have put a pipe, or a link to what has no end, in its place.
std::optional<QByteArray> contentsOf(const QString& path)
{
    constexpr qint64 most = 64 << 20; // bytes; a lesson's folder has less
    if (!path.startsWith(u':'))
        return plainFile(path, most);
    QFile file(path); // of the executable
    return file.open(QIODevice::ReadOnly) ? std::optional(file.readAll()) : std::nullopt;
}

// "04-what-blocks-the-waiter (2)": the first that is free.
QString freeNameBeside(const QString& folder)
{
    for (int number = 2; number < kMostCopies; ++number) {
        const QString name = u"%1 (%2)"_s.arg(folder).arg(number);
        if (!QFileInfo::exists(name))
            return name;
    }
    return {};
}

} // namespace

QString keptFolder(const QString& courseFolder)
{
    const QString all = dataFolder() + u"/course/"_s;
    if (courseFolder.startsWith(u':')) // the executable's own
        return all + u"bistro"_s;
    const QFileInfo info(courseFolder);
    const QString path = info.canonicalFilePath().isEmpty() ? QDir::cleanPath(info.absoluteFilePath())
                                                            : info.canonicalFilePath();
    const QByteArray hash = QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex();
    return all + QFileInfo(path).fileName() + u'-' + QString::fromLatin1(hash.first(kKeyLetters));
}

QString copyFolder(const Course& course, const Lesson& lesson)
{
    return keptFolder(course.folder) + u"/lessons/"_s + lesson.id;
}

std::expected<QString, QString> ownCopy(const Course& course, const Lesson& lesson)
{
    const QString folder = copyFolder(course, lesson);
    if (QFileInfo(folder).isDir())
        return folder;
    if (const auto made = layOutWhole(lesson, folder); !made)
        return std::unexpected(made.error());
    return folder;
}

std::expected<QString, QString> startOver(const Course& course, const Lesson& lesson)
{
    const QString folder = copyFolder(course, lesson);
    const QString kept = freeNameBeside(folder);
    if (QFileInfo::exists(folder) && (kept.isEmpty() || !QDir().rename(folder, kept)))
        return std::unexpected(
            Copies::tr("Bistro can't keep your program of %1, so it does not start over. Check the folder's "
                       "permissions.")
                .arg(folder));
    if (const auto made = ownCopy(course, lesson); !made) {
        QDir().rename(kept, folder); // as it was
        return std::unexpected(made.error());
    }
    return kept;
}

bool isUnchanged(const Course& course, const Lesson& lesson)
{
    const QString folder = copyFolder(course, lesson);
    return std::ranges::all_of(lesson.startFiles, [&](const QString& name) {
        const auto own = contentsOf(folder + u'/' + name);
        return own && own == contentsOf(lesson.startFolder() + u'/' + name);
    });
}

std::expected<QString, QString> pristineCopy(const Course& course, const Lesson& lesson)
{
    const QString folder = keptFolder(course.folder) + u"/guess/"_s + lesson.id;
    if (QFileInfo::exists(folder) && !QDir(folder).removeRecursively())
        return std::unexpected(Copies::tr("Bistro can't remove the folder %1. Remove it, then run again.").arg(folder));
    if (const auto made = layOutWhole(lesson, folder); !made)
        return std::unexpected(made.error());
    return folder;
}

} // namespace bistro::app
