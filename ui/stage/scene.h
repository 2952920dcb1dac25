// What both skins draw, gathered from the state once: who waits where, under which serving number, and the state's
// mood. Internal to ui/stage.
#pragma once

#include "stage/layout.h"
#include "stage/picture.h"

#include <array>
#include <map>

namespace bistro::ui {

struct Waiting {
    app::OrderId order;
    std::uint64_t key = 0;
    Meaning meaning = Meaning::Tick;
    int number = 0;
    int rank = 0; // in line among all, those of Node's own too; 0: not known
    std::uint32_t iteration = 0;
    app::Index since = app::kNoEvent; // begun, submitted, asked
    std::uint32_t detail = 0; // a cook's number; the kind of a kernel's wait
};

struct Scene {
    const app::LoopState& state;
    const StageFacts& facts;
    const StageOptions& options;
    std::uint64_t now = 0;

    std::array<std::vector<Waiting>, kPlaces> at;
    std::array<std::size_t, kPlaces> more {}; // beyond those in `at`, which is bounded
    int ready = 0;
    int numbered = 0; // how many have a serving number
    int nodesOwn = 0;
    std::vector<Waiting> listening;
    std::size_t moreListening = 0; // beyond those
    std::uint32_t justFinished = 0; // cook
    app::OrderId justDone; // and what they finished
    bool nodesOwnRuns = false; // what runs is Node's own
    bool blocked = false;
    std::uint64_t busyFor = 0; // nanoseconds of the outermost call
    app::OrderId outermost, innermost;
    Meaning outermostMeaning = Meaning::Running;
    std::uint32_t served = 0; // connection

    [[nodiscard]] const std::vector<Waiting>& place(Place p) const { return at[static_cast<std::size_t>(p)]; }
    [[nodiscard]] std::size_t count(Place p) const { return place(p).size() + more[static_cast<std::size_t>(p)]; }
};

[[nodiscard]] Scene gather(const app::LoopState& state, std::span<const app::Serving> order, const StageFacts& facts,
    const StageOptions& options);
[[nodiscard]] std::uint64_t keyOf(app::OrderId order);
[[nodiscard]] QString numberOf(app::OrderId order); // "#5"

// The slips of one place in their berths, at `origin`, appended to the picture.
struct Lay {
    Place place = Place::Ticks;
    QPointF origin;
    double height = 46;
    bool clipped = false;
    bool torn = true;
    bool numbered = true;
};
// `second` words the second line of a slip: given the order, and whether it is the head of a crowd.
template <typename Second>
void lay(StagePicture& picture, const Scene& scene, const Lay& where, const std::vector<Slot>& berths, Second second);

// What the waiter carries, from the top; "" stands for folded plates.
[[nodiscard]] std::vector<QString> platesOf(const Scene& scene);
// A slip's second line, which tells the step where the title does not.
[[nodiscard]] QString withStep(const Scene& scene, app::OrderId order, const QString& second);
// Of a pending timer: "63 ms left", or that the run has ended without it.
[[nodiscard]] QString timeLeft(const Scene& scene, app::OrderId timer);
// "a server listens on port 8080"; some server listens.
[[nodiscard]] QString listensWord(const Scene& scene);
// Where the first server listens; empty when that is not known, or none does.
[[nodiscard]] QString listeningAt(const Scene& scene);
// Fills mood, headline and reason.
void tellMood(StagePicture& picture, const Scene& scene);
// Fills customers and moreCustomers.
void seatCustomers(StagePicture& picture, const Scene& scene);
[[nodiscard]] std::vector<StageCook> cooksOf(const Scene& scene);
[[nodiscard]] QString waitWord(trace::KernelWait wait);
[[nodiscard]] std::optional<StageFacts::Countdown> countdownOf(const Scene& scene, app::OrderId timer);

// Writes shapes into a part.
class Pen final {
public:
    explicit Pen(Part& part)
        : m_shapes(part.shapes)
    {
    }
    void text(QPointF at, double width, const QString& text, TypeSize size, Ink ink = Ink::Text,
        QFont::Weight weight = QFont::Normal, Qt::AlignmentFlag alignment = Qt::AlignLeft)
    {
        m_shapes.push_back(
            TextShape {.at = at, .width = width, .alignment = alignment, .size = size, .runs = {{text, ink, weight}}});
    }
    void runs(
        QPointF at, double width, TypeSize size, std::vector<TextRun> runs, Qt::AlignmentFlag alignment = Qt::AlignLeft)
    {
        m_shapes.push_back(
            TextShape {.at = at, .width = width, .alignment = alignment, .size = size, .runs = std::move(runs)});
    }
    void box(const QRectF& rect, double radius, Ink fill, Ink edge = Ink::None, double edgeWidth = 1)
    {
        m_shapes.push_back(
            BoxShape {.rect = rect, .radius = radius, .fill = fill, .edge = edge, .edgeWidth = edgeWidth});
    }
    template <typename S>
    void add(S shape)
    {
        m_shapes.push_back(std::move(shape));
    }
    void circled(QPointF centre, const QString& text, bool filled);

private:
    std::vector<Shape>& m_shapes;
};

void restaurant(StagePicture& picture, const Scene& scene);
void loop(StagePicture& picture, const Scene& scene);

template <typename Second>
void lay(StagePicture& picture, const Scene& scene, const Lay& where, const std::vector<Slot>& berths, Second second)
{
    const std::vector<Waiting>& waiting = scene.place(where.place);
    const bool crowd = berths.size() > 1;
    const std::size_t count = scene.count(where.place);
    for (std::size_t i = 0; i < berths.size() && i < count; ++i) {
        Slot slot = berths[i];
        // How many there are is known of more than who they are: those whom nobody has looked at are told by a number.
        const bool unknown = i >= waiting.size();
        if (unknown)
            slot.form = SlipForm::Tab;
        const Waiting w = unknown ? Waiting {} : waiting[i];
        StageSlip slip {.key = w.key, .order = w.order, .form = slot.form, .place = where.place, .meaning = w.meaning};
        slip.rect = QRectF(where.origin.x() + slot.x, where.origin.y(), slot.width, where.height);
        slip.numberX = slot.numberX;
        slip.number = where.numbered ? w.number : 0;
        slip.clipped = where.clipped && slot.form == SlipForm::Head;
        slip.torn = where.torn;
        constexpr double twoLines = 30;
        const bool hasSecond = slot.form == SlipForm::Head && where.height > twoLines;
        if (slot.form != SlipForm::Tab)
            slip.title = hasSecond ? scene.facts.titleOfAllSteps(w.order) : scene.facts.title(w.order);
        slip.second = hasSecond           ? withStep(scene, w.order, second(w, crowd))
            : slot.form == SlipForm::Head ? second(w, crowd)
                                          : QString();
        slip.selected = w.order && w.order == scene.options.selected;
        if (slot.form == SlipForm::Tab) {
            slip.key = (std::uint64_t {1} << 62) + static_cast<std::uint64_t>(where.place);
            slip.order = {};
            slip.count = static_cast<int>(count - i);
            slip.title = QStringLiteral("+%1").arg(slip.count);
            int first = 0;
            int last = 0;
            picture.tabs.emplace_back(slip.key, static_cast<std::uint32_t>(picture.hidden.size()));
            for (std::size_t k = i; k < waiting.size(); ++k) {
                picture.hidden.push_back(waiting[k].order);
                if (waiting[k].order == scene.options.selected && waiting[k].order)
                    slip.selected = true;
                const int n = waiting[k].number;
                if (n != 0) {
                    first = first == 0 ? n : std::min(first, n);
                    last = std::max(last, n);
                }
            }
            slip.number = 0;
            if (where.numbered && first != 0 && count > waiting.size())
                slip.range = QStringLiteral("%1–…").arg(first); // further than anyone has looked
            else if (where.numbered && first != 0)
                slip.range = first == last ? QString::number(first) : QStringLiteral("%1–%2").arg(first).arg(last);
        }
        picture.slips.push_back(std::move(slip));
        if (unknown)
            return;
    }
}

} // namespace bistro::ui
