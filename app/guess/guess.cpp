#include "guess/guess.h"

#include "guess/guessednext.h"
#include "guess/guessedorder.h"
#include "guess/measures.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct GuessTexts {
    Q_DECLARE_TR_FUNCTIONS(GuessTexts)
};

// "312 ms", "1.5 MB", "3": as many digits as one reads.
QString numberText(double number, const QString& unit)
{
    const double size = std::abs(number);
    QString text = QLocale().toString(number, 'f',
        size >= 100 || number == std::round(number) ? 0
            : size >= 10                            ? 1
                                                    : 2);
    return unit.isEmpty() ? text : text + u' ' + unit;
}

// A part of what was measured; whole numbers without one must be equal.
bool isWithin(double number, double measured, double tolerance)
{
    return std::abs(number - measured) <= std::abs(measured) * tolerance + 1e-9;
}

GuessResult single(const QString& text, Verdict verdict, const QString& sentence)
{
    GuessResult result;
    result.right = verdict == Verdict::Right;
    result.inPlace = result.right ? 1 : 0;
    result.sentence = sentence;
    result.rows += GuessRow {.text = text,
        .guessedPlace = 1,
        .cameAt = result.right ? 1 : 0,
        .mayComeAt = {},
        .verdict = verdict,
        .moment = {}};
    return result;
}

GuessResult unknown(const QString& text)
{
    return single(text, Verdict::Unknown, GuessTexts::tr("This run does not say."));
}

GuessResult compareChoice(const PredictChoose& question, const GuessedOption& guess)
{
    const QString answer = question.options.value(question.answer);
    return single(question.options.value(guess.option),
        guess.option == question.answer ? Verdict::Right : Verdict::Wrong,
        GuessTexts::tr("The answer is “%1”.").arg(answer));
}

GuessResult compareNumber(const PredictNumber& question, const GuessedNumber& guess, const TraceLog& log)
{
    const QString text = numberText(guess.number, question.unit);
    const auto found = measured(question.measure, log);
    if (!found)
        return unknown(text);
    const bool right = isWithin(guess.number, *found, question.tolerance);
    const QString number = numberText(*found, question.unit);
    GuessResult result = single(text, right ? Verdict::Right : Verdict::Wrong,
        question.measure.kind == Measure::Kind::Between ? GuessTexts::tr("It takes %1.").arg(number)
                                                        : GuessTexts::tr("The run says %1.").arg(number));
    result.measured = found;
    return result;
}

std::optional<QString> faultOfNumber(const PredictNumber& question, const TraceLog& log)
{
    const auto found = measured(question.measure, log);
    if (!found)
        return GuessTexts::tr("The run does not say the number that the lesson asks for.");
    if (isWithin(question.answer, *found, question.tolerance))
        return {};
    return GuessTexts::tr("The lesson says %1. The run says %2.")
        .arg(numberText(question.answer, question.unit), numberText(*found, question.unit));
}

struct Comparing {
    const Guess& guess;
    const TraceLog& log;

    GuessResult operator()(const PredictOrder& question) const
    {
        const auto* const guessed = std::get_if<GuessedOrder>(&guess);
        return guessed ? compareOrder(question, *guessed, log) : unknown({});
    }
    GuessResult operator()(const PredictChoose& question) const
    {
        const auto* const guessed = std::get_if<GuessedOption>(&guess);
        return guessed ? compareChoice(question, *guessed) : unknown({});
    }
    GuessResult operator()(const PredictNumber& question) const
    {
        const auto* const guessed = std::get_if<GuessedNumber>(&guess);
        return guessed ? compareNumber(question, *guessed, log) : unknown({});
    }
    GuessResult operator()(const PredictNext& question) const
    {
        const auto* const guessed = std::get_if<GuessedNext>(&guess);
        return guessed ? compareNext(question, *guessed, log) : unknown({});
    }
};

} // namespace

GuessResult compareGuess(const Question& question, const Guess& guess, const TraceLog& log)
{
    return std::visit(Comparing {guess, log}, question.what);
}

Explanation whyThere(const Question& question, const GuessResult& result, int row, const TraceLog& log, Wording wording)
{
    if (std::holds_alternative<PredictOrder>(question.what))
        return whyThereInOrder(result, row, log, wording);
    if (const auto* const next = std::get_if<PredictNext>(&question.what))
        return whyNext(*next, result, log, wording);
    return {};
}

std::optional<QString> claimFault(const Question& question, const TraceLog& log)
{
    if (const auto* const order = std::get_if<PredictOrder>(&question.what))
        return faultOfOrder(*order, log);
    if (const auto* const number = std::get_if<PredictNumber>(&question.what))
        return faultOfNumber(*number, log);
    if (const auto* const next = std::get_if<PredictNext>(&question.what))
        return faultOfNext(*next, log);
    return {}; // what is chosen is proved by expectations, which checks/ evaluates
}

} // namespace bistro::app
