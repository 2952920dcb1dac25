#include "control/messages.h"

#include <utility>

namespace bistro::control {
namespace {

// Any number, low byte first.
class Pen final {
public:
    explicit Pen(std::vector<std::byte>& bytes)
        : m_bytes(bytes)
    {
    }

    void put(std::uint32_t value, std::size_t size)
    {
        for (std::size_t i = 0; i < size; ++i)
            m_bytes.push_back(static_cast<std::byte>(value >> 8 * i));
    }

private:
    std::vector<std::byte>& m_bytes;
};

std::uint32_t numberAt(std::span<const std::byte> bytes, std::size_t at, std::size_t size)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value |= std::to_integer<std::uint32_t>(bytes[at + i]) << 8 * i;
    return value;
}

void putFields(Pen& pen, const Hello& hello)
{
    pen.put(hello.version, 2);
}
void putFields(Pen&, const Stop&) { }
void putFields(Pen&, const Granted&) { }
void putFields(Pen& pen, const Refused& refused)
{
    pen.put(std::to_underlying(refused.why), 1);
}

// The fields of one message, and nothing after them.
using Fields = std::span<const std::byte>;

std::expected<Hello, Refusal> fieldsOf(const Hello&, Fields fields)
{
    if (fields.size() != 2)
        return std::unexpected(Refusal::FieldBytes);
    return Hello {.version = static_cast<std::uint16_t>(numberAt(fields, 0, 2))};
}

template <typename Message>
std::expected<Message, Refusal> noFields(Fields fields)
{
    if (!fields.empty())
        return std::unexpected(Refusal::FieldBytes);
    return Message {};
}

std::expected<Stop, Refusal> fieldsOf(const Stop&, Fields fields)
{
    return noFields<Stop>(fields);
}
std::expected<Granted, Refusal> fieldsOf(const Granted&, Fields fields)
{
    return noFields<Granted>(fields);
}

std::expected<Refused, Refusal> fieldsOf(const Refused&, Fields fields)
{
    if (fields.size() != 1)
        return std::unexpected(Refusal::FieldBytes);
    const Refused refused {.why = static_cast<Refusal>(numberAt(fields, 0, 1))};
    if (nameOf(refused.why).empty())
        return std::unexpected(Refusal::FieldValue);
    return refused;
}

template <typename Message>
std::vector<std::byte> bytesOf(const Frame<Message>& frame)
{
    std::vector<std::byte> bytes;
    Pen pen(bytes);
    std::visit(
        [&]<typename One>(const One& message) {
            std::vector<std::byte> fields;
            Pen fieldsPen(fields);
            putFields(fieldsPen, message);
            pen.put(static_cast<std::uint32_t>(kHeadBytes + fields.size()), kLengthBytes);
            pen.put(frame.request, 4);
            pen.put(One::kKind, 1);
            bytes.insert(bytes.end(), fields.begin(), fields.end());
        },
        frame.message);
    return bytes;
}

// The message of this kind, tried one alternative after the other.
template <typename Message, std::size_t I = 0>
std::expected<Message, Refusal> messageOf(std::uint32_t kind, Fields fields)
{
    if constexpr (I == std::variant_size_v<Message>) {
        return std::unexpected(Refusal::UnknownKind);
    } else {
        using One = std::variant_alternative_t<I, Message>;
        if (kind == One::kKind)
            return fieldsOf(One {}, fields);
        return messageOf<Message, I + 1>(kind, fields);
    }
}

} // namespace

std::string_view nameOf(Refusal refusal)
{
    switch (refusal) {
    case Refusal::FrameLength: return "frame-length";
    case Refusal::UnknownKind: return "unknown-kind";
    case Refusal::FieldBytes: return "field-bytes";
    case Refusal::FieldValue: return "field-value";
    case Refusal::UnknownVersion: return "unknown-version";
    case Refusal::NotGreeted: return "not-greeted";
    case Refusal::Unasked: return "unasked";
    case Refusal::Over: return "over";
    }
    return {}; // a number from outside
}

std::vector<std::byte> encode(const Frame<Command>& frame)
{
    return bytesOf(frame);
}

std::vector<std::byte> encode(const Frame<Answer>& frame)
{
    return bytesOf(frame);
}

template <typename Message>
std::expected<std::optional<Decoded<Message>>, Fault> decode(std::span<const std::byte> bytes)
{
    if (bytes.size() < kLengthBytes)
        return std::nullopt;
    const std::size_t length = numberAt(bytes, 0, kLengthBytes);
    if (length < kHeadBytes || length > kMostBytes)
        return std::unexpected(Fault {.why = Refusal::FrameLength});
    if (bytes.size() < kLengthBytes + length)
        return std::nullopt;
    const std::uint32_t request = numberAt(bytes, kLengthBytes, 4);
    const std::uint32_t kind = numberAt(bytes, kLengthBytes + 4, 1);
    const auto message = messageOf<Message>(kind, bytes.subspan(kLengthBytes + kHeadBytes, length - kHeadBytes));
    if (!message)
        return std::unexpected(Fault {.why = message.error(), .request = request});
    return Decoded<Message> {.frame = {.request = request, .message = *message}, .bytes = kLengthBytes + length};
}

template std::expected<std::optional<Decoded<Command>>, Fault> decode(std::span<const std::byte>);
template std::expected<std::optional<Decoded<Answer>>, Fault> decode(std::span<const std::byte>);

} // namespace bistro::control
