#include "houses/rushaccess.h"

#include "houses/rushpicture.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

#include <map>

namespace bistro::ui {
namespace {

class GuestRow final : public QAccessibleInterface, public QAccessibleActionInterface {
public:
    GuestRow(RushPicture* picture, int row)
        : m_picture(picture)
        , m_row(row)
    {
    }
    [[nodiscard]] bool isValid() const override { return m_picture && m_row < m_picture->rowCount(); }
    [[nodiscard]] QObject* object() const override { return nullptr; }
    [[nodiscard]] QWindow* window() const override { return m_picture ? m_picture->window()->windowHandle() : nullptr; }
    [[nodiscard]] QAccessibleInterface* childAt(int, int) const override { return nullptr; }
    [[nodiscard]] QAccessibleInterface* parent() const override
    {
        return m_picture ? QAccessible::queryAccessibleInterface(m_picture) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface* child(int) const override { return nullptr; }
    [[nodiscard]] int childCount() const override { return 0; }
    [[nodiscard]] int indexOfChild(const QAccessibleInterface*) const override { return -1; }
    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name && m_picture ? m_picture->rowText(m_row) : QString();
    }
    void setText(QAccessible::Text, const QString&) override { }
    [[nodiscard]] QRect rect() const override
    {
        if (!m_picture)
            return {};
        const QRect local = m_picture->rowRect(m_row);
        return {m_picture->mapToGlobal(local.topLeft()), local.size()};
    }
    [[nodiscard]] QAccessible::Role role() const override { return QAccessible::ListItem; }
    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state;
        state.selectable = true;
        state.focusable = true;
        state.invalid = !isValid();
        state.selected = isValid() && m_picture->selected()
            && *m_picture->selected() == m_picture->lanes().guests[static_cast<std::size_t>(m_row)];
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
            m_picture->enterRow(m_row);
        else if (action == setFocusAction())
            m_picture->chooseRow(m_row);
    }
    [[nodiscard]] QStringList keyBindingsForAction(const QString&) const override { return {}; }

private:
    QPointer<RushPicture> m_picture;
    int m_row;
};

class PictureAccess final : public QAccessibleWidget {
public:
    explicit PictureAccess(RushPicture* picture)
        : QAccessibleWidget(picture, QAccessible::List)
        , m_picture(picture)
    {
    }
    PictureAccess(const PictureAccess&) = delete;
    PictureAccess& operator=(const PictureAccess&) = delete;
    ~PictureAccess() override
    {
        for (const auto& [row, id] : m_rows)
            QAccessible::deleteAccessibleInterface(id);
    }
    [[nodiscard]] int childCount() const override { return m_picture->rowCount(); }
    [[nodiscard]] QAccessibleInterface* child(int index) const override
    {
        if (index < 0 || index >= childCount())
            return nullptr;
        auto found = m_rows.find(index);
        if (found == m_rows.end())
            found = m_rows.emplace(index, QAccessible::registerAccessibleInterface(new GuestRow(m_picture, index)))
                        .first;
        return QAccessible::accessibleInterface(found->second);
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

private:
    RushPicture* m_picture;
    mutable std::map<int, QAccessible::Id> m_rows;
};

QAccessibleInterface* make(const QString&, QObject* object)
{
    auto* const picture = qobject_cast<RushPicture*>(object);
    return picture ? new PictureAccess(picture) : nullptr;
}

} // namespace

void installRushAccess()
{
    static const bool installed = [] {
        QAccessible::installFactory(&make);
        return true;
    }();
    Q_UNUSED(installed)
}

} // namespace bistro::ui
