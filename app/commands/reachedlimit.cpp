#include "commands/reachedlimit.h"

#include "state/crash.h"
#include "trace/reader.h"
#include "why/refusal.h"

#include <QStringList>

#include <algorithm>
#include <csignal>

namespace bistro::app {

using trace::events::LimitReached;

std::optional<LimitReached> limitBehindEnd(const std::filesystem::path& trace, const Exit& exit)
{
    constexpr std::uint64_t kLast = 100'000; // what a busy program does before it is ended
    if (exit.signal != SIGKILL)
        return {};
    const auto reader = trace::Reader::open(trace);
    for (std::uint64_t i = 0; reader && i < std::min(reader->size(), kLast); ++i) {
        if (const auto limit = limitBehind(reader->event({reader->size() - 1 - i}), exit.signal))
            return limit;
    }
    return {};
}

std::optional<LimitReached> limitReached(const std::filesystem::path& trace, trace::RunLimit which)
{
    const auto reader = trace::Reader::open(trace);
    for (std::uint64_t i = 0; reader && i < reader->size(); ++i) {
        const trace::Record event = reader->event({i});
        if (!trace::is<LimitReached>(event))
            continue;
        const auto reached = trace::as<LimitReached>(event);
        if (reached.limit == which)
            return reached;
    }
    return {};
}

QString wordsOf(const LimitReached& reached, const std::filesystem::path& folder, const QString& outcome)
{
    QStringList sentences {limitSentence(reached, Wording::Runtime), outcome,
        helpToAllowMore(reached.limit, reached.allowed, ReadIn::Terminal, QString::fromStdString(folder.string()))};
    sentences.removeAll(QString());
    return printable(sentences.join(u' '));
}

} // namespace bistro::app
