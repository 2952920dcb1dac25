#include "timeline/timelineaccess.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <QWidget>

#include <algorithm>
#include <map>
#include <tuple>

namespace bistro::ui {
namespace {

// The interfaces of children, made when they are asked for.
class Children final {
public:
    using Key = std::tuple<LaneKind, std::size_t, std::size_t>; // lane, cook, span + 1; 0: the lane itself

    Children() = default;
    Children(const Children&) = delete;
    Children& operator=(const Children&) = delete;
    ~Children() { clear(); }

    template <typename Make>
    QAccessibleInterface* at(const Key& key, Make make)
    {
        auto found = m_ids.find(key);
        if (found == m_ids.end()) {
            constexpr std::size_t most = 2'000; // of a run that goes on, nobody asks again for those far behind
            if (m_ids.size() > most)
                clear();
            found = m_ids.emplace(key, QAccessible::registerAccessibleInterface(make())).first;
        }
        return QAccessible::accessibleInterface(found->second);
    }
    void clear()
    {
        for (const auto& [key, id] : m_ids)
            QAccessible::deleteAccessibleInterface(id);
        m_ids.clear();
    }

private:
    std::map<Key, QAccessible::Id> m_ids;
};

// A lane, or what lies in it.
class RowAccess : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    RowAccess(QWidget* view, AccessibleTimeline& timeline, LaneKind lane, std::size_t cook)
        : m_view(view)
        , m_timeline(timeline)
        , m_lane(lane)
        , m_cook(cook)
    {
    }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i)->rect().contains(x, y))
                return child(i);
        }
        return nullptr;
    }
    void setText(QAccessible::Text, const QString&) override { }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    [[nodiscard]] QStringList keyBindingsForAction(const QString& action) const override
    {
        return action == pressAction() ? QStringList {QStringLiteral("Return")} : QStringList();
    }

protected:
    [[nodiscard]] QAccessibleInterface* view() const
    {
        return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
    }
    [[nodiscard]] QRect onScreen(const QRectF& local) const
    {
        return {m_view->mapToGlobal(local.topLeft().toPoint()), local.size().toSize()};
    }
    [[nodiscard]] std::optional<ReachedLane> lane() const
    {
        if (!m_view)
            return std::nullopt;
        for (ReachedLane& lane : m_timeline.lanes()) {
            if (lane.lane == m_lane && lane.cook == m_cook)
                return std::move(lane);
        }
        return std::nullopt;
    }

    QPointer<QWidget> m_view;
    AccessibleTimeline& m_timeline; // the view
    LaneKind m_lane;
    std::size_t m_cook;
};

class SpanAccess final : public RowAccess {
public:
    SpanAccess(
        QWidget* view, AccessibleTimeline& timeline, Children& all, LaneKind lane, std::size_t cook, std::size_t span)
        : RowAccess(view, timeline, lane, cook)
        , m_all(all)
        , m_span(span)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_view && span(); }
    [[nodiscard]] QAccessibleInterface* parent() const override; // the lane
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto found = kind == QAccessible::Name ? span() : std::nullopt;
        return found ? found->name : QString();
    }
    [[nodiscard]] QRect rect() const override
    {
        const auto found = span();
        return found ? onScreen(found->rect) : QRect();
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.invalid = !isValid();
        return state;
    }
    void doAction(const QString& action) override
    {
        if (!isValid())
            return;
        if (action == pressAction())
            m_timeline.pressSpan(m_lane, m_cook, m_span);
        else if (action == setFocusAction())
            m_timeline.focusLane(m_lane, m_cook, m_span);
    }

private:
    [[nodiscard]] std::optional<ReachedSpan> span() const
    {
        return m_view ? m_timeline.spanOf(m_lane, m_cook, m_span) : std::nullopt;
    }

    Children& m_all; // the timeline's
    std::size_t m_span;
};

class LaneAccess final : public RowAccess {
public:
    LaneAccess(QWidget* view, AccessibleTimeline& timeline, Children& all, LaneKind lane, std::size_t cook)
        : RowAccess(view, timeline, lane, cook)
        , m_all(all)
    {
    }
    [[nodiscard]] bool isValid() const override { return lane().has_value(); }
    [[nodiscard]] QAccessibleInterface* parent() const override { return view(); }
    [[nodiscard]] int childCount() const override
    {
        const auto here = lane();
        return here ? static_cast<int>(here->count) : 0;
    }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        const auto here = lane();
        if (!here || index < 0 || index >= static_cast<int>(here->count))
            return nullptr;
        return span(here->first + static_cast<std::size_t>(index));
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (this->child(i) == child)
                return i;
        }
        return -1;
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::List; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const auto here = kind == QAccessible::Name ? lane() : std::nullopt;
        return here ? here->name : QString();
    }
    [[nodiscard]] QRect rect() const override
    {
        const auto here = lane();
        return here ? onScreen(here->rect) : QRect();
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.invalid = !isValid();
        return state;
    }
    void doAction(const QString& action) override
    {
        if (isValid() && (action == pressAction() || action == setFocusAction()))
            m_timeline.focusLane(m_lane, m_cook, {});
    }

private:
    [[nodiscard]] QAccessibleInterface* span(std::size_t index) const
    {
        return m_all.at({m_lane, m_cook, index + 1},
            [&] { return new SpanAccess(m_view, m_timeline, m_all, m_lane, m_cook, index); });
    }

    Children& m_all; // the timeline's
};

QAccessibleInterface* SpanAccess::parent() const
{
    return m_all.at({m_lane, m_cook, 0}, [&] { return new LaneAccess(m_view, m_timeline, m_all, m_lane, m_cook); });
}

class TimelineAccess final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    TimelineAccess(QWidget* view, AccessibleTimeline& timeline)
        : QAccessibleWidget(view, QAccessible::Slider)
        , m_view(view)
        , m_timeline(timeline)
    {
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value)
            return m_timeline.playheadText();
        if (kind == QAccessible::Description)
            return m_timeline.focusedText() + QLatin1Char('\n') + m_timeline.focusedHelp();
        return QAccessibleWidget::text(kind);
    }
    [[nodiscard]] int childCount() const override { return static_cast<int>(m_timeline.lanes().size()); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        const auto lanes = m_timeline.lanes();
        if (index < 0 || index >= static_cast<int>(lanes.size()))
            return nullptr;
        const ReachedLane& lane = lanes[static_cast<std::size_t>(index)];
        return m_children.at({lane.lane, lane.cook, 0},
            [&] { return new LaneAccess(m_view, m_timeline, m_children, lane.lane, lane.cook); });
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (this->child(i) == child)
                return i;
        }
        return -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i)->rect().contains(x, y))
                return child(i);
        }
        return nullptr;
    }

    [[nodiscard]] QVariant currentValue() const override { return m_timeline.playhead(); }
    void setCurrentValue(const QVariant& value) override
    {
        m_timeline.requestPlayhead(std::min(value.toUInt(), m_timeline.events()));
    }
    [[nodiscard]] QVariant maximumValue() const override { return m_timeline.events(); }
    [[nodiscard]] QVariant minimumValue() const override { return 0U; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1U; }

private:
    QWidget* m_view;
    AccessibleTimeline& m_timeline; // the view
    mutable Children m_children;
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* const timeline = dynamic_cast<AccessibleTimeline*>(object);
    return timeline ? new TimelineAccess(static_cast<QWidget*>(object), *timeline) : nullptr;
}

} // namespace

void installTimelineAccess()
{
    static const bool installed = [] {
        QAccessible::installFactory(&make);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace bistro::ui
