// What a program may reach, and how much it may use: one value, made by the application, handed to who starts the
// program, and put up by the kernel before its first line (walls.h). Values and free functions: any thread, no I/O.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::sandbox {

enum class Right : std::uint8_t {
    Read = 1, // of a folder: all below it
    Write, // and read
    Run // and read: programs may be started from there
};

struct Place {
    std::string path; // absolute; a file or a folder. One that is not there is passed over.
    Right right = Right::Read;

    bool operator==(const Place&) const = default;
};

// A host that the program may reach, by the name that the learner allowed. Names are lower case, without a last dot.
struct Host {
    std::string name;
    std::uint16_t port = 0; // 0: any

    bool operator==(const Host&) const = default;
};

// 0 is no limit.
struct Limits {
    std::uint64_t memory = 4'096; // MiB: of data of one process (RLIMIT_DATA), and of what all of them have in use
    std::uint32_t processes = 64; // that the program has started, and those have, at one time
    std::uint64_t fileSize = 1'024; // MiB of one file
    std::uint64_t written = 8'192; // MiB written to disk by all of them
    std::uint32_t openFiles = 4'096; // of one process
    std::uint32_t seconds = 0; // of the whole run

    bool operator==(const Limits&) const = default;
};

struct Policy {
    std::vector<Place> places; // beside the system's own (systemPlaces)
    std::vector<Host> hosts;
    bool internet = false; // any host
    bool foreignPrograms = false; // programs from anywhere that may be read
    Limits limits;

    bool operator==(const Policy&) const = default;
};

// What every program needs of the system: libraries, programs, Node's own modules, devices without a memory, what is
// told of the processor, names of hosts and time zones.
[[nodiscard]] std::vector<Place> systemPlaces();

// As text, for an environment variable: one thing a line, `read /usr`, `host example.org 443`, `limit memory 4096`.
// Bytes that would end a line, and the backslash, are written as \n and \\.
[[nodiscard]] std::string textOf(const Policy& policy);
// The error is a sentence that says which line. Who writes it is trusted; who reads it still checks.
[[nodiscard]] std::expected<Policy, std::string> policyFrom(std::string_view text);

} // namespace bistro::sandbox
