// The files of the workspace, below the tabs, and the button that shows them. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QListWidget>

class QToolButton;

namespace bistro::app {
class Workspace;
}

namespace bistro::ui {

class FileList final : public QListWidget {
    Q_OBJECT

public:
    // Makes its button in `head`, for its layout. Reads the workspace, which outlives it, and changes with it.
    FileList(const app::Workspace& workspace, QWidget* head, QWidget* parent);

    [[nodiscard]] QToolButton& button() const { return *m_button; }
    void setTheme(const Theme& theme);
    void showFiles(bool shown);
    // The file that is looked at; the row that names it is chosen.
    void setCurrentPath(const QString& path);

signals:
    void chosen(const QString& path); // absolute

private:
    void refresh();

    const app::Workspace& m_workspace;
    Theme m_theme {Scheme::Light};
    QToolButton* m_button;
    QString m_path;
};

} // namespace bistro::ui
