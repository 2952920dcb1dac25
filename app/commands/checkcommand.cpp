#include "commands/commands.h"

#include "process/output.h"
#include "state/check.h"
#include "state/runtimerules.h"
#include "trace/text.h"

#include <QCoreApplication>

#include <algorithm>
#include <format>
#include <numeric>

namespace bistro::app {
namespace {

struct Law {
    Q_DECLARE_TR_FUNCTIONS(Law)
};

constexpr Index kBefore = 6; // events shown before one that was not predicted
constexpr Index kAfter = 3;

void printJson(std::string& out, const LawReport& report)
{
    out += std::format("{{\"events\":{},\"starts\":{{", report.events);
    const char* comma = "";
    for (std::size_t kind = 1; kind < kOrderKinds; ++kind) {
        out += std::format("{}\"{}\":{{\"started\":{},\"predicted\":{}}}", comma, nameOf(static_cast<OrderKind>(kind)),
            report.starts[kind], report.predicted[kind]);
        comma = ",";
    }
    out += std::format("}},\"entered\":{},\"late\":{},\"violations\":[", report.entered, report.late);
    comma = "";
    for (const Violation& v : report.violations) {
        out += std::format(
            "{}{{\"index\":{},\"breach\":\"{}\",\"sentence\":\"{}\"}}", comma, v.at, nameOf(v.breach), describe(v));
        comma = ",";
    }
    out += "]}\n";
}

// As in the JSON: "tick #12".
QString called(OrderId order, OrderKind kind)
{
    const std::string_view name = nameOf(kind);
    return QStringLiteral("%1 #%2")
        .arg(QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())))
        .arg(order.value);
}

QString sentenceOf(const Violation& v)
{
    const QString head = v.expected ? Law::tr("%1 was at the head").arg(called(v.expected->order, v.expected->kind))
                                    : Law::tr("the model had nothing to run");
    const QString it = called(v.order, v.kind);
    switch (v.breach) {
    case Breach::NotAtHead: return Law::tr("%1 started, and %2").arg(it, head);
    case Breach::NeverQueued: return Law::tr("%1 started, but nothing had queued it").arg(it);
    case Breach::OutOfTurn: return Law::tr("%1 started before its turn: %2").arg(it, head);
    case Breach::PoolOverfull: return Law::tr("a job began while every thread of the pool had one");
    case Breach::PoolOrder:
        return Law::tr("the loop took the result for #%1, but another job was done first").arg(v.order.value);
    case Breach::ClosingOrder:
        return Law::tr("#%1 got its close callback, but a handle closed later goes first").arg(v.order.value);
    case Breach::LeftQueued: return Law::tr("%1 was still queued when the run ended").arg(it);
    }
    Q_UNREACHABLE_RETURN({});
}

// A law holds for the runtime whose rules it repeats; empty when the trace was made by that one.
QString ofAnotherRuntime(const trace::Reader& reader)
{
    const RuntimeVersions made = runtimeVersions(reader);
    switch (rulesFit(made)) {
    case RulesFit::Unknown:
    case RulesFit::Same: break;
    case RulesFit::OtherNode:
    case RulesFit::OtherLibuv:
    case RulesFit::OtherBoth: {
        const auto text = [](std::string_view version) {
            return QString::fromUtf8(version.data(), static_cast<qsizetype>(version.size()));
        };
        return Law::tr("Node %1 with libuv %2 made this trace. The law is that of Node %3 with libuv %4.")
            .arg(text(made.node), text(made.libuv), text(kNodeOfRules), text(kLibuvOfRules));
    }
    }
    return {};
}

// A row of the table: a name, and two numbers or their titles, at the right.
void row(std::string& out, const QString& name, const QString& started, const QString& predicted)
{
    out += (name.leftJustified(12) + started.rightJustified(11) + predicted.rightJustified(11)).toStdString() + '\n';
}

void printText(Output& output, const LawReport& report, const trace::Reader& reader)
{
    std::string& out = output.buffer();
    const auto line = [&out](const QString& sentence) {
        if (!sentence.isEmpty())
            out += sentence.toStdString() + '\n';
    };
    for (const Violation& v : report.violations) {
        line(Law::tr("At event %1: %2.").arg(v.at).arg(sentenceOf(v)));
        const Index from = v.at - std::min(v.at, kBefore);
        const auto to = static_cast<Index>(std::min<std::size_t>(reader.size(), v.at + kAfter + 1));
        for (Index i = from; i < to; ++i) {
            out += i == v.at ? "  > " : "    ";
            trace::appendLine(out, reader, {i}, reader.event({i}));
            out += '\n';
        }
        out += '\n';
        output.flushIfLarge();
    }
    row(out, {}, Law::tr("started"), Law::tr("predicted"));
    for (std::size_t kind = 1; kind < kOrderKinds; ++kind) {
        const std::string_view name = nameOf(static_cast<OrderKind>(kind)); // as in the JSON
        if (report.starts[kind] != 0)
            row(out, QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size())),
                QString::number(report.starts[kind]), QString::number(report.predicted[kind]));
    }
    const std::uint32_t starts = std::accumulate(report.starts.begin(), report.starts.end(), std::uint32_t {0});
    const std::uint32_t predicted = std::accumulate(
        report.predicted.begin(), report.predicted.end(), std::uint32_t {0});
    row(out, Law::tr("all"), QString::number(starts), QString::number(predicted));
    if (report.entered != 0)
        line(Law::tr("Besides these, %n calls came from no queue: the program made them, or a callback did.", nullptr,
            static_cast<int>(report.entered)));
    if (report.late != 0)
        line(Law::tr("%n microtasks ran in the separate queue of a vm context. Bistro sees those only when they start.",
            nullptr, static_cast<int>(report.late)));
    line(ofAnotherRuntime(reader));
    line(report.holds()
            ? Law::tr("The law holds.")
            : Law::tr("The law does not hold: %n breaches.", nullptr, static_cast<int>(report.violations.size())));
}

} // namespace

int check(const CheckCommand& command)
{
    auto reader = trace::Reader::open(command.trace);
    if (!reader)
        return complain(reader.error().sentence);
    const LawReport report = checkLaw(*reader);
    if (!reader->look())
        return complain(reader->damage()->sentence);
    Output out;
    if (command.json)
        printJson(out.buffer(), report);
    else
        printText(out, report, *reader);
    const int written = out.finish();
    if (report.isCut)
        return complain(Law::tr(
            "Recovered %1 of %2 events: what the next ones say takes more memory than Bistro gives a recording.")
                .arg(report.events)
                .arg(reader->published())
                .toStdString());
    if (reader->damage())
        return complain(reader->damage()->sentence);
    if (written != kSuccess)
        return written;
    return report.holds() ? kSuccess : kDifferent;
}

} // namespace bistro::app
