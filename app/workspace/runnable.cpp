#include "workspace/runnable.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

constexpr std::array kUsual {"index.js"_L1, "index.mjs"_L1, "main.js"_L1, "server.js"_L1, "program.js"_L1, "app.js"_L1};

struct Runs {
    Q_DECLARE_TR_FUNCTIONS(Runnable)
};

bool isOneOf(QStringView word, std::initializer_list<QLatin1StringView> words)
{
    return std::ranges::any_of(words, [word](QLatin1StringView each) { return word == each; });
}

// The program that "#!" names: "node" of "#!/usr/bin/env -S node --test"; empty: there is none.
QString interpreterOf(QStringView firstLine)
{
    if (!firstLine.startsWith("#!"_L1))
        return {};
    const auto words = firstLine.mid(2).toString().simplified().split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const QString name = word.section(u'/', -1);
        if (name != "env"_L1 && !name.startsWith(u'-') && !name.contains(u'='))
            return name;
    }
    return {};
}

bool isNode(const QString& interpreter)
{
    return interpreter == "node"_L1 || interpreter == "nodejs"_L1 || interpreter.startsWith("node-"_L1);
}

// What lies beside programs and has no ending: nobody means to run it.
bool isKnownText(const QString& name)
{
    const QString word = name.toLower();
    return name.startsWith(u'.')
        || isOneOf(word,
            {"readme"_L1, "license"_L1, "licence"_L1, "copying"_L1, "notice"_L1, "authors"_L1, "changelog"_L1,
                "contributing"_L1, "makefile"_L1, "dockerfile"_L1, "procfile"_L1, "codeowners"_L1});
}

} // namespace

Runnable runnableOf(const QString& path, QStringView firstLine)
{
    const QFileInfo file(path);
    const QString suffix = file.suffix().toLower();
    const bool hidden = file.fileName().startsWith(u'.') && file.fileName().count(u'.') == 1; // ".npmrc" has no ending
    if (!hidden && isOneOf(suffix, {"js"_L1, "mjs"_L1, "cjs"_L1}))
        return Runnable::Program;
    if (!hidden && isOneOf(suffix, {"ts"_L1, "tsx"_L1, "mts"_L1, "cts"_L1, "jsx"_L1}))
        return Runnable::NotBefore;
    if (const QString interpreter = interpreterOf(firstLine); !interpreter.isEmpty())
        return isNode(interpreter) ? Runnable::Program : Runnable::OtherShebang;
    return suffix.isEmpty() && !isKnownText(file.fileName()) ? Runnable::Program : Runnable::NoProgram;
}

QString whyNotRunnable(const QString& path, QStringView firstLine)
{
    const QFileInfo file(path);
    switch (runnableOf(path, firstLine)) {
    case Runnable::Program:
    case Runnable::NoProgram: return {};
    case Runnable::OtherShebang:
        return Runs::tr("Bistro can't run %1: its first line asks for %2, not node. Run it in a terminal.")
            .arg(file.fileName(), interpreterOf(firstLine));
    case Runnable::NotBefore: break;
    }
    const QString script = file.completeBaseName() + u".js"_s;
    return (file.suffix().toLower().endsWith(u'x')
            ? Runs::tr("Node 20 can't run %1: JSX is not JavaScript yet. Turn it into %2 first, then run that. "
                       "esbuild does that, for example.")
            : Runs::tr("Node 20 can't run %1: TypeScript is not JavaScript yet. Turn it into %2 first, then run that. "
                       "tsc does that, for example."))
        .arg(file.fileName(), script);
}

bool isUsualName(const QString& name)
{
    return std::ranges::any_of(kUsual, [&name](QLatin1StringView each) { return name == each; });
}

QString programAmong(const QStringList& names)
{
    for (const QLatin1StringView name : kUsual) {
        if (names.contains(name))
            return name;
    }
    const auto first = std::ranges::find_if(names, [](const QString& name) {
        return !QFileInfo(name).suffix().isEmpty() && runnableOf(name, {}) == Runnable::Program;
    });
    return first == names.end() ? QString() : *first;
}

} // namespace bistro::app
