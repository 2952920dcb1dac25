#include "theme/fonts.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <QTest>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

class TestFonts : public QObject {
    Q_OBJECT

private slots:
    void bothAreInThePixelsOfTheTheme()
    {
        QCOMPARE(uiFont(Theme(Scheme::Light, 1.5), TypeSize::Title).pixelSize(), 30);
        QCOMPARE(codeFont(Theme(Scheme::Light)).pixelSize(), 13);
        QCOMPARE(codeLineHeight(Theme(Scheme::Dark, 2.0)), 46);
    }

    void everyLetterOfCodeIsEquallyWide()
    {
        const QFontMetricsF metrics(codeFont(Theme(Scheme::Light)));
        QVERIFY(metrics.horizontalAdvance(u'i') > 0);
        QCOMPARE(metrics.horizontalAdvance(u'i'), metrics.horizontalAdvance(u'W'));
        QCOMPARE(metrics.horizontalAdvance(u"=>!==="_s), 6 * metrics.horizontalAdvance(u'W'));
    }

    void withoutADesktopTheyAreThoseThatTheWindowWasDrawnWith()
    {
        const QFont ui = uiFont(Theme(Scheme::Light), TypeSize::Label, QFont::DemiBold);
        QVERIFY(ui.families().first() != u"Sans Serif"_s);
        QCOMPARE(ui.weight(), QFont::DemiBold);
        QVERIFY(QFontInfo(codeFont(Theme(Scheme::Light))).fixedPitch());
    }
};

QTEST_MAIN(TestFonts)
#include "tst_fonts.moc"
