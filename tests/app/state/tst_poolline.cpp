// libuv's thread pool: one line, slow jobs behind a marker.
#include "state/poolline.h"

#include <QStringList>
#include <QTest>

using bistro::app::PoolLine;
using namespace Qt::StringLiterals;

namespace {

QString print(const std::vector<PoolLine::Job>& jobs)
{
    QStringList words;
    for (const auto job : jobs)
        words << QString::number(job);
    return words.join(u' ');
}

} // namespace

class TestPoolLine : public QObject {
    Q_OBJECT

private slots:
    void jobsAreTakenInTheOrderInWhichTheyWereHandedIn()
    {
        PoolLine line;
        line.submitted(1, false);
        line.submitted(2, false);
        QCOMPARE(line.next(), 1u);
        line.begun(1, 1);
        QCOMPARE(print(line.line(10)), u"2"_s);
        QCOMPARE(line.waiting(), 1u);
    }

    void slowJobsStandInALineOfTheirOwnBehindOneMarker()
    {
        PoolLine line;
        line.submitted(1, true);
        line.submitted(2, true);
        line.submitted(3, false);
        QCOMPARE(print(line.line(10)), u"1 3 2"_s); // the marker goes to the end when a slow one was taken
        line.begun(1, 1);
        QCOMPARE(print(line.line(10)), u"3 2"_s);
    }

    void halfOfAnOddNumberIsRoundedUp()
    {
        for (const std::uint32_t workers : {1u, 2u, 3u, 5u, 8u, 1023u, 1024u}) {
            PoolLine line;
            line.resize(workers);
            for (PoolLine::Job job = 1; job <= workers; ++job)
                line.submitted(job, true);
            std::uint32_t taken = 0;
            while (const auto job = line.next())
                line.begun(*job, ++taken);
            QCOMPARE(taken, (workers + 1) / 2);
        }
    }

    void atMostHalfOfTheThreadsDoSlowWork()
    {
        PoolLine line;
        line.resize(4);
        for (PoolLine::Job job = 1; job <= 3; ++job)
            line.submitted(job, true);
        line.begun(1, 1);
        line.begun(2, 2);
        QVERIFY(!line.next());
        line.submitted(4, false);
        QCOMPARE(line.next(), 4u);
        line.begun(4, 3);
        line.done(1);
        QCOMPARE(line.next(), 3u);
    }

    void theLoopTakesWhatIsDoneAsOneBatch()
    {
        PoolLine line;
        for (PoolLine::Job job = 1; job <= 3; ++job) {
            line.submitted(job, false);
            line.begun(job, job);
        }
        line.done(2);
        line.done(1);
        line.batchBegins();
        line.delivered(2);
        line.done(3);
        QCOMPARE(line.batch(), 1u);
        QCOMPARE(line.done().front(), 1u);
        QCOMPARE(line.done().size(), 2u);
        line.batchEnds();
        QVERIFY(!line.batchTaken());
    }

    void aCancelledJobLeavesTheLine()
    {
        PoolLine line;
        line.submitted(1, false);
        line.submitted(2, true);
        line.delivered(2);
        line.delivered(1);
        QCOMPARE(line.waiting(), 0u);
        QVERIFY(!line.next());
    }
};

QTEST_APPLESS_MAIN(TestPoolLine)
#include "tst_poolline.moc"
