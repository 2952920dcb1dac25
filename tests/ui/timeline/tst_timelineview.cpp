#include "timeline/timelineview.h"

#include "moment/facts.h"
#include "text/amounts.h"
#include "theme/fonts.h"
#include "ui/handtrace.h"
#include "ui/measuring.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

// A script, a sleep of 30 ms in which a cook works, its callback, a tick.
std::unique_ptr<app::TraceLog> smallRun()
{
    return HandTrace {}
        .at(0, {.kind = EventKind::RunStarted, .small = 2})
        .starts(100, 1)
        .asks(200, 5, 1, "dish")
        .ends(2'000, 1)
        .poll(2'100)
        .begun(2'200, 1, 1)
        .done(31'000, 1, 1)
        .at(32'100, {.kind = EventKind::PoolJobDelivered, .a = 1})
        .starts(32'200, 5)
        .at(32'300, {.kind = EventKind::TickQueued, .a = 6, .b = 5})
        .ends(33'500, 5)
        .starts(33'600, 6)
        .ends(34'000, 6)
        .open();
}

// As smallRun: the cook's job comes back refused, and so is a write of the callback's.
std::unique_ptr<app::TraceLog> refusedRun(std::uint64_t delivered = 32'100)
{
    HandTrace trace;
    const std::uint32_t host = trace.text("api.example.org");
    const std::uint32_t file = trace.text("/etc/passwd");
    const auto refused = [](Access access, std::uint32_t subject) {
        return Record {.kind = EventKind::AccessRefused, .small = static_cast<std::uint16_t>(access), .a = subject};
    };
    return trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
        .starts(100, 1)
        .asks(200, 5, 1, "dish")
        .ends(2'000, 1)
        .poll(2'100)
        .begun(2'200, 1, 1)
        .done(31'000, 1, 1)
        .at(delivered, {.kind = EventKind::PoolJobDelivered, .a = 1})
        .at(delivered, refused(Access::Resolve, host))
        .starts(32'200, 5)
        .at(33'000, refused(Access::Write, file))
        .ends(33'500, 5)
        .open();
}

struct Shown {
    explicit Shown(std::unique_ptr<app::TraceLog> trace, QSize size = {800, 176})
        : log(std::move(trace))
    {
        view.resize(size);
        view.setLog(log.get());
        view.refresh(app::TraceLog::kNoLimit);
        view.show();
        view.setPlayhead(log->size());
    }

    std::unique_ptr<app::TraceLog> log;
    TimelineView view;

    [[nodiscard]] QPoint at(std::uint64_t us, LaneKind lane, std::size_t cook = 0) const
    {
        for (const LaneRow& row : view.layoutOfRows().rows) {
            if (row.lane == lane && row.cook == cook)
                return {static_cast<int>(std::lround(view.xOf(us * 1'000))), static_cast<int>(row.bar.center().y())};
        }
        return {};
    }
    [[nodiscard]] QImage painted()
    {
        QImage image(view.size(), QImage::Format_ARGB32);
        view.render(&image);
        return image;
    }
    void wheel(const QPoint& position, int angle, Qt::KeyboardModifiers modifiers = {})
    {
        QWheelEvent event(
            position, view.mapToGlobal(position), {}, {0, angle}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &event);
    }
};

} // namespace

class TestTimelineView : public QObject {
    Q_OBJECT

private slots:
    void rowsFitTheHeightAndNeverLieOverEachOther_data()
    {
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("cooks");
        QTest::addColumn<double>("zoom");
        QTest::addColumn<bool>("together");
        QTest::addColumn<bool>("timers");
        QTest::addColumn<int>("words"); // rows that are not a cook's
        QTest::addRow("four cooks") << 176 << 4 << 1.0 << false << true << 4;
        QTest::addRow("four cooks at 150 percent") << 264 << 4 << 1.5 << false << true << 4;
        QTest::addRow("four cooks at 200 percent") << 352 << 4 << 2.0 << false << true << 4;
        QTest::addRow("the compact window's") << 112 << 4 << 1.0 << true << true << 4;
        QTest::addRow("the compact window's at 200 percent") << 224 << 4 << 2.0 << true << true << 4;
        QTest::addRow("short") << 96 << 4 << 1.0 << true << false << 3;
        QTest::addRow("very short") << 60 << 4 << 1.0 << true << false << 1;
        QTest::addRow("as many cooks as libuv has at most") << 176 << 1024 << 1.0 << true << true << 4;
        QTest::addRow("no pool known") << 176 << 0 << 1.0 << false << true << 4;
        QTest::addRow("too low for anything") << 40 << 4 << 1.0 << true << false << 1;
    }
    void rowsFitTheHeightAndNeverLieOverEachOther()
    {
        QFETCH(int, height);
        QFETCH(int, cooks);
        QFETCH(double, zoom);
        QFETCH(bool, together);
        QFETCH(bool, timers);
        QFETCH(int, words);
        const Theme theme(Scheme::Light, zoom);
        const auto layout = TimelineLayout::of(QSizeF(800, height), theme, static_cast<std::size_t>(cooks));
        QCOMPARE(layout.cooksTogether, together);
        QCOMPARE(std::ranges::count(layout.rows, LaneKind::Timers, &LaneRow::lane), timers ? 1 : 0);
        int named = 0;
        double y = layout.header.bottom();
        for (const LaneRow& row : layout.rows) {
            QVERIFY(row.row.top() >= y - 0.01);
            QVERIFY(row.row.contains(row.bar.center()));
            QVERIFY(row.bar.height() >= 0.5);
            y = row.row.bottom();
            if (row.lane == LaneKind::Cook && together)
                continue;
            named += row.lane == LaneKind::Cook ? 0 : 1;
            if (height > 40) // its word has room
                QVERIFY2(row.row.height() >= theme.px(13) - 0.6, qPrintable(QString::number(row.row.height())));
        }
        QCOMPARE(named, words);
        if (height > 40)
            QVERIFY2(y <= layout.axis.top() + 0.5,
                qPrintable(u"rows end at %1, the axis begins at %2"_s.arg(y).arg(layout.axis.top())));
    }

    void aHighTimelineHasEveryLaneInAWindowOfAnySize()
    {
        Shown shown(smallRun(), {520, 176});
        shown.view.setCompact(true); // the window is small
        const auto& rows = shown.view.layoutOfRows().rows;
        QCOMPARE(std::ranges::count(rows, LaneKind::Timers, &LaneRow::lane), 1);
        QVERIFY(!shown.view.layoutOfRows().cooksTogether);
    }

    void everyTextReadsInBothThemes_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addRow("light") << false;
        QTest::addRow("dark") << true;
    }
    void everyTextReadsInBothThemes()
    {
        QFETCH(bool, dark);
        QStringList found;
        QSet<QString> read;
        const auto look = [&](Shown& shown, const QString& where) {
            for (const double zoom : {1.0, 2.0}) {
                shown.view.setTheme(Theme(dark ? Scheme::Dark : Scheme::Light, zoom));
                shown.view.resize(static_cast<int>(800 * zoom), static_cast<int>(176 * zoom));
                test::MeasuringDevice device(shown.view.size());
                shown.view.render(&device);
                found += test::unreadable(device.texts(), where);
                for (const test::MeasuredText& text : device.texts())
                    read << text.text;
            }
        };
        Shown small(smallRun());
        for (const app::Index place : {app::Index {3}, app::Index {8}, small.log->size()}) {
            small.view.setPlayhead(place);
            small.view.setSelected({});
            look(small, u"a job"_s);
            small.view.setSelected(app::OrderId::async(5));
            look(small, u"the selected job"_s);
        }
        // A call of each meaning, wide enough for its name, and one that blocks.
        HandTrace trace;
        const std::uint32_t name = trace.text("a");
        const std::uint32_t stack = trace.frame(1);
        trace.starts(0, 1);
        using enum EventKind;
        trace.at(1, {.kind = TickQueued, .stack = stack, .a = 2, .b = 1, .c = name})
            .at(2, {.kind = ImmediateCreated, .stack = stack, .a = 3, .b = 1, .c = name})
            .at(3, {.kind = TimerCreated, .stack = stack, .a = 4, .b = 1, .c = name, .d = 1})
            .asks(4, 5, 1, "io")
            .ends(40'000, 1);
        std::uint64_t time = 40'000;
        for (const std::uint32_t id : {2u, 3u, 4u, 5u}) {
            trace.starts(time, id).ends(time + 39'000, id);
            time += 40'000;
        }
        trace.at(time, {.kind = ImmediateCreated, .stack = stack, .a = 9, .b = 1, .c = name})
            .starts(time + 1, 4)
            .ends(time + 300'000, 4);
        Shown shown(trace.open());
        look(shown, u"every meaning"_s);
        shown.view.setPlayhead(shown.log->size() - 1);
        look(shown, u"a block"_s);
        QVERIFY2(read.contains(u"io"_s) && read.contains(u"dish"_s) && read.contains(u"egg timers"_s),
            qPrintable(QStringList(read.begin(), read.end()).join(u'|')));
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void aSleepSaysItsLengthWithItsUnitOrNothing()
    {
        const QFontMetricsF metrics(uiFont(Theme(Scheme::Light), TypeSize::Second));
        for (const bool atStart : {false, true}) {
            QSet<QString> said;
            for (double width = 0; width < 200; ++width) {
                const QString text = TimelineView::sleepText(33'000'000, atStart, metrics, width);
                said.insert(text);
                QVERIFY(metrics.horizontalAdvance(text) <= width);
            }
            QCOMPARE(said, (QSet<QString> {QString(), u"33 ms"_s, atStart ? u"starts, 33 ms"_s : u"asleep 33 ms"_s}));
        }
    }

    void timesAreWrittenWithThreeDigits_data()
    {
        QTest::addColumn<quint64>("time");
        QTest::addColumn<QString>("text");
        QTest::addRow("0") << quint64 {0} << u"0 ns"_s;
        QTest::addRow("850 us") << quint64 {850'000} << u"850 µs"_s;
        QTest::addRow("38.2 ms") << quint64 {38'214'000} << u"38.2 ms"_s;
        QTest::addRow("240 ms") << quint64 {240'400'000} << u"240 ms"_s;
        QTest::addRow("minutes and seconds") << quint64 {125'000'000'000} << u"2 min 5 s"_s;
        QTest::addRow("33 ms") << quint64 {33'000'000} << u"33 ms"_s;
        QTest::addRow("almost a second") << quint64 {999'900'000} << u"1 s"_s;
        QTest::addRow("1.24 s") << quint64 {1'240'000'000} << u"1.24 s"_s;
        QTest::addRow("2 min 5 s") << quint64 {125'000'000'000} << u"2 min 5 s"_s;
        QTest::addRow("minutes") << quint64 {605'000'000'000} << u"10 min 5 s"_s;
    }
    void timesAreWrittenWithThreeDigits()
    {
        QFETCH(quint64, time);
        QTEST(app::timeText(time), "text");
    }

    void aClickAsksForThePlaceAtThatTime()
    {
        Shown shown(smallRun());
        QSignalSpy asked(&shown.view, &TimelineView::playheadRequested);
        QSignalSpy clicked(&shown.view, &TimelineView::orderClicked);
        QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.at(32'900, LaneKind::Waiter));
        QCOMPARE(asked.size(), 1);
        const auto place = asked[0][0].value<app::Index>();
        QCOMPARE(shown.log->event(place - 1).kind, EventKind::TickQueued); // of 32.3 ms: the last before
        QCOMPARE(clicked.size(), 1);
        QCOMPARE(clicked[0][0].value<app::OrderId>(), app::OrderId::async(5));
    }

    void aDragScrubsToBothEnds()
    {
        Shown shown(smallRun());
        QList<app::Index> places;
        connect(&shown.view, &TimelineView::playheadRequested, this, [&](app::Index place) {
            places << place;
            shown.view.setPlayhead(place);
        });
        QTest::mousePress(&shown.view, Qt::LeftButton, {}, shown.at(1'000, LaneKind::Kernel));
        for (int x = 100; x < 800; x += 20)
            QTest::mouseMove(&shown.view, {x, 60});
        QTest::mouseRelease(&shown.view, Qt::LeftButton, {}, {799, 60});
        QVERIFY(places.size() > 30);
        QVERIFY(std::ranges::is_sorted(places.sliced(1)));
        QCOMPARE(places.back(), shown.log->size());
        QCOMPARE(shown.view.playhead(), shown.log->size());
    }

    void aWheelZoomsAroundThePointer()
    {
        Shown shown(smallRun());
        const QPoint pointer = shown.at(33'000, LaneKind::Waiter);
        const std::uint64_t before = shown.view.timeAt(pointer.x());
        for (int i = 0; i < 6; ++i)
            shown.wheel(pointer, 120);
        QVERIFY(!shown.view.isFitted());
        const std::uint64_t after = shown.view.timeAt(pointer.x());
        QVERIFY2(
            (after > before ? after - before : before - after) < 50'000, qPrintable(u"%1 %2"_s.arg(before).arg(after)));
        for (int i = 0; i < 10; ++i)
            shown.wheel(pointer, -120);
        QVERIFY(shown.view.isFitted());
    }

    void shiftAndWheelPan()
    {
        Shown shown(smallRun());
        for (int i = 0; i < 6; ++i)
            shown.wheel({400, 60}, 120);
        const std::uint64_t before = shown.view.timeAt(400);
        shown.wheel({400, 60}, -120, Qt::ShiftModifier);
        QVERIFY(shown.view.timeAt(400) > before);
    }

    void keysZoomFitAndJump()
    {
        Shown shown(smallRun());
        shown.view.setFocus();
        QTest::keyClick(&shown.view, Qt::Key_Plus);
        QVERIFY(!shown.view.isFitted());
        QTest::keyClick(&shown.view, Qt::Key_F);
        QVERIFY(shown.view.isFitted());
        QSignalSpy asked(&shown.view, &TimelineView::playheadRequested);
        QTest::keyClick(&shown.view, Qt::Key_Home);
        QTest::keyClick(&shown.view, Qt::Key_End);
        QCOMPARE(asked[0][0].value<app::Index>(), 0u);
        QCOMPARE(asked[1][0].value<app::Index>(), shown.log->size());
    }

    void keysWalkWhatHappenedAndEnterGoesThere()
    {
        Shown shown(smallRun());
        shown.view.setPlayhead(0);
        QTest::keyClick(&shown.view, Qt::Key_Right);
        QVERIFY2(shown.view.focusedText().contains(u"main script"), qPrintable(shown.view.focusedText()));
        QTest::keyClick(&shown.view, Qt::Key_Right);
        QCOMPARE(shown.view.focusedText(), u"waiter, 2 of 2: dish #5: at 32.2 ms, for 1.3 ms"_s);
        QSignalSpy asked(&shown.view, &TimelineView::playheadRequested);
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QCOMPARE(asked.size(), 1);
        QCOMPARE(shown.log->event(asked[0][0].value<app::Index>() - 1).kind, EventKind::CallbackStarted);
        QTest::keyClick(&shown.view, Qt::Key_Down);
        QTest::keyClick(&shown.view, Qt::Key_Down);
        QCOMPARE(shown.view.focusedText(), u"cook 1: one thing"_s);
    }

    void aShiftDragSelectsAStretchAndEnterZoomsIntoIt()
    {
        Shown shown(smallRun());
        QSignalSpy selected(&shown.view, &TimelineView::rangeSelected);
        const QPoint from = shown.at(32'200, LaneKind::Waiter);
        const QPoint to = shown.at(33'500, LaneKind::Waiter);
        QTest::mousePress(&shown.view, Qt::LeftButton, Qt::ShiftModifier, to);
        QTest::mouseMove(&shown.view, from);
        QTest::mouseRelease(&shown.view, Qt::LeftButton, Qt::ShiftModifier, from);
        QCOMPARE(selected.size(), 1);
        QVERIFY(shown.view.selectedRange());
        QVERIFY(shown.view.selectedRange()->from < shown.view.selectedRange()->to);
        const auto range = *shown.view.selectedRange();
        QTest::keyClick(&shown.view, Qt::Key_Return);
        const QRectF plot = shown.view.layoutOfRows().plot;
        QVERIFY(
            shown.view.xOf(range.from) >= plot.left() && shown.view.xOf(range.from) < plot.left() + plot.width() * 0.2);
        QVERIFY(
            shown.view.xOf(range.to) <= plot.right() && shown.view.xOf(range.to) > plot.right() - plot.width() * 0.2);
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(!shown.view.selectedRange());
    }

    void aSleepIsFoldedAndTellsItsLength()
    {
        Shown shown(smallRun());
        QCOMPARE(shown.view.axis().folds().size(), 1u);
        QCOMPARE(
            shown.view.textAt(shown.at(15'000, LaneKind::Waiter)), u"The waiter slept for 30 ms: nothing was ready."_s);
        shown.view.setWording(app::Wording::Runtime);
        QCOMPARE(shown.view.textAt(shown.at(15'000, LaneKind::Waiter)),
            u"The loop slept in poll for 30 ms: nothing was ready."_s);
        QCOMPARE(shown.view.textAt(shown.at(15'000, LaneKind::Cook)), u"thread 1: dish #5: at 2.2 ms, for 28.8 ms"_s);
    }

    void theSelectedJobIsSolidAndTheFutureIsPale()
    {
        Shown shown(smallRun());
        const QPoint job = shown.at(20'000, LaneKind::Cook);
        const QColor green = Theme(Scheme::Light).color(Meaning::PoolIo);
        QVERIFY(shown.painted().pixelColor(job) != green);
        shown.view.setSelected(app::OrderId::async(5));
        QCOMPARE(shown.painted().pixelColor(job), green);
        shown.view.setPlayhead(3);
        const QColor pale = shown.painted().pixelColor(job);
        QVERIFY(pale != green && pale.green() > green.green());
    }

    void whatIsDoneAndNotServedIsDottedToThePlayhead()
    {
        Shown shown(smallRun());
        // After the job is done, before its callback: with the playhead at the delivery's own time nothing is served
        // yet.
        app::Index done = 0;
        while (shown.log->event(done).kind != EventKind::PoolJobDone)
            ++done;
        shown.view.setPlayhead(done + 1);
        const QImage there = shown.painted();
        shown.view.setPlayhead(shown.log->size());
        const QImage later = shown.painted();
        const QPoint beside = shown.at(31'000, LaneKind::Cook) + QPoint(12, 0);
        bool words = false;
        for (int x = beside.x(); x < beside.x() + 30; ++x)
            words = words || there.pixelColor(x, beside.y()) != later.pixelColor(x, beside.y());
        QVERIFY(words); // "1 ready"
    }

    void dotsOfWhatIsDoneLieBetweenTheBarsAndNotOverThem()
    {
        Shown shown(HandTrace {}
                .starts(100, 1)
                .asks(200, 5, 1, "a")
                .asks(300, 6, 2, "b")
                .begun(400, 1, 1)
                .done(10'000, 1, 1)
                .begun(20'000, 2, 1)
                .done(30'000, 2, 1)
                .ends(40'000, 1)
                .open());
        const QImage image = shown.painted();
        // Whether anything is drawn along the middle of the cook's row.
        const auto isDotted = [&](std::uint64_t from, std::uint64_t to) {
            const QPoint left = shown.at(from, LaneKind::Cook);
            const QPoint right = shown.at(to, LaneKind::Cook);
            for (int x = left.x(); x < right.x(); ++x) {
                for (int y = left.y() - 2; y <= left.y() + 2; ++y) {
                    if (image.pixelColor(x, y) != image.pixelColor(x, left.y() - 4))
                        return true;
                }
            }
            return false;
        };
        QVERIFY(isDotted(12'000, 18'000));
        QVERIFY(!isDotted(24'000, 29'000)); // right of its name
        QVERIFY(isDotted(32'000, 38'000));
    }

    void theTimesOfTheAxisHaveOneUnitAndAsManyPlaces_data()
    {
        QTest::addColumn<quint64>("timer"); // µs
        QTest::addColumn<QString>("unit");
        QTest::addRow("far") << quint64 {60'000'000} << u"ms"_s;
        QTest::addRow("near") << quint64 {90'000} << u"ms"_s;
    }
    void theTimesOfTheAxisHaveOneUnitAndAsManyPlaces()
    {
        QFETCH(quint64, timer);
        QFETCH(QString, unit);
        Shown shown(HandTrace {}
                .starts(56'300, 1)
                .ends(75'000, 1)
                .poll(75'100)
                .pollLeft(timer)
                .starts(timer + 100, 1)
                .ends(timer + 12'000, 1)
                .open());
        test::MeasuringDevice device(shown.view.size());
        shown.view.render(&device);
        QStringList times;
        for (const test::MeasuredText& text : device.texts()) {
            if (text.rect.top() > shown.view.layoutOfRows().axis.top())
                times += text.text;
        }
        QVERIFY2(times.size() > 2, qPrintable(times.join(u'|')));
        QVERIFY2(times.front().endsWith(u' ' + unit), qPrintable(times.front()));
        times.front().chop(unit.size() + 1);
        const auto places = [](const QString& time) { return time.section(u'.', 1).size(); };
        for (const QString& time : times)
            QVERIFY2(places(time) == places(times.front()), qPrintable(times.join(u'|')));
    }

    void oneShortCallAmongAMillionPixelsOfTimeIsSeen()
    {
        HandTrace trace;
        trace.starts(0, 1).ends(10, 1);
        const std::uint32_t stack = trace.frame(1);
        trace.at(1'800'000'000, {.kind = EventKind::TickQueued, .stack = stack, .a = 2, .b = 1})
            .starts(1'800'000'000, 2)
            .ends(1'800'000'001, 2);
        const auto log = trace.at(3'600'000'000, {.kind = EventKind::RunEnded}).open();
        TimelineView view;
        view.resize(800, 176);
        view.setLog(log.get());
        view.refresh(app::TraceLog::kNoLimit);
        view.setPlayhead(log->size());
        QImage image(view.size(), QImage::Format_ARGB32);
        view.render(&image);
        const QColor tick = Theme(Scheme::Light).color(Meaning::Tick);
        const LaneRow& notes = view.layoutOfRows().rows[1];
        int seen = 0;
        for (int x = 0; x < 800; ++x)
            seen += image.pixelColor(x, static_cast<int>(notes.bar.center().y())) == tick;
        QVERIFY(seen >= 1 && seen <= 4);
    }

    // One call, and ticks in a row; over, and still running.
    void theSettingsSayFromWhenOnItIsABlock()
    {
        for (const bool row : {false, true}) {
            for (const bool over : {true, false}) {
                HandTrace trace;
                const std::uint32_t name = trace.text("note");
                trace.starts(0, 1).at(10, {.kind = EventKind::ImmediateCreated, .a = 2, .b = 1, .c = name});
                std::uint64_t time = 150'000;
                if (row) {
                    trace.at(20, {.kind = EventKind::TickQueued, .a = 10, .b = 1, .c = name}).ends(100, 1);
                    time = 200;
                    for (std::uint32_t id = 10; id < 13; ++id, time += 50'000) {
                        trace.starts(time, id).at(
                            time + 10, {.kind = EventKind::TickQueued, .a = id + 1, .b = id, .c = name});
                        if (over || id < 12)
                            trace.ends(time + 49'000, id);
                    }
                    if (over)
                        trace.at(
                            time, {.kind = EventKind::PhaseEntered, .small = static_cast<std::uint16_t>(Phase::Check)});
                    else
                        trace.at(time, {.kind = EventKind::ImmediateCreated, .a = 3, .b = 12, .c = name});
                } else if (over) {
                    trace.ends(time, 1);
                } else {
                    trace.at(time, {.kind = EventKind::ImmediateCreated, .a = 3, .b = 1, .c = name});
                }
                Shown shown(trace.open());
                const QImage calm = shown.painted();
                shown.view.setBlockedAfter(std::chrono::milliseconds(100));
                shown.view.refresh(app::TraceLog::kNoLimit);
                const QImage blocked = shown.painted();
                QVERIFY(blocked != calm);
                shown.view.setLog(shown.log.get());
                shown.view.refresh(app::TraceLog::kNoLimit);
                shown.view.setPlayhead(shown.log->size());
                QCOMPARE(shown.painted(), blocked);
                shown.view.setBlockedAfter(std::chrono::milliseconds(200));
                shown.view.refresh(app::TraceLog::kNoLimit);
                QCOMPARE(shown.painted(), calm);
            }
        }
    }

    void aRareMeaningIsSeenInAColumnOfManyOthers()
    {
        HandTrace trace;
        const std::uint32_t stack = trace.frame(1);
        std::uint64_t time = 0;
        std::uint32_t id = 10;
        for (int i = 0; i < 20'000; ++i, time += 10, ++id) {
            if (i == 10'000)
                trace.at(time, {.kind = EventKind::ImmediateCreated, .stack = stack, .a = id, .b = 1});
            else
                trace.at(time, {.kind = EventKind::TimerCreated, .stack = stack, .a = id, .b = 1, .d = 1});
            trace.starts(time + 1, id).ends(time + 9, id);
        }
        Shown shown(trace.open());
        const QImage image = shown.painted();
        const QColor wanted = Theme(Scheme::Light).color(Meaning::Immediate);
        const LaneRow& waiter = shown.view.layoutOfRows().rows[0];
        bool seen = false;
        for (int x = 90; x < 800; ++x) {
            for (int y = static_cast<int>(waiter.bar.top()); y < waiter.bar.bottom(); ++y) {
                const QColor color = image.pixelColor(x, y);
                seen = seen
                    || (std::abs(color.red() - wanted.red()) < 40 && std::abs(color.green() - wanted.green()) < 40
                        && std::abs(color.blue() - wanted.blue()) < 40);
            }
        }
        QVERIFY(seen);
        QVERIFY(shown.view.textAt(shown.at(100'000, LaneKind::Waiter)).contains(u"★ 1"));
    }

    void assistiveTechnologyGetsASlider()
    {
        Shown shown(smallRun());
        QAccessibleInterface* const access = QAccessible::queryAccessibleInterface(&shown.view);
        QVERIFY(access);
        QCOMPARE(access->role(), QAccessible::Slider);
        QCOMPARE(access->text(QAccessible::Name), u"Timeline"_s);
        QAccessibleValueInterface* const value = access->valueInterface();
        QVERIFY(value);
        QCOMPARE(value->maximumValue().toUInt(), shown.log->size());
        QCOMPARE(value->currentValue().toUInt(), shown.log->size());
        QSignalSpy asked(&shown.view, &TimelineView::playheadRequested);
        value->setCurrentValue(3u);
        QCOMPARE(asked.size(), 1);
        shown.view.setPlayhead(10);
        QVERIFY2(
            access->text(QAccessible::Value).contains(u"running: dish"), qPrintable(access->text(QAccessible::Value)));
    }

    void everyLaneAndWhatLiesInItIsReachedAndPressed()
    {
        Shown shown(smallRun());
        QAccessibleInterface* const face = QAccessible::queryAccessibleInterface(&shown.view);
        QCOMPARE(face->childCount(), static_cast<int>(shown.view.layoutOfRows().rows.size()));
        QStringList names;
        for (int i = 0; i < face->childCount(); ++i) {
            QAccessibleInterface* const lane = face->child(i);
            names << lane->text(QAccessible::Name);
            QCOMPARE(lane->parent(), face);
            QCOMPARE(face->indexOfChild(lane), i);
            for (int k = 0; k < lane->childCount(); ++k) {
                QAccessibleInterface* const span = lane->child(k);
                QCOMPARE(span->parent(), lane);
                QCOMPARE(lane->indexOfChild(span), k);
                QVERIFY2(span->text(QAccessible::Name).endsWith(u'.'), qPrintable(span->text(QAccessible::Name)));
                QVERIFY(lane->rect().intersects(span->rect()));
            }
        }
        QCOMPARE(names,
            (QStringList {u"Lane waiter: 2 entries."_s, u"Lane ticks, promises: 1 entries."_s,
                u"Lane cook 1: 1 entries."_s, u"Lane cook 2: 0 entries."_s, u"Lane kernel: 0 entries."_s,
                u"Lane egg timers: 0 entries."_s}));
        QSignalSpy clicked(&shown.view, &TimelineView::orderClicked);
        QSignalSpy requested(&shown.view, &TimelineView::playheadRequested);
        QAccessibleInterface* const dish = face->child(2)->child(0);
        QCOMPARE(dish->text(QAccessible::Name), u"dish #5: at 2.2 ms, for 28.8 ms."_s);
        static_cast<QAccessibleActionInterface*>(dish->interface_cast(QAccessible::ActionInterface))
            ->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(clicked.last().first().value<app::OrderId>(), app::OrderId::async(5));
        QCOMPARE(requested.size(), 1);
        QCOMPARE(shown.view.focused().lane, LaneKind::Cook);
        // What is gone answers nothing.
        shown.view.setLog(nullptr);
        QVERIFY(!dish->isValid());
        QVERIFY(dish->text(QAccessible::Name).isEmpty());
    }

    void whatGoesOnReachesToNowAndAnOpenSleepIsFolded()
    {
        Shown spinning(HandTrace {}.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1).open());
        spinning.view.setNow(3'000'000'000);
        spinning.view.setPlayhead(spinning.log->size(), TimelineView::Playhead::Live);
        QCOMPARE(spinning.view.end(), std::uint64_t {3'000'000'000});
        QVERIFY2(spinning.view.playheadText().startsWith(u"3 s"_s), qPrintable(spinning.view.playheadText()));
        QVERIFY(!spinning.view.textAt(spinning.at(2'500'000, LaneKind::Waiter)).isEmpty());
        spinning.view.setNow(0); // it has ended
        QCOMPARE(spinning.view.end(), spinning.log->head().time);

        Shown asleep(HandTrace {}
                .at(0, {.kind = EventKind::RunStarted, .small = 2})
                .starts(100, 1)
                .ends(40'000, 1)
                .poll(40'100)
                .open());
        asleep.view.setNow(60'000'000'000);
        asleep.view.setPlayhead(asleep.log->size(), TimelineView::Playhead::Live);
        QVERIFY(asleep.view.xOf(40'000'000) > 400); // a minute of sleep does not press the script flat
        QVERIFY(asleep.view.xOf(60'000'000'000) < 800);
    }

    void aLookAtThePastLeavesTheEndWhereTheRunIs()
    {
        Shown spinning(HandTrace {}.at(0, {.kind = EventKind::RunStarted, .small = 2}).starts(100, 1).open());
        spinning.view.setNow(3'000'000'000);
        spinning.view.setPlayhead(spinning.log->size(), TimelineView::Playhead::Live);
        spinning.view.setPlayhead(1);
        spinning.view.setNow(3'500'000'000);
        QCOMPARE(spinning.view.end(), std::uint64_t {3'500'000'000});
        QVERIFY2(spinning.view.playheadText().startsWith(u"0 ns"_s), qPrintable(spinning.view.playheadText()));
        spinning.view.setPlayhead(2); // the last event: when it was, not now
        QVERIFY2(spinning.view.playheadText().startsWith(u"100 µs"_s), qPrintable(spinning.view.playheadText()));
        // What runs on behind the playhead is its future.
        QVERIFY(!spinning.view.textAt(spinning.at(3'200'000, LaneKind::Waiter)).isEmpty());
        QVERIFY(spinning.painted().pixelColor(spinning.at(3'200'000, LaneKind::Waiter)) != Theme(Scheme::Light).ink());
    }

    void aNameIsReadableOrNotThere()
    {
        const QFontMetricsF metrics(uiFont(Theme(Scheme::Light), TypeSize::Second, QFont::DemiBold));
        for (const QString& name : {u"dessert"_s, u"menu"_s, u"go"_s, u"d"_s, u"\U0001F35D\U0001F35D noodles"_s}) {
            bool ever = false;
            for (int width = 0; width < 120; ++width) {
                const QString fitted = fittedName(name, metrics, width);
                QVERIFY2(metrics.horizontalAdvance(fitted) <= width, qPrintable(fitted));
                QVERIFY2(fitted.isEmpty() || fitted == name || (fitted.size() >= 4 && fitted.endsWith(QChar(0x2026))),
                    qPrintable(fitted));
                QVERIFY2(!ever || !fitted.isEmpty(),
                    qPrintable(u"%1 at %2"_s.arg(name).arg(width))); // wider never tells less
                ever = ever || !fitted.isEmpty();
            }
            QCOMPARE(fittedName(name, metrics, 200), name);
        }
        // As painted: in a bar in which three letters do not fit there are none.
        Shown shown(HandTrace {}
                .at(0, {.kind = EventKind::RunStarted, .small = 2})
                .starts(100, 1)
                .asks(200, 5, 1, "dessert")
                .ends(1'000, 1)
                .begun(1'000, 1, 1)
                .done(11'000, 1, 1)
                .at(14'000, {.kind = EventKind::RunEnded})
                .open());
        shown.view.setSelected(app::OrderId::async(5));
        const double least = metrics.horizontalAdvance(u"des"_s) + metrics.horizontalAdvance(QChar(0x2026));
        int bare = 0;
        int named = 0;
        for (int width = 140; width < 500; width += 4) {
            shown.view.resize(width, 176);
            const QImage image = shown.painted();
            const QPoint left = shown.at(1'000, LaneKind::Cook);
            const QPoint right = shown.at(11'000, LaneKind::Cook);
            int letters = 0;
            for (int x = left.x() + 5; x < right.x() - 3; ++x) {
                for (int y = left.y() - 5; y < left.y() + 5; ++y)
                    letters += image.pixelColor(x, y) != image.pixelColor(left.x() + 4, left.y());
            }
            if (right.x() - left.x() < least) {
                QCOMPARE(letters, 0);
                ++bare;
            } else if (right.x() - left.x() > least + 20) {
                QVERIFY(letters > 0);
                ++named;
            }
        }
        QVERIFY(bare > 3 && named > 3);
    }

    // A sign in the lane of the cook whose job came back refused, with words, since nothing lies beyond it; one on the
    // waiter's bar, where there is no room for any.
    void whatWasRefusedIsASignInTheLaneOfWhoWantedIt()
    {
        Shown shown(refusedRun(), {1'200, 176});
        QCOMPARE(shown.view.textAt(shown.at(32'100, LaneKind::Cook)),
            u"The waiter may not look up the address of api.example.org."_s);
        QCOMPARE(shown.view.textAt(shown.at(33'000, LaneKind::Waiter)), u"The waiter may not write to /etc/passwd."_s);
        QVERIFY(!shown.view.textAt(shown.at(32'100, LaneKind::Waiter)).contains(u"look up"_s));
        shown.view.setWording(app::Wording::Runtime);
        QCOMPARE(shown.view.textAt(shown.at(32'100, LaneKind::Cook)),
            u"The sandbox refused to look up the name api.example.org."_s);
        const QColor red = Theme(Scheme::Light).color(Meaning::Error);
        const auto redAt = [&](const QImage& image, const QPoint& center, int from, int to) {
            int count = 0;
            for (int x = center.x() + from; x <= center.x() + to; ++x) {
                for (int y = center.y() - 6; y <= center.y() + 6; ++y)
                    count += image.pixelColor(x, y) == red ? 1 : 0;
            }
            return count;
        };
        const QPoint look = shown.at(32'100, LaneKind::Cook);
        const QImage later = shown.painted();
        QVERIFY(redAt(later, look, -6, 6) > 8);
        QVERIFY(redAt(later, look, 10, 60) > 20); // its words
        QVERIFY(redAt(later, shown.at(33'000, LaneKind::Waiter), -6, 6) > 8);
        shown.view.setPlayhead(shown.log->refusals().front()); // still to come: pale
        QCOMPARE(redAt(shown.painted(), look, -6, 60), 0);
    }

    // Near the right edge its words stand left of the sign, whole; never where a bar lies.
    void wordsOfARefusalStandWhereTheyHaveRoom()
    {
        HandTrace trace;
        const std::uint32_t file = trace.text("/etc/passwd");
        Shown shown(
            trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
                .starts(100, 1)
                .ends(300, 1)
                .at(2'000,
                    {.kind = EventKind::AccessRefused, .small = static_cast<std::uint16_t>(Access::Write), .a = file})
                .starts(9'000, 2)
                .ends(10'000, 2)
                .open(),
            {1'200, 176});
        const QColor red = Theme(Scheme::Light).color(Meaning::Error);
        const auto letters = [&](int from, int to) {
            const QImage image = shown.painted();
            const QPoint sign = shown.at(2'000, LaneKind::Waiter);
            int count = 0;
            for (int x = std::max(sign.x() + from, 0); x <= std::min(sign.x() + to, image.width() - 1); ++x) {
                for (int y = sign.y() - 6; y <= sign.y() + 6; ++y)
                    count += image.pixelColor(x, y) == red ? 1 : 0;
            }
            return count;
        };
        QVERIFY(letters(10, 150) > 20 && letters(-150, -10) == 0);
        const int whole = letters(10, 400);
        shown.view.showRange(0, 2'010'000);
        QVERIFY(shown.view.xOf(2'000'000) > shown.view.layoutOfRows().plot.right() - 130);
        QVERIFY2(letters(-400, -10) >= whole * 9 / 10, qPrintable(u"%1 of %2"_s.arg(letters(-400, -10)).arg(whole)));
        QVERIFY(letters(10, 400) == 0);
    }

    // What is ready at the playhead has its number clear of the sign and its words.
    void whatIsReadyIsReadBesideARefusal()
    {
        HandTrace trace;
        const std::uint32_t file = trace.text("/home/ada/.ssh/id_rsa");
        Shown shown(
            trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
                .starts(100, 1)
                .asks(200, 5, 1, "dish")
                .asks(210, 6, 2, "tea")
                .ends(2'000, 1)
                .poll(2'100)
                .begun(2'200, 1, 1)
                .done(20'000, 1, 1)
                .begun(20'100, 2, 1)
                .done(30'000, 2, 1)
                .at(30'100, {.kind = EventKind::PoolJobDelivered, .a = 2})
                .at(30'100,
                    {.kind = EventKind::AccessRefused, .small = static_cast<std::uint16_t>(Access::Read), .a = file})
                .open(),
            {1'200, 176});
        const auto rows = shown.view.layoutOfRows().rows;
        const auto row = std::ranges::find_if(rows, [](const LaneRow& one) { return one.lane == LaneKind::Cook; });
        const QRectF label = shown.view.readyLabel(*row);
        QVERIFY(!label.isEmpty());
        const QImage image = shown.painted();
        const QColor tint = Theme(Scheme::Light).tint(Meaning::Error);
        const QColor red = Theme(Scheme::Light).color(Meaning::Error);
        for (int x = static_cast<int>(label.left()); x <= static_cast<int>(label.right()); ++x) {
            const QColor there = image.pixelColor(x, static_cast<int>(row->bar.top()) + 2);
            QVERIFY2(there != tint && there != red, qPrintable(QString::number(x)));
        }
    }

    void aSignOnRedHasARimAndLeadsToItsEvent()
    {
        Shown shown(refusedRun(), {1'200, 176});
        const QPoint sign = shown.at(33'000, LaneKind::Waiter);
        const QImage image = shown.painted();
        int rim = 0;
        for (int x = sign.x() - 7; x <= sign.x() - 5; ++x)
            rim += image.pixelColor(x, sign.y()) == Theme(Scheme::Light).window() ? 1 : 0;
        QVERIFY(rim > 0);
        QSignalSpy asked(&shown.view, &TimelineView::playheadRequested);
        for (const auto& [us, lane, refusal] :
            {std::tuple {32'100, LaneKind::Cook, 0}, std::tuple {33'000, LaneKind::Waiter, 1}}) {
            QTest::mouseClick(&shown.view, Qt::LeftButton, {}, shown.at(us, lane) + QPoint(4, 0));
            QCOMPARE(asked.size(), 1);
            QCOMPARE(asked.takeFirst().first().value<app::Index>(),
                shown.log->refusals()[static_cast<std::size_t>(refusal)] + 1);
        }
    }

    // The words of a bar end before the sign of what was refused in it.
    void noSignStandsOnTheWordsOfABar()
    {
        HandTrace trace;
        const std::uint32_t file = trace.text("/etc/passwd");
        Shown shown(
            trace.at(0, {.kind = EventKind::RunStarted, .small = 2})
                .starts(100, 1)
                .at(1'000,
                    {.kind = EventKind::AccessRefused, .small = static_cast<std::uint16_t>(Access::Write), .a = file})
                .ends(40'000, 1)
                .open(),
            {1'200, 176});
        const QRectF bar(shown.at(100, LaneKind::Waiter), shown.at(40'000, LaneKind::Waiter));
        const double sign = shown.at(1'000, LaneKind::Waiter).x();
        const QRectF words = shown.view.clearOfSigns(bar, 60);
        QVERIFY2(words.left() > sign + 5 && words.width() >= 60,
            qPrintable(u"%1 to %2, sign at %3"_s.arg(words.left()).arg(words.right()).arg(sign)));
        QCOMPARE(words.right(), bar.right());
        const QRectF few = shown.view.clearOfSigns(QRectF(bar.left(), bar.top(), 4, bar.height()), 60);
        QVERIFY(few.right() <= sign - 5);
    }

    void whatIsRefusedLaterIsHiddenFromWhoPredicts()
    {
        Shown shown(refusedRun(), {1'200, 176});
        shown.view.setPlayhead(shown.log->refusals().front());
        shown.view.setFutureHidden(true);
        QVERIFY(!shown.view.textAt(shown.at(32'100, LaneKind::Cook)).contains(u"look up"_s));
        shown.view.setPlayhead(shown.log->refusals().front() + 1);
        QVERIFY(shown.view.textAt(shown.at(32'100, LaneKind::Cook)).contains(u"look up"_s));
    }

    void withoutALogThereIsNothingAndNothingBreaks()
    {
        TimelineView view;
        view.resize(800, 176);
        view.show();
        QVERIFY(view.refresh());
        view.setPlayhead(5);
        QTest::mouseClick(&view, Qt::LeftButton, {}, {400, 60});
        for (const int key : {Qt::Key_Right, Qt::Key_Down, Qt::Key_Return, Qt::Key_Plus, Qt::Key_End})
            QTest::keyClick(&view, static_cast<Qt::Key>(key));
        QCOMPARE(view.playhead(), 0u);
        QCOMPARE(view.textAt({400, 60}), QString());
    }
};

QTEST_MAIN(TestTimelineView)
#include "tst_timelineview.moc"
