// What the programs of a folder may do: what was allowed, to be taken back; what one run may use; and what keeps
// them in. GUI thread.
#pragma once

#include "confine/permissionfile.h"
#include "confine/workspacefolder.h"

#include <QDialog>

class QLabel;
class QVBoxLayout;

namespace bistro::ui {

class PermissionsDialog final : public QDialog {
    Q_OBJECT

public:
    // `program`: a file in that folder; empty: there is none.
    PermissionsDialog(const QString& program, QWidget* parent);

signals:
    void removed(); // something that was allowed

private:
    void list();
    void remove(const app::Permission& permission);
    void tellTrouble(const QString& sentence);
    [[nodiscard]] QSize wantedSize(int below) const; // with so much below the page

    app::Surroundings m_around;
    app::WorkspaceFolder m_workspace;
    QWidget* m_page = nullptr;
    QVBoxLayout* m_rows = nullptr; // one for each that is allowed
    QLabel* m_trouble = nullptr;
};

} // namespace bistro::ui
