// The lines of a ConsoleModel, painted where they are seen and nowhere else. Lines wrap at the right edge; each has the
// mark of the call that printed it at its left and its time at its right. GUI thread.
#pragma once

#include "console/consoleaccess.h"
#include "console/consolelinks.h"
#include "console/consolemodel.h"
#include "console/consolesearch.h"
#include "console/hitcount.h"
#include "console/rowheights.h"
#include "console/rowlayout.h"
#include "console/selectiontext.h"
#include "theme/theme.h"

#include <QAbstractScrollArea>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace bistro::ui {

class ConsoleView final : public QAbstractScrollArea, public AccessibleRows {
    Q_OBJECT

public:
    explicit ConsoleView(QWidget* parent = nullptr);

    void setModel(ConsoleModel* model); // lives longer than the view
    void setTheme(const Theme& theme);

    // What is known of the event that printed a line.
    struct Moment {
        Meaning meaning = Meaning::Running;
        std::uint64_t time = 0; // nanoseconds since the start of the run
    };
    // Empty: no line has a moment. Asked again whenever a line is painted.
    void setMoments(std::function<std::optional<Moment>(app::Index event)> moments);
    // After so many events; lines printed later have hollow marks and slanted letters. None: all are past, and the view
    // follows what is printed.
    void setPlayhead(std::optional<app::Index> place);
    // What is printed later is not there at all, nor found or counted: somebody predicts. What has no moment is there
    // once the playhead is at the end of the run.
    void setFutureHidden(bool on, bool atEnd);
    // A line that is not the program's: why nothing is printed. It stands below what the first `place` events have
    // printed; none: below all. Empty: there is none.
    void setRemark(const QString& sentence, Meaning meaning, std::optional<app::Index> place = {});
    [[nodiscard]] QString remark() const { return m_remark; }
    // Of the viewport, px; empty: there is none.
    [[nodiscard]] QRect remarkRect() const;

    // The number of a row's line on the screen, from 1; asked when two lines are chosen.
    void setLineNumbers(std::function<std::optional<int>(int row)> numbers);
    // The two lines that are chosen: by their marks (Ctrl+click, Shift+click, Space), or by a selection that touches
    // two. By number, the smaller one first.
    [[nodiscard]] std::optional<std::pair<int, int>> chosenLines() const;
    [[nodiscard]] const std::vector<int>& chosenRows() const { return m_chosen; }

    // Frames of a stack that are not the program's stand folded in the first of their rows, and what was written over
    // in the last of its line: opened or closed with such a row. False: it is none, or is so already.
    bool setOpened(int row, bool opened);
    // Without what is no error, and was not typed.
    void setErrorsOnly(bool on);
    // The message of an error that has ended the program stays in sight, as far as the view follows what is printed.
    void showFailure();
    // What is shown of a row, which may stand for others.
    [[nodiscard]] ConsoleText shownText(int row) const;
    [[nodiscard]] bool isShown(int row) const override { return heightOf(row) > 0; }
    // "×37", where a row was written over so often.
    [[nodiscard]] QString countOf(int row) const;
    [[nodiscard]] bool isFuture(int row) const;
    // What a screen reader says of a row: its text, which stream it belongs to, and when it was printed.
    [[nodiscard]] QString nameOf(int row) const override;
    [[nodiscard]] int rows() const override { return m_heights.rows(); }
    [[nodiscard]] bool isChosen(int row) const override { return std::ranges::contains(m_chosen, row); }
    void showCurrent(int row) override { setCurrent(row, false); }
    void press(int row) override;
    [[nodiscard]] QWidget* rowsWidget() const override { return viewport(); }

    using Position = ConsolePosition;
    [[nodiscard]] QString selectedText() const;
    // Empty when more than one row is selected.
    [[nodiscard]] QString selectedWithinRow() const;
    void selectAll();
    // At once, or when it is much in slices between events.
    void copy();
    [[nodiscard]] bool isCopying() const { return m_copy.has_value(); }
    [[nodiscard]] int currentRow() const override { return m_current; }
    // The row under a point of the viewport; -1: none.
    [[nodiscard]] int rowAt(const QPoint& point) const override;
    [[nodiscard]] QRect rectOf(int row) const override;
    using Link = ConsoleLink;
    // The link under this point of the viewport.
    [[nodiscard]] std::optional<Link> linkAt(const QPoint& point) const;
    // Of a line's mark or time; empty over its text.
    [[nodiscard]] QString toolTipAt(const QPoint& point) const;
    // Whether it is known how long all lines are at this width; else those that are not seen are still estimated.
    [[nodiscard]] bool isMeasured() const { return m_heights.isExact(); }
    [[nodiscard]] bool followsEnd() const { return m_followsEnd; }

    // Finds on in the background, round the end; the rest is told by found(), and hitsChanged() while all hits are
    // counted. As one types it is looked for from the beginning of what is selected, so that a hit can grow. An empty
    // text ends it, and nothing is marked.
    enum class Direction : std::uint8_t { AsTyped, Forward, Backward };
    void find(const QString& text, bool caseSensitive, Direction direction);
    struct Hits {
        qint64 current = 0; // which one is selected, from 1; 0: none, or not known yet
        qint64 total = 0;
        bool all = false; // every line has been counted
        bool operator==(const Hits&) const = default;
    };
    [[nodiscard]] Hits hits() const;
    void stopFinding();
    static constexpr std::chrono::milliseconds kFinding {5}; // of a frame

    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    // A line was clicked, or Enter was pressed on it.
    void momentRequested(bistro::app::Index event);
    void linkActivated(const QString& file, int line, int column);
    // "Why line 3 before line 5?"
    void beforeAsked(int first, int second);
    void choiceChanged();
    void clearRequested();
    void findRequested();
    // found(true): it is selected; found(false): there is none.
    void found(bool anything);
    void hitsChanged();
    // Escape was pressed while something was marked.
    void findEnded();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    struct Metrics {
        double cell = 8;
        int line = 24;
        int left = 0; // where text begins
        int right = 0; // room for the time
        int columns = 40;
    };

    void measure();
    void rowsChanged();
    void textChanged(int row);
    void refine();
    // Changes what is above and keeps the first row that is seen, or the end, where it is.
    void keepingPlace(const std::function<void()>& change);
    [[nodiscard]] int heightOf(int row) const { return m_heights.heightOf(row); } // in text lines
    [[nodiscard]] qint64 topOf(int row) const; // in text lines
    [[nodiscard]] int rowOfLine(qint64 line, qint64* top) const; // a line of the remark: the row that it stands beside
    [[nodiscard]] qint64 lines() const;
    [[nodiscard]] std::optional<int> remarkRow() const;
    [[nodiscard]] qint64 remarkTop() const; // in text lines
    [[nodiscard]] int remarkWidth() const;
    [[nodiscard]] int remarkLines() const;
    void updateScrollBar();
    void scrollToEnd();
    void showRow(int row);
    void showAsLast(int row);
    void setCurrent(int row, bool extend);
    void walk(int rows, bool extend);
    void enter();
    void activate(int row);
    void choose(int row, Qt::KeyboardModifiers modifiers);
    void forgetChoice();
    [[nodiscard]] int numberOf(int row) const;
    [[nodiscard]] std::optional<std::pair<int, int>> pairOf(int one, int other) const;
    [[nodiscard]] std::optional<std::pair<int, int>> askedLines(int row) const;
    [[nodiscard]] bool isAtMark(const QPoint& point) const { return point.x() < m_metrics.left; }
    [[nodiscard]] std::optional<Position> positionAt(const QPoint& point) const;
    [[nodiscard]] bool isFrame(int row, trace::Stream stream) const;
    [[nodiscard]] std::optional<std::pair<int, int>> framesAround(int row) const;
    [[nodiscard]] bool isOpened(int row) const;
    [[nodiscard]] bool isHidden(int row, const ConsoleModel::Line& line) const;
    [[nodiscard]] bool isYetToCome(const ConsoleModel::Line& line) const;
    void measureAnew();
    void measureFrom(std::optional<app::Index> before);
    [[nodiscard]] bool isFold(int row) const;
    [[nodiscard]] std::optional<std::pair<int, int>> foldOf(int row) const;
    [[nodiscard]] int cellsOf(int row) const;
    [[nodiscard]] static int countCells(const ConsoleModel::Line& line);
    [[nodiscard]] int wrapped(int row, int width) const;
    [[nodiscard]] RowLayout::Grid gridOf(const ConsoleModel::Line& line) const;
    [[nodiscard]] Position endOf(int row) const;
    [[nodiscard]] int shownRow(int row) const;
    [[nodiscard]] int rowBeside(int row, bool down) const;
    [[nodiscard]] QRect countRect(int row, int y) const;
    [[nodiscard]] bool isAtCount(int row, const QPoint& point) const;
    struct PaintedRow;
    int paintRow(QPainter& painter, int row, int y) const;
    [[nodiscard]] bool isPlayheads(int row) const;
    void paintGround(QPainter& painter, const PaintedRow& row) const;
    void paintSign(QPainter& painter, const PaintedRow& row) const;
    void paintMarked(QPainter& painter, const PaintedRow& row) const;
    void paintText(QPainter& painter, const PaintedRow& row) const;
    void paintCount(QPainter& painter, const PaintedRow& row) const;
    void paintTime(QPainter& painter, const PaintedRow& row) const;
    [[nodiscard]] QColor quiet(const PaintedRow& row) const;
    void paintRemark(QPainter& painter, const QRect& place) const;
    [[nodiscard]] std::optional<Moment> momentOf(int row) const;
    void showHit();
    void findOn();
    void tellHits();
    [[nodiscard]] bool isMarkedHit(int row, qsizetype offset) const;
    void tellCurrent();

    ConsoleModel* m_model = nullptr;
    Theme m_theme {Scheme::Light};
    Metrics m_metrics;
    std::function<std::optional<Moment>(app::Index)> m_moments;
    std::optional<app::Index> m_place;
    bool m_futureHidden = false;
    bool m_atEnd = false; // of the run, while that is so
    std::function<std::optional<int>(int row)> m_lineNumbers;
    std::vector<int> m_chosen; // rows, at most two, the one that was chosen last at the end
    QString m_remark;
    Meaning m_remarkMeaning = Meaning::Running;
    std::optional<app::Index> m_remarkPlace;
    mutable RowHeights m_heights; // asking makes them exact
    std::vector<std::pair<int, int>> m_opened; // rows, from and to, in order
    bool m_errorsOnly = false;
    QTimer m_refining;
    bool m_followsEnd = true;

    int m_current = -1; // the row that keys walk from
    Position m_anchor;
    Position m_caret;
    bool m_dragging = false;
    bool m_dragged = false;
    QPoint m_pressedAt;

    void copyOn();
    [[nodiscard]] std::function<bool(int row)> leftOut() const;
    std::optional<SelectionText> m_copy;
    QTimer m_copying;
    std::optional<ConsoleSearch> m_search;
    HitCount m_hits; // its text is marked where it is seen
    Hits m_toldHits;
    QTimer m_finding;
};

} // namespace bistro::ui
