// A program that has filled its heap: told with the limit and the line, and ended as node ends it.
#include "support/recordedrun.h"
#include "trace/views.h"

#include <QDir>
#include <QProcess>
#include <QTest>

#include <csignal>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

constexpr char kFiller[] = "const kept = [];\nfunction fill() {\n  for (;;) kept.push(new Array(1000).fill({}));\n}\n"
                           "setTimeout(fill, 1);\n";

// Without addresses, sizes and times.
QByteArray words(const QByteArray& text)
{
    QStringList lines;
    for (const QString& line : QString::fromUtf8(text).split(u'\n')) {
        // How often V8 has collected last is another number each time, and so are the lines between.
        if (!line.isEmpty() && !line.contains(u"Mark-Compact"_s) && !line.contains(u"Scavenge"_s)
            && !line.contains(u": 0x"_s))
            lines << line;
    }
    return lines.join(u'\n').toUtf8();
}

} // namespace

class tst_HeapLimit : public QObject {
    Q_OBJECT

private slots:
    void theEndOfTheHeapIsToldWithItsLineAndSize()
    {
        const auto r = record(
            QStringLiteral(BISTRO_ENGINE), kFiller, {.environment = {u"NODE_OPTIONS=--max-old-space-size=40"_s}});
        QVERIFY(r.crashed);
        QCOMPARE(r.code, SIGABRT);
        const auto told = r.events(EventKind::LimitReached);
        QCOMPARE(told.size(), 1);
        const auto limit = as<events::LimitReached>(told[0]);
        QCOMPARE(limit.limit, RunLimit::Heap);
        QCOMPARE(limit.allowed, 40u);
        QCOMPARE(limit.pid, 0u);
        QCOMPARE(r.place(limit.stack.value), u"lesson.js:3"_s);
    }

    void soIsOneThatABuiltinCameTo()
    {
        const auto r = record(QStringLiteral(BISTRO_ENGINE),
            "const text = JSON.stringify(new Array(3e6).fill({ a: 1 }));\nsetTimeout(() => {\n  JSON.parse(text);\n}, "
            "1);",
            {.environment = {u"NODE_OPTIONS=--max-old-space-size=80"_s}});
        QVERIFY(r.crashed);
        const auto told = r.events(EventKind::LimitReached);
        QCOMPARE(told.size(), 1);
        QCOMPARE(as<events::LimitReached>(told[0]).allowed, 80u);
        QVERIFY(r.place(told[0].stack).startsWith(u"lesson.js:"_s));
    }

    void itEndsAsUnderNode()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"lesson.js"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(kFiller) > 0);
        file.close();
        QProcess node;
        node.setWorkingDirectory(folder.path());
        node.start(QStringLiteral(BISTRO_NODE), {u"--max-old-space-size=40"_s, u"lesson.js"_s});
        QVERIFY(node.waitForFinished());
        const auto r = record(
            QStringLiteral(BISTRO_ENGINE), kFiller, {.environment = {u"NODE_OPTIONS=--max-old-space-size=40"_s}});
        const QByteArray stock = node.readAllStandardError();
        QVERIFY(stock.contains("heap out of memory"));
        QCOMPARE(words(r.errorOutput), words(stock));
        QCOMPARE(r.code, node.exitCode());
    }

    void nodesOwnCallbackNearTheLimitIsAskedAsWell()
    {
        const auto r = record(QStringLiteral(BISTRO_ENGINE), kFiller,
            {.environment = {u"NODE_OPTIONS=--max-old-space-size=40 --heapsnapshot-near-heap-limit=1"_s}});
        QCOMPARE(QDir(r.folder->path()).entryList({u"*.heapsnapshot"_s}).size(), 1);
        QCOMPARE(r.events(EventKind::LimitReached).size(), 1);
    }

    void aProgramWithinItsHeapHasComeToNoLimit()
    {
        const auto r = record(QStringLiteral(BISTRO_ENGINE),
            "let s = 0; for (let i = 0; i < 300; ++i) s += new Array(100000).fill(i).length; console.log(s);",
            {.environment = {u"NODE_OPTIONS=--max-old-space-size=40"_s}});
        QCOMPARE(r.code, 0);
        QCOMPARE(r.events(EventKind::LimitReached).size(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_HeapLimit)
#include "tst_heaplimit.moc"
