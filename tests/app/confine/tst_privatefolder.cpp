// A run's folder for temporary files goes with it, whatever the program has made there.
#include "app/confine/homefolder.h"
#include "confine/privatefolder.h"

#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace bistro::app;
namespace fs = std::filesystem;

class TestPrivateFolder : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<HomeFolder>();
        fs::create_directories(m_home->top() / "tmp");
        qputenv("TMPDIR", QByteArray::fromStdString((m_home->top() / "tmp").string()));
    }

    void cleanup() { qunsetenv("TMPDIR"); }

    void eachRunHasOneOfItsOwn()
    {
        const mode_t before = umask(0);
        auto one = PrivateFolder::make(surroundings());
        const auto other = PrivateFolder::make(surroundings());
        umask(before);
        QVERIFY(one && other);
        QVERIFY(one->path() != other->path());
        QCOMPARE(one->path().parent_path(), m_home->top() / "tmp");
        struct stat status {};
        QCOMPARE(lstat(one->path().c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777u, mode_t {0700});
        const fs::path path = one->path();
        PrivateFolder moved = *std::move(one);
        QCOMPARE(moved.path(), path);
        one = std::unexpected(std::string()); // what was moved away owns nothing any more
        QVERIFY(fs::exists(path));
        moved = PrivateFolder();
        QVERIFY(!fs::exists(path));
        QVERIFY(fs::exists(other->path()));
    }

    void itGoesWithAllThatIsInIt()
    {
        const fs::path kept = HomeFolder::put(m_home->path() / "diary.txt", "dear diary");
        fs::path path;
        {
            const auto folder = PrivateFolder::make(surroundings());
            QVERIFY(folder);
            path = folder->path();
            HomeFolder::put(path / "a/b/c.txt");
            HomeFolder::put(path / "bistro-moved-0", "a name of the remover's own");
            HomeFolder::put(path / "bistro-moved-1/file");
            fs::create_directory_symlink(m_home->path(), path / "home");
            fs::create_symlink(kept, path / "a/diary");
            fs::create_directory_symlink(m_home->path(), path / "a/b/home");
            QCOMPARE(mkfifo((path / "a/pipe").c_str(), 0600), 0);
            QCOMPARE(chmod((path / "a/b").c_str(), 0), 0);
            QCOMPARE(chmod((path / "a").c_str(), 0), 0);
            QCOMPARE(chmod(path.c_str(), 0), 0);
        }
        QVERIFY(!fs::exists(fs::symlink_status(path)));
        QVERIFY(fs::exists(kept)); // no link was followed
        QVERIFY(fs::is_empty(m_home->top() / "tmp"));
    }

    void foldersInFoldersWithoutEndGoToo()
    {
        const auto folder = PrivateFolder::make(surroundings());
        QVERIFY(folder);
        // Deeper than a path can name, and than there are descriptors.
        int at = open(folder->path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        for (int depth = 0; depth < 2'500; ++depth) {
            QCOMPARE(mkdirat(at, "a", 0700), 0);
            const int below = openat(at, "a", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            close(at);
            at = below;
            QVERIFY(at >= 0);
        }
        close(at);
        QVERIFY(removeWhole(folder->path()));
        QVERIFY(!fs::exists(folder->path()));
    }

    void whatSomebodyElseRemovedIsNoTrouble()
    {
        const auto folder = PrivateFolder::make(surroundings());
        QVERIFY(folder);
        fs::remove(folder->path());
        QVERIFY(removeWhole(folder->path()));
    }

    void withoutAPlaceItIsSaid()
    {
        Surroundings around = surroundings();
        around.temporary = m_home->top() / "none";
        const auto folder = PrivateFolder::make(around);
        QVERIFY(!folder);
        QCOMPARE(folder.error(),
            "Bistro can't make a folder for temporary files in \"" + around.temporary.string()
                + "\": No such file or directory. Set TMPDIR to a folder that you may write.");
    }

private:
    std::unique_ptr<HomeFolder> m_home;
};

QTEST_APPLESS_MAIN(TestPrivateFolder)
#include "tst_privatefolder.moc"
