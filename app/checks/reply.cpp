#include "checks/reply.h"

#include <algorithm>
#include <optional>

namespace bistro::app {
namespace {

struct Head {
    int status = 0;
    std::optional<qsizetype> length;
    bool isChunked = false;
    qsizetype end = 0; // where the body begins
};

std::optional<Head> headOf(const QByteArray& bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0 || !bytes.startsWith("HTTP/1."))
        return {};
    Head head {.end = end + 4};
    const QList<QByteArray> lines = bytes.left(end).split('\n');
    head.status = lines.first().split(' ').value(1).trimmed().toInt();
    for (const QByteArray& line : lines) {
        const QByteArray name = line.left(line.indexOf(':')).trimmed().toLower();
        const QByteArray value = line.mid(line.indexOf(':') + 1).trimmed().toLower();
        if (name == "content-length")
            head.length = std::max<qsizetype>(0, value.toLongLong());
        else if (name == "transfer-encoding")
            head.isChunked = value.contains("chunked");
    }
    return head;
}

// True: the last chunk is there.
bool unchunk(const QByteArray& bytes, qsizetype at, QByteArray& body)
{
    while (at < bytes.size()) {
        const qsizetype end = bytes.indexOf("\r\n", at);
        if (end < 0)
            return false;
        bool isNumber = false;
        const qsizetype size = bytes.mid(at, end - at).split(';').first().trimmed().toLongLong(&isNumber, 16);
        if (!isNumber || size < 0)
            return false;
        if (size == 0)
            return true;
        body += bytes.mid(end + 2, size);
        at = end + 2 + size + 2;
    }
    return false;
}

} // namespace

bool isWholeReply(const QByteArray& bytes)
{
    const auto head = headOf(bytes);
    if (!head)
        return false;
    QByteArray body;
    return head->isChunked ? unchunk(bytes, head->end, body)
                           : head->length && bytes.size() - head->end >= *head->length;
}

FinishedRun::Reply replyOf(const QByteArray& bytes)
{
    const auto head = headOf(bytes);
    if (!head)
        return {};
    FinishedRun::Reply reply {.status = head->status};
    if (head->isChunked)
        (void)unchunk(bytes, head->end, reply.body);
    else
        reply.body = head->length ? bytes.mid(head->end, *head->length) : bytes.mid(head->end);
    return reply;
}

} // namespace bistro::app
