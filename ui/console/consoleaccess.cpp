#include "console/consoleaccess.h"

#include <QAbstractScrollArea>
#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace bistro::ui {
namespace {

class LineAccess final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    LineAccess(QAbstractScrollArea* view, AccessibleConsole& console, int row)
        : m_view(view)
        , m_console(console)
        , m_row(row)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_view && !m_console.rectOf(m_row).isEmpty(); }
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
        return kind == QAccessible::Name && isValid() ? m_console.nameOf(m_row) : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        if (!isValid())
            return {};
        const QRect local = m_console.rectOf(m_row);
        return {m_view->viewport()->mapToGlobal(local.topLeft()), local.size()};
    }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.focusable = true;
        state.selectable = true;
        state.invalid = !isValid();
        state.focused = isValid() && m_view->hasFocus() && m_console.currentRow() == m_row;
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
        if (action == pressAction())
            m_console.press(m_row);
        else if (action == setFocusAction())
            m_console.goToRow(m_row);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString& action) const override
    {
        return action == pressAction() ? QStringList {QStringLiteral("Return")} : QStringList();
    }

private:
    QPointer<QAbstractScrollArea> m_view;
    AccessibleConsole& m_console; // the view
    int m_row;
};

class ConsoleAccess final : public QAccessibleWidget {
public:
    ConsoleAccess(QAbstractScrollArea* view, AccessibleConsole& console)
        : QAccessibleWidget(view, QAccessible::List)
        , m_view(view)
        , m_console(console)
    {
    }
    ~ConsoleAccess() override { clear(); }
    [[nodiscard]] int childCount() const override
    {
        const auto [first, last] = seen();
        return first < 0 ? 0 : last - first + 1;
    }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        const auto [first, last] = seen();
        return first < 0 || index < 0 || first + index > last ? nullptr : line(first + index);
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
        const int row = m_console.rowAt(m_view->viewport()->mapFromGlobal(QPoint(x, y)));
        return row < 0 ? nullptr : line(row);
    }
    [[nodiscard]] QAccessibleInterface* focusChild() const override
    {
        return m_view->hasFocus() && m_console.currentRow() >= 0 ? line(m_console.currentRow()) : nullptr;
    }

private:
    // The first and the last row of which something is seen; -1: there is none.
    [[nodiscard]] std::pair<int, int> seen() const
    {
        const int first = m_console.rowAt({0, 0});
        int last = first;
        const int bottom = m_view->viewport()->height();
        while (last >= 0 && m_console.rectOf(last + 1).isValid() && m_console.rectOf(last + 1).top() < bottom)
            ++last;
        return {first, last};
    }
    [[nodiscard]] QAccessibleInterface* line(int row) const
    {
        auto found = m_children.find(row);
        if (found == m_children.end()) {
            constexpr std::size_t most = 2'000; // nobody asks again for those that have gone by
            if (m_children.size() > most)
                clear();
            found = m_children
                        .emplace(row, QAccessible::registerAccessibleInterface(new LineAccess(m_view, m_console, row)))
                        .first;
        }
        return QAccessible::accessibleInterface(found->second);
    }
    void clear() const
    {
        for (const auto& [row, id] : m_children)
            QAccessible::deleteAccessibleInterface(id);
        m_children.clear();
    }

    QAbstractScrollArea* m_view;
    AccessibleConsole& m_console; // the view
    mutable std::map<int, QAccessible::Id> m_children;
};

QAccessibleInterface* makeConsoleAccess(const QString&, QObject* object)
{
    auto* const console = dynamic_cast<AccessibleConsole*>(object);
    return console ? new ConsoleAccess(static_cast<QAbstractScrollArea*>(object), *console) : nullptr;
}

} // namespace

void installConsoleAccess()
{
    static const bool installed = [] {
        QAccessible::installFactory(&makeConsoleAccess);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace bistro::ui
