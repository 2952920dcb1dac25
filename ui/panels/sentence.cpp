#include "panels/sentence.h"

#include "why/refusal.h"

#include <QUrl>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;
using app::OrderId;

namespace {

constexpr QLatin1StringView kAllowed("allowed:");

QString placeLink(const app::CodePlace& place)
{
    return u"place:%1:"_s.arg(place.line)
        + QString::fromLatin1(QUrl::toPercentEncoding(
            QString::fromUtf8(place.script.data(), static_cast<qsizetype>(place.script.size()))));
}

// Escaped; what stands between two backticks is code.
QString proseHtml(const QString& text)
{
    QString html;
    qsizetype from = 0;
    for (qsizetype at = text.indexOf(u'`'); at >= 0; at = text.indexOf(u'`', from)) {
        const qsizetype end = text.indexOf(u'`', at + 1);
        if (end < 0)
            break;
        html += text.sliced(from, at - from).toHtmlEscaped() + u"<code>"_s
            + text.sliced(at + 1, end - at - 1).toHtmlEscaped() + u"</code>"_s;
        from = end + 1;
    }
    return html + text.sliced(from).toHtmlEscaped();
}

// Of a whole word, between these two; -1: it does not stand there.
qsizetype wordIn(const QString& text, const QString& word, qsizetype from, qsizetype to)
{
    // A title is told from a word that holds it by what stands around it.
    const auto isPart = [&](qsizetype i) { return i >= 0 && i < text.size() && text[i].isLetterOrNumber(); };
    qsizetype at = word.isEmpty() ? -1 : text.indexOf(word, from);
    while (at >= 0 && (isPart(at - 1) || isPart(at + word.size())))
        at = text.indexOf(word, at + 1);
    return at >= 0 && at + word.size() <= to ? at : -1;
}

// Where the title stands from there on: best as the whole of what was filled in, in quotes or as code; else as a part
// of that, in a list or with its line.
qsizetype titleAt(const QString& title, const QString& text, const std::vector<app::FilledIn>& parts, qsizetype from)
{
    if (parts.empty())
        return wordIn(text, title, from, text.size());
    for (const app::FilledIn& part : parts) {
        if (part.from < from || part.from + part.size > text.size())
            continue;
        const QStringView filled = QStringView(text).sliced(part.from, part.size);
        const bool isWrapped = filled.size() > 2 && (filled.startsWith(u'“') || filled.startsWith(u'`'));
        if (!title.isEmpty() && (filled == title || (isWrapped && filled.sliced(1, filled.size() - 2) == title)))
            return part.from + (filled == title ? 0 : 1);
    }
    for (const app::FilledIn& part : parts) {
        const qsizetype end = std::min(part.from + part.size, text.size());
        if (const qsizetype at = wordIn(text, title, std::max(from, part.from), end); at >= 0)
            return at;
    }
    return -1;
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
    return (order.space == OrderId::Space::Async     ? u"#%1"_s
            : order.space == OrderId::Space::Promise ? u"p%1"_s
                                                     : u"h%1"_s)
        .arg(order.value);
}

QString orderLink(OrderId order)
{
    return (order.space == OrderId::Space::Async     ? u"order:a%1"_s
            : order.space == OrderId::Space::Promise ? u"order:p%1"_s
                                                     : u"order:h%1"_s)
        .arg(order.value);
}

OrderId orderOfLink(const QString& link)
{
    if (link.startsWith(u"order:a"))
        return OrderId::async(QStringView(link).sliced(7).toUInt());
    if (link.startsWith(u"order:p"))
        return OrderId::promise(QStringView(link).sliced(7).toUInt());
    if (link.startsWith(u"order:h"))
        return OrderId::handler(QStringView(link).sliced(7).toUInt());
    return {};
}

QString orderHtml(const NamedOrder& name)
{
    // The mark and its first word stay on one line.
    return u"<img src=\"mark:%1\">&nbsp;<a href=\"%2\" style=\"text-decoration:none\"><b>%3</b></a>"_s
        .arg(static_cast<int>(name.meaning))
        .arg(orderLink(name.order), name.title.toHtmlEscaped());
}

QString placeName(const app::CodePlace& place)
{
    if (!place)
        return {};
    const std::string_view file = app::fileName(place.script);
    constexpr std::size_t most = 300; // bytes: a script may call itself anything
    const QString name = QString::fromUtf8(file.data(), static_cast<qsizetype>(std::min(file.size(), most)));
    return place.line == 0 ? name : u"%1:%2"_s.arg(name).arg(place.line);
}

QString fittedPlace(const QString& name, const QFontMetricsF& metrics, double width)
{
    if (metrics.horizontalAdvance(name) <= width)
        return name;
    constexpr qsizetype least = 4; // letters and the ellipsis
    const qsizetype colon = name.lastIndexOf(u':');
    const QString line = colon < 0 ? QString() : name.sliced(colon);
    const QString file = metrics.elidedText(
        name.first(name.size() - line.size()), Qt::ElideMiddle, width - metrics.horizontalAdvance(line));
    return file.size() >= least || line.isEmpty() ? file + line : line;
}

QString placeHtml(const app::CodePlace& place)
{
    return u"<a href=\"%1\">%2</a>"_s.arg(placeLink(place), placeName(place).toHtmlEscaped());
}

QString sentenceHtml(const QString& text, const std::vector<NamedOrder>& names, const std::vector<app::FilledIn>& parts)
{
    QString html;
    qsizetype from = 0;
    for (const NamedOrder& name : names) {
        const qsizetype at = titleAt(name.title, text, parts, from);
        if (at < 0)
            continue;
        const qsizetype end = at + name.title.size();
        // The backticks around a name that is code are not shown.
        const bool isCode = at > from && end < text.size() && text[at - 1] == u'`' && text[end] == u'`';
        html += proseHtml(text.sliced(from, at - from - (isCode ? 1 : 0)));
        html += isCode ? u"<code>"_s + orderHtml(name) + u"</code>"_s : orderHtml(name);
        from = end + (isCode ? 1 : 0);
    }
    return html + proseHtml(text.sliced(from));
}

QString sentenceHtml(const Sentence& sentence, const std::vector<NamedOrder>& known)
{
    if (const qsizetype at = sentence.opens.isEmpty() ? -1 : sentence.text.lastIndexOf(sentence.opens); at >= 0)
        return proseHtml(sentence.text.first(at))
            + u"<a href=\"%1\">%2</a>"_s.arg(kAllowed, sentence.opens.toHtmlEscaped())
            + proseHtml(sentence.text.sliced(at + sentence.opens.size()));
    std::vector<NamedOrder> names;
    for (const OrderId order : sentence.orders) {
        const auto name = std::ranges::find(known, order, &NamedOrder::order);
        if (name != known.end())
            names.push_back(*name);
    }
    return sentenceHtml(sentence.text, names, sentence.parts);
}

Sentence leadingToAllowed(const QString& text)
{
    const QString name = app::programsMay();
    return {.text = text, .orders = {}, .opens = text.contains(name) ? name : QString()};
}

bool leadsToAllowed(const QString& link)
{
    return link == kAllowed;
}

QString shortened(std::string_view text)
{
    constexpr qsizetype most = 300; // letters
    const QString whole = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return whole.size() > most ? whole.first(most) + QChar(0x2026) : whole;
}

} // namespace bistro::ui
