// A lesson above the editor: head, text, question, result, check (mocks-2.md, A and B). Draws a LessonView and asks by
// signals; knows no run and no file but the lesson's pictures. GUI thread.
#pragma once

#include "course/lessonview.h"
#include "theme/theme.h"

#include <QWidget>

#include <memory>

namespace bistro::ui {

class LessonPanel final : public QWidget {
    Q_OBJECT

public:
    explicit LessonPanel(QWidget* parent = nullptr);
    ~LessonPanel() override;

    void setView(const LessonView& view);
    [[nodiscard]] const LessonView& view() const { return m_view; }
    void setTheme(const Theme& theme);
    // The list of lessons is closed: the head has the button that opens it.
    void setListButton(bool shown);
    // A small window: text and result fold to their headings.
    void setCompact(bool on);
    // A presentation: larger type; a count beside each answer.
    void setPresentation(bool on);
    void setReducedMotion(bool on);
    // The keyboard goes to the first thing that one can do here.
    void takeKeyboard() { keepFocus(); }

    // As high as all of it is at this width. With less it scrolls.
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    // With which something is still read between head and actions.
    [[nodiscard]] int leastHeight() const;

signals:
    void listAsked();
    void screenAsked(int screen);
    void rowMoved(int from, int to); // places, from 0
    void optionChosen(int option);
    void handsCounted(int option, int count);
    void numberTyped(const QString& text);
    void runAsked(); // or stop, while it runs
    void whyAsked(int row);
    void showMeAsked(int answer);
    void hintAsked();
    void startOverAsked();
    void goOnAsked();
    void linkActivated(const QString& link); // "moment:line 3", "api:fs.readFile", "run:pool=2", "scene:…", "order:…"
    // For who listens to a screen reader: a row was moved, a result is there.
    void said(const QString& sentence);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Parts;
    void connectParts();
    void keepFocus();
    void fill();
    void arrange();
    LessonView m_view;
    std::unique_ptr<Parts> m_parts;
};

} // namespace bistro::ui
