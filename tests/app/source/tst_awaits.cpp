#include "source/awaits.h"

#include <QTest>

using namespace bistro::app;

class TestAwaits final : public QObject {
    Q_OBJECT

private slots:
    void declarationsOfWhichNoneNamesTheOtherWaitInTurnForNothing()
    {
        QVERIFY(awaitInTurnForNothing("const a = await one();\nconst b = await two();\n", 1, 2));
        QVERIFY(
            awaitInTurnForNothing("let {a, x: [c]} = await one(); // first\n\n// then\n  var b = await two(3);", 1, 4));
        QVERIFY(awaitInTurnForNothing("const a = await one();\nconst b = await two(aa, a$);\n", 1, 2));
    }

    void whatTheFirstBringsMayBeWhyTheSecondComesLater()
    {
        QVERIFY(!awaitInTurnForNothing("const a = await one();\nconst b = await two(a);\n", 1, 2));
        QVERIFY(!awaitInTurnForNothing("const {a} = await one();\nconst b = await two(`x${a}`);\n", 1, 2));
        QVERIFY(!awaitInTurnForNothing("const [a] = await one();\nconst b = await two(() => a.b);\n", 1, 2));
    }

    void codeBetweenThemMayBeWhyToo()
    {
        QVERIFY(!awaitInTurnForNothing("const a = await one();\nlog();\nconst b = await two();\n", 1, 3));
        QVERIFY(!awaitInTurnForNothing("const a = await one(\n);\nconst b = await two();\n", 1, 3));
    }

    void othersAreNoDeclarationsThatAwait()
    {
        QVERIFY(!awaitInTurnForNothing("await one();\nconst b = await two();\n", 1, 2));
        QVERIFY(!awaitInTurnForNothing("const a = one();\nconst b = await two();\n", 1, 2));
        QVERIFY(!awaitInTurnForNothing("const a = await one()\nconst b = await two()\n", 1, 2));
        QVERIFY(!awaitInTurnForNothing("", 1, 2));
        QVERIFY(!awaitInTurnForNothing("const a = await one();", 1, 2));
        QVERIFY(!awaitInTurnForNothing("const a = await one();\nconst b = await two();\n", 2, 1));
    }
};

QTEST_APPLESS_MAIN(TestAwaits)
#include "tst_awaits.moc"
