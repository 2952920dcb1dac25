// Predicting, part by part: what is hidden on stage, timeline, console, card and narration, and what the card says.
#include "console/consolemodel.h"
#include "console/consoleview.h"
#include "moment/tracefacts.h"
#include "panels/cardcontent.h"
#include "panels/expectpanel.h"
#include "panels/narrationcontent.h"
#include "panels/predictcard.h"
#include "panels/predictrow.h"
#include "stage/ordersmodel.h"
#include "stage/picturetext.h"
#include "theme/fonts.h"
#include "timeline/timelineview.h"
#include "ui/handtrace.h"
#include "ui/stage/drawn.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

app::OrderId orderOf(const StagePicture& picture, const QString& title)
{
    const auto slip = std::ranges::find(picture.slips, title, &StageSlip::title);
    return slip == picture.slips.end() ? app::OrderId {} : slip->order;
}

// "1 greet, 2 dish 3": by their keys.
QString keys(const StagePicture& picture)
{
    QStringList words;
    for (const app::OrderId order : picture.asked) {
        for (const StageSlip& slip : picture.slips) {
            if (slip.order == order && slip.asked == picture.keyOf(order))
                words << u"%1 %2"_s.arg(slip.asked).arg(slip.title);
        }
    }
    return words.join(u", ");
}

StagePicture drawHidden(const HandState& hand, Skin skin, const QStringList& asked = {})
{
    StageOptions options {.skin = skin, .guessing = true};
    const StagePicture shown = draw(hand, {.skin = skin});
    for (const QString& title : asked)
        options.asked.push_back(orderOf(shown, title));
    return draw(hand, options);
}

// dish waits behind its asker and a tick; then both are served.
std::unique_ptr<app::TraceLog> smallRun()
{
    return HandTrace {}
        .at(0, {.kind = EventKind::RunStarted, .small = 2})
        .starts(100, 1)
        .asks(1'500, 5, 1, "dish", 12)
        .at(1'600, {.kind = EventKind::TickQueued, .a = 6, .b = 1})
        .begun(1'700, 1, 1)
        .done(38'200, 1, 1)
        .ends(40'000, 1) // place 8
        .starts(40'100, 6)
        .ends(40'200, 6)
        .at(41'000, {.kind = EventKind::PoolJobDelivered, .a = 1})
        .starts(41'100, 5)
        .ends(41'600, 5)
        .open();
}

} // namespace

class TestPredict : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("XDG_STATE_HOME", m_folder.filePath(u"state"_s).toUtf8()); }

    void thePictureHasNoServingNumberAndNoNextOne()
    {
        for (const Skin skin : kSkins) {
            const StagePicture picture = drawHidden(fourCooks(), skin);
            QCOMPARE(served(picture), QString());
            QVERIFY(picture.guessing);
            const QString all = asText(picture) + words(picture).join(u'\n');
            QVERIFY2(!all.contains(u"to be served"_s), qPrintable(all));
            for (const StageSlip& slip : picture.slips)
                QVERIFY2(slip.range.isEmpty() && !slip.name.contains(u"number"_s), qPrintable(slip.name));
        }
        const QStringList legend = words(drawHidden(fourCooks(), Skin::Restaurant));
        QVERIFY(legend.contains(u"the serving order is hidden:"_s));
        QVERIFY(!legend.contains(u"serving order"_s));
    }

    // What was closed last is served first: on the rail it hangs where it was placed.
    void railsHangAsTheyWerePlaced()
    {
        HandState hand;
        hand.start(1).timer(3, u"late"_s, 20).timer(4, u"early"_s, 10).finish(1).later(30'000'000);
        hand.iteration(1).enter(Phase::Timers).event(EventKind::TimersProcessed, {.a = 30});
        const auto due = [&](const StagePicture& picture) {
            QStringList titles;
            for (const StageSlip& slip : picture.slips) {
                if (slip.place == Place::Timers)
                    titles << slip.title;
            }
            return titles.join(u' ');
        };
        if (due(draw(hand)).isEmpty())
            QSKIP("neither is due in this state");
        QCOMPARE(due(draw(hand)), u"early late"_s);
        QCOMPARE(due(drawHidden(hand, Skin::Restaurant)), u"late early"_s);
    }

    void keysGoByThePlaceOnTheStage()
    {
        for (const Skin skin : kSkins) {
            const QStringList names {u"bill"_s, u"dish 3"_s, u"greet"_s, u"tick"_s};
            const StagePicture picture = drawHidden(fourCooks(), skin, names);
            QCOMPARE(picture.asked.size(), std::size_t {4});
            std::vector<QRectF> rects;
            for (const app::OrderId order : picture.asked)
                rects.push_back(std::ranges::find(picture.slips, order, &StageSlip::order)->rect);
            for (std::size_t i = 1; i < rects.size(); ++i) {
                const bool below = rects[i].top() > rects[i - 1].top() - 8;
                const bool right = rects[i].left() > rects[i - 1].left();
                QVERIFY2(below && (right || rects[i].top() > rects[i - 1].top()), qPrintable(keys(picture)));
            }
            // However they are asked for.
            QCOMPARE(keys(drawHidden(fourCooks(), skin, {names.rbegin(), names.rend()})), keys(picture));
        }
    }

    void whoIsBehindATabHasAKeyToo()
    {
        const HandState hand = crowd(30);
        StageOptions options {.guessing = true};
        for (std::uint32_t i = 0; i < 9; ++i)
            options.asked.push_back(app::OrderId::async(100 + 3 * i));
        const StagePicture picture = draw(hand, options);
        QCOMPARE(picture.asked.size(), std::size_t {9});
        const auto tab = std::ranges::find(picture.slips, SlipForm::Tab, &StageSlip::form);
        QVERIFY(tab != picture.slips.end() && tab->asked > 0);
        QCOMPARE(tab->askedLast, 9);
        QVERIFY(tab->name.contains(u"if one of them is next"_s));
    }

    void theTableHasTheKeysInPlaceOfTheServingNumbers()
    {
        const HandState hand = fourCooks();
        OrdersModel model;
        model.setPicture(draw(hand), &hand);
        QCOMPARE(model.headerData(OrdersModel::ServingNumber, Qt::Horizontal, Qt::DisplayRole).toString(), u"Served"_s);
        const StagePicture hidden = drawHidden(hand, Skin::Restaurant, {u"bill"_s, u"tick"_s});
        model.setPicture(hidden, &hand);
        QCOMPARE(model.headerData(OrdersModel::ServingNumber, Qt::Horizontal, Qt::DisplayRole).toString(), u"Key"_s);
        QStringList told;
        for (int row = 0; row < model.rowCount(); ++row) {
            const QString number = model.index(row, OrdersModel::ServingNumber).data().toString();
            QVERIFY(model.index(row, OrdersModel::State).data().toString() != u"next"_s);
            if (number.isEmpty())
                continue;
            told << model.index(row, OrdersModel::Title).data().toString();
            QVERIFY(model.index(row, OrdersModel::Title)
                    .data(Qt::AccessibleDescriptionRole)
                    .toString()
                    .contains(u"Press %1 if it is next"_s.arg(number)));
        }
        told.sort();
        QCOMPARE(told, (QStringList {u"bill"_s, u"tick"_s}));
    }

    void theTimelineEndsAtThePlayhead()
    {
        const auto log = smallRun();
        const TraceFacts facts(*log);
        TimelineView view;
        view.resize(800, 176);
        view.setLog(log.get());
        view.setFacts(&facts);
        view.refresh(app::TraceLog::kNoLimit);
        view.show();
        Moment moment = momentAt(*log, facts, 8, app::Wording::Restaurant);
        view.setMoment(moment);
        const std::uint64_t whole = view.end();
        const auto named = [&](LaneKind lane) {
            for (const ReachedLane& each : view.lanes()) {
                if (each.lane == lane)
                    return each.name;
            }
            return QString();
        };
        QVERIFY(named(LaneKind::Waiter).contains(u"2 entries"_s));
        moment.hidden = true;
        view.setMoment(moment);
        QCOMPARE(view.end(), std::uint64_t {40'000'000});
        QCOMPARE(view.events(), app::Index {8});
        QVERIFY(named(LaneKind::Waiter).contains(u"1 entry"_s) || named(LaneKind::Waiter).contains(u"1 entries"_s));
        QVERIFY(!view.spanOf(LaneKind::Waiter, 0, 1));
        QVERIFY(!view.playheadText().contains(u"of"_s));
        QVERIFY(view.xOf(view.end()) <= view.layoutOfRows().plot.right());
        view.setFlags({{.time = 41'000'000, .place = 11, .note = u"later"_s}});
        QVERIFY(!view.flagRect(view.flags().front()));
        moment.hidden = false;
        view.setMoment(moment);
        QCOMPARE(view.end(), whole);
        QVERIFY(view.flagRect(view.flags().front()));
    }

    void theConsoleHasOnlyWhatWasPrinted()
    {
        ConsoleModel model;
        ConsoleView view;
        view.setTheme(Theme(Scheme::Light));
        view.setModel(&model);
        view.resize(700, 400);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        model.replayed(Stream::Output, 4, "one\n", 10);
        model.replayed(Stream::Output, 4, "two\n", 20);
        model.replayed(Stream::Error, 6, "three\n", 30);
        model.settle();
        QCOMPARE(model.rowCount(), 3);
        const auto shown = [&] {
            QString rows;
            for (int row = 0; row < 3; ++row)
                rows += view.isShown(row) ? u'1' : u'0';
            return rows;
        };
        view.setPlayhead(15);
        QCOMPARE(shown(), u"111"_s);
        view.selectAll();
        view.setFutureHidden(true, false);
        QCOMPARE(shown(), u"100"_s);
        QVERIFY(view.selectedText().isEmpty());
        view.setPlayhead(21);
        QCOMPARE(shown(), u"110"_s);
        view.setPlayhead(5);
        QCOMPARE(shown(), u"000"_s);
        QSignalSpy found(&view, &ConsoleView::found);
        view.find(u"three"_s, false, ConsoleView::Direction::Forward);
        QVERIFY(QTest::qWaitFor([&] { return !found.isEmpty(); }));
        QCOMPARE(found.first().first().toBool(), false);
        QCOMPARE(view.hits().total, 0);
        view.setFutureHidden(false, true);
        QCOMPARE(shown(), u"111"_s);
    }

    void narrationAndCardKeepTheNextOneSecret()
    {
        const auto log = smallRun();
        const TraceFacts facts(*log);
        Moment moment = momentAt(*log, facts, 8, app::Wording::Restaurant); // the script is over, a tick is next
        QVERIFY(narrationContent(moment).headline.text.contains(u"Next"_s));
        const OrderCardContent open = orderCard(moment, app::OrderId::async(5));
        QVERIFY(!open.question.isEmpty() && open.steps.back().when.contains(u"in line"_s));
        moment.hidden = true;
        const NarrationContent told = narrationContent(moment);
        QVERIFY2(
            !told.headline.text.contains(u"Next"_s) && !told.headline.text.isEmpty(), qPrintable(told.headline.text));
        QVERIFY(told.action == NarrationContent::Action::None);
        const OrderCardContent hidden = orderCard(moment, app::OrderId::async(5));
        QVERIFY(hidden.question.isEmpty() && !hidden.steps.back().when.contains(u"in line"_s));
        moment.asked = {app::OrderId::async(5), app::OrderId::async(6)};
        QCOMPARE(narrationContent(moment).headline.text, u"Whom does the waiter serve next?"_s);
    }

    void theCardAsksAndAnswers()
    {
        const auto log = smallRun();
        const TraceFacts facts(*log);
        PredictCard card;
        card.setTheme(Theme(Scheme::Light));
        const auto dish = app::OrderId::async(5);
        const auto tick = app::OrderId::async(6);
        PredictContent content = predictQuestion(*log, facts, {dish, tick}, app::Wording::Restaurant);
        tellScore(content, {});
        card.QWidget::show();
        card.show(content);
        QCOMPARE(card.rows().size(), std::size_t {2});
        QVERIFY(card.goOn().isHidden());
        QVERIFY(card.startAgain().isHidden());
        QVERIFY(card.rows()[0]->accessibleName().startsWith(u"1: dish"_s));
        QSignalSpy answered(&card, &PredictCard::answered);
        QTest::mouseClick(card.rows()[1], Qt::LeftButton);
        QCOMPARE(answered.first().first().value<app::OrderId>(), tick);
        app::Explanation why;
        why.headline = u"Ticks come first."_s;
        PredictContent wrong = content;
        tellAnswer(wrong, *log, facts, dish, tick, why, false);
        tellScore(wrong, {.right = 0, .asked = 1});
        card.show(wrong);
        QVERIFY2(card.asText().startsWith(u"Not yet: "_s), qPrintable(card.asText()));
        QVERIFY(card.asText().contains(u"Ticks come first."_s));
        QVERIFY(card.asText().contains(u"0 of 1 right"_s));
        QVERIFY(!card.goOn().isHidden() && !card.startAgain().isHidden());
        // A small window's column of cards, beside its scroll bar.
        for (const double zoom : {1., 1.25, 1.5}) {
            const Theme theme(Scheme::Light, zoom);
            card.setTheme(theme);
            QVERIFY2(card.minimumSizeHint().width() <= theme.px(248 - 10),
                qPrintable(u"%1 px at %2"_s.arg(card.minimumSizeHint().width()).arg(zoom)));
        }
        QVERIFY(!card.rows()[0]->isEnabled());
        PredictContent right = content;
        tellAnswer(right, *log, facts, tick, tick, why, false);
        QVERIFY(right.headline.startsWith(u"Right: "_s));
    }

    // So that reasons and the way on stand above the edge of a small window.
    void choicesThatDoNotMatterFoldAfterTheAnswer()
    {
        PredictContent content = predictState(PredictPhase::Answered);
        for (int i = 1; i <= 7; ++i)
            content.rows.push_back({.key = i,
                .name = {.order = app::OrderId::async(static_cast<std::uint32_t>(i)), .title = u"order %1"_s.arg(i)},
                .chosen = i == 2,
                .came = i == 5});
        PredictCard card;
        card.setTheme(Theme(Scheme::Light));
        card.show(content);
        QCOMPARE(card.rows().size(), std::size_t {2});
        QVERIFY(card.rows()[1]->accessibleName().startsWith(u"5: "_s));
        auto* const all = card.findChild<QToolButton*>(u"showall"_s);
        QVERIFY(all && all->text().contains(u'7'));
        all->click();
        QCOMPARE(card.rows().size(), std::size_t {7});
    }

    void aRowKeepsItsLine()
    {
        const Theme theme(Scheme::Light);
        const PredictRow row {.key = 1, .kind = u"timer callback of a long name, line 3"_s, .uncut = 8, .chosen = true};
        const PredictRowButton button(theme, row, false, nullptr);
        const QFontMetricsF metrics(uiFont(theme, TypeSize::Second));
        const double whole = metrics.horizontalAdvance(row.kind);
        QCOMPARE(button.shownKind(metrics, whole + 1), row.kind);
        const QString cut = button.shownKind(metrics, whole / 2);
        QVERIFY2(cut.endsWith(u"…, line 3"_s) && metrics.horizontalAdvance(cut) <= whole / 2, qPrintable(cut));
    }

    void theFieldMarksTheLineThatDiffers()
    {
        ExpectPanel panel;
        panel.setTheme(Theme(Scheme::Light));
        panel.show(ExpectResult {});
        panel.field().setPlainText(u"a\nb\nc"_s);
        panel.setComparable(true);
        QVERIFY(panel.compareButton().isEnabled());
        ExpectResult result;
        result.verdict = ExpectResult::Verdict::Differs;
        result.sentence = u"You expected “b” as line 2."_s;
        result.line = 1;
        result.hasMoment = true;
        result.reasons.push_back({.text = u"It was not ready."_s, .orders = {}});
        panel.show(result);
        const auto marks = panel.field().extraSelections();
        QVERIFY(!marks.isEmpty());
        QCOMPARE(marks.front().cursor.blockNumber(), 1);
        QVERIFY(!panel.whyButton().isHidden());
        QCOMPARE(panel.asText(), result.sentence);
        QSignalSpy why(&panel, &ExpectPanel::whyAsked);
        panel.whyButton().click();
        QCOMPARE(why.size(), 1);
        QVERIFY(panel.asText().contains(u"It was not ready."_s));
        panel.show(ExpectResult {});
        QVERIFY(panel.field().extraSelections().isEmpty() && panel.whyButton().isHidden());
    }

private:
    QTemporaryDir m_folder;
};

QTEST_MAIN(TestPredict)
#include "tst_predict.moc"
