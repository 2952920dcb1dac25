#include "billtrace.h"

#include "trace/views.h"

#include <fstream>
#include <map>

namespace bistro::tests {

using namespace bistro::trace;

namespace {

class Bill final {
public:
    template <typename Event>
    void put(Event event, std::uint8_t flags = 0)
    {
        event.time = m_time += 1'000'000;
        event.flags = flags;
        m_file.event(recordOf(event));
    }
    template <typename Event>
    void at(Event event, std::string_view script, std::uint32_t line, std::uint32_t column = 3)
    {
        event.stack = m_file.frame({.script = text(script), .line = line, .column = column});
        put(event);
    }
    TextId text(std::string_view what)
    {
        TextId& known = m_texts[std::string(what)];
        if (!known)
            known = m_file.text(what);
        return known;
    }
    void set(VariableScope scope, std::uint32_t level, std::string_view name, std::string_view value)
    {
        put(events::VariableSet {
            .scope = scope, .level = level, .name = text(name), .value = value.empty() ? TextId {} : text(value)});
    }
    void hold(VariableScope scope, std::uint32_t level, std::string_view name, std::uint32_t object)
    {
        put(events::VariableSet {.scope = scope, .level = level, .name = text(name), .object = {object}});
    }
    [[nodiscard]] const TraceFile& file() const { return m_file; }

private:
    TraceFile m_file;
    std::map<std::string, TextId> m_texts;
    std::uint64_t m_time = 0;
};

} // namespace

TraceFile billTrace()
{
    using enum VariableScope;
    constexpr std::string_view greet = "/home/lea/greet.js";
    constexpr std::string_view menu = "file:///home/lea/menu%20card.mjs";
    constexpr std::string_view whole = "local 0 bill\nclosure 100 price";
    constexpr std::string_view within = "parameter 0 price\nparameter 0 tip\nlocal 0 total\nclosure 100 bill";
    Bill b;
    b.put(events::RunStarted {.workers = 4, .pid = 4711, .directory = b.text("/home/lea")});
    b.put(events::CallbackStarted {.async = {1}});

    b.at(events::CallEntered {.entry = CallEntry::Called, .call = {1}}, menu, 2);
    b.at(
        events::LineReached {
            .point = LinePoint::Statement, .call = {1}, .visible = b.text("module 0 price\nmodule 0 tip")},
        menu, 2);
    b.set(Module, 0, "price", "");
    b.set(Module, 0, "tip", "");
    b.at(
        events::LineReached {
            .point = LinePoint::Return, .call = {1}, .visible = b.text("module 0 price\nmodule 0 tip")},
        menu, 3);
    b.set(Module, 0, "price", "18");
    b.set(Module, 0, "tip", "undefined");
    b.put(events::CallLeft {.end = CallEnd::Returned, .call = {1}, .value = b.text("undefined")});

    b.at(events::CallEntered {.entry = CallEntry::Called, .call = {2}}, greet, 5);
    b.at(events::LineReached {.point = LinePoint::Statement, .call = {2}, .visible = b.text(whole)}, greet, 5);
    b.set(Local, 0, "bill", "");
    b.set(Closure, 100, "price", "18");
    b.at(events::LineReached {.point = LinePoint::Statement, .call = {2}, .visible = b.text(whole)}, greet, 6, 1);
    b.hold(Local, 0, "bill", 1);
    b.put(events::ObjectSeen {
        .type = ObjectKind::Object, .object = {1}, .text = b.text("Bill 'secret-object'"), .properties = 2});
    b.put(
        events::PropertySet {.type = PropertyKind::Data, .holder = {1}, .name = b.text("total"), .value = b.text("0")});
    b.put(events::PropertySet {
        .type = PropertyKind::Data, .holder = {1}, .name = b.text("secret-key"), .value = b.text("'secret-name'")});

    b.at(events::CallEntered {.entry = CallEntry::Called, .call = {3}, .function = b.text("add"), .caller = {2}}, greet,
        2);
    b.at(events::LineReached {.point = LinePoint::Statement, .call = {3}, .visible = b.text(within)}, greet, 2);
    b.set(Parameter, 0, "price", "18");
    b.set(Parameter, 0, "tip", "33");
    b.set(Local, 0, "total", "");
    b.hold(Closure, 100, "bill", 1);
    b.at(events::LineReached {.point = LinePoint::Statement, .call = {3}, .visible = b.text(within)}, greet, 3);
    b.set(Local, 0, "total", "51");
    b.at(events::LineReached {.point = LinePoint::Return, .call = {3}, .visible = b.text(within)}, greet, 3, 15);
    b.put(events::CallLeft {.end = CallEnd::Returned, .call = {3}, .value = b.text("51")});

    b.at(events::LineReached {.point = LinePoint::Statement, .call = {2}, .visible = b.text(whole)}, greet, 7);
    b.put(events::PropertySet {
        .type = PropertyKind::Data, .holder = {1}, .name = b.text("total"), .value = b.text("51")});
    b.at(events::CallEntered {.entry = CallEntry::Called, .call = {4}, .function = b.text("pay"), .caller = {2}}, greet,
        9);
    b.at(
        events::LineReached {
            .point = LinePoint::Statement, .call = {4}, .visible = b.text("local 0 card\nclosure 100 bill")},
        greet, 9);
    b.set(Local, 0, "card", "'secret-value'");
    b.hold(Closure, 100, "bill", 1);
    b.at(
        events::ErrorThrown {
            .fate = ErrorFate::Caught, .call = {4}, .value = b.text("Error: secret-error"), .object = {2}},
        greet, 9);
    b.put(events::ObjectSeen {.type = ObjectKind::Error, .object = {2}, .text = b.text("Error")});
    b.put(events::CallLeft {.end = CallEnd::Threw, .call = {4}});

    b.at(events::LineReached {.point = LinePoint::Statement, .call = {2}, .visible = b.text(whole)}, greet, 8);
    b.at(events::CallEntered {.entry = CallEntry::Called, .call = {5}, .function = b.text("add"), .caller = {2}}, greet,
        2);
    b.at(events::LineReached {.point = LinePoint::Statement, .call = {5}, .visible = b.text(within)}, greet, 2);
    b.set(Parameter, 0, "price", "1");
    b.set(Parameter, 0, "tip", "2n");
    b.set(Local, 0, "total", "");
    b.hold(Closure, 100, "bill", 1);
    b.put(events::CallLeft {.end = CallEnd::Returned, .call = {5}, .value = b.text("'secret-result'")});
    b.at(events::CallEntered {.entry = CallEntry::Called, .call = {6}, .function = b.text("add"), .caller = {2}}, greet,
        2);
    b.at(events::LinesSkipped {.call = {6}, .visits = 2}, greet, 2);
    b.put(events::CallLeft {.end = CallEnd::Returned, .call = {6}}, FlagInferred);
    b.put(events::CallLeft {.end = CallEnd::Returned, .call = {2}, .value = b.text("undefined")});
    b.put(events::VariableCaptured {
        .holds = VariableKind::String, .async = {7}, .name = b.text("dish"), .value = b.text("secret-captured")});
    b.put(events::TimerCreated {.async = {7}, .trigger = {1}, .delay = 5});
    b.put(events::Output {.stream = Stream::Output, .text = b.text("printed by the program\n"), .bytes = 23});
    b.put(events::LinesEnded {.reason = LinesEnd::Limit});
    b.put(events::CallbackFinished {.async = {1}});
    b.put(events::RunEnded {});
    return b.file();
}

void writeTrace(const TraceFile& trace, const std::string& path)
{
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(trace.bytes().data()), static_cast<std::streamsize>(trace.bytes().size()));
}

} // namespace bistro::tests
