// All that can go wrong while packages are added: each has its sentence, and leaves what was there.
#include "packages/adding.h"
#include "registryserver.h"

#include <QSignalSpy>
#include <QTcpServer>

using namespace bistro::app;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

class TestAddingFails : public QObject, private AddingHome {
    Q_OBJECT

    // With packages already, so that there is something to lose.
    void beginWithSpoon()
    {
        QCOMPARE(add({u"spoon@1"_s}).code, 0);
        HomeFolder::put(play() / "menu.js", "console.log(require('spoon'));\n");
        m_before = everything();
    }

    // In the middle: slow does not come.
    void killOneThatAdds()
    {
        QProcess process;
        begin(process, {u"add"_s, u"half"_s});
        QVERIFY(m_registry->wasAskedFor(u"slow/-/1.0.0"_s));
        const auto pid = static_cast<pid_t>(process.processId());
        QFile children(u"/proc/%1/task/%1/children"_s.arg(pid));
        QVERIFY(children.open(QIODevice::ReadOnly));
        const auto warden = static_cast<pid_t>(children.readAll().trimmed().toInt());
        QVERIFY(warden > 0);
        QVERIFY(kill(pid, SIGKILL) == 0);
        QVERIFY(process.waitForFinished());
        QTRY_VERIFY_WITH_TIMEOUT(kill(warden, 0) != 0, 60'000); // who leaves nobody behind
        QVERIFY(QFile::exists(in(".bistro-adding")));
    }

private slots:
    void initTestCase() { findNpmOfTests(); }
    void init()
    {
        beginHome();
        beginWithSpoon();
    }

    void eachFailureHasItsSentence_data()
    {
        QTest::addColumn<QString>("package");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("no such version") << u"spoon@9"_s
                                         << u"spoon has no version 9. Leave the version out to get the newest one."_s;
        QTest::newRow("another file") << u"swapped"_s << u"What the registry sent for swapped is damaged."_s;
        QTest::newRow("half a file") << u"torn"_s << u"What the registry sent for torn is damaged."_s;
        QTest::newRow("a login") << u"locked"_s << u"The registry 127.0.0.1 refuses to give locked away."_s;
        QTest::newRow("a refusal") << u"forbidden"_s << u"The registry 127.0.0.1 refuses to give forbidden away."_s;
        QTest::newRow("an error") << u"broken"_s << u"The registry 127.0.0.1 answers with an error of its own (500)."_s;
    }
    void eachFailureHasItsSentence()
    {
        QFETCH(QString, package);
        QFETCH(QString, sentence);
        const Result added = add({package});
        QCOMPARE(added.code, 1);
        QVERIFY2(added.errorOutput.contains(u"bistro: "_s + sentence), qPrintable(added.errorOutput));
        QVERIFY2(added.errorOutput.endsWith(u" Nothing has changed in ~/play.\n"_s), qPrintable(added.errorOutput));
        QCOMPARE(everything(), m_before);
    }

    void withoutANetworkItSaysSo()
    {
        QTcpServer nobody; // a port that nobody listens at any more
        QVERIFY(nobody.listen(QHostAddress::LocalHost));
        const QString address = u"http://127.0.0.1:%1/"_s.arg(nobody.serverPort());
        nobody.close();
        qputenv("npm_config_registry", address.toUtf8());
        const Result added = add({u"fork"_s});
        QCOMPARE(added.code, 1);
        QVERIFY2(
            added.errorOutput.contains(
                u"bistro: npm can't reach the registry 127.0.0.1 (ECONNREFUSED). Check the network, then try again."_s),
            qPrintable(added.errorOutput));
        QCOMPARE(everything(), m_before);
    }

    // Somebody else's folder says where packages come from.
    void aFolderSendsNpmNowhereElse()
    {
        qunsetenv("npm_config_registry");
        const QByteArray own = m_registry->address().toUtf8();
        HomeFolder::put(m_home->path() / ".npmrc", "registry=" + own + "\n");
        QTcpServer trap;
        QVERIFY(trap.listen(QHostAddress::LocalHost));
        HomeFolder::put(
            play() / ".npmrc", "registry=http://localhost:" + QByteArray::number(trap.serverPort()) + "/\n");
        const Result added = add({u"fork"_s});
        QCOMPARE(added.code, 1);
        QVERIFY2(added.errorOutput.contains(u"A setting in this folder sends npm to localhost"_s),
            qPrintable(added.errorOutput));
        QVERIFY(!trap.hasPendingConnections() && !trap.waitForNewConnection(100));
        // The control: without that file the same is added.
        QVERIFY(fs::remove(play() / ".npmrc"));
        QCOMPARE(add({u"fork"_s}).code, 0);
    }

    void anInstallScriptThatIsAllowedStaysWithinTheWalls()
    {
        QCOMPARE(bistro({u"sandbox"_s, u"allow"_s, u"npm"_s}).code, 0);
        const Result added = add({u"thief"_s});
        QVERIFY2(added.code == 0, qPrintable(added.errorOutput));
        QCOMPARE(bytesOf("node_modules/thief/loot"), QByteArray("EACCES"));
        QVERIFY(!fs::exists(m_home->path() / "letters/secret.txt.mine"));
        // The control: the same script without walls gets hold of it.
        QProcess free;
        free.setWorkingDirectory(in("node_modules/thief"));
        free.start(QStringLiteral(BISTRO_NODE), {u"steal.js"_s});
        QVERIFY(free.waitForFinished());
        QCOMPARE(bytesOf("node_modules/thief/loot"), QByteArray("the recipe"));
    }

    void aScriptThatFailsIsNamed()
    {
        QCOMPARE(bistro({u"sandbox"_s, u"allow"_s, u"npm"_s}).code, 0);
        const Result added = add({u"burner"_s});
        QCOMPARE(added.code, 1);
        QVERIFY2(added.errorOutput.contains(u"bistro: The install script of burner failed."_s),
            qPrintable(added.errorOutput));
        QCOMPARE(everything(), m_before);
    }

    void aPackageJsonThatIsBrokenIsLeftAsItIs()
    {
        HomeFolder::put(play() / "package.json", "{ \"name\": }\n");
        m_before = everything();
        const Result added = add({u"fork"_s});
        QVERIFY2(added.errorOutput.contains(u"package.json in ~/play is not valid JSON. Mend it, then try again."_s),
            qPrintable(added.errorOutput));
        QCOMPARE(everything(), m_before);
    }

    // spoon 2.0.0 is unpacked by then, in the place of the one that was there.
    void whoInterruptsItHasWhatWasThereBefore()
    {
        QProcess process;
        begin(process, {u"add"_s, u"half"_s});
        QVERIFY(m_registry->wasAskedFor(u"slow/-/1.0.0"_s));
        QVERIFY(kill(static_cast<pid_t>(process.processId()), SIGINT) == 0);
        const Result added = finish(process);
        QCOMPARE(added.code, 130);
        QVERIFY2(added.errorOutput.endsWith(u"bistro: You stopped it. Nothing has changed in ~/play.\n"_s),
            qPrintable(added.errorOutput));
        QCOMPARE(everything(), m_before);
        QCOMPARE(bistro({u"run"_s, u"menu.js"_s}).output, u"spoon 1.0.0\n"_s);
        QCOMPARE(add({u"fork"_s}).code, 0);
    }

    void whateverAKilledOneLeavesTheNextOnePutsBack()
    {
        killOneThatAdds();
        const Result added = add({u"@kitchen/knife"_s});
        QVERIFY2(added.code == 0, qPrintable(added.errorOutput));
        QVERIFY(!QFile::exists(in(".bistro-adding")) && !QFile::exists(in("node_modules/slow")));
        QCOMPARE(bistro({u"run"_s, u"menu.js"_s}).output, u"spoon 1.0.0\n"_s);
        QVERIFY(!bytesOf("package.json").contains("half"));
    }

    void whatSomebodyHasWrittenSinceIsNotPutBack_data()
    {
        QTest::addColumn<QByteArray>("edited");
        QTest::addColumn<bool>("stays");
        QTest::newRow("a field") << QByteArray(
            "{\"private\":true,\"name\":\"mine\",\"dependencies\":{\"spoon\":\"^1.0.0\"}}")
                                 << true;
        QTest::newRow("another package") << QByteArray(
            "{\"private\":true,\"dependencies\":{\"fork\":\"^1.0.0\",\"spoon\":\"^1.0.0\"}}")
                                         << true;
        QTest::newRow("half of it") << QByteArray("{\"private\":true,\"name\":\"mi") << true;
        // The control: as npm would have left it.
        QTest::newRow("the package itself")
            << QByteArray("{\"private\":true,\"dependencies\":{\"half\":\"^1.0.0\",\"spoon\":\"^1.0.0\"}}") << false;
        QTest::newRow("nothing, since npm was writing it") << QByteArray() << false;
    }
    void whatSomebodyHasWrittenSinceIsNotPutBack()
    {
        QFETCH(QByteArray, edited);
        QFETCH(bool, stays);
        const QByteArray before = bytesOf("package.json");
        killOneThatAdds();
        HomeFolder::put(play() / "package.json", edited);
        const Result added = add({u"nothing-of-this-name"_s});
        QCOMPARE(added.code, 1);
        QCOMPARE(bytesOf("package.json"), stays ? edited : before);
        QVERIFY2(added.errorOutput.contains(
                     u"Somebody has changed package.json meanwhile, so Bistro leaves it as it is now."_s)
                == stays,
            qPrintable(added.errorOutput));
        QVERIFY(!QFile::exists(in(".bistro-adding")) && !QFile::exists(in("node_modules/slow")));
        QVERIFY(bytesOf("node_modules/spoon/package.json").contains("1.0.0"));
    }

    void aPackageJsonThatAKilledOneMadeGoesUnlessItIsSomebodysByNow_data()
    {
        QTest::addColumn<bool>("mine");
        QTest::newRow("as it was made") << false;
        QTest::newRow("somebody's") << true;
    }
    void aPackageJsonThatAKilledOneMadeGoesUnlessItIsSomebodysByNow()
    {
        QFETCH(bool, mine);
        std::filesystem::remove_all(play());
        HomeFolder::put(play() / "menu.js", "console.log('soup');\n");
        killOneThatAdds();
        QVERIFY(QFile::exists(in("package.json")));
        if (mine)
            HomeFolder::put(play() / "package.json", "{\"name\":\"mine\"}");
        QCOMPARE(add({u"nothing-of-this-name"_s}).code, 1);
        QCOMPARE(QFile::exists(in("package.json")), mine);
    }

    void twoDoNotAddToOneFolderAtOnce()
    {
        QProcess process;
        begin(process, {u"add"_s, u"slow"_s});
        QVERIFY(m_registry->wasAskedFor(u"slow/-/1.0.0"_s));
        QCOMPARE(add({u"fork"_s}).errorOutput,
            u"bistro: Packages are being added to ~/play already. Wait until that is done.\n"_s);
        process.terminate();
        QCOMPARE(finish(process).code, 130);
        QCOMPARE(add({u"fork"_s}).code, 0);
    }

    void aHugePackageIsStoppedAndTakenAway()
    {
        Adding adding;
        QSignalSpy finished(&adding, &Adding::finished);
        bistro::sandbox::Limits limits = Adding::kLimits;
        limits.written = 16; // MiB
        const auto begun = adding.start({.engine = BISTRO_ENGINE,
            .folder = play(),
            .packages = {{.name = u"huge"_s, .version = {}}},
            .limits = limits});
        QVERIFY2(begun, begun ? "" : qPrintable(begun.error()));
        QVERIFY(finished.wait(300'000));
        QVERIFY(!adding.result()->added);
        QVERIFY2(adding.result()->text.startsWith(u"huge is larger than Bistro lets a package be."_s),
            qPrintable(adding.result()->text));
        QCOMPARE(everything(), m_before);
        // The control: with the room that packages have, it is added.
        QCOMPARE(add({u"huge"_s}).code, 0);
    }

    void whatPackageJsonNamesIsAddedWithoutAName()
    {
        QVERIFY(fs::remove_all(play() / "node_modules") > 0);
        const Result added = add({});
        QCOMPARE(added.output, u"Added one package to ~/play.\n"_s);
        QCOMPARE(bistro({u"run"_s, u"menu.js"_s}).output, u"spoon 1.0.0\n"_s);
        QCOMPARE(add({}).output, u"All packages of package.json are in ~/play.\n"_s);
    }

private:
    QStringList m_before;
};

QTEST_GUILESS_MAIN(TestAddingFails)
#include "tst_addingfails.moc"
