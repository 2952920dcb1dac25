#include "panels/variablescontent.h"

#include "drawnrun.h"

#include <QTest>

#include <algorithm>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

// A row a line: "- Locals 3", "    names = Array(5)"; + opens, - is open; ~before~ and what stands at the right.
QString print(const VariablesContent& content)
{
    QStringList lines;
    for (const VariableRow& row : content.rows) {
        QString line = QString(2 * row.depth, u' ');
        if (row.opens)
            line += row.open ? u"- "_s : u"+ "_s;
        line += row.name;
        if (row.kind == VariableRow::Kind::Value)
            line += u" = "_s;
        if (!row.before.isEmpty())
            line += u"~%1~ "_s.arg(row.before);
        line += row.value.text;
        if (!row.aside.isEmpty())
            line += u" | "_s + row.aside;
        lines << line;
    }
    if (!content.note.isEmpty())
        lines << content.note;
    return lines.join(u'\n');
}

QString keyOf(const VariablesContent& content, const QString& name)
{
    const auto row = std::ranges::find(content.rows, name, &VariableRow::name);
    return row == content.rows.end() ? QString() : row->key;
}

// The mock's bill: table made it, add adds to it. Line 10 adds, line 7 is the loop.
constexpr std::string_view kBill
    = "table( 5|number,bill number=7 bill= 14|number,bill bill=#1 #1:object:Object/0/2 #1.number=7 #1.total=0 )=#3 "
      "add( 7|names,101.bill,100.menu names=#2 #2:array:Array/3/0 #2[0]='soup' #2[1]='pie' #2[2]='soup' 101.bill=#1 "
      "100.menu=#4 #4:object:Object/0/1 #4.soup=6 9|1.name,1.price,names,101.bill,100.menu 1.name='soup' 1.price= "
      "10|1.name,1.price,names,101.bill,100.menu 1.price=6 7|1.name,1.price,names,101.bill,100.menu #1.total=6";
const std::string kSource = R"(const fs = require('node:fs/promises');
const menu = { soup: 6, pie: 18, tea: 3 };

function table(number) {
  const bill = { number, total: 0 };
  async function add(...names) {
    for (const name of names) {
      await cook(name);
      const price = menu[name];
      bill.total += price;
    }
    return bill;
  }
  return add;
}
)";

} // namespace

class TestVariablesContent final : public QObject {
    Q_OBJECT

private slots:
    void variablesStandInTheGroupsOfTheirScopes()
    {
        const DrawnRun run(kBill, kSource);
        const VariablesContent content = variablesContent(run.moment(run.at(10)), run.outlines(), {});
        QCOMPARE(content.when, u"after line 9"_s);
        QCOMPARE(print(content),
            u"- Locals | 3\n"
            "  name = 'soup'\n"
            "  price = 6\n"
            "  + names = [ 'soup', 'pie', 'soup' ]\n"
            "- Closure | table, 1\n"
            "  + bill = { number: 7, total: 0 }\n"
            "+ Module | 1"_s);
    }

    void aLineThatIsAtWorkIsNotOver()
    {
        const DrawnRun run(std::string(kBill) + " out", kSource);
        QCOMPARE(variablesContent(run.moment(run.end()), run.outlines(), {}).when, u"in line 7"_s);
    }

    void whatTheLineHasChangedSaysWhatItWas()
    {
        const DrawnRun run(kBill, kSource);
        const Moment moment = run.moment(run.at(7, 1));
        VariablesAsked asked;
        const VariablesContent closed = variablesContent(moment, run.outlines(), asked);
        QCOMPARE(closed.when, u"after line 10"_s);
        QVERIFY2(print(closed).contains(u"+ bill = { number: 7, total: 6 } | changed"_s), qPrintable(print(closed)));
        asked.open[keyOf(closed, u"bill"_s)] = true;
        const VariablesContent open = variablesContent(moment, run.outlines(), asked);
        QCOMPARE(print(open).section(u"Closure"_s, 1),
            u" | table, 1\n"
            "  - bill = {…}\n"
            "    number = 7\n"
            "    total = ~0~ 6 | changed\n"
            "+ Module | 1"_s);
        const auto total = std::ranges::find(open.rows, u"total"_s, &VariableRow::name);
        QCOMPARE(total->spoken, u"total, 6, was 0, changed"_s);
        QCOMPARE(total->path.text, u"bill.total"_s);
    }

    void aVariableThatIsSetForTheFirstTimeHasNotChanged()
    {
        const DrawnRun run(kBill, kSource);
        const VariablesContent before = variablesContent(run.moment(run.at(9)), run.outlines(), {});
        QVERIFY(print(before).contains(u"price = not set yet"_s));
        const VariablesContent after = variablesContent(run.moment(run.at(10)), run.outlines(), {});
        QVERIFY(!print(after).contains(u"changed"_s));
    }

    void compactClosesWhatIsAroundTheFunction()
    {
        const DrawnRun run(kBill, kSource);
        const VariablesContent content = variablesContent(run.moment(run.at(10)), run.outlines(),
            {.call = {}, .open = {}, .pages = {}, .chosen = {}, .pinned = {}, .compact = true});
        QVERIFY(print(content).contains(u"+ Closure | table, 1\n+ Module"_s));
    }

    void atTheTopLevelTheModuleIsOpen()
    {
        const DrawnRun run("( 1|a a= 2|a a=5", "let a;\na = 5;\n");
        QCOMPARE(print(variablesContent(run.moment(run.end()), run.outlines(), {})), u"- Module | 1\n  a = 5"_s);
    }

    // V8 takes a file that is no module for a function: its variables are around all others.
    void whatTheFileDeclaresIsTheModules()
    {
        const DrawnRun run(
            "( 2|fs,menu menu=1 add( 10|a,101.bill,100.fs,100.menu a=1 101.bill=2 100.fs=3 100.menu=4", kSource);
        QCOMPARE(print(variablesContent(run.moment(run.end()), run.outlines(), {})),
            u"- Locals | 1\n  a = 1\n- Closure | table, 1\n  bill = 2\n+ Module | 2"_s);
        QCOMPARE(print(variablesContent(run.moment(run.at(2)), run.outlines(), {})),
            u"- Module | 2\n  fs = not recorded here\n  menu = 1"_s);
    }

    // A function returns at its brace, or behind its expression: it is not over yet.
    void whereAFunctionReturnsItsVariablesAreInTheSameGroups_data()
    {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("last"); // columns of its two stops
        QTest::addRow("a body") << u"const menu = { soup: 6 };\nfunction priced(n) { go(menu[n]); }\n"_s << u"22 35"_s;
        QTest::addRow("an expression") << u"const menu = { soup: 6 };\nconst priced = (n) => menu[n];\n"_s
                                       << u"23 30"_s;
    }

    void whereAFunctionReturnsItsVariablesAreInTheSameGroups()
    {
        QFETCH(QString, source);
        QFETCH(QString, last);
        const QString drawing = u"( 1:7|menu menu=1 priced( 2:%1|n,100.menu n=5 100.menu=1 2:%2|n,100.menu"_s;
        const DrawnRun run(
            drawing.arg(last.section(u' ', 0, 0), last.section(u' ', 1)).toStdString(), source.toStdString());
        for (const int stop : {0, 1})
            QCOMPARE(print(variablesContent(run.moment(run.at(2, stop)), run.outlines(), {})),
                u"- Locals | 1\n  n = 5\n+ Module | 1"_s);
        const QString alone = u"( 1:7|menu menu=1 priced( 2:%1|n n=5 2:%2|n"_s;
        const DrawnRun seen(
            alone.arg(last.section(u' ', 0, 0), last.section(u' ', 1)).toStdString(), source.toStdString());
        for (const int stop : {0, 1})
            QCOMPARE(print(variablesContent(seen.moment(seen.at(2, stop)), seen.outlines(), {})),
                u"- Locals | 1\n  n = 5"_s);
    }

    void withoutASourceNobodyKnowsWhoseClosureItIs()
    {
        const DrawnRun run(kBill);
        QVERIFY(
            print(variablesContent(run.moment(run.at(10)), run.outlines(), {})).contains(u"- Closure | 1\n  + bill"_s));
    }

    void theChosenCallIsShownAlsoWhileItIsPaused()
    {
        const DrawnRun run("serve( 22|order order=3 ~ other( 3|x x=1 4|x");
        VariablesAsked asked;
        asked.call = {1};
        const VariablesContent paused = variablesContent(run.moment(run.end()), run.outlines(), asked);
        QCOMPARE(paused.when, u"waits in line 22"_s);
        QCOMPARE(print(paused), u"- Locals | 1\n  order = 3"_s);
        asked.call = {99};
        QVERIFY(print(variablesContent(run.moment(run.end()), run.outlines(), asked)).contains(u"x = 1"_s));
    }

    void aCallerIsInItsLineAndHasNothingChanged()
    {
        const DrawnRun run("outer( 1|a a=1 2|a a=2 inner( 9|b b=1");
        VariablesAsked asked;
        asked.call = {1};
        const VariablesContent content = variablesContent(run.moment(run.end()), run.outlines(), asked);
        QCOMPARE(content.when, u"in line 2"_s);
        QCOMPARE(print(content), u"- Locals | 1\n  a = 2"_s);
    }

    void whereNothingRunsASentenceSaysSo()
    {
        const DrawnRun run("main( 1|a a=1 ) job");
        QCOMPARE(
            print(variablesContent(run.moment(run.end()), run.outlines(), {})), u"None of your functions runs now."_s);
        const DrawnRun waits("serve( 22|order order=3 ~ job");
        QCOMPARE(print(variablesContent(waits.moment(waits.end()), waits.outlines(), {})),
            u"None of your functions runs now. Choose one in the call stack that is set aside."_s);
    }

    void whereLinesAreNotRecordedASentenceSaysSo()
    {
        const DrawnRun run("f( 1|a a=1 2|a a=2 skip job done");
        QVERIFY(!print(variablesContent(run.moment(run.at(2)), run.outlines(), {})).contains(u"recorded"_s));
        QCOMPARE(print(variablesContent(run.moment(run.end()), run.outlines(), {})),
            u"- Locals | 1\n  a = ~1~ 2 | changed\n"
            "This function ran so often that its further lines here are not recorded."_s);
        const DrawnRun ended("f( 1|a a=1 ended job");
        QVERIFY2(print(variablesContent(ended.moment(ended.end()), ended.outlines(), {}))
                     .contains(u"No line is recorded after 0 ms, so nobody knows what runs now."_s),
            qPrintable(print(variablesContent(ended.moment(ended.end()), ended.outlines(), {}))));
    }

    void aLargeArrayIsPagedByHundreds()
    {
        std::string drawing = "f( 1|big big=#1 #1:array:Array/250/0";
        for (int i = 0; i < 250; ++i)
            drawing += " #1[" + std::to_string(i) + "]=" + std::to_string(i);
        const DrawnRun run(drawing);
        const Moment moment = run.moment(run.end());
        VariablesAsked asked;
        const QString key = keyOf(variablesContent(moment, run.outlines(), asked), u"big"_s);
        asked.open[key] = true;
        VariablesContent content = variablesContent(moment, run.outlines(), asked);
        QCOMPARE(content.rows.size(), 2U + 100 + 1);
        QCOMPARE(content.rows[1].value.text, u"Array(250), first 100"_s);
        QCOMPARE(content.rows.back().kind, VariableRow::Kind::More);
        QCOMPARE(content.rows.back().key, key + QChar(0x1f) + u"more"_s);
        asked.pages[key] = 2;
        content = variablesContent(moment, run.outlines(), asked);
        QCOMPARE(content.rows.size(), 2U + 250);
        QCOMPARE(content.rows.back().name, u"249"_s);
    }

    void elementsThatAreNotRecordedAreCounted()
    {
        const DrawnRun run("f( 1|big big=#1 #1:array:Array/10000/0 #1[0]=1 #1[1]=2");
        VariablesAsked asked;
        const Moment moment = run.moment(run.end());
        asked.open[keyOf(variablesContent(moment, run.outlines(), asked), u"big"_s)] = true;
        const QString shown = print(variablesContent(moment, run.outlines(), asked));
        QVERIFY2(shown.endsWith(u"9,998 more are not recorded"_s), qPrintable(shown));
    }

    void getterMapSetAndPromiseHaveTheirOwnRows()
    {
        const DrawnRun run("f( 1|m,s,p,o m=#1 #1:map:Map/1/0 #1{0}='tea' #1[0]=3 s=#2 #2:set:Set/1/0 #2[0]='x' p=#3 "
                           "#3:promise:Promise/0/0 #3*=5 o=#4 #4:object:Bill/0/2 #4?size #4##secret=1");
        const Moment moment = run.moment(run.end());
        VariablesAsked asked;
        for (const QString& name : {u"m"_s, u"s"_s, u"p"_s, u"o"_s})
            asked.open[keyOf(variablesContent(moment, run.outlines(), asked), name)] = true;
        const VariablesContent content = variablesContent(moment, run.outlines(), asked);
        QVERIFY2(print(content).contains(u"    size = …, not called\n    #secret = 1"_s), qPrintable(print(content)));
        QVERIFY2(print(content).contains(u"    result = 5"_s), qPrintable(print(content)));
        const auto getter = std::ranges::find(content.rows, u"size"_s, &VariableRow::name);
        QVERIFY(!getter->slot);
        QCOMPARE(getter->spoken, u"size, a getter, not called"_s);
        const auto secret = std::ranges::find(content.rows, u"#secret"_s, &VariableRow::name);
        QCOMPARE(secret->path.text, u"o.#secret"_s);
    }

    void theSameObjectIsMarkedWhereverItIs()
    {
        const DrawnRun run("f( 1|order,copy,x order=#1 copy=#1 x=1 #1:object:Object/0/1 #1.a=1");
        const Moment moment = run.moment(run.end());
        VariablesAsked asked;
        asked.chosen = keyOf(variablesContent(moment, run.outlines(), asked), u"order"_s);
        const VariablesContent content = variablesContent(moment, run.outlines(), asked);
        QCOMPARE(print(content),
            u"- Locals | 3\n  + order = { a: 1 }\n  + copy = { a: 1 } | same object as order\n  x = 1"_s);
        QCOMPARE(content.rows[2].spoken, u"copy, { a: 1 }, closed, same object as order"_s);
    }

    void aPinnedValueIsThereWhateverRuns()
    {
        const DrawnRun run(kBill, kSource);
        const Moment inAdd = run.moment(run.at(7, 1));
        const auto bill = typedPath(u"bill.total"_s);
        QVERIFY(bill);
        const auto pin = pinFor(inAdd, {2}, *bill);
        QVERIFY(pin);
        VariablesAsked asked;
        asked.pinned = {*pin};
        QVERIFY2(print(variablesContent(inAdd, run.outlines(), asked))
                     .startsWith(u"- Pinned | 1\n  bill.total = ~0~ 6 | changed\n- Locals"_s),
            qPrintable(print(variablesContent(inAdd, run.outlines(), asked))));
        // Before any call of add there is none.
        QVERIFY(print(variablesContent(run.moment(run.at(5)), run.outlines(), asked))
                .startsWith(u"- Pinned | 1\n  bill.total = not there yet | add\n"_s));
    }

    void ofSeveralCallsThePinShowsTheNewest()
    {
        const DrawnRun run("f( 1|a a=1 2|a ) f( 1|a a=2 2|a ) g( 9|b b=0");
        const auto pin = pinFor(run.moment(run.end()), {1}, *typedPath(u"a"_s));
        QVERIFY(pin);
        QCOMPARE(pinnedAt(run.moment(run.end()), *pin)->found.value.text, std::string_view("2"));
        QCOMPARE(pinnedAt(run.moment(run.at(2)), *pin)->found.value.text, std::string_view("1"));
        QVERIFY(!pinnedAt(run.moment(0), *pin));
    }

    void typedPathsAreRead_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("read");
        QTest::addRow("name") << u"total"_s << u"total"_s;
        QTest::addRow("property") << u"bill.total"_s << u"bill|total"_s;
        QTest::addRow("element") << u"names[12].first"_s << u"names|12|first"_s;
        QTest::addRow("private") << u"this.#x"_s << u"this|#x"_s;
        QTest::addRow("begins with a dot") << u".x"_s << QString();
        QTest::addRow("a call") << u"f()"_s << QString();
        QTest::addRow("two names") << u"a b"_s << QString();
        QTest::addRow("nothing") << u""_s << QString();
    }
    void typedPathsAreRead()
    {
        QFETCH(QString, typed);
        const auto path = typedPath(typed);
        QStringList parts;
        if (path) {
            parts << QString::fromStdString(path->variable);
            for (const ValuePath::Step& step : path->steps)
                parts << QString::fromStdString(step.name);
        }
        QTEST(parts.join(u'|'), "read");
    }

    void aPathIsWrittenAsTheProgramWouldWriteIt()
    {
        using trace::PropertyKind;
        QCOMPARE(pathOn(u"a"_s, PropertyKind::Data, "b"), u"a.b"_s);
        QCOMPARE(pathOn(u"a"_s, PropertyKind::Data, "two words"), u"a['two words']"_s);
        QCOMPARE(pathOn(u"a"_s, PropertyKind::Data, "[Symbol(x)]"), u"a[Symbol(x)]"_s);
        QCOMPARE(pathOn(u"a"_s, PropertyKind::Element, "3"), u"a[3]"_s);
        QCOMPARE(pathOn(u"a"_s, PropertyKind::Private, "#b"), u"a.#b"_s);
        QCOMPARE(pathOn(u"a"_s, PropertyKind::Value, "0", u"'tea'"_s), u"a.get('tea')"_s);
    }

    void aLineNamesWhatItSets()
    {
        const DrawnRun run(kBill, kSource);
        const trace::TextId script = run.lines().scriptOf("/home/lea/cafe.js");
        const auto assigned = [&](std::uint32_t line) { return run.outlines().namesIn(script, line).assigned; };
        QCOMPARE(assigned(5), std::vector<std::string> {"bill"});
        QCOMPARE(assigned(9), std::vector<std::string> {"price"});
        QCOMPARE(assigned(10), std::vector<std::string> {"bill.total"});
        QCOMPARE(assigned(12), std::vector<std::string> {});
        QCOMPARE(run.outlines().namesIn(script, 10).named, (std::vector<std::string> {"bill", "price"}));
    }
};

QTEST_MAIN(TestVariablesContent)
#include "tst_variablescontent.moc"
