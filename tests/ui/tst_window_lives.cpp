// Whatever runs in it, the window goes on: it draws, it answers, and it says what there is to say.
#include "windowdriver.h"

#include "panels/ordercard.h"
#include "stage/ordersmodel.h"
#include "trace/layout.h"

#include <QElapsedTimer>
#include <QFile>
#include <QFileDialog>
#include <QSignalSpy>

#include <cstddef>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestWindowLives : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void moreTimersRingThanThePictureLooksAt()
    {
        QVERIFY(run(u"for (let i = 0; i < 601; i++) setTimeout(() => {}, 1);\n"
                    "const t = Date.now(); while (Date.now() - t < 300);\n"
                    "console.log('late');"_s));
        // At the line, all of them ring.
        session().goTo(0);
        QVERIFY(session().stepForward(app::Session::Step::Print));
        for (const QString& skin : {u"loop"_s, u"restaurant"_s}) {
            m_window->action(skin)->trigger();
            QTRY_VERIFY(standing(Place::Timers) == 601);
            QCOMPARE(standing(Place::EggTimers), 0);
        }
    }

    void aCauseThatIsYetToComeIsNoEndlessWay()
    {
        QVERIFY(start(u"const {AsyncResource} = require('async_hooks');\n"
                      "const a = new AsyncResource('A');\n"
                      "const b = new AsyncResource('B', { triggerAsyncId: a.asyncId() + 1 });\n"
                      "b.runInAsyncScope(() => setTimeout(() => {}, 60000));\n"
                      "console.log(b.asyncId());"_s));
        QVERIFY(QTest::qWaitFor([&] { return !lines().isEmpty(); }, kLong));
        const app::OrderId order = app::OrderId::async(lines().first().toUInt());
        QVERIFY(order);
        QTRY_VERIFY(session().log() && session().log()->trigger(order));
        // Chosen or not, it is drawn, and Stop is heard.
        emit m_window->stage().orderClicked(order);
        auto* const card = m_window->findChild<OrderCard*>();
        QTRY_VERIFY(card && card->asText().contains(u'#' + QString::number(order.value)));
        click(u"stop"_s);
        QVERIFY(ended());
    }

    void aTraceIsSavedWhileTheWindowGoesOn()
    {
        QVERIFY(run(u"console.log(1)"_s));
        const QString file = m_folder->filePath(u"copy.bistro"_s);
        QSignalSpy saved(&session(), &app::Session::saved);
        session().saveTraceAside(file);
        QVERIFY(saved.isEmpty()); // it was not waited for
        QVERIFY(saved.wait(kLong));
        QCOMPARE(saved.first().at(1).toString(), QString());
        QFile copy(file);
        QFile whole(session().traceFile());
        QVERIFY(copy.open(QIODevice::ReadOnly) && whole.open(QIODevice::ReadOnly));
        QVERIFY(copy.readAll() == whole.readAll());

        session().saveTraceAside(m_folder->filePath(u"no/such/folder.bistro"_s));
        QVERIFY(saved.wait(kLong));
        QVERIFY(m_window->notice().contains(u"Bistro can't write"_s));
    }

    void aTraceIsSavedWithoutValuesByTheMenu()
    {
        QVERIFY(run(u"const guest = ['Ada', 'Lovelace'].join(' '); console.log(guest.length)"_s));
        QFile whole(session().traceFile());
        QVERIFY(whole.open(QIODevice::ReadOnly));
        QVERIFY(whole.readAll().contains("Ada Lovelace"));
        const QString file = m_folder->filePath(u"given.bistro"_s);
        QSignalSpy saved(&session(), &app::Session::saved);
        m_window->action(u"save-trace-without-values"_s)->trigger();
        auto* const dialog = m_window->findChild<QFileDialog*>();
        QVERIFY(dialog);
        emit dialog->fileSelected(file);
        QVERIFY(saved.wait(kLong));
        QCOMPARE(saved.first().at(1).toString(), QString());
        QFile copy(file);
        QVERIFY(copy.open(QIODevice::ReadOnly));
        const QByteArray given = copy.readAll();
        QVERIFY(given.contains("guest"));
        QVERIFY(!given.contains("Ada Lovelace"));
        dialog->close();
    }

    // By somebody else: the program itself can't reach the file in which it is recorded.
    void aRunWhoseRecordingIsDamagedGoesOnAndIsToldAsDamaged()
    {
        const QString code = u"console.log('recorded');\n"
                             "process.stdin.once('data', () => {\n"
                             "  for (let i = 0; i < 100; i++) setImmediate(() => {});\n"
                             "  setTimeout(() => { console.log('still here'); process.exit(); }, 50);\n"
                             "});"_s;
        QVERIFY(start(code));
        QVERIFY(QTest::qWaitFor([&] { return session().log() && session().log()->outputs().size() == 1; }, kLong));
        QFile recording(session().traceFile());
        QVERIFY(recording.open(QIODevice::ReadWrite) && recording.seek(offsetof(trace::Header, segments)));
        QCOMPARE(recording.write(QByteArray(4, '\0')), 4);
        recording.close();
        session().write("go\n");
        QVERIFY(QTest::qWaitFor([&] { return !session().notice().isEmpty(); }, kLong));
        QVERIFY(m_window->notice().contains(session().notice()));
        QVERIFY(QTest::qWaitFor([&] { return !session().isRunning(); }, kLong));
        QVERIFY(ended());
        QVERIFY(printed(u"still here"_s));
        QCOMPARE(session().exitCode(), 0);
        // What was recorded until then can be looked at, if it is there.
        QVERIFY(!session().log() || session().stepBack(app::Session::Step::Event));
    }

    void anOpenedTraceThatIsDamagedSaysSoAndShowsWhatItHas()
    {
        QVERIFY(run(u"console.log(1)"_s));
        const QString file = m_folder->filePath(u"cut.bistro"_s);
        QVERIFY(session().saveTrace(file));
        QFile cut(file);
        const auto half = static_cast<qint64>(trace::kHeaderBytes + trace::kSegmentBytes + 64 * sizeof(trace::Record));
        QVERIFY(cut.size() > half);
        QVERIFY(cut.resize(half));
        m_window->open(file);
        QVERIFY(session().log() && !session().log()->damage().empty());
        QVERIFY(m_window->notice().contains(u"Recovered"_s));
        QVERIFY(session().ending().contains(u"Recovered"_s));
    }

private:
    [[nodiscard]] int standing(Place place) const
    {
        int count = 0;
        for (const StageSlip& slip : m_window->stage().picture().slips)
            count += slip.place == place ? slip.count : 0;
        return count;
    }
};

QTEST_MAIN(TestWindowLives)
#include "tst_window_lives.moc"
