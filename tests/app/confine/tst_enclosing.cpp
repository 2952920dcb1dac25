#include "confine/enclosing.h"

#include "homefolder.h"

#include <QTest>

#include <algorithm>

using namespace bistro;
using namespace bistro::app;

namespace {

bool has(const std::string& lines, const std::string& line)
{
    return ('\n' + lines).contains('\n' + line + '\n');
}

} // namespace

class TestEnclosing : public QObject {
    Q_OBJECT

private slots:
    void init() { m_home.emplace(); }
    void cleanup() { m_home.reset(); }

    void aLaunchIsToldAllThatItMayUse()
    {
        const auto program = HomeFolder::put(m_home->path() / "shop/serve.js");
        const auto engine = HomeFolder::put(m_home->path() / "bin/bistro-engine");
        std::filesystem::permissions(HomeFolder::put(m_home->path() / "bin/bistro-warden"),
            std::filesystem::perms::owner_all, std::filesystem::perm_options::replace);
        qputenv("SHOP_TOKEN", "secret");
        const auto enclosed = enclose({.place = {.file = program, .current = {}},
            .engine = engine,
            .executable = engine,
            .given = {"DISH=soup"},
            .once = {{.kind = PermissionKind::Host, .host = {.name = "example.org", .port = 443}, .path = {}},
                {.kind = PermissionKind::Programs, .host = {}, .path = {}}}});
        qunsetenv("SHOP_TOKEN");
        QVERIFY2(enclosed, enclosed ? "" : enclosed.error().c_str());
        const Enclosure& made = enclosed->enclosure;
        QCOMPARE(made.workspace.string(), (m_home->path() / "shop").string());
        QVERIFY(has(made.places, "write " + made.workspace.string()));
        QVERIFY(has(made.places, "write " + made.temporary.string()));
        QVERIFY(has(made.places, "run /usr"));
        QVERIFY(has(made.places, "host example.org 443"));
        QVERIFY(!has(made.places, "internet"));
        QVERIFY(has(made.places, "foreign-programs"));
        QVERIFY(std::ranges::contains(made.environment, "DISH=soup"));
        QVERIFY(std::ranges::contains(made.environment, "TMPDIR=" + made.temporary.string()));
        QCOMPARE(std::ranges::count(made.leftOut, "SHOP_TOKEN"), 1);
        QVERIFY(!std::ranges::contains(made.environment, "SHOP_TOKEN=secret"));
        QVERIFY(has(made.policy, "host example.org 443"));
        QVERIFY(std::filesystem::is_directory(made.temporary));
    }

    void itsTemporaryFolderLastsAsLongAsTheLaunch()
    {
        const auto engine = HomeFolder::put(m_home->path() / "bin/bistro-engine");
        std::filesystem::permissions(HomeFolder::put(m_home->path() / "bin/bistro-warden"),
            std::filesystem::perms::owner_all, std::filesystem::perm_options::replace);
        auto enclosed = enclose(
            {.place = {.file = {}, .current = m_home->path()}, .engine = engine, .executable = engine});
        QVERIFY(enclosed);
        const auto temporary = enclosed->enclosure.temporary;
        {
            const Enclosure kept = std::move(enclosed->enclosure);
            enclosed = std::unexpected(std::string());
            QVERIFY(std::filesystem::exists(temporary));
        }
        QVERIFY(!std::filesystem::exists(temporary));
    }

    void withoutAWardenNothingRuns()
    {
        const auto engine = HomeFolder::put(m_home->path() / "bin/bistro-engine");
        const auto enclosed = enclose({.place = {}, .engine = engine, .executable = engine});
        QVERIFY(!enclosed);
        QVERIFY2(enclosed.error().starts_with("Bistro's warden is missing: there is no \""), enclosed.error().c_str());
    }

private:
    std::optional<HomeFolder> m_home;
};

QTEST_GUILESS_MAIN(TestEnclosing)
#include "tst_enclosing.moc"
