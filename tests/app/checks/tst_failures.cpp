#include "learnersrun.h"

#include <QRegularExpression>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = CheckAnswer::State;

namespace {

CheckAnswer wrongWith(const LearnersRun& run, const Lesson& lesson = smallLesson())
{
    return whatWentWrong(lesson, run.run()).value_or(CheckAnswer {.state = State::Right, .sentence = u"nothing"_s});
}

// The longest of its sentences, in words.
qsizetype words(const QString& text)
{
    qsizetype most = 0;
    for (const QString& sentence : text.split(QRegularExpression(u"[.!?](\\s|$)"_s)))
        most = std::max(most, sentence.split(QRegularExpression(u"\\s+"_s), Qt::SkipEmptyParts).size());
    return most;
}

} // namespace

class TestFailures : public QObject {
    Q_OBJECT

private slots:
    void anErrorThatNobodyCaughtIsToldWithItsLine()
    {
        const LearnersRun run("console.log('a');\nsetTimeout(() => {\n  menu.open();\n}, 1);\n");
        const CheckAnswer answer = wrongWith(run);
        QCOMPARE(answer.sentence,
            u"an error that nobody caught ended your program in line 3: ReferenceError: menu is not defined."_s);
        QCOMPARE(answer.line, 3);
        QCOMPARE(answer.state, State::NotYet);
        QVERIFY(answer.show.has_value());
        QVERIFY(words(answer.sentence) <= 20);
    }

    void aSyntaxErrorIsToldInPlainWordsWithItsLine()
    {
        const LearnersRun run("console.log('a');\nsetTimeout(() => {\n");
        const CheckAnswer answer = wrongWith(run);
        QVERIFY2(answer.sentence.startsWith(u"Node can't read lesson.js, so nothing of it ran."_s),
            qPrintable(answer.sentence));
        QVERIFY(answer.line.value_or(0) >= 2);
        QVERIFY(words(answer.sentence) <= 20);
    }

    void aRejectionThatEndsTheProgramIsTold()
    {
        const CheckAnswer answer = wrongWith(LearnersRun("const a = 1;\nPromise.reject(new Error('burnt'));\n"));
        QCOMPARE(answer.state, State::NotYet);
        QVERIFY2(answer.sentence.contains(u"burnt"_s), qPrintable(answer.sentence));
        QCOMPARE(answer.line, 2);
    }

    void aFloodIsStoppedAndToldWithItsLine()
    {
        const CheckAnswer answer = wrongWith(
            LearnersRun("const tea = 'tea '.repeat(1000);\nwhile (true)\n  console.log(tea);\n"));
        QCOMPARE(answer.sentence, u"your program prints without end in line 3, so it was stopped."_s);
        QCOMPARE(answer.line, 3);
    }

    void anEndlessLoopIsToldWithItsLine()
    {
        const LearnersRun run("console.log('a');\nsetTimeout(() => {\n  while (true) {\n  }\n}, 1);\n", {}, 2s);
        QVERIFY(run.run().stopped);
        const CheckAnswer answer = wrongWith(run);
        QCOMPARE(answer.sentence, u"your program is caught in line 3 and does not end."_s);
        QVERIFY(answer.show.has_value());
    }

    void whatKeepsAProgramAliveIsTold()
    {
        const LearnersRun interval("console.log('a');\nsetInterval(() => {}, 50);\n", {}, 2s);
        QCOMPARE(wrongWith(interval).sentence, u"your program does not end: the interval in line 2 keeps it open."_s);
        const CheckAnswer ends = interval.says(expect::Ends {});
        QCOMPARE(ends.state, State::NotYet);
        QCOMPARE(ends.line, 2);

        const LearnersRun server("const http = require('http');\nhttp.createServer(() => {}).listen(0);\n", {}, 2s);
        const CheckAnswer answer = wrongWith(server);
        QVERIFY2(
            QRegularExpression(u"^your program does not end: the server on port \\d+ in line 2 keeps it open\\.$"_s)
                .match(answer.sentence)
                .hasMatch(),
            qPrintable(answer.sentence));
    }

    void aSignalIsTold()
    {
        const LearnersRun run("process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 1000);");
        QCOMPARE(wrongWith(run).sentence, u"the signal SIGTERM ended your program."_s);
    }

    void anExitCodeThatTheLessonWantsIsNoFailure()
    {
        Lesson lesson = smallLesson();
        const LearnersRun run("throw new Error('closed');");
        QCOMPARE(wrongWith(run, lesson).state, State::NotYet);
        lesson.check.expectations += Expectation {.what = expect::ExitCode {.code = 1}};
        QCOMPARE(wrongWith(run, lesson).sentence, u"nothing"_s);
    }

    void aProgramThatEndsIsNoFailure()
    {
        QCOMPARE(wrongWith(LearnersRun("process.exitCode = 2; console.log('a');")).sentence, u"nothing"_s);
    }

    // Twelve at once are open at once, and a port of 0 is known from the trace.
    void aServerIsAskedAndThenStopped()
    {
        Lesson lesson = smallLesson();
        lesson.check.run = {.send = {{.count = 12, .path = u"/menu"_s}}, .stopAfterwards = true};
        const LearnersRun run(R"(const http = require('http');
let open = 0, most = 0;
http.createServer((request, response) => {
  most = Math.max(most, ++open);
  setTimeout(() => { --open; response.end(`${request.method} ${request.url} ${most}`); }, 300);
}).listen(0);
)",
            lesson.check.run);
        QVERIFY2(!run.run().stopped && run.run().signal == 0, "It was stopped because all was answered.");
        QCOMPARE(run.run().replies.size(), 12);
        for (const FinishedRun::Reply& reply : run.run().replies) {
            QVERIFY2(reply.status == 200, qPrintable(reply.error));
            QVERIFY2(reply.body.startsWith("GET /menu "), reply.body.constData());
        }
        QVERIFY2(run.run().replies.last().body.endsWith(" 12"), run.run().replies.last().body.constData());
        QCOMPARE(wrongWith(run, lesson).sentence, u"nothing"_s);
        QCOMPARE(run.says(expect::Overlap {}).state, State::Right);
        QCOMPARE(run.says(expect::Answers {.status = 200, .contains = u"/menu"_s}).state, State::Right);
        QCOMPARE(
            run.says(expect::Answers {.status = 404}).sentence, u"request 1 was answered with 200, not with 404."_s);
        QCOMPARE(run.says(expect::Answers {.status = 200, .contains = u"soup"_s}).sentence,
            u"the answer to request 1 does not have “soup” in it."_s);
    }

    void requestsThatBlockEachOtherDoNotOverlap()
    {
        RunWith with {.send = {{.count = 3, .gap = 400ms, .method = u"POST"_s, .path = u"/"_s, .body = u"tea"_s}},
            .stopAfterwards = true};
        const LearnersRun run(R"(require('http').createServer((request, response) => {
  request.resume().on('end', () => { response.statusCode = 201; response.write('o'); response.end('k'); });
}).listen(0);
)",
            with);
        QCOMPARE(run.says(expect::Overlap {}).sentence, u"the requests were served one after the other."_s);
        QCOMPARE(run.says(expect::Answers {.status = 201, .contains = u"ok"_s}).state, State::Right);
    }

    void aProgramThatDoesNotListenGetsASentence()
    {
        RunWith with {.send = {{.count = 2}}, .stopAfterwards = true};
        const LearnersRun run("console.log('closed today');", with);
        QCOMPARE(run.says(expect::Answers {}).sentence, u"no request was sent, since your program does not listen."_s);
        const LearnersRun dies("require('http').createServer(() => process.exit(0)).listen(0);", with);
        const CheckAnswer answer = dies.says(expect::Answers {});
        QVERIFY2(answer.sentence.startsWith(u"request 1 got no answer."_s), qPrintable(answer.sentence));
    }
};

QTEST_GUILESS_MAIN(TestFailures)
#include "tst_failures.moc"
