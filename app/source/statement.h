// What stands at a place of a source that ran line by line: the letters of the statement, the function around it, the
// name under a pointer. Told from tokens; the best is made of source that is cut.
#pragma once

#include "source/outline.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bistro::app {

// Some letters of a line, from column 1, in UTF-16 units.
struct LineSpan {
    std::uint32_t column = 1;
    std::uint32_t length = 0;

    bool operator==(const LineSpan&) const = default;
};

// The statement at which V8 stops there, as far as it stands in that line: a declaration with its names, although V8
// stops at the value. Nothing when it has the line for itself, or nobody knows.
[[nodiscard]] std::optional<LineSpan> statementAt(const Outline& source, std::uint32_t line, std::uint32_t column);

// The innermost function that the token is in, also one that is called in place; null at the top level. Its parameters
// are in it with `Head::Within`.
enum class Head : bool { Outside, Within };
[[nodiscard]] const Function* functionAround(const Outline& source, std::size_t token, Head head = Head::Outside);

// The functions whose code V8 is in where it stops there, innermost first. A statement that begins with a function, as
// its value, is not in it. A function returns at its last brace, or behind the expression that it consists of.
[[nodiscard]] std::vector<const Function*> functionsAtStop(
    const Outline& source, std::uint32_t line, std::uint32_t column);
// The innermost of them; null: the top level.
[[nodiscard]] const Function* functionAtStop(const Outline& source, std::uint32_t line, std::uint32_t column);

// Behind the expression or declaration that begins at the token: where a semicolon, a line or what is around it ends
// it. Looks at so many tokens at most, and takes off those that it looked at.
[[nodiscard]] std::size_t endOfExpression(const Outline& source, std::size_t begin, std::size_t& looks);

// Behind the declarator by which the function around the token (null: the file), and no block or function within it,
// declares the name with let, const or class: code before it runs before the variable has a value. 0: none does.
[[nodiscard]] std::size_t endOfDeclaration(const Outline& source, const Function* function, std::string_view name);
// Whether its parameters are names and nothing else. What others declare in their body is in a block within them.
[[nodiscard]] bool hasPlainParameters(const Outline& source, const Function& function);

// The name that is written there with what stands before its dots: `total` of bill.total is bill, total. Empty where
// none is, and after a call or an index.
[[nodiscard]] std::vector<std::string_view> dottedNameAt(
    const Outline& source, std::uint32_t line, std::uint32_t column);

} // namespace bistro::app
