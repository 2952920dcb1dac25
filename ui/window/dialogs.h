// The window's small dialogs. None of them waits in a loop of its own: they are opened, and tell when they are
// accepted.
#pragma once

#include "session/program.h"
#include "window/settings.h"

#include <QDialog>
#include <QList>

class QAction;
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace bistro::ui {

// As high as its texts need in its width: Qt's own height counts a text that is broken as one line.
class FormDialog : public QDialog {
    Q_OBJECT

public:
    using QDialog::QDialog;

protected:
    void showEvent(QShowEvent* event) override;
};

// How one program is run: arguments, environment, flags, pool, entry.
class RunDialog final : public FormDialog {
    Q_OBJECT

public:
    RunDialog(const QString& program, const app::RunSettings& settings, QWidget* parent);
    [[nodiscard]] app::RunSettings settings() const;

private:
    QLineEdit* m_arguments = nullptr;
    QLineEdit* m_flags = nullptr;
    QPlainTextEdit* m_environment = nullptr;
    QSpinBox* m_pool = nullptr;
    QCheckBox* m_packages = nullptr;
    QCheckBox* m_counts = nullptr;
    QComboBox* m_entry = nullptr;
};

class SettingsDialog final : public FormDialog {
    Q_OBJECT

public:
    SettingsDialog(const Settings& settings, QWidget* parent);
    [[nodiscard]] Settings settings() const;

private:
    Settings m_settings;
    QComboBox* m_scheme = nullptr;
    QSpinBox* m_zoom = nullptr;
    QCheckBox* m_reducedMotion = nullptr;
    QCheckBox* m_narration = nullptr;
    QSpinBox* m_blocked = nullptr;
    QSpinBox* m_patience = nullptr;
    QComboBox* m_indentation;
};

// Every action with its keys, by menu; and the keys that only work within a panel.
class ShortcutsDialog final : public QDialog {
    Q_OBJECT

public:
    ShortcutsDialog(const QList<std::pair<QString, QList<QAction*>>>& menus, QWidget* parent);
};

class AboutDialog final : public QDialog {
    Q_OBJECT

public:
    // Lines of `bistro --version`; empty while they are being asked for.
    explicit AboutDialog(QWidget* parent);
    void setVersions(const QString& lines);

private:
    QLabel* m_versions = nullptr;
};

// With the versions that this command (bistro) tells of.
void showAbout(const QString& command, QWidget* parent);

} // namespace bistro::ui
