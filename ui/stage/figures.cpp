#include "stage/figures.h"

#include "stage/palette.h"

#include <QFile>
#include <QPainter>
#include <QRegularExpression>
#include <QSvgRenderer>

#include <array>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

QString fileOf(Figure figure)
{
    switch (figure) {
    case Figure::Waiter: return u"waiter"_s;
    case Figure::WaiterServing: return u"waiter-serving"_s;
    case Figure::WaiterRest: return u"waiter-rest"_s;
    case Figure::CookBusy: return u"cook-busy"_s;
    case Figure::CookFree: return u"cook-free"_s;
    case Figure::Customer: return u"customer"_s;
    case Figure::Table: return u"table"_s;
    case Figure::TableFree: return u"table-free"_s;
    case Figure::EggTimer: return u"egg-timer"_s;
    case Figure::Door: return u"door"_s;
    case Figure::Cloche: return u"cloche"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

struct Complexion {
    const char* face;
    const char* neck;
};
constexpr std::array<Complexion, 5> kSkins {{{"#d09a72", "#b97f58"}, {"#8d5a3c", "#754628"}, {"#efc9a9", "#d6a984"},
    {"#ad7d59", "#946644"}, {"#b98056", "#a06a48"}}};

void paintCook(QString& svg, int face)
{
    const Complexion& skin = kSkins[static_cast<std::size_t>(face) % 4];
    svg.replace(u"#d09a72"_s, QLatin1StringView(skin.face)).replace(u"#b97f58"_s, QLatin1StringView(skin.neck));
}

// Heads differ so that one is told from the other: skin, hair and shirt by the table's number.
void paintGuest(QString& svg, int face, bool wholeTable)
{
    static constexpr std::array<const char*, 5> hairs {"#2f241d", "#5c554f", "#a8752f", "#1f1a17", "#794a26"};
    static constexpr std::array<const char*, 4> shirts {"#7d8797", "#8a9e8c", "#a48aa8", "#b08968"};
    const auto n = static_cast<std::size_t>(face);
    const Complexion& skin = kSkins[wholeTable && face <= 1 ? 4 : (n * 3 + 1) % kSkins.size()];
    svg.replace(u"#b98056"_s, QLatin1StringView(skin.face)).replace(u"#a06a48"_s, QLatin1StringView(skin.neck));
    if (wholeTable && face <= 1)
        return;
    // The eyes and the mouth keep their colour: only the hair's path is coloured.
    svg.replace(
        u"<path fill=\"#2f241d\""_s, u"<path fill=\"%1\""_s.arg(QLatin1StringView(hairs[(n * 2 + 1) % hairs.size()])));
    svg.replace(u"#7d8797"_s, QLatin1StringView(shirts[n % shirts.size()]));
    if (!wholeTable && n % 3 == 1) {
        // Long hair falls to the shoulders on both sides of the face.
        const QString hair = QLatin1StringView(hairs[(n * 2 + 1) % hairs.size()]);
        svg.replace(u"<path fill=\"#a06a48\""_s,
            u"<path fill=\"%1\" d=\"M8.5 17q-1-13.500 11.500-14 12.500.5 11.500 14v14h-5.500v-12h-12v12h-5.500z\"/>"
            "<path fill=\"#a06a48\""_s.arg(hair));
        svg.replace(QLatin1StringView("<path fill=\"") + QLatin1StringView(skin.neck),
            u"<path fill=\"%1\" d=\"M8.5 17q-1-13.500 11.500-14 12.500.5 11.500 14v14h-23z\"/><path fill=\"%2"_s.arg(
                hair, QLatin1StringView(skin.neck)));
    }
}

} // namespace

double Figures::aspect(Figure figure)
{
    switch (figure) {
    case Figure::Waiter:
    case Figure::WaiterServing:
    case Figure::WaiterRest: return 140. / 240;
    case Figure::CookBusy:
    case Figure::CookFree:
    case Figure::Customer: return 1;
    case Figure::Table:
    case Figure::TableFree: return 140. / 150;
    case Figure::EggTimer: return 64. / 76;
    case Figure::Door: return 72. / 84;
    case Figure::Cloche: return 56. / 40;
    }
    Q_UNREACHABLE_RETURN(1);
}

QImage Figures::image(const FigureShape& shape, const QSize& pixels, const Theme& theme)
{
    const QString key = u"%1/%2/%3/%4/%5x%6/%7"_s.arg(static_cast<int>(shape.figure))
                            .arg(static_cast<int>(shape.color))
                            .arg(shape.face)
                            .arg(shape.mood)
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(theme.isDark());
    if (const auto found = m_images.constFind(key); found != m_images.cend())
        return *found;
    constexpr qsizetype kMost = 400; // a house that is zoomed and rezoomed must not keep every size for ever
    if (m_images.size() >= kMost)
        m_images.clear();

    QFile file(u":/figures/%1%2.svg"_s.arg(fileOf(shape.figure), theme.isDark() ? u"-dark"_s : QString()));
    QString svg;
    if (file.open(QIODevice::ReadOnly))
        svg = QString::fromUtf8(file.readAll());
    if (shape.color != Ink::None && shape.figure != Figure::Customer)
        svg.replace(u"currentColor"_s, colorOf(shape.color, theme).name());
    switch (shape.figure) {
    case Figure::CookBusy:
    case Figure::CookFree: paintCook(svg, shape.face); break;
    case Figure::Table: paintGuest(svg, shape.face, true); break;
    case Figure::Customer:
        paintGuest(svg, shape.face, false);
        if (shape.mood == 0)
            svg.replace(u"M17 25.5h6"_s, u"M16.500 24.500q3.500 3 7 0"_s);
        if (shape.mood == 2) {
            svg.replace(u"M17 25.5h6"_s, u"M16.500 26.500q3.500-3.500 7 0M14 15.800l4 1.400M26 15.800l-4 1.400"_s);
            svg.replace(QRegularExpression(u"r=\"20\" fill=\"[^\"]*\""_s),
                u"r=\"20\" fill=\"%1\""_s.arg(theme.tint(Meaning::Error).name()));
        }
        break;
    case Figure::Waiter:
    case Figure::WaiterServing:
    case Figure::WaiterRest:
    case Figure::TableFree:
    case Figure::EggTimer:
    case Figure::Door:
    case Figure::Cloche: break;
    }
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(svg.toUtf8());
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(QPointF(0, 0), QSizeF(pixels)));
    painter.end();
    m_images.insert(key, image);
    return image;
}

} // namespace bistro::ui
