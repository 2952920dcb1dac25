#include "lesson/lessonfiles.h"

#include "lesson/fields.h"
#include "state/describe.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostFiles = 300; // of one folder
constexpr qint64 kMostBytesOfFolder = 32 << 20;
constexpr qsizetype kDeepestFolder = 8;
constexpr int kMostEntries = 5'000; // of any kind that are looked at

// A step of the path, within the folder, that is a link; empty: none.
QString linkIn(const QString& folder, const QString& path)
{
    QString walked;
    for (const QString& step : path.split(u'/')) {
        walked += (walked.isEmpty() ? QString() : u"/"_s) + step;
        if (QFileInfo(folder + u'/' + walked).isSymbolicLink())
            return walked;
    }
    return {};
}

} // namespace

bool isInnerPath(const QString& path)
{
    if (path.isEmpty() || path.size() > 200 || path.contains(u'\\') || path.contains(u':') || path.contains(QChar(0)))
        return false;
    const QStringList steps = path.split(u'/');
    return steps.size() <= kDeepestFolder
        && std::ranges::none_of(steps, [](const QString& step) { return step.isEmpty() || step.startsWith(u'.'); });
}

std::optional<QString> fileFault(const QString& folder, const QString& path, FileOf whose)
{
    const bool isLessons = whose == FileOf::Lesson;
    if (!isInnerPath(path))
        return (isLessons ? FormatWords::tr("\"%1\" is not a path within the lesson's folder.")
                          : FormatWords::tr("\"%1\" is not a path within the course's folder."))
            .arg(path);
    if (const QString link = linkIn(folder, path); !link.isEmpty())
        return FormatWords::tr("\"%1\" is a link to elsewhere. A lesson has files of its own only.").arg(link);
    const QFileInfo info(folder + u'/' + path);
    if (!info.exists())
        return (isLessons ? FormatWords::tr("There is no file \"%1\" in the lesson's folder.")
                          : FormatWords::tr("There is no file \"%1\" beside course.yaml."))
            .arg(path);
    if (!info.isFile())
        return FormatWords::tr("\"%1\" is not a file.").arg(path);
    return {};
}

std::expected<QByteArray, QString> readText(const QString& folder, const QString& path, FileOf whose)
{
    if (const auto wrong = fileFault(folder, path, whose))
        return std::unexpected(*wrong);
    QFile file(folder + u'/' + path);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(FormatWords::tr("Bistro can't read \"%1\": %2.").arg(path, file.errorString()));
    QByteArray bytes = file.read(kMostLessonBytes + 1);
    if (bytes.size() > kMostLessonBytes)
        return std::unexpected(FormatWords::tr("\"%1\" has more than 1 MB. A lesson's text is shorter.").arg(path));
    if (auto text = lessonText(std::move(bytes)))
        return *std::move(text);
    return std::unexpected(FormatWords::tr("\"%1\" is not UTF-8 text. Save it as UTF-8 in your editor.").arg(path));
}

std::optional<QByteArray> lessonText(QByteArray bytes)
{
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes.remove(0, 3);
    QStringDecoder decode(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    [[maybe_unused]] const QString text = decode(bytes);
    if (decode.hasError() || bytes.contains('\0'))
        return {};
    bytes.replace("\r\n", "\n");
    return bytes;
}

FolderFiles filesOf(const QString& folder)
{
    FolderFiles found;
    qint64 bytes = 0;
    int entries = 0;
    QDirIterator it(folder, QDir::Files | QDir::Dirs | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot,
        QDirIterator::Subdirectories); // it does not follow links
    while (it.hasNext()) {
        const QFileInfo info = it.nextFileInfo();
        const QString name = info.filePath().sliced(folder.size() + 1);
        if (info.isSymbolicLink()) {
            found.faults += FormatWords::tr("\"%1\" is a link to elsewhere. A lesson has files of its own only.")
                                .arg(name);
        } else if (name.count(u'/') >= kDeepestFolder) {
            found.faults += FormatWords::tr("\"%1\" lies in too many folders.").arg(name);
            break;
        } else if (info.isFile()) {
            found.names += name;
            bytes += info.size();
        } else if (!info.isDir()) {
            found.faults += FormatWords::tr("\"%1\" is not a file.").arg(name);
        }
        if (++entries > kMostEntries || found.names.size() > kMostFiles || bytes > kMostBytesOfFolder
            || found.faults.size() > 20) {
            found.faults += FormatWords::tr(
                "There are more than %1 files or %2 MB in \"%3\". Let Bistro make large files.")
                                .arg(kMostFiles)
                                .arg(kMostBytesOfFolder >> 20)
                                .arg(QFileInfo(folder).fileName());
            break;
        }
    }
    found.names.sort();
    return found;
}

std::expected<QStringList, QString> foldersOf(const QString& folder)
{
    QStringList names;
    int entries = 0;
    QDirIterator it(folder, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    while (it.hasNext()) {
        const QFileInfo info = it.nextFileInfo();
        if (++entries > kMostEntries)
            return std::unexpected(
                FormatWords::tr("There are more than %L1 files and folders in \"%2\". Keep the lessons in a folder of "
                                "their own.")
                    .arg(kMostEntries)
                    .arg(QFileInfo(folder).fileName()));
        if (info.isDir() && !info.isSymbolicLink() && !info.isHidden())
            names += info.fileName();
    }
    names.sort();
    return names;
}

std::optional<OrderKind> orderKindNamed(const QString& word)
{
    for (std::size_t i = static_cast<std::size_t>(OrderKind::Tick); i < kOrderKinds; ++i) {
        if (const auto kind = static_cast<OrderKind>(i); word == utf16(kindWord(kind)))
            return kind;
    }
    return {};
}

QStringList orderKindNames()
{
    QStringList names;
    for (std::size_t i = static_cast<std::size_t>(OrderKind::Tick); i < kOrderKinds; ++i)
        names += utf16(kindWord(static_cast<OrderKind>(i)));
    return names;
}

} // namespace bistro::app
