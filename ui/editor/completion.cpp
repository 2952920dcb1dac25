#include "editor/completion.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct CompletionList {
    Q_DECLARE_TR_FUNCTIONS(CompletionList)
};

using Kind = Completion::Kind;

Kind kindOf(ApiKind kind)
{
    switch (kind) {
    case ApiKind::Value: return Kind::Value;
    case ApiKind::Function: return Kind::Function;
    case ApiKind::Class: return Kind::Class;
    }
    Q_UNREACHABLE_RETURN(Kind::Value);
}

QString about(Kind kind)
{
    switch (kind) {
    case Kind::Value: return CompletionList::tr("value");
    case Kind::Function: return CompletionList::tr("function");
    case Kind::Class: return CompletionList::tr("class");
    case Kind::Module: return CompletionList::tr("module");
    case Kind::Keyword: return CompletionList::tr("keyword");
    case Kind::Word: return CompletionList::tr("word");
    }
    Q_UNREACHABLE_RETURN({});
}

const QStringList& keywords()
{
    static const QStringList all = u"async await break case catch class const continue default delete do else export "
                                   u"extends false finally for from function "
                                   "get if import in instanceof let new null of return set static super switch this "
                                   "throw true try typeof undefined var void "
                                   "while yield __dirname __filename"_s.split(u' ');
    return all;
}

class Candidates final {
public:
    explicit Candidates(QStringView prefix)
        : m_prefix(prefix)
    {
    }
    void add(const QString& text, Kind kind, const QString& what = {})
    {
        m_isWord = m_isWord || text == m_prefix;
        if (text.startsWith(m_prefix, Qt::CaseInsensitive) && text != m_prefix && !m_seen.contains(text)) {
            m_seen.insert(text);
            m_all.append({text, kind, what.isEmpty() ? about(kind) : what});
        }
    }
    void add(const NodeApi::Members& members)
    {
        for (auto it = members.begin(); it != members.end(); ++it)
            add(it.key(), kindOf(it.value()));
    }
    [[nodiscard]] Completion done()
    {
        // Those that have the prefix's very letters first; within them the order in which they came.
        std::ranges::stable_partition(m_all, [this](const auto& c) { return c.text.startsWith(m_prefix); });
        return {static_cast<int>(m_prefix.size()), m_isWord, std::move(m_all)};
    }

private:
    QStringView m_prefix;
    bool m_isWord = false;
    QSet<QString> m_seen;
    QList<Completion::Candidate> m_all;
};

// The members of what a name stands for; null when nobody knows.
const NodeApi::Members* membersOf(const QString& name, const Names& names, const NodeApi& api)
{
    if (const auto imported = names.find(name); imported != names.end()) {
        if (imported->member.isEmpty() || imported->member == "default"_L1)
            return api.module(imported->module);
        if (const auto* nested = api.module(QString(imported->module + u'/' + imported->member)))
            return nested;
        const auto global = api.globals.find(imported->member); // const { Buffer } = require('buffer')
        return global == api.globals.end() ? nullptr : &global->members;
    }
    const auto global = api.globals.find(name);
    return global == api.globals.end() || global->members.isEmpty() ? nullptr : &global->members;
}

Kind kindOfMember(const QString& module, const QString& member, const NodeApi& api)
{
    const NodeApi::Members* const members = api.module(module);
    const auto it = members ? members->find(member) : NodeApi::Members::const_iterator();
    return members && it != members->end() ? kindOf(*it) : Kind::Value;
}

} // namespace

Completion completionsAt(
    QStringView before, const Names& names, const QStringList& words, const NodeApi& api, bool asked)
{
    const QStringView line = before.sliced(before.lastIndexOf(u'\n') + 1);
    if (line.size() > 2'000)
        return {};

    static const QRegularExpression inRequire(
        uR"((?:\brequire\s*\(\s*|\bfrom\s*|\bimport\s*\(?\s*)(['"`])([\w:/.\-]*)$)"_s);
    if (const auto match = inRequire.matchView(line); match.hasMatch()) {
        Candidates candidates(match.capturedView(2));
        const bool withScheme = match.capturedView(2).startsWith("node:"_L1);
        for (auto it = api.modules.begin(); it != api.modules.end(); ++it) {
            const QString name = it.key();
            if (!name.startsWith("node:"_L1))
                candidates.add(u"node:"_s + name, Kind::Module);
            else
                candidates.add(name, Kind::Module);
        }
        if (!withScheme) {
            for (auto it = api.modules.begin(); it != api.modules.end(); ++it) {
                if (!it.key().startsWith("node:"_L1))
                    candidates.add(it.key(), Kind::Module);
            }
        }
        return candidates.done();
    }

    // In another text or a comment there is nothing to complete; an odd number of quotes says so well enough.
    static const QRegularExpression quoted(uR"('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)"_s);
    QString code = line.toString();
    code.remove(quoted);
    if (code.contains(u'\'') || code.contains(u'"') || code.contains("//"_L1)
        || (code.contains(u'`') && !code.contains("${"_L1)))
        return {};

    qsizetype start = before.size();
    while (start > 0 && isWordLetter(before[start - 1]))
        --start;
    const QStringView prefix = before.sliced(start);
    if (!prefix.isEmpty() && prefix.front().isDigit())
        return {};
    Candidates candidates(prefix);

    static const QRegularExpression owner(uR"(([\w$]+)\s*(?:\?)?\.\s*$)"_s);
    static const QRegularExpression nested(uR"(([\w$]+)\.(promises|prototype)\s*\.\s*$)"_s);
    const QStringView head = before.first(start).last(std::min<qsizetype>(start, 300));
    if (const auto match = nested.matchView(head); match.hasMatch()) {
        const auto imported = names.find(match.captured(1));
        if (const auto* members = imported == names.end()
                ? nullptr
                : api.module(QString(imported->module + u'/' + match.captured(2))))
            candidates.add(*members);
        else
            candidates.add(api.values);
        return candidates.done();
    }
    if (head.trimmed().endsWith(u'.') && !head.trimmed().endsWith("..."_L1)) {
        const auto match = owner.matchView(head);
        if (match.hasMatch() && match.capturedView(1).front().isDigit())
            return {}; // 1.5
        const auto* members = match.hasMatch() ? membersOf(match.captured(1), names, api) : nullptr;
        if (members) {
            candidates.add(*members);
        } else if (asked || !prefix.isEmpty()) { // nothing is known: what many values have, and words, but not unasked
            candidates.add(api.values);
            for (const QString& word : words)
                candidates.add(word, Kind::Word);
        }
        return candidates.done();
    }

    // Within the braces of an import: what the module has. The module stands after them, so it is looked for by the
    // caller's line only when it is there; before that words help.
    if (prefix.size() < 2 && !asked)
        return {};
    for (auto it = names.begin(); it != names.end(); ++it)
        candidates.add(it.key(), it->member.isEmpty() ? Kind::Module : kindOfMember(it->module, it->member, api),
            it->member.isEmpty() ? CompletionList::tr("module %1").arg(it->module)
                                 : CompletionList::tr("of %1").arg(it->module));
    for (const QString& word : words)
        candidates.add(word, Kind::Word);
    for (const QString& keyword : keywords())
        candidates.add(keyword, Kind::Keyword);
    for (auto it = api.globals.begin(); it != api.globals.end(); ++it)
        candidates.add(it.key(), kindOf(it->kind));
    Completion completion = candidates.done();
    static const QRegularExpression declares(uR"(\b(?:const|let|var|function\*?|class|import)\s+[\w$]+$)"_s);
    completion.isWord = completion.isWord || declares.matchView(line).hasMatch();
    return completion;
}

bool hasWord(QStringView text, QStringView word)
{
    for (qsizetype at = text.indexOf(word); at >= 0 && !word.isEmpty(); at = text.indexOf(word, at + 1)) {
        const qsizetype end = at + word.size();
        if ((at == 0 || !isWordLetter(text[at - 1])) && (end == text.size() || !isWordLetter(text[end])))
            return true;
    }
    return false;
}

QStringList wordsOf(QStringView text, int most)
{
    QSet<QStringView> seen;
    QStringList words;
    for (qsizetype i = 0; i < text.size() && words.size() < most;) {
        if (!isWordLetter(text[i])) {
            ++i;
            continue;
        }
        const qsizetype start = i;
        while (i < text.size() && isWordLetter(text[i]))
            ++i;
        const QStringView word = text.sliced(start, i - start);
        if (word.size() < 3 || word.size() > 60 || word.front().isDigit() || seen.contains(word))
            continue;
        seen.insert(word);
        words += word.toString();
    }
    words.sort(Qt::CaseInsensitive);
    return words;
}

} // namespace bistro::ui
