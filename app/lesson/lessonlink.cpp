#include "lesson/lessonlink.h"

#include "lesson/formatwords.h"
#include "lesson/nearest.h"
#include "lesson/vocabulary.h"

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

QStringList worded(std::span<const std::string_view> words)
{
    QStringList all;
    for (const std::string_view word : words)
        all += QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    return all;
}

std::unexpected<QString> wrong(const QString& sentence)
{
    return std::unexpected(sentence);
}

// "pool=2", "arguments=Ada Bob", or both with "&" between.
std::expected<LessonLink, QString> parseRun(const QString& rest)
{
    LessonLink link {.kind = LessonLink::Kind::Run, .moment = {}, .text = {}, .poolSize = {}, .arguments = {}};
    for (const QString& setting : rest.split(u'&')) {
        const QString name = setting.section(u'=', 0, 0).trimmed();
        const QString value = setting.section(u'=', 1).trimmed();
        bool isNumber = false;
        if (name == "pool"_L1) {
            const int pool = value.toInt(&isNumber);
            if (!isNumber || pool < 1 || pool > kMostCooks)
                return wrong(FormatWords::tr("\"run:pool=\" needs a number of cooks from 1 to %1.").arg(kMostCooks));
            link.poolSize = pool;
        } else if (name == "arguments"_L1 && setting.contains(u'=')) {
            link.arguments = value.split(u' ', Qt::SkipEmptyParts);
        } else {
            return wrong(FormatWords::tr("\"run:%1\" says nothing. Write run:pool=2 or run:arguments=Ada.").arg(rest));
        }
    }
    return link;
}

} // namespace

std::expected<LessonLink, QString> parseLink(const QString& target)
{
    const QString address = QUrl::fromPercentEncoding(target.toUtf8());
    const qsizetype colon = address.indexOf(u':');
    const QString scheme = address.left(std::max<qsizetype>(colon, 0));
    const QString rest = address.mid(colon + 1).trimmed();
    const QStringList known = worded(linkWords());
    if (colon < 1 || !known.contains(scheme))
        return wrong(FormatWords::tr("The link \"%1\" leads nowhere. A link begins with one of these and a colon: %2.")
                .arg(address.left(60), known.join(u", "_s)));
    if (rest.isEmpty())
        return wrong(FormatWords::tr("The link \"%1\" says nothing after its colon.").arg(address));
    LessonLink link {.kind = LessonLink::Kind::None, .moment = {}, .text = rest, .poolSize = {}, .arguments = {}};
    if (scheme == "moment"_L1) {
        const auto moment = parseMoment(rest);
        if (!moment)
            return wrong(moment.error());
        link.kind = LessonLink::Kind::Moment;
        link.moment = *moment;
        link.text.clear();
    } else if (scheme == "run"_L1) {
        return parseRun(rest);
    } else if (scheme == "scene"_L1) {
        const QStringList scenes = worded(sceneWords());
        if (!scenes.contains(rest))
            return wrong(FormatWords::tr("There is no scene \"%1\". ").arg(rest) + allowedOf(rest, scenes));
        link.kind = LessonLink::Kind::Scene;
    } else if (scheme == "order"_L1) {
        link.kind = LessonLink::Kind::Order;
    } else if (scheme == "api"_L1) {
        static const QRegularExpression api(u"^[A-Za-z_$][\\w$]{0,40}(\\.[A-Za-z_$][\\w$]{0,40}){0,3}$"_s);
        if (!api.match(rest).hasMatch())
            return wrong(FormatWords::tr("\"%1\" needs the name of a function, as in: fs.readFile.").arg(address));
        link.kind = LessonLink::Kind::Api;
    } else if (scheme == "term"_L1) {
        link.kind = LessonLink::Kind::Term;
    } else {
        const QUrl url(target, QUrl::StrictMode);
        if (!url.isValid() || url.host().isEmpty())
            return wrong(
                FormatWords::tr("\"%1\" is not an address. Write it as in: https://nodejs.org.").arg(address.left(60)));
        link.kind = LessonLink::Kind::Web;
        link.text = url.toString();
    }
    return link;
}

} // namespace bistro::app
