// What the programs of a folder may do: what was allowed, to be taken back; what one run may use; and what keeps
// them in. GUI thread.
#pragma once

#include "confine/permissionfile.h"
#include "confine/workspacefolder.h"

#include <QDialog>

#include <cstddef>
#include <functional>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace bistro::ui {

// What a run was refused, and what there is to do about that.
struct RefusedRow {
    QString text; // a sentence
    int times = 1;
    QString state {}; // that it is allowed by now, or why nobody can allow it; a sentence, or empty
    bool isAskable = false; // whether somebody may allow it here
};

class PermissionsDialog final : public QDialog {
    Q_OBJECT

public:
    // `program`: a file in that folder; empty: there is none. `refused` is asked whenever all is listed anew.
    PermissionsDialog(const QString& program, std::function<std::vector<RefusedRow>()> refused, QWidget* parent);

    void list(); // what is allowed may be something else

signals:
    void removed(); // something that was allowed
    void allowAsked(std::size_t row); // of what was refused

private:
    void listAllowed();
    void listRefused();
    void remove(const app::Permission& permission);
    void tellTrouble(const QString& sentence);
    [[nodiscard]] QSize wantedSize(int below) const; // with so much below the page

    app::Surroundings m_around;
    app::WorkspaceFolder m_workspace;
    QWidget* m_page = nullptr;
    std::function<std::vector<RefusedRow>()> m_refused;
    QVBoxLayout* m_rows = nullptr; // one for each that is allowed
    QWidget* m_refusedPart = nullptr; // hidden when nothing was
    QVBoxLayout* m_refusedRows = nullptr;
    QLabel* m_trouble = nullptr;
};

} // namespace bistro::ui
