#include "console/ansi.h"
#include "console/consolemodel.h"
#include "console/consoleview.h"
#include "console/rowheights.h"
#include "console/spool.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QRandomGenerator>
#include <QScopeGuard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kOut = trace::Stream::Output;
constexpr auto kErr = trace::Stream::Error;

// Every line as "text", "!text" for error output, with "@event" when it has a moment, ">" when it continues the one
// before.
QString drawn(const ConsoleModel& model)
{
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto line = model.line(row);
        QString text = line.continues ? u">"_s : QString();
        text += line.stream == kErr ? u"!"_s : QString();
        text += model.textOf(row).plain();
        if (line.event != app::kNoEvent)
            text += u'@' + QString::number(line.event);
        lines.append(text);
    }
    return lines.join(u" | "_s);
}

} // namespace

class TestConsole : public QObject {
    Q_OBJECT

private slots:
    void whatTheDiskDoesNotTakeIsKeptInMemory()
    {
        Spool spool;
        QVERIFY(spool.append("soup "));
        rlimit before {};
        getrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit full {.rlim_cur = 8, .rlim_max = before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &full);
        const auto again = qScopeGuard([&] {
            setrlimit(RLIMIT_FSIZE, &before);
            std::signal(SIGXFSZ, SIG_DFL);
        });
        QVERIFY2(spool.append("and bread, "), qPrintable(spool.error())); // three letters of it on disk
        QVERIFY2(spool.append("and tea"), qPrintable(spool.error()));
        const QByteArray all("soup and bread, and tea");
        QCOMPARE(spool.size(), static_cast<std::uint64_t>(all.size()));
        for (qsizetype from = 0; from <= all.size(); ++from) {
            for (const qsizetype most : {1, 3, 7, 100}) {
                QCOMPARE(spool.read(static_cast<std::uint64_t>(from), most),
                    all.sliced(from).first(std::min(most, all.size() - from)));
                QCOMPARE(spool.peek(static_cast<std::uint64_t>(from), most),
                    all.sliced(from).first(std::min(most, all.size() - from)));
            }
        }
        // Not without end.
        QVERIFY(!spool.append(QByteArray(Spool::kInMemory, 'x')));
        QVERIFY2(spool.error().contains(u"from here on"_s), qPrintable(spool.error()));
        QCOMPARE(spool.read(0, 100), all);
    }

    void initTestCase() { qputenv("XDG_STATE_HOME", m_folder.filePath(u"state"_s).toUtf8()); }

    void coloursAreKeptAndOtherSequencesAreShown_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("plain");
        QTest::addColumn<int>("columns");
        QTest::newRow("plain") << QByteArray("soup") << u"soup"_s << 4;
        QTest::newRow("colour") << QByteArray("\x1b[31mred\x1b[0m not") << u"red not"_s << 7;
        QTest::newRow("256 colours and true colour") << QByteArray("\x1b[38;5;208ma\x1b[48;2;1;2;3mb") << u"ab"_s << 2;
        QTest::newRow("clears the screen") << QByteArray("\x1b[2Jgone") << u"␌gone"_s << 5;
        QTest::newRow("sets the title") << QByteArray("\x1b]0;t\x07x") << u"\\x1b]0;t\\ax"_s << 11;
        QTest::newRow("a sequence that does not end") << QByteArray("\x1b[31") << u"\\x1b[31"_s << 7;
        QTest::newRow("nul") << QByteArray("a\0b", 3) << u"a\\x00b"_s << 6;
        QTest::newRow("turns the text around") << QByteArray("a\xE2\x80\xAE"
                                                             "b")
                                               << u"a\\u202eb"_s << 8;
        QTest::newRow("carriage return") << QByteArray("a\rb") << u"b"_s << 1;
        QTest::newRow("tab") << QByteArray("a\tb") << u"a\tb"_s << 9;
        QTest::newRow("backspace") << QByteArray("ab\b\bcd\be") << u"ce"_s << 2;
        QTest::newRow("erases to the end") << QByteArray("soup\x1b[3D\x1b[Kx") << u"sx"_s << 2;
        QTest::newRow("erases all and begins anew") << QByteArray("soup\x1b[2K\x1b[1Gcake") << u"cake"_s << 4;
        QTest::newRow("moves on in the row") << QByteArray("a\x1b[3Cb") << u"a   b"_s << 5;
        QTest::newRow("a letter over half a wide one") << QByteArray("\xE6\x97\xA5\b"
                                                                     "x")
                                                       << u" x"_s << 2;
        QTest::newRow("the cursor goes up") << QByteArray("\x1b[1Aup \x1b[12Aup") << u"↑up ↑12up"_s << 9;
        QTest::newRow("the cursor is hidden") << QByteArray("\x1b[?25lx\x1b[?25h") << u"x"_s << 1;
        QTest::newRow("a link's text") << QByteArray("\x1b]8;;http://x\x1b\\menu\x1b]8;;\x1b\\") << u"menu"_s << 4;
        QTest::newRow("a joined emoji") << QByteArray("a\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8D\xB3.")
                                        << u"a👩\u200d🍳."_s << 4;
        QTest::newRow("a flag and a skin") << QByteArray("🇫🇷👍🏽") << u"🇫🇷👍🏽"_s << 4;
        QTest::newRow("a sign that becomes an emoji") << QByteArray("❤️.") << u"❤\ufe0f."_s << 3;
        QTest::newRow("a joiner that joins nothing") << QByteArray("a\xE2\x80\x8D"
                                                                   "b")
                                                     << u"a\\u200db"_s << 8;
        QTest::newRow("an address") << QByteArray("at file:///a/lib%20%C3%B6.mjs:3:7 50%20")
                                    << u"at file:///a/lib ö.mjs:3:7 50%20"_s << 32;
        QTest::newRow("no UTF-8") << QByteArray("a\xFF\xC3(") << u"a\\xff\\xc3("_s << 10;
        QTest::newRow("overlong") << QByteArray("\xC0\xAF") << u"\\xc0\\xaf"_s << 8;
        QTest::newRow("wide letters") << QByteArray("日本") << u"日本"_s << 4;
        QTest::newRow("accent on the letter before")
            << QByteArray("e\xCC\x81x") << QString::fromUtf8("e\xCC\x81x") << 2;
    }

    void coloursAreKeptAndOtherSequencesAreShown()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, plain);
        QFETCH(int, columns);
        const ConsoleText text = decodeLine(bytes);
        QCOMPARE(text.plain(), plain);
        QCOMPARE(text.columns, columns);
        QCOMPARE(measureLine(bytes).columns, columns);
        QVERIFY(measureLine(bytes).after == text.after);
    }

    void aColourGoesOnInTheNextLineOfItsStream()
    {
        ConsoleModel model;
        model.receive(kOut, "\x1b[32mgreen\nstill\n\x1b[0mnot\n");
        model.receive(kErr, "plain\n");
        model.settle();
        QCOMPARE(model.textOf(0).runs.first().sgr.foreground, 3u);
        QCOMPARE(model.textOf(1).runs.first().sgr.foreground, 3u);
        QVERIFY(model.textOf(2).runs.first().sgr.isDefault());
        QVERIFY(model.textOf(3).runs.first().sgr.isDefault());
    }

    void colouredTextCanBeReadOnBothGrounds()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Theme theme(scheme);
            for (std::uint32_t color = 1; color <= 256; ++color) {
                const auto luminance = [](const QColor& c) {
                    const auto linear = [](double v) {
                        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
                    };
                    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
                };
                const double own = luminance(foregroundOf({.foreground = color}, theme));
                const double ground = luminance(theme.window());
                QVERIFY2((std::max(own, ground) + 0.05) / (std::min(own, ground) + 0.05) >= 4.5,
                    qPrintable(QString::number(color)));
            }
        }
    }

    void linesComeInTheOrderOfTheTraceAcrossStreams()
    {
        ConsoleModel model;
        const QAbstractItemModelTester tester(&model);
        model.setEventsFollow(true);
        model.receive(kOut, "one\nthree\n"); // both pipes were read after all was written
        model.receive(kErr, "two\n");
        model.printed(kOut, 4, "one\n", 10);
        model.printed(kErr, 4, "two\n", 11);
        model.printed(kOut, 6, "three\n", 15);
        QVERIFY(QTest::qWaitFor([&] { return model.rowCount() == 3; }));
        QCOMPARE(drawn(model), u"one@10 | !two@11 | three@15"_s);
        QVERIFY(!model.rowAt(10));
        QCOMPARE(model.rowAt(11), 0);
        QCOMPARE(model.rowAt(15), 1);
        QCOMPARE(model.rowAt(100), 2);
    }

    void whatNoEventClaimsIsShownWithoutAMoment()
    {
        ConsoleModel model;
        const QAbstractItemModelTester tester(&model);
        model.setEventsFollow(true);
        model.receive(kOut, "of a child\nown\n");
        model.printed(kOut, 4, "own\n", 7);
        model.receive(kErr, "crash\n");
        QVERIFY(QTest::qWaitFor([&] { return model.rowCount() == 3; }));
        QCOMPARE(drawn(model), u"of a child | own@7 | !crash"_s);
        QVERIFY(QTest::qWaitFor([&] { return !model.isBusy() || model.rowCount() == 3; }));
    }

    void anEventThatComesLateIsFoundAgain()
    {
        ConsoleModel model;
        const QAbstractItemModelTester tester(&model);
        model.setEventsFollow(true);
        model.receive(kOut, "one\ntwo\n");
        QVERIFY(QTest::qWaitFor([&] { return model.rowCount() == 2; }));
        QCOMPARE(drawn(model), u"one | two"_s);
        model.printed(kOut, 4, "one\n", 3);
        model.printed(kOut, 4, "two\n", 5);
        QVERIFY(QTest::qWaitFor([&] { return drawn(model) == u"one@3 | two@5"_s; }));
    }

    void aLineGrowsUntilItEnds()
    {
        ConsoleModel model;
        const QAbstractItemModelTester tester(&model);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.receive(kOut, "to");
        model.settle();
        QCOMPARE(drawn(model), u"to"_s);
        model.receive(kOut, "ma");
        model.settle();
        model.receive(kErr, "in between\n");
        model.receive(kOut, "to\n\nlast");
        model.settle();
        QCOMPARE(drawn(model), u"tomato |  | last | !in between"_s);
        QCOMPARE(model.columns(0), 6);
        QVERIFY(!changed.isEmpty());
    }

    void clearingKeepsWhatComesLater()
    {
        ConsoleModel model;
        const QAbstractItemModelTester tester(&model);
        model.receive(kOut, "one\ntw");
        model.settle();
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        model.receive(kOut, "o\nthree\n");
        model.settle();
        QCOMPARE(drawn(model), u"o | three"_s);
    }

    // What the window does when a run follows another: what was printed may be gigabytes, and nobody will see it.
    void aRunThatEndsIsForgottenWithoutALookAtWhatItPrinted()
    {
        ConsoleModel model;
        model.setEventsFollow(true);
        QByteArray text;
        for (int i = 0; i < 20'000; ++i)
            text += "progress " + QByteArray::number(10'000 + i) + '\r';
        model.receive(kOut, text);
        for (int i = 0; i < 20'000; ++i)
            model.printed(kOut, 15, std::string_view(text.constData() + i * 15, 15), static_cast<app::Index>(i));
        model.forgetEvents();
        QCOMPARE(model.rowCount(), 0); // not told now, but when there is time
        QCOMPARE(model.bytesRead(), 0u);
        QVERIFY(QTest::qWaitFor([&] { return !model.isBusy(); }));
        QCOMPARE(model.bytesOf(0), "progress 10000");
        QCOMPARE(model.rowCount(), 20'000);
        QCOMPARE(model.overwritten(19'999).count, 19'999);
        model.receive(kOut, text);
        model.forgetEvents();
        model.restart();
        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.bytesPrinted(), 0u);
        QVERIFY(!model.isBusy());
    }

    void clearingLeavesOutWhatIsNotToldYetAndKeepsItsColour()
    {
        ConsoleModel model;
        const QAbstractItemModelTester tester(&model);
        model.receive(kErr, "an open one");
        model.settle();
        const QByteArray waits = QByteArray("line\n").repeated(100'000) + "\x1b[32mgreen\nhalf a";
        model.receive(kOut, waits);
        model.printed(kOut, 5, "line\n", 3);
        const auto read = model.bytesRead();
        model.clear();
        QCOMPARE(model.rowCount(), 0);
        QVERIFY2(model.bytesRead() - read < 1'000, qPrintable(QString::number(model.bytesRead() - read)));
        model.receive(kOut, " line\nnext\n");
        model.printed(kOut, static_cast<std::uint32_t>(waits.size()) - 5 + 6, "line\nline\n", 7);
        model.printed(kOut, 5, "next\n", 9);
        model.receive(kErr, " goes on\n");
        model.settle();
        QCOMPARE(drawn(model), u" line@7 | next@9 | ! goes on"_s);
        QCOMPARE(model.textOf(0).runs.first().sgr.foreground, 3u);
    }

    void eventsThatComeAfterAllLinesFindTheirs()
    {
        ConsoleModel model;
        const QAbstractItemModelTester tester(&model);
        constexpr int lines = 20'000;
        QByteArray out;
        QByteArray errors;
        for (int i = 0; i < lines; ++i)
            (i % 3 == 0 ? errors : out) += QByteArray::number(100'000 + i) + '\n';
        model.receive(kOut, out);
        model.receive(kErr, errors);
        model.settle(); // both streams whole, one behind the other: nothing is known of their order
        QCOMPARE(model.rowCount(), lines);
        for (int i = 0; i < lines; ++i) {
            const QByteArray text = QByteArray::number(100'000 + i) + '\n';
            if (i % 3 != 0 && i % 1'000 != 1)
                model.printed(
                    kOut, 7, std::string_view(out.constData() + out.indexOf(text), 7), static_cast<app::Index>(2 * i));
        }
        model.setEventsFollow(true);
        QVERIFY(QTest::qWaitFor([&] { return !model.isBusy() || model.rowAt(2 * lines).has_value(); }));
        model.settle();
        for (const int i : {2, 4, 10'000, 14'000, 19'999}) {
            const auto row = model.rowAt(static_cast<app::Index>(2 * i + 1));
            QVERIFY(row);
            QCOMPARE(model.textOf(*row).plain(), QString::number(100'000 + i));
            QCOMPARE(model.line(*row).event, static_cast<app::Index>(2 * i));
            QVERIFY(model.rowAt(static_cast<app::Index>(2 * i)) < row);
        }
        QVERIFY(!model.rowAt(2));
    }

    void aLongLineIsToldInPiecesThatLoseNothing()
    {
        ConsoleModel model;
        const QAbstractItemModelTester tester(&model);
        QByteArray line;
        for (int i = 0; line.size() < 100'000; ++i)
            line += i % 7 == 0 ? QByteArray("é")
                : i % 11 == 0  ? QByteArray("\x1b[3") + char('1' + i % 6) + 'm'
                               : QByteArray::number(i);
        model.receive(kOut, line + '\n');
        model.settle();
        QVERIFY(model.rowCount() > 20);
        QString text;
        QByteArray bytes;
        for (int row = 0; row < model.rowCount(); ++row) {
            QCOMPARE(model.line(row).continues, row > 0);
            text += model.textOf(row).plain();
            bytes += model.bytesOf(row);
        }
        QCOMPARE(bytes, line);
        QCOMPARE(text, decodeLine(line).plain());
    }

    void aMillionLinesAndALineOf100MbTakeBoundedWorkAndMemory()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setModel(&model);
        view.resize(416, 176);
        view.show();
        QElapsedTimer whole;
        whole.start();
        qint64 worst = 0;
        const auto feed = [&](const QByteArray& bytes) {
            QElapsedTimer clock;
            clock.start();
            model.receive(kOut, bytes);
            QCoreApplication::processEvents();
            worst = std::max(worst, clock.elapsed());
        };
        QByteArray block;
        constexpr int lines = 1'000'000;
        for (int i = 0; i < lines; ++i) {
            block += "line " + QByteArray::number(i) + '\n';
            if (block.size() > 60'000) {
                feed(block);
                block.clear();
            }
        }
        feed(block);
        QVERIFY(QTest::qWaitFor([&] { return model.rowCount() == lines; }, 60'000));
        const qint64 forLines = whole.restart();
        QVERIFY2(model.memory() < 40'000'000, qPrintable(QString::number(model.memory())));
        QCOMPARE(model.textOf(123'456).plain(), u"line 123456"_s);
        for (int i = 0; i < 400; ++i)
            feed(QByteArray(250'000, 'x'));
        QVERIFY(QTest::qWaitFor([&] { return !model.isBusy(); }, 60'000));
        const qint64 forLong = whole.elapsed();
        QVERIFY(model.rowCount() > lines + 24'000);
        QVERIFY2(model.memory() < 45'000'000, qPrintable(QString::number(model.memory())));
        qInfo("1,000,000 lines in %lld ms, 100 MB in one line in %lld ms, longest turn %lld ms, %zu bytes of memory",
            forLines, forLong, worst, model.memory());

        QElapsedTimer clock;
        clock.start();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 2);
        view.grab();
        qInfo("a scroll to the middle and a picture: %lld ms", clock.elapsed());
        QVERIFY2(clock.elapsed() < 500, qPrintable(QString::number(clock.elapsed())));
    }

    void aPlayheadThatGoesBackShowsWhatCameBeforeItNotWhatIsToCome()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setTheme(Theme(Scheme::Light));
        view.setModel(&model);
        view.resize(700, 200);
        view.show();
        constexpr app::Index lines = 200;
        model.receive(kOut, QByteArray("line\n").repeated(lines));
        for (app::Index i = 0; i < lines; ++i)
            model.printed(kOut, 5, "line\n", 10 * (i + 1));
        model.settle();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        QVERIFY2(view.verticalScrollBar()->value() > 150, "the end is not seen");
        QCOMPARE(model.rowAt(1'005), 99);
        view.setPlayhead(1'005);
        const QRect row = view.rectOf(99);
        QVERIFY(view.viewport()->rect().contains(row));
        QVERIFY2(view.viewport()->height() - row.bottom() < 2 * row.height(), qPrintable(QDebug::toString(row)));
    }

    void whatIsSaidOfASilenceStandsWhereTheSilenceWas()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setTheme(Theme(Scheme::Light));
        view.setModel(&model);
        view.resize(700, 200);
        view.show();
        for (const app::Index event : {10, 20, 30}) {
            model.receive(kOut, "line\n");
            model.printed(kOut, 5, "line\n", event);
        }
        model.settle();
        const QString silence = u"nothing for 2 s: no callback can print"_s;
        const int line = view.rectOf(0).height();
        view.setPlayhead(25);
        view.setRemark(silence, Meaning::Error, 25);
        QCOMPARE(view.remarkRect().top(), 2 * line);
        QCOMPARE(view.rectOf(1).top(), line);
        QCOMPARE(view.rectOf(2).top(), 3 * line);
        // It is nobody's line.
        QCOMPARE(view.rowAt(view.remarkRect().center()), -1);
        for (int row = 0; row < 3; ++row)
            QCOMPARE(view.rowAt(view.rectOf(row).center()), row);
        QSignalSpy moments(&view, &ConsoleView::momentRequested);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.rectOf(1).center());
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(moments.last().first().value<app::Index>(), 30u);
        QTest::keyClick(&view, Qt::Key_Up);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(moments.last().first().value<app::Index>(), 20u);
        view.setRemark(silence, Meaning::Error, 5); // before anything was printed
        QCOMPARE(view.remarkRect().top(), 0);
        QCOMPARE(view.rectOf(0).top(), line);
        QCOMPARE(view.rowAt(view.rectOf(0).center()), 0);
        view.setRemark(silence, Meaning::Error, {}); // it goes on
        QCOMPARE(view.remarkRect().top(), 3 * line);
        QCOMPARE(view.rectOf(2).top(), 2 * line);
        view.setRemark({}, Meaning::Running);
        QVERIFY(view.remarkRect().isEmpty());
    }

    void whatIsSaidOfASilenceIsSeenAmongManyLines()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setTheme(Theme(Scheme::Light));
        view.setModel(&model);
        view.resize(700, 200);
        view.show();
        constexpr app::Index lines = 200;
        model.receive(kOut, QByteArray("line\n").repeated(lines));
        for (app::Index i = 0; i < lines; ++i)
            model.printed(kOut, 5, "line\n", 10 * (i + 1));
        model.settle();
        view.setPlayhead(1'005);
        view.setRemark(u"nothing for 2 s: no callback can print"_s, Meaning::Error, 1'005);
        QVERIFY(view.viewport()->rect().contains(view.remarkRect()));
        QCOMPARE(view.remarkRect().top(), view.rectOf(99).bottom() + 1);
        QCOMPARE(view.rectOf(100).top(), view.remarkRect().bottom() + 1);
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        QVERIFY(view.viewport()->rect().contains(view.rectOf(199)));
    }

    void aClickOnALineAsksForItsMomentAndOneOnALinkForTheEditor()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setTheme(Theme(Scheme::Light));
        view.setModel(&model);
        view.resize(700, 200);
        view.show();
        model.receive(kOut, "one\n    at greet (/home/ada/lesson.js:9:5)\n");
        model.printed(kOut, 4, "one\n", 10);
        model.printed(kOut, 43, "    at greet", 12);
        model.settle();
        QSignalSpy moments(&view, &ConsoleView::momentRequested);
        QSignalSpy links(&view, &ConsoleView::linkActivated);
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.rectOf(0).center());
        QCOMPARE(moments.size(), 1);
        QCOMPARE(moments.last().first().value<app::Index>(), 10u);
        const double cell = QFontMetricsF(view.font()).horizontalAdvance(u'0');
        QTest::mouseClick(
            view.viewport(), Qt::LeftButton, {}, QPoint(36 + static_cast<int>(cell * 20), view.rectOf(1).center().y()));
        QCOMPARE(links.size(), 1);
        QCOMPARE(links.last(), (QVariantList {u"/home/ada/lesson.js"_s, 9, 5}));
        QTest::keyClick(&view, Qt::Key_Down);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(moments.last().first().value<app::Index>(), 12u);
    }

    void thePointerTellsWhereAClickLeads()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setTheme(Theme(Scheme::Light));
        view.setModel(&model);
        view.resize(700, 200);
        view.show();
        model.receive(kOut, "one\ntwo\n    at greet (/home/ada/lesson.js:9:5)\n");
        model.printed(kOut, 4, "one\n", 10);
        model.settle(); // nobody tells of the others
        const auto over = [&](const QPoint& point) {
            QTest::mouseMove(view.viewport(), point);
            return view.viewport()->cursor().shape();
        };
        const double cell = QFontMetricsF(view.font()).horizontalAdvance(u'0');
        QCOMPARE(over(view.rectOf(0).center()), Qt::PointingHandCursor); // leads to its moment
        QCOMPARE(over({40, view.rectOf(0).center().y()}), Qt::PointingHandCursor);
        QCOMPARE(over(view.rectOf(1).center()), Qt::IBeamCursor); // leads nowhere
        QCOMPARE(over({36 + static_cast<int>(cell * 20), view.rectOf(2).center().y()}), Qt::PointingHandCursor);
        QCOMPARE(over({300, 190}), Qt::ArrowCursor); // no line is there
        QTest::mousePress(view.viewport(), Qt::LeftButton, {}, {38, view.rectOf(0).center().y()});
        QTest::mouseMove(view.viewport(), view.rectOf(0).center());
        QCOMPARE(view.viewport()->cursor().shape(), Qt::IBeamCursor); // letters are taken
        QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, view.rectOf(0).center());
    }

    void linesAreSelectedFoundAndCopied()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setModel(&model);
        view.resize(400, 300);
        view.show();
        model.receive(kOut, "one\ntwo\nthree two\n");
        model.settle();
        view.selectAll();
        QCOMPARE(view.selectedText(), u"one\ntwo\nthree two"_s);
        QTest::keyClick(&view, Qt::Key_Home);
        QTest::keyClick(&view, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(view.selectedText(), u"one\ntwo"_s);
        QSignalSpy found(&view, &ConsoleView::found);
        QTest::keyClick(&view, Qt::Key_Home);
        view.find(u"TWO"_s, false, ConsoleView::Direction::Forward);
        QVERIFY(found.wait());
        QCOMPARE(view.currentRow(), 1);
        view.find(u"two"_s, true, ConsoleView::Direction::Forward);
        QVERIFY(found.wait());
        QCOMPARE(view.currentRow(), 2);
        QCOMPARE(view.selectedText(), u"two"_s);
        view.find(u"TWO"_s, true, ConsoleView::Direction::Forward);
        QVERIFY(found.wait());
        QCOMPARE(found.last().first().toBool(), false);
    }

    void muchIsCopiedInSlices()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setModel(&model);
        const QByteArray text = QByteArray("one of very many lines\n").repeated(400'000);
        model.receive(kOut, text);
        model.settle();
        QGuiApplication::clipboard()->setText(u"before"_s);
        view.selectAll();
        view.copy();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
        QVERIFY(QTest::qWaitFor([&] { return QGuiApplication::clipboard()->text() != u"before"_s; }, 60'000));
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromLatin1(text.chopped(1)));
        QGuiApplication::clipboard()->clear();
    }

    void hitsAreCountedOnInALineThatGrowsAboveAllOthers()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setModel(&model);
        model.receive(kOut, "wait: ");
        model.settle();
        model.receive(kErr, QByteArray("a dot.\n").repeated(3'000));
        model.settle();
        view.find(u"."_s, false, ConsoleView::Direction::Forward);
        QVERIFY(QTest::qWaitFor([&] { return view.hits().all; }));
        QCOMPARE(view.hits().total, 3'000);
        for (int i = 1; i <= 3; ++i) {
            model.receive(kOut, "..");
            model.settle();
            QVERIFY(view.hits().all); // one block is counted again, not all
            QCOMPARE(view.hits().total, 3'000 + 2 * i);
        }
    }

    void heightsAreKnownWithoutAWalkThroughAllRows()
    {
        QRandomGenerator random(3);
        std::vector<int> cells(100'000);
        for (int& one : cells)
            one = static_cast<int>(random.bounded(300));
        cells[7] = 4'000;
        RowHeights heights([&](int row) { return cells[static_cast<std::size_t>(row)]; },
            [&](int row, int width) { return (cells[static_cast<std::size_t>(row)] + width - 1) / width; });
        heights.setWidth(80);
        for (int rows = 0; rows < 100'000; rows += 1'250)
            heights.grow(rows + 1'250);
        const auto isRight = [&](int width) {
            qint64 top = 0;
            for (int row = 0; row < heights.rows(); ++row) {
                const int height = std::max((cells[static_cast<std::size_t>(row)] + width - 1) / width, 1);
                qint64 found = -1;
                if (row % 97 == 0
                    && (heights.topOf(row) != top || heights.rowAt(top + height - 1, &found) != row || found != top))
                    return false;
                top += height;
            }
            qint64 none = 0;
            return heights.total() == top && heights.rowAt(top, &none) == -1;
        };
        QVERIFY(!heights.isExact()); // rows that wrap are looked at later
        while (heights.refine(std::chrono::milliseconds(1))) { }
        QVERIFY(isRight(80));

        // Another width: only what somebody looks at is counted, until there is time.
        qint64 seen = heights.rowsSeen();
        heights.setWidth(100);
        QCOMPARE(heights.rowsSeen(), seen);
        QVERIFY(!heights.isExact());
        qint64 top = 0;
        const int middle = heights.rowAt(heights.total() / 2, &top);
        QVERIFY(middle > 40'000 && middle < 60'000);
        QCOMPARE(heights.topOf(middle), top);
        QVERIFY(heights.rowsSeen() - seen < 6 * RowHeights::kBlock);
        while (heights.refine(std::chrono::milliseconds(1))) { }
        QVERIFY(isRight(100));

        // A row that grows, at the very top.
        seen = heights.rowsSeen();
        cells[0] = 1'000;
        heights.changed(0);
        QVERIFY(heights.rowsSeen() - seen <= RowHeights::kBlock);
        QVERIFY(isRight(100));

        // Where all rows fit nothing is to be counted at all.
        heights.setWidth(5'000);
        QVERIFY(heights.isExact());
        QVERIFY(isRight(5'000));
    }

    void whatIsLookedAtStaysWhenTheWidthChanges()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setTheme(Theme(Scheme::Light));
        view.setModel(&model);
        view.resize(700, 300);
        view.show();
        QByteArray text;
        for (int i = 0; i < 50'000; ++i)
            text += QByteArray::number(i) + QByteArray(i * 7 % 200, '.') + '\n';
        model.receive(kOut, text);
        model.settle();
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum() / 2);
        const int first = view.rowAt(QPoint(100, 1));
        QVERIFY(first > 20'000);
        view.resize(400, 300);
        QCOMPARE(view.rowAt(QPoint(100, 1)), first);
        QVERIFY(QTest::qWaitFor([&] { return view.isMeasured(); }));
        QCOMPARE(view.rowAt(QPoint(100, 1)), first);
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->maximum());
        view.resize(650, 300);
        QVERIFY(QTest::qWaitFor([&] { return view.isMeasured(); }));
        QVERIFY(view.rectOf(49'999).bottom() < 300);
        QVERIFY(view.followsEnd());
    }

    void longLinesWrapAndAPressOnAnyOfTheirRowsIsTheirs()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setTheme(Theme(Scheme::Light));
        view.setModel(&model);
        view.resize(300, 400);
        view.show();
        model.receive(kOut, QByteArray(200, 'a') + "\nshort\n");
        model.settle();
        const QRect first = view.rectOf(0);
        const QRect second = view.rectOf(1);
        QVERIFY(first.height() > second.height() * 3);
        QCOMPARE(second.top(), first.bottom() + 1);
        QCOMPARE(view.rowAt(QPoint(100, first.bottom() - 2)), 0);
        QCOMPARE(view.rowAt(QPoint(100, second.center().y())), 1);
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestConsole)
#include "tst_console.moc"
