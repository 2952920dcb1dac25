// What a call looks like in JavaScript source: its name, what it is about, the argument that will be called back and
// what that prints. A tokenizer, not a parser: it knows strings, templates, comments, regular expressions and brackets,
// and makes the best of source that is cut.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

// A part of a message: words, or a variable whose value stands there.
struct MessagePart {
    std::string words; // when it is no variable
    std::string_view variable;
    bool isOfRound = false; // the variable is one of a loop's round, or a parameter: it tells orders of one place apart
    bool isNewEachRound = false; // for (let …), and the loop's body never assigns it

    bool operator==(const MessagePart&) const = default;
};

struct CallSite {
    std::string_view name; // as written, without what stands before the last dot: "readFile"
    std::string_view receiver; // what stands before that dot, when it is one name: "fs", "response"
    bool isNew = false; // new Name(…)
    bool beginsFunction = false; // no call at all: an async function begins here
    std::string_view callback; // source of the argument that is the callback; empty when none looks like one
    std::string_view callbackName; // of a named function or an identifier; empty for an anonymous one
    bool isParameter = false; // that identifier is a parameter of the function around the call: resolve, next, done
    // The first message that the callback itself prints, whatever happens in it, when it consists of nothing but words
    // and variables that the callback has from outside.
    std::vector<MessagePart> message;
    std::string_view argument; // source of the first argument
    std::string text; // of that, when it is a string
    std::string lastText; // the last string in it, when there is one: path.join(__dirname, 'menu.txt')
    std::string_view options; // source of the second argument
};

// A value by its variable; empty for what has none.
using ValueOf = std::function<std::string(const MessagePart& variable)>;
// The call's whole message with values; empty when there is none, or a variable in it has no value.
[[nodiscard]] std::string messageOf(const CallSite& call, const ValueOf& valueOf);

// The call at this position of a source, as V8 gives it in a frame: line and column from 1, columns in UTF-16 units.
// Nothing when no call stands there, and no async function begins.
[[nodiscard]] std::optional<CallSite> callSiteAt(std::string_view source, std::uint32_t line, std::uint32_t column);

} // namespace bistro::app
