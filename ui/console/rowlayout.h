// How a row stands in its text lines. In cells, as a terminal has them; or, where letters are drawn together or from
// the right, as text is set elsewhere. Places are in pixels from where the row's text begins. GUI thread.
#pragma once

#include "console/ansi.h"

#include <QFont>
#include <QPainter>
#include <QTextLayout>

#include <functional>
#include <memory>
#include <vector>

namespace bistro::ui {

class RowLayout final {
public:
    struct Grid {
        QFont font;
        double cell = 8;
        int columns = 40;
        int line = 24; // height
    };
    RowLayout(const ConsoleText& text, const Grid& grid);

    [[nodiscard]] int lines() const { return m_shaped ? m_shaped->lineCount() : static_cast<int>(m_starts.size()); }
    // The nearest place between letters in that text line; or the place before the letter that is there.
    [[nodiscard]] qsizetype offsetNear(int line, double x) const;
    [[nodiscard]] qsizetype letterAt(int line, double x) const;
    // What this part of the text covers, a rectangle for each stretch that is seen as one.
    [[nodiscard]] std::vector<QRectF> rectsOf(qsizetype from, qsizetype to) const;

    struct Look {
        QColor color;
        QColor ground; // invalid: none
        bool bold = false;
        bool italic = false;
        bool strike = false;
        bool underline = false;
    };
    // Of a run's part from this offset on, which looks the same up to `end`.
    using Looks = std::function<Look(const ConsoleRun& run, qsizetype offset, qsizetype* end)>;
    void paint(QPainter& painter, const QPointF& place, const Looks& looks) const;

private:
    [[nodiscard]] int lineOf(int column) const;
    [[nodiscard]] int endOf(int line) const;
    void paintCells(QPainter& painter, const QPointF& place, const Looks& looks) const;
    void paintShaped(QPainter& painter, const QPointF& place, const Looks& looks) const;
    [[nodiscard]] QFont fontOf(const Look& look) const;
    void fill(QPainter& painter, const QPointF& place, qsizetype from, qsizetype to, const QColor& color) const;

    const ConsoleText& m_text; // lives longer
    Grid m_grid;
    double m_baseline = 0;
    std::vector<int> m_starts; // columns, of each text line
    std::unique_ptr<QTextLayout> m_shaped;
};

} // namespace bistro::ui
