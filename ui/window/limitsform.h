// How much one run of a folder's programs may use, a number each, to be changed. GUI thread.
#pragma once

#include "confine/permissionfile.h"

#include <QWidget>

#include <filesystem>

class QGridLayout;

namespace bistro::ui {

class LimitsForm final : public QWidget {
    Q_OBJECT

public:
    // As the file has them for that folder; what is changed is written there at once.
    LimitsForm(app::PermissionFile file, std::filesystem::path folder, QWidget* parent);

signals:
    void failed(const QString& sentence); // empty: the last change was kept

private:
    void addRow(QGridLayout& grid, app::PermissionKind limit, std::uint32_t amount);
    void set(app::PermissionKind limit, int amount);

    const app::PermissionFile m_file;
    const std::filesystem::path m_folder;
};

} // namespace bistro::ui
