#include "lesson/newlesson.h"

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostShortLetters = 18;

constexpr const char* kText = R"(---
format: 1
title: "%1"
short: "%2"
sentence: A dish that needs time is carried out later.
learned: You know that a timer's line comes after the main script. The stage shows the timer wait.
minutes: 5
main: lesson.js
---
The waiter opens, sets an **egg timer** (Node's `setTimeout`) and brings bread.

Which line comes last?

```predict order
lines:
  - {text: open, line: 2}
  - {text: coffee, line: 3, kind: timer}
  - {text: bread, line: 4}
answer: [open, bread, coffee]
because: The timer rings after the main script is done.
```
---
At the [third line](<moment:line 3>) the waiter carries out the coffee.

Now serve a soup: print `soup` after `coffee`.
)";

constexpr const char* kCheck = R"(format: 1
task: Print soup after coffee.
expect:
  - output: {lines: [open, bread, coffee, soup], any-order: true}
    right: all four lines are printed.
    not-yet: one of the four lines is not printed.
  - order: [coffee, soup]
    right: soup comes after coffee.
    not-yet: soup comes before coffee.
    show: line "soup"
  - ends: true
hints:
  - Look for the line that prints coffee.
  - What stands in the same callback runs right after it.
)";

constexpr const char* kStart = R"(// The waiter opens, sets a timer and brings bread.
console.log('open');
setTimeout(() => console.log('coffee'), 20);
console.log('bread');
)";

constexpr const char* kAnswer = R"(// The waiter opens, sets a timer and brings bread.
console.log('open');
setTimeout(() => {
  console.log('coffee');
  console.log('soup');
}, 20);
console.log('bread');
)";

constexpr const char* kTooEarly = R"(// The waiter opens, sets a timer and brings bread.
console.log('open');
setTimeout(() => console.log('coffee'), 20);
console.log('bread');
console.log('soup');
)";

constexpr const char* kOtherWord = R"(// The waiter opens, sets a timer and brings bread.
console.log('open');
setTimeout(() => {
  console.log('coffee');
  console.log('stew');
}, 20);
console.log('bread');
)";

QString shortTitle(const QString& title)
{
    if (title.size() <= kMostShortLetters)
        return title;
    const qsizetype blank = title.lastIndexOf(u' ', kMostShortLetters);
    return title.left(blank > 0 ? blank : kMostShortLetters);
}

} // namespace

QString titleOfFolder(const QString& name)
{
    const auto isNumber = [](QChar c) { return c.isDigit() || c == u'-' || c == u'_'; };
    const auto begin = std::ranges::find_if_not(name, isNumber);
    QString title = name.sliced(begin - name.begin());
    title.replace(u'-', u' ').replace(u'_', u' ');
    title = title.simplified().left(60);
    if (title.isEmpty())
        return u"New lesson"_s;
    title[0] = title[0].toUpper();
    return title;
}

QList<NewLessonFile> newLesson(const QString& title)
{
    const QString text = QString::fromUtf8(kText).arg(title, shortTitle(title));
    return {{u"lesson.md"_s, text}, {u"check.yaml"_s, QString::fromUtf8(kCheck)},
        {u"start/lesson.js"_s, QString::fromUtf8(kStart)}, {u"answer/lesson.js"_s, QString::fromUtf8(kAnswer)},
        {u"wrong/too-early/lesson.js"_s, QString::fromUtf8(kTooEarly)},
        {u"wrong/too-early/expect.yaml"_s, u"sentences: [soup comes before coffee]\n"_s},
        {u"wrong/other-word/lesson.js"_s, QString::fromUtf8(kOtherWord)},
        {u"wrong/other-word/expect.yaml"_s, u"sentences: [one of the four lines is not printed]\n"_s}};
}

} // namespace bistro::app
