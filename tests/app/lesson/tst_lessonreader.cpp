#include "app/lesson/lessonfolder.h"

#include "lesson/lessonlink.h"

#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace bistro::app;
using bistro::tests::LessonFolder;

namespace {

// A place of the good lesson that is broken, and what is said of it.
struct Break {
    const char* name;
    const char* file;
    const char* from;
    const char* to;
    const char* told;
};

constexpr const char* kLesson = "lesson.md";
constexpr const char* kCheck = "check.yaml";

constexpr Break kFrontMatter[] {
    {"an unknown key", kLesson, "short:", "shrot:",
        "lesson.md:4: There is no key \"shrot\" in \"lesson.md\". Did you mean \"short\"?\n"
        "lesson.md:2: The key \"short\" is missing in \"lesson.md\"."},
    {"a key far from all", kLesson, "minutes: 5", "minutes: 5\nx: 1",
        "lesson.md:8: There is no key \"x\" in \"lesson.md\". There are: format, title, short, sentence, learned, "
        "minutes, main, arguments, pool, needs, scene, files."},
    {"a key twice", kLesson, "minutes: 5", "minutes: 5\nminutes: 6",
        "lesson.md:8: The key \"minutes\" is there twice. Leave one of them out."},
    {"a word for a number", kLesson, "minutes: 5", "minutes: many",
        "lesson.md:7: \"minutes\" needs a whole number from 1 to 60."},
    {"a number in quotes", kLesson, "minutes: 5", "minutes: '5'",
        "lesson.md:7: \"minutes\" needs a whole number from 1 to 60."},
    {"a list for a number", kLesson, "minutes: 5", "minutes: [5]",
        "lesson.md:7: \"minutes\" needs a whole number from 1 to 60."},
    {"too many minutes", kLesson, "minutes: 5", "minutes: 600",
        "lesson.md:7: \"minutes\" needs a whole number from 1 to 60."},
    {"no title", kLesson, "title: \"First steps\"", "title:", "lesson.md:3: \"title\" needs a text after it."},
    {"a long short title", kLesson, "short: \"First steps\"", "short: \"The very first steps\"",
        "lesson.md:4: \"short\" has 20 letters. Use 18 at most."},
    {"a program that is not there", kLesson, "main: lesson.js", "main: other.js",
        "lesson.md:8: There is no file \"start/other.js\" in the lesson's folder."},
    {"a program out of the folder", kLesson, "main: lesson.js", "main: ../../x.js",
        "lesson.md:8: \"start/../../x.js\" is not a path within the lesson's folder."},
    {"a program of no kind", kLesson, "main: lesson.js", "main: lesson.sh",
        "lesson.md:8: Node can't run \"lesson.sh\". Its name has to end with .js, .mjs or .cjs."},
    {"a newer format", kLesson, "format: 1", "format: 2\nmarvels: yes",
        "lesson.md:2: This is format 2, and needs a newer Bistro."},
    {"a need that is not known", kLesson, "minutes: 5", "minutes: 5\nneeds: [requests, databases]\nmarvels: yes",
        "lesson.md:8: This lesson needs \"databases\", and so a newer Bistro."},
    {"too many cooks", kLesson, "minutes: 5", "minutes: 5\npool: 5000",
        "lesson.md:8: \"pool\" needs a whole number from 1 to 64."},
    {"a scene that is not there", kLesson, "minutes: 5", "minutes: 5\nscene: waiter-per-tabel",
        "lesson.md:8: There is no scene \"waiter-per-tabel\". There are: waiter-per-table."},
    {"a large file", kLesson, "minutes: 5", "minutes: 5\nfiles:\n  a.txt: {size: 9 GB, line: a}",
        "lesson.md:9: \"size\" needs a size of up to 500 MB with its unit (B, kB, MB), as in: 65 MB."},
    {"a file out of the folder", kLesson, "minutes: 5", "minutes: 5\nfiles:\n  ../a.txt: {size: 9 MB, line: a}",
        "lesson.md:9: \"../a.txt\" is not a file within the program's folder."},
    {"an alias", kLesson, "title: \"First steps\"", "title: &a x\nshort: *a",
        "lesson.md:3: Lessons have no anchors (&) and aliases (*). Write it out again, or put the text in quotes."},
    {"a tag", kLesson, "title: \"First steps\"", "title: !!python/object:os.system x",
        "lesson.md:3: Lessons have no tags (!). Leave it out, or put the text in quotes."},
    {"a quote that is not closed", kLesson, "title: \"First steps\"", "title: \"First steps",
        "lesson.md:4: This is not YAML (end of map not found). Look for a quote or bracket that is not closed, or a "
        "wrong indent."},
    {"no front matter", kLesson, "---\nformat", "format",
        "lesson.md:1: A lesson begins with a line \"---\", its keys, and one more line \"---\"."},
};

constexpr Break kScreens[] {
    {"a picture that is missing", kLesson, "Now serve", "![a pot](pictures/pot.svg)\n\nNow serve",
        "lesson.md:25: There is no file \"pictures/pot.svg\" in the lesson's folder."},
    {"a picture out of the folder", kLesson, "Now serve", "![a pot](../../etc/pot.svg)\n\nNow serve",
        "lesson.md:25: \"../../etc/pot.svg\" is not a path within the lesson's folder."},
    {"a picture of elsewhere", kLesson, "Now serve", "![a pot](https://example.org/pot.svg)\n\nNow serve",
        "lesson.md:25: A lesson's pictures are its own: pictures/NAME, not \"https://example.org/pot.svg\"."},
    {"a script", kLesson, "Now serve", "<script>alert(1)</script>\n\nNow serve",
        "lesson.md:25: Lessons have no HTML. Use Markdown, or put it in `backquotes`."},
    {"HTML within a line", kLesson, "Now serve", "Now <b onclick=x>serve</b>",
        "lesson.md:25: Lessons have no HTML. Use Markdown, or put it in `backquotes`."},
    {"a link of no kind", kLesson, "<moment:line 3>", "javascript:alert(1)",
        "lesson.md:23: The link \"javascript:alert(1)\" leads nowhere. A link begins with one of these and a colon: "
        "moment, run, scene, order, api, term, https."},
    {"a link to a file", kLesson, "<moment:line 3>", "file:///etc/passwd",
        "lesson.md:23: The link \"file:///etc/passwd\" leads nowhere. A link begins with one of these and a colon: "
        "moment, run, scene, order, api, term, https."},
    {"a link to no moment", kLesson, "<moment:line 3>", "<moment:lien 3>",
        "lesson.md:23: \"lien 3\" names no moment. Write: start, end, blocked, line 3, line \"bread\", or when "
        "\"bill\" starts, ends, is ready or is placed."},
    {"a run that is none", kLesson, "<moment:line 3>", "run:speed=2",
        "lesson.md:23: \"run:speed=2\" says nothing. Write run:pool=2 or run:arguments=Ada."},
    {"a scene that is none", kLesson, "<moment:line 3>", "scene:lop",
        "lesson.md:23: There is no scene \"lop\". Did you mean \"loop\"? There are: loop, restaurant, "
        "waiter-per-table."},
    {"a question of no kind", kLesson, "predict order", "predict oder",
        "lesson.md:14: There is no question \"predict oder\". Did you mean \"order\"? There are: order, choose, "
        "number, next."},
    {"two questions", kLesson, "Which line", "```predict next\nat: start\nanswer: coffee\n```\n\nWhich line",
        "lesson.md:19: A screen has one question. Put a line \"---\" before this one."},
    {"a block that is not closed", kLesson, "is done.\n```", "is done.",
        "lesson.md:14: A fenced block is not closed. End it with a line \"```\"."},
    {"an empty screen", kLesson, "Now serve", "---\n---\nNow serve",
        "lesson.md:26: This screen is empty. Write something, or take out a line \"---\"."},
};

constexpr Break kQuestions[] {
    {"an answer that is no line", kLesson, "answer: [open, bread, coffee]", "answer: [open, bread, cofee]",
        "lesson.md:19: \"cofee\" is none of \"lines\". Did you mean \"coffee\"? There are: open, coffee, bread."},
    {"an answer twice", kLesson, "answer: [open, bread, coffee]", "answer: [open, bread, open]",
        "lesson.md:19: \"open\" is in \"answer\" twice."},
    {"a short answer", kLesson, "answer: [open, bread, coffee]", "answer: [open, bread]",
        "lesson.md:19: \"answer\" needs 3 values, and has 2."},
    {"no answer", kLesson, "answer: [open, bread, coffee]\n", "",
        "lesson.md:15: The key \"answer\" is missing in \"predict order\"."},
    {"a line twice", kLesson, "{text: bread, line: 4}", "{text: open, line: 4}",
        "lesson.md:18: \"open\" is there twice. Each line needs a text of its own.\n"
        "lesson.md:19: \"bread\" is none of \"lines\". There are: open, coffee, open."},
    {"a line beyond the program", kLesson, "{text: bread, line: 4}", "{text: bread, line: 40}",
        "lesson.md:18: The program has no line 40: its last one is 4."},
    {"a kind that is none", kLesson, "kind: timer", "kind: timre",
        "lesson.md:17: There is no kind of order \"timre\". Did you mean \"timer\"? There are: tick, microtask, "
        "promise "
        "reaction, await, thenable job, timer, immediate, thread pool I/O, kernel I/O, resource, handler."},
    {"a group of one", kLesson, "because:", "either: [[open]]\nbecause:",
        "lesson.md:20: A group of \"either\" needs two or more of \"lines\"."},
    {"null for a text", kLesson, "answer: [open, bread, coffee]", "answer: [open, bread, null]",
        "lesson.md:19: In \"answer\" each value is a text. Put null, and what has a colon or a bracket, in quotes."},
};

constexpr Break kChecks[] {
    {"an expectation that is not known", kCheck, "ends: true", "end: true",
        "check.yaml:11: There is no expectation \"end\". Did you mean \"ends\"?"},
    {"no expectation", kCheck, "- ends: true", "- right: it ends.",
        "check.yaml:11: Here nothing is expected. There are: output, order, exit, ends, uses, avoids, blocked, "
        "measure, together, timers-left, rejections, overlap, placed-in, file, answers, bottleneck, one-order, race, "
        "script."},
    {"two in one", kCheck, "ends: true", "ends: true\n    exit: 0",
        "check.yaml:11: Here are 2 expectations in one. Begin each with a dash of its own."},
    {"an order of three", kCheck, "order: [coffee, soup]", "order: [coffee, soup, bread]",
        "check.yaml:7: \"order\" needs a list of 2 printed lines."},
    {"an exit code that is none", kCheck, "ends: true", "exit: 300",
        "check.yaml:11: \"exit\" needs a whole number from 0 to 255."},
    {"a limit without a unit", kCheck, "ends: true", "blocked: {less-than: 50}",
        "check.yaml:11: \"less-than\" needs a time of up to 60 seconds with its unit, as in: 50 ms."},
    {"a measure without a number", kCheck, "ends: true", "measure: {cooks-at-once: true}",
        "check.yaml:11: \"measure\" needs \"at-least\" or \"at-most\" and a number."},
    {"a measure of nothing", kCheck, "ends: true", "measure: {at-least: 2}",
        "check.yaml:11: \"measure\" needs one thing that is measured. There are: between, printed, cooks-at-once, "
        "open-at-once, stack-depth, idle-waiters, requests."},
    {"a script that is not there", kCheck, "ends: true", "script: check.mjs",
        "check.yaml:11: There is no file \"check.mjs\" in the lesson's folder."},
    {"answers that nobody asked for", kCheck, "ends: true", "answers: {status: 200}",
        "check.yaml:11: \"answers\" needs requests: add \"send\" to \"run\", or to \"with\"."},
    {"an expected file out of the folder", kCheck, "ends: true", "file: {exists: /etc/passwd}",
        "check.yaml:11: \"/etc/passwd\" is not a file within the program's folder."},
    {"an API that is none", kCheck, "ends: true", "uses: fs readFile",
        "check.yaml:11: \"uses\" needs the name of a function, as in: fs.readFile."},
    {"a capital letter", kCheck, "right: soup comes", "right: Soup comes",
        "check.yaml:8: \"right\" follows a colon: begin it with a small letter."},
    {"no full stop", kCheck, "soup comes before coffee.", "soup comes before coffee",
        "check.yaml:9: \"not-yet\" is a sentence: end it with a full stop."},
    {"a hole that is none", kCheck, "soup comes before coffee.", "it took {mesured}.",
        "check.yaml:9: There is no \"{mesured}\". Did you mean \"measured\"? There are: measured, by, line, printed."},
    {"a moment that is none", kCheck, "show: line \"soup\"", "show: soup",
        "check.yaml:10: \"soup\" names no moment. Write: start, end, blocked, line 3, line \"bread\", or when "
        "\"bill\" starts, ends, is ready or is placed."},
    {"one hint", kCheck, "  - What stands in the same callback runs right after it.\n", "",
        "check.yaml:13: \"hints\" needs 2 values, and has 1."},
    {"a further run without a name", kCheck, "ends: true", "ends: true\n    with: {arguments: [Ada]}",
        "check.yaml:12: The key \"name\" is missing in \"with\"."},
    {"a list that is none", kCheck, "expect:", "expect: everything\nrun:",
        "check.yaml:5: Here \"run\" needs keys, each with a colon and a value: arguments, input, send, "
        "stop-afterwards.\n"
        "check.yaml:3: Write a list of 1 to 50 expectations here, each with a dash."},
    {"a newer check", kCheck, "format: 1", "format: 3", "check.yaml:1: This is format 3, and needs a newer Bistro."},
    {"a wrong answer's sentence", "wrong/too-early/expect.yaml", "soup comes before coffee",
        "'soup comes {measured} ms before coffee'",
        "wrong/too-early/expect.yaml:1: No learner sees \"soup comes {measured} ms before coffee\". Write a part of "
        "the "
        "sentence that has no {…}."},
};

} // namespace

class TestLessonReader : public QObject {
    Q_OBJECT

private slots:
    void aLessonSaysWhetherItIsAboutTime()
    {
        Lesson lesson;
        QVERIFY(!measuresTime(lesson));
        lesson.check.expectations = {{.what = expect::Order {u"a"_s, u"b"_s}}};
        QVERIFY(!measuresTime(lesson));
        lesson.check.expectations += Expectation {.what = expect::BlockedLess {std::chrono::milliseconds(50)}};
        QVERIFY(measuresTime(lesson));
        lesson.check.expectations = {
            {.what = expect::AtLeast {.measure = {.kind = Measure::Kind::StackDepth}, .least = 2, .most = {}}}};
        QVERIFY(!measuresTime(lesson));
        lesson.screens = {{.question = Question {.what = PredictNumber {.measure = {.kind = Measure::Kind::Between}}}}};
        QVERIFY(measuresTime(lesson));
    }

    void aGoodLessonIsReadAsItIsWritten()
    {
        const LessonFolder folder;
        QCOMPARE(folder.faults(), QString());
        const Lesson lesson = readLesson(folder.path()).value();
        QCOMPARE(lesson.id, u"01-first-steps"_s);
        QCOMPARE(lesson.number(), u"01"_s);
        QCOMPARE(lesson.title, u"First steps"_s);
        QCOMPARE(lesson.minutes, 5);
        QCOMPARE(lesson.startFiles, QStringList {u"lesson.js"_s});
        QCOMPARE(lesson.screens.size(), 2);
        QCOMPARE(lesson.screens[0].sourceLine, 10);
        QVERIFY(lesson.screens[0].markdown.endsWith(u"Which line comes last?"_s));
        QVERIFY(!lesson.screens[1].question);
        const Question question = lesson.screens[0].question.value();
        QCOMPARE(question.sourceLine, 14);
        const auto order = std::get<PredictOrder>(question.what);
        QCOMPARE(order.answer, (QList {0, 2, 1}));
        QCOMPARE(
            order.rows[1], (OrderRow {.text = u"coffee"_s, .line = 3, .kind = OrderKind::Timer, .sourceLine = 17}));
        QCOMPARE(lesson.screens[0].links.size(), 0);
        QCOMPARE(lesson.screens[1].links.size(), 1);
        QCOMPARE(lesson.screens[1].links[0].sourceLine, 23);
        QCOMPARE(lesson.screens[1].links[0].to.kind, LessonLink::Kind::Moment);
        QCOMPARE(lesson.check.expectations.size(), 3);
        const Expectation& soup = lesson.check.expectations[1];
        QVERIFY(soup.what == Expected(expect::Order {.first = u"coffee"_s, .then = u"soup"_s}));
        QCOMPARE(soup.show, (MomentLink {.kind = MomentLink::Kind::PrintedText, .text = u"soup"_s}));
        QCOMPARE(soup.sourceLine, 7);
        QCOMPARE(lesson.answers, QStringList {folder.path() + u"/answer"_s});
        QCOMPARE(lesson.wrong.size(), 2);
        QCOMPARE(lesson.wrong[1].sentences, QStringList {u"soup comes before coffee"_s});
    }

    void whatIsBrokenIsToldByFileAndLine_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("told");
        for (const std::span<const Break> part :
            {std::span<const Break>(kFrontMatter), {kScreens}, {kQuestions}, {kChecks}}) {
            for (const Break& one : part)
                QTest::newRow(one.name) << QString::fromLatin1(one.file) << QByteArray(one.from) << QByteArray(one.to)
                                        << QString::fromUtf8(one.told);
        }
    }
    void whatIsBrokenIsToldByFileAndLine()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, told);
        LessonFolder folder;
        QVERIFY(folder.change(file, from, to));
        QCOMPARE(folder.faults(), told);
    }

    void allFaultsOfALessonAreToldAtOnce()
    {
        LessonFolder folder;
        QVERIFY(folder.change(u"lesson.md"_s, "minutes: 5", "minutes: many"));
        QVERIFY(folder.change(u"lesson.md"_s, "<moment:line 3>", "scene:lop"));
        QVERIFY(folder.change(u"check.yaml"_s, "ends: true", "end: true"));
        QVERIFY(QDir(folder.path() + u"/answer"_s).removeRecursively());
        const QStringList told = folder.faults().split(u'\n');
        QCOMPARE(told.size(), 4);
        QVERIFY(told[0].startsWith(u"lesson.md:7: "_s));
        QVERIFY(told[1].startsWith(u"lesson.md:23: "_s));
        QVERIFY(told[2].startsWith(u"check.yaml:11: "_s));
        QCOMPARE(told[3], u"answer: The lesson has no folder \"answer\" with a model answer."_s);
    }

    void aScreenHasSixtyWords()
    {
        LessonFolder folder;
        QVERIFY(folder.change(u"lesson.md"_s, "Now serve a soup", QByteArray("word ").repeated(60)));
        QCOMPARE(folder.faults(),
            u"lesson.md:23: This screen has 74 words. Use 60 at most, or put a line \"---\" in its middle."_s);
    }

    void everyExpectationIsReadAsItsValue()
    {
        LessonFolder folder;
        folder.write(u"check.mjs"_s, "export default () => [];\n");
        folder.write(u"check.yaml"_s, R"(format: 1
task: All of it.
run: {arguments: [a], input: "x\n", send: [{count: 12, gap: 5 ms, path: /menu}], stop-afterwards: true}
expect:
  - output: {equals: "a\nb\n"}
  - output: {contains: part}
  - output: {lacks: [x, y]}
  - output: {lines: [a, b]}
  - exit: 3
  - uses: fs.readFile
  - avoids: fs.readFileSync
  - blocked: {less-than: 50 ms}
    not-yet: the waiter was blocked for {measured} by {by} in line {line}.
    with: {name: "with Ada", arguments: [Ada]}
  - measure: {between: [a, b], at-most: 12.5}
  - measure: {printed: "memory ", at-least: 2}
  - together: {from: a, to: b, part: 35 %}
  - timers-left: 0
  - rejections: 0
  - overlap: requests
  - placed-in: {line: a, kind: immediate, by: io}
  - file: {contains: text, name: out/a.txt}
  - file: {gone: b.txt}
  - answers: {status: 404, contains: no}
  - bottleneck: not-waiter
  - one-order: {lines: [a, b], runs: 10}
  - race: [a, b]
  - script: check.mjs
hints: [one, two]
)");
        QCOMPARE(folder.faults(), QString());
        const Check check = readLesson(folder.path()).value().check;
        const auto what = [&](int i) { return check.expectations[i].what; };
        using namespace expect;
        QVERIFY(what(0) == Expected(Printed {Printed::How::Equals, {u"a"_s, u"b"_s}}));
        QVERIFY(what(1) == Expected(Printed {Printed::How::Contains, {u"part"_s}}));
        QVERIFY(what(2) == Expected(Printed {Printed::How::Lacks, {u"x"_s, u"y"_s}}));
        QVERIFY(what(3) == Expected(Printed {Printed::How::Lines, {u"a"_s, u"b"_s}}));
        QVERIFY(what(4) == Expected(ExitCode {3}));
        QVERIFY(what(5) == Expected(Uses {u"fs.readFile"_s, true}));
        QVERIFY(what(6) == Expected(Uses {u"fs.readFileSync"_s, false}));
        QVERIFY(what(7) == Expected(BlockedLess {std::chrono::milliseconds(50)}));
        QCOMPARE(check.expectations[7].with.name, u"with Ada"_s);
        QCOMPARE(check.expectations[7].with.arguments.value(), QStringList {u"Ada"_s});
        QVERIFY(what(8) == Expected(AtLeast {{Measure::Kind::Between, u"a"_s, u"b"_s}, {}, 12.5}));
        QVERIFY(what(9) == Expected(AtLeast {{Measure::Kind::Printed, u"memory"_s, {}}, 2.0, {}}));
        QVERIFY(what(10) == Expected(Together {u"a"_s, u"b"_s, 0.35}));
        QVERIFY(what(11) == Expected(TimersLeft {}));
        QVERIFY(what(12) == Expected(Rejections {}));
        QVERIFY(what(13) == Expected(Overlap {}));
        QVERIFY(what(14) == Expected(PlacedIn {u"a"_s, u"immediate"_s}));
        QVERIFY(what(15) == Expected(File {File::How::Contains, u"out/a.txt"_s, u"text"_s}));
        QVERIFY(what(16) == Expected(File {File::How::Gone, u"b.txt"_s, {}}));
        QVERIFY(what(17) == Expected(Answers {404, u"no"_s}));
        QVERIFY(what(18) == Expected(WaiterIsTheBottleneck {false}));
        QVERIFY(what(19) == Expected(OneOrder {{u"a"_s, u"b"_s}, 10}));
        QVERIFY(what(20) == Expected(Races {{u"a"_s, u"b"_s}}));
        QVERIFY(what(21) == Expected(Script {u"check.mjs"_s}));
        const Send send {.count = 12, .gap = std::chrono::milliseconds(5), .path = u"/menu"_s};
        QCOMPARE(check.run.send, QList {send});
        QCOMPARE(check.run.input, u"x\n"_s);
        QVERIFY(check.run.stopAfterwards);
    }

    void everyQuestionIsReadAsItsValue()
    {
        LessonFolder folder;
        const QByteArray front = folder.read(u"lesson.md"_s).first(folder.read(u"lesson.md"_s).indexOf("\n---\n") + 5);
        folder.write(u"lesson.md"_s, front + R"(
```predict choose
question: What comes?
options: [a, "b: c", undefined]
answer: undefined
proof:
  - output: {contains: "undefined"}
because: It is so.
```
---
```predict number
question: How long?
unit: ms
answer: 300
tolerance: 30 %
measure: {between: [start, done]}
```
---
~~~predict number
question: How many?
unit: cooks
answer: 4
measure: cooks-at-once
~~~
---
```predict next
at: when "bill" ends
answer: "immediate title"
```
)");
        QCOMPARE(folder.faults(), QString());
        const Lesson lesson = readLesson(folder.path()).value();
        QCOMPARE(lesson.screens.size(), 4);
        const auto choose = std::get<PredictChoose>(lesson.screens[0].question->what);
        QCOMPARE(choose.options, (QStringList {u"a"_s, u"b: c"_s, u"undefined"_s}));
        QCOMPARE(choose.answer, 2);
        QCOMPARE(choose.proof.size(), 1);
        const auto number = std::get<PredictNumber>(lesson.screens[1].question->what);
        QCOMPARE(number.tolerance, 0.3);
        QVERIFY((number.measure == Measure {Measure::Kind::Between, u"start"_s, u"done"_s}));
        const auto cooks = std::get<PredictNumber>(lesson.screens[2].question->what);
        QCOMPARE(cooks.measure.kind, Measure::Kind::CooksAtOnce);
        const auto next = std::get<PredictNext>(lesson.screens[3].question->what);
        QCOMPARE(next.at, (MomentLink {.kind = MomentLink::Kind::Ends, .text = u"bill"_s}));
        QCOMPARE(next.answer, u"immediate title"_s);
    }

    void momentsGoRoundThroughTheirText()
    {
        for (const QString& text :
            {u"start"_s, u"end"_s, u"blocked"_s, u"line 3"_s, u"line \"say \"hi\" twice\""_s, u"when \"bill\" starts"_s,
                u"when \"bill\" ends"_s, u"when \"a is ready\" is ready"_s, u"when \"bill\" is placed"_s}) {
            const auto moment = parseMoment(text);
            QVERIFY2(moment, qPrintable(text));
            QCOMPARE(momentText(*moment), text);
        }
        for (const QString& text : {u""_s, u"line"_s, u"line 0"_s, u"line -1"_s, u"line \"\""_s, u"when bill starts"_s,
                 u"when \"bill\""_s, u"when \"\" starts"_s, u"line \"a\nb\""_s, u"Start"_s})
            QVERIFY2(!parseMoment(text), qPrintable(text));
    }

    void linksAreReadWithBlanksOfEitherKind()
    {
        QCOMPARE(parseLink(u"moment:line%203"_s).value(), parseLink(u"moment:line 3"_s).value());
        QCOMPARE(parseLink(u"run:pool=2&arguments=Ada%20Bob"_s)->arguments.value(), (QStringList {u"Ada"_s, u"Bob"_s}));
        QCOMPARE(parseLink(u"run:pool=2&arguments=Ada"_s)->poolSize.value(), 2);
        QCOMPARE(parseLink(u"run:arguments="_s)->arguments.value(), QStringList());
        QCOMPARE(parseLink(u"order:read the menu"_s)->text, u"read the menu"_s);
        QCOMPARE(parseLink(u"api:fs.readFile"_s)->kind, LessonLink::Kind::Api);
        QCOMPARE(parseLink(u"term:microtask"_s)->kind, LessonLink::Kind::Term);
        QCOMPARE(parseLink(u"https://nodejs.org/en"_s)->kind, LessonLink::Kind::Web);
        for (const QString& text : {u"http://nodejs.org"_s, u"api:../x"_s, u"https:"_s, u"https:///x"_s,
                 u"run:pool=0"_s, u"moment:"_s, u":x"_s, u"x"_s, u""_s})
            QVERIFY2(!parseLink(text), qPrintable(text));
    }

    void filesThatAreLinksOrNoTextAreRefused()
    {
        LessonFolder folder;
        QVERIFY(QFile::link(u"/etc"_s, folder.path() + u"/start/etc"_s));
        QVERIFY(
            folder.faults().contains(u"start: \"etc\" is a link to elsewhere. A lesson has files of its own only."_s));
        QVERIFY(QFile::remove(folder.path() + u"/start/etc"_s));
        QCOMPARE(folder.faults(), QString());

        QVERIFY(mkfifo(qPrintable(folder.path() + u"/start/pipe"_s), 0600) == 0);
        QVERIFY(folder.faults().contains(u"start: \"pipe\" is not a file."_s));
        QVERIFY(QFile::remove(folder.path() + u"/start/pipe"_s));

        QVERIFY(QFile::remove(folder.path() + u"/check.yaml"_s));
        QVERIFY(QFile::link(u"/etc/passwd"_s, folder.path() + u"/check.yaml"_s));
        QVERIFY(folder.faults().startsWith(u"check.yaml: \"check.yaml\" is a link to elsewhere."_s));
        QVERIFY(QFile::remove(folder.path() + u"/check.yaml"_s));
        QCOMPARE(folder.faults(), u"check.yaml: There is no file \"check.yaml\" in the lesson's folder."_s);

        folder.write(u"check.yaml"_s, "task: \xff\xfe");
        QCOMPARE(folder.faults(), u"check.yaml: \"check.yaml\" is not UTF-8 text. Save it as UTF-8 in your editor."_s);
    }

    void anInputBeyondTheLimitIsRefused()
    {
        LessonFolder folder;
        folder.write(u"check.yaml"_s, QByteArray(kMostLessonBytes + 1, 'a'));
        QCOMPARE(folder.faults(), u"check.yaml: \"check.yaml\" has more than 1 MB. A lesson's text is shorter."_s);
        folder.write(u"check.yaml"_s, "a: " + QByteArray(300'000, '['));
        QCOMPARE(folder.faults(), u"check.yaml:1: This is longer than any lesson needs."_s);
        folder.write(u"check.yaml"_s, "a: " + QByteArray(200'000, '['));
        QVERIFY(folder.faults().startsWith(u"check.yaml:1: This is n"_s));
        folder.write(u"check.yaml"_s, "[" + QByteArray("a,").repeated(100'000) + "]");
        QVERIFY(folder.faults().endsWith(u"This has more values than any lesson needs."_s));
    }

    void windowsLinesAndAMarkOfUtf8AreRead()
    {
        LessonFolder folder;
        folder.write(u"lesson.md"_s, "\xef\xbb\xbf" + folder.read(u"lesson.md"_s).replace("\n", "\r\n"));
        folder.write(u"check.yaml"_s, folder.read(u"check.yaml"_s).replace("\n", "\r\n"));
        QCOMPARE(folder.faults(), QString());
    }

    void aCourseIsReadInItsOrderAndItsBrokenLessonsAreTold()
    {
        const LessonFolder folder;
        const QString root = folder.root();
        const auto write = [&](const QString& name, const QByteArray& text) {
            QFile file(root + u'/' + name);
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        };
        QVERIFY(QDir(root).mkpath(u"02-broken"_s));
        QVERIFY(write(u"02-broken/lesson.md"_s, "nothing"));
        QVERIFY(!readCourse(root + u"/none"_s));
        const Course plain = readCourse(root).value(); // without course.yaml
        QCOMPARE(plain.lessons.size(), 1);
        QCOMPARE(plain.announced, 1);
        QVERIFY(folder.told(plain.faults).contains(u"02-broken/lesson.md:1: "_s));

        QVERIFY(write(u"service-1.yaml"_s,
            QByteArray("format: 1\nquestions:\n")
                + QByteArray("  - {id: \"ID\", lesson: 01-first-steps, question: Who, options: [a, b], answer: b, "
                             "because: So.}\n")
                    .repeated(5)));
        QVERIFY(write(u"course.yaml"_s,
            "format: 1\ntitle: T\nlessons: 9\nparts:\n  - title: One\n    service: service-1.yaml\n    lessons:\n"
            "      - 01-first-steps\n      - 01-first-steps\n      - ../elsewhere\n      - 03-none\n"));
        const Course course = readCourse(root).value();
        QCOMPARE(course.announced, 9);
        QCOMPARE(course.parts[0].lessons, QStringList {u"01-first-steps"_s});
        QVERIFY(course.lesson(u"01-first-steps"_s));
        QCOMPARE(folder.told(course.faults),
            u"course.yaml:9: The lesson \"01-first-steps\" is there twice.\n"
            "course.yaml:10: \"../elsewhere\" is not the name of a folder beside course.yaml.\n"
            "course.yaml:11: There is no folder \"03-none\" beside course.yaml."_s);
        const auto service = readService(course, course.parts[0]);
        QVERIFY(!service);
        QCOMPARE(folder.told(service.error()).section(u'\n', 0, 0),
            u"service-1.yaml:4: The question \"ID\" is there twice."_s);
        // What course.yaml names lies beside it.
        QVERIFY(QFile::remove(root + u"/service-1.yaml"_s));
        QCOMPARE(folder.told(readService(course, course.parts[0]).error()),
            u"service-1.yaml: There is no file \"service-1.yaml\" beside course.yaml."_s);
        QVERIFY(folder.told(readCourse(root).value().faults)
                .contains(u"course.yaml:6: There is no file \"service-1.yaml\" beside course.yaml."_s));
    }

    void aLessonsFolderIsACourseOfOne()
    {
        const LessonFolder folder;
        const Course one = readCourse(folder.path()).value();
        QCOMPARE(one.lessons.size(), 1);
        QVERIFY(one.faults.isEmpty());
        QCOMPARE(one.folder + u'/' + one.lessons[0].id, one.lessons[0].folder);
    }

    void theCourseInTheExecutableIsFound()
    {
        QVERIFY(!course().title.isEmpty());
        QVERIFY(course().announced >= course().lessons.size());
        QCOMPARE(&course(), &course());
    }

    void filesAreLaidOutWithThoseOfStartAndThoseThatAreMade()
    {
        LessonFolder folder;
        QVERIFY(folder.change(
            u"lesson.md"_s, "minutes: 5", "minutes: 5\nfiles:\n  data/big.txt: {size: 3 MB, line: \"eggs\"}"));
        folder.write(u"start/lib/menu.js"_s, "// menu\n");
        const Lesson lesson = readLesson(folder.path()).value();
        QCOMPARE(lesson.startFiles, (QStringList {u"lesson.js"_s, u"lib/menu.js"_s}));
        QTemporaryDir to;
        QVERIFY(layOut(lesson, lesson.wrong[1].folder, to.path()));
        QFile menu(to.filePath(u"lib/menu.js"_s));
        QVERIFY(menu.open(QIODevice::ReadWrite)); // it may be changed
        QFile main(to.filePath(u"lesson.js"_s));
        QVERIFY(main.open(QIODevice::ReadOnly));
        QCOMPARE(main.readAll(), folder.read(u"wrong/too-early/lesson.js"_s));
        QVERIFY(!QFileInfo::exists(to.filePath(u"expect.yaml"_s)));
        QFile big(to.filePath(u"data/big.txt"_s));
        QVERIFY(big.open(QIODevice::ReadOnly));
        QCOMPARE(big.size(), 3'000'000);
        QCOMPARE(big.readLine(), QByteArray("eggs\n"));
        const auto nowhere = layOut(lesson, lesson.startFolder(), u"/proc/none"_s);
        QVERIFY(!nowhere);
        QVERIFY2(nowhere.error().startsWith(u"Bistro can't make the folder /proc/none"_s), qPrintable(nowhere.error()));
    }
};

QTEST_GUILESS_MAIN(TestLessonReader)
#include "tst_lessonreader.moc"
