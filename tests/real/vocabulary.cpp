#include "vocabulary.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::test {
namespace {

// The words of the field (the runtime's and the restaurant's), and what any sentence may say: none is a name of
// somebody's insides.
const QSet<QString>& fieldWords()
{
    static const QSet<QString> words = [] {
        const QString text
            = uR"(iteration phase pending idle prepare poll check closing timers timer interval handle request
            response resource async id trigger tick ticks microtask microtasks callback callbacks thread threads pool
            worker workers ref unref kernel loop event events promise promises await rejection immediate immediates
            listener listeners stream socket connection server child process query signal message port
            waiter table customer customers order orders slip slips pass kitchen cook door egg tray rail note notes dish
            bill Node Bistro JavaScript JSON HTTP HTTPS TCP UDP DNS V8 URL API CPU OK GET HEAD POST PUT PATCH DELETE
            GitHub Linux Debian ASCII UTF
            in line lines of the a an and to for from with by at on or more other others first second last step steps
            file folder main program script eval round time ms its this that your own package packages)"_s;
        const QStringList list = text.split(QRegularExpression(u"\\s+"_s), Qt::SkipEmptyParts);
        return QSet<QString>(list.begin(), list.end());
    }();
    return words;
}

const QRegularExpression& wordPattern()
{
    static const QRegularExpression pattern(uR"([\p{L}_$][\p{L}\p{N}_$]*)"_s);
    return pattern;
}

// An identifier, or several with dots between, with parentheses behind or not.
const QRegularExpression& tokenPattern()
{
    static const QRegularExpression pattern(
        uR"((?<![\p{L}\p{N}_$])([\p{L}_$][\p{L}\p{N}_$]*(?:\.#?[\p{L}_$][\p{L}\p{N}_$]*)*)(\(\))?)"_s);
    return pattern;
}

// "promise 24": a number that only the trace has.
void numbers(const QString& text, QStringList& found)
{
    static const QRegularExpression numbered(
        u"\\b(?:promise|async|handle) #?\\d+\\b"_s, QRegularExpression::CaseInsensitiveOption);
    for (auto all = numbered.globalMatch(text); all.hasNext();)
        found.append(all.next().captured());
}

bool looksLikeName(const QString& token)
{
    static const QRegularExpression camel(uR"([\p{Ll}\p{N}][\p{Lu}]|[\p{Lu}]{2}|[_$.])"_s);
    return camel.match(token).hasMatch();
}

} // namespace

void Vocabulary::readSource(const QString& text)
{
    m_sources.append(text);
    for (auto words = wordPattern().globalMatch(text); words.hasNext();)
        m_words.insert(words.next().captured());
}

bool Vocabulary::knows(const QString& word) const
{
    return m_words.contains(word) || fieldWords().contains(word);
}

bool Vocabulary::isQuotable(const QString& quoted) const
{
    QString text = quoted;
    const bool cut = text.endsWith(u'…');
    while (text.endsWith(u'…'))
        text.chop(1);
    static const QRegularExpression kindOfError(u"^\\w*Error: "_s);
    text.remove(kindOfError);
    const auto holds = [&text](const QString& whole) { return whole.contains(text); };
    return (cut && text.isEmpty()) || std::ranges::any_of(m_sources, holds) || std::ranges::any_of(m_printed, holds);
}

QString Vocabulary::withoutFiles(QString text) const
{
    QStringList files(m_files.begin(), m_files.end());
    std::ranges::sort(files, std::ranges::greater {}, &QString::size);
    for (const QString& file : std::as_const(files)) {
        const QRegularExpression place(u"(?<![\\w.-])"_s + QRegularExpression::escape(file) + u"(?![\\w-])(:\\d+)*"_s);
        text.replace(place, u" "_s);
    }
    return text;
}

void Vocabulary::look(const QString& text, bool everyWord, QStringList& found) const
{
    for (auto tokens = tokenPattern().globalMatch(text); tokens.hasNext();) {
        const auto match = tokens.next();
        const QString token = match.captured(1);
        const bool isCall = !match.captured(2).isEmpty();
        const QStringList parts = token.split(u'.');
        const bool known = std::ranges::all_of(parts, [this](QString part) {
            if (part.startsWith(u'#'))
                part = part.sliced(1);
            return knows(part);
        });
        if (known)
            continue;
        if (everyWord || isCall || looksLikeName(token) || m_suspects.contains(token))
            found.append(token);
    }
}

QStringList Vocabulary::foreignIn(const QString& sentence) const
{
    static const QRegularExpression quoted(u"“([^”]*)”|‘([^’]*)’|\"([^\"]*)\"|`([^`]*)`"_s);
    QStringList found;
    QString rest = sentence;
    for (auto quotes = quoted.globalMatch(sentence); quotes.hasNext();) {
        const auto match = quotes.next();
        const QString inner = match.captured(match.lastCapturedIndex());
        rest.replace(match.captured(), u" "_s);
        if (!isQuotable(inner))
            look(withoutFiles(inner), true, found);
    }
    rest = withoutFiles(rest);
    look(rest, false, found);
    numbers(rest, found);
    found.removeDuplicates();
    return found;
}

QStringList Vocabulary::foreignInName(const QString& name) const
{
    if (isQuotable(name))
        return {};
    QStringList found;
    look(withoutFiles(name), true, found);
    numbers(name, found);
    found.removeDuplicates();
    return found;
}

QString Vocabulary::faultOfTitle(const QString& title) const
{
    static const QRegularExpression tail(u"(?:, step \\d+)?(?: \\(\\d+\\))?(?:, step \\d+)?$"_s);
    const QString bare = QString(title).remove(tail);
    if (m_public.contains(bare) || m_files.contains(bare) || bare.isEmpty())
        return {};
    const QString escaped = QRegularExpression::escape(bare);
    const QRegularExpression literal(u"(['\"`])"_s + escaped + u"\\1"_s);
    // Printed; or what it is about: an event that is listened to, a command that is started.
    const QRegularExpression message(
        u"(?:console\\.\\w+|log|\\.on|\\.once|spawn|exec|execFile|fork)\\((['\"`])"_s + escaped);
    const QRegularExpression request(u"^[A-Z]+ /"_s);
    const QRegularExpression name(u"^[A-Za-z_$][\\w$]*$"_s);
    // Called, declared as a function or method, or given one; or what settles a promise.
    const QRegularExpression function(
        u"\\b%1\\s*(?:=[^=>]*=>|=\\s*(?:async|function|debounce|promisify)|\\()|Promise\\(\\(?(?:\\w+, )?%1\\b"_s.arg(
            escaped));
    const auto holds = [this](const QRegularExpression& pattern) {
        return std::ranges::any_of(m_sources, [&](const QString& text) { return text.contains(pattern); });
    };
    if (holds(message) || bare.contains(request))
        return {};
    if (holds(literal) && !(name.match(bare).hasMatch() && holds(function)))
        return u"a text that is not printed"_s;
    if (name.match(bare).hasMatch() && m_words.contains(bare) && !holds(literal) && !holds(function))
        return u"a name of what is no function"_s;
    if (bare.contains(u'…') && !bare.endsWith(u'…'))
        return u"a text with gaps"_s;
    return {};
}

} // namespace bistro::test
