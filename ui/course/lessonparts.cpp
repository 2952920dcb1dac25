#include "course/lessonparts.h"

#include "theme/fonts.h"
#include "theme/scrollbars.h"

#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHeadTop = 12; // px at 100 %
constexpr int kHeadHeight = 24;
constexpr int kBodyTop = 8;
constexpr int kActionsTop = 8;
constexpr int kBottom = 12;
constexpr int kLeastBody = 64; // three lines
constexpr int kLines = 12; // sixty words, wherever they break; longer ones scroll

bool isAlone(const LessonView& view)
{
    return std::holds_alternative<std::monostate>(view.guess) && !view.check;
}

} // namespace

LessonParts::LessonParts(QWidget& panel)
    : head(new LessonHead(&panel))
    , scroll(new QScrollArea(&panel))
    , body(new LessonBody)
    , text(new LessonText)
    , question(new QLabel)
    , order(new OrderRows)
    , choose(new ChooseRows)
    , number(new NumberField)
    , remark(new QLabel)
    , result(new ResultPart)
    , check(new CheckPart)
    , actions(new LessonBody(&panel))
    , runBar(new ActionBar)
    , run(new CourseButton(CourseButton::Form::Primary))
    , bar(new ActionBar)
    , hint(new CourseButton(CourseButton::Form::Plain))
    , startOver(new CourseButton(CourseButton::Form::Bare))
    , goOn(new CourseButton(CourseButton::Form::Primary))
{
    for (QLabel* const label : {question, remark}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    body->add(text, {.before = 0, .inset = true, .rule = false});
    body->add(question, {.before = 10, .inset = true, .rule = false});
    body->add(order, {.before = 0, .inset = false, .rule = false});
    body->add(choose, {.before = 0, .inset = false, .rule = false});
    body->add(number, {.before = 6, .inset = false, .rule = false});
    body->add(remark, {.before = 6, .inset = true, .rule = false});
    body->add(result, {.before = 10, .inset = false, .rule = false});
    body->add(check, {.before = 6, .inset = false, .rule = true});
    actions->setMargins(kActionsTop, kBottom);
    actions->add(runBar, {});
    actions->add(bar, {.before = 8, .inset = false, .rule = false});
    runBar->add(run);
    bar->add(hint);
    bar->add(startOver);
    bar->addAtEnd(goOn);
    startOver->setText(LessonParts::tr("Start over"));
    startOver->setToolTip(LessonParts::tr("Put the lesson's program back. Yours is kept."));
    goOn->setSign(CourseSign::Forward, true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    scroll->setWidget(body);
    body->setAutoFillBackground(false);
    for (QWidget* const part :
        std::initializer_list<QWidget*> {text, question, order, choose, number, remark, result, check, runBar, bar})
        part->hide();
}

void LessonParts::setTheme(const Theme& now)
{
    theme = now;
    head->setTheme(theme);
    scroll->setStyleSheet(u"QScrollArea { background: transparent; border: none; }"_s + scrollBarStyle(theme));
    scroll->verticalScrollBar()->ensurePolished();
    body->setTheme(theme);
    actions->setTheme(theme);
    text->setTheme(theme);
    dressLabel(*question, uiFont(theme, TypeSize::Label, QFont::DemiBold), theme.text());
    dressLabel(*remark, uiFont(theme, TypeSize::Label), theme.secondary());
    order->setTheme(theme);
    choose->setTheme(theme);
    number->setTheme(theme);
    result->setTheme(theme);
    check->setTheme(theme);
    runBar->setTheme(theme);
    bar->setTheme(theme);
}

void LessonParts::setCompact(bool on)
{
    compact = on;
    textOpen = false;
    order->setCompact(on);
    choose->setCompact(on);
    result->setCompact(on);
    check->setCompact(on);
}

void LessonParts::fill(const LessonView& view)
{
    head->setLesson(view.number, view.title);
    head->setScreen(view.screen, view.screens, view.service);
    text->setText(view.markdown, view.folder);
    text->setMostLines(kLines);
    setWords(*question, view.question, theme);
    question->setVisible(!view.question.isEmpty());
    // Beside a task that has not run yet the text has the room; then the guess and what the check says.
    result->setCompact(compact || (view.check && view.check->rows.isEmpty()));
    fillGuess(view);
    fillRun(view);
    fillCheck(view);
    fold(view);
}

bool LessonParts::hides(const QWidget& within, const LessonView& view) const
{
    const auto isIn = [&](const QWidget* part) { return part == &within || part->isAncestorOf(&within); };
    const auto& guess = view.guess;
    return (isIn(order) && !std::holds_alternative<OrderGuessView>(guess))
        || (isIn(choose) && !std::holds_alternative<ChooseGuessView>(guess))
        || (isIn(number) && !std::holds_alternative<NumberGuessView>(guess))
        || (isIn(result) && !std::holds_alternative<GuessResultView>(guess))
        || (isIn(runBar) && !view.running && view.run.isEmpty()) || ((isIn(check) || isIn(bar)) && !view.check);
}

void LessonParts::fillGuess(const LessonView& view)
{
    if (const auto* const rows = std::get_if<OrderGuessView>(&view.guess))
        order->setRows(rows->rows);
    order->setVisible(std::holds_alternative<OrderGuessView>(view.guess));
    order->setLocked(view.running);
    if (const auto* const options = std::get_if<ChooseGuessView>(&view.guess))
        choose->setView(*options);
    choose->setVisible(std::holds_alternative<ChooseGuessView>(view.guess));
    choose->setLocked(view.running);
    if (const auto* const field = std::get_if<NumberGuessView>(&view.guess))
        number->setView(*field, view.question);
    number->setVisible(std::holds_alternative<NumberGuessView>(view.guess));
    number->setLocked(view.running);
    if (const auto* const next = std::get_if<NextGuessView>(&view.guess))
        remark->setText(next->remark);
    remark->setVisible(std::holds_alternative<NextGuessView>(view.guess));
    if (const auto* const compared = std::get_if<GuessResultView>(&view.guess))
        result->setView(*compared);
    result->setVisible(std::holds_alternative<GuessResultView>(view.guess));
}

bool LessonParts::isRunShown() const
{
    return !runBar->isHidden() && run->isEnabled();
}

void LessonParts::fillRun(const LessonView& view)
{
    const bool shown = view.running || !view.run.isEmpty();
    runBar->setVisible(shown);
    if (!shown)
        return;
    run->setText(runWords(view));
    run->setForm(view.running ? CourseButton::Form::Plain : CourseButton::Form::Primary);
    const bool goesOn = std::holds_alternative<GuessResultView>(view.guess)
        && (view.service || view.screen + 1 < view.screens);
    if (goesOn && !view.running)
        run->setSign(CourseSign::Forward, true);
    else
        run->setSign(view.running ? CourseSign::Stop : CourseSign::Run, false);
    const auto* const field = std::get_if<NumberGuessView>(&view.guess);
    run->setEnabled(view.running || !field || NumberField::isNumber(field->typed));
    runBar->setKeys({LessonParts::tr("Ctrl"), LessonParts::tr("Enter")});
    runBar->rearrange();
}

void LessonParts::fillCheck(const LessonView& view)
{
    check->setVisible(view.check.has_value());
    bar->setVisible(view.check.has_value());
    if (!view.check)
        return;
    check->setView(*view.check);
    hint->setVisible(view.check->ofHints > 0);
    const bool more = view.check->hint > 0 || view.check->answer;
    if (!more && hint->hasFocus())
        startOver->setFocus(Qt::OtherFocusReason);
    hint->setEnabled(more);
    hint->setText(view.check->hint > 0 ? LessonParts::tr("Hint %1 of %2").arg(view.check->hint).arg(view.check->ofHints)
            : more                     ? LessonParts::tr("Show the answer")
                                       : LessonParts::tr("Hints are open"));
    goOn->setText(view.check->goOn);
    goOn->setVisible(!view.check->goOn.isEmpty());
    goOn->setEnabled(view.check->mayGoOn);
    goOn->setToolTip(view.check->mayGoOn ? QString() : view.check->goOnTip);
    goOn->setAccessibleDescription(goOn->toolTip());
    bar->rearrange();
}

// Where there is nothing else on the screen, the text stays.
void LessonParts::fold(const LessonView& view)
{
    const bool has = !view.markdown.trimmed().isEmpty();
    const bool checked = view.check && !view.check->rows.isEmpty()
        && std::holds_alternative<GuessResultView>(view.guess);
    const bool folds = (compact || checked) && has && !isAlone(view);
    text->setVisible(has && (!folds || textOpen));
    head->setFolding(folds, textOpen);
}

int LessonParts::heightFor(int width) const
{
    return theme.px(kHeadTop) + theme.px(kHeadHeight) + theme.px(kBodyTop) + body->heightFor(width)
        + actionsHeightFor(width);
}

int LessonParts::leastHeightFor(int width) const
{
    const int least = std::min(body->heightFor(width), theme.px(kLeastBody));
    return theme.px(kHeadTop) + theme.px(kHeadHeight) + theme.px(kBodyTop) + least + actionsHeightFor(width);
}

int LessonParts::actionsHeightFor(int width) const
{
    return actions->isEmpty() ? theme.px(kBottom) : actions->heightFor(width);
}

void LessonParts::arrange(const QSize& size)
{
    const int top = theme.px(kHeadTop) + theme.px(kHeadHeight) + theme.px(kBodyTop);
    for (QLabel* const label : {question, remark})
        label->setAlignment(leadingSide(body->layoutDirection()));
    head->setGeometry(0, theme.px(kHeadTop), size.width(), theme.px(kHeadHeight));
    const int most = std::max(0, size.height() - top - actionsHeightFor(size.width()));
    const int wanted = body->heightFor(size.width());
    const bool scrolls = wanted > most;
    scroll->setGeometry(0, top, size.width(), std::min(wanted, most));
    // Close below what they belong to, also where the panel is higher.
    actions->setVisible(!actions->isEmpty());
    actions->setGeometry(0, top + scroll->height(), size.width(), actionsHeightFor(size.width()));
    actions->setEdge(scrolls);
    actions->arrange();
    const auto policy = scrolls ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff;
    if (scroll->verticalScrollBarPolicy() != policy)
        scroll->setVerticalScrollBarPolicy(policy);
    // Not what the viewport has: while it is hidden it does not follow.
    const int width = std::max(1, size.width() - (scrolls ? scroll->verticalScrollBar()->sizeHint().width() : 0));
    body->resize(width, std::max(body->heightFor(width), scroll->height()));
    body->arrange();
}

QString runWords(const LessonView& view)
{
    if (view.running)
        return LessonParts::tr("Stop");
    const auto* const order = std::get_if<OrderGuessView>(&view.guess);
    const auto* const choose = std::get_if<ChooseGuessView>(&view.guess);
    const auto* const number = std::get_if<NumberGuessView>(&view.guess);
    const bool none = (order && !order->touched) || (choose && choose->chosen < 0)
        || (number && number->typed.trimmed().isEmpty());
    return none ? LessonParts::tr("Run without a guess") : view.run;
}

QString sayOfMove(const OrderGuessView& now, int row)
{
    const auto found = std::ranges::find(now.rows, row, &GuessRowView::row);
    if (found == now.rows.end() || now.rows.size() < 2)
        return {};
    const auto place = static_cast<int>(found - now.rows.begin());
    return place == 0
        ? LessonParts::tr("%1, place %2, above %3.").arg(found->text).arg(1).arg(now.rows[1].text)
        : LessonParts::tr("%1, place %2, below %3.").arg(found->text).arg(place + 1).arg(now.rows[place - 1].text);
}

QString sayOfResult(const LessonView& before, const LessonView& now)
{
    const bool sameLesson = before.number == now.number && before.title == now.title;
    const bool ran = before.running && !now.running;
    if (!sameLesson || now.running || (before.screen != now.screen && !ran))
        return {};
    QStringList said;
    const auto* const result = std::get_if<GuessResultView>(&now.guess);
    if (result && !std::holds_alternative<GuessResultView>(before.guess) && !result->rows.isEmpty() && result->guessed
        && !now.service)
        said << LessonParts::tr("Guess: %1 in place.").arg(ResultPart::inFew(*result));
    const QString was = before.check && !ran ? CheckPart::inFew(*before.check) : QString();
    if (const QString is = now.check ? CheckPart::inFew(*now.check) : QString(); !is.isEmpty() && is != was)
        said << LessonParts::tr("Check: %1").arg(is);
    if (before.check && now.check && now.check->hints.size() > before.check->hints.size())
        said << LessonParts::tr("Hint: %1").arg(now.check->hints.last().text);
    if (before.check && now.check && before.check->learned.isEmpty() && !now.check->learned.isEmpty())
        said << now.check->learned;
    return said.join(u' ');
}

} // namespace bistro::ui
