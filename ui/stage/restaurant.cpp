#include "stage/layout.h"
#include "stage/paint.h"
#include "stage/scene.h"
#include "text/amounts.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace bistro::ui {
namespace {

using namespace app;

QString tr(const char* text)
{
    return QCoreApplication::translate("bistro::ui::Stage", text);
}

constexpr double kSecondLine = 16; // below a first line

// The parts, back to front.
enum PartOf : std::size_t { Ground, Guests, ServingPart, Names, Pass, Cooks, Eggs, DoorPart, Tower, kParts };

struct Painting {
    StagePicture& picture;
    const Scene& scene;
    const RestaurantLayout& l;

    Part& part(PartOf which) { return picture.parts[which]; }
    [[nodiscard]] bool presents() const { return scene.options.size == StageSize::Presentation; }
};

void heading(
    Pen& pen, const RestaurantLayout& l, double x, double width, const QString& title, std::vector<TextRun> subtitle)
{
    pen.text({x, l.title}, width, title, TypeSize::Heading, Ink::Text, QFont::DemiBold);
    pen.runs({x, l.subtitle}, width, TypeSize::Second, std::move(subtitle));
}

void ground(Painting& p)
{
    const RestaurantLayout& l = p.l;
    Part& part = p.part(Ground);
    const QRectF whole = QRectF(QPointF(0, 0), l.size).marginsAdded(p.scene.options.around);
    part.area = whole;
    Pen pen(part);
    // Bricks, in rows of 28, joints in the rhythm of the drawing.
    constexpr double brick = 28;
    pen.box({whole.left(), whole.top(), l.passLeft - whole.left(), whole.height()}, 0, Ink::Wall);
    static constexpr double joints[] {60, 137, 20, 224, 127, 74, 176, 4, 100, 201};
    for (int row = static_cast<int>(std::floor(whole.top() / brick)); row * brick < whole.bottom(); ++row) {
        const double y = row * brick + 0.5;
        pen.add(LineShape {.points = {{whole.left(), y}, {l.passLeft, y}}, .ink = Ink::WallLine, .width = 1});
        for (double from = std::floor(whole.left() / 240) * 240; from < l.passLeft; from += 240) {
            for (int k = 0; k < 2; ++k) {
                const double x = from + joints[(((row % 10 + 10) * 3) + k * 5) % 10];
                if (x > whole.left() && x < l.passLeft - 4)
                    pen.add(LineShape {.points = {{x, y}, {x, std::min(y + brick, whole.bottom())}},
                        .ink = Ink::WallLine,
                        .width = 1});
            }
        }
    }
    pen.box({l.passLeft, whole.top(), l.passRight - l.passLeft, whole.height()}, 0, Ink::Counter);
    pen.box({l.passLeft, whole.top(), l.edge, whole.height()}, 0, Ink::CounterEdge);
    pen.box({l.passRight - l.edge, whole.top(), l.edge, whole.height()}, 0, Ink::CounterEdge);
    pen.box(l.notes, 8, Ink::Panel);
    pen.box(l.round, 8, Ink::Panel);
    pen.box({l.passRight, whole.top(), whole.right() - l.passRight, whole.height()}, 0, Ink::Tile);
    constexpr double tile = 28;
    for (int row = static_cast<int>(std::floor(whole.top() / tile)); row * tile < whole.bottom(); ++row) {
        for (int column = std::abs(row % 2); l.passRight + column * tile < whole.right(); column += 2) {
            const double x = l.passRight + column * tile;
            pen.box({x, row * tile, std::min(tile, whole.right() - x), std::min(tile, whole.bottom() - row * tile)}, 0,
                Ink::TileOther);
        }
    }
}

void head(Pen& pen, QPointF centre, double radius, int number, double patience, bool named)
{
    const bool over = patience <= 0;
    pen.add(FigureShape {.figure = Figure::Customer,
        .rect = {centre.x() - radius + 3, centre.y() - radius + 3, (radius - 3) * 2, (radius - 3) * 2},
        .color = over ? Ink::Error : Ink::None,
        .face = number,
        .mood = over         ? 2
            : patience > 0.5 ? 0
                             : 1});
    pen.add(ArcShape {.centre = centre, .radius = radius - 1.4, .width = 2.8, .ink = Ink::Sand});
    pen.add(ArcShape {.centre = centre,
        .radius = radius - 1.4,
        .width = 2.8,
        .from = over ? 0 : 360 * (1 - patience),
        .span = over ? 360 : 360 * patience,
        .ink = patience < 0.25 ? Ink::Error : Ink::Closing});
    if (!named)
        return;
    const double width = number > 9 ? 17 : 12;
    pen.box({centre.x() - width / 2, centre.y() + radius - 6.5, width, 13}, 6.5, Ink::Paper);
    pen.text({centre.x(), centre.y() + radius}, width + 4, QString::number(number), TypeSize::Second,
        over ? Ink::Error : Ink::Text, QFont::Bold, Qt::AlignHCenter);
}

// Customers that are not being served, as heads in groups; how far down they reach.
double heads(Painting& p, Pen& pen)
{
    const RestaurantLayout& l = p.l;
    constexpr double radius = 15.7;
    const int row = l.spacious ? 3 : 2; // beside the tray
    const int places = 4 * row;
    const double pitchX = 34;
    double y = l.headY;
    int drawn = 0;
    for (const Wants wants : {Wants::ToBeHeard, Wants::Food}) {
        std::vector<const StageCustomer*> group;
        for (const StageCustomer& customer : p.picture.customers) {
            if (customer.wants == wants && !customer.served)
                group.push_back(&customer);
        }
        const std::size_t all = group.size() + p.picture.moreCustomers[static_cast<std::size_t>(wants)];
        if (all == 0)
            continue;
        pen.runs({l.tablesText, y}, 104, TypeSize::Second,
            {{QString::number(all), Ink::Text, QFont::Bold},
                {u' '
                        + (wants == Wants::ToBeHeard ? (l.spacious ? tr("not heard yet") : tr("unheard"))
                                                     : (!l.spacious ? all == 1 ? tr("wants food") : tr("want food")
                                                               : all == 1 ? tr("waits for food")
                                                                          : tr("wait for food"))),
                    Ink::Text, QFont::Normal}});
        y += 25.7;
        const auto room = static_cast<std::size_t>(std::max(0, places - drawn - (wants == Wants::ToBeHeard ? row : 0)));
        // Where not all have room, one of the places is for how many more there are.
        const auto shown = static_cast<int>(
            all <= room ? all : std::min(group.size(), std::max<std::size_t>(room, 1) - 1));
        int at = 0;
        for (; at < shown; ++at, ++drawn)
            head(pen, {l.tablesText + 13 + (at % row) * pitchX, y + (at / row) * 40.3}, radius,
                group[static_cast<std::size_t>(at)]->number, group[static_cast<std::size_t>(at)]->patience, true);
        if (static_cast<std::size_t>(shown) < all) {
            pen.text({l.tablesText + 13 + (at % row) * pitchX, y + (at / row) * 40.3}, 34,
                QStringLiteral("+%1").arg(all - static_cast<std::size_t>(shown)), TypeSize::Label, Ink::Text,
                QFont::DemiBold, Qt::AlignHCenter);
            ++at;
        }
        y += ((at + row - 1) / row) * 40.3 - 40.3 + 31;
    }
    return y;
}

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

void guests(Painting& p)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    Part& part = p.part(Guests);
    part.area = {0, 0, l.passLeft, l.plate.bottom() + 40};
    Pen pen(part);
    const bool blocked = picture.mood == Mood::Blocked;
    const auto customers = picture.allCustomers();
    const bool others = customers > picture.customers.size()
        || std::ranges::any_of(picture.customers, [](const StageCustomer& c) { return !c.served; });
    heading(pen, l, l.tablesText, l.passLeft - l.tablesText, tr("Tables"),
        {{customers == 0         ? tr("whoever asked")
                : customers == 1 ? tr("1 customer")
                                 : tr("%1 customers").arg(customers),
            Ink::Secondary, QFont::Normal}});

    double down = l.subtitle + 10;
    if (others) {
        down = heads(p, pen);
    } else if (picture.plates.size() < 4) {
        for (int i = 0; i < 2; ++i)
            pen.add(FigureShape {.figure = Figure::TableFree, .rect = l.freeTable.translated(i * l.freeTablePitch, 0)});
        const bool words = l.spacious && !blocked;
        pen.text({l.tablesText, l.freeText}, 110, words ? tr("free tables, one") : tr("free tables"), TypeSize::Second,
            Ink::Secondary);
        if (words)
            pen.text({l.tablesText, l.freeText + 15}, 110, tr("for each connection"), TypeSize::Second, Ink::Secondary);
        down = l.freeText + (words ? 24 : 9);
    }

    // The plates on the tray: the call stack.
    const std::size_t plates = picture.plates.size();
    const QRectF lowest = plates > 1 ? l.plate.adjusted(3, 1.5, -1, -0.5) : l.plate;
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
    const double top = lowest.top() - static_cast<double>(plates == 0 ? 0 : plates - 1) * l.platePitch;

    if (blocked) {
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
        return;
    }
    if (plates > 0) {
        // Beside the tray, or above it where the column is narrow.
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
        return;
    }
    // Nothing on the tray: what the waiter says instead.
    if (picture.mood == Mood::Running)
        return;
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

void serving(Painting& p)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    Part& part = p.part(ServingPart);
    part.area = QRectF(0, l.waiter.top(), l.passLeft, l.table.bottom() + 8 - l.waiter.top());
    Pen pen(part);
    const bool blocked = picture.mood == Mood::Blocked;
    if (blocked)
        pen.box({8, l.waiter.bottom() - 19, l.passLeft - 16, 22.5}, kEllipse, Ink::Floor);
    const bool served = p.scene.outermost && !picture.plates.empty();
    const bool ended = picture.mood == Mood::Finished || picture.mood == Mood::Crashed || picture.mood == Mood::Empty;
    const bool mainGone = p.scene.served == 0 && (ended || (p.scene.state.scriptDone && !served));
    const QRectF table = l.table;
    const double unit = table.width() / 140;
    pen.add(FigureShape {.figure = mainGone ? Figure::TableFree : Figure::Table,
        .rect = table,
        .face = p.scene.served == 0 ? 0 : p.scene.facts.tableOf(p.scene.served)});
    if (served && p.scene.outermostMeaning != Meaning::Running) {
        // What is being served stands on the table.
        const QPointF centre(table.left() + 46 * unit, table.top() + 93 * unit);
        pen.box({centre.x() - 17, centre.y() - 5, 34, 12}, kEllipse, Ink::None, Ink::Plate, 1.5);
        pen.add(MarkShape {.meaning = p.scene.outermostMeaning,
            .square = {centre.x() - 5, centre.y() - 7.5, 10, 10},
            .ink = inkOf(p.scene.outermostMeaning)});
    }
    const bool atRest = !served
        && (picture.mood == Mood::Asleep || ended || picture.mood == Mood::RecordingEnded
            || picture.mood == Mood::Paused);
    pen.add(FigureShape {.figure = served ? Figure::WaiterServing
            : atRest                      ? Figure::WaiterRest
                                          : Figure::Waiter,
        .rect = l.waiter});

    const int number = p.scene.served == 0 ? 1 : p.scene.facts.tableOf(p.scene.served);
    const double radius = l.spacious ? 14.7 : 12.5;
    double patience = 1;
    for (const StageCustomer& customer : picture.customers) {
        if (customer.served)
            patience = customer.patience;
    }
    pen.box({l.tableNumber.x() - radius, l.tableNumber.y() - radius, radius * 2, radius * 2}, radius, Ink::Paper);
    pen.add(ArcShape {.centre = l.tableNumber, .radius = radius - 1.8, .width = 3.4, .ink = Ink::Sand});
    pen.add(ArcShape {.centre = l.tableNumber,
        .radius = radius - 1.8,
        .width = 3.4,
        .from = patience <= 0 ? 0 : 360 * (1 - patience),
        .span = patience <= 0 ? 360 : 360 * patience,
        .ink = mainGone       ? Ink::Sand
            : patience < 0.25 ? Ink::Error
                              : Ink::Closing});
    pen.text(l.tableNumber, radius * 2 - 4, QString::number(number), number > 99 ? TypeSize::Second : TypeSize::Label,
        mainGone ? Ink::Secondary : Ink::Text, QFont::Bold, Qt::AlignHCenter);
}

void names(Painting& p)
{
    const RestaurantLayout& l = p.l;
    Part& part = p.part(Names);
    part.area = {0, l.tableName - 10, l.passLeft, l.size.height() - l.tableName + 10};
    Pen pen(part);
    const int number = p.scene.served == 0 ? 1 : p.scene.facts.tableOf(p.scene.served);
    const QString asked = p.scene.served == 0 ? QString() : p.scene.facts.asksFor(p.scene.served, p.scene.state.size);
    const double gap = l.waiterText - l.tablesText - 6;
    pen.text({l.tablesText, l.tableName}, gap, tr("Table %1").arg(number), TypeSize::Label, Ink::Text, QFont::DemiBold);
    pen.text({l.tablesText, l.tableName + kSecondLine + 0.4}, gap,
        p.scene.served == 0   ? tr("main script")
            : asked.isEmpty() ? tr("connection")
                              : asked,
        TypeSize::Second, Ink::Secondary);
    pen.text({l.waiterText, l.tableName}, l.passLeft - l.waiterText - 4, tr("The waiter"), TypeSize::Label, Ink::Text,
        QFont::DemiBold);
    pen.text({l.waiterText, l.tableName + kSecondLine + 0.4}, l.passLeft - l.waiterText - 2,
        l.spacious ? tr("the JavaScript thread") : tr("JavaScript thread"), TypeSize::Second, Ink::Secondary);

    pen.box(l.pill, 8, Ink::Paper, Ink::PaperEdge);
    const double y = l.pill.center().y();
    // Every order that is open, by kind, in the order of the pass.
    std::vector<Meaning> marks;
    std::size_t open = 0;
    for (const Place place : {Place::Ticks, Place::Promises, Place::Immediates, Place::Poll, Place::Cook,
             Place::WaitingForCook, Place::Closing, Place::Timers, Place::EggTimers, Place::Door}) {
        open += p.scene.count(place);
        for (const Waiting& w : p.scene.place(place)) {
            if (marks.size() < 16)
                marks.push_back(w.meaning);
        }
    }
    if (p.scene.served != 0 || !p.scene.listening.empty()) {
        const double centre = l.pill.left() + 18;
        pen.add(ArcShape {.centre = {centre - 3, y}, .radius = 9, .width = 2.7, .ink = Ink::Sand});
        pen.text({centre - 3, y}, 14, QStringLiteral("1"), TypeSize::Second, Ink::Text, QFont::Bold, Qt::AlignHCenter);
        pen.text({centre + 17, y}, 86, tr("main script"), TypeSize::Label, Ink::Text, QFont::Medium);
        QString what = tr("%1 open").arg(open);
        if (!p.scene.listening.empty()) {
            const QString detail = listeningAt(p.scene);
            what = detail.isEmpty()   ? tr("listens")
                : app::isPort(detail) ? tr("on port %1").arg(detail)
                                      : tr("at %1").arg(detail);
        }
        if (l.spacious)
            pen.text({l.pill.right() - 11, y}, l.pill.width() - 130, what, TypeSize::Second, Ink::Secondary,
                QFont::Normal, Qt::AlignRight);
        return;
    }
    const QString text = open == 0 ? tr("no open orders")
        : p.scene.state.end        ? tr("%1 left behind").arg(open)
        : open == 1                ? (l.spacious ? tr("1 open order") : tr("1 open"))
                                   : (l.spacious ? tr("%1 open orders") : tr("%1 open")).arg(open);
    pen.text({l.pill.left() + 10.7, y}, l.pill.width() - 16, text, TypeSize::Label, Ink::Text, QFont::Medium);
    const double pitch = l.spacious ? 15.5 : 14.2;
    const double last = l.pill.right() - 13.3;
    const double room = last - 5
        - (l.pill.left() + 14 + 6.6 * static_cast<double>(text.size())); // letters are about 6.6 wide
    auto fit = static_cast<std::size_t>(std::max(1., room / pitch)) + 1;
    if (open > fit) {
        pen.text({l.pill.right() - 9, y}, 44, QStringLiteral("+%1").arg(open - (fit > 3 ? fit - 3 : 0)),
            TypeSize::Second, Ink::Secondary, QFont::DemiBold, Qt::AlignRight);
        fit = fit > 3 ? fit - 3 : 0;
        for (std::size_t i = 0; i < fit && i < marks.size(); ++i)
            pen.add(MarkShape {.meaning = marks[i],
                .square = {last - static_cast<double>(fit + 2 - i) * pitch + pitch / 2 - 5, y - 5, 10, 10},
                .ink = inkOf(marks[i])});
        return;
    }
    for (std::size_t i = 0; i < marks.size(); ++i)
        pen.add(MarkShape {.meaning = marks[i],
            .square = {last - static_cast<double>(marks.size() - 1 - i) * pitch - 5, y - 5, 10, 10},
            .ink = inkOf(marks[i])});
}

std::optional<std::size_t> railOf(std::optional<trace::Phase> phase)
{
    if (!phase)
        return {};
    switch (*phase) {
    case trace::Phase::Poll: return static_cast<std::size_t>(Place::Poll);
    case trace::Phase::Check: return static_cast<std::size_t>(Place::Immediates);
    case trace::Phase::Closing: return static_cast<std::size_t>(Place::Closing);
    case trace::Phase::Timers: return static_cast<std::size_t>(Place::Timers);
    case trace::Phase::Pending:
    case trace::Phase::IdlePrepare: return {};
    }
    Q_UNREACHABLE_RETURN({});
}

void pass(Painting& p)
{
    const RestaurantLayout& l = p.l;
    StagePicture& picture = p.picture;
    const Scene& scene = p.scene;
    const bool blocked = picture.mood == Mood::Blocked;
    Part& part = p.part(Pass);
    part.area = {l.passLeft, 0, l.passRight - l.passLeft, l.size.height()};
    Pen pen(part);
    std::vector<TextRun> subtitle;
    const QString waitingWords = tr("waiting for the waiter");
    if (scene.ready > 1) {
        subtitle = {
            {tr("%1 ready").arg(scene.ready), blocked ? Ink::Error : Ink::Text, blocked ? QFont::Bold : QFont::Medium},
            {QStringLiteral(", ") + waitingWords, Ink::Secondary, QFont::Normal}};
    } else if (scene.ready == 1) {
        subtitle = {{tr("1 ready, waiting for the waiter"), Ink::Secondary, QFont::Normal}};
    } else {
        subtitle = {{tr("ready, waiting for the waiter"), Ink::Secondary, QFont::Normal}};
    }
    heading(pen, l, l.passText, l.passRight - l.passText - 8, tr("The pass"), std::move(subtitle));
    const double labelLeft = l.notes.left() + (l.spacious ? 10 : 8);
    if (l.spacious) {
        pen.text(
            {labelLeft, l.notesTitle}, 140, tr("The waiter's own notes"), TypeSize::Second, Ink::Text, QFont::DemiBold);
        pen.text({l.notes.right() - 10, l.notesTitle}, 120, tr("after every callback"), TypeSize::Second,
            Ink::Secondary, QFont::Normal, Qt::AlignRight);
    } else {
        pen.text({labelLeft, l.notesTitle}, l.notes.width() - 16, tr("After every callback: his notes"),
            TypeSize::Second, Ink::Text, QFont::DemiBold);
    }
    const std::uint32_t iteration = scene.state.iteration;
    pen.text({labelLeft, l.roundTitle}, l.round.width() - 16,
        iteration == 0 ? tr("The loop has not begun") : tr("Round %1 of the loop").arg(iteration), TypeSize::Second,
        Ink::Text, QFont::DemiBold);

    const auto now = scene.state.end ? std::nullopt : railOf(scene.state.phase);
    const QString labels[] {
        tr("ticks"), tr("promises"), tr("I/O done"), tr("immediates"), tr("closing"), tr("timers due")};
    const QString phases[] {tr("nextTick"), tr("microtasks"), tr("poll"), tr("check"), tr("close"), tr("timers")};
    const Meaning meanings[] {
        Meaning::Tick, Meaning::Promise, Meaning::PoolIo, Meaning::Immediate, Meaning::Closing, Meaning::Timer};
    for (std::size_t i = 0; i < l.rails.size(); ++i) {
        const auto place = static_cast<Place>(i);
        const double y = l.rails[i];
        const std::size_t count = scene.count(place);
        const bool current = now == i;
        if (current) {
            const double left = l.round.left() + (l.spacious ? 2 : 0);
            pen.box(
                {left + 2, y - l.bandAbove, l.round.right() - 4 - left, l.bandAbove + l.bandBelow}, 4, Ink::PanelNow);
            pen.box({left, y - l.bandAbove, 4, l.bandAbove + l.bandBelow}, 2, Ink::Running);
            const double x = left + 2;
            if (l.arrowEnd - 10 > y + l.bandBelow + 4) {
                pen.add(LineShape {.points = {{x, y + l.bandBelow + 3}, {x, l.arrowEnd - 9}},
                    .ink = Ink::Running,
                    .width = 1.5,
                    .dash = LineShape::Dash::Dashes});
                pen.add(LineShape {.points = {{x - 4.7, l.arrowEnd - 9}, {x + 4.7, l.arrowEnd - 9}, {x, l.arrowEnd}},
                    .ink = Ink::Running,
                    .filled = true});
            }
        }
        pen.add(
            MarkShape {.meaning = meanings[i], .square = {l.labelMark - 7, y + 7, 14, 14}, .ink = inkOf(meanings[i])});
        const double width = l.railLeft - l.labelText - 2;
        pen.text({l.labelText, y + 14}, width + 18, labels[i], TypeSize::Label, Ink::Text, QFont::DemiBold);
        const double second = y + (l.spacious ? 30.6 : 30);
        if (count > 1) {
            const TextRun wait {tr("%1 wait").arg(count), blocked ? Ink::Error : Ink::Text, QFont::Bold};
            pen.runs({l.labelText, second}, width + 4, TypeSize::Second,
                i <= static_cast<std::size_t>(Place::Promises) || count > (l.spacious ? 99 : 9)
                    ? std::vector<TextRun> {wait}
                    : std::vector<TextRun> {{phases[i] + QStringLiteral(", "), Ink::Secondary, QFont::Normal}, wait});
        } else if (current) {
            pen.text(
                {l.labelText, second}, width, tr("%1, now").arg(phases[i]), TypeSize::Second, Ink::Text, QFont::Bold);
        } else {
            pen.text({l.labelText, second}, width, phases[i], TypeSize::Second, Ink::Secondary);
        }
        const Ink rail = count > 0 ? Ink::Rail : Ink::RailEmpty;
        pen.add(LineShape {.points = {{l.railLeft, y}, {l.railRight, y}}, .ink = rail, .width = 3.6});
        for (const double x : {l.railLeft, l.railRight})
            pen.box({x - 4, y - 4, 8, 8}, 4, rail);

        const auto berths = railSlots(count, scene.options.size);
        const double left = count == 1 ? l.slipLeft : l.railLeft + (l.spacious ? 5.3 : 6);
        lay(picture, scene, {.place = place, .origin = {left, y - 1.3}, .height = l.slip.height(), .clipped = true},
            berths, [&](const Waiting& w, bool crowd) {
                const QString round = w.iteration == 0 ? QString() : tr("round %1").arg(w.iteration);
                if (place == Place::Ticks || place == Place::Promises) {
                    const int line = scene.facts.line(w.order);
                    return crowd || line == 0 || p.presents() ? numberOf(w.order)
                                                              : tr("%1, line %2").arg(numberOf(w.order)).arg(line);
                }
                if (round.isEmpty())
                    return numberOf(w.order);
                return crowd ? round : QStringLiteral("%1, %2").arg(numberOf(w.order), round);
            });
    }

    // The legend of the numbers.
    double x = l.legendFirst;
    constexpr int kMany = 1'000; // so many orders are not all asked where they stand in line, but they do
    const int numbered = scene.numbered < kMany ? scene.numbered : std::max(scene.numbered, scene.ready);
    for (int i = 1; i <= numbered; ++i) {
        if (numbered > 4 && i == 3) {
            pen.text({x, l.legend}, 20, QStringLiteral("…"), TypeSize::Label, Ink::Text, QFont::Bold, Qt::AlignHCenter);
            i = numbered - 1;
        } else if (i > 99) {
            const double width = i > 999 ? 38 : 26;
            pen.box({x - 10, l.legend - 9.5, width, 19}, 9.5, Ink::Paper, Ink::Running, 1.3);
            pen.text({x - 10 + width / 2, l.legend}, width, QString::number(i), TypeSize::Second, Ink::Text,
                QFont::Bold, Qt::AlignHCenter);
            x += width - 20;
        } else {
            pen.circled({x, l.legend}, QString::number(i), i == 1);
        }
        x += l.legendPitch;
    }
    const double legendText = numbered == 0 ? labelLeft : x + (l.legendText - l.legendFirst - 4 * l.legendPitch);
    const bool anyOfNodes = scene.nodesOwn > 0 && p.picture.mood != Mood::Finished;
    const bool onlySteps = numbered == 0 && scene.ready > 0; // what Node goes on with itself has no number
    const QString legend = numbered > 0 ? tr("serving order")
        : onlySteps                     ? tr("no callback of yours is ready:")
        : anyOfNodes                    ? tr("nothing of yours is ready,")
                                        : tr("nothing is ready");
    const double own = anyOfNodes || onlySteps ? 7.5 : 0;
    const double room = l.passRight - l.edge - 2 - legendText;
    pen.text({legendText, l.legend - own}, room, legend, TypeSize::Second, Ink::Secondary);
    if (onlySteps)
        pen.text(
            {legendText, l.legend + own}, room, tr("what hangs is a step of Node's"), TypeSize::Second, Ink::Secondary);
    else if (anyOfNodes)
        pen.text({legendText, l.legend + own}, room,
            (numbered == 0       ? tr("%1 of Node's own not shown")
                    : l.spacious ? tr("and %1 of Node's own")
                                 : tr("and %1 Node's own"))
                .arg(scene.nodesOwn),
            TypeSize::Second, Ink::Secondary);
}

void cooks(Painting& p)
{
    const RestaurantLayout& l = p.l;
    StagePicture& picture = p.picture;
    const Scene& scene = p.scene;
    Part& part = p.part(Cooks);
    part.area = {l.passRight, 0, l.size.width() - l.passRight, l.eggTitle - 12};
    Pen pen(part);
    const auto workers = picture.cooks.size();
    const std::size_t busy = scene.count(Place::Cook);
    QString subtitle = workers == 1 ? tr("thread pool, 1 cook") : tr("thread pool, %1 cooks").arg(workers);
    if (workers > 4)
        subtitle += tr(", %1 busy").arg(busy);
    const std::size_t waiting = scene.count(Place::WaitingForCook);
    const double column = l.kitchenRight - l.kitchenText;
    heading(pen, l, l.kitchenText, column, tr("Kitchen"), {{subtitle, Ink::Secondary, QFont::Normal}});
    if (!l.waiting.isEmpty()) {
        pen.box(l.waiting, 6, Ink::Paper, Ink::PaperEdge);
        const double y = l.waiting.center().y();
        pen.text({l.waiting.left() + 10, y}, waiting == 0 ? 110 : l.waiting.width() - 112 - 14,
            waiting == 0         ? tr("waiting for a cook")
                : busy < workers ? tr("%1 on the way").arg(waiting)
                : waiting == 1   ? tr("1 waits for one")
                                 : tr("%1 wait for one").arg(waiting),
            TypeSize::Second, Ink::Text);
        if (waiting == 0)
            pen.text(
                {l.waiting.right() - 10, y}, 80, tr("none"), TypeSize::Second, Ink::Text, QFont::Bold, Qt::AlignRight);
        else
            lay(picture, scene,
                {.place = Place::WaitingForCook,
                    .origin = {l.waiting.right() - 112, y - 11},
                    .height = 22,
                    .torn = false,
                    .numbered = false},
                crowdSlots(waiting, 108, 108, StageSize::Normal), [](const Waiting&, bool) { return QString(); });
    } else if (waiting > 0) {
        const double left = l.kitchenText + 66;
        lay(picture, scene,
            {.place = Place::WaitingForCook, .origin = {left, 8}, .height = 22, .torn = false, .numbered = false},
            crowdSlots(waiting, l.kitchenRight - left, l.kitchenRight - left, scene.options.size),
            [](const Waiting&, bool) { return QString(); });
    }
    for (std::size_t i = 0; i < std::min<std::size_t>(workers, 4); ++i) {
        const StageCook& cook = picture.cooks[i];
        const bool works = static_cast<bool>(cook.order);
        pen.add(FigureShape {.figure = works ? Figure::CookBusy : Figure::CookFree,
            .rect = {l.cooks[i], QSizeF(l.cook, l.cook)},
            .color = works ? Ink::PoolIo : Ink::None,
            .face = static_cast<int>(i)});
        if (works)
            continue;
        if (cook.justFinished)
            pen.text(
                l.cookWords[i], 100, tr("just finished"), TypeSize::Second, Ink::Text, QFont::Bold, Qt::AlignHCenter);
        else
            pen.text(
                l.cookWords[i], 100, tr("free"), TypeSize::Second, Ink::Secondary, QFont::Normal, Qt::AlignHCenter);
    }
    for (const Waiting& w : scene.place(Place::Cook)) {
        if (w.detail < 1 || w.detail > 4)
            continue;
        const std::uint64_t began = w.since == kNoEvent ? scene.now : scene.facts.timeOf(w.since);
        const QString took = app::timeText(scene.now - std::min(scene.now, began));
        picture.slips.push_back({.key = w.key,
            .order = w.order,
            .form = SlipForm::Head,
            .place = Place::Cook,
            .meaning = w.meaning,
            .title = scene.facts.titleOfAllSteps(w.order),
            .second = scene.facts.step(w.order) > 0 ? withStep(scene, w.order, took)
                : p.presents()                      ? took
                                                    : tr("for %1").arg(took),
            .rect = l.cookSlips[w.detail - 1],
            .selected = w.order == scene.options.selected});
    }
}

void eggs(Painting& p)
{
    const RestaurantLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(Eggs);
    part.area = {l.passRight, l.eggTitle - 12, l.size.width() - l.passRight, l.shelf.bottom() + 2 - l.eggTitle + 12};
    Pen pen(part);
    pen.text({l.kitchenText, l.eggTitle}, 120, tr("Egg timers"), TypeSize::Heading, Ink::Text, QFont::DemiBold);
    if (!p.presents())
        pen.text({l.kitchenRight, l.eggTitle + 1}, 90,
            scene.state.end && scene.count(Place::EggTimers) > 0 ? tr("left behind") : tr("pending timers"),
            TypeSize::Second, Ink::Secondary, QFont::Normal, Qt::AlignRight);
    pen.box(l.shelf, l.shelf.height() / 2, Ink::Shelf);
    const std::size_t count = scene.count(Place::EggTimers);
    if (const auto& due = scene.place(Place::Timers);
        count == 0 && !due.empty() && !scene.state.end) { // it rings until the timers phase has come to it
        pen.add(FigureShape {.figure = Figure::EggTimer, .rect = l.egg, .color = Ink::Timer});
        for (const int side : {-1, 1}) {
            for (const double out : {5., 9.}) {
                const double x = l.egg.center().x() + side * (l.egg.width() / 2 + out - 4);
                pen.add(LineShape {.points = {{x, l.egg.top() + 16 - out / 2}, {x + side * 2, l.egg.top() + 22},
                                       {x, l.egg.top() + 28 + out / 2}},
                    .ink = Ink::Timer,
                    .width = 1.8});
            }
        }
        const double width = l.kitchenRight - l.doorText;
        pen.text({l.doorText, l.egg.center().y() - 4}, width,
            scene.count(Place::Timers) == 1 ? tr("%1 rings").arg(scene.facts.title(due.front().order))
                                            : tr("%1 ring").arg(scene.count(Place::Timers)),
            TypeSize::Label, Ink::Text, QFont::DemiBold);
        pen.text({l.doorText, l.egg.center().y() + 12}, width,
            p.presents() ? tr("it is due") : tr("until the timers' turn"), TypeSize::Second, Ink::Secondary);
        return;
    }
    if (count == 0) {
        pen.add(FigureShape {.figure = Figure::EggTimer, .rect = l.egg, .color = Ink::RailEmpty, .opacity = 0.7});
        pen.text({l.doorText, l.egg.center().y() + 4}, l.kitchenRight - l.doorText, tr("none is running"),
            TypeSize::Second, Ink::Secondary);
        return;
    }
    pen.add(FigureShape {.figure = Figure::EggTimer,
        .rect = l.egg,
        .color = scene.state.end ? Ink::RailEmpty : Ink::Timer,
        .opacity = scene.state.end ? 0.7 : 1});
    const std::vector<Waiting>& pending = scene.place(Place::EggTimers);
    const auto countdown = pending.empty()
        ? std::nullopt
        : countdownOf(scene, pending.front().order); // of more than are looked at, none may be known
    if (countdown && countdown->duration > 0 && !scene.state.end) {
        const double share = std::min(1.,
            static_cast<double>(countdown->due - std::min(scene.now, countdown->due))
                / static_cast<double>(countdown->duration));
        const double unit = l.egg.width() / 64;
        pen.add(ArcShape {.centre = {l.egg.left() + 32 * unit, l.egg.top() + 43 * unit},
            .radius = 17 * unit,
            .width = 0,
            .from = 0,
            .span = 360 * share,
            .ink = Ink::Timer});
    }
    const double total = std::min(l.kitchenRight + 1 - l.eggSlip.left(), l.eggSlip.width() + 13);
    lay(p.picture, scene,
        {.place = Place::EggTimers, .origin = l.eggSlip.topLeft(), .height = l.eggSlip.height(), .numbered = false},
        crowdSlots(count, l.eggSlip.width(), total, scene.options.size),
        [&](const Waiting& w, bool) { return timeLeft(scene, w.order); });
}

void door(Painting& p)
{
    const RestaurantLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(DoorPart);
    part.area = {l.passRight, l.doorTitle - 12, l.size.width() - l.passRight, l.size.height() - l.doorTitle + 12};
    Pen pen(part);
    pen.text({l.kitchenText, l.doorTitle}, 60, tr("Door"), TypeSize::Heading, Ink::Text, QFont::DemiBold);
    if (p.presents())
        pen.text({l.kitchenText + 46, l.doorTitle + 1}, 120, tr("operating system"), TypeSize::Second, Ink::Secondary);
    else
        pen.text({l.kitchenRight, l.doorTitle + 1}, 120, tr("the operating system"), TypeSize::Second, Ink::Secondary,
            QFont::Normal, Qt::AlignRight);
    pen.add(FigureShape {.figure = Figure::Door, .rect = l.door});
    const double width = l.kitchenRight + 2 - l.doorText;
    const std::size_t count = scene.count(Place::Door);
    if (count == 0) {
        const bool open = !scene.listening.empty();
        pen.text({l.doorText, l.doorFirst}, width, open ? tr("a server listens") : tr("nobody there"), TypeSize::Label,
            Ink::Text, QFont::Medium);
        if (p.presents()) {
            pen.text({l.doorText, l.doorFirst + 17}, width, open ? tr("nobody comes in") : tr("sockets, signals"),
                TypeSize::Second, Ink::Secondary);
            return;
        }
        pen.text({l.doorText, l.doorFirst + 18}, width, open ? tr("the waiter lets") : tr("sockets, child"),
            TypeSize::Second, Ink::Secondary);
        pen.text({l.doorText, l.doorFirst + 33}, width, open ? tr("customers in") : tr("processes, signals"),
            TypeSize::Second, Ink::Secondary);
        return;
    }
    const double top = l.door.top() + 2;
    const double total = std::min(width, l.slip.width() + 20);
    lay(p.picture, scene,
        {.place = Place::Door, .origin = {l.doorText - 0.5, top}, .height = l.slip.height(), .numbered = false},
        crowdSlots(count, std::min(width, l.eggSlip.width()), total, scene.options.size),
        [&](const Waiting& w, bool) { return waitWord(static_cast<trace::KernelWait>(w.detail)); });
    pen.text({l.doorText, std::min(l.door.bottom() - 3, l.size.height() - 10)}, width,
        count == 1 ? tr("1 is expected") : tr("%1 are expected").arg(count), TypeSize::Second, Ink::Secondary);
}

void tower(Painting& p)
{
    const RestaurantLayout& l = p.l;
    const Scene& scene = p.scene;
    Part& part = p.part(Tower);
    part.front = true;
    const double width = l.spacious ? 34 : 28;
    const double height = width * 40 / 56;
    constexpr int kMost = 14;
    const double pitch = width * 15 / 34;
    const auto& dishes = scene.place(Place::Poll);
    const std::size_t count = scene.count(Place::Poll);
    part.area = {l.cloche.x() - 6, 40, l.cooks[3].x() - l.cloche.x(), l.cloche.y() + 60};
    Pen pen(part);
    const bool many = count > 1;
    // A single dish is in reach of its slip; a tower stands on the kitchen's edge.
    const QPointF base = many ? QPointF(l.passRight - 3 - width / 2 + (l.spacious ? 1 : -3), l.cloche.y() + 17)
                              : l.cloche;
    const int shown = static_cast<int>(count) > kMost ? kMost - 1 : static_cast<int>(count); // room for how many more
    if (many)
        pen.box({base.x() - 4, base.y() + height - 0.7, width + 8, 4.5}, 2, Ink::Clip);
    for (int i = 0; i < shown; ++i) {
        // The next to be taken is on top.
        const auto index = static_cast<std::size_t>(shown - 1 - i);
        const Meaning meaning = index < dishes.size() ? dishes[index].meaning : Meaning::PoolIo;
        pen.add(FigureShape {.figure = Figure::Cloche,
            .rect = {base.x(), base.y() - i * pitch, width, height},
            .color = inkOf(meaning)});
    }
    if (static_cast<int>(count) > shown) {
        const double y = base.y() - shown * pitch + 14;
        pen.box({base.x() - 3, y - 9, width + 6, 18}, 9, Ink::Paper, Ink::PaperEdge);
        pen.text({base.x() + width / 2, y}, width + 4, QStringLiteral("+%1").arg(static_cast<int>(count) - shown),
            TypeSize::Second, Ink::Text, QFont::Bold, Qt::AlignHCenter);
    }
    if (scene.justFinished >= 1 && scene.justFinished <= 4 && !scene.facts.isNodesOwn(scene.justDone)
        && !dishes.empty()) {
        const QPointF from = l.cooks[scene.justFinished - 1] + QPointF(l.cook * 0.29, l.cook * 0.72);
        const QPointF to = many ? QPointF(base.x() + width / 2 + 8, base.y() - shown * pitch + 6)
                                : base + QPointF(18, -4);
        pen.add(LineShape {.points = {from, from + QPointF(-8, -44), to + QPointF(22, -36), to},
            .ink = Ink::PoolIo,
            .width = 2.4,
            .dash = LineShape::Dash::Dots,
            .arrow = true,
            .curved = true});
    }
}

} // namespace

void restaurant(StagePicture& picture, const Scene& scene)
{
    const RestaurantLayout& l = restaurantLayout(scene.options.size);
    picture.size = l.size;
    picture.parts.resize(kParts);
    picture.hand = l.plate.center();
    Painting painting {picture, scene, l};
    ground(painting);
    guests(painting);
    serving(painting);
    names(painting);
    pass(painting);
    cooks(painting);
    eggs(painting);
    door(painting);
    tower(painting);
}

} // namespace bistro::ui
