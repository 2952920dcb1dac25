// Whether it was the sandbox that refused a file or an address: what the program may reach beside the system's own
// places, and what would have become of it without a sandbox. The kernel's own answers are the same for both.
#pragma once

#include "trace/event.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

struct sockaddr;

namespace bistro {

struct RefusedThing {
    trace::Access access {};
    std::string subject;

    bool operator==(const RefusedThing&) const = default;
};

// What is done to a file or folder.
enum class FileAct : std::uint8_t {
    Read, // opened to read; a folder listed
    Write, // opened to write, or made
    Entry, // an entry of a folder made, taken away or renamed; a link is not followed
    Attributes, // its mode or times set
    Owner // its owner set
};

class Reachable final {
public:
    // One thing a line: `read PATH`, `write PATH`, `run PATH` (each of a folder: all below), `host NAME` with whatever
    // follows, `internet`, `foreign-programs`. Other lines mean nothing here.
    [[nodiscard]] static Reachable from(std::string_view text);
    Reachable() = default;
    Reachable(Reachable&& other) noexcept;
    Reachable& operator=(Reachable&& other) noexcept;

    // The path when the sandbox refuses this act, which the permissions of the file would allow. A relative path is
    // one of the current folder's. Asks the kernel, and changes nothing.
    [[nodiscard]] std::optional<RefusedThing> refusedFile(FileAct act, const char* path) const;
    // The program's file when one may not be started that could be.
    [[nodiscard]] std::optional<RefusedThing> refusedProgram(const std::string& file) const;

    // Of a path without links: whether it lies where the program may write.
    [[nodiscard]] bool mayWrite(std::string_view path) const { return allows(Right::Write, path); }

    // "192.0.2.1:80", "[2001:db8::1]:80", a path, or "@name", when what came of it (an errno) is the sandbox's doing.
    // `isHeard`: somebody listens there (listeners.h), so that ECONNREFUSED is.
    [[nodiscard]] std::optional<std::string> refusedPeer(
        const sockaddr* address, unsigned bytes, int error, bool isHeard = false) const;
    [[nodiscard]] std::optional<std::string> refusedName(const sockaddr* address, unsigned bytes, int error) const;
    // Whether this name of a host may be looked up; and what was found for it, which may then be reached.
    [[nodiscard]] bool mayResolve(std::string_view host) const;
    void resolved(const sockaddr* address, unsigned bytes) const;

private:
    enum class Right : std::uint8_t { Read, Write, Run };
    struct Place {
        std::string path;
        Right right {};
    };
    [[nodiscard]] bool allows(Right right, std::string_view path) const;

    std::vector<Place> m_places;
    std::vector<std::string> m_hosts;
    bool m_internet = false;
    bool m_programs = false; // from anywhere that may be read
    mutable std::mutex m_mutex;
    mutable std::set<std::string> m_resolved; // addresses of such hosts, below the mutex
};

} // namespace bistro
