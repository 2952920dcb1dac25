#include "support/recordedrun.h"
#include "trace/views.h"

#include <QTest>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;
using enum EventKind;

namespace {

RecordedRun run(const QByteArray& program, const RunOptions& options = {})
{
    return record(QStringLiteral(BISTRO_ENGINE), program, options);
}

} // namespace

class tst_Loop : public QObject {
    Q_OBJECT

private slots:
    void anIterationPollsChecksAndThenServesTimers()
    {
        const auto r = run(
            "setTimeout(() => {}, 300);"); // long enough not to be due before the first poll on a loaded machine
        const QString drawn = r.drawing({IterationStarted, PhaseEntered});
        QVERIFY2(drawn.endsWith(u"phase-entered poll timer-due | phase-entered check | phase-entered timers"_s),
            qPrintable(drawn));
    }

    void pollSaysWhyItDoesNotWait()
    {
        const auto r = run("setImmediate(() => {});");
        const auto phases = r.events(PhaseEntered);
        QCOMPARE(phases[0].small, quint16(Phase::Poll));
        QCOMPARE(phases[0].b, quint32(PollReason::ImmediatesPending));
        QCOMPARE(phases[0].c, 0u);
    }

    void pollWaitsForEverForTheKernelAlone()
    {
        const auto r = run("const s = require('net').createServer().listen(0, () => { const c = "
                           "require('net').connect(s.address().port, () => { c.end(); s.close(); }); });");
        bool forEver = false;
        for (const Record& phase : r.events(PhaseEntered))
            forEver |= phase.b == quint32(PollReason::KernelOnly) && phase.c == 0xFFFFFFFFu;
        QVERIFY(forEver);
    }

    void aTimerThatIsDueAtTheStartRunsBeforeTheFirstIteration()
    {
        const auto r = run("setTimeout(function early() {}, 1); for (const t = Date.now(); Date.now() < t + 20;);");
        QCOMPARE(r.drawing({IterationStarted, PhaseEntered, CallbackStarted}).section(u" | "_s, 0, 2),
            u"callback-started main | phase-entered timers | callback-started early"_s);
    }

    void anImmediateMadeInAnImmediateRunsInTheNextIteration()
    {
        const auto r = run("setImmediate(function one() { setImmediate(function two() {}); });");
        QVERIFY(r.drawing({IterationStarted, CallbackStarted})
                .contains(u"iteration-started | callback-started one | iteration-started | callback-started two"_s));
    }

    void aCloseCallbackRunsInTheClosingPhase()
    {
        const auto r = run("const s = require('net').createServer().listen(0, () => s.close());");
        const QString drawn = r.drawing({PhaseEntered, HandleClosed, PhaseLeft});
        QVERIFY2(drawn.contains(u"phase-entered closing | handle-closed"_s), qPrintable(drawn));
    }

    void everyPhaseThatIsEnteredIsLeft()
    {
        const auto r = run("let n = 0; (function again() { if (++n < 30) (n % 2 ? setImmediate : setTimeout)(again, "
                           "1); })(); require('fs').readFile(__filename, () => {});");
        quint16 open = 0;
        for (std::uint64_t i = 0; i < r.trace->size(); ++i) {
            const Record event = r.trace->event({i});
            if (event.kind == PhaseEntered) {
                QCOMPARE(open, quint16(0));
                open = event.small;
            } else if (event.kind == PhaseLeft) {
                QCOMPARE(open, event.small);
                open = 0;
            }
        }
        QCOMPARE(open, quint16(0));
    }

    // What comes from outside does not wait while lines are recorded: by how much it may be early, poll says.
    void pollSaysHowLongTheProgramsClockHasStood()
    {
        const auto held = [](QStringList environment) {
            const auto r = record(QStringLiteral(BISTRO_ENGINE),
                "let n = 0;\nconst again = () => {\n  for (let i = 0; i < 300; i++)\n    n += i;\n"
                "  if (n < 400000) setTimeout(again, 1);\n};\nagain();\n",
                {.environment = std::move(environment)});
            std::vector<std::uint32_t> all;
            for (const Record& event : r.events(PhaseLeft)) {
                if (const auto left = as<events::PhaseLeft>(event); left.phase == Phase::Poll)
                    all.push_back(left.held);
                else if (left.held != 0)
                    all.clear();
            }
            return all;
        };
        const auto without = held({});
        QVERIFY(!without.empty() && std::ranges::all_of(without, [](auto one) { return one == 0; }));
        const auto with = held({u"BISTRO_LINES=1"_s});
        QVERIFY(with.size() > 2 && std::ranges::is_sorted(with) && with.back() > with.front());
    }

    void timersOfTheResolverDoNotStopTheLoop()
    {
        const auto r = run("const d = require('dgram').createSocket('udp4'); d.bind(0, '127.0.0.1', () => { const x = "
                           "new (require('dns').Resolver)({ timeout: 5, tries: 1 });"
                           " x.setServers(['127.0.0.1:' + d.address().port]); x.resolve4('bistro.test', (e) => { "
                           "console.log(e.code); d.close(); }); });");
        QCOMPARE(r.output, QByteArray("ETIMEOUT\n"));
    }
};

QTEST_GUILESS_MAIN(tst_Loop)
#include "tst_loop.moc"
