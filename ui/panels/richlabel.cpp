#include "panels/richlabel.h"

#include "theme/fonts.h"
#include "theme/meaning.h"

#include <QEvent>
#include <QHash>
#include <QPainter>
#include <QPixmap>
#include <QRegularExpression>
#include <QTextBlock>
#include <QTextBoundaryFinder>
#include <QTextDocument>
#include <QTextLayout>
#include <QUrl>

#include <algorithm>
#include <cmath>

namespace bistro::ui {

using namespace Qt::StringLiterals;
using app::OrderId;

namespace {

// What toHtmlEscaped() and our own markup have made.
QString unescaped(QString text)
{
    return text.replace("&nbsp;"_L1, " "_L1)
        .replace("&lt;"_L1, "<"_L1)
        .replace("&gt;"_L1, ">"_L1)
        .replace("&quot;"_L1, "\""_L1)
        .replace("&amp;"_L1, "&"_L1);
}

QString codeFamilies(const Theme& theme)
{
    QStringList families = codeFont(theme).families();
    for (QString& family : families)
        family = u'\'' + family.remove(u'\'') + u'\'';
    return families.join(u", "_s);
}

// What no line is broken in.
QString unbroken(QString text)
{
    text.replace(QChar::Space, QChar::Nbsp);
    QString result;
    QTextBoundaryFinder breaks(QTextBoundaryFinder::Line, text);
    qsizetype from = 0;
    while (breaks.toNextBoundary() > 0 && breaks.position() < text.size()) {
        result += QStringView(text).sliced(from, breaks.position() - from);
        result += QChar(0x2060); // word joiner
        from = breaks.position();
    }
    return result + text.sliced(from);
}

// How many marks, from 1, stand before the one that ends a line while its title begins the next; 0: none does.
int tornMark(const QTextDocument& document)
{
    int marks = 0;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        const QString text = block.text();
        const QTextLayout& layout = *block.layout();
        for (int i = 0; i < layout.lineCount(); ++i) {
            const QTextLine line = layout.lineAt(i);
            const QStringView part = QStringView(text).sliced(line.textStart(), line.textLength());
            marks += static_cast<int>(part.count(QChar::ObjectReplacementCharacter));
            const bool wrapped = i + 1 < layout.lineCount() && !part.endsWith(QChar::LineSeparator);
            if (wrapped && part.size() > 1 && part.endsWith(QChar::ObjectReplacementCharacter))
                return marks;
        }
    }
    return 0;
}

} // namespace

RichLabel::RichLabel(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard | Qt::TextSelectableByMouse);
    setResourceProvider([this](const QUrl& url) { return mark(url); });
    connect(this, &QLabel::linkActivated, this, [this](const QString& link) {
        if (const OrderId order = orderOfLink(link)) {
            emit orderClicked(order);
        } else if (leadsToAllowed(link)) {
            emit allowedAsked();
        } else if (link.startsWith("place:"_L1)) {
            const auto parts = QStringView(link).split(u':');
            if (parts.size() == 3)
                emit placeClicked(QUrl::fromPercentEncoding(parts[2].toLatin1()), parts[1].toInt());
        }
    });
}

QVariant RichLabel::mark(const QUrl& url) const
{
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
}

void RichLabel::setTheme(const Theme& theme, TypeSize size, const QColor& color, QFont::Weight weight)
{
    m_theme = theme;
    colorLabel(this, uiFont(theme, size, weight), color,
        {QPalette::WindowText, QPalette::Text, QPalette::Link, QPalette::LinkVisited});
    restyle();
}

void RichLabel::setHtml(const QString& html)
{
    const QString kept = keptTogether(html);
    if (m_html == kept)
        return;
    m_html = kept;
    static const QRegularExpression tags(u"<[^>]*>"_s);
    m_words = unescaped(QString(html).remove(tags));
    setAccessibleName(m_words.simplified());
    restyle();
}

// The colour of links is part of the document: a new theme needs a new one.
void RichLabel::restyle()
{
    const QString style = u"<style>a { color: %1; } code { font-family: %3; }</style><!-- %2 -->"_s
                              .arg(palette().color(QPalette::WindowText).name())
                              .arg(m_theme.zoom())
                              .arg(codeFamilies(m_theme));
    if (style != m_style)
        setText({});
    m_style = style;
    if (const QString whole = style + m_html; whole != m_whole) {
        m_whole = whole;
        forgetSizes();
    }
    showFitted();
}

void RichLabel::showFitted()
{
    const int width = contentsRect().width();
    setText(m_style
        + (dependsOnWidth() && width > 0 && !isOneLine(width) ? fittedTo(width).html
                                                              : m_html)); // nothing to do for the same
}

bool RichLabel::dependsOnWidth() const
{
    return m_html.contains("<a href=\"place:"_L1) || m_html.contains("<img "_L1);
}

const RichLabel::Fitted& RichLabel::fittedTo(int width) const
{
    if (const auto known = m_fitted.constFind(width); known != m_fitted.constEnd())
        return *known;
    static const QRegularExpression place(u"(<a href=\"place:[^\"]*\">)([^<]*)</a>"_s);
    const QFontMetricsF metrics(font());
    QString html;
    qsizetype from = 0;
    for (auto matches = place.globalMatch(m_html); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QString name = unescaped(match.captured(2));
        html += m_html.sliced(from, match.capturedStart() - from) + match.captured(1)
            + unbroken(fittedPlace(name, metrics, width)).toHtmlEscaped() + "</a>"_L1;
        from = match.capturedEnd();
    }
    html += m_html.sliced(from);

    // Qt breaks lines behind a picture, whatever follows it: a mark that would be left there goes on, to its title.
    QTextDocument document;
    document.setUndoRedoEnabled(false);
    document.setDocumentMargin(0);
    document.setDefaultFont(font());
    document.setDefaultTextOption(QTextOption());
    document.setResourceProvider([this](const QUrl& url) { return mark(url); });
    constexpr int most = 64;
    for (int i = 0; i < most; ++i) {
        document.setHtml(m_style + html);
        document.setTextWidth(width);
        (void)document.size(); // lays it out
        int torn = tornMark(document);
        if (torn == 0)
            break;
        qsizetype at = -1;
        for (; torn > 0; --torn)
            at = html.indexOf("<img "_L1, at + 1);
        if (at < 0)
            break;
        html.insert(at, "<br>"_L1);
    }
    constexpr qsizetype kept = 16;
    if (m_fitted.size() >= kept)
        m_fitted.clear();
    return *m_fitted.insert(width, {.html = html, .height = static_cast<int>(std::ceil(document.size().height()))});
}

void RichLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        forgetSizes();
    QLabel::changeEvent(event);
}

void RichLabel::forgetSizes()
{
    m_lineWidth = -1;
    m_fitted.clear();
}

// Surely: as wide as if all of it were bold. What has lines of its own is laid out.
bool RichLabel::isOneLine(int width) const
{
    if (m_html.contains("<br"_L1) || m_html.contains("<p"_L1) || m_html.contains("<code"_L1)) // whose letters are wider
        return false;
    if (m_lineWidth < 0) {
        QFont bold = font();
        bold.setBold(true);
        m_lineWidth = QFontMetrics(bold).horizontalAdvance(m_words)
            + static_cast<int>(m_html.count("<img"_L1)) * m_theme.px(12);
    }
    return m_lineWidth <= width - m_theme.px(2);
}

int RichLabel::lineHeight() const
{
    static QHash<QString, int> heights; // in each font
    const QString key = font().key();
    if (!heights.contains(key)) {
        QTextDocument line;
        line.setDocumentMargin(0);
        line.setDefaultFont(font());
        line.setPlainText(u"x"_s);
        heights.insert(key, static_cast<int>(std::ceil(line.size().height())));
    }
    const QMargins margins = contentsMargins();
    return heights.value(key) + margins.top() + margins.bottom();
}

QSize RichLabel::sizeHint() const
{
    return {m_theme.px(160), std::max(lineHeight(), minimumHeight())};
}
QSize RichLabel::minimumSizeHint() const
{
    return {m_theme.px(40), std::max(lineHeight(), minimumHeight())};
}

int RichLabel::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    const int inside = std::max(1, width - margins.left() - margins.right());
    const int height = isOneLine(inside) ? lineHeight() : fittedTo(inside).height + margins.top() + margins.bottom();
    return std::max(height, minimumHeight());
}

void RichLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    if (dependsOnWidth())
        showFitted();
}

QString keptTogether(QString text)
{
    static const QRegularExpression amount(u"(?<=[0-9]) (?=(?:ns|µs|ms|s|min|h|kB|MB|GB)\\b)"_s);
    return text.replace(amount, QString(QChar::Nbsp));
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
