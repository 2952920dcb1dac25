#include "checks/programrun.h"

#include "checks/look.h"
#include "checks/sender.h"
#include "confine/enclosing.h"
#include "process/engineprocess.h"
#include "state/keepsalive.h"

#include <QFile>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

using namespace std::chrono_literals;

constexpr auto kLook = 20ms; // between two looks at the growing trace, while somebody waits for what it says
constexpr auto kSlice = 5ms; // of a turn, for taking in the trace
constexpr auto kGrace = 300ms; // from asking to killing

std::string local(const QString& text)
{
    return QFile::encodeName(text).toStdString();
}

std::expected<Launch, std::string> launchOf(const RunPlan& plan)
{
    LaunchBuilder builder(plan.executable);
    std::vector<std::string> arguments {local(plan.file)};
    for (const QString& argument : plan.arguments)
        arguments.push_back(local(argument));
    builder.with(std::move(arguments)).in(local(plan.folder));
    if (plan.poolSize > 0)
        builder.environment({"UV_THREADPOOL_SIZE=" + std::to_string(plan.poolSize)});
    auto enclosed = enclose({.place = {.file = local(plan.folder) + '/' + local(plan.file), .current = {}},
        .engine = plan.engine.empty() ? plan.executable : plan.engine,
        .executable = plan.executable});
    if (!enclosed)
        return std::unexpected(enclosed.error());
    builder.within(std::move(enclosed->enclosure));
    if (!plan.trace.isEmpty())
        builder.recordedInto(local(plan.trace)).controlled();
    return builder.build();
}

} // namespace

RunPlan planOf(const Lesson& lesson, const RunWith& with)
{
    return {.file = lesson.mainFile,
        .arguments = with.arguments.value_or(lesson.arguments),
        .poolSize = lesson.poolSize,
        .input = with.input,
        .send = with.send,
        .stopAfterwards = with.stopAfterwards};
}

struct ProgramRun::Parts {
    RunPlan plan;
    EngineProcess process;
    Sender sender;
    QTimer patience;
    QTimer looks;
    QTimer rest; // takes in what the trace has
    std::unique_ptr<TraceLog> log;
    FinishedRun run;
    QString error;
    bool sent = false;
    bool served = false; // stopped because all is answered
    bool isOver = false;
};

ProgramRun::ProgramRun(QObject* parent)
    : QObject(parent)
    , m_parts(std::make_unique<Parts>())
{
    Parts& p = *m_parts;
    p.process.setGrace(kGrace);
    p.patience.setSingleShot(true);
    const auto take = [this](QByteArray& into, const QByteArray& bytes) {
        Parts& parts = *m_parts;
        const qint64 room = parts.plan.mostOutput - parts.run.output.size() - parts.run.errorOutput.size();
        into += bytes.left(std::max<qint64>(0, room));
        if (bytes.size() >= room && !parts.run.stopped && !parts.process.isOver()) {
            parts.run.stopped = true;
            parts.process.stop();
        }
    };
    connect(&p.process, &EngineProcess::outputArrived, this,
        [this, take](const QByteArray& bytes) { take(m_parts->run.output, bytes); });
    connect(&p.process, &EngineProcess::errorOutputArrived, this,
        [this, take](const QByteArray& bytes) { take(m_parts->run.errorOutput, bytes); });
    connect(&p.process, &EngineProcess::stateChanged, this, [this] {
        if (m_parts->process.isOver())
            ended();
    });
    connect(&p.patience, &QTimer::timeout, this, [this] {
        m_parts->run.stopped = true;
        m_parts->process.stop();
    });
    connect(&p.looks, &QTimer::timeout, this, [this] { look(); });
    connect(&p.sender, &Sender::finished, this, [this] { told(); });
    connect(&p.rest, &QTimer::timeout, this, [this] { takeIn(); });
}

ProgramRun::~ProgramRun() = default;

void ProgramRun::start(const RunPlan& plan)
{
    Parts& p = *m_parts;
    p.plan = plan;
    p.run.folder = plan.folder;
    p.run.traceFile = plan.trace;
    auto launch = launchOf(plan);
    if (!launch) {
        p.error = QString::fromStdString(launch.error());
        p.isOver = true;
        QTimer::singleShot(0, this, [this] { emit finished(); });
        return;
    }
    p.patience.start(plan.patience);
    p.process.start(std::move(*launch));
    if (p.process.isOver())
        return; // it was told
    p.process.write(plan.input.toUtf8());
    p.process.closeInput();
    if (!plan.trace.isEmpty() && (!plan.send.isEmpty() || plan.stopAfterwards))
        p.looks.start(kLook);
}

bool ProgramRun::isOver() const
{
    return m_parts->isOver;
}

const FinishedRun& ProgramRun::run() const
{
    return m_parts->run;
}

QString ProgramRun::error() const
{
    return m_parts->error;
}

// Whether it listens by now, or, when there is nothing to send, does nothing but wait.
void ProgramRun::look()
{
    Parts& p = *m_parts;
    if (!p.log) {
        if (auto log = TraceLog::open(local(p.plan.trace), kSlice))
            p.log = std::move(*log);
        return;
    }
    p.log->refresh(kSlice);
    const quint16 port = listeningPort(*p.log);
    if (port == 0 || p.sent)
        return;
    if (!p.plan.send.isEmpty()) {
        p.sent = true;
        p.looks.stop();
        p.sender.send(port, p.plan.send);
    } else if (p.log->caughtUp() && onlyWaits(p.log->head())) {
        told();
    }
}

// All that was sent is answered.
void ProgramRun::told()
{
    Parts& p = *m_parts;
    p.run.replies = p.sender.replies();
    p.looks.stop();
    if (!p.plan.stopAfterwards || p.process.isOver())
        return;
    p.served = true;
    p.patience.stop();
    p.process.stop();
}

void ProgramRun::ended()
{
    Parts& p = *m_parts;
    p.patience.stop();
    p.looks.stop();
    if (const auto* const finished = std::get_if<EngineProcess::Finished>(&p.process.state())) {
        p.run.exitCode = p.served ? 0 : finished->code;
    } else if (const auto* const failed = std::get_if<EngineProcess::Failed>(&p.process.state())) {
        if (failed->signal == 0)
            p.error = failed->sentence;
        else if (!p.served && !p.run.stopped)
            p.run.signal = failed->signal;
    }
    if (p.sent && p.run.replies.isEmpty())
        p.run.replies = p.sender.replies();
    for (FinishedRun::Reply& reply : p.run.replies) {
        if (reply.status == 0 && reply.error.isEmpty())
            reply.error = CheckWords::tr("The program ended before it answered.");
    }
    p.rest.start(0);
}

// What was recorded, a slice in each turn.
void ProgramRun::takeIn()
{
    Parts& p = *m_parts;
    bool whole = true;
    if (!p.plan.trace.isEmpty()) {
        if (p.log) {
            p.log->refresh(kSlice);
        } else if (auto log = TraceLog::open(local(p.plan.trace), kSlice)) {
            p.log = std::move(*log);
        }
        whole = !p.log || p.log->caughtUp() || !p.log->damage().empty() || p.log->lost();
    }
    if (!whole)
        return;
    p.rest.stop();
    p.run.log = p.log.get();
    p.isOver = true;
    emit finished();
}

} // namespace bistro::app
