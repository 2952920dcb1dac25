// windowtexts TRACE: opens the window with a trace and prints every text that it has, a line each: where, a tab, the
// text. translation.py judges them.
#include "text/catalogue.h"
#include "timeline/timelineview.h"
#include "windowdriver.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QMetaProperty>
#include <QTabBar>

#include <cstdio>

namespace bistro::ui {
namespace {

using namespace Qt::StringLiterals;

void print(const QString& where, QString text)
{
    text.replace(u'\n', u' ');
    if (!text.trimmed().isEmpty())
        std::printf("%s\t%s\n", qPrintable(where), qPrintable(text.trimmed()));
}

QString nameOf(const QObject& object)
{
    return QString::fromUtf8(object.metaObject()->className()) + u' ' + object.objectName();
}

void printProperties(const QObject& object)
{
    const QMetaObject& meta = *object.metaObject();
    for (int i = 0; i < meta.propertyCount(); ++i) {
        const QMetaProperty property = meta.property(i);
        if (property.metaType() == QMetaType::fromType<QString>())
            print(nameOf(object) + u'.' + QString::fromUtf8(property.name()), property.read(&object).toString());
    }
}

void printModel(const QString& where, const QAbstractItemModel& model)
{
    for (int column = 0; column < model.columnCount(); ++column)
        print(where + u".header"_s, model.headerData(column, Qt::Horizontal).toString());
    for (int row = 0; row < std::min(model.rowCount(), 200); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex index = model.index(row, column);
            for (const int role : {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole})
                print(where + u".data"_s, index.data(role).toString());
        }
    }
}

void printAccessible(QAccessibleInterface* const interface, int depth)
{
    if (!interface || !interface->isValid() || depth > 20)
        return;
    const QObject* const object = interface->object();
    const QString where = u"accessible "_s + (object ? nameOf(*object) : QString());
    print(where + u".name"_s, interface->text(QAccessible::Name));
    print(where + u".description"_s, interface->text(QAccessible::Description));
    for (int i = 0; i < std::min(interface->childCount(), 300); ++i)
        printAccessible(interface->child(i), depth + 1);
}

void printAll(QWidget& window)
{
    printProperties(window);
    const auto objects = window.findChildren<QObject*>();
    for (QObject* const object : objects) {
        if (qobject_cast<QWidget*>(object) || qobject_cast<QAction*>(object))
            printProperties(*object);
        if (const auto* const view = qobject_cast<QAbstractItemView*>(object); view && view->model())
            printModel(nameOf(*object), *view->model());
        if (const auto* const box = qobject_cast<QComboBox*>(object))
            printModel(nameOf(*object), *box->model());
        if (const auto* const tabs = qobject_cast<QTabBar*>(object)) {
            for (int i = 0; i < tabs->count(); ++i)
                print(nameOf(*object) + u".tab"_s, tabs->tabText(i) + u' ' + tabs->tabToolTip(i));
        }
    }
    printAccessible(QAccessible::queryAccessibleInterface(&window), 0);
}

class Texts : WindowDriver {
public:
    int printOf(const QString& trace)
    {
        openAgain();
        if (!m_window)
            return 1;
        m_window->open(trace);
        if (!QTest::qWaitFor([&] { return session().log() && session().log()->caughtUp(); }, kLong))
            return 1;
        QAccessible::setActive(true);
        for (const Qt::Key stage : {Qt::Key_1, Qt::Key_2, Qt::Key_3}) {
            press(stage, Qt::ControlModifier);
            for (int step = 0; step < 12; ++step) {
                press(Qt::Key_F9, Qt::ShiftModifier); // a callback back
                if (!QTest::qWaitFor([&] { return m_window->timeline().playhead() == session().place(); }, kLong))
                    return 1;
                printAll(*m_window);
            }
            press(Qt::Key_End, Qt::ControlModifier);
        }
        return 0;
    }
};

} // namespace
} // namespace bistro::ui

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    bistro::app::installCatalogues();
    return argc == 2 ? bistro::ui::Texts().printOf(QString::fromLocal8Bit(argv[1])) : 2;
}
