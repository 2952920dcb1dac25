#include "lesson/momentlink.h"

#include "lesson/formatwords.h"

#include <array>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct MomentOfOrder {
    MomentLink::Kind kind;
    const char* words;
};

constexpr std::array<MomentOfOrder, 4> kOfOrders {{
    {MomentLink::Kind::Starts, "starts"},
    {MomentLink::Kind::Ends, "ends"},
    {MomentLink::Kind::Ready, "is ready"},
    {MomentLink::Kind::Placed, "is placed"},
}};

// The text of `line "TEXT"`: between the first quote and the last.
QString between(QStringView quoted)
{
    if (quoted.size() < 3 || !quoted.startsWith(u'"') || !quoted.endsWith(u'"'))
        return {};
    return quoted.sliced(1, quoted.size() - 2).toString();
}

std::unexpected<QString> noMoment(const QString& text)
{
    return std::unexpected(
        FormatWords::tr("\"%1\" names no moment. Write: start, end, blocked, line 3, line \"bread\", "
                        "or when \"bill\" starts, ends, is ready or is placed.")
            .arg(text));
}

} // namespace

std::expected<MomentLink, QString> parseMoment(const QString& text)
{
    const QString said = text.trimmed();
    if (said.contains(u'\n'))
        return noMoment(said.simplified());
    if (said == "start"_L1)
        return MomentLink {.kind = MomentLink::Kind::Begin, .text = {}};
    if (said == "end"_L1)
        return MomentLink {.kind = MomentLink::Kind::End, .text = {}};
    if (said == "blocked"_L1)
        return MomentLink {.kind = MomentLink::Kind::Blocked, .text = {}};
    if (said.startsWith("line "_L1)) {
        const QStringView rest = QStringView(said).sliced(5).trimmed();
        bool isNumber = false;
        const int number = rest.toInt(&isNumber);
        if (isNumber && number >= 1)
            return MomentLink {.kind = MomentLink::Kind::PrintedLine, .number = number, .text = {}};
        if (const QString line = between(rest); !line.isEmpty())
            return MomentLink {.kind = MomentLink::Kind::PrintedText, .text = line};
        return noMoment(said);
    }
    if (said.startsWith("when "_L1)) {
        for (const MomentOfOrder& moment : kOfOrders) {
            const QLatin1StringView words(moment.words);
            if (!said.endsWith(u' ' + words))
                continue;
            const QString title = between(QStringView(said).sliced(5).chopped(words.size() + 1).trimmed());
            if (!title.isEmpty())
                return MomentLink {.kind = moment.kind, .text = title};
        }
    }
    return noMoment(said);
}

QString momentText(const MomentLink& moment)
{
    switch (moment.kind) {
    case MomentLink::Kind::None: return {};
    case MomentLink::Kind::Begin: return u"start"_s;
    case MomentLink::Kind::End: return u"end"_s;
    case MomentLink::Kind::Blocked: return u"blocked"_s;
    case MomentLink::Kind::PrintedLine: return u"line %1"_s.arg(moment.number);
    case MomentLink::Kind::PrintedText: return u"line \""_s + moment.text + u'"';
    case MomentLink::Kind::Starts:
    case MomentLink::Kind::Ends:
    case MomentLink::Kind::Ready:
    case MomentLink::Kind::Placed: break;
    }
    for (const MomentOfOrder& known : kOfOrders) {
        if (known.kind == moment.kind)
            return u"when \""_s + moment.text + u"\" "_s + QLatin1StringView(known.words);
    }
    Q_UNREACHABLE_RETURN({});
}

} // namespace bistro::app
