#include "commands/help.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace bistro::app {
namespace {

constexpr const char* kOverview = QT_TRANSLATE_NOOP(
    "Help", R"(Bistro runs Node programs and shows the truth about their event loop.

  bistro [FILE]
      Open the window, with a program, a folder or a recorded run.
  bistro run [--trace FILE] [--no-record] [node flags] FILE [args]
      Run a program as node does, and record what happened.
  bistro show TRACE [--json] [--from N --to M]
      Print a recorded run, one event a line.
  bistro state TRACE [--at N] [--json]
      Print what was running, queued and awaited after event N of a recorded run.
  bistro check TRACE [--json]
      Check that each callback of a recorded run was the one to come next.
  bistro why TRACE --now N | --pending ORDER [--at N] | --before LINE LINE
      Say in words why something runs now, not yet, or before something else.
  bistro findings TRACE [--json] [--runtime]
      Say what held a recorded run up, what was forgotten, and what was luck.
  bistro verify [--node PATH] [node flags] FILE [args]
      Compare what a program prints under node and in Bistro.
  bistro help [COMMAND]
      This page, or more about one command.
  bistro --version
      The versions of Bistro and of what it is built on.
)");

constexpr std::array<std::pair<std::string_view, const char*>, 9> kPages {{
    {"run", QT_TRANSLATE_NOOP("Help", R"(bistro run [--trace FILE] [--no-record] [node flags] FILE [args]

Runs a program with the same input, output and exit code as under node, and records
what its event loop did. Everything behind Bistro's own two options is node's.

  --trace FILE   Record into FILE. A trace that is there already is replaced; any
                 other file is left alone. Without this option the trace goes to
                 $XDG_STATE_HOME/bistro/runs (else ~/.local/state/bistro/runs), which
                 keeps the last 20.
  --no-record    Record nothing.

Child processes and worker threads run unrecorded; the trace says that they were
started. Exit code: the program's own.

  bistro run lesson.js
  bistro run --trace lesson.bistro --trace-warnings lesson.mjs one two
  bistro run -e 'setTimeout(() => console.log("later"), 10)'
)")},
    {"show", QT_TRANSLATE_NOOP("Help", R"(bistro show TRACE [--json] [--from N --to M]

Prints a recorded run, one event a line: its number, the milliseconds since the
start, its name, its fields, and the place in the program that caused it. A "~" in
front of the name says that the event was not observed but concluded from others.

  --json     One JSON object a line, with the names of engine/trace/FORMAT.md and
             times in nanoseconds.
  --from N   Start with event N (the first is 0).
  --to M     End with event M.

A trace that is cut or damaged is shown up to there. Exit code: 0; 1 when it cannot
be opened, or ended before the events that it claims to hold.
)")},
    {"state", QT_TRANSLATE_NOOP("Help", R"(bistro state TRACE [--at N] [--json]

Prints the state of the program after one event of a recorded run: what runs, what is
ready and in which order it will be served, and what is still awaited.

  --at N   After event N, numbered as bistro show does; without it, after the last.
  --json   One object of JSON, with the names of app/state/STATE.md and times in
           nanoseconds.

Exit code: 0; 1 when the trace cannot be opened or has no such event.
)")},
    {"check", QT_TRANSLATE_NOOP("Help", R"(bistro check TRACE [--json]

Goes through a recorded run with Bistro's model of the event loop, and checks that
whatever started was at the head of the queue that the model said. Prints how many
callbacks of each kind started and how many of them were predicted, and for each that
was not, the events around it.

  --json     One JSON object: events, starts (for each kind: started, predicted),
             entered (by the program itself or within a callback), late (told only
             when they started), and violations (index, breach, sentence).

Exit code: 0 when all were predicted; 3 otherwise; 1 when the trace cannot be read.
)")},
    {"why", QT_TRANSLATE_NOOP("Help", R"(bistro why TRACE QUESTION [--runtime] [--json]

Answers one question about a recorded run in words: a sentence, its reasons, the rule
behind it, and the numbers of the events that it follows from.

  --now N            Why does what runs at event N run then, and not another order that
                     is ready? Events are numbered as bistro show does.
  --pending ORDER    What stands before this order? Its async id, or "promise N", as
                     bistro state prints them.
  --at N             With --pending: after event N; without it, after the last.
  --before LINE LINE
                     Why was one of these lines of output printed first? Lines are
                     counted from 1, in the order of time.
  --runtime          In the words of the runtime; else in those of the restaurant.
  --json             One object of JSON, with the names of app/why/WHY.md.

The rules have a page each in app/why/RULES.md. Exit code: 0; 1 when the trace cannot
be opened, or has no such event, order or line.
)")},
    {"findings", QT_TRANSLATE_NOOP("Help", R"(bistro findings TRACE [--json] [--runtime]

Says what is worth knowing about a recorded run as a whole: calls that blocked the
loop, late timers, starved phases, jobs that waited for a thread, awaits in series,
rejections that nobody handled in time, what keeps the program alive, and races. Each
with what it was, since when, who waited, and what helps.

  --json      One object of JSON a line, with the names of app/why/WHY.md.
  --runtime   In the words of the runtime; else in those of the restaurant.

Exit code: 0, also when there is nothing to say; 1 when the trace cannot be opened.
)")},
    {"verify", QT_TRANSLATE_NOOP("Help", R"(bistro verify [--node PATH] [node flags] FILE [args]

Runs a program three times under node and three times recorded in Bistro, without
input, and compares standard output, standard error and exit code, byte by byte.
Process ids in warnings, as in (node:1234), are not compared.

  --node PATH   The node to compare with; else the one found in PATH.

It says "identical", or shows the first difference, or says that the program is a
race: that node itself does not print the same thing each time.
Exit code: 0 identical, or a race whose outcomes in Bistro node has shown too or may
show; 3 different; 1 it could not be run.
)")},
    {"help", QT_TRANSLATE_NOOP("Help", R"(bistro help [COMMAND]

Prints all commands, or more about one: run, show, state, check, why, findings,
verify, --version.
)")},
    {"--version", QT_TRANSLATE_NOOP("Help", R"(bistro --version

Prints the versions of Bistro, Node, V8, libuv, Qt and KSyntaxHighlighting.
)")},
}};

const auto* pageOf(std::string_view topic)
{
    return std::ranges::find(kPages, topic, &std::pair<std::string_view, const char*>::first);
}

} // namespace

bool isHelpTopic(std::string_view topic)
{
    return pageOf(topic) != kPages.end();
}

std::string helpPage(std::string_view topic)
{
    const auto* const page = pageOf(topic);
    return QCoreApplication::translate("Help", page == kPages.end() ? kOverview : page->second).toStdString();
}

} // namespace bistro::app
