// Writes shapes into a part of a picture. Internal to ui/stage.
#pragma once

#include "stage/picture.h"

#include <utility>

namespace bistro::ui {

// Writes shapes into a part.
class Pen final {
public:
    explicit Pen(Part& part)
        : m_shapes(part.shapes)
    {
    }
    void text(QPointF at, double width, const QString& text, TypeSize size, Ink ink = Ink::Text,
        QFont::Weight weight = QFont::Normal, Qt::AlignmentFlag alignment = Qt::AlignLeft)
    {
        m_shapes.push_back(
            TextShape {.at = at, .width = width, .alignment = alignment, .size = size, .runs = {{text, ink, weight}}});
    }
    void runs(
        QPointF at, double width, TypeSize size, std::vector<TextRun> runs, Qt::AlignmentFlag alignment = Qt::AlignLeft)
    {
        m_shapes.push_back(
            TextShape {.at = at, .width = width, .alignment = alignment, .size = size, .runs = std::move(runs)});
    }
    void box(const QRectF& rect, double radius, Ink fill, Ink edge = Ink::None, double edgeWidth = 1)
    {
        m_shapes.push_back(
            BoxShape {.rect = rect, .radius = radius, .fill = fill, .edge = edge, .edgeWidth = edgeWidth});
    }
    template <typename S>
    void add(S shape)
    {
        m_shapes.push_back(std::move(shape));
    }
    // What the sandbox refuses.
    void noEntry(QPointF centre, double radius);
    void circled(QPointF centre, const QString& text, bool filled);

private:
    std::vector<Shape>& m_shapes;
};

} // namespace bistro::ui
