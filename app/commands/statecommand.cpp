#include "commands/commands.h"

#include "commands/answer.h"
#include "commands/complaints.h"
#include "state/describe.h"
#include "state/owner.h"
#include "state/statejson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QScopeGuard>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct State {
    Q_DECLARE_TR_FUNCTIONS(State)
};

// People see the first of each list, and how many more there are.
constexpr std::size_t kShown = 20;

QString orderLine(const QJsonObject& order)
{
    const QString place = order[u"place"_s].toString();
    return order[u"title"_s].toString() + u" ("_s + order[u"kind"_s].toString() + u", "_s + order[u"order"_s].toString()
        + u')' + (place.isEmpty() ? QString() : u"  at "_s + place);
}

// The order that a row of the state is about.
OrderId orderOfRow(const QJsonObject& row)
{
    const QStringList words = row[u"order"_s].toString().split(u' ');
    if (words.size() != 2)
        return {};
    const std::uint32_t number = words[1].toUInt();
    return words[0] == "promise"_L1 ? OrderId::promise(number)
        : words[0] == "handler"_L1  ? OrderId::handler(number)
                                    : OrderId::async(number);
}

// The same object as a page: what people read cannot differ from what scripts read.
QString page(const QJsonObject& state, const TraceLog* programsOf)
{
    const auto milliseconds = [](const QJsonValue& nanoseconds) {
        return QString::number(nanoseconds.toDouble() / 1e6, 'f', 3) + u" ms"_s;
    };
    QString text
        = State::tr("After event %1, at %2").arg(state[u"event"_s].toInteger()).arg(milliseconds(state[u"time"_s]))
        + u'\n';
    const QString phase = state[u"phase"_s].toString();
    text += State::tr("Iteration %1, %2")
                .arg(state[u"iteration"_s].toInteger())
                .arg(phase.isEmpty() ? State::tr("outside the phases") : State::tr("%1 phase").arg(phase));
    if (state[u"asleep"_s].toBool()) {
        const auto timeout = state[u"pollTimeout"_s].toInteger();
        text += State::tr(": the loop waits %1 (%2)")
                    .arg(timeout < 0 ? State::tr("for as long as it takes") : State::tr("%1 ms at most").arg(timeout),
                        state[u"pollReason"_s].toString());
    }
    text += u'\n';
    if (state[u"ended"_s].toBool())
        text += State::tr("The run has ended.") + u'\n';
    const auto section = [&text, programsOf](const QString& title, const QJsonArray& all, auto line) {
        if (all.isEmpty())
            return;
        text += u'\n' + title + u'\n';
        QJsonArray lines;
        for (const QJsonValue& row : all) {
            const OrderId order = orderOfRow(row.toObject());
            const bool isOwn = programsOf && order && ownerOf(*programsOf, order) != Owner::Program;
            // In some calls of Node's the program's functions run.
            if (!isOwn || (programsOf->startedAt(order) != kNoEvent && !isNodesOwnTurn(*programsOf, order)))
                lines += row;
        }
        const auto own = static_cast<int>(all.size() - lines.size());
        const auto tellOwn = qScopeGuard([&] {
            if (own > 0)
                text += u"  "_s + State::tr("%n of Node's own or of packages", nullptr, own) + u'\n';
        });
        for (qsizetype i = 0; i < lines.size() && i < static_cast<qsizetype>(kShown); ++i)
            text += u"  "_s + line(i + 1, lines[i].toObject()) + u'\n';
        if (lines.size() > static_cast<qsizetype>(kShown))
            text += u"  "_s + State::tr("and %1 more").arg(lines.size() - static_cast<qsizetype>(kShown)) + u'\n';
    };
    section(State::tr("Running, outermost first"), state[u"running"_s].toArray(),
        [](qsizetype, const QJsonObject& one) { return orderLine(one); });
    section(
        State::tr("Call stack, innermost first"), state[u"stack"_s].toArray(), [](qsizetype, const QJsonObject& one) {
            const QString function = one[u"function"_s].toString();
            return (function.isEmpty() ? State::tr("(top level)") : function) + u"  "_s + one[u"script"_s].toString()
                + u':' + QString::number(one[u"line"_s].toInteger());
        });
    const auto frame = [](qsizetype, const QJsonObject& one) {
        const QString function = one[u"function"_s].toString();
        return (function.isEmpty() ? State::tr("(top level)") : function) + u"  "_s
            + one[u"file"_s].toString().section(u'/', -1) + u':' + QString::number(one[u"line"_s].toInteger()) + u"  "_s
            + one[u"summary"_s].toString();
    };
    section(State::tr("Lines, innermost first"), state[u"frames"_s].toArray(), frame);
    section(State::tr("Lines that wait at an await"), state[u"pausedFrames"_s].toArray(),
        [&frame](qsizetype number, const QJsonObject& one) {
            const QString told = one[u"goesOnText"_s].toString();
            const QString goesOn = one.contains(u"throws"_s) ? State::tr("%1 will be thrown there").arg(told)
                                                             : State::tr("goes on with %1").arg(told);
            return frame(number, one) + (told.isEmpty() ? QString() : u"  "_s + goesOn);
        });
    section(State::tr("Ready, in the order of serving"), state[u"ready"_s].toArray(),
        [](qsizetype number, const QJsonObject& one) {
            return u"%1. %2: "_s.arg(number).arg(one[u"queue"_s].toString()) + orderLine(one)
                + State::tr(", in iteration %1").arg(one[u"servedIn"_s].toInteger());
        });
    section(State::tr("Timers, in the order in which they run"), state[u"timers"_s].toArray(),
        [](qsizetype, const QJsonObject& one) {
            return orderLine(one) + State::tr(", due at %1 ms of the loop's clock").arg(one[u"due"_s].toInteger());
        });
    const QJsonObject pool = state[u"pool"_s].toObject();
    if (pool[u"waiting"_s].toInteger() + pool[u"done"_s].toInteger() + pool[u"busy"_s].toArray().size() > 0) {
        section(State::tr("In the thread pool"), pool[u"busy"_s].toArray(), [](qsizetype, const QJsonObject& one) {
            return State::tr("thread %1: ").arg(one[u"worker"_s].toInteger()) + orderLine(one);
        });
        text += u'\n'
            + State::tr("Thread pool: %1 waiting, %2 done and not delivered")
                  .arg(pool[u"waiting"_s].toInteger())
                  .arg(pool[u"done"_s].toInteger())
            + u'\n';
    }
    section(State::tr("Awaited from the kernel"), state[u"kernel"_s].toArray(),
        [](qsizetype, const QJsonObject& one) { return one[u"wait"_s].toString() + u": "_s + orderLine(one); });
    const auto plain = [](qsizetype, const QJsonObject& one) { return orderLine(one); };
    section(State::tr("Closing, in the order in which they were closed"), state[u"closing"_s].toArray(), plain);
    QJsonArray paused;
    for (const QJsonValue& promise : state[u"promises"_s].toArray()) {
        if (promise.toObject()[u"origin"_s].toString() == "await"_L1)
            paused += promise;
    }
    section(State::tr("Functions paused at an await"), paused, [](qsizetype, const QJsonObject& one) {
        return orderLine(one) + State::tr(", waits for %1").arg(one[u"waitsFor"_s].toString());
    });
    section(State::tr("Rejected, and nobody has caught it"), state[u"unhandled"_s].toArray(),
        [](qsizetype, const QJsonObject& one) { return orderLine(one) + u": "_s + one[u"message"_s].toString(); });
    section(State::tr("Connections"), state[u"connections"_s].toArray(), plain);
    section(State::tr("Requests"), state[u"requests"_s].toArray(), [](qsizetype, const QJsonObject& one) {
        return u"%1 %2 (%3)"_s.arg(
            one[u"method"_s].toString(), one[u"path"_s].toString(), one[u"direction"_s].toString());
    });
    section(State::tr("Keep the program alive"), state[u"keepsAlive"_s].toArray(), plain);
    section(State::tr("Unreferenced: do not keep it alive"), state[u"unreferenced"_s].toArray(), plain);
    const QJsonObject totals = state[u"totals"_s].toObject();
    text += u'\n'
        + State::tr("%1 promises pending; %2 outputs; longest call %3; asleep %4")
              .arg(state[u"pendingPromises"_s].toInteger())
              .arg(totals[u"lines"_s].toInteger())
              .arg(milliseconds(totals[u"longestBlock"_s]), milliseconds(totals[u"asleep"_s]))
        + u'\n';
    QString result;
    for (const QString& line : text.split(u'\n'))
        result += printable(line) + u'\n';
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
        return complain(noSuchEvent(command.trace.string(), command.at.value_or(0), trace.size()));
    Lines lines(trace);
    lines.refresh();
    const QJsonObject object = stateObject(
        trace, trace.stateAt(command.at ? static_cast<Index>(*command.at) + 1 : trace.size()), &lines);
    Output out;
    if (command.json)
        out.buffer() = QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() + '\n';
    else
        out.buffer() = page(object, command.internals ? nullptr : &trace).toStdString();
    return finish(out, **log);
}

} // namespace bistro::app
