#include "state/runtimerules.h"

#include <QTest>

using namespace bistro::app;

class TestRuntimeRules final : public QObject {
    Q_OBJECT

private slots:
    void theModelsOwnRuntimeFits()
    {
        const RuntimeVersions made = runtimeVersions("{\"node\":\"20.19.2\",\"v8\":\"11.3.244.8\",\"uv\":\"1.50.0\"}");
        QCOMPARE(made.node, std::string_view("20.19.2"));
        QCOMPARE(made.libuv, std::string_view("1.50.0"));
        QCOMPARE(rulesFit(made), RulesFit::Same);
    }

    void anotherVersionIsTold()
    {
        QCOMPARE(rulesFit({.node = "22.1.0", .libuv = "1.50.0"}), RulesFit::OtherNode);
        QCOMPARE(rulesFit({.node = "20.1.0", .libuv = "1.51.0"}), RulesFit::OtherLibuv);
        QCOMPARE(rulesFit({.node = "200.1.0", .libuv = "1.5.0"}), RulesFit::OtherBoth);
        QCOMPARE(rulesFit({.node = "20", .libuv = "1.50"}), RulesFit::Same);
    }

    void whatATraceDoesNotSayIsNotClaimed()
    {
        for (const std::string_view text : {"", "{}", "null", "{\"node\"", "{\"node\":20,\"uv\":[]}", "{\"node\":\"20"})
            QCOMPARE(rulesFit(runtimeVersions(text)), RulesFit::Unknown);
        QCOMPARE(rulesFit(runtimeVersions("{\"uv\": \"1.50.0\"}")), RulesFit::Same);
    }
};

QTEST_APPLESS_MAIN(TestRuntimeRules)
#include "tst_runtimerules.moc"
