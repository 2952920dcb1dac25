#include "stage/restaurantparts.h"

#include "stage/picturetext.h"
#include "stage/slips.h"
#include "stage/stagewords.h"

#include <algorithm>

namespace bistro::ui {

using namespace app;

namespace {

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

double labelLeft(const RestaurantLayout& l)
{
    return l.notes.left() + (l.spacious ? 10 : 8);
}

// The titles of the pass and of its two panels.
void titles(RestaurantDrawing& p, Pen& pen)
{
    const RestaurantLayout& l = p.l;
    const Scene& scene = p.scene;
    const bool blocked = p.picture.mood == Mood::Blocked;
    std::vector<TextRun> subtitle;
    const QString waitingWords = Stage::tr("waiting for the waiter");
    if (scene.ready > 1) {
        subtitle = {{Stage::tr("%1 ready").arg(scene.ready), blocked ? Ink::Error : Ink::Text,
                        blocked ? QFont::Bold : QFont::Medium},
            {QStringLiteral(", ") + waitingWords, Ink::Secondary, QFont::Normal}};
    } else if (scene.ready == 1) {
        subtitle = {{Stage::tr("1 ready, waiting for the waiter"), Ink::Secondary, QFont::Normal}};
    } else {
        subtitle = {{Stage::tr("ready, waiting for the waiter"), Ink::Secondary, QFont::Normal}};
    }
    heading(pen, l, l.passText, l.passRight - l.passText - 8, Stage::tr("The pass"), std::move(subtitle));
    const double left = labelLeft(l);
    if (l.spacious) {
        pen.text({left, l.notesTitle}, 140, Stage::tr("The waiter's own notes"), TypeSize::Second, Ink::Text,
            QFont::DemiBold);
        pen.text({l.notes.right() - 10, l.notesTitle}, 120, Stage::tr("after every callback"), TypeSize::Second,
            Ink::Secondary, QFont::Normal, Qt::AlignRight);
    } else {
        pen.text({left, l.notesTitle}, l.notes.width() - 16, Stage::tr("After every callback: his notes"),
            TypeSize::Second, Ink::Text, QFont::DemiBold);
    }
    const std::uint32_t iteration = scene.state.iteration;
    pen.text({left, l.roundTitle}, l.round.width() - 16,
        iteration == 0 ? Stage::tr("The loop has not begun") : Stage::tr("Round %1 of the loop").arg(iteration),
        TypeSize::Second, Ink::Text, QFont::DemiBold);
}

// The current phase's, and where it will go on.
void band(RestaurantDrawing& p, Pen& pen, double y)
{
    const RestaurantLayout& l = p.l;
    const double left = l.round.left() + (l.spacious ? 2 : 0);
    pen.box({left + 2, y - l.bandAbove, l.round.right() - 4 - left, l.bandAbove + l.bandBelow}, 4, Ink::PanelNow);
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

struct RailWords {
    QString label;
    QString phase;
    Meaning meaning;
};

void rail(RestaurantDrawing& p, Pen& pen, std::size_t i, const RailWords& words, bool current)
{
    const RestaurantLayout& l = p.l;
    StagePicture& picture = p.picture;
    const Scene& scene = p.scene;
    const bool blocked = picture.mood == Mood::Blocked;
    const auto place = static_cast<Place>(i);
    const double y = l.rails[i];
    const std::size_t count = scene.count(place);
    if (current)
        band(p, pen, y);
    pen.add(
        MarkShape {.meaning = words.meaning, .square = {l.labelMark - 7, y + 7, 14, 14}, .ink = inkOf(words.meaning)});
    const double width = l.railLeft - l.labelText - 2;
    pen.text({l.labelText, y + 14}, width + 18, words.label, TypeSize::Label, Ink::Text, QFont::DemiBold);
    const double second = y + (l.spacious ? 30.6 : 30);
    if (count > 1) {
        const TextRun wait {Stage::tr("%1 wait").arg(count), blocked ? Ink::Error : Ink::Text, QFont::Bold};
        pen.runs({l.labelText, second}, width + 4, TypeSize::Second,
            i <= static_cast<std::size_t>(Place::Promises) || count > (l.spacious ? 99 : 9)
                ? std::vector<TextRun> {wait}
                : std::vector<TextRun> {{words.phase + QStringLiteral(", "), Ink::Secondary, QFont::Normal}, wait});
    } else if (current) {
        pen.text({l.labelText, second}, width, Stage::tr("%1, now").arg(words.phase), TypeSize::Second, Ink::Text,
            QFont::Bold);
    } else {
        pen.text({l.labelText, second}, width, words.phase, TypeSize::Second, Ink::Secondary);
    }
    const Ink rail = count > 0 ? Ink::Rail : Ink::RailEmpty;
    pen.add(LineShape {.points = {{l.railLeft, y}, {l.railRight, y}}, .ink = rail, .width = 3.6});
    for (const double x : {l.railLeft, l.railRight})
        pen.box({x - 4, y - 4, 8, 8}, 4, rail);

    const auto berths = railSlots(count, scene.options.size);
    const double left = count == 1 ? l.slipLeft : l.railLeft + (l.spacious ? 5.3 : 6);
    lay(picture, scene, {.place = place, .origin = {left, y - 1.3}, .height = l.slip.height(), .clipped = true}, berths,
        [&](const Waiting& w, bool crowd) {
            const QString round = w.iteration == 0 ? QString() : Stage::tr("round %1").arg(w.iteration);
            if (place == Place::Ticks || place == Place::Promises) {
                const int line = scene.facts.line(w.order);
                return crowd || line == 0 || p.presents() ? numberOf(w.order)
                                                          : Stage::tr("%1, line %2").arg(numberOf(w.order)).arg(line);
            }
            if (round.isEmpty())
                return numberOf(w.order);
            return crowd ? round : QStringLiteral("%1, %2").arg(numberOf(w.order), round);
        });
}

// Of the serving numbers.
void legend(RestaurantDrawing& p, Pen& pen)
{
    const RestaurantLayout& l = p.l;
    const Scene& scene = p.scene;
    if (scene.options.guessing) {
        const double left = labelLeft(l);
        const double whole = l.passRight - l.edge - 2 - left;
        pen.text(
            {left, l.legend - 7.5}, whole, Stage::tr("the serving order is hidden:"), TypeSize::Second, Ink::Secondary);
        pen.text({left, l.legend + 7.5}, whole,
            p.scene.options.asked.empty() ? Stage::tr("you predict it") : Stage::tr("press the key of who is next"),
            TypeSize::Second, Ink::Text, QFont::DemiBold);
        return;
    }
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
    const double legendText = numbered == 0 ? labelLeft(l) : x + (l.legendText - l.legendFirst - 4 * l.legendPitch);
    const bool anyOfNodes = scene.nodesOwn > 0 && p.picture.mood != Mood::Finished;
    const bool onlySteps = numbered == 0 && scene.ready > 0; // what Node goes on with itself has no number
    const QString words = numbered > 0 ? Stage::tr("serving order")
        : onlySteps                    ? Stage::tr("%n steps on the way are ready,", nullptr, scene.ready)
        : anyOfNodes                   ? Stage::tr("nothing of yours is ready,")
                                       : Stage::tr("nothing is ready");
    const double own = anyOfNodes || onlySteps ? 7.5 : 0;
    const double room = l.passRight - l.edge - 2 - legendText;
    pen.text({legendText, l.legend - own}, room, words, TypeSize::Second, Ink::Secondary);
    if (onlySteps)
        pen.text(
            {legendText, l.legend + own}, room, Stage::tr("no callback of yours is"), TypeSize::Second, Ink::Secondary);
    else if (anyOfNodes)
        pen.text({legendText, l.legend + own}, room,
            (numbered == 0       ? Stage::tr("%1 of Node's own not shown")
                    : l.spacious ? Stage::tr("and %1 of Node's own")
                                 : Stage::tr("and %1 Node's own"))
                .arg(scene.nodesOwn),
            TypeSize::Second, Ink::Secondary);
}

} // namespace

void drawPass(RestaurantDrawing& p)
{
    const RestaurantLayout& l = p.l;
    Part& part = p.part(RestaurantPart::Pass);
    part.area = {l.passLeft, 0, l.passRight - l.passLeft, l.size.height()};
    Pen pen(part);
    titles(p, pen);
    const auto now = p.scene.state.end || p.scene.options.phaseHidden ? std::nullopt : railOf(p.scene.state.phase);
    const RailWords words[] {{Stage::tr("ticks"), Stage::tr("nextTick"), Meaning::Tick},
        {Stage::tr("promises"), Stage::tr("microtasks"), Meaning::Promise},
        {Stage::tr("I/O done"), Stage::tr("poll"), Meaning::PoolIo},
        {Stage::tr("immediates"), Stage::tr("check"), Meaning::Immediate},
        {Stage::tr("closing"), Stage::tr("close"), Meaning::Closing},
        {Stage::tr("timers due"), Stage::tr("timers"), Meaning::Timer}};
    for (std::size_t i = 0; i < l.rails.size(); ++i)
        rail(p, pen, i, words[i], now == i);
    legend(p, pen);
}

} // namespace bistro::ui
