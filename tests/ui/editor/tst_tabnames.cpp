// What tabs of equal names are called.
#include "editor/tabnames.h"

#include <QTemporaryDir>
#include <QTest>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestTabNames : public QObject {
    Q_OBJECT

private slots:
    void aNameThatIsTheOnlyOneHasNoFolder()
    {
        QCOMPARE(tabNames({u"/a/menu.js"_s, u"/a/soup.js"_s}), (QStringList {u"menu.js"_s, u"soup.js"_s}));
    }

    void equalNamesHaveAsMuchOfTheirFoldersAsTellsThemApart()
    {
        QCOMPARE(tabNames({u"/a/lib/index.js"_s, u"/a/src/index.js"_s, u"/a/src/soup.js"_s}),
            (QStringList {u"index.js lib"_s, u"index.js src"_s, u"soup.js"_s}));
        QCOMPARE(tabNames({u"/a/lib/index.js"_s, u"/b/lib/index.js"_s, u"/b/src/index.js"_s}),
            (QStringList {u"index.js a/lib"_s, u"index.js b/lib"_s, u"index.js src"_s}));
        QCOMPARE(tabNames({u"/index.js"_s, u"/b/index.js"_s}), (QStringList {u"index.js /"_s, u"index.js b"_s}));
    }

    void theSameFileTwiceHasOneName()
    {
        QCOMPARE(tabNames({u"/a/soup.js"_s, u"/a/soup.js"_s}), (QStringList {u"soup.js"_s, u"soup.js"_s}));
    }

    void untitledProgramsAreToldApartByTheirExampleOrTheirTime()
    {
        qputenv("XDG_DATA_HOME", "/home/ada/data");
        const QString untitled = u"/home/ada/data/bistro/untitled/"_s;
        QCOMPARE(tabNames({untitled + u"four-cooks-20261129-082000/lesson.js"_s,
                     untitled + u"later-20261129-082000/lesson.js"_s, u"/a/lesson.js"_s}),
            (QStringList {u"lesson.js four-cooks"_s, u"lesson.js later"_s, u"lesson.js a"_s}));
        QCOMPARE(tabNames({untitled + u"program-20261129-082000/program.js"_s,
                     untitled + u"program-20261129-091500/program.js"_s}),
            (QStringList {u"program.js 08:20"_s, u"program.js 09:15"_s}));
        QCOMPARE(tabNames({untitled + u"program-20261129-082000/program.js"_s,
                     untitled + u"program-20261129-082003/program.js"_s}),
            (QStringList {u"program.js 08:20:00"_s, u"program.js 08:20:03"_s}));
    }
};

QTEST_GUILESS_MAIN(TestTabNames)
#include "tst_tabnames.moc"
