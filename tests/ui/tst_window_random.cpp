// Whatever is done to the window, in whatever order, it goes on: random keys, clicks, wheels, drags, sizes and actions while programs of every
// sort start, run and end. The order follows from a seed:
//     BISTRO_RANDOM_ACTIONS=1000 BISTRO_RANDOM_SEED=7 tst_window_random
#include "timeline/timelineview.h"
#include "windowdriver.h"

#include <QDialog>
#include <QElapsedTimer>
#include <QMenu>
#include <QMutex>
#include <QRandomGenerator>
#include <QWheelEvent>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kActions = 150;
constexpr quint32 kSeed = 20'231;

// Programs that end, wait, read, serve, flood, hang, crash.
const std::array kPrograms {
    u"console.log('one'); setTimeout(() => console.log('two'), 5)"_s,
    u"let n = 0; setInterval(() => console.log('tick', n++), 10)"_s,
    u"process.stdin.on('data', d => console.log('got', String(d))).on('end', () => process.exit(3))"_s,
    u"require('http').createServer((q, s) => s.end('soup')).listen(0, function () { const get = () => require('http').get({ port: this.address().port }, r => r.resume().on('end', () => setTimeout(get, 20))); get() })"_s,
    u"(function flood() { console.log('x'.repeat(200)); setImmediate(flood) })()"_s,
    u"(function chain(n) { if (n) Promise.resolve().then(() => chain(n - 1)) })(20000); for (let i = 0; i < 1000; i++) setTimeout(() => {}, i)"_s,
    u"console.log('hung'); for (;;);"_s,
    u"setTimeout(() => { throw new Error('spilt') }, 30)"_s,
    u"const fs = require('fs'); (function read(n) { fs.readFile(process.argv[1], () => n && read(n - 1)) })(200); for (let i = 0; i < 8; i++) require('crypto').pbkdf2('a', 'b', 50000, 64, 'sha1', () => console.log('cooked', i))"_s,
    u"process.abort()"_s,
    u"no JavaScript at all ("_s,
    u"new (require('worker_threads').Worker)('setTimeout(() => {}, 200)', { eval: true }); console.error('\\x1b[31mred\\x1b[0m')"_s,
};

// These ask the user for a file, end the window, or run a program six times.
const QStringList kLeftOut {u"quit"_s, u"open"_s, u"open-folder"_s, u"open-trace"_s, u"save"_s, u"save-as"_s, u"save-trace"_s, u"verify"_s};

QtMessageHandler before = nullptr;
QMutex lock;
QStringList complaints; // what Qt, QML or we find worth an alarm

void listen(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    const bool alarming = type == QtCriticalMsg || type == QtFatalMsg || (type == QtWarningMsg && (text.contains(u"qrc:"_s) || text.startsWith(u"QObject"_s) || text.startsWith(u"QPainter"_s) || text.startsWith(u"QAction"_s)));
    if (alarming) {
        const QMutexLocker locker(&lock);
        complaints << text;
    }
    if (alarming && qEnvironmentVariableIsSet("BISTRO_RANDOM_ABORT"))
        std::abort(); // with a backtrace
    before(type, context, text);
}

} // namespace

class TestWindowRandom : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void initTestCase() { before = qInstallMessageHandler(listen); }
    void cleanupTestCase() { qInstallMessageHandler(before); }

    void whateverIsDoneTheWindowGoesOn()
    {
        bool ok = false;
        const int wanted = qEnvironmentVariableIntValue("BISTRO_RANDOM_ACTIONS", &ok);
        const int actions = ok && wanted > 0 ? wanted : kActions;
        const int seed = qEnvironmentVariableIntValue("BISTRO_RANDOM_SEED", &ok);
        m_random.seed(ok ? static_cast<quint32>(seed) : kSeed);
        openWindow();
        m_trace = m_folder->filePath(u"kept.bistro"_s);
        QVERIFY(run(kPrograms[0]));
        QVERIFY(session().saveTrace(m_trace));

        QElapsedTimer clock;
        clock.start();
        qint64 longest = 0;
        for (int i = 0; i < actions; ++i) {
            const QString what = act();
            QElapsedTimer handled;
            handled.start();
            settle();
            longest = std::max(longest, handled.elapsed());
            if (qEnvironmentVariableIsSet("BISTRO_RANDOM_TELL")) {
                std::fprintf(stderr, "%d: %s (%lld ms)\n", i, qPrintable(what), static_cast<long long>(handled.elapsed()));
            }
            QVERIFY2(complaints.isEmpty(), qPrintable(u"after action %1, %2: %3"_s.arg(i).arg(what, complaints.join(u'\n'))));
            QVERIFY2(m_window->isVisible(), qPrintable(what));
        }
        qInfo("%d actions in %.1f s", actions, static_cast<double>(clock.elapsed()) / 1000);

        // It is still of use.
        closeDialogs();
        m_window->action(u"presentation"_s)->setChecked(false);
        m_window->action(u"reset-layout"_s)->trigger();
        session().stop();
        QVERIFY2(ended() || session().state() == app::Session::State::NotStarted,
            qPrintable(u"state %1, all read: %2, console busy: %3"_s.arg(static_cast<int>(session().state())).arg(!session().log() || session().log()->caughtUp()).arg(m_window->console().model().isBusy())));
        m_window->resize(1440, 900);
        QVERIFY(run(kPrograms[0]));
        QCOMPARE(lines(), (QStringList {u"one"_s, u"two"_s}));
        closeWindow();
        QVERIFY2(complaints.isEmpty(), qPrintable(complaints.join(u'\n')));
    }

private:
    [[nodiscard]] int below(int bound) { return static_cast<int>(m_random.bounded(static_cast<quint32>(bound))); }
    template<typename List>
    [[nodiscard]] auto& any(List& list)
    {
        return list[static_cast<decltype(list.size())>(below(static_cast<int>(list.size())))];
    }

    // One thing, in words.
    [[nodiscard]] QString act()
    {
        const int kind = below(100);
        if (QApplication::activePopupWidget() && kind < 80) {
            QTest::keyClick(QApplication::activePopupWidget(), kind < 60 ? Qt::Key_Escape : kind < 70 ? Qt::Key_Down : Qt::Key_Return);
            return u"a key in a popup"_s;
        }
        if (QApplication::activeModalWidget() && kind < 70) {
            QTest::keyClick(QApplication::activeModalWidget(), kind < 50 ? Qt::Key_Escape : Qt::Key_Tab);
            return u"a key in a dialog"_s;
        }
        if (kind < 12) {
            const auto& code = any(kPrograms);
            if (!m_window->editor().editor() || m_window->editor().isCurrentReadOnly() || below(4) == 0)
                m_window->action(u"new"_s)->trigger();
            if (m_window->editor().openPaths().size() > 6)
                m_window->action(u"close-tab"_s)->trigger();
            if (CodeEditor* const editor = m_window->editor().editor(); editor && !editor->isReadOnly())
                editor->setText(code);
            m_window->run();
            return u"run "_s + code;
        }
        if (kind < 40) {
            const auto all = m_window->allActions();
            QAction* const action = any(all);
            if (kLeftOut.contains(action->objectName()))
                return u"nothing"_s;
            if (action->isEnabled())
                action->trigger();
            return u"action "_s + action->objectName();
        }
        if (kind < 55) {
            static const std::array keys {Qt::Key_F10, Qt::Key_F9, Qt::Key_F8, Qt::Key_F6, Qt::Key_Home, Qt::Key_End, Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Return, Qt::Key_Escape, Qt::Key_Tab, Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_Space, Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_A, Qt::Key_BraceLeft, Qt::Key_QuoteDbl, Qt::Key_Period, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_F};
            static const std::array<Qt::KeyboardModifiers, 5> modifiers {Qt::NoModifier, Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier};
            QWidget* const at = m_window->focusWidget() ? m_window->focusWidget() : m_window.get();
            const Qt::Key key = any(keys);
            const Qt::KeyboardModifiers with = any(modifiers);
            QTest::keyClick(at, key, with);
            return u"key %1 with %2 in %3"_s.arg(key).arg(with.toInt()).arg(QString::fromLatin1(at->metaObject()->className()));
        }
        if (kind < 75)
            return pointer();
        if (kind < 82) {
            QWidget* const at = anyWidget();
            if (!at)
                return u"nothing"_s;
            const QPointF place(below(std::max(at->width(), 1)), below(std::max(at->height(), 1)));
            static const std::array<Qt::KeyboardModifiers, 3> modifiers {Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier};
            QWheelEvent event(place, at->mapToGlobal(place), {}, {0, below(2) == 0 ? 120 : -120}, Qt::NoButton, any(modifiers), Qt::NoScrollPhase, false);
            QApplication::sendEvent(at, &event);
            return u"wheel in "_s + QString::fromLatin1(at->metaObject()->className());
        }
        if (kind < 87) {
            m_window->resize(640 + below(1400), 420 + below(800));
            return u"size %1 x %2"_s.arg(m_window->width()).arg(m_window->height());
        }
        if (kind < 91) {
            (void)m_window->open(m_trace);
            return u"open a trace"_s;
        }
        if (kind < 95) {
            if (session().log())
                session().goTo(static_cast<app::Place>(below(static_cast<int>(session().log()->size()) + 1)));
            return u"go to a moment"_s;
        }
        if (kind < 97) {
            if (CodeEditor* const editor = m_window->editor().editor())
                QTest::keyClicks(editor, u"fs.readFile('a', () => {})\n"_s.first(below(26) + 1));
            return u"type"_s;
        }
        session().stop();
        return u"stop"_s;
    }

    [[nodiscard]] QWidget* anyWidget()
    {
        QWidget* const root = QApplication::activeModalWidget() ? QApplication::activeModalWidget() : m_window.get();
        const QPoint point(below(root->width()), below(root->height()));
        QWidget* const at = root->childAt(point);
        return at ? at : root;
    }

    [[nodiscard]] QString pointer()
    {
        QWidget* const at = anyWidget();
        const QPoint place(below(std::max(at->width(), 1)), below(std::max(at->height(), 1)));
        const QString name = QString::fromLatin1(at->metaObject()->className());
        // The choice that would end the window is left out like the action is.
        if (const auto* const button = qobject_cast<QAbstractButton*>(at); button && (button->text() == u"Save and close"_s || button->text() == u"Keep for next time"_s || button->text().startsWith(u"Save"_s)))
            return u"nothing"_s;
        if (at->inherits("QMenuBar") && place.x() > at->width() * 3 / 4)
            return u"nothing"_s;
        const QPointer<QWidget> still(at);
        switch (below(4)) {
        case 0: QTest::mouseClick(at, Qt::LeftButton, {}, place); return u"click on "_s + name;
        case 1: QTest::mouseDClick(at, Qt::LeftButton, {}, place); return u"double click on "_s + name;
        case 2: QTest::mouseMove(at, place); return u"pointer over "_s + name;
        default:
            QTest::mousePress(at, Qt::LeftButton, {}, place);
            for (int i = 1; i <= 4 && still; ++i)
                QTest::mouseMove(still, place + QPoint(below(41) - 20, below(41) - 20) * i);
            if (still)
                QTest::mouseRelease(still, Qt::LeftButton, {}, place + QPoint(below(81) - 40, 0));
            return u"drag in "_s + name;
        }
    }

    // What follows from it, for at most so long: a window that is busy with a run never becomes idle.
    void settle()
    {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 40);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        if (below(3) == 0) // and sometimes the program goes on meanwhile
            (void)QTest::qWaitFor([size = session().log() ? session().log()->size() : 0, this] { return !session().isRunning() || (session().log() && session().log()->size() > size); }, 100);
    }
    void closeDialogs()
    {
        while (QWidget* const popup = QApplication::activePopupWidget())
            popup->close();
        while (QWidget* const dialog = QApplication::activeModalWidget()) {
            dialog->close();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        }
    }

    QRandomGenerator m_random;
    QString m_trace;
};

QTEST_MAIN(TestWindowRandom)
#include "tst_window_random.moc"
