#include "timeline/timelineaccess.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QWidget>

#include <algorithm>

namespace bistro::ui {
namespace {

class TimelineAccess final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    TimelineAccess(QWidget* view, AccessibleTimeline& timeline)
        : QAccessibleWidget(view, QAccessible::Slider)
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

    [[nodiscard]] QVariant currentValue() const override { return m_timeline.playhead(); }
    void setCurrentValue(const QVariant& value) override
    {
        m_timeline.requestPlayhead(std::min(value.toUInt(), m_timeline.events()));
    }
    [[nodiscard]] QVariant maximumValue() const override { return m_timeline.events(); }
    [[nodiscard]] QVariant minimumValue() const override { return 0U; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1U; }

private:
    AccessibleTimeline& m_timeline; // the view
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
