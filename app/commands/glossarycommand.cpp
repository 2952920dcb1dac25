#include "commands/commands.h"

#include "commands/complaints.h"
#include "process/output.h"
#include "why/glossary.h"

#include <QCoreApplication>
#include <QStringList>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

struct GlossaryPage {
    Q_DECLARE_TR_FUNCTIONS(GlossaryPage)
};

constexpr qsizetype kColumns = 80;
constexpr std::size_t kNearWords = 5; // that are named when there is none of this name

// A paragraph of lines that fit a terminal.
QString wrapped(const QString& text, const QString& indent)
{
    QString page;
    QString line;
    for (const QString& word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (!line.isEmpty() && indent.size() + line.size() + 1 + word.size() > kColumns) {
            page += indent + line + u'\n';
            line.clear();
        }
        line += (line.isEmpty() ? QString() : u" "_s) + word;
    }
    return page + indent + line + u'\n';
}

QString joined(std::span<const Term> terms, Wording wording)
{
    QStringList names;
    for (const Term term : terms)
        names += termName(term, wording);
    return names.join(u", "_s);
}

QString pageOf(Term term)
{
    const QString restaurant = termName(term, Wording::Restaurant);
    const QString runtime = termName(term, Wording::Runtime);
    QString page;
    if (restaurant == runtime && termText(term, Wording::Restaurant) == termText(term, Wording::Runtime)) {
        page = runtime + u'\n' + wrapped(termText(term, Wording::Runtime), u"    "_s);
    } else {
        page = GlossaryPage::tr("%1, in the restaurant").arg(restaurant) + u'\n'
            + wrapped(termText(term, Wording::Restaurant), u"    "_s)
            + GlossaryPage::tr("%1, in the runtime").arg(runtime) + u'\n'
            + wrapped(termText(term, Wording::Runtime), u"    "_s);
    }
    page += u'\n' + wrapped(GlossaryPage::tr("See also: %1").arg(joined(seeAlso(term), Wording::Runtime)), {});
    if (const std::string_view example = exampleOf(term); !example.empty()) {
        page += wrapped(GlossaryPage::tr("Example in the window: %1")
                            .arg(QString::fromUtf8(example.data(), static_cast<qsizetype>(example.size()))),
            {});
    }
    return page;
}

} // namespace

int glossary(const GlossaryCommand& command)
{
    const Wording wording = command.runtime ? Wording::Runtime : Wording::Restaurant;
    Output out;
    if (command.word.empty()) {
        QString page;
        for (const Term term : termsLike({}, wording))
            page += termName(term, wording) + u'\n' + wrapped(termText(term, wording), u"    "_s);
        out.buffer() = page.toStdString();
        return out.finish();
    }
    const QString word = QString::fromStdString(command.word);
    if (const auto term = termNamed(word)) {
        out.buffer() = pageOf(*term).toStdString();
        return out.finish();
    }
    std::vector<Term> near = termsLike(word, Wording::Runtime);
    near.resize(std::min(near.size(), kNearWords));
    return complain(near.empty()
            ? said(Complaints::tr("The glossary has no word \"%1\". See: bistro glossary"), command.word)
            : said(Complaints::tr("The glossary has no word \"%1\". Related words: %2."), command.word,
                  joined(near, Wording::Runtime).toStdString()));
}

} // namespace bistro::app
