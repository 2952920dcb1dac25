#include "timeline/timelineaccess.h"

#include "timeline/timelineview.h"

#include <QAccessible>
#include <QAccessibleWidget>

namespace bistro::ui {
namespace {

class TimelineAccess final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit TimelineAccess(TimelineView* view)
        : QAccessibleWidget(view, QAccessible::Slider)
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
            return view().playheadText();
        if (kind == QAccessible::Description)
            return view().focusedText();
        return QAccessibleWidget::text(kind);
    }

    [[nodiscard]] QVariant currentValue() const override { return view().playhead(); }
    void setCurrentValue(const QVariant& value) override
    {
        emit view().playheadRequested(std::min(value.toUInt(), view().index().size()));
    }
    [[nodiscard]] QVariant maximumValue() const override { return view().index().size(); }
    [[nodiscard]] QVariant minimumValue() const override { return 0U; }
    [[nodiscard]] QVariant minimumStepSize() const override { return 1U; }

private:
    [[nodiscard]] TimelineView& view() const { return *static_cast<TimelineView*>(widget()); }
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* const view = qobject_cast<TimelineView*>(object);
    return view ? new TimelineAccess(view) : nullptr;
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
