#include "confine/limits.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

struct LimitNames {
    Q_DECLARE_TR_FUNCTIONS(LimitNames)
};

constexpr std::uint32_t kMostMegabytes = 1u << 20;

template <typename Limits, typename Use>
void useOf(Limits& limits, PermissionKind limit, Use use)
{
    switch (limit) {
    case PermissionKind::Memory: use(limits.memory); break;
    case PermissionKind::Processes: use(limits.processes); break;
    case PermissionKind::FileSize: use(limits.fileSize); break;
    case PermissionKind::Written: use(limits.written); break;
    case PermissionKind::OpenFiles: use(limits.openFiles); break;
    case PermissionKind::Seconds: use(limits.seconds); break;
    case PermissionKind::Host:
    case PermissionKind::Internet:
    case PermissionKind::Read:
    case PermissionKind::Write:
    case PermissionKind::Programs:
    case PermissionKind::Addons:
    case PermissionKind::Npm: break;
    }
}

} // namespace

// With less than the least not even an empty program runs.
LimitRange rangeOf(PermissionKind limit)
{
    switch (limit) {
    case PermissionKind::Memory: return {.least = 256, .most = kMostMegabytes};
    case PermissionKind::FileSize:
    case PermissionKind::Written: return {.least = 1, .most = kMostMegabytes};
    case PermissionKind::OpenFiles: return {.least = 64, .most = 1u << 20};
    case PermissionKind::Processes: return {.least = 1, .most = 10'000};
    default: return {.least = 1, .most = 86'400};
    }
}

std::uint32_t amountIn(const sandbox::Limits& limits, PermissionKind limit)
{
    std::uint32_t amount = 0;
    useOf(limits, limit, [&](auto value) {
        amount = static_cast<std::uint32_t>(std::min<std::uint64_t>(value, std::numeric_limits<std::uint32_t>::max()));
    });
    return amount;
}

void setIn(sandbox::Limits& limits, const Permission& limit)
{
    useOf(limits, limit.kind, [&](auto& value) { value = limit.amount; });
}

sandbox::Limits limitsWith(sandbox::Limits limits, const Permissions& allowed)
{
    for (const Permission& each : allowed) {
        if (isLimit(each.kind))
            setIn(limits, each);
    }
    return limits;
}

std::expected<Permission, QString> limitFrom(PermissionKind limit, const QString& text)
{
    const LimitRange range = rangeOf(limit);
    bool isNumber = false;
    const uint amount = text.toUInt(&isNumber);
    const bool isDigits = std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!isNumber || !isDigits || amount < range.least || amount > range.most)
        return std::unexpected(
            LimitNames::tr("%2 takes a number from %3 to %4, and not \"%1\". Write for example: %2 %5")
                .arg(text, QLatin1StringView(wordOf(limit)))
                .arg(range.least)
                .arg(range.most)
                .arg(std::max(amountIn({}, limit), 60u)));
    return Permission {.kind = limit, .host = {}, .path = {}, .amount = amount};
}

} // namespace bistro::app
