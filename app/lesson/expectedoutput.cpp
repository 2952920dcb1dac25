#include "lesson/expectedvalues.h"

#include <utility>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

// So many lines, of any that a program prints.
QStringList linesOf(const ExpectationPlace& place, qsizetype least, qsizetype most)
{
    const QStringList lines = textsOf(place.node, place.word, place.faults);
    if (place.node.kind == YamlNode::Kind::List && lines.size() >= least && lines.size() <= most)
        return lines;
    place.faults.add(place.node.line,
        least == most
            ? FormatWords::tr("\"%1\" needs a list of %2 printed lines.").arg(place.word).arg(least)
            : FormatWords::tr("\"%1\" needs a list of at least %2 printed lines.").arg(place.word).arg(least));
    return {};
}

} // namespace

MayBeExpected readOutput(const ExpectationPlace& place)
{
    const LessonFields fields(place.node, keysof::output, place.faults);
    if (!fields.isMap())
        return {};
    int said = 0;
    expect::Printed output;
    if (fields.has("equals")) {
        ++said;
        output.how = expect::Printed::How::Equals;
        const YamlNode& text = *fields.find("equals");
        if (text.kind == YamlNode::Kind::List)
            output.lines = fields.texts("equals", 0, kMostLines);
        else
            output.lines = text.text.split(u'\n');
        if (!output.lines.isEmpty() && output.lines.last().isEmpty())
            output.lines.removeLast();
    }
    for (const auto& [key, how] : {std::pair {"contains", expect::Printed::How::Contains},
             std::pair {"lacks", expect::Printed::How::Lacks}, std::pair {"lines", expect::Printed::How::Lines}}) {
        if (!fields.has(key))
            continue;
        ++said;
        output.how = how;
        output.lines = fields.texts(key, 1, kMostLines);
    }
    if (said != 1)
        return place.fault(FormatWords::tr("\"output\" needs one of these: equals, contains, lacks, lines."));
    if (fields.has("any-order")) {
        if (output.how != expect::Printed::How::Lines)
            return place.fault(FormatWords::tr("\"any-order\" goes with \"lines\" only."));
        if (fields.yes("any-order"))
            output.how = expect::Printed::How::LinesInAnyOrder;
    }
    return output;
}

MayBeExpected readOrder(const ExpectationPlace& place)
{
    const QStringList lines = linesOf(place, 2, 2);
    if (lines.isEmpty())
        return {};
    if (lines[0] == lines[1])
        return place.fault(FormatWords::tr("The two lines of \"order\" are the same."));
    return expect::Order {.first = lines[0], .then = lines[1]};
}

MayBeExpected readOneOrder(const ExpectationPlace& place)
{
    const LessonFields fields(place.node, keysof::oneOrder, place.faults);
    expect::OneOrder order;
    order.lines = fields.texts("lines", 2, kMostLines);
    if (fields.has("runs")) {
        const auto runs = fields.whole("runs", 2, 50);
        if (!runs)
            return {};
        order.runs = *runs;
    }
    if (order.lines.isEmpty())
        return {};
    return order;
}

MayBeExpected readRace(const ExpectationPlace& place)
{
    const QStringList lines = linesOf(place, 2, kMostLines);
    return lines.isEmpty() ? std::nullopt : MayBeExpected(expect::Races {lines});
}

} // namespace bistro::app
