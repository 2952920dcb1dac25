// Node's documentation in a window of Bistro's own: one section, found by its name, offline. Links within the
// documentation lead on, Back and Alt+Left lead back, Escape closes. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QWidget>

#include <memory>

namespace bistro::ui {

class ApiBook final : public QWidget {
    Q_OBJECT

public:
    explicit ApiBook(QWidget* parent = nullptr); // a window of its own
    ~ApiBook() override;

    // False when it is not there: the window says so then, and what to install.
    bool open(const QString& api);
    void setTheme(const Theme& theme);

private:
    struct Parts;

    bool fill(); // with what is last in the list of what was visited
    void goBack();

    std::unique_ptr<Parts> m_parts;
};

} // namespace bistro::ui
