#include "session/program.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::app {

QStringList splitWords(const QString& line)
{
    QStringList words;
    QString word;
    bool inWord = false;
    QChar quote;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        if (c == u'\\' && quote != u'\'' && i + 1 < line.size()
            && (quote.isNull() || line[i + 1] == quote || line[i + 1] == u'\\')) {
            word += line[++i];
            inWord = true;
        } else if (!quote.isNull() && c == quote) {
            quote = {};
        } else if (quote.isNull() && (c == u'\'' || c == u'"')) {
            quote = c;
            inWord = true;
        } else if (quote.isNull() && c.isSpace()) {
            if (inWord)
                words.append(std::exchange(word, {}));
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (inWord)
        words.append(word);
    return words;
}

QString joinWords(const QStringList& words)
{
    QStringList quoted;
    for (const QString& word : words) {
        bool plain = !word.isEmpty();
        for (const QChar c : word)
            plain = plain && !c.isSpace() && c != u'\'' && c != u'"' && c != u'\\';
        quoted.append(plain ? word : u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'');
    }
    return quoted.join(u' ');
}

std::vector<std::string> nodeArguments(const Program& program, const QByteArray& source)
{
    std::vector<std::string> result;
    const auto add = [&result](const QString& text) { result.push_back(QFile::encodeName(text).toStdString()); };
    for (const QString& flag : program.settings.nodeFlags)
        add(flag);
    switch (program.settings.entry) {
    case EntryWay::AsNodeDecides: add(program.file); break;
    case EntryWay::CommonJs:
        add(u"--experimental-default-type=commonjs"_s);
        add(program.file);
        break;
    case EntryWay::Module:
        add(u"--experimental-default-type=module"_s);
        add(program.file);
        break;
    case EntryWay::Evaluated:
        result.emplace_back("-e");
        result.push_back(source.toStdString());
        if (!program.settings.arguments.isEmpty())
            result.emplace_back("--");
        break;
    case EntryWay::StandardInput: result.emplace_back("-"); break;
    }
    for (const QString& argument : program.settings.arguments)
        add(argument);
    return result;
}

bool isMeasuring(const RunSettings& settings)
{
    return std::ranges::any_of(
        settings.nodeFlags, [](const QString& flag) { return isMeasuringFlag(flag.toStdString()); });
}

std::vector<std::string> environmentOf(const RunSettings& settings)
{
    std::vector<std::string> result;
    for (const QString& variable : settings.environment)
        result.push_back(variable.toLocal8Bit().toStdString());
    if (settings.poolSize > 0)
        result.push_back("UV_THREADPOOL_SIZE=" + std::to_string(settings.poolSize));
    return result;
}

LaunchBuilder launchOf(const Program& program, const std::filesystem::path& executable, const QByteArray& source)
{
    const QString folder = program.directory.isEmpty() ? QFileInfo(program.file).absolutePath() : program.directory;
    LaunchBuilder builder(executable);
    builder.with(nodeArguments(program, source))
        .environment(environmentOf(program.settings))
        .in(QFile::encodeName(folder).toStdString());
    return builder;
}

} // namespace bistro::app
