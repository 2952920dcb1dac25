// Which folder is a program's own: never more than what belongs to it.
#include "app/confine/homefolder.h"
#include "confine/workspacefolder.h"

#include <algorithm>
#include <memory>

using namespace bistro::app;
namespace fs = std::filesystem;

namespace {

using Folders = std::vector<fs::path>;

} // namespace

class TestWorkspaceFolder : public QObject {
    Q_OBJECT

private slots:
    void init() { m_home = std::make_unique<HomeFolder>(); }

    void itIsTheFolderOfTheNearestPackageJson()
    {
        const fs::path shop = m_home->path() / "shop";
        HomeFolder::put(shop / "package.json");
        const fs::path file = HomeFolder::put(shop / "src/orders/main.js");
        const WorkspaceFolder found = of(file);
        QCOMPARE(found.folder, shop);
        QCOMPARE(found.writable, Folders {shop});
        QCOMPARE(found.program, file);
        QVERIFY(!found.whyNot);

        HomeFolder::put(shop / "src/package.json");
        QCOMPARE(of(file).folder, shop / "src");
    }

    void withoutOneItIsTheProgramsOwn()
    {
        const fs::path file = HomeFolder::put(m_home->path() / "lessons/first/a.js");
        QCOMPARE(of(file).folder, m_home->path() / "lessons/first");
        QCOMPARE(of(file).writable, Folders {m_home->path() / "lessons/first"});
    }

    void aFolderCalledPackageJsonMakesNone()
    {
        const fs::path file = HomeFolder::put(m_home->path() / "lessons/first/a.js");
        fs::create_directories(m_home->path() / "lessons/package.json");
        QCOMPARE(of(file).folder, m_home->path() / "lessons/first");
    }

    void homeIsNoWorkspaceAndNothingAboveIt()
    {
        for (const fs::path& folder : {m_home->path(), m_home->path().parent_path(), m_home->top()}) {
            const WorkspaceFolder found = of(HomeFolder::put(folder / "a.js"));
            QCOMPARE(found.whyNot, NotOwn::Home);
            QCOMPARE(found.writable, Folders {});
            QCOMPARE(found.program, folder / "a.js");
            QCOMPARE(found.folder, folder); // what was allowed is kept for it
        }
    }

    void aPackageJsonAtHomeMakesNoWorkspaceOfIt()
    {
        HomeFolder::put(m_home->path() / "package.json");
        HomeFolder::put(m_home->top() / "package.json");
        const fs::path file = HomeFolder::put(m_home->path() / "lessons/a.js");
        QCOMPARE(of(file).writable, Folders {m_home->path() / "lessons"});
    }

    void theSystemsListOfUsersKnowsAHomeThatTheEnvironmentHides()
    {
        const auto real = surroundings().homes;
        qputenv("HOME", "/somewhere/else");
        const auto changed = surroundings().homes;
        QVERIFY(std::ranges::contains(changed, fs::path("/somewhere/else")));
        QVERIFY(std::ranges::contains(changed, real.back())); // by the list of users: HOME does not change it
        QCOMPARE(changed.back(), real.back());
    }

    void aHiddenFolderIsNone()
    {
        const fs::path keys = HomeFolder::put(m_home->path() / ".ssh/a.js");
        QCOMPARE(of(keys).whyNot, NotOwn::Hidden);
        const fs::path deeper = HomeFolder::put(m_home->path() / ".config/editor/plugin/a.js");
        QCOMPARE(of(deeper).whyNot, NotOwn::Hidden);
        QCOMPARE(of(deeper).writable, Folders {});
        HomeFolder::put(m_home->path() / ".config/package.json");
        QCOMPARE(of(deeper).folder, m_home->path() / ".config/editor/plugin");
        HomeFolder::put(m_home->path() / "shop/package.json");
        QCOMPARE(of(HomeFolder::put(m_home->path() / "shop/.hidden/a.js")).writable, Folders {m_home->path() / "shop"});
    }

    void aLinkLeadsToWhereTheProgramIs()
    {
        const fs::path file = HomeFolder::put(m_home->path() / ".ssh/a.js");
        fs::create_directories(m_home->path() / "lessons");
        fs::create_symlink(file, m_home->path() / "lessons/a.js");
        fs::create_symlink(m_home->path() / ".ssh", m_home->path() / "lessons/keys");
        fs::create_symlink(m_home->path(), m_home->path() / "lessons/all");
        QCOMPARE(of(m_home->path() / "lessons/a.js").whyNot, NotOwn::Hidden);
        QCOMPARE(of(m_home->path() / "lessons/keys/a.js").whyNot, NotOwn::Hidden);
        HomeFolder::put(m_home->path() / "b.js");
        QCOMPARE(of(m_home->path() / "lessons/all/b.js").whyNot, NotOwn::Home);
        QCOMPARE(of(m_home->path() / "lessons/../b.js").whyNot, NotOwn::Home);
        fs::create_symlink(m_home->path() / "lessons/ring", m_home->path() / "lessons/ring");
        QCOMPARE(of(m_home->path() / "lessons/ring/a.js").writable, Folders {});
    }

    void inATerminalTheCurrentFolderIsItsOwnAsWell()
    {
        const fs::path file = HomeFolder::put(m_home->path() / "lessons/first/a.js");
        fs::create_directories(m_home->path() / "data/.git");
        const auto writable = [&](const fs::path& current) {
            const WorkspaceFolder found = workspaceOf({.file = file, .current = current}, surroundings());
            return found.folder == file.parent_path() ? found.writable : Folders {"its workspace changed"};
        };
        QCOMPARE(writable(m_home->path() / "data"), (Folders {file.parent_path(), m_home->path() / "data"}));
        QCOMPARE(writable(file.parent_path()), Folders {file.parent_path()});
        QCOMPARE(writable(m_home->path() / "lessons"), Folders {m_home->path() / "lessons"});
        QCOMPARE(writable(m_home->path()), Folders {file.parent_path()});
        QCOMPARE(writable("/"), Folders {file.parent_path()});
        QCOMPARE(writable("/usr/lib"), Folders {file.parent_path()});
        QCOMPARE(writable(m_home->path() / "data/.git"), Folders {file.parent_path()});
    }

    void codeHasTheCurrentFolder()
    {
        HomeFolder::put(m_home->path() / "shop/package.json");
        fs::create_directories(m_home->path() / "shop/src");
        const WorkspaceFolder found = workspaceOf({.file = {}, .current = m_home->path() / "shop/src"}, surroundings());
        QCOMPARE(found.folder, m_home->path() / "shop");
        QCOMPARE(found.writable, Folders {m_home->path() / "shop"});
        QVERIFY(found.program.empty());
        QCOMPARE(workspaceOf({}, surroundings()), WorkspaceFolder {});
    }

    void aProgramIsFoundAsNodeFindsIt()
    {
        const fs::path file = HomeFolder::put(m_home->path() / "a.js");
        QCOMPARE(of(m_home->path() / "a").program, file);
        QCOMPARE(of(m_home->path() / "none").program, fs::path());
        QCOMPARE(of(m_home->path() / "none").folder, m_home->path());
        HomeFolder::put(m_home->path() / "shop/index.js");
        const WorkspaceFolder folder = of(m_home->path() / "shop/");
        QCOMPARE(folder.folder, m_home->path() / "shop");
        QVERIFY(folder.program.empty());
    }

    void whatIsNobodysOwn_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("why"); // -1: it may be a workspace
        const auto row = [](const char* path, int why) { QTest::newRow(path) << QString::fromLatin1(path) << why; };
        const auto none = [&row](const char* path, NotOwn why) { row(path, static_cast<int>(why)); };
        none("/", NotOwn::Home);
        none("/home", NotOwn::Home);
        none("/home/bob", NotOwn::Home);
        row("/home/bob/shop", -1);
        none("/usr", NotOwn::System);
        none("/usr/share/doc", NotOwn::System);
        none("/etc/apt", NotOwn::System);
        none("/proc/self", NotOwn::System);
        none("/dev/shm", NotOwn::System);
        none("/run/user/1000", NotOwn::System);
        none("/var/lib", NotOwn::System);
        row("/var/www/site", -1);
        none("/tmp", NotOwn::System);
        row("/tmp/lesson", -1);
        none("/opt", NotOwn::System);
        row("/opt/shop", -1);
        row("/app", -1);
        row("/usrlocal", -1);
        none("/srv/.hidden", NotOwn::Hidden);
        none("/homes/ada/.local/share/bistro", NotOwn::Bistro);
        none("/homes/ada/.local/share/bistro/untitled", NotOwn::Bistro);
        row("/homes/ada/.local/share/bistro/untitled/one", -1);
        row("/homes/ada/.local/share/bistro/untitled/one/src", -1);
        none("/homes/ada/.local/share/bistro/untitled/one/.git", NotOwn::Bistro);
        none("/homes/ada/.local/share/bistro/course/bistro", NotOwn::Bistro);
        none("/homes/ada/.local/share/bistro/course/bistro/lessons", NotOwn::Bistro);
        row("/homes/ada/.local/share/bistro/course/bistro/lessons/04", -1);
        row("/homes/ada/.local/share/bistro/course/bistro/guess/04", -1);
        none("/homes/ada/.config/bistro", NotOwn::Bistro);
        none("/homes/ada/.config", NotOwn::Bistro);
        none("/homes/ada/states", NotOwn::Bistro); // which the state folder lies in
        none("/homes/ada/states/bistro/runs", NotOwn::Bistro);
        none("/homes/ada/apps/bistro/bin", NotOwn::Bistro);
        none("/homes/ada/apps", NotOwn::Bistro);
        row("/homes/ada/application", -1);
    }

    void whatIsNobodysOwn()
    {
        QFETCH(QString, path);
        QFETCH(int, why);
        const Surroundings around {.homes = {"/homes/ada"},
            .config = "/homes/ada/.config/bistro",
            .state = "/homes/ada/states/bistro",
            .data = "/homes/ada/.local/share/bistro",
            .temporary = "/tmp",
            .installation = {"/homes/ada/apps/bistro/bin"}};
        const auto found = whyNotOwn(path.toStdString(), around);
        QCOMPARE(found ? static_cast<int>(*found) : -1, why);
    }

    void bistrosOwnFoldersAreWhereTheEnvironmentSays()
    {
        // A learner may keep settings in a folder that is not hidden: no program may have it, or allow itself more.
        const fs::path settings = m_home->path() / "shop/settings";
        qputenv("XDG_CONFIG_HOME", QByteArray::fromStdString(settings.string()));
        HomeFolder::put(m_home->path() / "shop/package.json");
        const fs::path file = HomeFolder::put(m_home->path() / "shop/src/a.js");
        QCOMPARE(surroundings().config, settings / "bistro");
        QCOMPARE(of(file).writable, Folders {m_home->path() / "shop/src"});
        QCOMPARE(of(HomeFolder::put(m_home->path() / "shop/a.js")).whyNot, NotOwn::Bistro);
        QCOMPARE(of(HomeFolder::put(settings / "bistro/a.js")).whyNot, NotOwn::Bistro);
        qputenv("XDG_CONFIG_HOME", "not/absolute");
        QCOMPARE(surroundings().config, m_home->path() / ".config/bistro");
        QVERIFY(of(m_home->path() / "shop/a.js").writable == Folders {m_home->path() / "shop"});
    }

private:
    [[nodiscard]] static WorkspaceFolder of(const fs::path& file)
    {
        return workspaceOf({.file = file, .current = {}}, surroundings());
    }

    std::unique_ptr<HomeFolder> m_home;
};

QTEST_APPLESS_MAIN(TestWorkspaceFolder)
#include "tst_workspacefolder.moc"
