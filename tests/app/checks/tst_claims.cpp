// What a lesson's text claims: links, and who prints the lines of a question.
#include "checks/claims.h"
#include "learnersrun.h"
#include "lesson/nodedocs.h"

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kProgram = R"(const say = (what) => console.log(what);
say('open');
setTimeout(function bread() { say('bread'); }, 1);
Promise.resolve().then(() => console.log('note'));
)";

Lesson lessonAsking(const QList<OrderRow>& rows)
{
    Lesson lesson = smallLesson();
    PredictOrder order {.rows = rows, .answer = {}, .either = {}};
    for (int i = 0; i < rows.size(); ++i)
        order.answer += i;
    lesson.screens += Screen {
        .markdown = {}, .links = {}, .question = Question {.text = {}, .because = {}, .what = order, .sourceLine = 3}};
    return lesson;
}

// "4: …", one a line.
QString told(const QList<LessonFault>& faults)
{
    QStringList all;
    for (const LessonFault& fault : faults)
        all += QString::number(fault.line) + u": "_s + fault.sentence;
    return all.join(u'\n');
}

Lesson lessonLinking(LessonLink::Kind kind, const QString& text)
{
    Lesson lesson = smallLesson();
    LessonLink link;
    link.kind = kind;
    link.text = text;
    lesson.screens += Screen {.markdown = {}, .links = {{.to = link, .sourceLine = 7}}, .question = {}};
    return lesson;
}

} // namespace

class TestClaims : public QObject {
    Q_OBJECT

private slots:
    void whoPrintsALineIsHeldAgainstTheRun()
    {
        const LearnersRun run(kProgram);
        const auto says = [&](const OrderRow& row) { return told(claimFaults(lessonAsking({row}), run.run())); };
        // The call, or the function that it calls.
        QCOMPARE(says({.text = u"open"_s, .line = 2, .sourceLine = 5}), QString());
        QCOMPARE(says({.text = u"open"_s, .line = 1, .sourceLine = 5}), QString());
        QCOMPARE(says({.text = u"open"_s, .line = 3, .sourceLine = 5}),
            u"5: The lesson says that line 3 prints “open”. It is line 1."_s);
        QCOMPARE(says({.text = u"bread"_s, .line = 3, .kind = OrderKind::Timer, .sourceLine = 5}), QString());
        QCOMPARE(says({.text = u"bread"_s, .line = 3, .sourceLine = 5}),
            u"5: The main script does not print “bread”. Add “kind: timer”."_s);
        QCOMPARE(says({.text = u"note"_s, .kind = OrderKind::Tick, .sourceLine = 6}),
            u"6: The lesson says “kind: tick” of “note”. It is “kind: promise reaction”."_s);
        QCOMPARE(says({.text = u"open"_s, .line = 2, .kind = OrderKind::Timer, .sourceLine = 5}),
            u"5: The main script prints “open”. Leave “kind” out."_s);
        // A text alone claims nothing of it.
        QCOMPARE(says({.text = u"bread"_s, .sourceLine = 5}), QString());
    }

    void rowsAreNotGivenInTheRightOrder()
    {
        const LearnersRun run(kProgram);
        const QString fault = u"3: The rows stand in the right order already. "
                              "Put “lines” into another order than “answer”."_s;
        Lesson lesson = lessonAsking({{.text = u"open"_s, .sourceLine = 5}, {.text = u"note"_s, .sourceLine = 6},
            {.text = u"bread"_s, .sourceLine = 7}});
        QVERIFY2(
            told(claimFaults(lesson, run.run())).contains(fault), qPrintable(told(claimFaults(lesson, run.run()))));
        auto& order = std::get<PredictOrder>(lesson.screens.last().question->what);
        order.rows.move(2, 0);
        order.answer = {1, 2, 0};
        QVERIFY2(!told(claimFaults(lesson, run.run())).contains(fault), "they have to be moved");
        order.either = {{0, 1}, {0, 2}};
        QVERIFY2(told(claimFaults(lesson, run.run())).contains(fault), "it is right as well");
    }

    void aWordIsOneOfTheGlossary()
    {
        const auto says = [](const QString& word) {
            return told(linkFaults(lessonLinking(LessonLink::Kind::Term, word)));
        };
        QCOMPARE(says(u"call-stack"_s), QString());
        QCOMPARE(says(u"the call stack"_s), QString());
        QCOMPARE(says(u"cal-stack"_s), u"7: The glossary has no word “cal-stack”. Did you mean “call-stack”?"_s);
        QCOMPARE(says(u"xylophone"_s),
            u"7: The glossary has no word “xylophone”. To see all of them, type: bistro glossary"_s);
    }

    void aFunctionIsOneOfNodes()
    {
        const auto says = [](const QString& api) {
            return told(linkFaults(lessonLinking(LessonLink::Kind::Api, api)));
        };
        QCOMPARE(says(u"fs.readFile"_s), QString());
        QCOMPARE(says(u"fs.readFiel"_s),
            hasNodeDocs() ? u"7: Node's documentation says nothing of “fs.readFiel”. Check the name."_s : QString());
    }

    void ordersHaveTheTitlesOfThePicture()
    {
        const LearnersRun run(kProgram);
        QVERIFY(orderTitles(run.run()).contains(u"bread"_s));
        QVERIFY(orderTitled(run.log(), u"bread"_s));
        QVERIFY(!orderTitled(run.log(), u"braed"_s));
        QCOMPARE(linksTo(lessonLinking(LessonLink::Kind::Order, u"bread"_s), LessonLink::Kind::Order).size(), 1);
        QCOMPARE(linksTo(lessonLinking(LessonLink::Kind::Order, u"bread"_s), LessonLink::Kind::Term).size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestClaims)
#include "tst_claims.moc"
