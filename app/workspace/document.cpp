#include "workspace/document.h"

#include "workspace/xdgfolders.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::app {

Document::Document(QObject* parent)
    : QObject(parent)
{
    m_settle.setSingleShot(true);
    m_settle.setInterval(50ms);
    connect(&m_settle, &QTimer::timeout, this, &Document::look);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_settle, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_settle, qOverload<>(&QTimer::start));
}

Document::~Document() = default;

std::expected<void, QString> Document::open(const QString& path)
{
    const Stamp before = stampOf(path);
    auto file = readTextFile(path);
    if (!file)
        return std::unexpected(file.error());
    m_path = QFileInfo(path).absoluteFilePath();
    m_file = *std::move(file);
    m_stamp = m_told = before; // taken before reading: what changes in between is noticed
    watch();
    claim();
    return {};
}

std::expected<Document::Saved, Document::NotSaved> Document::save(const QString& text, OverChanges overChanges)
{
    if (m_path.isEmpty())
        return std::unexpected(NotSaved {tr("The program has no name yet. Give it one: File, Save As.")});
    if (overChanges == OverChanges::Refuse && m_stamp.size >= 0 && onDisk() == OnDisk::Changed)
        return std::unexpected(NotSaved {tr("Another program has changed %1 since you opened it.").arg(name()), true});
    auto encoded = encode(m_file, text);
    if (auto written = writeWhole(m_path, encoded.bytes); !written)
        return std::unexpected(NotSaved {written.error()});
    Saved saved;
    if (encoded.encoding != m_file.encoding)
        saved.notice = tr("Bistro now saves %1 as UTF-8: it has letters that Latin-1 lacks.").arg(name());
    m_file = decode(encoded.bytes, encoded.encoding);
    m_stamp = m_told = stampOf(m_path);
    watch();
    claim();
    return saved;
}

std::expected<Document::Saved, Document::NotSaved> Document::saveAs(const QString& path, const QString& text)
{
    const QString before = std::exchange(m_path, QFileInfo(path).absoluteFilePath());
    auto saved = save(text, OverChanges::Replace); // whoever chose the name was asked by the dialog
    if (!saved)
        m_path = before;
    return saved;
}

void Document::setPath(const QString& path)
{
    m_path = QFileInfo(path).absoluteFilePath();
    m_stamp = m_told = stampOf(m_path);
    watch();
    claim();
}

QString Document::name() const
{
    return m_path.isEmpty() ? tr("untitled") : QFileInfo(m_path).fileName();
}

Document::Stamp Document::stampOf(const QString& path)
{
    struct stat status {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
    return {status.st_dev, status.st_ino, status.st_size,
        static_cast<qint64>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec};
}

Document::OnDisk Document::onDisk() const
{
    const Stamp now = stampOf(m_path);
    if (now == m_stamp)
        return OnDisk::Same;
    return now.size < 0 ? OnDisk::Gone : OnDisk::Changed;
}

void Document::keepMine()
{
    m_stamp = m_told = stampOf(m_path);
}

void Document::watch()
{
    if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    // The folder as well: a file that is renamed over ours is another file, and one that vanished may come back.
    const QFileInfo info(m_path);
    if (info.exists())
        m_watcher.addPath(m_path);
    if (QFileInfo::exists(info.absolutePath()))
        m_watcher.addPath(info.absolutePath());
}

void Document::look()
{
    if (!m_watcher.files().contains(m_path) && QFileInfo::exists(m_path))
        m_watcher.addPath(m_path);
    const Stamp now = stampOf(m_path);
    if (now == m_told)
        return;
    m_told = now;
    if (now == m_stamp)
        return;
    if (now.size == m_file.bytes.size()) { // touched, or written with the same bytes
        if (const auto same = readTextFile(m_path); same && same->bytes == m_file.bytes) {
            m_stamp = now;
            return;
        }
    }
    emit changedOnDisk(onDisk());
}

void Document::claim()
{
    m_claim.reset();
    m_elsewhere.reset();
    const QString canonical = QFileInfo(m_path).canonicalFilePath();
    const QString folder = stateFolder() + u"/open"_s;
    if (canonical.isEmpty() || !QDir().mkpath(folder))
        return; // without a place for locks we cannot know, and say nothing
    const QByteArray digest = QCryptographicHash::hash(canonical.toUtf8(), QCryptographicHash::Sha1).toHex();
    m_claim = std::make_unique<QLockFile>(folder + u'/' + QString::fromLatin1(digest));
    m_claim->setStaleLockTime(0ms); // only the end of its process frees it
    if (m_claim->tryLock(0ms))
        return;
    if (m_claim->error() == QLockFile::LockFailedError) {
        qint64 pid = 0;
        QString host;
        QString application;
        if (m_claim->getLockInfo(&pid, &host, &application))
            m_elsewhere = pid;
    }
    m_claim.reset();
}

} // namespace bistro::app
