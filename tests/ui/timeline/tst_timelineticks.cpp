// The lines of a run in the timeline: where they are drawn, what they say, where they lead.
#include "support/drawnlines.h"
#include "timeline/timelineview.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

struct Shown {
    explicit Shown(std::string_view drawing, const QSize& size = {800, 176})
        : run(drawing)
    {
        view.setTheme(Theme(Scheme::Light));
        view.resize(size);
        view.setLog(run.log.get());
        view.setLines(&run.lines);
        while (!view.refresh()) { }
        view.setPlayhead(run.log->size());
    }

    [[nodiscard]] QPoint at(std::size_t stop) const
    {
        const std::uint64_t time = run.log->event(run.lines.stops()[stop]).time;
        return QPointF(view.xOf(time), view.layoutOfRows().lines->center().y()).toPoint();
    }
    // Columns of the lane in which something is drawn.
    [[nodiscard]] int drawn()
    {
        const QImage image = view.grab().toImage();
        const QRect lane = view.layoutOfRows().lines->toAlignedRect();
        int columns = 0;
        for (int x = lane.left(); x < lane.right(); ++x)
            columns += image.pixelColor(x, lane.center().y()) != image.pixelColor(0, 0) ? 1 : 0;
        return columns;
    }

    tests::LinesRun run;
    TimelineView view;
};

} // namespace

class TestTimelineTicks : public QObject {
    Q_OBJECT

private slots:
    void linesHaveARowBelowTheWaiter()
    {
        const Shown shown("main( 1 2 3 )");
        const auto& rows = shown.view.layoutOfRows().rows;
        QCOMPARE(rows[0].lane, LaneKind::Waiter);
        QCOMPARE(rows[1].lane, LaneKind::Lines);
        QVERIFY(shown.view.layoutOfRows().lines);
    }

    void whereThereIsNoRoomTheyLieAlongTheWaitersEdge()
    {
        const Shown shown("main( 1 2 3 )", {800, 96});
        const TimelineLayout& layout = shown.view.layoutOfRows();
        QCOMPARE(std::ranges::count(layout.rows, LaneKind::Lines, &LaneRow::lane), 0);
        QVERIFY(layout.lines && layout.rows.front().row.contains(layout.lines->center()));
    }

    void aRunWithoutLinesHasNoRow()
    {
        const Shown shown("out out");
        QCOMPARE(std::ranges::count(shown.view.layoutOfRows().rows, LaneKind::Lines, &LaneRow::lane), 0);
        QVERIFY(!shown.view.layoutOfRows().lines);
    }

    void aTickSaysItsLineAndLeadsThere()
    {
        Shown shown("main( 1 2 3 )");
        QCOMPARE(shown.view.textAt(shown.at(1)), u"Line 2 at 3 µs"_s);
        QSignalSpy asked(&shown.view, &TimelineView::playheadRequested);
        QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.at(1));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().front().value<app::Index>(), shown.run.lines.endOfStop(shown.run.lines.stops()[1]));
    }

    void whoPredictsSeesNoLineThatComes()
    {
        Shown shown("main( 1 2 3 )");
        const QPoint third = shown.at(2);
        QVERIFY(!shown.view.textAt(third).isEmpty());
        shown.view.setPlayhead(shown.run.lines.endOfStop(shown.run.lines.stops()[0]));
        shown.view.setFutureHidden(true);
        QVERIFY2(
            shown.view.lanes()[1].name.startsWith(u"Lane lines: 1 entr"_s), qPrintable(shown.view.lanes()[1].name));
    }

    void ofManyOnlyTheirDensityIsDrawn()
    {
        std::string drawing = "main(";
        for (int i = 0; i < 5'000; ++i)
            drawing += " 7";
        Shown shown(drawing + " )");
        const double width = shown.view.xOf(shown.view.end()) - shown.view.layoutOfRows().plot.left();
        QVERIFY2(shown.drawn() > width * 0.9, qPrintable(u"%1 of %2"_s.arg(shown.drawn()).arg(width)));
    }

    void markedOnesStandOut()
    {
        Shown shown("main( 1 2 3 )");
        const QImage before = shown.view.grab().toImage();
        shown.view.setMarkedStops({shown.run.lines.stops()[1]});
        const QImage after = shown.view.grab().toImage();
        QVERIFY(after != before);
        const QPoint head(shown.at(1).x(), qRound(shown.view.layoutOfRows().lines->top()) + 1);
        QVERIFY(after.pixelColor(head) != before.pixelColor(head));
    }
};

QTEST_MAIN(TestTimelineTicks)
#include "tst_timelineticks.moc"
