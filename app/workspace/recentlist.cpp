#include "workspace/recentlist.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLockFile>
#include <QSaveFile>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::app {

RecentList::RecentList(QString file)
    : m_file(std::move(file))
{
}

QStringList RecentList::paths() const
{
    QStringList there = read();
    there.removeIf([](const QString& path) { return !QFileInfo::exists(path); });
    return there;
}

void RecentList::add(const QString& path)
{
    QDir().mkpath(QFileInfo(m_file).absolutePath());
    QLockFile lock(m_file + u".lock"_s);
    lock.tryLock(100ms); // without the lock, of two windows at once one may lose its entry: better than to wait
    QStringList paths = read();
    paths.removeAll(path);
    paths.prepend(path);
    write(paths.mid(0, kMost));
}

void RecentList::clear()
{
    write({});
}

QStringList RecentList::read() const
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList paths;
    const QJsonArray array = QJsonDocument::fromJson(file.read(1024 * 1024)).array();
    for (const QJsonValue& value : array) {
        if (value.isString() && paths.size() < kMost)
            paths += value.toString();
    }
    return paths;
}

void RecentList::write(const QStringList& paths) const
{
    QSaveFile file(m_file);
    // What cannot be remembered is not worth a message.
    if (file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(QJsonArray::fromStringList(paths)).toJson()) >= 0)
        file.commit();
}

} // namespace bistro::app
