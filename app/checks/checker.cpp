#include "checks/checker.h"

#include "checks/look.h"
#include "checks/programcopy.h"
#include "checks/programrun.h"
#include "checks/scriptcheck.h"
#include "process/temporaryfolder.h"

#include <QDir>
#include <QFile>
#include <QThread>
#include <QTimer>

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

// A run that is made, and who waits for it.
struct Errand {
    RunWith with;
    QList<qsizetype> expectations; // their numbers
    int times = 1; // OneOrder: so many runs, one after the other
};

bool isScript(const Expectation& expectation)
{
    return std::holds_alternative<expect::Script>(expectation.what);
}

// In which order the lines came.
QStringList orderOf(const QStringList& lines, const QByteArray& output)
{
    QStringList order;
    for (const QString& line : linesOf(output)) {
        if (std::ranges::any_of(lines, [&](const QString& each) { return each.trimmed() == line; }))
            order += line;
    }
    return order;
}

// In a thread of its own; waited for when it goes.
class Copying final {
public:
    ~Copying()
    {
        if (m_thread)
            m_thread->wait();
    }

    template <typename Then>
    void start(
        const QString& from, const QString& to, const QList<GeneratedFile>& generated, QObject* context, Then then)
    {
        if (m_thread)
            m_thread->wait();
        m_thread.reset(QThread::create([this, from, to, generated] { m_result = copyProgram(from, to, generated); }));
        QObject::connect(
            m_thread.get(), &QThread::finished, context, [this, then] { then(m_result); }, Qt::QueuedConnection);
        m_thread->start();
    }

private:
    std::expected<void, QString> m_result;
    std::unique_ptr<QThread> m_thread;
};

} // namespace

// Everything that belongs to one check: it goes with it, and what runs is stopped.
struct Checker::Parts {
    Parts(Checker& owner, const std::filesystem::path& engineOf)
        : checker(owner)
        , engine(engineOf)
    {
    }

    // Later, so that who hears it may begin another check.
    void tell() { QMetaObject::invokeMethod(&checker, &Checker::changed, Qt::QueuedConnection); }
    void stop()
    {
        errands.clear();
        current.reset();
        script.reset();
    }
    void begin(const Lesson& of, const QString& from, const FinishedRun& own);
    void next();
    void run();
    void over();
    void looked(qsizetype expectation);
    void scriptOver(qsizetype expectation);
    void nextScript();
    void errandDone();
    void answer(qsizetype expectation, CheckAnswer answer);
    void answerAll(const QString& sentence);
    void plan(qsizetype number);
    [[nodiscard]] const Expectation& expectation(qsizetype number) const { return lesson.check.expectations[number]; }
    [[nodiscard]] QString place(const QString& name) const { return work.filePath(name); }

    Checker& checker;
    std::filesystem::path engine;
    Lesson lesson;
    QString folder; // of the learner's program
    qsizetype before = 0; // answers before the first expectation's
    std::deque<Errand> errands;
    int round = 0; // of the errand's times
    int copies = 0;
    int traces = 0;
    QString copy; // folder of the errand that goes on
    QStringList firstOrder; // of its lines, in its first round
    QList<qsizetype> scripts; // of the errand, that are left
    TemporaryFolder work; // made with the first run
    QObject context; // of what is told later
    std::unique_ptr<ProgramRun> current;
    std::unique_ptr<ProgramRun> script;
    Copying copying;
};

Checker::Checker(std::filesystem::path engine, QObject* parent)
    : QObject(parent)
    , m_engine(std::move(engine))
{
}

Checker::~Checker() = default;

void Checker::check(const Lesson& lesson, const QString& folder, const FinishedRun& own)
{
    m_report = {};
    m_parts = std::make_unique<Parts>(*this, m_engine);
    m_parts->begin(lesson, folder, own);
    emit changed();
}

void Checker::cancel()
{
    if (m_parts)
        m_parts->stop();
    for (CheckAnswer& answer : m_report.answers) {
        if (answer.state != CheckAnswer::State::Running)
            continue;
        answer.state = CheckAnswer::State::Unknown;
        answer.sentence = CheckWords::tr("this was not looked at to the end.");
    }
}

void Checker::Parts::begin(const Lesson& of, const QString& from, const FinishedRun& own)
{
    lesson = of;
    folder = from;
    auto& answers = checker.m_report.answers;
    if (auto wrong = whatWentWrong(lesson, own)) {
        answers += *std::move(wrong);
        before = 1;
    }
    // Of a program that Node can't read nothing has run: what it would do is not said.
    const bool neverBegan = before == 1 && isUnread(own);
    for (qsizetype i = 0; i < lesson.check.expectations.size(); ++i) {
        const Expectation& each = expectation(i);
        const Look at {.expectation = each, .lesson = lesson, .run = own};
        if (neverBegan) {
            answers += unknownAnswer(at, CheckWords::tr("this is looked at once your program starts."));
            continue;
        }
        const bool repeats = std::holds_alternative<expect::OneOrder>(each.what);
        const bool isLater = !each.with.isOwn() || isScript(each);
        CheckAnswer answer = isLater ? unknownAnswer(at, {}) : evaluate(each, lesson, own);
        if (isLater && own.stopped && before == 1) {
            answer.sentence = CheckWords::tr("this is looked at once your program ends.");
        } else if (isLater || (repeats && answer.state == CheckAnswer::State::Right)) {
            answer = {.state = CheckAnswer::State::Running,
                .sentence = CheckWords::tr("this is being looked at."),
                .runName = each.with.name};
            plan(i);
        }
        answers += answer;
    }
    if (!errands.empty())
        QTimer::singleShot(0, &context, [this] { next(); });
}

// Runs with the same inputs are one, but for those that are repeated.
void Checker::Parts::plan(qsizetype number)
{
    const Expectation& each = expectation(number);
    RunWith with = each.with;
    if (with.isOwn())
        with = lesson.check.run;
    if (const auto* const order = std::get_if<expect::OneOrder>(&each.what)) {
        errands.push_back({.with = with, .expectations = {number}, .times = std::max(1, order->runs)});
        return;
    }
    const auto same = std::ranges::find_if(
        errands, [&](const Errand& errand) { return errand.times == 1 && errand.with == with; });
    if (same != errands.end())
        same->expectations += number;
    else
        errands.push_back({.with = with, .expectations = {number}});
}

void Checker::Parts::next()
{
    if (errands.empty())
        return;
    round = 0;
    if (work.path().empty()) {
        auto made = TemporaryFolder::make(engine);
        if (!made) {
            answerAll(QString::fromStdString(made.error()));
            errandDone();
            return;
        }
        work = std::move(*made);
    }
    copy = place(u"run-%1"_s.arg(++copies));
    copying.start(folder, copy, lesson.generated, &context, [this](const std::expected<void, QString>& copied) {
        if (errands.empty())
            return;
        if (copied) {
            run();
        } else {
            answerAll(copied.error());
            errandDone();
        }
    });
}

void Checker::Parts::run()
{
    RunPlan plan = planOf(lesson, errands.front().with);
    plan.engine = engine;
    plan.executable = engine;
    plan.folder = copy;
    plan.trace = place(u"%1.bistro"_s.arg(++traces));
    plan.patience = kPatience;
    plan.mostOutput = kMostOutput;
    current = std::make_unique<ProgramRun>();
    QObject::connect(current.get(), &ProgramRun::finished, &context, [this] { over(); }, Qt::QueuedConnection);
    current->start(plan);
}

void Checker::Parts::over()
{
    if (!current)
        return;
    const Errand& errand = errands.front();
    if (!current->error().isEmpty()) {
        answerAll(current->error());
        errandDone();
        return;
    }
    scripts.clear();
    for (const qsizetype number : errand.expectations) {
        if (isScript(expectation(number)))
            scripts += number;
        else
            looked(number);
    }
    if (++round < errand.times) {
        QFile::remove(current->run().traceFile);
        run();
    } else {
        nextScript();
    }
}

// The answer of a run; of a repeated one, when it is the last, or when it differs.
void Checker::Parts::looked(qsizetype number)
{
    const Expectation& each = expectation(number);
    Errand& errand = errands.front();
    const FinishedRun& run = current->run();
    CheckAnswer answer = evaluate(each, lesson, run);
    const auto wrong = failureOf(lesson, errand.with, run);
    if (wrong && number == errand.expectations.front())
        answer = *wrong;
    answer.traceFile = run.traceFile;
    answer.runName = each.with.name;
    const auto* const order = std::get_if<expect::OneOrder>(&each.what);
    if (order && answer.state == CheckAnswer::State::Right) {
        const QStringList came = orderOf(order->lines, run.output);
        if (round == 0)
            firstOrder = came;
        if (came != firstOrder) {
            Evidence evidence {.notYet = CheckWords::tr("run %1 printed these lines in another order.").arg(round + 1)};
            evidence.moment = printedAt(*run.log, came.value(0));
            answer = answerOf({.expectation = each, .lesson = lesson, .run = run}, false, evidence);
            answer.traceFile = run.traceFile;
        } else if (round + 1 < errand.times) {
            return;
        } else {
            answer.traceFile.clear(); // nothing to show but what the own run shows
            answer.sentence = each.right.isEmpty()
                ? CheckWords::tr("these lines came in one order in %n runs.", nullptr, errand.times)
                : answer.sentence;
        }
    }
    if (order && answer.state != CheckAnswer::State::Right)
        errand.times = 1; // no more runs are needed
    this->answer(number, std::move(answer));
}

void Checker::Parts::nextScript()
{
    if (scripts.isEmpty()) {
        errandDone();
        return;
    }
    const qsizetype number = scripts.takeFirst();
    const Expectation& each = expectation(number);
    const FinishedRun& run = current->run();
    const Look at {.expectation = each, .lesson = lesson, .run = run};
    const auto plan = run.log
        ? scriptPlan(std::get<expect::Script>(each.what), lesson, run, place(u"script-%1"_s.arg(number)))
        : std::unexpected(CheckWords::tr("this run was not recorded, so nobody can say."));
    if (!plan) {
        answer(number, unknownAnswer(at, plan.error()));
        nextScript();
        return;
    }
    RunPlan started = *plan;
    started.engine = engine;
    started.executable = engine;
    started.patience = kPatience;
    script = std::make_unique<ProgramRun>();
    QObject::connect(
        script.get(), &ProgramRun::finished, &context, [this, number] { scriptOver(number); }, Qt::QueuedConnection);
    script->start(started);
}

void Checker::Parts::scriptOver(qsizetype number)
{
    if (!script)
        return;
    const Look at {.expectation = expectation(number), .lesson = lesson, .run = current->run()};
    CheckAnswer said = script->error().isEmpty() ? scriptAnswer(at, script->run()) : unknownAnswer(at, script->error());
    said.traceFile = current->run().traceFile;
    answer(number, std::move(said));
    nextScript();
}

void Checker::Parts::errandDone()
{
    if (!copy.isEmpty())
        QDir(copy).removeRecursively();
    current.reset();
    script.reset();
    errands.pop_front();
    next();
}

void Checker::Parts::answer(qsizetype number, CheckAnswer answer)
{
    checker.m_report.answers[before + number] = std::move(answer);
    tell();
}

void Checker::Parts::answerAll(const QString& sentence)
{
    for (const qsizetype number : errands.front().expectations) {
        CheckAnswer& answer = checker.m_report.answers[before + number];
        answer.state = CheckAnswer::State::Unknown;
        answer.sentence = sentence;
    }
    tell();
}

} // namespace bistro::app
