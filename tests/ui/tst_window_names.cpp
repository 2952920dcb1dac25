// Who does not see the window, or has no mouse, finds everything in it: names and keys. Item models as views rely on
// them.
#include "panels/callstackpanel.h"
#include "timeline/timelineview.h"
#include "windowdriver.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDialog>
#include <QHash>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QSet>
#include <QShortcut>
#include <QSlider>
#include <QTabBar>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

// Calls that call each other, ticks, promises, timers, jobs of the pool.
const QString kProgram = uR"(const fs = require('fs');
function a(n) { return n ? a(n - 1) : fs.readFile(__filename, function menu() { console.log('read') }) }
setTimeout(function soup() { a(8); Promise.resolve().then(function salt() { console.log('salt') }) }, 10);
setImmediate(function bread() { console.log('bread') });
process.nextTick(function water() { console.log('water') });
for (let i = 0; i < 40; i++) setTimeout(() => {}, 20 + i);
)"_s;

// What takes keys or clicks, and is not a part of something that does.
bool isControl(const QWidget* widget)
{
    if (widget->objectName().startsWith(u"qt_"_s) || qobject_cast<const QAbstractSpinBox*>(widget->parentWidget())
        || qobject_cast<const QComboBox*>(widget->parentWidget()))
        return false;
    if (qobject_cast<const QAbstractButton*>(widget))
        return !qobject_cast<const QLineEdit*>(widget->parentWidget()); // its button to clear it
    return widget->focusPolicy() != Qt::NoFocus && !qobject_cast<const QMenuBar*>(widget) && !widget->isWindow();
}

QString placeOf(const QWidget* widget)
{
    QStringList place;
    for (const QWidget* at = widget; at; at = at->parentWidget())
        place.prepend(QString::fromLatin1(at->metaObject()->className()).section(u"::"_s, -1)
            + (at->objectName().isEmpty() ? QString() : u'#' + at->objectName()));
    return place.join(u" > "_s);
}

} // namespace

class TestWindowNames : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void everyControlHasAName()
    {
        QVERIFY(run(kProgram));
        (void)m_window->close(); // the question above the code
        m_window->action(u"find"_s)->trigger();
        m_window->action(u"find-console"_s)->trigger();
        m_window->action(u"files"_s)->trigger();
        m_window->action(u"text-stage"_s)->trigger();
        QCOMPARE(nameless(m_window.get()).join(u'\n'), QString());
        for (const char* const dialog : {"settings", "shortcuts", "configure", "about"}) {
            m_window->action(QString::fromLatin1(dialog))->trigger();
            auto* const shown = m_window->findChild<QDialog*>();
            QVERIFY(shown);
            QCOMPARE(nameless(shown).join(u'\n'), QString());
            delete shown;
        }
    }

    void everyControlOfTheToolBarTellsItsKey()
    {
        QStringList silent;
        for (const QAbstractButton* const button : m_window->toolBar().findChildren<QAbstractButton*>()) {
            if (button->isVisible() && !button->toolTip().contains(u'('))
                silent << placeOf(button) + u": "_s + button->toolTip();
        }
        QCOMPARE(silent.join(u'\n'), QString());
    }

    void everyActionHasANameAndAPlaceInTheMenus()
    {
        QSet<const QAction*> inMenus;
        for (const QMenu* const menu : m_window->menuBar()->findChildren<QMenu*>()) {
            for (const QAction* const action : menu->actions())
                inMenus.insert(action);
        }
        QStringList lost;
        for (const QAction* const action : m_window->allActions()) {
            if (action->text().isEmpty() || action->objectName().isEmpty() || !inMenus.contains(action))
                lost << action->objectName() + u' ' + action->text();
        }
        QCOMPARE(lost, QStringList());
        QVERIFY(m_window->allActions().size() > 60);
    }

    void noTwoActionsHaveOneKey()
    {
        QHash<QKeySequence, QStringList> owners;
        for (const QAction* const action : m_window->allActions()) {
            for (const QKeySequence& key : action->shortcuts())
                owners[key] << action->objectName();
        }
        for (const QAbstractButton* const button : m_window->findChildren<QAbstractButton*>()) {
            if (!button->shortcut().isEmpty())
                owners[button->shortcut()] << placeOf(button);
        }
        for (const QShortcut* const shortcut : m_window->findChildren<QShortcut*>()) {
            if (shortcut->context() == Qt::WindowShortcut || shortcut->context() == Qt::ApplicationShortcut)
                owners[shortcut->key()] << u"a shortcut of "_s
                        + QString::fromLatin1(shortcut->parent()->metaObject()->className());
        }
        QStringList ambiguous;
        for (auto it = owners.cbegin(); it != owners.cend(); ++it) {
            if (it->size() > 1)
                ambiguous << it.key().toString() + u": "_s + it->join(u", "_s);
        }
        QCOMPARE(ambiguous.join(u'\n'), QString());
    }

    void aKeyThatAButtonNamesIsTaken()
    {
        QSet<QString> taken {// by the widget that has the keyboard
            u"Ctrl+D"_s, u"Ctrl+Alt+Enter"_s, u"Shift+Enter"_s, u"Alt+Minus"_s, u"Alt+Plus"_s, u"Alt+C"_s, u"Alt+W"_s,
            u"Alt+R"_s, u"Alt+F8"_s};
        for (const QAction* const action : m_window->findChildren<QAction*>()) {
            for (const QKeySequence& key : action->shortcuts())
                taken.insert(key.toString());
        }
        for (const QShortcut* const shortcut : m_window->findChildren<QShortcut*>()) {
            for (const QKeySequence& key : shortcut->keys())
                taken.insert(key.toString());
        }
        static const QRegularExpression named(u"\\(((?:Ctrl|Alt|Shift|F\\d)[^)]*)\\)"_s);
        QStringList wrong;
        int keys = 0;
        for (const QAbstractButton* const button : m_window->findChildren<QAbstractButton*>()) {
            taken.insert(button->shortcut().toString());
            const auto match = named.match(button->toolTip());
            for (const QString& key : match.captured(1).split(u", "_s, Qt::SkipEmptyParts)) {
                ++keys;
                if (!taken.contains(key))
                    wrong << button->toolTip();
            }
        }
        QVERIFY(keys > 10);
        QCOMPARE(wrong.join(u'\n'), QString());
    }

    void noTwoEntriesOfAMenuHaveOneLetter()
    {
        QStringList ambiguous;
        for (const QMenu* const menu : m_window->menuBar()->findChildren<QMenu*>()) {
            QHash<QChar, QString> owners;
            for (const QAction* const action : menu->actions()) {
                const QString text = QString(action->text()).replace(u"&&"_s, QString());
                const qsizetype at = text.indexOf(u'&');
                if (at < 0 || at + 1 >= text.size())
                    continue;
                const QChar letter = text[at + 1].toLower();
                if (owners.contains(letter))
                    ambiguous << u"%1: %2 and %3"_s.arg(menu->title(), owners[letter], text);
                owners.insert(letter, text);
            }
        }
        QCOMPARE(ambiguous.join(u'\n'), QString());
    }

    // While a real run is walked event by event.
    void theModelsKeepTheirPromises()
    {
        const auto fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;
        const QAbstractItemModelTester console(&m_window->console().model(), fatal);
        const QAbstractItemModelTester orders(m_window->stage().orders(), fatal);
        const QAbstractItemModelTester plates(&m_window->callStack().model(), fatal);
        QVERIFY(run(kProgram));
        int deepest = 0;
        int most = 0;
        press(Qt::Key_Home, Qt::AltModifier);
        const app::Index size = session().log()->size();
        for (app::Place place = 0; place <= size; place += std::max(size / 80, 1u)) {
            session().goTo(place);
            QVERIFY(
                QTest::qWaitFor([&] { return m_window->timeline().playhead() == session().place(); }, kLong)); // drawn
            deepest = std::max(deepest, m_window->callStack().model().depth());
            most = std::max(most, m_window->stage().orders()->rowCount());
        }
        QVERIFY(deepest > 0);
        QVERIFY(most >= 40);
        m_window->action(u"loop"_s)->trigger();
        m_window->action(u"clear-console"_s)->trigger();
        QVERIFY(run(u"console.log('again')"_s));
    }

    void theStagesOrdersAreNamed()
    {
        QVERIFY(run(kProgram));
        session().goTo(session().log()->outputs()[0] + 1);
        QVERIFY(QTest::qWaitFor([&] { return !m_window->stage().walk().empty(); }, kLong));
        QAccessibleInterface* const stage = QAccessible::queryAccessibleInterface(&m_window->stage());
        QVERIFY(stage);
        QCOMPARE(static_cast<std::size_t>(stage->childCount()),
            m_window->stage().walk().size() + m_window->stage().places().size());
        for (int i = 0; i < stage->childCount(); ++i) {
            QVERIFY(!stage->child(i)->text(QAccessible::Name).isEmpty());
            QCOMPARE(stage->indexOfChild(stage->child(i)), i);
            QVERIFY(stage->child(i)->rect().intersects(stage->rect()));
        }
    }

private:
    [[nodiscard]] QStringList nameless(const QWidget* within)
    {
        QStringList result;
        for (QWidget* const widget : within->findChildren<QWidget*>()) {
            if (widget->isVisible() && isControl(widget) && nameOf(widget).trimmed().isEmpty())
                result << placeOf(widget);
        }
        return result;
    }
};

QTEST_MAIN(TestWindowNames)
#include "tst_window_names.moc"
