#include "source/awaits.h"

#include <QTest>

#include <vector>

using namespace bistro::app;

namespace {

// Asked about what the first two awaits of the source await.
bool inTurnForNothing(std::string_view source)
{
    std::vector<SourcePosition> places;
    for (std::size_t at = source.find("await "); at != std::string_view::npos; at = source.find("await ", at + 1)) {
        const std::size_t awaited = at + 6;
        const std::size_t line = source.rfind('\n', awaited);
        places.push_back({.line = 1 + static_cast<std::uint32_t>(std::ranges::count(source.substr(0, awaited), '\n')),
            .column = static_cast<std::uint32_t>(awaited - (line == std::string_view::npos ? 0 : line + 1) + 1)});
    }
    return places.size() > 1 && awaitInTurnForNothing(source, places[0], places[1]);
}

} // namespace

class TestAwaits final : public QObject {
    Q_OBJECT

private slots:
    void declarationsOfWhichNoneNamesTheOtherWaitInTurnForNothing()
    {
        QVERIFY(inTurnForNothing("const a = await one();\nconst b = await two();\n"));
        QVERIFY(inTurnForNothing("let {a, x: [c]} = await one(); // first\n\n// then\n  var b = await two(3);"));
        QVERIFY(inTurnForNothing("const a = await one();\nconst b = await two(aa, a$);\n"));
        QVERIFY(inTurnForNothing("const a = await one(\n);\nconst b = await two();\n"));
    }

    void alsoInOneLineAndWithoutSemicolons()
    {
        QVERIFY(inTurnForNothing(
            "(async () => { const a = await sleep(30, 1); const b = await sleep(30, 2); console.log(a + b); })();"));
        QVERIFY(inTurnForNothing("const a = await one()\nconst b = await two()\nconsole.log(a, b)"));
        QVERIFY(inTurnForNothing("async () => {\n  const a = await one()\n  const b = await two()\n}"));
        QVERIFY(!inTurnForNothing("const a = await one()\nlog()\nconst b = await two()\n"));
        QVERIFY(!inTurnForNothing("const a = await one()\n  .x\nlog(); const b = await two()\n"));
    }

    void whatTheFirstBringsMayBeWhyTheSecondComesLater()
    {
        QVERIFY(!inTurnForNothing("const a = await one();\nconst b = await two(a);\n"));
        QVERIFY(!inTurnForNothing("const {a} = await one();\nconst b = await two(`x${a}`);\n"));
        QVERIFY(!inTurnForNothing("const [a] = await one();\nconst b = await two(() => a.b);\n"));
        QVERIFY(!inTurnForNothing("const first = await sleep(20, 7); const second = await sleep(first * 2, 8);"));
    }

    void codeBetweenThemMayBeWhyToo()
    {
        QVERIFY(!inTurnForNothing("const a = await one();\nlog();\nconst b = await two();\n"));
        QVERIFY(!inTurnForNothing("const a = await one(); if (x) { const b = await two(); }"));
        QVERIFY(!inTurnForNothing("for (;;) { const a = await one(); } const b = await two();"));
    }

    void othersAreNoDeclarationsThatAwait()
    {
        QVERIFY(!inTurnForNothing("await one();\nconst b = await two();\n"));
        QVERIFY(!inTurnForNothing("const a = (await one());\nconst b = await two();\n"));
        QVERIFY(!inTurnForNothing("const a = await one(), b = await two();\n"));
        QVERIFY(!inTurnForNothing("for (;;) { try { console.log(await ask()); break; } catch { await sleep(20); } }"));
        QVERIFY(!inTurnForNothing(""));
        QVERIFY(!awaitInTurnForNothing("const a = await one();", {.line = 1, .column = 17}, {.line = 9, .column = 1}));
        const std::string_view two = "const a = await one();\nconst b = await two();\n";
        QVERIFY(!awaitInTurnForNothing(two, {.line = 2, .column = 17}, {.line = 1, .column = 17}));
    }

    void sourceThatIsCutIsReadAsFarAsItGoes()
    {
        const std::string_view whole = "const a = await one(`${[1, {2: 3}]}`);\nconst {b} = await two(";
        for (std::size_t size = 0; size <= whole.size(); ++size)
            (void)inTurnForNothing(whole.substr(0, size));
    }
};

QTEST_APPLESS_MAIN(TestAwaits)
#include "tst_awaits.moc"
