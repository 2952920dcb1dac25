#include "commands/comparison.h"

#include <QTest>

using namespace bistro::app;

namespace {

Outcome printing(const char* output, int code = 0)
{
    return {.output = output, .errorOutput = {}, .exit = {.code = code}};
}

std::string verdict(const std::vector<Outcome>& node, const std::vector<Outcome>& bistro)
{
    return describe(compare(node, bistro), node.size());
}

} // namespace

class TestComparison : public QObject {
    Q_OBJECT

private slots:
    void equalRunsAreIdentical()
    {
        QCOMPARE(verdict({printing("a\n"), printing("a\n")}, {printing("a\n"), printing("a\n")}),
            "identical (2 runs each)\n");
    }

    void theFirstDifferentLineIsShown()
    {
        QCOMPARE(verdict({printing("a\nb\nc\n")}, {printing("a\nx\nc\n")}),
            "different: standard output, line 2:\n  node:   b\n  bistro: x\n");
        QCOMPARE(verdict({printing("a\n")}, {printing("a\nb\n")}),
            "different: standard output, line 2:\n  node:   (nothing: it has ended)\n  bistro: b\n");
        QCOMPARE(verdict({printing("a\n")}, {printing("a")}),
            "different: standard output, line 1:\n  node:   a\n  bistro: a  (no line end)\n");
    }

    void errorOutputAndExitAreComparedToo()
    {
        Outcome warned = printing("a\n");
        warned.errorOutput = "oops\n";
        QCOMPARE(verdict({printing("a\n")}, {warned}),
            "different: standard error, line 1:\n  node:   (nothing: it has ended)\n  bistro: oops\n");
        QCOMPARE(verdict({printing("a\n", 1)}, {printing("a\n", 2)}),
            "different: the end:\n  node:   exit code 1\n  bistro: exit code 2\n");
        Outcome killed = printing("a\n");
        killed.exit = {.signal = 15};
        QCOMPARE(verdict({printing("a\n")}, {killed}),
            "different: the end:\n  node:   exit code 0\n  bistro: signal 15 (Terminated)\n");
    }

    void aRaceIsCalledOne()
    {
        QCOMPARE(verdict({printing("a\nb\n"), printing("b\na\n")}, {printing("b\na\n"), printing("b\na\n")}),
            "This program is a race. Node itself printed\n  | a\n  | b\nand\n  | b\n  | a\nand Bistro one of these "
            "each time: one of its legal orders.\n");
        QCOMPARE(verdict({printing("a\nb\nc\n"), printing("b\na\nc\n")}, {printing("c\nb\na\n")}),
            "This program is a race. Node itself printed\n  | a\n  | b\n  | c\nand\n  | b\n  | a\n  | c\n"
            "and Bistro printed the same lines in another order, which node did not show in these runs:\n  | c\n  | "
            "b\n  | a\n");
    }

    void processIdsInWarningsAreNotCompared()
    {
        const auto warning = [](const char* text) {
            return normalised({.output = "(node:12)", .errorOutput = text, .exit = {}});
        };
        QCOMPARE(warning("(node:1234) Warning: x (node:) (node:5x)\n(node:99) y").errorOutput,
            "(node:pid) Warning: x (node:) (node:5x)\n(node:pid) y");
        QCOMPARE(warning("").output, "(node:12)");
        QCOMPARE(warning("(node:7").errorOutput, "(node:7");
    }
};

QTEST_APPLESS_MAIN(TestComparison)
#include "tst_comparison.moc"
