// The lower left of the window: a row of tabs over one page at a time, the console first. At the row's right stands
// what the page in front has to say of itself, where there is room for it.
//
// A page is added by one line, with the action that brings it to the front and hides it again. GUI thread.
#pragma once

#include "theme/theme.h"
#include "window/actions.h"
#include "window/frame.h"

#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QWidget>

#include <vector>

namespace bistro::ui {

// Like those of the files above: the one in front is bold, with a line below it.
class PageTabs final : public QTabBar {
    Q_OBJECT

public:
    explicit PageTabs(QWidget* parent = nullptr);
    void setTheme(const Theme& theme, int height);
    // Less room beside the words, where all of them would not fit into this width.
    void fit(int width);

protected:
    [[nodiscard]] QSize tabSizeHint(int index) const override;
    [[nodiscard]] QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent* event) override;

private:
    Theme m_theme {Scheme::Light};
    int m_height = 32;
    bool m_narrow = false;
};

class LowerLeft final : public QWidget {
    Q_OBJECT

public:
    // The area of the console is its place in the frame. Both outlive it.
    LowerLeft(WindowFrame& frame, const Actions& actions);

    // `id` is kept with the layout; the action's toggle shows the page. The widget is the page's from now on.
    // So is the corner, which stands at the row's right while the page is in front.
    void addPage(ActionId action, const QString& id, const QString& title, QWidget* page, QWidget* corner = nullptr);
    // Its tab comes when somebody asks for the page, and stays.
    void hideUntilAsked(const QWidget* page);
    // Behind its title, from 1 on; 0: nothing.
    void setCount(const QWidget* page, int count);
    // At the row's right while the page is in front.
    void setRemark(const QWidget* page, const QString& remark);
    // To the front, and to sight.
    void show(const QWidget* page);
    [[nodiscard]] bool isShown(const QWidget* page) const;
    void focusCurrent();

    [[nodiscard]] QString currentId() const;
    void setCurrentId(const QString& id);
    // The actions as the frame is, whatever was restored into it.
    void updateActions();

    void setTheme(const Theme& theme);
    void setCompact(bool on);
    [[nodiscard]] PageTabs& tabs() const { return *m_tabs; }
    [[nodiscard]] QStackedWidget& pages() const { return *m_stack; }
    [[nodiscard]] const QLabel& remark() const { return *m_remark; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Page {
        ActionId action {};
        QString id;
        QString title;
        QWidget* widget = nullptr;
        QWidget* corner = nullptr;
        int count = 0;
        QString remark;
    };

    void toggled(int index, bool on);
    void bringToFront(int index);
    void updateTab(int index);
    void updateRemark();
    void arrange();
    [[nodiscard]] int indexOf(const QWidget* page) const;

    WindowFrame& m_frame;
    const Actions& m_actions;
    std::vector<Page> m_pages;
    PageTabs* m_tabs = nullptr;
    QLabel* m_remark = nullptr;
    QWidget* m_row = nullptr;
    QStackedWidget* m_stack = nullptr;
    Theme m_theme {Scheme::Light};
    bool m_compact = false;
    bool m_switching = false; // the actions follow, and are not heard
};

} // namespace bistro::ui
