#include "state/linesjson.h"

#include "state/ownvariables.h"
#include "trace/event.h"

#include <QUrl>

#include <charconv>
#include <cmath>
#include <optional>

namespace bistro::app {

using namespace Qt::StringLiterals;
using namespace trace;

namespace {

QString inUtf16(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString shortName(std::string_view text)
{
    return inUtf16(text.substr(0, kNameBytes));
}

std::optional<char16_t> hexAt(QStringView text, qsizetype at, qsizetype digits)
{
    bool isNumber = false;
    const uint value = at + digits <= text.size() ? text.sliced(at, digits).toUInt(&isNumber, 16) : 0;
    return isNumber ? std::optional(static_cast<char16_t>(value)) : std::nullopt;
}

// What is between the quotes that Node prints around a string. Nothing: it is no whole one.
std::optional<QString> unquoted(std::string_view printed)
{
    const bool isQuoted = printed.size() >= 2 && printed.front() == printed.back()
        && std::string_view("'\"`").contains(printed.front());
    if (!isQuoted)
        return {};
    const QString inside = inUtf16(printed.substr(1, printed.size() - 2));
    QString text;
    for (qsizetype i = 0; i < inside.size(); ++i) {
        if (inside[i] != u'\\') {
            text += inside[i];
            continue;
        }
        if (++i == inside.size())
            return {};
        const char16_t escape = inside[i].unicode();
        const qsizetype digits = escape == u'x' ? 2 : escape == u'u' ? 4 : 0;
        if (digits > 0) {
            const auto unit = hexAt(inside, i + 1, digits);
            if (!unit)
                return {};
            text += QChar(*unit);
            i += digits;
            continue;
        }
        constexpr QStringView kLetters = u"bfnrtv0";
        constexpr QStringView kMeant(u"\b\f\n\r\t\v\0", 7);
        const qsizetype letter = kLetters.indexOf(inside[i]);
        text += letter < 0 ? inside[i] : kMeant[letter];
    }
    return text;
}

std::optional<double> finiteNumber(std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc {} && end == text.data() + text.size();
    // JSON knows a -0, and nobody who reads JSON does.
    return isWhole && std::isfinite(number) && !(number == 0 && std::signbit(number)) ? std::optional(number)
                                                                                      : std::nullopt;
}

// Of what is no object.
std::string_view typeOfPrimitive(std::string_view text)
{
    if (text == "undefined" || text == "null")
        return text;
    if (text == "true" || text == "false")
        return "boolean";
    if (text.starts_with("Symbol("))
        return "symbol";
    if (std::string_view("'\"`").contains(text.front()))
        return "string";
    const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
    if (digits == "NaN" || digits == "Infinity" || finiteNumber(digits))
        return "number";
    const bool isInteger = digits.size() > 1 && digits.ends_with('n')
        && digits.find_first_not_of("0123456789") == digits.size() - 1;
    return isInteger ? "bigint" : "other";
}

QJsonObject ofType(std::string_view type, std::string_view text)
{
    return {{u"type"_s, inUtf16(type)}, {u"text"_s, inUtf16(text)}};
}

QJsonObject frameObject(const TraceLog& log, const Lines& lines, const LineFrame& frame, Index place)
{
    QJsonObject one = placeObject(log, {log.event(frame.stop != kNoEvent ? frame.stop : frame.entered).stack});
    one[u"function"_s] = shortName(frame.function);
    one[u"call"_s] = static_cast<qint64>(frame.call.value);
    one[u"values"_s] = valuesObject(lines, frame.call, place);
    one[u"summary"_s] = inUtf16(valuesText(lines, ownVariables(lines, frame.call, place), place));
    if (const auto given = frame.paused == kNoEvent ? std::nullopt : lines.givenAfter(frame.call, frame.paused)) {
        const Index then = given->value.told + 1; // it may not be told yet at the place
        one[given->isError ? u"throws"_s : u"goesOnWith"_s] = valueObject(lines, given->value, then);
        one[u"goesOnText"_s] = inUtf16(lines.preview(given->value, then));
    }
    return one;
}

QJsonArray arrayOf(
    const TraceLog& log, const Lines& lines, const std::vector<LineFrame>& frames, Index place, std::size_t most)
{
    QJsonArray all;
    for (const LineFrame& frame : frames) {
        if (static_cast<std::size_t>(all.size()) >= most)
            break;
        if (frame.stop != kNoEvent || frame.entered != kNoEvent)
            all += frameObject(log, lines, frame, place);
    }
    return all;
}

} // namespace

QJsonValue valueObject(const Lines& lines, const LineValue& value, Index place)
{
    if (!value.isKnown())
        return ofType("unknown", "");
    if (value.object) {
        const LineObject object = lines.objectAt(value.object, place);
        QJsonObject one = ofType(
            wordFor(FieldType::ObjectKindName, static_cast<std::uint32_t>(object.type)), lines.preview(value, place));
        one[u"object"_s] = static_cast<qint64>(value.object.value);
        return one;
    }
    if (value.text.empty())
        return ofType(isWithheld(value) ? "withheld" : "unset", "");
    if (!value.cut) {
        if (value.text == "null")
            return QJsonValue::Null;
        if (value.text == "true" || value.text == "false")
            return value.text == "true";
        if (const auto number = finiteNumber(value.text))
            return *number;
        if (const auto string = unquoted(value.text))
            return *string;
    }
    QJsonObject one = ofType(typeOfPrimitive(value.text), value.text);
    if (value.cut)
        one[u"cut"_s] = true;
    return one;
}

QJsonObject valuesObject(const Lines& lines, CallId call, Index place)
{
    QJsonObject values;
    for (const LineVariable& one : lines.variablesAt(call, place)) {
        if (const QString name = shortName(one.name); one.value.isKnown() && !values.contains(name))
            values[name] = valueObject(lines, one.value, place);
    }
    return values;
}

QString pathOfScript(std::string_view script)
{
    constexpr std::size_t kLongestPath = 4'096;
    const QString name = inUtf16(script.substr(0, kLongestPath));
    return name.startsWith("file:"_L1) ? QUrl(name).toLocalFile() : name;
}

QJsonObject placeObject(const TraceLog& log, StackId frame)
{
    const Frame place = log.frame(frame);
    return {{u"file"_s, pathOfScript(log.text(place.script))}, {u"line"_s, static_cast<qint64>(place.line)},
        {u"column"_s, static_cast<qint64>(place.column)}};
}

QJsonArray framesArray(const TraceLog& log, const Lines& lines, Index place, std::size_t most)
{
    return arrayOf(log, lines, lines.stackAt(place), place, most);
}

QJsonArray pausedArray(const TraceLog& log, const Lines& lines, Index place, std::size_t most)
{
    return arrayOf(log, lines, lines.pausedAt(place, most), place, most);
}

} // namespace bistro::app
