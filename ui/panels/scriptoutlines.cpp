#include "panels/scriptoutlines.h"

#include "source/statement.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bistro::ui {

using app::Function;
using app::Outline;
using app::Token;
using app::TokenKind;

namespace {

bool declares(const Token& before)
{
    return before.is("const") || before.is("let") || before.is("var") || before.is("function") || before.is("class");
}

// Its name stands directly in this function, declared there, or as a parameter of it.
bool declaresIn(const Outline& outline, const Function& function, std::string_view name)
{
    std::size_t parameters = function.head; // after its own name, where it has brackets
    while (parameters < function.begin && !outline.at(parameters).is("("))
        ++parameters;
    if (parameters == function.begin)
        parameters = function.head;
    for (std::size_t i = parameters; i < function.end; ++i) {
        const Token& token = outline.at(i);
        if (token.kind != TokenKind::Name || token.text != name)
            continue;
        if (i < function.begin)
            return true;
        if (declares(outline.at(i - 1)) && (outline.innermost(i) == &function || outline.at(i - 1).is("function")))
            return true;
    }
    return false;
}

// A pattern declares without saying so beside the name.
bool namesIt(const Outline& outline, const Function& function, std::string_view name)
{
    for (std::size_t i = function.begin; i < function.end; ++i) {
        if (outline.at(i).text == name && outline.innermost(i) == &function)
            return true;
    }
    return false;
}

// Whether an operator begins here that sets what stands before it. The lexer tells signs one by one.
bool assignsAt(const Outline& outline, std::size_t token)
{
    static constexpr std::array<std::string_view, 17> kSetting {
        "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "?\?=", "++", "--"};
    std::string operation;
    const char* end = outline.at(token).text.data();
    for (std::size_t i = token; outline.at(i).kind == TokenKind::Sign && outline.at(i).text.data() == end; ++i) {
        operation += outline.at(i).text;
        end += outline.at(i).text.size();
    }
    if (operation.starts_with('='))
        return !operation.starts_with("==") && !operation.starts_with("=>");
    return std::ranges::any_of(kSetting, [&](std::string_view sign) { return operation.starts_with(sign); });
}

bool isMember(const Outline& outline, std::size_t token)
{
    if (token == 0)
        return false;
    const bool spread = token >= 2 && outline.at(token - 2).is(".");
    return outline.at(token - 1).is("?.") || (outline.at(token - 1).is(".") && !spread);
}

bool isKeyword(std::string_view name)
{
    static constexpr std::array<std::string_view, 42> kWords {"async", "await", "break", "case", "catch", "class",
        "const", "continue", "debugger", "default", "delete", "do", "else", "export", "extends", "false", "finally",
        "for", "function", "if", "import", "in", "instanceof", "let", "new", "null", "of", "return", "static", "super",
        "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void", "while", "with", "yield"};
    static_assert(std::ranges::is_sorted(kWords));
    return std::ranges::binary_search(kWords, name);
}

void addOnce(std::vector<std::string>& names, std::string name)
{
    if (!std::ranges::contains(names, name))
        names.push_back(std::move(name));
}

// The name that ends at this token with all before its dots: bill.total. Empty: it begins with something else.
std::string chainEndingAt(const Outline& outline, std::size_t token)
{
    std::string chain(outline.at(token).text);
    while (isMember(outline, token)) {
        if (token < 2 || outline.at(token - 2).kind != TokenKind::Name)
            return {};
        token -= 2;
        chain = std::string(outline.at(token).text) + '.' + chain;
    }
    return chain;
}

} // namespace

const Outline* ScriptOutlines::of(trace::TextId script) const
{
    if (const auto known = m_outlines.find(script.value); known != m_outlines.end())
        return known->second.get();
    const std::string_view source = m_log.source(m_log.text(script));
    if (source.empty())
        return nullptr; // it may come
    return m_outlines.emplace(script.value, std::make_unique<Outline>(source)).first->second.get();
}

ScriptOutlines::Declared ScriptOutlines::declaredAround(
    const trace::Frame& frame, const std::vector<std::string_view>& names) const
{
    const Outline* const outline = of(frame.script);
    if (!outline)
        return {};
    const std::vector<const Function*> functions = functionsAtStop(*outline, frame.line, frame.column);
    for (auto* const has : {declaresIn, namesIt}) {
        for (std::size_t i = 1; i < functions.size(); ++i) {
            const Function& function = *functions[i];
            if (std::ranges::any_of(names, [&](std::string_view name) { return has(*outline, function, name); }))
                return {.function = function.name, .isTop = false};
        }
    }
    return {.function = {}, .isTop = !functions.empty()};
}

bool ScriptOutlines::isTopLevel(const trace::Frame& frame) const
{
    const Outline* const outline = of(frame.script);
    return outline && functionsAtStop(*outline, frame.line, frame.column).empty();
}

bool ScriptOutlines::isRest(const trace::Frame& frame, std::string_view parameter) const
{
    const Outline* const outline = of(frame.script);
    if (!outline)
        return false;
    const std::vector<const Function*> functions = functionsAtStop(*outline, frame.line, frame.column);
    if (functions.empty())
        return false;
    for (std::size_t i = functions.front()->head + 1; i < functions.front()->begin; ++i) {
        if (outline->at(i).text == parameter && i > 2 && outline->at(i - 1).is(".") && outline->at(i - 2).is("."))
            return true;
    }
    return false;
}

ScriptOutlines::LineNames ScriptOutlines::namesIn(trace::TextId script, std::uint32_t line) const
{
    LineNames names;
    const Outline* const outline = of(script);
    if (!outline)
        return names;
    const std::vector<Token>& tokens = outline->tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        if (outline->lineOf(i) != line || token.kind != TokenKind::Name || isKeyword(token.text))
            continue;
        if (isMember(*outline, i)) {
            if (assignsAt(*outline, i + 1)) {
                if (std::string chain = chainEndingAt(*outline, i); !chain.empty())
                    addOnce(names.assigned, std::move(chain));
            }
            continue;
        }
        const bool prefixed = i > 1 && (tokens[i - 1].is("+") || tokens[i - 1].is("-")) && assignsAt(*outline, i - 2);
        const bool declared = i > 0 && declares(tokens[i - 1]) && !tokens[i - 1].is("function");
        if (assignsAt(*outline, i + 1) || prefixed || declared)
            addOnce(names.assigned, std::string(token.text));
        addOnce(names.named, std::string(token.text));
    }
    return names;
}

} // namespace bistro::ui
