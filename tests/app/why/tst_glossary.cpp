#include "why/glossary.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace bistro;
using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace {

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::vector<Term> allTerms()
{
    std::vector<Term> terms;
    for (std::size_t i = 0; i < kTerms; ++i)
        terms.push_back(static_cast<Term>(i));
    return terms;
}

} // namespace

class TestGlossary : public QObject {
    Q_OBJECT

private slots:
    void everyTermHasASentenceOrTwoForBothReaders()
    {
        static const QRegularExpression end(u"(?<=[.])\\s+"_s);
        QSet<QString> ids;
        for (const Term term : allTerms()) {
            const QString id = textOf(termId(term));
            QVERIFY(!id.isEmpty());
            ids.insert(id);
            for (const Wording wording : {Wording::Restaurant, Wording::Runtime}) {
                QVERIFY2(!termName(term, wording).isEmpty(), qPrintable(id));
                const QString text = termText(term, wording);
                QVERIFY2(text.endsWith(u'.'), qPrintable(id));
                const QStringList sentences = text.split(end);
                QVERIFY2(sentences.size() <= 2, qPrintable(text));
                for (const QString& sentence : sentences)
                    QVERIFY2(sentence.split(u' ').size() <= 20, qPrintable(sentence));
                QVERIFY(termTip(term, wording).contains(text.toHtmlEscaped()));
                QVERIFY(termDescription(term, wording).endsWith(text));
            }
        }
        QCOMPARE(ids.size(), static_cast<qsizetype>(kTerms));
    }

    void everyTermLeadsToOthersAndIsLedToByOne()
    {
        QSet<QString> named;
        for (const Term term : allTerms()) {
            QVERIFY2(!seeAlso(term).empty(), termId(term).data());
            for (const Term other : seeAlso(term)) {
                QVERIFY2(other != term, termId(term).data());
                named.insert(textOf(termId(other)));
            }
        }
        for (const Term term : {Term::Tick, Term::Microtask, Term::Poll, Term::Iteration, Term::Kernel, Term::Race})
            QVERIFY2(named.contains(textOf(termId(term))), termId(term).data());
    }

    void theExampleThatShowsATermExists()
    {
        QFile file(QStringLiteral(BISTRO_SOURCE_DIR "/resources/examples/index.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QSet<QString> slugs;
        for (const QJsonValue& example : QJsonDocument::fromJson(file.readAll()).array())
            slugs.insert(example[u"slug"_s].toString());
        int with = 0;
        for (const Term term : allTerms()) {
            if (const QString slug = textOf(exampleOf(term)); !slug.isEmpty()) {
                QVERIFY2(slugs.contains(slug), qPrintable(slug));
                ++with;
            }
        }
        QVERIFY(with > 40);
    }

    void aWordIsFoundByItsIdAndItsNamesOneOrMany()
    {
        for (const Term term : allTerms())
            QCOMPARE(termNamed(textOf(termId(term))), std::optional(term));
        for (const char* const word : {"tick", "microtask", "promise", "await", "callback", "call stack", "event loop",
                 "iteration", "round", "phase", "pending", "poll", "check", "immediate", "closing", "timers", "timer",
                 "egg timer", "thread pool", "cook", "kernel", "door", "handle", "request", "async resource", "ref",
                 "unref", "blocked", "starving", "microtask queue drain", "order", "slip", "pass", "tray",
                 "serving number", "race", "trigger", "unhandled rejection", "stream", "backpressure", "child process",
                 "worker", "waiter", "kitchen", "customer", "table"})
            QVERIFY2(termNamed(QString::fromUtf8(word)), word);
        QCOMPARE(termNamed(u"  Ticks"_s), std::optional(Term::Tick));
        QCOMPARE(termNamed(u"the call-stack"_s), std::optional(Term::CallStack));
        QCOMPARE(termNamed(u"timer"_s), std::optional(Term::Timer));
        QCOMPARE(termNamed(u"timers"_s), std::optional(Term::TimersPhase));
        QCOMPARE(termNamed(u"unref"_s), std::optional(Term::Ref));
        QVERIFY(!termNamed(u"thread"_s)); // there are three kinds
        QVERIFY(!termNamed(u"soufflé"_s));
        QVERIFY(!termNamed({}));
    }

    void aSearchFindsNamesBeforeSentencesInEitherSkin()
    {
        QCOMPARE(termsLike({}, Wording::Runtime).size(), kTerms);
        const auto ticks = termsLike(u"TICK"_s, Wording::Runtime);
        QVERIFY(!ticks.empty());
        QCOMPARE(ticks.front(), Term::Tick);
        QVERIFY(std::ranges::contains(ticks, Term::Drain)); // by its sentence
        QCOMPARE(termsLike(u"cook"_s, Wording::Runtime).front(), Term::PoolThread);
        QVERIFY(termsLike(u"soufflé"_s, Wording::Runtime).empty());
        // By the alphabet, as people look for them.
        const auto all = termsLike({}, Wording::Restaurant);
        QVERIFY(
            std::ranges::is_sorted(all, {}, [](Term term) { return termName(term, Wording::Restaurant).toLower(); }));
    }
};

QTEST_GUILESS_MAIN(TestGlossary)
#include "tst_glossary.moc"
