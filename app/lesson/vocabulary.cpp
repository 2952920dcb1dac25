#include "lesson/vocabulary.h"

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

constexpr bool kRequired = true;

constexpr FormatKey kFrontMatter[] {{"format", kRequired}, {"title", kRequired}, {"short", kRequired},
    {"sentence", kRequired}, {"learned", kRequired}, {"minutes", kRequired}, {"main", kRequired}, {"arguments"},
    {"pool"}, {"needs"}, {"scene"}, {"files"}};
constexpr FormatKey kGeneratedFile[] {{"size", kRequired}, {"line", kRequired}};
constexpr FormatKey kPredictOrder[] {
    {"question"}, {"lines", kRequired}, {"answer", kRequired}, {"either"}, {"because"}};
constexpr FormatKey kOrderRow[] {{"text", kRequired}, {"line"}, {"kind"}};
constexpr FormatKey kPredictChoose[] {
    {"question", kRequired}, {"options", kRequired}, {"answer", kRequired}, {"proof"}, {"because"}};
constexpr FormatKey kPredictNumber[] {{"question", kRequired}, {"unit", kRequired}, {"answer", kRequired},
    {"tolerance"}, {"measure", kRequired}, {"because"}};
constexpr FormatKey kPredictNext[] {{"question"}, {"at", kRequired}, {"answer", kRequired}, {"because"}};
constexpr FormatKey kMeasure[] {{"between"}, {"printed"}};
constexpr FormatKey kCheck[] {
    {"format", kRequired}, {"task", kRequired}, {"run"}, {"expect", kRequired}, {"hints", kRequired}};
constexpr FormatKey kRun[] {{"arguments"}, {"input"}, {"send"}, {"stop-afterwards"}};
constexpr FormatKey kFurtherRun[] {{"name", kRequired}, {"arguments"}, {"input"}, {"send"}, {"stop-afterwards"}};
constexpr FormatKey kSend[] {{"count"}, {"gap"}, {"method"}, {"path"}, {"body"}};
constexpr FormatKey kExpectation[] {{"right"}, {"not-yet"}, {"show"}, {"with"}};
constexpr FormatKey kOutput[] {{"equals"}, {"contains"}, {"lacks"}, {"lines"}, {"any-order"}};
constexpr FormatKey kBlocked[] {{"less-than", kRequired}};
constexpr FormatKey kMeasured[] {{"between"}, {"cooks-at-once"}, {"open-at-once"}, {"stack-depth"}, {"idle-waiters"},
    {"requests"}, {"printed"}, {"at-least"}, {"at-most"}};
constexpr FormatKey kTogether[] {{"from", kRequired}, {"to", kRequired}, {"part"}};
constexpr FormatKey kPlacedIn[] {{"line", kRequired}, {"kind", kRequired}, {"by", kRequired}};
constexpr FormatKey kFile[] {{"exists"}, {"gone"}, {"contains"}, {"name"}};
constexpr FormatKey kAnswers[] {{"status"}, {"contains"}};
constexpr FormatKey kOneOrder[] {{"lines", kRequired}, {"runs"}};
constexpr FormatKey kWrongAnswer[] {{"sentences", kRequired}};
constexpr FormatKey kCourse[] {{"format", kRequired}, {"title", kRequired}, {"lessons"}, {"parts", kRequired}};
constexpr FormatKey kPart[] {{"title", kRequired}, {"service"}, {"lessons", kRequired}};
constexpr FormatKey kService[] {{"format", kRequired}, {"title"}, {"questions", kRequired}};
constexpr FormatKey kServiceQuestion[] {{"id", kRequired}, {"lesson", kRequired}, {"question", kRequired},
    {"options", kRequired}, {"answer", kRequired}, {"because", kRequired}};

constexpr std::array kQuestions {
    std::string_view("order"), std::string_view("choose"), std::string_view("number"), std::string_view("next")};
constexpr std::array kMeasures {std::string_view("cooks-at-once"), std::string_view("open-at-once"),
    std::string_view("stack-depth"), std::string_view("idle-waiters"), std::string_view("requests")};
constexpr std::array kLinks {std::string_view("moment"), std::string_view("run"), std::string_view("scene"),
    std::string_view("order"), std::string_view("api"), std::string_view("term"), std::string_view("https")};
constexpr std::array kScenes {
    std::string_view("loop"), std::string_view("restaurant"), std::string_view("waiter-per-table")};

} // namespace

namespace keysof {

constexpr FormatKeys frontMatter {"lesson.md", kFrontMatter};
constexpr FormatKeys generatedFile {"files", kGeneratedFile};
constexpr FormatKeys predictOrder {"predict order", kPredictOrder};
constexpr FormatKeys orderRow {"lines of predict order", kOrderRow};
constexpr FormatKeys predictChoose {"predict choose", kPredictChoose};
constexpr FormatKeys predictNumber {"predict number", kPredictNumber};
constexpr FormatKeys predictNext {"predict next", kPredictNext};
constexpr FormatKeys measure {"measure of predict number", kMeasure};
constexpr FormatKeys check {"check.yaml", kCheck};
constexpr FormatKeys run {"run", kRun};
constexpr FormatKeys furtherRun {"with", kFurtherRun};
constexpr FormatKeys send {"send", kSend};
constexpr FormatKeys expectation {"expect", kExpectation};
constexpr FormatKeys output {"output", kOutput};
constexpr FormatKeys blocked {"blocked", kBlocked};
constexpr FormatKeys measured {"measure", kMeasured};
constexpr FormatKeys together {"together", kTogether};
constexpr FormatKeys placedIn {"placed-in", kPlacedIn};
constexpr FormatKeys file {"file", kFile};
constexpr FormatKeys answers {"answers", kAnswers};
constexpr FormatKeys oneOrder {"one-order", kOneOrder};
constexpr FormatKeys wrongAnswer {"expect.yaml", kWrongAnswer};
constexpr FormatKeys course {"course.yaml", kCourse};
constexpr FormatKeys part {"parts", kPart};
constexpr FormatKeys service {"service", kService};
constexpr FormatKeys serviceQuestion {"questions", kServiceQuestion};

} // namespace keysof

bool FormatKeys::has(std::string_view key) const
{
    return std::ranges::find(keys, key, &FormatKey::name) != keys.end();
}

std::span<const FormatKeys* const> formatVocabulary()
{
    static constexpr std::array all {&keysof::frontMatter, &keysof::generatedFile, &keysof::predictOrder,
        &keysof::orderRow, &keysof::predictChoose, &keysof::predictNumber, &keysof::measure, &keysof::predictNext,
        &keysof::check, &keysof::run, &keysof::furtherRun, &keysof::send, &keysof::expectation, &keysof::output,
        &keysof::blocked, &keysof::measured, &keysof::together, &keysof::placedIn, &keysof::file, &keysof::answers,
        &keysof::oneOrder, &keysof::wrongAnswer, &keysof::course, &keysof::part, &keysof::service,
        &keysof::serviceQuestion};
    return all;
}

std::span<const std::string_view> questionWords()
{
    return kQuestions;
}

std::span<const std::string_view> measureWords()
{
    return kMeasures;
}

std::span<const std::string_view> linkWords()
{
    return kLinks;
}

std::span<const std::string_view> sceneWords()
{
    return kScenes;
}

} // namespace bistro::app
