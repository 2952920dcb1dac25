// bistro add: npm itself, within the walls, with a registry of the test's own.
#include "registryserver.h"

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestAddCommand : public QObject, private AddingHome {
    Q_OBJECT

private slots:
    void initTestCase() { findNpmOfTests(); }
    void init() { beginHome(); }

    void aPackageIsThereForTheNextRun()
    {
        HomeFolder::put(play() / "menu.js", "console.log(require('spoon'));\n");
        const Result added = add({u"spoon"_s});
        QCOMPARE(added.output, u"Added spoon 2.0.0 to ~/play. Bistro made a package.json, since there was none.\n"_s);
        QCOMPARE(added.code, 0);
        QVERIFY2(added.errorOutput.contains(u"/spoon/-/2.0.0"_s), qPrintable(added.errorOutput)); // npm's own words
        QVERIFY(bytesOf("package.json").contains("\"spoon\": \"^2.0.0\""));
        QCOMPARE(bistro({u"run"_s, u"menu.js"_s}).output, u"spoon 2.0.0\n"_s);
        QVERIFY(!QFile::exists(in(".bistro-adding")) && !QFile::exists(in(".bistro-adding.part")));
    }

    void installScriptsRunOnlyWhenTheyAreAllowed()
    {
        const Result added = add({u"oven"_s});
        QCOMPARE(added.code, 0);
        QVERIFY2(added.output.contains(u"The install scripts of oven did not run"_s), qPrintable(added.output));
        QVERIFY2(added.output.contains(u"bistro sandbox allow npm"_s), qPrintable(added.output));
        QVERIFY(QFile::exists(in("node_modules/oven/index.js")));
        QVERIFY(!QFile::exists(in("node_modules/oven/baked")));

        QCOMPARE(bistro({u"sandbox"_s, u"allow"_s, u"npm"_s}).code, 0);
        const Result again = add({u"oven"_s});
        QCOMPARE(
            again.output, u"oven 1.0.0 was there already, in ~/play. The install scripts of oven have run now.\n"_s);
        QCOMPARE(bytesOf("node_modules/oven/baked"), QByteArray("yes"));
    }

    void aPackageThatNobodyHasIsNamedAndNothingChanges()
    {
        HomeFolder::put(play() / "package.json", "{ \"name\": \"play\" }\n");
        const QStringList before = everything();
        const Result added = add({u"spork"_s});
        QCOMPARE(added.code, 1);
        QVERIFY2(added.errorOutput.contains(u"bistro: There is no package spork in the registry. Check how it is "
                                            "spelled. Nothing has changed in ~/play.\n"_s),
            qPrintable(added.errorOutput));
        QCOMPARE(everything(), before);
    }

    void aFolderThatHoldsMoreThanAProgramGetsNone()
    {
        QProcess process;
        process.setWorkingDirectory(QString::fromStdString(m_home->path().string()));
        process.start(QStringLiteral(BISTRO_COMMAND), {u"add"_s, u"spoon"_s});
        const Result added = finish(process);
        QCOMPARE(added.code, 1);
        QCOMPARE(added.errorOutput,
            u"bistro: Bistro adds no packages to ~, since more lies there than a program's own. Move the program into "
            "a folder of its own.\n"_s);
    }

    void mistakesHaveASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("nothing to add")
            << QStringList {}
            << u"~/play has no package.json that names packages. Name one yourself, such as express."_s;
        QTest::newRow("Node's own") << QStringList {u"http"_s}
                                    << u"http is part of Node and needs no package. Write require('node:http')."_s;
        QTest::newRow("no folder") << QStringList {u"x"_s, u"--for"_s, u"nowhere"_s}
                                   << u"There is no folder \"nowhere\". Check the name."_s;
    }
    void mistakesHaveASentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const Result added = add(arguments);
        QCOMPARE(added.errorOutput, u"bistro: "_s + sentence + u'\n');
        QCOMPARE(added.code, 1);
    }
};

QTEST_GUILESS_MAIN(TestAddCommand)
#include "tst_addcommand.moc"
