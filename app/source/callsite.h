// What a call looks like in JavaScript source: its name, what it is about, the argument that will be called back and
// what that prints. A tokenizer, not a parser: it knows strings, templates, comments, regular expressions and brackets,
// and makes the best of source that is cut.
#pragma once

#include "source/messages.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bistro::app {

struct CallSite {
    std::string_view name; // as written, without what stands before the last dot: "readFile"
    std::string_view receiver; // what stands before that dot, when it is one name: "fs", "response"
    bool isNew = false; // new Name(…)
    bool beginsFunction = false; // no call at all: an async function begins here
    bool isInForAwait = false; // what for await goes through
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

// The call at this position of a source, as V8 gives it in a frame: line and column from 1, columns in UTF-16 units.
// Nothing when no call stands there, and no async function begins.
[[nodiscard]] std::optional<CallSite> callSiteAt(std::string_view source, std::uint32_t line, std::uint32_t column);
// Whether that lies between the brackets of for await (…).
[[nodiscard]] bool isInForAwait(std::string_view source, std::uint32_t line, std::uint32_t column);

// Of what stands there, within a function that is an argument of a call: that call, the innermost such.
struct CallAround {
    CallSite call;
    std::uint32_t line = 0; // of the call's name, from 1
    std::uint32_t column = 0; // in bytes
};
[[nodiscard]] std::optional<CallAround> callAroundFunction(
    std::string_view source, std::uint32_t line, std::uint32_t column);

} // namespace bistro::app
