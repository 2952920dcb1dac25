// The course in the Lessons menu: its parts, each with its lessons, in front of what one can do with the lesson. GUI
// thread; the menu outlives it.
#pragma once

#include "course/lessonview.h"

#include <QList>
#include <QMenu>
#include <QObject>

namespace bistro::ui {

class CourseMenu final : public QObject {
    Q_OBJECT

public:
    explicit CourseMenu(QMenu& menu);

    void setView(const CourseView& view);

signals:
    void chosen(const QString& id); // of a lesson or a service

private:
    QMenu& m_menu;
    QAction* m_end = nullptr; // of what is ours, in front of the rest
    CourseView m_view;
    QList<QAction*> m_made; // menus and entries
};

} // namespace bistro::ui
