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
  bistro run [--trace FILE] [--detail WORD] [node flags] FILE [args]
      Run a program as node does, and record what happened.
  bistro show TRACE [--internals] [--json] [--from N --to M]
      Print a recorded run, one step a line.
  bistro state TRACE [--at N] [--internals] [--json]
      Print what was running, queued and awaited after event N of a recorded run.
  bistro lines TRACE [FILE:LINE] [--values a,b] [--json]
      Print each line that ran, with its variables; or each time that one line ran.
  bistro check TRACE [--json]
      Check that each callback of a recorded run was the one to come next.
  bistro why TRACE --now N | --pending ORDER [--at N] | --before LINE LINE
      Say in words why something runs now, not yet, or before something else.
  bistro findings TRACE [--json] [--runtime]
      Say what held a recorded run up, what was forgotten, and what was luck.
  bistro glossary [WORD] [--runtime]
      Say what a word means: tick, microtask, poll, round, backpressure …
  bistro save TRACE FILE [--without-values]
      Copy a recorded run, without what its variables held if you like.
  bistro verify [--node PATH] [node flags] FILE [args]
      Compare what a program prints under node and in Bistro.
  bistro predict [node flags] FILE [args]
      Guess in the terminal which callback of a program is next, each time.
  bistro lesson list [FOLDER] | check [FOLDER...] | new NAME | run NAME
      Lessons: see them, check all that they claim, begin a new one, run one.
  bistro sandbox [allow WHAT | forget WHAT | list]
      What keeps programs in, and what you have allowed them.
  bistro add [NAME[@VERSION]...]
      Add packages of the npm registry to the programs of a folder.
  bistro help [COMMAND]
      This page, or more about one command.
  bistro --version
      The versions of Bistro and of what it is built on.
)");

constexpr std::array<std::pair<std::string_view, const char*>, 16> kPages {{
    {"run", QT_TRANSLATE_NOOP("Help", R"(bistro run [--trace FILE] [--detail WORD] [--counts] [--visits N]
           [node flags] FILE [args]

Runs a program with the same input, output and exit code as under node. Records what
its event loop did. Whatever follows Bistro's own options goes to node.

  --trace FILE   Record into FILE. Bistro replaces a trace that is there already, but
                 no other file. Without this option the trace goes to
                 $XDG_STATE_HOME/bistro/runs (else ~/.local/state/bistro/runs), which
                 keeps the last 20.
  --detail WORD  How much to record.
                 packages  As lines, and those of packages (node_modules), too.
                 lines     Also each line of your own files, with its variables.
                           You get this without the option.
                 events    What the event loop did, and no lines. You get this
                           with node flags that measure, such as --cpu-prof.
                 off       Nothing.
  --counts       Count exactly how often each line runs, however often that is. This
                 makes loops slower. bistro lines shows the counts.
  --visits N     Record a line in full until it has run so often in one callback.
                 You get 1,000 without the option. After that the function runs at
                 full speed, and the rest of its lines is not recorded.
  --no-record    The same as --detail off.
  --unconfined   Put up no walls: the program may do whatever you may. Without it, see
                 bistro help sandbox.

Bistro does not record child processes and worker threads; the trace says that the
program started them. Exit code: the program's own.

  bistro run lesson.js
  bistro run --trace lesson.bistro --trace-warnings lesson.mjs one two
  bistro run --detail events lesson.js
  bistro run -e 'setTimeout(() => console.log("later"), 10)'
)")},
    {"show", QT_TRANSLATE_NOOP("Help", R"(bistro show TRACE [--internals] [--json] [--from N --to M]

Prints a recorded run, one step of the program a line. You see the number of its
event, the milliseconds since the start, what happens, and where in the program.

  --internals
             Each event, also what Node does for itself: with its name and its
             fields. A "~" before the name says that Bistro concluded the event.
  --json     Each event, one JSON object a line. The names are those of
             engine/trace/FORMAT.md, and times are in nanoseconds.
  --from N   Start with event N (the first is 0).
  --to M     End with event M.

Of a damaged trace you see what comes before the damage. Exit code: 0; 1 when Bistro
can't open it, or when it holds fewer events than it claims.
)")},
    {"state", QT_TRANSLATE_NOOP("Help", R"(bistro state TRACE [--at N] [--internals] [--json]

Prints the state of the program after one event of a recorded run. You see what runs,
what is ready in which order, and what the program still waits for. Of a run with lines
you see your functions, too, with their variables.

  --at N       After event N, numbered as bistro show does. Without it, after the last.
  --internals  Node's own orders, too. Without it they are only counted.
  --json       One object of JSON, with the names of app/state/STATE.md and times in
               nanoseconds.

Exit code: 0; 1 when Bistro can't open the trace, or when it has no such event.
)")},
    {"lines", QT_TRANSLATE_NOOP("Help", R"(bistro lines TRACE [FILE:LINE] [--values a,b] [--json]

Prints a recorded run line by line. You see the number of the event, milliseconds since
the start, and the place. Then come the function, the number of its call, and what its
variables held before that line ran. A call has a row when it begins and when it ends.

  FILE:LINE     Each time that this line ran, as if you had printed the variables there.
                FILE is a path or the end of one. Without LINE, all lines of that file.
  --values a,b  These variables, in this order. Properties go with a dot: bill.total.
                Without it, the function's own variables.
  --json        One object of JSON a line, with the names of app/state/STATE.md. It has
                all variables that the line can see.

  bistro lines lesson.bistro
  bistro lines lesson.bistro greet.js:9 --values price,bill.total

Exit code: 0; 1 when Bistro can't open the trace, or when it has no such line or name.
)")},
    {"check", QT_TRANSLATE_NOOP("Help", R"(bistro check TRACE [--json]

Goes through a recorded run with Bistro's model of the event loop. Checks that
whatever started was at the head of the queue that the model said. Prints how many
callbacks of each kind started, and how many of them the model predicted. Shows the
events around each one that it did not predict.

  --json     One JSON object: events, starts (for each kind: started, predicted),
             entered (by the program itself or within a callback), late (told only
             when they started), and violations (index, breach, sentence).

Exit code: 0 when it predicted all; 3 otherwise; 1 when Bistro can't read the trace.
)")},
    {"why", QT_TRANSLATE_NOOP("Help", R"(bistro why TRACE QUESTION [--runtime] [--json]

Answers one question about a recorded run in words. You get a sentence, its reasons,
its rule, and the numbers of the events that it follows from.

  --now N            Why does this run at event N, and not another order that is ready?
                     bistro show prints the numbers of events.
  --pending ORDER    What comes before this order? ORDER is its async id, or "promise N",
                     as bistro state prints them.
  --at N             With --pending: after event N; without it, after the last.
  --before LINE LINE
                     Why did one of these lines of output come first? The first line of
                     output is 1.
  --runtime          In the words of the runtime; else in those of the restaurant.
  --json             One object of JSON, with the names of app/why/WHY.md.

The rules have a page each in app/why/RULES.md. Exit code: 0; 1 when Bistro can't open
the trace, or when it has no such event, order or line.
)")},
    {"findings", QT_TRANSLATE_NOOP("Help", R"(bistro findings TRACE [--json] [--runtime]

Says what is worth knowing about a recorded run as a whole. It finds calls that
blocked the loop, late timers, starved phases and jobs that waited for a thread. It
finds awaits in series, rejections that nobody handled in time, and races. It says
what keeps the program alive. Each with what it was, since when, who waited, and what
helps.

  --json      One object of JSON a line, with the names of app/why/WHY.md.
  --runtime   In the words of the runtime; else in those of the restaurant.

Exit code: 0, also when there is nothing to say; 1 when Bistro can't open the trace.
)")},
    {"glossary", QT_TRANSLATE_NOOP("Help", R"(bistro glossary [WORD] [--runtime]

Says what a word means, in a sentence or two: first for the restaurant, then for the
runtime. Also names related words, and the example in the window that shows it best.
Without a word, lists all of them.

  --runtime   In the list, the words of the runtime; else those of the restaurant.

  bistro glossary tick
  bistro glossary call stack

Exit code: 0; 1 when there is no such word.
)")},
    {"save", QT_TRANSLATE_NOOP("Help", R"(bistro save TRACE FILE [--without-values]

Copies a recorded run to FILE, with its bookmarks.

  --without-values
             Leave out what variables and properties held, and what functions got and
             gave back. Lines and calls stay. So do the text of your program, what it
             printed, its command line, names of files, and errors that ended it.

  bistro save lesson.bistro for-you.bistro --without-values

Exit code: 0; 1 when Bistro can't read the trace or can't write FILE.
)")},
    {"verify", QT_TRANSLATE_NOOP("Help", R"(bistro verify [--node PATH] [node flags] FILE [args]

Runs a program three times under node and three times recorded in Bistro, without
input. Compares standard output, standard error and exit code, byte by byte. Leaves
out process ids in warnings, as in (node:1234).

  --node PATH   The node to compare with; else the one found in PATH.

It says "identical", or shows the first difference, or says that the program is a
race. In a race, node itself does not print the same thing each time.

Exit code: 0 for identical or a race; 3 for different; 1 when Bistro can't run it.
)")},
    {"predict", QT_TRANSLATE_NOOP("Help", R"(bistro predict [node flags] FILE [args]

Runs a program and then asks you, for each callback of your own: who is next? You
answer with a number. It says whether you are right, and why the next one comes next.
What nobody can foresee is not asked. At the end you see your score.

  bistro predict lesson.js

Exit code: 0; 1 when Bistro can't run the program.
)")},
    {"lesson", QT_TRANSLATE_NOOP("Help", R"(bistro lesson list [FOLDER]
bistro lesson check [FOLDER...]
bistro lesson new NAME
bistro lesson run NAME

Lessons teach what Node does, with a program to change. FORMAT.md in the folder
lessons says how to write one with a text editor.

  list    Names the lessons of a folder; without one, those of Bistro's own course.
          Says of each broken lesson what is wrong, by file and line. Runs nothing.
  check   Runs the programs, answers and wrong answers of lessons, and compares all
          that the lessons claim. A folder holds one lesson, or several.
  new     Makes a folder NAME with a small whole lesson to go on from.
  run     Runs the program of a lesson and checks it. NAME is its number, its name, or
          its folder.

  bistro lesson new 01-my-first-lesson
  bistro lesson check 01-my-first-lesson

Exit code: 0; 1 when a lesson is broken, or a check is not right.
)")},
    {"sandbox", QT_TRANSLATE_NOOP("Help", R"(bistro sandbox
bistro sandbox allow|forget WHAT [--for FOLDER]
bistro sandbox list [--all] [--for FOLDER] [--json]

A program reads and changes what lies in its workspace. That is the folder of the nearest
package.json, else the program's own. It reaches nothing else of yours and no other
computer, unless you allow it. What you allow holds for the programs of one workspace.

Without a word after it, says what keeps programs in on this computer. Also says what you
have allowed them in the current folder.

  allow   Allows the programs of a workspace more, from their next run on.
  forget  Takes that back. "forget all" takes back everything.
  list    Prints what is allowed, as you would type it.

WHAT is one of these:

  host NAME[:PORT]  Connect to this host.
  internet          Connect to any host.
  read FOLDER       Read this folder or file, too.
  write FOLDER      Read and change this folder or file, too.
  programs          Start programs that are not the system's.
  addons            Load native addons.
  npm               Run the install scripts of packages.

What all that one run starts may use at most is also set so, by a number:

  memory MB         Memory. Without a number of yours 4096.
  processes N       Child processes at a time: 64.
  file-size MB      One file: 1024.
  written MB        What is written to disk in all: 8192.
  open-files N      Files that one process has open: 4096.
  seconds N         Time. Without a number of yours there is no limit.

  --for FOLDER  The workspace of this folder; else that of the current one.
  --all         Every workspace.
  --json        One object of JSON a line: the workspace, and what is allowed there.

  bistro sandbox allow host example.org:443
  bistro sandbox allow memory 8192
  bistro sandbox forget memory
  bistro sandbox forget all

Exit code: 0; 1 when Bistro can't do it, or when there is nothing to forget.
)")},
    {"add", QT_TRANSLATE_NOOP("Help", R"(bistro add [NAME[@VERSION]...] [--for FOLDER] [--json]

Adds packages to a workspace: the folder of the nearest package.json, else the current
one. There, require and import find them. Without a NAME, adds all that the package.json
names. npm does it, and its own lines show how far it is.

npm stays within walls, as a program does: it changes the workspace alone and reaches
the registry alone. Install scripts of packages don't run, unless you have allowed them
for this folder. If it fails, or you stop it, all is as it was before.

  --for FOLDER  The workspace of this folder; else that of the current one.
  --json        Each line of npm's as an object of JSON, then one with what came of it.

  bistro add express
  bistro add lodash@4.17 @types/node
  bistro sandbox allow npm

npm takes the registry, proxy and certificates from its own settings: from the
environment (npm_config_registry) and from your .npmrc. It gets no logins from there.

Exit code: 0; 1 when nothing was added; 130 when you stopped it.
)")},
    {"help", QT_TRANSLATE_NOOP("Help", R"(bistro help [COMMAND]

Prints all commands, or more about one of these:

  run, show, state, lines, check, why, findings, glossary, save, verify, predict, lesson,
  sandbox, add, --version
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
