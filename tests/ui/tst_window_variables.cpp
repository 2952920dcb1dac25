// The variables of a run with lines in the window: what the call stack, the rows and the history lead to, and the pages
// about a line and about calls.
#include "panels/callstackpanel.h"
#include "panels/ordercard.h"
#include "support/drawnlines.h"
#include "timeline/timelineview.h"
#include "window/callspage.h"
#include "window/lowerleft.h"
#include "window/variablespage.h"
#include "window/visitspage.h"
#include "windowdriver.h"

#include "editor/codeeditor.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLineEdit>
#include <QScrollArea>

#include <fstream>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kSource = R"(const menu = { soup: 6, pie: 18 };

function add(bill, name) {
  const price = menu[name];
  bill.total += price;
  return bill;
}
const bill = { total: 33 };
for (const name of ['soup', 'pie']) { add(bill, name); }
console.log(bill.total);
)";
constexpr std::string_view kLines
    = "( 1:14|menu,bill menu= bill= 8:14|menu,bill menu=#1 #1:object:Object/0/2 #1.soup=6 #1.pie=18 "
      "9:39|1.name,menu,bill bill=#2 #2:object:Object/0/1 #2.total=33 1.name='soup' "
      "add( 4:17|price,bill,name,100.menu price= bill=#2 name='soup' 100.menu=#1 5:3|price,bill,name,100.menu price=6 "
      "6:3|price,bill,name,100.menu #2.total=39 6;:15|price,bill,name,100.menu )=#2 "
      "9:39|1.name,menu,bill 1.name='pie' "
      "add( 4:17|price,bill,name,100.menu price= bill=#2 name='pie' 100.menu=#1 5:3|price,bill,name,100.menu price=18 "
      "6:3|price,bill,name,100.menu #2.total=57 6;:15|price,bill,name,100.menu )=#2 "
      "10:1|menu,bill out 11;:1|menu,bill )";

} // namespace

class TestWindowVariables : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void whereNothingHasRunNobodySaysThatLinesWereLeftOut()
    {
        m_window->action(u"line-visits"_s)->trigger();
        QCOMPARE(m_window->statusShown(), u"There is nothing to look at yet. Run a program, or open a recorded run."_s);
    }

    void theRowsAreThoseOfTheMoment()
    {
        openBill();
        goTo(5);
        QCOMPARE(rows(), u"Locals;price=6;bill={ total: 33 };name='soup';Module"_s);
        QCOMPARE(variables().content().when, u"after line 4"_s);
        goTo(6);
        QVERIFY(variables().list().rows().rowAt(2)->changed);
        goTo(5, 1);
        QCOMPARE(rows(), u"Locals;price=18;bill={ total: 39 };name='pie';Module"_s);
    }

    void aRunWithoutLinesSaysHowToHaveThem()
    {
        QVERIFY(m_window->action(u"record-lines"_s)->isChecked());
        m_window->action(u"record-lines"_s)->trigger();
        QVERIFY(run(u"console.log(1);\n"_s));
        QVERIFY(!variables().isVisible());
        QVERIFY(!m_window->action(u"next-value"_s)->isEnabled());
        const auto labels = m_window->variables().column().findChildren<QLabel*>();
        QTRY_VERIFY(std::ranges::any_of(labels,
            [](const QLabel* label) { return label->isVisible() && label->text().contains(u"Record Every Line"_s); }));
    }

    // What is asked for, and is not there, has its own reason each time.
    void whyThereAreNoLinesIsSaid_data()
    {
        QTest::addColumn<app::RunSettings>("settings");
        QTest::addColumn<bool>("ends");
        QTest::addColumn<QString>("says");
        const auto flags = [](const QStringList& nodeFlags) {
            return app::RunSettings {.arguments = {}, .environment = {}, .nodeFlags = nodeFlags};
        };
        QTest::newRow("measured") << flags({u"--trace-opt"_s}) << true << u"A flag for node measures this run"_s;
        QTest::newRow("a module before it never ends")
            << flags({u"--import"_s, u"data:text/javascript,setInterval(()=>{},500);await new Promise(()=>{})"_s})
            << false << u"No line of your program has run yet."_s;
        app::RunSettings text;
        text.entry = app::EntryWay::StandardInput;
        QTest::newRow("no file") << text << true << u"only lines of files are recorded"_s;
    }

    void whyThereAreNoLinesIsSaid()
    {
        QFETCH(app::RunSettings, settings);
        QFETCH(bool, ends);
        QFETCH(QString, says);
        write(u"console.log(1);\n"_s);
        keepRunSettings(m_window->program(), settings);
        m_window->action(u"show-calls"_s)->trigger();
        click(u"run"_s);
        QVERIFY(!ends || ended());
        const auto told = [&] { return m_window->calls().tree().emptyText(); };
        QTRY_VERIFY2_WITH_TIMEOUT(told().contains(says), qPrintable(told()), kLong);
        const QString tip = m_window->action(u"next-line"_s)->toolTip();
        QVERIFY2(tip.contains(says), qPrintable(tip));
        if (!ends)
            click(u"stop"_s);
        QVERIFY(ended());
    }

    void theChosenValueHasAHistoryThatLeadsThere()
    {
        openBill();
        goTo(6);
        choose(u"bill.total"_s);
        HistoryPanel& history = m_window->variables().history();
        QVERIFY(m_window->action(u"next-value"_s)->isEnabled());
        QCOMPARE(history.remark(), u"3 values; click goes there"_s);
        QCOMPARE(history.model().rowAt(1).change, u"+6, line 5"_s);
        press(Qt::Key_BracketRight, Qt::AltModifier);
        drawn();
        QCOMPARE(history.model().currentRow(), 0);
        QVERIFY(rows().contains(u"total=57"_s));
        QTest::mouseClick(history.list().viewport(), Qt::LeftButton, {},
            history.list().visualRect(history.model().index(2)).center());
        drawn();
        QCOMPARE(history.model().currentRow(), 2);
        press(Qt::Key_BracketRight, Qt::AltModifier);
        drawn();
        QCOMPARE(history.model().currentRow(), 1);
        press(Qt::Key_BracketLeft, Qt::AltModifier);
        drawn();
        QCOMPARE(history.model().currentRow(), 2);
    }

    void aPlateShowsTheVariablesOfItsCall()
    {
        QVERIFY(run(QString::fromUtf8(kSource.data(), static_cast<qsizetype>(kSource.size()))));
        QVERIFY(QTest::qWaitFor([&] { return session().lines() && session().lines()->caughtUp(); }, kLong));
        goTo(5);
        CallStackModel& stack = m_window->callStack().model();
        QCOMPARE(stack.plateAt(0)->function, u"add"_s);
        QVERIFY2(stack.plateAt(0)->arguments.endsWith(u"name = 'soup'"_s), qPrintable(stack.plateAt(0)->arguments));
        QVERIFY2(rows().startsWith(u"Locals;"_s) && rows().contains(u";price=6;"_s), qPrintable(rows()));
        auto* const plates = m_window->callStack().findChild<QListView*>();
        QTest::mouseClick(plates->viewport(), Qt::LeftButton, {}, plates->visualRect(stack.index(1)).center());
        QTRY_COMPARE(variables().content().when, u"in line 9"_s);
        QVERIFY2(!rows().contains(u"price="_s), qPrintable(rows()));
        QVERIFY(stack.index(1).data(CallStackModel::ChosenRole).toBool());
        goTo(6); // who goes on is where the program is
        QCOMPARE(variables().content().when, u"after line 5"_s);
        QVERIFY2(rows().contains(u"price=6"_s), qPrintable(rows()));
    }

    void aPinnedValueStaysWhateverRuns()
    {
        openBill();
        goTo(6);
        stand(u"bill"_s);
        QTest::keyClick(&variables().list(), Qt::Key_D, Qt::ControlModifier);
        QVERIFY2(rows().startsWith(u"Pinned;bill={ total: 39 };Locals"_s), qPrintable(rows()));
        goTo(10);
        QVERIFY2(rows().startsWith(u"Pinned;bill={ total: 57 };Module"_s), qPrintable(rows()));
        stand(u"bill"_s);
        QTest::keyClick(&variables().list(), Qt::Key_D, Qt::ControlModifier);
        QVERIFY2(!rows().contains(u"Pinned"_s), qPrintable(rows()));
    }

    void theValueIsCopied()
    {
        openBill();
        goTo(5);
        stand(u"name"_s);
        QTest::keyClick(&variables().list(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"'soup'"_s);
    }

    void theVisitsOfALineAreATableThatLeadsThere()
    {
        openBill();
        goTo(5);
        VisitsPage& visits = m_window->visits();
        m_window->editor().editor()->goTo(5);
        m_window->action(u"line-visits"_s)->trigger();
        QVERIFY(visits.table().isVisible());
        VisitsModel& model = visits.table().visits();
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, VisitsModel::FirstValue).data().toString(), u"39"_s);
        QCOMPARE(model.index(1, VisitsModel::FirstValue).data().toString(), u"57"_s);
        QTest::keyClicks(&visits.field(), u"price"_s);
        QTest::keyClick(&visits.field(), Qt::Key_Return);
        QCOMPARE(model.index(1, VisitsModel::FirstValue + 1).data().toString(), u"18"_s);
        QTest::mouseClick(
            visits.table().viewport(), Qt::LeftButton, {}, visits.table().visualRect(model.index(1, 0)).center());
        drawn();
        QCOMPARE(variables().content().when, u"after line 5"_s);
        QVERIFY(rows().contains(u"price=18"_s));
        m_window->editor().editor()->goTo(2);
        m_window->action(u"line-visits"_s)->trigger();
        QCOMPARE(m_window->statusShown(), u"Line 2 has not run."_s);
        m_window->editor().editor()->goTo(3);
        m_window->action(u"line-visits"_s)->trigger();
        QVERIFY2(
            m_window->statusShown().startsWith(u"Line 3 begins a function."_s), qPrintable(m_window->statusShown()));
    }

    void theCallsOfTheCallbackLeadToEach()
    {
        openBill();
        goTo(10);
        m_window->action(u"show-calls"_s)->trigger();
        CallTreeView& tree = m_window->calls().tree();
        QVERIFY(tree.isVisible());
        drawn();
        const PageTabs& tabs = m_window->lowerLeft().tabs(); // all of them, this one too, and nothing to scroll
        QCOMPARE(tabs.width(), tabs.sizeHint().width());
        const QModelIndex root = tree.calls().index(0, 0);
        QVERIFY(tree.isExpanded(root));
        QCOMPARE(tree.calls().rowCount(root), 2);
        tree.setCurrentIndex(tree.calls().index(1, 0, root));
        QTest::keyClick(&tree, Qt::Key_Return, Qt::ControlModifier);
        drawn();
        QVERIFY(rows().contains(u"bill={ total: 57 }"_s));
    }

    void theVariablesCanBeHidden()
    {
        openBill();
        goTo(5);
        QVERIFY(variables().isVisible());
        m_window->action(u"show-variables"_s)->trigger();
        QVERIFY(!variables().isVisible());
        QVERIFY(!m_window->card().isBrief());
        m_window->action(u"show-variables"_s)->trigger();
        QVERIFY(variables().isVisible());
    }

    void inASmallWindowAllOfItIsReached()
    {
        m_window->resize(1280, 720);
        openBill();
        goTo(6);
        choose(u"bill.total"_s);
        QCoreApplication::processEvents();
        const QScrollArea* area = nullptr;
        for (QWidget* up = &variables(); up && !area; up = up->parentWidget())
            area = qobject_cast<QScrollArea*>(up);
        QVERIFY(area);
        const QWidget& history = m_window->variables().history();
        const int bottom = history.mapTo(area->widget(), QPoint(0, history.height())).y();
        QVERIFY2(bottom <= area->viewport()->height(),
            qPrintable(u"%1 of %2"_s.arg(bottom).arg(area->viewport()->height())));
    }

private:
    [[nodiscard]] VariablesPanel& variables() { return m_window->variables().variables(); }
    void openBill()
    {
        const tests::TraceFile file = tests::drawnLinesFile(kLines, "/home/lea/cafe.js", kSource);
        const QString path = m_folder->filePath(u"bill.bistro"_s);
        std::ofstream(path.toStdString(), std::ios::binary)
            .write(
                reinterpret_cast<const char*>(file.bytes().data()), static_cast<std::streamsize>(file.bytes().size()));
        QVERIFY(m_window->openTrace(path));
        QVERIFY(QTest::qWaitFor([&] { return session().lines() && session().lines()->caughtUp(); }, kLong));
    }
    // What is looked at is drawn.
    void drawn()
    {
        const app::Place place = session().place();
        QVERIFY(QTest::qWaitFor([&] { return m_window->timeline().playhead() == place; }, kLong));
        QCoreApplication::processEvents();
    }
    // To the stop in that line: the first of them, or another.
    void goTo(std::uint32_t line, int visit = 0)
    {
        const app::Lines& lines = *session().lines();
        for (const app::Index stop : lines.stops()) {
            if (lines.placeOf(stop).line == line && visit-- == 0) {
                session().goTo(lines.endOfStop(stop));
                return drawn();
            }
        }
        QFAIL("there is no such stop");
    }
    // "Locals;a=1;Module".
    [[nodiscard]] QString rows()
    {
        QStringList rows;
        const VariableListModel& model = variables().list().rows();
        for (int i = 0; i < model.rowCount(); ++i) {
            const VariableRow& row = *model.rowAt(i);
            rows << (row.kind == VariableRow::Kind::Group ? row.name : row.name + u'=' + row.value.text);
        }
        return rows.join(u';');
    }
    void stand(const QString& path)
    {
        const VariableListModel& model = variables().list().rows();
        for (int i = 0; i < model.rowCount(); ++i) {
            if (model.rowAt(i)->path.text == path)
                return variables().list().setCurrentIndex(model.index(i));
        }
        QFAIL(qPrintable(path));
    }
    // By the keyboard, opening what is around it.
    void choose(const QString& path)
    {
        const QStringList names = path.split(u'.');
        for (qsizetype i = 1; i <= names.size(); ++i) {
            stand(names.first(i).join(u'.'));
            QTest::keyClick(&variables().list(), i < names.size() ? Qt::Key_Right : Qt::Key_Return);
        }
    }
};

QTEST_MAIN(TestWindowVariables)
#include "tst_window_variables.moc"
