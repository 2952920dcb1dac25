#include "text/plainfile.h"

#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bistro::app {

std::optional<QByteArray> plainFile(const QString& path, qint64 most)
{
    // Without waiting: opening a pipe would wait for somebody who writes to it.
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status {};
    QFile file;
    if (fd >= 0 && ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode)
        && file.open(fd, QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
        return file.read(most);
    if (fd >= 0)
        ::close(fd);
    return {};
}

} // namespace bistro::app
