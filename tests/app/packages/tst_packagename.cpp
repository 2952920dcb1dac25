// What one types to add a package.
#include "packages/packagename.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestPackageName : public QObject {
    Q_OBJECT

private slots:
    void aNameMayHaveAScopeAndAVersion_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("version");
        QTest::newRow("a name") << u"express"_s << u"express"_s << QString();
        QTest::newRow("a version") << u"express@4"_s << u"express"_s << u"4"_s;
        QTest::newRow("a range") << u" lodash@^4.17.0 "_s << u"lodash"_s << u"^4.17.0"_s;
        QTest::newRow("a tag") << u"typescript@next"_s << u"typescript"_s << u"next"_s;
        QTest::newRow("a scope") << u"@types/node"_s << u"@types/node"_s << QString();
        QTest::newRow("a scope and a version") << u"@types/node@20.1.0"_s << u"@types/node"_s << u"20.1.0"_s;
        QTest::newRow("an old one") << u"JSONStream"_s << u"JSONStream"_s << QString();
        QTest::newRow("one that Node has, too, with a version") << u"punycode@2"_s << u"punycode"_s << u"2"_s;
    }
    void aNameMayHaveAScopeAndAVersion()
    {
        QFETCH(QString, typed);
        QFETCH(QString, name);
        QFETCH(QString, version);
        const auto asked = packageNamed(typed);
        QVERIFY2(asked, asked ? "" : qPrintable(asked.error()));
        QCOMPARE(*asked, (AskedPackage {.name = name, .version = version}));
        QCOMPARE(asked->text(), typed.trimmed());
    }

    void whatIsNoNameIsRefusedWithASentence_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("says");
        const QString address = u" is an address or a file."_s;
        QTest::newRow("an address") << u"https://evil.example/x.tgz"_s << address;
        QTest::newRow("a repository") << u"ada/tools"_s << address;
        QTest::newRow("a repository, whole") << u"git+ssh://git@example.org/x"_s << address;
        QTest::newRow("a folder") << u"../other"_s << address;
        QTest::newRow("a file") << u"/tmp/x.tgz"_s << address;
        QTest::newRow("another name for it") << u"x@npm:evil"_s << address;
        QTest::newRow("a version that is a file") << u"x@file:../y"_s << address;
        QTest::newRow("letters that no name has") << u"menü"_s << u"is no name of a package."_s;
        QTest::newRow("a flag") << u"-g"_s << u"is no name of a package."_s;
        QTest::newRow("half a scope") << u"@types"_s << u"is no name of a package."_s;
        QTest::newRow("dots") << u"a..b/../c"_s << address;
        QTest::newRow("a flag as a version") << u"x@--force"_s << u"is no version of x."_s;
        QTest::newRow("no version") << u"x@"_s << u"is no version of x."_s;
        QTest::newRow("nothing") << QString() << u"is no name of a package."_s;
        QTest::newRow("a line") << u"x\n--unsafe-perm"_s << u"is no name of a package."_s;
        QTest::newRow("Node's own") << u"fs"_s << u"fs is part of Node and needs no package."_s;
        QTest::newRow("Node's own, by its whole name") << u"node:test"_s << u"test is part of Node"_s;
    }
    void whatIsNoNameIsRefusedWithASentence()
    {
        QFETCH(QString, typed);
        QFETCH(QString, says);
        const auto asked = packageNamed(typed);
        QVERIFY(!asked);
        QVERIFY2(asked.error().contains(says), qPrintable(asked.error()));
    }
};

QTEST_GUILESS_MAIN(TestPackageName)
#include "tst_packagename.moc"
