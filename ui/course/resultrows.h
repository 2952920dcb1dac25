// A guess beside what came: a row for each line, whether it was right, and "Why?". GUI thread.
#pragma once

#include "course/headingline.h"
#include "course/lessonview.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace bistro::ui {

// One line of it.
class ResultRow final : public QWidget {
    Q_OBJECT

public:
    explicit ResultRow(QWidget* parent);

    void setView(const ResultRowView& view);
    [[nodiscard]] const ResultRowView& view() const { return m_view; }
    void setTheme(const Theme& theme);
    [[nodiscard]] CourseButton& why() const { return *m_why; }

signals:
    void whyAsked(int row);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    // As one reads from the left.
    struct Places {
        QRect place;
        QRect mark;
        QRect text;
        QRect tick; // empty: none
        QRect verdict;
    };
    [[nodiscard]] Places places() const;
    [[nodiscard]] QFont verdictFont() const;
    [[nodiscard]] QFont textFont() const;
    [[nodiscard]] QString shownText() const;

    Theme m_theme {Scheme::Light};
    ResultRowView m_view;
    CourseButton* m_why = nullptr;
};

class ResultPart final : public QWidget {
    Q_OBJECT

public:
    explicit ResultPart(QWidget* parent = nullptr);

    void setView(const GuessResultView& view);
    void setTheme(const Theme& theme);
    // Folded to its heading, "2 of 5", until somebody opens it.
    void setCompact(bool on);
    // "2 of 5 in place"
    [[nodiscard]] static QString inFew(const GuessResultView& view);

    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void whyAsked(int row);
    void resized(); // it has another height now

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    [[nodiscard]] bool isFolded() const { return m_compact && !m_open; }
    void fill();
    int arrange(int width, bool place) const;

    Theme m_theme {Scheme::Light};
    GuessResultView m_view;
    bool m_compact = false;
    bool m_open = false;
    HeadingLine* m_heading = nullptr;
    QLabel* m_because = nullptr;
    std::vector<ResultRow*> m_rows;
};

} // namespace bistro::ui
