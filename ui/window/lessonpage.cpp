#include "window/lessonpage.h"

#include "text/amounts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct LessonPage {
    Q_DECLARE_TR_FUNCTIONS(LessonPage)
};

QString plainNumber(const QString& number)
{
    return number.startsWith(u'0') ? number.sliced(1) : number;
}

// "4th": as the mock says it; other languages say "4.".
QString ordinal(int n)
{
    switch (n) {
    case 1: return LessonPage::tr("1st");
    case 2: return LessonPage::tr("2nd");
    case 3: return LessonPage::tr("3rd");
    default: return LessonPage::tr("%1th", "4th, 5th").arg(n);
    }
}

QString mayComeText(const QList<int>& places)
{
    QStringList texts;
    for (const int place : places)
        texts += ordinal(place);
    return texts.join(LessonPage::tr(" or "));
}

QString verdictOf(const app::GuessRow& row)
{
    switch (row.verdict) {
    case app::Verdict::Right: return LessonPage::tr("right");
    case app::Verdict::Elsewhere:
        return row.mayComeAt.isEmpty()
            ? LessonPage::tr("came %1", "came 4th").arg(ordinal(row.cameAt))
            : LessonPage::tr("came %1, may come %2").arg(ordinal(row.cameAt), mayComeText(row.mayComeAt));
    case app::Verdict::RightToo:
        return LessonPage::tr("came %1, may come %2").arg(ordinal(row.cameAt), ordinal(row.guessedPlace));
    case app::Verdict::NotPrinted: return LessonPage::tr("was not printed");
    case app::Verdict::NotListed: return LessonPage::tr("was printed, too");
    case app::Verdict::Wrong: return LessonPage::tr("not this one");
    case app::Verdict::Unknown: return LessonPage::tr("this run does not say");
    }
    return {};
}

app::OrderKind kindOf(const app::Question& question, int row)
{
    const auto* const order = std::get_if<app::PredictOrder>(&question.what);
    return order && row >= 0 && row < order->rows.size() ? order->rows[row].kind : app::OrderKind::None;
}

OrderGuessView orderView(const app::PredictOrder& order, const GuessState& guess)
{
    OrderGuessView view {.rows = {}, .touched = guess.touched};
    for (const int row : guess.rows) {
        const app::OrderRow& line = order.rows[row];
        view.rows.append({.row = row,
            .text = line.text,
            .where = line.line > 0 ? LessonPage::tr("line %1").arg(line.line) : QString(),
            .kind = line.kind});
    }
    return view;
}

CheckRowView::State stateOf(app::CheckAnswer::State state)
{
    switch (state) {
    case app::CheckAnswer::State::Running: return CheckRowView::State::Running;
    case app::CheckAnswer::State::Right: return CheckRowView::State::Right;
    case app::CheckAnswer::State::NotYet: return CheckRowView::State::NotYet;
    case app::CheckAnswer::State::Unknown: return CheckRowView::State::Unknown;
    }
    return CheckRowView::State::Unknown;
}

// The amount in it: what stands out when one skims.
QString amountIn(const QString& sentence)
{
    static const QRegularExpression amount(u"\\d[\\d.,]*\\s?(?:ns|µs|ms|s|min)\\b"_s);
    return amount.match(sentence).captured();
}

int missing(const app::CheckReport& report)
{
    return static_cast<int>(std::ranges::count_if(
        report.answers, [](const app::CheckAnswer& answer) { return answer.state != app::CheckAnswer::State::Right; }));
}

bool isUnlocked(const app::LessonProgress& progress, const app::Lesson& lesson)
{
    return progress.done || lesson.check.expectations.isEmpty();
}

} // namespace

GuessState freshGuess(const app::Question& question)
{
    GuessState guess;
    if (const auto* const order = std::get_if<app::PredictOrder>(&question.what)) {
        guess.rows.resize(order->rows.size());
        std::iota(guess.rows.begin(), guess.rows.end(), 0);
    }
    return guess;
}

std::optional<app::Guess> guessOf(const app::Question& question, const GuessState& guess)
{
    if (std::holds_alternative<app::PredictOrder>(question.what))
        return app::GuessedOrder {.rows = guess.rows};
    if (std::holds_alternative<app::PredictChoose>(question.what))
        return guess.option < 0 ? std::nullopt : std::optional<app::Guess>(app::GuessedOption {.option = guess.option});
    if (std::holds_alternative<app::PredictNumber>(question.what)) {
        bool number = false;
        const double value = QLocale().toDouble(guess.typed.trimmed(), &number);
        return number && std::isfinite(value) ? std::optional<app::Guess>(app::GuessedNumber {.number = value})
                                              : std::nullopt;
    }
    return {};
}

GuessResultView guessResultView(const app::Question& question, const GuessState& guess)
{
    GuessResultView view {
        .heading = LessonPage::tr("Your guess"), .remark = {}, .rows = {}, .because = question.because};
    if (!guess.result)
        return view;
    const app::GuessResult& result = *guess.result;
    const bool order = std::holds_alternative<app::PredictOrder>(question.what);
    const bool unguessed = order && !guess.touched;
    view.guessed = !unguessed;
    if (unguessed)
        view.heading = LessonPage::tr("The order");
    else if (result.rows.isEmpty())
        view.heading = LessonPage::tr("The answer");
    view.remark = unguessed ? (guess.run > 0 ? LessonPage::tr("run %1").arg(guess.run) : QString())
        : guess.run > 0     ? LessonPage::tr("run %1: %2").arg(QString::number(guess.run), result.sentence)
                            : result.sentence;
    for (int i = 0; i < result.rows.size(); ++i) {
        const app::GuessRow& row = result.rows[i];
        view.rows.append({.row = i,
            .place = order && row.guessedPlace > 0 ? QString::number(row.guessedPlace) : QString(),
            .placed = order,
            .text = row.text,
            .kind = kindOf(question, row.row),
            .verdict = row.verdict == app::Verdict::Wrong && result.measured
                ? LessonPage::tr("it was %1", "a number").arg(QLocale().toString(*result.measured, 'g', 4))
                : unguessed && row.verdict == app::Verdict::Right ? QString()
                                                                  : verdictOf(row),
            .right = !unguessed && (row.verdict == app::Verdict::Right || row.verdict == app::Verdict::RightToo),
            .why = row.moment.has_value() && !guess.traceFile.isEmpty()});
    }
    return view;
}

void fillGuess(LessonView& view, const app::Question& question, const GuessState& guess)
{
    view.question = question.text;
    if (guess.result) {
        view.guess = guessResultView(question, guess);
        view.run = view.screen + 1 < view.screens ? LessonPage::tr("Go on") : LessonPage::tr("Run again");
        return;
    }
    view.run = LessonPage::tr("Run and compare");
    if (const auto* const order = std::get_if<app::PredictOrder>(&question.what)) {
        view.guess = orderView(*order, guess);
        if (!guess.touched)
            view.run = LessonPage::tr("Run without a guess");
    } else if (const auto* const choose = std::get_if<app::PredictChoose>(&question.what)) {
        view.guess = ChooseGuessView {.options = choose->options, .chosen = guess.option, .counts = guess.hands};
        if (guess.option < 0)
            view.run = LessonPage::tr("Run without a guess");
    } else if (const auto* const number = std::get_if<app::PredictNumber>(&question.what)) {
        view.guess = NumberGuessView {.unit = number->unit, .typed = guess.typed};
        if (!guessOf(question, guess))
            view.run = LessonPage::tr("Run without a guess");
    } else {
        view.guess = NextGuessView {.remark = guess.asking
                ? LessonPage::tr("This is the moment. Click the slip that is served next.")
                : LessonPage::tr("Run to that moment. Then click a slip in the picture.")};
        view.run = guess.asking ? QString() : LessonPage::tr("Run to that moment");
    }
}

LessonView lessonViewOf(const LessonPosition& at)
{
    const int last = static_cast<int>(at.lesson.screens.size()) - 1;
    const int screen = std::clamp(at.screen, 0, std::max(last, 0));
    LessonView view;
    view.number = plainNumber(at.lesson.number());
    view.title = at.lesson.title;
    view.screen = screen;
    view.screens = last + 1;
    view.markdown = last < 0 ? QString() : at.lesson.screens[screen].markdown;
    view.folder = at.lesson.folder;
    return view;
}

int openExpectation(const app::Check& asked, const app::CheckReport& report)
{
    const qsizetype before = report.answers.size() - asked.expectations.size();
    for (qsizetype i = std::max<qsizetype>(before, 0); i < report.answers.size(); ++i) {
        if (report.answers[i].state != app::CheckAnswer::State::Right)
            return static_cast<int>(i - before);
    }
    return -1;
}

namespace {

CheckRowView plainRow(CheckRowView::State state, const QString& sentence)
{
    return {.state = state, .sentence = sentence, .strong = {}, .show = false, .shown = false};
}

QList<CheckRowView> checkRows(const app::Check& asked, const CheckState& check, bool running)
{
    if (check.late)
        return {plainRow(CheckRowView::State::NotYet,
            check.stillRuns.isEmpty()
                ? LessonPage::tr("Your program still runs. Stop ends it.")
                : LessonPage::tr("Your program still runs: %1 Stop ends it.").arg(check.stillRuns))};
    if (running)
        return QList<CheckRowView>(asked.expectations.size(), plainRow(CheckRowView::State::Running, {}));
    QList<CheckRowView> rows;
    for (int i = 0; i < check.report.answers.size(); ++i) {
        const app::CheckAnswer& answer = check.report.answers[i];
        if (answer.state == app::CheckAnswer::State::Running) {
            rows.append(plainRow(CheckRowView::State::Running, answer.runName));
            continue;
        }
        // Before those of the expectations one may say why it can't be checked.
        const qsizetype expectation = i - (check.report.answers.size() - asked.expectations.size());
        const bool blocks = expectation >= 0
            && std::holds_alternative<app::expect::BlockedLess>(asked.expectations[expectation].what);
        rows.append({.state = stateOf(answer.state),
            .sentence = answer.sentence,
            .strong = answer.state == app::CheckAnswer::State::NotYet ? amountIn(answer.sentence) : QString(),
            .blocked = blocks,
            .show = answer.show.has_value() && answer.state != app::CheckAnswer::State::Right,
            .shown = i == check.shown});
    }
    return rows;
}

// Where a hint stands: below the sentence that it was opened for; of an earlier day, below the first that is open.
int rowOfHint(int hint, const app::Check& asked, const CheckState& check, qsizetype rows)
{
    const int before = static_cast<int>(rows - asked.expectations.size());
    const int expectation = check.hintFor.value(hint, openExpectation(asked, check.report));
    return before >= 0 && expectation >= 0 ? before + expectation : -1;
}

// As they were taken, whatever each was opened for: none stands above the one before it.
void keepOrder(QList<HintView>& hints)
{
    for (qsizetype i = hints.size() - 2; i >= 0; --i) {
        if (hints[i].row < 0)
            hints[i].row = hints[i + 1].row;
    }
    for (qsizetype i = 1; i < hints.size(); ++i) {
        if (hints[i].row >= 0)
            hints[i].row = std::max(hints[i].row, hints[i - 1].row);
    }
}

} // namespace

CheckView checkViewOf(
    const LessonPosition& at, const app::LessonProgress& progress, const CheckState& check, bool running)
{
    const app::Check& asked = at.lesson.check;
    CheckView view;
    view.heading = LessonPage::tr("Your change: %1").arg(asked.task);
    if (check.run > 0)
        view.remark = LessonPage::tr("run %1").arg(check.run);
    view.rows = checkRows(asked, check, running);
    const auto hints = static_cast<int>(asked.hints.size());
    const bool answers = !at.lesson.answers.isEmpty();
    view.ofHints = hints + (answers ? 1 : 0);
    view.answer = answers;
    for (int hint = 1; hint <= view.ofHints; ++hint) {
        if (progress.hints.contains(hint))
            view.hints.append({.text = hint <= hints
                    ? asked.hints[hint - 1]
                    : LessonPage::tr("A tab beside yours shows one answer. Read it, then write your own."),
                .row = rowOfHint(hint, asked, check, view.rows.size())});
    }
    keepOrder(view.hints);
    view.hint = static_cast<int>(view.hints.size()) < view.ofHints ? static_cast<int>(view.hints.size()) + 1 : 0;
    if (progress.done && !running && (check.run == 0 || check.report.allRight()))
        view.learned = at.lesson.learned;
    const QString next = nextAfter(at.course, at.lesson.id);
    view.goOn = next.startsWith(u"service:"_s) ? LessonPage::tr("To the service")
        : next.isEmpty()                       ? QString()
                                               : LessonPage::tr("Next lesson");
    view.mayGoOn = isUnlocked(progress, at.lesson) && !next.isEmpty();
    if (!view.mayGoOn && !view.goOn.isEmpty())
        view.goOnTip = check.run == 0
            ? LessonPage::tr("Change the program and run it. The course list opens any lesson.")
            : LessonPage::tr("%n answers are not right yet.", nullptr, missing(check.report));
    return view;
}

QString saidOf(const CheckState& check)
{
    const int notRight = missing(check.report);
    const int right = static_cast<int>(check.report.answers.size()) - notRight;
    QString said = LessonPage::tr("Check: %1 right, %2 not yet.").arg(right).arg(notRight);
    for (const app::CheckAnswer& answer : check.report.answers) {
        if (answer.state == app::CheckAnswer::State::NotYet)
            said += u' ' + LessonPage::tr("Not yet: %1").arg(answer.sentence);
    }
    return said;
}

} // namespace bistro::ui
