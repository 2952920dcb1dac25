#include "support/tracefile.h"
#include "trace/text.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace bistro::trace;
using bistro::tests::smallTrace;
using bistro::tests::TraceFile;

namespace {

std::string lines(const TraceFile& file)
{
    const auto reader = Reader::openBytes(file.bytes());
    std::string out;
    for (std::uint64_t i = 0; i < reader->size(); ++i) {
        appendLine(out, *reader, {i}, reader->event({i}));
        out += '\n';
    }
    return out;
}

std::string json(const TraceFile& file)
{
    const auto reader = Reader::openBytes(file.bytes());
    std::string out;
    Execution execution;
    for (std::uint64_t i = 0; i < reader->size(); ++i) {
        const Record record = reader->event({i});
        appendJson(out, *reader, {i}, record, execution.advance(record));
        out += '\n';
    }
    return out;
}

// One output of this text.
TraceFile saying(std::string_view text)
{
    TraceFile file;
    const TextId id = file.text(text);
    file.event({.kind = EventKind::Output, .small = 1, .a = id.value, .b = static_cast<std::uint32_t>(text.size())});
    return file;
}

QString saidInJson(std::string_view text)
{
    const auto document = QJsonDocument::fromJson(QByteArray::fromStdString(json(saying(text))));
    return document.object().value(QLatin1String("text")).toString();
}

std::string saidInLine(std::string_view text)
{
    const std::string line = lines(saying(text));
    const auto from = line.find("text ") + 5;
    return line.substr(from, line.find(", bytes") - from);
}

} // namespace

class TestText : public QObject {
    Q_OBJECT

private slots:
    void ofWhatALineCanSeePeopleReadTheNames()
    {
        TraceFile file;
        const TextId script = file.text("/home/lea/greet.js");
        const TextId visible = file.text("local 0 total\nclosure 100 bill");
        const StackId at = file.frame({.script = script, .line = 9, .column = 3});
        file.event({.kind = EventKind::LineReached, .small = 1, .stack = at.value, .a = 3, .b = visible.value});
        const std::string line = lines(file);
        QVERIFY2(line.ends_with("line-reached  point statement, call 3, visible \"total bill\"  at "
                                "/home/lea/greet.js:9:3\n"),
            line.c_str());
        QVERIFY(json(file).contains(R"("visible":"local 0 total\nclosure 100 bill")"));
        TraceFile hostile;
        const TextId odd = hostile.text("\n\nlocal\n 0 \n");
        hostile.event({.kind = EventKind::LineReached, .small = 1, .a = 3, .b = odd.value});
        QVERIFY2(lines(hostile).ends_with("visible \"local \"\n"), lines(hostile).c_str());
    }

    void aLineSaysWhenWhatAndWhere()
    {
        QCOMPARE(lines(smallTrace()),
            "      0        0.000 ms   run-started  workers 4, pid 4711, directory \"/home/lea\"\n"
            "      1        1.000 ms   callback-started  async 1\n"
            "      2        3.204 ms   timer-created  async 7, trigger 1, callback \"greet\", delay 5  at greet "
            "(lesson.js:12:5)\n"
            "      3        3.300 ms   callback-finished  async 1\n"
            "      4        4.000 ms   phase-entered  phase poll, iteration 1, reason timer-due, timeout 5\n"
            "      5        9.000 ms   output  stream stdout, text \"greet\", bytes 5  at greet (lesson.js:12:5)\n"
            "      6        9.500 ms   garbage-collected  collection scavenge, nanoseconds 4294967301\n"
            "      7        9.500 ms  ~run-ended  end signal, code 9\n");
    }

    void anObjectHoldsTheFieldsUnderTheirNames()
    {
        QCOMPARE(json(smallTrace()),
            R"({"index":0,"time":0,"event":"run-started","workers":4,"pid":4711,"arguments":"","versions":"","directory":"/home/lea","execution":0,"stack":[]})"
            "\n"
            R"({"index":1,"time":1000000,"event":"callback-started","async":1,"execution":1,"stack":[]})"
            "\n"
            R"({"index":2,"time":3204567,"event":"timer-created","async":7,"trigger":1,"callback":"greet","delay":5,"execution":1,"stack":[)"
            R"({"function":"","script":"node:internal/timers","line":3,"column":4},{"function":"greet","script":"/home/lea/lesson.js","line":12,"column":5},)"
            R"({"function":"","script":"/home/lea/lesson.js","line":20,"column":1}]})"
            "\n"
            R"({"index":3,"time":3300000,"event":"callback-finished","undrained":0,"async":1,"execution":1,"stack":[]})"
            "\n"
            R"({"index":4,"time":4000000,"event":"phase-entered","phase":"poll","iteration":1,"reason":"timer-due","timeout":5,"execution":0,"stack":[]})"
            "\n"
            R"({"index":5,"time":9000000,"event":"output","stream":"stdout","text":"greet","bytes":5,"execution":0,"stack":[)"
            R"({"function":"greet","script":"/home/lea/lesson.js","line":12,"column":5},{"function":"","script":"/home/lea/lesson.js","line":20,"column":1}]})"
            "\n"
            R"({"index":6,"time":9500000,"event":"garbage-collected","collection":"scavenge","nanoseconds":4294967301,"execution":0,"stack":[]})"
            "\n"
            R"({"index":7,"time":9500000,"event":"run-ended","end":"signal","code":9,"inferred":true,"execution":0,"stack":[]})"
            "\n");
    }

    void flagsAreSaidWhenSet()
    {
        TraceFile file;
        file.event({.kind = EventKind::TimerCreated, .flags = FlagRepeat | FlagUnreferenced, .a = 3});
        QCOMPARE(lines(file), "      0        0.000 ms   timer-created  async 3, delay 0, repeat, unreferenced\n");
        QCOMPARE(json(file),
            "{\"index\":0,\"time\":0,\"event\":\"timer-created\",\"async\":3,\"trigger\":0,\"callback\":\"\",\"delay\":"
            "0,\"repeat\":true,\"unreferenced\":true,\"execution\":0,\"stack\":[]}\n");
    }

    void aNegativeTimeoutIsForEver()
    {
        TraceFile file;
        file.event({.kind = EventKind::PhaseEntered, .small = 3, .a = 2, .b = 7, .c = 0xFFFFFFFF});
        QCOMPARE(lines(file),
            "      0        0.000 ms   phase-entered  phase poll, iteration 2, reason kernel-only, timeout -1\n");
    }

    void nothingInALineSteersTheTerminal()
    {
        QCOMPARE(saidInLine("a\x1b[31m\n\t\x07\"\\"), "\"a\\u{1b}[31m\\n\\t\\u{7}\\\"\\\\\"");
        QCOMPARE(saidInLine("\u202Egnp.exe"), "\"\\u{202e}gnp.exe\"");
        QCOMPARE(saidInLine("\u2066\u200B\uFEFF\u0085"), "\"\\u{2066}\\u{200b}\\u{feff}\\u{85}\"");
        QCOMPARE(saidInLine("caf\u00E9 \U0001F35D"), "\"caf\u00E9 \U0001F35D\"");
        QCOMPARE(saidInLine("\xff\xc3("), "\"\\xff\\xc3(\"");
    }

    void aLongTextIsCutInALineAndWholeInAnObject()
    {
        const std::string text(150, 'x');
        const std::string longText = text + std::string(49, 'y') + "\u00E9" + text;
        QCOMPARE(saidInLine(longText), '"' + text + std::string(49, 'y') + "…\"");
        QCOMPARE(saidInJson(longText), QString::fromStdString(longText));
    }

    void everyByteComesThroughJson_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("text");
        const QString bad(QChar(0xFFFD));
        QTest::newRow("quotes") << QByteArray("a\"b\\c/d") << QStringLiteral("a\"b\\c/d");
        QTest::newRow("control") << QByteArray("\0\1\n\r\t\x1f\x7f", 7) << QString::fromLatin1("\0\1\n\r\t\x1f\x7f", 7);
        QTest::newRow("lone byte") << QByteArray("a\xff"
                                                 "b")
                                   << QString(QLatin1Char('a') + bad + QLatin1Char('b'));
        QTest::newRow("cut sequence") << QByteArray("\xe2\x82") << bad;
        QTest::newRow("cut by another") << QByteArray("\xe2\x82"
                                                      "a")
                                        << QString(bad + QLatin1Char('a'));
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80") << QString(bad + bad + bad);
        QTest::newRow("overlong") << QByteArray("\xc0\xaf") << QString(bad + bad);
        QTest::newRow("above Unicode") << QByteArray("\xf4\x90\x80\x80") << QString(bad + bad + bad + bad);
        QTest::newRow("highest") << QByteArray("\xf4\x8f\xbf\xbf") << QString::fromUtf8("\xf4\x8f\xbf\xbf");
    }

    void everyByteComesThroughJson()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, text);
        QCOMPARE(saidInJson(bytes.toStdString()), text);
    }

    void anErrorThatLeavesSeveralCallbacksEndsThemAll()
    {
        Execution execution;
        const auto at = [&execution](EventKind kind, std::uint32_t id) {
            return execution.advance({.kind = kind, .a = id}).value;
        };
        QCOMPARE(at(EventKind::TickQueued, 5), 0u);
        QCOMPARE(at(EventKind::CallbackStarted, 1), 1u);
        QCOMPARE(at(EventKind::CallbackStarted, 2), 2u);
        QCOMPARE(at(EventKind::CallbackStarted, 3), 3u);
        QCOMPARE(at(EventKind::CallbackFinished, 9), 3u); // never started: nothing changes
        QCOMPARE(at(EventKind::CallbackFinished, 2), 2u);
        QCOMPARE(at(EventKind::TickQueued, 5), 1u);
        QCOMPARE(at(EventKind::CallbackFinished, 1), 1u);
        QCOMPARE(at(EventKind::TickQueued, 5), 0u);
    }

    void aModulesUrlIsShownAsAPath()
    {
        TraceFile file;
        const TextId directory = file.text("/home/lea");
        const TextId script = file.text("file:///home/lea/a/b.mjs");
        const StackId stack = file.frame({.function = {}, .script = script, .line = 1, .column = 2, .caller = {}});
        file.event({.kind = EventKind::RunStarted, .small = 4, .stack = stack.value, .a = 1, .d = directory.value});
        QCOMPARE(lines(file),
            "      0        0.000 ms   run-started  workers 4, pid 1, directory \"/home/lea\"  at a/b.mjs:1:2\n");
    }
};

QTEST_APPLESS_MAIN(TestText)
#include "tst_text.moc"
