#include "lesson/expectationreader.h"

#include "lesson/lessonfiles.h"
#include "state/describe.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr qsizetype kMostLines = 100;
constexpr qsizetype kMostExpectations = 50;

struct ExpectationPlace {
    const YamlNode& node; // the value after the word
    const QString& folder;
    FaultList& faults;
    QString word;

    std::nullopt_t fault(const QString& sentence) const
    {
        faults.add(node.line, sentence);
        return std::nullopt;
    }
};

using MayBeExpected = std::optional<Expected>;

// A value that is one of these words.
bool isWord(const ExpectationPlace& place, const QStringList& words)
{
    if (place.node.kind == YamlNode::Kind::Text && words.contains(place.node.text))
        return true;
    place.faults.add(
        place.node.line, FormatWords::tr("After \"%1\" stands one of these: %2.").arg(place.word, words.join(u", "_s)));
    return false;
}

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

MayBeExpected readExit(const ExpectationPlace& place)
{
    bool isNumber = false;
    const int code = place.node.text.toInt(&isNumber);
    if (place.node.kind != YamlNode::Kind::Text || !isNumber || code < 0 || code > 255)
        return place.fault(FormatWords::tr("\"exit\" needs a whole number from 0 to 255."));
    return expect::ExitCode {code};
}

MayBeExpected readEnds(const ExpectationPlace& place)
{
    return isWord(place, {u"true"_s}) ? MayBeExpected(expect::Ends {}) : std::nullopt;
}

MayBeExpected readApi(const ExpectationPlace& place)
{
    static const QRegularExpression api(u"^[A-Za-z_$][\\w$]{0,40}(\\.[A-Za-z_$][\\w$]{0,40}){0,3}$"_s);
    if (place.node.kind != YamlNode::Kind::Text || !api.match(place.node.text).hasMatch())
        return place.fault(FormatWords::tr("\"%1\" needs the name of a function, as in: fs.readFile.").arg(place.word));
    return expect::Uses {.api = place.node.text, .uses = place.word == "uses"_L1};
}

MayBeExpected readBlocked(const ExpectationPlace& place)
{
    const LessonFields fields(place.node, keysof::blocked, place.faults);
    const auto limit = fields.duration("less-than", 60s);
    if (!limit)
        return {};
    return expect::BlockedLess {*limit};
}

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
            return place.fault(FormatWords::tr("After \"%1\" stands true.").arg(utf16(word)));
    }
    least.least = fields.number("at-least");
    least.most = fields.number("at-most");
    if (said != 1)
        return place.fault(FormatWords::tr("\"measure\" needs one thing that is measured, as in: open-at-once: true."));
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

MayBeExpected readTimersLeft(const ExpectationPlace& place)
{
    return isWord(place, {u"0"_s}) ? MayBeExpected(expect::TimersLeft {}) : std::nullopt;
}

MayBeExpected readRejections(const ExpectationPlace& place)
{
    return isWord(place, {u"0"_s}) ? MayBeExpected(expect::Rejections {}) : std::nullopt;
}

MayBeExpected readOverlap(const ExpectationPlace& place)
{
    return isWord(place, {u"requests"_s}) ? MayBeExpected(expect::Overlap {}) : std::nullopt;
}

MayBeExpected readPlacedIn(const ExpectationPlace& place)
{
    const LessonFields fields(place.node, keysof::placedIn, place.faults);
    expect::PlacedIn in {.line = fields.text("line"), .kind = fields.text("kind")};
    if (!in.kind.isEmpty() && !orderKindNamed(in.kind)) {
        fields.fault("kind",
            FormatWords::tr("There is no kind of order \"%1\". ").arg(in.kind) + nearestOf(in.kind, orderKindNames()));
        return {};
    }
    if (const QString by = fields.text("by"); !by.isEmpty() && by != "io"_L1) {
        fields.fault("by", FormatWords::tr("After \"%1\" stands one of these: %2.").arg("by"_L1, "io"_L1));
        return {};
    }
    if (in.line.isEmpty() || in.kind.isEmpty() || !fields.has("by"))
        return {};
    return in;
}

MayBeExpected readFile(const ExpectationPlace& place)
{
    const LessonFields fields(place.node, keysof::file, place.faults);
    if (!fields.isMap())
        return {};
    expect::File file;
    if (int(fields.has("exists")) + int(fields.has("gone")) + int(fields.has("contains")) != 1)
        return place.fault(FormatWords::tr("\"file\" needs one of these: exists, gone, contains."));
    if (fields.has("contains") != fields.has("name"))
        return place.fault(FormatWords::tr("In \"file\", \"contains\" and \"name\" go together."));
    const char* const key = fields.has("exists") ? "exists" : fields.has("gone") ? "gone" : "name";
    file.how = fields.has("exists") ? expect::File::How::Exists
        : fields.has("gone")        ? expect::File::How::Gone
                                    : expect::File::How::Contains;
    file.name = fields.text(key);
    if (fields.has("contains"))
        file.text = fields.text("contains");
    if (file.name.isEmpty() || (fields.has("contains") && file.text.isEmpty()))
        return {};
    if (!isInnerPath(file.name)) {
        fields.fault(key, FormatWords::tr("\"%1\" is no file within the program's folder.").arg(file.name));
        return {};
    }
    return file;
}

MayBeExpected readAnswers(const ExpectationPlace& place)
{
    const LessonFields fields(place.node, keysof::answers, place.faults);
    if (!fields.isMap())
        return {};
    expect::Answers answers;
    if (fields.has("status")) {
        const auto status = fields.whole("status", 100, 599);
        if (!status)
            return {};
        answers.status = *status;
    }
    answers.contains = fields.text("contains");
    return answers;
}

MayBeExpected readBottleneck(const ExpectationPlace& place)
{
    if (!isWord(place, {u"waiter"_s, u"not-waiter"_s}))
        return {};
    return expect::WaiterIsTheBottleneck {place.node.text == "waiter"_L1};
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

MayBeExpected readScript(const ExpectationPlace& place)
{
    const QString& name = place.node.text;
    if (place.node.kind != YamlNode::Kind::Text || !name.endsWith(".mjs"_L1) || !isInnerPath(name))
        return place.fault(FormatWords::tr("\"script\" needs a file of the lesson, as in: check.mjs."));
    if (const auto wrong = fileFault(place.folder, name))
        return place.fault(*wrong);
    return expect::Script {name};
}

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
            fields.fault(key, FormatWords::tr("There is no \"{%1}\". ").arg(name) + nearestOf(name, known));
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

Measure readMeasure(const YamlNode& node, FaultList& faults)
{
    QStringList known;
    for (const std::string_view word : measureWords())
        known += utf16(word);
    if (node.kind == YamlNode::Kind::Text) {
        if (const auto kind = measureKind(node.text.toStdString()))
            return {.kind = *kind, .from = {}, .to = {}};
        faults.add(
            node.line, FormatWords::tr("There is no measure \"%1\". ").arg(node.text) + nearestOf(node.text, known));
        return {};
    }
    const LessonFields fields(node, keysof::measure, faults);
    if (!fields.isMap())
        return {};
    if (fields.has("between") == fields.has("printed")) {
        faults.add(node.line, FormatWords::tr("\"measure\" needs one thing that is measured, as in: open-at-once."));
        return {};
    }
    return fields.has("between") ? between(fields) : printed(fields);
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
            FormatWords::tr("Here a list of 1 to %1 expectations is needed, each with a dash.").arg(kMostExpectations));
        return all;
    }
    for (const YamlNode& item : node.items) {
        if (auto expectation = readExpectation(item, folder, faults))
            all += std::move(*expectation);
    }
    return all;
}

} // namespace bistro::app
