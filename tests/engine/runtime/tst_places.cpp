// Whether it was the sandbox that refused, told from what the policy allows and what permissions would have allowed.
#include "runtime/places.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace bistro;
using namespace Qt::StringLiterals;
using trace::Access;

namespace {

sockaddr_in inet(const char* host, int port)
{
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET, host, &address.sin_addr);
    return address;
}

sockaddr_in6 inet6(const char* host, int port)
{
    sockaddr_in6 address {};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(static_cast<std::uint16_t>(port));
    inet_pton(AF_INET6, host, &address.sin6_addr);
    return address;
}

template <typename Address>
std::string peer(const Reachable& may, const Address& address, int error = ENETUNREACH, bool isHeard = false)
{
    return may.refusedPeer(reinterpret_cast<const sockaddr*>(&address), sizeof address, error, isHeard).value_or("");
}

template <typename Address>
std::string name(const Reachable& may, const Address& address, int error = EACCES)
{
    return may.refusedName(reinterpret_cast<const sockaddr*>(&address), sizeof address, error).value_or("");
}

} // namespace

class tst_Places : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] std::string path(const char* name) const
    {
        return (QDir(m_folder.path()).canonicalPath() + u'/' + QLatin1StringView(name)).toStdString();
    }
    [[nodiscard]] std::string refused(const Reachable& may, FileAct act, const char* name) const
    {
        const auto found = may.refusedFile(act, path(name).c_str());
        return found ? (found->access == Access::Read ? "read " : "write ") + found->subject : std::string();
    }

private slots:
    void initTestCase()
    {
        for (const char* const folder : {"work", "lib", "other", "otherwise"})
            QVERIFY(QDir(m_folder.path()).mkdir(QLatin1StringView(folder)));
        for (const char* const file : {"work/a", "lib/a", "other/a", "otherwise/a", "other/tool"}) {
            QFile made(QString::fromStdString(path(file)));
            QVERIFY(made.open(QIODevice::WriteOnly));
        }
        QCOMPARE(chmod(path("other/tool").c_str(), 0755), 0);
        QCOMPARE(symlink(path("other/a").c_str(), path("work/out").c_str()), 0);
        QCOMPARE(symlink(path("work/a").c_str(), path("other/in").c_str()), 0);
    }

    void whatLiesOutsideTheAllowedPlacesIsRefused()
    {
        const auto may = Reachable::from(
            "write " + path("work") + "\nread " + path("lib") + "\nlimit memory 64\nread " + path("otherwise"));
        QCOMPARE(refused(may, FileAct::Read, "work/a"), std::string());
        QCOMPARE(refused(may, FileAct::Read, "lib/a"), std::string());
        QCOMPARE(refused(may, FileAct::Read, "other/a"), "read " + path("other/a"));
        QCOMPARE(refused(may, FileAct::Read, "otherwise/a"), std::string());
        QCOMPARE(refused(may, FileAct::Write, "work/new"), std::string());
        QCOMPARE(refused(may, FileAct::Write, "lib/a"), "write " + path("lib/a"));
        QCOMPARE(refused(may, FileAct::Write, "other/new"), "write " + path("other/new"));
        QCOMPARE(refused(may, FileAct::Entry, "other/new/"), "write " + path("other/new"));
        QCOMPARE(refused(may, FileAct::Entry, "nowhere/new"), std::string());
        QCOMPARE(refused(may, FileAct::Attributes, "other/a"), "write " + path("other/a"));
        QCOMPARE(may.refusedFile(FileAct::Read, nullptr), std::nullopt);
        QCOMPARE(may.refusedFile(FileAct::Read, ""), std::nullopt);
    }

    void aLinkIsWhatItLeadsToButNotWhereItIsRemoved()
    {
        const auto may = Reachable::from("write " + path("work"));
        QCOMPARE(refused(may, FileAct::Read, "work/out"), "read " + path("other/a"));
        QCOMPARE(refused(may, FileAct::Read, "other/in"), std::string());
        QCOMPARE(refused(may, FileAct::Entry, "work/out"), std::string());
        QCOMPARE(refused(may, FileAct::Entry, "other/in"), "write " + path("other/in"));
    }

    void whatPermissionsForbidIsNotTheSandboxs()
    {
        if (geteuid() == 0 && seteuid(65534) != 0)
            QSKIP("Root may do anything.");
        const auto restore = qScopeGuard([] {
            if (getuid() == 0)
                (void)!seteuid(0);
        });
        const Reachable may;
        QCOMPARE(may.refusedFile(FileAct::Read, "/etc/shadow"), std::nullopt);
        QCOMPARE(may.refusedFile(FileAct::Write, "/etc/passwd"), std::nullopt);
        QCOMPARE(may.refusedFile(FileAct::Entry, "/etc/new"), std::nullopt);
        QCOMPARE(may.refusedFile(FileAct::Attributes, "/etc/passwd"), std::nullopt);
        QCOMPARE(may.refusedFile(FileAct::Owner, "/etc/passwd"), std::nullopt);
        QVERIFY(may.refusedFile(FileAct::Read, "/etc/passwd"));
        QCOMPARE(name(may, inet("127.0.0.1", 80)), std::string());
        QCOMPARE(name(may, inet("127.0.0.1", 8080)), std::string("127.0.0.1:8080"));
    }

    void aProgramIsRefusedThatCouldBeStarted()
    {
        QCOMPARE(Reachable().refusedProgram(path("other/tool")).value_or(RefusedThing {}).subject, path("other/tool"));
        QCOMPARE(Reachable().refusedProgram(path("other/a")), std::nullopt); // not one
        QCOMPARE(Reachable().refusedProgram(path("other")), std::nullopt);
        QCOMPARE(Reachable().refusedProgram(""), std::nullopt);
        QCOMPARE(Reachable::from("run " + path("other")).refusedProgram(path("other/tool")), std::nullopt);
        QVERIFY(Reachable::from("write " + path("other")).refusedProgram(path("other/tool")));
        // Where all may be started that may be read, it is that which is to be allowed.
        const auto unread = Reachable::from("foreign-programs").refusedProgram(path("other/tool"));
        QVERIFY(unread && unread->access == bistro::trace::Access::Read);
        const auto read = Reachable::from("foreign-programs\nread " + path("other"));
        QCOMPARE(read.refusedProgram(path("other/tool")), std::nullopt);
    }

    void anAddressBeyondThisComputerIsRefused()
    {
        const Reachable may;
        QCOMPARE(peer(may, inet("192.0.2.1", 80)), std::string("192.0.2.1:80"));
        QCOMPARE(peer(may, inet6("2001:db8::1", 443)), std::string("[2001:db8::1]:443"));
        QCOMPARE(peer(may, inet("127.0.0.1", 80)), std::string());
        QCOMPARE(peer(may, inet6("::1", 80)), std::string());
        QCOMPARE(peer(may, inet6("::ffff:127.0.0.1", 80)), std::string());
        QCOMPARE(peer(may, inet("192.0.2.1", 80), ECONNREFUSED), std::string());
        QCOMPARE(peer(Reachable::from("internet"), inet("192.0.2.1", 80)), std::string());
        // Where somebody listens, nobody but the sandbox refuses.
        QCOMPARE(peer(may, inet("127.0.0.1", 80), ECONNREFUSED, true), std::string("127.0.0.1:80"));
        QCOMPARE(peer(may, inet6("::1", 80), ECONNREFUSED, true), std::string("[::1]:80"));
        QCOMPARE(
            peer(Reachable::from("internet"), inet("127.0.0.1", 80), ECONNREFUSED, true), std::string("127.0.0.1:80"));
        // What an allowed internet does not open.
        QCOMPARE(peer(Reachable::from("internet"), inet("169.254.169.254", 80)), std::string("169.254.169.254:80"));
        QCOMPARE(peer(Reachable::from("internet"), inet("169.253.1.1", 80)), std::string());
        for (const QHostAddress& own : QNetworkInterface::allAddresses()) {
            if (own.protocol() != QHostAddress::IPv4Protocol || own.isLoopback())
                continue;
            const std::string text = own.toString().toStdString();
            QCOMPARE(peer(Reachable::from("internet"), inet(text.c_str(), 80)), text + ":80");
        }
        QCOMPARE(peer(may, inet("127.0.0.1", 80), EINPROGRESS, true), std::string());
        QCOMPARE(may.refusedPeer(nullptr, 0, ENETUNREACH), std::nullopt);
        const auto short4 = inet("192.0.2.1", 80);
        QCOMPARE(may.refusedPeer(reinterpret_cast<const sockaddr*>(&short4), 8, ENETUNREACH), std::nullopt);
    }

    void whatAnAllowedHostsNameLedToMayBeReached()
    {
        const auto may = Reachable::from("host example.org 443\nhost other.example");
        QVERIFY(may.mayResolve("Example.org."));
        QVERIFY(may.mayResolve("other.example"));
        QVERIFY(may.mayResolve("localhost"));
        QVERIFY(!may.mayResolve("sub.example.org"));
        QVERIFY(!may.mayResolve("org"));
        const auto found = inet("192.0.2.7", 0);
        may.resolved(reinterpret_cast<const sockaddr*>(&found), sizeof found);
        QCOMPARE(peer(may, inet("192.0.2.7", 443)), std::string());
        QCOMPARE(peer(may, inet("192.0.2.8", 443)), std::string("192.0.2.8:443"));
    }

    void aSocketsFileIsAFile()
    {
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, path("other/a").c_str(), sizeof address.sun_path - 1);
        QCOMPARE(peer(Reachable(), address, EACCES), path("other/a"));
        QCOMPARE(peer(Reachable::from("write " + path("other")), address, EACCES), std::string());
        QCOMPARE(name(Reachable(), address), path("other/a"));
        address.sun_path[0] = '\0';
        QVERIFY(peer(Reachable(), address, EPERM).starts_with("@"));
    }
};

QTEST_GUILESS_MAIN(tst_Places)
#include "tst_places.moc"
