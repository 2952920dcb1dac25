// Adding packages from the window: asked for in the menu, or offered where a run lacked one. npm and the engine are
// real; the registry is the test's own.
#include "app/packages/registryserver.h"
#include "text/catalogue.h"
#include "window/packagebar.h"
#include "windowdriver.h"

#include <QLineEdit>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

using Form = PackageBar::Form;

class TestWindowPackages : public QObject, private WindowDriver, private app::AddingHome {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        app::installCatalogues();
        findNpmOfTests();
    }
    void init()
    {
        beginHome();
        // The environment is set while nobody else reads it: a window has threads that do.
        m_folder = std::make_unique<QTemporaryDir>();
        useFolders(QString::fromStdString((m_home->path() / "own").string()));
        openAgain();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }
    void cleanup() { closeWindow(); }

    void aPackageIsAddedByItsNameAndNothingIsRun()
    {
        openProgram("console.log(require('spoon'));\n");
        ask(u"spoon"_s);
        QVERIFY(becomes(Form::Added));
        QCOMPARE(told(), u"Added spoon 2.0.0 to ~/play. Bistro made a package.json, since there was none."_s);
        QCOMPARE(session().state(), app::Session::State::NotStarted);
        clickSettled(u"package-run"_s);
        QVERIFY(printed(u"spoon 2.0.0"_s));
        QVERIFY(bar().isHidden());
        QVERIFY(ended());
    }

    // Also in a window that begins so.
    void theNameIsAsLargeAsTheQuestion()
    {
        Settings settings = m_window->settings();
        settings.zoom = 1.5;
        settings.save();
        openAgain();
        openProgram("1;\n");
        m_window->action(u"add-package"_s)->trigger();
        QVERIFY(name()->isVisible());
        QCOMPARE(name()->fontInfo().pixelSize(), bar().findChild<QLabel*>()->fontInfo().pixelSize());
    }

    void aRunThatLacksAPackageOffersIt()
    {
        openProgram("console.log(require('spoon'));\n");
        press(Qt::Key_F5);
        QVERIFY(ended());
        QVERIFY(becomes(Form::Offering));
        QCOMPARE(bar().text(), u"menu.js asks for the package spoon, which is not installed."_s);
        QCOMPARE(button(u"package-add"_s)->text(), u"Add spoon"_s);
        QVERIFY(!QFile::exists(in("package.json")));
        clickSettled(u"package-add"_s);
        QVERIFY(becomes(Form::Added));
        QVERIFY(QFile::exists(in("node_modules/spoon/index.js")));
    }

    void whatComesByItselfTakesNoClickThatWasMeantForSomethingElse()
    {
        openProgram("require('spoon');\n");
        press(Qt::Key_F5);
        QVERIFY(ended());
        bar().offer(u"menu.js asks for the package spoon, which is not installed."_s, u"spoon"_s); // this moment
        QTest::mouseClick(button(u"package-add"_s), Qt::LeftButton);
        QCOMPARE(bar().form(), Form::Offering);
        clickSettled(u"package-add"_s); // the control
        QVERIFY(becomes(Form::Added));
    }

    void oneOfNodesModulesThatIsMisspelledIsNotOffered_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("a module of Node's") << QByteArray("require('htpp');\n");
        QTest::newRow("a file") << QByteArray("require('./spoon');\n");
        QTest::newRow("no name of a package") << QByteArray("require('Spoon Of Mine');\n");
        QTest::newRow("one that is looked for and caught") << QByteArray("try { require('spoon'); } catch {}\n");
        QTest::newRow("an error of the program's") << QByteArray("throw new Error(\"Can't find module 'spoon'\");\n");
    }
    void oneOfNodesModulesThatIsMisspelledIsNotOffered()
    {
        QFETCH(QByteArray, code);
        openProgram(code);
        press(Qt::Key_F5);
        QVERIFY(ended());
        QVERIFY(bar().isHidden());
    }

    void whatFailsHasASentenceAndCanBeTriedAgain()
    {
        openProgram("1;\n");
        ask(u"spork"_s);
        QVERIFY(becomes(Form::Failed));
        QCOMPARE(told(),
            u"There is no package spork in the registry. Check how it is spelled. Nothing has changed in ~/play."_s);
        clickSettled(u"package-again"_s);
        QCOMPARE(bar().form(), Form::Asking);
        QCOMPARE(name()->text(), u"spork"_s); // to be mended
        QVERIFY(name()->hasFocus());
        QTest::keyClick(name(), Qt::Key_Escape);
        QVERIFY(bar().isHidden());
        QVERIFY(m_window->editor().isAncestorOf(QApplication::focusWidget()));
    }

    void stopPutsBackWhatWasThere()
    {
        openProgram("1;\n");
        const QStringList before = everything();
        ask(u"half"_s);
        QVERIFY(m_registry->wasAskedFor(u"slow/-/1.0.0"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!bar().progress().isEmpty(), kLong); // npm's own words
        QTest::mouseClick(button(u"package-stop"_s), Qt::LeftButton);
        QVERIFY(becomes(Form::Failed));
        QCOMPARE(told(), u"You stopped it. Nothing has changed in ~/play."_s);
        QCOMPARE(everything(), before);
    }

    void installScriptsRunWhereTheLearnerSaysSo()
    {
        openProgram("1;\n");
        ask(u"oven"_s);
        QVERIFY(becomes(Form::Added));
        QVERIFY2(told().contains(u"The install scripts of oven did not run"_s), qPrintable(told()));
        QVERIFY(!QFile::exists(in("node_modules/oven/baked")));
        clickSettled(u"package-scripts"_s);
        QVERIFY(becomes(Form::Working) && becomes(Form::Added));
        QVERIFY(QFile::exists(in("node_modules/oven/baked")));
        QVERIFY(button(u"package-scripts"_s)->isHidden());
    }

    void theBarMovesNothingAndNothingOfItIsCut()
    {
        openProgram("1;\n");
        const QRect code = onWindow(m_window->editor().codeArea());
        m_window->action(u"add-package"_s)->trigger();
        QVERIFY(name()->hasFocus());
        QCOMPARE(name()->accessibleName(), u"Name of the package"_s);
        QCOMPARE(onWindow(m_window->editor().codeArea()), code);
        QCOMPARE(onWindow(bar()).topLeft(), code.topLeft());
        for (const QWidget* const part : bar().findChildren<QWidget*>(Qt::FindDirectChildrenOnly)) {
            if (!part->isHidden())
                QVERIFY2(bar().rect().contains(part->geometry()), qPrintable(part->objectName()));
        }
        QVERIFY(!button(u"package-add"_s)->isEnabled()); // there is no name yet
    }

    void byKeysAloneOneComesToEveryButton()
    {
        openProgram("1;\n");
        m_window->action(u"add-package"_s)->trigger();
        QTest::keyClicks(name(), u"spoon"_s);
        press(Qt::Key_Tab);
        QVERIFY(button(u"package-add"_s)->hasFocus());
        press(Qt::Key_Tab);
        QVERIFY(button(u"package-close"_s)->hasFocus());
        press(Qt::Key_Backtab, Qt::ShiftModifier);
        press(Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(name()->hasFocus());
        press(Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
        QVERIFY(becomes(Form::Added));
        QVERIFY(button(u"package-run"_s)->hasFocus());
        press(Qt::Key_Tab);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(bar().isHidden());
        QVERIFY(m_window->editor().isAncestorOf(QApplication::focusWidget()));
    }

private:
    [[nodiscard]] PackageBar& bar() { return m_window->packageBar(); }
    [[nodiscard]] QAbstractButton* button(const QString& name) { return bar().findChild<QAbstractButton*>(name); }
    [[nodiscard]] QLineEdit* name() { return bar().findChild<QLineEdit*>(u"package-name"_s); }
    [[nodiscard]] QString told()
    {
        return bar().text().replace(QString::fromStdString(m_home->path().string()), u"~"_s);
    }
    [[nodiscard]] bool becomes(Form form)
    {
        return QTest::qWaitFor([&] { return !bar().isHidden() && bar().form() == form; }, kLong);
    }
    [[nodiscard]] QRect onWindow(QWidget& widget)
    {
        return {widget.mapTo(m_window.get(), QPoint(0, 0)), widget.size()};
    }
    void openProgram(const QByteArray& code)
    {
        QVERIFY(m_window->open(QString::fromStdString(app::HomeFolder::put(play() / "menu.js", code).string())));
        m_window->editor().setFocus();
    }
    void ask(const QString& package)
    {
        m_window->action(u"add-package"_s)->trigger();
        QCOMPARE(bar().form(), Form::Asking);
        QTest::keyClicks(name(), package);
        QTest::keyClick(name(), Qt::Key_Return);
        QCOMPARE(bar().form(), Form::Working);
    }
    // As soon as it takes clicks.
    void clickSettled(const QString& name)
    {
        const Form before = bar().form();
        QVERIFY(QTest::qWaitFor(
            [&] {
                if (!bar().isHidden() && bar().form() == before)
                    QTest::mouseClick(button(name), Qt::LeftButton);
                return bar().isHidden() || bar().form() != before;
            },
            kLong));
    }
};

QTEST_MAIN(TestWindowPackages)
#include "tst_window_packages.moc"
