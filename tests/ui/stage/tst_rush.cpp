// The example "A rush", run by the engine: when it blocks there is a crowd, on any machine.
#include "drawn.h"
#include "moment/tracefacts.h"
#include "state/blocked.h"
#include "support/recordedrun.h"

#include <QTest>

using namespace bistro;
using namespace bistro::test;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestRush : public QObject {
    Q_OBJECT

private slots:
    void aRushHasACrowd()
    {
        const QString folder = QStringLiteral(BISTRO_EXAMPLES) + u"/27-a-rush"_s;
        const RecordedRun run = record(
            QStringLiteral(BISTRO_ENGINE), u"process.chdir('%1'); require('%1/server.js');"_s.arg(folder).toUtf8());
        QCOMPARE(run.code, 0);
        QCOMPARE(run.output.count("/menu\n"), 15);
        QVERIFY(run.output.contains("16 customers were served\n"));
        const auto log = app::TraceLog::open(run.folder->filePath(u"run.bistro"_s).toStdString()).value();
        const TraceFacts facts(*log);
        const app::Index place = log->head().totals.longestBlockAt; // before that event the report is still built
        const app::LoopState& state = log->stateAt(place);
        const StagePicture picture = pictureOf(state, app::servingOrder(state, 1'000), facts,
            {.heldSince = state.running.empty() ? state.time : state.running.front().since});
        QCOMPARE(picture.mood, Mood::Blocked);
        const auto waiting = std::ranges::count(picture.customers, false, &StageCustomer::served);
        QVERIFY2(waiting >= 11, qPrintable(QString::number(waiting)));
        const auto served = std::ranges::find(picture.customers, true, &StageCustomer::served);
        QVERIFY(served != picture.customers.end());
        QCOMPARE(served->number, 7);
        QVERIFY2(words(picture).contains(u"GET /report"_s), qPrintable(words(picture).join(u'|')));
        for (const Wants wants : {Wants::ToBeHeard, Wants::Food})
            QVERIFY(std::ranges::count(picture.customers, wants, &StageCustomer::wants) >= 3);
        QVERIFY2(picture.ready >= 15, qPrintable(QString::number(picture.ready)));
        int outside = 0;
        for (const StageSlip& slip : picture.slips)
            outside += slip.place == Place::Door ? slip.count : 0;
        QVERIFY(outside >= 3);
        for (const Place rail : {Place::Poll, Place::Immediates, Place::Timers})
            QVERIFY(standing(picture, rail) > 0);
    }
};

QTEST_MAIN(TestRush)
#include "tst_rush.moc"
