// Observes what the program writes to its standard streams, by libuv's streams and by stdio. (By fs, when they are
// files: pool.cpp.)

#include "control.h"
#include "interpose.h"
#include "recordedthread.h"

#include <uv.h>

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <string>

namespace bistro {
namespace {

// 1 or 2 when the stream is the program's standard output or error; 0 otherwise.
int standardStream(const uv_stream_t* stream)
{
    uv_os_fd_t fd = -1;
    if (uv_fileno(reinterpret_cast<const uv_handle_t*>(stream), &fd) != 0)
        return 0;
    return fd == 1 || fd == 2 ? fd : 0;
}

std::size_t sizeOf(const uv_buf_t* buffers, unsigned count)
{
    std::size_t size = 0;
    for (unsigned i = 0; i < count; ++i)
        size += buffers[i].len;
    return size;
}

void noteOutput(Recorder& recorder, int stream, const uv_buf_t* buffers, unsigned count, std::size_t written)
{
    const Stream which = stream == 1 ? Stream::Output : Stream::Error;
    if (count == 1 || buffers[0].len >= written) {
        recorder.output(which, {buffers[0].base, written}, written);
        return;
    }
    std::string text;
    std::size_t left = written;
    for (unsigned i = 0; i < count && left > 0 && text.size() <= kTextBytes; ++i) {
        const std::size_t part = std::min(left, buffers[i].len);
        text.append(buffers[i].base, part);
        left -= part;
    }
    recorder.output(which, text, written);
}

// Node's manual says that pipes are written synchronously on Linux; in truth what a full pipe does not take is kept in
// memory, and lost when the process runs out of it (750 MB here). We do what the manual says, however slow the reader
// is: until the program is to stop.
using TryWrite = int (*)(uv_stream_t*, const uv_buf_t*, unsigned);

int writeThrough(TryWrite real, uv_stream_t* stream, int fd, const uv_buf_t* buffers, unsigned count)
{
    constexpr int look = 100; // milliseconds, whether it is to stop
    constexpr unsigned most = 64;
    const std::size_t size = sizeOf(buffers, count);
    if (size == 0)
        return real(stream, buffers, count);
    std::size_t written = 0;
    while (true) {
        uv_buf_t rest[most];
        unsigned parts = 0;
        std::size_t skip = written;
        for (unsigned i = 0; i < count && parts < most; ++i) {
            if (skip >= buffers[i].len) {
                skip -= buffers[i].len;
                continue;
            }
            rest[parts++] = uv_buf_init(buffers[i].base + skip, static_cast<unsigned>(buffers[i].len - skip));
            skip = 0;
        }
        const int result = real(stream, rest, parts);
        if (result >= 0)
            written += static_cast<std::size_t>(result);
        else if (result != UV_EAGAIN)
            return written > 0 ? static_cast<int>(written) : result;
        if (written >= size || stream->write_queue_size != 0)
            break;
        pollfd ready {.fd = fd, .events = POLLOUT, .revents = 0};
        if ((poll(&ready, 1, look) < 0 && errno != EINTR) || stopAsked())
            break;
    }
    return written > 0 ? static_cast<int>(written) : UV_EAGAIN;
}

} // namespace
} // namespace bistro

using namespace bistro;

extern "C" {

// Node prints an error that ends the program through stdio, past libuv. V8 is not asked for a stack then: when the heap
// is full it may be where none can be had, and would end the process in another way than node's.
std::size_t fwrite(const void* data, std::size_t size, std::size_t count, FILE* file)
{
    static const auto real = next<std::size_t (*)(const void*, std::size_t, std::size_t, FILE*)>("fwrite");
    RecordedThread* const thread = file == stderr || file == stdout ? recorded() : nullptr;
    if (thread && size * count > 0)
        thread->recorder.output(file == stderr ? Stream::Error : Stream::Output,
            {static_cast<const char*>(data), size * count}, size * count, false);
    return real(data, size, count, file);
}

int uv_try_write(uv_stream_t* stream, const uv_buf_t* buffers, unsigned count)
{
    static const auto real = next<TryWrite>("uv_try_write");
    const int fd = standardStream(stream);
    if (fd == 0)
        return real(stream, buffers, count);
    const int written = stream->type == UV_TTY ? real(stream, buffers, count)
                                               : writeThrough(real, stream, fd, buffers, count);
    if (RecordedThread* const thread = recordedOn(stream->loop); thread && written > 0)
        noteOutput(thread->recorder, fd, buffers, count, static_cast<std::size_t>(written));
    return written;
}

int uv_write2(uv_write_t* request, uv_stream_t* stream, const uv_buf_t* buffers, unsigned count, uv_stream_t* send,
    uv_write_cb callback)
{
    static const auto real
        = next<int (*)(uv_write_t*, uv_stream_t*, const uv_buf_t*, unsigned, uv_stream_t*, uv_write_cb)>("uv_write2");
    if (RecordedThread* const thread = recordedOn(stream->loop)) {
        if (const int fd = standardStream(stream))
            noteOutput(thread->recorder, fd, buffers, count, sizeOf(buffers, count));
    }
    return real(request, stream, buffers, count, send, callback);
}

} // extern "C"
