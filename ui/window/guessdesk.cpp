#include "window/guessdesk.h"

#include "learning/copies.h"
#include "session/program.h"
#include "state/describe.h"
#include "why/screenlines.h"

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

// The line on the screen that this place has printed, from 1; none: it is none's.
std::optional<int> lineAt(const app::TraceLog& log, app::Place place, const QString& text)
{
    const app::ScreenLines screen(log);
    std::optional<int> found;
    for (std::size_t i = 0; i < screen.size(); ++i) {
        if (screen[i].output < place && QString::fromStdString(screen[i].text).trimmed() == text.trimmed())
            found = static_cast<int>(i) + 1;
    }
    return found;
}

} // namespace

GuessDesk::GuessDesk(const Parts& parts, std::function<bool(const QString& file)> unsaved)
    : m_parts(parts)
    , m_unsaved(std::move(unsaved))
{
    connect(&parts.book, &LessonBook::lessonChanged, this, [this] {
        m_states.clear();
        m_running = -1;
        if (std::exchange(m_asking, -1) >= 0)
            emit futureHidden(false);
    });
    connect(&parts.runs, &LessonRuns::started, this, [this] {
        if (m_parts.runs.all().last().kind != LessonRun::Kind::Guess)
            m_running = -1;
        if (std::exchange(m_asking, -1) >= 0)
            emit futureHidden(false);
    });
    connect(&parts.runs, &LessonRuns::ended, this, &GuessDesk::ended);
    connect(&parts.book, &LessonBook::screenChanged, this, [this] { m_parts.before.close(); }); // it is about this one
    connect(&parts.feed.session(), &app::Session::restarted, this, [this] {
        if (m_running >= 0 && !m_parts.runs.isRunning()) {
            m_running = -1;
            emit changed();
        }
    });
    connect(&parts.feed, &MomentFeed::selectionChanged, this, [this](app::OrderId order) {
        if (order && m_asking >= 0)
            answerNext(order);
    });
}

const app::Question* GuessDesk::questionOf(int screen) const
{
    const app::Lesson* const lesson = m_parts.book.lesson();
    if (!lesson || screen < 0 || screen >= lesson->screens.size() || !lesson->screens[screen].question)
        return nullptr;
    return &*lesson->screens[screen].question;
}

GuessState& GuessDesk::stateOf(int screen)
{
    const auto found = m_states.find(screen);
    if (found != m_states.end())
        return *found;
    const app::Question* const question = questionOf(screen);
    return *m_states.insert(screen, question ? freshGuess(*question) : GuessState {});
}

const GuessState& GuessDesk::state()
{
    return stateOf(m_parts.book.screen());
}

bool GuessDesk::isOpen()
{
    return m_parts.book.question() && !state().result;
}

int GuessDesk::screenOfLastResult() const
{
    int last = -1;
    for (auto each = m_states.begin(); each != m_states.end(); ++each) {
        if (each->result)
            last = std::max(last, each.key());
    }
    return last;
}

const GuessState* GuessDesk::lastResult(const app::Question*& question) const
{
    const int screen = screenOfLastResult();
    question = questionOf(screen);
    const auto found = m_states.constFind(screen);
    return question && found != m_states.constEnd() ? &*found : nullptr;
}

void GuessDesk::moveRow(int from, int to)
{
    GuessState& guess = stateOf(m_parts.book.screen());
    if (m_running >= 0 || guess.result || from < 0 || to < 0 || from >= guess.rows.size() || to >= guess.rows.size())
        return;
    guess.rows.move(from, to);
    guess.touched = true;
    emit changed();
}

void GuessDesk::choose(int option)
{
    GuessState& guess = stateOf(m_parts.book.screen());
    if (m_running >= 0 || guess.result)
        return;
    guess.option = option;
    guess.touched = true;
    emit changed();
}

void GuessDesk::count(int option, int hands)
{
    GuessState& guess = stateOf(m_parts.book.screen());
    while (guess.hands.size() <= option)
        guess.hands.append(0);
    guess.hands[option] = std::max(hands, 0);
    emit changed();
}

void GuessDesk::type(const QString& text)
{
    GuessState& guess = stateOf(m_parts.book.screen());
    if (m_running >= 0 || guess.result || guess.typed == text)
        return;
    guess.typed = text;
    guess.touched = true;
    emit changed();
}

void GuessDesk::run()
{
    const app::Course* const course = m_parts.book.course();
    const app::Lesson* const lesson = m_parts.book.lesson();
    if (!course || !lesson || !m_parts.book.question())
        return;
    // Where nobody has changed it, the learner's copy is the lesson's own program: its lines are those in the editor.
    const bool unchanged = app::isUnchanged(*course, *lesson) && !m_unsaved(m_parts.book.mainFile());
    const auto folder = unchanged ? std::expected<QString, QString>(m_parts.book.copy())
                                  : app::pristineCopy(*course, *lesson);
    if (!folder) {
        m_parts.notice.tell(folder.error());
        return;
    }
    m_running = m_parts.book.screen();
    app::RunWith with = lesson->check.run;
    const app::Program program {.file = *folder + u'/' + lesson->mainFile,
        .title = {},
        .directory = *folder,
        .settings = {.arguments = lesson->arguments, .environment = {}, .nodeFlags = {}, .poolSize = lesson->poolSize},
        .lines = m_parts.book.recordsLines(with)};
    m_parts.runs.start(LessonRun::Kind::Guess, {}, program, with);
    emit changed();
}

void GuessDesk::ended(const LessonRun& run)
{
    if (run.kind != LessonRun::Kind::Guess || m_running < 0)
        return;
    const int screen = std::exchange(m_running, -1);
    const app::Question* const question = questionOf(screen);
    const app::TraceLog* const log = m_parts.feed.session().log();
    if (!question || !log) {
        if (question)
            m_parts.notice.tell(tr("This run was not recorded, so nobody can compare your guess with it."));
        emit changed();
        return;
    }
    GuessState& guess = stateOf(screen);
    guess.run = run.number;
    guess.traceFile = run.traceFile;
    if (const auto* const next = std::get_if<app::PredictNext>(&question->what)) {
        m_asking = screen;
        ask(guess, *next);
    } else if (const auto* const order = std::get_if<app::PredictOrder>(&question->what); order && !guess.touched) {
        // Nothing was guessed: what came is shown, and nothing is counted.
        guess.result = app::compareGuess(*question, app::GuessedOrder {.rows = order->answer}, *log);
    } else if (const auto said = guessOf(*question, guess)) {
        settle(screen, *question, guess, *said);
    } else {
        const app::Guess none = std::holds_alternative<app::PredictNumber>(question->what)
            ? app::Guess(app::GuessedNumber {.number = -1})
            : app::Guess(app::GuessedOption {.option = -1});
        guess.result = app::compareGuess(*question, none, *log);
        guess.result->rows.clear();
    }
    emit changed();
}

// Goes to the moment; what comes after it is hidden until a slip is clicked.
void GuessDesk::ask(GuessState& guess, const app::PredictNext& next)
{
    app::Session& session = m_parts.feed.session();
    const auto moment = app::findMoment(*session.log(), next.at);
    if (!moment) {
        m_asking = -1;
        m_parts.notice.tell(tr("This run has no such moment. Run again."));
        return;
    }
    guess.asking = true;
    m_parts.feed.select({});
    session.goTo(moment->place);
    emit futureHidden(true); // before anything of it is drawn
    emit said(tr("Who is served next? Click a slip."));
}

void GuessDesk::answerNext(app::OrderId order)
{
    const int screen = std::exchange(m_asking, -1);
    const app::Question* const question = questionOf(screen);
    const app::TraceLog* const log = m_parts.feed.session().log();
    emit futureHidden(false);
    if (!question || !log)
        return;
    GuessState& guess = stateOf(screen);
    guess.asking = false;
    settle(screen, *question, guess,
        app::GuessedNext {.title = QString::fromStdString(app::titleOf(*log, order)), .order = order});
    emit changed();
}

// The first try is what counts.
void GuessDesk::settle(int screen, const app::Question& question, GuessState& guess, const app::Guess& said)
{
    guess.result = app::compareGuess(question, said, *m_parts.feed.session().log());
    const bool right = guess.result->right;
    if (guess.touched || std::holds_alternative<app::GuessedNext>(said))
        m_parts.book.note([screen, right](app::LessonProgress& progress) {
            if (!progress.guessed.contains(screen))
                progress.guessed.insert(screen, right);
        });
    emit this->said(tr("Guess: %1").arg(guess.result->sentence));
}

// In the run that the guess was about, whatever has run since.
void GuessDesk::why(int screen, int row)
{
    const GuessState& guess = stateOf(screen);
    if (!guess.result || row < 0 || row >= guess.result->rows.size() || guess.traceFile.isEmpty())
        return;
    const auto shown = m_parts.runs.whenShown(guess.traceFile, [this, screen, row] { tellWhy(screen, row); });
    if (!shown)
        m_parts.notice.tell(shown.error());
}

void GuessDesk::tellWhy(int screen, int row)
{
    const app::Question* const question = questionOf(screen);
    const app::TraceLog* const log = m_parts.feed.session().log();
    const GuessState& guess = stateOf(screen);
    if (!question || !log || !guess.result || row >= guess.result->rows.size())
        return;
    const app::GuessRow& asked = guess.result->rows[row];
    m_parts.feed.stopPlaying();
    if (asked.moment)
        m_parts.feed.session().goTo(*asked.moment);
    const app::Explanation why = app::whyThere(*question, *guess.result, row, *log, m_parts.feed.wording());
    const auto here = asked.moment ? lineAt(*log, *asked.moment, asked.text) : std::nullopt;
    if (why && !guess.result->next.isEmpty()) {
        m_parts.before.show(why, guess.result->next, asked.text);
    } else if (why) {
        // It came in the place of that one, or that one in its.
        int last = 0; // who is guessed after all that came is compared with the last
        for (const app::GuessRow& each : guess.result->rows)
            last = std::max(last, each.cameAt);
        const int place = std::min(asked.guessedPlace, last);
        const auto other = std::ranges::find_if(
            guess.result->rows, [&](const app::GuessRow& each) { return each.cameAt > 0 && each.cameAt == place; });
        const bool known = other != guess.result->rows.end();
        const bool otherFirst = known && other->cameAt < asked.cameAt;
        m_parts.before.show(
            why, otherFirst ? other->text : asked.text, otherFirst || !known ? asked.text : other->text);
    } else if (here && *here > 1) {
        m_parts.before.ask(*here - 1, *here);
    } else {
        m_parts.before.close();
    }
}

} // namespace bistro::ui
