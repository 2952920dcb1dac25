#include "window/checkdesk.h"

#include "learning/copies.h"
#include "process/fileplace.h"

#include <QFile>
#include <QFileInfo>
#include <QScopedValueRollback>
#include <QTextDocument>

#include <utility>

namespace bistro::ui {

CheckDesk::CheckDesk(const Parts& parts, const std::filesystem::path& engine)
    : m_parts(parts)
    , m_checker(engine)
{
    connect(&m_checker, &app::Checker::changed, this, &CheckDesk::answered);
    connect(&parts.book, &LessonBook::lessonChanged, this, [this] {
        m_checker.cancel();
        m_state = {};
        m_running = false;
        m_parts.question.close();
        m_parts.editor.closeTexts(); // the answer belongs to the lesson that was left
        // What the check says was blocked is shown so.
        const app::Lesson* const lesson = m_parts.book.lesson();
        m_parts.feed.setBlockLimit(lesson ? lesson->check.blockLimit() : std::nullopt);
    });
    connect(&parts.runs, &LessonRuns::started, this, [this] {
        if (m_parts.runs.all().last().kind != LessonRun::Kind::Own)
            m_running = m_state.late = false;
    });
    connect(&parts.runs, &LessonRuns::ended, this, &CheckDesk::ended);
    connect(&parts.runs, &LessonRuns::goesOn, this, [this](const LessonRun& run) {
        if (run.kind != LessonRun::Kind::Own || !m_running)
            return;
        m_state.late = true;
        m_state.stillRuns = m_parts.feed.session().keptAlive();
        emit changed();
        emit said(tr("Your program still runs. Stop ends it."));
    });
    connect(&parts.feed.session(), &app::Session::waitingChanged, this, [this] {
        if (!m_state.late || !m_running)
            return;
        m_state.stillRuns = m_parts.feed.session().keptAlive();
        emit changed();
    });
    connect(&parts.feed.session(), &app::Session::stateChanged, this, [this] {
        // Of a flood there is much to read before the check can say anything.
        if (!m_parts.feed.session().isRunning() && std::exchange(m_state.late, false))
            emit changed();
    });
    connect(&parts.feed.session(), &app::Session::restarted, this, [this] {
        if (m_running && !m_parts.runs.isRunning()) { // another program has begun instead
            m_running = false;
            m_state.late = false;
            emit changed();
        }
    });
    connect(&parts.feed.session(), &app::Session::playheadMoved, this, &CheckDesk::followShown);
}

bool CheckDesk::isInFront() const
{
    if (!m_parts.book.lesson())
        return false;
    const QString file = m_parts.editor.currentPath();
    const bool beside = m_parts.editor.isCurrentReadOnly() && QFileInfo(file).isRelative(); // the answer
    return file.isEmpty() || beside || file.startsWith(m_parts.book.copy() + u'/');
}

// The hints stay where they are.
void CheckDesk::forgetAnswers()
{
    CheckState fresh;
    fresh.hintFor = std::move(m_state.hintFor);
    m_state = std::move(fresh);
}

void CheckDesk::run()
{
    const app::Lesson* const lesson = m_parts.book.lesson();
    if (!lesson)
        return;
    if (!m_parts.editor.currentPath().startsWith(m_parts.book.copy() + u'/') || m_parts.editor.isCurrentReadOnly())
        m_parts.editor.open(m_parts.book.mainFile());
    if (m_parts.editor.editorOf(m_parts.book.mainFile())) {
        if (const auto saved = m_parts.editor.prepareToRun(); !saved) {
            m_parts.notice.tell(saved.error());
            return;
        }
    }
    m_checker.cancel();
    forgetAnswers();
    m_running = true;
    const app::RunWith& with = lesson->check.run;
    const app::Program program {.file = m_parts.book.mainFile(),
        .where = app::FilePlace::named(m_parts.book.mainFile()).path(), // no link, in a copy of ours
        .title = {},
        .directory = m_parts.book.copy(),
        .settings = {.arguments = with.arguments.value_or(lesson->arguments),
            .environment = {},
            .nodeFlags = {},
            .poolSize = lesson->poolSize},
        .lines = m_parts.book.recordsLines(with)};
    m_parts.notice.hide();
    m_parts.runs.start(LessonRun::Kind::Own, {}, program, with);
    m_state.run = m_parts.runs.all().last().number;
    emit changed();
}

void CheckDesk::ended(const LessonRun& run, const app::FinishedRun& finished)
{
    const app::Lesson* const lesson = m_parts.book.lesson();
    if (run.kind != LessonRun::Kind::Own || !m_running || !lesson)
        return;
    m_running = false;
    m_state.late = false;
    m_state.run = run.number;
    m_state.traceFile = run.traceFile;
    if (lesson->check.expectations.isEmpty()) {
        emit changed();
        return;
    }
    m_checker.check(*lesson, m_parts.book.copy(), finished);
    answered();
}

void CheckDesk::answered()
{
    if (m_running)
        return;
    const bool wasOver = m_state.report.isOver() && !m_state.report.answers.isEmpty();
    m_state.report = m_checker.report();
    const bool over = m_state.report.isOver() && !m_state.report.answers.isEmpty();
    for (const app::CheckAnswer& answer : std::as_const(m_state.report.answers)) {
        if (!answer.traceFile.isEmpty())
            m_parts.runs.addFurther(answer.runName, answer.traceFile);
    }
    const bool first = m_state.report.allRight() && !m_parts.book.here().done;
    if (first)
        m_parts.book.note([](app::LessonProgress& progress) { progress.done = true; });
    emit changed();
    if (over && !wasOver)
        emit said(saidOf(m_state));
    if (first)
        emit done();
}

void CheckDesk::showMe(int number)
{
    if (number < 0 || number >= m_state.report.answers.size() || !m_state.report.answers[number].show)
        return;
    const app::CheckAnswer answer = m_state.report.answers[number];
    const QString trace = answer.traceFile.isEmpty() ? m_state.traceFile : answer.traceFile;
    const auto shown = m_parts.runs.whenShown(trace, [this, answer] { go(answer); });
    if (!shown) {
        m_parts.notice.tell(shown.error());
        return;
    }
    m_state.shown = number;
    emit changed();
}

void CheckDesk::go(const app::CheckAnswer& answer)
{
    const QScopedValueRollback going(m_going, true);
    m_parts.feed.stopPlaying();
    m_parts.feed.select({});
    if (answer.justBefore)
        m_parts.feed.session().goJustBefore(*answer.show);
    else
        m_parts.feed.session().goTo(*answer.show);
}

// Pressed only while its moment is shown.
void CheckDesk::followShown()
{
    if (m_going || m_state.shown < 0)
        return;
    m_state.shown = -1;
    emit changed();
}

void CheckDesk::hint()
{
    const app::Lesson* const lesson = m_parts.book.lesson();
    if (!lesson)
        return;
    const int hints = static_cast<int>(lesson->check.hints.size()) + (lesson->answers.isEmpty() ? 0 : 1);
    int next = 1;
    while (next <= hints && m_parts.book.here().hints.contains(next))
        ++next;
    if (next > hints) {
        if (!lesson->answers.isEmpty())
            showAnswer(); // again: its tab may be closed
        return;
    }
    if (const int open = openExpectation(lesson->check, m_state.report); open >= 0)
        m_state.hintFor.insert(next, open);
    m_parts.book.note([next](app::LessonProgress& progress) { progress.hints.insert(next); });
    if (next > lesson->check.hints.size())
        showAnswer();
    else
        emit said(lesson->check.hints[next - 1]);
    emit changed();
}

// Beside the learner's own, to be read.
void CheckDesk::showAnswer()
{
    const app::Lesson* const lesson = m_parts.book.lesson();
    if (!lesson || lesson->answers.isEmpty())
        return;
    const QString folder = lesson->answers.first();
    QFile file(folder + u'/' + lesson->mainFile);
    if (!file.open(QIODevice::ReadOnly)) {
        m_parts.notice.tell(tr("Bistro can't read the answer %1: %2.").arg(file.fileName(), file.errorString()));
        return;
    }
    m_parts.editor.openText(tr("answer") + u'.' + QFileInfo(lesson->mainFile).suffix(),
        QString::fromUtf8(file.readAll()), tr("One answer, to read. Yours is in the tab beside it."));
    emit said(tr("A tab beside yours shows one answer."));
}

void CheckDesk::startOver()
{
    const app::Lesson* const lesson = m_parts.book.lesson();
    if (!lesson)
        return;
    const CodeEditor* const editor = m_parts.editor.editorOf(m_parts.book.mainFile());
    if (app::isUnchanged(*m_parts.book.course(), *lesson) && !(editor && editor->document()->isModified())) {
        m_parts.notice.mention(tr("This is the lesson's program already"));
        return;
    }
    m_parts.question.tell(tr("Start this lesson over? Your program is kept beside the new one."),
        {{tr("Start over"), [this] { startOverNow(); }}, {tr("Go on with mine"), {}}});
}

void CheckDesk::startOverNow()
{
    const app::Course* const course = m_parts.book.course();
    const app::Lesson* const lesson = m_parts.book.lesson();
    if (!course || !lesson)
        return;
    if (m_parts.editor.editorOf(m_parts.book.mainFile()) && isInFront())
        (void)m_parts.editor.prepareToRun(); // what was typed is kept, too
    // What is open would go on showing the old one.
    EditorTabs& editor = m_parts.editor;
    QStringList open;
    for (const QString& path : editor.openPaths()) {
        if (!path.startsWith(m_parts.book.copy() + u'/') || !editor.open(path) || editor.isCurrentModified())
            continue;
        editor.closeTab();
        open.append(path);
    }
    const auto kept = app::startOver(*course, *lesson);
    for (const QString& path : std::as_const(open)) {
        if (QFileInfo::exists(path))
            editor.open(path);
    }
    if (!kept) {
        m_parts.notice.tell(kept.error());
        return;
    }
    m_checker.cancel();
    forgetAnswers();
    m_parts.editor.open(m_parts.book.mainFile());
    m_parts.notice.mention(tr("The lesson's program again. Yours is kept in “%1”").arg(QFileInfo(*kept).fileName()));
    emit changed();
}

} // namespace bistro::ui
