#include "workspace/document.h"

#include "workspace/xdgfolders.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>

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
    return read(FilePlace::opened(path), QFileInfo(path).absoluteFilePath());
}

std::expected<void, QString> Document::openAgain(const QString& where)
{
    return read(FilePlace::kept(where), where);
}

std::expected<void, QString> Document::read(const FilePlace& place, const QString& path)
{
    const Stamp before = stampOf(place);
    auto file = readTextFile(place, path);
    if (!file)
        return std::unexpected(file.error());
    m_path = path;
    m_place = place;
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
    if (auto written = writeWhole(m_place, encoded.bytes, m_path); !written)
        return std::unexpected(NotSaved {written.error()});
    Saved saved;
    if (encoded.encoding != m_file.encoding)
        saved.notice = tr("Bistro now saves %1 as UTF-8: it has letters that Latin-1 lacks.").arg(name());
    m_file = decode(encoded.bytes, encoded.encoding);
    m_stamp = m_told = stampOf(m_place);
    watch();
    claim();
    return saved;
}

std::expected<Document::Saved, Document::NotSaved> Document::saveAs(const QString& path, const QString& text)
{
    const QString before = std::exchange(m_path, QFileInfo(path).absoluteFilePath());
    const FilePlace place = std::exchange(m_place, FilePlace::named(path));
    auto saved = save(text, OverChanges::Replace); // whoever chose the name was asked by the dialog
    if (!saved) {
        m_path = before;
        m_place = place;
    }
    return saved;
}

void Document::standAt(const FilePlace& place, const QString& path)
{
    m_path = QFileInfo(path).absoluteFilePath();
    m_place = place;
    m_stamp = m_told = stampOf(m_place);
    watch();
    claim();
}

QString Document::whyElsewhere() const
{
    const FilePlace::Seen seen = m_place.look();
    if (seen.what == FilePlace::Has::Link)
        return whyNotFollowed(seen);
    if (seen.what == FilePlace::Has::NoFile)
        return tr("%1 is not an ordinary file any more.").arg(m_path);
    if (seen.what == FilePlace::Has::File && FilePlace::opened(m_path) != m_place) // a link that was opened
        return tr("%1 does not lead to %2 any more.").arg(m_path, where());
    return {};
}

QString Document::name() const
{
    return m_path.isEmpty() ? tr("untitled") : QFileInfo(m_path).fileName();
}

Document::Stamp Document::stampOf(const FilePlace& place)
{
    const FilePlace::Seen seen = place.look();
    if (seen.what != FilePlace::Has::File)
        return {.what = seen.what};
    const struct stat& status = seen.status;
    return {seen.what, status.st_dev, status.st_ino, status.st_size,
        static_cast<qint64>(status.st_mtim.tv_sec) * 1'000'000'000 + status.st_mtim.tv_nsec};
}

Document::OnDisk Document::onDisk() const
{
    const Stamp now = stampOf(m_place);
    if (now == m_stamp)
        return OnDisk::Same;
    switch (now.what) {
    case FilePlace::Has::File: return OnDisk::Changed;
    case FilePlace::Has::Nothing: return OnDisk::Gone;
    case FilePlace::Has::Link:
    case FilePlace::Has::NoFile: break;
    }
    return OnDisk::Displaced;
}

void Document::keepMine()
{
    m_stamp = m_told = stampOf(m_place);
}

void Document::watch()
{
    if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty())
        m_watcher.removePaths(watched);
    // The folder as well: a file that is renamed over ours is another file, and one that vanished may come back.
    if (m_place.look().what == FilePlace::Has::File)
        m_watcher.addPath(where());
    const QString folder = QFileInfo(where()).absolutePath();
    if (QFileInfo::exists(folder))
        m_watcher.addPath(folder);
}

void Document::look()
{
    const Stamp now = stampOf(m_place);
    if (now.what == FilePlace::Has::File && !m_watcher.files().contains(where()))
        m_watcher.addPath(where());
    if (now == m_told)
        return;
    m_told = now;
    if (now == m_stamp)
        return;
    if (now.size == m_file.bytes.size()) { // touched, or written with the same bytes
        if (const auto same = readTextFile(m_place, m_path); same && same->bytes == m_file.bytes) {
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
    const QString folder = stateFolder() + u"/open"_s;
    if (stampOf(m_place).what != FilePlace::Has::File || !QDir().mkpath(folder))
        return; // without a place for locks we cannot know, and say nothing
    const QByteArray digest = QCryptographicHash::hash(where().toUtf8(), QCryptographicHash::Sha1).toHex();
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
