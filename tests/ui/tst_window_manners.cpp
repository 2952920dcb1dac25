// What people who know other editors expect of Run: which file it runs, that it runs again, what it saves, and whose
// run it is that one looks at.
#include "stage/picture.h"
#include "timeline/timelineview.h"
#include "windowdriver.h"

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kGoesOn = "console.log(process.pid); setInterval(() => {}, 1000)\n";

} // namespace

class TestWindowManners : public QObject, private WindowDriver {
    Q_OBJECT

    // Where the learner's files are.
    QString file(const QString& name, const QByteArray& bytes = {})
    {
        const QString path = m_folder->filePath(u"work/"_s + name);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            qFatal("no file");
        return path;
    }
    static QByteArray bytesOf(const QString& path)
    {
        QFile in(path);
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray("nothing");
    }
    [[nodiscard]] QToolButton* button(const QString& name) { return m_window->toolBar().findChild<QToolButton*>(name); }
    void typeAtTheTop(const QString& text)
    {
        m_window->editor().editor()->goTo(1, 1);
        QTest::keyClicks(m_window->editor().editor(), text);
    }

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    // --- F5 ---

    void f5RunsAProgramAgainAndTheRunBeforeItIsKept()
    {
        QVERIFY(m_window->editor().open(file(u"clock.js"_s, kGoesOn)));
        press(Qt::Key_F5);
        QVERIFY(QTest::qWaitFor([&] { return lines().size() == 1; }, kLong));
        const QString first = lines().front();
        const QString trace = session().traceFile();
        press(Qt::Key_F5);
        // Asked is not granted: the first one ends before the second begins.
        QCOMPARE(session().state(), app::Session::State::Stopping);
        QVERIFY(QTest::qWaitFor([&] { return lines().size() == 1 && lines().front() != first; }, kLong));
        QVERIFY(session().isRunning());
        QVERIFY(session().traceFile() != trace);
        QVERIFY(QFileInfo::exists(trace));
        QVERIFY2(!recentRuns().filter(u"clock.js: stopped after "_s).isEmpty(), qPrintable(recentRuns().join(u'\n')));
        press(Qt::Key_F5, Qt::ControlModifier | Qt::ShiftModifier); // a second key of the same
        const QString second = lines().front();
        QVERIFY(QTest::qWaitFor([&] { return lines().size() == 1 && lines().front() != second; }, kLong));
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(ended());
        QVERIFY(session().isStopped());
    }

    void aStopTakesBackTheRunThatWaitsForTheEndOfTheOneBefore()
    {
        QVERIFY(m_window->editor().open(file(u"clock.js"_s, kGoesOn)));
        press(Qt::Key_F5);
        QVERIFY(QTest::qWaitFor([&] { return lines().size() == 1; }, kLong));
        press(Qt::Key_F5);
        press(Qt::Key_F5, Qt::ShiftModifier);
        QVERIFY(ended());
        QCoreApplication::processEvents();
        QVERIFY(!session().isRunning());
    }

    void menuKeyAndButtonSayTheSame()
    {
        QVERIFY(m_window->editor().open(file(u"clock.js"_s, kGoesOn)));
        QAction* const run = m_window->action(u"run"_s);
        QAction* const stop = m_window->action(u"stop"_s);
        QCOMPARE(run->text(), u"&Run"_s);
        QVERIFY(button(u"run"_s)->isVisible() && !button(u"stop"_s)->isVisible());
        QVERIFY2(button(u"run"_s)->toolTip().startsWith(u"Run clock.js (F5)\n"_s), qPrintable(run->toolTip()));
        button(u"run"_s)->setFocus();
        QTest::keyClick(button(u"run"_s), Qt::Key_Space);
        QVERIFY(QTest::qWaitFor([&] { return lines().size() == 1; }, kLong));
        QCOMPARE(run->text(), u"&Run Again"_s);
        QVERIFY(run->toolTip().startsWith(u"Run clock.js again (F5)\n"_s));
        QVERIFY(!button(u"run"_s)->isVisible() && button(u"stop"_s)->isVisible());
        QVERIFY2(button(u"stop"_s)->toolTip().startsWith(u"Stop (Shift+F5)\n"_s), qPrintable(stop->toolTip()));
        QCOMPARE(button(u"stop"_s)->text(), u"Stop"_s);
        QVERIFY(button(u"stop"_s)->hasFocus()); // it stands where the other one stood
        QTest::keyClick(button(u"stop"_s), Qt::Key_Space);
        QVERIFY(ended());
        QVERIFY(session().isStopped());
        QVERIFY(button(u"run"_s)->isVisible() && button(u"run"_s)->hasFocus());
        QCOMPARE(run->text(), u"&Run"_s);
        QVERIFY(!stop->isEnabled());
        // No key is at two actions.
        QHash<QString, QString> owners;
        for (const QAction* const action : m_window->allActions()) {
            for (const QKeySequence& key : action->shortcuts()) {
                QVERIFY2(!owners.contains(key.toString()),
                    qPrintable(key.toString() + u": "_s + owners.value(key.toString()) + u", "_s + action->text()));
                owners.insert(key.toString(), action->text());
            }
        }
    }

    // --- which file ---

    void theFileInFrontRuns_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("a script that names node")
            << u"serve"_s << QByteArray("#!/usr/bin/env node\nconsole.log('this one')\n");
        QTest::newRow("one with flags") << u"tool.txt"_s
                                        << QByteArray(
                                               "#!/usr/bin/env -S node --no-warnings\nconsole.log('this one')\n");
        QTest::newRow("without an extension") << u"soup"_s << QByteArray("console.log('this one')\n");
        QTest::newRow("CommonJS") << u"soup.cjs"_s << QByteArray("console.log('this one')\n");
        QTest::newRow("a module") << u"soup.mjs"_s << QByteArray("console.log('this one')\n");
    }
    void theFileInFrontRuns()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, code);
        QVERIFY(m_window->editor().open(file(u"hello.js"_s, "console.log('another one')\n")));
        QVERIFY(m_window->editor().open(file(name, code)));
        QVERIFY(button(u"run"_s)->toolTip().startsWith(u"Run %1 (F5)\n"_s.arg(name)));
        QCOMPARE(button(u"run"_s)->text(), u"Run"_s);
        QCOMPARE(m_window->statusText(), u"F5 runs %1"_s.arg(name));
        QTest::keyClick(m_window->editor().editor(), Qt::Key_F5);
        QVERIFY(ended());
        QCOMPARE(lines(), QStringList {u"this one"_s});
    }

    void whatNodeCannotRunSaysWhyAndNothingRuns_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("why");
        QTest::newRow("TypeScript") << u"a.ts"_s << QByteArray("let n: number = 1\n")
                                    << u"Node 20 can't run a.ts: TypeScript is not JavaScript yet. Turn it into a.js "
                                       "first, then run that."_s;
        QTest::newRow("JSX") << u"page.jsx"_s << QByteArray("<p/>\n") << u"Node 20 can't run page.jsx: JSX is"_s;
        QTest::newRow("a shell script") << u"start"_s << QByteArray("#!/bin/sh\necho hi\n")
                                        << u"its first line asks for sh, not node"_s;
    }
    void whatNodeCannotRunSaysWhyAndNothingRuns()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, code);
        QFETCH(QString, why);
        QVERIFY(m_window->editor().open(file(u"hello.js"_s, "console.log('another one')\n")));
        QVERIFY(m_window->editor().open(file(name, code)));
        QVERIFY2(button(u"run"_s)->toolTip().contains(why), qPrintable(button(u"run"_s)->toolTip()));
        QTest::keyClick(m_window->editor().editor(), Qt::Key_F5);
        QVERIFY2(m_window->notice().contains(why), qPrintable(m_window->notice()));
        QCOMPARE(session().state(), app::Session::State::NotStarted);
        QVERIFY(!m_window->action(u"configure"_s)->isEnabled());
    }

    void besideDataTheProgramOfTheirFolderRunsAndTheButtonSaysItsName()
    {
        QVERIFY(m_window->editor().open(file(u"soups/soup.js"_s, "console.log('soup')\n")));
        QVERIFY(m_window->editor().open(file(u"hello.js"_s, "console.log('another one')\n")));
        QVERIFY(m_window->editor().open(file(u"soups/menu.json"_s, "{}\n")));
        QCOMPARE(button(u"run"_s)->text(), u"Run soup.js"_s);
        QVERIFY(button(u"run"_s)->toolTip().startsWith(u"Run soup.js (F5)\n"_s));
        press(Qt::Key_F5);
        QVERIFY(ended());
        QCOMPARE(lines(), QStringList {u"soup"_s});
        // One that nobody has opened, too.
        file(u"teas/index.js"_s, "console.log('tea')\n");
        file(u"teas/a.js"_s, "console.log('no')\n");
        QVERIFY(m_window->editor().open(file(u"teas/list.txt"_s, "green\n")));
        QCOMPARE(button(u"run"_s)->text(), u"Run index.js"_s);
        press(Qt::Key_F5);
        QVERIFY(ended());
        QCOMPARE(lines(), QStringList {u"tea"_s});
    }

    // --- what it saves ---

    void runningSavesAndSaysWhich()
    {
        const QString menu = file(u"menu.js"_s, "exports.soup = 'soup'\n");
        const QString main = file(u"main.js"_s, "console.log(require('./menu.js').soup)\n");
        QVERIFY(m_window->editor().open(menu));
        typeAtTheTop(u"// a"_s);
        QTest::keyClick(m_window->editor().editor(), Qt::Key_Return);
        QVERIFY(m_window->editor().open(main));
        typeAtTheTop(u"// b"_s);
        QTest::keyClick(m_window->editor().editor(), Qt::Key_Return);
        const QRect code = m_window->editor().editor()->geometry();
        const QRect stage = m_window->stage().geometry();
        press(Qt::Key_F5);
        QCOMPARE(m_window->statusShown(), u"Saved menu.js and main.js"_s);
        QVERIFY(m_window->notice().isEmpty());
        QVERIFY(ended());
        QCOMPARE(bytesOf(menu), QByteArray("// a\nexports.soup = 'soup'\n"));
        QCOMPARE(lines(), QStringList {u"soup"_s});
        QCOMPARE(m_window->editor().editor()->geometry(), code);
        QCOMPARE(m_window->stage().geometry(), stage);
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->statusShown() == m_window->statusText(); }, kLong)); // it goes by itself
        press(Qt::Key_F5); // nothing is changed: nothing is said
        QVERIFY(!m_window->statusShown().contains(u"Saved"_s));
        QVERIFY(ended());
    }

    void anUntitledProgramIsOursToKeepAndNotSaidToBeSaved()
    {
        QVERIFY(run(u"console.log(1)"_s));
        QVERIFY(!m_window->statusShown().contains(u"Saved"_s));
    }

    // --- whose run ---

    void anOldRunBesideANewProgramSaysWhoseItIs()
    {
        QVERIFY(m_window->editor().open(file(u"hello.js"_s, "setTimeout(function egg() {}, 5)\n")));
        press(Qt::Key_F5);
        QVERIFY(ended());
        const auto* const hint = m_window->findChild<QLabel*>(u"consoleHint"_s);
        QVERIFY(hint);
        QVERIFY2(m_window->statusText().startsWith(u"recorded run"_s), qPrintable(m_window->statusText()));
        QVERIFY(m_window->editor().open(file(u"other.js"_s, "setTimeout(function egg() {}, 5)\n")));
        const QString whose = u"This is the run of hello.js, "_s;
        QVERIFY2(m_window->statusText().startsWith(whose), qPrintable(m_window->statusText()));
        QVERIFY2(hint->text().startsWith(whose), qPrintable(hint->text()));
        press(Qt::Key_Home, Qt::AltModifier);
        press(Qt::Key_F8);
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().playhead() == session().place(); }, kLong));
        const CodeEditor* const other = m_window->editor().editorOf(m_folder->filePath(u"work/other.js"_s));
        QVERIFY(other);
        QCOMPARE(other->playheadLine(), 0);
        QVERIFY(other->lineNotes().isEmpty());
        m_window->editor().open(m_folder->filePath(u"work/other.js"_s));
        press(Qt::Key_F5);
        QVERIFY(ended());
        QVERIFY2(!m_window->statusText().contains(u"This is the run of"_s), qPrintable(m_window->statusText()));
        QVERIFY(!hint->text().contains(u"This is the run of"_s));
    }

    void marksGoFromAFileThatChangesBehindAnotherTab()
    {
        const QString egg = file(u"egg.js"_s, "setTimeout(function egg() {}, 50)\n");
        const QString main = file(u"main.js"_s, "require('./egg.js'); console.log('open')\n");
        QVERIFY(m_window->editor().open(egg));
        QVERIFY(m_window->editor().open(main));
        press(Qt::Key_F5);
        QVERIFY(ended());
        session().goTo(session().log()->outputs()[0] + 1);
        const CodeEditor* const behind = m_window->editor().editorOf(egg);
        QVERIFY(QTest::qWaitFor([&] { return behind->lineNotes().size() == 1; }, kLong));
        QVERIFY(m_window->editor().open(main));
        file(u"egg.js"_s, "// another program\n\nsetTimeout(function egg() {}, 50)\n");
        QVERIFY(QTest::qWaitFor([&] { return behind->text().count(u'\n') == 3; }, kLong));
        QVERIFY(QTest::qWaitFor([&] { return behind->lineNotes().isEmpty(); }, kLong));
    }
};

QTEST_MAIN(TestWindowManners)
#include "tst_window_manners.moc"
