// The strip left of the code: how often the line ran, the playhead, the line's number, the marks of what it has placed,
// the arrow that folds. The editor knows where the lines are and what is told about them. GUI thread.
#pragma once

#include <QWidget>

namespace bistro::ui {

class CodeEditor;
struct CodeLook;
struct CodeRow;
struct LineNote;

class Gutter final : public QWidget {
    Q_OBJECT

public:
    explicit Gutter(CodeEditor* editor);

    // For the number of the last line.
    [[nodiscard]] int widthForLines(int lines) const;
    // What a count has room for; in px.
    [[nodiscard]] int countsWidth() const;
    // Of a count what it says, else all that stands at the line.
    [[nodiscard]] QString toolTipAt(const QPointF& point) const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] bool isOnCount(const QPointF& point) const;
    void paintRow(QPainter& painter, const CodeRow& row, const CodeLook& look) const;
    void paintCount(QPainter& painter, const CodeRow& row, const CodeLook& look) const;
    void paintPending(QPainter& painter, const LineNote& note, double middle) const;
    void paintArrow(QPainter& painter, bool folded, double middle) const;

    CodeEditor* m_editor;
};

} // namespace bistro::ui
