// What the picture and the window show.
#include "why/glossary/entries.h"

#include <QCoreApplication>

namespace bistro::app {
namespace {

using enum Term;

template <Term... others>
constexpr Term kSee[] {others...};

constexpr GlossaryEntry kEntries[] {
    {Pass, "pass",
        {QT_TRANSLATE_NOOP("Glossary", "pass"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The counter with all rails. What hangs there is ready and waits only for the waiter.")},
        {QT_TRANSLATE_NOOP("Glossary", "ready queues"),
            QT_TRANSLATE_NOOP(
                "Glossary", "All queues of callbacks that are ready. They wait only for the JavaScript thread.")},
        kSee<Slip, ServingNumber, Phase, Drain>, "04-four-cooks"},
    {Slip, "slip",
        {QT_TRANSLATE_NOOP("Glossary", "slip"),
            QT_TRANSLATE_NOOP("Glossary", "The paper that stands for one order. It moves to where its order is.")},
        {QT_TRANSLATE_NOOP("Glossary", "slip"),
            QT_TRANSLATE_NOOP("Glossary", "The box that stands for one callback. It lies where that callback waits.")},
        kSee<Order, Pass>, "03-later"},
    {ServingNumber, "serving-number",
        {QT_TRANSLATE_NOOP("Glossary", "serving number"),
            QT_TRANSLATE_NOOP(
                "Glossary", "When an order is served: 1 comes next. Bistro's model of the loop predicts it.")},
        {QT_TRANSLATE_NOOP("Glossary", "serving number"),
            QT_TRANSLATE_NOOP(
                "Glossary", "When a ready callback runs: 1 comes next. Bistro's model of the loop predicts it.")},
        kSee<Pass, Race>, "06-ticks-before-promises"},
    {Tray, "tray",
        {QT_TRANSLATE_NOOP("Glossary", "tray"),
            QT_TRANSLATE_NOOP(
                "Glossary", "What the waiter carries: each plate on it is a function that has not returned.")},
        {QT_TRANSLATE_NOOP("Glossary", "running callback"),
            QT_TRANSLATE_NOOP("Glossary", "The callback that runs now, with the functions that it has called.")},
        kSee<CallStack, JavaScriptThread>, "02-a-stack-of-plates"},
    {Table, "table",
        {QT_TRANSLATE_NOOP("Glossary", "table"),
            QT_TRANSLATE_NOOP("Glossary",
                "Where an order comes from. The main script sits at table 1, and each customer has another table.")},
        {QT_TRANSLATE_NOOP("Glossary", "origin"),
            QT_TRANSLATE_NOOP(
                "Glossary", "In whose name a callback was placed: that of the main script, or of a connection.")},
        kSee<MainScript, Customer>, "27-a-rush"},
    {Customer, "customer",
        {QT_TRANSLATE_NOOP("Glossary", "customer"),
            QT_TRANSLATE_NOOP(
                "Glossary", "A connection that a server has accepted. It sits at a table of its own and orders.")},
        {QT_TRANSLATE_NOOP("Glossary", "connection"),
            QT_TRANSLATE_NOOP("Glossary", "A socket that a server has accepted. Its requests bring callbacks.")},
        kSee<Table, Kernel>, "27-a-rush"},
    {NodesOwn, "nodes-own",
        {QT_TRANSLATE_NOOP("Glossary", "Node's own"),
            QT_TRANSLATE_NOOP("Glossary",
                "Orders that Node places for itself. Bistro only counts them until you ask for Node's own steps.")},
        {QT_TRANSLATE_NOOP("Glossary", "Node's own"),
            QT_TRANSLATE_NOOP("Glossary",
                "Callbacks that Node places for itself. Bistro only counts them until you ask for Node's own "
                "steps.")},
        kSee<Order, Step>, ""},
    {Step, "step",
        {QT_TRANSLATE_NOOP("Glossary", "step"),
            QT_TRANSLATE_NOOP(
                "Glossary", "One thing that happens in the run. The buttons go from step to step, forward and back.")},
        {QT_TRANSLATE_NOOP("Glossary", "step"),
            QT_TRANSLATE_NOOP(
                "Glossary", "One thing that happens in the run. The buttons go from step to step, forward and back.")},
        kSee<Playhead, Timeline>, ""},
    {Playhead, "playhead",
        {QT_TRANSLATE_NOOP("Glossary", "playhead"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The moment that all panels show. Each step and each click in the timeline moves it.")},
        {QT_TRANSLATE_NOOP("Glossary", "playhead"),
            QT_TRANSLATE_NOOP(
                "Glossary", "The moment that all panels show. Each step and each click in the timeline moves it.")},
        kSee<Timeline, Step>, ""},
    {Timeline, "timeline",
        {QT_TRANSLATE_NOOP("Glossary", "timeline"),
            QT_TRANSLATE_NOOP("Glossary",
                "The whole run from left to right, with a lane for each who works. Click to go to a moment.")},
        {QT_TRANSLATE_NOOP("Glossary", "timeline"),
            QT_TRANSLATE_NOOP("Glossary",
                "The whole run from left to right, with a lane for each who works. Click to go to a moment.")},
        kSee<Playhead, Step>, ""},
    {Console, "console",
        {QT_TRANSLATE_NOOP("Glossary", "console"),
            QT_TRANSLATE_NOOP(
                "Glossary", "What the program printed, in the order of time. Each line leads to its moment.")},
        {QT_TRANSLATE_NOOP("Glossary", "console"),
            QT_TRANSLATE_NOOP(
                "Glossary", "What the program printed, in the order of time. Each line leads to its moment.")},
        kSee<Playhead, Race>, ""},
    {Finding, "finding",
        {QT_TRANSLATE_NOOP("Glossary", "finding"),
            QT_TRANSLATE_NOOP("Glossary",
                "Something that Bistro noticed in the run, such as a block or a late egg timer. It says what "
                "helps.")},
        {QT_TRANSLATE_NOOP("Glossary", "finding"),
            QT_TRANSLATE_NOOP("Glossary",
                "Something that Bistro noticed in the run, such as a block or a late timer. It says what helps.")},
        kSee<Blocked, Starving, Race>, "20-one-long-callback"},
    {Narration, "narration",
        {QT_TRANSLATE_NOOP("Glossary", "narration"),
            QT_TRANSLATE_NOOP("Glossary", "A sentence on what has just happened, and the rule that makes it so.")},
        {QT_TRANSLATE_NOOP("Glossary", "narration"),
            QT_TRANSLATE_NOOP("Glossary", "A sentence on what has just happened, and the rule that makes it so.")},
        kSee<Step>, ""},
};

} // namespace

std::span<const GlossaryEntry> pictureWords()
{
    return kEntries;
}

} // namespace bistro::app
