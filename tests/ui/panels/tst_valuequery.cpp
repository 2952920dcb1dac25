#include "panels/valuequery.h"

#include "panels/valuewords.h"

#include <QTest>

using namespace bistro;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

bool holds(const QString& typed, const std::string& value)
{
    const auto query = ValueQuery::parsed(typed);
    const app::LineValue told {.text = value, .object = {}, .cut = false, .told = 1};
    return query && *query && (*query)->holds(told, QString::fromStdString(value));
}

} // namespace

class TestValueQuery final : public QObject {
    Q_OBJECT

private slots:
    void aConditionHoldsForSomeValues_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("holdsFor");
        QTest::addColumn<QString>("notFor");
        const auto row = [](const QString& typed, const QString& holdsFor, const QString& notFor) {
            QTest::addRow("%s", qPrintable(typed)) << typed << holdsFor << notFor;
        };
        row(u"= 45"_s, u"45|45n"_s, u"450|'45'|undefined"_s);
        row(u"45"_s, u"45"_s, u"145"_s);
        row(u"=== 4.50"_s, u"4.5"_s, u"4"_s);
        row(u"> 100"_s, u"101|Infinity"_s, u"100|'200'|NaN|undefined|null"_s);
        row(u">=100"_s, u"100|101"_s, u"99"_s);
        row(u"< -1"_s, u"-2"_s, u"-1|0"_s);
        row(u"<= 3"_s, u"3|-0"_s, u"4"_s);
        row(u"!= 3"_s, u"4|'3'|undefined"_s, u"3"_s);
        row(u"undefined"_s, u"undefined"_s, u"'undefined'|null"_s);
        row(u"= null"_s, u"null"_s, u"undefined|0"_s);
        row(u"NaN"_s, u"NaN"_s, u"0"_s);
        row(u"'soup'"_s, u"'soup'"_s, u"'soups'|soup"_s);
        row(u"= \"soup\""_s, u"'soup'"_s, u"'Soup'"_s);
        row(u"= soup"_s, u"'soup'"_s, u"'pie'"_s);
        row(u"'it\\'s'"_s, u"\"it's\""_s, u"'its'"_s);
        row(u"> 'p'"_s, u"'pie'|'tea'"_s, u"'bread'|18"_s);
        row(u"oup"_s, u"'soup'|[ 'Soup' ]"_s, u"'pie'"_s);
    }
    void aConditionHoldsForSomeValues()
    {
        QFETCH(QString, typed);
        QFETCH(QString, holdsFor);
        QFETCH(QString, notFor);
        for (const QString& value : holdsFor.split(u'|'))
            QVERIFY2(holds(typed, value.toStdString()), qPrintable(value));
        for (const QString& value : notFor.split(u'|'))
            QVERIFY2(!holds(typed, value.toStdString()), qPrintable(value));
    }

    void nothingTypedAsksForNothing()
    {
        QVERIFY(ValueQuery::parsed(u"  "_s).has_value());
        QVERIFY(!ValueQuery::parsed(u"  "_s)->has_value());
    }

    void aSignAloneIsToldInASentence()
    {
        const auto query = ValueQuery::parsed(u"> "_s);
        QVERIFY(!query);
        QCOMPARE(query.error(), u"Write a value after >."_s);
    }

    void whatIsNotSetOrNotKnownFitsNoComparison()
    {
        const auto query = ValueQuery::parsed(u"< 5"_s);
        QVERIFY(!(*query)->holds({.text = {}, .object = {}, .cut = false, .told = 3}, u"not set yet"_s));
        QVERIFY(!(*query)->holds({}, u"not recorded here"_s));
    }

    void aDifferenceHasItsSign()
    {
        const auto difference = [](std::string_view before, std::string_view after) {
            return differenceText({.text = before, .object = {}, .cut = false, .told = 1},
                {.text = after, .object = {}, .cut = false, .told = 2});
        };
        QCOMPARE(difference("33", "51"), u"+18"_s);
        QCOMPARE(difference("51", "33"), u"-18"_s);
        QCOMPARE(difference("0.1", "0.3"), u"+0.2"_s);
        QCOMPARE(difference("9n", "10n"), u"+1"_s);
        QCOMPARE(difference("'9'", "10"), QString());
        QCOMPARE(difference("5", "5"), QString());
        QCOMPARE(difference("5", "Infinity"), QString());
    }

    void momentsThatLieCloseDiffer()
    {
        QCOMPARE(momentText(139'850'000), u"139.85 ms"_s);
        QCOMPARE(momentText(136'600'000), u"136.6 ms"_s);
        QCOMPARE(momentText(12'345'678'000), u"12.346 s"_s);
        QCOMPARE(spokenMoment(139'850'000), u"139.85 milliseconds"_s);
    }
};

QTEST_MAIN(TestValueQuery)
#include "tst_valuequery.moc"
