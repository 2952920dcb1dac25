#include "lesson/markdown.h"

#include <md4c.h>

#include <algorithm>

namespace bistro::app {
namespace {

using namespace Qt::StringLiterals;

class MarkdownWalk final {
public:
    explicit MarkdownWalk(const QByteArray& source)
        : m_source(source)
    {
    }

    [[nodiscard]] MarkdownText result()
    {
        m_found.words = countWords(m_text);
        return std::move(m_found);
    }

    void block() { m_text += u'\n'; }

    void enter(MD_SPANTYPE type, const void* detail)
    {
        if (type == MD_SPAN_A)
            m_open += {
                .target = textOf(static_cast<const MD_SPAN_A_DETAIL*>(detail)->href), .text = {}, .line = m_line};
        if (type == MD_SPAN_IMG) {
            m_open += {
                .target = textOf(static_cast<const MD_SPAN_IMG_DETAIL*>(detail)->src), .text = {}, .line = m_line};
            ++m_inPictures;
        }
    }

    void leave(MD_SPANTYPE type)
    {
        if ((type != MD_SPAN_A && type != MD_SPAN_IMG) || m_open.isEmpty())
            return;
        (type == MD_SPAN_A ? m_found.links : m_found.pictures) += m_open.takeLast();
        if (type == MD_SPAN_IMG)
            --m_inPictures;
    }

    void text(MD_TEXTTYPE type, const char* text, qsizetype size)
    {
        noteLine(text);
        if (type == MD_TEXT_HTML) {
            m_found.rawHtml += m_line;
            return;
        }
        const QString said = type == MD_TEXT_BR || type == MD_TEXT_SOFTBR ? u" "_s : QString::fromUtf8(text, size);
        if (!m_open.isEmpty()) {
            m_open.last().text += said;
            m_open.last().line = std::max(m_open.last().line, m_line);
        }
        if (m_inPictures == 0)
            m_text += said;
    }

private:
    static int countWords(const QString& text)
    {
        int words = 0;
        for (const QString& part : text.simplified().split(u' ', Qt::SkipEmptyParts)) {
            if (std::ranges::any_of(part, [](QChar c) { return c.isLetterOrNumber(); }))
                ++words;
        }
        return words;
    }

    QString textOf(const MD_ATTRIBUTE& attribute)
    {
        noteLine(attribute.text);
        return QString::fromUtf8(attribute.text, attribute.size);
    }

    // md4c says no lines; what it gives out lies in the source, unless it had to put it together.
    void noteLine(const char* text)
    {
        const char* const begin = m_source.constData();
        if (std::less<> {}(text, begin + m_seen) || !std::less<> {}(text, begin + m_source.size()))
            return;
        m_line += static_cast<int>(std::count(begin + m_seen, text, '\n'));
        m_seen = text - begin;
    }

    const QByteArray& m_source;
    MarkdownText m_found;
    QList<MarkdownLink> m_open;
    QString m_text;
    int m_inPictures = 0;
    qsizetype m_seen = 0;
    int m_line = 1;
};

MarkdownWalk& walkOf(void* data)
{
    return *static_cast<MarkdownWalk*>(data);
}

} // namespace

MarkdownText readMarkdown(const QByteArray& utf8)
{
    MarkdownWalk walk(utf8);
    MD_PARSER parser {};
    parser.flags = MD_DIALECT_COMMONMARK;
    parser.enter_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
    parser.leave_block = [](MD_BLOCKTYPE, void*, void* data) {
        walkOf(data).block();
        return 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* data) {
        walkOf(data).enter(type, detail);
        return 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* data) {
        walkOf(data).leave(type);
        return 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* data) {
        walkOf(data).text(type, text, size);
        return 0;
    };
    const bool read = md_parse(utf8.constData(), static_cast<MD_SIZE>(utf8.size()), &parser, &walk) == 0;
    MarkdownText found = walk.result();
    found.read = read;
    return found;
}

} // namespace bistro::app
