// What stands where on the stage, as plain values: the picture of one LoopState, in one of two skins. Pure: equal
// states, facts and options give equal pictures (makepicture.h). All measures are px at 100 % of the layout (visual.md,
// "Sizes"); whoever paints scales. Text form: picturetext.h.
#pragma once

#include "moment/facts.h"
#include "state/prediction.h"
#include "theme/theme.h"

#include <QFont>
#include <QMarginsF>
#include <QPointF>
#include <QRectF>
#include <QString>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace bistro::ui {

enum class Skin : std::uint8_t { Restaurant, Loop };
// Narrow: the columns of the compact one, the rows of the normal one.
enum class StageSize : std::uint8_t { Normal, Narrow, Compact, Presentation };

// Inks: the first nine are the Meanings in their order, the rest what the scenery is made of.
enum class Ink : std::uint8_t {
    Running,
    Tick,
    Promise,
    Timer,
    PoolIo,
    KernelIo,
    Immediate,
    Closing,
    Error,
    None,
    Text,
    Secondary,
    OnInk,
    OnError,
    Border,
    Wall,
    WallLine,
    Counter,
    CounterEdge,
    Panel,
    PanelNow,
    Rail,
    RailEmpty,
    Clip,
    Tile,
    TileOther,
    Shelf,
    Paper,
    PaperEdge,
    Plate,
    Floor,
    Night,
    Hub,
    Track,
    TrackLine,
    Faint,
    Sand,
    TimerFace
};
[[nodiscard]] constexpr Ink inkOf(Meaning meaning)
{
    return static_cast<Ink>(meaning);
}
static_assert(static_cast<std::size_t>(Ink::Error) + 1 == kMeanings);

enum class Figure : std::uint8_t {
    Waiter,
    WaiterServing,
    WaiterRest,
    CookBusy,
    CookFree,
    Customer,
    Table,
    TableFree,
    EggTimer,
    Door,
    Cloche
};

struct TextRun {
    QString text;
    Ink ink = Ink::Text;
    QFont::Weight weight = QFont::Normal;
    bool operator==(const TextRun&) const = default;
};

// One line. `at` is its left, middle or right end (by `alignment`), half-way up its capitals. Cut with "…" at `width`.
struct TextShape {
    QPointF at;
    double width = 0;
    Qt::AlignmentFlag alignment = Qt::AlignLeft;
    TypeSize size = TypeSize::Label;
    std::vector<TextRun> runs;
    bool operator==(const TextShape&) const = default;
};
constexpr double kEllipse = -1; // for a box's radius
struct BoxShape {
    QRectF rect;
    double radius = 0;
    Ink fill = Ink::None;
    Ink edge = Ink::None;
    double edgeWidth = 1;
    bool dashed = false;
    double opacity = 1;
    bool operator==(const BoxShape&) const = default;
};
// Points of a polyline; four points with `curved` are a Bézier curve.
struct LineShape {
    std::vector<QPointF> points;
    Ink ink = Ink::Text;
    double width = 1;
    enum class Dash : std::uint8_t { Solid, Dots, Dashes } dash = Dash::Solid;
    bool arrow = false; // at its end
    bool curved = false;
    bool filled = false; // the polygon is filled, its line is not drawn
    bool operator==(const LineShape&) const = default;
};
struct MarkShape {
    Meaning meaning = Meaning::Running;
    QRectF square;
    Ink ink = Ink::Text;
    bool operator==(const MarkShape&) const = default;
};
struct FigureShape {
    Figure figure = Figure::Waiter;
    QRectF rect;
    Ink color = Ink::None; // of what is coloured by its work
    int face = 0; // which of the faces
    int mood = 1; // customers: 0 content, 1 waiting, 2 out of patience
    double opacity = 1;
    bool operator==(const FigureShape&) const = default;
};
// Part of a circle, clockwise from `from` degrees after 12 o'clock; a pie when `width` is 0.
struct ArcShape {
    QPointF centre;
    double radius = 0;
    double width = 0;
    double from = 0;
    double span = 360;
    Ink ink = Ink::Text;
    double opacity = 1;
    bool operator==(const ArcShape&) const = default;
};
using Shape = std::variant<TextShape, BoxShape, LineShape, MarkShape, FigureShape, ArcShape>;

// A piece of the scenery that is painted, and repainted, as a whole. A picture's parts always come in the same order
// and number for a skin, so that a painter can compare them one by one.
struct Part {
    QRectF area;
    std::vector<Shape> shapes;
    bool front = false; // before the slips
    bool operator==(const Part&) const = default;
};

enum class Place : std::uint8_t {
    Ticks,
    Promises,
    Poll,
    Immediates,
    Closing,
    Timers,
    Cook,
    WaitingForCook,
    EggTimers,
    Door
};
inline constexpr std::size_t kPlaces = static_cast<std::size_t>(Place::Door) + 1;

enum class SlipForm : std::uint8_t { Head, Sliver, Tab };

// A slip of paper, or the tab that stands for the slips behind it.
struct StageSlip {
    std::uint64_t key = 0; // stays the order's wherever it goes
    app::OrderId order; // none for a tab
    SlipForm form = SlipForm::Head;
    Place place = Place::Ticks;
    Meaning meaning = Meaning::Tick;
    QString title;
    QString second;
    QString aside; // at the right end of the title's line
    QRectF rect;
    int number = 0; // in the serving order; 0 none
    QString range; // a tab's serving numbers
    double numberX = 0; // of the number's centre, from the slip's left edge
    int count = 1; // how many slips it stands for
    bool clipped = false; // hangs on a rail
    bool torn = true; // with a torn lower edge
    bool selected = false;
    bool dimmed = false;
    double share = -1; // of its time that is left, 0..1, drawn as a ring; -1 none
    int asked = 0; // the key that answers "this one is next"; 0 none
    int askedLast = 0; // of a tab: the last of its orders' keys
    QString name; // for who cannot see it
    bool operator==(const StageSlip&) const = default;
};

enum class Mood : std::uint8_t { Empty, Running, Asleep, Paused, Blocked, Finished, Crashed, RecordingEnded };

enum class Wants : std::uint8_t { ToBeHeard, Food };
struct StageCustomer {
    int number = 0;
    std::uint32_t connection = 0;
    Wants wants = Wants::ToBeHeard;
    double patience = 1; // that is left, 0..1
    bool served = false; // the waiter is at this table
    bool operator==(const StageCustomer&) const = default;
};
struct StageCook {
    int number = 0;
    app::OrderId order; // in hand
    bool justFinished = false;
    bool refused = false; // what he has tried came back refused
    bool operator==(const StageCook&) const = default;
};

struct StageOptions {
    Skin skin = Skin::Restaurant;
    StageSize size = StageSize::Normal;
    std::optional<std::uint64_t> now; // nanoseconds since the start of the run, at or after the state's own
    app::OrderId selected;
    bool live = false; // the program goes on
    bool paused = false;
    QString stepOn; // at the beginning of a run that is loaded: how to go on, "F10 steps"; "" no run is
    std::chrono::nanoseconds patience = std::chrono::seconds(1);
    QMarginsF around; // room beside the drawing that its ground fills, px at 100 %
    QString guilty; // the function that is to blame for a block; "" the innermost
    // Nanoseconds since the start of the run: since then a call, or ticks and microtasks in a row, keep others waiting
    // (app::holdAt); none: nobody does.
    std::optional<std::uint64_t> heldSince;
    std::vector<StageFacts::Frame>
        thrown; // where the error that nobody caught was thrown, innermost first; empty: not known
    QString uncaught; // what the error says that has just reached the runtime; "" there is none
    QString refused; // what the sandbox has refused at this moment, a sentence; "" nothing
    std::uint32_t refusedCook = 0; // who had tried it; 0 nobody
    QString limit; // of the limit that the run was ended by, a sentence; "" it was not
    bool closedByLesson = false; // what stopped it
    // Somebody predicts: no serving numbers, and none of what they tell.
    bool guessing = false;
    bool phaseHidden = false; // the loop has turned to where the next one waits
    std::vector<app::OrderId> asked; // each has a key, by its place on the stage
};

struct StagePicture {
    Skin skin = Skin::Restaurant;
    StageSize stageSize = StageSize::Normal;
    QSizeF size;
    Mood mood = Mood::Empty;
    QString headline; // of the mood: "asleep"
    QString reason; // "until the timer dessert, 63 ms"
    std::vector<Part> parts;
    std::vector<StageSlip> slips;
    std::vector<QString> plates; // from the top
    std::vector<std::pair<app::OrderId, Meaning>>
        running; // that are being served, outermost first; of very many the first and the last
    bool nodesOwnRuns = false; // what is on the plates is Node's own: nobody ordered it
    std::optional<std::size_t> guilty; // of the plates: keeps others waiting, or has thrown what nobody caught
    QString refused; // what the sandbox has refused to what is on the top plate, a sentence; "" nothing
    std::vector<StageCustomer> customers; // who came first, and who is served
    std::array<std::size_t, 2> moreCustomers {}; // by Wants
    std::vector<StageCook> cooks;
    QPointF hand; // where the waiter takes a slip to
    struct Flow {
        app::OrderId order; // its first part's
        QString title;
        QString state; // "waits for the drain"
        bool operator==(const Flow&) const = default;
    };
    std::vector<Flow> streams; // that are open
    int ready = 0; // that wait for the waiter
    int nodesOwn = 0; // orders of Node's own, not shown
    std::vector<app::OrderId> hidden; // behind the tabs, by key of the tab: see hiddenBehind()
    std::vector<std::pair<std::uint64_t, std::uint32_t>> tabs; // a tab's key, and where its orders begin in `hidden`
    std::uint32_t iteration = 0;
    bool guessing = false; // who is next is hidden
    std::vector<app::OrderId> asked; // who may be next, in the order of their keys: number i has key i + 1

    // The key of an order; 0: it has none.
    [[nodiscard]] int keyOf(app::OrderId order) const;
    [[nodiscard]] std::size_t allCustomers() const { return customers.size() + moreCustomers[0] + moreCustomers[1]; }
    // The orders that a tab stands for, in their order.
    [[nodiscard]] std::span<const app::OrderId> hiddenBehind(std::uint64_t tab) const;
    [[nodiscard]] const StageSlip* slipAt(const QPointF& point) const;
    bool operator==(const StagePicture&) const = default;
};

} // namespace bistro::ui
