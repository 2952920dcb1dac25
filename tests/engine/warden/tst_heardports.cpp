#include "warden/heardports.h"

#include "warden/descriptor.h"

#include <QTest>

#include <algorithm>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

using namespace bistro::warden;

namespace {

struct Opened {
    Descriptor socket;
    HeardPort heard;
};

Address addressOf(int family, bool isAny)
{
    Address result;
    if (family == AF_INET) {
        sockaddr_in in {};
        in.sin_family = AF_INET;
        in.sin_addr.s_addr = htonl(isAny ? INADDR_ANY : INADDR_LOOPBACK);
        std::memcpy(&result.storage, &in, sizeof(in));
        result.length = sizeof(in);
    } else {
        sockaddr_in6 in {};
        in.sin6_family = AF_INET6;
        in.sin6_addr = isAny ? in6addr_any : in6addr_loopback;
        std::memcpy(&result.storage, &in, sizeof(in));
        result.length = sizeof(in);
    }
    return result;
}

Opened opened(int family, int type, bool isAny, bool listens)
{
    Opened result {Descriptor(socket(family, type | SOCK_CLOEXEC, 0)), {}};
    const int socket = result.socket.get();
    Address address = addressOf(family, isAny);
    struct stat about {};
    if (bind(socket, address.get(), address.length) != 0 || (listens && listen(socket, 1) != 0)
        || getsockname(socket, reinterpret_cast<sockaddr*>(&address.storage), &address.length) != 0
        || fstat(socket, &about) != 0)
        qFatal("no socket: %s", std::strerror(errno));
    result.heard = {*portOf(address), about.st_ino};
    return result;
}

} // namespace

class tst_heardports final : public QObject {
    Q_OBJECT

private slots:
    void bothWaysTellTheSameSocket_data()
    {
        QTest::addColumn<int>("family");
        QTest::addColumn<bool>("stream");
        QTest::addColumn<bool>("isAny");
        for (const bool stream : {true, false}) {
            for (const bool isAny : {true, false}) {
                const char* const where = isAny ? "any address" : "the loopback";
                const char* const what = stream ? "TCP" : "UDP";
                QTest::addRow("%s, IPv4, %s", what, where) << AF_INET << stream << isAny;
                QTest::addRow("%s, IPv6, %s", what, where) << AF_INET6 << stream << isAny;
            }
        }
    }

    void bothWaysTellTheSameSocket()
    {
        QFETCH(const int, family);
        QFETCH(const bool, stream);
        QFETCH(const bool, isAny);
        const Opened one = opened(family, stream ? SOCK_STREAM : SOCK_DGRAM, isAny, stream);
        const auto asked = askedPorts(stream, one.heard.port.number);
        QVERIFY(asked);
        QVERIFY(std::ranges::contains(*asked, one.heard));
        QVERIFY(std::ranges::contains(listedPorts(stream, one.heard.port.number), one.heard));
        QVERIFY(std::ranges::contains(heardPorts(stream, 0), one.heard));
        QVERIFY(!std::ranges::contains(heardPorts(!stream, 0), one.heard));
    }

    void onlyTheAskedNumberIsTold()
    {
        const Opened one = opened(AF_INET, SOCK_STREAM, false, true);
        const Opened other = opened(AF_INET, SOCK_STREAM, false, true);
        const std::uint16_t number = one.heard.port.number;
        for (const auto& ports : {askedPorts(true, number).value(), listedPorts(true, number)})
            QVERIFY(!ports.empty()
                && std::ranges::all_of(ports, [&](const HeardPort& heard) { return heard.port.number == number; }));
        QVERIFY(std::ranges::contains(askedPorts(true, 0).value(), other.heard));
    }

    void whoIsBoundAndDoesNotListenHearsNothing()
    {
        const Opened one = opened(AF_INET, SOCK_STREAM, false, false);
        QVERIFY(!std::ranges::contains(askedPorts(true, 0).value(), one.heard));
        QVERIFY(!std::ranges::contains(listedPorts(true, 0), one.heard));
    }

    void hundredsArriveInSeveralPartsOfTheAnswer()
    {
        std::vector<Opened> many;
        many.reserve(600);
        for (int i = 0; i < 600; ++i)
            many.push_back(opened(AF_INET, SOCK_STREAM, false, true));
        const auto asked = askedPorts(true, 0);
        QVERIFY(asked);
        for (const Opened& one : many)
            QVERIFY(std::ranges::contains(*asked, one.heard));
    }
};

QTEST_GUILESS_MAIN(tst_heardports)
#include "tst_heardports.moc"
