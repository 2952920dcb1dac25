#include "theme/theme.h"

#include <QDirIterator>
#include <QFile>
#include <QImage>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <cmath>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor& color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& a, const QColor& b)
{
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

QImage drawn(Meaning meaning)
{
    QImage image(32, 32, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintMark(painter, meaning, QRectF(4, 4, 24, 24), Qt::black);
    return image;
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private slots:
    void textsAreReadableInBothSchemes()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Theme theme(scheme);
            for (const QColor& ground : {theme.window(), theme.raised(), theme.sunken(), theme.currentLine()}) {
                QVERIFY(contrast(theme.text(), ground) >= 7);
                QVERIFY(contrast(theme.secondary(), ground) >= 4.5);
            }
            QVERIFY(contrast(theme.onInk(), theme.ink()) >= 7);
            for (std::size_t i = 0; i < kMeanings; ++i)
                QVERIFY(contrast(theme.text(), theme.tint(static_cast<Meaning>(i))) >= 7);
        }
    }

    void everyInkReadsOnEveryGroundOfItsOwn()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Theme theme(scheme);
            QList<QColor> grounds {
                theme.window(), theme.raised(), theme.sunken(), theme.currentLine(), theme.selection()};
            for (std::size_t i = 0; i < kMeanings; ++i) {
                const auto meaning = static_cast<Meaning>(i);
                grounds << theme.tint(meaning);
                QVERIFY(contrast(readableOn(theme.color(meaning)), theme.color(meaning)) >= 4.5);
                QVERIFY(contrast(theme.color(Meaning::Error), theme.tint(Meaning::Error)) >= 4.5);
            }
            for (const QColor& ground : std::as_const(grounds)) {
                for (const QColor& ink : {theme.text(), theme.secondary(), theme.literal()})
                    QVERIFY2(contrast(ink, ground) >= 4.5,
                        qPrintable(u"%1 on %2: %3"_s.arg(ink.name(), ground.name()).arg(contrast(ink, ground))));
            }
            for (const QColor& ground : {theme.window(), theme.raised(), theme.sunken(), theme.selection()})
                QVERIFY2(contrast(theme.color(Meaning::Error), ground) >= 4.5, qPrintable(ground.name()));
            for (const QColor& ground : {theme.window(), theme.raised(), theme.sunken()}) {
                QVERIFY2(contrast(theme.later(), ground) >= 4.5, qPrintable(ground.name()));
                QVERIFY(contrast(theme.later(), ground) < contrast(theme.text(), ground) / 2); // and is told apart
            }
            QCOMPARE(contrastOf(theme.text(), theme.window()), contrast(theme.text(), theme.window()));
        }
    }

    void everyMeaningHasAColourOfItsOwnAndStandsOutFromTheWindow()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Theme theme(scheme);
            QSet<QRgb> seen;
            for (std::size_t i = 0; i < kMeanings; ++i) {
                const QColor color = theme.color(static_cast<Meaning>(i));
                seen.insert(color.rgb());
                QVERIFY(contrast(color, theme.window()) >= 3);
            }
            QCOMPARE(seen.size(), static_cast<qsizetype>(kMeanings));
        }
    }

    void noTwoMarksLookAlikeWithoutColour()
    {
        for (std::size_t i = 0; i < kMeanings; ++i) {
            for (std::size_t j = 0; j < i; ++j) {
                QVERIFY(drawn(static_cast<Meaning>(i)) != drawn(static_cast<Meaning>(j)));
                QVERIFY(markOf(static_cast<Meaning>(i)) != markOf(static_cast<Meaning>(j)));
            }
        }
    }

    void whatIsWrittenOnAGroundCanBeRead()
    {
        for (const Scheme scheme : {Scheme::Light, Scheme::Dark}) {
            const Theme theme(scheme);
            QVERIFY(contrast(theme.onError(), theme.color(Meaning::Error)) >= 4.5);
            QVERIFY(contrast(theme.onInk(), theme.inkHovered()) >= 7);
            QVERIFY(contrast(theme.onBand(), theme.band()) >= 7);
            QVERIFY(contrast(theme.secondaryOnBand(), theme.band()) >= 7);
            for (std::size_t i = 0; i < kMeanings; ++i)
                QVERIFY(contrast(readableOn(theme.color(static_cast<Meaning>(i))), theme.color(static_cast<Meaning>(i)))
                    >= 3);
        }
    }

    // The drawings' own: faces and shirts of the figures, paper and wood of the stage.
    void coloursAreWrittenInTheThemeAlone()
    {
        static const QRegularExpression literal(
            u"QColor[ ({]+(0x|[0-9]|Qt::(?!transparent)|u?\"#)|\"#[0-9a-fA-F]{3,8}\\b|qRgba?\\("_s);
        QDir ui(QString::fromUtf8(BISTRO_SOURCE_DIR) + u"/ui"_s);
        QVERIFY(ui.exists());
        int files = 0;
        for (QDirIterator it(ui.path(), {u"*.cpp"_s, u"*.h"_s, u"*.qml"_s}, QDir::Files, QDirIterator::Subdirectories);
            it.hasNext();) {
            const QString path = ui.relativeFilePath(it.next());
            if (path.startsWith(u"theme/"_s) || path == u"stage/palette.cpp"_s || path == u"stage/figures.cpp"_s)
                continue;
            QFile file(ui.filePath(path));
            QVERIFY(file.open(QIODevice::ReadOnly));
            int number = 0;
            for (const QString& line : QString::fromUtf8(file.readAll()).split(u'\n')) {
                ++number;
                const QString code = line.section(u" // "_s, 0, 0);
                QVERIFY2(!literal.match(code).hasMatch(), qPrintable(u"%1:%2: %3"_s.arg(path).arg(number).arg(line)));
            }
            ++files;
        }
        QVERIFY(files > 100);
    }

    void sizesGrowWithTheZoom()
    {
        QCOMPARE(Theme(Scheme::Light, 1.5).px(TypeSize::Title), 30);
        QCOMPARE(Theme(Scheme::Light).px(TypeSize::Second), 11);
    }
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
