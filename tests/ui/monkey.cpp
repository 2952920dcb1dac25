#include "monkey.h"

#include "kitchen.h"
#include "pulse.h"
#include "timeline/timelineview.h"
#include "workspace/examples.h"

#include <QDialog>
#include <QEventLoop>
#include <QFile>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QWheelEvent>
#include <QWindow>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

using namespace bistro;
using namespace Qt::StringLiterals;

namespace bistro::ui {

namespace {

// Programs that end, wait, read, serve, flood, hang, crash.
const std::array kPrograms {
    u"console.log('one'); setTimeout(() => console.log('two'), 5)"_s,
    u"let n = 0; setInterval(() => console.log('tick', n++), 10)"_s,
    u"process.stdin.on('data', d => console.log('got', String(d))).on('end', () => process.exit(3))"_s,
    u"require('http').createServer((q, s) => s.end('soup')).listen(0, function () { const get = () => "
    u"require('http').get({ port: this.address().port }, r => r.resume().on('end', () => setTimeout(get, 20))); "
    u"get() })"_s,
    u"(function flood() { console.log('x'.repeat(200)); setImmediate(flood) })()"_s,
    u"(function chain(n) { if (n) Promise.resolve().then(() => chain(n - 1)) })(20000); for (let i = 0; i < 1000; "
    u"i++) setTimeout(() => {}, i)"_s,
    u"console.log('hung'); for (;;);"_s,
    u"setTimeout(() => { throw new Error('spilt') }, 30)"_s,
    u"const fs = require('fs'); (function read(n) { fs.readFile(process.argv[1], () => n && read(n - 1)) })(200); "
    u"for (let i = 0; i < 8; i++) require('crypto').pbkdf2('a', 'b', 50000, 64, 'sha1', () => "
    u"console.log('cooked', i))"_s,
    u"process.abort()"_s,
    u"no JavaScript at all ("_s,
    u"new (require('worker_threads').Worker)('setTimeout(() => {}, 200)', { eval: true }); "
    u"console.error('\\x1b[31mred\\x1b[0m')"_s,
};

// These ask the user for a file, end the window, or run a program six times.
const QStringList kLeftOut {
    u"quit"_s, u"open"_s, u"open-folder"_s, u"open-trace"_s, u"save-as"_s, u"save-trace"_s, u"verify"_s};

} // namespace

Monkey::Monkey(World world, quint32 seed)
    : m_world(std::move(world))
    , m_random(seed)
{
}

void Monkey::warmUp()
{
    openWindow();
    QVERIFY(run(kPrograms[0]));
    const QString kept = m_world.folder + u"/kept.bistro"_s;
    QVERIFY(session().saveTrace(kept));
    QVERIFY(m_window->open(kept));
    m_world.traces << kept;
    closeWindow();
}

void Monkey::play(
    Pulse& pulse, Kitchen& kitchen, std::chrono::milliseconds howLong, std::function<QString()> complaints)
{
    m_pulse = &pulse;
    m_kitchen = &kitchen;
    m_complaints = std::move(complaints);
    {
        const Pulse::Excuse excuse(pulse);
        openAgain();
    }
    pulse.setAnswered([this] { leaveWhatWaits(); });
    m_clock.start();
    m_end = howLong.count();
    QEventLoop loop;
    m_loop = &loop;
    QTimer::singleShot(0, this, &Monkey::turn);
    loop.exec();
    pulse.setAnswered({});
    tell(u"the end"_s);
    m_pulse = nullptr;
    m_done.inUseLast = tests::memory();
}

void Monkey::checkThatItIsOfUse()
{
    closeDialogs();
    m_window->action(u"presentation"_s)->setChecked(false);
    m_window->action(u"reset-layout"_s)->trigger();
    session().stop();
    const bool over = ended() || session().state() == app::Session::State::NotStarted;
    const bool read = !session().log() || session().log()->caughtUp();
    const QString state = u"state %1, all read: %2, console busy: %3"_s.arg(static_cast<int>(session().state()))
                              .arg(read)
                              .arg(m_window->console().model().isBusy());
    QVERIFY2(over, qPrintable(state));
    m_window->resize(1440, 900);
    QVERIFY(run(kPrograms[0]));
    QCOMPARE(lines(), (QStringList {u"one"_s, u"two"_s}));
}

// --- turns: each thing that is done is one turn of the event loop, as it is for a user ---

void Monkey::turn()
{
    ++m_depth;
    m_since.start();
    if (m_rest.empty()) {
        measure();
        act();
        ++m_done.actions;
    } else {
        const Deed deed = std::move(m_rest.front());
        m_rest.pop_front();
        deed();
    }
    --m_depth;
    if (const QString complaints = m_complaints(); !complaints.isEmpty())
        m_fault = u"after: %1\n%2"_s.arg(m_told.back(), complaints);
    if (!m_window->isVisible())
        m_fault = u"the window is gone after: %1"_s.arg(m_told.back());
    if (!m_fault.isEmpty() || m_clock.elapsed() > m_end)
        return m_loop->quit();
    static constexpr std::array pauses {0, 0, 0, 10, 20, 40, 150};
    QTimer::singleShot(m_rest.empty() ? any(pauses) : below(4) * 4, this, &Monkey::turn);
}

// Some of Qt's own wait within what was done for the next key or click (a drag, the menu of a button): there is no turn
// then.
void Monkey::leaveWhatWaits()
{
    if (m_depth != 1 || m_since.elapsed() < 500 || m_reopening)
        return;
    ++m_depth;
    tell(u"leave what waits"_s);
    if (QWidget* const popup = QApplication::activePopupWidget())
        popup->close();
    else if (auto* const dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget()))
        dialog->reject();
    else if (QWindow* const window = m_window->windowHandle()) {
        QTest::keyClick(window, Qt::Key_Escape);
        QTest::mouseRelease(window, Qt::LeftButton);
    }
    --m_depth;
}

// Done in the next turns, one in each.
void Monkey::then(Deed deed)
{
    m_rest.push_back(std::move(deed));
}

void Monkey::tell(const QString& what)
{
    m_told.push_back(u"%1 at %2 ms: %3"_s.arg(m_done.actions).arg(m_clock.elapsed()).arg(what));
    if (m_told.size() > 40)
        m_told.pop_front();
    if (m_pulse)
        m_pulse->doing(m_told.back());
    if (m_world.log) {
        std::fprintf(m_world.log, "%s\n", qPrintable(m_told.back()));
        std::fflush(m_world.log);
    }
}

// --- memory ---

void Monkey::measure()
{
    const qint64 now = m_clock.elapsed();
    if (now - m_measured < 30'000)
        return;
    m_measured = now;
    m_done.inUseLast = tests::memory();
    tell(u"(memory %1, %2 descriptors)"_s.arg(QString::fromStdString(tests::inWords(m_done.inUseLast)))
            .arg(tests::descriptors().size()));
    if (now < kSettled || m_done.atRest.all != 0)
        return;
    m_done.inUse = m_done.inUseLast;
    const Pulse::Excuse excuse(*m_pulse);
    m_done.atRest = atRest();
    tell(u"(memory at rest %1)"_s.arg(QString::fromStdString(tests::inWords(m_done.atRest))));
}

// What is there once the window has been closed and shows one small trace again.
tests::Memory Monkey::atRest()
{
    reopen();
    (void)m_window->open(m_world.folder + u"/kept.bistro"_s);
    (void)ended();
    return tests::memory();
}

void Monkey::reopen()
{
    m_reopening = true;
    m_rest.clear();
    closeDialogs();
    closeWindow();
    openAgain();
    m_reopening = false;
}

// --- what can be done ---

void Monkey::act()
{
    if (QWidget* const popup = QApplication::activePopupWidget(); popup && below(100) < 80) {
        static constexpr std::array keys {
            Qt::Key_Escape, Qt::Key_Escape, Qt::Key_Escape, Qt::Key_Down, Qt::Key_Right, Qt::Key_Return};
        tell(u"a key in a popup"_s);
        return QTest::keyClick(popup, any(keys));
    }
    if (QWidget* const dialog = QApplication::activeModalWidget()) {
        // What is on the disk is not the monkey's.
        for (QWidget* one = dialog; one; one = one->parentWidget()) {
            if (auto* const files = qobject_cast<QFileDialog*>(one)) {
                tell(u"no file is chosen"_s);
                return files->reject();
            }
        }
        if (below(100) < 70) {
            tell(u"a key in a dialog"_s);
            return QTest::keyClick(dialog, below(3) > 0 ? Qt::Key_Escape : Qt::Key_Tab);
        }
    }
    if (m_looks > 0) {
        --m_looks;
        return look();
    }
    switch (const int kind = below(100); kind / 4) {
    case 0:
    case 1:
    case 2: return runProgram();
    case 3: return runExample();
    case 4: return runText();
    case 5:
    case 6:
    case 7:
    case 8:
    case 9: return openMutant();
    case 10: return kind % 2 == 0 ? openTrace() : spoilTrace();
    case 11: return kind % 2 == 0 ? input() : save();
    case 12: return kind == 48 ? closeAndOpen() : stop();
    case 13:
    case 14:
    case 15:
    case 16: return action();
    case 17: return type();
    default: return look();
    }
}

// Nothing that would end what runs, or take away what is shown.
void Monkey::look()
{
    switch (below(20)) {
    case 0:
    case 1:
    case 2: return steps();
    case 3:
    case 4: return goSomewhere();
    case 5: return scrub();
    case 6:
    case 7: return select();
    case 8:
    case 9: return appearance();
    case 10:
    case 11: return key();
    case 12:
    case 13:
    case 14:
    case 15: return pointer();
    case 16:
    case 17: return wheel();
    case 18: return size();
    default: return search();
    }
}

void Monkey::runProgram()
{
    if (m_next.isEmpty()) {
        m_next = m_world.programs.keys();
        m_next.sort();
        for (qsizetype i = m_next.size(); i > 1; --i)
            m_next.swapItemsAt(i - 1, below(static_cast<int>(i)));
    }
    const QString file = m_next.takeLast();
    tell(u"run "_s + file.sliced(m_world.folder.size() + 1));
    {
        const Pulse::Excuse excuse(*m_pulse);
        const QString original = m_world.programs.value(file);
        QFile from(original);
        QFile to(file);
        if (from.open(QIODevice::ReadOnly) && to.open(QIODevice::ReadWrite)) {
            if (const QByteArray text = from.readAll(); to.readAll() != text) { // somebody has typed in it
                to.resize(0);
                to.write(text);
            }
        }
    }
    closeSome();
    (void)m_window->open(file);
    then([this, file] { started(file); });
}

void Monkey::runExample()
{
    const app::Example& example = any(app::examples());
    tell(u"run the example "_s + example.slug);
    closeSome();
    m_window->editor().openExample(example);
    then([this, slug = example.slug] { started(slug); });
}

void Monkey::runText()
{
    const auto& code = any(kPrograms);
    tell(u"run "_s + code);
    closeSome();
    if (!m_window->editor().editor() || m_window->editor().isCurrentReadOnly() || below(4) == 0)
        m_window->action(u"new"_s)->trigger();
    if (CodeEditor* const editor = m_window->editor().editor(); editor && !editor->isReadOnly())
        editor->setText(code);
    then([this, code] { started({}); });
}

void Monkey::started(const QString& program)
{
    m_window->run();
    ++m_done.runs;
    if (!program.isEmpty())
        m_done.programs << program;
    m_looks = below(3) == 0 ? 0 : below(12); // sometimes it may do what it wants to
}

void Monkey::closeSome()
{
    for (int i = 0; i < 3 && m_window->editor().openPaths().size() > 6; ++i) {
        m_window->action(u"close-tab"_s)->trigger();
        const auto buttons = m_window->editor().findChildren<QAbstractButton*>();
        for (QAbstractButton* const button : buttons) {
            if (button->isVisible() && button->text() == u"Discard the changes"_s) {
                button->click();
                break; // its notice is gone, and other buttons with it
            }
        }
    }
}

void Monkey::openMutant()
{
    const auto dish = m_kitchen->take();
    if (!dish)
        return look();
    tell(u"open "_s + QString::fromStdString(dish->told));
    ++m_done.mutants;
    m_done.opened += m_window->open(QString::fromStdString(dish->file.string())) ? 1 : 0;
    m_looks = below(8);
}

void Monkey::openTrace()
{
    const QString& file = any(m_world.traces);
    tell(u"open "_s + file);
    (void)m_window->open(file);
    m_looks = below(10);
}

// What is open is written over or made shorter by somebody else.
void Monkey::spoilTrace()
{
    const QString file = session().traceFile();
    if (!session().isOpenedTrace() || !file.contains(u"/mutants/"_s))
        return look();
    std::error_code error;
    const std::uint64_t bytes = std::filesystem::file_size(file.toStdString(), error);
    if (error || bytes == 0)
        return look();
    if (below(2) == 0) {
        const std::uint64_t left = m_random.generate64() % bytes;
        tell(u"shorten %1 to %2 of %3 bytes"_s.arg(file).arg(left).arg(bytes));
        std::filesystem::resize_file(file.toStdString(), left, error);
    } else {
        tell(u"write over "_s + file);
        QFile open(file);
        if (open.open(QIODevice::ReadWrite)) {
            for (int i = 0; i < 20; ++i) {
                open.seek(static_cast<qint64>(m_random.generate64() % bytes));
                open.putChar(static_cast<char>(below(256)));
            }
        }
    }
    m_looks = below(20);
}

void Monkey::input()
{
    tell(u"write to the program"_s);
    if (below(4) == 0)
        session().endInput();
    else
        session().write("soup\n");
}

void Monkey::save()
{
    const QString file = m_world.folder + u"/saved.bistro"_s;
    tell(u"save the trace"_s);
    if (session().log())
        (void)session().saveTrace(file);
}

void Monkey::stop()
{
    tell(u"stop"_s);
    session().stop();
}

void Monkey::closeAndOpen()
{
    tell(u"close the window and open it again"_s);
    const Pulse::Excuse excuse(*m_pulse);
    reopen();
}

void Monkey::action()
{
    const auto all = m_window->allActions();
    QAction* const action = any(all);
    if (kLeftOut.contains(action->objectName()))
        return look();
    tell(u"action "_s + action->objectName());
    if (action->isEnabled())
        action->trigger();
}

void Monkey::type()
{
    CodeEditor* const editor = m_window->editor().editor();
    if (!editor)
        return look();
    tell(u"type"_s);
    const QString text = u"fs.readFile('a', () => {})\n"_s.first(below(26) + 1);
    for (const QChar letter : text)
        then([at = QPointer<QWidget>(editor), letter] {
            if (at)
                QTest::keyClicks(at, QString(letter));
        });
}

void Monkey::steps()
{
    static const std::array names {u"step-forward"_s, u"step-back"_s, u"next-callback"_s, u"previous-callback"_s,
        u"next-print"_s, u"previous-print"_s, u"next-iteration"_s, u"previous-iteration"_s, u"halt"_s, u"faster"_s,
        u"slower"_s};
    const QString name = any(names);
    const int times = 1 + below(12);
    tell(u"%1 times %2"_s.arg(times).arg(name));
    for (int i = 0; i < times; ++i)
        then([this, name] {
            if (m_window->action(name)->isEnabled())
                m_window->action(name)->trigger();
        });
}

void Monkey::goSomewhere()
{
    if (!session().log())
        return key();
    const int size = static_cast<int>(std::min<app::Index>(session().log()->size(), 1'000'000'000));
    const int place = below(8) == 0 ? size : below(size + 1);
    tell(u"go to %1 of %2"_s.arg(place).arg(size));
    session().goTo(static_cast<app::Place>(place));
}

void Monkey::scrub()
{
    QWidget* const timeline = &m_window->timeline();
    if (!timeline->isVisible())
        return key();
    tell(u"scrub"_s);
    drag(timeline, {below(timeline->width()), below(timeline->height())}, 80);
}

void Monkey::drag(QWidget* at, QPoint place, int far)
{
    const QPointer<QWidget> still(at);
    then([still, place] {
        if (still)
            QTest::mousePress(still, Qt::LeftButton, {}, place);
    });
    for (int i = 1; i <= 4; ++i)
        then([still, to = place + QPoint(below(far + 1) - far / 2, below(41) - 20) * i] {
            if (still)
                QTest::mouseMove(still, to);
        });
    then([still, to = place + QPoint(below(81) - 40, 0)] {
        if (still)
            QTest::mouseRelease(still, Qt::LeftButton, {}, to);
    });
}

// Any that the trace names, known to the state or not.
void Monkey::select()
{
    if (!session().log() || session().log()->empty())
        return key();
    const app::TraceLog& log = *session().log();
    const auto record = log.event(m_random.bounded(log.size()));
    const auto& fields = trace::schemaOf(record.kind).fields;
    for (std::size_t field = 0; field < fields.size(); ++field) {
        const std::uint32_t id = trace::fieldValue(record, field);
        if (fields[field].type == trace::FieldType::Async || fields[field].type == trace::FieldType::Promise) {
            const auto order = fields[field].type == trace::FieldType::Async ? app::OrderId::async(id)
                                                                             : app::OrderId::promise(id);
            tell(u"select %1 %2"_s.arg(order.space == app::OrderId::Space::Async ? u"async"_s : u"promise"_s).arg(id));
            return m_window->selectOrder(order);
        }
    }
    goSomewhere();
}

void Monkey::appearance()
{
    static const std::array names {u"restaurant"_s, u"loop"_s, u"text-stage"_s, u"zoom-in"_s, u"zoom-out"_s,
        u"zoom-reset"_s, u"presentation"_s, u"reduce-motion"_s, u"theme-light"_s, u"theme-dark"_s, u"files"_s};
    const QString name = any(names);
    tell(u"appearance "_s + name);
    if (QAction* const action = m_window->action(name); action && action->isEnabled())
        action->trigger();
}

void Monkey::key()
{
    static const std::array keys {Qt::Key_F10, Qt::Key_F9, Qt::Key_F8, Qt::Key_F6, Qt::Key_Home, Qt::Key_End,
        Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Return, Qt::Key_Escape, Qt::Key_Tab,
        Qt::Key_Backspace, Qt::Key_Delete, Qt::Key_Space, Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_A,
        Qt::Key_BraceLeft, Qt::Key_QuoteDbl, Qt::Key_Period, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_F};
    static const std::array<Qt::KeyboardModifiers, 5> modifiers {
        Qt::NoModifier, Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier, Qt::AltModifier};
    QWidget* const at = m_window->focusWidget() ? m_window->focusWidget() : m_window.get();
    const Qt::Key which = any(keys);
    const Qt::KeyboardModifiers with = any(modifiers);
    tell(
        u"key %1 with %2 in %3"_s.arg(which).arg(with.toInt()).arg(QString::fromLatin1(at->metaObject()->className())));
    QTest::keyClick(at, which, with);
}

QWidget* Monkey::anyWidget()
{
    QWidget* const root = QApplication::activeModalWidget() ? QApplication::activeModalWidget() : m_window.get();
    QWidget* const at = root->childAt(QPoint(below(root->width()), below(root->height())));
    return at ? at : root;
}

void Monkey::pointer()
{
    QWidget* const at = anyWidget();
    const QPoint place(below(at->width()), below(at->height()));
    const QString name = QString::fromLatin1(at->metaObject()->className());
    // The choice that would end the window is left out like the action is.
    if (const auto* const button = qobject_cast<QAbstractButton*>(at);
        button && (button->text() == u"Keep for next time"_s || button->text().startsWith(u"Save"_s)))
        return goSomewhere();
    if (at->inherits("QMenuBar") && place.x() > at->width() * 3 / 4)
        return goSomewhere();
    switch (below(5)) {
    case 0:
    case 1: tell(u"click on "_s + name); return QTest::mouseClick(at, Qt::LeftButton, {}, place);
    case 2: tell(u"double click on "_s + name); return QTest::mouseDClick(at, Qt::LeftButton, {}, place);
    case 3: tell(u"pointer over "_s + name); return QTest::mouseMove(at, place);
    default: tell(u"drag in "_s + name); return drag(at, place, 40);
    }
}

void Monkey::wheel()
{
    QWidget* const at = anyWidget();
    const QPointF place(below(at->width()), below(at->height()));
    static const std::array<Qt::KeyboardModifiers, 3> modifiers {
        Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier};
    const int turns = below(2) == 0 ? 120 : -120;
    const Qt::KeyboardModifiers with = any(modifiers);
    const int times = 1 + below(6);
    tell(u"%1 times wheel with %2 in %3"_s.arg(times)
            .arg(with.toInt())
            .arg(QString::fromLatin1(at->metaObject()->className())));
    for (int i = 0; i < times; ++i) {
        then([still = QPointer<QWidget>(at), place, turns, with] {
            if (!still)
                return;
            QWheelEvent event(
                place, still->mapToGlobal(place), {}, {0, turns}, Qt::NoButton, with, Qt::NoScrollPhase, false);
            QApplication::sendEvent(still, &event);
        });
    }
}

void Monkey::size()
{
    const QSize size(640 + below(1400), 420 + below(800));
    tell(u"size %1 x %2"_s.arg(size.width()).arg(size.height()));
    m_window->resize(size);
}

void Monkey::search()
{
    static const std::array words {u"o"_s, u"tick"_s, u"x"_s, u"(["_s, u"progress 1"_s, u"nothing like it"_s};
    const QString word = any(words);
    tell(u"find \"%1\" in the console"_s.arg(word));
    m_window->console().showFind();
    for (const QChar letter : word)
        then([letter] {
            if (auto* const line = qobject_cast<QLineEdit*>(QApplication::focusWidget()))
                QTest::keyClicks(line, QString(letter));
        });
    for (int i = 0; i < 3; ++i)
        then([this, back = below(2) == 0] { m_window->console().findNext(back); });
}

void Monkey::closeDialogs()
{
    while (QWidget* const popup = QApplication::activePopupWidget())
        popup->close();
    while (QWidget* const dialog = QApplication::activeModalWidget()) {
        dialog->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
}

} // namespace bistro::ui
