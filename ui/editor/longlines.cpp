#include "editor/longlines.h"

#include "theme/fonts.h"

#include <QAbstractTextDocumentLayout>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>
#include <QTextDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kObject = QTextFormat::UserObject + 7;
constexpr int kNumber = QTextFormat::UserProperty + 7;
constexpr QChar kSign
    = QChar::ObjectReplacementCharacter; // may also stand in a text as itself: then it has no such format

bool isMark(const QTextFormat& format)
{
    return format.objectType() == kObject;
}

} // namespace

LongLines::LongLines(QTextDocument* document)
    : QObject(document)
    , m_document(document)
{
    document->documentLayout()->registerHandler(kObject, this);
}

void LongLines::setTheme(const Theme& theme)
{
    m_theme = theme;
}

qsizetype LongLines::sizeOf(const Slices& slices)
{
    qsizetype size = 0;
    for (const Slice& slice : slices)
        size += slice.length;
    return size;
}

LongLines::Slices LongLines::partOf(const Slices& slices, qsizetype from, qsizetype to)
{
    Slices part;
    qsizetype at = 0;
    for (const Slice& slice : slices) {
        const qsizetype first = std::clamp<qsizetype>(from - at, 0, slice.length);
        const qsizetype last = std::clamp<qsizetype>(to - at, 0, slice.length);
        if (first < last)
            part.append({slice.source, slice.from + first, last - first});
        at += slice.length;
    }
    return part;
}

void LongLines::append(QString& text, const Slices& slices)
{
    for (const Slice& slice : slices)
        text += QStringView(slice.source).sliced(slice.from, slice.length);
}

const LongLines::Slices* LongLines::hidden(const QTextFormat& format) const
{
    if (!isMark(format))
        return nullptr;
    const auto it = m_hidden.find(format.intProperty(kNumber));
    return it == m_hidden.end() ? nullptr : &*it;
}

void LongLines::hide(QTextCursor& cursor, const Slices& slices)
{
    m_hidden.insert(++m_last, slices);
    QTextCharFormat format;
    format.setObjectType(kObject);
    format.setProperty(kNumber, m_last);
    cursor.insertText(QString(kSign), format);
}

void LongLines::insert(QTextCursor& cursor, const QString& text)
{
    const QTextCharFormat plain; // not the one of a mark that stands before
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    qsizetype done = 0;
    for (qsizetype start = 0; start <= text.size();) {
        const qsizetype found = text.indexOf(u'\n', start);
        const qsizetype end = found < 0 ? text.size() : found;
        if (end - start > kLongest) {
            const qsizetype cut = start + kShown - (text[start + kShown - 1].isHighSurrogate() ? 1 : 0);
            cursor.insertText(text.sliced(done, cut - done), plain);
            hide(cursor, {{text, cut, end - cut}});
            done = end;
        }
        start = end + 1;
    }
    if (done < text.size())
        cursor.insertText(text.sliced(done), plain);
    cursor.endEditBlock();
}

// Not by a cursor: one that is placed looks where it stands on the screen, and lays the line out for that.
const LongLines::Slices* LongLines::hiddenAt(int position) const
{
    const QTextBlock block = m_document->findBlock(position);
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        if (it.fragment().contains(position))
            return hidden(it.fragment().charFormat());
    }
    return nullptr;
}

std::optional<LongLines::Mark> LongLines::markAt(int position) const
{
    if (m_hidden.isEmpty() || position < 0)
        return {};
    const Slices* const slices = hiddenAt(position);
    return slices ? std::optional(Mark {position, sizeOf(*slices)}) : std::nullopt;
}

QString LongLines::whole(const QString& raw, int position) const
{
    if (m_hidden.isEmpty() || !raw.contains(kSign))
        return raw;
    QString text;
    qsizetype done = 0;
    for (qsizetype at = raw.indexOf(kSign); at >= 0; at = raw.indexOf(kSign, at + 1)) {
        const Slices* const slices = hiddenAt(position + static_cast<int>(at));
        if (!slices)
            continue;
        text += QStringView(raw).sliced(done, at - done);
        append(text, *slices);
        done = at + 1;
    }
    text += QStringView(raw).sliced(done);
    return text;
}

QList<LongLines::Mark> LongLines::marks() const
{
    QList<Mark> marks;
    if (m_hidden.isEmpty())
        return marks;
    const QString raw = m_document->toRawText();
    for (qsizetype at = raw.indexOf(kSign); at >= 0; at = raw.indexOf(kSign, at + 1)) {
        if (const auto mark = markAt(static_cast<int>(at)))
            marks.append(*mark);
    }
    return marks;
}

QList<LongLines::Mark> LongLines::marksIn(const QTextBlock& block) const
{
    QList<Mark> marks;
    if (m_hidden.isEmpty())
        return marks;
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        const Slices* const slices = hidden(fragment.charFormat());
        for (int i = 0; slices && i < fragment.length(); ++i)
            marks.append({fragment.position() + i, sizeOf(*slices)});
    }
    return marks;
}

bool LongLines::hasMark(const QTextBlock& block)
{
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        if (isMark(it.fragment().charFormat()))
            return true;
    }
    return false;
}

qsizetype LongLines::offsetOf(int position, const QList<Mark>& marks)
{
    qsizetype offset = position;
    for (const Mark& mark : marks) {
        if (mark.position < position)
            offset += mark.hidden - 1;
    }
    return offset;
}

int LongLines::positionOf(qsizetype offset, const QList<Mark>& marks)
{
    qsizetype more = 0; // letters that the marks before hide
    for (const Mark& mark : marks) {
        const qsizetype begin = mark.position + more;
        if (offset < begin)
            break;
        if (offset < begin + mark.hidden)
            return mark.position;
        more += mark.hidden - 1;
    }
    return static_cast<int>(offset - more);
}

LongLines::Slices LongLines::lettersOf(const QTextBlock& block) const
{
    Slices letters;
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        if (const Slices* const slices = hidden(fragment.charFormat())) {
            for (int i = 0; i < fragment.length(); ++i)
                letters += *slices;
        } else {
            letters.append({fragment.text(), 0, fragment.length()});
        }
    }
    return letters;
}

int LongLines::show(const QTextBlock& block, qsizetype letter, qsizetype count)
{
    QList<Mark> marks = marksIn(block);
    for (Mark& mark : marks)
        mark.position -= block.position();
    const int from = positionOf(letter, marks);
    const int to = positionOf(letter + count, marks);
    const auto isHidden = [&](const Mark& mark) {
        return mark.position >= from && mark.position < std::max(to, from + 1);
    };
    const bool endHidden = std::ranges::any_of(
        marks, [&](const Mark& mark) { return mark.position == to && offsetOf(to, marks) < letter + count; });
    if (std::ranges::none_of(marks, isHidden) && !endHidden)
        return block.position() + from;
    const qsizetype around = std::max<qsizetype>(kShown - count, kShown / 2) / 2;
    return showPart(block, letter - around, letter + std::min<qsizetype>(count, kLongest / 2) + around, letter);
}

int LongLines::shorten(const QTextBlock& block, int keptPosition)
{
    const qsizetype letter = offsetOf(keptPosition, marksIn(block)) - block.position();
    return showPart(block, letter - kShown / 2, letter + kShown / 2, letter, true);
}

int LongLines::showPart(const QTextBlock& block, qsizetype first, qsizetype last, qsizetype wanted, bool joined)
{
    const Slices letters = lettersOf(block);
    const qsizetype size = sizeOf(letters);
    first = std::clamp<qsizetype>(first, 0, std::max<qsizetype>(size - kShown, 0));
    last = std::clamp<qsizetype>(last, std::min<qsizetype>(first + kShown, size), size);
    const int start = block.position();
    QTextCursor cursor(block);
    if (joined)
        cursor.joinPreviousEditBlock();
    else
        cursor.beginEditBlock();
    cursor.setPosition(start + block.length() - 1, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    QString shown;
    append(shown, partOf(letters, first, last));
    if (first > 0)
        hide(cursor, partOf(letters, 0, first));
    cursor.insertText(shown, QTextCharFormat());
    if (last < size)
        hide(cursor, partOf(letters, last, size));
    cursor.endEditBlock();
    return start + (first > 0 ? 1 : 0) + static_cast<int>(std::clamp<qsizetype>(wanted, first, last) - first);
}

QString LongLines::sentence(const QTextFormat& format) const
{
    const Slices* const slices = hidden(format);
    return tr("… %L1 letters …", "of a long line, that are not shown").arg(slices ? sizeOf(*slices) : 0);
}

QSizeF LongLines::intrinsicSize(QTextDocument* document, int, const QTextFormat& format)
{
    const QFontMetricsF metrics(uiFont(m_theme, TypeSize::Second));
    // No higher than the letters beside it: their row would move.
    return {metrics.horizontalAdvance(sentence(format)) + m_theme.px(20),
        QFontMetricsF(document->defaultFont()).ascent() + 1};
}

void LongLines::drawObject(QPainter* painter, const QRectF& rect, QTextDocument*, int, const QTextFormat& format)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(m_theme.border());
    painter->setBrush(m_theme.sunken());
    painter->drawRoundedRect(
        rect.adjusted(m_theme.px(3), 0, -m_theme.px(3), m_theme.px(2)), m_theme.px(4), m_theme.px(4));
    painter->setPen(m_theme.secondary());
    painter->setFont(uiFont(m_theme, TypeSize::Second));
    painter->drawText(rect.adjusted(0, 0, 0, m_theme.px(2)), Qt::AlignCenter, sentence(format));
    painter->restore();
}

} // namespace bistro::ui
