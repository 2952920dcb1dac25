#include "workspace/workspace.h"

#include "workspace/xdgfolders.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::app {
namespace {

QString untitledFolder()
{
    return dataFolder() + u"/untitled"_s;
}

const QString kNoTitle = u"program"_s; // in the name of an untitled program's folder
const QString kStamp = u"yyyyMMdd-hhmmss"_s; // after it
constexpr int kDeepest = 4; // folders below the workspace

void collect(const QDir& folder, const QString& prefix, int depth, QStringList& into)
{
    const auto entries = folder.entryInfoList(
        QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::DirsLast | QDir::IgnoreCase);
    for (const QFileInfo& entry : entries) {
        if (into.size() >= Workspace::kMostFiles)
            return;
        if (!entry.isDir())
            into += prefix + entry.fileName();
        else if (depth < kDeepest && !entry.isSymLink() && entry.fileName() != "node_modules"_L1)
            collect(QDir(entry.absoluteFilePath()), prefix + entry.fileName() + u'/', depth + 1, into);
    }
}

} // namespace

Workspace::Workspace(QObject* parent)
    : QObject(parent)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(100ms);
    connect(&m_settle, &QTimer::timeout, this, &Workspace::filesChanged);
    // Not restarted: a program that makes files all the time must not hide them all the time.
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        if (!m_settle.isActive())
            m_settle.start();
    });
}

std::expected<void, QString> Workspace::open(const QString& folder)
{
    const QFileInfo info(folder);
    if (!info.isDir())
        return std::unexpected(tr("%1 is not a folder. Choose a folder, or open the file itself.").arg(folder));
    if (!info.isReadable())
        return std::unexpected(
            tr("Bistro may not read the folder %1. Choose another one, or allow it in the folder's permissions.")
                .arg(folder));
    m_folder = info.absoluteFilePath();
    watch();
    emit filesChanged();
    return {};
}

std::expected<void, QString> Workspace::openUntitled(const QString& title)
{
    const QDir all(untitledFolder());
    const QString stem = (title.isEmpty() ? kNoTitle : title) + QDateTime::currentDateTime().toString(u'-' + kStamp);
    QDir().mkpath(all.absolutePath());
    for (int i = 0; i < 1000; ++i) {
        const QString name = i == 0 ? stem : stem + u'-' + QString::number(i);
        if (all.mkdir(name)) // refuses one that is there: two windows never share
            return open(all.filePath(name));
        if (!all.exists(name))
            break;
    }
    return std::unexpected(
        tr("Bistro can't make a folder for a new program in %1. Free space on the disk, or allow writing there.")
            .arg(all.absolutePath()));
}

QString Workspace::name() const
{
    return isUntitled() ? tr("untitled") : QFileInfo(m_folder).fileName();
}

bool Workspace::isUntitled() const
{
    return isUntitled(m_folder);
}

bool Workspace::isUntitled(const QString& path)
{
    return path.startsWith(untitledFolder() + u'/');
}

Workspace::UntitledName Workspace::untitledName(const QString& folder)
{
    static const QRegularExpression parts(u"^(.*)-(\\d{8}-\\d{6})(-\\d+)?$"_s);
    const auto match = parts.match(QFileInfo(folder).fileName());
    const QString title = match.captured(1);
    return {.title = title == kNoTitle ? QString() : title, .time = QDateTime::fromString(match.captured(2), kStamp)};
}

QStringList Workspace::files() const
{
    QStringList names;
    if (!m_folder.isEmpty())
        collect(QDir(m_folder), {}, 0, names);
    return names;
}

void Workspace::removeOldUntitled(int days)
{
    const QDateTime since = QDateTime::currentDateTime().addDays(-days);
    const auto folders = QDir(untitledFolder()).entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QFileInfo& folder : folders) {
        QDateTime touched = folder.lastModified();
        for (QDirIterator it(folder.absoluteFilePath(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
            it.hasNext();)
            touched = std::max(touched, it.nextFileInfo().lastModified());
        if (touched < since && !folder.isSymLink())
            QDir(folder.absoluteFilePath()).removeRecursively();
    }
}

void Workspace::watch()
{
    if (const QStringList watched = m_watcher.directories(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    m_watcher.addPath(m_folder);
}

} // namespace bistro::app
