// What folds in a window of which size, and where the window stands on its screen: values.
#include "window/folds.h"
#include "window/windowplace.h"

#include <QTest>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestFolds : public QObject {
    Q_OBJECT

private slots:
    void aRoomyWindowFoldsNothing()
    {
        QCOMPARE(foldsFor({1440, 900}), Folds {});
        for (const QSizeF& size : {QSizeF(1920, 1080), QSizeF(3000, 2000)}) {
            Folds folds = foldsFor(size);
            folds.left = Folds {}.left; // what it has more of, others share
            folds.column = Folds {}.column;
            QCOMPARE(folds, Folds {});
        }
    }

    void codeAndCardsShareTheWidthThatTheStageCantUse()
    {
        const Folds wide = foldsFor({1920, 1080});
        QVERIFY2(wide.left > 560 && wide.column > 320, qPrintable(u"%1, %2"_s.arg(wide.left).arg(wide.column)));
        for (int width = 1400; width < 4000; width += 50) {
            for (int height = 860; height < 2200; height += 20) {
                const Folds folds = foldsFor(QSizeF(width, height));
                const QSizeF least = units::stage(false);
                const double rows = units::heads(false) + (folds.rule ? units::kSentence : units::kRule)
                    + (folds.cooks ? units::kBars : units::kLanes);
                const QSizeF stage(width - folds.left - folds.column, height - rows);
                const double scale = std::min(stage.width() / least.width(), stage.height() / least.height());
                const double before = std::min(
                    (width - units::kEditor - units::cards(false)) / least.width(), stage.height() / least.height());
                QVERIFY(scale >= before - 1e-9); // it is drawn as large as without them
                const double room = width - least.width() - units::cards(false);
                QVERIFY(folds.left >= std::min(units::kEditor, room) && folds.left <= units::kWideEditor);
                QVERIFY(folds.column >= units::cards(false) && folds.column <= units::kWideCards);
            }
        }
        QVERIFY(foldsFor({1920, 1080}, {.cards = false}).left > wide.left);
        QCOMPARE(foldsFor({1920, 1080}, {.stage = false}).left, units::kEditor);
    }

    void theCompactWindowKeepsEveryPanel()
    {
        const Folds folds = foldsFor({1280, 720});
        QVERIFY(folds.compact && folds.rule && folds.cooks && folds.console);
        QVERIFY(!folds.lanes && !folds.cards && !folds.scrolls && !folds.band && !folds.rail());
    }

    void theRuleStaysWhereThereIsRoomForIt()
    {
        QVERIFY(!foldsFor({1366, 768}).rule && foldsFor({1366, 768}).cooks);
        QVERIFY(!foldsFor({1280, 1000}).cooks && foldsFor({1280, 1000}).compact);
    }

    void theyFoldInTheStatedOrder()
    {
        // The height at which each folds first, while the window becomes lower; the width, while it becomes narrower.
        const auto first = [](bool Folds::* fold, auto sizeOf) {
            for (int size = 2000; size > 200; --size) {
                if (foldsFor(sizeOf(size)).*fold)
                    return size;
            }
            return 0;
        };
        const auto low = [](int height) { return QSizeF(1280, height); };
        QVERIFY(first(&Folds::rule, low) >= first(&Folds::cooks, low));
        QVERIFY(first(&Folds::cooks, low) > first(&Folds::lanes, low));
        QVERIFY(first(&Folds::lanes, low) > first(&Folds::scrolls, low));
        QVERIFY(first(&Folds::scrolls, low) > 300);
        const auto narrow = [](int width) { return QSizeF(width, 900); };
        QVERIFY(first(&Folds::compact, narrow) > first(&Folds::cards, narrow));
        QVERIFY(first(&Folds::cards, narrow) > first(&Folds::scrolls, narrow));
        QVERIFY(first(&Folds::scrolls, narrow) > 300);
    }

    void nothingFoldsThatHasRoom()
    {
        for (int width = 340; width < 1700; width += 20) {
            for (int height = 190; height < 1100; height += 10) {
                const Folds folds = foldsFor(QSizeF(width, height));
                const double narration = folds.rule ? units::kSentence : units::kRule;
                const double timeline = folds.lanes ? units::kWaiterLane : folds.cooks ? units::kBars : units::kLanes;
                const double rows = units::heads(folds.compact) + units::stage(folds.compact).height() + narration
                    + timeline;
                if (rows <= height) { // one more would not fit
                    QVERIFY(!folds.rule || rows - units::kSentence + units::kRule > height);
                    QVERIFY(!folds.lanes || rows - units::kWaiterLane + units::kBars > height);
                    QVERIFY(folds.lanes || !folds.cooks || rows - units::kBars + units::kLanes > height);
                } else {
                    QVERIFY(folds.rule && folds.lanes && folds.scrolls);
                }
                const double columns = folds.left + units::stage(folds.compact).width()
                    + (folds.rail() ? units::kRail : 0) + (folds.cards ? 0 : folds.column);
                QVERIFY(folds.scrolls || columns <= width);
                QVERIFY(folds.left <= (folds.compact ? units::kEditor : units::kWideEditor));
                QVERIFY(folds.left >= std::min(300., (width - units::kRail) / 2));
                QVERIFY(!folds.cards || folds.rail());
            }
        }
    }

    void nothingFoldsForWhatIsHidden()
    {
        QVERIFY(!foldsFor({1024, 600}, {.timeline = false}).lanes);
        QVERIFY(!foldsFor({1024, 600}, {.narration = false}).rule);
        QVERIFY(!foldsFor({700, 600}, {.cards = false}).cards);
        QVERIFY(!foldsFor({300, 300}, {.stage = false}).scrolls);
        QCOMPARE(foldsFor({1024, 600}, {.left = false}).left, 0);
        QVERIFY(!foldsFor({1024, 700}, {.left = false}).cards); // the editor's room is theirs
    }

    void theFirstWindowIsAsLargeAsItsScreenAllows()
    {
        QCOMPARE(firstPlaceOn({1920, 1080}), (FirstPlace {{1440, 900}, false}));
        QCOMPARE(firstPlaceOn({1600, 940}), (FirstPlace {{1440, 900}, false}));
        for (const QSize& screen : {QSize(1440, 900), QSize(1366, 768), QSize(1280, 720), QSize(960, 540)}) {
            const FirstPlace place = firstPlaceOn(screen);
            QVERIFY(place.maximized);
            QVERIFY(place.size.width() <= screen.width() && place.size.height() < screen.height());
        }
    }

    void aWindowIsPutBackOntoAScreenThatThereIs()
    {
        const QRect left(0, 0, 1920, 1080);
        const QRect right(1920, 200, 1280, 720);
        const QRect fits(100, 100, 800, 600);
        QCOMPARE(clippedTo({left, right}, fits), fits);
        QCOMPARE(clippedTo({left, right}, QRect(2000, 300, 1000, 500)), QRect(2000, 300, 1000, 500));
        // Its screen has gone, is smaller, or the window hung over its edge.
        for (const QRect& was : {QRect(4000, 100, 800, 600), QRect(1930, 210, 1440, 900), QRect(-500, -300, 900, 700),
                 QRect(100, 0, 800, 600), QRect(0, 0, 5000, 5000)}) {
            const QRect place = clippedTo({left, right}, was);
            QVERIFY(left.contains(place) || right.contains(place));
            QVERIFY(place.top() >= (left.contains(place) ? left : right).top() + 24); // its title bar, too
        }
        QCOMPARE(clippedTo({}, fits), fits);
    }
};

QTEST_GUILESS_MAIN(TestFolds)
#include "tst_folds.moc"
