#include "workspace/recovery.h"

#include "workspace/textfile.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLockFile>
#include <QSaveFile>
#include <QUuid>

#include <algorithm>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::app {
namespace {

constexpr QLatin1StringView kLock("lock");
constexpr QLatin1StringView kSuffix(".copy");

// One line of JSON that says what it is a copy of, then the text: a person can read it without Bistro.
QByteArray written(const Recovery::Copy& copy)
{
    const bool readable = copy.text.isValidUtf16(); // half a surrogate pair has no UTF-8
    const QJsonObject head {{u"path"_s, copy.path}, {u"title"_s, copy.title},
        {u"kept"_s, copy.kept.toString(Qt::ISODateWithMs)}, {u"utf16"_s, !readable}};
    QByteArray bytes = QJsonDocument(head).toJson(QJsonDocument::Compact) + '\n';
    if (readable)
        return bytes + copy.text.toUtf8();
    return bytes.append(reinterpret_cast<const char*>(copy.text.utf16()), copy.text.size() * 2);
}

std::optional<Recovery::Copy> read(const QString& path, const QString& id)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray line = file.readLine(64 * 1024);
    const QJsonDocument head = QJsonDocument::fromJson(line);
    if (!head.isObject())
        return {};
    const QByteArray bytes = file.read(4 * kLargestText);
    QString text;
    if (head[u"utf16"_s].toBool())
        text = QString(reinterpret_cast<const QChar*>(bytes.constData()), bytes.size() / 2);
    else
        text = QString::fromUtf8(bytes);
    return Recovery::Copy {id, head[u"path"_s].toString(), head[u"title"_s].toString(), std::move(text),
        QDateTime::fromString(head[u"kept"_s].toString(), Qt::ISODateWithMs)};
}

} // namespace

Recovery::Recovery(QString folder)
    : m_folder(std::move(folder))
    , m_lock(std::make_unique<QLockFile>(m_folder + u'/' + kLock))
{
    m_lock->setStaleLockTime(0ms);
    m_writer.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kDelay);
    connect(&m_timer, &QTimer::timeout, this, &Recovery::write);
}

std::expected<std::unique_ptr<Recovery>, QString> Recovery::open(const QString& folder)
{
    const QString own = folder + u'/' + QString::number(::getpid()) + u'-' + newId();
    const auto refused = [&folder] {
        return std::unexpected(
            tr("Bistro can't write to %1. If Bistro is killed, you lose what you have not saved. Save often.")
                .arg(folder));
    };
    if (!QDir().mkpath(own))
        return refused();
    std::unique_ptr<Recovery> recovery(new Recovery(own));
    if (!recovery->m_lock->tryLock(0ms))
        return refused();
    return recovery;
}

Recovery::~Recovery()
{
    flush();
    m_lock->unlock();
    QDir().rmdir(m_folder); // stays while it has copies
}

QList<Recovery::Copy> Recovery::adopt()
{
    QList<Copy> copies;
    const QDir own(m_folder);
    const QDir all(QFileInfo(m_folder).absolutePath());
    for (const QFileInfo& other : all.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        if (other.absoluteFilePath() == own.absolutePath())
            continue;
        QLockFile lock(other.absoluteFilePath() + u'/' + kLock);
        lock.setStaleLockTime(0ms);
        if (!lock.tryLock(0ms))
            continue; // that window lives, or another one is adopting just now
        for (const QFileInfo& file :
            QDir(other.absoluteFilePath()).entryInfoList({u'*' + kSuffix}, QDir::Files, QDir::Name)) {
            const QString id = file.completeBaseName();
            const QString moved = own.filePath(file.fileName());
            if (!QFile::rename(file.absoluteFilePath(), moved))
                continue;
            if (auto copy = read(moved, id))
                copies.append(*std::move(copy));
        }
        lock.unlock();
        QDir().rmdir(other.absoluteFilePath());
    }
    std::ranges::sort(copies, {}, &Copy::id);
    return copies;
}

void Recovery::changed(const QString& id, const Subject& subject, std::function<QString()> text)
{
    m_waiting.insert(id, {subject, std::move(text)});
    if (!m_timer.isActive()) // not restarted: who types without a pause is kept, too
        m_timer.start();
}

void Recovery::forget(const QString& id)
{
    m_waiting.remove(id);
    m_writer.start([path = m_folder + u'/' + id + kSuffix] { QFile::remove(path); });
}

void Recovery::write()
{
    for (auto [id, waiting] : std::exchange(m_waiting, {}).asKeyValueRange()) {
        Copy copy {id, waiting.subject.path, waiting.subject.title, waiting.text(), QDateTime::currentDateTime()};
        m_writer.start([this, copy = std::move(copy), path = m_folder + u'/' + id + kSuffix] {
            QSaveFile file(path); // written aside, then renamed
            const bool done = file.open(QIODevice::WriteOnly) && file.write(written(copy)) >= 0 && file.commit();
            const QString error = done ? QString() : file.errorString();
            QMetaObject::invokeMethod(this, [this, error] { said(error); }, Qt::QueuedConnection);
        });
    }
}

void Recovery::flush()
{
    m_timer.stop();
    write();
    m_writer.waitForDone();
}

void Recovery::said(const QString& error)
{
    if (!error.isEmpty() && !m_failing)
        emit failed(tr("Bistro can't keep a copy of what you type: %1. Save your program.").arg(error));
    m_failing = !error.isEmpty();
}

// In the order in which they are made, so that recovered tabs stand as they stood.
QString Recovery::newId()
{
    static int count = 0;
    const QString time = QString::number(QDateTime::currentMSecsSinceEpoch(), 36).rightJustified(9, u'0');
    return time + u'-' + QString::number(count++).rightJustified(6, u'0') + u'-'
        + QUuid::createUuid().toString(QUuid::Id128).first(6);
}

} // namespace bistro::app
