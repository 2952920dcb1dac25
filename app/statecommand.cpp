#include "commands.h"

#include "output.h"
#include "state/describe.h"
#include "state/prediction.h"
#include "trace/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

// People see the first of each list, and how many more there are.
constexpr std::size_t kShown = 20;
constexpr std::size_t kEverything = 100'000;

QString string(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString idOf(OrderId order)
{
    return (order.space == OrderId::Space::Promise ? u"promise %1"_s : u"async %1"_s).arg(order.value);
}

QString word(trace::FieldType type, std::uint32_t value)
{
    return string(trace::wordFor(type, value));
}

QString railWord(Rail rail)
{
    switch (rail) {
    case Rail::Ticks: return u"ticks"_s;
    case Rail::Microtasks: return u"microtasks"_s;
    case Rail::Poll: return u"poll"_s;
    case Rail::Check: return u"check"_s;
    case Rail::Closing: return u"closing"_s;
    case Rail::Timers: return u"timers"_s;
    }
    return {};
}

// One object for an order, wherever it stands.
QJsonObject orderObject(const TraceLog& log, OrderId order, OrderKind kind)
{
    return {{u"order"_s, idOf(order)}, {u"kind"_s, string(kindWord(kind, Wording::Runtime))}, {u"title"_s, string(titleOf(log, order))}, {u"place"_s, string(placeText(placeOf(log, order)))}};
}

QJsonObject stateObject(const TraceLog& log, const LoopState& state)
{
    QJsonObject object {
        {u"event"_s, static_cast<qint64>(state.size) - 1},
        {u"time"_s, static_cast<qint64>(state.time)},
        {u"iteration"_s, static_cast<qint64>(state.iteration)},
        {u"phase"_s, state.phase ? word(trace::FieldType::PhaseName, static_cast<std::uint32_t>(*state.phase)) : QString()},
        {u"asleep"_s, state.asleepSince.has_value()},
        {u"pollReason"_s, word(trace::FieldType::PollReasonName, static_cast<std::uint32_t>(state.pollReason))},
        {u"pollTimeout"_s, state.pollTimeout},
        {u"recordingEnded"_s, state.recordingEnded},
        {u"ended"_s, state.end.has_value()},
        {u"pendingPromises"_s, static_cast<qint64>(state.promises.size())},
        {u"waitingTimers"_s, static_cast<qint64>(state.timers.size())},
    };
    QJsonArray running;
    for (const Running& call : state.running) {
        QJsonObject one = orderObject(log, call.order, call.kind);
        one[u"since"_s] = static_cast<qint64>(call.since);
        running += one;
    }
    object[u"running"_s] = running;
    QJsonArray stack;
    for (const CodePlace& place : callStack(log, state, Frames::All))
        stack += QJsonObject {{u"function"_s, string(place.function)}, {u"script"_s, string(place.script)}, {u"line"_s, static_cast<qint64>(place.line)}, {u"column"_s, static_cast<qint64>(place.column)}};
    object[u"stack"_s] = stack;
    QJsonArray ready;
    for (const Serving& serving : servingOrder(state, kEverything)) {
        QJsonObject one = orderObject(log, serving.order, serving.kind);
        one[u"queue"_s] = railWord(serving.rail);
        one[u"servedIn"_s] = static_cast<qint64>(serving.iteration);
        ready += one;
    }
    object[u"ready"_s] = ready;
    QJsonArray timers;
    for (const auto timer : state.timers.inOrder(kEverything)) {
        QJsonObject one = orderObject(log, OrderId::async(timer), OrderKind::Timer);
        one[u"due"_s] = static_cast<qint64>(state.timers.dueOf(timer).value_or(0));
        timers += one;
    }
    object[u"timers"_s] = timers;
    QJsonArray workers;
    for (const PoolLine::Busy& busy : state.pool.busy()) {
        const PoolJob* const job = state.jobs.find(busy.job);
        QJsonObject one = orderObject(log, OrderId::async(job ? job->async : 0), OrderKind::PoolIo);
        one[u"worker"_s] = static_cast<qint64>(busy.worker);
        one[u"job"_s] = static_cast<qint64>(busy.job);
        workers += one;
    }
    object[u"pool"_s] = QJsonObject {{u"workers"_s, static_cast<qint64>(state.pool.workers())}, {u"busy"_s, workers}, {u"waiting"_s, static_cast<qint64>(state.pool.waiting())},
        {u"done"_s, static_cast<qint64>(state.pool.done().size())}};
    std::vector<Waiting> waits;
    state.waits.visit([&](std::uint64_t, const Waiting& wait) { waits.push_back(wait); });
    std::ranges::sort(waits, {}, &Waiting::since);
    QJsonArray kernel;
    for (const Waiting& wait : waits) {
        QJsonObject one = orderObject(log, OrderId::async(wait.async), OrderKind::KernelIo);
        one[u"wait"_s] = word(trace::FieldType::KernelWaitName, static_cast<std::uint32_t>(wait.wait));
        one[u"handle"_s] = static_cast<qint64>(wait.handle);
        kernel += one;
    }
    object[u"kernel"_s] = kernel;
    object[u"totals"_s] = QJsonObject {{u"asleep"_s, static_cast<qint64>(state.totals.asleep)}, {u"longestBlock"_s, static_cast<qint64>(state.totals.longestBlock)},
        {u"collecting"_s, static_cast<qint64>(state.totals.collecting)}, {u"lines"_s, static_cast<qint64>(state.totals.lines)}, {u"outputBytes"_s, static_cast<qint64>(state.totals.outputBytes)}};
    return object;
}

// What could steer a terminal, or turn its text round, becomes "?".
QString safe(QString text)
{
    for (QChar& c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph)
            c = u'?';
    }
    return text;
}

QString orderLine(const QJsonObject& order)
{
    const QString place = order[u"place"_s].toString();
    return order[u"title"_s].toString() + u" ("_s + order[u"kind"_s].toString() + u", "_s + order[u"order"_s].toString() + u')' + (place.isEmpty() ? QString() : u"  at "_s + place);
}

// The same object as a page: what people read cannot differ from what scripts read.
QString page(const QJsonObject& state)
{
    const auto milliseconds = [](const QJsonValue& nanoseconds) { return QString::number(nanoseconds.toDouble() / 1e6, 'f', 3) + u" ms"_s; };
    QString text = u"After event %1, at %2\n"_s.arg(state[u"event"_s].toInteger()).arg(milliseconds(state[u"time"_s]));
    const QString phase = state[u"phase"_s].toString();
    text += u"Iteration %1, %2"_s.arg(state[u"iteration"_s].toInteger()).arg(phase.isEmpty() ? u"outside the phases"_s : phase + u" phase"_s);
    if (state[u"asleep"_s].toBool()) {
        const auto timeout = state[u"pollTimeout"_s].toInteger();
        text += u": the loop waits %1 (%2)"_s.arg(timeout < 0 ? u"for as long as it takes"_s : u"%1 ms at most"_s.arg(timeout), state[u"pollReason"_s].toString());
    }
    text += u'\n';
    if (state[u"ended"_s].toBool())
        text += u"The run has ended.\n"_s;
    const auto section = [&text](const QString& title, const QJsonArray& lines, auto line) {
        if (lines.isEmpty())
            return;
        text += u'\n' + title + u'\n';
        for (qsizetype i = 0; i < lines.size() && i < static_cast<qsizetype>(kShown); ++i)
            text += u"  "_s + line(i + 1, lines[i].toObject()) + u'\n';
        if (lines.size() > static_cast<qsizetype>(kShown))
            text += u"  and %1 more\n"_s.arg(lines.size() - static_cast<qsizetype>(kShown));
    };
    section(u"Running, outermost first"_s, state[u"running"_s].toArray(), [](qsizetype, const QJsonObject& one) { return orderLine(one); });
    section(u"Call stack, innermost first"_s, state[u"stack"_s].toArray(), [](qsizetype, const QJsonObject& one) {
        const QString function = one[u"function"_s].toString();
        return (function.isEmpty() ? u"(top level)"_s : function) + u"  "_s + one[u"script"_s].toString() + u':' + QString::number(one[u"line"_s].toInteger());
    });
    section(u"Ready, in the order of serving"_s, state[u"ready"_s].toArray(), [](qsizetype number, const QJsonObject& one) {
        return u"%1. %2: "_s.arg(number).arg(one[u"queue"_s].toString()) + orderLine(one) + u", in iteration %1"_s.arg(one[u"servedIn"_s].toInteger());
    });
    section(u"Timers, in the order in which they run"_s, state[u"timers"_s].toArray(), [](qsizetype, const QJsonObject& one) {
        return orderLine(one) + u", due at %1 ms of the loop's clock"_s.arg(one[u"due"_s].toInteger());
    });
    const QJsonObject pool = state[u"pool"_s].toObject();
    if (pool[u"waiting"_s].toInteger() + pool[u"done"_s].toInteger() + pool[u"busy"_s].toArray().size() > 0) {
        section(u"In the thread pool"_s, pool[u"busy"_s].toArray(), [](qsizetype, const QJsonObject& one) { return u"thread %1: "_s.arg(one[u"worker"_s].toInteger()) + orderLine(one); });
        text += u"\nThread pool: %1 waiting, %2 done and not delivered\n"_s.arg(pool[u"waiting"_s].toInteger()).arg(pool[u"done"_s].toInteger());
    }
    section(u"Awaited from the kernel"_s, state[u"kernel"_s].toArray(), [](qsizetype, const QJsonObject& one) { return one[u"wait"_s].toString() + u": "_s + orderLine(one); });
    const QJsonObject totals = state[u"totals"_s].toObject();
    text += u"\n%1 promises pending; %2 outputs; longest call %3; asleep %4\n"_s.arg(state[u"pendingPromises"_s].toInteger()).arg(totals[u"lines"_s].toInteger())
                .arg(milliseconds(totals[u"longestBlock"_s]), milliseconds(totals[u"asleep"_s]));
    QString result;
    for (const QString& line : text.split(u'\n'))
        result += safe(line) + u'\n';
    result.chop(1);
    return result;
}

} // namespace

int state(const StateCommand& command)
{
    const auto log = TraceLog::open(command.trace);
    if (!log)
        return complain(log.error());
    const TraceLog& trace = **log;
    if (command.at ? *command.at >= trace.size() : trace.empty())
        return complain(trace.empty() ? "There is no event in \"" + command.trace.string() + "\"."
                                      : "There is no event " + std::to_string(*command.at) + " in \"" + command.trace.string() + "\": it holds " + std::to_string(trace.size()) + ", counted from 0.");
    const QJsonObject object = stateObject(trace, trace.stateAt(command.at ? static_cast<Index>(*command.at) + 1 : trace.size()));
    Output out;
    if (command.json)
        out.buffer() = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + '\n';
    else
        out.buffer() = page(object).toStdString();
    return out.finish();
}

} // namespace bistro::app
