// bistro sandbox: what keeps programs in, and what a learner allows them, as one types and reads it.
#include "app/confine/homefolder.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <memory>

using namespace bistro::app;
using namespace Qt::StringLiterals;
namespace fs = std::filesystem;

namespace {

struct Result {
    QString output; // with "~" for the learner's home
    QString errorOutput;
    int code = -1;
};

} // namespace

namespace {

const QString kLimitsOfBistro = u"\nAll that one run starts may at most:\n  use 4,096 MB of memory\n"
                                "  have 64 child processes at a time\n  write files of 1,024 MB\n"
                                "  write 8,192 MB to disk\n  have 4,096 files open in a process\n"
                                "  run as long as they like\n"_s;

} // namespace

class TestSandboxCommand : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<HomeFolder>();
        HomeFolder::put(m_home->path() / "shop/package.json");
        fs::create_directories(m_home->path() / "shop/src");
        fs::create_directories(m_home->path() / "data");
        m_current = m_home->path() / "shop/src";
    }

    void whatIsAllowedIsListedAsOneTypesIt()
    {
        QCOMPARE(bistro({u"list"_s}).output, u"~/shop\nYou have allowed nothing.\n"_s);
        const Result allowed = bistro({u"allow"_s, u"host"_s, u"Example.org:443"_s});
        QCOMPARE(allowed.errorOutput, QString());
        QCOMPARE(allowed.output, u"From their next run on, programs in ~/shop may reach example.org on port 443.\n"_s);
        QCOMPARE(allowed.code, 0);
        QCOMPARE(bistro({u"allow"_s, u"write"_s, u"../../data"_s}).output,
            u"From their next run on, programs in ~/shop may read and change ~/data.\n"_s);
        QCOMPARE(bistro({u"allow"_s, u"npm"_s, u"--for"_s, u"../../data"_s}).code, 0);
        QCOMPARE(bistro({u"list"_s}).output, u"~/shop\n  host example.org:443\n  write ~/data\n"_s);
        QCOMPARE(bistro({u"list"_s, u"--for"_s, u"../../data"_s}).output, u"~/data\n  npm\n"_s);
        QCOMPARE(bistro({u"list"_s, u"--all"_s}).output,
            u"~/data\n  npm\n~/shop\n  host example.org:443\n  write ~/data\n"_s);

        const auto lines = bistro({u"list"_s, u"--all"_s, u"--json"_s}).output.split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(QJsonDocument::fromJson(lines[1].toUtf8()).object(),
            QJsonDocument::fromJson(
                R"({"workspace": "~/shop", "allowed": {"host": ["example.org:443"], "write": ["~/data"]}})")
                .object());
    }

    void aHiddenPlaceIsAllowedWithALouderWord()
    {
        fs::create_directories(m_home->path() / ".ssh");
        const Result allowed = bistro({u"allow"_s, u"read"_s, u"../../.ssh"_s});
        QCOMPARE(allowed.code, 0);
        QCOMPARE(allowed.output,
            u"From their next run on, programs in ~/shop may read ~/.ssh.\n"
            "Careful: ~/.ssh is hidden. Keys and passwords lie in such places.\n"
            "To take it back, write: bistro sandbox forget read ~/.ssh\n"_s);
        QCOMPARE(bistro({u"forget"_s, u"read"_s, u"../../.ssh"_s}).code, 0);
    }

    void wherePermissionsCannotBeKeptItIsSaid()
    {
        QVERIFY(!bistro({}).output.contains(u"can't keep"_s));
        HomeFolder::put(m_home->path() / ".config"); // a file where the folder would be
        const QString why = u"Bistro can't keep permissions in ~/.config/bistro/permissions.json: "_s;
        QVERIFY2(bistro({}).output.contains(u'\n' + why), qPrintable(bistro({}).output));
        const Result allowed = bistro({u"allow"_s, u"internet"_s});
        QCOMPARE(allowed.code, 1);
        QVERIFY2(allowed.errorOutput.startsWith(u"bistro: "_s + why), qPrintable(allowed.errorOutput));
    }

    void whatIsForgottenIsAllowedNoMore()
    {
        for (const QStringList& what :
            {QStringList {u"internet"_s}, {u"addons"_s}, {u"programs"_s}, {u"read"_s, u"../../data"_s}})
            QCOMPARE(bistro(QStringList {u"allow"_s} + what).code, 0);
        QCOMPARE(bistro({u"forget"_s, u"internet"_s}).output,
            u"From their next run on, programs in ~/shop may no longer reach any host.\n"_s);
        const Result again = bistro({u"forget"_s, u"internet"_s});
        QCOMPARE(again.code, 1);
        QCOMPARE(again.errorOutput,
            u"bistro: \"internet\" is not allowed for ~/shop. To see what is, write: bistro sandbox list\n"_s);
        fs::remove(m_home->path() / "data"); // what has gone can be forgotten all the same
        QCOMPARE(bistro({u"forget"_s, u"read"_s, u"../../data"_s}).code, 0);
        QCOMPARE(bistro({u"list"_s}).output, u"~/shop\n  programs\n  addons\n"_s);
        QCOMPARE(bistro({u"forget"_s, u"all"_s}).output,
            u"From their next run on, programs in ~/shop may do only what every program may.\n"_s);
        QCOMPARE(bistro({u"forget"_s, u"all"_s}).errorOutput, u"bistro: Nothing is allowed for ~/shop.\n"_s);
        QCOMPARE(bistro({u"list"_s, u"--all"_s}).output, u"You have allowed nothing.\n"_s);
    }

    void aFolderThatBecameALinkIsForgottenByItsName()
    {
        QCOMPARE(bistro({u"allow"_s, u"read"_s, u"../../data"_s}).code, 0);
        fs::remove(m_home->path() / "data");
        fs::create_symlink(m_home->path() / "shop", m_home->path() / "data");
        QCOMPARE(bistro({u"forget"_s, u"read"_s, u"../../data"_s}).code, 0);
        QCOMPARE(bistro({u"list"_s, u"--all"_s}).output, u"You have allowed nothing.\n"_s);
    }

    void whatNobodyMayAllowIsRefused()
    {
        const Result home = bistro({u"allow"_s, u"write"_s, u"../.."_s});
        QCOMPARE(home.code, 1);
        QCOMPARE(home.errorOutput, u"bistro: ~ holds more than a program may change. Allow a folder in it.\n"_s);
        QCOMPARE(bistro({u"allow"_s, u"host"_s, u"*.example.org"_s}).code, 1);
        QCOMPARE(bistro({u"allow"_s, u"addons"_s, u"--for"_s, u"none"_s}).errorOutput,
            u"bistro: There is no folder \"none\". Check the name.\n"_s);
        QCOMPARE(bistro({u"list"_s, u"--all"_s}).output, u"You have allowed nothing.\n"_s);
        QVERIFY(!fs::exists(m_home->path() / ".config"));
    }

    void withoutAWordItSaysWhatKeepsProgramsIn()
    {
        QCOMPARE(bistro({u"allow"_s, u"addons"_s}).code, 0);
        const Result told = bistro({});
        QCOMPARE(told.code, 0);
        QVERIFY2(told.output.startsWith(u"What keeps programs in on this computer:\n  "_s), qPrintable(told.output));
        QVERIFY2(told.output.endsWith(u"\n\nPrograms in ~/shop read and change what lies there.\n"
                                      "You have allowed them more:\n  load native addons\n"_s
                     + kLimitsOfBistro),
            qPrintable(told.output));
        m_current = m_home->path();
        QVERIFY2(bistro({}).output.endsWith(
                     u"\n\n~ is a home folder or holds one: programs in it read their own file only.\n"
                     "You have allowed them nothing more. See: bistro help sandbox\n"_s
                     + kLimitsOfBistro),
            qPrintable(bistro({}).output));
    }

    void aLimitIsSetListedAndForgotten()
    {
        QCOMPARE(bistro({u"allow"_s, u"memory"_s, u"512"_s}).output,
            u"From their next run on, programs in ~/shop may use 512 MB of memory.\n"_s);
        QCOMPARE(bistro({u"allow"_s, u"memory"_s, u"8192"_s}).code, 0);
        QCOMPARE(bistro({u"allow"_s, u"seconds"_s, u"60"_s}).code, 0);
        QCOMPARE(bistro({u"list"_s}).output, u"~/shop\n  memory 8192\n  seconds 60\n"_s);
        QVERIFY(bistro({u"list"_s, u"--json"_s}).output.contains(uR"({"memory":8192,"seconds":60})"_s));
        const QString told = bistro({}).output;
        QVERIFY2(
            told.contains(u"  use 8,192 MB of memory\n"_s) && told.contains(u"  run for 60 s\n"_s), qPrintable(told));
        QCOMPARE(bistro({u"forget"_s, u"seconds"_s}).output,
            u"From their next run on, programs in ~/shop may run as long as they like again.\n"_s);
        QCOMPARE(bistro({u"forget"_s, u"memory"_s}).code, 0);
        const Result again = bistro({u"forget"_s, u"memory"_s});
        QCOMPARE(again.code, 1);
        QCOMPARE(again.errorOutput,
            u"bistro: \"memory\" was not set for ~/shop. To see what is, write: bistro sandbox list\n"_s);
        for (const QString& wrong : {u"5"_s, u"1e9"_s, u"-1"_s, u"9999999999"_s, u"4096MB"_s})
            QCOMPARE(bistro({u"allow"_s, u"memory"_s, u"--"_s, wrong}).errorOutput,
                u"bistro: memory takes a number from 256 to 1048576, and not \"%1\". Write for example: memory 4096\n"_s
                    .arg(wrong));
        QCOMPARE(bistro({u"list"_s}).output, u"~/shop\nYou have allowed nothing.\n"_s);
    }

    void aDamagedFileIsToldOnce()
    {
        HomeFolder::put(m_home->path() / ".config/bistro/permissions.json", "no JSON \x1b[31m");
        const Result told = bistro({u"list"_s});
        QCOMPARE(told.code, 1);
        QCOMPARE(told.errorOutput,
            u"bistro: ~/.config/bistro/permissions.json is damaged, so nothing is allowed any more. The old file is "
            "~/.config/bistro/permissions.json.broken.\n"_s);
        QCOMPARE(told.output, u"~/shop\nYou have allowed nothing.\n"_s);
        QCOMPARE(bistro({u"list"_s}).code, 0);
    }

    void aNameThatSteersATerminalIsShownWithoutThat()
    {
        m_current = m_home->path() / "bad\x1b[31m";
        fs::create_directories(m_current);
        const Result told = bistro({u"allow"_s, u"npm"_s});
        QCOMPARE(told.code, 0);
        QVERIFY(!told.output.contains(u'\x1b'));
        QVERIFY(!bistro({u"list"_s}).output.contains(u'\x1b'));
        QVERIFY(!bistro({u"forget"_s, u"addons"_s}).errorOutput.contains(u'\x1b'));
    }

private:
    [[nodiscard]] Result bistro(const QStringList& arguments)
    {
        QProcess process;
        process.setWorkingDirectory(QString::fromStdString(m_current.string()));
        process.start(QStringLiteral(BISTRO_COMMAND), QStringList {u"sandbox"_s} + arguments);
        if (!process.waitForFinished())
            return {};
        const QString home = QString::fromStdString(m_home->path().string());
        const auto text = [&home](const QByteArray& bytes) { return QString::fromUtf8(bytes).replace(home, u"~"_s); };
        return {.output = text(process.readAllStandardOutput()),
            .errorOutput = text(process.readAllStandardError()),
            .code = process.exitCode()};
    }

    std::unique_ptr<HomeFolder> m_home;
    fs::path m_current;
};

QTEST_GUILESS_MAIN(TestSandboxCommand)
#include "tst_sandboxcommand.moc"
