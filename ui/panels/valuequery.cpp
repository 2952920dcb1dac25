#include "panels/valuequery.h"

#include "panels/panelwords.h"
#include "panels/valuewords.h"

#include <array>
#include <utility>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

bool isQuote(QChar c)
{
    return c == u'\'' || c == u'"' || c == u'`';
}

bool isQuoted(const QString& text)
{
    return text.size() >= 2 && isQuote(text.front()) && text.back() == text.front();
}

// What stands between the quotes, as the program has it.
QString unquoted(const QString& text)
{
    QString plain;
    for (qsizetype i = 1; i + 1 < text.size(); ++i) {
        if (text[i] != u'\\' || i + 2 >= text.size()) {
            plain += text[i];
            continue;
        }
        const QChar escaped = text[++i];
        plain += escaped == u'n' ? u'\n' : escaped == u't' ? u'\t' : escaped;
    }
    return plain;
}

// A primitive that has one name.
bool isWord(const QString& text)
{
    return text == "undefined"_L1 || text == "null"_L1 || text == "true"_L1 || text == "false"_L1 || text == "NaN"_L1;
}

} // namespace

std::expected<std::optional<ValueQuery>, QString> ValueQuery::parsed(const QString& typed)
{
    // The longer ones first.
    static const std::array<std::pair<QString, Test>, 10> kSigns {{{u"==="_s, Test::Is}, {u"!=="_s, Test::IsNot},
        {u"=="_s, Test::Is}, {u"!="_s, Test::IsNot}, {u"<="_s, Test::AtMost}, {u">="_s, Test::AtLeast},
        {u"="_s, Test::Is}, {u"<"_s, Test::Less}, {u">"_s, Test::More}, {u"≠"_s, Test::IsNot}}};
    QString text = typed.trimmed();
    if (text.isEmpty())
        return std::nullopt;
    ValueQuery query;
    bool said = false; // what it is compared by
    for (const auto& [sign, test] : kSigns) {
        if (!text.startsWith(sign))
            continue;
        query.m_test = test;
        text = text.sliced(sign.size()).trimmed();
        said = true;
        if (text.isEmpty())
            return std::unexpected(Panels::tr("Write a value after %1.").arg(sign));
        break;
    }
    query.m_isText = isQuoted(text);
    query.m_wanted = query.m_isText ? unquoted(text) : text;
    if (!query.m_isText)
        query.m_number = numberOf({.text = query.m_wanted.toStdString(), .object = {}, .cut = false, .told = 0});
    if (!said && (query.m_isText || query.m_number || isWord(text)))
        query.m_test = Test::Is;
    // A bare word after a sign is a text: one need not write its quotes.
    query.m_isText = query.m_isText || (said && !query.m_number && !isWord(text));
    return query;
}

bool ValueQuery::holds(const app::LineValue& value, const QString& shown) const
{
    if (m_test == Test::Has)
        return shown.contains(m_wanted, Qt::CaseInsensitive);
    const QString printed = QString::fromUtf8(value.text.data(), static_cast<qsizetype>(value.text.size()));
    const auto number = numberOf(value);
    const bool isText = isQuoted(printed);
    if (!value.isKnown() || (value.isUnset() && m_test != Test::IsNot))
        return false;
    const bool is = m_isText ? isText && unquoted(printed) == m_wanted
        : m_number           ? number && (*number == *m_number || printed == m_wanted)
                             : printed == m_wanted;
    // Numbers by their size, texts by their letters; all else has no order.
    const bool ordered = m_isText ? isText : m_number && number;
    const bool less = ordered && (m_isText ? unquoted(printed) < m_wanted : *number < *m_number);
    const bool more = ordered && (m_isText ? unquoted(printed) > m_wanted : *number > *m_number);
    switch (m_test) {
    case Test::Has: break;
    case Test::Is: return is;
    case Test::IsNot: return !is;
    case Test::Less: return less;
    case Test::More: return more;
    case Test::AtMost: return less || (ordered && is);
    case Test::AtLeast: return more || (ordered && is);
    }
    return false;
}

} // namespace bistro::ui
