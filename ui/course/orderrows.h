// Lines to be put in the order in which they print: each row at its place, moved by mouse, by Alt and arrows, by
// digits. Asks to move; who owns the order gives it back by setRows(). GUI thread.
#pragma once

#include "course/lessonview.h"
#include "course/spokenrows.h"
#include "theme/theme.h"

#include <QWidget>

#include <optional>

namespace bistro::ui {

// Where the parts of such rows are, in px: a value. `margin` is that of the panel, at both sides.
struct OrderRowsLayout {
    int width = 0;
    int margin = 16;
    int rowHeight = 28;
    int pitch = 32;
    int roundel = 20;
    int outer = 6; // above and below: for the ring and the shadow

    static OrderRowsLayout of(const Theme& theme, int width, bool compact);

    [[nodiscard]] int height(int rows) const { return rows > 0 ? (rows - 1) * pitch + rowHeight + 2 * outer : 0; }
    [[nodiscard]] QRect place(int row) const; // its number's circle
    [[nodiscard]] QRect box(int row) const;
    // The row whose band this is, the first and last reach out; `rows` > 0.
    [[nodiscard]] int nearest(int y, int rows) const;
    [[nodiscard]] int at(int y, int rows) const; // -1: none
};

class OrderRows final : public QWidget, public SpokenRows {
    Q_OBJECT

public:
    explicit OrderRows(QWidget* parent = nullptr);

    // What stands at the keyboard's row stays so, wherever it has come to.
    void setRows(const QList<GuessRowView>& rows);
    [[nodiscard]] const QList<GuessRowView>& rows() const { return m_rows; }
    void setLocked(bool on); // while it runs: to look at
    void setTheme(const Theme& theme);
    void setCompact(bool on);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] OrderRowsLayout rowsLayout() const;
    [[nodiscard]] bool isCarrying() const { return m_drag && m_drag->carried; }

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

    [[nodiscard]] int spokenCount() const override { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] QString spokenName(int row) const override;
    [[nodiscard]] QRect spokenRect(int row) const override { return boxOf(row); }
    [[nodiscard]] int spokenAt(const QPoint& point) const override;
    [[nodiscard]] int spokenCurrent() const override { return m_current; }
    void goToRow(int row) override;
    void pressRow(int row) override { goToRow(row); }

signals:
    void moveAsked(int from, int to); // places, from 0
    void currentShown(const QRect& row); // to be brought to sight

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    struct Drag {
        int from = 0;
        int to = 0;
        QPoint pressedAt;
        int y = 0; // how far the pointer has gone
        bool carried = false; // it has gone far enough
    };

    [[nodiscard]] QRect boxOf(int row) const;
    [[nodiscard]] int shownPlace(int row) const; // while another is carried past it
    void paintRow(QPainter& painter, int row, const QRect& box, bool carried) const;
    void paintCarried(QPainter& painter) const;
    void hover(int row);
    void askMove(int from, int to);
    void dropDrag();
    void updateRow(int row);

    Theme m_theme {Scheme::Light};
    QList<GuessRowView> m_rows;
    int m_current = 0;
    int m_hovered = -1;
    bool m_locked = false;
    bool m_compact = false;
    bool m_byKeys = false; // the focus came by key: its ring is shown
    std::optional<Drag> m_drag;
};

} // namespace bistro::ui
