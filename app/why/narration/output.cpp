#include "state/crash.h"
#include "why/narration/narrator.h"

#include "text/amounts.h"

namespace bistro::app {

using namespace trace;

void Narrator::operator()(const events::Output& e)
{
    const QString line = quoted(m_log.text(e.text));
    if (const Crash crash = e.stream == Stream::Error ? crashAt(m_log, m_index + 1) : Crash {};
        crash && !crash.report.empty() && crash.report.data() == m_log.text(e.text).data()) {
        put(Rule::ErrorLeaves, {tr("Node reports what nobody caught: %1."), tr("Node reports what nobody caught: %1.")},
            {quoted(crash.message)});
        return;
    }
    if (m_log.text(e.text).empty())
        put(Rule::OutputAtOnce, {tr("The waiter calls out %1 bytes."), tr("Your program prints %1 bytes.")},
            {number(e.bytes)});
    else if (e.stream == Stream::Error)
        put(Rule::OutputAtOnce, {tr("The waiter complains: %1."), tr("Your program prints %1 to standard error.")},
            {line});
    else
        put(Rule::OutputAtOnce, {tr("The waiter calls out: %1."), tr("Your program prints %1.")}, {line});
}

void Narrator::operator()(const events::UncaughtError& e)
{
    const QString error = quoted(m_log.text(e.message));
    const Index listener = listenerTold(m_log, m_index);
    if (listener == kNoEvent) {
        put(Rule::ErrorLeaves, {tr("Nobody catches %1. The waiter drops his plates."), tr("Nobody catches %1.")},
            {error});
        return;
    }
    const Record call = m_log.event(listener);
    const QString event = text(as<events::HandlerStarted>(call).name);
    const CodePlace place = learnersPlace(m_log, {call.stack});
    if (place.line != 0)
        put(Rule::ErrorLeaves,
            {tr("No callback caught %1. Your '%2' listener in line %3 hears of it."),
                tr("An error reaches Node: %1. Your '%2' listener in line %3 gets it.")},
            {error, event, number(place.line)});
    else
        put(Rule::ErrorLeaves,
            {tr("No callback caught %1. Your '%2' listener hears of it."),
                tr("An error reaches Node: %1. Your '%2' listener gets it.")},
            {error, event});
}

void Narrator::operator()(const events::Warning& e)
{
    put(Rule::OutputAtOnce, {tr("Node puts up a warning: %1."), tr("Node warns: %1.")},
        {quoted(m_log.text(e.message))});
}

void Narrator::operator()(const events::GarbageCollected& e)
{
    put(Rule::GarbageStops,
        {tr("The waiter has cleared tables for %1."), tr("V8 has collected garbage. JavaScript stood still for %1.")},
        {spokenTime(e.nanoseconds)});
}

void Narrator::operator()(const events::ChildStarted& e)
{
    put(Rule::NotRecorded,
        {tr("Another restaurant opens next door: %1."), tr("Your program starts a child process: %1.")},
        {textOf(fileName(m_log.text(e.file)))});
}

void Narrator::operator()(const events::WorkerStarted& e)
{
    put(Rule::NotRecorded,
        {tr("Another restaurant opens, with a waiter of its own: %1."),
            tr("A worker thread starts, with a loop of its own: %1.")},
        {async(e.async)});
}

void Narrator::operator()(const events::WorkerEnded& e)
{
    put(Rule::NotRecorded, {tr("The restaurant next door closes: %1."), tr("The worker thread is over: %1.")},
        {async(e.async)});
}

void Narrator::operator()(const events::ScriptSeen& e)
{
    put(Rule::ScriptFirst, {tr("The waiter sees %1 for the first time."), tr("Code of %1 runs for the first time.")},
        {textOf(fileName(m_log.text(e.script)))});
}

void Narrator::operator()(const events::VariableCaptured& e)
{
    put(Rule::ClosureCaptures,
        {tr("The next slip keeps %1, which is %2."), tr("The next order's callback has captured %1, which holds %2.")},
        {textOf(m_log.text(e.name)), textOf(m_log.text(e.value))});
}

} // namespace bistro::app
