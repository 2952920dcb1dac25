#include "panels/sentence.h"

#include <QUrl>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;
using app::OrderId;

namespace {

QString placeLink(const app::CodePlace& place)
{
    return u"place:%1:"_s.arg(place.line)
        + QString::fromLatin1(QUrl::toPercentEncoding(
            QString::fromUtf8(place.script.data(), static_cast<qsizetype>(place.script.size()))));
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

QString shortened(std::string_view text)
{
    constexpr qsizetype most = 300; // letters
    const QString whole = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    return whole.size() > most ? whole.first(most) + QChar(0x2026) : whole;
}

} // namespace bistro::ui
