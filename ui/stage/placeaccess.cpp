#include "stage/placeaccess.h"

#include "stage/placewords.h"

#include <QPointer>
#include <QWidget>

#include <algorithm>

namespace bistro::ui {
namespace {

class PlaceAccess final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    PlaceAccess(QWidget* view, AccessibleStage& stage, app::Term term)
        : m_view(view)
        , m_stage(stage)
        , m_term(term)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_view && place(); }
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
        if (!m_view)
            return {};
        const app::Wording wording = wordingOf(m_stage.picture().skin);
        if (kind == QAccessible::Description)
            return app::termText(m_term, wording);
        if (kind != QAccessible::Name)
            return {};
        const QString there = whatIsAt(m_stage.picture(), m_term);
        const QString name = app::termName(m_term, wording);
        return there.isEmpty() ? name : QStringLiteral("%1: %2").arg(name, there);
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        const auto found = m_view ? place() : std::nullopt;
        if (!found)
            return {};
        const QRect local = m_stage.rectOf(*found).toRect();
        return {m_view->mapToGlobal(local.topLeft()), local.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.invalid = !isValid();
        state.focused = m_view && m_view->hasFocus() && m_stage.focusedPlace() == m_term;
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }

    [[nodiscard]] QStringList actionNames() const override { return {pressAction(), setFocusAction()}; }
    void doAction(const QString& action) override
    {
        if (!isValid())
            return;
        if (action == setFocusAction())
            m_stage.setFocusedPlace(m_term);
        else if (const app::OrderId order = orderAt(m_stage.picture(), m_term); action == pressAction() && order)
            m_stage.press(order);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    [[nodiscard]] std::optional<StageTerm> place() const
    {
        const auto places = m_stage.places();
        const auto found = std::ranges::find(places, m_term, &StageTerm::term);
        return found == places.end() ? std::nullopt : std::optional(*found);
    }

    QPointer<QWidget> m_view;
    AccessibleStage& m_stage; // the view
    app::Term m_term;
};

} // namespace

PlacesAccess::~PlacesAccess()
{
    for (const auto& [term, id] : m_items)
        QAccessible::deleteAccessibleInterface(id);
}

QAccessibleInterface* PlacesAccess::of(app::Term place) const
{
    auto found = m_items.find(place);
    if (found == m_items.end())
        found = m_items
                    .emplace(place, QAccessible::registerAccessibleInterface(new PlaceAccess(m_view, m_stage, place)))
                    .first;
    return QAccessible::accessibleInterface(found->second);
}

} // namespace bistro::ui
