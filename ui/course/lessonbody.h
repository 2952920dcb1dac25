// Parts below each other, each as high as it is at this width. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QWidget>

#include <vector>

namespace bistro::ui {

class LessonBody final : public QWidget {
public:
    explicit LessonBody(QWidget* parent = nullptr);

    // px at 100 %. `inset`: between the panel's margins.
    struct Gap {
        int before = 0;
        bool inset = false;
        bool rule = false; // over the whole width, between it and what stands above
    };
    void add(QWidget* part, Gap gap); // taken over
    void setTheme(const Theme& theme);
    // Between the parts and the upper and the lower edge; px at 100 %.
    void setMargins(int top, int bottom);
    // A rule along the upper edge: what stands above scrolls away below it.
    void setEdge(bool on);
    [[nodiscard]] bool isEmpty() const; // nothing in it is shown
    void arrange();
    [[nodiscard]] int heightFor(int width) const { return place(width, false); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Item {
        QWidget* part = nullptr;
        Gap gap;
    };
    int place(int width, bool move) const;

    Theme m_theme {Scheme::Light};
    std::vector<Item> m_items;
    mutable std::vector<int> m_rules; // where they are drawn
    int m_top = 0;
    int m_bottom = 0;
    bool m_edge = false;
};

} // namespace bistro::ui
