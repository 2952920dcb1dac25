#include "state/ownvariables.h"

#include "support/drawnlines.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;

namespace {

std::string own(std::string_view drawing)
{
    const auto log = tests::drawnLines(drawing);
    Lines lines(*log);
    lines.refresh();
    return valuesText(lines, ownVariables(lines, {1}, log->size()), log->size());
}

// As text; "?": there is none.
std::string named(std::string_view drawing, std::string_view path)
{
    const auto log = tests::drawnLines(drawing);
    Lines lines(*log);
    lines.refresh();
    const LineValue value = valueNamed(lines, {1}, log->size(), path);
    return value.isKnown() ? lines.preview(value, log->size()) : "?";
}

} // namespace

class TestOwnVariables : public QObject {
    Q_OBJECT

private slots:
    void aroundTheFunctionIsNotItsOwn() { QCOMPARE(own("main( 1|a,100.b a=1 100.b=2"), "a = 1"); }
    void whatIsNotSetYetIsLeftOut() { QCOMPARE(own("main( 1|a,b a= b=2"), "b = 2"); }
    void theInnerOneHidesTheOuterOne() { QCOMPARE(own("main( 1|2.a,1.b,a 2.a=1 1.b=2 a=3"), "a = 1, b = 2"); }
    void functionsThatAreThereFromTheBeginningAreLeftOut()
    {
        constexpr std::string_view declared
            = "main( 1|main,add,Bill,a main=#1 add=#2 Bill=#3 a=5 #1:function:[Function:_main] "
              "#2:function:[Function:_add] #3:class:[class_Bill_extends_Order]";
        QCOMPARE(own(declared), "a = 5");
        // What a statement has given a name is told, and who else has it.
        QCOMPARE(
            own("main( 1|f,g f= g=#2 #2:function:[Function:_f] 2|f,g f=#2"), "f = [Function: f], g = [Function: f]");
        QCOMPARE(own("main( 1|f f=#2 #2:object:f"), "f = f {}");
    }
    void thisIsLeftOut() { QCOMPARE(own("main( 1|a a=1 this=#1 #1:object:Bill/0/1 #1.total=5"), "a = 1"); }
    void whatNodeHandsToAFileIsLeftOut()
    {
        QCOMPARE(own("main( 1|exports,require,module,__filename,__dirname,a exports=1 require=2 module=3 __filename=4 "
                     "__dirname=5 a=6"),
            "a = 6");
        // Of a function they may be its own.
        QCOMPARE(own("main( 1|module,a module=3 a=6"), "module = 3, a = 6");
    }

    void aNameIsThatOfAVariableOrOfAPropertyBelowIt()
    {
        constexpr std::string_view drawing
            = "main( 1|1.bill,bill,100.tip 1.bill=#1 bill=9 100.tip=7 #1:object:Object/0/2 #1.total=51 #1.rows=#2 "
              "#2:array:Array/2/0 #2[0]='soup' #2[1]=#1";
        QCOMPARE(named("main( 1|a a=1 this=#1 #1:object:Bill/0/1 #1.total=5", "this.total"), "5");
        QCOMPARE(named(drawing, "tip"), "7");
        QCOMPARE(named(drawing, "bill.total"), "51");
        QCOMPARE(named(drawing, "bill.rows.0"), "'soup'");
        QCOMPARE(named(drawing, "bill.rows.1.total"), "51"); // round once
        QCOMPARE(named(drawing, "bill.tip"), "?");
        QCOMPARE(named(drawing, "tip.total"), "?"); // a number has no properties of its own
        QCOMPARE(named(drawing, "bill.total.x"), "?");
        QCOMPARE(named(drawing, "bil"), "?");
        QCOMPARE(named(drawing, ""), "?");
    }

    void aPropertyIsFoundAmongMany()
    {
        std::string drawing = "main( 1|a a=#1 #1:array:Array/250/0";
        for (int i = 0; i < 250; ++i)
            drawing += " #1[" + std::to_string(i) + "]=" + std::to_string(1000 + i);
        QCOMPARE(named(drawing, "a.249"), "1249");
        QCOMPARE(named(drawing, "a.250"), "?");
    }

    void theNamesOfWhatIsVisibleAreRead()
    {
        using Names = std::vector<std::string_view>;
        QCOMPARE(visibleNames("local 0 a\nclosure 100 this b"), (Names {"a", "this b"}));
        QCOMPARE(visibleNames(""), Names {});
        QCOMPARE(visibleNames("a\nlocal 0\nlocal 0 \n\nlocal 0 c"), Names {"c"}); // of hostile traces
    }
};

QTEST_APPLESS_MAIN(TestOwnVariables)
#include "tst_ownvariables.moc"
