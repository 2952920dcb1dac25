// bistro predict, as it is typed: what is asked, what is read, what is said.
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Typed {
    QString output;
    QString errors;
    int code = -1;
};

Typed predict(const QByteArray& program, const QByteArray& typed, const QStringList& arguments = {})
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"lesson.js"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(program) != program.size())
        qFatal("Cannot write the program.");
    file.close();
    QProcess bistro;
    bistro.setWorkingDirectory(folder.path());
    bistro.start(QStringLiteral(BISTRO_COMMAND), QStringList {u"predict"_s, u"lesson.js"_s} + arguments);
    bistro.write(typed);
    bistro.closeWriteChannel();
    bistro.waitForFinished(100'000);
    return {.output = QString::fromUtf8(bistro.readAllStandardOutput()),
        .errors = QString::fromUtf8(bistro.readAllStandardError()),
        .code = bistro.exitCode()};
}

const QByteArray kProgram = R"(
setTimeout(function bread() { console.log('bread'); }, 5);
setTimeout(function coffee() { console.log('coffee'); }, 400);
process.nextTick(function tick() { console.log(process.argv[2] ?? 'tick'); });
console.log('open');
)";

} // namespace

class TestPredictCommand : public QObject {
    Q_OBJECT

private slots:
    void rightAndWrongAnswersAreCounted();
    void whatIsNoNumberIsAskedAgain();
    void qAndTheEndOfInputEndIt();
    void argumentsAreForTheProgram();
    void aProgramWithoutQuestionsSaysSo();
    void aFileThatIsNotThereIsRefused();
};

void TestPredictCommand::rightAndWrongAnswersAreCounted()
{
    const Typed said = predict(kProgram, "3\n2\n"); // as placed: bread, coffee, tick
    QCOMPARE(said.code, 0);
    QCOMPARE(said.errors, QString());
    QVERIFY2(said.output.contains(u"Question 1 of 2: who is next?\n  1  bread, timer, lesson.js:2\n  2  coffee, timer, "
                                  "lesson.js:3\n  3  tick, tick, lesson.js:4\n"_s),
        qPrintable(said.output));
    QVERIFY(said.output.contains(u"Right: tick is next."_s));
    QVERIFY(said.output.contains(u"No: bread is next."_s));
    QVERIFY2(said.output.contains(u"Your score: 1 of 2."_s), qPrintable(said.output));
    // Of the program's output what had been printed by then.
    const qsizetype first = said.output.indexOf(u"Question 1"_s);
    const qsizetype second = said.output.indexOf(u"Question 2"_s);
    QVERIFY(said.output.indexOf(u"  | open"_s) < first);
    QVERIFY(said.output.indexOf(u"  | tick"_s) > first && said.output.indexOf(u"  | tick"_s) < second);
    QVERIFY(said.output.indexOf(u"  | coffee"_s) > second);
}

void TestPredictCommand::whatIsNoNumberIsAskedAgain()
{
    const Typed said = predict(kProgram, "soup\n0\n4\n-1\n3\nq\n");
    QCOMPARE(said.output.count(u"Type a number from 1 to 3, or q to end."_s), 4);
    QVERIFY(said.output.contains(u"Your score: 1 of 1."_s));
}

void TestPredictCommand::qAndTheEndOfInputEndIt()
{
    for (const char* const typed : {"q\n", ""}) {
        const Typed said = predict(kProgram, typed);
        QCOMPARE(said.code, 0);
        QVERIFY(!said.output.contains(u"Question 2"_s));
        QVERIFY(!said.output.contains(u"score"_s));
    }
}

void TestPredictCommand::argumentsAreForTheProgram()
{
    const Typed said = predict(kProgram, "3\n1\n", {u"hello there"_s});
    QVERIFY2(said.output.contains(u"  | hello there\n"_s), qPrintable(said.output));
    QVERIFY(said.output.contains(u"Your score: 2 of 2."_s));
}

void TestPredictCommand::aProgramWithoutQuestionsSaysSo()
{
    const Typed said = predict("console.log('hello');", {});
    QCOMPARE(said.code, 0);
    QVERIFY(said.output.contains(u"There is nothing to ask"_s));
    QVERIFY(said.output.contains(u"  | hello\n"_s));
}

void TestPredictCommand::aFileThatIsNotThereIsRefused()
{
    QProcess bistro;
    bistro.start(QStringLiteral(BISTRO_COMMAND), {u"predict"_s, u"no-such-file.js"_s});
    bistro.waitForFinished(100'000);
    QVERIFY(bistro.exitCode() != 0);
    QVERIFY(bistro.readAllStandardError().contains("no-such-file.js"));
}

QTEST_GUILESS_MAIN(TestPredictCommand)
#include "tst_predictcommand.moc"
