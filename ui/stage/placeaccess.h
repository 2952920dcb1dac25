// The places of the stage for assistive technology: items of its list, each with a name and what that means. Internal
// to ui/stage.
#pragma once

#include "stage/accessiblestage.h"

#include <QAccessible>

#include <map>

class QWidget;

namespace bistro::ui {

// Those of one stage, made when they are asked for.
class PlacesAccess final {
public:
    PlacesAccess(QWidget* view, AccessibleStage& stage)
        : m_view(view)
        , m_stage(stage)
    {
    }
    ~PlacesAccess();
    PlacesAccess(const PlacesAccess&) = delete;
    PlacesAccess& operator=(const PlacesAccess&) = delete;

    [[nodiscard]] QAccessibleInterface* of(app::Term place) const;

private:
    QWidget* m_view;
    AccessibleStage& m_stage; // the view
    mutable std::map<app::Term, QAccessible::Id> m_items;
};

} // namespace bistro::ui
