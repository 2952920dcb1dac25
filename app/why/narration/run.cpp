#include "why/narration/narrator.h"

#include <algorithm>

namespace bistro::app {

using namespace trace;

// The error that a run ends with; empty when it does not.
QString Narrator::uncaught() const
{
    constexpr Index kFarthest = 200; // events between it and the end
    for (Index i = m_index; i-- > m_index - std::min(m_index, kFarthest);) {
        if (const Record event = m_log.event(i); is<events::UncaughtError>(event))
            return firstLine(as<events::UncaughtError>(event).message);
    }
    return {};
}

void Narrator::operator()(const events::RunStarted& e)
{
    if (e.workers != 0)
        put(Rule::OneThread,
            {tr("The restaurant opens: one waiter, and %1 cooks in the kitchen."),
                tr("The run starts: one JavaScript thread, and %1 threads in the pool.")},
            {number(e.workers)});
    else
        put(Rule::OneThread, {tr("The restaurant opens."), tr("The run starts.")});
}

void Narrator::operator()(const events::EntryFound& e)
{
    const QString file = textOf(fileName(m_log.text(e.file)));
    if (file.isEmpty())
        put(Rule::ScriptFirst,
            {tr("Table 1 has its order ready: the program itself."),
                tr("Node knows what it runs: code that is not in a file.")});
    else
        put(e.entry == EntryKind::Module ? Rule::ModuleBody : Rule::ScriptFirst,
            {tr("Table 1 has its order ready: %1."), tr("Node knows what it runs: %1.")}, {file});
}

void Narrator::operator()(const events::RunEnded& e)
{
    if (const QString error = uncaught(); e.end == EndKind::ExitCode && e.code != 0 && !error.isEmpty()) {
        put(Rule::ErrorLeaves,
            {tr("The restaurant closes, with exit code %1. Nobody caught this: %2"),
                tr("The process ends with exit code %1. Nobody caught this: %2")},
            {number(e.code), error});
        return;
    }
    switch (e.end) {
    case EndKind::ExitCode:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("The restaurant closes, with exit code %1."), tr("The process ends with exit code %1.")},
            {number(e.code)});
        break;
    case EndKind::Signal:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("The restaurant is closed by force: signal %1."), tr("Signal %1 ends the process.")}, {number(e.code)});
        break;
    case EndKind::Stopped:
        put(Rule::EndsWhenNothingIsLeft, {tr("You close the restaurant."), tr("You stop the process.")});
        break;
    }
    if (before().recordingEnded) {
        m_told.rule = Rule::RecordingLimits;
        add({tr("What it did since the book was full is not known."),
            tr("What it did since the recording ended is not known.")});
    }
}

void Narrator::operator()(const events::RecordingEnded& e)
{
    switch (e.reason) {
    case RecordingEnd::EventLimit:
        put(Rule::RecordingLimits,
            {tr("The book is full: so many steps were allowed. The restaurant goes on unseen."),
                tr("The trace has as many events as were allowed. The program goes on unrecorded.")});
        break;
    case RecordingEnd::SizeLimit:
        put(Rule::RecordingLimits,
            {tr("The book is full: it is as large as was allowed. The restaurant goes on unseen."),
                tr("The trace is as large as was allowed. The program goes on unrecorded.")});
        break;
    case RecordingEnd::DiskFull:
        put(Rule::RecordingLimits,
            {tr("There is no paper left: the disk is full. The restaurant goes on unseen."),
                tr("The disk is full. The program goes on unrecorded.")});
        break;
    case RecordingEnd::PromiseLimit:
        put(Rule::RecordingLimits,
            {tr("There are more promises than the book can hold. The restaurant goes on unseen."),
                tr("There are more promises than can be recorded. The program goes on unrecorded.")});
        break;
    }
}

void Narrator::operator()(const events::DetailReduced& e)
{
    put(Rule::RecordingLimits,
        {tr("From here on the book has less detail: %1"), tr("From here on the trace has less detail: %1")},
        {firstLine(e.reason)});
}

} // namespace bistro::app
