#include "state/linesjson.h"
#include "state/statejson.h"

#include "support/drawnlines.h"

#include <QJsonDocument>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

QByteArray compact(const QJsonValue& value)
{
    return QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact).sliced(1).chopped(1);
}

QByteArray without(QJsonObject frame, const QString& key)
{
    frame.remove(key);
    return compact(frame);
}

} // namespace

class TestLinesJson : public QObject {
    Q_OBJECT

private slots:
    void aPrimitiveIsAValueWhereJsonHasIt_data()
    {
        QTest::addColumn<QByteArray>("printed");
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char* printed, const char* json) {
            QTest::newRow(printed) << QByteArray(printed) << QByteArray(json);
        };
        row("18", "18");
        row("-1.5e-7", "-1.5e-07");
        row("1e+21", "1e+21");
        row("true", "true");
        row("false", "false");
        row("null", "null");
        row("'soup'", "\"soup\"");
        row("''", "\"\"");
        row("\"it's\"", "\"it's\"");
        row("`it's \"hot\"`", "\"it's \\\"hot\\\"\"");
        row("'it\\'s \\\\ \\n \\x1B \\u2028'", "\"it's \\\\ \\n \\u001b \u2028\"");
        row("'süß'", "\"süß\"");
        row("undefined", R"({"text":"undefined","type":"undefined"})");
        row("-0", R"({"text":"-0","type":"number"})");
        row("NaN", R"({"text":"NaN","type":"number"})");
        row("-Infinity", R"({"text":"-Infinity","type":"number"})");
        row("123n", R"({"text":"123n","type":"bigint"})");
        row("Symbol(soup)", R"j({"text":"Symbol(soup)","type":"symbol"})j");
        // Of hostile traces.
        row("\'", "{\"text\":\"\'\",\"type\":\"string\"}");
        row("Error: oh", R"({"text":"Error: oh","type":"other"})");
        row("'a\\'", R"({"text":"'a\\'","type":"string"})");
        row("'\\xZZ'", R"({"text":"'\\xZZ'","type":"string"})");
    }

    void aPrimitiveIsAValueWhereJsonHasIt()
    {
        QFETCH(QByteArray, printed);
        QFETCH(QByteArray, json);
        const auto log = tests::drawnLines("main( 1");
        const Lines lines(*log);
        QCOMPARE(compact(valueObject(lines, {.text = printed.toStdString(), .told = 0}, 2)), json);
    }

    void whatIsNotWholeIsNoValueOfItsKind()
    {
        const auto log = tests::drawnLines("main( 1");
        const Lines lines(*log);
        QCOMPARE(compact(valueObject(lines, {.text = "'so'", .cut = true, .told = 0}, 2)),
            QByteArray(R"({"cut":true,"text":"'so'","type":"string"})"));
        QCOMPARE(compact(valueObject(lines, {.text = "1234", .cut = true, .told = 0}, 2)),
            QByteArray(R"({"cut":true,"text":"1234","type":"number"})"));
        QCOMPARE(compact(valueObject(lines, {.told = 0}, 2)), QByteArray(R"({"text":"","type":"unset"})"));
        QCOMPARE(
            compact(valueObject(lines, {.cut = true, .told = 0}, 2)), QByteArray(R"({"text":"","type":"withheld"})"));
        QCOMPARE(compact(valueObject(lines, {}, 2)), QByteArray(R"({"text":"","type":"unknown"})"));
    }

    void twoNamesForOneObjectHaveOneNumber()
    {
        const auto log = tests::drawnLines("main( 1|a,b a=#1 #1:array:Array/1/0 #1[0]=5 b=#1");
        Lines lines(*log);
        lines.refresh();
        QCOMPARE(compact(valuesObject(lines, {1}, log->size())),
            QByteArray(
                R"({"a":{"object":1,"text":"[ 5 ]","type":"array"},"b":{"object":1,"text":"[ 5 ]","type":"array"}})"));
    }

    void ofTwoVariablesOfOneNameTheInnerOneCounts()
    {
        const auto log = tests::drawnLines("main( 1|1.a,a,100.a 1.a=1 a=2 100.a=3");
        Lines lines(*log);
        lines.refresh();
        QCOMPARE(compact(valuesObject(lines, {1}, log->size())), QByteArray(R"({"a":1})"));
    }

    void aFileThatIsNamedByUrlHasItsPath()
    {
        QCOMPARE(pathOfScript("/home/lea/a b.js"), u"/home/lea/a b.js"_s);
        QCOMPARE(pathOfScript("file:///home/lea/a%20b.mjs"), u"/home/lea/a b.mjs"_s);
        QCOMPARE(pathOfScript("evalmachine.<anonymous>"), u"evalmachine.<anonymous>"_s);
    }

    void aStateHasTheFramesThatRun()
    {
        const auto log = tests::drawnLines("main( 7|a a=1 add( 2|b,100.a b=5 100.a=1 3|b,100.a b=6");
        const QJsonObject object = stateAt(*log, log->size());
        const QJsonArray frames = object[u"frames"_s].toArray();
        QCOMPARE(frames.size(), 2);
        QCOMPARE(compact(frames[0]),
            QByteArray(
                R"({"call":2,"column":1,"file":"/home/lea/cafe.js","function":"add","line":3,"summary":"b = 6","values":{"a":1,"b":6}})"));
        QCOMPARE(compact(frames[1]),
            QByteArray(
                R"({"call":1,"column":1,"file":"/home/lea/cafe.js","function":"main","line":7,"summary":"a = 1","values":{"a":1}})"));
        QVERIFY(object[u"pausedFrames"_s].toArray().isEmpty());
    }

    // Also when one asks for the state after the stop itself, whose values are told right after it.
    void whatAStopTellsBelongsToIt()
    {
        const auto log = tests::drawnLines("main( 7|a a=1 8|a a=2 out");
        QCOMPARE(stateAt(*log, 4)[u"frames"_s][0][u"values"_s][u"a"_s].toInteger(), 2); // number 3 is the stop
        QCOMPARE(stateAt(*log, 3)[u"frames"_s][0][u"values"_s][u"a"_s].toInteger(), 1);
        QCOMPARE(stateAt(*log, 6)[u"frames"_s][0][u"line"_s].toInteger(), 8);
    }

    void aStateHasTheFramesThatWait()
    {
        const auto log = tests::drawnLines("pay( 7|a a=1 ~ add( 2|b b=5");
        const QJsonObject object = stateAt(*log, log->size());
        QCOMPARE(object[u"frames"_s].toArray().size(), 1);
        QCOMPARE(object[u"frames"_s][0][u"function"_s].toString(), u"add"_s);
        QCOMPARE(object[u"pausedFrames"_s].toArray().size(), 1);
        QCOMPARE(without(object[u"pausedFrames"_s][0].toObject(), u"file"_s),
            QByteArray(R"({"call":1,"column":1,"function":"pay","line":7,"summary":"a = 1","values":{"a":1}})"));
    }

    void aFrameThatWaitsHasWhatItGoesOnWith()
    {
        const auto log = tests::drawnLines("pay( 7 ~ add( 2 ~ out add~( throw ! pay~( given=8 9");
        const QJsonArray paused = stateAt(*log, 7)[u"pausedFrames"_s].toArray();
        QCOMPARE(without(paused[0].toObject(), u"file"_s),
            QByteArray(R"({"call":2,"column":1,"function":"add","goesOnText":"'oh'","line":2,"summary":"",)"
                       R"("throws":"oh","values":{}})"));
        QCOMPARE(without(paused[1].toObject(), u"file"_s),
            QByteArray(R"({"call":1,"column":1,"function":"pay","goesOnText":"8","goesOnWith":8,"line":7,)"
                       R"("summary":"","values":{}})"));
    }

    void withoutLinesThereAreNoFrames()
    {
        const auto log = tests::drawnLines("out out");
        Lines lines(*log);
        lines.refresh();
        const QJsonObject object = stateObject(*log, log->stateAt(2), &lines);
        QVERIFY(object[u"frames"_s].isArray() && object[u"frames"_s].toArray().isEmpty());
        QVERIFY(!stateObject(*log, log->stateAt(2)).contains("frames"_L1));
    }

private:
    static QJsonObject stateAt(const TraceLog& log, Index place)
    {
        Lines lines(log);
        lines.refresh();
        return stateObject(log, log.stateAt(place), &lines);
    }
};

QTEST_APPLESS_MAIN(TestLinesJson)
#include "tst_linesjson.moc"
