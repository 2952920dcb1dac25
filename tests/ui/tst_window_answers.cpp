// While programs do their worst the window answers: another thread asks all the while (pulse.h). Late is what costs the
// GUI's thread more processor time than the bound, not what a busy machine kept waiting.
//     BISTRO_ANSWERS_FULL=1   programs as large as in the list of faults, and more of them; else a tenth of that
//     BISTRO_ANSWERS_BOUND=   milliseconds, 100 in a full one, else four times that: then it is one of many tests
#include "pulse.h"
#include "windowdriver.h"

#include <algorithm>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kBound = 100; // milliseconds
constexpr int kTolerance = 4;
constexpr int kWatched = 3'000; // milliseconds, of one that does not end
constexpr std::size_t kTold = 5; // late answers with their stacks

bool isFull()
{
    return qEnvironmentVariableIntValue("BISTRO_ANSWERS_FULL") == 1;
}

} // namespace

class TestWindowAnswers : public QObject, private WindowDriver {
    Q_OBJECT

private slots:
    void init() { openWindow(); }
    void cleanup() { closeWindow(); }

    void theWindowAnswersThroughout_data()
    {
        QTest::addColumn<QString>("code");
        QTest::addColumn<bool>("ends");
        QTest::addColumn<QString>("says"); // when it begins to do harm, or has done it
        QTest::newRow("F01 a loop") << u"setTimeout(() => {}, 5); console.log('ready'); for (;;);"_s << false
                                    << u"ready"_s;
        QTest::newRow("F02 ticks") << u"console.log('ready'); const again = () => process.nextTick(again); again();"_s
                                   << false << u"ready"_s;
        QTest::newRow("F25 output") << u"console.log('ready'); const line = 'x'.repeat(1023);\n"
                                       "for (let i = 0; i < %1; ++i) console.log(line);"_s.arg(
                                           isFull() ? 1'000'000 : 100'000)
                                    << true << u"ready"_s;
        QTest::newRow("F29 rejections") << u"console.log('ready');\n"
                                           "for (let i = 0; i < %1; ++i) Promise.reject(new Error('no ' + i));"_s.arg(
                                               isFull() ? 1'000'000 : 100'000)
                                        << true << u"ready"_s;
        if (!isFull())
            return;
        const auto program = [](const char* row, const QString& name, bool ends, const QString& says) {
            QFile file(QStringLiteral(BISTRO_SOURCE_DIR "/tests/faults/programs/") + name);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
            QTest::newRow(row) << QString::fromUtf8(file.readAll()) << ends << says;
        };
        program("F03 microtasks", u"microtasks.js"_s, false, u"ready"_s);
        program("F04 immediates", u"immediates.js"_s, false, u"ready"_s);
        program("F04 timers of 0 ms", u"zero-timers.js"_s, false, u"ready"_s);
        program("F05 termination is swallowed", u"swallows.js"_s, false, u"ready"_s);
        program("F07 a pattern that explodes", u"pattern.js"_s, false, u"ready"_s);
        program("F08 a BigInt", u"bigint.js"_s, false, u"ready"_s);
        program("F09 one long builtin", u"parse.js"_s, false, u"ready"_s);
        program("F11 a child is waited for", u"child.js"_s, false, u"ready"_s);
        program("F13 SIGTERM is ignored", u"deaf.js"_s, false, u"ready"_s);
        program("F16 a full heap", u"heap.js"_s, true, {});
        program("F17 Buffers", u"buffers.js"_s, true, u"buffers, then"_s);
        program("F19 deep recursion", u"depth.js"_s, true, u"RangeError"_s);
        program("F21 children", u"forks.js"_s, false, u"children, then"_s);
        program("F23 workers", u"workers.js"_s, false, u"workers, then"_s);
        program("F25 output without end", u"endless-output.js"_s, true, {});
        program("F26 a line of 100 MB", u"line.js"_s, true, {});
    }
    void theWindowAnswersThroughout()
    {
        QFETCH(QString, code);
        QFETCH(bool, ends);
        QFETCH(QString, says);
        bool ok = false;
        const int wanted = qEnvironmentVariableIntValue("BISTRO_ANSWERS_BOUND", &ok);
        Pulse::Figures figures;
        {
            Pulse pulse(std::chrono::milliseconds(ok ? wanted : isFull() ? kBound : kTolerance * kBound));
            pulse.doing(QString::fromUtf8(QTest::currentDataTag()));
            QVERIFY(start(code));
            QVERIFY(says.isEmpty() || printed(says));
            if (!ends) {
                QTest::qWait(kWatched);
                QVERIFY(session().isRunning());
                click(u"stop"_s);
            }
            QVERIFY(QTest::qWaitFor([&] { return !session().isRunning(); }, 10 * kLong));
            (void)QTest::qWaitFor([&] { return ended(); }, 10 * kLong);
            figures = pulse.figures();
        }
        qInfo("asked %zu times: at most %lld ms of processor time, %lld ms by the clock", figures.asked,
            static_cast<long long>(figures.longestUsed.count()), static_cast<long long>(figures.longestWall.count()));
        for (std::size_t i = 0; i < std::min(figures.late.size(), kTold); ++i) {
            for (const auto& stack : figures.late[i].stacks)
                qInfo("%lld ms:\n%s", static_cast<long long>(figures.late[i].used.count()),
                    qPrintable(Pulse::named(stack).join(u'\n')));
        }
        QVERIFY(figures.asked > 10);
        QVERIFY2(figures.late.empty(), qPrintable(u"%1 answers were late"_s.arg(figures.late.size())));
    }
};

QTEST_MAIN(TestWindowAnswers)
#include "tst_window_answers.moc"
