// Acts of the program that the sandbox has refused, seen where they come back: files by libuv's requests, the network
// and signals by libc's functions, programs by uv_spawn. What is told of them: confinement.h.
#pragma once

#include <uv.h>

namespace bistro {

// The request with this callback is about to be handed to libuv; the callback to hand in instead. None stays none.
[[nodiscard]] uv_fs_cb watchFile(uv_fs_t* request, uv_fs_cb callback);
// The request has been done at once, or could not be handed in: with this result, which is given back. `caller` is an
// address in the code that asked: libuv itself does some requests by others.
int fileDone(const uv_fs_t* request, uv_fs_cb callback, int result, const void* caller);

// Less was written to a file than was to be, and no error told: it may be full. A caller that does not go on hears of
// none.
void writtenInPart(uv_file file);

// The same for the name of a host.
[[nodiscard]] uv_getaddrinfo_cb watchName(uv_getaddrinfo_t* request, uv_getaddrinfo_cb callback, const char* host);
int nameDone(const uv_getaddrinfo_t* request, int result);

// A program was to be started, with this result.
void spawnDone(const uv_process_options_t* options, int result);

} // namespace bistro
