#include "handles.h"

#include "interpose.h"
#include "recordedthread.h"
#include "refusals.h"
#include "uvinternals.h"

#include <array>
#include <csignal>
#include <netinet/in.h>
#include <string>
#include <string_view>
#include <utility>

namespace bistro {
namespace {

using Known = ObservedHandles::Known;

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

AsyncId asyncOf(const RecordedThread& thread, const uv_handle_t* handle)
{
    return hasWrap(handle) ? asyncIdOf(thread, handle->data) : AsyncId {};
}

Known& known(RecordedThread& thread, const uv_handle_t* handle)
{
    Known& entry = thread.handles.known[handle];
    if (entry.number == 0)
        entry.number = ++thread.handles.last;
    return entry;
}

void tellReference(RecordedThread& thread, const uv_handle_t* handle, const Known& entry)
{
    thread.recorder.eventHere(events::HandleReferenced {.async = asyncOf(thread, handle), .handle = entry.number},
        entry.unreferenced ? unsigned {FlagUnreferenced} : 0u);
}

void started(RecordedThread& thread, const uv_handle_t* handle, KernelWait wait, std::string_view detail = {})
{
    if (isLibuvsOwn(handle))
        return;
    Known& entry = known(thread, handle);
    const std::uint32_t bit = 1u << static_cast<unsigned>(wait);
    if ((entry.waits & bit) != 0)
        return;
    entry.waits |= bit;
    // Some are made so, without a call that tells.
    if (const bool unreferenced = uv_has_ref(handle) == 0; unreferenced && !std::exchange(entry.unreferenced, true))
        tellReference(thread, handle, entry);
    thread.recorder.eventHere(events::KernelWaitStarted {.wait = wait,
        .async = asyncOf(thread, handle),
        .handle = entry.number,
        .detail = thread.recorder.intern(detail)});
}

void ended(RecordedThread& thread, const uv_handle_t* handle, KernelWait wait)
{
    const auto found = thread.handles.known.find(handle);
    const std::uint32_t bit = 1u << static_cast<unsigned>(wait);
    if (found == thread.handles.known.end() || (found->second.waits & bit) == 0)
        return;
    found->second.waits &= ~bit;
    thread.recorder.event(
        events::KernelWaitEnded {.wait = wait, .async = asyncOf(thread, handle), .handle = found->second.number});
}

// A MessagePort is made unreferenced; it keeps the program alive while somebody listens to it.
void portReferenced(RecordedThread& thread, AsyncId port, bool referenced)
{
    auto& ports = thread.handles.ports;
    if (thread.handles.makingWorker)
        thread.handles.workersPorts.insert(port.value);
    if (thread.handles.workersPorts.contains(port.value))
        return; // Node's own: the Worker itself is told
    if (referenced ? ports.insert(port.value).second : ports.erase(port.value) != 0)
        thread.recorder.eventHere(
            events::HandleReferenced {.async = port}, referenced ? 0u : unsigned {FlagUnreferenced});
}

void referenced(uv_handle_t* handle, bool referenced)
{
    RecordedThread* const thread = recordedOn(handle->loop);
    if (thread && handle->type == UV_ASYNC) {
        if (const AsyncId port = asyncIdOf(*thread, handle->data))
            portReferenced(*thread, port, referenced);
        return;
    }
    if (!thread || !hasWrap(handle) || (uv_has_ref(handle) != 0) == referenced)
        return;
    Known& entry = known(*thread, handle);
    entry.unreferenced = !referenced;
    tellReference(*thread, handle, entry);
}

void closed(uv_handle_t* handle)
{
    auto& handles = thisThread()->handles.known; // also when recording has ended
    const auto found = handles.find(handle);
    const uv_close_cb real = found == handles.end() ? nullptr : found->second.closed;
    if (RecordedThread* const thread = recordedOn(handle->loop)) {
        closingReached(*thread);
        thread->recorder.event(events::HandleClosed {
            .async = asyncOf(*thread, handle), .handle = found == handles.end() ? 0 : found->second.number});
    }
    if (found != handles.end())
        handles.erase(found);
    if (real)
        real(handle);
}

// The connection is made, or can't be.
void connected(uv_connect_t* request, int status)
{
    auto connect = thisThread()->handles.connects.extract(request); // also when recording has ended
    const uv_handle_t* const handle = base(request->handle);
    if (RecordedThread* const thread = recordedOn(handle->loop))
        ended(*thread, handle, KernelWait::Connecting);
    connect.mapped()(request, status);
}

// Calls `begin` with the callback that it is to have.
template <typename Begin>
int startConnecting(RecordedThread& thread, uv_connect_t* request, const uv_handle_t* handle, uv_connect_cb callback,
    std::string_view detail, Begin begin)
{
    if (!callback)
        return begin(callback);
    const int result = begin(connected);
    if (result == 0) {
        thread.handles.connects.insert_or_assign(request, callback);
        started(thread, handle, KernelWait::Connecting, detail);
    }
    return result;
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
        // What the program called it; the kernel knows it as whoever has bound it in the program's place.
        const auto* const pipe = reinterpret_cast<const uv_pipe_t*>(stream);
        std::array<char, 256> path {};
        std::size_t size = path.size();
        if (!pipe->pipe_fname && uv_pipe_getsockname(pipe, path.data(), &size) != 0)
            return {};
        std::string name = pipe->pipe_fname ? std::string(pipe->pipe_fname) : std::string(path.data(), size);
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

} // namespace
} // namespace bistro

using namespace bistro;

extern "C" {

int uv_listen(uv_stream_t* stream, int backlog, uv_connection_cb callback)
{
    static const auto real = next<int (*)(uv_stream_t*, int, uv_connection_cb)>("uv_listen");
    const int result = real(stream, backlog, callback);
    if (RecordedThread* const thread = recordedOn(stream->loop); thread && result == 0)
        started(*thread, base(stream), KernelWait::Listening, listensAt(stream));
    return result;
}

int uv_accept(uv_stream_t* server, uv_stream_t* client)
{
    static const auto real = next<int (*)(uv_stream_t*, uv_stream_t*)>("uv_accept");
    const int result = real(server, client);
    if (RecordedThread* const thread = recordedOn(server->loop); thread && result == 0)
        thread->recorder.event(events::ConnectionAccepted {
            .server = asyncOf(*thread, base(server)), .connection = asyncOf(*thread, base(client))});
    return result;
}

int uv_read_start(uv_stream_t* stream, uv_alloc_cb allocate, uv_read_cb callback)
{
    static const auto real = next<int (*)(uv_stream_t*, uv_alloc_cb, uv_read_cb)>("uv_read_start");
    const int result = real(stream, allocate, callback);
    if (RecordedThread* const thread = recordedOn(stream->loop); thread && result == 0)
        started(*thread, base(stream), KernelWait::Reading, isStandardInput(stream) ? "stdin" : "");
    return result;
}

int uv_read_stop(uv_stream_t* stream)
{
    static const auto real = next<int (*)(uv_stream_t*)>("uv_read_stop");
    if (RecordedThread* const thread = recordedOn(stream->loop))
        ended(*thread, base(stream), KernelWait::Reading);
    return real(stream);
}

int uv_tcp_connect(uv_connect_t* request, uv_tcp_t* handle, const sockaddr* address, uv_connect_cb callback)
{
    static const auto real = next<int (*)(uv_connect_t*, uv_tcp_t*, const sockaddr*, uv_connect_cb)>("uv_tcp_connect");
    RecordedThread* const thread = recordedOn(handle->loop);
    if (!thread)
        return real(request, handle, address, callback);
    return startConnecting(*thread, request, base(handle), callback, {},
        [&](uv_connect_cb told) { return real(request, handle, address, told); });
}

int uv_pipe_connect2(uv_connect_t* request, uv_pipe_t* handle, const char* name, std::size_t length, unsigned flags,
    uv_connect_cb callback)
{
    static const auto real
        = next<int (*)(uv_connect_t*, uv_pipe_t*, const char*, std::size_t, unsigned, uv_connect_cb)>(
            "uv_pipe_connect2");
    RecordedThread* const thread = recordedOn(handle->loop);
    if (!thread)
        return real(request, handle, name, length, flags, callback);
    return startConnecting(*thread, request, base(handle), callback, {name, length},
        [&](uv_connect_cb told) { return real(request, handle, name, length, flags, told); });
}

int uv_udp_recv_start(uv_udp_t* handle, uv_alloc_cb allocate, uv_udp_recv_cb callback)
{
    static const auto real = next<int (*)(uv_udp_t*, uv_alloc_cb, uv_udp_recv_cb)>("uv_udp_recv_start");
    const int result = real(handle, allocate, callback);
    if (RecordedThread* const thread = recordedOn(handle->loop); thread && result == 0)
        started(*thread, base(handle), KernelWait::Datagrams);
    return result;
}

int uv_udp_recv_stop(uv_udp_t* handle)
{
    static const auto real = next<int (*)(uv_udp_t*)>("uv_udp_recv_stop");
    if (RecordedThread* const thread = recordedOn(handle->loop))
        ended(*thread, base(handle), KernelWait::Datagrams);
    return real(handle);
}

int uv_spawn(uv_loop_t* loop, uv_process_t* handle, const uv_process_options_t* options)
{
    static const auto real = next<int (*)(uv_loop_t*, uv_process_t*, const uv_process_options_t*)>("uv_spawn");
    const int result = real(loop, handle, options);
    spawnDone(options, result);
    if (RecordedThread* const thread = recordedOn(loop); thread && result == 0) {
        const std::string_view file(options->file ? options->file : "");
        thread->recorder.eventHere(events::ChildStarted {.pid = static_cast<std::uint32_t>(handle->pid),
                                       .file = thread->recorder.intern(file),
                                       .async = asyncOf(*thread, base(handle))},
            FlagUnrecorded);
        started(*thread, base(handle), KernelWait::ChildExit, file);
    }
    return result;
}

int uv_signal_start(uv_signal_t* handle, uv_signal_cb callback, int number)
{
    static const auto real = next<int (*)(uv_signal_t*, uv_signal_cb, int)>("uv_signal_start");
    const int result = real(handle, callback, number);
    if (RecordedThread* const thread = recordedOn(handle->loop); thread && result == 0)
        started(*thread, base(handle), KernelWait::Signal,
            sigabbrev_np(number) ? std::string("SIG") + sigabbrev_np(number) : std::to_string(number));
    return result;
}

int uv_signal_stop(uv_signal_t* handle)
{
    static const auto real = next<int (*)(uv_signal_t*)>("uv_signal_stop");
    if (RecordedThread* const thread = recordedOn(handle->loop))
        ended(*thread, base(handle), KernelWait::Signal);
    return real(handle);
}

int uv_fs_event_start(uv_fs_event_t* handle, uv_fs_event_cb callback, const char* path, unsigned flags)
{
    static const auto real = next<int (*)(uv_fs_event_t*, uv_fs_event_cb, const char*, unsigned)>("uv_fs_event_start");
    const int result = real(handle, callback, path, flags);
    if (RecordedThread* const thread = recordedOn(handle->loop); thread && result == 0)
        started(*thread, base(handle), KernelWait::FileEvents, path);
    return result;
}

int uv_poll_start(uv_poll_t* handle, int events, uv_poll_cb callback)
{
    static const auto real = next<int (*)(uv_poll_t*, int, uv_poll_cb)>("uv_poll_start");
    const int result = real(handle, events, callback);
    if (RecordedThread* const thread = recordedOn(handle->loop); thread && result == 0)
        started(*thread, base(handle), KernelWait::NameAnswer); // Node uses these for c-ares alone
    return result;
}

int uv_poll_stop(uv_poll_t* handle)
{
    static const auto real = next<int (*)(uv_poll_t*)>("uv_poll_stop");
    if (RecordedThread* const thread = recordedOn(handle->loop))
        ended(*thread, base(handle), KernelWait::NameAnswer);
    return real(handle);
}

void uv_ref(uv_handle_t* handle)
{
    static const auto real = next<void (*)(uv_handle_t*)>("uv_ref");
    referenced(handle, true);
    real(handle);
}

void uv_unref(uv_handle_t* handle)
{
    static const auto real = next<void (*)(uv_handle_t*)>("uv_unref");
    referenced(handle, false);
    real(handle);
}

void uv_close(uv_handle_t* handle, uv_close_cb callback)
{
    static const auto real = next<void (*)(uv_handle_t*, uv_close_cb)>("uv_close");
    RecordedThread* const thread = recordedOn(handle->loop);
    if (!thread || (!hasWrap(handle) && !thread->handles.known.contains(handle))) {
        real(handle, callback);
        return;
    }
    Known& entry = known(*thread, handle);
    entry.closed = callback;
    for (unsigned wait = 1; entry.waits != 0; ++wait)
        ended(*thread, handle, static_cast<KernelWait>(wait));
    thread->recorder.eventHere(events::HandleClosing {.async = asyncOf(*thread, handle), .handle = entry.number});
    real(handle, closed);
}

} // extern "C"
