// Buttons in a row, some at its end; in several rows where they do not fit. GUI thread.
#pragma once

#include "course/coursebutton.h"

#include <QWidget>

#include <vector>

namespace bistro::ui {

class ActionBar final : public QWidget {
public:
    explicit ActionBar(QWidget* parent = nullptr);

    void add(CourseButton* button); // taken over
    void addAtEnd(CourseButton* button);
    // Key caps at the end, where there is room: they name what the keys are, no more.
    void setKeys(const QStringList& keys);
    void setTheme(const Theme& theme);
    // A button was shown, hidden, or has other words.
    void rearrange();

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Item {
        CourseButton* button = nullptr;
        bool atEnd = false;
    };
    int arrange(int width, bool place) const;

    Theme m_theme {Scheme::Light};
    std::vector<Item> m_items;
    QStringList m_keys;
    mutable QRect m_keysAt; // as one reads from the left; empty: no room
};

} // namespace bistro::ui
