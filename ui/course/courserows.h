// The rows of the course list: parts, lessons, services. Every lesson can be chosen; none is locked. GUI thread.
#pragma once

#include "course/lessonview.h"
#include "course/spokenrows.h"
#include "theme/focustip.h"
#include "theme/theme.h"

#include <QElapsedTimer>
#include <QWidget>

namespace bistro::ui {

class CourseRows final : public QWidget, public SpokenRows {
    Q_OBJECT

public:
    explicit CourseRows(QWidget* parent = nullptr);

    void setView(const CourseView& view);
    void setTheme(const Theme& theme);
    [[nodiscard]] int rowsHeight() const;
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] int here() const; // -1: none

    [[nodiscard]] int spokenCount() const override { return static_cast<int>(m_view.rows.size()); }
    [[nodiscard]] QString spokenName(int row) const override;
    [[nodiscard]] QRect spokenRect(int row) const override;
    [[nodiscard]] int spokenAt(const QPoint& point) const override;
    [[nodiscard]] int spokenCurrent() const override { return m_current; }
    [[nodiscard]] bool isHeading(int row) const override { return m_view.rows[row].id.isEmpty(); }
    void goToRow(int row) override;
    void pressRow(int row) override;

signals:
    void chosen(const QString& id);
    void currentShown(const QRect& row);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    [[nodiscard]] int nextLesson(int from, int step) const; // `from` when there is no other
    [[nodiscard]] int lessonOfPage(int step) const;
    bool typeAhead(const QString& text);
    void paintRow(QPainter& painter, int row) const;
    void paintLesson(QPainter& painter, const CourseRow& it, const QRect& box, bool hovered) const;
    void updateRow(int row);

    Theme m_theme {Scheme::Light};
    CourseView m_view;
    int m_current = -1;
    int m_hovered = -1;
    bool m_byKeys = false;
    QString m_typed;
    QElapsedTimer m_typedAt;
    FocusTip* m_tip = nullptr;
};

} // namespace bistro::ui
