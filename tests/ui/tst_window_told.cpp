// What the window tells, and that nothing moves by it: notices, what an example shows, whose tab is whose, and what is
// wrong with a program that Node can't read.
#include "editor/noticebar.h"
#include "panels/ordercard.h"
#include "stage/picture.h"
#include "theme/fonts.h"
#include "timeline/timelineview.h"
#include "window/windownotice.h"
#include "windowdriver.h"
#include "workspace/examples.h"

#include <QLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QVBoxLayout>

#include <algorithm>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestWindowTold : public QObject, private WindowDriver {
    Q_OBJECT

    QString file(const QString& name, const QByteArray& bytes = {})
    {
        const QString path = m_folder->filePath(u"work/"_s + name);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile out(path);
        if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
            qFatal("no file");
        return path;
    }
    // Where everything stands that one may be reading.
    [[nodiscard]] QList<QRect> places()
    {
        QList<QRect> all;
        for (QWidget* const widget :
            {static_cast<QWidget*>(&m_window->editor()), static_cast<QWidget*>(m_window->editor().editor()),
                static_cast<QWidget*>(&m_window->console()), static_cast<QWidget*>(&m_window->stage()),
                static_cast<QWidget*>(&m_window->timeline()), static_cast<QWidget*>(&m_window->card())})
            all += QRect(widget->mapTo(m_window.get(), QPoint(0, 0)), widget->size());
        return all;
    }
    void settle()
    {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QCoreApplication::processEvents();
    }
    [[nodiscard]] QString tabText(int tab) { return m_window->editor().tabBar().tabText(tab); }
    [[nodiscard]] bool cardSays(const QString& text)
    {
        return QTest::qWaitFor([&] { return m_window->card().asText().contains(text); }, kLong);
    }

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    // --- notices ---

    void aNoticeIsSetAsTheWindowIs()
    {
        Settings settings = m_window->settings();
        settings.scheme = SchemeChoice::Dark;
        settings.zoom = 1.5;
        m_window->setSettings(settings);
        QVERIFY(!m_window->open(u"/nowhere/none.js"_s));
        const auto* const words = m_window->findChild<WindowNotice*>()->findChild<QLabel*>();
        const Theme theme(Scheme::Dark, 1.5);
        const QFont font = uiFont(theme, TypeSize::Label);
        QTRY_COMPARE(words->font().families(), font.families());
        QTRY_COMPARE(words->font().pixelSize(), font.pixelSize());
        QTRY_COMPARE(words->palette().color(QPalette::WindowText), theme.text());
    }

    void aNoticeMovesNothingAndEscapeClosesIt()
    {
        QVERIFY(m_window->editor().open(file(u"soup.js"_s, "1\n")));
        settle();
        const QList<QRect> before = places();
        QVERIFY(!m_window->open(u"/nowhere/none.js"_s));
        settle();
        QVERIFY(m_window->notice().contains(u"/nowhere/none.js"_s));
        QCOMPARE(places(), before);
        // It lies over the first lines of the code, as wide as that, and nothing of it is cut.
        auto* const notice = m_window->findChild<WindowNotice*>();
        const QWidget& code = m_window->editor().codeArea();
        QCOMPARE(notice->mapTo(m_window.get(), QPoint(0, 0)), code.mapTo(m_window.get(), QPoint(0, 0)));
        QCOMPARE(notice->width(), code.width());
        const auto* const words = notice->findChild<QLabel*>();
        QVERIFY(words->height() >= words->heightForWidth(words->width()));
        m_window->resize(1300, 880);
        QVERIFY(QTest::qWaitFor([&] { return notice->width() == code.width(); }, kLong));
        QTest::keyClick(m_window->editor().editor(), Qt::Key_Escape);
        QVERIFY(m_window->notice().isEmpty());
    }

    void aNoticeAboutAFileLiesOverItsCodeToo()
    {
        const QString path = file(u"soup.js"_s, "1\n");
        QVERIFY(m_window->editor().open(path));
        QTest::keyClicks(m_window->editor().editor(), u"// mine"_s);
        settle();
        const QList<QRect> before = places();
        file(u"soup.js"_s, "another program wrote this\n");
        QVERIFY(
            QTest::qWaitFor([&] { return m_window->editor().notice().contains(u"Another program changed"_s); }, kLong));
        settle();
        QCOMPARE(places(), before);
        const auto bars = m_window->editor().codeArea().findChildren<NoticeBar*>();
        const auto shown = std::ranges::find_if(bars, [](const NoticeBar* bar) { return bar->isVisible(); });
        QVERIFY(shown != bars.end());
        QCOMPARE((*shown)->width(), m_window->editor().editor()->width());
        QVERIFY((*shown)->height() >= (*shown)->layout()->totalHeightForWidth((*shown)->width()));
        QTest::keyClick(m_window->editor().editor(), Qt::Key_Escape);
        QVERIFY(m_window->editor().notice().isEmpty());
        QCOMPARE(places(), before);
        // Nothing was decided by that: to run would write over the other one, so it asks again.
        press(Qt::Key_F5);
        QVERIFY(!session().isRunning());
        QVERIFY(!m_window->editor().notice().isEmpty());
    }

    void aNoticeThatTakesAnothersPlaceHasRoomForItsButtons()
    {
        QWidget page;
        auto* const column = new QVBoxLayout(&page);
        auto* const code = new QPlainTextEdit(&page);
        column->addWidget(code);
        NoticeBar bar(&page);
        bar.lieOver(*code);
        page.resize(400, 300);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        bar.tell(u"One."_s);
        QCoreApplication::processEvents();
        bar.tell(u"One sentence comes after the other. "_s.repeated(4), {{u"Save as…"_s, {}}, {u"Close it"_s, {}}});
        QCoreApplication::processEvents();
        QVERIFY2(bar.height() >= bar.layout()->totalHeightForWidth(bar.width()),
            qPrintable(u"%1 of %2"_s.arg(bar.height()).arg(bar.layout()->totalHeightForWidth(bar.width()))));
        for (const QPushButton* const button : bar.findChildren<QPushButton*>())
            QVERIFY(button->height() >= button->sizeHint().height());
    }

    // --- what an example shows ---

    void whatAnExampleShowsStandsAboveTheTabsWhileItIsOpen()
    {
        const app::Example& cooks = app::examples().at(3);
        auto* const entry = m_window->menuBar()->findChild<QAction*>(cooks.slug); // of the menu Examples
        QVERIFY(entry);
        entry->trigger();
        QCOMPARE(m_window->editor().exampleText(), cooks.title + u": "_s + cooks.sentence);
        const QString path = m_window->editor().currentPath();
        press(Qt::Key_F5);
        QVERIFY(ended());
        QCOMPARE(m_window->editor().exampleText(), cooks.title + u": "_s + cooks.sentence);
        QVERIFY(m_window->editor().open(file(u"own.js"_s, "1\n")));
        QVERIFY(m_window->editor().exampleText().isEmpty());
        QVERIFY(m_window->editor().open(path));
        auto* const close = named<QToolButton>(&m_window->editor(), u"Close what this example shows"_s);
        QVERIFY(close && close->isVisible());
        QVERIFY((close->focusPolicy() & Qt::TabFocus) != 0);
        QTest::mouseClick(close, Qt::LeftButton);
        QVERIFY(m_window->editor().exampleText().isEmpty());
        QVERIFY(m_window->editor().open(m_folder->filePath(u"work/own.js"_s)));
        QVERIFY(m_window->editor().open(path));
        QVERIFY(m_window->editor().exampleText().isEmpty()); // closed is closed
        m_window->editor().openExample(cooks);
        QVERIFY(!m_window->editor().exampleText().isEmpty()); // and comes back with the example
    }

    void inALowWindowAnExampleShowsItsTitleOnly()
    {
        const app::Example& cooks = app::examples().at(3);
        m_window->editor().openExample(cooks);
        m_window->resize(1000, 480);
        QVERIFY(QTest::qWaitFor([&] { return m_window->editor().exampleText() == cooks.title; }, kLong));
        m_window->resize(1440, 900);
        QVERIFY(QTest::qWaitFor(
            [&] { return m_window->editor().exampleText() == cooks.title + u": "_s + cooks.sentence; }, kLong));
    }

    void whatAnExampleShowsIsThereAfterARestartOfTheWindowToo()
    {
        const app::Example& cooks = app::examples().at(3);
        m_window->editor().openExample(cooks);
        m_window->close();
        openAgain();
        QCOMPARE(m_window->editor().exampleText(), cooks.title + u": "_s + cooks.sentence);
    }

    // --- names of tabs ---

    void equalNamesOfTabsGetTheirFolder()
    {
        const QString lib = file(u"lib/index.js"_s, "1\n");
        const QString src = file(u"src/index.js"_s, "2\n");
        QVERIFY(m_window->editor().open(lib));
        const int tab = m_window->editor().tabBar().currentIndex();
        QCOMPARE(tabText(tab), u"index.js"_s);
        QVERIFY(m_window->editor().open(src));
        QCOMPARE(tabText(tab), u"index.js lib"_s);
        QCOMPARE(tabText(tab + 1), u"index.js src"_s);
        QVERIFY2(m_window->windowTitle().startsWith(u"index.js src[*]"_s), qPrintable(m_window->windowTitle()));
        QVERIFY(named<QToolButton>(&m_window->editor(), u"Close index.js lib"_s));
        QTest::keyClicks(m_window->editor().editor(), u"//"_s);
        QCOMPARE(tabText(tab + 1), u"index.js src"_s);
        press(Qt::Key_F5);
        QVERIFY2(m_window->statusShown() == u"Saved index.js src"_s, qPrintable(m_window->statusShown()));
        QVERIFY(ended());
        QVERIFY(m_window->editor().open(lib));
        press(Qt::Key_F5);
        QVERIFY(ended());
        const QStringList runs = recentRuns();
        QVERIFY2(!runs.filter(u"index.js lib: ended after"_s).isEmpty(), qPrintable(runs.join(u'\n')));
        QVERIFY2(!runs.filter(u"index.js src: ended after"_s).isEmpty(), qPrintable(runs.join(u'\n')));
        QVERIFY(m_window->editor().open(src));
        // One is enough to tell which: once the other one is closed, the name alone.
        press(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(tabText(tab), u"index.js"_s);
        QVERIFY(m_window->windowTitle().startsWith(u"index.js[*]"_s));
    }

    // --- what can't be read or found ---

    void whatIsWrongWithAProgramsTextIsToldWithItsPlace_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QStringList>("says");
        QTest::addColumn<QString>("place"); // "soup.js:2"
        QTest::newRow("the main file") << u"soup.js"_s << QByteArray("console.log('a')\nlet a = ;\n")
                                       << QStringList {u"Not readable"_s,
                                              u"Node can't read soup.js, so nothing of it ran. ; can't stand here."_s,
                                              u"Mend line 2 of soup.js, then run again."_s}
                                       << u"soup.js:2"_s;
        QTest::newRow("one that it requires")
            << u"main.js"_s << QByteArray("console.log('a')\nrequire('./broken.js')\n")
            << QStringList {u"Node can't read broken.js"_s, u"A name can't begin with a digit"_s} << u"broken.js:1"_s;
        QTest::newRow("one that it imports")
            << u"main.mjs"_s << QByteArray("import './broken.mjs'\n")
            << QStringList {u"Node can't read broken.mjs"_s, u"ends too early"_s} << u"broken.mjs:"_s;
        QTest::newRow("an export that is not there")
            << u"main.mjs"_s << QByteArray("import { tea } from './fine.mjs'\n")
            << QStringList {u"./fine.mjs exports nothing of the name tea."_s} << u"main.mjs:1"_s;
        QTest::newRow("import in CommonJS")
            << u"main.cjs"_s << QByteArray("import fs from 'fs'\n")
            << QStringList {u"import works in modules only, and this file is not one."_s} << u"main.cjs:1"_s;
        QTest::newRow("require in a module")
            << u"main.mjs"_s << QByteArray("const fs = require('fs')\n")
            << QStringList {u"main.mjs is a module, and modules have no require."_s, u"call the file .cjs"_s}
            << u"main.mjs:1"_s;
        QTest::newRow("a file that is not there")
            << u"main.js"_s << QByteArray("\nrequire('./nope')\n")
            << QStringList {u"Not found"_s, u"main.js asks for ./nope, and there is no such file."_s,
                   u"./ means the folder of main.js."_s}
            << u"main.js:2"_s;
        QTest::newRow("one that is imported without its ending")
            << u"main.mjs"_s << QByteArray("\nimport './fine'\n")
            << QStringList {u"main.mjs asks for fine, and there is no such file."_s, u"write fine.js"_s}
            << u"main.mjs:2"_s;
        QTest::newRow("a package") << u"main.js"_s << QByteArray("require('expresso')\n")
                                   << QStringList {u"main.js asks for the package expresso, which is not installed."_s,
                                          u"Add it to the program's folder: bistro add expresso"_s}
                                   << u"main.js:1"_s;
        QTest::newRow("a package that is imported")
            << u"main.mjs"_s << QByteArray("import x from 'expresso'\n")
            << QStringList {u"main.mjs asks for the package expresso, which is not installed."_s} << u"main.mjs:1"_s;
        QTest::newRow("a broken JSON file")
            << u"main.js"_s << QByteArray("\nrequire('./broken.json')\n")
            << QStringList {u"broken.json is not valid JSON. A property's name needs double quotes there."_s,
                   u"Open broken.json and look near its letter 13."_s}
            << u"main.js:2"_s;
    }
    void whatIsWrongWithAProgramsTextIsToldWithItsPlace()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, code);
        QFETCH(QStringList, says);
        QFETCH(QString, place);
        file(u"broken.js"_s, "let 1a = 2\n");
        file(u"broken.mjs"_s, "export const a =\n");
        file(u"broken.json"_s, "{ \"a\": 1,\n  b: 2 }\n");
        file(u"fine.mjs"_s, "export const soup = 1\n");
        QVERIFY(m_window->editor().open(file(name, code)));
        press(Qt::Key_F5);
        QVERIFY(ended());
        for (const QString& each : std::as_const(says))
            QVERIFY2(cardSays(each), qPrintable(m_window->card().asText() + u"\nlacks: "_s + each));
        QVERIFY2(cardSays(place), qPrintable(m_window->card().asText()));
        QVERIFY(!m_window->card().asText().contains(u"Catch it where it happens"_s));
    }

    void anErrorThatAProgramThrowsIsStillToldToBeCaught_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("an error") << QByteArray("throw new Error('spilt')\n");
        QTest::newRow("text that it parses") << QByteArray("JSON.parse('{')\n");
        QTest::newRow("code that it makes") << QByteArray("new Function('let a = ;')\n");
        QTest::newRow("a SyntaxError of its own") << QByteArray("throw new SyntaxError('no soup')\n");
    }
    void anErrorThatAProgramThrowsIsStillToldToBeCaught()
    {
        QFETCH(QByteArray, code);
        QVERIFY(m_window->editor().open(file(u"soup.js"_s, code)));
        press(Qt::Key_F5);
        QVERIFY(ended());
        QVERIFY2(cardSays(u"Catch it where it happens"_s), qPrintable(m_window->card().asText()));
    }
};

QTEST_MAIN(TestWindowTold)
#include "tst_window_told.moc"
