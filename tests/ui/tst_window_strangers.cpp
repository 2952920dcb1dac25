// What somebody else has made (a trace, lessons, a folder, settings) is opened: nothing runs, and nothing outside is
// read. What lies outside is watched: the kernel tells of each file there that is opened. A pipe stands where a file is
// expected: who reads it would wait for ever.
#include "support/marked.h"
#include "window/lessondesk.h"
#include "window/settings.h"
#include "windowdriver.h"

#include <QDir>
#include <QDirIterator>
#include <QUuid>

#include <algorithm>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// Tells which files of a folder were opened since it was asked last.
class Watched final {
public:
    explicit Watched(const QString& folder)
        : m_fd(inotify_init1(IN_CLOEXEC | IN_NONBLOCK))
    {
        inotify_add_watch(m_fd, qPrintable(folder), IN_OPEN | IN_ACCESS);
    }
    ~Watched() { close(m_fd); }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    [[nodiscard]] QStringList opened() const
    {
        QStringList names;
        alignas(inotify_event) char bytes[4096] {};
        for (ssize_t got = 0; (got = read(m_fd, bytes, sizeof bytes)) > 0;) {
            for (ssize_t at = 0; at < got;) {
                const auto* const event = reinterpret_cast<const inotify_event*>(bytes + at);
                if (event->len > 0 && (event->mask & IN_ISDIR) == 0)
                    names << QString::fromLocal8Bit(event->name);
                at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            }
        }
        return names;
    }

private:
    int m_fd;
};

void put(const QString& path, const QByteArray& bytes)
{
    QVERIFY(QDir().mkpath(QFileInfo(path).path()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestWindowStrangers : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init()
    {
        m_given = std::make_unique<QTemporaryDir>();
        m_mark = "STRANGERS_MARK=" + QUuid::createUuid().toString(QUuid::Id128).toStdString();
        qputenv("STRANGERS_MARK", QByteArray::fromStdString(m_mark.substr(m_mark.find('=') + 1)));
        put(outside(u"secret.js"_s), "// mine\nconsole.log('mine')\n");
        put(outside(u"lib.js"_s), "console.log('required')\n");
    }
    void cleanup() { closeWindow(); }

    // It names files of this computer, in its places and its sources.
    void aTraceReadsNoFileThatItNames()
    {
        const QString trace = given(u"stranger.bistro"_s);
        openWindow();
        QVERIFY(m_window->open(outside(u"secret.js"_s)));
        click(u"run"_s);
        QVERIFY(ended());
        QVERIFY(session().saveTrace(trace));
        closeWindow();
        openWindow(); // of somebody who has never seen that program
        const Watched watched(outside({}));
        QVERIFY(m_window->openTrace(trace));
        lookAround();
        QCOMPARE(watched.opened(), QStringList {});
        QCOMPARE(m_window->editor().currentText(), u"// mine\nconsole.log('mine')\n"_s);
        QVERIFY(m_window->editor().isCurrentReadOnly());
        QVERIFY2(m_window->editor().notice().contains(u"read-only copy of secret.js"_s),
            qPrintable(m_window->editor().notice()));
        QVERIFY(nothingRuns());
        // One reads it who asks for it.
        QVERIFY(m_window->open(outside(u"secret.js"_s)));
        QVERIFY(!watched.opened().isEmpty());
    }

    void ofLessonsNothingLeadsOut()
    {
        const QString lesson = given(u"course/01-stranger"_s);
        copyFolder(QStringLiteral(BISTRO_SOURCE_DIR "/lessons/01-javascript-outside-the-browser"), lesson);
        const auto leadOut = [&](const QString& name) {
            QFile::remove(lesson + u'/' + name);
            QVERIFY(QFile::link(outside(u"secret.js"_s), lesson + u'/' + name));
        };
        openWindow();
        const Watched watched(outside({}));
        m_window->lessons().openFolder(given(u"course"_s)); // it is sound
        QVERIFY(nothingRuns());
        QVERIFY2(m_window->notice().isEmpty(), qPrintable(m_window->notice()));
        for (const QString& name : {u"start/more.js"_s, u"check.yaml"_s, u"answer/lesson.js"_s, u"lesson.md"_s}) {
            leadOut(name);
            m_window->lessons().openFolder(given(u"course"_s));
            QVERIFY2(m_window->notice().contains(u"link"_s), qPrintable(name + u": "_s + m_window->notice()));
            QCOMPARE(watched.opened(), QStringList {});
        }
        QVERIFY(nothingRuns());
    }

    void aFolderIsReadWhereItIsAndNoFurther()
    {
        QVERIFY(QFile::link(outside(u"secret.js"_s), given(u"index.js"_s)));
        QVERIFY(QFile::link(outside(u"secret.js"_s), given(u"main.js"_s)));
        put(given(u"zebra.js"_s), "console.log('theirs')\n");
        QCOMPARE(mkfifo(qPrintable(given(u"package.json"_s)), 0600), 0);
        QCOMPARE(mkfifo(qPrintable(given(u".editorconfig"_s)), 0600), 0);
        QCOMPARE(mkfifo(qPrintable(given(u"program.js"_s)), 0600), 0);
        openWindow();
        const Watched watched(outside({}));
        QVERIFY(m_window->open(m_given->path()));
        (void)m_window->open(given(u"program.js"_s)); // a sentence
        QVERIFY2(m_window->editor().notice().contains(u"opens only ordinary files"_s),
            qPrintable(m_window->editor().notice()));
        QVERIFY(m_window->open(given(u"zebra.js"_s)));
        QTest::keyClicks(m_window->editor().editor(), u"("_s); // which is checked
        lookAround();
        QCOMPARE(watched.opened(), QStringList {});
        QVERIFY(nothingRuns());
        QVERIFY(m_window->open(given(u"index.js"_s))); // asked for
        QVERIFY(watched.opened().contains(u"secret.js"_s));
    }

    // Which files were open, how a program is to be run: read, and nothing done about it.
    void settingsRunNothing()
    {
        openWindow();
        keepRunSettings(outside(u"secret.js"_s),
            {.nodeFlags = {u"--require"_s, outside(u"lib.js"_s)}, .entry = app::EntryWay::Evaluated});
        closeWindow();
        const Watched watched(outside({}));
        put(m_folder->filePath(u"config/bistro/settings.ini"_s),
            contents(m_folder->filePath(u"config/bistro/settings.ini"_s))
                + "\n[General]\nscheme=99\nzoom=1e308\nspeed=-5\nblockedAfter=nan\nskin=@Variant(\\0\\0\\0\\x11)\n");
        openAgain();
        lookAround();
        QCOMPARE(watched.opened(), QStringList {});
        QVERIFY(nothingRuns());
        QVERIFY(run(u"console.log('fine')"_s));
        QCOMPARE(lines(), QStringList {u"fine"_s});
    }

    void aZoomThatIsNoNumberIsThatOfAFirstStart()
    {
        const QString file = m_folder->filePath(u"config/bistro/settings.ini"_s);
        for (const QByteArray& zoom : {"nan"_ba, "-nan"_ba, "NaN"_ba, "large"_ba, ""_ba}) {
            put(file, "[General]\nzoom=" + zoom + "\n");
            QCOMPARE(Settings::load().zoom, 1.0);
        }
    }

private:
    [[nodiscard]] QString given(const QString& name) const { return m_given->filePath(name); }
    // Where nothing is to be read.
    [[nodiscard]] QString outside(const QString& name) const
    {
        return m_outside.path() + (name.isEmpty() ? QString() : u'/' + name);
    }
    static void copyFolder(const QString& from, const QString& to)
    {
        for (QDirIterator it(from, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            const QString file = it.next();
            put(to + file.sliced(from.size()), contents(file));
        }
    }
    // Until all that it has is taken in, from its start to its end.
    void lookAround()
    {
        (void)QTest::qWaitFor([&] { return !session().log() || session().log()->caughtUp(); }, kLong);
        for (int i = 0; i < 50; ++i) {
            (void)session().stepBack(app::Session::Step::Event);
            QCoreApplication::processEvents();
        }
        session().goLive();
        m_window->action(u"show-findings"_s)->trigger();
        (void)QTest::qWaitFor([&] { return tests::processesWith(m_mark).empty(); }, kLong); // what checks grammar
        QCoreApplication::processEvents();
    }
    [[nodiscard]] bool nothingRuns()
    {
        // What is shown is checked as it would be when it is typed, which runs nothing of it.
        const auto isCheck = [](const std::string& process) { return process.contains(" --check "); };
        return !session().isRunning() && session().pid() <= 0
            && QTest::qWaitFor([&] { return std::ranges::all_of(tests::processesWith(m_mark), isCheck); });
    }

    const QTemporaryDir m_outside;
    std::unique_ptr<QTemporaryDir> m_given;
    std::string m_mark;
};

QTEST_MAIN(TestWindowStrangers)
#include "tst_window_strangers.moc"
