#include "linesnapshot.h"

#include "v8objects.h"

#include <algorithm>
#include <cstdint>

namespace bistro {

using namespace v8layout;

namespace {

constexpr int kContexts = 32; // looked into, from the frame's own outwards
constexpr std::size_t kSlots = 512; // of each of them, and cells of a module

Word moduleOf(Word context)
{
    return at(context, context::kSlots + 2 * 8);
}

} // namespace

LineSnapshot::LineSnapshot(const Symbols& symbols, Word frame, Word stackPointer, std::size_t arguments)
    : m_symbols(symbols)
    , m_frame(frame)
    , m_low(static_cast<int>(
          std::max<std::int64_t>(static_cast<std::int64_t>(stackPointer) - static_cast<std::int64_t>(frame), -65536)))
    , m_high(frame::kFirstArgument + static_cast<int>(arguments * 8))
{
}

template <typename Call>
void LineSnapshot::each(Call call) const
{
    for (int offset = m_low; offset < m_high; offset += 8) {
        if (offset >= -40 && offset < frame::kReceiver)
            continue; // the frame's own
        if (!call(LineVariable::Where::Frame, offset, 0, rawAt(m_frame, offset)))
            return;
    }
    Word context = rawAt(m_frame, frame::kContextOrType);
    for (int hops = 0; hops < kContexts && !isSmall(context); ++hops) {
        const Word scope = at(context, context::kScope);
        if (isSmall(scope) || typeOf(scope) != m_symbols.scopeInfo)
            return;
        const auto type = static_cast<scope::Type>(
            static_cast<unsigned>(smallValue(at(scope, scope::kFlags))) & scope::kType);
        if (type == scope::Type::Script)
            return; // what is declared by scripts for all is nobody's own
        const auto length = static_cast<std::size_t>(smallValue(at(context, context::kLength)));
        for (std::size_t i = context::kFirstVariable; i < std::min(length, kSlots); ++i) {
            const int offset = context::kSlots + static_cast<int>(i * 8);
            if (!call(LineVariable::Where::Context, offset, hops, at(context, offset)))
                return;
        }
        if (type == scope::Type::Module && length > 2) {
            const Word module = moduleOf(context);
            if (!isSmall(module) && typeOf(module) == m_symbols.module) {
                const Word exports = at(module, module::kExports);
                const auto cells = static_cast<std::size_t>(smallValue(at(exports, array::kLength)));
                for (std::size_t i = 0; i < std::min(cells, kSlots); ++i) {
                    const Word cell = at(exports, array::kFirst + static_cast<int>(i * 8));
                    const Word value = isSmall(cell) ? 0 : at(cell, cell::kValue);
                    if (!call(LineVariable::Where::Cell, static_cast<int>(i), hops, value))
                        return;
                }
            }
        }
        context = at(context, context::kOuter);
    }
}

void LineSnapshot::take()
{
    m_words.clear();
    each([this](LineVariable::Where, int, int, Word word) {
        m_words.push_back(word);
        return true;
    });
}

bool LineSnapshot::find(Word mark, LineVariable& variable, Word& before) const
{
    std::size_t i = 0;
    bool found = false;
    each([&](LineVariable::Where where, int offset, int hops, Word word) {
        if (i < m_words.size() && word == mark && m_words[i] != mark) {
            variable.where = where;
            variable.offset = offset;
            variable.hops = hops;
            before = m_words[i];
            found = true;
            return false;
        }
        ++i;
        return true;
    });
    return found;
}

// The scope of a module has behind all else the name, the cell's number and a word of flags of each; an import's number
// is below 0.
bool LineSnapshot::findImport(Word name, LineVariable& variable) const
{
    Word context = rawAt(m_frame, frame::kContextOrType);
    for (int hops = 0; hops < kContexts && !isSmall(context); ++hops, context = at(context, context::kOuter)) {
        const Word scope = at(context, context::kScope);
        if (isSmall(scope) || typeOf(scope) != m_symbols.scopeInfo)
            return false;
        const auto flags = static_cast<unsigned>(smallValue(at(scope, scope::kFlags)));
        if (static_cast<scope::Type>(flags & scope::kType) != scope::Type::Module)
            continue;
        const auto locals = static_cast<std::size_t>(smallValue(at(scope, scope::kLocals)));
        const auto variables = static_cast<std::size_t>(smallValue(at(scope, scope::kNames)));
        // Names and flags of locals, where the scope is, and what it imports from: so many there are at least.
        const std::size_t words = (locals < scope::kInlinedNames ? locals : 1) + locals + 3 + variables * 3;
        for (std::size_t i = 1; i < words; ++i) {
            const int offset = scope::kNames + static_cast<int>(i * 8);
            const Word number = at(scope, offset + 8);
            if (at(scope, offset) == name && isSmall(number) && smallValue(number) < 0) {
                variable.where = LineVariable::Where::Cell;
                variable.offset = smallValue(number);
                variable.hops = hops;
                return true;
            }
        }
        return false;
    }
    return false;
}

Word* LineSnapshot::placeOf(const LineVariable& variable) const
{
    if (variable.where == LineVariable::Where::Frame)
        return reinterpret_cast<Word*>(m_frame + static_cast<Word>(variable.offset));
    Word context = rawAt(m_frame, frame::kContextOrType);
    for (int i = 0; i < variable.hops; ++i)
        context = at(context, context::kOuter);
    if (variable.where == LineVariable::Where::Context)
        return const_cast<Word*>(slotAt(context, variable.offset));
    const Word exports = at(moduleOf(context), module::kExports);
    return const_cast<Word*>(slotAt(at(exports, array::kFirst + variable.offset * 8), cell::kValue));
}

} // namespace bistro
