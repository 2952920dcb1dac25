// What the application and a running engine say to each other: a closed vocabulary, and its bytes.
//
// A frame is, in this order and with the low byte first:
//
//   field    bytes  unit
//   length       4  bytes that follow it: kHeadBytes to kMostBytes
//   request      4  a number: which request this is (from 1, each one higher than the one before), or answers
//   kind         1  which message, as kKind says below
//   fields    rest  those of the message in their order, with nothing after them
//
// The application speaks first: Hello, then commands. Each request is answered by exactly one frame with its number:
// asked is not granted. What comes of a granted one is told by the trace and by the end of the process. A command more
// is a struct more in Command; its answers are there already.
//
// Who reads distrusts who writes: a learner's program can write to the engine's end. What is no message ends the
// channel (see Inbox) and has a name. Values and free functions: any thread, no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace bistro::control {

// Of the vocabulary below. Both sides are of one installation: there is no talking across versions.
inline constexpr std::uint16_t kVersion = 1;

// Not a frame, but the signal (SIGRTMAX) by which a warden is told to kill the program and all that it has started. No
// program of node's can listen for it.
inline constexpr int kKillAll = 64;

inline constexpr std::size_t kLengthBytes = 4;
inline constexpr std::size_t kHeadBytes = 5; // request and kind
inline constexpr std::size_t kMostBytes = 4096; // after the length

// Why something was not heard, or not done. The numbers are part of the format.
enum class Refusal : std::uint8_t {
    FrameLength = 1, // shorter than its head or longer than kMostBytes
    UnknownKind = 2, // no message of this direction
    FieldBytes = 3, // the fields are shorter or longer than the message's
    FieldValue = 4, // a field has a value that means nothing
    UnknownVersion = 5, // Hello of another installation
    NotGreeted = 6, // a command before Hello, or a second Hello
    Unasked = 7, // an answer to no request, or of the wrong sort
    Over = 8, // a command for a program that has ended already
};

// "unknown-version": for logs and tests. Sentences for people are the application's.
[[nodiscard]] std::string_view nameOf(Refusal refusal);

// The first request and its answer. An engine of another version refuses it (UnknownVersion).
struct Hello {
    static constexpr std::uint8_t kKind = 0x01;
    std::uint16_t version = kVersion; // the speaker's kVersion

    bool operator==(const Hello&) const = default;
};

// End the program: JavaScript stops at the next place where V8 looks. Granted says that it was asked to, no more.
struct Stop {
    static constexpr std::uint8_t kKind = 0x02;

    bool operator==(const Stop&) const = default;
};

// The request is understood and passed on to the program.
struct Granted {
    static constexpr std::uint8_t kKind = 0x81;

    bool operator==(const Granted&) const = default;
};

// The request is not carried out. Behind a reason that is the frame's fault the engine hears no further command.
struct Refused {
    static constexpr std::uint8_t kKind = 0x82;
    Refusal why = Refusal::UnknownKind; // one byte

    bool operator==(const Refused&) const = default;
};

using Command = std::variant<Hello, Stop>; // from the application
using Answer = std::variant<Hello, Granted, Refused>; // from the engine

template <typename Message>
struct Frame {
    std::uint32_t request = 0;
    Message message;

    bool operator==(const Frame&) const = default;
};

// What stands where a message should, and the request that it names (0: none that could be read).
struct Fault {
    Refusal why = Refusal::FrameLength;
    std::uint32_t request = 0;

    bool operator==(const Fault&) const = default;
};

template <typename Message>
struct Decoded {
    Frame<Message> frame;
    std::size_t bytes = 0; // that it took

    bool operator==(const Decoded&) const = default;
};

[[nodiscard]] std::vector<std::byte> encode(const Frame<Command>& frame);
[[nodiscard]] std::vector<std::byte> encode(const Frame<Answer>& frame);

// The frame at the beginning of the bytes; nothing while it is not whole yet.
template <typename Message>
[[nodiscard]] std::expected<std::optional<Decoded<Message>>, Fault> decode(std::span<const std::byte> bytes);
extern template std::expected<std::optional<Decoded<Command>>, Fault> decode(std::span<const std::byte>);
extern template std::expected<std::optional<Decoded<Answer>>, Fault> decode(std::span<const std::byte>);

// Frames out of bytes as they come. After the first fault there is no telling where a frame begins: it stays the
// answer, and what else comes is dropped. Holds what take() was given and less than one frame more, if next() is asked
// until there is nothing.
template <typename Message>
class Inbox final {
public:
    void take(std::span<const std::byte> bytes)
    {
        if (!m_failed)
            m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    }

    [[nodiscard]] std::expected<std::optional<Frame<Message>>, Fault> next()
    {
        if (m_failed)
            return std::unexpected(m_fault);
        auto decoded = decode<Message>(m_bytes);
        if (!decoded) {
            m_failed = true;
            m_fault = decoded.error();
            m_bytes = {};
            return std::unexpected(m_fault);
        }
        if (!*decoded)
            return std::nullopt;
        m_bytes.erase(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>((*decoded)->bytes));
        return (*decoded)->frame;
    }

    [[nodiscard]] std::size_t waiting() const { return m_bytes.size(); } // bytes that are no whole frame yet

private:
    std::vector<std::byte> m_bytes;
    bool m_failed = false;
    Fault m_fault; // when it has
};

} // namespace bistro::control
