// Observes libuv's handles: what the kernel is asked to tell, connections, child processes, closing, and what the
// program writes to its standard streams. Depends on libuv 1.50's public functions and on Node 20 keeping its object in
// `data`.

#include "interpose.h"
#include "loop.h"
#include "node_observer.h"
#include "recorder.h"

#include <uv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bistro {
namespace {

struct Known {
    std::uint32_t number = 0;
    std::uint32_t waits = 0; // a bit for each KernelWait that is on
    uv_close_cb closed = nullptr;
};
std::unordered_map<const uv_handle_t*, Known> s_handles;
std::uint32_t s_lastHandle = 0;

template <typename Handle>
const uv_handle_t* base(const Handle* handle)
{
    return reinterpret_cast<const uv_handle_t*>(handle);
}

// Handles behind which a Node object stands: not the loop's own, nor those of c-ares.
bool hasWrap(const uv_handle_t* handle)
{
    switch (handle->type) {
    case UV_TCP:
    case UV_NAMED_PIPE:
    case UV_TTY:
    case UV_UDP:
    case UV_PROCESS:
    case UV_SIGNAL:
    case UV_FS_EVENT: return true;
    default: return false;
    }
}

std::uint32_t asyncOf(const uv_handle_t* handle)
{
    return hasWrap(handle) ? asyncIdOf(handle->data) : 0;
}

Known& known(const uv_handle_t* handle)
{
    Known& entry = s_handles[handle];
    if (entry.number == 0)
        entry.number = ++s_lastHandle;
    return entry;
}

void started(const uv_handle_t* handle, KernelWait wait, std::string_view detail = {})
{
    Known& entry = known(handle);
    const std::uint32_t bit = 1u << static_cast<unsigned>(wait);
    if ((entry.waits & bit) != 0)
        return;
    entry.waits |= bit;
    recorder()->eventHere({.kind = EventKind::KernelWaitStarted,
        .small = static_cast<std::uint16_t>(wait),
        .a = asyncOf(handle),
        .b = entry.number,
        .c = recorder()->intern(detail)});
}

void ended(const uv_handle_t* handle, KernelWait wait)
{
    const auto found = s_handles.find(handle);
    const std::uint32_t bit = 1u << static_cast<unsigned>(wait);
    if (found == s_handles.end() || (found->second.waits & bit) == 0)
        return;
    found->second.waits &= ~bit;
    recorder()->event({.kind = EventKind::KernelWaitEnded,
        .small = static_cast<std::uint16_t>(wait),
        .a = asyncOf(handle),
        .b = found->second.number});
}

void closed(uv_handle_t* handle)
{
    const auto found = s_handles.find(handle);
    const uv_close_cb real = found == s_handles.end() ? nullptr : found->second.closed;
    if (isRecorded(handle->loop)) {
        closingReached();
        recorder()->event({.kind = EventKind::HandleClosed,
            .a = asyncOf(handle),
            .b = found == s_handles.end() ? 0 : found->second.number});
    }
    if (found != s_handles.end())
        s_handles.erase(found);
    if (real)
        real(handle);
}

// The port, or the path, at which a server listens; empty for what has neither.
std::string listensAt(const uv_stream_t* stream)
{
    if (stream->type == UV_TCP) {
        sockaddr_storage address {};
        int size = sizeof address;
        if (uv_tcp_getsockname(reinterpret_cast<const uv_tcp_t*>(stream), reinterpret_cast<sockaddr*>(&address), &size)
            != 0)
            return {};
        const in_port_t port = address.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                                                             : reinterpret_cast<const sockaddr_in&>(address).sin_port;
        return std::to_string(ntohs(port));
    }
    if (stream->type == UV_NAMED_PIPE) {
        std::array<char, 256> path {};
        std::size_t size = path.size();
        if (uv_pipe_getsockname(reinterpret_cast<const uv_pipe_t*>(stream), path.data(), &size) != 0)
            return {};
        std::string name(path.data(), size);
        if (name.starts_with('\0')) // of Linux's abstract sockets, which are written so
            name.front() = '@';
        return name;
    }
    return {};
}

bool isStandardInput(const uv_stream_t* stream)
{
    uv_os_fd_t fd = -1;
    return uv_fileno(base(stream), &fd) == 0 && fd == 0;
}

// 1 or 2 when the stream is the program's standard output or error; 0 otherwise.
int standardStream(const uv_stream_t* stream)
{
    uv_os_fd_t fd = -1;
    if (uv_fileno(base(stream), &fd) != 0)
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

void noteOutput(int stream, const uv_buf_t* buffers, unsigned count, std::size_t written)
{
    const Stream which = stream == 1 ? Stream::Output : Stream::Error;
    if (count == 1 || buffers[0].len >= written) {
        recorder()->output(which, {buffers[0].base, written}, written);
        return;
    }
    std::string text;
    std::size_t left = written;
    for (unsigned i = 0; i < count && left > 0 && text.size() <= kTextBytes; ++i) {
        const std::size_t part = std::min(left, buffers[i].len);
        text.append(buffers[i].base, part);
        left -= part;
    }
    recorder()->output(which, text, written);
}

// Node's manual says that pipes are written synchronously on Linux; in truth what a full pipe does not take is kept in
// memory, and lost when the process runs out of it (750 MB here). We do what the manual says, as long as the reader
// reads: when it takes nothing for a second, the rest is left to libuv's queue, as in node.
using TryWrite = int (*)(uv_stream_t*, const uv_buf_t*, unsigned);

int writeThrough(TryWrite real, uv_stream_t* stream, int fd, const uv_buf_t* buffers, unsigned count)
{
    constexpr int patience = 1000; // milliseconds
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
        const int polled = poll(&ready, 1, patience);
        if (polled == 0 || (polled < 0 && errno != EINTR))
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
    if ((file == stderr || file == stdout) && onRecordedThread() && size * count > 0)
        recorder()->output(file == stderr ? Stream::Error : Stream::Output,
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
    if (written > 0 && isRecorded(stream->loop))
        noteOutput(fd, buffers, count, static_cast<std::size_t>(written));
    return written;
}

int uv_write2(uv_write_t* request, uv_stream_t* stream, const uv_buf_t* buffers, unsigned count, uv_stream_t* send,
    uv_write_cb callback)
{
    static const auto real
        = next<int (*)(uv_write_t*, uv_stream_t*, const uv_buf_t*, unsigned, uv_stream_t*, uv_write_cb)>("uv_write2");
    if (isRecorded(stream->loop)) {
        if (const int fd = standardStream(stream))
            noteOutput(fd, buffers, count, sizeOf(buffers, count));
    }
    return real(request, stream, buffers, count, send, callback);
}

int uv_listen(uv_stream_t* stream, int backlog, uv_connection_cb callback)
{
    static const auto real = next<int (*)(uv_stream_t*, int, uv_connection_cb)>("uv_listen");
    const int result = real(stream, backlog, callback);
    if (result == 0 && isRecorded(stream->loop))
        started(base(stream), KernelWait::Listening, listensAt(stream));
    return result;
}

int uv_accept(uv_stream_t* server, uv_stream_t* client)
{
    static const auto real = next<int (*)(uv_stream_t*, uv_stream_t*)>("uv_accept");
    const int result = real(server, client);
    if (result == 0 && isRecorded(server->loop))
        recorder()->event(
            {.kind = EventKind::ConnectionAccepted, .a = asyncOf(base(server)), .b = asyncOf(base(client))});
    return result;
}

int uv_read_start(uv_stream_t* stream, uv_alloc_cb allocate, uv_read_cb callback)
{
    static const auto real = next<int (*)(uv_stream_t*, uv_alloc_cb, uv_read_cb)>("uv_read_start");
    const int result = real(stream, allocate, callback);
    if (result == 0 && isRecorded(stream->loop))
        started(base(stream), KernelWait::Reading, isStandardInput(stream) ? "stdin" : "");
    return result;
}

int uv_read_stop(uv_stream_t* stream)
{
    static const auto real = next<int (*)(uv_stream_t*)>("uv_read_stop");
    if (isRecorded(stream->loop))
        ended(base(stream), KernelWait::Reading);
    return real(stream);
}

int uv_tcp_connect(uv_connect_t* request, uv_tcp_t* handle, const sockaddr* address, uv_connect_cb callback)
{
    static const auto real = next<int (*)(uv_connect_t*, uv_tcp_t*, const sockaddr*, uv_connect_cb)>("uv_tcp_connect");
    const int result = real(request, handle, address, callback);
    if (result == 0 && isRecorded(handle->loop))
        started(base(handle), KernelWait::Connecting);
    return result;
}

int uv_pipe_connect2(uv_connect_t* request, uv_pipe_t* handle, const char* name, std::size_t length, unsigned flags,
    uv_connect_cb callback)
{
    static const auto real
        = next<int (*)(uv_connect_t*, uv_pipe_t*, const char*, std::size_t, unsigned, uv_connect_cb)>(
            "uv_pipe_connect2");
    const int result = real(request, handle, name, length, flags, callback);
    if (result == 0 && isRecorded(handle->loop))
        started(base(handle), KernelWait::Connecting, {name, length});
    return result;
}

int uv_udp_recv_start(uv_udp_t* handle, uv_alloc_cb allocate, uv_udp_recv_cb callback)
{
    static const auto real = next<int (*)(uv_udp_t*, uv_alloc_cb, uv_udp_recv_cb)>("uv_udp_recv_start");
    const int result = real(handle, allocate, callback);
    if (result == 0 && isRecorded(handle->loop))
        started(base(handle), KernelWait::Datagrams);
    return result;
}

int uv_udp_recv_stop(uv_udp_t* handle)
{
    static const auto real = next<int (*)(uv_udp_t*)>("uv_udp_recv_stop");
    if (isRecorded(handle->loop))
        ended(base(handle), KernelWait::Datagrams);
    return real(handle);
}

int uv_spawn(uv_loop_t* loop, uv_process_t* handle, const uv_process_options_t* options)
{
    static const auto real = next<int (*)(uv_loop_t*, uv_process_t*, const uv_process_options_t*)>("uv_spawn");
    const int result = real(loop, handle, options);
    if (result == 0 && isRecorded(loop)) {
        const std::string_view file(options->file ? options->file : "");
        recorder()->eventHere({.kind = EventKind::ChildStarted,
            .flags = FlagUnrecorded,
            .a = static_cast<std::uint32_t>(handle->pid),
            .b = recorder()->intern(file),
            .c = asyncOf(base(handle))});
        started(base(handle), KernelWait::ChildExit, file);
    }
    return result;
}

int uv_signal_start(uv_signal_t* handle, uv_signal_cb callback, int number)
{
    static const auto real = next<int (*)(uv_signal_t*, uv_signal_cb, int)>("uv_signal_start");
    const int result = real(handle, callback, number);
    if (result == 0 && isRecorded(handle->loop))
        started(base(handle), KernelWait::Signal,
            sigabbrev_np(number) ? std::string("SIG") + sigabbrev_np(number) : std::to_string(number));
    return result;
}

int uv_signal_stop(uv_signal_t* handle)
{
    static const auto real = next<int (*)(uv_signal_t*)>("uv_signal_stop");
    if (isRecorded(handle->loop))
        ended(base(handle), KernelWait::Signal);
    return real(handle);
}

int uv_fs_event_start(uv_fs_event_t* handle, uv_fs_event_cb callback, const char* path, unsigned flags)
{
    static const auto real = next<int (*)(uv_fs_event_t*, uv_fs_event_cb, const char*, unsigned)>("uv_fs_event_start");
    const int result = real(handle, callback, path, flags);
    if (result == 0 && isRecorded(handle->loop))
        started(base(handle), KernelWait::FileEvents, path);
    return result;
}

int uv_poll_start(uv_poll_t* handle, int events, uv_poll_cb callback)
{
    static const auto real = next<int (*)(uv_poll_t*, int, uv_poll_cb)>("uv_poll_start");
    const int result = real(handle, events, callback);
    if (result == 0 && isRecorded(handle->loop))
        started(base(handle), KernelWait::NameAnswer); // Node uses these for c-ares alone
    return result;
}

int uv_poll_stop(uv_poll_t* handle)
{
    static const auto real = next<int (*)(uv_poll_t*)>("uv_poll_stop");
    if (isRecorded(handle->loop))
        ended(base(handle), KernelWait::NameAnswer);
    return real(handle);
}

void uv_ref(uv_handle_t* handle)
{
    static const auto real = next<void (*)(uv_handle_t*)>("uv_ref");
    if (isRecorded(handle->loop) && hasWrap(handle) && uv_has_ref(handle) == 0)
        recorder()->eventHere({.kind = EventKind::HandleReferenced, .a = asyncOf(handle), .b = known(handle).number});
    real(handle);
}

void uv_unref(uv_handle_t* handle)
{
    static const auto real = next<void (*)(uv_handle_t*)>("uv_unref");
    if (isRecorded(handle->loop) && hasWrap(handle) && uv_has_ref(handle) != 0)
        recorder()->eventHere({.kind = EventKind::HandleReferenced,
            .flags = FlagUnreferenced,
            .a = asyncOf(handle),
            .b = known(handle).number});
    real(handle);
}

void uv_close(uv_handle_t* handle, uv_close_cb callback)
{
    static const auto real = next<void (*)(uv_handle_t*, uv_close_cb)>("uv_close");
    if (!isRecorded(handle->loop) || (!hasWrap(handle) && !s_handles.contains(handle))) {
        real(handle, callback);
        return;
    }
    Known& entry = known(handle);
    entry.closed = callback;
    for (unsigned wait = 1; entry.waits != 0; ++wait)
        ended(handle, static_cast<KernelWait>(wait));
    recorder()->eventHere({.kind = EventKind::HandleClosing, .a = asyncOf(handle), .b = entry.number});
    real(handle, closed);
}

} // extern "C"
