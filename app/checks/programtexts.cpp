#include "checks/programtexts.h"

#include "state/package.h"
#include "text/plainfile.h"
#include "why/words.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

constexpr qint64 kMost = 1 << 20; // bytes of a text

QString pathOf(std::string_view script)
{
    const QString name = textOf(script);
    return name.startsWith("file:"_L1) ? QUrl(name).toLocalFile() : name;
}

std::string read(const QString& path)
{
    const auto bytes = plainFile(path, kMost + 1);
    return bytes && bytes->size() <= kMost ? bytes->toStdString() : std::string();
}

} // namespace

std::vector<ProgramText> programTexts(const Lesson& lesson, const FinishedRun& run)
{
    std::vector<ProgramText> texts;
    const QString main = QFileInfo(lesson.mainFile).fileName();
    if (run.log) {
        for (const TraceLog::Script& script : run.log->scripts()) {
            if (isNodesScript(script.name) || !packageOf(*run.log, script.name).empty())
                continue;
            const QString path = pathOf(script.name);
            const bool isWhole = !script.truncated && !script.source.empty();
            const QString file = QFileInfo(path).fileName();
            texts.push_back(
                {.file = file, .isMain = file == main, .source = isWhole ? std::string(script.source) : read(path)});
        }
    }
    if (std::ranges::none_of(texts, &ProgramText::isMain) && !run.folder.isEmpty())
        texts.push_back({.file = main, .isMain = true, .source = read(QDir(run.folder).filePath(lesson.mainFile))});
    return texts;
}

} // namespace bistro::app
