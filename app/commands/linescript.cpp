#include "commands/linescript.h"

#include "commands/complaints.h"
#include "state/linesjson.h"

#include <QDir>

#include <algorithm>

namespace bistro::app {

using namespace Qt::StringLiterals;
using trace::TextId;

namespace {

constexpr qsizetype kNamed = 12; // in a sentence

QString directoryOf(const TraceLog& log)
{
    const std::string_view directory = log.directory();
    return QString::fromUtf8(directory.data(), static_cast<qsizetype>(directory.size()));
}

// How well the name fits the path; 0: not at all.
int howWellItFits(const QString& path, const QString& name, const TraceLog& log)
{
    if (path == name || path == QDir::cleanPath(QDir::current().absoluteFilePath(name)))
        return 3;
    if (path == QDir::cleanPath(QDir(directoryOf(log)).absoluteFilePath(name)))
        return 2;
    return path.endsWith(u'/' + QDir::cleanPath(name)) ? 1 : 0;
}

} // namespace

std::expected<TextId, std::string> scriptNamed(
    const TraceLog& log, const Lines& lines, const std::string& trace, const std::string& name)
{
    const QString wanted = QString::fromStdString(name);
    std::vector<TextId> best;
    int fit = 1;
    QStringList all;
    for (const TextId script : lines.scripts()) {
        const int one = howWellItFits(pathOfScript(log.text(script)), wanted, log);
        if (one > fit)
            best.clear();
        if (one >= fit) {
            best.push_back(script);
            fit = one;
        }
        all += shownName(log, script);
    }
    if (best.size() == 1)
        return best.front();
    if (best.empty())
        return std::unexpected(said(Complaints::tr("There is no line of \"%1\" in \"%2\". There are lines of %3."),
            name, trace, listed(all).toStdString()));
    QStringList names;
    for (const TextId script : best)
        names += pathOfScript(log.text(script));
    return std::unexpected(said(Complaints::tr("\"%1\" may be %2. Write more of the path."), name,
        Complaints::tr("%1 or %2").arg(names.first(names.size() - 1).join(u", "_s), names.last()).toStdString()));
}

QString shownName(const TraceLog& log, TextId script)
{
    const QString path = pathOfScript(log.text(script));
    const QString folder = directoryOf(log) + u'/';
    return folder.size() > 1 && path.startsWith(folder) ? path.mid(folder.size()) : path;
}

QString listed(const QStringList& names)
{
    if (names.size() < 2)
        return names.join(QString());
    if (names.size() > kNamed)
        return names.first(kNamed).join(u", "_s) + u" …"_s;
    return Complaints::tr("%1 and %2").arg(names.first(names.size() - 1).join(u", "_s), names.last());
}

QString listedRanges(const std::vector<std::uint32_t>& numbers)
{
    QStringList ranges;
    for (std::size_t first = 0; first < numbers.size();) {
        std::size_t last = first;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1)
            ++last;
        if (last > first + 1) {
            ranges += Complaints::tr("%1 to %2").arg(numbers[first]).arg(numbers[last]);
        } else {
            for (std::size_t i = first; i <= last; ++i)
                ranges += QString::number(numbers[i]);
        }
        first = last + 1;
    }
    return listed(ranges);
}

} // namespace bistro::app
