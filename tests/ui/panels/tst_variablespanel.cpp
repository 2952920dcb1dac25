#include "panels/variablespanel.h"

#include "drawnrun.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <algorithm>

using namespace bistro;
using namespace bistro::ui;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kOrder = "f( 1|order,n order=#1 n=1 #1:object:Object/0/2 #1.a=1 #1.b=2 2|order,n n=2";

VariableRow row(const QString& key, int depth = 1)
{
    VariableRow made;
    made.key = key;
    made.name = key;
    made.depth = depth;
    return made;
}

std::vector<VariableRow> rows(const QString& keys)
{
    std::vector<VariableRow> made;
    for (const QString& key : keys.split(u' ', Qt::SkipEmptyParts))
        made.push_back(row(key));
    return made;
}

// A panel that shows the moment and does what it is asked for.
class Shown final {
public:
    explicit Shown(const DrawnRun& run, app::Place place)
        : m_run(run)
        , m_place(place)
    {
        panel.resize(256, 300);
        QObject::connect(&panel.list(), &VariableList::openAsked, &panel, [this](const QString& key, bool open) {
            asked.open[key] = open;
            show();
        });
        show();
        panel.show();
    }
    void show() { panel.setContent(variablesContent(m_run.moment(m_place), m_run.outlines(), asked)); }
    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (int i = 0; i < panel.list().rows().rowCount(); ++i)
            names << panel.list().rows().rowAt(i)->name;
        return names;
    }
    void stand(int row) { panel.list().setCurrentIndex(panel.list().rows().index(row)); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&panel.list(), key, modifiers); }
    [[nodiscard]] int current() const { return panel.list().currentIndex().row(); }

    VariablesPanel panel;
    VariablesAsked asked;

private:
    const DrawnRun& m_run;
    app::Place m_place;
};

} // namespace

class TestVariablesPanel final : public QObject {
    Q_OBJECT

private slots:
    void theModelTellsTheSmallestChange()
    {
        VariableListModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows(rows(u"a b c d"_s));
        QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
        QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setRows(rows(u"a b x y c d"_s));
        QCOMPARE(inserted.size(), 1);
        QCOMPARE(inserted.first()[1].toInt(), 2);
        QCOMPARE(inserted.first()[2].toInt(), 3);
        QCOMPARE(removed.size() + changed.size(), 0);
        model.setRows(rows(u"a x y c d"_s));
        QCOMPARE(removed.size(), 1);
        QCOMPARE(removed.first()[1].toInt(), 1);
        QCOMPARE(changed.size(), 0);
        auto other = rows(u"a x y c d"_s);
        other[3].aside = u"changed"_s;
        model.setRows(other);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.first()[0].toModelIndex().row(), 3);
        model.setRows(rows(u"p q"_s));
        QCOMPARE(model.rowCount(), 2);
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void rightOpensAndLeftCloses()
    {
        const DrawnRun run(kOrder);
        Shown shown(run, run.end());
        QCOMPARE(shown.names(), QStringList({u"Locals"_s, u"order"_s, u"n"_s}));
        shown.stand(1);
        shown.press(Qt::Key_Right);
        QCOMPARE(shown.names(), QStringList({u"Locals"_s, u"order"_s, u"a"_s, u"b"_s, u"n"_s}));
        QCOMPARE(shown.current(), 1);
        shown.press(Qt::Key_Right); // into it
        QCOMPARE(shown.current(), 2);
        shown.press(Qt::Key_Left); // out of it
        QCOMPARE(shown.current(), 1);
        shown.press(Qt::Key_Left);
        QCOMPARE(shown.names(), QStringList({u"Locals"_s, u"order"_s, u"n"_s}));
        shown.press(Qt::Key_Left);
        QCOMPARE(shown.current(), 0);
        shown.press(Qt::Key_Return);
        QCOMPARE(shown.names(), QStringList({u"Locals"_s}));
    }

    void enterChoosesARow()
    {
        const DrawnRun run(kOrder);
        Shown shown(run, run.end());
        const QSignalSpy chosen(&shown.panel.list(), &VariableList::chosen);
        shown.stand(2);
        shown.press(Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.first().first().value<VariableRow>().path.text, u"n"_s);
    }

    void theKeysOfARowAreTold()
    {
        const DrawnRun run(kOrder);
        Shown shown(run, run.end());
        const QSignalSpy copied(&shown.panel.list(), &VariableList::copyAsked);
        const QSignalSpy pinned(&shown.panel.list(), &VariableList::pinAsked);
        shown.stand(2);
        shown.press(Qt::Key_C, Qt::ControlModifier);
        shown.press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(copied.size(), 1);
        QCOMPARE(pinned.size(), 1);
        shown.stand(0); // a group has no value
        shown.press(Qt::Key_C, Qt::ControlModifier);
        shown.press(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(copied.size() + pinned.size(), 2);
    }

    void aClickChoosesAndItsArrowOpens()
    {
        const DrawnRun run(kOrder);
        Shown shown(run, run.end());
        VariableList& list = shown.panel.list();
        const QSignalSpy chosen(&list, &VariableList::chosen);
        const QRect order = list.visualRect(list.rows().index(1));
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, order.center());
        QCOMPARE(chosen.size(), 1);
        QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, QPoint(15, order.center().y()));
        QCOMPARE(shown.names().size(), 5);
        QCOMPARE(chosen.size(), 1);
    }

    void whoHasTheKeyboardKeepsItsRow()
    {
        const DrawnRun run(kOrder);
        Shown shown(run, run.at(1));
        shown.stand(2);
        shown.asked.open[shown.panel.list().rows().rowAt(1)->key] = true;
        shown.show();
        QCOMPARE(shown.panel.list().current()->name, u"n"_s);
        shown.asked.open[u"locals"_s] = false;
        shown.show();
        QCOMPARE(shown.panel.list().current()->name, u"Locals"_s);
    }

    void aScreenReaderHearsRowsWithTheirChanges()
    {
        const DrawnRun run(kOrder);
        Shown shown(run, run.end());
        QAccessibleInterface* const list = QAccessible::queryAccessibleInterface(&shown.panel.list());
        QCOMPARE(list->text(QAccessible::Name), u"Variables"_s);
        QCOMPARE(list->child(0)->text(QAccessible::Name), u"Locals, 2, open"_s);
        QCOMPARE(list->child(1)->text(QAccessible::Name), u"order, { a: 1, b: 2 }, closed"_s);
        QCOMPARE(list->child(2)->text(QAccessible::Name), u"n, 2, was 1, changed"_s);
    }

    void theNoteIsNotCut()
    {
        for (const double zoom : {1., 1.25, 1.5, 2.}) {
            const Theme theme(Scheme::Dark, zoom);
            QWidget column;
            auto* const layout = new QVBoxLayout(&column);
            layout->setContentsMargins({});
            auto* const panel = new VariablesPanel(&column);
            layout->addWidget(panel);
            layout->addStretch(1);
            panel->setTheme(theme);
            VariablesContent content;
            content.note = u"None of your functions runs now. Choose one in the call stack that is set aside."_s;
            panel->setContent(content);
            for (const int width : {400, 248, 200}) {
                column.resize(theme.px(width), theme.px(500));
                column.show();
                QCoreApplication::processEvents();
                const auto labels = panel->findChildren<QLabel*>();
                const auto note = std::ranges::find(labels, content.note, &QLabel::text);
                QVERIFY(note != labels.end());
                QVERIFY2((*note)->height() >= (*note)->heightForWidth((*note)->width()),
                    qPrintable(u"%1 px of %2 at %3"_s.arg((*note)->height())
                            .arg((*note)->heightForWidth((*note)->width()))
                            .arg(zoom)));
            }
        }
    }

    void nothingIsDrawnOverSomethingElse_data()
    {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<Scheme>("scheme");
        for (const double zoom : {1.0, 1.5}) {
            QTest::addRow("light %.1f", zoom) << zoom << Scheme::Light;
            QTest::addRow("dark %.1f", zoom) << zoom << Scheme::Dark;
        }
    }
    void nothingIsDrawnOverSomethingElse()
    {
        QFETCH(double, zoom);
        QFETCH(Scheme, scheme);
        const Theme theme(scheme, zoom);
        const DrawnRun run(kOrder);
        Shown shown(run, run.end());
        shown.panel.setTheme(theme);
        shown.panel.resize(theme.px(256), theme.px(300));
        VariableList& list = shown.panel.list();
        QCOMPARE(list.visualRect(list.rows().index(0)).height(), theme.px(20));
        QVERIFY(QFontMetrics(list.font()).height() > 0);
        const VariableRowLayout one = variableRowLayout(theme, row(u"n"_s, 1), theme.px(8));
        const VariableRowLayout two = variableRowLayout(theme, row(u"n"_s, 2), theme.px(8));
        QCOMPARE(two.name - one.name, theme.px(14));
        QCOMPARE(variableRowLayout(theme, row(u"n"_s, 1), theme.px(100)).value, one.name + theme.px(110));
        QVERIFY(one.arrow < one.name && one.name < one.value);
    }
};

QTEST_MAIN(TestVariablesPanel)
#include "tst_variablespanel.moc"
