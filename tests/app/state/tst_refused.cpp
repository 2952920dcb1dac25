// Which order the sandbox refused, and which call gets its error: as real runs are recorded.
#include "state/refused.h"

#include "app/why/drawing.h"

#include <QStringList>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

class RefusedDrawing final {
public:
    Index event(const Record& record) { return m_drawing.event(record); }
    std::uint32_t place(std::uint32_t line) { return m_drawing.place(line); }
    Index start(std::uint32_t async) { return m_drawing.start(async); }
    void finish(std::uint32_t async) { m_drawing.finish(async); }
    void delivered(std::uint32_t job) { m_drawing.delivered(job); }
    void prints(std::string_view text) { m_drawing.line(text); }
    [[nodiscard]] std::unique_ptr<TraceLog> log() const { return m_drawing.log(); }
    Index refused(Access access, std::uint32_t stack = 0, std::uint32_t pid = 0)
    {
        Record record = recordOf(events::AccessRefused {.access = access, .error = 13, .pid = pid});
        record.stack = stack;
        return event(record);
    }
    Index resource(
        std::uint32_t async, Service service, std::string_view type, std::uint32_t trigger = 1, std::uint32_t stack = 0)
    {
        return event({.kind = EventKind::ResourceCreated,
            .small = static_cast<std::uint16_t>(service),
            .stack = stack,
            .a = async,
            .b = trigger,
            .c = m_drawing.text(type)});
    }
    Index internalTick(std::uint32_t async, std::uint32_t trigger, std::string_view callback, std::uint32_t stack = 0)
    {
        return event(
            {.kind = EventKind::TickQueued, .stack = stack, .a = async, .b = trigger, .c = m_drawing.text(callback)});
    }
    Index submitted(std::uint32_t job, std::uint32_t async)
    {
        return event({.kind = EventKind::PoolJobSubmitted, .a = job, .b = async});
    }
    void rejected(std::uint32_t promise)
    {
        event(recordOf(
            events::PromiseSettled {.outcome = PromiseOutcome::Rejected, .promise = {promise}, .reactions = 1}));
    }
    void queued(std::uint32_t promise, std::uint32_t source)
    {
        event(recordOf(events::ReactionQueued {.job = JobKind::Reaction, .promise = {promise}, .source = {source}}));
    }
    Index jobStarted(std::uint32_t promise)
    {
        return event(recordOf(events::JobStarted {.job = JobKind::Reaction, .promise = {promise}}));
    }
    void jobFinished(std::uint32_t promise)
    {
        event(recordOf(events::JobFinished {.job = JobKind::Reaction, .promise = {promise}}));
    }

private:
    tests::Drawing m_drawing;
};

} // namespace

class TestRefused : public QObject {
    Q_OBJECT

private slots:
    // fs.readFile: two jobs are done before either comes back.
    void aJobIsRefusedThatHasJustComeBack()
    {
        RefusedDrawing run;
        run.start(1);
        run.resource(5, Service::Pool, "FSREQCALLBACK", 1, run.place(3));
        run.submitted(1, 5);
        run.resource(6, Service::Pool, "FSREQCALLBACK", 1, run.place(4));
        run.submitted(2, 6);
        const Index sync = run.refused(Access::Read, run.place(5)); // readFileSync
        run.finish(1);
        run.delivered(2);
        const Index refusal = run.refused(Access::Read, run.place(4));
        const Index told = run.start(6);
        run.finish(6);
        const Index childs = run.refused(Access::Read, 0, 77);
        run.delivered(1);
        const Index good = run.start(5);
        run.finish(5);
        const auto log = run.log();
        QCOMPARE(jobRefused(*log, refusal), 2u);
        QVERIFY(!jobRefused(*log, sync));
        QVERIFY(!jobRefused(*log, childs));
        QCOMPARE(orderRefused(*log, refusal), OrderId::async(6));
        QCOMPARE(orderRefused(*log, sync), OrderId());
        QCOMPARE(orderRefused(*log, childs), OrderId());
        QCOMPARE(refusalOf(*log, OrderId::async(6), refusal), kNoEvent);
        QCOMPARE(refusalOf(*log, OrderId::async(6), refusal + 1), refusal);
        QCOMPARE(refusalOf(*log, OrderId::async(5), log->size()), kNoEvent);
        QCOMPARE(refusalToldTo(*log, told), refusal);
        QCOMPARE(refusalToldTo(*log, good), kNoEvent);
    }

    // Node's own promises lie between the file and who catches; whoever is called then for another reason hears
    // nothing.
    void whoCatchesARefusedPromiseIsTold()
    {
        RefusedDrawing run;
        run.start(1);
        run.resource(5, Service::Pool, "FSREQPROMISE", 1, run.place(3));
        run.submitted(1, 5);
        run.finish(1);
        run.delivered(1);
        const Index refusal = run.refused(Access::Read, run.place(3));
        run.start(5);
        run.rejected(3);
        run.queued(4, 3);
        run.finish(5);
        run.jobStarted(4);
        run.rejected(2);
        run.queued(7, 2);
        run.jobFinished(4);
        const Index catches = run.jobStarted(7);
        run.prints("caught\n");
        run.event(
            recordOf(events::PromiseSettled {.outcome = PromiseOutcome::Fulfilled, .promise = {7}, .reactions = 1}));
        run.queued(8, 7);
        run.jobFinished(7);
        const Index goesOn = run.jobStarted(8);
        run.jobFinished(8);
        const auto log = run.log();
        QCOMPARE(refusalToldTo(*log, catches), refusal);
        QCOMPARE(refusalToldTo(*log, goesOn), kNoEvent);
    }

    // spawn() is refused at once, and tells so in a tick.
    void aChildThatMayNotStartIsRefused()
    {
        RefusedDrawing run;
        run.start(1);
        const std::uint32_t line = run.place(5);
        run.resource(3, Service::Kernel, "PROCESSWRAP", 1, line);
        run.resource(4, Service::Kernel, "PIPEWRAP", 1, line);
        const Index refusal = run.refused(Access::Run, line);
        run.internalTick(7, 1, "onErrorNT", line);
        run.internalTick(8, 1, "onErrorNT", run.place(6)); // of another line's
        run.internalTick(9, 1, "resume", line); // of no error
        run.finish(1);
        const Index told = run.start(7);
        run.finish(7);
        const Index other = run.start(8);
        run.finish(8);
        const Index resumes = run.start(9);
        run.finish(9);
        const auto log = run.log();
        QCOMPARE(orderRefused(*log, refusal), OrderId::async(3));
        QCOMPARE(refusalOf(*log, OrderId::async(3), log->size()), refusal);
        QCOMPARE(refusalOf(*log, OrderId::async(4), log->size()), kNoEvent);
        QCOMPARE(refusalToldTo(*log, told), refusal);
        QCOMPARE(refusalToldTo(*log, other), kNoEvent);
        QCOMPARE(refusalToldTo(*log, resumes), kNoEvent);
    }

    // net.connect: Node goes to the connection in a tick of its own. The program knows the socket.
    void aConnectionThatIsRefusedIsTheSocket()
    {
        RefusedDrawing run;
        run.start(1);
        run.resource(2, Service::Kernel, "TCPWRAP", 1, run.place(6));
        run.internalTick(3, 2, "connect", run.place(6));
        run.finish(1);
        run.start(3);
        run.resource(4, Service::Kernel, "TCPCONNECTWRAP", 2);
        const Index refusal = run.refused(Access::Connect);
        run.internalTick(5, 2, "emitErrorCloseNT");
        run.finish(3);
        const Index told = run.start(5);
        run.prints("refused\n");
        run.internalTick(6, 5, "afterWriteErrorNT", run.place(6)); // the program's own doing
        run.finish(5);
        const Index later = run.start(6);
        run.finish(6);
        const auto log = run.log();
        QCOMPARE(orderRefused(*log, refusal), OrderId::async(2));
        QCOMPARE(refusalOf(*log, OrderId::async(2), log->size()), refusal);
        QCOMPARE(refusalToldTo(*log, told), refusal);
        QCOMPARE(refusalToldTo(*log, later), kNoEvent);
    }

    // One socket, two addresses: the first is refused, the second answers.
    void aSocketThatGoesOnIsNotRefusedAnyMore()
    {
        RefusedDrawing run;
        run.start(1);
        const std::uint32_t six = run.place(6);
        const std::uint32_t seven = run.place(7);
        run.resource(2, Service::Kernel, "TCPWRAP", 1, six);
        run.resource(3, Service::Kernel, "TCPCONNECTWRAP", 2, six);
        const Index first = run.refused(Access::Connect, six);
        const Index elsewhere = run.resource(4, Service::Kernel, "TCPWRAP", 1, seven);
        const Index again = run.resource(5, Service::Kernel, "TCPCONNECTWRAP", 2, six);
        run.resource(6, Service::Kernel, "TCPCONNECTWRAP", 4, seven);
        const Index second = run.refused(Access::Connect, seven);
        run.finish(1);
        run.start(5);
        run.finish(5);
        const auto log = run.log();
        const OrderId socket = OrderId::async(2);
        QCOMPARE(refusalOf(*log, socket, first + 1), first);
        QCOMPARE(refusalOf(*log, socket, elsewhere + 1), first); // another one
        QCOMPARE(refusalOf(*log, socket, again + 1), kNoEvent);
        QCOMPARE(refusalOf(*log, socket, log->size()), kNoEvent);
        QCOMPARE(refusalOf(*log, OrderId::async(4), log->size()), second);
        QCOMPARE(refusalOf(*log, OrderId::async(3), log->size()), first); // that attempt was
    }

    void whatIsRefusedAgainIsRefused()
    {
        RefusedDrawing run;
        run.start(1);
        const std::uint32_t six = run.place(6);
        run.resource(2, Service::Kernel, "TCPWRAP", 1, six);
        run.resource(3, Service::Kernel, "TCPCONNECTWRAP", 2, six);
        run.refused(Access::Connect, six);
        const Index again = run.resource(5, Service::Kernel, "TCPCONNECTWRAP", 2, six);
        const Index second = run.refused(Access::Connect, six);
        run.finish(1);
        const auto log = run.log();
        QCOMPARE(refusalOf(*log, OrderId::async(2), again + 1), kNoEvent);
        QCOMPARE(refusalOf(*log, OrderId::async(2), log->size()), second);
    }

    // What the stage and the card show: the refusal itself, then the call that gets the error, and nothing after it.
    void theMomentIsAboutARefusalAsLongAsItsErrorIsHandedOn()
    {
        RefusedDrawing run;
        run.start(1);
        run.resource(5, Service::Pool, "FSREQCALLBACK", 1, run.place(3));
        run.submitted(1, 5);
        run.finish(1);
        run.delivered(1);
        const Index refusal = run.refused(Access::Read, run.place(3));
        const Index told = run.start(5);
        run.prints("refused\n");
        run.finish(5);
        const auto log = run.log();
        QCOMPARE(refusalSeenAt(*log, 0), kNoEvent);
        QCOMPARE(refusalSeenAt(*log, refusal), kNoEvent);
        QCOMPARE(refusalSeenAt(*log, refusal + 1), refusal);
        QCOMPARE(refusalSeenAt(*log, told + 1), refusal);
        QCOMPARE(refusalSeenAt(*log, told + 2), refusal);
        QCOMPARE(refusalSeenAt(*log, log->size()), kNoEvent);
    }

    // http.get: the look-up is a job of the pool, for a socket.
    void aLookUpThatIsRefusedIsToldToWhoListens()
    {
        RefusedDrawing run;
        run.start(1);
        run.resource(2, Service::Kernel, "TCPWRAP", 1, run.place(7));
        run.resource(3, Service::Pool, "GETADDRINFOREQWRAP", 2, run.place(7));
        run.submitted(2, 3);
        run.finish(1);
        run.delivered(2);
        const Index refusal = run.refused(Access::Resolve, run.place(7));
        run.start(3);
        run.internalTick(4, 3, "connectErrorNT");
        run.finish(3);
        run.start(4);
        run.internalTick(5, 4, "emitErrorCloseNT");
        run.finish(4);
        const Index told = run.start(5);
        run.finish(5);
        const auto log = run.log();
        QCOMPARE(orderRefused(*log, refusal), OrderId::async(3));
        QCOMPARE(refusalOf(*log, OrderId::async(2), log->size()), refusal);
        QCOMPARE(refusalToldTo(*log, told), refusal);
    }
};

QTEST_GUILESS_MAIN(TestRefused)
#include "tst_refused.moc"
