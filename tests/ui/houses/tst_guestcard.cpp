// The card of a guest in both restaurants.
#include "app/rush/guests.h"
#include "houses/guestcard.h"
#include "text/catalogue.h"
#include "ui/measuring.h"

#include <QTest>

using namespace bistro;
using namespace bistro::tests;
using namespace bistro::ui;
using namespace Qt::StringLiterals;

class GuestCardTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { app::installCatalogues(); }
    void theCardSaysBothRestaurantsInColumns();
    void aGuestWhoHasNotWaitedGainsNothing();
    void aBottleneckIsSaid();
    void withoutAGuestItSaysWhatToDo();
    void wordsFitAndReadWell_data();
    void wordsFitAndReadWell();
};

void GuestCardTest::theCardSaysBothRestaurantsInColumns()
{
    const auto content = contentOfTable(calmRush(), {}, 4);
    QVERIFY(content.has_value());
    QCOMPARE(content->title, u"GET /menu"_s);
    QCOMPARE(content->table, u"table 4"_s);
    const QStringList drawn = [&] {
        QStringList rows;
        for (const GuestContent::Row& row : content->rows)
            rows << row.name + u": "_s + row.above + u" | "_s + row.below;
        return rows;
    }();
    QCOMPARE(drawn,
        QStringList({u"asked: 14.0 ms | 14.0 ms"_s, u"served by: 66 ms | 64 ms"_s, u"waits for waiter: 2.0 ms | 0 ms"_s,
            u"waits for db, file: 40 ms | 40 ms"_s, u"a waiter idle: 0 ms | 40 ms"_s}));
    QCOMPARE(content->buys, u"What the three buy"_s);
    QCOMPARE(content->sentences.size(), 3U);
    QCOMPARE(content->sentences[0], u"Table 4 is served 2.0 ms sooner: nobody is served before it."_s);
    QCOMPARE(content->sentences[1],
        u"For that, one waiter stands beside it, idle for 40 ms of 50 ms, with a stack of 8 MiB."_s);
    QCOMPARE(content->sentences[2], u"Database and file are no faster for it, and most of the time goes there."_s);
    QVERIFY(!contentOfTable(calmRush(), {}, 99));
}

void GuestCardTest::aGuestWhoHasNotWaitedGainsNothing()
{
    const auto content = contentOfTable(calmRush(), {}, 2);
    QCOMPARE(content->sentences[0], u"Table 2 gains nothing: it has not waited for the waiter."_s);
}

void GuestCardTest::aBottleneckIsSaid()
{
    const auto content = contentOfTable(busyRush(), {.computing = 16}, 9);
    QCOMPARE(content->sentences[2], u"Here guests wait for the waiter longest: more waiters help this rush."_s);
}

void GuestCardTest::withoutAGuestItSaysWhatToDo()
{
    GuestCard card;
    QVERIFY(card.asText().contains(u"Select a table"_s));
    card.setGuest(contentOfTable(calmRush(), {}, 3));
    QVERIFY(card.asText().contains(u"table 3"_s));
    QVERIFY(card.accessibleDescription().contains(u"with one waiter"_s));
}

void GuestCardTest::wordsFitAndReadWell_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("zoom");
    QTest::newRow("light") << false << 1.;
    QTest::newRow("dark") << true << 1.;
    QTest::newRow("light 150 %") << false << 1.5;
    QTest::newRow("dark 150 %") << true << 1.5;
}

void GuestCardTest::wordsFitAndReadWell()
{
    QFETCH(const bool, dark);
    QFETCH(const double, zoom);
    GuestCard card;
    const Theme theme(dark ? Scheme::Dark : Scheme::Light, zoom);
    card.setTheme(theme);
    card.setGuest(contentOfTable(busyRush(), {}, 7));
    card.resize(theme.px(256), card.heightForWidth(theme.px(256)));
    test::MeasuringDevice device(card.size());
    card.render(&device);
    const auto& texts = device.texts();
    QVERIFY(texts.size() > 15);
    for (const test::MeasuredText& text : texts) {
        QVERIFY2(text.contrast >= 4.5, qPrintable(text.text));
        QVERIFY2(QRectF(card.rect()).contains(text.rect), qPrintable(text.text));
        QVERIFY2(!text.text.contains(u'…'), qPrintable(text.text));
    }
}

QTEST_MAIN(GuestCardTest)
#include "tst_guestcard.moc"
