#include "stage/restaurantparts.h"

#include "stage/paint.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

constexpr double kTip = 7.5; // of a bubble, below it

bool allFit(const QStringList& lines, double width)
{
    return std::ranges::all_of(lines, [&](const QString& line) {
        return widthOf(TextShape {.size = TypeSize::Second, .runs = {{line, Ink::Secondary, QFont::Normal}}}) <= width;
    });
}

QRectF lowestPlate(const RestaurantDrawing& p)
{
    return p.picture.plates.size() > 1 ? p.l.plate.adjusted(3, 1.5, -1, -0.5) : p.l.plate;
}

// The plates on the tray: the call stack.
void plates(RestaurantDrawing& p, Pen& pen)
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
        const bool refused = top && !picture.refused.isEmpty();
        constexpr double sign = 22; // its room at the right; the name stays in the middle
        pen.text(plate.center(), plate.width() - (refused ? 2 * sign : 3), picture.plates[i],
            plates > 1 || static_cast<double>(picture.plates[i].size()) * 8.4 > plate.width() ? TypeSize::Label
                                                                                              : TypeSize::Heading,
            guilty      ? Ink::OnError
                : black ? Ink::OnInk
                        : Ink::Text,
            QFont::DemiBold, Qt::AlignHCenter);
        if (refused)
            pen.noEntry({plate.right() - sign / 2 - 1, plate.center().y()}, 7);
    }
}

double topOfPlates(const RestaurantDrawing& p)
{
    const std::size_t plates = p.picture.plates.size();
    return lowestPlate(p).top() - static_cast<double>(plates == 0 ? 0 : plates - 1) * p.l.platePitch;
}

QRectF alarmOver(const RestaurantDrawing& p)
{
    const QRectF lowest = lowestPlate(p);
    const double height = p.l.spacious ? 59 : 44;
    const double y = std::max(p.l.spacious ? 10. : 6., topOfPlates(p) - height - 6);
    return {lowest.left(), y, lowest.width(), height};
}

// Over the tray: whoever is on it keeps others waiting.
void alarm(RestaurantDrawing& p, Pen& pen)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    const QRectF box = alarmOver(p);
    pen.box(box, 8, Ink::Error);
    pen.add(LineShape {.points = {{box.center().x() - 9, box.bottom() - 0.5},
                           {box.center().x() + 9, box.bottom() - 0.5}, {box.center().x(), box.bottom() + 7}},
        .ink = Ink::Error,
        .filled = true});
    const double label = box.center().x() - 34;
    pen.add(MarkShape {
        .meaning = Meaning::Error, .square = {label, box.top() + (l.spacious ? 9 : 5), 13, 13}, .ink = Ink::OnError});
    pen.text({label + 18, box.top() + (l.spacious ? 15.7 : 11.7)}, 70, picture.headline, TypeSize::Label, Ink::OnError,
        QFont::Bold);
    const double width = box.width() - 12;
    const auto fits = [&](TypeSize size) {
        return widthOf({.size = size, .runs = {{picture.reason, Ink::OnError, QFont::Bold}}}) <= width;
    };
    const TypeSize size = l.spacious && fits(TypeSize::Display) ? TypeSize::Display
        : fits(TypeSize::Title)                                 ? TypeSize::Title
                                                                : TypeSize::Heading;
    pen.text({box.center().x(), box.top() + (l.spacious ? 39 : 30)}, width, picture.reason, size, Ink::OnError,
        QFont::Bold, Qt::AlignHCenter);
}

// What runs: beside the tray, or above it where the column is narrow.
void runningNow(RestaurantDrawing& p, Pen& pen, double top, double down)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    const bool beside = l.spacious;
    const double y = beside ? l.runningNow.y() : top - 26;
    if (y <= down + 4)
        return;
    const double width = l.runningNow.x() - (beside ? l.tablesText - 8 : l.tablesText);
    const bool ended = p.scene.state.end.has_value();
    const QString reason = picture.mood == Mood::Running || ended || !p.scene.outermost
        ? picture.reason
        : p.scene.facts.kind(p.scene.outermost);
    // A sentence grows upwards, as far as there is room.
    QStringList lines = ended ? inLines(reason, width) : QStringList(reason);
    double line = y - kSecondLine * static_cast<double>(lines.size() - 1);
    if (line <= down + 4) {
        lines = {reason};
        line = y;
    }
    pen.text({l.runningNow.x(), line}, width, picture.headline, TypeSize::Label,
        picture.mood == Mood::Crashed ? Ink::Error : Ink::Text, QFont::Bold, Qt::AlignRight);
    for (const QString& words : lines) {
        line += kSecondLine;
        pen.text({l.runningNow.x(), line + 0.7}, width, words, TypeSize::Second, Ink::Secondary, QFont::Normal,
            Qt::AlignRight);
    }
}

// Nothing on the tray: what the waiter says instead.
void say(RestaurantDrawing& p, Pen& pen, const Speech& speech)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    const bool bad = picture.mood == Mood::Crashed;
    const QRectF& bubble = speech.bubble;
    pen.box(bubble, 8, bad ? Ink::Error : Ink::Paper, bad ? Ink::None : Ink::PaperEdge);
    const double x = l.waiter.left() + l.waiter.width() * 0.43;
    const double bottom = bubble.bottom();
    pen.add(LineShape {.points = {{x - 8, bottom - 0.5}, {x + 8, bottom - 0.5}, {x, bottom + kTip - 0.5}},
        .ink = bad ? Ink::Error : Ink::Paper,
        .filled = true});
    if (!bad)
        pen.add(LineShape {
            .points = {{x - 8.5, bottom}, {x, bottom + kTip}, {x + 8.5, bottom}}, .ink = Ink::PaperEdge, .width = 1});
    pen.text({bubble.center().x(), bubble.top() + 16}, bubble.width() - 12, picture.headline, TypeSize::Label,
        bad ? Ink::OnError : Ink::Text, QFont::Bold, Qt::AlignHCenter);
    double y = bubble.top() + 33;
    for (const QString& line : speech.lines) {
        pen.text({bubble.center().x(), y}, bubble.width() - 12, line, TypeSize::Second,
            bad ? Ink::OnError : Ink::Secondary, QFont::Normal, Qt::AlignHCenter);
        y += kSecondLine;
    }
}

} // namespace

QRectF trayArea(const RestaurantDrawing& p)
{
    QRectF area;
    if (!p.picture.plates.empty()) {
        area = lowestPlate(p);
        area.setTop(topOfPlates(p));
    }
    return p.picture.mood == Mood::Blocked ? area.united(alarmOver(p)) : area;
}

std::optional<Speech> speechOf(const RestaurantDrawing& p, bool guests)
{
    if (!p.picture.plates.empty() || p.picture.mood == Mood::Blocked || p.picture.mood == Mood::Running)
        return std::nullopt;
    const RestaurantLayout& l = p.l;
    constexpr double hair = 47. / 240; // of the figure's height, over his head
    const double bottom = l.waiter.top() + l.waiter.height() * hair - kTip - 2;
    const auto speech = [&](double left, double right) {
        constexpr qsizetype longest = 4; // lines: an error may say more
        QStringList lines = inLines(p.picture.reason, right - left - 12);
        if (lines.size() > longest) {
            lines = lines.first(longest);
            lines.back() += u'…';
        }
        const double height = 32 + kSecondLine * static_cast<double>(std::max<qsizetype>(lines.size(), 1));
        return Speech {.bubble = {left, bottom - height, right - left, height}, .lines = lines};
    };
    // Two columns of heads have room left of the narrow one.
    constexpr int most = 5;
    const double right = l.passLeft - (l.tablesText - 4);
    const Speech narrow = speech(l.tablesText + 68, right);
    if (guests && narrow.lines.size() <= most && allFit(narrow.lines, narrow.bubble.width() - 12))
        return narrow;
    return speech(l.tablesText - 4, right);
}

void drawTray(RestaurantDrawing& p, Pen& pen, double down, const std::optional<Speech>& speech)
{
    plates(p, pen);
    if (p.picture.mood == Mood::Blocked)
        alarm(p, pen);
    else if (!p.picture.plates.empty())
        runningNow(p, pen, topOfPlates(p), down);
    else if (speech)
        say(p, pen, *speech);
}

} // namespace bistro::ui
