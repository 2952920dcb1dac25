// What a row of the console shows, and what hands and keys do with it: as people who know a terminal expect it.
#include "console/consolelinks.h"
#include "console/consolemodel.h"
#include "console/consoleview.h"

#include <QAccessible>
#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kOut = trace::Stream::Output;
constexpr auto kErr = trace::Stream::Error;

double luminance(const QColor& color)
{
    const auto linear = [](double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

// Of what stands out most in that part of the picture, from what most of it is.
double contrast(const QImage& picture)
{
    std::map<QRgb, int> colors;
    for (int y = 0; y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            ++colors[picture.pixel(x, y)];
    }
    const auto ground = std::ranges::max_element(colors, {}, [](const auto& color) { return color.second; });
    const double base = luminance(ground->first);
    double most = 1;
    for (const auto& [color, count] : colors) {
        const double own = luminance(color);
        most = std::max(most, (std::max(own, base) + 0.05) / (std::min(own, base) + 0.05));
    }
    return most;
}

} // namespace

class TestConsoleRows : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("XDG_STATE_HOME", m_folder.filePath(u"state"_s).toUtf8()); }
    void init()
    {
        m_model = std::make_unique<ConsoleModel>();
        m_view = std::make_unique<ConsoleView>();
        m_view->setTheme(Theme(Scheme::Light));
        m_view->setModel(m_model.get());
        m_view->resize(700, 400);
        m_view->show();
        m_view->activateWindow();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->setFocus();
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void linksLeadToAnyPath_data()
    {
        QTest::addColumn<QByteArray>("row");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("linked");
        QTest::newRow("a frame") << QByteArray("    at greet (/home/ada/a.js:3:7)") << u"/home/ada/a.js"_s
                                 << u"/home/ada/a.js:3:7"_s;
        QTest::newRow("a folder with a blank") << QByteArray("    at greet (/home/ada/my kitchen/a.js:3:7)")
                                               << u"/home/ada/my kitchen/a.js"_s << u"/home/ada/my kitchen/a.js:3:7"_s;
        QTest::newRow("an apostrophe, no function")
            << QByteArray("    at /home/ada's (old)/a b.js:3:7") << u"/home/ada's (old)/a b.js"_s
            << u"/home/ada's (old)/a b.js:3:7"_s;
        QTest::newRow("brackets") << QByteArray("    at async Object.<anonymous> (/tmp/a (1)/[b] {c}/d.mjs:3:7)")
                                  << u"/tmp/a (1)/[b] {c}/d.mjs"_s << u"/tmp/a (1)/[b] {c}/d.mjs:3:7"_s;
        QTest::newRow("async without a function")
            << QByteArray("    at async /tmp/x y/d.mjs:3:7") << u"/tmp/x y/d.mjs"_s << u"/tmp/x y/d.mjs:3:7"_s;
        QTest::newRow("an address") << QByteArray("    at async greet (file:///tmp/lib%20%C3%B6/a.mjs:3:7)")
                                    << u"/tmp/lib ö/a.mjs"_s << u"file:///tmp/lib ö/a.mjs:3:7"_s;
        QTest::newRow("an address alone") << QByteArray("    at file:///tmp/100%25/a.mjs:3:7") << u"/tmp/100%/a.mjs"_s
                                          << u"file:///tmp/100%/a.mjs:3:7"_s;
        QTest::newRow("an error with more to it")
            << QByteArray("    at greet (/tmp/x y/a.js:3:7) {") << u"/tmp/x y/a.js"_s << u"/tmp/x y/a.js:3:7"_s;
        QTest::newRow("code of eval's") << QByteArray(
            "    at eval (eval at greet (/tmp/x y/a.js:3:7), <anonymous>:1:1)")
                                        << u"/tmp/x y/a.js"_s << u"/tmp/x y/a.js:3:7"_s;
        QTest::newRow("a program without a file") << QByteArray("    at [eval]:3:7") << u"[eval]"_s << u"[eval]:3:7"_s;
        QTest::newRow("the heading") << QByteArray("/home/ada/my kitchen/a.js:3") << u"/home/ada/my kitchen/a.js"_s
                                     << u"/home/ada/my kitchen/a.js:3"_s;
        QTest::newRow("relative") << QByteArray("see ./lib/a.js:3:7, please") << u"./lib/a.js"_s << u"./lib/a.js:3:7"_s;
        QTest::newRow("a name alone") << QByteArray("a.js:3:7 is wrong") << u"a.js"_s << u"a.js:3:7"_s;
        QTest::newRow("Node's own") << QByteArray("    at Module.load (node:internal/modules/cjs/loader:3:7)")
                                    << QString() << QString();
        QTest::newRow("Node's own, no function")
            << QByteArray("    at node:internal/main/run_main_module:3:7") << QString() << QString();
    }

    void linksLeadToAnyPath()
    {
        QFETCH(QByteArray, row);
        QFETCH(QString, file);
        QFETCH(QString, linked);
        const ConsoleText text = decodeLine(row);
        const auto links = linksIn(text);
        QCOMPARE(links.size(), file.isEmpty() ? 0u : 1u);
        if (file.isEmpty())
            return;
        QCOMPARE(links[0].file, file);
        QCOMPARE(links[0].line, 3);
        QCOMPARE(text.plain().mid(links[0].from, links[0].to - links[0].from), linked);
        // By a click into its end, in the widget.
        m_view->resize(1'200, 400);
        print(kErr, row + '\n');
        QSignalSpy activated(m_view.get(), &ConsoleView::linkActivated);
        const double cell = QFontMetricsF(m_view->font()).horizontalAdvance(u'0');
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {},
            {36 + static_cast<int>(cell * (static_cast<double>(links[0].to) - 0.5)), m_view->rectOf(0).center().y()});
        QCOMPARE(activated.size(), 1);
        QCOMPARE(activated.last().first().toString(), file);
        // What is copied is what was printed.
        m_view->selectAll();
        QCOMPARE(m_view->selectedText(), QString::fromUtf8(row));
    }

    void aRowThatIsWrittenOverShowsWhatATerminalShows()
    {
        print(kOut, "\rload 1\rload 2");
        print(kOut, "\rload 30\rdone\x1b[K\nnext\n");
        QCOMPARE(shown(), (QStringList {u"done"_s, u"next"_s}));
        const int last = m_view->rowAt({60, 4});
        QCOMPARE(m_view->countOf(last), u"×3"_s);
        QCOMPARE(m_view->rectOf(last).height(), m_view->rectOf(last + 1).height());
        // Enter opens what was there before.
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(m_view->currentRow(), last);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(shown(), (QStringList {u"load 1"_s, u"load 2"_s, u"load 30"_s, u"done"_s, u"next"_s}));
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QCOMPARE(shown(), (QStringList {u"done"_s, u"next"_s}));
        // So does a click on the count.
        const QRect row = m_view->rectOf(last);
        for (int x = m_view->viewport()->width() - 1; x > 36 && shown().size() == 2; x -= 6) {
            QTest::mouseMove(m_view->viewport(), {x, row.center().y()});
            if (m_view->viewport()->cursor().shape() == Qt::PointingHandCursor)
                QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, {x, row.center().y()});
        }
        QCOMPARE(shown().size(), 5);
    }

    void whatARowIsWrittenOverWithLeavesTheRest()
    {
        print(kOut, "abcdef\rxy\n");
        QCOMPARE(shown(), QStringList {u"xycdef"_s});
        print(kOut, "one\r\ntwo\r\r\n"); // as Windows ends lines
        QCOMPARE(shown(), (QStringList {u"xycdef"_s, u"one"_s, u"two"_s}));
        print(kOut, "half");
        print(kOut, "\r");
        print(kOut, "\nfull\n");
        QCOMPARE(shown().mid(3), (QStringList {u"half"_s, u"full"_s}));
        print(kErr, "\x1b[2K\x1b[1G1 of 2\x1b[2K\x1b[1G2 of 2\n"); // as Node's readline writes
        QCOMPARE(shown().mid(5), QStringList {u"2 of 2"_s});
    }

    void eachStateOfARowHasItsMoment()
    {
        m_model->receive(kOut, "1 %\r2 %\r3 %\n");
        m_model->printed(kOut, 4, "1 %\r", 10);
        m_model->printed(kOut, 4, "2 %\r", 20);
        m_model->printed(kOut, 4, "3 %\n", 30);
        m_model->settle();
        QCOMPARE(m_model->rowCount(), 3);
        for (int row = 0; row < 3; ++row)
            QCOMPARE(m_model->line(row).event, static_cast<app::Index>(10 * (row + 1)));
    }

    void whatIsCopiedIsWhatWasPrinted()
    {
        const QByteArray text
            = "a\tb\xC2\xA0"
              "c\n\x1b[31mred\x1b[0m\n\xE2\x80\xAE turned\n\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8D\xB3 "
              "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\nbell\a\n";
        print(kOut, text);
        QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(m_view.get(), Qt::Key_C, Qt::ControlModifier);
        QByteArray wanted = text.chopped(1);
        wanted.replace("\x1b[31m", "").replace("\x1b[0m", "");
        QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), wanted);
        QGuiApplication::clipboard()->clear();
    }

    void wordsAreKeptWholeWhereARowWraps()
    {
        const double cell = QFontMetricsF(m_view->font()).horizontalAdvance(u'0');
        print(kOut, "x\n");
        int columns = 0; // of a text line
        while (m_view->rectOf(m_model->rowCount() - 1).height() == m_view->rectOf(0).height())
            print(kOut, QByteArray(++columns, 'x') + '\n');
        --columns;
        QByteArray text(columns - 5, 'a');
        print(kOut, text + " dessert, please\n"); // "dessert," does not fit
        const QRect row = m_view->rectOf(m_model->rowCount() - 1);
        QCOMPARE(row.height(), 2 * m_view->rectOf(0).height());
        // A double click at the second text line's beginning takes the word.
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {},
            {36 + static_cast<int>(cell * 1.5), row.top() + row.height() * 3 / 4});
        QCOMPARE(m_view->selectedText(), u"dessert"_s);
        print(kOut, QByteArray(columns + 1, 'b') + '\n'); // a word that is longer than the row
        QCOMPARE(m_view->rectOf(m_model->rowCount() - 1).height(), 2 * m_view->rectOf(0).height());
    }

    void nodesOwnFramesStandFoldedInARow()
    {
        const QByteArray stack
            = "Error: boom\n    at serve (/tmp/a.js:1:7)\n    at Module._compile "
              "(node:internal/modules/cjs/loader:1554:14)\n    at node:internal/main:28:49\n    at run "
              "(/tmp/node_modules/x/i.js:3:4)\n\nNode.js v20\n";
        print(kErr, stack);
        QCOMPARE(shown(),
            (QStringList {u"Error: boom"_s, u"    at serve (/tmp/a.js:1:7)"_s,
                u"    … 3 frames inside Node and packages"_s, QString(), u"Node.js v20"_s}));
        m_view->selectAll();
        QCOMPARE(m_view->selectedText().toUtf8(), stack.chopped(1));
        // By key, and by a click.
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QTest::keyClick(m_view.get(), Qt::Key_Down);
        QTest::keyClick(m_view.get(), Qt::Key_Return);
        QCOMPARE(shown().size(), 7);
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        QCOMPARE(shown().size(), 5);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, m_view->rectOf(2).center());
        QCOMPARE(shown().size(), 7);
        QTest::keyClick(m_view.get(), Qt::Key_Left);
        // What is looked for within is shown.
        QSignalSpy found(m_view.get(), &ConsoleView::found);
        m_view->find(u"main:28"_s, false, ConsoleView::Direction::Forward);
        QVERIFY(found.wait());
        QCOMPARE(shown().size(), 7);
    }

    void textFromTheRightIsSelectedAsItIsSeen()
    {
        if (!QFontDatabase::families(QFontDatabase::Hebrew).size())
            QSKIP("no font has Hebrew letters");
        print(kOut, "\xD7\x90\xD7\x91\xD7\x92 abc\n"); // alef, bet, gimel
        const ConsoleText text = m_model->textOf(0);
        QVERIFY(text.shaped);
        const RowLayout layout(text, {.font = m_view->font(), .cell = 8, .columns = 60, .line = 24});
        const auto first = layout.rectsOf(0, 1);
        const auto third = layout.rectsOf(2, 3);
        QCOMPARE(first.size(), 1u);
        QCOMPARE(third.size(), 1u);
        QVERIFY2(first[0].left() >= third[0].right() - 1, "alef stands right of gimel");
        QCOMPARE(layout.rectsOf(0, 3).size(), 1u);
        QVERIFY(layout.rectsOf(1, 6).size() >= 2); // from one direction into the other
        QCOMPARE(layout.letterAt(0, first[0].center().x()), 0);
    }

    void whatComesLaterCanBeRead_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<bool>("error");
        QTest::newRow("light") << false << false;
        QTest::newRow("light, an error") << false << true;
        QTest::newRow("dark") << true << false;
        QTest::newRow("dark, an error") << true << true;
    }

    void whatComesLaterCanBeRead()
    {
        QFETCH(bool, dark);
        QFETCH(bool, error);
        m_view->setTheme(Theme(dark ? Scheme::Dark : Scheme::Light, 2));
        m_view->resize(1'000, 400);
        m_view->setMoments([](app::Index event) {
            return ConsoleView::Moment {.meaning = Meaning::Timer, .time = event * 1'000'000ull};
        });
        const auto stream = error ? kErr : kOut;
        m_model->receive(stream, "WWWW\nWWWW\n");
        m_model->printed(stream, 5, "WWWW\n", 10);
        m_model->printed(stream, 5, "WWWW\n", 20);
        m_model->settle();
        m_view->setPlayhead(15);
        QVERIFY(m_view->isFuture(1) && !m_view->isFuture(0));
        m_view->clearFocus();
        const QImage picture = m_view->viewport()->grab().toImage();
        for (int row = 0; row < 2; ++row) {
            const QRect rect = m_view->rectOf(row).adjusted(0, 2, 0, -2);
            const QRect text(80, rect.top(), 200, rect.height());
            const QRect time(rect.right() - 160, rect.top(), 150, rect.height());
            QVERIFY2(contrast(picture.copy(text)) >= 4.5, qPrintable(QString::number(contrast(picture.copy(text)))));
            QVERIFY2(contrast(picture.copy(time)) >= 4.5, qPrintable(QString::number(contrast(picture.copy(time)))));
        }
        // Told by more than a color: the mark is hollow.
        const auto middle = [&](int row) { return picture.pixelColor(40, m_view->rectOf(row).center().y()); };
        QVERIFY(luminance(middle(0)) != luminance(middle(1)));
        QVERIFY(m_view->nameOf(1).contains(u"after this moment"_s));
    }

    void aScreenReaderIsToldEachRow()
    {
        m_view->setMoments([](app::Index event) {
            return ConsoleView::Moment {.meaning = Meaning::Timer, .time = event * 1'000'000ull};
        });
        m_model->receive(kOut, "soup\n");
        m_model->printed(kOut, 5, "soup\n", 12);
        m_model->settle();
        print(kErr, "burnt\n");
        m_model->typed("Ada\n", {}, 30'000'000);
        m_model->settle();
        QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(m_view.get());
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), 3);
        const auto name = [&](int row) { return list->child(row)->text(QAccessible::Name); };
        QCOMPARE(name(0), u"soup, output, 12 ms"_s);
        QCOMPARE(name(1), u"burnt, error output"_s);
        QCOMPARE(name(2), u"typed: Ada, 30 ms"_s);
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QVERIFY(list->child(0)->state().focused);
        QSignalSpy moments(m_view.get(), &ConsoleView::momentRequested);
        list->child(0)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(moments.size(), 1);
    }

    void onlyErrorsAreShownOnDemand()
    {
        print(kOut, "soup\n");
        print(kErr, "burnt\n");
        print(kOut, "cake\n");
        m_view->setErrorsOnly(true);
        QCOMPARE(shown(), QStringList {u"burnt"_s});
        QTest::keyClick(m_view.get(), Qt::Key_Home);
        QCOMPARE(m_view->currentRow(), 1);
        m_view->setErrorsOnly(false);
        QCOMPARE(shown().size(), 3);
    }

private:
    void print(trace::Stream stream, const QByteArray& bytes)
    {
        m_model->receive(stream, bytes);
        m_model->settle();
    }
    [[nodiscard]] QStringList shown() const
    {
        QStringList rows;
        for (int row = 0; row < m_model->rowCount(); ++row) {
            if (m_view->isShown(row))
                rows.append(m_view->shownText(row).plain());
        }
        return rows;
    }

    QTemporaryDir m_folder;
    std::unique_ptr<ConsoleModel> m_model;
    std::unique_ptr<ConsoleView> m_view;
};

QTEST_MAIN(TestConsoleRows)
#include "tst_consolerows.moc"
