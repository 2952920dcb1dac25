// Bytes on disk that nobody else can see: a file without a name. What a program prints lies there whole, however much
// it is. Where the disk takes no more, some more is kept in memory: on a full disk, too, one sees what a program
// prints. Any one thread. Errors are kept: after the first, nothing more is taken.
#pragma once

#include "process/spawn.h"

#include <QByteArray>
#include <QString>

#include <cstdint>

namespace bistro::ui {

class Spool final {
public:
    // Where recent runs are recorded, else in the folder for temporary files.
    Spool();

    // Of what the disk does not take.
    static constexpr qsizetype kInMemory = 16 * 1024 * 1024;
    // False when it could not be kept; then error() says why.
    bool append(QByteArrayView bytes);
    // At most so many bytes from there; fewer at the end.
    [[nodiscard]] QByteArray read(std::uint64_t offset, qsizetype most) const;
    // The same of at most kPeek bytes, for who goes through them in order, forwards or backwards: what lies around
    // comes from the disk with them. Valid until the next call.
    static constexpr qsizetype kPeek = 64 * 1024;
    [[nodiscard]] QByteArrayView peek(std::uint64_t offset, qsizetype most) const;
    // How many bytes were read back so far.
    [[nodiscard]] std::uint64_t bytesRead() const { return m_read; }
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] const QString& error() const { return m_error; }

private:
    [[nodiscard]] std::uint64_t onDisk() const { return m_size - static_cast<std::uint64_t>(m_memory.size()); }
    [[nodiscard]] QByteArray readFile(std::uint64_t offset, qsizetype most) const;

    app::Descriptor m_file;
    QByteArray m_memory; // what follows the file's bytes
    QString m_why; // the file takes no more
    std::uint64_t m_size = 0; // in both
    QString m_error;
    mutable QByteArray m_around; // what peek() has read, from:
    mutable std::uint64_t m_aroundFrom = 0;
    mutable std::uint64_t m_read = 0;
};

} // namespace bistro::ui
