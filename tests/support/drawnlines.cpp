#include "drawnlines.h"

#include "trace/views.h"

#include <QStringList>
#include <QTemporaryDir>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <ranges>
#include <string>
#include <vector>

namespace bistro::tests {

using namespace bistro::app;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

std::uint32_t numberAt(std::string_view& word)
{
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    word.remove_prefix(error == std::errc {} ? static_cast<std::size_t>(end - word.data()) : 0);
    return number;
}

std::string_view partUpTo(std::string_view& word, char c)
{
    const std::size_t end = std::min(word.find(c), word.size());
    const std::string_view part = word.substr(0, end);
    word.remove_prefix(std::min(end + 1, word.size()));
    return part;
}

class Drawing final {
public:
    explicit Drawing(std::string_view script, std::string_view source = {})
        : m_script(m_file.text(script))
    {
        if (!source.empty())
            put(events::ScriptSeen {.script = m_script, .source = m_file.text(source)});
    }

    void add(std::string_view word)
    {
        if (word == "job") {
            put(events::PoolJobBegun {.job = {1}, .worker = {1}});
        } else if (word == "done") {
            put(events::PoolJobDone {.job = {1}, .worker = {1}});
        } else if (word == "out") {
            put(events::Output {.stream = Stream::Output, .bytes = 1});
        } else if (word == "skip") {
            put(events::LinesSkipped {.call = innermost(), .visits = 100});
        } else if (word.starts_with("skip@")) {
            word.remove_prefix(5);
            const std::uint32_t line = numberAt(word);
            word.remove_prefix(1);
            events::LinesSkipped skipped {.call = innermost(), .visits = 100};
            skipped.stack = m_file.frame({.script = m_script, .line = line, .column = numberAt(word)});
            put(skipped);
        } else if (word == "ended") {
            put(events::LinesEnded {.reason = LinesEnd::Limit});
        } else if (word.starts_with("count@")) {
            word.remove_prefix(6);
            const std::uint32_t line = numberAt(word);
            word.remove_prefix(1);
            const std::uint32_t column = numberAt(word);
            word.remove_prefix(1);
            events::PlaceCounted counted {.visits = numberAt(word)};
            counted.stack = m_file.frame({.script = m_script, .line = line, .column = column});
            put(counted);
        } else if (word == "throw") {
            put(events::ErrorThrown {.fate = ErrorFate::Caught, .call = innermost(), .value = text("'oh'")});
        } else if (word == "!") {
            leave({.end = CallEnd::Threw});
        } else if (word == "~") {
            leave({.end = CallEnd::Awaits});
        } else if (word.starts_with("given=")) {
            const auto [value, object] = valueOf(word.substr(5));
            put(events::CallGiven {.call = innermost(), .value = value, .object = object});
        } else if (word.starts_with("yield=")) {
            leave({.end = CallEnd::Yields, .value = text(word.substr(6))});
        } else if (word.starts_with(')')) {
            word.remove_prefix(1);
            const auto [value, object] = valueOf(word);
            leave({.end = CallEnd::Returned, .value = value, .object = object});
        } else if (word.ends_with("~(")) {
            enter(CallEntry::Resumed, word.substr(0, word.size() - 2));
        } else if (word == "lost(") {
            m_open.push_back({++m_calls});
        } else if (word.ends_with('(')) {
            enter(CallEntry::Called, word.substr(0, word.size() - 1));
        } else if (word.starts_with('#')) {
            object(word);
        } else if (const std::size_t level = word.find_first_not_of("0123456789"); level == std::string_view::npos
            || ((word[level] == ':' || word[level] == '|' || word[level] == ';') && level > 0)) {
            stop(word);
        } else if (word.contains('=')) {
            const std::uint32_t in = level > 0 ? numberAt(word) : 0;
            word.remove_prefix(level > 0 ? 1 : 0);
            const std::string_view called = partUpTo(word, '=');
            const TextId name = text(called);
            const auto [value, held] = valueOf(std::string(1, '=').append(word));
            const VariableScope scope = called == "this" ? VariableScope::This : scopeOf(in);
            put(events::VariableSet {.scope = scope, .level = in, .name = name, .value = value, .object = held});
        } else {
            std::cerr << "drawnLines: \"" << word << "\" is no word of a drawing\n";
            std::abort();
        }
    }

    [[nodiscard]] const TraceFile& file() const { return m_file; }

private:
    template <typename Event>
    void put(Event event)
    {
        event.time = m_time += 1'000;
        m_file.event(recordOf(event));
    }

    [[nodiscard]] TextId text(std::string_view what)
    {
        if (what.empty())
            return {};
        TextId& known = m_texts[std::string(what)];
        if (!known)
            known = m_file.text(what);
        return known;
    }

    [[nodiscard]] static VariableScope scopeOf(std::uint32_t level)
    {
        return level == 0 ? VariableScope::Local : level < 100 ? VariableScope::Block : VariableScope::Closure;
    }

    // "=5", "=#2", "=", or nothing.
    [[nodiscard]] std::pair<TextId, ObjectId> valueOf(std::string_view word)
    {
        if (word.starts_with("=#")) {
            word.remove_prefix(2);
            return {{}, {numberAt(word)}};
        }
        return {text(word.substr(std::min<std::size_t>(1, word.size()))), {}};
    }

    [[nodiscard]] CallId innermost() const { return m_open.empty() ? CallId {} : m_open.back(); }

    void enter(CallEntry entry, std::string_view name)
    {
        CallId& call = m_named[std::string(name)];
        if (entry == CallEntry::Called)
            call = {++m_calls};
        events::CallEntered e {.entry = entry, .call = call, .function = text(name), .caller = innermost()};
        put(e);
        m_open.push_back(call);
    }

    void leave(events::CallLeft e)
    {
        e.call = innermost();
        put(e);
        if (!m_open.empty())
            m_open.pop_back();
    }

    void stop(std::string_view word)
    {
        Frame frame {.script = m_script, .line = numberAt(word), .column = 1};
        const bool isReturn = word.starts_with(';');
        word.remove_prefix(isReturn ? 1 : 0);
        if (word.starts_with(':')) {
            word.remove_prefix(1);
            frame.column = numberAt(word);
        }
        const std::size_t plus = word.find('+');
        std::string_view told = plus == std::string_view::npos ? std::string_view {} : word.substr(plus + 1);
        word = word.substr(0, plus);
        std::string visible;
        for (word.remove_prefix(std::min<std::size_t>(1, word.size())); !word.empty();) {
            std::string_view name = partUpTo(word, ',');
            const std::uint32_t level = numberAt(name);
            name.remove_prefix(name.starts_with('.') ? 1 : 0);
            visible.append(visible.empty() ? "" : "\n")
                .append(wordFor(FieldType::ScopeName, static_cast<std::uint32_t>(scopeOf(level))))
                .append(' ' + std::to_string(level) + ' ')
                .append(name);
        }
        events::LineReached e {.point = isReturn ? LinePoint::Return : LinePoint::Statement,
            .call = innermost(),
            .visible = text(visible)};
        if (!told.empty()) {
            e.changed = text(partUpTo(told, '='));
            e.value = text(told);
        }
        e.stack = m_file.frame(frame);
        put(e);
    }

    void object(std::string_view word)
    {
        word.remove_prefix(1);
        const ObjectId id {numberAt(word)};
        const char what = word.empty() ? ':' : word.front();
        word.remove_prefix(std::min<std::size_t>(1, word.size()));
        if (what == ':') {
            const std::string_view kind = partUpTo(word, ':');
            std::string spaced(partUpTo(word, '/'));
            std::ranges::replace(spaced, '_', ' ');
            const TextId says = text(spaced);
            const std::uint32_t size = numberAt(word);
            word.remove_prefix(std::min<std::size_t>(1, word.size()));
            std::uint32_t type = 1;
            while (
                wordFor(FieldType::ObjectKindName, type) != kind && !wordFor(FieldType::ObjectKindName, type).empty())
                ++type;
            if (wordFor(FieldType::ObjectKindName, type).empty()) {
                std::cerr << "drawnLines: \"" << kind << "\" is no kind of object\n";
                std::abort();
            }
            put(events::ObjectSeen {.type = static_cast<ObjectKind>(type),
                .object = id,
                .text = says,
                .size = size,
                .properties = numberAt(word)});
            return;
        }
        const std::string_view name = what == '[' ? partUpTo(word, ']')
            : what == '{'                         ? partUpTo(word, '}')
                                                  : word.substr(0, word.find('='));
        if (what != '[' && what != '{')
            word.remove_prefix(name.size());
        const auto [value, held] = valueOf(word);
        const PropertyKind type = what == '.' ? PropertyKind::Data
            : what == '['                     ? PropertyKind::Element
            : what == '{'                     ? PropertyKind::Key
            : what == '#'                     ? PropertyKind::Private
            : what == '*'                     ? PropertyKind::Result
            : what == '?'                     ? PropertyKind::Accessor
                                              : PropertyKind::Deleted;
        put(events::PropertySet {.type = type, .holder = id, .name = text(name), .value = value, .object = held});
    }

    TraceFile m_file;
    TextId m_script;
    std::map<std::string, TextId> m_texts;
    std::map<std::string, CallId> m_named;
    std::vector<CallId> m_open; // that run, outermost first
    std::uint32_t m_calls = 0;
    std::uint64_t m_time = 0;
};

QString printChanged(const auto& each)
{
    return textOf(each.name) + u'=' + (each.changed ? print(each.before) + u"->"_s : QString()) + print(each.value);
}

} // namespace

TraceFile drawnLinesFile(std::string_view drawn, std::string_view script, std::string_view source)
{
    Drawing drawing(script, source);
    for (const auto range : std::views::split(drawn, ' ')) {
        const std::string_view word(range.begin(), range.end());
        if (!word.empty())
            drawing.add(word);
    }
    return drawing.file();
}

std::unique_ptr<app::TraceLog> drawnLines(std::string_view drawn, std::string_view script)
{
    return logOf(drawnLinesFile(drawn, script));
}

std::unique_ptr<app::TraceLog> logOf(const TraceFile& file)
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("drawn.bistro")).toStdString();
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(file.bytes().data()), static_cast<std::streamsize>(file.bytes().size()));
    return app::TraceLog::open(path).value();
}

Index LinesRun::at(std::uint32_t line, std::size_t visit) const
{
    std::size_t seen = 0;
    for (const Index stop : lines.stops()) {
        if (lines.placeOf(stop).line == line && seen++ == visit)
            return lines.endOfStop(stop);
    }
    return kNoEvent;
}

QString LinesRun::variables(Index place) const
{
    QStringList all;
    for (const LineVariable& each : lines.variablesAt(callAt(place), place))
        all << print(each);
    return all.join(u' ');
}

QString LinesRun::properties(std::uint32_t object, Index place, std::size_t from, std::size_t most) const
{
    QStringList all;
    for (const LineProperty& each : lines.propertiesAt({object}, place, from, most))
        all << printChanged(each);
    return all.join(u' ');
}

QString LinesRun::preview(std::uint32_t object, std::size_t most) const
{
    return QString::fromStdString(lines.preview({.text = {}, .object = {object}, .told = 0}, end(), most));
}

QString print(const LineValue& value)
{
    return !value.isKnown() ? u"?"_s
        : value.isUnset()   ? u"-"_s
        : value.object      ? u"#%1"_s.arg(value.object.value)
                            : textOf(value.text);
}

QString print(const LineVariable& variable)
{
    return printChanged(variable);
}

QString print(const std::vector<LineFrame>& frames)
{
    QStringList names;
    for (const LineFrame& frame : frames)
        names << textOf(frame.function);
    return names.join(u' ');
}

QString print(std::span<const Index> events)
{
    QStringList numbers;
    for (const Index event : events)
        numbers << QString::number(event);
    return numbers.join(u' ');
}

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace bistro::tests
