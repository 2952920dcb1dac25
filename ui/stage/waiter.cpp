#include "stage/restaurantparts.h"

#include "stage/mood.h"
#include "stage/stagewords.h"
#include "text/amounts.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

void drawServing(RestaurantDrawing& p)
{
    const RestaurantLayout& l = p.l;
    const StagePicture& picture = p.picture;
    Part& part = p.part(RestaurantPart::Serving);
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

void drawNames(RestaurantDrawing& p)
{
    const RestaurantLayout& l = p.l;
    Part& part = p.part(RestaurantPart::Names);
    part.area = {0, l.tableName - 10, l.passLeft, l.size.height() - l.tableName + 10};
    Pen pen(part);
    const int number = p.scene.served == 0 ? 1 : p.scene.facts.tableOf(p.scene.served);
    const QString asked = p.scene.served == 0 ? QString() : p.scene.facts.asksFor(p.scene.served, p.scene.state.size);
    const double gap = l.waiterText - l.tablesText - 6;
    pen.text({l.tablesText, l.tableName}, gap, Stage::tr("Table %1").arg(number), TypeSize::Label, Ink::Text,
        QFont::DemiBold);
    pen.text({l.tablesText, l.tableName + kSecondLine + 0.4}, gap,
        p.scene.served == 0   ? Stage::tr("main script")
            : asked.isEmpty() ? Stage::tr("connection")
                              : asked,
        TypeSize::Second, Ink::Secondary);
    pen.text({l.waiterText, l.tableName}, l.passLeft - l.waiterText - 4, Stage::tr("The waiter"), TypeSize::Label,
        Ink::Text, QFont::DemiBold);
    pen.text({l.waiterText, l.tableName + kSecondLine + 0.4}, l.passLeft - l.waiterText - 2,
        l.spacious ? Stage::tr("the JavaScript thread") : Stage::tr("JavaScript thread"), TypeSize::Second,
        Ink::Secondary);

    pen.box(l.pill, 8, Ink::Paper, Ink::PaperEdge);
    const double y = l.pill.center().y();
    // Every order that is open, by kind, in the order of the pass.
    std::vector<Meaning> marks;
    std::size_t open = 0;
    std::size_t never = 0; // called, of those
    for (const Place place : {Place::Ticks, Place::Promises, Place::Immediates, Place::Poll, Place::Cook,
             Place::WaitingForCook, Place::Closing, Place::Timers, Place::EggTimers, Place::Door}) {
        open += p.scene.count(place);
        never += p.scene.neverCalled(place);
        for (const Waiting& w : p.scene.place(place)) {
            if (marks.size() < 16)
                marks.push_back(w.meaning);
        }
    }
    if (!p.scene.state.end && (p.scene.served != 0 || !p.scene.listening.empty())) {
        const double centre = l.pill.left() + 18;
        pen.add(ArcShape {.centre = {centre - 3, y}, .radius = 9, .width = 2.7, .ink = Ink::Sand});
        pen.text({centre - 3, y}, 14, QStringLiteral("1"), TypeSize::Second, Ink::Text, QFont::Bold, Qt::AlignHCenter);
        QString what = Stage::tr("%1 open").arg(open);
        if (!p.scene.listening.empty()) {
            const QString detail = listeningAt(p.scene);
            what = detail.isEmpty() ? Stage::tr("listens") : Stage::tr("listens on %1").arg(detail);
        }
        // Where there is room for one of them, an open server says more than a name.
        const bool named = l.spacious || p.scene.listening.empty();
        pen.text({centre + 17, y}, named ? 86 : l.pill.right() - centre - 22, named ? Stage::tr("main script") : what,
            TypeSize::Label, Ink::Text, QFont::Medium);
        if (l.spacious)
            pen.text({l.pill.right() - 11, y}, l.pill.width() - 130, what, TypeSize::Second, Ink::Secondary,
                QFont::Normal, Qt::AlignRight);
        return;
    }
    // A stream is an order that is open, also while none of its pieces is anywhere.
    const std::vector<StagePicture::Flow>& streams = p.picture.streams;
    std::size_t parts = 0;
    for (const StageFacts::Stream& stream : p.scene.streams)
        parts += stream.parts.size();
    if (open < streams.size()) {
        marks.resize(std::min<std::size_t>(streams.size(), 16), Meaning::PoolIo);
        never += streams.size() - open;
        open = streams.size();
    }
    const bool onlyStreams = !streams.empty() && open <= parts && l.spacious;
    const QString text = open == 0           ? Stage::tr("no open orders")
        : p.scene.state.end && never > 0     ? Stage::tr("%1 never served").arg(never)
        : p.scene.state.end                  ? Stage::tr("%1 stopped").arg(open)
        : onlyStreams && streams.size() == 1 ? Stage::tr("stream %1").arg(streams.front().state)
        : onlyStreams                        ? Stage::tr("%n streams", nullptr, static_cast<int>(streams.size()))
        : l.spacious                         ? Stage::tr("%n open orders", nullptr, static_cast<int>(open))
                                             : Stage::tr("%1 open").arg(open);
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

} // namespace bistro::ui
