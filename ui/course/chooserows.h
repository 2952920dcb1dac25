// Answers of which one is chosen, each with the hands that were counted for it in a presentation. GUI thread.
#pragma once

#include "course/lessonview.h"
#include "course/spokenrows.h"
#include "theme/theme.h"

#include <QWidget>

namespace bistro::ui {

class ChooseRows final : public QWidget, public SpokenRows {
    Q_OBJECT

public:
    explicit ChooseRows(QWidget* parent = nullptr);

    void setView(const ChooseGuessView& view);
    void setLocked(bool on);
    void setTheme(const Theme& theme);
    void setCompact(bool on);
    void setCounting(bool on); // hands are counted

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    // Where one clicks to count a hand more, or one fewer.
    [[nodiscard]] QRect handsMore(int option) const;
    [[nodiscard]] QRect handsFewer(int option) const;

    [[nodiscard]] int spokenCount() const override { return static_cast<int>(m_view.options.size()); }
    [[nodiscard]] QString spokenName(int row) const override;
    [[nodiscard]] QRect spokenRect(int row) const override;
    [[nodiscard]] int spokenAt(const QPoint& point) const override;
    [[nodiscard]] int spokenCurrent() const override { return m_current; }
    [[nodiscard]] bool isOneOf() const override { return true; }
    [[nodiscard]] bool isChecked(int row) const override { return row == m_view.chosen; }
    void goToRow(int row) override;
    void pressRow(int row) override;

signals:
    void optionChosen(int option);
    void handsCounted(int option, int count);
    void currentShown(const QRect& row);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] bool hasHands() const { return m_counting && m_view.counts.size() == m_view.options.size(); }
    [[nodiscard]] int handsWidth() const;
    // An answer may take several lines.
    [[nodiscard]] QRect rowRect(int row, int width) const;
    [[nodiscard]] int rowHeight(int row, int width) const;
    [[nodiscard]] QRect textRect(int row, int width) const; // as one reads from the left
    [[nodiscard]] QRect handsPart(int row, int left, int wide) const;
    void paintRow(QPainter& painter, int row) const;
    void paintHands(QPainter& painter, int row) const;
    void count(int option, int more);

    Theme m_theme {Scheme::Light};
    ChooseGuessView m_view;
    int m_current = 0;
    int m_hovered = -1;
    bool m_locked = false;
    bool m_compact = false;
    bool m_counting = false;
    bool m_byKeys = false;
};

} // namespace bistro::ui
