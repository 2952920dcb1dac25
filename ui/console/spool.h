// Bytes on disk that nobody else can see: a file without a name. What a program prints lies there whole, however much it is.
// Any one thread. Errors are kept: after the first, nothing more is taken.
#pragma once

#include "spawn.h"

#include <QByteArray>
#include <QString>

#include <cstdint>

namespace bistro::ui {

class Spool final {
public:
    // Where recent runs are recorded, else in the folder for temporary files.
    Spool();

    // False when it could not be kept; then error() says why.
    bool append(QByteArrayView bytes);
    // At most so many bytes from there; fewer at the end.
    [[nodiscard]] QByteArray read(std::uint64_t offset, qsizetype most) const;
    [[nodiscard]] std::uint64_t size() const { return m_size; }
    [[nodiscard]] const QString& error() const { return m_error; }

private:
    app::Descriptor m_file;
    std::uint64_t m_size = 0;
    QString m_error;
};

} // namespace bistro::ui
