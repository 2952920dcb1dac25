#include "lesson/expectationreader.h"
#include "lesson/expectedvalues.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

std::optional<Measure::Kind> measureKind(std::string_view word)
{
    constexpr std::array kKinds {std::pair {std::string_view("cooks-at-once"), Measure::Kind::CooksAtOnce},
        std::pair {std::string_view("open-at-once"), Measure::Kind::OpenAtOnce},
        std::pair {std::string_view("stack-depth"), Measure::Kind::StackDepth},
        std::pair {std::string_view("idle-waiters"), Measure::Kind::IdleWaiters},
        std::pair {std::string_view("requests"), Measure::Kind::Requests}};
    const auto* const found = std::ranges::find(kKinds, word, &std::pair<std::string_view, Measure::Kind>::first);
    return found == kKinds.end() ? std::nullopt : std::optional(found->second);
}

QStringList namesOfMeasures()
{
    QStringList names {u"between"_s, u"printed"_s};
    for (const std::string_view word : measureWords())
        names += utf16(word);
    return names;
}

QString oneMeasure()
{
    return FormatWords::tr("\"measure\" needs one thing that is measured.") + u' ' + allowedOf({}, namesOfMeasures());
}

Measure between(const LessonFields& fields)
{
    const QStringList lines = fields.texts("between", 2, 2);
    if (lines.size() != 2)
        return {};
    return {.kind = Measure::Kind::Between, .from = lines[0], .to = lines[1]};
}

Measure printed(const LessonFields& fields)
{
    const QString prefix = fields.text("printed");
    return prefix.isEmpty() ? Measure {} : Measure {.kind = Measure::Kind::Printed, .from = prefix, .to = {}};
}

} // namespace

MayBeExpected readBlocked(const ExpectationPlace& place)
{
    const LessonFields fields(place.node, keysof::blocked, place.faults);
    const auto limit = fields.duration("less-than", 60s);
    if (!limit)
        return {};
    return expect::BlockedLess {*limit};
}

MayBeExpected readMeasured(const ExpectationPlace& place)
{
    const LessonFields fields(place.node, keysof::measured, place.faults);
    if (!fields.isMap())
        return {};
    int said = 0;
    expect::AtLeast least;
    if (fields.has("between")) {
        ++said;
        least.measure = between(fields);
    }
    if (fields.has("printed")) {
        ++said;
        least.measure = printed(fields);
    }
    for (const std::string_view word : measureWords()) {
        const YamlNode* const node = place.node.find(utf16(word));
        if (node == nullptr)
            continue;
        ++said;
        least.measure.kind = *measureKind(word);
        if (node->text != "true"_L1)
            return place.fault(FormatWords::tr("\"%1\" needs the value true.").arg(utf16(word)));
    }
    least.least = fields.number("at-least");
    least.most = fields.number("at-most");
    if (said != 1)
        return place.fault(oneMeasure());
    if (!least.least && !least.most)
        return place.fault(FormatWords::tr("\"measure\" needs \"at-least\" or \"at-most\" and a number."));
    if (least.least && least.most && *least.least > *least.most)
        return place.fault(FormatWords::tr("\"at-least\" is more than \"at-most\": no run is like that."));
    if (least.measure.kind == Measure::Kind::None)
        return {};
    return least;
}

MayBeExpected readTogether(const ExpectationPlace& place)
{
    const LessonFields fields(place.node, keysof::together, place.faults);
    expect::Together together {.from = fields.text("from"), .to = fields.text("to")};
    if (fields.has("part")) {
        const auto part = fields.part("part");
        if (!part)
            return {};
        together.part = *part;
    }
    if (together.from.isEmpty() || together.to.isEmpty())
        return {};
    return together;
}

Measure readMeasure(const YamlNode& node, FaultList& faults)
{
    if (node.kind == YamlNode::Kind::Text) {
        if (const auto kind = measureKind(node.text.toStdString()))
            return {.kind = *kind, .from = {}, .to = {}};
        faults.add(node.line,
            FormatWords::tr("There is no measure \"%1\". ").arg(node.text) + allowedOf(node.text, namesOfMeasures()));
        return {};
    }
    const LessonFields fields(node, keysof::measure, faults);
    if (!fields.isMap())
        return {};
    if (fields.has("between") == fields.has("printed")) {
        faults.add(node.line, oneMeasure());
        return {};
    }
    return fields.has("between") ? between(fields) : printed(fields);
}

} // namespace bistro::app
