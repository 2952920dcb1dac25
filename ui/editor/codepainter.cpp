#include "editor/codepainter.h"

#include "editor/highlighter.h"
#include "theme/fonts.h"

#include <QGlyphRun>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// Where the letters of a row of the line end.
double endOf(const CodeRow& row, int textLine)
{
    return row.rect.left() + row.block.layout()->lineAt(textLine).naturalTextRect().right();
}

// Or where the viewport ends.
double badgeLeft(const CodeRow& row, const CodeLook& look)
{
    const LineNote* const note = look.marks.noteAt(row.line());
    if (!note || note->badge.isEmpty())
        return look.width;
    const QFont font = uiFont(look.theme, TypeSize::Second, QFont::Bold);
    return look.width - QFontMetrics(font).horizontalAdvance(note->badge) - look.theme.px(26);
}

// Where the values behind the line begin and end.
std::pair<double, double> roomForValues(const CodeRow& row, const CodeLook& look)
{
    constexpr double gap = 1.5; // letters
    const int rows = row.block.layout()->lineCount();
    return {(rows == 0 ? row.rect.left() : endOf(row, rows - 1)) + gap * look.metrics.letter,
        badgeLeft(row, look) - look.theme.px(6)};
}

double widthOfMore(const Theme& theme)
{
    return QFontMetricsF(codeFont(theme, TypeSize::Second)).horizontalAdvance(u'…');
}

// From where to where some letters of a row are, from left to right. Text that runs to the left stands elsewhere than
// its order says, and in several pieces where a text has both: there the glyphs are asked.
QList<std::pair<double, double>> spansOf(const QTextBlock& block, const QTextLine& line, int from, int to)
{
    constexpr char16_t kFirstToTheLeft = 0x590;
    const QString text = block.text();
    const bool mixed = std::any_of(text.begin() + std::min<qsizetype>(line.textStart(), text.size()),
        text.begin() + std::min<qsizetype>(line.textStart() + line.textLength(), text.size()),
        [](QChar c) { return c.unicode() >= kFirstToTheLeft; });
    if (!mixed)
        return {{line.cursorToX(from), line.cursorToX(to)}};
    QList<std::pair<double, double>> letters;
    to = std::min(to, static_cast<int>(text.size()));
    const auto hasNoGlyph = [](QChar c) { return c == u'\t' || c == QChar::ObjectReplacementCharacter; };
    for (int at = from; at < to;) {
        if (hasNoGlyph(text[at])) {
            letters.append(std::minmax({line.cursorToX(at), line.cursorToX(at + 1)}));
            ++at;
            continue;
        }
        const auto end = static_cast<int>(
            std::find_if(text.begin() + at, text.begin() + to, hasNoGlyph) - text.begin());
        const auto runs = line.glyphRuns(at, end - at);
        for (const QGlyphRun& run : runs)
            letters.append({run.boundingRect().left(), run.boundingRect().right()});
        at = end;
    }
    std::ranges::sort(letters);
    QList<std::pair<double, double>> spans;
    for (const auto& letter : letters) {
        if (!spans.isEmpty() && letter.first <= spans.back().second + 0.5)
            spans.back().second = std::max(spans.back().second, letter.second);
        else
            spans.append(letter);
    }
    return spans;
}

} // namespace

QRectF CodeRow::lettersRect(int column, int length) const
{
    const QTextLine textLine = block.layout()->lineForTextPosition(column - 1);
    if (!textLine.isValid())
        return {};
    const int end = std::min(column - 1 + length, textLine.textStart() + textLine.textLength());
    const auto spans = spansOf(block, textLine, column - 1, end);
    if (spans.isEmpty()) // no letters: a place
        return QRectF(textLine.cursorToX(column - 1), textLine.y(), 0, textLine.height()).translated(rect.topLeft());
    const auto [left, right] = spans.front();
    return QRectF(left, textLine.y(), right - left, textLine.height()).translated(rect.topLeft());
}

bool CodeLook::areValuesAt(const CodeRow& row, const QPointF& point) const
{
    const auto [left, right] = roomForValues(row, *this);
    return marks.valuesAt(row.line()) && point.y() >= row.rect.bottom() - metrics.rowHeight
        && point.y() < row.rect.bottom() && point.x() >= std::min(left, right - widthOfMore(theme))
        && point.x() < badgeLeft(row, *this);
}

bool CodeLook::showsPlayhead(int line) const
{
    return line == playhead && (line != marks.playhead || marks.showsPlayhead(line));
}

QColor CodeLook::groundOf(int line) const
{
    if (showsPlayhead(line))
        return theme.currentLine();
    if (const auto tint = marks.tintAt(line))
        return theme.tint(*tint);
    if (line == marks.highlighted)
        return theme.currentLine();
    if (marks.playhead == 0 && line == focusedLine)
        return theme.sunken();
    return {};
}

QColor CodeLook::edgeOf(int line) const
{
    if (showsPlayhead(line))
        return theme.ink();
    const auto tint = marks.tintAt(line);
    return tint ? theme.color(*tint) : QColor();
}

// --- behind the letters ---

void CodePainter::paintGround(const CodeRow& row)
{
    if (const QColor ground = m_look.groundOf(row.line()); ground.isValid())
        m_painter.fillRect(QRectF(0, row.rect.top(), m_look.width, row.rect.height()), ground);
}

void CodePainter::paintStatement(const CodeRow& row)
{
    const LinePart& part = m_look.marks.statement;
    if (part.length == 0 || row.line() != m_look.marks.playhead || !m_look.showsPlayhead(row.line()))
        return;
    constexpr double kAlpha = 0.13;
    QColor ground = m_theme.ink();
    ground.setAlphaF(static_cast<float>(kAlpha));
    const int start = row.block.position() + std::clamp(part.column - 1, 0, row.block.length() - 1);
    paintSelection(row, start, std::min(start + part.length, row.block.position() + row.block.length() - 1), ground);
}

void CodePainter::paintMatches(const CodeRow& row, const QRegularExpression& pattern)
{
    if (row.block.length() > Highlighter::kLongestLine)
        return;
    QColor found = m_theme.color(Meaning::Immediate);
    found.setAlphaF(m_theme.isDark() ? 0.3f : 0.25f);
    for (auto it = pattern.globalMatch(row.block.text()); it.hasNext();) {
        const auto match = it.next();
        const int start = row.block.position() + static_cast<int>(match.capturedStart());
        if (match.capturedLength() == 0) { // a place between two letters
            QRectF place = row.lettersRect(static_cast<int>(match.capturedStart()) + 1, 0);
            place.setWidth(m_theme.px(2));
            m_painter.fillRect(place, found);
            continue;
        }
        paintSelection(row, start, start + static_cast<int>(match.capturedLength()), found);
    }
}

void CodePainter::paintBrackets(const CodeRow& row, const QList<int>& positions)
{
    for (const int position : positions) {
        if (!row.block.contains(position))
            continue;
        const QRectF rect = row.lettersRect(position - row.block.position() + 1, 1).adjusted(-0.5, 1, 0.5, -1);
        m_painter.setPen(QPen(m_theme.secondary(), 1));
        m_painter.setBrush(Qt::NoBrush);
        m_painter.drawRoundedRect(rect, 2, 2);
    }
}

void CodePainter::paintSelection(const CodeRow& row, int start, int end, const QColor& color)
{
    const QTextLayout* layout = row.block.layout();
    const int from = std::max(start - row.block.position(), 0);
    const int to = std::min(end - row.block.position(), row.block.length() - 1);
    for (int i = 0; i < layout->lineCount(); ++i) {
        const QTextLine line = layout->lineAt(i);
        const int lineStart = line.textStart();
        const int lineEnd = lineStart + line.textLength();
        if (to < lineStart || from > lineEnd || (from == lineEnd && i + 1 < layout->lineCount()))
            continue;
        const auto fill = [&](double left, double right) {
            if (right > left)
                m_painter.fillRect(QRectF(row.rect.left() + left, row.rect.top() + i * m_look.metrics.rowHeight,
                                       right - left, m_look.metrics.rowHeight),
                    color);
        };
        for (const auto& [left, right] : spansOf(row.block, line, std::max(from, lineStart), std::min(to, lineEnd)))
            fill(left, right);
        if (end > row.block.position() + row.block.length() - 1 && i + 1 == layout->lineCount()) {
            const double after = line.naturalTextRect().right(); // the line's end is selected, too
            fill(after, after + m_look.metrics.letter);
        }
    }
}

// --- over the letters ---

void CodePainter::paintCalls(const CodeRow& row, const QList<ScheduledCall>& calls)
{
    const QTextLayout* layout = row.block.layout();
    const int thickness = m_theme.px(2);
    for (const ScheduledCall& call : calls) {
        for (int i = 0; i < layout->lineCount(); ++i) {
            const QTextLine textLine = layout->lineAt(i);
            const int from = std::max(call.column, textLine.textStart());
            const int to = std::min(call.column + call.length, textLine.textStart() + textLine.textLength());
            if (from >= to)
                continue;
            const double left = textLine.cursorToX(from);
            const double bottom = row.rect.top() + (i + 1) * m_look.metrics.rowHeight - m_theme.px(1.5);
            m_painter.fillRect(
                QRectF(row.rect.left() + left, bottom - thickness, textLine.cursorToX(to) - left, thickness),
                m_theme.color(call.meaning));
        }
    }
}

void CodePainter::paintProblem(const CodeRow& row)
{
    const auto& problem = m_look.marks.problem;
    if (!problem || problem->line != row.line())
        return;
    const QTextLayout* layout = row.block.layout();
    const int last = std::max(row.block.length() - 2, 0);
    const int from = std::clamp(problem->column - 1, 0, last);
    const int to = std::max(std::min(problem->column - 1 + problem->length, row.block.length() - 1), from + 1);
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(QPen(m_theme.color(Meaning::Error), std::max(1.0, m_theme.zoom() * 1.4)));
    m_painter.setBrush(Qt::NoBrush);
    for (int i = 0; i < layout->lineCount(); ++i) {
        const QTextLine textLine = layout->lineAt(i);
        const int start = std::max(from, textLine.textStart());
        const int end = std::min(to, textLine.textStart() + std::max(textLine.textLength(), 1));
        if (start >= end)
            continue;
        const double left = row.rect.left() + textLine.cursorToX(start);
        const double right = std::max(row.rect.left() + textLine.cursorToX(end), left + m_look.metrics.letter);
        const double base = row.rect.top() + (i + 1) * m_look.metrics.rowHeight - m_theme.px(3);
        const double step = m_theme.px(3);
        QPainterPath wave({left, base});
        int n = 0;
        for (double x = left + step; x < right + step; x += step)
            wave.lineTo(std::min(x, right), base + (++n % 2 ? -step * 0.6 : step * 0.3));
        m_painter.drawPath(wave);
    }
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

void CodePainter::pill(const QRectF& rect, double radius, const QColor& ground, const QColor& edge)
{
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(edge.isValid() ? QPen(edge) : QPen(Qt::NoPen));
    m_painter.setBrush(ground);
    m_painter.drawRoundedRect(rect, radius, radius);
}

void CodePainter::paintFold(const CodeRow& row)
{
    if (const BlockData* known = BlockData::of(row.block); !known || !known->folded)
        return;
    const int lines = row.block.layout()->lineCount();
    const int rowHeight = m_look.metrics.rowHeight;
    const QRectF place((lines > 0 ? endOf(row, lines - 1) : row.rect.left()) + m_theme.px(6),
        row.rect.bottom() - rowHeight + m_theme.px(4), m_theme.px(26), rowHeight - m_theme.px(8));
    pill(place, m_theme.px(4), m_theme.sunken(), m_theme.border());
    m_painter.setPen(m_theme.secondary());
    m_painter.setFont(codeFont(m_theme));
    m_painter.drawText(place, Qt::AlignCenter, u"…"_s);
    // And how the region ends: { … });
    QTextBlock end = row.block.next();
    while (end.isValid() && !end.isVisible())
        end = end.next();
    constexpr int kMostLetters = 12;
    const QString closing = end.isValid() ? end.text().left(Highlighter::kLongestLine).trimmed().left(kMostLetters)
                                          : u""_s;
    if (!closing.isEmpty() && !closing.front().isLetterOrNumber())
        m_painter.drawText(
            QRectF(place.right() + m_theme.px(6), row.rect.bottom() - rowHeight, m_look.width, rowHeight),
            Qt::AlignLeft | Qt::AlignVCenter, closing);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

void CodePainter::paintBadge(const CodeRow& row)
{
    const LineNote* note = m_look.marks.noteAt(row.line());
    if (!note || note->badge.isEmpty())
        return;
    const QFont font = uiFont(m_theme, TypeSize::Second, QFont::Bold);
    const double left = badgeLeft(row, m_look);
    const double width = m_look.width - m_theme.px(10) - left;
    const int height = m_theme.px(18);
    const int rowHeight = m_look.metrics.rowHeight;
    // In the last row that has room for it; where none has, the code's end gives way to it.
    int free = row.block.layout()->lineCount() - 1;
    while (free > 0 && endOf(row, free) + m_theme.px(6) > left)
        --free;
    const bool room = free >= 0 && endOf(row, free) + m_theme.px(6) <= left;
    const double top = room ? row.rect.top() + free * rowHeight : row.rect.bottom() - rowHeight;
    if (!room) {
        const QColor ground = m_look.groundOf(row.line());
        m_painter.fillRect(QRectF(left - m_theme.px(6), top, m_look.width - left + m_theme.px(6), rowHeight),
            ground.isValid() ? ground : m_theme.window());
    }
    const QRectF place(left, top + (rowHeight - height) / 2.0, width, height);
    pill(place, height / 2.0, m_theme.color(note->tint.value_or(Meaning::Running)), {});
    m_painter.setPen(m_theme.window());
    m_painter.setFont(font);
    m_painter.drawText(place, Qt::AlignCenter, note->badge);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
}

// Behind the last row of the line, as far as there is room: that there are more says an ellipsis, and what they are the
// tooltip.
void CodePainter::paintValues(const CodeRow& row)
{
    const LineValues* const values = m_look.marks.valuesAt(row.line());
    const int rows = row.block.layout()->lineCount();
    const BlockData* const known = BlockData::of(row.block);
    if (!values || rows == 0 || (known && known->folded))
        return;
    constexpr double kGap = 1.5; // letters
    constexpr double kPadding = 7; // of a pill, px at 100 %
    const QFont plain = codeFont(m_theme, TypeSize::Second);
    const QFontMetricsF metrics(plain);
    const auto [left, right] = roomForValues(row, m_look);
    const double gap = kGap * metrics.averageCharWidth();
    const double rowTop = row.rect.bottom() - m_look.metrics.rowHeight;
    double x = left;
    for (qsizetype i = 0; i < values->values.size(); ++i) {
        const InlineValue& value = values->values[i];
        const bool last = i + 1 == values->values.size();
        const double room = right - x - (last ? 0 : gap + widthOfMore(m_theme));
        const double least = metrics.averageCharWidth() * 3 + (value.changed ? 2 * m_theme.px(kPadding) : 0);
        if (room < least)
            return paintMore(row, std::min(x, right - widthOfMore(m_theme)));
        if (value.changed) {
            x += paintChanged(value, {x, rowTop, room, double(m_look.metrics.rowHeight)});
        } else {
            m_painter.setFont(plain);
            m_painter.setPen(m_theme.secondary());
            const QString text = metrics.elidedText(plainText(value), Qt::ElideRight, room);
            m_painter.drawText(
                QRectF(x, rowTop, room, m_look.metrics.rowHeight), Qt::AlignLeft | Qt::AlignVCenter, text);
            x += metrics.horizontalAdvance(text);
        }
        x += gap;
    }
}

// Where the code leaves no room, its end gives way.
void CodePainter::paintMore(const CodeRow& row, double left)
{
    const int rowHeight = m_look.metrics.rowHeight;
    const QRectF place(left, row.rect.bottom() - rowHeight, widthOfMore(m_theme) + m_theme.px(2), rowHeight);
    const QColor ground = m_look.groundOf(row.line());
    m_painter.fillRect(place.adjusted(-m_theme.px(3), 0, 0, 0), ground.isValid() ? ground : m_theme.window());
    m_painter.setFont(codeFont(m_theme, TypeSize::Second));
    m_painter.setPen(m_theme.secondary());
    m_painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, u"…"_s);
}

// In a pill; how wide that is.
double CodePainter::paintChanged(const InlineValue& value, const QRectF& room)
{
    const QFont plain = codeFont(m_theme, TypeSize::Second);
    const QFont bold = codeFont(m_theme, TypeSize::Second, QFont::Bold);
    QFont struck = plain;
    struck.setStrikeOut(true);
    struct Part {
        QString text;
        QFont font;
        QColor color;
    };
    QList<Part> parts {{value.name + u' ', plain, m_theme.text()}};
    if (!value.before.isEmpty())
        parts.append({value.before, struck, m_theme.secondary()});
    parts.append({value.before.isEmpty() ? value.text : u' ' + value.text, bold, m_theme.text()});
    const auto widthOf = [](const Part& part) { return QFontMetricsF(part.font).horizontalAdvance(part.text); };
    const double padding = m_theme.px(7);
    double rest = room.width() - 2 * padding;
    const auto all = [&] {
        double width = 0;
        for (const Part& part : parts)
            width += widthOf(part);
        return width;
    };
    if (parts.size() == 3 && all() > rest) { // what it is now is worth more than what it was
        parts.removeAt(1);
        parts.back().text = value.text;
    }
    for (Part& part : parts) {
        part.text = QFontMetricsF(part.font).elidedText(part.text, Qt::ElideRight, std::max(rest, 0.0));
        rest -= widthOf(part);
    }
    const double height = m_theme.px(17);
    const QRectF place(std::floor(room.left()) + 0.5, std::floor(room.top() + (room.height() - height) / 2) + 0.5,
        std::ceil(all() + 2 * padding), height); // its edge is one px sharp
    pill(place, height / 2, m_theme.window(), m_theme.ink());
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    double x = place.left() + padding;
    for (const Part& part : parts) {
        m_painter.setFont(part.font);
        m_painter.setPen(part.color);
        m_painter.drawText(
            QRectF(x, place.top(), widthOf(part) + 1, height), Qt::AlignLeft | Qt::AlignVCenter, part.text);
        x += widthOf(part);
    }
    return place.width();
}

} // namespace bistro::ui
