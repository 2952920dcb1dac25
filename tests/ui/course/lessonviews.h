// Lessons and courses as values, for tests and pictures of the course's widgets.
#pragma once

#include "course/lessonview.h"

#include <QString>

namespace bistro::test {

using namespace Qt::StringLiterals;
using app::OrderKind;

// As in the mock: lesson 4 is here, the three before it are done. `services`: after each part.
inline ui::CourseView courseView(bool services = false)
{
    using State = ui::CourseRow::State;
    const QList<std::pair<QString, QStringList>> parts {
        {u"What is Node?"_s,
            {u"No browser"_s, u"One waiter"_s, u"He does not wait"_s, u"What blocks him"_s, u"One per table?"_s}},
        {u"The loop"_s,
            {u"Around the ring"_s, u"Now, but after"_s, u"Promises"_s, u"async and await"_s, u"Four cooks"_s,
                u"Races"_s}},
        {u"What it is used for"_s,
            {u"Files"_s, u"A web server"_s, u"Pages on demand"_s, u"Forms and data"_s, u"Create to delete"_s,
                u"An API"_s, u"A command line"_s, u"Both sides"_s}},
        {u"When it grows"_s, {u"Fast"_s, u"Every system"_s, u"More waiters"_s, u"Documents"_s, u"Streams"_s}}};
    ui::CourseView view;
    view.done = 3;
    view.of = 24;
    int number = 0;
    for (const auto& [part, lessons] : parts) {
        view.rows.append({.id = {}, .number = {}, .text = part, .sentence = {}, .state = {}, .service = false});
        for (const QString& lesson : lessons) {
            ++number;
            view.rows.append({.id = u"lesson-%1"_s.arg(number),
                .number = QString::number(number),
                .text = lesson,
                .sentence = u"What %1 is about."_s.arg(lesson),
                .state = number < 4 ? State::Done
                    : number == 4   ? State::Here
                    : number == 5   ? State::Next
                                    : State::Later,
                .service = false});
        }
        if (services)
            view.rows.append({.id = u"service-%1"_s.arg(number),
                .number = {},
                .text = u"Service"_s,
                .sentence = u"Five questions over this part."_s,
                .state = State::Later,
                .service = true});
    }
    return view;
}

inline ui::OrderGuessView orderGuess(bool touched = true)
{
    return {.rows = {{.row = 0, .text = u"open"_s, .where = u"line 3"_s, .kind = OrderKind::None},
                {.row = 2, .text = u"bread"_s, .where = u"line 5"_s, .kind = OrderKind::Timer},
                {.row = 3, .text = u"book 58000000"_s, .where = u"line 7"_s, .kind = OrderKind::None},
                {.row = 4, .text = u"closed?"_s, .where = u"line 8"_s, .kind = OrderKind::None},
                {.row = 1, .text = u"coffee"_s, .where = u"line 4"_s, .kind = OrderKind::Timer}},
        .touched = touched};
}

inline ui::LessonView predictView()
{
    ui::LessonView view;
    view.number = u"4"_s;
    view.title = u"What blocks the waiter"_s;
    view.screen = 1;
    view.screens = 3;
    view.markdown = u"The waiter finishes one order before he takes the next. That is fine while orders are short. In "
                    u"line 6 he reads a cookbook of 65 MB, and **readFileSync** says that he reads it himself. Two egg "
                    u"timers run: bread rings after 20 ms, coffee after 100."_s;
    view.question = u"Put these lines in the order in which they print"_s;
    view.guess = orderGuess();
    view.run = u"Run and compare"_s;
    return view;
}

inline ui::GuessResultView guessResult()
{
    const auto row = [](int number, const QString& place, const QString& text, OrderKind kind, const QString& verdict) {
        return ui::ResultRowView {.row = number,
            .place = place,
            .text = text,
            .kind = kind,
            .verdict = verdict,
            .right = verdict == u"right"_s,
            .why = true};
    };
    return {.heading = u"Your guess"_s,
        .remark = u"run 1: 2 of 5 lines in their place"_s,
        .rows = {row(0, u"1"_s, u"open"_s, OrderKind::None, u"right"_s),
            row(2, u"2"_s, u"bread"_s, OrderKind::Timer, u"came 4th"_s),
            row(3, u"3"_s, u"book 58000000"_s, OrderKind::None, u"came 2nd"_s),
            row(4, u"4"_s, u"closed?"_s, OrderKind::None, u"came 3rd"_s),
            row(1, u"5"_s, u"coffee"_s, OrderKind::Timer, u"right"_s)},
        .because = {}};
}

inline ui::CheckView checkView()
{
    using State = ui::CheckRowView::State;
    const auto row = [](State state, const QString& sentence) {
        ui::CheckRowView made;
        made.state = state;
        made.sentence = sentence;
        return made;
    };
    ui::CheckView view;
    view.heading = u"Your change: is the waiter free while the book is read?"_s;
    view.remark = u"run 2"_s;
    view.rows = {row(State::Right, u"all five lines are printed."_s),
        row(State::Right, u"“closed?” does not wait for the book any more."_s),
        row(State::NotYet, u"the waiter was blocked for 212 ms by `readFileSync` in line 7."_s)};
    view.rows[2].strong = u"212 ms"_s;
    view.rows[2].blocked = true;
    view.rows[2].show = true;
    view.rows[2].shown = true;
    view.hint = 1;
    view.goOn = u"Next lesson"_s;
    view.goOnTip = u"One sentence is not right yet."_s;
    return view;
}

inline ui::LessonView checkedView()
{
    ui::LessonView view;
    view.number = u"4"_s;
    view.title = u"What blocks the waiter"_s;
    view.screen = 2;
    view.screens = 3;
    view.guess = guessResult();
    view.check = checkView();
    return view;
}

inline ui::LessonView chooseView()
{
    ui::LessonView view = predictView();
    view.question = u"How long does the waiter read?"_s;
    view.guess = ui::ChooseGuessView {
        .options = {u"Not at all: the cook reads"_s, u"About 20 ms"_s, u"It depends: nobody can know before it runs"_s},
        .chosen = 2,
        .counts = {4, 0, 12}};
    return view;
}

inline ui::LessonView serviceView()
{
    ui::LessonView view = chooseView();
    view.number.clear();
    view.title = u"Service: What is Node?"_s;
    view.service = true;
    view.screen = 0;
    view.screens = 5;
    view.run = u"Answer"_s;
    return view;
}

inline ui::LessonView numberView(const QString& typed = u"300"_s)
{
    ui::LessonView view = predictView();
    view.question = u"How long does it take until all three dishes are done?"_s;
    view.guess = ui::NumberGuessView {.unit = u"ms"_s, .typed = typed};
    return view;
}

} // namespace bistro::test
