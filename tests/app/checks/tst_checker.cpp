#include "checks/checker.h"
#include "checks/sender.h"
#include "learnersrun.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using State = CheckAnswer::State;

namespace {

// Checks a program; waits for the last answer.
CheckReport checked(Checker& checker, const Lesson& lesson, const LearnersRun& own)
{
    QEventLoop loop;
    QObject::connect(&checker, &Checker::changed, &loop, [&] {
        if (checker.report().isOver())
            loop.quit();
    });
    checker.check(lesson, own.folder(), own.run());
    if (!checker.report().isOver())
        loop.exec();
    return checker.report();
}

QStringList told(const CheckReport& report)
{
    QStringList lines;
    for (const CheckAnswer& answer : report.answers)
        lines += QString(answer.state == State::Right    ? u"+ "_s
                         : answer.state == State::NotYet ? u"- "_s
                                                         : u"? "_s)
            + answer.sentence;
    return lines;
}

Expectation greets(const QString& name)
{
    return {.what = expect::Printed {.how = expect::Printed::How::Contains, .lines = {u"Hello, %1"_s.arg(name)}},
        .with = {.name = u"with the argument "_s + name, .arguments = QStringList {name}}};
}

} // namespace

class TestChecker : public QObject {
    Q_OBJECT

private slots:
    void otherInputsAreFurtherRunsInACopy()
    {
        Lesson lesson = smallLesson();
        lesson.generated = {{.name = u"menu.txt"_s, .size = 100'000, .line = u"soup"_s}};
        lesson.check.expectations = {greets(u"Ada"_s), greets(u"Bo"_s),
            {.what = expect::Printed {.how = expect::Printed::How::Contains, .lines = {u"100000"_s}},
                .with = greets(u"Ada"_s).with},
            {.what = expect::Printed {.how = expect::Printed::How::Contains, .lines = {u"from stdin"_s}},
                .with = {.name = u"with input"_s, .input = u"from stdin"_s}}};
        const LearnersRun own(R"(const fs = require('fs');
fs.appendFileSync('visits.txt', 'x');
console.log(`Hello, ${process.argv[2]}`);
if (fs.existsSync('menu.txt')) console.log(fs.statSync('menu.txt').size, fs.readFileSync('visits.txt').length);
process.stdin.on('data', text => console.log(String(text)));
)");
        Checker checker(BISTRO_ENGINE);
        QSignalSpy changes(&checker, &Checker::changed);
        const CheckReport report = checked(checker, lesson, own);
        QCOMPARE(told(report),
            (QStringList {u"+ the output has “Hello, Ada” in it."_s, u"+ the output has “Hello, Bo” in it."_s,
                u"+ the output has “100000” in it."_s, u"+ the output has “from stdin” in it."_s}));
        QVERIFY(report.allRight());
        QCOMPARE(report.answers[0].runName, u"with the argument Ada"_s);
        QCOMPARE(report.answers[0].traceFile, report.answers[2].traceFile); // equal inputs are one run
        QVERIFY(report.answers[0].traceFile != report.answers[1].traceFile);
        QVERIFY(TraceLog::open(report.answers[0].traceFile.toStdString()).has_value());
        QFile visits(own.folder() + u"/visits.txt"_s);
        QVERIFY(visits.open(QIODevice::ReadOnly));
        QCOMPARE(visits.readAll(), QByteArray("x")); // the learner's own folder stays as it is
        QVERIFY(changes.size() > 2);
        const QString trace = report.answers[0].traceFile;
        checker.check(smallLesson(), own.folder(), own.run());
        QVERIFY(!QFile::exists(trace));
    }

    void aFurtherRunThatFailsSaysSo()
    {
        Lesson lesson = smallLesson();
        lesson.check.expectations = {greets(u"Ada"_s)};
        const LearnersRun own("if (process.argv[2])\n  cook();\nconsole.log('Hello, you');");
        Checker checker(BISTRO_ENGINE);
        const CheckReport report = checked(checker, lesson, own);
        QCOMPARE(told(report),
            (QStringList {u"- an error that nobody caught ended your program in line 2: "
                          "ReferenceError: cook is not defined."_s}));
        QVERIFY(report.answers[0].show.has_value());
        QVERIFY(!report.answers[0].traceFile.isEmpty());
    }

    void linesThatRaceAreToldAndOthersRunAgainAndAgain()
    {
        Lesson lesson = smallLesson();
        lesson.check.expectations = {{.what = expect::OneOrder {.lines = {u"a"_s, u"b"_s}, .runs = 4}}};
        const LearnersRun sure("setTimeout(() => console.log('b'), 1); console.log('a');");
        Checker checker(BISTRO_ENGINE);
        QCOMPARE(told(checked(checker, lesson, sure)), (QStringList {u"+ these lines came in one order in 4 runs."_s}));
        // Nothing in the trace says so, but each run prints them in another order.
        const LearnersRun tossed(R"(const fs = require('fs');
const heads = fs.existsSync('coin');
heads ? fs.unlinkSync('coin') : fs.writeFileSync('coin', '');
console.log(heads ? 'b' : 'a'); console.log(heads ? 'a' : 'b');
)");
        const CheckReport report = checked(checker, lesson, tossed);
        QCOMPARE(told(report), (QStringList {u"- run 2 printed these lines in another order."_s}));
        QVERIFY(TraceLog::open(report.answers[0].traceFile.toStdString()).has_value());
    }

    void aScriptIsGivenTraceAndOutputAndAnswers_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("says");
        QTest::newRow("right") << QByteArray(R"(import fs from 'fs';
const events = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').map(line => JSON.parse(line));
const output = fs.readFileSync(process.argv[3], 'utf8');
const timers = events.filter(event => event.event === 'timer-created' || event.kind === 'timer-created').length;
console.log(JSON.stringify({right: timers === 2 && output === 'a\nb\n', sentence: `${timers} timers.`, show: 'line 2'}));
)") << u"+ 2 timers."_s;
        QTest::newRow("wrong") << QByteArray("console.log('{\"right\": false, \"sentence\": \"there is no soup.\"}')")
                               << u"- there is no soup."_s;
        QTest::newRow("nothing") << QByteArray("") << u"? the script check.mjs did not print one object of JSON."_s;
        QTest::newRow("no sentence") << QByteArray("console.log('{\"right\": true}')")
                                     << u"? the script check.mjs must answer \"right\" and \"sentence\"."_s;
        QTest::newRow("throws") << QByteArray("throw new Error('burnt')")
                                << u"? the script check.mjs failed: throw new Error('burnt')."_s;
    }
    void aScriptIsGivenTraceAndOutputAndAnswers()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, says);
        const QTemporaryDir folder;
        writeFile(folder.filePath(u"check.mjs"_s), script);
        Lesson lesson = smallLesson();
        lesson.folder = folder.path();
        lesson.check.expectations = {{.what = expect::Script {.file = u"check.mjs"_s}}};
        const LearnersRun own("setTimeout(() => console.log('a'), 1); setTimeout(() => console.log('b'), 2);");
        Checker checker(BISTRO_ENGINE);
        const CheckReport report = checked(checker, lesson, own);
        QCOMPARE(told(report), QStringList {says});
        QCOMPARE(report.answers[0].show.has_value(), says.startsWith(u'+'));
    }

    void aCheckThatIsCancelledLeavesNothingRunning()
    {
        Lesson lesson = smallLesson();
        lesson.check.expectations = {greets(u"Ada"_s)};
        const LearnersRun own("if (process.argv[2]) setInterval(() => {}, 1000); else console.log('Hello');");
        auto checker = std::make_unique<Checker>(BISTRO_ENGINE);
        checker->check(lesson, own.folder(), own.run());
        QVERIFY(!checker->report().isOver());
        checker->cancel();
        QVERIFY(checker->report().isOver());
        QCOMPARE(checker->report().answers[0].state, State::Unknown);
        checker->check(lesson, own.folder(), own.run());
        checker.reset(); // and what is on its way finds nobody
        QCoreApplication::processEvents();
    }

    void whoHearsAnAnswerMayCheckAnew()
    {
        Lesson lesson = smallLesson();
        lesson.check.expectations = {greets(u"Ada"_s)};
        const LearnersRun own("console.log(`Hello, ${process.argv[2]}`);");
        Checker checker(BISTRO_ENGINE);
        int checks = 0;
        QEventLoop loop;
        connect(&checker, &Checker::changed, &loop, [&] {
            if (!checker.report().isOver())
                return;
            if (++checks < 3)
                checker.check(lesson, own.folder(), own.run());
            else
                loop.quit();
        });
        checker.check(lesson, own.folder(), own.run());
        loop.exec();
        QVERIFY(checker.report().allRight());
    }

    void requestsGoOutTogetherAndAnswersComeInOrder()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QList<QTcpSocket*> guests; // that have asked, in this order
        const auto answerAll = [&] { // once all three have asked; the first is answered last
            for (auto guest = guests.rbegin(); guest != guests.rend() && guests.size() == 3; ++guest) {
                const QByteArray path = (*guest)->readAll().split(' ').value(1);
                (*guest)->write("HTTP/1.1 203 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + QByteArray::number(path.size(), 16) + "\r\n" + path + "\r\n0\r\n\r\n");
            }
        };
        connect(&server, &QTcpServer::newConnection, this, [&] {
            while (QTcpSocket* const guest = server.nextPendingConnection())
                connect(guest, &QTcpSocket::readyRead, this, [&, guest] {
                    guests += guest;
                    answerAll();
                });
        });
        Sender sender;
        QSignalSpy finished(&sender, &Sender::finished);
        sender.send(server.serverPort(), {{.path = u"/a"_s}, {.count = 2, .path = u"/bb"_s}});
        QVERIFY(!sender.isOver());
        QVERIFY(finished.wait());
        QStringList bodies;
        for (const FinishedRun::Reply& reply : sender.replies())
            bodies += QString::number(reply.status) + u' ' + QString::fromUtf8(reply.body);
        QCOMPARE(bodies, (QStringList {u"203 /a"_s, u"203 /bb"_s, u"203 /bb"_s}));
        QVERIFY(sender.isOver());
    }

    void whereNobodyListensThereIsASentence()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const quint16 port = server.serverPort();
        server.close();
        Sender sender;
        QSignalSpy finished(&sender, &Sender::finished);
        sender.send(port, {{}});
        QVERIFY(finished.wait());
        QCOMPARE(sender.replies().first().error, u"Nobody listens on port %1."_s.arg(port));
    }
};

QTEST_GUILESS_MAIN(TestChecker)
#include "tst_checker.moc"
