// Asks how a new file in a folder is to be called; says at once why a name does not fit. Makes nothing by itself. GUI
// thread.
#pragma once

#include <QDialog>
#include <QDir>

#include <functional>

class QDialogButtonBox;
class QLabel;
class QLineEdit;

namespace bistro::ui {

class NewFileDialog final : public QDialog {
    Q_OBJECT

public:
    // `proposed` is a name within the folder. `isOpen` knows files that are not on the disk yet, by their whole path.
    NewFileDialog(const QString& folder, const QString& proposed, std::function<bool(const QString&)> isOpen,
        QWidget* parent = nullptr);

    [[nodiscard]] QString path() const; // whole; with an extension

    // The first name that nothing has: "untitled.js", "untitled-2.js", with the suffix of the program that one looks at
    // ("mjs"); where there is none, open or in the folder, "main.js".
    [[nodiscard]] static QString proposal(
        const QString& folder, const QString& suffix, const std::function<bool(const QString&)>& isOpen);

private:
    void typed();

    QDir m_folder;
    std::function<bool(const QString&)> m_isOpen;
    QLineEdit* m_name = nullptr;
    QLabel* m_says = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

} // namespace bistro::ui
