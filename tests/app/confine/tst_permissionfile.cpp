// What was allowed is kept whole, for its owner alone; a file that is not to be trusted allows nothing.
#include "app/confine/homefolder.h"
#include "confine/permissionfile.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

Permission host(const std::string& name, std::uint16_t port = 0)
{
    return {.kind = PermissionKind::Host, .host = {.name = name, .port = port}, .path = {}};
}

Permission plain(PermissionKind kind)
{
    return {.kind = kind, .host = {}, .path = {}};
}

mode_t modeOf(const fs::path& path)
{
    struct stat status {};
    return lstat(path.c_str(), &status) == 0 ? status.st_mode & 07777u : 0;
}

QByteArray bytesOf(const fs::path& path)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("no file");
}

const fs::path kShop = "/shop";
const fs::path kOther = "/other";

} // namespace

class TestPermissionFile : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<HomeFolder>();
        m_path = m_home->path() / ".config/bistro/permissions.json";
    }

    void itLiesInTheConfigFolder()
    {
        QCOMPARE(PermissionFile(surroundings()).path(), m_path);
        QVERIFY(PermissionFile(surroundings()).read().workspaces.empty());
        QVERIFY(!fs::exists(m_path.parent_path())); // to ask leaves nothing there
    }

    void whatIsAllowedIsThereForTheNext()
    {
        const Permission folder {.kind = PermissionKind::Write, .host = {}, .path = "/home/ada/sour \"cream\" ü"};
        const Permissions all {host("a.example", 443), host("::1", 80), plain(PermissionKind::Internet), folder,
            plain(PermissionKind::Programs), plain(PermissionKind::Addons), plain(PermissionKind::Npm),
            {.kind = PermissionKind::Memory, .host = {}, .path = {}, .amount = 8'192},
            {.kind = PermissionKind::Seconds, .host = {}, .path = {}, .amount = 60}};
        for (const Permission& each : all)
            QVERIFY(file().allow(kShop, each));
        QVERIFY(file().allow(kOther, host("b.example")));
        const KeptPermissions kept = file().read();
        QVERIFY(kept.trouble.isEmpty());
        Permissions expected;
        for (const Permission& each : all)
            expected = with(expected, each);
        QVERIFY(kept.of(kShop) == expected);
        QVERIFY(kept.of(kOther) == Permissions {host("b.example")});
        QVERIFY(kept.of("/third").empty());

        QCOMPARE(file().forget(kShop, folder), true);
        QCOMPARE(file().forget(kShop, folder), false);
        QVERIFY(file().read().of(kShop) == without(expected, folder));
        QCOMPARE(file().forgetAll(kShop), true);
        QCOMPARE(file().forgetAll(kShop), false);
        QCOMPARE(file().read().workspaces.size(), 1u);
    }

    void itIsItsOwnersAlone()
    {
        const mode_t before = umask(0);
        const bool allowed = file().allow(kShop, host("a.example")).has_value();
        umask(before);
        QVERIFY(allowed);
        QCOMPARE(modeOf(m_path), mode_t {0600});
        QCOMPARE(modeOf(m_path.parent_path()), mode_t {0700});
        QCOMPARE(modeOf(m_home->path() / ".config"), mode_t {0700});
    }

    void itIsReadable()
    {
        QVERIFY(file().allow(kShop, host("a.example", 443)));
        QVERIFY(file().allow(kShop, plain(PermissionKind::Npm)));
        QCOMPARE(QJsonDocument::fromJson(bytesOf(m_path)),
            QJsonDocument::fromJson(
                R"({"format": 1, "workspaces": {"/shop": {"host": ["a.example:443"], "npm": true}}})"));
    }

    void aDamagedFileAllowsNothingAndIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char* name, const QByteArray& bytes) { QTest::newRow(name) << bytes; };
        row("empty", "");
        row("no JSON", "{\"format\": 1, \"workspaces\": {\"/shop\": {\"internet\": tr");
        row("a list", "[]");
        row("no format", R"({"workspaces": {"/shop": {"internet": true}}})");
        row("no workspaces", R"({"format": 1})");
        row("something else in it", R"({"format": 1, "workspaces": {}, "everything": true})");
        row("an unknown permission", R"({"format": 1, "workspaces": {"/shop": {"internet": true, "root": true}}})");
        row("no truth", R"({"format": 1, "workspaces": {"/shop": {"internet": "true"}}})");
        row("no host", R"({"format": 1, "workspaces": {"/shop": {"host": ["*"]}}})");
        row("a host of another spelling", R"({"format": 1, "workspaces": {"/shop": {"host": ["A.example"]}}})");
        row("a folder that is not absolute", R"({"format": 1, "workspaces": {"/shop": {"read": ["home"]}}})");
        row("a folder by a detour", R"({"format": 1, "workspaces": {"/shop": {"read": ["/home/../etc"]}}})");
        row("a workspace by a detour", R"({"format": 1, "workspaces": {"/home/../shop": {"internet": true}}})");
        row("no list", R"({"format": 1, "workspaces": {"/shop": {"read": "/home"}}})");
        row("too much", R"({"format": 1, "workspaces": {"/shop": {"internet": true}}})" + QByteArray(2'000'000, ' '));
        row("too deep", R"({"format": 1, "workspaces": )" + QByteArray(100'000, '['));
    }

    void aDamagedFileAllowsNothingAndIsSetAside()
    {
        QFETCH(QByteArray, bytes);
        HomeFolder::put(m_path, bytes);
        const KeptPermissions kept = file().read();
        QVERIFY(kept.workspaces.empty());
        const QString path = QString::fromStdString(m_path.string());
        QCOMPARE(kept.trouble,
            path + u" is damaged, so nothing is allowed any more. The old file is "_s + path + u".broken."_s);
        QCOMPARE(bytesOf(m_path.string() + ".broken"), bytes);
        QVERIFY(!fs::exists(m_path));
        QVERIFY(file().read().trouble.isEmpty()); // it is told once
        QVERIFY(file().allow(kShop, host("a.example")));
        QVERIFY(file().read().of(kShop) == Permissions {host("a.example")});
    }

    void aFileThatOthersCouldHaveWrittenAllowsNothing_data()
    {
        QTest::addColumn<int>("mode");
        QTest::addColumn<int>("owner");
        QTest::newRow("by its group") << 0620 << -1;
        QTest::newRow("by everybody") << 0602 << -1;
        QTest::newRow("another user's") << 0600 << 12345;
    }

    void aFileThatOthersCouldHaveWrittenAllowsNothing()
    {
        QFETCH(int, mode);
        QFETCH(int, owner);
        QVERIFY(file().allow(kShop, plain(PermissionKind::Internet)));
        if (owner >= 0 && chown(m_path.c_str(), static_cast<uid_t>(owner), static_cast<gid_t>(-1)) != 0)
            QSKIP("only root can give a file away");
        QCOMPARE(chmod(m_path.c_str(), static_cast<mode_t>(mode)), 0);
        const KeptPermissions kept = file().read();
        QVERIFY(kept.workspaces.empty());
        QVERIFY2(kept.trouble.contains(u"Others could have written"_s), qPrintable(kept.trouble));
        QVERIFY(!fs::exists(m_path));
    }

    void aLinkInItsPlaceAllowsNothing()
    {
        // A program's own file in its workspace, for which a link stands in the config folder.
        const fs::path forged = HomeFolder::put(
            m_home->path() / "shop/forged.json", R"({"format": 1, "workspaces": {"/shop": {"internet": true}}})");
        QCOMPARE(chmod(forged.c_str(), 0600), 0);
        fs::create_directories(m_path.parent_path());
        fs::create_symlink(forged, m_path);
        const QByteArray before = bytesOf(forged);
        const KeptPermissions kept = file().read();
        QVERIFY(kept.workspaces.empty());
        QVERIFY2(kept.trouble.contains(u"Others could have written"_s), qPrintable(kept.trouble));
        QVERIFY(file().allow(kOther, host("a.example")));
        QCOMPARE(bytesOf(forged), before); // nor is it written through
        QVERIFY(!fs::is_symlink(m_path));
        QVERIFY(file().read().of(kShop).empty());
        // The control: the same file without a link counts.
        HomeFolder::put(m_path, before);
        QVERIFY(file().read().of(kShop) == Permissions {plain(PermissionKind::Internet)});
    }

    void aDeviceOrPipeInItsPlaceHoldsNobodyUp()
    {
        fs::create_directories(m_path.parent_path());
        QCOMPARE(mkfifo(m_path.c_str(), 0600), 0);
        QVERIFY(!file().read().trouble.isEmpty());
        QCOMPARE(mkfifo((m_path.string() + ".second").c_str(), 0600), 0);
        QVERIFY(!PermissionFile(fs::path(m_path.string() + ".second")).read().trouble.isEmpty());
    }

    void whatANewerBistroWroteIsLeftAlone()
    {
        const QByteArray newer = R"({"format": 2, "workspaces": {"/shop": {"internet": "on weekdays"}}})";
        HomeFolder::put(m_path, newer);
        const KeptPermissions kept = file().read();
        QVERIFY(kept.workspaces.empty());
        QVERIFY2(kept.trouble.startsWith(u"A newer Bistro has written"_s), qPrintable(kept.trouble));
        const auto done = file().allow(kShop, host("a.example"));
        QVERIFY(!done);
        QCOMPARE(done.error(), kept.trouble);
        QCOMPARE(bytesOf(m_path), newer);
    }

    void writersAtOnceLoseNothing()
    {
        constexpr int kWriters = 4;
        constexpr int kEach = 15;
        std::array<pid_t, kWriters> writers {};
        for (int writer = 0; writer < kWriters; ++writer) {
            const pid_t pid = fork();
            if (pid == 0) {
                bool good = true;
                for (int i = 0; i < kEach; ++i)
                    good = good
                        && file()
                               .allow(kShop, host("h" + std::to_string(writer) + "-" + std::to_string(i) + ".example"))
                               .has_value();
                _exit(good ? 0 : 1);
            }
            writers[static_cast<std::size_t>(writer)] = pid;
        }
        // Whoever reads meanwhile finds a whole file at each moment.
        bool whole = true;
        for (int i = 0; i < 200; ++i)
            whole = whole && file().read().trouble.isEmpty();
        for (const pid_t pid : writers) {
            int status = -1;
            QCOMPARE(waitpid(pid, &status, 0), pid);
            QCOMPARE(status, 0);
        }
        QVERIFY(whole);
        QCOMPARE(file().read().of(kShop).size(), std::size_t {kWriters * kEach});
        QCOMPARE(std::distance(fs::directory_iterator(m_path.parent_path()), {}), 2); // the file and its lock
    }

    void aWriterThatDoesNotEndIsTold()
    {
        QVERIFY(file().allow(kShop, host("a.example")));
        const int held = open((m_path.string() + ".lock").c_str(), O_RDWR | O_CLOEXEC);
        QVERIFY(held >= 0);
        QCOMPARE(flock(held, LOCK_EX), 0);
        const auto done = file().allow(kShop, host("b.example"));
        close(held);
        QVERIFY(!done);
        QVERIFY2(done.error().startsWith(u"Another Bistro is writing"_s), qPrintable(done.error()));
        QVERIFY(file().read().of(kShop) == Permissions {host("a.example")});
        QVERIFY(file().allow(kShop, host("b.example")));
    }

    void aFullDiskLeavesTheOldFile()
    {
        QVERIFY(file().allow(kShop, host("a.example")));
        const QByteArray before = bytesOf(m_path);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit room {};
        getrlimit(RLIMIT_FSIZE, &room);
        const rlimit none {.rlim_cur = 0, .rlim_max = room.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
        const auto done = file().allow(kShop, host("b.example"));
        setrlimit(RLIMIT_FSIZE, &room);
        std::signal(SIGXFSZ, handler);
        QVERIFY(!done);
        QVERIFY2(done.error().endsWith(u": File too large."_s), qPrintable(done.error()));
        QCOMPARE(bytesOf(m_path), before);
        QCOMPARE(std::distance(fs::directory_iterator(m_path.parent_path()), {}), 2);
    }

    void whereThereIsNoPlaceItIsSaid()
    {
        const PermissionFile none {fs::path()};
        QVERIFY(none.read().workspaces.empty());
        QCOMPARE(none.allow(kShop, host("a.example")).error(),
            u"HOME is not set, so Bistro has no place for permissions."_s);
        HomeFolder::put(m_home->path() / ".config"); // a file where the folder would be
        const auto done = file().allow(kShop, host("a.example"));
        QVERIFY(!done);
        QVERIFY2(done.error().startsWith(u"Bistro can't keep permissions in "_s), qPrintable(done.error()));
        QVERIFY(file().read().trouble.isEmpty());
    }

    void whatCannotBeKeptIsSaidBeforeOneTries()
    {
        QCOMPARE(
            PermissionFile {fs::path()}.whyNotKept(), u"HOME is not set, so Bistro has no place for permissions."_s);
        QCOMPARE(file().whyNotKept(), QString());
        // A home that nobody may write; of root, somebody else tries.
        constexpr uid_t kNobody = 65'534;
        fs::permissions(m_home->top(), fs::perms(0755));
        fs::permissions(m_home->path(), fs::perms(0555));
        const bool isRoot = geteuid() == 0;
        if (isRoot)
            QCOMPARE(seteuid(kNobody), 0);
        const QString why = file().whyNotKept();
        const auto done = file().allow(kShop, host("a.example"));
        if (isRoot)
            QCOMPARE(seteuid(0), 0);
        fs::permissions(m_home->path(), fs::perms(0755));
        QCOMPARE(why,
            u"Bistro can't keep permissions in %1: Permission denied."_s.arg(QString::fromStdString(m_path.string())));
        QVERIFY(!done);
        QCOMPARE(done.error(), why);
        QCOMPARE(file().whyNotKept(), QString());
    }

    void aWorkspaceThatJsonCantNameIsRefused()
    {
        QVERIFY(!file().allow("/shop\xff", host("a.example")));
        QVERIFY(file().read().workspaces.empty());
    }

private:
    [[nodiscard]] static PermissionFile file() { return PermissionFile(surroundings()); }

    std::unique_ptr<HomeFolder> m_home;
    fs::path m_path;
};

QTEST_APPLESS_MAIN(TestPermissionFile)
#include "tst_permissionfile.moc"
