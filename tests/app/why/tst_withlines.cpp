// What is told of the loop is the same whether the run was recorded line by line or not: a run is recorded with lines,
// and asked beside a copy of itself in which they are left out.
#include "answers.h"
#include "state/crash.h"
#include "state/describe.h"
#include "state/loopevents.h"
#include "state/playhead.h"
#include "state/steps.h"
#include "support/recordedrun.h"
#include "support/tracefile.h"
#include "why/findings.h"
#include "why/hold.h"
#include "why/narration.h"

#include <QFile>
#include <QTest>

#include <ranges>

using namespace bistro;
using namespace bistro::app;
using bistro::tests::print;
using namespace Qt::StringLiterals;

namespace {

struct Copy {
    tests::TraceFile file;
    std::vector<Index> events; // of the run, that are in it
};

Copy withoutLines(const TraceLog& log)
{
    Copy copy;
    for (std::uint32_t id = 1; id <= log.reader().texts(); ++id)
        (void)copy.file.text(log.text({id}));
    for (std::uint32_t id = 1; id <= log.reader().frames(); ++id)
        (void)copy.file.frame(log.frame({id}));
    for (Index i = 0; i < log.size(); ++i) {
        if (trace::isOfLines(log.event(i).kind))
            continue;
        copy.file.event(log.event(i));
        copy.events.push_back(i);
    }
    return copy;
}

std::unique_ptr<TraceLog> logOf(const QTemporaryDir& folder, const tests::TraceFile& trace)
{
    const QString path = folder.filePath(u"copy.bistro"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)
        || file.write(reinterpret_cast<const char*>(trace.bytes().data()), static_cast<qint64>(trace.bytes().size()))
            != static_cast<qint64>(trace.bytes().size()))
        return nullptr;
    file.close();
    return TraceLog::open(path.toStdString()).value();
}

QString shown(const CodePlace& place)
{
    return u"%1 %2:%3"_s.arg(QString::fromStdString(std::string(place.function)),
        QString::fromStdString(std::string(place.script)).section(u'/', -1), QString::number(place.line));
}

// What is shown of a moment.
QStringList toldAt(const TraceLog& log, Index event, Wording wording)
{
    const Index place = event + 1;
    QStringList told;
    const trace::Record record = log.event(event);
    told += u"narration: "_s + print(narrate(log, event, wording, Detail::Everything));
    told += u"narration: "_s + print(narrate(log, event, wording));
    told += u"blocked: "_s
        + print(blockedAt(log, event, std::chrono::nanoseconds(record.time), wording, std::chrono::milliseconds(1)));
    told += u"running: "_s + shown(runningPlace(log, log.stateAt(place)));
    for (const CodePlace& frame : callStack(log, log.stateAt(place), Frames::All))
        told += u"frame: "_s + shown(frame);
    for (const CodePlace& frame : crashAt(log, place).frames)
        told += u"thrown: "_s + shown(frame);
    const NextInLine next = nextInLine(log, log.stateAt(place));
    told += u"next: %1 %2"_s.arg(next.nodesOwn).arg(next.program ? next.program->order.value : 0);
    if (!startsCall(record))
        return told;
    told += u"why now: "_s + print(whyNow(log, event, wording));
    const OrderId order = orderStartedBy(record);
    told += u"own: %1 %2 %3"_s.arg(isNodesOwnCall(log, event)).arg(stepOf(log, order)).arg(isNodesOwn(log, order));
    told += u"placed: "_s + shown(placeOf(log, order)) + u' '
        + QString::fromStdString(std::string(placedWith(log, order)));
    told += u"title: "_s + QString::fromStdString(titleOf(log, order));
    const Index created = log.createdAt(order);
    if (created != kNoEvent)
        told += u"why not yet: "_s + print(whyNotYet(log, order, created, wording));
    return told;
}

QStringList findingsOf(const TraceLog& log, Wording wording)
{
    QStringList told;
    for (const Finding& finding : findings(log, wording, std::chrono::milliseconds(1)))
        told += finding.what + u" | "_s + finding.since + u" | "_s + finding.waits + u" | "_s
            + QStringList(finding.helps.begin(), finding.helps.end()).join(u", "_s) + u" | "_s + shown(finding.place);
    return told;
}

constexpr const char* kKitchen = R"js(
const fs = require('fs');
const menu = [];
for (const dish of ['soup', 'pie', 'tart', 'stew'])
  setTimeout(() => { const times = []; for (let i = 0; i < 40; i++) times.push(i * 2); console.log(`${dish} ${times.length}`); }, 5);
setImmediate(() => console.log('immediate'));
process.nextTick(() => { for (let i = 0; i < 400; i++) menu.push({ number: i }); console.log('tick'); });
async function cook(name) {
  const order = { name, at: 0 };
  for (let i = 0; i < 30; i++) order.at += i;
  await null;
  const text = await fs.promises.readFile(__filename, 'utf8');
  for (let i = 0; i < 300; i++) order.at += text.length;
  return order;
}
cook('bread').then((order) => { console.log(order.name); });
fs.readFile(__filename, (error, text) => { for (let i = 0; i < 100; i++) menu.push(i); console.log('read', text.length > 0); });
)js";

constexpr const char* kErrors = R"js(
process.on('unhandledRejection', (error) => { let n = 0; for (let i = 0; i < 90; i++) n += i; console.log('lost', error.message, n); });
async function burn() { for (let i = 0; i < 80; i++) String(i); throw new Error('burnt'); }
burn();
setTimeout(() => { burn().catch((error) => { for (let i = 0; i < 80; i++) String(i); console.log('caught', error.message); }); }, 2);
const again = setInterval(() => { for (let i = 0; i < 70; i++) String(i); if (++rounds === 3) clearInterval(again); }, 1);
let rounds = 0;
setTimeout(() => { function deep(n) { if (n === 0) throw new TypeError('spilt'); deep(n - 1); } deep(40); }, 20);
)js";

constexpr const char* kRequests = R"js(
const http = require('http');
const server = http.createServer((request, response) => {
  let sum = 0;
  for (let i = 0; i < 200; i++) sum += i;
  setTimeout(() => response.end(String(sum)), 2);
}).listen(0, '127.0.0.1', () => {
  let open = 3;
  for (let i = 0; i < 3; i++)
    http.get({ port: server.address().port, host: '127.0.0.1', agent: false, path: '/' + i }, (response) => {
      response.resume().on('end', () => { for (let k = 0; k < 90; k++) String(k); if (--open === 0) server.close(); });
    });
});
)js";

} // namespace

class TestWithLines : public QObject {
    Q_OBJECT

private slots:
    void whatIsToldOfTheLoopIsTheSame_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<Wording>("wording");
        for (const auto& [name, program] :
            {std::pair {"kitchen", kKitchen}, std::pair {"errors", kErrors}, std::pair {"requests", kRequests}}) {
            QTest::addRow("%s, restaurant", name) << QByteArray(program) << Wording::Restaurant;
            QTest::addRow("%s, runtime", name) << QByteArray(program) << Wording::Runtime;
        }
    }

    void whatIsToldOfTheLoopIsTheSame()
    {
        QFETCH(QByteArray, program);
        QFETCH(Wording, wording);
        test::RunOptions options;
        options.environment = QStringList {u"BISTRO_LINES=1"_s};
        const tests::Recorded run(QStringLiteral(BISTRO_ENGINE), program, options);
        const TraceLog& log = run.log();
        const Copy copied = withoutLines(log);
        QVERIFY2(log.size() > 4 * copied.events.size(), "There are few lines in it.");
        const QTemporaryDir folder;
        const auto copy = logOf(folder, copied.file);
        QVERIFY(copy);
        QCOMPARE(copy->size(), static_cast<Index>(copied.events.size()));

        for (Index i = 0; i < copy->size(); ++i) {
            const QStringList with = toldAt(log, copied.events[i], wording);
            const QStringList without = toldAt(*copy, i, wording);
            for (qsizetype k = 0; k < std::max(with.size(), without.size()); ++k)
                QVERIFY2(with.value(k) == without.value(k),
                    qPrintable(u"event %1 (%2)\nwith lines:    %3\nwithout lines: %4"_s.arg(
                        QString::number(i), QString::number(copied.events[i]), with.value(k), without.value(k))));
        }
        QCOMPARE(findingsOf(log, wording), findingsOf(*copy, wording));

        Steps steps(log);
        steps.refresh();
        Steps plain(*copy);
        plain.refresh();
        std::vector<Index> expected;
        for (const Index step : plain.events())
            expected.push_back(copied.events[step]);
        QVERIFY(std::ranges::equal(steps.events(), expected));
    }

    void oneGoesFromEventToEventOverTheLines()
    {
        test::RunOptions options;
        options.environment = QStringList {u"BISTRO_LINES=1"_s};
        const tests::Recorded run(QStringLiteral(BISTRO_ENGINE), kKitchen, options);
        const TraceLog& log = run.log();
        const std::vector<Index> events = withoutLines(log).events;
        std::vector<Index> seen;
        for (const Index i : eventsFrom(log, 0))
            seen.push_back(i);
        QVERIFY(seen == events);
        seen.clear();
        for (const Index i : eventsBefore(log, log.size()))
            seen.push_back(i);
        QVERIFY(std::ranges::equal(seen, events | std::views::reverse));

        std::optional<Place> place = 0;
        for (const Index event : events) {
            place = nextEvent(log, *place);
            QCOMPARE(place, std::optional(event + 1));
            QCOMPARE(log.countWithoutLines(*place),
                static_cast<Index>(std::ranges::upper_bound(events, event) - events.begin()));
        }
        for (auto event = std::next(events.rbegin()); event != events.rend(); ++event) {
            place = previousEvent(log, *place);
            QCOMPARE(place, std::optional(*event + 1));
        }
        QCOMPARE(previousEvent(log, *place), std::optional<Place>(0));

        constexpr Index kSome = 5;
        const Index middle = events[events.size() / 2];
        Index count = 0;
        for (const Index i : eventsFrom(log, middle, kSome))
            QCOMPARE(i, events[events.size() / 2 + count++]);
        QCOMPARE(count, kSome);
        count = 0;
        for (const Index i : eventsBefore(log, middle, kSome))
            QCOMPARE(i, events[events.size() / 2 - ++count]);
        QCOMPARE(count, kSome);
        for (const Index i : eventsFrom(log, middle, 0))
            QVERIFY2(false, qPrintable(QString::number(i)));
    }

    // At each place, also in the midst of lines, against a count by hand.
    void theCountOfEventsLeavesLinesOut()
    {
        test::RunOptions options;
        options.environment = QStringList {u"BISTRO_LINES=1"_s};
        const tests::Recorded run(QStringLiteral(BISTRO_ENGINE), kKitchen, options);
        Index count = 0;
        for (Index place = 0; place <= run.log().size(); ++place) {
            if (run.log().countWithoutLines(place) != count)
                QCOMPARE(run.log().countWithoutLines(place), count);
            if (place < run.log().size() && !trace::isOfLines(run.log().event(place).kind))
                ++count;
        }
    }

    // The stack of a moment is that of the last event that has one; a line has one frame.
    void theStateHasNoLinesStack()
    {
        test::RunOptions options;
        options.environment = QStringList {u"BISTRO_LINES=1"_s};
        const tests::Recorded run(QStringLiteral(BISTRO_ENGINE), R"js(
function inner() { process.nextTick(() => {}); let a = 1; a += 1; return a; }
function outer() { return inner(); }
outer();
)js",
            options);
        const TraceLog& log = run.log();
        bool seen = false;
        for (Index i = 0; i < log.size(); ++i) {
            if (!trace::is<trace::events::TickQueued>(log.event(i)) || log.event(i + 1).stack == 0)
                continue;
            const auto frames = callStack(log, log.stateAt(i + 1), Frames::Learners);
            if (frames.size() < 3 || frames.front().function != "inner")
                continue;
            seen = true;
            QVERIFY(trace::isOfLines(log.event(i + 1).kind));
            QCOMPARE(callStack(log, log.stateAt(i + 2), Frames::Learners).size(), frames.size());
        }
        QVERIFY(seen);
    }
};

QTEST_GUILESS_MAIN(TestWithLines)
#include "tst_withlines.moc"
