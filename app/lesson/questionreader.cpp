#include "lesson/questionreader.h"

#include "lesson/expectationreader.h"
#include "lesson/lessonfiles.h"

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostRows = 12;
constexpr qsizetype kMostOptions = 6;
constexpr qsizetype kMostQuestionLetters = 200;
constexpr qsizetype kMostRowLetters = 80;

OrderRow readRow(const YamlNode& node, const QuestionPlace& place, FaultList& faults)
{
    if (node.kind == YamlNode::Kind::Text)
        return {.text = node.text, .sourceLine = node.line};
    const LessonFields fields(node, keysof::orderRow, faults);
    OrderRow row {.text = fields.text("text", kMostRowLetters), .sourceLine = node.line};
    if (const auto line = fields.whole("line", 1, 10'000)) {
        row.line = *line;
        if (place.mainLines > 0 && row.line > place.mainLines)
            fields.fault("line",
                FormatWords::tr("The program has no line %1: its last one is %2.").arg(row.line).arg(place.mainLines));
    }
    if (const QString kind = fields.text("kind"); !kind.isEmpty()) {
        if (const auto known = orderKindNamed(kind))
            row.kind = *known;
        else
            fields.fault("kind",
                FormatWords::tr("There is no kind of order \"%1\". ").arg(kind) + allowedOf(kind, orderKindNames()));
    }
    return row;
}

// The number of the row with this text; -1: none, which is told.
int rowNamed(const QList<OrderRow>& rows, const QString& text, const LessonFields& fields, const char* key)
{
    const auto found = std::ranges::find(rows, text, &OrderRow::text);
    if (found != rows.end())
        return static_cast<int>(found - rows.begin());
    QStringList known;
    for (const OrderRow& row : rows)
        known += row.text;
    fields.fault(key, FormatWords::tr("\"%1\" is none of \"lines\". ").arg(text) + allowedOf(text, known));
    return -1;
}

void readRows(PredictOrder& order, const LessonFields& fields, const QuestionPlace& place, FaultList& faults)
{
    const YamlNode* const lines = fields.find("lines");
    if (lines == nullptr)
        return;
    const auto count = static_cast<qsizetype>(lines->items.size());
    if (lines->kind != YamlNode::Kind::List || count < 2 || count > kMostRows) {
        fields.fault("lines", FormatWords::tr("\"lines\" needs a list of 2 to %1 lines.").arg(kMostRows));
        return;
    }
    for (const YamlNode& item : lines->items) {
        OrderRow row = readRow(item, place, faults);
        if (!row.text.isEmpty() && std::ranges::contains(order.rows, row.text, &OrderRow::text))
            faults.add(
                item.line, FormatWords::tr("\"%1\" is there twice. Each line needs a text of its own.").arg(row.text));
        order.rows += std::move(row);
    }
}

void readEither(PredictOrder& order, const LessonFields& fields, FaultList& faults)
{
    const YamlNode* const either = fields.find("either");
    if (either == nullptr)
        return;
    if (either->kind != YamlNode::Kind::List) {
        fields.fault("either", FormatWords::tr("\"either\" needs a list of groups: [[one, two]]."));
        return;
    }
    for (const YamlNode& item : either->items) {
        const QStringList texts = textsOf(item, u"either"_s, faults);
        QList<int> group;
        for (const QString& text : texts) {
            if (const int row = rowNamed(order.rows, text, fields, "either"); row >= 0 && !group.contains(row))
                group += row;
        }
        if (item.kind != YamlNode::Kind::List || group.size() < 2)
            faults.add(item.line, FormatWords::tr("A group of \"either\" needs two or more of \"lines\"."));
        order.either += group;
    }
}

PredictOrder readOrder(const LessonFields& fields, const QuestionPlace& place, FaultList& faults)
{
    PredictOrder order;
    readRows(order, fields, place, faults);
    if (order.rows.isEmpty())
        return order;
    if (fields.has("answer")) {
        const QStringList answer = fields.texts("answer", order.rows.size(), order.rows.size());
        for (const QString& text : answer) {
            const int row = rowNamed(order.rows, text, fields, "answer");
            if (row >= 0 && order.answer.contains(row))
                fields.fault("answer", FormatWords::tr("\"%1\" is in \"answer\" twice.").arg(text));
            order.answer += row;
        }
    }
    readEither(order, fields, faults);
    return order;
}

PredictNumber readNumber(const LessonFields& fields, FaultList& faults)
{
    PredictNumber number;
    number.unit = fields.text("unit", 16);
    number.answer = fields.number("answer").value_or(0);
    number.tolerance = fields.part("tolerance").value_or(0);
    if (const YamlNode* const measure = fields.find("measure"))
        number.measure = readMeasure(*measure, faults);
    return number;
}

} // namespace

std::optional<PredictChoose> readOptions(const LessonFields& fields)
{
    PredictChoose choose;
    choose.options = fields.texts("options", 2, kMostOptions);
    for (QString& option : choose.options)
        option = option.trimmed();
    if (choose.options.isEmpty())
        return {};
    QStringList once = choose.options;
    if (once.removeDuplicates() > 0 || choose.options.contains(QString()))
        fields.fault("options",
            FormatWords::tr("Two of \"options\" are the same, or one is empty. Each needs a text of its own."));
    const QString answer = fields.text("answer");
    const auto at = choose.options.indexOf(answer);
    if (answer.isEmpty())
        return {};
    if (at < 0) {
        fields.fault("answer",
            FormatWords::tr("\"%1\" is none of \"options\". ").arg(answer) + allowedOf(answer, choose.options));
        return {};
    }
    choose.answer = static_cast<int>(at);
    return choose;
}

std::optional<Question> readQuestion(
    const QString& kind, const QByteArray& yaml, int line, const QuestionPlace& place, FaultList& faults)
{
    QStringList kinds;
    for (const std::string_view word : questionWords())
        kinds += utf16(word);
    if (!kinds.contains(kind)) {
        faults.add(line, FormatWords::tr("There is no question \"predict %1\". ").arg(kind) + allowedOf(kind, kinds));
        return {};
    }
    const auto tree = readYaml(yaml, line + 1);
    if (!tree) {
        faults.add(tree.error().line, tree.error().sentence);
        return {};
    }
    const bool isOrder = kind == "order"_L1;
    const bool isNext = kind == "next"_L1;
    const FormatKeys& keys = isOrder ? keysof::predictOrder
        : isNext                     ? keysof::predictNext
        : kind == "choose"_L1        ? keysof::predictChoose
                                     : keysof::predictNumber;
    const qsizetype before = faults.all().size();
    const LessonFields fields(*tree, keys, faults);
    if (!fields.isMap())
        return {};
    Question question;
    question.sourceLine = line;
    question.text = fields.text("question", kMostQuestionLetters);
    if (question.text.isEmpty() && isOrder)
        question.text = FormatWords::tr("Put these lines in the order in which they print");
    if (question.text.isEmpty() && isNext)
        question.text = FormatWords::tr("Who is served next?");
    question.because = fields.text("because", 400);
    if (isOrder) {
        question.what = readOrder(fields, place, faults);
    } else if (isNext) {
        question.what = PredictNext {.at = fields.moment("at"), .answer = fields.text("answer")};
    } else if (kind == "choose"_L1) {
        auto choose = readOptions(fields);
        if (const YamlNode* const proof = fields.find("proof"); proof && choose)
            choose->proof = readExpectations(*proof, place.folder, faults);
        else if (proof)
            (void)readExpectations(*proof, place.folder, faults);
        question.what = choose.value_or(PredictChoose {});
    } else {
        question.what = readNumber(fields, faults);
    }
    return faults.all().size() == before ? std::optional(question) : std::nullopt;
}

} // namespace bistro::app
