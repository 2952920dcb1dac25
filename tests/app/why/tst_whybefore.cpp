#include "answers.h"
#include "beforeprograms.h"
#include "drawing.h"
#include "why/words.h"

#include <QFile>
#include <QTest>

using namespace bistro;
using namespace bistro::app;
using namespace bistro::tests;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

class TestWhyBefore : public QObject {
    Q_OBJECT

private slots:
    void aSentenceBeginsWithACapitalUnlessItBeginsWithANameOfCode()
    {
        const auto said = [](const QString& pattern, const QString& name) {
            return say({pattern, pattern}, Wording::Runtime, {name});
        };
        QCOMPARE(said(u"%1 is served."_s, u"the request POST /orders"_s), u"The request POST /orders is served."_s);
        QCOMPARE(said(u"It is so. %1 is called."_s, u"the listener of exit"_s),
            u"It is so. The listener of exit is called."_s);
        QCOMPARE(said(u"Then %1 is served."_s, u"the request GET /"_s), u"Then the request GET / is served."_s);
        QCOMPARE(said(u"%1 is served."_s, u"then in line 4"_s), u"then in line 4 is served."_s);
    }

    void twoOfOneNameAreToldApart()
    {
        const Recorded run(QStringLiteral(BISTRO_ENGINE),
            "const step = () => {};\n"
            "const order = n => setImmediate(() => { console.log(n); step(); });\n"
            "for (const n of ['one', 'two']) order(n);\n"
            "setImmediate(() => console.log('same'));\n"
            "setImmediate(() => console.log('same'));\n");
        const ScreenLines lines(run.log());
        QCOMPARE(lines.size(), std::size_t {4});
        const Explanation told = whyBefore(run.log(), OutputLine {2}, OutputLine {3}, Wording::Runtime);
        QCOMPARE(told.headline, u"The earlier “same” came before the later “same”."_s);
        for (std::size_t line = 0; line < 3; ++line) {
            for (const Wording wording : {Wording::Restaurant, Wording::Runtime}) {
                const QString sentence
                    = whyBefore(run.log(), OutputLine {line}, OutputLine {line + 1}, wording).reasons.back().sentence;
                const QStringList parts = sentence.split(u", and "_s);
                QCOMPARE(parts.size(), 2);
                QVERIFY2(!parts[1].startsWith(parts[0]), qPrintable(sentence));
            }
        }
    }

    // An immediate that places the next, again and again.
    void twoCallsHaveTheirOriginInCommonHoweverFarBackThatIs()
    {
        Drawing d;
        constexpr std::uint32_t last = 1'000;
        d.start(1);
        d.immediate(2, "again");
        d.immediate(last + 1, "other");
        d.finish(1);
        for (std::uint32_t async = 2; async <= last; ++async) {
            d.iteration();
            d.enter(Phase::Check);
            d.start(async);
            if (async < last)
                d.immediate(async + 1, "again");
            d.finish(async);
            if (async == 2)
                d.start(last + 1);
            if (async == 2)
                d.finish(last + 1);
            d.leave(Phase::Check);
        }
        const auto log = d.log();
        const QString told = print(whyBefore(*log, OrderId::async(last), OrderId::async(last + 1), Wording::Runtime));
        QVERIFY2(told.contains(u"Both are immediates, and other was queued first."_s), qPrintable(told));
        QVERIFY2(told.size() < 400, qPrintable(told)); // a thousand times the same is told once
    }

    void linesOfOneCallComeInTheOrderOfItsCode()
    {
        Drawing d;
        d.start(1);
        d.line("one\n");
        d.line("two\n");
        d.finish(1);
        const auto log = d.log();
        const Explanation told = whyBefore(*log, OutputLine {1}, OutputLine {0}, Wording::Runtime);
        QCOMPARE(print(told),
            u"“one” came before “two”. | synchronous-calls: Both belong to one call, the main program. Code runs in "
            u"its own order, and emit() calls its listeners at once."_s);
        QVERIFY(!told.race);
    }

    void twoTimersOfOneLengthComeInTheOrderOfTheirStart()
    {
        Drawing d;
        d.start(1);
        const Index one = d.timer(2, "first", 1, 10);
        const Index other = d.timer(3, "second", 1, 10);
        d.finish(1);
        d.iteration();
        d.enter(Phase::Timers);
        d.process(12);
        d.start(2);
        d.finish(2);
        d.start(3);
        d.finish(3);
        const auto log = d.log();
        const Explanation told = whyBefore(*log, OrderId::async(2), OrderId::async(3), Wording::Runtime);
        QCOMPARE(print(told),
            u"first came before second. | timer-minimum: Both timers have 1 ms, so they share a list, and first was "
            u"started first."_s);
        QCOMPARE(told.reasons.back().events, (std::vector {one, other}));
    }

    void whatRunsInTheDrainOfACallbackCameBeforeTheNextByThatDrain()
    {
        Drawing d;
        d.start(1);
        d.timer(2, "first", 1, 10);
        d.timer(3, "second", 1, 10);
        d.finish(1);
        d.iteration();
        d.enter(Phase::Timers);
        d.process(12);
        d.start(2);
        d.tick(4, "note");
        d.finish(2);
        d.start(4);
        d.finish(4);
        d.start(3);
        d.finish(3);
        const auto log = d.log();
        const Explanation told = whyBefore(*log, OrderId::async(4), OrderId::async(3), Wording::Runtime);
        QCOMPARE(told.rule, Rule::DrainAfterCallback);
        QCOMPARE(told.reasons.back().sentence,
            u"note ran right after first: ticks and promises go before the next callback, second."_s);
    }

    void jobsSideBySideAreARaceAndJobsInLineAreNot()
    {
        for (const bool sideBySide : {true, false}) {
            Drawing d;
            if (!sideBySide)
                d.event({.kind = EventKind::PoolStarted, .a = 1}); // one thread: the line decides
            d.start(1);
            d.work(2, 1, "dish 1");
            d.work(3, 2, "dish 2");
            d.begun(2, 1);
            if (sideBySide)
                d.begun(1, 2);
            d.done(2, 1);
            if (!sideBySide)
                d.begun(1, 1);
            d.done(1, sideBySide ? 2 : 1);
            d.finish(1);
            d.iteration();
            d.enter(Phase::Poll);
            d.delivered(2);
            d.start(3);
            d.finish(3);
            d.delivered(1);
            d.start(2);
            d.finish(2);
            const auto log = d.log();
            const Explanation told = whyBefore(*log, OrderId::async(2), OrderId::async(3), Wording::Restaurant);
            QCOMPARE(told.race, sideBySide);
            QCOMPARE(told.reasons.back().sentence,
                sideBySide ? u"It was a race: two cooks worked side by side, and this time dish 2 was done first."_s
                           : u"No cook had begun with dish 1 when dish 2 was done."_s);
        }
    }

    void aProgramsLinesAreThoseOnTheScreen()
    {
        Drawing d;
        d.start(1);
        d.line("one\ntwo\n");
        d.line("thr");
        d.line("ee\n\nfour");
        d.finish(1);
        const auto log = d.log();
        const ScreenLines lines(*log);
        QStringList texts;
        for (const ScreenLines::Line& line : lines)
            texts += QString::fromStdString(line.text);
        QCOMPARE(texts.join(u'|'), u"one|two|three||four"_s);
        QCOMPARE(lines[0].output, lines[1].output);
        QCOMPARE(lines[2].output + 1, lines[3].output);
        QCOMPARE(lines[3].output, lines[4].output);
        const Explanation told = whyBefore(*log, OutputLine {1}, OutputLine {0}, Wording::Runtime);
        QVERIFY2(told.headline == u"“one” came before “two”."_s, qPrintable(print(told)));
    }

    void whyOneCameBeforeTheOtherIsWhyTheOtherWasNotThereYet_data();
    void whyOneCameBeforeTheOtherIsWhyTheOtherWasNotThereYet();
    void eachSentenceNamesALineOnceAndNothingOfNodesOwn();

    void whatNeverHappenedHasNoAnswer()
    {
        Drawing d;
        d.start(1);
        d.line("one\n");
        const auto log = d.log();
        QVERIFY(!whyBefore(*log, OutputLine {0}, OutputLine {7}, Wording::Runtime));
        QVERIFY(!whyBefore(*log, OrderId::async(9), OutputLine {0}, Wording::Runtime));
    }
};

namespace {

QByteArray programText(const QString& program)
{
    if (!program.startsWith(u"case "_s))
        return program.toUtf8();
    QFile file(QStringLiteral(BISTRO_SOURCE_DIR "/tests/cases/") + program.mid(5) + u".js"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

// Small programs, each with two of its lines: the first came first, by which rule, and whether that was luck.
void TestWhyBefore::whyOneCameBeforeTheOtherIsWhyTheOtherWasNotThereYet_data()
{
    QTest::addColumn<QString>("program");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<bool>("race");
    for (const BeforeRow& row : beforeRows())
        QTest::newRow(row.name) << QString::fromUtf8(row.program) << QString::fromUtf8(row.first)
                                << QString::fromUtf8(row.second) << QString::fromUtf8(row.rule) << row.race;
}

void TestWhyBefore::whyOneCameBeforeTheOtherIsWhyTheOtherWasNotThereYet()
{
    QFETCH(QString, program);
    QFETCH(QString, first);
    QFETCH(QString, second);
    QFETCH(QString, rule);
    QFETCH(bool, race);
    Explanation told; // on a busy machine two pieces may come as one: then the program runs again
    for (int i = 0; i < 10 && !told; ++i)
        told = Recorded(QStringLiteral(BISTRO_ENGINE), programText(program))
                   .before(second.toStdString(), first.toStdString());
    const std::string_view id = ruleId(told.rule);
    QVERIFY2(told.headline.startsWith(u"“"_s + first), qPrintable(print(told)));
    QVERIFY2(rule.split(u'|').contains(QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()))),
        qPrintable(print(told)));
    QVERIFY2(told.race == race, qPrintable(print(told)));
}

// Whatever comes before whatever in the programs above: no line is named twice in a sentence, no sentence is long.
void TestWhyBefore::eachSentenceNamesALineOnceAndNothingOfNodesOwn()
{
    for (const QString& program : {u"imm-emit"_s, u"tick-emit"_s, u"exits"_s, u"unhandled"_s, u"throw-imm"_s}) {
        const Recorded run(QStringLiteral(BISTRO_ENGINE), programText(u"case "_s + program));
        const ScreenLines lines(run.log());
        QVERIFY(lines.size() > 1);
        for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
            for (const Wording wording : {Wording::Restaurant, Wording::Runtime}) {
                const Explanation told = whyBefore(run.log(), OutputLine {i}, OutputLine {i + 1}, wording);
                for (const Reason& reason : told.reasons) {
                    for (const std::size_t line : {i, i + 1}) {
                        const QString text = QString::fromStdString(lines[line].text);
                        if (text.contains(u' '))
                            QVERIFY2(reason.sentence.count(text) <= 1, qPrintable(reason.sentence));
                    }
                    for (const QString& sentence : reason.sentence.split(u". "_s))
                        QVERIFY2(sentence.split(u' ').size() <= 20, qPrintable(sentence));
                }
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestWhyBefore)
#include "tst_whybefore.moc"
