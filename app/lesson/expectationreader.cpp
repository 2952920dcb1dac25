#include "lesson/expectationreader.h"

#include "lesson/expectedvalues.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostExpectations = 50;

struct ExpectationWord {
    std::string_view name;
    MayBeExpected (*read)(const ExpectationPlace&);
};

constexpr ExpectationWord kWords[] {{"output", readOutput}, {"order", readOrder}, {"exit", readExit},
    {"ends", readEnds}, {"uses", readApi}, {"avoids", readApi}, {"blocked", readBlocked}, {"measure", readMeasured},
    {"together", readTogether}, {"timers-left", readTimersLeft}, {"rejections", readRejections},
    {"overlap", readOverlap}, {"placed-in", readPlacedIn}, {"file", readFile}, {"answers", readAnswers},
    {"bottleneck", readBottleneck}, {"one-order", readOneOrder}, {"race", readRace}, {"script", readScript}};

// "right" and "not-yet" follow "Right: " and "Not yet: ".
QString sentenceOf(const LessonFields& fields, const char* key, bool mayMeasure)
{
    const QString text = fields.text(key, 200).simplified();
    if (text.isEmpty())
        return text;
    if (text[0].isUpper() && !(text.size() > 1 && (text[1].isUpper() || text[1].isDigit())))
        fields.fault(
            key, FormatWords::tr("\"%1\" follows a colon: begin it with a small letter.").arg(QLatin1StringView(key)));
    if (!text.endsWith(u'.'))
        fields.fault(
            key, FormatWords::tr("\"%1\" is a sentence: end it with a full stop.").arg(QLatin1StringView(key)));
    static const QRegularExpression hole(u"\\{([a-z]+)\\}"_s);
    for (auto it = hole.globalMatch(text); it.hasNext();) {
        const QString name = it.next().captured(1);
        const QStringList known {u"measured"_s, u"by"_s, u"line"_s, u"printed"_s};
        if (!mayMeasure)
            fields.fault(key, FormatWords::tr("\"{%1}\" goes with \"not-yet\" only.").arg(name));
        else if (!known.contains(name))
            fields.fault(key, FormatWords::tr("There is no \"{%1}\". ").arg(name) + allowedOf(name, known));
    }
    return text;
}

} // namespace

std::span<const std::string_view> expectationWords()
{
    static constexpr auto all = [] {
        std::array<std::string_view, std::size(kWords)> names;
        std::ranges::transform(kWords, names.begin(), &ExpectationWord::name);
        return names;
    }();
    return all;
}

std::optional<Expectation> readExpectation(const YamlNode& node, const QString& folder, FaultList& faults)
{
    QStringList words;
    for (const ExpectationWord& word : kWords)
        words += utf16(word.name);
    if (node.kind != YamlNode::Kind::Map) {
        faults.add(node.line, FormatWords::tr("An expectation is a word with a colon and a value, as in: exit: 0."));
        return {};
    }
    const ExpectationWord* found = nullptr;
    std::size_t at = 0;
    int count = 0;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        const std::string name = node.keys[i].name.toStdString();
        if (const auto* const word = std::ranges::find(kWords, name, &ExpectationWord::name);
            word != std::end(kWords)) {
            ++count;
            found = word;
            at = i;
        }
    }
    if (count > 1) {
        faults.add(node.line,
            FormatWords::tr("Here are %1 expectations in one. Begin each with a dash of its own.").arg(count));
        return {};
    }
    if (count == 0) { // the first key is taken for the word, unless it is one that goes beside it
        const auto unknown = std::ranges::find_if_not(
            node.keys, [](const YamlKey& key) { return keysof::expectation.has(key.name.toStdString()); });
        faults.add(unknown == node.keys.end() ? node.line : unknown->line,
            unknown == node.keys.end() ? FormatWords::tr("Here nothing is expected. ") + nearestOf({}, words)
                                       : FormatWords::tr("There is no expectation \"%1\". ").arg(unknown->name)
                    + nearestOf(unknown->name, words));
        return {};
    }
    const qsizetype before = faults.all().size();
    const LessonFields fields(node, keysof::expectation, faults, node.keys[at].name);
    const ExpectationPlace place {node.items[at], folder, faults, node.keys[at].name};
    MayBeExpected what = found->read(place);
    Expectation expectation;
    expectation.right = sentenceOf(fields, "right", false);
    expectation.notYet = sentenceOf(fields, "not-yet", true);
    expectation.show = fields.moment("show");
    expectation.sourceLine = node.line;
    if (const YamlNode* const with = fields.find("with"))
        expectation.with = readRunWith(*with, true, faults);
    if (!what || faults.all().size() != before)
        return {};
    expectation.what = std::move(*what);
    return expectation;
}

QList<Expectation> readExpectations(const YamlNode& node, const QString& folder, FaultList& faults)
{
    QList<Expectation> all;
    if (node.kind != YamlNode::Kind::List || node.items.empty() || node.items.size() > kMostExpectations) {
        faults.add(node.line,
            FormatWords::tr("Write a list of 1 to %1 expectations here, each with a dash.").arg(kMostExpectations));
        return all;
    }
    for (const YamlNode& item : node.items) {
        if (auto expectation = readExpectation(item, folder, faults))
            all += std::move(*expectation);
    }
    return all;
}

} // namespace bistro::app
