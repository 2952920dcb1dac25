#include "panels/calltreemodel.h"
#include "panels/calltreeview.h"

#include "drawnrun.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kCalls = "( 1|x x=1 add( 5|a,b a=1 b=2 6; )=3 2|x sum( 9|n n=2 sum( 9|n n=1 10; )=1 11; )=3 "
                                    "3|x fail( 20|m m='no' throw ! 4|x )";

QString print(const CallTreeModel& model, const QModelIndex& parent = {}, int depth = 0)
{
    QString text;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        text += QString(2 * depth, u' ') + index.data().toString() + u" -> "_s
            + index.siblingAtColumn(CallTreeModel::Gave).data().toString()
            + (index.data(CallTreeModel::HereRole).toBool() ? u" <"_s : QString()) + u'\n';
        text += print(model, index, depth + 1);
    }
    return text;
}

} // namespace

class TestCallTree final : public QObject {
    Q_OBJECT

private slots:
    void callsLieWithinTheOneThatMadeThem()
    {
        const DrawnRun run(kCalls);
        CallTreeModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(run.moment(run.at(10)), run.outlines());
        QCOMPARE(print(model),
            u"function in line 1() -> returned\n"
            "  add(a = 1, b = 2) -> 3\n"
            "  sum(n = 2) -> 3\n"
            "    sum(n = 1) -> 1 <\n"
            "  fail(m = 'no') -> threw 'oh'\n"_s);
    }

    void aFilesTopLevelIsCalledByItsName()
    {
        const DrawnRun run("( 1|x x=1", "let x = 1;\n");
        CallTreeModel model;
        model.show(run.moment(run.end()), run.outlines());
        QVERIFY(print(model).startsWith(u"cafe.js()"_s));
    }

    void whatHasNotEndedSaysSo()
    {
        const DrawnRun run("serve( 1|x x=1 ~ job");
        QCOMPARE(endOf(run.lines(), {1}, run.end()).text, u"set aside"_s);
        const DrawnRun open("serve( 1|x x=1");
        QCOMPARE(endOf(open.lines(), {1}, open.end()).how, CallEndShown::How::Runs);
    }

    void eachCallLeadsToItsBeginningAndItsReturn()
    {
        const DrawnRun run(kCalls);
        CallTreeView view;
        view.resize(400, 200);
        view.showMoment(run.moment(run.at(10)), run.outlines());
        view.show();
        const QModelIndex sum = view.calls().index(1, 0, view.calls().index(0, 0));
        QCOMPARE(view.calls().placeOf(sum), run.at(9));
        QCOMPARE(view.calls().returnOf(sum), run.at(11));
        const QSignalSpy asked(&view, &CallTreeView::placeAsked);
        view.setCurrentIndex(sum);
        QTest::keyClick(&view, Qt::Key_Return);
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(9));
        QTest::keyClick(&view, Qt::Key_Return, Qt::ControlModifier);
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(11));
        QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(sum).center());
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(9));
        QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, view.visualRect(sum).center());
        QCOMPARE(asked.last().first().value<app::Place>(), run.at(11));
    }

    void theCallThatRunsIsOpenedTo()
    {
        const DrawnRun run(kCalls);
        CallTreeView view;
        view.resize(400, 200);
        view.showMoment(run.moment(run.at(10)), run.outlines());
        const QModelIndex root = view.calls().index(0, 0);
        QVERIFY(view.isExpanded(root));
        QVERIFY(view.isExpanded(view.calls().index(1, 0, root)));
    }

    void aScreenReaderHearsWhatCameOfIt()
    {
        const DrawnRun run(kCalls);
        CallTreeView view;
        view.resize(400, 200);
        view.showMoment(run.moment(run.at(10)), run.outlines());
        view.show();
        const QModelIndex root = view.calls().index(0, 0);
        const QModelIndex inner = view.calls().index(0, 0, view.calls().index(1, 0, root));
        QCOMPARE(inner.data(Qt::AccessibleTextRole).toString(), u"sum(n = 1) gave back 1, at this moment"_s);
        QCOMPARE(QAccessible::queryAccessibleInterface(&view)->text(QAccessible::Name), u"Calls of this callback"_s);
    }

    void whoPredictsSeesNoLaterCallAndNoLaterEnd()
    {
        const DrawnRun run(kCalls);
        CallTreeModel model;
        Moment moment = run.moment(run.at(9));
        moment.hidden = true;
        model.show(moment, run.outlines());
        QCOMPARE(print(model), u"function in line 1() -> runs\n  add(a = 1, b = 2) -> 3\n  sum(n = 2) -> runs <\n"_s);
    }

    void aHundredThousandCallsOpenAtOnce()
    {
        std::string drawing = "( 1|x x=1";
        for (int i = 0; i < 100'000; ++i)
            drawing += " f( 5|n n=1 )=1";
        const DrawnRun run(drawing);
        CallTreeView view;
        view.resize(400, 200);
        view.show();
        const double begun = milliseconds();
        view.showMoment(run.moment(run.end()), run.outlines());
        view.expand(view.calls().index(0, 0));
        view.grab();
        QCOMPARE(view.calls().rowCount(view.calls().index(0, 0)), 100'000);
        QVERIFY2(milliseconds() - begun < 1'000, qPrintable(QString::number(milliseconds() - begun)));
    }
};

QTEST_MAIN(TestCallTree)
#include "tst_calltree.moc"
