// The strip left of the code: breakpoint or playhead, the line's number, the marks of what it has placed. Drawn by the
// editor, which knows where the lines are.
#pragma once

#include <QWidget>

namespace bistro::ui {

class CodeEditor;

class Gutter final : public QWidget {
    Q_OBJECT

public:
    explicit Gutter(CodeEditor* editor);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

private:
    CodeEditor* m_editor;
};

} // namespace bistro::ui
