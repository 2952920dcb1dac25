#include "state/crash.h"
#include "why/narration/narrator.h"
#include "why/refusal.h"

namespace bistro::app {

using namespace trace;

// The error that a run ends with; empty when it does not.
QString Narrator::uncaught() const
{
    const Crash crash = crashAt(m_log, m_index + 1);
    return crash ? quoted(crash.message) : QString();
}

void Narrator::operator()(const events::RunStarted& e)
{
    if (e.workers != 0)
        put(Rule::OneThread,
            {tr("The restaurant opens, with one waiter and %1 cooks."),
                tr("The run starts, with one JavaScript thread and %1 threads in the pool.")},
            {number(e.workers)});
    else
        put(Rule::OneThread, {tr("The restaurant opens."), tr("The run starts.")});
}

void Narrator::operator()(const events::EntryFound& e)
{
    const QString file = textOf(fileName(m_log.text(e.file)));
    if (file.isEmpty())
        put(Rule::ScriptFirst,
            {tr("Table 1 is ready to order: your program."), tr("Node knows what it runs: code without a file.")});
    else
        put(e.entry == EntryKind::Module ? Rule::ModuleBody : Rule::ScriptFirst,
            {tr("Table 1 is ready to order: %1."), tr("Node knows what it runs: %1.")}, {file});
}

void Narrator::operator()(const events::RunEnded& e)
{
    if (const QString error = uncaught(); e.end == EndKind::ExitCode && e.code != 0 && !error.isEmpty()) {
        put(Rule::ErrorLeaves,
            {tr("The restaurant closes with exit code %1. Nobody caught %2."),
                tr("The process ends with exit code %1. Nobody caught %2.")},
            {number(e.code), error});
        return;
    }
    if (const auto limit = limitThatEnded(m_log, after())) {
        put(Rule::KeptIn, wordsOf(limit->limit), {number(limit->allowed)});
        add({tr("So the restaurant is closed."), tr("So the process is ended.")});
        return;
    }
    switch (e.end) {
    case EndKind::ExitCode:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("The restaurant closes with exit code %1."), tr("The process ends with exit code %1.")},
            {number(e.code)});
        break;
    case EndKind::Signal:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("Signal %1 closes the restaurant by force."), tr("Signal %1 ends the process.")}, {number(e.code)});
        break;
    case EndKind::Stopped:
        put(Rule::EndsWhenNothingIsLeft,
            {tr("The restaurant is closed by order."), tr("The process is stopped from outside.")});
        break;
    }
    if (before().recordingEnded) {
        m_told.rule = Rule::RecordingLimits;
        add({tr("Nobody knows what it did since the book was full."),
            tr("Nobody knows what it did since the recording ended.")});
    }
}

void Narrator::operator()(const events::RecordingEnded& e)
{
    switch (e.reason) {
    case RecordingEnd::EventLimit:
        put(Rule::RecordingLimits,
            {tr("The book is full. The restaurant goes on unseen."),
                tr("The trace has as many events as it may. Your program goes on unrecorded.")});
        break;
    case RecordingEnd::SizeLimit:
        put(Rule::RecordingLimits,
            {tr("The book is as large as it may be. The restaurant goes on unseen."),
                tr("The trace is as large as it may be. Your program goes on unrecorded.")});
        break;
    case RecordingEnd::DiskFull:
        put(Rule::RecordingLimits,
            {tr("The disk is full, so no paper is left. The restaurant goes on unseen."),
                tr("The disk is full. Your program goes on unrecorded.")});
        break;
    case RecordingEnd::PromiseLimit:
        put(Rule::RecordingLimits,
            {tr("There are more promises than the book can hold. The restaurant goes on unseen."),
                tr("There are more promises than Bistro can record. Your program goes on unrecorded.")});
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
