// Where a file lies: found out once, when a person opens or names it, and kept from then on. A program may put a link,
// a pipe or a folder where the file or a folder above it was; whoever asks here is not led elsewhere by that. A value;
// any thread; Linux.
#pragma once

#include "process/spawn.h"

#include <QByteArray>
#include <QString>

#include <expected>
#include <sys/stat.h>

namespace bistro::app {

class FilePlace final {
public:
    FilePlace() = default; // nowhere
    // A file that is there: links are followed as they are now, its own, too.
    [[nodiscard]] static FilePlace opened(const QString& path);
    // A file that will be written under this name: links above it are followed as they are now, its own is not.
    [[nodiscard]] static FilePlace named(const QString& path);
    // A path() of before, held to.
    [[nodiscard]] static FilePlace kept(const QString& path);

    // Whole, and without links when it was found out. Empty: nowhere.
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] QByteArray name() const; // in its folder
    // By which no link is followed. The error is errno's.
    [[nodiscard]] std::expected<Descriptor, int> openFolder() const;
    [[nodiscard]] std::expected<Descriptor, int> openToRead() const; // never waits for anybody

    enum class Has : std::uint8_t { File, Nothing, Link, NoFile };
    struct Seen {
        Has what = Has::Nothing;
        struct stat status {}; // of a File
        QString link; // which path is one: the place, or a folder above it
        QString target; // that it leads to, as it stands there
    };
    [[nodiscard]] Seen look() const;

    bool operator==(const FilePlace&) const = default;

private:
    explicit FilePlace(QString path)
        : m_path(std::move(path))
    {
    }
    [[nodiscard]] Descriptor walk(int& error, QString* link) const;

    QString m_path;
};

} // namespace bistro::app
