// Law (d): every program below this folder does under the recorded engine what it does under stock node, and leaves a trace
// that is sound and ends with the run's end. README.md says how a program states what it needs.
#include "comparison.h"
#include "engineprocess.h"
#include "trace/reader.h"

#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstring>

using namespace bistro::app;
using namespace bistro::trace;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr auto kPatience = 60s;

// The lines "// word: value" among the comment lines that a program begins with.
QMap<QByteArray, QByteArray> directivesOf(const QString& file)
{
    QMap<QByteArray, QByteArray> result;
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly))
        return result;
    while (!in.atEnd()) {
        const QByteArray line = in.readLine().trimmed();
        if (line.startsWith("#!"))
            continue;
        if (!line.startsWith("//"))
            break;
        const QByteArray text = line.sliced(2).trimmed();
        for (const char* const word : {"race", "args", "flags", "exit", "signal", "env"}) {
            if (text.startsWith(QByteArray(word) + ':'))
                result.insert(word, text.sliced(static_cast<qsizetype>(std::strlen(word)) + 1).trimmed());
        }
    }
    return result;
}

std::vector<std::string> wordsOf(const QByteArray& text)
{
    std::vector<std::string> words;
    for (const QByteArray& word : text.simplified().split(' ')) {
        if (!word.isEmpty())
            words.push_back(word.toStdString());
    }
    return words;
}

QByteArray inputOf(const QString& file)
{
    const QFileInfo info(file);
    for (const QString& name : {file + ".stdin"_L1, info.path() + u'/' + info.completeBaseName() + ".stdin"_L1}) {
        QFile in(name);
        if (in.open(QIODevice::ReadOnly))
            return in.readAll();
    }
    return {};
}

std::optional<Outcome> outcomeOf(const EngineProcess::Program& program, const QByteArray& input, std::optional<Recording> recording)
{
    Outcome outcome;
    EngineProcess process;
    QObject::connect(&process, &EngineProcess::outputArrived, [&](const QByteArray& bytes) { outcome.output += bytes; });
    QObject::connect(&process, &EngineProcess::errorOutputArrived, [&](const QByteArray& bytes) { outcome.errorOutput += bytes; });
    process.start(program, std::move(recording));
    process.write(input);
    process.closeInput();
    if (!QTest::qWaitFor([&] { return process.isOver(); }, QDeadlineTimer(kPatience)))
        return {};
    if (const auto* const failed = std::get_if<EngineProcess::Failed>(&process.state()))
        outcome.exit.signal = failed->signal;
    else
        outcome.exit.code = std::get<EngineProcess::Finished>(process.state()).code;
    return normalised(std::move(outcome));
}

Outcome inAnyOrder(Outcome outcome)
{
    for (QByteArray* const bytes : {&outcome.output, &outcome.errorOutput}) {
        auto lines = bytes->split('\n');
        std::ranges::sort(lines);
        *bytes = lines.join('\n');
    }
    return outcome;
}

QByteArray signalName(int number)
{
    return number == 0 ? QByteArray() : QByteArray("SIG") + sigabbrev_np(number);
}

} // namespace

class TestPrograms : public QObject {
    Q_OBJECT

private slots:
    void recordedItDoesWhatItDoesUnderNode_data()
    {
        QTest::addColumn<QString>("file");
        const QString root = QDir(QStringLiteral(BISTRO_SOURCE_DIR "/tests/programs")).canonicalPath();
        QStringList files;
        for (QDirIterator it(root, {u"*.js"_s, u"*.mjs"_s, u"*.cjs"_s, u"*.ts"_s}, QDir::Files, QDirIterator::Subdirectories); it.hasNext();) {
            if (const QString file = it.next(); !file.contains("/fixtures/"_L1))
                files << file;
        }
        files.sort();
        QVERIFY(!files.isEmpty());
        for (const QString& file : std::as_const(files))
            QTest::newRow(qPrintable(file.sliced(root.size() + 1))) << file;
    }

    void recordedItDoesWhatItDoesUnderNode()
    {
        QFETCH(QString, file);
        const auto directives = directivesOf(file);
        std::vector<std::string> arguments = wordsOf(directives.value("flags"));
        arguments.push_back(file.toStdString());
        for (std::string& word : wordsOf(directives.value("args")))
        arguments.push_back(std::move(word));
        QByteArrayList set;
        for (const std::string& variable : wordsOf(directives.value("env"))) {
            const auto split = variable.find('=');
            set << QByteArray::fromStdString(variable.substr(0, split));
            qputenv(set.last(), QByteArray::fromStdString(variable.substr(split + 1)));
        }
        const auto environment = qScopeGuard([&set] {
            for (const QByteArray& name : std::as_const(set))
                qunsetenv(name);
        });
        const std::filesystem::path folder = QFileInfo(file).path().toStdString();
        const QByteArray input = inputOf(file);
        auto recording = Recording::named(m_folder.filePath(u"run.bistro"_s).toStdString());
        QVERIFY2(recording, recording ? "" : recording.error().c_str());
        const auto trace = recording->file();

        const auto stock = outcomeOf({.executable = BISTRO_NODE, .arguments = arguments, .directory = folder, .controlled = false}, input, {});
        QVERIFY2(stock, "stock node does not come to an end");
        const auto engine = outcomeOf({.executable = BISTRO_ENGINE, .arguments = arguments, .directory = folder, .controlled = false}, input, std::move(*recording));
        QVERIFY2(engine, "the engine does not come to an end");

        QCOMPARE(stock->exit.code, directives.value("exit", "0").toInt());
        QCOMPARE(signalName(stock->exit.signal), directives.value("signal"));
        const bool race = directives.contains("race");
        const Verdict verdict = compare(std::vector {race ? inAnyOrder(*stock) : *stock}, std::vector {race ? inAnyOrder(*engine) : *engine});
        QVERIFY2(std::holds_alternative<Identical>(verdict), describe(verdict, 1).c_str());

        const auto reader = Reader::open(trace);
        QVERIFY2(reader, reader ? "" : reader.error().sentence.c_str());
        QVERIFY2(!reader->damage(), reader->damage() ? reader->damage()->sentence.c_str() : "");
        QVERIFY(reader->size() > 1);
        QCOMPARE(schemaOf(reader->event({0}).kind).name, "run-started");
        QCOMPARE(schemaOf(reader->event({reader->size() - 1}).kind).name, "run-ended");
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestPrograms)
#include "tst_programs.moc"
