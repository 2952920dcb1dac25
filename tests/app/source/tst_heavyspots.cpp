#include "source/heavyspots.h"

#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

QString drawn(const std::vector<HeavySpot>& spots)
{
    QStringList words;
    for (const HeavySpot& spot : spots) {
        const char* kind = "";
        switch (spot.kind) {
        case HeavyKind::SyncCall: kind = "sync"; break;
        case HeavyKind::EndlessLoop: kind = "endless"; break;
        case HeavyKind::Pattern: kind = "pattern"; break;
        case HeavyKind::Json: kind = "json"; break;
        case HeavyKind::Loop: kind = "loop"; break;
        }
        words << u"%1 %2:%3"_s.arg(QLatin1StringView(kind), QString::fromStdString(spot.name)).arg(spot.line);
    }
    return words.join(u", "_s);
}

} // namespace

class TestHeavySpots : public QObject {
    Q_OBJECT

private slots:
    void whatAFunctionDoesIsSeenInItsText_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("spots");
        QTest::newRow("nothing") << QByteArray("console.log('soup')") << QString();
        QTest::newRow("a synchronous call") << QByteArray("fs.readFileSync('menu')") << u"sync readFileSync:2"_s;
        QTest::newRow("one of the program's own that is called so")
            << QByteArray("tasteSync('menu'); function tasteSync() { console.log(1) }") << QString();
        QTest::newRow("one that is not Node's") << QByteArray("library.stirSync()") << QString();
        QTest::newRow("waiting for memory") << QByteArray("Atomics.wait(a, 0, 0)") << u"sync Atomics.wait:2"_s;
        QTest::newRow("JSON") << QByteArray("const menu = JSON.parse(text)") << u"json JSON.parse:2"_s;
        QTest::newRow("a loop") << QByteArray("for (const dish of dishes) cook(dish)") << u"loop for:2"_s;
        QTest::newRow("a loop with an end, and one without")
            << QByteArray("while (now() < end) {}\nwhile (true) {}") << u"loop while:2, endless while:3"_s;
        QTest::newRow("for ever") << QByteArray("for (;;) {\n stir()\n}") << u"endless for:2"_s;
        QTest::newRow("do, while true") << QByteArray("do { stir() } while (true)") << u"endless do:2"_s;
        QTest::newRow("a way out") << QByteArray("for (;;) { if (done()) break }") << u"loop for:2"_s;
        QTest::newRow("somebody else's way out")
            << QByteArray("for (;;) { later(() => { return 1 }) }") << u"endless for:2"_s;
        QTest::newRow("a loop that pauses") << QByteArray("while (true) await stir()") << QString();
        QTest::newRow("an asynchronous loop") << QByteArray("for await (const dish of dishes) {}") << QString();
        QTest::newRow("a property called for") << QByteArray("menu.for(1); menu.while(2)") << QString();
        QTest::newRow("a pattern within a pattern") << QByteArray("/^(a+)+$/.test(text)") << u"pattern (a+)+:2"_s;
        QTest::newRow("a pattern of words") << QByteArray("/^(\\w+\\s?)*$/.test(text)") << u"pattern (\\w+\\s?)*:2"_s;
        QTest::newRow("a pattern with a name is slow where it is used")
            << QByteArray("const word = /^(a+)+$/;\nprepare();\nreturn word.test(text)") << u"pattern (a+)+:4"_s;
        QTest::newRow("a pattern with a name that nobody says again")
            << QByteArray("const word = /^(a+)+$/;\nreturn text") << u"pattern (a+)+:2"_s;
        QTest::newRow("a plain pattern") << QByteArray("/^(ab)+c[+*]d\\+$/.test(text)") << QString();
        QTest::newRow("a division") << QByteArray("const part = (a + b) / (c + d) / 2") << QString();
        QTest::newRow("words about it") << QByteArray(
            "// for (;;) readFileSync()\nconsole.log('while (true) JSON.parse()')")
                                        << QString();
        QTest::newRow("called at once") << QByteArray("dishes.forEach((dish) => { for (const a of dish) stir(a) })")
                                        << u"loop for:2"_s;
        QTest::newRow("called later") << QByteArray("setTimeout(() => { for (;;) {} })") << QString();
    }
    void whatAFunctionDoesIsSeenInItsText()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, spots);
        const std::string source = "async function serve() {\n" + body.toStdString() + "\n}\n";
        QCOMPARE(drawn(heavySpots(source, {.line = 1, .column = 25}, {})), spots);
        // The same in a callback that is yet to be called.
        const std::string placed = "setTimeout(async () => {\n" + body.toStdString() + "\n}, 10);\n";
        QCOMPARE(drawn(heavySpotsOf(placed, std::string_view(placed).substr(11))), spots);
    }

    void whatHasRunLiesBetweenTwoPlaces()
    {
        const std::string source = R"(const evil = /^(x+)+$/;
setTimeout(() => {
  console.log('first');
  JSON.parse(big);
  console.log('second');
  sort(rows);
  console.log('third');
  fs.readFileSync('menu');
}, 10);
function sort(rows) {
  for (const row of rows) {
    evil.test(row);
    console.log(row);
  }
}
for (;;) {}
)";
        const SourcePosition first {.line = 3, .column = 11};
        const SourcePosition second {.line = 5, .column = 11};
        const SourcePosition third {.line = 7, .column = 11};
        QCOMPARE(drawn(heavySpots(source, first, second)), u"json JSON.parse:4"_s);
        QCOMPARE(drawn(heavySpots(source, second, third)),
            u"loop for:11, pattern (x+)+:12"_s); // what it calls is part of it
        QCOMPARE(drawn(heavySpots(source, third, {})), u"sync readFileSync:8"_s); // to its end
        QCOMPARE(drawn(heavySpots(source, {}, first)), QString()); // from its beginning
        const SourcePosition row {.line = 13, .column = 13};
        QCOMPARE(drawn(heavySpots(source, row, row)), u"loop for:11, pattern (x+)+:12"_s); // once round
        QCOMPARE(drawn(heavySpots(source, {.line = 16, .column = 1}, {})), u"endless for:16"_s);
        QCOMPARE(drawn(heavySpots(source, {.line = 99, .column = 1}, {})), QString());
    }

    void whatIsHandedToACallIsWorkedOutBeforeIt()
    {
        const std::string source = "const report = res => res.end(sort(rows)[0]);\n"
                                   "const sort = rows => { for (const row of rows) stir(row); return rows; };\n";
        QCOMPARE(drawn(heavySpots(source, {}, {.line = 1, .column = 27})), u"loop for:2"_s);
    }

    void aNamedCallbackIsFoundByItsName()
    {
        const std::string source
            = "setTimeout(stir, 10);\nconst stir = () => { while (hungry()) {} };\nsetImmediate(rest);\n";
        QCOMPARE(drawn(heavySpotsOf(source, std::string_view(source).substr(11, 4))), u"loop while:2"_s);
        QCOMPARE(drawn(heavySpotsOf(source, std::string_view(source).substr(source.find("rest"), 4))), QString());
    }

    void theFunctionThatIsHandedToACallIsFoundByTheCallsName()
    {
        const std::string source = "const http = require('http')\nhttp.createServer({}, (req, res) => {\n"
                                   "  for (;;) {}\n}).listen(1, () => { while (a) {} })\n";
        const std::vector<HeavySpot> spots = heavySpotsOfArgument(source, "createServer");
        QCOMPARE(drawn(spots), u"endless for:3"_s);
        QCOMPARE(spots[0].column, 3u);
        QCOMPARE(drawn(heavySpotsOfArgument("createServer(serve)\nfunction serve() { while (a) {} }", "createServer")),
            u"loop while:2"_s);
        QCOMPARE(drawn(heavySpotsOfArgument("createServer()", "createServer")), QString());
        QCOMPARE(drawn(heavySpotsOfArgument("createServer(", "createServer")), QString());
    }

    void sourceThatIsCutIsReadAsFarAsItGoes()
    {
        const std::string source = "function serve() {\n  for (const a of b) {\n    `${ {a: [`${x";
        for (std::size_t size = 0; size <= source.size(); ++size) {
            const std::string cut = source.substr(0, size);
            (void)heavySpots(cut, {.line = 1, .column = 1}, {.line = 2, .column = 3});
            (void)heavySpotsOf(cut, cut);
        }
        QCOMPARE(drawn(heavySpots(source.substr(0, 45), {.line = 2, .column = 1}, {})), u"loop for:2"_s);
        // Brackets that have no partner, as many as there can be.
        for (const char bracket : {'(', ')', '{', '}', '[', ']'})
            (void)heavySpots(std::string(100'000, bracket), {.line = 1, .column = 5}, {});
    }
};

QTEST_APPLESS_MAIN(TestHeavySpots)
#include "tst_heavyspots.moc"
