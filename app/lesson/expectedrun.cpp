#include "lesson/expectedvalues.h"

#include "lesson/lessonfiles.h"

#include <QRegularExpression>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

// A value that is one of these words.
bool isWord(const ExpectationPlace& place, const QStringList& words)
{
    if (place.node.kind == YamlNode::Kind::Text && words.contains(place.node.text))
        return true;
    place.faults.add(
        place.node.line, FormatWords::tr("\"%1\" needs one of these values: %2.").arg(place.word, words.join(u", "_s)));
    return false;
}

} // namespace

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
            FormatWords::tr("There is no kind of order \"%1\". ").arg(in.kind) + allowedOf(in.kind, orderKindNames()));
        return {};
    }
    if (const QString by = fields.text("by"); !by.isEmpty() && by != "io"_L1) {
        fields.fault("by", FormatWords::tr("\"%1\" needs one of these values: %2.").arg("by"_L1, "io"_L1));
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
        fields.fault(key, FormatWords::tr("\"%1\" is not a file within the program's folder.").arg(file.name));
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

MayBeExpected readScript(const ExpectationPlace& place)
{
    const QString& name = place.node.text;
    if (place.node.kind != YamlNode::Kind::Text || !name.endsWith(".mjs"_L1) || !isInnerPath(name))
        return place.fault(FormatWords::tr("\"script\" needs a file of the lesson, as in: check.mjs."));
    if (const auto wrong = fileFault(place.folder, name))
        return place.fault(*wrong);
    return expect::Script {name};
}

} // namespace bistro::app
