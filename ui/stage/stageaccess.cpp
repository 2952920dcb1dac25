#include "stage/stageaccess.h"

#include "stage/picturetext.h"
#include "stage/placeaccess.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <QWidget>

#include <algorithm>
#include <map>

namespace bistro::ui {
namespace {

class SlipAccess final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    SlipAccess(QWidget* view, AccessibleStage& stage, std::uint64_t key)
        : m_view(view)
        , m_stage(stage)
        , m_key(key)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_view && slip(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        const StageSlip* const found = slip();
        if (!found)
            return {};
        if (kind == QAccessible::Description)
            return app::termDescription(termOf(found->place), wordingOf(m_stage.picture().skin));
        return kind == QAccessible::Name ? found->name : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        const StageSlip* const found = slip();
        if (!found)
            return {};
        const QRect local = m_stage.rectOf(*found).toRect();
        return {m_view->mapToGlobal(local.topLeft()), local.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        if (const StageSlip* const found = slip()) {
            state.selected = found->selected;
            state.focused = m_view->hasFocus() && m_stage.focusedSlip() == m_key;
        } else {
            state.invalid = true;
        }
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString& action) override
    {
        if (!slip())
            return;
        if (action == pressAction())
            m_stage.pressSlip(m_key);
        else if (action == setFocusAction())
            m_stage.setFocusedSlip(m_key);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString& action) const override
    {
        return action == pressAction() ? QStringList {QStringLiteral("Space")} : QStringList();
    }

private:
    [[nodiscard]] const StageSlip* slip() const
    {
        if (!m_view)
            return nullptr;
        for (const StageSlip& slip : m_stage.picture().slips) {
            if (slip.key == m_key)
                return &slip;
        }
        return nullptr;
    }

    QPointer<QWidget> m_view;
    AccessibleStage& m_stage; // the view
    std::uint64_t m_key;
};

class StageAccess final : public QAccessibleWidget {
public:
    StageAccess(QWidget* view, AccessibleStage& stage)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(view)
        , m_stage(stage)
        , m_places(view, stage)
    {
    }
    ~StageAccess() override
    {
        for (const auto& [key, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
    }
    [[nodiscard]] int childCount() const override
    {
        return static_cast<int>(m_stage.walk().size() + m_stage.places().size());
    }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        const auto slips = m_stage.walk();
        const auto at = static_cast<std::size_t>(index);
        if (index >= 0 && at < slips.size())
            return of(slips[at]->key);
        const auto places = m_stage.places();
        if (index < 0 || at - slips.size() >= places.size())
            return nullptr;
        return m_places.of(places[at - slips.size()].term);
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
            QAccessibleInterface* const item = child(i);
            if (item->rect().contains(x, y))
                return item;
        }
        return nullptr;
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        if (!m_view->hasFocus())
            return nullptr;
        if (const auto place = m_stage.focusedPlace())
            return m_places.of(*place);
        for (const StageSlip& slip : m_stage.picture().slips) {
            if (slip.key == m_stage.focusedSlip())
                return of(slip.key);
        }
        return const_cast<StageAccess*>(this);
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Description)
            return asText(m_stage.picture());
        return QAccessibleWidget::text(kind);
    }
    // Those whose slips are gone.
    void forget()
    {
        for (auto child = m_children.begin(); child != m_children.end();) {
            QAccessibleInterface* const item = QAccessible::accessibleInterface(child->second);
            if (item && item->isValid()) {
                ++child;
                continue;
            }
            QAccessible::deleteAccessibleInterface(child->second);
            child = m_children.erase(child);
        }
    }

private:
    [[nodiscard]] QAccessibleInterface* of(std::uint64_t key) const
    {
        auto found = m_children.find(key);
        if (found == m_children.end())
            found = m_children
                        .emplace(key, QAccessible::registerAccessibleInterface(new SlipAccess(m_view, m_stage, key)))
                        .first;
        return QAccessible::accessibleInterface(found->second);
    }

    QWidget* m_view;
    AccessibleStage& m_stage; // the view
    mutable std::map<std::uint64_t, QAccessible::Id> m_children;
    PlacesAccess m_places;
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* const stage = dynamic_cast<AccessibleStage*>(object);
    return stage ? new StageAccess(static_cast<QWidget*>(object), *stage) : nullptr;
}

} // namespace

void installStageAccess()
{
    QAccessible::installFactory(&make);
}

void slipsChanged(QWidget* stage)
{
    if (!QAccessible::isActive())
        return;
    if (auto* const access = dynamic_cast<StageAccess*>(QAccessible::queryAccessibleInterface(stage)))
        access->forget();
    QAccessibleEvent event(stage, QAccessible::ObjectReorder);
    QAccessible::updateAccessibility(&event);
}

void slipFocused(QWidget* view)
{
    if (!QAccessible::isActive())
        return;
    const auto* const stage = dynamic_cast<const AccessibleStage*>(view);
    if (!stage)
        return;
    const auto slips = stage->walk();
    for (std::size_t i = 0; i < slips.size(); ++i) {
        if (slips[i]->key != stage->focusedSlip())
            continue;
        QAccessibleEvent event(view, QAccessible::Focus);
        event.setChild(static_cast<int>(i));
        QAccessible::updateAccessibility(&event);
        return;
    }
}

void placeFocused(QWidget* view)
{
    const auto* const stage = dynamic_cast<const AccessibleStage*>(view);
    if (!QAccessible::isActive() || !stage || !stage->focusedPlace())
        return;
    const auto places = stage->places();
    const auto at = std::ranges::find(places, *stage->focusedPlace(), &StageTerm::term);
    if (at == places.end())
        return;
    QAccessibleEvent event(view, QAccessible::Focus);
    event.setChild(static_cast<int>(stage->walk().size()) + static_cast<int>(at - places.begin()));
    QAccessible::updateAccessibility(&event);
}

} // namespace bistro::ui
