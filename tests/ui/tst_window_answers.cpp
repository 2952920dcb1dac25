// While programs do their worst the window answers: another thread asks all the while (pulse.h). Late is what costs the
// GUI's thread more processor time than the bound, not what a busy machine kept waiting.
//     BISTRO_ANSWERS_FULL=1   programs as large as in the list of faults; else a tenth of that
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
        QTest::newRow("F01 a loop") << u"setTimeout(() => {}, 5); console.log('ready'); for (;;);"_s << false;
        QTest::newRow("F02 ticks") << u"console.log('ready'); const again = () => process.nextTick(again); again();"_s
                                   << false;
        QTest::newRow("F25 output") << u"console.log('ready'); const line = 'x'.repeat(1023);\n"
                                       "for (let i = 0; i < %1; ++i) console.log(line);"_s.arg(
                                           isFull() ? 1'000'000 : 100'000)
                                    << true;
        QTest::newRow("F29 rejections") << u"console.log('ready');\n"
                                           "for (let i = 0; i < %1; ++i) Promise.reject(new Error('no ' + i));"_s.arg(
                                               isFull() ? 1'000'000 : 100'000)
                                        << true;
    }
    void theWindowAnswersThroughout()
    {
        QFETCH(QString, code);
        QFETCH(bool, ends);
        bool ok = false;
        const int wanted = qEnvironmentVariableIntValue("BISTRO_ANSWERS_BOUND", &ok);
        Pulse::Figures figures;
        {
            Pulse pulse(std::chrono::milliseconds(ok ? wanted : isFull() ? kBound : kTolerance * kBound));
            pulse.doing(QString::fromUtf8(QTest::currentDataTag()));
            QVERIFY(start(code));
            QVERIFY(printed(u"ready"_s));
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
