// What the fuzz targets have in common.
#pragma once

#include <QByteArray>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>
#include <source_location>

namespace bistro::fuzz {

// A failed expectation of ours is as good as a crash.
inline void require(bool fact, std::source_location where = std::source_location::current())
{
    if (fact)
        return;
    std::fprintf(stderr, "%s:%u: what was expected is not so\n", where.file_name(), where.line());
    std::abort();
}

// Where a target may write: in memory where there is such a folder. Removed at the end, unless that is a crash.
class Ground final {
public:
    Ground()
        : m_folder(QFile::exists(QStringLiteral("/dev/shm")) ? QStringLiteral("/dev/shm/bistro-fuzz-XXXXXX")
                                                             : QDir::tempPath() + QStringLiteral("/bistro-fuzz-XXXXXX"))
    {
        require(m_folder.isValid());
    }

    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
};

inline void put(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    require(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size());
}

inline QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace bistro::fuzz
