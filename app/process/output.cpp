#include "process/output.h"

#include <QCoreApplication>

#include <cerrno>
#include <poll.h>
#include <system_error>
#include <unistd.h>

namespace bistro::app {
namespace {

// 0 or the error. Waits when the descriptor is set to non-blocking by whoever shares it.
int writeAll(int fd, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t written = write(fd, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            pollfd wait {.fd = fd, .events = POLLOUT, .revents = 0};
            poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

} // namespace

void Output::flushIfLarge()
{
    if (m_buffer.size() >= 64 * 1024)
        flush();
}

void Output::flush()
{
    if (m_error == 0)
        m_error = writeAll(STDOUT_FILENO, m_buffer);
    m_buffer.clear();
}

int Output::finish()
{
    flush();
    if (m_error == 0)
        return kSuccess;
    return complain(QCoreApplication::translate("Launches", "Bistro can't write to standard output: %1.")
            .arg(QString::fromStdString(std::generic_category().message(m_error)))
            .toStdString());
}

QString printable(QString line)
{
    for (QChar& c : line) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
            || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph)
            c = u'?';
    }
    return line;
}

int complain(std::string_view sentence, int code)
{
    writeAll(STDERR_FILENO, "bistro: " + std::string(sentence) + '\n');
    return code;
}

} // namespace bistro::app
