#include "state/lineindex.h"

#include "source/statement.h"

namespace bistro::app {

using namespace trace;

bool LineIndex::isDeclaredLater(const events::VariableSet& told, Index stop) const
{
    const bool isBody = told.scope == VariableScope::Block && told.level == 1; // perhaps
    const bool isOwn = told.level == 0 && (told.scope == VariableScope::Local || told.scope == VariableScope::Module);
    if (!isBody && !isOwn)
        return false;
    const std::string_view value = log.text(told.value);
    const bool isWithheld = value.empty() && told.has(FlagTruncated);
    if (told.object || (value != "undefined" && !isWithheld))
        return false;
    const StackId stack {log.event(stop).stack};
    const Frame frame = log.frame(stack);
    LineLoops* const source = loopsOf(scriptNames.find(frame.script));
    if (!source)
        return false;
    const Outline& outline = source->outline();
    const LineLoops::Stop& here = source->at(stack, frame);
    const Function* const function = here.function;
    if (isBody && (!function || hasPlainParameters(outline, *function)))
        return false;
    const auto [known, isNew] = declarations.try_emplace(
        {scriptNames.find(frame.script), function ? function->begin : 0, names.find(told.name)});
    if (isNew)
        known->second = endOfDeclaration(outline, function, log.text(told.name));
    return here.token < known->second;
}

std::optional<bool> LineIndex::isParameter(std::string_view name, Index stop) const
{
    const StackId stack {log.event(stop).stack};
    const Frame frame = log.frame(stack);
    LineLoops* const source = loopsOf(scriptNames.find(frame.script));
    if (!source)
        return std::nullopt;
    const Function* const function = source->at(stack, frame).function;
    for (std::size_t i = function ? function->head : 0; function && i < function->begin; ++i) {
        const Token& token = source->outline().at(i);
        if (token.kind == TokenKind::Name && token.text == name)
            return true;
    }
    return false;
}

} // namespace bistro::app
