#include "why/narration/narrator.h"

namespace bistro::app {

using namespace trace;

void Narrator::operator()(const events::CallEntered& e)
{
    const QString function = text(e.function);
    if (function.isEmpty())
        put(Rule::OneThread, {tr("The waiter begins with your code."), tr("Your code starts to run.")});
    else if (e.entry == CallEntry::Resumed)
        put(Rule::OneThread, {tr("The waiter takes %1 up again."), tr("%1 goes on where it had paused.")}, {function});
    else
        put(Rule::OneThread, {tr("The waiter turns to %1."), tr("%1 is called.")}, {function});
}

void Narrator::operator()(const events::LineReached& e)
{
    const QString line = number(m_log.frame(e.stack).line);
    switch (e.point) {
    case LinePoint::Statement:
        put(Rule::OneThread, {tr("The waiter comes to line %1."), tr("Line %1 is next.")}, {line});
        break;
    case LinePoint::Return:
        put(Rule::OneThread, {tr("The waiter is through with it in line %1."), tr("The function ends in line %1.")},
            {line});
        break;
    case LinePoint::DebuggerStatement:
        put(Rule::OneThread, {tr("In line %1 a debugger is asked for."), tr("Line %1 asks for a debugger.")}, {line});
        break;
    }
    if (e.changed)
        add({tr("The waiter notes: %1 is %2."), tr("%1 is %2 now.")},
            {text(e.changed), e.value ? text(e.value) : tr("not set yet")});
}

void Narrator::operator()(const events::VariableSet& e)
{
    const QString value = e.object ? tr("an object") : e.value ? text(e.value) : tr("not set yet");
    put(Rule::OneThread, {tr("The waiter notes: %1 is %2."), tr("%1 is %2 now.")}, {text(e.name), value});
}

void Narrator::operator()(const events::ObjectSeen& e)
{
    put(Rule::OneThread, {tr("On the table there is now: %1."), tr("There is an object: %1.")}, {text(e.text)});
}

void Narrator::operator()(const events::PropertySet& e)
{
    const QString value = e.object ? tr("an object") : text(e.value);
    if (e.type == PropertyKind::Deleted)
        put(Rule::OneThread, {tr("The waiter strikes out %1."), tr("%1 is gone.")}, {text(e.name)});
    else if (e.type == PropertyKind::Accessor)
        put(Rule::OneThread, {tr("%1 is a getter, and nobody asks it."), tr("%1 is a getter.")}, {text(e.name)});
    else
        put(Rule::OneThread, {tr("The waiter notes: %1 is %2."), tr("%1 is %2 now.")}, {text(e.name), value});
}

void Narrator::operator()(const events::CallGiven& e)
{
    const QString value = e.object ? tr("an object") : text(e.value);
    put(Rule::OneThread, {tr("What it waited for is there: %1."), tr("It is given what it waited for: %1.")}, {value});
}

void Narrator::operator()(const events::CallLeft& e)
{
    switch (e.end) {
    case CallEnd::Returned:
        if (e.value)
            put(Rule::OneThread, {tr("The function gives back %1."), tr("The function returns %1.")}, {text(e.value)});
        else
            put(Rule::OneThread, {tr("The function is done."), tr("The function has returned.")});
        break;
    case CallEnd::Awaits:
        put(Rule::OneThread, {tr("The waiter sets it aside at an await."), tr("The function pauses at an await.")});
        break;
    case CallEnd::Yields:
        put(Rule::OneThread, {tr("The waiter sets it aside at a yield."), tr("The function pauses at a yield.")});
        break;
    case CallEnd::Threw:
        put(Rule::OneThread, {tr("The waiter drops it: an error."), tr("An error leaves the function.")});
        break;
    }
}

void Narrator::operator()(const events::ErrorThrown& e)
{
    put(Rule::OneThread, {tr("Something goes wrong: %1."), tr("An error is thrown: %1.")}, {firstLine(e.value)});
}

void Narrator::operator()(const events::LinesSkipped& e)
{
    put(Rule::RecordingLimits,
        {tr("The book has line %1 %2 times. More is not written down."),
            tr("Line %1 ran %2 times here. More is not recorded.")},
        {number(m_log.frame(e.stack).line), number(e.visits)});
}

void Narrator::operator()(const events::LinesEnded& e)
{
    switch (e.reason) {
    case LinesEnd::Limit:
        put(Rule::RecordingLimits,
            {tr("The book takes no more lines. Events go on."), tr("No more lines are recorded. Events go on.")});
        break;
    case LinesEnd::Debugger:
        put(Rule::RecordingLimits,
            {tr("A debugger or a profiler is at work, so the book has no lines."),
                tr("A debugger or a profiler is at work, so lines are not recorded.")});
        break;
    case LinesEnd::Memory:
        put(Rule::RecordingLimits,
            {tr("Paper is short, so the book takes no more lines."),
                tr("Memory is short, so no more lines are recorded.")});
        break;
    }
}

void Narrator::operator()(const events::PlaceCounted& e)
{
    put(Rule::RecordingLimits,
        {tr("By the day's end, line %1 has been done %2 times."), tr("In all, line %1 has run %2 times.")},
        {number(m_log.frame(e.stack).line), number(e.visits)});
}

} // namespace bistro::app
