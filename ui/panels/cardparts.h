// What cards and panels are put together from.
#pragma once

#include "panels/cardcontent.h"
#include "theme/theme.h"

#include <QIcon>
#include <QLabel>
#include <QWidget>

namespace bistro::ui {

// The dot of a step on the line that joins them, a reason's number, or a row's word.
class Lead final : public QWidget {
public:
    using QWidget::QWidget;

    void showStep(
        const Theme& theme, const QColor& color, const QColor& dot, CardStep::Stage stage, bool first, bool last)
    {
        m_theme = theme;
        m_color = color;
        m_dot = dot;
        m_stage = stage;
        m_first = first;
        m_last = last;
        m_text.clear();
        setFixedWidth(theme.px(18));
        update();
    }
    void showText(const Theme& theme, const QString& text, int width)
    {
        m_theme = theme;
        m_text = text;
        setFixedWidth(width);
        update();
    }
    [[nodiscard]] QString text() const { return m_text; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme {Scheme::Light};
    QColor m_color; // of the line
    QColor m_dot;
    CardStep::Stage m_stage = CardStep::Stage::Past;
    bool m_first = false;
    bool m_last = false;
    QString m_text;
};

class MarkBox final : public QWidget {
public:
    using QWidget::QWidget;

    void show(const Theme& theme, Meaning meaning)
    {
        m_theme = theme;
        m_meaning = meaning;
        setFixedSize(theme.px(18), theme.px(18));
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme {Scheme::Light};
    Meaning m_meaning = Meaning::Running;
};

// A tinted card with round corners.
class TintBox final : public QWidget {
public:
    using QWidget::QWidget;

    void setColor(const QColor& color, int radius)
    {
        m_color = color;
        m_radius = radius;
        update();
    }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QColor m_color;
    int m_radius = 8;
};

// A line of text that gives way: it is cut with an ellipsis where there is no room for it.
class HeadLabel final : public QLabel {
public:
    using QLabel::QLabel;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, QLabel::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;
};

// Of what opens and closes: to the right, or down when it is open.
void paintFoldArrow(QPainter& painter, const QPointF& center, bool open, double size, const QColor& color);
[[nodiscard]] QIcon pinIcon(const Theme& theme, bool pinned, double ratio);
[[nodiscard]] QIcon foldIcon(const Theme& theme, bool open, double ratio);
[[nodiscard]] QIcon findIcon(const Theme& theme, double ratio);

} // namespace bistro::ui
