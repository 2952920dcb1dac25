#include "console/spool.h"

#include "process/recording.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace bistro::ui {
namespace {

int openWithoutName(const std::string& folder)
{
    const int file = open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        return file;
    std::string name = folder + "/bistro-output-XXXXXX"; // a file system that has no files without names
    const int named = mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0)
        unlink(name.c_str());
    return named;
}

} // namespace

Spool::Spool()
{
    if (const auto runs = app::runsFolder()) {
        std::error_code error;
        std::filesystem::create_directories(*runs, error);
        m_file = app::Descriptor(openWithoutName(runs->string()));
    }
    if (!m_file)
        m_file = app::Descriptor(openWithoutName(QFile::encodeName(QDir::tempPath()).toStdString()));
    if (!m_file)
        m_why = QCoreApplication::translate("bistro::ui::Spool",
            "Bistro can't keep what the program prints: there is no folder for temporary files (%1). Set TMPDIR to a "
            "folder that you may write to.")
                    .arg(QString::fromLocal8Bit(std::strerror(errno)));
}

bool Spool::append(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && m_why.isEmpty()) {
        const ssize_t written = pwrite(
            m_file.get(), bytes.data(), static_cast<std::size_t>(bytes.size()), static_cast<off_t>(m_size));
        if (written > 0) {
            m_size += static_cast<std::uint64_t>(written);
            bytes = bytes.sliced(written);
        } else if (written == 0 || errno != EINTR) {
            m_why = QCoreApplication::translate(
                "bistro::ui::Spool", "Bistro can't keep what the program prints from here on: %1.")
                        .arg(QString::fromLocal8Bit(std::strerror(errno)));
        }
    }
    if (bytes.size() > kInMemory - m_memory.size())
        m_error = m_why;
    if (!bytes.isEmpty() && m_error.isEmpty()) {
        m_memory.append(bytes);
        m_size += static_cast<std::uint64_t>(bytes.size());
    }
    return m_error.isEmpty();
}

QByteArray Spool::read(std::uint64_t offset, qsizetype most) const
{
    if (offset >= m_size)
        return {};
    QByteArray bytes;
    if (offset < onDisk())
        bytes = readFile(offset, std::min(most, static_cast<qsizetype>(onDisk() - offset)));
    if (const std::uint64_t next = offset + static_cast<std::uint64_t>(bytes.size()); next >= onDisk())
        bytes += m_memory.sliced(static_cast<qsizetype>(next - onDisk()))
                     .first(std::min(most - bytes.size(), static_cast<qsizetype>(m_size - next)));
    m_read += static_cast<std::uint64_t>(bytes.size());
    return bytes;
}

// All of them, unless the disk fails.
QByteArray Spool::readFile(std::uint64_t offset, qsizetype most) const
{
    QByteArray bytes(most, Qt::Uninitialized);
    qsizetype got = 0;
    while (got < bytes.size()) {
        const ssize_t part = pread(m_file.get(), bytes.data() + got, static_cast<std::size_t>(bytes.size() - got),
            static_cast<off_t>(offset) + got);
        if (part <= 0 && errno != EINTR)
            break;
        got += std::max<ssize_t>(part, 0);
    }
    bytes.truncate(got);
    return bytes;
}

QByteArrayView Spool::peek(std::uint64_t offset, qsizetype most) const
{
    const std::uint64_t end = std::min(offset + static_cast<std::uint64_t>(std::min(most, kPeek)), m_size);
    if (offset >= end)
        return {};
    if (offset < m_aroundFrom || end > m_aroundFrom + static_cast<std::uint64_t>(m_around.size())) {
        // From a round place on and twice as long: then anything of kPeek bytes lies whole within.
        m_aroundFrom = offset - offset % static_cast<std::uint64_t>(kPeek);
        m_around = read(m_aroundFrom, 2 * kPeek);
    }
    const std::uint64_t there = m_aroundFrom + static_cast<std::uint64_t>(m_around.size());
    if (offset >= there)
        return {};
    return QByteArrayView(m_around).sliced(
        static_cast<qsizetype>(offset - m_aroundFrom), static_cast<qsizetype>(std::min(end, there) - offset));
}

} // namespace bistro::ui
