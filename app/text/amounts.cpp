#include "text/amounts.h"

#include <QCoreApplication>

#include <algorithm>

namespace bistro::app {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("bistro", text);
}

} // namespace

QString timeText(std::uint64_t nanoseconds)
{
    const auto number = [](double value) {
        return QString::number(value, 'f', value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
    };
    const auto trimmed = [&](double value) {
        QString text = number(value);
        if (text.contains(QLatin1Char('.'))) {
            while (text.endsWith(QLatin1Char('0')))
                text.chop(1);
            if (text.endsWith(QLatin1Char('.')))
                text.chop(1);
        }
        return text;
    };
    const auto time = static_cast<double>(nanoseconds);
    if (time < 999.5)
        return tr("%1 ns").arg(nanoseconds);
    if (time < 999.5e3)
        return tr("%1 µs").arg(trimmed(time / 1e3));
    if (time < 999.5e6)
        return tr("%1 ms").arg(trimmed(time / 1e6));
    if (time < 600e9)
        return tr("%1 s").arg(number(time / 1e9));
    return tr("%1 min %2 s").arg(nanoseconds / 60'000'000'000).arg(nanoseconds / 1'000'000'000 % 60);
}

QString shortDuration(std::uint64_t ns)
{
    const double ms = static_cast<double>(ns) / 1e6;
    if (ms < 99.95)
        return tr("%1 ms").arg(ms, 0, 'f', 1);
    if (ms < 999.5)
        return tr("%1 ms").arg(ms, 0, 'f', 0);
    if (ms < 59'995)
        return tr("%1 s").arg(ms / 1000, 0, 'f', 2);
    const auto seconds = static_cast<qint64>(ms / 1000 + 0.5);
    return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

bool isPort(const QString& detail)
{
    return !detail.isEmpty() && std::ranges::all_of(detail, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace bistro::app
