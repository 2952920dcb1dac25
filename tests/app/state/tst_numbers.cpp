#include "state/numbers.h"
#include "support/recordedrun.h"
#include "support/syntheticrun.h"
#include "trace/views.h"
#include "trace/writer.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<TraceLog> openLog(const QString& file)
{
    auto log = TraceLog::open(file.toStdString());
    return log ? std::move(*log) : nullptr;
}

// Of every async order that the trace names, by its id.
std::map<std::uint32_t, std::uint32_t> numbersOf(const TraceLog& log)
{
    std::map<std::uint32_t, std::uint32_t> numbers;
    for (Index i = 0; i < log.size(); ++i) {
        if (const OrderId order = orderStartedBy(log.event(i)); order.space == OrderId::Space::Async && order)
            numbers[order.value] = numberOf(log, order);
    }
    return numbers;
}

} // namespace

class TestNumbers : public QObject {
    Q_OBJECT

private slots:
    void ordersOfOneLoopAreCountedFromOneAndAnOrderAloneHasNoNumber()
    {
        const auto run = test::record(QStringLiteral(BISTRO_ENGINE),
            "for (let i = 0; i < 3; i++) setTimeout(() => {}, 1);\nsetImmediate(() => {});\n");
        const auto log = openLog(run.folder->filePath(u"run.bistro"_s));
        QVERIFY(log);
        std::vector<std::uint32_t> timers;
        std::uint32_t immediates = 0;
        for (Index i = 0; i < log->size(); ++i) {
            const trace::Record event = log->event(i);
            if (event.kind == trace::EventKind::TimerCreated)
                timers.push_back(numberOf(*log, OrderId::async(trace::as<trace::events::TimerCreated>(event).async)));
            else if (event.kind == trace::EventKind::ImmediateCreated)
                immediates += numberOf(*log, OrderId::async(trace::as<trace::events::ImmediateCreated>(event).async));
        }
        QCOMPARE(timers, (std::vector<std::uint32_t> {1, 2, 3}));
        QCOMPARE(immediates, 0u);
    }

    void countingInSlicesEndsWithTheSameNumbers()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"synthetic.bistro"_s);
        {
            const auto writer = trace::Writer::create(file.toStdString()).value();
            tests::SyntheticRun(*writer, {}).write(60'000);
        }
        const auto atOnce = openLog(file);
        const auto inSlices = openLog(file);
        QVERIFY(atOnce && inSlices);
        const auto all = numbersOf(*atOnce);
        QVERIFY(std::ranges::any_of(all, [](const auto& each) { return each.second > 1; }));

        int slices = 1;
        while (!countOn(*inSlices, std::chrono::nanoseconds(1)))
            ++slices;
        QVERIFY2(slices > 10, qPrintable(QString::number(slices)));
        QCOMPARE(numbersOf(*inSlices), all);
    }

    void whoCountsInSlicesIsToldNoNumberAheadOfThem()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(u"synthetic.bistro"_s);
        {
            const auto writer = trace::Writer::create(file.toStdString()).value();
            tests::SyntheticRun(*writer, {}).write(60'000);
        }
        const auto log = openLog(file);
        QVERIFY(log);
        QVERIFY(!countOn(*log, std::chrono::nanoseconds(1)));
        const auto early = numbersOf(*log); // which does not count on
        while (!countOn(*log, std::chrono::milliseconds(1))) { }
        const auto all = numbersOf(*log);
        QCOMPARE(early.size(), all.size());
        QVERIFY(early != all);
    }
};

QTEST_GUILESS_MAIN(TestNumbers)
#include "tst_numbers.moc"
