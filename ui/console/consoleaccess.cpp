#include "console/consoleaccess.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>
#include <QWidget>

#include <map>

namespace bistro::ui {
namespace {

class RowAccess final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    RowAccess(QWidget* view, AccessibleRows& rows, int row)
        : m_view(view)
        , m_rows(rows)
        , m_row(row)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_view && m_row < m_rows.rows(); }
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
        return isValid() && kind == QAccessible::Name ? m_rows.nameOf(m_row) : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect local = m_rows.rectOf(m_row);
        return {m_rows.rowsWidget()->mapToGlobal(local.topLeft()), local.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        if (!isValid()) {
            state.invalid = true;
            return state;
        }
        state.focusable = true;
        state.selectable = true;
        state.focused = m_view->hasFocus() && m_rows.currentRow() == m_row;
        state.selected = m_rows.isChosen(m_row);
        state.invisible = !m_rows.isShown(m_row);
        state.offscreen = !m_rows.rectOf(m_row).intersects(m_rows.rowsWidget()->rect());
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
            m_rows.showCurrent(m_row);
        else if (action == pressAction())
            m_rows.press(m_row);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString& action) const override
    {
        return action == pressAction() ? QStringList {QStringLiteral("Return")} : QStringList();
    }
    [[nodiscard]] int row() const { return m_row; }

private:
    QPointer<QWidget> m_view;
    AccessibleRows& m_rows; // the view
    int m_row;
};

class ConsoleAccess final : public QAccessibleWidget {
public:
    ConsoleAccess(QWidget* view, AccessibleRows& rows)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(view)
        , m_rows(rows)
    {
    }
    ~ConsoleAccess() override { forget(); }
    [[nodiscard]] int childCount() const override { return m_rows.rows(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= m_rows.rows())
            return nullptr;
        auto found = m_children.find(index);
        if (found == m_children.end())
            found = m_children
                        .emplace(index, QAccessible::registerAccessibleInterface(new RowAccess(m_view, m_rows, index)))
                        .first;
        return QAccessible::accessibleInterface(found->second);
    }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface* child) const override
    {
        const auto* const row = dynamic_cast<const RowAccess*>(child);
        return row ? row->row() : -1;
    }
    [[nodiscard]] QAccessibleInterface* childAt(int x, int y) const override
    {
        return child(m_rows.rowAt(m_rows.rowsWidget()->mapFromGlobal(QPoint(x, y))));
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        if (!m_view->hasFocus())
            return nullptr;
        QAccessibleInterface* const row = child(m_rows.currentRow());
        return row ? row : const_cast<ConsoleAccess*>(this);
    }
    void forget()
    {
        for (const auto& [row, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
        m_children.clear();
    }

private:
    QWidget* m_view;
    AccessibleRows& m_rows; // the view
    mutable std::map<int, QAccessible::Id> m_children; // those that were asked for
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* const rows = dynamic_cast<AccessibleRows*>(object);
    return rows ? new ConsoleAccess(static_cast<QWidget*>(object), *rows) : nullptr;
}

} // namespace

void installConsoleAccess()
{
    static const bool once = [] {
        QAccessible::installFactory(&make);
        return true;
    }();
    (void)once;
}

void consoleRowsChanged(QWidget* view)
{
    if (!QAccessible::isActive())
        return;
    if (auto* const access = dynamic_cast<ConsoleAccess*>(QAccessible::queryAccessibleInterface(view)))
        access->forget();
}

void consoleRowFocused(QWidget* view, int row)
{
    if (!QAccessible::isActive() || !view->hasFocus())
        return;
    auto* const access = QAccessible::queryAccessibleInterface(view);
    if (!access || row < 0)
        return;
    QAccessibleEvent event(view, QAccessible::Focus);
    event.setChild(row);
    QAccessible::updateAccessibility(&event);
}

} // namespace bistro::ui
