#include "workspace/ownfolders.h"

#include "process/spawn.h"
#include "workspace/xdgfolders.h"

#include <QCoreApplication>
#include <QFile>
#include <QStandardPaths>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

struct OwnFolderWords {
    Q_DECLARE_TR_FUNCTIONS(OwnFolderWords)
};

// $XDG_CONFIG_HOME/bistro, else ~/.config/bistro: settings, what programs were allowed.
QString configFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/bistro"_s;
}

// Room for a byte as well: a disk that is full may have room for names. The error's number; 0: none.
int errorOfWriting(const std::string& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return error.value();
    Descriptor fd(open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600));
    if (!fd) { // a file system that has no files without names
        std::string name = folder + "/.bistro-XXXXXX";
        fd = Descriptor(mkostemp(name.data(), O_CLOEXEC));
        if (!fd)
            return errno;
        unlink(name.c_str());
    }
    return write(fd.get(), "x", 1) == 1 ? 0 : errno;
}

} // namespace

QString whyNotWritable(const QString& folder)
{
    const int error = errorOfWriting(QFile::encodeName(folder).toStdString());
    return error == 0 ? QString() : QString::fromStdString(std::generic_category().message(error));
}

QStringList whatIsNotKept()
{
    struct Own {
        QString folder;
        QString sentence;
    };
    const std::array all {
        Own {stateFolder(),
            OwnFolderWords::tr(
                "Bistro can't write to %1: %2. It keeps no copies of what you type, no recordings and no bookmarks.")},
        Own {configFolder(),
            OwnFolderWords::tr("Bistro can't write to %1: %2. It keeps no settings, nor what you allow programs.")},
        Own {dataFolder(),
            OwnFolderWords::tr(
                "Bistro can't write to %1: %2. It keeps no new programs and no progress in the course.")}};
    QStringList sentences;
    for (const auto& [folder, sentence] : all) {
        if (const QString why = whyNotWritable(folder); !why.isEmpty())
            sentences += sentence.arg(folder, why);
    }
    if (!sentences.isEmpty())
        sentences += OwnFolderWords::tr("Save your programs elsewhere, or set HOME to a folder that you may write to.");
    return sentences;
}

} // namespace bistro::app
