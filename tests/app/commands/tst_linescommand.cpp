// bistro lines, bistro save, and what bistro show and state tell of lines: in the terminal.
#include "support/billtrace.h"
#include "support/drawnlines.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace bistro;
using namespace Qt::StringLiterals;

class TestLinesCommand : public QObject {
    Q_OBJECT

private slots:
    void initTestCase()
    {
        tests::writeTrace(tests::billTrace(), m_folder.filePath(u"bill.bistro"_s).toStdString());
        tests::writeTrace(tests::smallTrace(), m_folder.filePath(u"events.bistro"_s).toStdString());
    }

    void everyLineHasItsRow()
    {
        QCOMPARE(printed({u"lines"_s, u"bill.bistro"_s}),
            QByteArray(R"rows(      2        3.000 ms  menu card.mjs:2       (call 1)  called
      3        4.000 ms  menu card.mjs:2       (call 1)
      6        7.000 ms  menu card.mjs:3       (call 1)  at its end: price = 18, tip = undefined
      9       10.000 ms  menu card.mjs:3       (call 1)  returns undefined
     10       11.000 ms  greet.js:5            (call 2)  called
     11       12.000 ms  greet.js:5            (call 2)
     14       15.000 ms  greet.js:6            (call 2)  bill = Bill 'secret-object' { total: 0, … 1 }
     19       20.000 ms  greet.js:2       add  (call 3)  called with price = 18, tip = 33
     20       21.000 ms  greet.js:2       add  (call 3)  price = 18, tip = 33
     25       26.000 ms  greet.js:3       add  (call 3)  price = 18, tip = 33, total = 51
     27       28.000 ms  greet.js:3       add  (call 3)  at its end: price = 18, tip = 33, total = 51
     28       29.000 ms  greet.js:3       add  (call 3)  returns 51
     29       30.000 ms  greet.js:7            (call 2)  bill = Bill 'secret-object' { total: 51, … 1 }
     31       32.000 ms  greet.js:9       pay  (call 4)  called with card = 'secret-value'
     32       33.000 ms  greet.js:9       pay  (call 4)  card = 'secret-value'
     35       36.000 ms  greet.js:9       pay  (call 4)  throws Error: secret-error, which is caught
     37       38.000 ms  greet.js:9       pay  (call 4)  an error leaves it
     38       39.000 ms  greet.js:8            (call 2)  bill = Bill 'secret-object' { total: 51, … 1 }
     39       40.000 ms  greet.js:2       add  (call 5)  called with price = 1, tip = 2n
     40       41.000 ms  greet.js:2       add  (call 5)  price = 1, tip = 2n
     45       46.000 ms  greet.js:2       add  (call 5)  returns 'secret-result'
     46       47.000 ms  greet.js:2       add  (call 6)  called
     47       48.000 ms  greet.js:2       add  (call 6)  and more, not recorded (after 2 times in one callback)
     48       49.000 ms  greet.js:2       add  (call 6)  returns
     49       50.000 ms  greet.js:8            (call 2)  returns undefined
     53       54.000 ms                                  no lines from here on: the limit is reached
)rows"));
    }

    void aLineHasEachOfItsVisits()
    {
        QCOMPARE(printed({u"lines"_s, u"bill.bistro"_s, u"greet.js:2"_s}),
            QByteArray(R"rows(     20       21.000 ms  greet.js:2  add  (call 3)  price = 18, tip = 33
     40       41.000 ms  greet.js:2  add  (call 5)  price = 1, tip = 2n
     47       48.000 ms  greet.js:2  add  (call 6)  and more, not recorded (after 2 times in one callback)
)rows"));
    }

    void aFileHasItsOwnRows()
    {
        const QByteArray rows = printed({u"lines"_s, u"bill.bistro"_s, u"menu card.mjs"_s});
        QCOMPARE(rows.count('\n'), 5); // and that lines end
        QVERIFY(!rows.contains("greet.js"));
        QCOMPARE(printed({u"lines"_s, u"bill.bistro"_s, u"/home/lea/menu card.mjs"_s}), rows);
        QCOMPARE(printed({u"lines"_s, u"bill.bistro"_s, u"lea/menu card.mjs"_s}), rows);
    }

    void valuesAreThoseThatOneChooses()
    {
        QCOMPARE(printed({u"lines"_s, u"bill.bistro"_s, u"greet.js:2"_s, u"--values"_s, u"tip,bill.total,total"_s}),
            QByteArray(
                R"rows(     20       21.000 ms  greet.js:2  add  (call 3)  tip = 33, bill.total = 0, total = (not set yet)
     40       41.000 ms  greet.js:2  add  (call 5)  tip = 2n, bill.total = 51, total = (not set yet)
     47       48.000 ms  greet.js:2  add  (call 6)  and more, not recorded (after 2 times in one callback)
)rows"));
        const QJsonArray stops = rowsOf(
            {u"lines"_s, u"bill.bistro"_s, u"greet.js:2"_s, u"--json"_s, u"--values"_s, u"tip,bill.total"_s});
        QCOMPARE(stops.size(), 3);
        QCOMPARE(compact(stops[0][u"values"_s]), QByteArray(R"({"bill.total":0,"tip":33})"));
        QCOMPARE(
            compact(stops[1][u"values"_s]), QByteArray(R"({"bill.total":51,"tip":{"text":"2n","type":"bigint"}})"));
    }

    void eachRowIsAnObject()
    {
        const QJsonArray rows = rowsOf({u"lines"_s, u"bill.bistro"_s, u"--json"_s});
        QStringList events;
        for (const QJsonValue& row : rows) {
            events += row[u"event"_s].toString();
            QVERIFY(row[u"index"_s].isDouble() && row[u"time"_s].isDouble());
        }
        QCOMPARE(events.join(u' '),
            u"called statement return returned called statement statement called statement statement return returned "
            "statement called statement thrown threw statement called statement returned called skipped returned "
            "returned ended"_s);
        QCOMPARE(compact(rows[7]),
            QByteArray(R"({"arguments":{"price":18,"tip":33},"call":3,"column":3,"depth":1,"event":"called",)"
                       R"("file":"/home/lea/greet.js","function":"add","index":19,"line":2,"time":20000000})"));
        QCOMPARE(compact(rows[9][u"values"_s]),
            QByteArray(R"({"bill":{"object":1,"text":"Bill 'secret-object' { total: 0, … 1 }","type":"object"},)"
                       R"("price":18,"tip":33,"total":51})"));
        QCOMPARE(rows[11][u"value"_s].toInteger(), 51);
        QCOMPARE(rows[15][u"fate"_s].toString(), u"caught"_s);
        QCOMPARE(
            compact(rows[15][u"value"_s]), QByteArray(R"({"object":2,"text":"Error: secret-error","type":"error"})"));
        QCOMPARE(rows[20][u"value"_s].toString(), u"secret-result"_s);
        QCOMPARE(rows[22][u"visits"_s].toInteger(), 2);
        QVERIFY(rows[23][u"value"_s].isUndefined()); // nothing told of it
        QCOMPARE(compact(rows[25]), QByteArray(R"({"event":"ended","index":53,"reason":"limit","time":54000000})"));
    }

    void exactCountsAreRows()
    {
        tests::writeTrace(tests::drawnLinesFile("( 1 2 skip ) count@1:1=1 count@2:1=5000 count@2:7=5000"),
            m_folder.filePath(u"counted.bistro"_s).toStdString());
        const QByteArray all = printed({u"lines"_s, u"counted.bistro"_s});
        QVERIFY2(all.endsWith("cafe.js:2            ran 5,000 times in all\n"), all.constData());
        QCOMPARE(all.count(" times in all"), 1);
        QVERIFY2(all.contains("cafe.js:1            ran once in all\n"), all.constData()); // one row of each line
        const QByteArray one = printed({u"lines"_s, u"counted.bistro"_s, u"cafe.js:2"_s});
        QCOMPARE(one.count(" times in all"), 1);
        const QJsonArray rows = rowsOf({u"lines"_s, u"counted.bistro"_s, u"cafe.js:2"_s, u"--json"_s});
        QCOMPARE(rows.last()[u"event"_s].toString(), u"counted"_s);
        QCOMPARE(rows.last()[u"visits"_s].toInteger(), 5'000);
    }

    void whatIsMissingIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char* name, const QStringList& arguments, const char* sentence) {
            QTest::newRow(name) << arguments << QByteArray(sentence);
        };
        row("no lines", {u"events.bistro"_s},
            "There are no lines in \"events.bistro\". To record some, type: bistro run --detail lines FILE");
        row("no such file", {u"bill.bistro"_s, u"pay.js"_s},
            "There is no line of \"pay.js\" in \"bill.bistro\". There are lines of menu card.mjs and greet.js.");
        row("part of a name", {u"bill.bistro"_s, u"reet.js"_s},
            "There is no line of \"reet.js\" in \"bill.bistro\". There are lines of menu card.mjs and greet.js.");
        row("no such line before lines end", {u"bill.bistro"_s, u"greet.js:4"_s},
            "Line 4 may have run. No line was recorded after 54 ms.");
        row("no such name", {u"bill.bistro"_s, u"greet.js:2"_s, u"--values"_s, u"price,prcie"_s},
            "There is no \"prcie\" there. Visible are: bill, price, tip and total.");
        row("no such trace", {u"none"_s}, "There is no file \"none\". Check the name.");
    }

    void whatIsMissingIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, sentence);
        const Result result = bistro(QStringList {u"lines"_s} + arguments);
        QCOMPARE(result.errorOutput, "bistro: " + sentence + '\n');
        QCOMPARE(result.output, "");
        QCOMPARE(result.code, 1);
    }

    void aLineThatMayHaveRunUnseenIsSaidToBe()
    {
        tests::writeTrace(tests::drawnLinesFile("( 1 3 2 3 2 skip@2:3 f( 6 ) )", "/home/lea/cafe.js",
                              "let n = 0;\n  n++; // 2\nfor (const x of y) {\n}\nfunction f() {\n  a();\n}\nb();\n"),
            m_folder.filePath(u"unseen.bistro"_s).toStdString());
        const auto said = [&](const QString& line) {
            return bistro({u"lines"_s, u"unseen.bistro"_s, u"cafe.js:"_s + line}).errorOutput;
        };
        QCOMPARE(said(u"8"_s),
            "bistro: Line 8 may have run. After line 2 had run 100 times in one callback, nothing more of the code "
            "around it was recorded.\n");
        QCOMPARE(said(u"4"_s), "bistro: Line 4 of \"cafe.js\" was not reached. These lines were: 1 to 3 and 6.\n");
        QCOMPARE(said(u"5"_s),
            "bistro: Line 5 begins a function. No statement of that line runs by itself. Ask for a line inside.\n");
        QVERIFY(!printed({u"lines"_s, u"unseen.bistro"_s, u"cafe.js:1"_s}).contains("and more"));
        QVERIFY(printed({u"lines"_s, u"unseen.bistro"_s, u"cafe.js:3"_s}).contains("and more"));
        tests::writeTrace(tests::drawnLinesFile("( 1 ended", "/home/lea/cafe.js", "let n = 0;\nb();\n\n"),
            m_folder.filePath(u"ended.bistro"_s).toStdString());
        QCOMPARE(bistro({u"lines"_s, u"ended.bistro"_s, u"cafe.js:2"_s}).errorOutput,
            "bistro: Line 2 may have run. No line was recorded after 4 µs.\n");
        QCOMPARE(bistro({u"lines"_s, u"ended.bistro"_s, u"cafe.js:3"_s}).errorOutput,
            "bistro: Line 3 of \"cafe.js\" was not reached. These lines were: 1.\n");
    }

    void aPropertyThatNeverWasIsSaidAtTheEnd()
    {
        const Result result = bistro({u"lines"_s, u"bill.bistro"_s, u"greet.js:2"_s, u"--values"_s, u"bill.tip"_s});
        QCOMPARE(result.output.count('\n'), 3);
        QCOMPARE(result.errorOutput, "bistro: There was never a value of \"bill.tip\" there.\n");
        QCOMPARE(result.code, 1);
    }

    void twoFilesOfOneNameAreTold()
    {
        tests::TraceFile file;
        const trace::TextId one = file.text("/home/lea/a/index.js");
        const trace::TextId other = file.text("/home/lea/b/index.js");
        for (const trace::TextId script : {one, other}) {
            const trace::StackId at = file.frame({.script = script, .line = 1, .column = 1});
            file.event({.kind = trace::EventKind::CallEntered, .small = 1, .stack = at.value, .a = script.value});
            file.event({.kind = trace::EventKind::LineReached, .small = 1, .stack = at.value, .a = script.value});
        }
        tests::writeTrace(file, m_folder.filePath(u"two.bistro"_s).toStdString());
        QCOMPARE(bistro({u"lines"_s, u"two.bistro"_s, u"index.js:1"_s}).errorOutput,
            "bistro: \"index.js\" may be /home/lea/a/index.js or /home/lea/b/index.js. Write more of the path.\n");
        QVERIFY(printed({u"lines"_s, u"two.bistro"_s, u"b/index.js:1"_s}).contains("/home/lea/b/index.js:1"));
    }

    void showTellsOfLinesToo()
    {
        const QByteArray rows = printed({u"show"_s, u"--internals"_s, u"bill.bistro"_s});
        for (const char* const part :
            {"  call-entered  entry called, call 3, function \"add\", caller 2  at greet.js:2:3\n",
                "  line-reached  point statement, call 3, visible \"price tip total bill\"  at greet.js:2:3\n",
                "  variable-set  scope parameter, level 0, name \"price\", value \"18\"\n",
                "  call-left  end returned, call 3, value \"51\"\n",
                "  error-thrown  fate caught, call 4, value \"Error: secret-error\", object 2  at greet.js:9:3\n"})
            QVERIFY2(rows.contains(part), part);
        // JSON has all of it.
        QVERIFY(printed({u"show"_s, u"--json"_s, u"bill.bistro"_s})
                .contains(R"("visible":"local 0 bill\nclosure 100 price")"));
    }

    void stateHasTheFunctionsWithTheirVariables()
    {
        const QString index = QString::number(
            rowsOf({u"lines"_s, u"bill.bistro"_s, u"greet.js:3"_s, u"--json"_s})[0][u"index"_s].toInteger());
        const QByteArray page = printed({u"state"_s, u"bill.bistro"_s, u"--at"_s, index});
        QVERIFY2(page.contains(
                     "\nLines, innermost first\n  add  greet.js:3  price = 18, tip = 33, total = 51\n  (top level)  "
                     "greet.js:6  bill = "),
            page.constData());
        const QJsonObject state
            = QJsonDocument::fromJson(printed({u"state"_s, u"bill.bistro"_s, u"--json"_s, u"--at"_s, index})).object();
        QCOMPARE(state[u"frames"_s][0][u"values"_s][u"total"_s].toInteger(), 51);
    }

    void aCopyIsSavedWithoutValues()
    {
        QCOMPARE(printed({u"save"_s, u"bill.bistro"_s, u"all.bistro"_s}), "");
        QCOMPARE(bytesOf(u"all.bistro"_s), bytesOf(u"bill.bistro"_s));
        QCOMPARE(printed({u"save"_s, u"--without-values"_s, u"bill.bistro"_s, u"few.bistro"_s}), "");
        QVERIFY(bytesOf(u"bill.bistro"_s).contains("secret-value"));
        for (const std::string_view secret : tests::kSecrets)
            QVERIFY2(
                !bytesOf(u"few.bistro"_s).contains(QByteArray(secret.data(), static_cast<qsizetype>(secret.size()))),
                secret.data());
        // Lines and calls are there, and who looks sees that there was a value.
        QCOMPARE(printed({u"lines"_s, u"few.bistro"_s, u"greet.js:9"_s}),
            "     32       33.000 ms  greet.js:9  pay  (call 4)  card = …\n");
        QCOMPARE(printed({u"lines"_s, u"few.bistro"_s, u"greet.js:7"_s}),
            "     29       30.000 ms  greet.js:7  (call 2)  bill = { … 2 }\n");
        const QJsonArray rows = rowsOf({u"lines"_s, u"few.bistro"_s, u"--json"_s, u"greet.js:9"_s});
        QCOMPARE(compact(rows[0][u"values"_s][u"card"_s]), QByteArray(R"({"text":"","type":"withheld"})"));
        QCOMPARE(rowsOf({u"lines"_s, u"few.bistro"_s, u"--json"_s}).size(),
            rowsOf({u"lines"_s, u"bill.bistro"_s, u"--json"_s}).size());
    }

    void whatIsNoTraceIsNotSaved()
    {
        QFile text(m_folder.filePath(u"text.txt"_s));
        QVERIFY(text.open(QIODevice::WriteOnly) && text.write("hello") == 5);
        text.close();
        for (const QString& option : {u"--without-values"_s, u"--"_s}) {
            const Result result = bistro({u"save"_s, option, u"text.txt"_s, u"copy.txt"_s});
            QCOMPARE(result.errorOutput, "bistro: The file \"text.txt\" is not a trace of Bistro.\n");
            QCOMPARE(result.code, 1);
        }
        QVERIFY(!QFile::exists(m_folder.filePath(u"copy.txt"_s)));
        QCOMPARE(bistro({u"save"_s, u"bill.bistro"_s, u"bill.bistro"_s}).errorOutput,
            "bistro: \"bill.bistro\" is the recorded run itself. Give the copy another name.\n");
    }

private:
    struct Result {
        QByteArray output;
        QByteArray errorOutput;
        int code = -1;
    };

    Result bistro(const QStringList& arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral(BISTRO_COMMAND), arguments);
        process.closeWriteChannel();
        if (!process.waitForFinished())
            return {};
        return {.output = process.readAllStandardOutput(),
            .errorOutput = process.readAllStandardError(),
            .code = process.exitCode()};
    }

    // Of what succeeds.
    QByteArray printed(const QStringList& arguments) const
    {
        const Result result = bistro(arguments);
        return result.code == 0 ? result.output : "failed: " + result.errorOutput;
    }

    QJsonArray rowsOf(const QStringList& arguments) const
    {
        QJsonArray rows;
        for (const QByteArray& line : printed(arguments).trimmed().split('\n'))
            rows += QJsonDocument::fromJson(line).object();
        return rows;
    }

    static QByteArray compact(const QJsonValue& value)
    {
        return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
    }

    QByteArray bytesOf(const QString& name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestLinesCommand)
#include "tst_linescommand.moc"
