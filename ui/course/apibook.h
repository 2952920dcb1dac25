// Node's documentation in a window of Bistro's own: one section, found by its name, offline. GUI thread.
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

    // False when there is none such (it says so then, and what to install).
    bool open(const QString& api);
    void setTheme(const Theme& theme);

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bistro::ui
