// One waiter above, a waiter for each table below: the same rush in two houses (mocks-2.md, F). In the stage's place.
// Draws app/rush; asks by signals. GUI thread.
#pragma once

#include "rush/rush.h"
#include "theme/theme.h"

#include <QWidget>

#include <memory>
#include <optional>

namespace bistro::ui {

class RushScene final : public QWidget {
    Q_OBJECT

public:
    explicit RushScene(QWidget* parent = nullptr);
    ~RushScene() override;

    // Of a run. None: fewer than two requests; it says so. `program`: "server.js".
    void setRush(const std::optional<app::Rush>& rush, const QString& program);
    // Nothing has run; it says so.
    void clear();
    // Of the run, nanoseconds since its start.
    void setNow(std::uint64_t now);
    void setSelectedTable(std::uint32_t table); // 0: none
    [[nodiscard]] std::uint32_t selectedTable() const;
    [[nodiscard]] const app::RushAssumptions& assumptions() const;
    void setAssumptions(const app::RushAssumptions& assumptions);
    void setTheme(const Theme& theme);
    void setCompact(bool on);

signals:
    void tableSelected(std::uint32_t table);
    void momentAsked(bistro::app::Index event); // Enter, or a click on a piece
    void backAsked(); // to the stage
    void assumptionsChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bistro::ui
