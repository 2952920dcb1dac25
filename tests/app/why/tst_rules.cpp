#include "why/rules.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <set>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestRules : public QObject {
    Q_OBJECT

private slots:
    void eachRuleHasTwoRegistersAndASectionThatHoldsThem()
    {
        QFile file(QStringLiteral(BISTRO_SOURCE_DIR "/app/why/RULES.md"));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QString page = QString::fromUtf8(file.readAll());
        QStringList sections;
        for (std::size_t i = 0; i < kRules; ++i) {
            const Rule rule = static_cast<Rule>(i);
            const QString id = QString::fromUtf8(ruleId(rule).data(), static_cast<qsizetype>(ruleId(rule).size()));
            sections += id;
            const qsizetype begin = page.indexOf(u"\n## "_s + id + u'\n');
            QVERIFY2(begin >= 0, qPrintable(id));
            const qsizetype end = page.indexOf(u"\n## "_s, begin + 1);
            const QString section = page.mid(begin, end < 0 ? -1 : end - begin);
            const QString restaurant = ruleText(rule, Wording::Restaurant);
            const QString runtime = ruleText(rule, Wording::Runtime);
            QVERIFY2(restaurant.endsWith(u'.') && runtime.endsWith(u'.') && restaurant != runtime, qPrintable(id));
            QVERIFY2(section.contains(u"\n- To the restaurant: "_s + restaurant + u'\n'), qPrintable(section));
            QVERIFY2(section.contains(u"\n- To the runtime: "_s + runtime + u'\n'), qPrintable(section));
            QVERIFY2(section.contains(u"\n- Why: "_s), qPrintable(section));
        }
        QCOMPARE(page.count(u"\n## "_s), static_cast<qsizetype>(kRules));
        QCOMPARE(QSet<QString>(sections.begin(), sections.end()).size(), sections.size());
    }

    void eachLoopFactHasARule()
    {
        QFile file(QStringLiteral(BISTRO_SOURCE_DIR "/app/why/RULES.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString page = QString::fromUtf8(file.readAll());
        std::set<int> facts;
        static const QRegularExpression sentence(u"[Ll]oop facts? ([0-9]+(?:(?:, | and )[0-9]+)*)"_s);
        static const QRegularExpression number(u"[0-9]+"_s);
        for (const auto& match : sentence.globalMatch(page)) {
            for (const auto& fact : number.globalMatch(match.captured(1)))
                facts.insert(fact.captured().toInt());
        }
        for (int fact = 1; fact <= 19; ++fact)
            QVERIFY2(facts.contains(fact), qPrintable(QString::number(fact)));
    }

    void anIdLeadsToItsRule()
    {
        for (std::size_t i = 0; i < kRules; ++i)
            QCOMPARE(ruleOf(ruleId(static_cast<Rule>(i))), std::optional(static_cast<Rule>(i)));
        QVERIFY(!ruleOf("no-such-rule"));
    }
};

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
