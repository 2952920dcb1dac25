// Walks over causes, of traces that say what cannot be.
#include "state/chain.h"

#include "app/why/drawing.h"

#include <QStringList>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

// Its causes by number, and "…" where the walk was cut.
QString causesOf(const TraceLog& log, std::uint32_t async, std::size_t longest = 8)
{
    QStringList words;
    Causes causes(log, OrderId::async(async), longest);
    while (const OrderId cause = causes.next())
        words += QString::number(cause.value);
    if (causes.isCut())
        words += u"…"_s;
    return words.join(u' ');
}

// Resources by id, each with the trigger that the trace names for it.
std::unique_ptr<TraceLog> triggered(std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> resources)
{
    tests::Drawing drawing;
    for (const auto& [async, trigger] : resources)
        drawing.event({.kind = trace::EventKind::ResourceCreated, .a = async, .b = trigger});
    return drawing.log();
}

} // namespace

class TestChain : public QObject {
    Q_OBJECT

private slots:
    void causesAreWalkedToOneThatNothingHasCaused()
    {
        const auto log = triggered({{2, 1}, {3, 2}, {4, 3}});
        QCOMPARE(causesOf(*log, 4), u"3 2 1"_s);
        QCOMPARE(causesOf(*log, 1), QString());
    }

    void whatNamesItselfAsItsCauseHasNoneThatCouldBeTold()
    {
        const auto log = triggered({{2, 2}});
        QCOMPARE(causesOf(*log, 2), u"…"_s);
    }

    void aRingIsWalkedOnceAndCut()
    {
        const auto log = triggered({{2, 4}, {3, 2}, {4, 3}});
        QCOMPARE(causesOf(*log, 4), u"3 2 …"_s);
    }

    void aTriggerThatIsMadeLaterIsToldAsOne()
    {
        const auto log = triggered({{2, 7}, {7, 1}});
        QCOMPARE(causesOf(*log, 2), u"7 1"_s);
    }

    void aTriggerThatIsNeverMadeEndsTheWalk()
    {
        const auto log = triggered({{2, 4'000'000'000}});
        QCOMPARE(causesOf(*log, 2), u"4000000000"_s);
    }

    void aLongChainIsCutAfterSoManyLinks()
    {
        tests::Drawing drawing;
        for (std::uint32_t async = 2; async < 10'000; ++async)
            drawing.event({.kind = trace::EventKind::ResourceCreated, .a = async, .b = async - 1});
        const auto log = drawing.log();
        QCOMPARE(causesOf(*log, 9'999, 3), u"9998 9997 9996 …"_s);
        QCOMPARE(causesOf(*log, 4, 3), u"3 2 1"_s); // just as many as there may be: it is whole
    }
};

QTEST_GUILESS_MAIN(TestChain)
#include "tst_chain.moc"
