// What ConsoleModel says of a row.
#include "console/consolemodel.h"
#include "console/terminalrow.h"
#include "console/wordwrap.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// Whether what was there before still matters where these are not.
bool movesAbout(QByteArrayView bytes)
{
    return bytes.contains('\x1b') || bytes.contains('\b');
}

// Whether a row that begins so has nothing left of what it is written over.
bool coversAll(QByteArrayView bytes)
{
    if (bytes.endsWith("\x1b[K") || bytes.endsWith("\x1b[0K"))
        return !bytes.chopped(3).contains('\b') && bytes.count('\x1b') == 1;
    while (bytes.startsWith('\x1b')) {
        const Sequence sequence = sequenceAt(bytes);
        if (sequence.act == Sequence::Act::Erase)
            return sequence.amount != 1;
        if (sequence.length == 0 || (sequence.act == Sequence::Act::ToColumn && sequence.amount > 0))
            return false;
        bytes = bytes.sliced(sequence.length);
    }
    return false;
}

} // namespace

ConsoleModel::Line ConsoleModel::line(int row) const
{
    const StoredLine& stored = m_lines[static_cast<std::size_t>(row)];
    return {.stream = stored.isError() ? trace::Stream::Error : trace::Stream::Output,
        .event = stored.event,
        .continues = stored.continues(),
        .columns = stored.columns,
        .typed = stored.is(StoredLine::kTyped),
        .over = stored.is(StoredLine::kOver),
        .gone = stored.is(StoredLine::kGone),
        .frame = stored.is(StoredLine::kFrame),
        .shaped = stored.is(StoredLine::kShaped),
        .resumed = stored.is(StoredLine::kResumed)};
}

QByteArrayView ConsoleModel::peek(const StoredLine& line) const
{
    return withoutReturn(m_streams[line.stream()].spool.peek(line.offset(), line.length));
}

QByteArray ConsoleModel::bytesOf(int row) const
{
    return peek(m_lines[static_cast<std::size_t>(row)]).toByteArray();
}

ConsoleText ConsoleModel::textOf(int row) const
{
    const StoredLine& stored = m_lines[static_cast<std::size_t>(row)];
    if (stored.is(StoredLine::kOver))
        return composed(static_cast<std::size_t>(row), peek(stored));
    if (isInputEnd(row)) {
        const QString end = tr("end of input");
        ConsoleText text;
        text.columns = static_cast<int>(end.size());
        text.runs.append({.text = end, .column = 0, .columns = text.columns, .sgr = {.italic = true}, .raw = {}});
        return text;
    }
    return decodeLine(peek(stored), styleAt(stored.stream(), stored.offset()));
}

Sgr ConsoleModel::styleAt(std::size_t stream, std::uint64_t offset) const
{
    const auto& styles = m_streams[stream].styles;
    const auto behind = std::ranges::upper_bound(styles, offset, {}, &Style::offset);
    return behind == styles.begin() ? Sgr {} : std::prev(behind)->sgr;
}

// The row of the same stream before this one; null if there is none.
const StoredLine* ConsoleModel::beforeIn(std::size_t row) const
{
    const std::size_t stream = m_lines[row].stream();
    while (row-- > 0) {
        if (m_lines[row].stream() == stream)
            return &m_lines[row];
    }
    return nullptr;
}

// A row that was written over others of its line: as they all leave it.
ConsoleText ConsoleModel::composed(std::size_t row, QByteArrayView own) const
{
    constexpr std::size_t kStates = 64; // so far back; what is hidden below so many is no longer looked for
    const StoredLine& line = m_lines[row];
    const std::size_t stream = line.stream();
    const StoredLine* const last = beforeIn(row);
    if (!last || coversAll(own) || (!movesAbout(own) && measureLine(own).columns >= last->columns))
        return decodeLine(own, styleAt(stream, line.offset()));
    QList<QByteArray> states {own.toByteArray()};
    std::uint64_t first = line.offset();
    for (std::size_t at = row; m_lines[at].is(StoredLine::kOver) && at > 0 && states.size() < qsizetype {kStates};) {
        do {
            --at;
        } while (at > 0 && m_lines[at].stream() != stream);
        const StoredLine& before = m_lines[at];
        if (before.stream() != stream || before.continues())
            break;
        states.prepend(m_streams[stream].spool.read(before.offset(), before.length)); // not peek(): see extend()
        first = before.offset();
    }
    return decodeStates(states, styleAt(stream, first));
}

std::uint64_t ConsoleModel::typedAt(int row) const
{
    const StoredLine& stored = m_lines[static_cast<std::size_t>(row)];
    const auto after = std::ranges::upper_bound(m_typed, stored.offset(), {}, &decltype(m_typed)::value_type::first);
    return after == m_typed.begin() ? 0 : std::prev(after)->second;
}

bool ConsoleModel::isInputEnd(int row) const
{
    const StoredLine& stored = m_lines[static_cast<std::size_t>(row)];
    return stored.is(StoredLine::kTyped) && stored.length == 1 && peek(stored).front() == kInputEnd;
}

ConsoleModel::Overwritten ConsoleModel::overwritten(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    if (!m_lines[at].is(StoredLine::kOver) || m_lines[at].is(StoredLine::kGone))
        return {};
    const auto& states = m_streams[m_lines[at].stream()].states;
    const auto found = std::ranges::lower_bound(states, at, {}, &States::last);
    return found != states.end() && found->last == at
        ? Overwritten {.count = found->count, .first = static_cast<int>(found->first)}
        : Overwritten {};
}

int ConsoleModel::wrapped(int row, int cells) const
{
    const StoredLine& stored = m_lines[static_cast<std::size_t>(row)];
    if (stored.columns <= cells)
        return 1;
    const QByteArrayView bytes = peek(stored);
    const bool plain = !stored.is(StoredLine::kOver) && bytes.size() == stored.columns; // else it is longer or shorter
    return plain ? wrappedLines(bytes, cells) : wrappedLines(columnsOf(textOf(row)), cells);
}

} // namespace bistro::ui
