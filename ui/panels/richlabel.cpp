#include "panels/richlabel.h"

#include "theme/fonts.h"
#include "theme/meaning.h"

#include <QEvent>
#include <QHash>
#include <QPainter>
#include <QPixmap>
#include <QTextDocument>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

using namespace Qt::StringLiterals;
using app::OrderId;

namespace {

QString placeLink(const app::CodePlace& place)
{
    return u"place:%1:"_s.arg(place.line) + QString::fromLatin1(QUrl::toPercentEncoding(QString::fromUtf8(place.script.data(), static_cast<qsizetype>(place.script.size()))));
}

} // namespace

Meaning meaningOf(const app::TraceLog& log, OrderId order)
{
    return meaningOf(log.kindOf(order));
}

NamedOrder nameOf(const app::TraceLog& log, const StageFacts& facts, OrderId order)
{
    return {.order = order, .meaning = meaningOf(log, order), .title = facts.title(order)};
}

QString numberText(OrderId order)
{
    return (order.space == OrderId::Space::Async ? u"#%1"_s : u"p%1"_s).arg(order.value);
}

QString orderLink(OrderId order)
{
    return (order.space == OrderId::Space::Async ? u"order:a%1"_s : u"order:p%1"_s).arg(order.value);
}

OrderId orderOfLink(const QString& link)
{
    if (link.startsWith(u"order:a"))
        return OrderId::async(QStringView(link).sliced(7).toUInt());
    if (link.startsWith(u"order:p"))
        return OrderId::promise(QStringView(link).sliced(7).toUInt());
    return {};
}

QString orderHtml(const NamedOrder& name)
{
    // The mark and its first word stay on one line.
    return u"<img src=\"mark:%1\">&nbsp;<a href=\"%2\" style=\"text-decoration:none\"><b>%3</b></a>"_s.arg(static_cast<int>(name.meaning)).arg(orderLink(name.order), name.title.toHtmlEscaped());
}

QString placeHtml(const app::CodePlace& place, const QString& text)
{
    return u"<a href=\"%1\">%2</a>"_s.arg(placeLink(place), text.toHtmlEscaped());
}

QString sentenceHtml(const QString& text, const std::vector<NamedOrder>& names)
{
    QString html;
    qsizetype from = 0;
    for (const NamedOrder& name : names) {
        // A title is told from a word that holds it by what stands around it.
        qsizetype at = name.title.isEmpty() ? -1 : text.indexOf(name.title, from);
        const auto isPart = [&](qsizetype i) { return i >= 0 && i < text.size() && text[i].isLetterOrNumber(); };
        while (at >= 0 && (isPart(at - 1) || isPart(at + name.title.size())))
            at = text.indexOf(name.title, at + 1);
        if (at < 0)
            continue;
        html += text.sliced(from, at - from).toHtmlEscaped() + orderHtml(name);
        from = at + name.title.size();
    }
    return html + text.sliced(from).toHtmlEscaped();
}

QString sentenceHtml(const Sentence& sentence, const std::vector<NamedOrder>& known)
{
    std::vector<NamedOrder> names;
    for (const OrderId order : sentence.orders) {
        const auto name = std::ranges::find(known, order, &NamedOrder::order);
        if (name != known.end())
            names.push_back(*name);
    }
    return sentenceHtml(sentence.text, names);
}

RichLabel::RichLabel(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard | Qt::TextSelectableByMouse);
    setResourceProvider([this](const QUrl& url) -> QVariant {
        const int meaning = url.path().toInt();
        if (url.scheme() != "mark"_L1 || meaning < 0 || meaning >= static_cast<int>(kMeanings))
            return {};
        // Each text is a document of its own, which asks anew.
        const double ratio = devicePixelRatioF();
        const int size = m_theme.px(10);
        const QColor color = m_theme.color(static_cast<Meaning>(meaning));
        static QHash<QString, QImage> images;
        QImage& image = images[u"%1 %2 %3 %4"_s.arg(meaning).arg(size).arg(ratio).arg(color.rgba())];
        if (image.isNull()) {
            image = QImage(QSize(size, size) * ratio, QImage::Format_ARGB32_Premultiplied);
            image.setDevicePixelRatio(ratio);
            image.fill(Qt::transparent);
            QPainter painter(&image);
            paintMark(painter, static_cast<Meaning>(meaning), QRectF(0, 0, size, size), color);
        }
        return image;
    });
    connect(this, &QLabel::linkActivated, this, [this](const QString& link) {
        if (const OrderId order = orderOfLink(link)) {
            emit orderClicked(order);
        } else if (link.startsWith("place:"_L1)) {
            const auto parts = QStringView(link).split(u':');
            if (parts.size() == 3)
                emit placeClicked(QUrl::fromPercentEncoding(parts[2].toLatin1()), parts[1].toInt());
        }
    });
}

void RichLabel::setTheme(const Theme& theme, TypeSize size, const QColor& color, QFont::Weight weight)
{
    m_theme = theme;
    colorLabel(this, uiFont(theme, size, weight), color, {QPalette::WindowText, QPalette::Text, QPalette::Link, QPalette::LinkVisited});
    restyle();
}

void RichLabel::setHtml(const QString& html)
{
    if (m_html == html)
        return;
    m_html = html;
    restyle();
}

// The colour of links is part of the document: a new theme needs a new one.
void RichLabel::restyle()
{
    const QString style = u"<style>a { color: %1; }</style><!-- %2 -->"_s.arg(palette().color(QPalette::WindowText).name()).arg(m_theme.zoom());
    if (style != m_style)
        setText({});
    m_style = style;
    m_heights = {};
    setText(style + m_html); // nothing to do for the same
}

void RichLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_heights = {};
    QLabel::changeEvent(event);
}

// Surely: as wide as if all of it were bold. What has lines of its own is laid out.
bool RichLabel::fitsInALine(int width) const
{
    if (m_html.contains("<br"_L1) || m_html.contains("<p"_L1))
        return false;
    QString text;
    int marks = 0;
    for (qsizetype at = 0; at < m_html.size();) {
        const qsizetype tag = m_html.indexOf(u'<', at);
        text += QStringView(m_html).sliced(at, (tag < 0 ? m_html.size() : tag) - at);
        if (tag < 0)
            break;
        marks += QStringView(m_html).sliced(tag).startsWith("<img"_L1) ? 1 : 0;
        const qsizetype end = m_html.indexOf(u'>', tag);
        at = end < 0 ? m_html.size() : end + 1;
    }
    QFont bold = font();
    bold.setBold(true);
    const QMargins margins = contentsMargins();
    // An entity is written longer than it is shown.
    return QFontMetrics(bold).horizontalAdvance(text) + marks * m_theme.px(12) <= width - margins.left() - margins.right() - m_theme.px(2);
}

int RichLabel::heightForWidth(int width) const
{
    for (const Height& known : m_heights) {
        if (known.width == width)
            return known.height;
    }
    int height = 0;
    if (fitsInALine(width)) {
        static QHash<QString, int> heights; // of a line in each font
        const QString key = font().key();
        if (!heights.contains(key)) {
            QTextDocument line;
            line.setDocumentMargin(0);
            line.setDefaultFont(font());
            line.setPlainText(u"x"_s);
            heights.insert(key, static_cast<int>(std::ceil(line.size().height())));
        }
        const QMargins margins = contentsMargins();
        height = heights.value(key) + margins.top() + margins.bottom();
    } else {
        height = QLabel::heightForWidth(width);
    }
    m_heights = {Height {.width = width, .height = std::max(height, minimumHeight())}, m_heights[0]};
    return m_heights[0].height;
}

void colorLabel(QLabel* label, const QFont& font, const QColor& color, std::initializer_list<QPalette::ColorRole> roles)
{
    if (label->font() != font)
        label->setFont(font);
    QPalette palette = label->palette();
    if (std::ranges::all_of(roles, [&](QPalette::ColorRole role) { return palette.color(role) == color; }))
        return;
    for (const QPalette::ColorRole role : roles)
        palette.setColor(role, color);
    label->setPalette(palette);
}

} // namespace bistro::ui
