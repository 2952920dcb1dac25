// What the program printed, and the files that it left.
#include "checks/look.h"
#include "text/plainfile.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

Evidence equals(const QStringList& expected, const QStringList& printed, const Look& at, bool& holds)
{
    Evidence evidence {.right = CheckWords::tr("the output is as it should be.")};
    const qsizetype common = std::min(expected.size(), printed.size());
    const auto differs = std::mismatch(expected.begin(), expected.begin() + common, printed.begin()).first;
    const qsizetype line = differs - expected.begin();
    holds = expected == printed;
    if (holds)
        return evidence;
    evidence.printed = line < printed.size() ? inQuotes(printed[line]) : CheckWords::tr("nothing");
    if (line == printed.size())
        evidence.notYet
            = CheckWords::tr("line %1 of the output is missing: %2.").arg(line + 1).arg(inQuotes(expected[line]));
    else if (line == expected.size())
        evidence.notYet = CheckWords::tr("the output has a line too many: %1.").arg(evidence.printed);
    else
        evidence.notYet = CheckWords::tr("line %1 of the output is %2. It should be %3.")
                              .arg(QString::number(line + 1), evidence.printed, inQuotes(expected[line]));
    if (at.run.log && line < printed.size())
        evidence.moment = printedAt(*at.run.log, printed[line]);
    return evidence;
}

Evidence contains(const QStringList& parts, const QByteArray& output, const Look& at, bool lacks, bool& holds)
{
    const QString text = QString::fromUtf8(output);
    const auto wanted = std::ranges::find_if(parts, [&](const QString& part) { return text.contains(part) == lacks; });
    holds = wanted == parts.end();
    const QString all = parts.isEmpty() ? QString() : inQuotes(parts.first());
    Evidence evidence {.right = lacks ? CheckWords::tr("the output is free of %1.").arg(all)
                                      : CheckWords::tr("the output has %1 in it.").arg(all)};
    if (holds)
        return evidence;
    evidence.notYet = lacks ? CheckWords::tr("the output still has %1 in it.").arg(inQuotes(*wanted))
                            : CheckWords::tr("%1 is missing from the output.").arg(inQuotes(*wanted));
    const QStringList lines = linesOf(output);
    const auto line = std::ranges::find_if(lines, [&](const QString& each) { return each.contains(*wanted); });
    if (lacks && line != lines.end()) {
        evidence.printed = inQuotes(*line);
        evidence.moment = at.run.log ? printedAt(*at.run.log, *line) : std::nullopt;
    } else {
        evidence.printed = lines.isEmpty() ? CheckWords::tr("nothing") : inQuotes(lines.last());
    }
    return evidence;
}

// Each line is used once.
Evidence lines(const QStringList& wanted, const QStringList& printed, const Look& at, bool anyOrder, bool& holds)
{
    Evidence evidence {.right = wanted.size() == 1
            ? CheckWords::tr("%1 is printed.").arg(inQuotes(wanted.first()))
            : CheckWords::tr("all %n lines are printed.", nullptr, static_cast<int>(wanted.size()))};
    QStringList left = printed;
    qsizetype from = 0;
    holds = true;
    for (const QString& each : wanted) {
        const QString line = each.trimmed();
        const qsizetype found = left.indexOf(line, anyOrder ? 0 : from);
        if (found >= 0) {
            if (anyOrder)
                left.removeAt(found);
            else
                from = found + 1;
            continue;
        }
        holds = false;
        const bool tooEarly = !anyOrder && left.contains(line) && from > 0;
        evidence.notYet = tooEarly
            ? CheckWords::tr("%1 is printed before %2.").arg(inQuotes(line), inQuotes(left[from - 1]))
            : CheckWords::tr("the line %1 is missing.").arg(inQuotes(line));
        evidence.printed = printed.isEmpty() ? CheckWords::tr("nothing") : inQuotes(printed.last());
        if (tooEarly && at.run.log)
            evidence.moment = printedAt(*at.run.log, line);
        break;
    }
    return evidence;
}

} // namespace

CheckAnswer look(const expect::Printed& what, const Look& at)
{
    bool holds = false;
    Evidence evidence;
    switch (what.how) {
    case expect::Printed::How::Equals: {
        const QByteArray whole = what.lines.join(u'\n').toUtf8();
        evidence = equals(whole.isEmpty() ? QStringList() : linesOf(whole), linesOf(at.run.output), at, holds);
        break;
    }
    case expect::Printed::How::Contains: evidence = contains(what.lines, at.run.output, at, false, holds); break;
    case expect::Printed::How::Lacks: evidence = contains(what.lines, at.run.output, at, true, holds); break;
    case expect::Printed::How::Lines: evidence = lines(what.lines, linesOf(at.run.output), at, false, holds); break;
    case expect::Printed::How::LinesInAnyOrder:
        evidence = lines(what.lines, linesOf(at.run.output), at, true, holds);
        break;
    }
    return answerOf(at, holds, evidence);
}

CheckAnswer look(const expect::Order& what, const Look& at)
{
    const ScreenLines screen(at.log());
    const auto first = screenLine(screen, what.first);
    const auto then = screenLine(screen, what.then);
    const QString one = inQuotes(what.first);
    const QString other = inQuotes(what.then);
    Evidence evidence {.right = CheckWords::tr("%1 is printed before %2.").arg(one, other)};
    if (!first || !then) {
        evidence.notYet = CheckWords::tr("%1 is not printed.").arg(first ? other : one);
        evidence.missing = true;
        return answerOf(at, false, evidence);
    }
    evidence.notYet = CheckWords::tr("%1 is printed before %2.").arg(other, one);
    evidence.printed = other;
    evidence.moment = FoundMoment {.place = screen[*first < *then ? *first : *then].output + 1};
    return answerOf(at, *first < *then, evidence);
}

CheckAnswer look(const expect::File& what, const Look& at)
{
    const QString folder = QDir(at.run.folder).canonicalPath();
    const QString path = QDir::cleanPath(QDir(at.run.folder).absoluteFilePath(what.name));
    const QFileInfo file(path);
    const QString name = inQuotes(what.name);
    if (at.run.folder.isEmpty() || QDir(at.run.folder).relativeFilePath(path).startsWith(".."_L1)
        || (file.exists() && !file.canonicalFilePath().startsWith(folder + u'/')))
        return unknownAnswer(at, CheckWords::tr("%1 is not in the program's folder, so nobody looks.").arg(name));
    switch (what.how) {
    case expect::File::How::Exists:
        return answerOf(at, file.exists(),
            {.right = CheckWords::tr("the file %1 is there.").arg(name),
                .notYet = CheckWords::tr("there is no file %1.").arg(name)});
    case expect::File::How::Gone:
        return answerOf(at, !file.exists() && !file.isSymLink(),
            {.right = CheckWords::tr("the file %1 is gone.").arg(name),
                .notYet = CheckWords::tr("the file %1 is still there.").arg(name)});
    case expect::File::How::Contains: break;
    }
    constexpr qint64 most = 16 << 20; // bytes that are looked at
    const auto content = plainFile(path, most);
    if (!content)
        return answerOf(at, false, {.notYet = CheckWords::tr("there is no file %1.").arg(name)});
    return answerOf(at, content->contains(what.text.toUtf8()),
        {.right = CheckWords::tr("the file %1 has %2 in it.").arg(name, inQuotes(what.text)),
            .notYet = CheckWords::tr("the file %1 does not have %2 in it.").arg(name, inQuotes(what.text))});
}

} // namespace bistro::app
