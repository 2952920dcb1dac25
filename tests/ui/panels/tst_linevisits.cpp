#include "panels/visitsmodel.h"
#include "panels/visitstable.h"
#include "theme/fonts.h"

#include "drawnrun.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QSignalSpy>
#include <QTest>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

const std::string kSource = R"(function add(bill, names) {
  for (const name of names) {
    const price = name.length;
    bill.total += price;
  }
  console.log(bill, names);
}
)";
constexpr std::string_view kBill
    = "add( 2|bill,names bill=#1 names=#2 #1:object:Object/0/1 #1.total=0 #2:array:Array/2/0 #2[0]='soup' #2[1]='pie' "
      "3|2.price,1.name,bill,names 2.price= 1.name='soup' 4|2.price,1.name,bill,names 2.price=4 "
      "2|1.name,bill,names #1.total=4 "
      "3|2.price,1.name,bill,names 2.price= 1.name='pie' 4|2.price,1.name,bill,names 2.price=3 "
      "2|1.name,bill,names #1.total=7 6|bill,names 7|bill,names )=undefined";

LineAsked line(const DrawnRun& run, std::uint32_t number)
{
    return {.script = run.lines().scriptOf("/home/lea/cafe.js"), .line = number};
}

ValuePath path(const QString& text)
{
    return typedPath(text).value();
}

QStringList textsOf(const std::vector<ValuePath>& paths)
{
    QStringList texts;
    for (const ValuePath& each : paths)
        texts << each.text;
    return texts;
}

} // namespace

class TestLineVisits final : public QObject {
    Q_OBJECT

private slots:
    void theColumnsAreWhatTheLineSets()
    {
        const DrawnRun run(kBill, kSource);
        const Moment moment = run.moment(run.end());
        const auto columns = [&](std::uint32_t number) {
            return textsOf(columnsByThemselves(moment, run.outlines(), line(run, number)));
        };
        QCOMPARE(columns(3), QStringList(u"price"_s));
        QCOMPARE(columns(4), QStringList(u"bill.total"_s));
        QCOMPARE(columns(6), QStringList({u"bill"_s, u"names"_s})); // it sets nothing: what it names
        QCOMPARE(
            textsOf(columnsThere(moment, line(run, 4))), QStringList({u"price"_s, u"name"_s, u"bill"_s, u"names"_s}));
    }

    void eachVisitHasTheValuesAfterTheLine()
    {
        const DrawnRun run(kBill, kSource);
        VisitsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(run.moment(run.at(2, 1)), run.outlines(), line(run, 4));
        model.setValues({path(u"bill.total"_s), path(u"price"_s), path(u"name"_s)});
        const QStringList rows = model.asText(0, 1).split(u'\n');
        QCOMPARE(rows[0], u"Time\tMoment\tCall\tbill.total\tprice\tname"_s);
        QCOMPARE(rows[1].section(u'\t', 3), u"4\t4\t'soup'"_s); // price is gone by then, and was 4
        QCOMPARE(rows[2].section(u'\t', 3), u"7\t3\t'pie'"_s);
        QVERIFY2(rows[1].contains(u"add, bill = { total: 0 }, names = [ 'soup', 'pie' ]"_s), qPrintable(rows[1]));
        QCOMPARE(model.currentRow(), 0);
        QCOMPARE(model.placeOf(0), run.at(2, 1));
        QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"Time: 1, at this moment"_s);
        QCOMPARE(model.index(1, 3).data(Qt::AccessibleTextRole).toString(), u"bill.total: 7"_s);
        QVERIFY(model.index(1, 0).data(VisitsModel::LaterRole).toBool());
    }

    void whereACallEndsItIsSaidWhatItGaveBack()
    {
        const DrawnRun run("m( 1|a a=1 f( 4|b b=2 )=12 f( 4|b b=3 )=9 2|a g( 6|c c=1 )=undefined )=undefined", kSource);
        VisitsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const auto given = [&](std::uint32_t number) {
            model.show(run.moment(run.end()), run.outlines(), line(run, number));
            model.setValues({});
            return model.asText(0, model.rowCount() - 1).replace(u'\t', u' ').section(u'\n', 0);
        };
        const QStringList rows = given(4).split(u'\n');
        QCOMPARE(rows.size(), 3);
        QVERIFY2(rows[0].endsWith(u" Call Gave back"_s), qPrintable(rows[0]));
        QVERIFY2(rows[1].endsWith(u" 12"_s) && rows[2].endsWith(u" 9"_s), qPrintable(rows.join(u'\n')));
        QVERIFY(!given(1).contains(u"Gave back"_s)); // its call goes on
        QVERIFY(!given(6).contains(u"Gave back"_s)); // there is nothing
        // Who predicts does not see what comes.
        Moment moment = run.moment(run.at(4));
        moment.hidden = true;
        model.show(moment, run.outlines(), line(run, 4));
        QVERIFY2(!model.asText(0, model.rowCount() - 1).contains(u"12"_s), qPrintable(model.asText(0, 0)));
    }

    void afterTheLastLineTheCallIsOver()
    {
        const DrawnRun run("f( 1|a a=1 2|a a=2 )=2 out");
        QCOMPARE(afterLine(run.lines(), run.lines().stops()[0]), run.at(2));
        QCOMPARE(afterLine(run.lines(), run.lines().stops()[1]), run.end() - 1);
        const DrawnRun open("f( 1|a a=1 2|a a=2");
        QCOMPARE(afterLine(open.lines(), open.lines().stops()[1]), open.end());
    }

    void severalStatementsInALineAreOneVisit()
    {
        const DrawnRun run("f( 1|a a=1 2:1|a 2:9|a a=2 3|a a=3");
        VisitsModel model;
        model.show(run.moment(run.end()), run.outlines(), line(run, 2));
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.placeOf(0), run.at(3));
    }

    void whoPredictsSeesNoLaterVisit()
    {
        const DrawnRun run(kBill, kSource);
        VisitsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Moment moment = run.moment(run.at(4));
        moment.hidden = true;
        model.show(moment, run.outlines(), line(run, 4));
        QCOMPARE(model.rowCount(), 1);
        moment.hidden = false;
        model.show(moment, run.outlines(), line(run, 4));
        QCOMPARE(model.rowCount(), 2);
        moment.hidden = true;
        model.show(moment, run.outlines(), line(run, 4));
        QCOMPARE(model.rowCount(), 1);
    }

    void theCallsHaveTheWidthThatTheOthersLeave()
    {
        const DrawnRun run(kBill, kSource);
        VisitsTable table;
        table.visits().show(run.moment(run.end()), run.outlines(), line(run, 4));
        table.show();
        const auto call = [&](int width) {
            table.resize(width, 200);
            QCoreApplication::sendPostedEvents();
            return table.columnWidth(VisitsModel::Call);
        };
        const int narrow = call(440);
        QCOMPARE(table.horizontalHeader()->length(), table.viewport()->width()); // nothing to scroll to
        const int wide = call(900);
        QCOMPARE(table.horizontalHeader()->length(), table.viewport()->width());
        const QString text = table.visits().index(0, VisitsModel::Call).data().toString();
        const int needed = QFontMetrics(codeFont(Theme(Scheme::Light), TypeSize::Second)).horizontalAdvance(text);
        QVERIFY2(narrow < needed && wide >= needed,
            qPrintable(u"%1 px, then %2, of %3"_s.arg(narrow).arg(wide).arg(needed)));
    }

    void enterGoesThereAndCtrlCCopies()
    {
        const DrawnRun run(kBill, kSource);
        VisitsTable table;
        table.resize(500, 150);
        table.visits().show(run.moment(run.end()), run.outlines(), line(run, 4));
        table.show();
        const QSignalSpy asked(&table, &VisitsTable::placeAsked);
        table.setCurrentIndex(table.visits().index(1, 0));
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(2, 2));
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().endsWith(u"\t7"_s));
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 1);
        table.copy(true);
        QCOMPARE(QGuiApplication::clipboard()->text().count(u'\n'), 2);
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualRect(table.visits().index(0, 0)).center());
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(2, 1));
    }

    void anEmptyTableSaysWhatToDo()
    {
        VisitsTable table;
        table.setEmptyText(u"Ask for a line."_s);
        table.resize(300, 100);
        table.show();
        QCOMPARE(QAccessible::queryAccessibleInterface(&table)->text(QAccessible::Description), u"Ask for a line."_s);
        table.copy(true); // of nothing
        QVERIFY(!table.visits().line());
    }

    void aHundredThousandVisitsAreShownAtOnce()
    {
        std::string drawing = "f( 1|n n=0";
        for (int i = 1; i < 100'000; ++i)
            drawing += " 2|n n=" + std::to_string(i);
        drawing += " 3|n";
        const DrawnRun run(drawing);
        VisitsTable table;
        table.resize(500, 150);
        table.show();
        const double begun = milliseconds();
        table.visits().show(run.moment(run.end()), run.outlines(), line(run, 2));
        table.fit();
        table.grab();
        QCOMPARE(table.visits().rowCount(), 99'999);
        QVERIFY2(milliseconds() - begun < 500, qPrintable(QString::number(milliseconds() - begun)));
    }
};

QTEST_MAIN(TestLineVisits)
#include "tst_linevisits.moc"
