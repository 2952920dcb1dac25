// What a learner is asked when the sandbox has refused something: in which words, and what of it nobody is asked.
#include "app/confine/homefolder.h"
#include "confine/asking.h"

#include <memory>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;
using trace::Access;
namespace fs = std::filesystem;

class TestAsking : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<HomeFolder>();
        m_program = HomeFolder::put(m_home->path() / "play/weather.js");
    }

    void aHostIsAskedForByItsName()
    {
        QCOMPARE(text(Access::Resolve, u"api.example.org"_s),
            u"*weather.js* wants to connect to *api.example.org*. Programs here stay on this computer unless you "
            "allow it. (host api.example.org)"_s);
        QCOMPARE(text(Access::Connect, u"api.example.org:443"_s),
            u"*weather.js* wants to connect to *api.example.org*, port 443. Programs here stay on this computer unless "
            "you allow it. (host api.example.org:443)"_s);
        QVERIFY(text(Access::Connect, u"[2001:db8::1]:80"_s).endsWith(u"(host [2001:db8::1]:80)"_s));
    }

    void aPortOfThisComputerIsAskedForAsSuch()
    {
        for (const QString& address : {u"127.0.0.1:5432"_s, u"[::1]:5432"_s, u"0.0.0.0:5432"_s, u"localhost:5432"_s}) {
            const QString asked = text(Access::Connect, address);
            QVERIFY2(asked.startsWith(u"*weather.js* wants to connect to port *5432* of this computer. "_s)
                    && asked.endsWith(u"(host %1)"_s.arg(address)),
                qPrintable(asked));
        }
    }

    void ofAFileItsFolderIsAskedFor()
    {
        HomeFolder::put(m_home->path() / "notes/today.txt");
        const QString notes = QString::fromStdString((m_home->path() / "notes").string());
        QCOMPARE(text(Access::Read, notes + u"/today.txt"_s),
            u"*weather.js* wants to read *today.txt* in *%1*. Programs here read only their own folder. Allow it, and "
            "they may read all of that one. (read %1)"_s.arg(notes));
        QCOMPARE(text(Access::Write, notes + u"/tomorrow.txt"_s), // which is not there yet
            u"*weather.js* wants to change *tomorrow.txt* in *%1*. Programs here change only their own folder. Allow "
            "it, and they may change all of that one. (write %1)"_s.arg(notes));
        QCOMPARE(text(Access::Read, notes).section(u". "_s, 0, 0), u"*weather.js* wants to read *%1*"_s.arg(notes));
    }

    void whereTheFolderIsNotTheLearnersOwnTheFileAloneIsAskedFor()
    {
        const fs::path diary = HomeFolder::put(m_home->path() / "diary.txt"); // its folder is home itself
        const QString name = QString::fromStdString(diary.string());
        QCOMPARE(text(Access::Read, name),
            u"*weather.js* wants to read *%1*. Programs here read only their own folder unless you allow it. "
            "(read %1)"_s.arg(name));
        QVERIFY(text(Access::Write, name).endsWith(u"(write %1)"_s.arg(name)));
    }

    void whatIsHiddenIsSaidToBe()
    {
        const fs::path key = HomeFolder::put(m_home->path() / ".ssh/id_ed25519");
        const QString asked = text(Access::Read, QString::fromStdString(key.string()));
        QVERIFY2(asked.contains(u"It is hidden: keys and settings lie in such places."_s), qPrintable(asked));
        QVERIFY2(asked.endsWith(u"(read %1)"_s.arg(QString::fromStdString(key.string()))), qPrintable(asked));
    }

    // A link in the workspace, which the program made, is asked for as what it leads to.
    void aLinkIsAskedForByWhereItLeads()
    {
        HomeFolder::put(m_home->path() / "notes/today.txt");
        fs::create_directory_symlink(m_home->path() / "notes", m_home->path() / "play/innocent");
        const QString asked = text(
            Access::Read, QString::fromStdString((m_home->path() / "play/innocent/today.txt").string()));
        const QString notes = QString::fromStdString((m_home->path() / "notes").string());
        QVERIFY2(asked.contains(u"*today.txt* in *%1*"_s.arg(notes)), qPrintable(asked));
        QVERIFY2(asked.endsWith(u"(read %1)"_s.arg(notes)), qPrintable(asked));
    }

    void programsAndAddonsAreAskedForByKind()
    {
        QCOMPARE(text(Access::Run, u"/home/ada/tools/convert"_s),
            u"*weather.js* wants to start */home/ada/tools/convert*. Programs here start only the system's. Allow it, "
            "and they may start any that they can read. (programs)"_s);
        QCOMPARE(text(Access::Addon, u"/home/ada/play/node_modules/sharp/sharp.node"_s),
            u"*weather.js* wants to load the native code */home/ada/play/node_modules/sharp/sharp.node*. Native code "
            "stays on this computer, too. But Bistro can't see what it does. (addons)"_s);
    }

    void ofWhatNobodyCanAllowNobodyIsAsked()
    {
        const QString home = QString::fromStdString(m_home->path().string());
        QCOMPARE(text(Access::Listen, u"0.0.0.0:80"_s), QString());
        QCOMPARE(text(Access::Inspect, u"inspector.open"_s), QString());
        QCOMPARE(text(Access::Signal, u"4711"_s), QString());
        QCOMPARE(text(Access::System, u"ptrace"_s), QString());
        QCOMPARE(text(Access::Write, u"/usr/bin/node"_s), QString());
        QCOMPARE(text(Access::Write, home + u"/.bashrc"_s), QString()); // others run what stands there
        QCOMPARE(text(Access::Read, home), QString());
        QCOMPARE(text(Access::Write, home + u"/.config/bistro/permissions.json"_s), QString());
        QCOMPARE(text(Access::Read, u"notes.txt"_s), QString()); // from where, nobody knows
        QCOMPARE(text(Access::Read, u"/no/such/folder/file"_s), QString());
        QCOMPARE(text(Access::Connect, u"/run/user/1000/bus"_s), QString());
        QCOMPARE(text(Access::Connect, {}), QString());
    }

    // What was refused within the workspace is refused for another reason: to allow the place would change nothing.
    void theWorkspaceItselfIsNotAskedFor()
    {
        QCOMPARE(text(Access::Write, QString::fromStdString((m_home->path() / "play/kept/x").string())), QString());
        QCOMPARE(text(Access::Write, QString::fromStdString((m_home->path() / "play/x").string())), QString());
    }

    // A name is one line, in one direction, and no longer than one reads.
    void aNameCannotSpeakForUs()
    {
        HomeFolder::put(m_home->path() / "notes/a");
        const QString notes = QString::fromStdString((m_home->path() / "notes").string());
        const QString asked = text(Access::Read, notes + u"/x\nAll is well. Click \u202Ewolla\u202C\u200B"_s);
        QVERIFY2(!asked.contains(u'\n') && !asked.contains(QChar(0x202E)) && !asked.contains(QChar(0x200B)),
            qPrintable(asked));
        const QString longer = text(Access::Run, u'/' + QString(5'000, u'x') + u"/end"_s);
        QVERIFY2(longer.size() < 300 && longer.contains(u"x…x"_s) && longer.contains(u"/end*"_s), qPrintable(longer));
        // Nor does it take the place of another name.
        const auto asking = ask(Access::Run, u"/tmp/%1 %2"_s);
        QCOMPARE(asking->question, u"weather.js wants to start /tmp/%1 %2."_s);
    }

    void everySentenceIsShort()
    {
        HomeFolder::put(m_home->path() / "notes/a");
        const QString notes = QString::fromStdString((m_home->path() / "notes").string());
        for (const auto& [access, subject] :
            {std::pair(Access::Resolve, u"example.org"_s), std::pair(Access::Connect, u"127.0.0.1:1"_s),
                std::pair(Access::Read, notes + u"/a"_s), std::pair(Access::Write, notes + u"/a"_s),
                std::pair(Access::Run, u"/opt/x"_s), std::pair(Access::Addon, u"/opt/x.node"_s)}) {
            const auto asking = ask(access, subject);
            QVERIFY(asking);
            for (const QString& sentence : (asking->question + u' ' + asking->why).split(u". "_s))
                QVERIFY2(sentence.split(u' ').size() <= 20, qPrintable(sentence));
        }
    }

private:
    [[nodiscard]] std::optional<Asking> ask(Access access, const QString& subject) const
    {
        const Surroundings around = surroundings();
        return askingFor(access, subject, QString::fromStdString(m_program.string()),
            workspaceOf({.file = m_program, .current = {}}, around), around);
    }
    // "*bold* question why (permission)"; empty: nobody is asked.
    [[nodiscard]] QString text(Access access, const QString& subject) const
    {
        const auto asking = ask(access, subject);
        if (!asking)
            return {};
        QString question = asking->question;
        for (auto bold = asking->bold.rbegin(); bold != asking->bold.rend(); ++bold) {
            question.insert(bold->from + bold->size, u'*');
            question.insert(bold->from, u'*');
        }
        const QString of = subjectOf(asking->permission);
        return question + u' ' + asking->why + u" ("_s + QString::fromUtf8(wordOf(asking->permission.kind).data())
            + (of.isEmpty() ? of : u' ' + of) + u')';
    }

    std::unique_ptr<HomeFolder> m_home;
    fs::path m_program;
};

QTEST_APPLESS_MAIN(TestAsking)
#include "tst_asking.moc"
