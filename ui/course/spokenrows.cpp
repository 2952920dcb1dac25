#include "course/spokenrows.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <QWidget>

#include <map>

namespace bistro::ui {
namespace {

class SpokenRow final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    SpokenRow(QWidget* view, SpokenRows& rows, int row)
        : m_view(view)
        , m_rows(rows)
        , m_row(row)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_view && m_row < m_rows.spokenCount(); }
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
    [[nodiscard]] QAccessible::Role role() const override
    {
        if (isValid() && m_rows.isHeading(m_row))
            return QAccessible::Heading;
        return isValid() && m_rows.isOneOf() ? QAccessible::RadioButton : QAccessible::ListItem;
    }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return isValid() && kind == QAccessible::Name ? m_rows.spokenName(m_row) : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect local = m_rows.spokenRect(m_row);
        return {m_view->mapToGlobal(local.topLeft()), local.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.disabled = !m_view->isEnabled();
        state.invisible = !m_view->isVisible();
        if (m_rows.isHeading(m_row)) {
            state.readOnly = true;
            return state;
        }
        state.focusable = true;
        state.selectable = true;
        state.focused = m_view->hasFocus() && m_rows.spokenCurrent() == m_row;
        state.selected = m_rows.spokenCurrent() == m_row;
        state.checkable = m_rows.isOneOf();
        state.checked = m_rows.isChecked(m_row);
        return state;
    }
    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface*>(this) : nullptr;
    }
    [[nodiscard]] QStringList actionNames() const override
    {
        return isValid() && !m_rows.isHeading(m_row) ? QStringList {pressAction(), setFocusAction()} : QStringList();
    }
    void doAction(const QString& action) override
    {
        if (!isValid() || !m_view->isEnabled())
            return;
        if (action == setFocusAction()) {
            m_view->setFocus(Qt::OtherFocusReason);
            m_rows.goToRow(m_row);
        } else if (action == pressAction()) {
            m_rows.pressRow(m_row);
        }
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }
    [[nodiscard]] int row() const { return m_row; }

private:
    QPointer<QWidget> m_view;
    SpokenRows& m_rows; // the view
    int m_row;
};

class SpokenList final : public QAccessibleWidget {
public:
    SpokenList(QWidget* view, SpokenRows& rows)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(view)
        , m_rows(rows)
    {
    }
    ~SpokenList() override { forget(); }
    [[nodiscard]] int childCount() const override { return m_rows.spokenCount(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= m_rows.spokenCount())
            return nullptr;
        auto found = m_children.find(index);
        if (found == m_children.end())
            found = m_children
                        .emplace(index, QAccessible::registerAccessibleInterface(new SpokenRow(m_view, m_rows, index)))
                        .first;
        return QAccessible::accessibleInterface(found->second);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* const row = dynamic_cast<const SpokenRow*>(child);
        return row ? row->row() : -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        return child(m_rows.spokenAt(m_view->mapFromGlobal(QPoint(x, y))));
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        if (!m_view->hasFocus())
            return nullptr;
        QAccessibleInterface* const row = child(m_rows.spokenCurrent());
        return row ? row : const_cast<SpokenList*>(this);
    }
    void forget()
    {
        for (const auto& [row, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
        m_children.clear();
    }

private:
    QWidget* m_view;
    SpokenRows& m_rows; // the view
    mutable std::map<int, QAccessible::Id> m_children; // those that were asked for
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* const rows = dynamic_cast<SpokenRows*>(object);
    return rows ? new SpokenList(static_cast<QWidget*>(object), *rows) : nullptr;
}

void tell(QWidget* rows, int row, QAccessible::Event what)
{
    if (!QAccessible::isActive() || row < 0 || !QAccessible::queryAccessibleInterface(rows))
        return;
    QAccessibleEvent event(rows, what);
    event.setChild(row);
    QAccessible::updateAccessibility(&event);
}

} // namespace

void installSpokenRows()
{
    static const bool once = [] {
        QAccessible::installFactory(&make);
        return true;
    }();
    (void)once;
}

void spokenRowsChanged(QWidget* rows)
{
    if (!QAccessible::isActive())
        return;
    if (auto* const access = dynamic_cast<SpokenList*>(QAccessible::queryAccessibleInterface(rows)))
        access->forget();
}

void spokenRowFocused(QWidget* rows, int row)
{
    if (rows->hasFocus())
        tell(rows, row, QAccessible::Focus);
}

void spokenRowRenamed(QWidget* rows, int row)
{
    tell(rows, row, QAccessible::NameChanged);
}

} // namespace bistro::ui
