#include "commands/commands.h"

#include "process/output.h"
#include "state/check.h"
#include "state/runtimerules.h"
#include "trace/text.h"

#include <algorithm>
#include <format>
#include <numeric>

namespace bistro::app {
namespace {

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

// A law holds for the runtime whose rules it repeats; empty when the trace was made by that one.
std::string ofAnotherRuntime(const trace::Reader& reader)
{
    const RuntimeVersions made = runtimeVersions(reader);
    switch (rulesFit(made)) {
    case RulesFit::Unknown:
    case RulesFit::Same: break;
    case RulesFit::OtherNode:
    case RulesFit::OtherLibuv:
    case RulesFit::OtherBoth:
        return std::format("This trace was made by Node {} with libuv {}; the law is that of Node {} with libuv {}.\n",
            made.node, made.libuv, kNodeOfRules, kLibuvOfRules);
    }
    return {};
}

void printText(Output& output, const LawReport& report, const trace::Reader& reader)
{
    std::string& out = output.buffer();
    for (const Violation& v : report.violations) {
        out += std::format("At event {}: {}.\n", v.at, describe(v));
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
    out += "                started  predicted\n";
    for (std::size_t kind = 1; kind < kOrderKinds; ++kind) {
        if (report.starts[kind] != 0)
            out += std::format("{:<12}{:>11}{:>11}\n", nameOf(static_cast<OrderKind>(kind)), report.starts[kind],
                report.predicted[kind]);
    }
    const std::uint32_t starts = std::accumulate(report.starts.begin(), report.starts.end(), std::uint32_t {0});
    const std::uint32_t predicted = std::accumulate(
        report.predicted.begin(), report.predicted.end(), std::uint32_t {0});
    out += std::format("{:<12}{:>11}{:>11}\n", "all", starts, predicted);
    if (report.entered != 0)
        out += std::format(
            "Besides these, {} were entered from no queue, by the program or within a callback.\n", report.entered);
    if (report.late != 0)
        out += std::format(
            "{} microtasks ran in a queue that a context of vm has for itself: they are told only when they start.\n",
            report.late);
    out += ofAnotherRuntime(reader);
    out += report.holds() ? std::string("The law holds.\n")
                          : std::format("The law does not hold: {} times.\n", report.violations.size());
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
    if (reader->damage())
        return complain(reader->damage()->sentence);
    if (written != kSuccess)
        return written;
    return report.holds() ? kSuccess : kDifferent;
}

} // namespace bistro::app
