#include "support/drawnlines.h"

#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

class TestLinePreview : public QObject {
    Q_OBJECT

private slots:
    void valuesAreSaidInAFewWords_data()
    {
        QTest::addColumn<QString>("drawn");
        QTest::addColumn<QString>("said");
        QTest::addRow("object") << u"#1:object:Object/0/2 #1.number=7 #1.total=51"_s << u"{ number: 7, total: 51 }"_s;
        QTest::addRow("class") << u"#1:object:Bill/0/1 #1.total=51"_s << u"Bill { total: 51 }"_s;
        QTest::addRow("empty object") << u"#1:object:Object"_s << u"{}"_s;
        QTest::addRow("of which more is there than told") << u"#1:object:Object/0/9 #1.a=1"_s << u"{ a: 1, … 8 }"_s;
        QTest::addRow("nothing told") << u"#1:object:Object/0/9"_s << u"{ … 9 }"_s;
        QTest::addRow("strange names") << u"#1:object:Object/0/3 #1.a-b=1 #1.$c=3 #1.[Symbol(x)]=2"_s
                                       << u"{ 'a-b': 1, '$c': 3, [Symbol(x)]: 2 }"_s;
        QTest::addRow("numbers first") << u"#1:object:Object #1.a=1 #1[3]=4"_s << u"{ '3': 4, a: 1 }"_s;
        QTest::addRow("private") << u"#1:object:Bill/0/1 #1##sum=1 #1.a=2"_s << u"Bill { a: 2 }"_s;
        QTest::addRow("private only") << u"#1:object:Bill #1##sum=1"_s << u"Bill {}"_s;
        QTest::addRow("getter") << u"#1:object:Object/0/1 #1?a"_s << u"{ a: [Getter] }"_s;
        QTest::addRow("array") << u"#1:array:Array/2 #1[0]='soup' #1[1]='pie'"_s << u"[ 'soup', 'pie' ]"_s;
        QTest::addRow("array told in another order")
            << u"#1:array:Array/2 #1[1]='pie' #1[0]='soup'"_s << u"[ 'soup', 'pie' ]"_s;
        QTest::addRow("array with a hole") << u"#1:array:Array/4 #1[0]=1 #1[3]=2"_s << u"[ 1, <2 empty items>, 2 ]"_s;
        QTest::addRow("array with a hole at its end") << u"#1:array:Array/2 #1[0]=1"_s << u"[ 1, <1 empty item> ]"_s;
        QTest::addRow("array of which nothing is told") << u"#1:array:Array/2"_s << u"[ … 2 ]"_s;
        QTest::addRow("array of which the first are told") << u"#1:array:Array/200 #1[0]=1"_s << u"[ 1, … 199 ]"_s;
        QTest::addRow("array with a name") << u"#1:array:Array/1/9 #1[0]=1 #1.extra=2"_s << u"[ 1, extra: 2 ]"_s;
        QTest::addRow("empty array") << u"#1:array:Array"_s << u"[]"_s;
        QTest::addRow("array of a class") << u"#1:array:Stack/1 #1[0]=1"_s << u"Stack(1) [ 1 ]"_s;
        QTest::addRow("map") << u"#1:map:Map/2 #1{0}='a' #1[0]=1 #1{1}='b' #1[1]=2"_s
                             << u"Map(2) { 'a' => 1, 'b' => 2 }"_s;
        QTest::addRow("set") << u"#1:set:Set/2 #1[0]=1 #1[1]=2"_s << u"Set(2) { 1, 2 }"_s;
        QTest::addRow("promise") << u"#1:promise:Promise_(fulfilled) #1*=5"_s << u"Promise { 5 }"_s;
        QTest::addRow("promise of what is not told") << u"#1:promise:Promise_(fulfilled)"_s << u"Promise { … 1 }"_s;
        QTest::addRow("pending") << u"#1:promise:Promise_(pending)"_s << u"Promise { <pending> }"_s;
        QTest::addRow("rejected") << u"#2:error:TypeError #2.message='no' #1:promise:Promise_(rejected) #1*=#2"_s
                                  << u"Promise { <rejected> TypeError: no }"_s;
        QTest::addRow("error") << u"#1:error:TypeError #1.message='oh'"_s << u"TypeError: oh"_s;
        QTest::addRow("error without a message") << u"#1:error:Error"_s << u"Error"_s;
        QTest::addRow("error with more") << u"#1:error:MyError/0/2 #1.message='oh' #1.code='E1'"_s
                                         << u"MyError: oh { code: 'E1' }"_s;
        QTest::addRow("error that is called otherwise")
            << u"#1:error:MyError #1.message='oh' #1.name='Renamed'"_s << u"Renamed: oh"_s;
        QTest::addRow("error in quotes") << u"#1:error:Error #1.message=\"it's\\na\\\\b\""_s << u"Error: it's a\\b"_s;
        QTest::addRow("buffer") << u"#1:buffer:Buffer/3 #1[0]=97 #1[1]=0 #1[2]=255"_s << u"<Buffer 61 00 ff>"_s;
        QTest::addRow("buffer of which nothing is told") << u"#1:buffer:Buffer/3"_s << u"<Buffer … 3>"_s;
        QTest::addRow("empty buffer") << u"#1:buffer:Buffer"_s << u"<Buffer >"_s;
        QTest::addRow("memory") << u"#1:typed-array:ArrayBuffer/4"_s << u"ArrayBuffer { …, byteLength: 4 }"_s;
        QTest::addRow("weak") << u"#1:weak-collection:WeakMap"_s << u"WeakMap { <items unknown> }"_s;
        QTest::addRow("weak reference") << u"#1:weak-collection:WeakRef"_s << u"WeakRef {}"_s;
        QTest::addRow("generator") << u"#1:generator:Object_[Generator]"_s << u"Object [Generator] {}"_s;
        QTest::addRow("arguments") << u"#1:arguments:[Arguments] #1[0]=1 #1[1]=2"_s
                                   << u"[Arguments] { '0': 1, '1': 2 }"_s;
        QTest::addRow("bytes") << u"#1:typed-array:Uint8Array/2 #1[0]=1 #1[1]=2"_s << u"Uint8Array(2) [ 1, 2 ]"_s;
        QTest::addRow("function") << u"#1:function:[Function] #1.length=2"_s << u"[Function]"_s;
        QTest::addRow("within") << u"#2:object:Object/0/1 #2.b=1 #1:object:Object/0/1 #1.a=#2"_s
                                << u"{ a: { b: 1 } }"_s;
        QTest::addRow("deep") << u"#3:object:C/0/1 #3.c=1 #2:array:Array/1 #2[0]=#3 #1:object:Object/0/1 #1.a=#2"_s
                              << u"{ a: [ C {…} ] }"_s;
        QTest::addRow("of itself") << u"#1:object:Object/0/1 #1.me=#1"_s << u"<ref *1> { me: [Circular *1] }"_s;
        QTest::addRow("in a ring") << u"#1:object:A/0/1 #1.b=#2 #2:object:B/0/1 #2.a=#1"_s
                                   << u"<ref *1> A { b: B { a: [Circular *1] } }"_s;
        QTest::addRow("its own key") << u"#1:map:Map/1 #1{0}=#1 #1[0]=1"_s
                                     << u"<ref *1> Map(1) { [Circular *1] => 1 }"_s;
        QTest::addRow("not seen") << u"#2:object:Object"_s << u"…"_s;
        QTest::addRow("too much") << u"#1:array:Array/5 #1[0]='a_very_long_soup' #1[1]='another_long_soup' "
                                     "#1[2]='a_third_long_soup' #1[3]=1 #1[4]=2"_s
                                  << u"[ 'a_very_long_soup', 'another_long_soup', … 3 ]"_s;
        QTest::addRow("too long") << u"#1:object:Object/0/2 "
                                     "#1.text='a_text_that_is_longer_than_all_the_room_that_there_is_for_it' #1.b=1"_s
                                  << u"{ text: 'a_text_that_is_longer_than_all_the_room_th…', … 1 }"_s;
    }

    void valuesAreSaidInAFewWords()
    {
        QFETCH(QString, drawn);
        QFETCH(QString, said);
        const LinesRun run(u"main( 1 %1"_s.arg(drawn).toStdString());
        QCOMPARE(run.preview(1), said);
        for (std::size_t most = 0; most < 60; ++most)
            QVERIFY2(run.preview(1, most).size() <= static_cast<qsizetype>(most), qPrintable(run.preview(1, most)));
    }

    void primitivesAreSaidAsTheyAre()
    {
        const LinesRun run("main( 1");
        const auto said = [&](std::string_view text, bool cut = false, std::size_t most = 60) {
            return QString::fromStdString(run.lines.preview({.text = text, .cut = cut, .told = 0}, run.end(), most));
        };
        QCOMPARE(said("18"), u"18"_s);
        QCOMPARE(said("'soup'"), u"'soup'"_s);
        QCOMPARE(said("'soup of the day'", false, 8), u"'soup …'"_s);
        QCOMPARE(said("'süüß'", false, 6), u"'süüß'"_s);
        QCOMPARE(said("'süüßes'", false, 6), u"'süü…'"_s);
        QCOMPARE(said("'soup", true), u"'soup…'"_s);
        QCOMPARE(said("12345678901234567890n", false, 5), u"1234…"_s);
        QCOMPARE(said("a\nb"), u"a b"_s);
        QCOMPARE(said(""), QString());
    }
};

QTEST_GUILESS_MAIN(TestLinePreview)
#include "tst_linepreview.moc"
