// What a run may reach, put together of its workspace and of what was allowed.
#include "app/confine/homefolder.h"
#include "confine/policyfor.h"

#include <algorithm>
#include <memory>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

Permission plain(PermissionKind kind)
{
    return {.kind = kind, .host = {}, .path = {}};
}

using Places = std::vector<sandbox::Place>;
using enum sandbox::Right;

} // namespace

class TestPolicyFor : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<HomeFolder>();
        m_file = HomeFolder::put(m_home->path() / "shop/a.js");
    }

    void aProgramHasItsWorkspaceItsFolderAndWhatRunsIt()
    {
        const Confined made = policy({});
        const Places expected {{.path = m_file.parent_path().string(), .right = Write},
            {.path = m_file.string(), .right = Read}, {.path = "/tmp/run", .right = Write},
            {.path = "/engine", .right = Run}};
        QVERIFY(made.policy.places == expected);
        QVERIFY(made.policy.hosts.empty());
        QVERIFY(!made.policy.internet && !made.policy.foreignPrograms && !made.addons && !made.installScripts);
        QCOMPARE(made.policy.limits.processes, 7u);
    }

    void atHomeThereIsTheFileAlone()
    {
        m_file = HomeFolder::put(m_home->path() / "a.js");
        const Places expected {{.path = m_file.string(), .right = Read}, {.path = "/tmp/run", .right = Write},
            {.path = "/engine", .right = Run}};
        QVERIFY(policy({}).policy.places == expected);
    }

    void whatWasAllowedIsInThePolicy()
    {
        const fs::path data = m_home->path() / "data";
        const fs::path notes = m_home->path() / "notes";
        fs::create_directories(data);
        fs::create_directories(notes);
        const Confined made = policy(
            {{.kind = PermissionKind::Host, .host = {.name = "a.example", .port = 443}, .path = {}},
                {.kind = PermissionKind::Read, .host = {}, .path = data},
                {.kind = PermissionKind::Write, .host = {}, .path = notes}, plain(PermissionKind::Internet),
                plain(PermissionKind::Programs), plain(PermissionKind::Addons), plain(PermissionKind::Npm)});
        QVERIFY(made.policy.hosts == (std::vector<sandbox::Host> {{.name = "a.example", .port = 443}}));
        QVERIFY(made.policy.internet && made.policy.foreignPrograms && made.addons && made.installScripts);
        QVERIFY(std::ranges::contains(made.policy.places, sandbox::Place {.path = data.string(), .right = Read}));
        QVERIFY(std::ranges::contains(made.policy.places, sandbox::Place {.path = notes.string(), .right = Write}));
        QVERIFY(made.notAnyMore.empty());
    }

    void aLimitThatWasSetCountsInsteadOfBistros()
    {
        const Confined made = policy({{.kind = PermissionKind::Memory, .host = {}, .path = {}, .amount = 8'192},
            {.kind = PermissionKind::Processes, .host = {}, .path = {}, .amount = 2},
            {.kind = PermissionKind::Seconds, .host = {}, .path = {}, .amount = 60}});
        sandbox::Limits expected = policy({}).policy.limits;
        expected.memory = 8'192;
        expected.processes = 2;
        expected.seconds = 60;
        QVERIFY(made.policy.limits == expected);
    }

    void aFolderThatWasReplacedByALinkIsNotFollowed()
    {
        const fs::path cache = m_home->path() / "shop/cache";
        fs::create_directories(cache);
        fs::create_directories(m_home->path() / ".ssh");
        const Permission allowed {.kind = PermissionKind::Write, .host = {}, .path = cache};
        QCOMPARE(policy({allowed}).policy.places.size(), 5u);
        fs::remove(cache);
        fs::create_symlink(m_home->path() / ".ssh", cache); // as the program of the last run could have done
        const Confined made = policy({allowed});
        QCOMPARE(made.policy.places.size(), 4u);
        QVERIFY(made.notAnyMore == Permissions {allowed});
    }

    void whatNobodyMayAllowCountsNotEvenWhenItIsWrittenDown()
    {
        const Permission all {.kind = PermissionKind::Write, .host = {}, .path = m_home->path()};
        const Permission settings {
            .kind = PermissionKind::Write, .host = {}, .path = m_home->path() / ".config/bistro"};
        fs::create_directories(settings.path);
        const Confined made = policy({all, settings});
        QVERIFY(made.notAnyMore == (Permissions {all, settings}));
        QCOMPARE(made.policy.places.size(), 4u);
    }

    void aNodeOfOnesOwnHasItsModules()
    {
        const fs::path node = HomeFolder::put(m_home->path() / ".nvm/20/bin/node");
        fs::create_directories(m_home->path() / ".nvm/20/lib/node_modules");
        fs::create_directories(m_home->path() / "bin");
        fs::create_symlink(node, m_home->path() / "bin/node");
        const Confined made = policyFor(workspace(), {}, m_home->path() / "bin/node", {}, {}, surroundings());
        for (const sandbox::Place& place :
            {sandbox::Place {.path = (m_home->path() / "bin/node").string(), .right = Run},
                sandbox::Place {.path = node.string(), .right = Run},
                sandbox::Place {.path = (m_home->path() / ".nvm/20/lib/node_modules").string(), .right = Read}})
            QVERIFY2(std::ranges::contains(made.policy.places, place), place.path.c_str());
        QCOMPARE(made.policy.places.size(), 5u);
    }

    void noPolicyReachesWhatWasAllowed()
    {
        // Wherever a program lies: the file in which permissions are kept is in no place that it may read or write.
        const PermissionFile kept(surroundings());
        QVERIFY(kept.allow(m_file.parent_path(), plain(PermissionKind::Internet)));
        for (const fs::path& folder : {m_home->path(), m_home->path() / ".config", m_home->path() / ".config/bistro",
                 m_home->path() / "shop", m_home->top()}) {
            m_file = HomeFolder::put(folder / "a.js");
            for (const sandbox::Place& place : policy({}).policy.places)
                QVERIFY2(!isWithin(kept.path(), place.path), place.path.c_str());
        }
    }

    void aRunHasAllOfItTogether()
    {
        fs::create_directories(m_home->top() / "tmp");
        qputenv("TMPDIR", QByteArray::fromStdString((m_home->top() / "tmp").string()));
        QVERIFY(PermissionFile(surroundings()).allow(m_file.parent_path(), plain(PermissionKind::Addons)));
        fs::path temporary;
        {
            const auto made = confinementOf(
                {.file = m_file, .current = {}}, "/engine", {plain(PermissionKind::Internet)}, {.processes = 7});
            QVERIFY2(made, made ? "" : qPrintable(made.error()));
            QVERIFY(made->confined.addons); // kept
            QVERIFY(made->confined.policy.internet); // only this once
            QVERIFY(made->notices.isEmpty());
            temporary = made->temporary.path();
            QVERIFY(fs::is_directory(temporary));
            QVERIFY(std::ranges::contains(
                made->confined.policy.places, sandbox::Place {.path = temporary.string(), .right = Write}));
        }
        QVERIFY(!fs::exists(temporary));
        QVERIFY(!isAllowed(PermissionFile(surroundings()).read().of(m_file.parent_path()),
            plain(PermissionKind::Internet))); // nobody keeps what is for once

        HomeFolder::put(m_home->path() / ".config/bistro/permissions.json", "{");
        const auto damaged = confinementOf({.file = m_file, .current = {}}, "/engine", {}, {});
        QVERIFY(damaged);
        QVERIFY(!damaged->confined.addons);
        QCOMPARE(damaged->notices.size(), 1);
        QVERIFY2(damaged->notices[0].contains(u"is damaged"_s), qPrintable(damaged->notices[0]));
        qunsetenv("TMPDIR");
    }

    void aFolderThatHasGoneIsTold()
    {
        const fs::path data = m_home->path() / "data";
        fs::create_directories(data);
        QVERIFY(PermissionFile(surroundings())
                .allow(m_file.parent_path(), {.kind = PermissionKind::Read, .host = {}, .path = data}));
        fs::remove(data);
        const auto made = confinementOf({.file = m_file, .current = {}}, "/engine", {}, {});
        QVERIFY(made);
        QCOMPARE(made->notices,
            QStringList {u"Programs may no longer read "_s + QString::fromStdString(data.string())
                + u": that is not what you allowed. Allow it again, or forget it."_s});
    }

private:
    [[nodiscard]] WorkspaceFolder workspace() const
    {
        return workspaceOf({.file = m_file, .current = {}}, surroundings());
    }
    [[nodiscard]] Confined policy(const Permissions& allowed) const
    {
        return policyFor(workspace(), allowed, "/engine", "/tmp/run", {.processes = 7}, surroundings());
    }

    std::unique_ptr<HomeFolder> m_home;
    fs::path m_file;
};

QTEST_APPLESS_MAIN(TestPolicyFor)
#include "tst_policyfor.moc"
