#include "warden/loopbackfilter.h"

#include "warden/address.h"

#include <QTest>

#include <cstring>

using namespace bistro::warden;

namespace {

AddressBytes ipv6(std::uint8_t first, std::uint8_t last)
{
    AddressBytes result {};
    result[0] = first;
    result[15] = last;
    return result;
}

// Runs the few instructions that the filter is made of, over a header with this source.
bool letsIn(const std::vector<sock_filter>& filter, const AddressBytes& source, int version)
{
    std::array<std::uint8_t, 40> header {};
    header[0] = static_cast<std::uint8_t>(version << 4);
    if (version == 4)
        std::memcpy(&header[12], &source[12], 4);
    else
        std::memcpy(&header[8], source.data(), source.size());
    std::uint32_t a = 0;
    for (std::size_t at = 0; at < filter.size(); ++at) {
        const sock_filter& one = filter[at];
        const std::size_t offset = one.k - static_cast<std::uint32_t>(SKF_NET_OFF);
        switch (one.code) {
        case BPF_LD | BPF_B | BPF_ABS: a = header.at(offset); break;
        case BPF_LD | BPF_W | BPF_ABS:
            a = std::uint32_t {header.at(offset)} << 24 | std::uint32_t {header.at(offset + 1)} << 16
                | std::uint32_t {header.at(offset + 2)} << 8 | header.at(offset + 3);
            break;
        case BPF_ALU | BPF_RSH | BPF_K: a >>= one.k; break;
        case BPF_JMP | BPF_JA: at += one.k; break;
        case BPF_JMP | BPF_JEQ | BPF_K: at += a == one.k ? one.jt : one.jf; break;
        case BPF_RET | BPF_K: return one.k != 0;
        default: qFatal("an instruction that no filter of ours has");
        }
    }
    qFatal("the filter has no end");
}

} // namespace

class tst_LoopbackFilter : public QObject {
    Q_OBJECT

private slots:
    void whatThisComputerSendsIsLetIn()
    {
        const auto filter = loopbackFilter({});
        QVERIFY(letsIn(filter, ipv4(127, 0, 0, 1), 4));
        QVERIFY(letsIn(filter, ipv4(127, 255, 3, 4), 4));
        QVERIFY(letsIn(filter, ipv6(0, 1), 6));
    }

    void whatOthersSendIsNot()
    {
        const auto filter = loopbackFilter({});
        for (const auto& source : {ipv4(126, 0, 0, 1), ipv4(128, 0, 0, 1), ipv4(10, 0, 0, 127), ipv4(0, 0, 0, 0)})
            QVERIFY(!letsIn(filter, source, 4));
        for (const auto& source : {ipv6(0, 0), ipv6(0, 2), ipv6(0x20, 1), ipv6(0xFE, 1), ipv4(127, 0, 0, 1)})
            QVERIFY(!letsIn(filter, source, 6));
        QVERIFY(!letsIn(filter, ipv6(0, 1), 5));
    }

    void thoseThatAreNamedAreLetInToo()
    {
        std::vector<AddressBytes> others {ipv4(192, 0, 2, 7), ipv6(0x20, 9)};
        for (std::uint8_t i = 0; i < 90; ++i)
            others.push_back(i % 2 == 0 ? ipv4(10, 0, 0, i) : ipv6(0x30, i));
        const auto filter = loopbackFilter(others);
        QVERIFY(filter.size() < BPF_MAXINSNS);
        QVERIFY(letsIn(filter, ipv4(127, 0, 0, 1), 4));
        QVERIFY(letsIn(filter, ipv6(0, 1), 6));
        for (const AddressBytes& other : others)
            QVERIFY(letsIn(filter, other, Port {.bytes = other}.isIpv4() ? 4 : 6));
        QVERIFY(!letsIn(filter, ipv4(192, 0, 2, 8), 4));
        QVERIFY(!letsIn(filter, ipv6(0x20, 8), 6));
    }
};

QTEST_APPLESS_MAIN(tst_LoopbackFilter)
#include "tst_loopbackfilter.moc"
