// Where each panel of the window stands: rows and columns as in visual.md, divided by 1-px lines that can be dragged.
// An area without a widget takes no room. GUI thread.
#pragma once

#include "theme/theme.h"

#include <QByteArray>
#include <QHash>
#include <QSplitter>
#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace bistro::ui {

enum class Area : std::uint8_t { Lesson, Editor, Console, Stage, StageText, Narration, Cards, Timeline };

class WindowFrame final : public QWidget {
    Q_OBJECT

public:
    explicit WindowFrame(QWidget* parent = nullptr);

    // One widget for each area; of Cards as many as wanted, from the top. The frame owns them.
    void place(Area area, QWidget* widget);
    // By the user.
    void setShown(Area area, bool shown);
    [[nodiscard]] bool isShown(Area area) const { return !m_hidden.contains(area); }
    // Editor, stage and narration only.
    void setPresentation(bool on);
    void setTheme(const Theme& theme);
    // Whether the window is under 1400 wide or 860 high, at 100 %.
    [[nodiscard]] bool isCompact() const { return m_compact; }

    // What the user has dragged; restored before the first show.
    [[nodiscard]] QByteArray saveLayout() const;
    bool restoreLayout(const QByteArray& state);
    // As in visual.md again.
    void resetLayout();

signals:
    void compactChanged(bool compact);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void apply();
    void update(Area area);

    QSplitter* m_columns = nullptr; // left | rest
    QSplitter* m_left = nullptr; // editor over console
    QSplitter* m_right = nullptr; // stage and cards over the timeline
    QSplitter* m_top = nullptr; // stage | cards
    QWidget* m_editorSide = nullptr;
    QVBoxLayout* m_editorLayout = nullptr;
    QWidget* m_stageSide = nullptr;
    QVBoxLayout* m_stageLayout = nullptr;
    QScrollArea* m_cards = nullptr;
    QVBoxLayout* m_cardsLayout = nullptr;
    QMultiHash<Area, QWidget*> m_widgets;
    QHash<Area, bool> m_hidden;
    Theme m_theme {Scheme::Light};
    bool m_presentation = false;
    bool m_compact = false;
    bool m_dragged = false; // sizes are the user's
};

} // namespace bistro::ui
