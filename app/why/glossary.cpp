#include "why/glossary.h"

#include "why/glossary/entries.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <tuple>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

const std::array<const GlossaryEntry*, kTerms>& table()
{
    static const auto all = [] {
        std::array<const GlossaryEntry*, kTerms> entries {};
        for (const auto words : {loopWords(), orderWords(), pictureWords()}) {
            for (const GlossaryEntry& entry : words)
                entries[static_cast<std::size_t>(entry.term)] = &entry;
        }
        Q_ASSERT(!std::ranges::contains(entries, nullptr));
        return entries;
    }();
    return all;
}

const GlossaryEntry& entryOf(Term term)
{
    return *table()[static_cast<std::size_t>(term)];
}

const GlossaryEntry::Said& saidOf(Term term, Wording wording)
{
    const GlossaryEntry& entry = entryOf(term);
    return wording == Wording::Restaurant ? entry.restaurant : entry.runtime;
}

QString translated(const char* text)
{
    return QCoreApplication::translate("Glossary", text);
}

QString asTitle(QString name)
{
    const qsizetype first = name.startsWith(u'“') ? 1 : 0;
    name[first] = name[first].toUpper();
    return name;
}

// As it is compared: "Call-Stack", "the call stack" and "call stacks" are one.
QString plain(const QString& word)
{
    QString text = word.toLower().replace(u'-', u' ').remove(u'“').remove(u'”').remove(u'"').simplified();
    if (text.startsWith("the "_L1))
        text.remove(0, 4);
    if (text.size() > 3 && text.endsWith(u's') && !text.endsWith("ss"_L1))
        text.chop(1);
    return text;
}

} // namespace

std::string_view termId(Term term)
{
    return entryOf(term).id;
}

QString termName(Term term, Wording wording)
{
    return translated(saidOf(term, wording).name);
}

QString termText(Term term, Wording wording)
{
    return translated(saidOf(term, wording).text);
}

std::span<const Term> seeAlso(Term term)
{
    return entryOf(term).see;
}

std::string_view exampleOf(Term term)
{
    return entryOf(term).example;
}

QString termTip(Term term, Wording wording)
{
    return u"<qt><b>%1</b><br>%2</qt>"_s.arg(
        asTitle(termName(term, wording)).toHtmlEscaped(), termText(term, wording).toHtmlEscaped());
}

QString termDescription(Term term, Wording wording)
{
    return u"%1: %2"_s.arg(asTitle(termName(term, wording)), termText(term, wording));
}

std::optional<Term> termNamed(const QString& word)
{
    const QString asked = plain(word);
    // Ids are unique, names are not: the loop's timers phase and its timers have one name in both skins.
    const auto idOf = [](const GlossaryEntry& entry) {
        return QString::fromUtf8(entry.id.data(), static_cast<qsizetype>(entry.id.size()));
    };
    for (const GlossaryEntry* const entry : table()) {
        if (idOf(*entry) == word.trimmed().toLower())
            return entry->term;
    }
    for (const GlossaryEntry* const entry : table()) {
        if (plain(idOf(*entry)) == asked)
            return entry->term;
    }
    std::vector<Term> partly; // it is one of several words: "worker" of "worker thread"
    for (const Wording wording : {Wording::Runtime, Wording::Restaurant}) {
        for (const GlossaryEntry* const entry : table()) {
            const QString name = plain(termName(entry->term, wording));
            if (name == asked)
                return entry->term;
            if (name.split(u' ').contains(asked) && !std::ranges::contains(partly, entry->term))
                partly.push_back(entry->term);
        }
    }
    if (partly.size() == 1)
        return partly.front();
    return {};
}

std::vector<Term> termsLike(const QString& search, Wording wording)
{
    const QString asked = search.simplified();
    const auto rank = [&](Term term) {
        int best = 3;
        for (const Wording words : {Wording::Restaurant, Wording::Runtime}) {
            const QString name = termName(term, words);
            if (name.startsWith(asked, Qt::CaseInsensitive))
                best = std::min(best, 0);
            else if (name.contains(asked, Qt::CaseInsensitive))
                best = std::min(best, 1);
            else if (termText(term, words).contains(asked, Qt::CaseInsensitive))
                best = std::min(best, 2);
        }
        return best;
    };
    struct Found {
        int rank;
        QString name;
        Term term;
    };
    std::vector<Found> found;
    for (const GlossaryEntry* const entry : table()) {
        if (const int at = asked.isEmpty() ? 0 : rank(entry->term); at < 3)
            found.push_back({.rank = at, .name = termName(entry->term, wording).toLower(), .term = entry->term});
    }
    const auto key = [](const Found& one) { return std::tie(one.rank, one.name, one.term); };
    std::ranges::sort(found, [&](const Found& a, const Found& b) { return key(a) < key(b); });
    std::vector<Term> terms;
    for (const Found& one : found)
        terms.push_back(one.term);
    return terms;
}

Term termOf(trace::Phase phase)
{
    switch (phase) {
    case trace::Phase::Pending: return Term::Pending;
    case trace::Phase::IdlePrepare: return Term::IdlePrepare;
    case trace::Phase::Poll: return Term::Poll;
    case trace::Phase::Check: return Term::Check;
    case trace::Phase::Closing: return Term::Closing;
    case trace::Phase::Timers: return Term::TimersPhase;
    }
    Q_UNREACHABLE_RETURN(Term::Phase);
}

} // namespace bistro::app
