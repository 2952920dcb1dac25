#include "panels/valuewords.h"

#include "panels/panelwords.h"
#include "panels/sentence.h"

#include <QLocale>

#include <cmath>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

QString unpadded(double value, int decimals)
{
    QString text = QString::number(value, 'f', decimals);
    while (text.contains(u'.') && (text.endsWith(u'0') || text.endsWith(u'.')))
        text.chop(1);
    return text;
}

// 15 digits are what a double has: 0.1 + 0.2 differs from 0.1 by 0.2.
QString shortest(double value)
{
    return QString::number(value, 'g', 15);
}

} // namespace

ShownValue shownValue(const app::Lines& lines, const app::LineValue& value, app::Index place, std::size_t most)
{
    using Tone = ShownValue::Tone;
    if (!value.isKnown())
        return {.text = Panels::tr("not recorded here"), .tone = Tone::Faint};
    if (value.isUnset())
        return {.text = Panels::tr("not set yet"), .tone = Tone::Faint};
    if (value.object)
        return {.text = QString::fromStdString(lines.preview(value, place, most)), .tone = Tone::Plain};
    QString text = shortened(value.text);
    if (value.cut && !text.endsWith(u'…'))
        text += u'…';
    const QChar first = text.front();
    const bool literal = first == u'\'' || first == u'"' || first == u'`' || numberOf(value).has_value();
    return {.text = text, .tone = literal ? Tone::Literal : Tone::Plain};
}

QString shownType(const app::LineObject& object)
{
    using trace::ObjectKind;
    const QString text = shortened(object.text);
    if (object.type == ObjectKind::Object && (text.isEmpty() || text == "Object"_L1))
        return u"{…}"_s;
    const bool counts = object.type == ObjectKind::Array || object.type == ObjectKind::Map
        || object.type == ObjectKind::Set || object.type == ObjectKind::TypedArray || object.type == ObjectKind::Buffer
        || object.type == ObjectKind::Arguments;
    if (!counts || text.contains(u'('))
        return text;
    return Panels::tr("%1(%2)", "a kind of object, and how many elements it has")
        .arg(text, QLocale(QLocale::English).toString(object.size));
}

std::optional<double> numberOf(const app::LineValue& value)
{
    if (value.object || value.text.empty())
        return {};
    std::string_view digits = value.text;
    if (digits == "NaN")
        return std::nan("");
    if (digits == "Infinity" || digits == "-Infinity")
        return digits.front() == '-' ? -HUGE_VAL : HUGE_VAL;
    const char first = digits.front() == '-' && digits.size() > 1 ? digits[1] : digits.front();
    if (first < '0' || first > '9')
        return {};
    if (digits.back() == 'n')
        digits.remove_suffix(1);
    bool is = false;
    const double number = QByteArrayView(digits.data(), static_cast<qsizetype>(digits.size())).toDouble(&is);
    return is ? std::optional(number) : std::nullopt;
}

QString differenceText(const app::LineValue& before, const app::LineValue& after)
{
    const auto from = numberOf(before);
    const auto to = numberOf(after);
    if (!from || !to)
        return {};
    const double difference = *to - *from;
    if (difference == 0 || !std::isfinite(difference))
        return {};
    return difference > 0 ? u'+' + shortest(difference) : shortest(difference);
}

QString momentText(std::uint64_t nanoseconds)
{
    const auto time = static_cast<double>(nanoseconds);
    return time < 10e9 ? Panels::tr("%1 ms").arg(unpadded(time / 1e6, 2))
                       : Panels::tr("%1 s").arg(unpadded(time / 1e9, 3));
}

QString spokenMoment(std::uint64_t nanoseconds)
{
    const auto time = static_cast<double>(nanoseconds);
    return time < 10e9 ? Panels::tr("%1 milliseconds").arg(unpadded(time / 1e6, 2))
                       : Panels::tr("%1 seconds").arg(unpadded(time / 1e9, 3));
}

} // namespace bistro::ui
