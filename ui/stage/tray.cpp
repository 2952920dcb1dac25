#include "stage/restaurantparts.h"

#include "stage/paint.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

// As many words as fit into the first line; the others.
std::pair<QString, QString> inTwoLines(const QString& text, double width)
{
    const auto fits = [width](const QString& words) {
        return widthOf(TextShape {.size = TypeSize::Second, .runs = {{words, Ink::Secondary, QFont::Normal}}}) <= width;
    };
    if (fits(text))
        return {text, {}};
    qsizetype end = text.lastIndexOf(u' ');
    while (end > 0 && !fits(text.first(end)))
        end = text.lastIndexOf(u' ', end - 1);
    return end > 0 ? std::pair {text.first(end), text.sliced(end + 1)} : std::pair {text, QString()};
}

QRectF lowestPlate(const RestaurantDrawing& p)
{
    return p.picture.plates.size() > 1 ? p.l.plate.adjusted(3, 1.5, -1, -0.5) : p.l.plate;
}

// The plates on the tray: the call stack. How far up they reach.
double plates(RestaurantDrawing& p, Pen& pen)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    const std::size_t plates = picture.plates.size();
    const QRectF lowest = lowestPlate(p);
    for (std::size_t i = 0; i < plates; ++i) {
        const QRectF plate = lowest.translated(0, -static_cast<double>(plates - 1 - i) * l.platePitch);
        const bool top = i == 0;
        const bool guilty = i == picture.guilty;
        const bool black = top && !picture.nodesOwnRuns;
        pen.add(BoxShape {.rect = plate,
            .radius = 7,
            .fill = guilty ? Ink::Error
                : black    ? Ink::Running
                           : Ink::Paper,
            .edge = black || guilty    ? Ink::None
                : picture.nodesOwnRuns ? Ink::Secondary
                                       : Ink::PaperEdge,
            .dashed = picture.nodesOwnRuns});
        pen.text(plate.center(), plate.width() - 3, picture.plates[i],
            plates > 1 || static_cast<double>(picture.plates[i].size()) * 8.4 > plate.width() ? TypeSize::Label
                                                                                              : TypeSize::Heading,
            guilty      ? Ink::OnError
                : black ? Ink::OnInk
                        : Ink::Text,
            QFont::DemiBold, Qt::AlignHCenter);
    }
    return lowest.top() - static_cast<double>(plates == 0 ? 0 : plates - 1) * l.platePitch;
}

// Over the tray: whoever is on it keeps others waiting.
void alarm(RestaurantDrawing& p, Pen& pen, double top)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    const QRectF lowest = lowestPlate(p);
    const double height = 59;
    const double y = std::max(10., top - height - 6);
    const QRectF box(lowest.left(), y, lowest.width(), height);
    pen.box(box, 8, Ink::Error);
    pen.add(LineShape {.points = {{box.center().x() - 9, box.bottom() - 0.5},
                           {box.center().x() + 9, box.bottom() - 0.5}, {box.center().x(), box.bottom() + 7}},
        .ink = Ink::Error,
        .filled = true});
    const double label = box.center().x() - 34;
    pen.add(MarkShape {.meaning = Meaning::Error, .square = {label, box.top() + 9, 13, 13}, .ink = Ink::OnError});
    pen.text({label + 18, box.top() + 15.7}, 70, picture.headline, TypeSize::Label, Ink::OnError, QFont::Bold);
    pen.text({box.center().x(), box.top() + 39}, box.width(), picture.reason,
        l.spacious ? TypeSize::Display : TypeSize::Title, Ink::OnError, QFont::Bold, Qt::AlignHCenter);
}

// What runs: beside the tray, or above it where the column is narrow.
void runningNow(RestaurantDrawing& p, Pen& pen, double top, double down)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    const bool beside = l.spacious;
    const double y = beside ? l.runningNow.y() : top - 26;
    if (y > down + 4) {
        const double width = l.runningNow.x() - (beside ? l.tablesText - 8 : l.tablesText);
        const QString& headline = picture.headline;
        const QString reason = picture.mood == Mood::Running || !p.scene.outermost
            ? picture.reason
            : p.scene.facts.kind(p.scene.outermost);
        pen.text({l.runningNow.x(), y}, width, headline, TypeSize::Label,
            picture.mood == Mood::Crashed ? Ink::Error : Ink::Text, QFont::Bold, Qt::AlignRight);
        pen.text({l.runningNow.x(), y + kSecondLine + 0.7}, width, reason, TypeSize::Second, Ink::Secondary,
            QFont::Normal, Qt::AlignRight);
    }
}

// Nothing on the tray: what the waiter says instead.
void said(RestaurantDrawing& p, Pen& pen)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    const bool bad = picture.mood == Mood::Crashed;
    const double room = l.passLeft - 2 * (l.tablesText - 4) - 12;
    const auto [reason, rest] = inTwoLines(picture.reason, room);
    const double height = rest.isEmpty() ? 48 : 64;
    const QRectF card(l.tablesText - 4, l.plate.bottom() - height - 4, l.passLeft - 2 * (l.tablesText - 4), height);
    pen.box(card, 8, bad ? Ink::Error : Ink::Paper, bad ? Ink::None : Ink::PaperEdge);
    const double x = l.waiter.left() + l.waiter.width() * 0.43;
    pen.add(LineShape {.points = {{x - 8, card.bottom() - 0.5}, {x + 8, card.bottom() - 0.5}, {x, card.bottom() + 7}},
        .ink = bad ? Ink::Error : Ink::Paper,
        .filled = true});
    if (!bad)
        pen.add(LineShape {.points = {{x - 8.5, card.bottom()}, {x, card.bottom() + 7.5}, {x + 8.5, card.bottom()}},
            .ink = Ink::PaperEdge,
            .width = 1});
    pen.text({card.center().x(), card.top() + 16}, card.width() - 16, picture.headline, TypeSize::Label,
        bad ? Ink::OnError : Ink::Text, QFont::Bold, Qt::AlignHCenter);
    const Ink ink = bad ? Ink::OnError : Ink::Secondary;
    pen.text(
        {card.center().x(), card.top() + 33}, room, reason, TypeSize::Second, ink, QFont::Normal, Qt::AlignHCenter);
    if (!rest.isEmpty())
        pen.text({card.center().x(), card.top() + 33 + kSecondLine}, room, rest, TypeSize::Second, ink, QFont::Normal,
            Qt::AlignHCenter);
}

} // namespace

void drawTray(RestaurantDrawing& p, Pen& pen, double down)
{
    const double top = plates(p, pen);
    if (p.picture.mood == Mood::Blocked)
        alarm(p, pen, top);
    else if (!p.picture.plates.empty())
        runningNow(p, pen, top, down);
    else if (p.picture.mood != Mood::Running)
        said(p, pen);
}

} // namespace bistro::ui
