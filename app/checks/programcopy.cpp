#include "checks/programcopy.h"

#include "checks/look.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace bistro::app {
namespace {

namespace fs = std::filesystem;

fs::path pathOf(const QString& name)
{
    return QFile::encodeName(name).toStdString();
}

bool generate(const GeneratedFile& what, const QString& path)
{
    if (!QDir().mkpath(QFileInfo(path).path()))
        return false;
    QFile file(path);
    if (!file.open(QIODevice::NewOnly)) // a link that leads nowhere is somebody's name already
        return false;
    const QByteArray line = what.line.toUtf8() + '\n';
    const QByteArray many = line.repeated(static_cast<qsizetype>(64'000 / line.size() + 1));
    for (qint64 left = what.size; left > 0;) {
        const qint64 written = file.write(many.constData(), std::min<qint64>(left, many.size()));
        if (written <= 0)
            return false;
        left -= written;
    }
    return file.flush();
}

// A program may have made one: what was copied is as it was there.
bool leadsThroughLink(const QString& folder, const QString& name)
{
    QString path = folder;
    return std::ranges::any_of(name.split(u'/'), [&path](const QString& step) {
        path += u'/' + step;
        return QFileInfo(path).isSymLink();
    });
}

} // namespace

std::expected<void, QString> copyProgram(const QString& from, const QString& to, const QList<GeneratedFile>& generated)
{
    std::error_code error;
    fs::create_directories(pathOf(to), error);
    if (!error)
        fs::copy(pathOf(from), pathOf(to), fs::copy_options::recursive | fs::copy_options::copy_symlinks, error);
    if (error)
        return std::unexpected(CheckWords::tr("Bistro can't copy the program for another run: %1.")
                .arg(QString::fromStdString(error.message())));
    for (const GeneratedFile& each : generated) {
        const QString path = QDir(to).filePath(each.name);
        if (!leadsThroughLink(to, each.name) && !QFileInfo::exists(path) && !generate(each, path))
            return std::unexpected(CheckWords::tr("Bistro can't make the file %1 for another run.").arg(each.name));
    }
    return {};
}

} // namespace bistro::app
