// What the window does where nothing can be written, or nothing more: it says so once, and goes on. Root may write into
// a folder that is read-only, so here a file stands where the folder would have to be; a disk that is full is a limit
// for the size of files.
#include "windowdriver.h"

#include "window/settings.h"
#include "workspace/ownfolders.h"

#include <QDirIterator>
#include <QSignalSpy>

#include <csignal>
#include <sys/resource.h>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// While it lives, no file of this process grows beyond so many bytes.
class FullDisk final {
public:
    explicit FullDisk(rlim_t bytes)
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit {.rlim_cur = bytes, .rlim_max = m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, SIG_DFL);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit m_before {};
};

} // namespace

class TestWindowDisk : public QObject, private WindowDriver {
    Q_OBJECT

    // A program of the learner's, in front; the name of its file. Empty: it could not be.
    QString opened(const QByteArray& text)
    {
        const QString name = m_folder->filePath(u"soup.js"_s);
        QFile file(name);
        const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        file.close();
        return isWritten && m_window->open(name) ? name : QString();
    }

private slots:
    void cleanup() { closeWindow(); }

    void whereAllCanBeWrittenThereIsNothingToSay()
    {
        openWindow();
        QCOMPARE(app::whatIsNotKept(), QStringList {});
        QVERIFY(run(u"console.log('fine')"_s));
        QVERIFY2(m_window->notice().isEmpty(), qPrintable(m_window->notice()));
    }

    void aHomeThatCannotBeWrittenIsSaidOnce()
    {
        openOnAFile();
        for (const QString& part : {u"file/state/bistro"_s, u"file/config/bistro"_s, u"file/data/bistro"_s,
                 u"no copies of what you type"_s, u"no settings"_s, u"no progress"_s, u"HOME"_s})
            QVERIFY2(m_window->notice().contains(part), qPrintable(m_window->notice()));
        // The notice is in sight, above the code, and goes when it was read.
        auto* const bar = m_window->findChild<QWidget*>(u"noticebar"_s);
        QVERIFY(bar && bar->isVisible());
        press(Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        // Settings are used all the same; nobody is told again.
        m_window->action(u"loop"_s)->trigger();
        m_window->action(u"theme-dark"_s)->trigger();
        m_window->setSettings(m_window->settings());
        QCoreApplication::processEvents();
        QVERIFY2(!bar->isVisible(), qPrintable(m_window->notice()));
        QVERIFY(m_window->close());
    }

    // A program of the learner's lies where one can write.
    void whereBistroKeepsNothingProgramsRunAllTheSame()
    {
        openOnAFile();
        QVERIFY(!opened("console.log('soup')\n").isEmpty());
        click(u"run"_s);
        QVERIFY(ended());
        QCOMPARE(lines(), QStringList {u"soup"_s});
        QVERIFY2(m_window->notice().contains(u"does not record this run"_s), qPrintable(m_window->notice()));
    }

    void whatIsPrintedOnAFullDiskIsShown()
    {
        openWindow();
        QVERIFY(!opened("for (let i = 1; i <= 200; i++) console.log('soup', i)\n").isEmpty());
        const FullDisk full(64);
        click(u"run"_s);
        QVERIFY(ended());
        QCOMPARE(lines().size(), 200);
        QCOMPARE(lines().back(), u"soup 200"_s);
        QVERIFY2(m_window->notice().contains(u"does not record this run"_s), qPrintable(m_window->notice()));
    }

    void whatCannotBeShownIsSaidUntilTheNextRun()
    {
        openWindow();
        QVERIFY(run(u"console.log('soup')"_s));
        emit m_window->console().model().failed(u"Bistro can't keep what the program prints."_s);
        press(Qt::Key_F8, Qt::ShiftModifier); // another moment, with nothing to remark
        QCoreApplication::processEvents();
        QCOMPARE(m_window->console().remark(), u"Bistro can't keep what the program prints."_s);
        QVERIFY(run(u"console.log('soup')"_s));
        QCOMPARE(m_window->console().remark(), QString());
    }

    void aFileIsAsItWasWhereTheDiskIsFull()
    {
        openWindow();
        const QString file = opened("console.log('soup')\n");
        QVERIFY(!file.isEmpty());
        m_window->editor().editor()->setText(u"// long: "_s + u"x"_s.repeated(100'000));
        m_window->editor().editor()->document()->setModified(true);
        {
            const FullDisk full(4'096);
            m_window->action(u"save"_s)->trigger();
            QVERIFY2(
                m_window->editor().notice().contains(u"Bistro can't save"_s), qPrintable(m_window->editor().notice()));
        }
        QFile program(file);
        QVERIFY(program.open(QIODevice::ReadOnly));
        QCOMPARE(program.readAll(), "console.log('soup')\n");
        QCOMPARE(QDir(m_folder->path()).entryList({u".bistro*"_s}, QDir::Files | QDir::Hidden), QStringList {});
        QVERIFY(m_window->editor().isCurrentModified()); // and is still there to be saved
    }

    // The file can't be saved either, so this is the moment to hear of it.
    void aCopyOfWhatIsTypedThatFindsNoRoomIsToldOnce()
    {
        openWindow();
        write(u"console.log('soup')"_s);
        const auto type = [this](const QString& letters) { QTest::keyClicks(m_window->editor().editor(), letters); };
        const auto told = [this] { return m_window->editor().notice(); };
        {
            const FullDisk full(64);
            type(u"// and bread, and butter, and a glass of water"_s);
            QTRY_VERIFY_WITH_TIMEOUT(!told().isEmpty(), kLong);
            QVERIFY2(told().startsWith(u"Bistro can't keep a copy of what you type: "_s)
                    && told().endsWith(u" Save your program."_s),
                qPrintable(told()));
            QTest::keyClick(m_window->editor().editor(), Qt::Key_Escape);
            QVERIFY2(told().isEmpty(), qPrintable(told()));
            type(u"// more"_s);
            m_window->editor().flush();
            QCoreApplication::processEvents();
            QVERIFY2(told().isEmpty(), qPrintable(told()));
        }
        // Once there is room again, what is typed is kept again.
        type(u"// all of it"_s);
        m_window->editor().flush();
        QCoreApplication::processEvents();
        const QDir copies(m_folder->filePath(u"state/bistro/recovery"_s));
        QStringList kept;
        for (QDirIterator each(copies.path(), {u"*.copy"_s}, QDir::Files, QDirIterator::Subdirectories);
            each.hasNext();) {
            QFile copy(each.next());
            QVERIFY(copy.open(QIODevice::ReadOnly));
            kept << QString::fromUtf8(copy.readAll());
        }
        QVERIFY2(kept.size() == 1 && kept.front().contains(u"// all of it"_s), qPrintable(kept.join(u'\n')));
    }

    void settingsThatCannotBeWrittenAreToldOnce()
    {
        openWindow();
        QSignalSpy told(&session(), &app::Session::noticed);
        // The folder is there, and no longer the file's place.
        const QString settings = m_folder->filePath(u"config/bistro/settings.ini"_s);
        m_window->setSettings(m_window->settings());
        QVERIFY(QFile::exists(settings));
        QVERIFY(QFile::remove(settings) && QDir().mkpath(settings));
        Settings other = m_window->settings();
        other.blockedAfter += 1;
        m_window->setSettings(other);
        QVERIFY2(m_window->notice().contains(u"Bistro can't write your settings to "_s + settings),
            qPrintable(m_window->notice()));
        press(Qt::Key_Escape);
        auto* const bar = m_window->findChild<QWidget*>(u"noticebar"_s);
        QVERIFY(!bar->isVisible());
        other.blockedAfter += 1;
        m_window->setSettings(other);
        QVERIFY(!bar->isVisible());
    }

private:
    void openOnAFile()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QFile file(m_folder->filePath(u"file"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        useFolders(m_folder->filePath(u"file"_s));
        openAgain();
        QTRY_VERIFY(!m_window->notice().isEmpty());
    }
};

QTEST_MAIN(TestWindowDisk)
#include "tst_window_disk.moc"
