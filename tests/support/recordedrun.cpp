#include "recordedrun.h"

#include "trace/room.h"

#include <QFile>
#include <QHash>
#include <QProcess>
#include <QTest>

#include <fcntl.h>

using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace bistro::test {

namespace {

// Leaves the test function that asked: it could only go on to look at a trace that is not there.
void failWithoutTrace(const QString& refusal, const QProcess& process, const RecordedRun& run)
{
    QString sentence = u"The run left no trace: "_s + refusal;
    if (process.error() != QProcess::UnknownError)
        sentence += u" The engine: "_s + process.errorString() + u'.';
    else
        sentence += u" It ended with code "_s + QString::number(run.code) + u'.';
    if (!run.errorOutput.isEmpty())
        sentence += u" It wrote: "_s + QString::fromUtf8(run.errorOutput);
    const QTest::ThrowOnFailEnabler leave;
    QFAIL(qPrintable(sentence));
}

} // namespace

RecordedRun record(const QString& engine, const QByteArray& program, const RunOptions& options)
{
    RecordedRun run;
    run.folder = std::make_shared<QTemporaryDir>();
    QFile file(run.folder->filePath(options.file));
    if (!file.open(QIODevice::WriteOnly) || file.write(program) != program.size())
        qFatal("Cannot write the program.");
    file.close();
    const QString trace = run.folder->filePath(u"run.bistro"_s);

    const auto room = Room::make(open(trace.toStdString().c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!room)
        qFatal("Cannot make the trace.");

    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"BISTRO_TRACE"_s, trace);
    for (const QString& entry : options.environment)
        environment.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    process.setProcessEnvironment(environment);
    process.setWorkingDirectory(run.folder->path());
    if (options.inChild)
        process.setChildProcessModifier(options.inChild);
    process.start(engine, QStringList {options.file} + options.arguments);
    process.closeWriteChannel();
    if (options.killAfterBytes > 0) {
        while (run.output.size() < options.killAfterBytes && process.waitForReadyRead(30'000))
            run.output += process.readAllStandardOutput();
        process.kill();
    }
    process.waitForFinished(60'000);
    run.output += process.readAllStandardOutput();
    run.errorOutput = process.readAllStandardError();
    run.code = process.exitCode();
    run.crashed = process.exitStatus() == QProcess::CrashExit;

    (*room)->finish();
    auto opened = Reader::open(trace.toStdString());
    if (!opened)
        failWithoutTrace(QString::fromStdString(opened.error().sentence), process, run);
    run.trace = std::move(*opened);
    return run;
}

QString RecordedRun::text(std::uint32_t id) const
{
    const std::string_view found = trace->text({id});
    return QString::fromUtf8(found.data(), static_cast<qsizetype>(found.size()));
}

QString RecordedRun::place(std::uint32_t stack) const
{
    for (StackId id {stack}; id; id = trace->frame(id).caller) {
        const Frame frame = trace->frame(id);
        const QString script = text(frame.script.value);
        if (!script.isEmpty() && !script.startsWith("node:"_L1))
            return script.section(u'/', -1) + u':' + QString::number(frame.line);
    }
    return {};
}

QList<Record> RecordedRun::events(EventKind kind) const
{
    QList<Record> found;
    for (std::uint64_t i = 0; i < trace->size(); ++i) {
        const Record event = trace->event({i});
        if (event.kind == kind)
            found.append(event);
    }
    return found;
}

QString RecordedRun::drawing(const QList<EventKind>& kinds) const
{
    QHash<std::uint32_t, QString> names {{1, u"main"_s}};
    QStringList drawn;
    for (std::uint64_t i = 0; i < trace->size(); ++i) {
        const Record event = trace->event({i});
        const KindSchema& schema = schemaOf(event.kind);
        for (std::size_t field = 0; field < schema.fields.size(); ++field) {
            if (schema.fields[field].name == "callback" && schema.fields[1].name == "async"
                && fieldValue(event, field) != 0)
                names.insert(event.a, text(fieldValue(event, field)));
        }
        if (!kinds.contains(event.kind))
            continue;
        QString words = QString::fromUtf8(schema.name.data(), static_cast<qsizetype>(schema.name.size()));
        for (std::size_t field = 0; field < schema.fields.size(); ++field) {
            const Field& meaning = schema.fields[field];
            const std::uint32_t value = fieldValue(event, field);
            const std::string_view word = wordFor(meaning.type, value);
            if (meaning.name == "async")
                words += u' ' + names.value(value, u'#' + QString::number(value));
            else if (meaning.type == FieldType::Promise || meaning.type == FieldType::Job
                || meaning.type == FieldType::Worker || meaning.type == FieldType::Handler
                || meaning.type == FieldType::Call || meaning.type == FieldType::Object)
                words += u' ' + QString::number(value);
            else if (meaning.type == FieldType::Text && meaning.name != "callback")
                words += u' ' + text(value).trimmed();
            else if (!word.empty())
                words += u' ' + QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
        }
        drawn.append(words);
    }
    return drawn.join(u" | "_s);
}

} // namespace bistro::test
