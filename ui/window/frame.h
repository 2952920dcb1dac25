// Where each panel of the window stands: rows and columns as in visual.md, divided by 1-px lines that can be dragged.
// An area without a widget takes no room. What folds in a small window (folds.h) can be opened. GUI thread.
#pragma once

#include "theme/theme.h"
#include "window/folds.h"

#include <QByteArray>
#include <QHash>
#include <QPointer>
#include <QSet>
#include <QSplitter>
#include <QWidget>

class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace bistro::ui {

class FoldRail;
class Overlay;

class WindowFrame final : public QWidget {
    Q_OBJECT

public:
    explicit WindowFrame(QWidget* parent = nullptr);

    // One widget for each area; of Cards as many as wanted, from the top. The frame owns them.
    void place(Area area, QWidget* widget);
    // By the user.
    void setShown(Area area, bool shown);
    [[nodiscard]] bool isShown(Area area) const
    {
        return opensOver(area) ? m_over.contains(area) : !m_hidden.contains(area);
    }
    // Editor, stage and narration only. There, console and cards are shown over the picture, and what the user had
    // shown and dragged comes back at its end.
    void setPresentation(bool on);
    void setTheme(const Theme& theme);
    // What was opened last over the picture; false if nothing is.
    bool closeOverlay();
    // What has folded in a window of this size, at this zoom.
    [[nodiscard]] const Folds& folds() const { return m_folds; }
    [[nodiscard]] bool isCompact() const { return m_folds.compact; }
    // Folded and not opened: Cards, Timeline (its lanes), Narration (its rule) or Console (its lines).
    [[nodiscard]] bool isFolded(Area area) const { return folded(area) && !m_open.contains(area); }
    [[nodiscard]] bool isOpen(Area area) const { return folded(area) && m_open.contains(area); }
    // The lesson above the code has another height: it takes what it asks for, as long as the code keeps some lines. So
    // much of it is seen in any case, in px, up to two thirds.
    void fitLesson(int least);
    // Once all of its panels have a new look: until then they ask for the room that the old one needed.
    void arrangeAnew();
    // Opens what has folded; the cards as a drawer above the stage. Until the window has room for it again.
    void setOpen(Area area, bool open);
    [[nodiscard]] FoldRail& rail() const { return *m_rail; }
    // What stands in it, as it is read.
    [[nodiscard]] QList<QWidget*> inReadingOrder() const;

    // What the user has dragged; restored before the first show.
    [[nodiscard]] QByteArray saveLayout() const;
    bool restoreLayout(const QByteArray& state);
    // As in visual.md again.
    void resetLayout();

signals:
    // Or something was opened.
    void foldsChanged();
    // Another presentation, or something over its picture: isShown() answers otherwise.
    void overlaysChanged();
    // To another place of the window, for which Qt gives a panel the style sheet anew: it has lost its colors.
    void panelMoved();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] bool opensOver(Area area) const; // frameoverlays.cpp
    [[nodiscard]] QWidget* panelOf(Area area) const;
    void setOver(Area area, bool open);
    void placeOverlays();
    void apply();
    void fold();
    void placeList();
    void fitLesson();
    [[nodiscard]] int leastCode() const;
    [[nodiscard]] int besideLesson(int console) const;
    void placeCards();
    void placeNarration();
    [[nodiscard]] bool folded(Area area) const;
    [[nodiscard]] bool isVisibleHere(Area area) const;
    void update(Area area);

    QSplitter* m_columns = nullptr; // left | rest
    QSplitter* m_left = nullptr; // editor over console
    QSplitter* m_right = nullptr; // stage and cards over the timeline
    QSplitter* m_top = nullptr; // stage | cards
    QWidget* m_editorSide = nullptr;
    QSplitter* m_code = nullptr; // the lesson over the editor
    QWidget* m_stageSide = nullptr;
    QVBoxLayout* m_stageLayout = nullptr;
    QHBoxLayout* m_row = nullptr; // the list of lessons | columns | rail
    QScrollArea* m_cards = nullptr;
    QVBoxLayout* m_cardsLayout = nullptr;
    QWidget* m_drawer = nullptr; // has them where their column has folded
    FoldRail* m_rail = nullptr;
    QMultiHash<Area, QWidget*> m_widgets;
    QHash<Area, bool> m_hidden;
    QHash<Area, Overlay*> m_overlays;
    QList<Area> m_over; // open over the picture, the last one last
    QHash<Area, QByteArray> m_sizesAtHome; // of the splitter that each came from
    QPointer<QWidget> m_focusBefore; // they were opened
    Theme m_theme {Scheme::Light};
    Folds m_folds;
    QSet<Area> m_open;
    bool m_presentation = false;
    bool m_dragged = false; // sizes are the user's
    int m_leastLesson = 0;
    bool m_lessonDragged = false; // the lesson's height is
};

} // namespace bistro::ui
