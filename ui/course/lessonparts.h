// What a lesson's panel is made of, and how a view comes into it. Internal to ui/course.
#pragma once

#include "course/actionbar.h"
#include "course/checkpart.h"
#include "course/chooserows.h"
#include "course/lessonbody.h"
#include "course/lessonhead.h"
#include "course/lessontext.h"
#include "course/lessonview.h"
#include "course/numberfield.h"
#include "course/orderrows.h"
#include "course/resultrows.h"

#include <QCoreApplication>

class QLabel;
class QScrollArea;

namespace bistro::ui {

struct LessonParts final {
    Q_DECLARE_TR_FUNCTIONS(LessonParts)

public:
    explicit LessonParts(QWidget& panel);

    void setTheme(const Theme& theme);
    void setCompact(bool on);
    void fill(const LessonView& view);
    void fillGuess(const LessonView& view);
    void fillRun(const LessonView& view);
    void fillCheck(const LessonView& view);
    // Whether the text is folded away, and whether it can be.
    void fold(const LessonView& view);
    // Head, body and actions in this size: what has no room scrolls, but for head and actions.
    void arrange(const QSize& size);
    [[nodiscard]] int heightFor(int width) const;
    // With which something of the body is still read.
    [[nodiscard]] int leastHeightFor(int width) const;
    [[nodiscard]] int actionsHeightFor(int width) const;
    [[nodiscard]] bool isRunShown() const;
    // Whether the part in which this stands is not shown with that view.
    [[nodiscard]] bool hides(const QWidget& within, const LessonView& view) const;

    Theme theme {Scheme::Light};
    bool compact = false;
    bool textOpen = false; // though it folds
    LessonHead* head = nullptr;
    QScrollArea* scroll = nullptr;
    LessonBody* body = nullptr;
    LessonText* text = nullptr;
    QLabel* question = nullptr;
    OrderRows* order = nullptr;
    ChooseRows* choose = nullptr;
    NumberField* number = nullptr;
    QLabel* remark = nullptr; // of a guess that is made on the stage
    ResultPart* result = nullptr;
    CheckPart* check = nullptr;
    LessonBody* actions = nullptr; // below what scrolls
    ActionBar* runBar = nullptr;
    CourseButton* run = nullptr;
    ActionBar* bar = nullptr;
    CourseButton* hint = nullptr;
    CourseButton* startOver = nullptr;
    CourseButton* goOn = nullptr;
};

// What the button says: a guess that nobody has touched is none.
[[nodiscard]] QString runWords(const LessonView& view);
// What there is to say once `now` is shown in the place of `before`; empty: nothing.
[[nodiscard]] QString sayOfResult(const LessonView& before, const LessonView& now);
// After a move of the row `row`: "bread, place 3, below book."
[[nodiscard]] QString sayOfMove(const OrderGuessView& now, int row);

} // namespace bistro::ui
