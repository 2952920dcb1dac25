#include "commands/commands.h"

#include "commands/answer.h"
#include "why/findings.h"
#include "why/json.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct Findings {
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

QString page(const Finding& finding)
{
    const std::string_view id = findingId(finding.kind);
    QString text = QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size())) + u": "_s + printable(finding.what)
        + u'\n';
    const auto add = [&text](const QString& title, const QString& sentence) {
        if (!sentence.isEmpty())
            text += u"  "_s + title + u": "_s + printable(sentence) + u'\n';
    };
    add(Findings::tr("where"), QString::fromStdString(placeText(finding.place)));
    add(Findings::tr("since"), finding.since);
    add(Findings::tr("waiting"), finding.waits);
    for (const QString& help : finding.helps)
        add(Findings::tr("what helps"), help);
    return text;
}

} // namespace

int findings(const FindingsCommand& command)
{
    const auto log = TraceLog::open(command.trace);
    if (!log)
        return complain(log.error());
    const std::vector<Finding> found = findings(
        **log, command.runtime ? Wording::Runtime : Wording::Restaurant, kWorthAFinding, QDir::currentPath());
    Output out;
    for (const Finding& finding : found) {
        out.buffer() += command.json
            ? QJsonDocument(toJson(finding)).toJson(QJsonDocument::Compact).toStdString() + '\n'
            : page(finding).toStdString() + '\n';
    }
    if (found.empty() && !command.json)
        out.buffer() = Findings::tr("Nothing held this run up, as far as Bistro can tell.").toStdString() + '\n';
    return finish(out, **log);
}

} // namespace bistro::app
