#include "why/linetold.h"

#include "support/drawnlines.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

struct Run {
    explicit Run(std::string_view drawing, std::string_view source = {})
        : log(tests::logOf(tests::drawnLinesFile(drawing, "/home/lea/cafe.js", source)))
        , lines(*log)
    {
        lines.refresh();
    }

    // What is said at that stop, from 1.
    [[nodiscard]] QString at(std::size_t stop, Wording wording = Wording::Runtime) const
    {
        return tellLine(lines, lines.endOfStop(lines.stops()[stop - 1]), wording).headline;
    }
    [[nodiscard]] QString ruleAt(std::size_t stop, Wording wording = Wording::Runtime) const
    {
        return tellLine(lines, lines.endOfStop(lines.stops()[stop - 1]), wording).ruleText;
    }

    std::unique_ptr<TraceLog> log;
    Lines lines;
};

} // namespace

class TestLineTold : public QObject {
    Q_OBJECT

private slots:
    void aLineSaysWhatItChangedAndWhatThatWas()
    {
        const Run run("add( 9|total,price total=33 price=18 10|total,price total=51 11|total,price )");
        QCOMPARE(run.at(2), u"Line 9: total is 51 now, it was 33."_s);
        QCOMPARE(run.at(3), u"Line 10 is over. Line 11 is next."_s);
    }

    void whatItGivesAFirstValueHadNone()
    {
        const Run run("add( 8|price price= 9|price price=18 )");
        QCOMPARE(run.at(2), u"Line 8: price is 18."_s);
    }

    void aPropertyIsNamedByWhatHoldsItsObject()
    {
        const Run run("add( 9|bill bill=#1 #1:object:Object/0/1 #1.total=33 10|bill #1.total=51 11|bill )");
        QCOMPARE(run.at(2), u"Line 9: bill.total is 51 now, it was 33."_s);
    }

    void anObjectThatIsMadeIsOneChange()
    {
        const Run run("add( 4|bill bill= 5|bill bill=#1 #1:object:Object/0/2 #1.number=7 #1.total=0 )");
        QVERIFY2(run.at(2).startsWith(u"Line 4: bill is {"_s), qPrintable(run.at(2)));
        QVERIFY2(!run.at(2).contains(u"; "_s), qPrintable(run.at(2)));
    }

    void ofManyChangesTwoAreNamed()
    {
        const Run run("f( 1|a,b,c,d a=1 b=1 c=1 d=1 2|a,b,c,d a=2 b=3 c=4 d=5 )");
        QCOMPARE(run.at(2), u"Line 1: a is 2 now, it was 1; b is 3 now, it was 1; and 2 more."_s);
    }

    void aCallSaysWithWhat()
    {
        const Run run("main( 1 add( 5|name,n name='pie' n=2 6|name,n ) 2 none( 8 ) 3 )");
        QCOMPARE(run.at(2), u"add is called with name = 'pie', n = 2."_s);
        QCOMPARE(run.at(5), u"none is called."_s);
        QVERIFY(run.ruleAt(2).contains(u"call stack"_s));
        QVERIFY(run.ruleAt(2, Wording::Restaurant).contains(u"tray"_s));
    }

    void theBeginningOfAFileIsNoCall()
    {
        const Run run("( 1 2 add( 5 ) )", "one();\ntwo();\n");
        QCOMPARE(run.at(1), u"cafe.js starts to run. Line 1 is first."_s);
    }

    void aFunctionWithoutANameIsKnownByItsLine()
    {
        const Run run("( 1 ( 2:3 ) 4 )", "each(() => {\n  two();\n});\nfour();\n");
        QCOMPARE(run.at(2), u"The function in line 2 is called."_s);
    }

    void aReturnSaysWhatItGives()
    {
        const Run run("main( 1 add( 5 6; )=51 2 none( 8; )=undefined 3 )");
        QCOMPARE(run.at(3), u"add returns 51."_s);
        QCOMPARE(run.at(4), u"Line 1 called add, which returned 51."_s);
        QCOMPARE(run.at(5), u"none is called."_s);
        QCOMPARE(run.at(6), u"Line 2 called none."_s);
    }

    void anAwaitSetsAsideAndIsGoneOnFrom()
    {
        const Run run("main( 1 add( 8|price price= ~ 2 ) add~( 9|price price=18 )");
        QCOMPARE(run.at(3), u"Line 1 called add. An await sets add aside; its variables stay as they are."_s);
        QCOMPARE(run.at(4), u"add goes on after the await in line 8. Line 8: price is 18."_s);
        QCOMPARE(run.ruleAt(4),
            u"An await sets the function aside; its variables stay as they are until it is taken up again."_s);
    }

    void anErrorIsToldWhereItIsThrown()
    {
        const Run run("f( 3 throw 5 )");
        const Index thrown = run.lines.throws()[0] + 1;
        QCOMPARE(tellLine(run.lines, thrown, Wording::Runtime).headline, u"Line 3 throws an error: 'oh'."_s);
        QCOMPARE(run.at(2), u"Line 3 threw an error."_s);
    }

    void betweenTwoStopsNothingIsSaid()
    {
        const Run run("f( 3 job done 5 )");
        const Index stop = run.lines.stops()[0];
        QVERIFY(tellLine(run.lines, run.lines.endOfStop(stop), Wording::Runtime));
        QVERIFY(!tellLine(run.lines, run.lines.endOfStop(stop) + 1, Wording::Runtime));
        QVERIFY(!tellLine(run.lines, 0, Wording::Runtime));
    }

    void sentencesAreShort()
    {
        const Run run("f( 1|a,b,c,d a=1 b=1 c=1 d=1 2|a,b,c,d a=2 b=3 c=4 d=5 g( 8|x,y x=1 y=2 9; )=3 3 )");
        for (std::size_t stop = 1; stop <= run.lines.stops().size(); ++stop) {
            for (const QString& sentence : run.at(stop).split(u". "_s))
                QVERIFY2(sentence.split(u' ').size() <= 20, qPrintable(sentence));
        }
    }
};

QTEST_APPLESS_MAIN(TestLineTold)
#include "tst_linetold.moc"
