// The course list: parts and lessons, from the tool bar to the window's lower edge (mocks-2.md, A). GUI thread.
#pragma once

#include "course/lessonview.h"
#include "theme/theme.h"

#include <QWidget>

#include <memory>

namespace bistro::ui {

class CourseList final : public QWidget {
    Q_OBJECT

public:
    static constexpr int kWidth = 152; // px at 100 %

    explicit CourseList(QWidget* parent = nullptr);
    ~CourseList() override;

    void setView(const CourseView& view);
    [[nodiscard]] const CourseView& view() const { return m_view; }
    void setTheme(const Theme& theme);
    void takeKeyboard();

    // All rows; with less it scrolls.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void chosen(const QString& id); // of a lesson or a service
    void closeAsked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Parts;
    void arrange();

    CourseView m_view;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bistro::ui
