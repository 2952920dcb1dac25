#include "warden/goals.h"

#include "warden/address.h"
#include "warden/descriptor.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <optional>
#include <sys/socket.h>

namespace bistro::warden {
namespace {

struct AskedForWay {
    nlmsghdr header {};
    rtmsg about {};
    rtattr head {};
    AddressBytes address {};
};

// The kind of the way there (RTN_…); RTN_UNREACHABLE where there is none. Nothing: no answer.
std::optional<unsigned> wayTo(const Port& to)
{
    constexpr std::size_t kIpv4At = 12;
    const std::size_t size = to.isIpv4() ? 4 : to.bytes.size();
    AskedForWay question;
    question.head = {.rta_len = static_cast<unsigned short>(RTA_LENGTH(size)), .rta_type = RTA_DST};
    std::copy_n(to.bytes.begin() + (to.isIpv4() ? kIpv4At : 0), size, question.address.begin());
    question.about.rtm_family = to.isIpv4() ? AF_INET : AF_INET6;
    question.about.rtm_dst_len = static_cast<unsigned char>(size * 8);
    question.header = {.nlmsg_len = static_cast<std::uint32_t>(NLMSG_LENGTH(sizeof(rtmsg)) + RTA_LENGTH(size)),
        .nlmsg_type = RTM_GETROUTE,
        .nlmsg_flags = NLM_F_REQUEST,
        .nlmsg_seq = 0,
        .nlmsg_pid = 0};
    const Descriptor netlink(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    alignas(nlmsghdr) std::array<char, 4096> buffer {};
    if (!netlink || send(netlink.get(), &question, question.header.nlmsg_len, 0) < 0)
        return {};
    const ssize_t length = recv(netlink.get(), buffer.data(), buffer.size(), 0);
    const auto* const answer = reinterpret_cast<const nlmsghdr*>(buffer.data());
    if (length < 0 || !NLMSG_OK(answer, static_cast<unsigned>(length)))
        return {};
    if (answer->nlmsg_type == NLMSG_ERROR)
        return RTN_UNREACHABLE;
    if (answer->nlmsg_type != RTM_NEWROUTE || answer->nlmsg_len < NLMSG_LENGTH(sizeof(rtmsg)))
        return {};
    rtmsg told {};
    std::memcpy(&told, NLMSG_DATA(answer), sizeof(told));
    return told.rtm_type;
}

bool isLinkLocal(const Port& to)
{
    if (to.isIpv4())
        return to.bytes[12] == 169 && to.bytes[13] == 254;
    return to.bytes[0] == 0xFE && (to.bytes[1] & 0xC0) == 0x80;
}

bool isGroup(const Port& to)
{
    return to.isIpv4() ? to.bytes[12] >= 224 : to.bytes[0] == 0xFF;
}

} // namespace

Goal goalOf(const AddressBytes& address)
{
    const Port to {.bytes = address, .number = 0};
    if (to.isLoopback() || to.isAny())
        return Goal::Here;
    if (isGroup(to))
        return Goal::Several;
    const auto way = wayTo(to);
    if (!way || *way == RTN_LOCAL)
        return Goal::Here;
    if (*way == RTN_BROADCAST || *way == RTN_MULTICAST || *way == RTN_ANYCAST)
        return Goal::Several;
    return isLinkLocal(to) ? Goal::Near : Goal::Elsewhere;
}

} // namespace bistro::warden
