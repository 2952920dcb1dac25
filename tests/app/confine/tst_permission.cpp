// What can be allowed, as a learner types it; what nobody can allow.
#include "app/confine/homefolder.h"
#include "confine/limits.h"

#include <cerrno>
#include <memory>
#include <vector>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

Permission host(const char* name, std::uint16_t port = 0)
{
    return {.kind = PermissionKind::Host, .host = {.name = name, .port = port}, .path = {}};
}

Permission place(PermissionKind kind, const char* path)
{
    return {.kind = kind, .host = {}, .path = path};
}

Permission plain(PermissionKind kind)
{
    return {.kind = kind, .host = {}, .path = {}};
}

} // namespace

class TestPermission : public QObject {
    Q_OBJECT

private slots:
    void init() { m_home = std::make_unique<HomeFolder>(); }

    void aHostIsANameAndPerhapsAPort_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("taken");
        const auto row = [](const char* typed, const char* taken) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << QString::fromUtf8(taken);
        };
        row("example.org", "example.org");
        row("Example.ORG.", "example.org");
        row("example.org:443", "example.org:443");
        row("localhost:5432", "localhost:5432");
        row("my_service", "my_service");
        row("127.0.0.1:80", "127.0.0.1:80");
        row("::1", "::1");
        row("0:0:0:0:0:0:0:1", "::1");
        row("[::1]:80", "[::1]:80");
        row("[FE80::1]", "fe80::1");
        row("bücher.example", "xn--bcher-kva.example");
        row("1and1.example", "1and1.example");
    }

    void aHostIsANameAndPerhapsAPort()
    {
        QFETCH(QString, typed);
        QFETCH(QString, taken);
        const auto found = hostFrom(typed);
        QVERIFY2(found, found ? "" : qPrintable(found.error()));
        QCOMPARE(hostText(*found), taken);
        QCOMPARE(hostFrom(taken).value(), *found); // as it is kept, it is read back
    }

    void whatIsNoHostIsRefused_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("why");
        const auto row = [](const QString& typed, const QString& why) {
            QTest::newRow(qPrintable(typed.left(40))) << typed << why;
        };
        const QString noName = u"\" is no name of a host. Write it like this: example.org or example.org:443."_s;
        for (const QString& typed : {u""_s, u"*"_s, u"*.example.org"_s, u"two words"_s, u"-a.example"_s,
                 u"a..example"_s, u"1.2.3"_s, u"300.1.1.1"_s, u"::1:x"_s, u"[example.org]:80"_s, u"example.org/menu"_s,
                 u"ada@example.org"_s, u"a\nhost b"_s, QString(64, u'a'), QString(u"a."_s).repeated(130) + u"b"_s})
            row(typed, u'"' + typed + noName);
        row(u"example.org:0"_s, u"\"0\" is no port. A port is a number from 1 to 65535."_s);
        row(u"example.org:65536"_s, u"\"65536\" is no port. A port is a number from 1 to 65535."_s);
        row(u"example.org:+80"_s, u"\"+80\" is no port. A port is a number from 1 to 65535."_s);
        row(u"example.org:"_s, u"\"\" is no port. A port is a number from 1 to 65535."_s);
        row(u"https://example.org:8443/menu"_s,
            u"\"https://example.org:8443/menu\" is a whole address. Write the host alone: example.org"_s);
    }

    void whatIsNoHostIsRefused()
    {
        QFETCH(QString, typed);
        QFETCH(QString, why);
        const auto found = hostFrom(typed);
        QVERIFY2(!found, found ? found->name.c_str() : "");
        QCOMPARE(found.error(), why);
    }

    void eachIsThereOnceAndInOrder()
    {
        Permissions all;
        for (const Permission& each : {plain(PermissionKind::Npm), host("b.example"), host("a.example", 443),
                 host("b.example"), place(PermissionKind::Write, "/b"), place(PermissionKind::Read, "/c")})
            all = with(all, each);
        const Permissions expected {host("a.example", 443), host("b.example"), place(PermissionKind::Read, "/c"),
            place(PermissionKind::Write, "/b"), plain(PermissionKind::Npm)};
        QVERIFY(all == expected);
        QVERIFY(without(all, host("b.example", 80)) == expected);
        QCOMPARE(without(all, host("b.example")).size(), 4u);
    }

    void ofEachLimitThereIsOne()
    {
        const auto memory = [](std::uint32_t amount) {
            return Permission {.kind = PermissionKind::Memory, .host = {}, .path = {}, .amount = amount};
        };
        const Permissions all = with(with({plain(PermissionKind::Npm)}, memory(512)), memory(8'192));
        QVERIFY(all == (Permissions {plain(PermissionKind::Npm), memory(8'192)}));
        QVERIFY(isAllowed(all, memory(4'096)) && !isAllowed(all, memory(8'193)));
        QCOMPARE(subjectOf(memory(512)), u"512"_s);
        QCOMPARE(permissionText(memory(8'192)), u"use 8,192 MB of memory"_s);
        for (const PermissionKind kind : kLimitKinds) {
            const QString number = QString::number(rangeOf(kind).most);
            QVERIFY(limitFrom(kind, number).has_value() && limitFrom(kind, number)->amount == rangeOf(kind).most);
            QVERIFY(!limitFrom(kind, number + u'0') && !limitFrom(kind, u"0"_s) && !limitFrom(kind, {}));
        }
    }

    void whatSaysMoreAllowsLess()
    {
        const Permissions given {host("a.example", 443), host("b.example"), place(PermissionKind::Read, "/data"),
            place(PermissionKind::Write, "/notes")};
        QVERIFY(isAllowed(given, host("a.example", 443)));
        QVERIFY(!isAllowed(given, host("a.example", 80)));
        QVERIFY(!isAllowed(given, host("a.example")));
        QVERIFY(isAllowed(given, host("b.example", 80)));
        QVERIFY(!isAllowed(given, host("x.b.example", 80)));
        QVERIFY(isAllowed(given, place(PermissionKind::Read, "/data/menu.json")));
        QVERIFY(!isAllowed(given, place(PermissionKind::Read, "/database")));
        QVERIFY(!isAllowed(given, place(PermissionKind::Write, "/data")));
        QVERIFY(isAllowed(given, place(PermissionKind::Read, "/notes/today")));
        QVERIFY(!isAllowed(given, plain(PermissionKind::Internet)));
        QVERIFY(isAllowed({plain(PermissionKind::Internet)}, host("any.example", 1)));
        QVERIFY(!isAllowed({plain(PermissionKind::Addons)}, plain(PermissionKind::Npm)));
    }

    void aWordIsReadBack()
    {
        for (const PermissionKind kind : kPermissionKinds)
            QCOMPARE(kindNamed(wordOf(kind)), kind);
        QVERIFY(!kindNamed("everything"));
        QVERIFY(!kindNamed(""));
    }

    void aFolderIsAllowedByWhereItReallyIs()
    {
        const fs::path data = m_home->path() / "data";
        fs::create_directories(data);
        fs::create_symlink(data, m_home->path() / "link");
        const auto found = placePermission(PermissionKind::Write, m_home->path() / "link", surroundings());
        QVERIFY(found);
        QVERIFY(*found == place(PermissionKind::Write, data.c_str()));
        QCOMPARE(permissionText(*found), u"read and change "_s + QString::fromStdString(data.string()));
    }

    // Advice that "bistro sandbox allow" then refuses would help nobody.
    void whatIsAdvisedCanBeAllowed()
    {
        using trace::Access;
        const fs::path home = m_home->path();
        for (const char* const name : {".ssh", ".local/state/bistro/runs", "notes"})
            fs::create_directories(home / name);
        HomeFolder::put(home / "notes/diary.txt");
        HomeFolder::put(home / ".bashrc");
        const Surroundings around = surroundings();
        struct Refused {
            Access access;
            fs::path subject;
            int error;
        };
        const std::vector<Refused> all {{Access::Write, home / "notes/new.txt", EACCES},
            {Access::Write, home / "notes/diary.txt", EXDEV}, {Access::Read, home / ".ssh/id", EACCES},
            {Access::Read, home, EACCES}, {Access::Read, home / ".local/state/bistro/runs", EACCES},
            {Access::Write, home / "new.txt", EACCES}, {Access::Write, home / ".bashrc", EACCES},
            {Access::Write, home / ".ssh/id", EACCES}, {Access::Write, home / ".local/state/bistro/runs/x", EACCES},
            {Access::Write, "/etc/passwd", EACCES}, {Access::Write, "/dev/full", EACCES},
            {Access::Write, "/usr/lib/x", EACCES}, {Access::Write, "/tmp/bistro-of-nobody", EACCES},
            {Access::Write, "/proc/1/comm", EACCES}, {Access::Connect, "/tmp/x.sock", EACCES},
            {Access::Connect, "@dbus", EACCES}, {Access::Connect, "example.org:443", ENETUNREACH},
            {Access::Resolve, "example.org", EACCES}, {Access::Signal, "1", EPERM}};
        int given = 0;
        for (const Refused& each : all) {
            const QString subject = QString::fromStdString(each.subject.string());
            const auto advised = permissionAgainst(each.access, subject, each.error, around);
            if (!advised) {
                QVERIFY2(advised.error().endsWith(u'.'), qPrintable(subject));
                continue;
            }
            ++given;
            if (advised->kind == PermissionKind::Host)
                QVERIFY2(hostFrom(subjectOf(*advised)), qPrintable(subject));
            else if (fs::exists(advised->path))
                QVERIFY2(placePermission(advised->kind, advised->path, around), qPrintable(subject));
            else
                QCOMPARE(each.subject, home / ".ssh/id"); // by its name alone
        }
        QCOMPARE(given, 5);
        QCOMPARE(
            permissionAgainst(Access::Write, QString::fromStdString((home / "notes/new.txt").string()), EACCES, around)
                ->path,
            home / "notes");
    }

    void nobodyAllowsWhatWouldLeadFurther()
    {
        const fs::path home = m_home->path();
        for (const char* const name : {".ssh", ".config/bistro", ".local/state/bistro/runs", "lessons"})
            fs::create_directories(home / name);
        HomeFolder::put(home / ".bashrc");
        fs::create_symlink(home / ".ssh", home / "lessons/keys");
        const auto why = [&](PermissionKind kind, const fs::path& path) {
            auto found = placePermission(kind, path, surroundings());
            return found ? u"allowed"_s : found.error().replace(QString::fromStdString(home.string()), u"~"_s);
        };
        using enum PermissionKind;
        QCOMPARE(why(Write, home / "lessons"), u"allowed"_s);
        QCOMPARE(why(Write, home), u"~ holds more than a program may change. Allow a folder in it."_s);
        QCOMPARE(why(Write, "/"), u"/ holds more than a program may change. Allow a folder in it."_s);
        QCOMPARE(why(Write, home / ".bashrc"),
            u"~/.bashrc is hidden: settings and keys lie there. Allow another folder to write to."_s);
        QCOMPARE(why(Write, home / "lessons/keys"),
            u"~/.ssh is hidden: settings and keys lie there. Allow another folder to write to."_s);
        QCOMPARE(why(Write, home / ".config"),
            u"Bistro keeps its own files in ~/.config. Allow another folder to write to."_s);
        QCOMPARE(why(Write, "/usr"), u"/usr belongs to the system. Allow a folder of your own to write to."_s);
        QCOMPARE(why(Read, home), u"~ holds more than a program may read. Allow a folder in it."_s);
        QCOMPARE(why(Read, home / ".config/bistro"),
            u"~/.config/bistro holds more than a program may read. Allow a folder in it."_s);
        QCOMPARE(why(Read, "/etc"), u"allowed"_s);
        QCOMPARE(why(Read, home / "none"), u"Bistro can't find ~/none: No such file or directory. Check the name."_s);
        fs::create_directories(home / "\xff");
        QVERIFY(why(Read, home / "\xff").endsWith(u"is not in UTF-8. Rename it, then allow it."_s));
    }

    void hiddenPlacesAreWarnedOf()
    {
        const fs::path home = m_home->path();
        const auto warning = [](const Permission& permission) { return warningAbout(permission, surroundings()); };
        QCOMPARE(warning(place(PermissionKind::Read, (home / ".ssh").c_str())),
            u"Careful: %1/.ssh is hidden. Keys and passwords lie in such places."_s.arg(
                QString::fromStdString(home.string())));
        QVERIFY(!warning(place(PermissionKind::Read, (home / ".config/tool/key").c_str())).isEmpty());
        QCOMPARE(warning(place(PermissionKind::Read, (home / "data").c_str())), QString());
        QCOMPARE(warning(host("a.example")), QString());
        QCOMPARE(warning(plain(PermissionKind::Programs)), QString());
    }

private:
    std::unique_ptr<HomeFolder> m_home;
};

QTEST_APPLESS_MAIN(TestPermission)
#include "tst_permission.moc"
