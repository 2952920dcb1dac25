#include "checks/apiuse.h"

#include "source/messages.h"
#include "source/outline.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace bistro::app {
namespace {

bool isName(const Token& token)
{
    return token.kind == TokenKind::Name;
}

bool declares(const Token& token)
{
    return token.is("const") || token.is("let") || token.is("var");
}

// What names stand for in this text. A name that is declared anew within a function is taken for the same.
class ApiReader final {
public:
    explicit ApiReader(std::string_view source)
        : m_outline(source)
    {
    }

    [[nodiscard]] std::vector<ApiUse> read()
    {
        for (std::size_t i = 0; i < m_outline.tokens().size();) {
            if (const std::size_t after = bringsIn(i); after > i)
                i = after;
            else
                i = names(i);
        }
        return std::move(m_uses);
    }

private:
    struct Path {
        std::string api; // empty: none
        std::size_t end = 0; // token behind it
    };

    [[nodiscard]] const Token& at(std::size_t i) const { return m_outline.at(i); }

    // import … from 'fs', const … = require('fs'), const … = fs: the token behind it; the same when there is none.
    std::size_t bringsIn(std::size_t i)
    {
        if (at(i).is("import") && !at(i + 1).is("(") && !at(i + 1).is(".") && !afterDot(i))
            return imports(i);
        if (declares(at(i)) && !afterDot(i))
            return declaration(i + 1);
        return i;
    }

    std::size_t imports(std::size_t i)
    {
        std::size_t from = i + 1;
        while (at(from).kind != TokenKind::End && !at(from).is("from") && at(from).kind != TokenKind::String
            && !at(from).is(";"))
            ++from;
        if (!at(from).is("from") || !isText(at(from + 1)))
            return at(from).kind == TokenKind::String ? from + 1 : i;
        const std::string module = plainApi(textOf(at(from + 1)));
        for (std::size_t t = i + 1; t < from; ++t) {
            if (at(t).is("{"))
                t = pattern(t, module, "as");
            else if (at(t).is("*") && at(t + 1).is("as"))
                m_names[at(t += 2).text] = module;
            else if (isName(at(t)))
                m_names[at(t).text] = module; // the default: all of it
        }
        return from + 2;
    }

    // { a, b: c } or { a as c } of something: where its bracket closes.
    std::size_t pattern(std::size_t open, const std::string& of, std::string_view between)
    {
        const std::size_t close = m_outline.partner(open);
        for (std::size_t t = open + 1; t < close && t < m_outline.tokens().size(); ++t) {
            if (!isName(at(t)))
                continue;
            const std::string part = of + '.' + std::string(at(t).text);
            if (at(t + 1).is(between) && at(t + 2).is("{")) {
                t = pattern(t + 2, part, between);
                continue;
            }
            if (at(t + 1).is(between))
                t += 2;
            m_names[at(t).text] = at(t - 1).is("as") && part.ends_with(".default") ? of : part;
            while (t + 1 < close && !at(t + 1).is(",")) // a default value
                ++t;
        }
        return std::min(close, m_outline.tokens().size());
    }

    // What follows const: a name or a pattern, and = with a path of Node's that is all of the value.
    std::size_t declaration(std::size_t i)
    {
        const bool isPattern = at(i).is("{");
        if (!isPattern && !isName(at(i)))
            return i;
        const std::size_t equals = isPattern ? m_outline.partner(i) + 1 : i + 1;
        if (!at(equals).is("="))
            return isPattern ? i : forget(i);
        const Path value = pathAt(equals + 1 + (at(equals + 1).is("await") ? 1 : 0));
        const bool isAll = !value.api.empty() && endsValue(value.end);
        if (!isAll)
            return isPattern ? i : forget(i);
        if (isPattern)
            pattern(i, value.api, ":");
        else
            m_names[at(i).text] = value.api;
        return value.end;
    }

    // The name is the program's own from here on.
    std::size_t forget(std::size_t i)
    {
        m_names[at(i).text].clear();
        return i + 1;
    }

    [[nodiscard]] bool endsValue(std::size_t i) const
    {
        return at(i).kind == TokenKind::End || at(i).is(";") || at(i).is(",")
            || (i > 0 && m_outline.lineOf(i) > m_outline.lineOf(i - 1) && !at(i).is("(") && !at(i).is("["));
    }

    [[nodiscard]] bool afterDot(std::size_t i) const { return i > 0 && (at(i - 1).is(".") || at(i - 1).is("?.")); }

    // A name, or require('…'), with the members that follow it.
    [[nodiscard]] Path pathAt(std::size_t i) const
    {
        Path path;
        if ((at(i).is("require") || at(i).is("import")) && at(i + 1).is("(") && isText(at(i + 2))
            && at(i + 3).is(")")) {
            path = {.api = plainApi(textOf(at(i + 2))), .end = i + 4};
        } else if (isName(at(i))) {
            const auto known = m_names.find(at(i).text);
            path = {.api = known == m_names.end() ? std::string(at(i).text) : known->second, .end = i + 1};
            if (path.api.empty())
                return {.api = {}, .end = i + 1};
        } else {
            return {};
        }
        for (;;) {
            const std::size_t t = path.end;
            if ((at(t).is(".") || at(t).is("?.")) && isName(at(t + 1))) {
                path.api += '.' + std::string(at(t + 1).text);
                path.end = t + 2;
            } else if (at(t).is("[") && isText(at(t + 1)) && at(t + 2).is("]")) {
                path.api += '.' + textOf(at(t + 1));
                path.end = t + 3;
            } else {
                return path;
            }
        }
    }

    std::size_t names(std::size_t i)
    {
        if (at(i).kind == TokenKind::Template) {
            gapsOf(i);
            return i + 1;
        }
        const bool isKey = isName(at(i)) && at(i + 1).is(":") && i > 0 && (at(i - 1).is("{") || at(i - 1).is(","));
        if (!isName(at(i)) || afterDot(i) || isKey)
            return i + 1;
        const Path path = pathAt(i);
        if (!path.api.empty())
            m_uses.push_back({.api = plainApi(path.api), .line = m_outline.lineOf(i)});
        return std::max(path.end, i + 1);
    }

    // `… ${fs.readFileSync('a')} …`: what stands in a template's gaps is code.
    void gapsOf(std::size_t i)
    {
        const std::string_view text = at(i).text;
        for (std::size_t gap = text.find("${"); gap != std::string_view::npos; gap = text.find("${", gap + 2)) {
            ApiReader inner(text.substr(gap + 2, text.rfind('}') - gap - 2));
            inner.m_names = m_names;
            const auto line = m_outline.lineOf(i)
                + static_cast<std::uint32_t>(std::ranges::count(text.substr(0, gap), '\n')) - 1;
            for (ApiUse& use : inner.read())
                m_uses.push_back({.api = std::move(use.api), .line = use.line + line});
            return; // with the gaps that follow
        }
    }

    Outline m_outline;
    std::unordered_map<std::string_view, std::string> m_names; // what they stand for; empty: nothing of Node's
    std::vector<ApiUse> m_uses;
};

} // namespace

std::string plainApi(std::string_view api)
{
    if (api.starts_with("node:"))
        api.remove_prefix(5);
    std::string plain(api);
    std::ranges::replace(plain, '/', '.');
    for (const std::string_view global : {"globalThis.", "global.", "timers.set", "timers.clear"}) {
        if (plain.starts_with(global))
            plain.erase(0, global.find('.') + 1);
    }
    return plain;
}

std::vector<ApiUse> apiUsesIn(std::string_view source)
{
    return ApiReader(source).read();
}

} // namespace bistro::app
