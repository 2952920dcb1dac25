#include "panels/historymodel.h"
#include "panels/historypanel.h"
#include "panels/plotview.h"
#include "theme/fonts.h"

#include "drawnrun.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

// total is made 0 in line 1, then 6 and 24 in line 3, back to 6 in line 4.
constexpr std::string_view kTotal = "f( 1|total total= 2|total total=0 3|total 3|total total=6 4|total total=24 "
                                    "5|total total=6 6|total )";

app::LineSlot slotOf(const DrawnRun& run, app::Place place, std::string_view name)
{
    for (const app::LineVariable& variable :
        run.lines().variablesAt(run.lines().callOf(run.lines().stopAt(place)), place)) {
        if (variable.name == name)
            return variable.slot;
    }
    return {};
}

// "6 -18, line 4 now": newest first; > before those that come later.
QStringList rowsOf(const HistoryModel& model)
{
    QStringList rows;
    for (int i = 0; i < model.rowCount(); ++i) {
        const HistoryRow row = model.rowAt(i);
        rows << (row.later ? u"> "_s : row.now ? u"= "_s : u"  "_s) + row.value.text + u" "_s + row.change;
    }
    return rows;
}

} // namespace

class TestValueHistory final : public QObject {
    Q_OBJECT

private slots:
    void eachValueSaysWhatItChangedAndWhere()
    {
        const DrawnRun run(kTotal);
        HistoryModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(run.moment(run.at(4)), slotOf(run, run.at(4), "total"));
        QCOMPARE(rowsOf(model),
            QStringList({u"> 6 -18, line 4"_s, u"= 24 +18, line 3"_s, u"  6 +6, line 3"_s, u"  0 line 1"_s,
                u"  not set yet "_s}));
        QCOMPARE(model.rowAt(1).when, u"now"_s);
        QCOMPARE(model.rowAt(1).spoken, u"value 4 of 5: 24, +18, line 3, now"_s);
        QVERIFY(model.rowAt(0).spoken.endsWith(u" milliseconds"_s));
    }

    void aRowLeadsToTheMomentAtWhichItWasTold()
    {
        const DrawnRun run(kTotal);
        HistoryModel model;
        const app::LineSlot slot = slotOf(run, run.at(4), "total");
        model.show(run.moment(run.at(6)), slot);
        for (int row = 0; row < model.rowCount(); ++row) {
            const app::Place place = model.rowAt(row).goes;
            model.show(run.moment(place), slot);
            QVERIFY2(model.rowAt(row).now, qPrintable(QString::number(row)));
            QCOMPARE(model.currentRow(), row);
        }
    }

    void keysGoToTheNextValueAndBack()
    {
        const DrawnRun run(kTotal);
        HistoryPanel panel;
        const app::LineSlot slot = slotOf(run, run.at(4), "total");
        panel.showValues(u"total"_s, run.moment(run.at(4)), slot);
        const QSignalSpy asked(&panel, &HistoryPanel::placeAsked);
        const QSignalSpy said(&panel, &HistoryPanel::said);
        QVERIFY(panel.step(true));
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(5));
        QVERIFY(panel.step(false));
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(3, 1));
        QVERIFY(said.last().first().toString().startsWith(u"value 3 of 5: 6"_s));
        panel.showValues(u"total"_s, run.moment(run.at(6)), slot);
        QVERIFY(!panel.step(true));
        QCOMPARE(said.last().first().toString(), u"It has no later value."_s);
    }

    void onlyValuesThatFitAreShown()
    {
        const DrawnRun run(kTotal);
        HistoryPanel panel;
        const app::LineSlot slot = slotOf(run, run.at(4), "total");
        panel.showValues(u"total"_s, run.moment(run.at(4)), slot);
        QCOMPARE(panel.remark(), u"5 values; click goes there"_s);
        panel.field().setText(u"= 6"_s);
        QCOMPARE(rowsOf(panel.model()), QStringList({u"> 6 -18, line 4"_s, u"  6 +6, line 3"_s}));
        QCOMPARE(panel.remark(), u"2 of 5 values"_s);
        // At 24: the 6 after it, the 6 before it.
        const QSignalSpy asked(&panel, &HistoryPanel::placeAsked);
        QVERIFY(panel.step(false));
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(3, 1));
        QVERIFY(panel.step(true));
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(5));
        panel.field().setText(u">"_s);
        QCOMPARE(panel.remark(), u"Write a value after >."_s);
        panel.field().clear();
        QCOMPARE(panel.model().rowCount(), 5);
    }

    void whoPredictsSeesNoLaterValue()
    {
        const DrawnRun run(kTotal);
        HistoryModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const app::LineSlot slot = slotOf(run, run.at(4), "total");
        model.show(run.moment(run.at(6)), slot);
        QCOMPARE(model.rowCount(), 5);
        Moment moment = run.moment(run.at(4));
        moment.hidden = true;
        model.show(moment, slot);
        QCOMPARE(rowsOf(model).first(), u"= 24 +18, line 3"_s);
        moment.hidden = false;
        model.show(moment, slot);
        QCOMPARE(model.rowCount(), 5);
    }

    void aPlotKeepsTheLowestAndTheHighest()
    {
        const HistoryPlot whole = plotOf({1, 5, 3}, 10, 1);
        QCOMPARE(whole.columns.size(), 3U);
        QCOMPARE(whole.low, 1.);
        QCOMPARE(whole.high, 5.);
        QCOMPARE(whole.now, std::optional(0.5));
        const HistoryPlot narrow = plotOf({1, 5, 3, -2, 8, 8}, 2, std::nullopt);
        QCOMPARE(narrow.columns, (std::vector<HistoryPlot::Column> {{.low = 1, .high = 5}, {.low = -2, .high = 8}}));
        QVERIFY(plotOf({1, 2}, 10, std::nullopt).columns.empty());
        QVERIFY(plotOf({NAN, NAN, NAN}, 10, std::nullopt).columns.empty());
        const QPolygonF line = plotLine(whole, QRectF(0, 0, 30, 40));
        QCOMPARE(line.first(), QPointF(0, 40));
        QCOMPARE(line.boundingRect(), QRectF(0, 0, 30, 40));
    }

    void numbersHaveAPlotAndTextsHaveNone()
    {
        const DrawnRun run("f( 1|n,s n=1 s='a' 2|n,s n=2 s='b' 3|n,s n=3 s='c' 4|n,s n=4 s='d'");
        HistoryPanel panel;
        panel.showValues(u"n"_s, run.moment(run.end()), slotOf(run, run.end(), "n"));
        auto* const plot = panel.findChild<PlotView*>();
        QVERIFY(plot->isVisibleTo(&panel));
        panel.showValues(u"s"_s, run.moment(run.end()), slotOf(run, run.end(), "s"));
        QVERIFY(!plot->isVisibleTo(&panel));
        panel.setCompact(true);
        panel.showValues(u"n"_s, run.moment(run.end()), slotOf(run, run.end(), "n"));
        QVERIFY(!plot->isVisibleTo(&panel));
    }

    void theTwoNumbersBesideAPlotDontTouch()
    {
        for (const double zoom : {1., 1.5, 2.}) {
            const Theme theme(Scheme::Light, zoom);
            PlotView view;
            view.setTheme(theme);
            const int line = QFontMetrics(uiFont(theme, TypeSize::Second)).height();
            const PlotPlaces places = plotPlaces(QSizeF(200, view.height()), 30, line, theme);
            QVERIFY(places.high.bottom() <= places.low.top());
            QVERIFY(places.low.bottom() <= view.height());
            QVERIFY(places.line.height() >= 10 * zoom);
            QVERIFY(places.line.right() < places.high.left());
        }
    }

    void whatHasNoRoomBesideTheNameIsShorterAndNotCut()
    {
        const DrawnRun run(kTotal);
        HistoryPanel panel;
        panel.showValues(u"bill.total"_s, run.moment(run.at(4)), slotOf(run, run.at(4), "total"));
        const auto shown = [&panel](int width) {
            panel.resize(width, 200);
            QCoreApplication::sendPostedEvents();
            QStringList texts;
            for (const QLabel* const label : panel.findChildren<QLabel*>())
                texts.append(label->text());
            return texts;
        };
        panel.show();
        QCOMPARE(shown(500), QStringList({u"bill.total"_s, u"5 values; click goes there"_s}));
        QCOMPARE(shown(210), QStringList({u"bill.total"_s, u"5 values"_s}));
        QCOMPARE(panel.remark(), u"5 values; click goes there"_s);
    }

    void moreThanSixRowsScroll()
    {
        std::string drawing = "f( 1|n n=0";
        for (int i = 1; i < 20; ++i)
            drawing += " 2|n n=" + std::to_string(i);
        const DrawnRun run(drawing);
        HistoryPanel panel;
        panel.showValues(u"n"_s, run.moment(run.end()), slotOf(run, run.end(), "n"));
        QCOMPARE(panel.list().height(), 6 * 20);
        panel.setCompact(true);
        QCOMPARE(panel.list().height(), 3 * 20);
    }

    void aScreenReaderHearsWhichValueItIs()
    {
        const DrawnRun run(kTotal);
        HistoryPanel panel;
        panel.showValues(u"total"_s, run.moment(run.at(4)), slotOf(run, run.at(4), "total"));
        panel.show();
        QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(&panel.list());
        QCOMPARE(list->text(QAccessible::Name), u"All values of total, the newest first"_s);
        QCOMPARE(list->child(1)->text(QAccessible::Name), u"value 4 of 5: 24, +18, line 3, now"_s);
    }

    void enterGoesToAMomentAndEscapeEndsFinding()
    {
        const DrawnRun run(kTotal);
        HistoryPanel panel;
        panel.showValues(u"total"_s, run.moment(run.at(4)), slotOf(run, run.at(4), "total"));
        panel.show();
        const QSignalSpy asked(&panel, &HistoryPanel::placeAsked);
        panel.list().setCurrentIndex(panel.model().index(2));
        QTest::keyClick(&panel.list(), Qt::Key_Return);
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(3, 1));
        auto* const find = panel.findChild<QToolButton*>(u"find-when"_s);
        find->click();
        QVERIFY(panel.field().isVisible());
        QTest::keyClicks(&panel.field(), u"= 24"_s);
        QCOMPARE(panel.model().rowCount(), 1);
        QTest::keyClick(&panel.field(), Qt::Key_Escape);
        QVERIFY(!panel.field().isVisible());
        QCOMPARE(panel.model().rowCount(), 5);
    }

    void aHundredThousandValuesAreShownAtOnce()
    {
        std::string drawing = "f( 1|n n=0";
        for (int i = 1; i < 100'000; ++i)
            drawing += " 2|n n=" + std::to_string(i % 977);
        const DrawnRun run(drawing);
        HistoryPanel panel;
        panel.resize(256, 200);
        panel.show();
        const app::LineSlot slot = slotOf(run, run.end(), "n");
        panel.showValues(u"n"_s, run.moment(run.end()), slot);
        QCOMPARE(panel.model().rowCount(), 100'000);
        const double begun = milliseconds();
        for (int i = 0; i < 20; ++i)
            panel.showValues(u"n"_s, run.moment(run.end() - static_cast<app::Place>(i) * 1'000), slot);
        QVERIFY2(milliseconds() - begun < 20 * 16, qPrintable(QString::number(milliseconds() - begun)));
    }
};

QTEST_MAIN(TestValueHistory)
#include "tst_valuehistory.moc"
