#include "premises.h"

#include "confine/enclosing.h"
#include "process/engineprocess.h"
#include "support/sidebyside.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTest>
#include <QUuid>

#include <csignal>

using namespace bistro::app;
using namespace Qt::StringLiterals;

namespace bistro::test {
namespace {

constexpr auto kUntilGone = std::chrono::seconds(10);
const QString kEngine = QStringLiteral(BISTRO_ENGINE);

QByteArray read(const QString& file)
{
    QFile in(file);
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

QList<qint64> processes()
{
    QList<qint64> found;
    for (const QString& name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        bool isNumber = false;
        const qint64 pid = name.toLongLong(&isNumber);
        if (isNumber)
            found << pid;
    }
    return found;
}

QString proc(qint64 pid, const QString& file)
{
    return u"/proc/%1/%2"_s.arg(pid).arg(file);
}

Outcome outcomeOf(QProcess& process)
{
    if (!process.waitForFinished(static_cast<int>(std::chrono::milliseconds(kPatience).count())))
        qWarning("%s does not end", qPrintable(process.arguments().join(u' ')));
    const bool crashed = process.exitStatus() == QProcess::CrashExit;
    return {.output = process.readAllStandardOutput(),
        .errorOutput = process.readAllStandardError(),
        .exit = {.code = crashed ? 0 : process.exitCode(), .signal = crashed ? process.exitCode() : 0}};
}

} // namespace

Premises::Premises()
    : m_mark("FAULTS_RUN=" + QUuid::createUuid().toByteArray(QUuid::WithoutBraces))
{
    const QDir folder(m_folder.path());
    for (const char* const name : {"workspace", "home/.ssh", "temporary", "state"})
        folder.mkpath(QString::fromLatin1(name));
    const QByteArray path = QFile::encodeName(folder.canonicalPath());
    qputenv("TMPDIR", path + "/temporary");
    qputenv("HOME", path + "/home");
    qputenv("XDG_STATE_HOME", path + "/state");
    qunsetenv("XDG_CONFIG_HOME");
    qunsetenv("XDG_DATA_HOME");
    qputenv("FAULTS_RUN", m_mark.mid(m_mark.indexOf('=') + 1));
    for (const QString& name : {u"notes.txt"_s, u".ssh/id"_s}) {
        QFile file(beside(name));
        if (file.open(QIODevice::WriteOnly))
            file.write("what is none of the program's business");
    }
    m_before = filesBeside();
}

QString Premises::path(const QString& name) const
{
    return QDir(m_folder.filePath(u"workspace"_s)).canonicalPath() + (name.isEmpty() ? QString() : u'/' + name);
}

QString Premises::beside(const QString& name) const
{
    return QDir(m_folder.filePath(u"home"_s)).canonicalPath() + (name.isEmpty() ? QString() : u'/' + name);
}

QString Premises::put(const QString& program) const
{
    const QByteArray text = read(QStringLiteral(BISTRO_FAULTS "/programs/") + program);
    if (text.isEmpty())
        qFatal("There is no program %s.", qPrintable(program));
    return write(program, text);
}

QString Premises::write(const QString& name, const QByteArray& text) const
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("Cannot write %s.", qPrintable(name));
    return file.fileName();
}

void Premises::start(QProcess& process, const QStringList& words) const
{
    process.setWorkingDirectory(path());
    process.start(QStringLiteral(BISTRO_COMMAND), QStringList {u"run"_s, u"--trace"_s, trace()} + words);
}

Outcome Premises::run(const QStringList& words, const QByteArray& input) const
{
    QProcess process;
    start(process, words);
    process.write(input);
    process.closeWriteChannel();
    return outcomeOf(process);
}

Outcome Premises::limited(const QString& program, const sandbox::Limits& limits) const
{
    const std::filesystem::path engine = kEngine.toStdString();
    auto enclosed = enclose({.place = {.file = put(program).toStdString(), .current = path().toStdString()},
        .engine = engine,
        .executable = engine,
        .given = {},
        .once = {},
        .limits = limits});
    if (!enclosed)
        qFatal("%s", enclosed.error().c_str());
    LaunchBuilder builder(engine);
    builder.with({path(program).toStdString()}).in(path().toStdString()).controlled().withLines();
    builder.recordedInto(trace().toStdString()).within(std::move(enclosed->enclosure));
    Outcome outcome;
    EngineProcess process;
    QObject::connect(
        &process, &EngineProcess::outputArrived, [&](const QByteArray& bytes) { outcome.output += bytes; });
    QObject::connect(
        &process, &EngineProcess::errorOutputArrived, [&](const QByteArray& bytes) { outcome.errorOutput += bytes; });
    process.start(builder.build().value());
    process.closeInput();
    if (!QTest::qWaitFor([&] { return process.isOver(); }, QDeadlineTimer(kPatience)))
        qWarning("%s does not end", qPrintable(program));
    if (const auto* const failed = std::get_if<EngineProcess::Failed>(&process.state()))
        outcome.exit.signal = failed->signal;
    else if (const auto* const finished = std::get_if<EngineProcess::Finished>(&process.state()))
        outcome.exit.code = finished->code;
    return outcome;
}

Program Premises::program(const QString& name) const
{
    return {.file = put(name), .title = {}, .directory = {}, .settings = {}, .lines = true};
}

Outcome Premises::tell(const QStringList& words) const
{
    return ask(QStringList {words.front(), trace()} + words.mid(1));
}

Outcome Premises::ask(const QStringList& words, const QString& folder) const
{
    QProcess process;
    process.setWorkingDirectory(folder.isEmpty() ? path() : folder);
    process.start(QStringLiteral(BISTRO_COMMAND), words);
    process.closeWriteChannel();
    return outcomeOf(process);
}

QList<QJsonObject> Premises::findings() const
{
    QList<QJsonObject> found;
    for (const QByteArray& line : tell({u"findings"_s, u"--json"_s, u"--runtime"_s}).output.split('\n')) {
        if (!line.isEmpty())
            found << QJsonDocument::fromJson(line).object();
    }
    return found;
}

QMap<QString, QByteArray> Premises::filesBeside() const
{
    QMap<QString, QByteArray> files;
    for (QDirIterator it(beside(), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        it.hasNext();) {
        const QString name = it.next();
        files.insert(name, read(name));
    }
    return files;
}

Left Premises::leftNow() const
{
    Left left;
    for (const qint64 pid : processes()) {
        if (read(proc(pid, u"environ"_s)).split('\0').contains(m_mark))
            left.processes << QString::fromUtf8(read(proc(pid, u"cmdline"_s)).replace('\0', ' ')).trimmed();
    }
    left.temporary = QDir(qEnvironmentVariable("TMPDIR"))
                         .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    const auto now = filesBeside();
    for (const QString& name : QStringList(m_before.keys() + now.keys())) {
        if (now.value(name) != m_before.value(name) || !now.contains(name) || !m_before.contains(name))
            left.changed << name;
    }
    return left;
}

Left Premises::left() const
{
    Left left;
    (void)QTest::qWaitFor(
        [&] {
            left = leftNow();
            return left.nothing();
        },
        QDeadlineTimer(kUntilGone));
    return left;
}

QString Premises::wellAfterwards() const
{
    if (const Left there = left(); !there.nothing())
        return u"There is left: processes [%1], temporary files [%2]; changed: [%3]"_s.arg(
            there.processes.join(u", "_s), there.temporary.join(u", "_s), there.changed.join(u", "_s));
    const QString next = write(u"next.js"_s, "console.log('next');\n");
    const Outcome outcome = run({next});
    if (outcome.output != "next\n" || !outcome.errorOutput.isEmpty() || outcome.exit != Exit {})
        return u"The next run ended with code %1, signal %2, and printed: %3%4"_s.arg(outcome.exit.code)
            .arg(outcome.exit.signal)
            .arg(QString::fromUtf8(outcome.output), QString::fromUtf8(outcome.errorOutput));
    return {};
}

QString faultOf(const QString& trace)
{
    return faultOfTrace(trace.toStdString());
}

std::chrono::milliseconds stopped(Session& session)
{
    QElapsedTimer clock;
    clock.start();
    session.stop();
    if (!QTest::qWaitFor([&] { return !session.isRunning(); }, QDeadlineTimer(kPatience)))
        QTest::qFail("The run does not end when it is stopped.", __FILE__, __LINE__);
    return std::chrono::milliseconds(clock.elapsed());
}

bool isOver(const Session& session)
{
    return !session.isRunning() && session.log() && session.log()->head().end && session.log()->caughtUp();
}

quint64 memoryOf(qint64 pid, QByteArrayView name)
{
    for (const QByteArray& line : read(proc(pid, u"status"_s)).split('\n')) {
        if (line.startsWith(name) && line.mid(name.size()).startsWith(':'))
            return line.simplified().split(' ').value(1).toULongLong();
    }
    return 0;
}

QList<qint64> below(qint64 pid)
{
    QMultiMap<qint64, qint64> children;
    for (const qint64 one : processes()) {
        const QByteArray stat = read(proc(one, u"stat"_s));
        children.insert(stat.mid(stat.lastIndexOf(')') + 1).simplified().split(' ').value(1).toLongLong(), one);
    }
    QList<qint64> found {pid};
    for (qsizetype i = 0; i < found.size(); ++i)
        found += children.values(found[i]);
    found.removeFirst();
    return found;
}

} // namespace bistro::test
