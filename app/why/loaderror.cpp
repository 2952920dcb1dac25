#include "why/loaderror.h"

#include "source/nodemodules.h"
#include "text/plainfile.h"
#include "text/syntaxwords.h"
#include "why/words.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

struct Load {
    Q_DECLARE_TR_FUNCTIONS(LoadError)
};

QString localPath(QString name)
{
    if (name.startsWith("file:"_L1))
        name = QUrl(name).toLocalFile();
    return name;
}

QString nameOfFile(const QString& path)
{
    return localPath(path).section(u'/', -1);
}

// The script of the log that is this file; null: it was not read.
const TraceLog::Script* scriptAt(const TraceLog& log, const QString& path)
{
    const auto isIt = [&](const TraceLog::Script& script) { return localPath(textOf(script.name)) == path; };
    const auto found = std::ranges::find_if(log.scripts(), isIt);
    return found == log.scripts().end() ? nullptr : &*found;
}

// A module that imports what is not there has never run: nothing of it was recorded, so its file is asked.
QString textOfFile(const QString& path, const QString& folder)
{
    constexpr qint64 most = 1 << 20; // bytes
    const QString room = folder.isEmpty() ? QString() : QFileInfo(folder).canonicalFilePath();
    if (room.isEmpty() || !QFileInfo(path).canonicalFilePath().startsWith(room + u'/'))
        return {};
    const auto bytes = plainFile(path, most + 1);
    return bytes && bytes->size() <= most ? QString::fromUtf8(*bytes) : QString();
}

// The line of the importing file that asks for something whose name ends so; an empty script: there is none any more.
CodePlace lineThatImports(
    const TraceLog& log, const Crash& crash, const QString& path, const QString& ending, const QString& readable)
{
    constexpr std::string_view before = "imported from ";
    const std::size_t at = crash.message.rfind(before);
    if (at == std::string_view::npos)
        return {};
    const TraceLog::Script* const script = scriptAt(log, path);
    const QStringList lines = (script ? textOf(script->source) : textOfFile(path, readable)).split(u'\n');
    const QRegularExpression asked(u"['\"`]([^'\"`]*/)?%1['\"`]"_s.arg(QRegularExpression::escape(ending)));
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (const auto match = asked.match(lines[i]); match.hasMatch())
            return {.script = script ? script->name : crash.message.substr(at + before.size()),
                .line = static_cast<std::uint32_t>(i + 1),
                .column = static_cast<std::uint32_t>(match.capturedStart() + 1)};
    }
    return {};
}

CodePlace firstFrame(const Crash& crash)
{
    return crash.frames.empty() ? CodePlace {} : crash.frames.front();
}

std::optional<LoadError> unreadText(const Crash& crash, const QString& message)
{
    // Parsed by Node, not by the program: JSON.parse, eval and new Function are called by it.
    static const QRegularExpression reader(u"\n    at [^\n]*\\(node:internal/(modules|vm)"_s);
    static const QRegularExpression firstStep(u"\n    at [^\n]*"_s);
    const QString report = textOf(crash.report);
    const auto first = firstStep.match(report);
    const CodePlace place = firstFrame(crash);
    if (!message.startsWith("SyntaxError: "_L1) || place.script.empty() || !reader.match(first.captured(0)).hasMatch())
        return {};
    const QString file = nameOfFile(textOf(place.script));
    const QString said = message.mid(13);
    if (said.startsWith("The requested module"_L1) || said.startsWith("Named export"_L1))
        return LoadError {.title = Load::tr("Not found"),
            .what = Load::tr("Nothing of %1 ran. %2").arg(file, inPlainWords(said)),
            .helps = {Load::tr("Mend line %1 of %2, then run again.").arg(place.line).arg(file)},
            .place = place,
            .unread = true};
    return LoadError {.title = Load::tr("Not readable"),
        .what = Load::tr("Node can't read %1, so nothing of it ran. %2")
            .arg(file, inPlainWords(said, report.section(u'\n', 1, 1))),
        .helps = {Load::tr("Mend line %1 of %2, then run again.").arg(place.line).arg(file)},
        .place = place,
        .unread = true};
}

std::optional<LoadError> brokenJson(const Crash& crash, const QString& message)
{
    static const QRegularExpression said(u"^SyntaxError(?: \\[\\w+\\])?: (.*\\.json): (.*)$"_s);
    static const QRegularExpression position(u"position (\\d+)"_s);
    const auto match = said.match(message);
    if (!match.hasMatch())
        return {};
    const QString file = nameOfFile(match.captured(1));
    const QString words = jsonInPlainWords(match.captured(2));
    const auto at = position.match(match.captured(2));
    LoadError error {.title = Load::tr("Not readable"),
        .what = Load::tr("%1 is not valid JSON.").arg(file) + u' ' + (words.isEmpty() ? match.captured(2) : words),
        .helps = {at.hasMatch()
                ? Load::tr("Open %1 and look near its letter %L2.").arg(file).arg(at.captured(1).toLongLong() + 1)
                : Load::tr("Open %1. The editor marks the place.").arg(file)},
        .place = firstFrame(crash)};
    error.helps.push_back(Load::tr("Or catch it: put try … catch around the require, if the file may be broken."));
    return error;
}

// A name that is almost one of Node's own is not looked for in the registry: somebody may have put a trap there.
void lackPackage(LoadError& error, const QString& file, const QString& asked)
{
    const std::string request = asked.toStdString();
    const std::string_view module = nodeModuleLike(request);
    const std::string_view package = packageAskedFor(request);
    if (!module.empty()) {
        error.what = Load::tr("%1 asks for the package %2, which is not installed.").arg(file, asked);
        error.helps = {Load::tr("Did you mean Node's own %1? Write node:%1.").arg(textOf(module))};
    } else if (!package.empty()) {
        error.package = textOf(package);
        error.what = Load::tr("%1 asks for the package %2, which is not installed.").arg(file, error.package);
        error.helps = {Load::tr("Add it to the program's folder: bistro add %1").arg(error.package)};
    } else {
        error.what = Load::tr("%1 asks for %2, and no package can have that name.").arg(file, asked);
    }
    error.helps.push_back(Load::tr("Is it a file of yours? Then write its folder too: ./%1").arg(asked));
}

std::optional<LoadError> missingModule(
    const TraceLog& log, const Crash& crash, const QString& message, const QString& readable)
{
    static const QRegularExpression said(
        u"Cannot find (module|package) '([^']*)'(?: imported from (?:'([^']*)'|(.*)))?$"_s);
    static const QRegularExpression folder(
        u"Directory import '([^']*)' is not supported resolving ES modules imported from (.*)$"_s);
    if (const auto match = folder.match(message); match.hasMatch()) {
        const QString name = match.captured(1).section(u'/', -1);
        const QString by = localPath(match.captured(2));
        return LoadError {.title = Load::tr("Not found"),
            .what = Load::tr("%1 imports the folder %2. An import needs the name of a file.").arg(nameOfFile(by), name),
            .helps = {Load::tr("Write the file's whole name, for example %1/index.js.").arg(name)},
            .place = lineThatImports(log, crash, by, name, readable)};
    }
    const auto match = said.match(message);
    if (!match.hasMatch())
        return {};
    const QString asked = match.captured(2);
    const bool import = match.capturedLength(3) + match.capturedLength(4) > 0;
    CodePlace place = firstFrame(crash);
    QString by = localPath(textOf(place.script));
    if (import) {
        by = localPath(match.captured(3) + match.captured(4));
        place = lineThatImports(log, crash, by, asked.section(u'/', -1), readable);
    } else if (by.isEmpty() && crash.report.empty()) {
        return {};
    }
    const QString file = nameOfFile(by);
    LoadError error {.title = Load::tr("Not found"), .what = {}, .helps = {}, .place = place};
    const bool isFile = asked.startsWith(u'.') || asked.startsWith(u'/');
    if (!isFile) {
        lackPackage(error, file, asked);
        return error;
    }
    error.what = Load::tr("%1 asks for %2, and there is no such file.").arg(file, import ? nameOfFile(asked) : asked);
    error.helps = {Load::tr("Is the name spelled right? ./ means the folder of %1.").arg(file)};
    if (import && !nameOfFile(asked).contains(u'.'))
        error.helps.push_back(Load::tr("An import needs the whole name: write %1.js.").arg(nameOfFile(asked)));
    return error;
}

std::optional<LoadError> noModuleOfNodes(const Crash& crash, const QString& message)
{
    static const QRegularExpression said(u"No such built-in module: node:(\\S+)$"_s);
    const auto match = said.match(message);
    if (!match.hasMatch())
        return {};
    const QString asked = match.captured(1);
    const CodePlace place = firstFrame(crash);
    LoadError error {.title = Load::tr("Not found"),
        .what = Load::tr("%1 asks for node:%2, and Node has no module of that name.")
            .arg(nameOfFile(textOf(place.script)), asked),
        .helps = {},
        .place = place};
    const std::string request = asked.toStdString();
    if (const std::string_view module = nodeModuleLike(request); !module.empty())
        error.helps.push_back(Load::tr("Did you mean Node's own %1? Write node:%1.").arg(textOf(module)));
    if (const std::string_view package = packageAskedFor(request); error.helps.empty() && !package.empty())
        error.helps.push_back(Load::tr("Is it a package? Then leave node: out."));
    return error;
}

// Of the other kind of module.
std::optional<LoadError> wrongKind(const Crash& crash, const QString& message)
{
    static const QRegularExpression said(
        u"^ReferenceError: (require|module|exports|__dirname|__filename) is not defined in ES module scope"_s);
    const auto match = said.match(message);
    if (!match.hasMatch())
        return {};
    const CodePlace place = firstFrame(crash);
    const QString word = match.captured(1);
    LoadError error {.title = Load::tr("Not in a module"),
        .what = Load::tr("%1 is a module, and modules have no %2.").arg(nameOfFile(textOf(place.script)), word),
        .helps = {},
        .place = place};
    if (word == "require"_L1)
        error.helps.push_back(Load::tr("Write import x from 'x' in place of require."));
    else if (word.startsWith("__"_L1))
        error.helps.push_back(Load::tr("Write import.%1 in its place.")
                .arg(word == "__dirname"_L1 ? u"meta.dirname"_s : u"meta.filename"_s));
    else
        error.helps.push_back(Load::tr("Write export before what others may use."));
    error.helps.push_back(Load::tr("Or call the file .cjs: then it is a CommonJS module, which has %1.").arg(word));
    return error;
}

} // namespace

std::optional<LoadError> loadErrorOf(const TraceLog& log, const Crash& crash, const QString& folder)
{
    if (!crash)
        return {};
    const QString message = textOf(crash.message);
    if (auto json = brokenJson(crash, message))
        return json;
    if (auto unread = unreadText(crash, message))
        return unread;
    if (auto missing = missingModule(log, crash, message, folder))
        return missing;
    if (auto unknown = noModuleOfNodes(crash, message))
        return unknown;
    return wrongKind(crash, message);
}

} // namespace bistro::app
