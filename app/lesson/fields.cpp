#include "lesson/fields.h"

#include <QRegularExpression>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

QString shortened(const QString& text)
{
    constexpr qsizetype kMost = 40;
    const QString line = text.simplified();
    return line.size() <= kMost ? line : line.first(kMost) + u'…';
}

// A plain text is what it says; of a list, a map or nothing there is none.
std::optional<QString> plain(const YamlNode& node)
{
    if (node.kind != YamlNode::Kind::Text)
        return {};
    return node.text;
}

struct AmountUnit {
    QLatin1StringView name;
    double factor;
};

// "5 ms", "65 MB": the number times the unit's factor.
std::optional<double> amount(const QString& text, std::initializer_list<AmountUnit> units)
{
    static const QRegularExpression pattern(u"^(\\d{1,9}(?:\\.\\d{1,6})?) ?([A-Za-z%]{1,3})$"_s);
    const auto match = pattern.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    const QString unit = match.captured(2);
    for (const AmountUnit& known : units) {
        if (unit == known.name)
            return match.captured(1).toDouble() * known.factor;
    }
    return {};
}

} // namespace

QString utf16(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::optional<YamlFault> newerFormat(const YamlNode& node)
{
    const YamlNode* const format = node.find(u"format"_s);
    bool isNumber = false;
    const int number = format ? format->text.toInt(&isNumber) : 0;
    if (!isNumber || number <= kLessonFormat)
        return {};
    return YamlFault {format->line, FormatWords::tr("This is format %1, and needs a newer Bistro.").arg(number)};
}

LessonFields::LessonFields(const YamlNode& node, const FormatKeys& keys, FaultList& faults, const QString& ownWord)
    : m_node(node)
    , m_keys(keys)
    , m_faults(faults)
{
    const QString place = utf16(keys.place);
    if (!isMap()) {
        QStringList names;
        for (const FormatKey& key : keys.keys)
            names += utf16(key.name);
        faults.add(node.line,
            FormatWords::tr("Here \"%1\" needs keys, each with a colon and a value: %2.")
                .arg(place, names.join(u", "_s)));
        return;
    }
    for (const YamlKey& key : node.keys) {
        if (key.name == ownWord || keys.has(key.name.toStdString()))
            continue;
        QStringList names;
        for (const FormatKey& known : keys.keys)
            names += utf16(known.name);
        faults.add(key.line,
            FormatWords::tr("There is no key \"%1\" in \"%2\". ").arg(shortened(key.name), place)
                + nearestOf(key.name, names));
    }
    for (const FormatKey& key : keys.keys) {
        if (key.required && node.find(utf16(key.name)) == nullptr)
            faults.add(node.line, FormatWords::tr("The key \"%1\" is missing in \"%2\".").arg(utf16(key.name), place));
    }
}

const YamlNode* LessonFields::find(const char* key) const
{
    Q_ASSERT(m_keys.has(key)); // the table is what we read by
    return m_node.find(QString::fromLatin1(key));
}

int LessonFields::lineOf(const char* key) const
{
    const YamlNode* const node = find(key);
    return node ? node->line : m_node.line;
}

QString LessonFields::text(const char* key, qsizetype most) const
{
    const YamlNode* const node = find(key);
    if (node == nullptr)
        return {};
    const std::optional<QString> value = plain(*node);
    if (!value || value->trimmed().isEmpty()) {
        fault(key, FormatWords::tr("\"%1\" needs a text after it.").arg(QLatin1StringView(key)));
        return {};
    }
    if (value->trimmed().size() > most) {
        fault(key,
            FormatWords::tr("\"%1\" has %2 letters. Use %3 at most.")
                .arg(QLatin1StringView(key))
                .arg(value->trimmed().size())
                .arg(most));
        return {};
    }
    return value->trimmed();
}

QStringList textsOf(const YamlNode& node, const QString& name, FaultList& faults)
{
    if (node.kind == YamlNode::Kind::Text)
        return {node.text};
    QStringList all;
    if (node.kind != YamlNode::Kind::List) {
        faults.add(node.line, FormatWords::tr("\"%1\" needs a list: [one, two].").arg(name));
        return all;
    }
    for (const YamlNode& item : node.items) {
        if (item.kind == YamlNode::Kind::Text && item.text.size() <= kMostFieldLetters)
            all += item.text;
        else if (item.kind == YamlNode::Kind::Text)
            faults.add(item.line,
                FormatWords::tr("A text in \"%1\" is too long. Use %2 letters at most.")
                    .arg(name)
                    .arg(kMostFieldLetters));
        else
            faults.add(item.line,
                FormatWords::tr(
                    "In \"%1\" each value is a text. Put null, and what has a colon or a bracket, in quotes.")
                    .arg(name));
    }
    return all;
}

QStringList LessonFields::texts(const char* key, qsizetype least, qsizetype most) const
{
    const YamlNode* const node = find(key);
    if (node == nullptr)
        return {};
    const qsizetype before = m_faults.all().size();
    QStringList all = textsOf(*node, QLatin1StringView(key), m_faults);
    if (m_faults.all().size() != before)
        return {};
    if (all.size() < least || all.size() > most) {
        fault(key,
            least == most ? FormatWords::tr("\"%1\" needs %2 values, and has %3.")
                                .arg(QLatin1StringView(key))
                                .arg(least)
                                .arg(all.size())
                          : FormatWords::tr("\"%1\" needs %2 to %3 values, and has %4.")
                                .arg(QLatin1StringView(key))
                                .arg(least)
                                .arg(most)
                                .arg(all.size()));
        return {};
    }
    return all;
}

std::optional<int> LessonFields::whole(const char* key, int least, int most) const
{
    const YamlNode* const node = find(key);
    if (node == nullptr)
        return {};
    bool isNumber = false;
    const int value = plain(*node).value_or(QString()).toInt(&isNumber);
    if (isNumber && !node->quoted && value >= least && value <= most)
        return value;
    fault(key,
        FormatWords::tr("\"%1\" needs a whole number from %2 to %3.").arg(QLatin1StringView(key)).arg(least).arg(most));
    return {};
}

std::optional<double> LessonFields::number(const char* key) const
{
    const YamlNode* const node = find(key);
    if (node == nullptr)
        return {};
    static const QRegularExpression pattern(u"^-?\\d{1,12}(\\.\\d{1,9})?$"_s);
    const QString text = plain(*node).value_or(QString());
    if (!node->quoted && pattern.match(text).hasMatch())
        return text.toDouble();
    fault(key, FormatWords::tr("\"%1\" needs a number.").arg(QLatin1StringView(key)));
    return {};
}

std::optional<double> LessonFields::part(const char* key) const
{
    const YamlNode* const node = find(key);
    if (node == nullptr)
        return {};
    const auto value = amount(plain(*node).value_or(QString()), {{"%"_L1, 1}});
    if (value && *value <= 100)
        return *value / 100;
    fault(key, FormatWords::tr("\"%1\" needs a part from 0 % to 100 %, as in: 30 %.").arg(QLatin1StringView(key)));
    return {};
}

std::optional<std::chrono::nanoseconds> LessonFields::duration(const char* key, std::chrono::nanoseconds most) const
{
    const YamlNode* const node = find(key);
    if (node == nullptr)
        return {};
    const auto value = amount(plain(*node).value_or(QString()), {{"ms"_L1, 1e6}, {"s"_L1, 1e9}});
    if (value && *value <= static_cast<double>(most.count()))
        return std::chrono::nanoseconds(static_cast<qint64>(*value));
    fault(key,
        FormatWords::tr("\"%1\" needs a time of up to %2 seconds with its unit, as in: 50 ms.")
            .arg(QLatin1StringView(key))
            .arg(std::chrono::duration_cast<std::chrono::seconds>(most).count()));
    return {};
}

qint64 LessonFields::size(const char* key, qint64 most) const
{
    const YamlNode* const node = find(key);
    if (node == nullptr)
        return 0;
    const auto value = amount(plain(*node).value_or(QString()), {{"B"_L1, 1}, {"kB"_L1, 1e3}, {"MB"_L1, 1e6}});
    if (value && *value >= 1 && *value <= static_cast<double>(most))
        return static_cast<qint64>(*value);
    fault(key,
        FormatWords::tr("\"%1\" needs a size of up to %2 MB with its unit (B, kB, MB), as in: 65 MB.")
            .arg(QLatin1StringView(key))
            .arg(most / 1'000'000));
    return 0;
}

bool LessonFields::yes(const char* key) const
{
    const YamlNode* const node = find(key);
    if (node == nullptr)
        return false;
    const QString value = plain(*node).value_or(QString());
    if (value != "true"_L1 && value != "false"_L1)
        fault(key, FormatWords::tr("\"%1\" needs true or false.").arg(QLatin1StringView(key)));
    return value == "true"_L1;
}

MomentLink LessonFields::moment(const char* key) const
{
    const YamlNode* const node = find(key);
    if (node == nullptr)
        return {};
    const auto moment = parseMoment(plain(*node).value_or(QString()));
    if (moment)
        return *moment;
    fault(key, moment.error());
    return {};
}

} // namespace bistro::app
