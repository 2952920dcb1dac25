// Law (d) for the command line: what has no file of its own, or ends before a file is read. Every row is started in
// tests/programs/fixtures under stock node and under the recorded engine.
#include "support/sidebyside.h"

#include <QRegularExpression>
#include <QTest>

using namespace bistro::app;
using namespace bistro::test;
using namespace Qt::StringLiterals;

namespace {

// What differs between any two runs of node.
Outcome withoutTimes(Outcome outcome)
{
    static const QRegularExpression times(uR"(duration_ms:? [0-9.]+|\([0-9.]+ms\))"_s);
    for (QByteArray* const bytes : {&outcome.output, &outcome.errorOutput})
        *bytes = QString::fromUtf8(*bytes).replace(times, u"duration"_s).toUtf8();
    return outcome;
}

struct Row {
    const char* name;
    QStringList arguments;
    int code = 0;
    const char* input = "";
    QStringList environment {}; // NAME=value
};

const Row kRows[] {
    {"-e", {"-e", "console.log(1 + 1, __filename, module.id, this === globalThis)"}},
    {"--eval with arguments", {"--eval", "console.log(process.argv.slice(1), process.execArgv)", "a", "--b", "-p"}},
    {"--eval=code", {"--eval=console.log(require('node:path').sep)"}},
    {"-e behind --", {"-e", "console.log(process.argv.slice(1))", "--", "--not-a-flag"}},
    {"-e that throws", {"-e", "setTimeout(() => console.log('never'), 0); throw new RangeError('thrown')"}, 1},
    {"-e that does not parse", {"-e", "console.log('never'"}, 1},
    {"-e without code", {"-e"}, 9},
    {"-e with timers",
        {"-e",
            "setTimeout(() => console.log('timer'), 1); setImmediate(() => console.log('immediate')); "
            "process.nextTick(() => console.log('tick'))"}},
    {"-e that rejects", {"-e", "Promise.reject(new Error('rejected'))"}, 1},
    {"-e with import()", {"-e", "import('./hello.mjs').then(({ here }) => console.log(here))"}},
    {"-e that prints to both", {"-e", "console.log('out'); console.error('err'); process.exitCode = 3"}, 3},
    {"-p", {"-p", "({ a: [1, { b: 2 }] })"}},
    {"-p of a promise", {"-p", "Promise.resolve(7)"}},
    {"-pe", {"-pe", "process.argv.length", "x", "y"}},
    {"--print that throws", {"--print", "none"}, 1},
    {"-p that exits 2", {"-p", "process.exit(2)"}, 2},
    {"a module as text",
        {"--input-type=module", "-e",
            "import path from 'node:path'; console.log(path.sep, await 5, import.meta.url.startsWith('file:'), typeof "
            "require)"}},
    {"a module as text that waits for ever",
        {"--input-type=module", "-e", "console.log('before'); await new Promise(() => {})"}, 13},
    {"a module as text that throws", {"--input-type=module", "-e", "await null; throw new Error('late')"}, 1},
    {"a module as text, printed", {"--input-type=module", "-p", "1"}, 1},
    {"--input-type of a file", {"--input-type=module", "hello.js"}},
    {"--input-type that is none", {"--input-type=nonsense", "-e", "1"}, 9},
    {"import in text makes it a module", {"-e", "import 'node:fs'; console.log(typeof require)"}},
    {"-c of a good file", {"-c", "hello.js"}, 0},
    {"-c of a broken file", {"-c", "broken.js"}, 1},
    {"-c of a module", {"--check", "hello.mjs"}},
    {"-c with -e", {"-c", "-e", "1"}, 9},
    {"--version", {"--version"}},
    {"-v before all else", {"-v", "none.js"}},
    {"--help", {"--help"}},
    {"--v8-options", {"--v8-options"}},
    {"--completion-bash", {"--completion-bash"}},
    {"a file with arguments", {"hello.js", "a", "--b=c", "-e", ""}},
    {"flags before the file", {"--no-warnings", "--stack-trace-limit=3", "hello.js", "x"}},
    {"a file without its ending", {"hello"}},
    {"a module", {"hello.mjs", "x"}},
    {"a path with dots", {"../fixtures/./hello.js"}},
    {"a file behind --", {"--", "hello.js", "--version"}},
    {"a file that is not there", {"none.js"}, 1},
    {"a module that is not there", {"none.mjs"}, 1},
    {"a file that does not parse", {"broken.js"}, 1},
    {"a file with another ending", {"words.env"}, 1},
    {"a file with no ending", {"no-ending"}},
    {"a folder", {"folder"}, 1},
    {"a folder with an index", {"with-index"}},
    {"a folder that is a package", {"package"}},
    {"a flag nobody knows", {"--no-such-flag", "hello.js"}, 9},
    {"a flag without its value", {"--require"}, 9},
    {"a flag with a value that is none", {"--stack-trace-limit=x", "hello.js"}, 9},
    {"a flag of V8", {"--expose-gc", "-p", "typeof gc"}},
    {"a debugger on an address that is not ours", {"--inspect=192.0.2.1:0", "-e", "1"}},
    {"--disable-proto with what it does not know", {"--disable-proto=nonsense", "-e", "1"}, 12},
    {"a debugger on a port that is none", {"--inspect=99999999", "-e", "1"}, 9},
    {"-r", {"-r", "./preload.js", "hello.js", "x"}},
    {"-r twice and -e", {"-r", "./preload.js", "--require", "node:fs", "-e", "console.log('then')"}},
    {"-r of what is not there", {"-r", "./none.js", "hello.js"}, 1},
    {"--import", {"--import", "./preload.mjs", "hello.js"}},
    {"--import and -r", {"--import", "./preload.mjs", "-r", "./preload.js", "hello.mjs"}},
    {"--env-file", {"--env-file=words.env", "-p", "process.env.WORD"}},
    {"--env-file that is not there", {"--env-file=none.env", "-p", "1"}, 9},
    {"a program on standard input", {"-"}, 0, "console.log('from stdin', process.argv.length, __filename);\n"},
    {"a program on standard input with arguments", {"-", "a", "-b"}, 0, "console.log(process.argv.slice(2))"},
    {"a program in a pipe, without a word", {}, 0, "console.log('piped'); setImmediate(() => console.log('later'))"},
    {"an empty program in a pipe", {}, 0, ""},
    {"a program in a pipe that throws", {}, 1, "\nthrow new Error('in line 2')"},
    {"a program in a pipe that does not parse", {"-"}, 1, "let = ;"},
    {"a module in a pipe", {"--input-type=module"}, 0, "import { sep } from 'node:path'; console.log(sep, await 1)"},
    {"a checked program in a pipe", {"-c", "-"}, 1, "let = ;"},
    {"the interactive loop", {"-i"}, 0, "1 + 1\nconst a = [1]\na\nthrow new Error('x')\nawait 5\n.exit\n"},
    {"NODE_OPTIONS", {"hello.js"}, 0, "", {"NODE_OPTIONS=--no-warnings --require=./preload.js"}},
    {"NODE_OPTIONS with quotes", {"-p", "process.execArgv.length"}, 0, "", {"NODE_OPTIONS=--title=\"two words\""}},
    {"NODE_OPTIONS with what is not allowed there", {"hello.js"}, 9, "", {"NODE_OPTIONS=--eval=1"}},
    {"NODE_OPTIONS with what nobody knows", {"hello.js"}, 9, "", {"NODE_OPTIONS=--no-such-flag"}},
    {"NODE_NO_WARNINGS", {"-e", "process.emitWarning('not seen')"}, 0, "", {"NODE_NO_WARNINGS=1"}},
    {"NODE_DEBUG", {"-e", "require('node:util').debuglog('own').enabled && console.log('debugged')"}, 0, "",
        {"NODE_DEBUG=own"}},
    {"NODE_PATH", {"-p", "require('with-index')"}, 0, "", {"NODE_PATH=."}},
    {"NODE_DISABLE_COLORS and FORCE_COLOR",
        {"-p", "process.stdout.hasColors?.() + ' ' + require('node:util').inspect(1, { colors: true })"}, 0, "",
        {"FORCE_COLOR=1"}},
    {"NODE_PENDING_DEPRECATION", {"-e", "process.emitWarning('old', { type: 'DeprecationWarning', code: 'DEP_X' })"}, 0,
        "", {"NODE_PENDING_DEPRECATION=1"}},
    {"--max-old-space-size",
        {"--max-old-space-size=100", "-p", "require('node:v8').getHeapStatistics().heap_size_limit / 2 ** 20"}},
    {"--stack-size",
        {"--stack-size=400", "-e",
            "let n = 0; const f = () => { ++n; f(); }; try { f(); } catch (error) { console.log(error.name, n > 1000); "
            "}"}},
    {"--throw-deprecation", {"--throw-deprecation", "-e", "require('node:util').deprecate(() => {}, 'old', 'DEP_X')()"},
        1},
    {"--trace-warnings", {"--trace-warnings", "-e", "process.emitWarning('with its stack')"}},
    {"--trace-deprecation",
        {"--trace-deprecation", "-e", "require('node:util').deprecate(() => {}, 'old', 'DEP_X')()"}},
    {"--trace-uncaught", {"--trace-uncaught", "-e", "throw 5"}, 1},
    {"--unhandled-rejections=warn", {"--unhandled-rejections=warn", "-e", "Promise.reject(new Error('warned of'))"}},
    {"--unhandled-rejections=strict",
        {"--unhandled-rejections=strict", "-e",
            "process.on('uncaughtException', (error, origin) => console.log(error.message, origin)); "
            "Promise.reject(new Error('raised'))"}},
    {"--unhandled-rejections=none", {"--unhandled-rejections=none", "-e", "Promise.reject(new Error('not told'))"}},
    {"--disallow-code-generation-from-strings",
        {"--disallow-code-generation-from-strings", "-e",
            "try { eval('1'); } catch (error) { console.log(error.name, error.message); }"}},
    {"--disable-proto=throw",
        {"--disable-proto=throw", "-e", "try { ({}).__proto__; } catch (error) { console.log(error.code); }"}},
    {"--frozen-intrinsics",
        {"--frozen-intrinsics", "-e",
            "'use strict'; try { Array.prototype.push = 1; } catch (error) { console.log(error.name); }"}},
    {"--title", {"--title=own-title", "-p", "process.title"}},
    {"--abort-on-uncaught-exception is not needed",
        {"--no-abort-on-uncaught-exception", "-e", "process.on('exit', (code) => console.log(code)); null.x"}, 1},
    {"--conditions", {"-C", "own", "-p", "process.execArgv"}},
    {"--preserve-symlinks", {"--preserve-symlinks", "hello.js"}},
    {"--experimental-permission",
        {"--experimental-permission", "--allow-fs-read=*", "-e",
            "try { require('node:fs').writeFileSync('never', ''); } catch (error) { console.log(error.code, "
            "error.permission); }"}},
    {"--enable-source-maps", {"--enable-source-maps", "-e", "throw new Error('mapped nowhere')"}, 1},
    {"--trace-exit", {"--trace-exit", "-e", "process.exit(4)"}, 4},
    {"--trace-sync-io", {"--trace-sync-io", "-e", "setImmediate(() => require('node:fs').existsSync('/'))"}},
    {"--test of a file that fails", {"--test", "--test-reporter=tap", "sums.test.js"}, 1},
    {"--test of a file that passes", {"--test", "--test-reporter=spec", "passes.test.js"}},
    {"--test of a file that is not there", {"--test", "none.test.js"}, 1},
    {"a file of tests run as a program", {"sums.test.js"}, 1},
    {"tests by name", {"--test-name-pattern=adds", "--test-reporter=tap", "sums.test.js"}},
};

} // namespace

class TestCommandLine : public QObject {
    Q_OBJECT

private slots:
    void recordedItDoesWhatItDoesUnderNode_data()
    {
        QTest::addColumn<const Row*>("row");
        for (const Row& row : kRows)
            QTest::newRow(row.name) << &row;
    }

    void recordedItDoesWhatItDoesUnderNode()
    {
        QFETCH(const Row*, row);
        Start start {.arguments = {},
            .directory = QStringLiteral(BISTRO_SOURCE_DIR "/tests/programs/fixtures"),
            .input = row->input,
            .environment = {}};
        for (const QString& argument : row->arguments)
            start.arguments.push_back(argument.toStdString());
        for (const QString& variable : row->environment)
            start.environment.emplace_back(variable.section(u'=', 0, 0).toUtf8(), variable.section(u'=', 1).toUtf8());

        const auto stock = m_programs.underNode(start);
        QVERIFY2(stock, stock ? "" : qPrintable(stock.error()));
        const auto engine = m_programs.recorded(start);
        QVERIFY2(engine, engine ? "" : qPrintable(engine.error()));
        const Verdict verdict = compare(std::vector {withoutTimes(*stock)}, std::vector {withoutTimes(*engine)});
        QVERIFY2(std::holds_alternative<Identical>(verdict), describe(verdict, 1).c_str());
        QCOMPARE(stock->exit.code, row->code);
        QCOMPARE(signalName(stock->exit), QByteArray());
        const QString fault = m_programs.faultOfTrace();
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }

private:
    SideBySide m_programs {BISTRO_NODE, BISTRO_ENGINE};
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"
