#include "workspace/syntaxcheck.h"

#include "text/plainfile.h"
#include "text/syntaxwords.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace bistro::app {
namespace {

const QString kInput = u"[stdin]"_s; // what node calls it

SyntaxProblem jsonProblem(const QString& text, const QJsonParseError& error)
{
    // The offset is one of UTF-8, after what was not expected.
    const QByteArray bytes = text.toUtf8();
    const QString before = QString::fromUtf8(bytes.first(std::clamp<qsizetype>(error.offset - 1, 0, bytes.size())));
    const auto lineStart = before.lastIndexOf(u'\n') + 1;
    return {static_cast<int>(before.count(u'\n')) + 1, static_cast<int>(before.size() - lineStart) + 1, 1,
        error.errorString(), SyntaxCheck::tr("This is not valid JSON: %1.").arg(error.errorString())};
}

// What node itself takes as a sign that a file is a module after all.
bool saysModule(const QString& message)
{
    return message == "Cannot use import statement outside a module"_L1 || message == "Unexpected token 'export'"_L1
        || message == "Cannot use 'import.meta' outside a module"_L1 || message.startsWith("await is only valid in"_L1);
}

} // namespace

std::optional<SyntaxProblem> parseCheck(const QByteArray& errorOutput, const QString& file)
{
    // path:line, the line's text, a line with ^^^ below the place (or an empty one), and further down "SyntaxError:
    // message".
    const QString said = QString::fromUtf8(errorOutput);
    const auto error = said.indexOf("\nSyntaxError: "_L1);
    const auto head = said.lastIndexOf(file + u':', error < 0 ? -1 : error);
    if (error < 0 || head < 0)
        return {};
    const QStringList lines = said.mid(head, error - head).split(u'\n');
    SyntaxProblem problem;
    problem.line = lines.front().mid(file.size() + 1).toInt();
    const QString source = lines.value(1);
    const QString marks = lines.value(2);
    const auto at = marks.indexOf(u'^');
    problem.column = static_cast<int>(at < 0 ? source.size() : at) + 1;
    problem.length = static_cast<int>(std::max<qsizetype>(marks.count(u'^'), 1));
    // Of a name V8 marks the first letter only.
    const auto isWord = [&source](qsizetype i) {
        return i < source.size() && (source[i].isLetterOrNumber() || source[i] == u'_' || source[i] == u'$');
    };
    for (auto end = at + problem.length; at >= 0 && isWord(at) && isWord(end); ++end)
        ++problem.length;
    const auto start = error + 14;
    problem.message = said.mid(start, said.indexOf(u'\n', start) - start);
    problem.sentence = inPlainWords(problem.message, source);
    if (problem.line < 1)
        return {};
    return problem;
}

SyntaxCheck::SyntaxCheck(std::filesystem::path engine, QObject* parent)
    : QObject(parent)
    , m_engine(std::move(engine))
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kDelay);
    connect(&m_delay, &QTimer::timeout, this, &SyntaxCheck::next);
    m_patience.setSingleShot(true);
    m_patience.setInterval(60s);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        if (m_process)
            m_process->stop();
    });
}

SyntaxCheck::~SyntaxCheck() = default;

bool SyntaxCheck::isCheckable(const QString& path)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    return suffix == "js"_L1 || suffix == "mjs"_L1 || suffix == "cjs"_L1 || suffix == "json"_L1;
}

void SyntaxCheck::check(const QString& path, std::function<QString()> text, quint64 ticket)
{
    m_waiting = Asked {path, std::move(text), ticket};
    m_delay.start();
}

void SyntaxCheck::next()
{
    if (m_running || !m_waiting)
        return; // ended() comes back here
    const Asked asked = *std::exchange(m_waiting, {});
    m_running = Job {asked.path, asked.text(), asked.ticket};
    if (!isCheckable(m_running->path) || m_running->text.size() > kLongest) {
        emit checked(std::exchange(m_running, {})->ticket, {});
        return;
    }
    if (m_running->path.endsWith(".json"_L1, Qt::CaseInsensitive)) {
        const Job job = *std::exchange(m_running, {});
        QJsonParseError error;
        QJsonDocument::fromJson(job.text.toUtf8(), &error);
        const bool fine = error.error == QJsonParseError::NoError || job.text.trimmed().isEmpty();
        emit checked(job.ticket, fine ? std::nullopt : std::optional(jsonProblem(job.text, error)));
        return;
    }
    const auto declared = declaredKind(m_running->path);
    m_declared = declared.has_value();
    run(declared.value_or(Kind::CommonJs));
}

void SyntaxCheck::run(Kind kind)
{
    m_kind = kind;
    m_said.clear();
    m_process = std::make_unique<EngineProcess>();
    connect(m_process.get(), &EngineProcess::errorOutputArrived, this,
        [this](const QByteArray& bytes) { m_said += bytes; });
    connect(
        m_process.get(), &EngineProcess::stateChanged, this,
        [this] {
            if (m_process->isOver())
                ended();
        },
        Qt::QueuedConnection); // it is replaced in there
    m_patience.start();
    // In so many words: node --check finds nothing wrong in a script that looks like a module.
    m_process->start(LaunchBuilder(m_engine)
            .with({kind == Kind::Module ? "--input-type=module" : "--input-type=commonjs", "--check", "-"})
            .in("/")
            .build()
            .value());
    m_process->write(m_running->text.toUtf8());
    m_process->closeInput();
}

void SyntaxCheck::ended()
{
    if (!m_running || !m_process || !m_process->isOver())
        return;
    m_patience.stop();
    if (!std::holds_alternative<EngineProcess::Finished>(
            m_process->state())) { // killed, or never started: nothing is known
        m_process.reset();
        m_running.reset();
        m_first.reset();
        if (!m_delay.isActive())
            next();
        return;
    }
    auto problem = parseCheck(m_said, kInput);
    m_process.reset();
    if (problem && m_kind == Kind::CommonJs && !m_declared && saysModule(problem->message) && !m_waiting) {
        // As node does: a file that can only be a module is read as one.
        m_first = problem;
        run(Kind::Module);
        return;
    }
    // An await that is wrong in both is better explained by the first answer.
    if (problem && m_first && m_first->line == problem->line && m_first->message.startsWith("await"_L1))
        problem = m_first;
    m_first.reset();
    const quint64 ticket = std::exchange(m_running, {})->ticket;
    emit checked(ticket, problem);
    if (!m_delay.isActive())
        next();
}

std::optional<SyntaxCheck::Kind> SyntaxCheck::declaredKind(const QString& path)
{
    if (path.endsWith(".mjs"_L1))
        return Kind::Module;
    if (path.endsWith(".cjs"_L1))
        return Kind::CommonJs;
    for (QDir folder = QFileInfo(path).absoluteDir();;) {
        if (const auto package = plainFile(folder.filePath(u"package.json"_s), 1024 * 1024)) {
            const QString type = QJsonDocument::fromJson(*package)[u"type"_s].toString();
            if (type == "module"_L1)
                return Kind::Module;
            if (type == "commonjs"_L1)
                return Kind::CommonJs;
            return {};
        }
        if (folder.isRoot() || !folder.cdUp())
            return {};
    }
}

} // namespace bistro::app
