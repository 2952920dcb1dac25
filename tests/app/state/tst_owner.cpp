// Whose orders are, and what they are called, in programs of the kinds that people bring.
#include "state/describe.h"
#include "state/owner.h"
#include "support/recordedrun.h"
#include "trace/views.h"
#include "why/words.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

std::unique_ptr<TraceLog> logOf(const test::RecordedRun& run)
{
    auto log = TraceLog::open(run.folder->filePath(u"run.bistro"_s).toStdString());
    return log ? std::move(*log) : nullptr;
}

// Every order that an event makes or, for want of one, starts.
std::vector<OrderId> ordersOf(const TraceLog& log)
{
    std::vector<OrderId> orders;
    for (Index i = 0; i < log.size(); ++i) {
        const trace::Record record = log.event(i);
        OrderId order = orderStartedBy(record);
        if (kindOfCreated(record) != OrderKind::None && !order)
            order = record.kind == trace::EventKind::PromiseCreated ? OrderId::promise(record.a)
                                                                    : OrderId::async(record.a);
        if (order && !std::ranges::contains(orders, order))
            orders.push_back(order);
    }
    return orders;
}

QString titleAndOwner(const TraceLog& log, OrderId order)
{
    constexpr std::array kOwners {u"program", u"package", u"node"};
    return QString::fromStdString(titleOf(log, order)) + u", "_s
        + QStringView(kOwners[static_cast<std::size_t>(ownerOf(log, order))]).toString();
}

QStringList ofKinds(const TraceLog& log, std::initializer_list<OrderKind> kinds, bool programs = true)
{
    QStringList found;
    for (const OrderId order : ordersOf(log)) {
        if (std::ranges::contains(kinds, log.kindOf(order)) && (!programs || ownerOf(log, order) == Owner::Program))
            found += QString::fromStdString(titleOf(log, order));
    }
    return found;
}

// The kitchen: a package as others are, with a stream's, a promise's and a server's manners.
constexpr const char* kKitchen = R"(
const fs = require('fs');
exports.order = (what, callback) => { setTimeout(() => callback(null, what), 2); };
exports.all = (query, callback) => { setTimeout(callback, 2, null, []); };
exports.serve = (file) => new Promise((done, fail) => fs.readFile(file, (e, t) => { e ? fail(e) : done(t); }));
exports.later = async (file) => { await exports.serve(file); process.nextTick(() => {}); return 3; };
exports.app = () => {
  const handlers = [];
  return {
    get(path, f) { handlers.push(f); },
    listen(port, f) {
      return require('http').createServer((q, s) => { setImmediate(function dispatch() { handlers[0](q, s); }); })
        .listen(port, f);
    },
  };
};
setInterval(function sweep() {}, 5).unref();
)";

} // namespace

class TestOwner : public QObject {
    Q_OBJECT

private slots:
    void noNameIsOneOfNodesOwn_data()
    {
        QTest::addColumn<QByteArray>("program");
        const auto row = [](const char* what, const char* program) {
            QTest::addRow("%s", what) << QByteArray(program);
        };
        row("fetch", R"(const http = require('http');
const server = http.createServer((request, response) => response.end('soup')).listen(0, async () => {
  const response = await fetch(`http://localhost:${server.address().port}/menu`);
  console.log(await response.text());
  server.close(() => console.log('closed'));
});)");
        row("http", R"(const http = require('http'), fs = require('fs');
function serve(request, response) { fs.readFile(__filename, (error, text) => response.end(text)); }
const server = http.createServer(serve).listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, path: '/menu' }, (answer) => {
    answer.resume();
    answer.on('end', () => server.close());
  });
});)");
        row("streams", R"(const fs = require('fs'), zlib = require('zlib'), { pipeline } = require('stream');
fs.writeFileSync('big.txt', 'soup '.repeat(100000));
pipeline(fs.createReadStream('big.txt'), zlib.createGzip(), fs.createWriteStream('big.gz'), (error) => {
  console.log('zipped');
});)");
        row("stream promises", R"(const fs = require('fs'), { pipeline } = require('stream/promises');
(async () => {
  await pipeline(fs.createReadStream(__filename), fs.createWriteStream('copy.txt'));
  for await (const chunk of fs.createReadStream(__filename)) console.log(chunk.length > 3);
})();)");
        row("readline", R"(const { createInterface } = require('readline'), fs = require('fs');
createInterface({ input: process.stdin }).on('line', (line) => console.log(line)).on('close', () => {});
(async () => {
  for await (const line of createInterface({ input: fs.createReadStream(__filename) })) line.length;
  console.log('all lines');
})();)");
        row("fs promises", R"(const fs = require('fs/promises');
async function main() {
  await fs.writeFile('out.txt', await fs.readFile(__filename));
  await Promise.all([fs.stat('out.txt'), fs.readdir('.')]);
  const handle = await fs.open('out.txt');
  await handle.read(Buffer.alloc(4), 0, 4, 0);
  await handle.close();
  await fs.unlink('out.txt');
}
main().then(() => console.log('end'));)");
        row("worker", R"(const { Worker, isMainThread, parentPort, MessageChannel } = require('worker_threads');
if (isMainThread) {
  new Worker(__filename).on('message', (m) => console.log(m)).on('exit', () => console.log('exit'));
  const { port1, port2 } = new MessageChannel();
  port2.on('message', () => port2.close());
  port1.postMessage('x');
} else parentPort.postMessage('hello');)");
        row("children", R"(const { spawn, exec } = require('child_process');
const child = spawn('sh', ['-c', 'echo a; echo b >&2']);
child.stdout.on('data', (d) => console.log('out', String(d)));
child.on('close', (code) => console.log('close', code));
exec('echo hi', (error, out) => console.log(out));
process.once('SIGUSR2', () => {});)");
        row("sockets and names", R"(const net = require('net'), dns = require('dns'), dgram = require('dgram');
const server = net.createServer((socket) => { socket.on('data', (d) => socket.end(d)); }).listen(0, () => {
  const socket = net.connect(server.address().port, 'localhost', () => socket.write('hello'));
  socket.on('data', (d) => console.log(String(d))).on('close', () => server.close());
});
dns.lookup('localhost', (error, address) => console.log(address));
const udp = dgram.createSocket('udp4').bind(0, () => udp.close());
const watch = require('fs').watch('.', () => {});
setTimeout(() => watch.close(), 20);
require('crypto').randomBytes(8, () => console.log('random'));)");
        row("events and timers",
            R"(const { setTimeout: sleep } = require('timers/promises'), { once, EventEmitter } = require('events');
const nap = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function main() {
  await sleep(2);
  const bell = new EventEmitter();
  setTimeout(() => bell.emit('ring'), 1);
  await once(bell, 'ring');
  await Promise.race([nap(1), nap(2), AbortSignal.timeout(5) && nap(3)]);
  await require('util').promisify(setTimeout)(1);
  queueMicrotask(() => {});
}
main().finally(() => console.log('over'));)");
        row("a package", R"(const { order, serve, later, app } = require('kitchen');
order('soup', (error, what) => console.log(what));
serve(__filename).then(() => console.log('read'));
(async function main() { await later(__filename); })();
const server = app();
server.get('/', (request, response) => response.end('hello'));
const open = server.listen(0, () => {
  require('http').get({ port: open.address().port, path: '/' }, (answer) => {
    answer.resume().on('end', () => open.close());
  });
});)");
        row("process events", R"(process.on('unhandledRejection', () => {}).on('exit', function onExit() {});
process.on('beforeExit', () => console.log('before'));
process.emitWarning('hot'); Promise.reject(new Error('burnt'));)");
        row("modules", R"(import('fs/promises').then((fs) => fs.readFile('lesson.js')).then(() => import('zlib'));)");
    }

    void noNameIsOneOfNodesOwn()
    {
        QFETCH(QByteArray, program);
        const test::RecordedRun run = record(program);
        QCOMPARE(run.code, 0);
        const auto log = logOf(run);
        QVERIFY(log);
        // Types of resources, functions of Node's own, numbers of promises.
        const QRegularExpression forbidden(
            uR"(\b([A-Z]{5,}(WRAP|REQ|REQUEST|PROMISE|CALLBACK|HANDLE|PORT|MESSAGE)?|TickObject|Timeout|Immediate)\b|)"
            uR"(NT\b|_$|_ |\b(afterWriteTick|onTick|resetCache|flushStdio|finish)\b|(async|promise) \d)"_s);
        QStringList wrong;
        for (const OrderId order : ordersOf(*log)) {
            for (const QString& name : {QString::fromStdString(titleOf(*log, order)), named(*log, order)}) {
                const QRegularExpressionMatch match = forbidden.match(name);
                if (name.isEmpty() || (match.hasMatch() && !program.contains(match.captured().toUtf8())))
                    wrong += name + u" is "_s + QString::fromStdString(internalNameOf(*log, order));
            }
            const OrderId learners = learnersOrder(*log, order);
            QVERIFY(!learners || ownerOf(*log, learners) == Owner::Program);
        }
        QCOMPARE(wrong.join(u'\n'), QString());
    }

    void promisesWithinFetchAreNodesAndInTheNameOfTheCall()
    {
        const auto log = logOf(record(R"(const http = require('http');
const server = http.createServer((request, response) => response.end('soup')).listen(0, async function main() {
  await fetch(`http://localhost:${server.address().port}/menu`);
  server.closeAllConnections(); server.close();
});)"));
        QVERIFY(log);
        QStringList programs;
        int nodes = 0;
        OrderId fetched;
        for (const OrderId order : ordersOf(*log)) {
            if (order.space != OrderId::Space::Promise)
                continue;
            if (ownerOf(*log, order) == Owner::Program) {
                programs += QString::fromStdString(titleOf(*log, order));
                if (programs.last() == u"fetch"_s)
                    fetched = order;
            } else if (titleOf(*log, order) == "fetch") {
                ++nodes;
            }
        }
        QCOMPARE(programs, (QStringList {u"main"_s, u"fetch"_s, u"main"_s})); // its promise, fetch's, the await
        QVERIFY(nodes > 20);
        for (const OrderId order : ordersOf(*log)) {
            if (titleOf(*log, order) == "fetch" && log->kindOf(order) == OrderKind::Await)
                QCOMPARE(learnersOrder(*log, order).value, fetched.value);
        }
    }

    void whatAPackageDoesIsItsOwnExceptForAFunctionOfTheProgram()
    {
        const auto log = logOf(record(R"(const { order, serve, app } = require('kitchen');
order('soup', function eat() {});
serve(__filename).then(() => console.log('read'));
const server = app();
server.get('/', (request, response) => response.end('hello'));
const open = server.listen(0, () => {
  require('http').get({ port: open.address().port, path: '/menu' }, (answer) => {
    answer.resume().on('end', () => open.close());
  });
});)"));
        QVERIFY(log);
        QStringList timers;
        QStringList immediates;
        for (const OrderId order : ordersOf(*log)) {
            if (log->kindOf(order) == OrderKind::Timer && ownerOf(*log, order) != Owner::Node)
                timers += titleAndOwner(*log, order);
            if (log->kindOf(order) == OrderKind::Immediate) {
                immediates += titleAndOwner(*log, order);
                QCOMPARE(packageOf(*log, order), "kitchen");
                QCOMPARE(titleOf(*log, learnersOrder(*log, order)), "GET /menu");
                QCOMPARE(internalNameOf(*log, order), "dispatch");
            }
        }
        QCOMPARE(timers, (QStringList {u"kitchen, package"_s, u"eat, program"_s}));
        QCOMPARE(immediates, (QStringList {u"GET /menu, package"_s}));
        const QStringList doors = ofKinds(*log, {OrderKind::KernelIo});
        QCOMPARE(doors.first(), u"server"_s);
        for (const OrderId order : ordersOf(*log)) {
            if (ownerOf(*log, order) == Owner::Package && titleOf(*log, order) == "serve")
                QCOMPARE(placeOf(*log, order).line, 3u); // the program's line
        }
    }

    void aQueryIsCalledByItsStart()
    {
        const auto log = logOf(record(R"(const db = require('kitchen');
db.all('SELECT name, price FROM dishes WHERE price > 3', (error, rows) => console.log(rows.length));
db.all('select name', function list() {});)"));
        QVERIFY(log);
        QCOMPARE(ofKinds(*log, {OrderKind::Timer}), (QStringList {u"SELECT name, price FROM dishes…"_s, u"list"_s}));
    }

    // throwname, filename, worker-alive, spawnnames.
    void titlesAreOfTheCallbackItself()
    {
        const auto log = logOf(record(R"(setImmediate(() => {
  setTimeout(() => console.log('late'), 5);
  console.log(new Date().getTime() > 0 ? 'early' : '');
});
for (const header of ['content-type']) {
  const text = require('fs').readFileSync(__filename, 'utf8');
  setTimeout(() => console.log('text', text), 3);
}
require('fs').readFile(__filename, 'utf8', (error, text) => console.log(text.length > 3));)"));
        QVERIFY(log);
        QCOMPARE(ofKinds(*log, {OrderKind::Immediate}), QStringList {u"setImmediate"_s});
        QCOMPARE(ofKinds(*log, {OrderKind::Timer}), (QStringList {u"setTimeout"_s, u"late"_s}));
        QVERIFY(ofKinds(*log, {OrderKind::PoolIo}).contains(u"lesson.js, step 1"_s));
    }

    void aWorkerIsCalledByItsFile()
    {
        const auto log = logOf(record(R"(const { Worker, isMainThread } = require('worker_threads');
if (isMainThread) {
  new Worker(__filename).on('exit', () => console.log('exit'));
  new Worker("let soup", { eval: true });
})"));
        QVERIFY(log);
        QStringList workers = ofKinds(*log, {OrderKind::Resource});
        workers.removeDuplicates();
        QCOMPARE(workers.filter(QRegularExpression(u"^worker [a-z.]+$"_s)),
            (QStringList {u"worker lesson.js"_s, u"worker eval"_s}));
    }

    void aChildAndItsStreamsAreToldApart()
    {
        const auto log = logOf(record(R"(require('child_process').spawn('sh', ['-c', 'echo a']).stdout.resume();)"));
        QVERIFY(log);
        QCOMPARE(ofKinds(*log, {OrderKind::KernelIo}).mid(0, 4),
            (QStringList {u"sh"_s, u"sh, stdin"_s, u"sh, stdout"_s, u"sh, stderr"_s}));
        // A command may read as any word: "the child true came first".
        const auto gone = logOf(record("require('child_process').spawn('true').on('exit', () => {});"));
        bool isNamed = false;
        for (std::uint32_t async = 2; async < 40; ++async)
            isNamed = isNamed || named(*gone, OrderId::async(async)) == u"the child true"_s;
        QVERIFY(isNamed);
    }

    void aServerThatLooksUpItsHostIsTheProgramsToo()
    {
        const auto log = logOf(record("require('http').createServer(() => {}).listen(0, '127.0.0.1', function () { "
                                      "setTimeout(() => this.close(), 1) });"));
        QVERIFY(log);
        const QStringList doors = ofKinds(*log, {OrderKind::KernelIo});
        QCOMPARE(doors.size(), 1);
        QCOMPARE(doors.first(), u"server"_s);
        for (const OrderId order : ordersOf(*log)) {
            if (ofKinds(*log, {OrderKind::KernelIo}).contains(QString::fromStdString(titleOf(*log, order))))
                QCOMPARE(placeOf(*log, order).line, 1u);
        }
    }

    void aStreamsReadsAreInTheNameOfItsCall()
    {
        const auto log = logOf(
            record("const fs = require('fs');\nfs.writeFileSync('big.txt', 'soup '.repeat(100000));\n"
                   "fs.createReadStream('big.txt').resume();"));
        QVERIFY(log);
        int reads = 0;
        for (const OrderId order : ordersOf(*log)) {
            if (log->kindOf(order) != OrderKind::PoolIo)
                continue;
            QCOMPARE(titleOf(*log, order), "big.txt");
            QCOMPARE(named(*log, order), u"createReadStream big.txt"_s);
            QCOMPARE(placeOf(*log, order).line, 3u);
            QCOMPARE(ownerOf(*log, learnersOrder(*log, order)), Owner::Program);
            QCOMPARE(log->kindOf(learnersOrder(*log, order)), OrderKind::PoolIo);
            ++reads;
        }
        QVERIFY(reads > 5);
    }

    void namesWithinSentencesHaveQuotesOrLines()
    {
        const auto log = logOf(record(R"(const fs = require('fs');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
async function cook() {
  await sleep(1);
  await null;
}
for (let i = 1; i <= 2; i++) setImmediate(() => console.log('dish', i));
setTimeout(() => fs.statSync('.'), 3);
setTimeout(function bill() {}, 4);
fs.readFile('lesson.js', () => {});
cook();
process.on('exit', () => {});)"));
        QVERIFY(log);
        QStringList names;
        for (const OrderId order : ordersOf(*log)) {
            if (ownerOf(*log, order) == Owner::Program)
                names += named(*log, order);
        }
        for (const char* const expected : {"lesson.js", "“dish 1”", "“dish 2”", "setTimeout in line 8", "bill",
                 "readFile lesson.js", "cook in line 11", "`new Promise` in line 2", "sleep", "`await sleep` in line 4",
                 "`await` in line 5", "the listener of exit"})
            QVERIFY2(names.contains(QString::fromUtf8(expected)),
                qPrintable(QString::fromUtf8(expected) + u" is not in "_s + names.join(u'|')));
    }

    void callsOfOnePlaceAreToldApartWhoeverMadeThem()
    {
        const QStringList names = namesOf(R"(const pay = async (due) => { await null; };
pay(1);
pay(2);
const later = () => queueMicrotask(() => {});
later();
setImmediate(() => later());)");
        for (const char* const expected :
            {"pay (1) in line 2", "`await` (1) in line 1", "pay (2) in line 3", "`await` (2) in line 1",
                "queueMicrotask (1) in line 4", "setImmediate in line 6", "queueMicrotask (2) in line 4"})
            QVERIFY2(names.contains(QString::fromUtf8(expected)),
                qPrintable(QString::fromUtf8(expected) + u" is not in "_s + names.join(u'|')));
    }

    // Files that one call reads in turn, and a worker's ports.
    void whatHasANameOfItsOwnHasNoNumber()
    {
        const QStringList files = namesOf(R"(const fs = require('fs');
for (const name of ['menu.txt', 'bill.txt', 'menu.txt']) fs.readFile('./' + name, () => {});)");
        QVERIFY2(files.contains(u"readFile bill.txt"_s), qPrintable(files.join(u'|')));
        QVERIFY2(files.contains(u"readFile menu.txt (2)"_s), qPrintable(files.join(u'|')));
        QVERIFY2(!files.contains(u"readFile menu.txt"_s), qPrintable(files.join(u'|')));
        const QStringList worker = namesOf(R"(const { Worker } = require('worker_threads');
new Worker('0', { eval: true });)");
        QVERIFY2(worker.contains(u"worker eval"_s), qPrintable(worker.join(u'|')));
        QVERIFY2(worker.filter(u"("_s).isEmpty(), qPrintable(worker.join(u'|')));
    }

    void wordsOfJavaScriptAreInBackquotes()
    {
        const QStringList names = namesOf(R"(async function* dishes() { yield 'soup'; }
(async () => {
  for await (const dish of dishes()) { const eaten = await dish; }
})();
Promise.reject(1)
  .then(() => {})
  .catch(() => {});)");
        for (const char* const expected :
            {"`for await` in line 3", "`await` in line 3", "`then` in line 6", "`catch` in line 7"})
            QVERIFY2(names.contains(QString::fromUtf8(expected)),
                qPrintable(QString::fromUtf8(expected) + u" is not in "_s + names.join(u'|')));
    }

    // listen(0) gets another port each time.
    void aServerIsCalledByItsPortWhereTheProgramSaysIt()
    {
        const QStringList names = namesOf(R"(const port = 18764;
const net = require('net');
const open = net.createServer().listen(port, () => open.close());
const other = net.createServer().listen(0, () => other.close());)");
        QVERIFY2(names.contains(u"the server on port 18764"_s), qPrintable(names.join(u'|')));
        QVERIFY2(names.contains(u"the server in line 4"_s), qPrintable(names.join(u'|')));
    }

    void aResourceOfAPromiseIsCalledByThePromise()
    {
        const QStringList names = namesOf(R"(const { AsyncLocalStorage } = require('async_hooks');
const store = new AsyncLocalStorage();
const cook = async () => { await null; };
store.run(1, () => cook());)");
        QVERIFY2(names.contains(u"cook in line 4"_s), qPrintable(names.join(u'|')));
        QVERIFY2(names.filter(u"PROMISE"_s).isEmpty(), qPrintable(names.join(u'|')));
    }

    void standardInputIsCalledThat()
    {
        const QStringList names = namesOf("process.stdin.on('data', () => {});");
        QVERIFY2(names.contains(u"standard input"_s), qPrintable(names.join(u'|')));
    }

    // A ring, a cause that comes later, a promise of nobody's.
    void aTraceThatNamesAnythingAsACauseIsAnswered()
    {
        const auto log = logOf(record("setTimeout(() => {}, 1); Promise.reject(3).catch(() => {});"));
        QVERIFY(log);
        for (const OrderId order : {OrderId {}, OrderId::async(4'000'000), OrderId::promise(4'000'000)}) {
            QVERIFY(!learnersOrder(*log, order));
            QVERIFY(!orderOfCall(*log, order));
            QVERIFY(!placeOf(*log, order));
            QVERIFY(!titleOf(*log, order).empty());
        }
    }

private:
    // Of all that is the program's, each once, without the script.
    [[nodiscard]] static QStringList namesOf(const QByteArray& program)
    {
        const auto log = logOf(record(program));
        QStringList names;
        for (const OrderId order : log ? ordersOf(*log) : std::vector<OrderId> {}) {
            const QString name = named(*log, order);
            if (ownerOf(*log, order) == Owner::Program && name != u"lesson.js" && !names.contains(name))
                names += name;
        }
        return names;
    }

    [[nodiscard]] static test::RecordedRun record(const QByteArray& program)
    {
        static const QTemporaryDir packages;
        const QString folder = packages.filePath(u"node_modules/kitchen"_s);
        if (QFile file(folder + u"/index.js"_s); !file.exists()) {
            (void)QDir().mkpath(folder);
            if (file.open(QIODevice::WriteOnly))
                file.write(kKitchen);
        }
        return test::record(QStringLiteral(BISTRO_ENGINE), program,
            {.environment = {u"NODE_PATH="_s + packages.filePath(u"node_modules"_s)}});
    }
};

QTEST_GUILESS_MAIN(TestOwner)
#include "tst_owner.moc"
