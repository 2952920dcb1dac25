// A check: the one thing to change, a sentence for each expectation with its open hints, at last what one knows now.
// GUI thread.
#pragma once

#include "course/checkrow.h"
#include "course/headingline.h"
#include "course/lessonview.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace bistro::ui {

class CheckPart final : public QWidget {
    Q_OBJECT

public:
    explicit CheckPart(QWidget* parent = nullptr);

    void setView(const CheckView& view);
    void setTheme(const Theme& theme);
    // What is right becomes one line.
    void setCompact(bool on);
    void setReducedMotion(bool on);
    // "2 right, 1 not yet: the waiter was blocked for 212 ms."; empty while it is not over.
    [[nodiscard]] static QString inFew(const CheckView& view);

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void showMeAsked(int answer);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fill();
    // Below which sentence the hint stands; none: below all.
    [[nodiscard]] const CheckRow* rowOf(const HintView& hint) const;
    int arrange(int width, bool place) const;
    static QLabel& labelAt(std::vector<QLabel*>& labels, std::size_t i, QWidget* within);

    Theme m_theme {Scheme::Light};
    CheckView m_view;
    bool m_compact = false;
    bool m_reducedMotion = false;
    HeadingLine* m_heading = nullptr;
    CheckRow* m_rights = nullptr; // "2 right", in the place of those
    std::vector<CheckRow*> m_rows;
    std::vector<QLabel*> m_hints;
    QLabel* m_learned = nullptr;
};

} // namespace bistro::ui
