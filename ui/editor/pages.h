// The pages that are open, in the order of their tabs, and the tab bar above them. GUI thread.
#pragma once

#include "editor/editorpage.h"
#include "theme/theme.h"

#include <QList>
#include <QObject>

class QLabel;
class QStackedWidget;
class QTabBar;
class QToolButton;

namespace bistro::ui {

class Pages final : public QObject {
    Q_OBJECT

public:
    // Makes the bar in one widget and the stack of pages in another, for their layouts.
    Pages(QWidget* head, QWidget* room);

    [[nodiscard]] QTabBar& bar() const { return *m_bar; }
    [[nodiscard]] QStackedWidget& stack() const { return *m_stack; }
    void setTheme(const Theme& theme);

    // A tab of its own, not shown yet; added() tells before this returns.
    EditorPage& add(std::unique_ptr<app::Document> document);
    void remove(EditorPage& page);
    void show(const EditorPage& page);
    void showNew(const EditorPage& page); // one that was just added: of the first one nobody has told yet
    void showNext(int step); // round the end
    void tellCurrent();
    // The tab says what the page is called and whether it is saved.
    void refresh(const EditorPage& page);

    [[nodiscard]] int count() const;
    [[nodiscard]] QList<EditorPage*> all() const; // in the order of the tabs
    [[nodiscard]] EditorPage* current() const; // null: none is open
    [[nodiscard]] bool isCurrent(const EditorPage& page) const { return current() == &page; }
    [[nodiscard]] EditorPage* at(int tab) const;
    [[nodiscard]] int tabOf(const EditorPage& page) const;
    // Of a file, by whatever name; null when it is not open.
    [[nodiscard]] EditorPage* fileAt(const QString& path) const;
    // As a trace names it: a source before a file. Asks no disk: it is called for every frame of a run.
    [[nodiscard]] EditorPage* named(const QString& path) const;

signals:
    void added(bistro::ui::EditorPage* page);
    void currentChanged(bistro::ui::EditorPage* page); // null: none is open
    void titleChanged(const QString& name, bool modified); // of the current page
    void closeRequested(bistro::ui::EditorPage* page); // by its button, or the middle of the mouse

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showCurrent();
    [[nodiscard]] QToolButton* closeButton(int tab) const;
    [[nodiscard]] QString tabText(const QString& name) const;
    void nameTabs(const EditorPage* alsoThis);
    void showTab(int tab);

    Theme m_theme {Scheme::Light};
    QTabBar* m_bar;
    QStackedWidget* m_stack;
    QLabel* m_empty; // in the stack: no file is open
};

} // namespace bistro::ui
