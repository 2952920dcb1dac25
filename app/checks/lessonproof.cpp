#include "checks/lessonproof.h"

#include "checks/checker.h"
#include "checks/claims.h"
#include "checks/look.h"
#include "checks/programrun.h"
#include "lesson/lessonreader.h"
#include "lesson/nearest.h"
#include "process/temporaryfolder.h"

#include <QDir>
#include <QFileInfo>
#include <QTimer>

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

// So often the start is run while it shows faults: what time decides can come otherwise on a busy computer.
constexpr int kMostRounds = 3;

// A program of the lesson that is run.
struct Trial {
    enum class Kind : std::uint8_t { Start, Answer, Wrong };
    Kind kind {};
    QString folder; // whose files it has
    const WrongAnswer* wrong = nullptr;
};

// "Not yet: the waiter was blocked …"
QString whole(const CheckAnswer& answer)
{
    const QString run = answer.runName.isEmpty() ? QString() : u" ("_s + answer.runName + u')';
    switch (answer.state) {
    case CheckAnswer::State::Right: return CheckWords::tr("Right: %1").arg(answer.sentence) + run;
    case CheckAnswer::State::NotYet: return CheckWords::tr("Not yet: %1").arg(answer.sentence) + run;
    case CheckAnswer::State::Running:
    case CheckAnswer::State::Unknown: break;
    }
    return CheckWords::tr("Not known: %1").arg(answer.sentence) + run;
}

} // namespace

struct LessonProof::Parts {
    Parts(LessonProof& owner, Lesson of, std::filesystem::path engineOf, std::filesystem::path stockOf)
        : proof(owner)
        , lesson(std::move(of))
        , engine(std::move(engineOf))
        , stock(std::move(stockOf))
        , checker(engine)
    {
        QObject::connect(&checker, &Checker::changed, &context, [this] { heard(); }, Qt::QueuedConnection);
    }

    void begin();
    void next();
    void ran();
    void heard();
    void askStock();
    void stockSaid();
    void startSaid(QList<LessonFault> found);
    void strikeOrders();
    void complainOfOrders();
    void judge();
    void judgeAnswer(const CheckReport& report);
    void judgeWrong(const CheckReport& report);
    void goOn();
    void clearAway();
    void complain(const QString& file, int line, const QString& sentence)
    {
        faults += {.file = lesson.folder + u'/' + file, .line = line, .sentence = sentence};
    }
    // Of the lesson: "answer-2", "wrong/too-early".
    [[nodiscard]] QString nameOf(const Trial& trial) const
    {
        return QDir(lesson.folder).relativeFilePath(trial.folder);
    }
    [[nodiscard]] RunPlan plan(const QString& name);

    LessonProof& proof;
    Lesson lesson;
    std::filesystem::path engine;
    std::filesystem::path stock;
    QList<LessonFault> faults;
    std::deque<Trial> trials;
    int round = 0; // of the start
    QList<LessonFault> claims; // of the start, that each round so far has shown to be wrong
    QList<ScreenLink> orders; // that no run so far has had
    QStringList titles; // of the start's orders
    bool isRight = false; // the start, by its check in this round
    int number = 0; // of folders
    bool checking = false; // the checker is at work for the trial
    bool isOver = false;
    TemporaryFolder work;
    QObject context;
    std::unique_ptr<ProgramRun> run;
    std::unique_ptr<ProgramRun> stockRun;
    Checker checker;
};

LessonProof::LessonProof(Lesson lesson, std::filesystem::path engine, std::filesystem::path stock, QObject* parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>(*this, std::move(lesson), std::move(engine), std::move(stock)))
{
}

LessonProof::~LessonProof() = default;

const Lesson& LessonProof::lesson() const
{
    return m_parts->lesson;
}

const QList<LessonFault>& LessonProof::faults() const
{
    return m_parts->faults;
}

bool LessonProof::isOver() const
{
    return m_parts->isOver;
}

void LessonProof::start()
{
    m_parts->begin();
}

void LessonProof::Parts::begin()
{
    auto made = TemporaryFolder::make(engine);
    if (!made) {
        complain({}, 0, QString::fromStdString(made.error()));
        QTimer::singleShot(0, &context, [this] { next(); });
        return;
    }
    work = std::move(*made);
    if (lesson.check.hints.size() != 2)
        complain(u"check.yaml"_s, 0, CheckWords::tr("A lesson has two hints. The third one is the answer itself."));
    faults += linkFaults(lesson);
    orders = linksTo(lesson, LessonLink::Kind::Order);
    trials.push_back({.kind = Trial::Kind::Start, .folder = lesson.startFolder()});
    for (const QString& answer : lesson.answers)
        trials.push_back({.kind = Trial::Kind::Answer, .folder = answer});
    for (const WrongAnswer& wrong : lesson.wrong)
        trials.push_back({.kind = Trial::Kind::Wrong, .folder = wrong.folder, .wrong = &wrong});
    QTimer::singleShot(0, &context, [this] { next(); });
}

RunPlan LessonProof::Parts::plan(const QString& name)
{
    RunPlan plan = planOf(lesson, lesson.check.run);
    plan.engine = engine;
    plan.executable = engine;
    plan.folder = work.filePath(name);
    plan.trace = work.filePath(name + u".bistro"_s);
    plan.patience = Checker::kPatience;
    plan.mostOutput = Checker::kMostOutput;
    return plan;
}

void LessonProof::Parts::next()
{
    if (trials.empty()) {
        complainOfOrders();
        isOver = true;
        emit proof.finished();
        return;
    }
    const RunPlan started = plan(QString::number(++number));
    if (const auto laid = layOut(lesson, trials.front().folder, started.folder); !laid) {
        complain(nameOf(trials.front()), 0, laid.error());
        goOn();
        return;
    }
    run = std::make_unique<ProgramRun>();
    QObject::connect(run.get(), &ProgramRun::finished, &context, [this] { ran(); }, Qt::QueuedConnection);
    run->start(started);
}

void LessonProof::Parts::ran()
{
    if (!run->error().isEmpty()) {
        complain(nameOf(trials.front()), 0, run->error());
        goOn();
        return;
    }
    strikeOrders();
    if (trials.front().kind == Trial::Kind::Start && isUnread(run->run())) {
        const auto why = whatWentWrong(lesson, run->run());
        complain(u"start/"_s + lesson.mainFile, why ? why->line.value_or(0) : 0,
            why ? why->sentence : CheckWords::tr("Node can't read the program."));
        goOn();
        return;
    }
    checking = true;
    checker.check(lesson, run->run().folder, run->run());
}

void LessonProof::Parts::heard()
{
    if (!checking || !checker.report().isOver())
        return;
    checking = false;
    judge();
}

void LessonProof::Parts::judge()
{
    const CheckReport& report = checker.report();
    switch (trials.front().kind) {
    case Trial::Kind::Start:
        isRight = report.allRight();
        askStock();
        return;
    case Trial::Kind::Answer: judgeAnswer(report); break;
    case Trial::Kind::Wrong: judgeWrong(report); break;
    }
    goOn();
}

void LessonProof::Parts::judgeAnswer(const CheckReport& report)
{
    const QString name = nameOf(trials.front());
    const bool unread = isUnread(run->run()); // then it is the only thing to say
    const qsizetype before = report.answers.size() - lesson.check.expectations.size();
    for (qsizetype i = 0; i < report.answers.size(); ++i) {
        const CheckAnswer& answer = report.answers[i];
        if (answer.state == CheckAnswer::State::Right || (unread && i >= before))
            continue;
        const QString sentence = CheckWords::tr("%1 should pass the check, and does not. %2").arg(name, whole(answer));
        if (i < before)
            complain(name + u'/' + lesson.mainFile, answer.line.value_or(0), sentence);
        else
            complain(u"check.yaml"_s, lesson.check.expectations[i - before].sourceLine, sentence);
    }
}

void LessonProof::Parts::judgeWrong(const CheckReport& report)
{
    const Trial& trial = trials.front();
    const QString file = nameOf(trial) + u"/expect.yaml"_s;
    if (report.allRight())
        complain(file, 0, CheckWords::tr("%1 passes the check, and should not.").arg(nameOf(trial)));
    QStringList said;
    for (const CheckAnswer& answer : report.answers) {
        if (answer.state != CheckAnswer::State::Right)
            said += answer.sentence;
    }
    for (const QString& sentence : trial.wrong->sentences) {
        if (std::ranges::none_of(said, [&](const QString& each) { return each.contains(sentence); }))
            complain(file, 0,
                CheckWords::tr("The check should tell %1 this: %2. It tells: %3")
                    .arg(nameOf(trial), inQuotes(sentence),
                        said.isEmpty() ? CheckWords::tr("nothing") : said.join(u' ')));
    }
}

// A server's requests need a port that only the trace tells.
void LessonProof::Parts::askStock()
{
    if (stock.empty() || !lesson.check.run.send.isEmpty() || run->run().stopped) {
        startSaid(claimFaults(lesson, run->run()));
        return;
    }
    RunPlan asked = plan(u"stock"_s);
    asked.executable = stock;
    asked.trace.clear();
    if (const auto laid = layOut(lesson, lesson.startFolder(), asked.folder); !laid) {
        complain(u"start"_s, 0, laid.error());
        goOn();
        return;
    }
    stockRun = std::make_unique<ProgramRun>();
    QObject::connect(stockRun.get(), &ProgramRun::finished, &context, [this] { stockSaid(); }, Qt::QueuedConnection);
    stockRun->start(asked);
}

void LessonProof::Parts::stockSaid()
{
    if (!stockRun->error().isEmpty()) {
        complain(u"start"_s, 0, stockRun->error());
        goOn();
        return;
    }
    startSaid(claimFaults(lesson, run->run()) + stockFaults(lesson, run->run(), stockRun->run().output));
}

// Told is what each round shows, in the words of the first.
void LessonProof::Parts::startSaid(QList<LessonFault> found)
{
    if (isRight)
        found += {.file = lesson.folder + u"/check.yaml"_s,
            .sentence = CheckWords::tr("The program in start/ is right already. Nothing is left to change.")};
    const auto isFound = [&found](const LessonFault& fault) {
        return std::ranges::any_of(
            found, [&fault](const LessonFault& other) { return fault.file == other.file && fault.line == other.line; });
    };
    if (round == 0)
        claims = found;
    else
        erase_if(claims, [&isFound](const LessonFault& fault) { return !isFound(fault); });
    if (++round < kMostRounds && !claims.isEmpty() && !run->run().stopped) {
        clearAway();
        return;
    }
    round = 0;
    faults += claims;
    goOn();
}

// A link may lead to an order that only the answer places.
void LessonProof::Parts::strikeOrders()
{
    if (trials.front().kind == Trial::Kind::Wrong || !run->run().log)
        return;
    erase_if(orders, [this](const ScreenLink& link) { return bool(orderTitled(*run->run().log, link.to.text)); });
    if (!orders.isEmpty() && titles.isEmpty())
        titles = orderTitles(run->run());
}

void LessonProof::Parts::complainOfOrders()
{
    for (const ScreenLink& link : orders)
        complain(u"lesson.md"_s, link.sourceLine,
            CheckWords::tr("Neither the start nor an answer has an order “%1”.").arg(link.to.text)
                + (titles.isEmpty() ? QString() : u' ' + allowedOf(link.to.text, titles)));
    orders.clear();
}

void LessonProof::Parts::goOn()
{
    trials.pop_front();
    clearAway();
}

void LessonProof::Parts::clearAway()
{
    run.reset();
    stockRun.reset();
    QTimer::singleShot(0, &context, [this] {
        QDir(work.filePath(QString::number(number))).removeRecursively();
        QDir(work.filePath(u"stock"_s)).removeRecursively();
        next();
    });
}

} // namespace bistro::app
