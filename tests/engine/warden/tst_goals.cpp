#include "warden/goals.h"

#include "warden/address.h"
#include "warden/hosts.h"

#include <QTest>

#include <arpa/inet.h>

using namespace bistro;
using namespace bistro::warden;

namespace {

AddressBytes bytesOf(const char* text)
{
    AddressBytes bytes = ipv4(0, 0, 0, 0);
    if (inet_pton(AF_INET, text, &bytes[12]) != 1 && inet_pton(AF_INET6, text, bytes.data()) != 1)
        qFatal("%s is no address", text);
    return bytes;
}

} // namespace

class tst_Goals : public QObject {
    Q_OBJECT

private slots:
    void eachAddressLeadsSomewhere_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<int>("goal");
        const auto rows = [](Goal goal, std::initializer_list<const char*> addresses) {
            for (const char* const address : addresses)
                QTest::newRow(address) << QByteArray(address) << static_cast<int>(goal);
        };
        rows(Goal::Here, {"127.0.0.1", "127.9.9.9", "0.0.0.0", "::", "::1", "::ffff:127.0.0.1"});
        rows(Goal::Near, {"169.254.169.254", "fe80::1"});
        rows(Goal::Several, {"224.0.0.251", "255.255.255.255", "ff02::1"});
        rows(Goal::Elsewhere, {"192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1"});
    }
    void eachAddressLeadsSomewhere()
    {
        QFETCH(QByteArray, address);
        QFETCH(int, goal);
        QCOMPARE(static_cast<int>(goalOf(bytesOf(address))), goal);
    }

    void anyHostIsNeitherThisComputerNorWhoStandsBesideIt()
    {
        const Hosts hosts({}, true);
        const auto verdict = [&](const char* address) {
            return hosts.verdict({.bytes = bytesOf(address), .number = 80});
        };
        QCOMPARE(verdict("192.0.2.1"), Hosts::Verdict::Allowed);
        QCOMPARE(verdict("2001:db8::1"), Hosts::Verdict::Allowed);
        for (const char* const address : {"127.0.0.1", "169.254.169.254", "224.0.0.251", "255.255.255.255", "fe80::1"})
            QCOMPARE(verdict(address), Hosts::Verdict::Refused);
    }

    // Nobody else says where it leads.
    void anAddressThatIsAllowedItselfIsReached()
    {
        Hosts hosts({{.name = "169.254.169.254", .port = 80}, {.name = "127.0.0.1", .port = 5432}}, false);
        QVERIFY(hosts.allows({.bytes = bytesOf("169.254.169.254"), .number = 80}));
        QVERIFY(hosts.allows({.bytes = bytesOf("127.0.0.1"), .number = 5432}));
        QVERIFY(!hosts.allows({.bytes = bytesOf("127.0.0.1"), .number = 80}));
    }
};

QTEST_APPLESS_MAIN(tst_Goals)
#include "tst_goals.moc"
