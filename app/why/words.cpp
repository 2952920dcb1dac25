#include "why/words.h"

#include "state/titles.h"
#include "text/amounts.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kLongestQuote = 60;

struct Lists {
    Q_DECLARE_TR_FUNCTIONS(Lists)
};

struct NamedOrders {
    Q_DECLARE_TR_FUNCTIONS(NamedOrders)
};

struct Kinds {
    Q_DECLARE_TR_FUNCTIONS(Kinds)
};

} // namespace

QString textOf(std::string_view utf8)
{
    // Nobody reads a longer name in a sentence.
    constexpr std::size_t kMost = 8'192; // twice the longest path; a hostile trace has 64 KiB in each of its events
    std::size_t bytes = std::min(utf8.size(), kMost);
    while (bytes < utf8.size() && bytes > 0 && (static_cast<unsigned char>(utf8[bytes]) & 0xC0u) == 0x80u)
        --bytes;
    const QString text = QString::fromUtf8(utf8.data(), static_cast<qsizetype>(bytes));
    return bytes < utf8.size() ? text + u'…' : text;
}

QString say(const Words& words, Wording wording, std::initializer_list<QString> parts, std::vector<FilledIn>* where)
{
    if (where)
        where->clear();
    const QString& pattern = wording == Wording::Restaurant ? words.restaurant : words.runtime;
    QString sentence;
    sentence.reserve(pattern.size() + 40);
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const int number = pattern[i] == u'%' && i + 1 < pattern.size() ? pattern[i + 1].unicode() - u'0' : 0;
        if (number >= 1 && static_cast<std::size_t>(number) <= parts.size()) {
            const QString& part = parts.begin()[number - 1];
            if (where)
                where->push_back({.from = sentence.size(), .size = part.size()});
            sentence += sentence.isEmpty() || sentence.endsWith(". "_L1) ? begun(part) : part;
            ++i;
        } else {
            sentence += pattern[i];
        }
    }
    return sentence;
}

QString begun(QString sentence)
{
    static const std::array names {NamedOrders::tr("the "), NamedOrders::tr("a step of "),
        NamedOrders::tr("an empty line"), NamedOrders::tr("server on port "), NamedOrders::tr("standard input")};
    if (std::ranges::any_of(names, [&](const QString& name) { return sentence.startsWith(name); }))
        sentence.front() = sentence.front().toUpper();
    return sentence;
}

QString title(const TraceLog& log, OrderId order)
{
    const QString whole = QString::fromStdString(titleOfAllSteps(log, order));
    const std::uint32_t step = stepOf(log, order);
    return step == 0 ? whole : Lists::tr("%1, step %2").arg(whole).arg(step);
}

namespace {

QString inLine(const TraceLog& log, OrderId order, const QString& what)
{
    const CodePlace place = placeOf(log, order);
    if (place.line == 0)
        return what;
    if (place.script == log.entryFile() || fileName(place.script) == fileName(log.entryFile()))
        return NamedOrders::tr("%1 in line %2").arg(what).arg(place.line);
    return NamedOrders::tr("%1 in line %2 of %3").arg(what).arg(place.line).arg(textOf(fileName(place.script)));
}

// Words of JavaScript that are words of English, too.
QString asCode(const QString& call)
{
    static const QStringList words {u"then"_s, u"catch"_s, u"finally"_s, u"import"_s, u"for await"_s, u"new Promise"_s};
    return words.contains(call) ? u'`' + call + u'`' : call;
}

// Of several from one place.
QString withNumber(const QString& text, std::uint32_t number)
{
    return number == 0 ? text : NamedOrders::tr("%1 (%2)").arg(text).arg(number);
}

} // namespace

QString named(const TraceLog& log, OrderId order)
{
    const Name name = nameOf(log, order);
    const QString text = QString::fromStdString(name.text).simplified();
    switch (name.from) {
    case NameFrom::Callback:
    case NameFrom::About:
    case NameFrom::File: return withNumber(text, name.number);
    case NameFrom::Message: return withNumber(u'“' + text + u'”', name.number);
    case NameFrom::Child: return withNumber(NamedOrders::tr("the child %1").arg(text), name.number);
    case NameFrom::Request: return withNumber(NamedOrders::tr("the request %1").arg(text), name.number);
    case NameFrom::Event: return withNumber(NamedOrders::tr("the listener of %1").arg(text), name.number);
    case NameFrom::Server: {
        const QString server = withNumber(NamedOrders::tr("the %1").arg(text), name.number);
        return text == u"server" ? inLine(log, name.of, server) : server;
    }
    case NameFrom::Call: return inLine(log, name.of, withNumber(asCode(text), name.number));
    case NameFrom::Paused: {
        const QString await = u'`' + QString::fromStdString(awaitText(log, name.of)) + u'`';
        return inLine(log, name.of, withNumber(await, name.number));
    }
    case NameFrom::Package: return NamedOrders::tr("a step of %1").arg(text);
    case NameFrom::Node: return NamedOrders::tr("a step of Node's own");
    }
    Q_UNREACHABLE_RETURN({});
}

QString kindName(OrderKind kind, Wording wording)
{
    const bool restaurant = wording == Wording::Restaurant;
    switch (kind) {
    case OrderKind::None: return restaurant ? Kinds::tr("slip") : Kinds::tr("order");
    case OrderKind::Script: return restaurant ? Kinds::tr("table") : Kinds::tr("script");
    case OrderKind::Tick: return restaurant ? Kinds::tr("tick note") : Kinds::tr("tick");
    case OrderKind::Microtask: return restaurant ? Kinds::tr("microtask note") : Kinds::tr("microtask");
    case OrderKind::Reaction: return restaurant ? Kinds::tr("promise note") : Kinds::tr("promise reaction");
    case OrderKind::Await: return restaurant ? Kinds::tr("paused order") : Kinds::tr("await");
    case OrderKind::Thenable: return restaurant ? Kinds::tr("promise to follow") : Kinds::tr("thenable job");
    case OrderKind::Timer: return restaurant ? Kinds::tr("egg timer") : Kinds::tr("timer");
    case OrderKind::Immediate: return restaurant ? Kinds::tr("immediate slip") : Kinds::tr("immediate");
    case OrderKind::PoolIo: return restaurant ? Kinds::tr("kitchen order") : Kinds::tr("thread pool I/O");
    case OrderKind::KernelIo: return restaurant ? Kinds::tr("order at the door") : Kinds::tr("kernel I/O");
    case OrderKind::Handler: return Kinds::tr("listener");
    case OrderKind::Resource: return restaurant ? Kinds::tr("slip") : Kinds::tr("resource");
    }
    Q_UNREACHABLE_RETURN({});
}

QString titles(const TraceLog& log, std::span<const OrderId> orders, std::size_t limit)
{
    const std::size_t named = orders.size() <= limit ? orders.size() : limit - 1;
    QStringList names;
    for (std::size_t i = 0; i < named; ++i)
        names += app::named(log, orders[i]);
    if (named < orders.size())
        names += Lists::tr("%1 more").arg(orders.size() - named);
    if (names.size() < 2)
        return names.join(QString());
    const QString last = names.takeLast();
    return Lists::tr("%1 and %2").arg(names.join(u", "_s), last);
}

QString onTracesClock(const LoopState& state, std::uint32_t milliseconds)
{
    const std::int64_t time = std::int64_t {milliseconds} * 1'000'000 - state.clockLead.value_or(0);
    return timeText(static_cast<std::uint64_t>(std::max<std::int64_t>(0, time)));
}

QString quoted(std::string_view output)
{
    output.remove_prefix(std::min(output.find_first_not_of('\n'), output.size())); // the first line that says something
    QString line = textOf(output.substr(0, output.find('\n')));
    if (line.size() > kLongestQuote)
        line = line.left(kLongestQuote - 1) + u'…';
    return u'“' + line + u'”';
}

} // namespace bistro::app
