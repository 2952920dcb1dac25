#include "text/amounts.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace bistro::app {
namespace {

struct Amounts {
    Q_DECLARE_TR_FUNCTIONS(Amounts)
};

// Three digits, and no zeros after the point that say nothing.
QString threeDigits(double value)
{
    QString text = QString::number(value, 'f', value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
    if (text.contains(QLatin1Char('.'))) {
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(QLatin1Char('.')))
            text.chop(1);
    }
    return text;
}

} // namespace

QString timeText(std::uint64_t nanoseconds)
{
    const auto time = static_cast<double>(nanoseconds);
    if (time < 999.5)
        return Amounts::tr("%1 ns").arg(nanoseconds);
    if (time < 999.5e3)
        return Amounts::tr("%1 µs").arg(threeDigits(time / 1e3));
    if (time < 999.5e6)
        return Amounts::tr("%1 ms").arg(threeDigits(time / 1e6));
    if (time < 59.95e9)
        return Amounts::tr("%1 s").arg(threeDigits(time / 1e9));
    const std::uint64_t seconds = nanoseconds / 1'000'000'000 + (nanoseconds % 1'000'000'000 >= 500'000'000 ? 1 : 0);
    return Amounts::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString spokenTime(std::uint64_t nanoseconds)
{
    const auto time = static_cast<double>(nanoseconds);
    if (time < 0.5e6)
        return Amounts::tr("less than 1 ms");
    if (time < 999.5e6)
        return Amounts::tr("%1 ms").arg(qRound64(time / 1e6));
    if (time < 59.5e9)
        return Amounts::tr("%1 s").arg(
            threeDigits(time < 9.95e9 ? std::round(time / 1e8) / 10 : std::round(time / 1e9)));
    return timeText(nanoseconds);
}

bool isPort(const QString& detail)
{
    return !detail.isEmpty() && std::ranges::all_of(detail, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace bistro::app
