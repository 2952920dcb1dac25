// Which findings a lesson asks one to mend.
#include "window/askedhelp.h"

#include <QTest>

using namespace bistro::ui;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

Expectation expectation(Expected what)
{
    return {.what = std::move(what), .with = {}, .right = {}, .notYet = {}, .show = {}};
}

// As lesson 4 asks, and that no promise is left alone.
Check asked()
{
    return {.task = {},
        .expectations = {expectation(expect::Printed {}), expectation(expect::BlockedLess {}),
            expectation(expect::Rejections {})},
        .hints = {},
        .run = {}};
}

CheckReport report(const QList<CheckAnswer::State>& states)
{
    CheckReport made;
    for (const CheckAnswer::State state : states)
        made.answers.append({.state = state, .sentence = {}, .runName = {}, .traceFile = {}});
    return made;
}

} // namespace

class TestAskedHelp : public QObject {
    Q_OBJECT

private slots:
    void beforeTheFirstRunAllThatIsExpectedIsAskedFor()
    {
        const QList<FindingKind> kinds = findingsAskedFor(asked(), {});
        QVERIFY(kinds.contains(FindingKind::Blocked));
        QVERIFY(kinds.contains(FindingKind::RejectionUnhandled));
        QVERIFY2(!kinds.contains(FindingKind::KeepsAlive), "the lesson is not about that");
    }

    void whatIsRightIsAskedForNoMore()
    {
        using enum CheckAnswer::State;
        const QList<FindingKind> kinds = findingsAskedFor(asked(), report({Right, Right, NotYet}));
        QVERIFY(!kinds.contains(FindingKind::Blocked));
        QVERIFY(kinds.contains(FindingKind::RejectionUnhandled));
        QVERIFY(findingsAskedFor(asked(), report({Right, Right, Right})).isEmpty());
    }

    // What a program that has crashed is told stands before the answers.
    void anAnswerBeforeThemShiftsNothing()
    {
        using enum CheckAnswer::State;
        const QList<FindingKind> kinds = findingsAskedFor(asked(), report({NotYet, Right, Right, Unknown}));
        QVERIFY(!kinds.contains(FindingKind::Blocked));
        QVERIFY(kinds.contains(FindingKind::RejectionUnhandled));
    }

    void onlyAFunctionThatWaitsIsAboutBlocking()
    {
        Check check;
        check.expectations = {expectation(expect::Uses {.api = u"fs.readFileSync"_s, .uses = false})};
        QCOMPARE(findingsAskedFor(check, {}), QList<FindingKind> {FindingKind::Blocked});
        check.expectations = {expectation(expect::Uses {.api = u"process.exit"_s, .uses = false}),
            expectation(expect::Uses {.api = u"fs.readFile"_s, .uses = true})};
        QVERIFY(findingsAskedFor(check, {}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestAskedHelp)
#include "tst_askedhelp.moc"
