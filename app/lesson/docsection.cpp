#include "lesson/docsection.h"

#include <QRegularExpression>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPageLevel = 2;

struct HtmlTag {
    QString name; // in small letters
    bool closes = false;
    QStringView attributes;
};

HtmlTag tagOf(QStringView inside)
{
    HtmlTag tag;
    if (inside.startsWith(u'/')) {
        tag.closes = true;
        inside = inside.sliced(1);
    }
    const auto end = std::ranges::find_if_not(inside, [](QChar c) { return c.isLetterOrNumber(); });
    tag.name = inside.first(end - inside.begin()).toString().toLower();
    tag.attributes = inside.sliced(tag.name.size());
    return tag;
}

QString attribute(QStringView attributes, QLatin1StringView name)
{
    const QString begin = u' ' + name + u"=\""_s;
    const qsizetype at = attributes.indexOf(begin);
    if (at < 0)
        return {};
    const QStringView rest = attributes.sliced(at + begin.size());
    return rest.first(std::max<qsizetype>(0, rest.indexOf(u'"'))).toString();
}

QString withoutEntities(QString text)
{
    return text.replace("&#39;"_L1, "'"_L1)
        .replace("&quot;"_L1, "\""_L1)
        .replace("&lt;"_L1, "<"_L1)
        .replace("&gt;"_L1, ">"_L1)
        .replace("&amp;"_L1, "&"_L1);
}

DocHeading headingOf(const QRegularExpressionMatch& match)
{
    static const QRegularExpression tags(u"<[^>]*>"_s);
    static const QRegularExpression ids(u" id=\"([^\"]*)\""_s);
    DocHeading heading {.begin = match.capturedStart(),
        .end = match.capturedEnd(),
        .level = match.captured(1).toInt(),
        .text = {},
        .anchors = {}};
    const QString inside = match.captured(2);
    for (auto it = ids.globalMatch(inside); it.hasNext();)
        heading.anchors += it.next().captured(1);
    heading.text = withoutEntities(inside.left(inside.indexOf("<span><a class=\"mark\""_L1)).remove(tags)).simplified();
    return heading;
}

// Where a link within the documentation leads; empty: elsewhere.
QString innerTarget(const QString& href, const QString& file)
{
    static const QRegularExpression page(u"^([a-z0-9_]+\\.html)?(#[^\\s\"<>]*)?$"_s);
    const auto match = page.match(href);
    if (href.isEmpty() || !match.hasMatch())
        return {};
    return u"api:"_s + (match.captured(1).isEmpty() ? file : match.captured(1)) + match.captured(2);
}

class PlainHtml final {
public:
    explicit PlainHtml(QString file)
        : m_file(std::move(file))
    {
    }

    void text(QStringView text)
    {
        if (m_dropping.isEmpty())
            m_out += text;
    }

    void tag(const HtmlTag& tag)
    {
        static const QStringList dropped {u"script"_s, u"style"_s, u"svg"_s, u"button"_s, u"details"_s, u"noscript"_s,
            u"template"_s, u"iframe"_s, u"object"_s, u"picture"_s};
        static const QStringList kept {u"h1"_s, u"h2"_s, u"h3"_s, u"h4"_s, u"h5"_s, u"h6"_s, u"p"_s, u"ul"_s, u"ol"_s,
            u"li"_s, u"code"_s, u"pre"_s, u"strong"_s, u"em"_s, u"b"_s, u"i"_s, u"table"_s, u"thead"_s, u"tbody"_s,
            u"tr"_s, u"th"_s, u"td"_s, u"blockquote"_s, u"br"_s, u"hr"_s, u"dl"_s, u"dt"_s, u"dd"_s, u"sup"_s,
            u"sub"_s};
        if (!m_dropping.isEmpty() || dropped.contains(tag.name)) {
            drop(tag);
        } else if (tag.name == "a"_L1) {
            link(tag);
        } else if (tag.name == "div"_L1) { // a note, or a frame around one
            m_out += tag.closes ? "</p>"_L1 : "<p>"_L1;
        } else if (kept.contains(tag.name)) {
            if (tag.name == "code"_L1 && !tag.closes && variant(tag))
                return;
            m_inCode = tag.name == "pre"_L1 ? !tag.closes : m_inCode;
            m_out += (tag.closes ? u"</"_s : u"<"_s) + tag.name + u'>';
        }
    }

    [[nodiscard]] QString result() const { return m_out; }

private:
    // Until it is closed; those of its name within it are counted.
    void drop(const HtmlTag& tag)
    {
        if (m_dropping.isEmpty() && !tag.closes)
            m_dropping = tag.name;
        if (tag.name != m_dropping)
            return;
        m_depth += tag.closes ? -1 : 1;
        if (m_depth <= 0) {
            m_dropping.clear();
            m_depth = 0;
        }
    }

    // The same code once more, for the other kind of module.
    bool variant(const HtmlTag& tag)
    {
        if (!m_inCode || !m_out.endsWith("</code>"_L1))
            return false;
        drop(tag);
        return true;
    }

    void link(const HtmlTag& tag)
    {
        if (tag.closes) {
            if (m_linked)
                m_out += "</a>"_L1;
            m_linked = false;
            return;
        }
        const QString classes = attribute(tag.attributes, "class"_L1);
        if (classes == "mark"_L1 || classes == "legacy"_L1) { // the sign beside a heading
            drop(tag);
            return;
        }
        const QString target = innerTarget(withoutEntities(attribute(tag.attributes, "href"_L1)), m_file);
        m_linked = !target.isEmpty();
        if (m_linked)
            m_out += u"<a href=\""_s + target.toHtmlEscaped() + u"\">"_s;
    }

    QString m_file;
    QString m_out;
    QString m_dropping; // the tag whose content is left out
    int m_depth = 0;
    bool m_inCode = false;
    bool m_linked = false;
};

} // namespace

QList<DocHeading> docHeadings(const QString& page)
{
    static const QRegularExpression pattern(
        u"<h([2-6])>(.*?)</h\\1>"_s, QRegularExpression::DotMatchesEverythingOption);
    QList<DocHeading> headings;
    const qsizetype content = std::max<qsizetype>(0, page.indexOf("id=\"apicontent\""_L1));
    for (auto it = pattern.globalMatch(page, content); it.hasNext();)
        headings += headingOf(it.next());
    return headings;
}

QString docSection(const QString& page, const QList<DocHeading>& headings, qsizetype heading)
{
    const DocHeading& own = headings[heading];
    const auto ends = [&](const DocHeading& next) { return own.level == kPageLevel || next.level <= own.level; };
    const auto end = std::find_if(headings.begin() + heading + 1, headings.end(), ends);
    if (end != headings.end())
        return page.sliced(own.begin, end->begin - own.begin);
    const qsizetype scripts = page.indexOf("<script"_L1, own.end);
    return page.sliced(own.begin, (scripts < 0 ? page.size() : scripts) - own.begin);
}

QString plainHtml(const QString& section, const QString& file)
{
    PlainHtml plain(file);
    const QStringView all(section);
    qsizetype at = 0;
    while (at < all.size()) {
        const qsizetype open = all.indexOf(u'<', at);
        plain.text(all.sliced(at, (open < 0 ? all.size() : open) - at));
        if (open < 0)
            break;
        if (all.sliced(open).startsWith("<!--"_L1)) {
            const qsizetype end = all.indexOf("-->"_L1, open);
            at = end < 0 ? all.size() : end + 3;
            continue;
        }
        const qsizetype close = all.indexOf(u'>', open);
        if (close < 0)
            break;
        plain.tag(tagOf(all.sliced(open + 1, close - open - 1)));
        at = close + 1;
    }
    return plain.result();
}

} // namespace bistro::app
