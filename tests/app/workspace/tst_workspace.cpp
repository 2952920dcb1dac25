#include "workspace/recentlist.h"
#include "workspace/workspace.h"
#include "workspace/xdgfolders.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

void put(const QString& path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

} // namespace

class TestWorkspace : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("XDG_DATA_HOME", QFile::encodeName(m_folder->filePath(u"data"_s)));
    }

    void listsAProgramsFilesAndNotItsPackages()
    {
        for (const QString& name :
            {u"b.js"_s, u"A.json"_s, u"lib/c.js"_s, u"node_modules/x/index.js"_s, u".git/HEAD"_s})
            put(m_folder->filePath(u"w/"_s + name));
        Workspace workspace;
        QVERIFY(workspace.open(m_folder->filePath(u"w"_s)));
        QCOMPARE(workspace.files(), (QStringList {u"A.json"_s, u"b.js"_s, u"lib/c.js"_s}));
        QCOMPARE(workspace.name(), u"w"_s);
    }

    void aNewFileIsTold()
    {
        QDir().mkpath(m_folder->filePath(u"w"_s));
        Workspace workspace;
        QVERIFY(workspace.open(m_folder->filePath(u"w"_s)));
        QSignalSpy changed(&workspace, &Workspace::filesChanged);
        put(m_folder->filePath(u"w/new.js"_s));
        QVERIFY(changed.wait());
        QCOMPARE(workspace.files(), QStringList {u"new.js"_s});
    }

    void everyUntitledProgramHasAFolderOfItsOwn()
    {
        Workspace one;
        Workspace two;
        QVERIFY(one.openUntitled());
        QVERIFY(two.openUntitled());
        QVERIFY(one.folder() != two.folder());
        QVERIFY(one.isUntitled());
        QVERIFY(QFileInfo(one.folder()).isDir());
        QVERIFY(!Workspace::isUntitled(m_folder->path()));
    }

    void whatIsNoFolderIsRefused()
    {
        put(m_folder->filePath(u"file"_s));
        Workspace workspace;
        QVERIFY(workspace.open(m_folder->filePath(u"file"_s)).error().contains(u"is not a folder"_s));
        QVERIFY(workspace.folder().isEmpty());
    }

    void oldUntitledProgramsGoAndYoungOnesStay()
    {
        Workspace workspace;
        QVERIFY(workspace.openUntitled());
        const QString old = dataFolder() + u"/untitled/old"_s;
        put(old + u"/program.js"_s);
        const QDateTime then = QDateTime::currentDateTime().addDays(-40);
        QFile file(old + u"/program.js"_s);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.setFileTime(then, QFileDevice::FileModificationTime));
        const timespec times[2] {{then.toSecsSinceEpoch(), 0}, {then.toSecsSinceEpoch(), 0}};
        QCOMPARE(::utimensat(AT_FDCWD, QFile::encodeName(old).constData(), times, 0), 0);
        Workspace::removeOldUntitled();
        QVERIFY(!QFileInfo::exists(old));
        QVERIFY(QFileInfo::exists(workspace.folder()));
    }

    void theNewestFileIsFirstAndOnesThatAreGoneAreLeftOut()
    {
        RecentList one(m_folder->filePath(u"recent.json"_s));
        RecentList two(m_folder->filePath(u"recent.json"_s)); // another window
        for (const QString& name : {u"a"_s, u"b"_s, u"c"_s})
            put(m_folder->filePath(name));
        one.add(m_folder->filePath(u"a"_s));
        two.add(m_folder->filePath(u"b"_s));
        one.add(m_folder->filePath(u"c"_s));
        two.add(m_folder->filePath(u"a"_s));
        QFile::remove(m_folder->filePath(u"b"_s));
        QCOMPARE(one.paths(), (QStringList {m_folder->filePath(u"a"_s), m_folder->filePath(u"c"_s)}));
        for (int i = 0; i < 50; ++i) {
            put(m_folder->filePath(QString::number(i)));
            one.add(m_folder->filePath(QString::number(i)));
        }
        QCOMPARE(one.paths().size(), RecentList::kMost);
        one.clear();
        QVERIFY(two.paths().isEmpty());
    }

    void aDamagedListIsAnEmptyOne()
    {
        QFile file(m_folder->filePath(u"recent.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"not\": [1, ");
        file.close();
        QVERIFY(RecentList(file.fileName()).paths().isEmpty());
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestWorkspace)
#include "tst_workspace.moc"
