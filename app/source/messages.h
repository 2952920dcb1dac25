// What a function prints, as far as its source says.
#pragma once

#include "source/lexer.h"

#include <functional>
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

// The first message that a function itself prints, whatever happens in it, when it consists of nothing but words and
// variables that it has from outside. Not what functions within it print, nor what a condition decides.
[[nodiscard]] std::vector<MessagePart> messageOfFunction(std::string_view source, const std::vector<Token>& function);

// A value by its variable; empty for what has none.
using ValueOf = std::function<std::string(const MessagePart& variable)>;
// A whole message with values; empty when there is none, or a variable in it has no value.
[[nodiscard]] std::string messageOf(const std::vector<MessagePart>& message, const ValueOf& valueOf);

// A string, or a template.
[[nodiscard]] bool isText(const Token& token);
// Its words; empty when some of them are not in the source.
[[nodiscard]] std::string textOf(const Token& token);

} // namespace bistro::app
