// Which variables of a source have another value each time round, told from tokens.
#pragma once

#include "source/lexer.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace bistro::app {

// Whether a loop around this byte makes the name new for each round, for (let name …), and its body never assigns it.
[[nodiscard]] bool isOfEachRound(std::string_view source, std::size_t place, std::string_view name);
// Whether the name is, at this byte, a parameter of a function around it, or is declared by a loop around it, in its
// head or its body.
[[nodiscard]] bool isOfRoundOrCall(std::string_view source, std::size_t place, std::string_view name);
// Whether it is a parameter of the innermost functions around this byte, up to one that has a name.
[[nodiscard]] bool isParameterAt(std::string_view source, std::size_t place, std::string_view name);
// Names that a function's code declares or assigns: parameters, its own and those of functions in it, and variables.
[[nodiscard]] std::vector<std::string_view> ownNamesIn(const std::vector<Token>& tokens);

} // namespace bistro::app
