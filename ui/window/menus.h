// The menus: which action stands where. GUI thread.
#pragma once

#include "window/actions.h"
#include "workspace/examples.h"

#include <QMenu>
#include <QMenuBar>

#include <span>
#include <utility>

namespace bistro::ui {

struct MenuItem;

class Menus final : public QObject {
    Q_OBJECT

public:
    Menus(QMenuBar& bar, const Actions& actions, QObject* parent);

    // Filled by others, when they are about to be shown.
    [[nodiscard]] QMenu& recentFiles() const { return *m_recentFiles; }
    [[nodiscard]] QMenu& recentRuns() const { return *m_recentRuns; }
    // What one can do with the lesson; the course is put in front of it.
    [[nodiscard]] QMenu& lessons() const { return *m_lessons; }
    // Each menu of the bar with its actions, those of its submenus too: for the page of shortcuts.
    [[nodiscard]] const QList<std::pair<QString, QList<QAction*>>>& pages() const { return m_pages; }

signals:
    void exampleChosen(const bistro::app::Example& example);

private:
    QMenu* add(const QString& title, std::span<const MenuItem> items);
    void fill(QMenu& menu, std::span<const MenuItem> items, QList<QAction*>& page);
    void addExamples();

    QMenuBar& m_bar;
    const Actions& m_actions;
    QMenu* m_recentFiles = nullptr;
    QMenu* m_recentRuns = nullptr;
    QMenu* m_lessons = nullptr;
    QList<std::pair<QString, QList<QAction*>>> m_pages;
};

} // namespace bistro::ui
