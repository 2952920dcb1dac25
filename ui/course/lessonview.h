// What the lesson's panel and the course list show: values, made by window/lessonpage from the lesson, the learner's
// progress, the guess and the check. The widgets draw them, and ask by signals.
#pragma once

#include "state/order.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace bistro::ui {

struct CourseRow {
    enum class State : std::uint8_t { Later, Next, Here, Done };
    QString id; // empty: the heading of a part
    QString number; // "4"
    QString text; // short title, or the part's
    QString sentence; // tooltip
    State state {};
    bool service = false; // five questions over the part

    bool operator==(const CourseRow&) const = default;
};

struct CourseView {
    QString title = QStringLiteral("Course");
    QList<CourseRow> rows;
    int done = 0;
    int of = 0;

    bool operator==(const CourseView&) const = default;
};

// One row of an order that is being guessed, in the guessed order.
struct GuessRowView {
    int row = 0; // of the question's rows
    QString text;
    QString where; // "line 3"
    app::OrderKind kind = app::OrderKind::None; // its mark

    bool operator==(const GuessRowView&) const = default;
};

struct OrderGuessView {
    QList<GuessRowView> rows;
    bool touched = false; // else the button reads "Run without a guess"

    bool operator==(const OrderGuessView&) const = default;
};

struct ChooseGuessView {
    QStringList options;
    int chosen = -1;
    QList<int> counts; // a show of hands, in a presentation; empty: none is taken
    bool operator==(const ChooseGuessView&) const = default;
};

struct NumberGuessView {
    QString unit;
    QString typed;
    bool operator==(const NumberGuessView&) const = default;
};

struct NextGuessView { // answered on the stage
    QString remark; // "Click a slip on the picture."
    bool operator==(const NextGuessView&) const = default;
};

struct ResultRowView {
    int row = 0; // for whyAsked()
    QString place; // "2"; empty: was not listed (a dashed one)
    bool placed = true; // false: an answer that has no place (no roundel)
    QString text;
    app::OrderKind kind = app::OrderKind::None;
    QString verdict; // "right", "came 4th", "came 2nd, may come 3rd", "was not printed"
    bool right = false;
    bool why = false; // it can be asked

    bool operator==(const ResultRowView&) const = default;
};

// After the run.
struct GuessResultView {
    QString heading; // "Your guess"
    QString remark; // "run 1: 2 of 5 lines in their place"
    QList<ResultRowView> rows;
    QString because; // the author's sentence; may be empty
    bool guessed = true; // false: it only says how it came, and nothing is counted

    bool operator==(const GuessResultView&) const = default;
};

struct CheckRowView {
    enum class State : std::uint8_t { Running, Right, NotYet, Unknown };
    State state {};
    QString sentence; // of Running: which run is being looked at, "with the argument Ada"; may be empty
    QString strong; // a part of the sentence that is set strong: "212 ms"
    bool blocked = false; // the strong part says how long the waiter was blocked: it has that red
    bool show = false; // it has a "Show me"
    bool shown = false; // whose moment is shown now

    bool operator==(const CheckRowView&) const = default;
};

// An open hint, and the sentence that it helps with: it stands below that.
struct HintView {
    QString text;
    int row = -1; // of the rows; none: below all of them

    bool operator==(const HintView&) const = default;
};

struct CheckView {
    QString heading; // "Your change: is the waiter free while the book is read?"
    QString remark; // "run 2"; empty: it has not run yet
    QList<CheckRowView> rows; // empty: it has not run yet
    QList<HintView> hints; // that are open
    int hint = 0; // the next one: 1 to 3; 0: all are open
    int ofHints = 3;
    bool answer = false; // the last one shows an answer, which can be shown again
    QString learned; // once all is right: what one knows now; empty: not yet
    bool mayGoOn = false;
    QString goOn; // what the button says: "Next lesson", "To the service"
    QString goOnTip; // what is missing

    bool operator==(const CheckView&) const = default;
};

struct LessonView {
    QString number; // "4"
    QString title;
    int screen = 0; // from 0
    int screens = 1;
    bool service = false; // its screens are questions over a part
    QString markdown;
    QString folder; // where its pictures are
    QString question; // empty: none on this screen
    std::variant<std::monostate, OrderGuessView, ChooseGuessView, NumberGuessView, NextGuessView, GuessResultView>
        guess;
    std::optional<CheckView> check;
    bool running = false; // rows are locked; the button is Stop
    QString run; // what the button says: "Run and compare"; empty: no button

    bool operator==(const LessonView&) const = default;
};

} // namespace bistro::ui
