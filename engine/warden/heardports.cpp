#include "warden/heardports.h"

#include "warden/descriptor.h"

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstring>
#include <fstream>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sstream>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace bistro::warden {
namespace {

constexpr unsigned kListens = 0x0A; // TCP_LISTEN
constexpr std::uint32_t kAnyState = ~std::uint32_t {0};

struct Question {
    nlmsghdr header {};
    inet_diag_req_v2 about {};
};

bool ask(int netlink, int family, bool stream, std::uint16_t number)
{
    Question question;
    question.header.nlmsg_len = sizeof(question);
    question.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    question.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    question.about.sdiag_family = static_cast<std::uint8_t>(family);
    question.about.sdiag_protocol = stream ? IPPROTO_TCP : IPPROTO_UDP;
    question.about.idiag_states = stream ? 1U << kListens : kAnyState;
    question.about.id.idiag_sport = htons(number);
    return send(netlink, &question, sizeof(question), 0) == static_cast<ssize_t>(sizeof(question));
}

HeardPort portIn(const inet_diag_msg& told)
{
    HeardPort result;
    if (told.idiag_family == AF_INET) {
        std::array<std::uint8_t, 4> four {};
        std::memcpy(four.data(), told.id.idiag_src, four.size());
        result.port.bytes = ipv4(four[0], four[1], four[2], four[3]);
    } else {
        std::memcpy(result.port.bytes.data(), told.id.idiag_src, result.port.bytes.size());
    }
    result.port.number = ntohs(told.id.idiag_sport);
    result.inode = told.idiag_inode;
    return result;
}

// Until the end of the answer; false where there is none.
bool hearAnswer(int netlink, std::vector<HeardPort>& ports)
{
    alignas(nlmsghdr) std::array<char, 32768> buffer {};
    for (;;) {
        const ssize_t size = recv(netlink, buffer.data(), buffer.size(), 0);
        if (size <= 0)
            return false;
        auto left = static_cast<unsigned>(size);
        for (const auto* message = reinterpret_cast<const nlmsghdr*>(buffer.data()); NLMSG_OK(message, left);
            message = NLMSG_NEXT(message, left)) {
            if (message->nlmsg_type == NLMSG_DONE)
                return true;
            if (message->nlmsg_type != SOCK_DIAG_BY_FAMILY || message->nlmsg_len < NLMSG_LENGTH(sizeof(inet_diag_msg)))
                return false;
            inet_diag_msg told {};
            std::memcpy(&told, NLMSG_DATA(message), sizeof(told));
            ports.push_back(portIn(told));
        }
    }
}

// "0100007F:1F90": words of 32 bits as this computer has them, then the port.
Port portIn(std::string_view text)
{
    Port result;
    const std::size_t colon = text.find(':');
    const std::size_t words = colon / 8;
    if (words == 1)
        result.bytes = ipv4(0, 0, 0, 0);
    for (std::size_t i = 0; i < words && i < 4; ++i) {
        std::uint32_t word = 0;
        std::from_chars(text.data() + i * 8, text.data() + i * 8 + 8, word, 16);
        for (std::size_t byte = 0; byte < 4; ++byte)
            result.bytes[(words == 1 ? 12 : i * 4) + byte] = static_cast<std::uint8_t>(word >> (byte * 8));
    }
    if (colon != std::string_view::npos)
        std::from_chars(text.data() + colon + 1, text.data() + text.size(), result.number, 16);
    return result;
}

void readTable(const char* table, bool stream, std::uint16_t number, std::vector<HeardPort>& ports)
{
    std::ifstream in(table);
    std::string line;
    std::getline(in, line);
    while (std::getline(in, line)) {
        std::istringstream words(line);
        std::string skipped;
        std::string local;
        std::string remote;
        std::string state;
        HeardPort heard;
        words >> skipped >> local >> remote >> state;
        for (int i = 0; i < 5; ++i)
            words >> skipped; // queues, timer, retransmissions, user, timeout
        if (!(words >> heard.inode))
            continue;
        unsigned now = 0;
        std::from_chars(state.data(), state.data() + state.size(), now, 16);
        heard.port = portIn(local);
        if ((!stream || now == kListens) && (number == 0 || heard.port.number == number))
            ports.push_back(heard);
    }
}

} // namespace

std::optional<std::vector<HeardPort>> askedPorts(bool stream, std::uint16_t number)
{
    std::vector<HeardPort> result;
    const Descriptor netlink(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
    for (const int family : {AF_INET, AF_INET6})
        if (!netlink || !ask(netlink.get(), family, stream, number) || !hearAnswer(netlink.get(), result))
            return {};
    return result;
}

std::vector<HeardPort> listedPorts(bool stream, std::uint16_t number)
{
    std::vector<HeardPort> result;
    for (const char* const table :
        {stream ? "/proc/net/tcp" : "/proc/net/udp", stream ? "/proc/net/tcp6" : "/proc/net/udp6"})
        readTable(table, stream, number, result);
    return result;
}

std::vector<HeardPort> heardPorts(bool stream, std::uint16_t number)
{
    auto asked = askedPorts(stream, number);
    return asked ? *std::move(asked) : listedPorts(stream, number);
}

} // namespace bistro::warden
