// What will be a file, written beside it: it is there whole, or not at all. Any thread; errors are errno's.
#pragma once

#include "process/fileplace.h"

#include <QByteArray>

#include <expected>
#include <sys/types.h>

namespace bistro::app {

// Gone with its owner until it has taken its place.
class AsideFile final {
public:
    // In the place's folder; no link leads elsewhere. A file that is there has to be one that the user may write.
    [[nodiscard]] static std::expected<AsideFile, int> beside(const FilePlace& place);
    AsideFile(AsideFile&&) = default;
    AsideFile& operator=(AsideFile&&) = delete;
    ~AsideFile();

    [[nodiscard]] int fd() const { return m_file.get(); } // to read and to write
    // All of it. 0: written.
    [[nodiscard]] int write(const QByteArray& bytes);
    // To the disk, under the place's name. Who has that name is replaced; a link, too, and not what it leads to. 0: it
    // stands.
    [[nodiscard]] int putInPlace(mode_t mode);

private:
    AsideFile(Descriptor folder, QByteArray place)
        : m_folder(std::move(folder))
        , m_place(std::move(place))
    {
    }

    Descriptor m_folder;
    QByteArray m_place; // its name
    Descriptor m_file;
    QByteArray m_name; // empty: it has none, so that nothing is left of it when we are killed
};

// An ordinary file to a place where nothing is; links are neither read nor written. False: nothing came of it.
[[nodiscard]] bool copyWhole(const FilePlace& from, const FilePlace& to);

// Of a new file, as the user has it.
[[nodiscard]] mode_t usualMode();

} // namespace bistro::app
