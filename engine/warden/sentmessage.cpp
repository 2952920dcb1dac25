#include "warden/sentmessage.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace bistro::warden {
namespace {

constexpr std::size_t kMostBytes = 1024 * 1024; // of a message, and of a piece of a stream
constexpr std::size_t kMostControl = 4096; // beyond what 253 descriptors (SCM_MAX_FD) need

// The descriptors that a part of the control data hands over, which are numbers to the program only.
std::expected<void, int> takeDescriptors(
    const Target& target, std::span<const std::byte> data, std::vector<Descriptor>& taken)
{
    for (std::size_t i = 0; i + sizeof(int) <= data.size(); i += sizeof(int)) {
        int number = -1;
        std::memcpy(&number, &data[i], sizeof(number));
        auto duplicate = target.descriptor(number);
        if (!duplicate)
            return std::unexpected(duplicate.error());
        taken.push_back(std::move(*duplicate));
    }
    return {};
}

} // namespace

std::expected<Wanted, int> wantedByMessage(const Target& target, std::uint64_t address)
{
    const auto header = target.value<msghdr>(address);
    if (!header)
        return std::unexpected(header.error());
    if (header->msg_iovlen > kMostPieces)
        return std::unexpected(EMSGSIZE);
    Wanted result {.pieces = std::vector<iovec>(header->msg_iovlen),
        .control = reinterpret_cast<std::uint64_t>(header->msg_control),
        .controlLength = header->msg_controllen};
    if (header->msg_name != nullptr && header->msg_namelen != 0) {
        const auto to = addressAt(
            target, reinterpret_cast<std::uint64_t>(header->msg_name), static_cast<int>(header->msg_namelen));
        if (!to)
            return std::unexpected(to.error());
        result.to = *to;
    }
    if (const auto done = target.read(
            reinterpret_cast<std::uint64_t>(header->msg_iov), std::as_writable_bytes(std::span(result.pieces)));
        !done)
        return std::unexpected(done.error());
    return result;
}

std::expected<void, int> copyBytes(
    const Target& target, const Socket& socket, std::span<const iovec> pieces, Message& message)
{
    for (const iovec& piece : pieces) {
        const auto address = reinterpret_cast<std::uint64_t>(piece.iov_base);
        const std::size_t before = message.bytes.size();
        const std::size_t now = std::min(kMostBytes - before, piece.iov_len);
        message.bytes.resize(before + now);
        if (auto done = target.read(address, std::span(message.bytes).subspan(before)); !done)
            return done;
        if (now < piece.iov_len) {
            if (!socket.isStream())
                return std::unexpected(EMSGSIZE);
            message.rest.push_back(
                {.iov_base = reinterpret_cast<void*>(address + now), .iov_len = piece.iov_len - now});
        }
    }
    return {};
}

std::expected<void, int> copyControl(const Target& target, const Socket& socket, const Wanted& wanted, Message& message)
{
    if (wanted.controlLength == 0)
        return {};
    // To the network it says by which way: no lesson needs that, and the walls do.
    if (socket.family != AF_UNIX || wanted.controlLength > kMostControl)
        return std::unexpected(EINVAL);
    std::vector<std::byte> given(wanted.controlLength);
    if (auto done = target.read(wanted.control, given); !done)
        return done;
    for (std::size_t at = 0; at + sizeof(cmsghdr) <= given.size();) {
        cmsghdr part {};
        std::memcpy(&part, &given[at], sizeof(part));
        if (part.cmsg_len < CMSG_LEN(0) || part.cmsg_len > given.size() - at)
            return std::unexpected(EINVAL);
        if (part.cmsg_level != SOL_SOCKET || part.cmsg_type != SCM_RIGHTS)
            return std::unexpected(part.cmsg_level == SOL_SOCKET ? EPERM : EINVAL);
        const auto data = std::span<const std::byte>(given).subspan(at + CMSG_LEN(0), part.cmsg_len - CMSG_LEN(0));
        if (auto done = takeDescriptors(target, data, message.handed); !done)
            return done;
        at += CMSG_ALIGN(part.cmsg_len);
    }
    if (message.handed.empty())
        return {};
    std::vector<int> numbers;
    for (const Descriptor& one : message.handed)
        numbers.push_back(one.get());
    const std::size_t size = numbers.size() * sizeof(int);
    message.control.resize(CMSG_SPACE(size));
    cmsghdr part {};
    part.cmsg_len = CMSG_LEN(size);
    part.cmsg_level = SOL_SOCKET;
    part.cmsg_type = SCM_RIGHTS;
    std::memcpy(message.control.data(), &part, sizeof(part));
    std::memcpy(&message.control[CMSG_LEN(0)], numbers.data(), size);
    return {};
}

} // namespace bistro::warden
