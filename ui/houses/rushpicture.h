// The painted part of the scene: takes keys and clicks, has its rows for assistive technology. Internal to ui/houses.
#pragma once

#include "houses/rushpaint.h"

#include <QWidget>

#include <optional>

namespace bistro::ui {

class RushPicture final : public QWidget {
    Q_OBJECT

public:
    explicit RushPicture(QWidget* parent = nullptr);

    // Of a run; none: it has no rush.
    void setShown(const std::optional<RushShown>& shown, const QString& program);
    void clear(); // nothing has run
    void setNow(std::uint64_t now); // of the run
    void setSelected(std::optional<std::size_t> guest);
    void setTheme(const Theme& theme);
    void setCompact(bool on);

    [[nodiscard]] const std::optional<RushShown>& shown() const { return m_shown; }
    [[nodiscard]] std::optional<std::size_t> selected() const { return m_selected; }
    [[nodiscard]] const RushLayout& layoutNow() const { return m_layout; }
    [[nodiscard]] const RushLanes& lanes() const { return m_lanes; }
    [[nodiscard]] RushFrame frame() const; // with pointers into this

    // For assistive technology: one row a guest.
    [[nodiscard]] int rowCount() const { return static_cast<int>(m_lanes.guests.size()); }
    [[nodiscard]] QString rowText(int row) const;
    [[nodiscard]] QRect rowRect(int row) const;
    void chooseRow(int row);
    void enterRow(int row);

signals:
    void guestChosen(std::size_t guest);
    void momentAsked(bistro::app::Index event);
    void backAsked();
    void laidOut();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Spot {
        std::size_t guest = 0;
        std::optional<std::size_t> piece;
    };
    void take(const std::optional<RushShown>& shown, const QString& program);
    void layOut();
    void choose(std::size_t guest);
    void walkGuests(int step);
    void walkPieces(int step);
    void enter();
    void tell();
    [[nodiscard]] std::optional<Spot> spotAt(const QPointF& at) const;
    [[nodiscard]] QString tipAt(const QPointF& at) const;

    Theme m_theme {Scheme::Light};
    bool m_compact = false;
    std::optional<RushShown> m_shown;
    QString m_program;
    bool m_ran = false;
    std::uint64_t m_now = 0;
    std::optional<std::size_t> m_selected;
    std::optional<std::size_t> m_piece;
    RushLanes m_lanes;
    RushLayout m_layout;
};

} // namespace bistro::ui
