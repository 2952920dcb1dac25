// How ConsoleModel makes lines of bytes.
#include "console/consolelinks.h"
#include "console/consolemodel.h"
#include "console/terminalrow.h"

#include <algorithm>
#include <cstring>

namespace bistro::ui {
namespace {

// Where a long line may be cut at or before this length: not within a character, and not within a color sequence.
qsizetype cutAt(QByteArrayView bytes, qsizetype length)
{
    qsizetype cut = length;
    while (cut > length - 4 && (static_cast<uchar>(bytes[cut]) & 0xC0) == 0x80)
        --cut;
    constexpr qsizetype sequence = 24;
    for (qsizetype i = cut - 1; i > cut - sequence; --i) {
        if (bytes[i] == 'm')
            break;
        if (bytes[i] == '\x1b')
            return i;
    }
    return cut;
}

// Of a row's bytes, up to where it begins anew or to their end.
struct Stretch {
    qsizetype length = 0;
    bool text = false; // there are letters in the row by then
    bool over = false;
};

bool erasesAll(QByteArrayView sequence)
{
    return sequence.startsWith("\x1b[2K") || sequence.startsWith("\x1b[1G") || sequence.startsWith("\x1b[G")
        || sequence.startsWith("\x1b[0G");
}

Stretch stretchOf(QByteArrayView bytes, bool text)
{
    const qsizetype size = bytes.size();
    const bool plain = size == 0
        || (std::memchr(bytes.data(), '\r', static_cast<std::size_t>(size)) == nullptr
            && std::memchr(bytes.data(), '\x1b', static_cast<std::size_t>(size)) == nullptr);
    if (plain)
        return {.length = size, .text = text || size > 0, .over = false};
    for (qsizetype i = 0; i < size; ++i) {
        if (bytes[i] == '\r') {
            qsizetype end = i;
            while (end < size && bytes[end] == '\r')
                ++end;
            if (text && end < size)
                return {.length = end, .text = true, .over = true};
            i = end - 1;
        } else if (bytes[i] == '\x1b') {
            const QByteArrayView rest = bytes.sliced(i);
            if (text && erasesAll(rest))
                return {.length = i, .text = true, .over = true};
            i += std::max<qsizetype>(sequenceAt(rest).length, 1) - 1;
        } else {
            text = true;
        }
    }
    return {.length = size, .text = text, .over = false};
}

// Whether what was there before still matters where these are not.
bool movesAbout(QByteArrayView bytes)
{
    return bytes.contains('\x1b') || bytes.contains('\b');
}

std::uint64_t flagsOf(std::size_t stream)
{
    return stream == 2 ? StoredLine::kTyped : stream == 1 ? StoredLine::kError : 0;
}

} // namespace

void ConsoleModel::addBytes(std::size_t stream, QByteArrayView bytes, std::optional<app::Index> event)
{
    StreamState& state = m_streams[stream];
    if (stream == 2 && state.open == kNone)
        breakOff();
    while (!bytes.isEmpty()) {
        if (state.returned && bytes[0] != '\n' && bytes[0] != '\r')
            beginOver(stream);
        state.returned = false;
        const void* const end = std::memchr(bytes.data(), '\n', static_cast<std::size_t>(bytes.size()));
        const qsizetype length = end ? static_cast<const char*>(end) - bytes.data() : bytes.size();
        const Stretch stretch = stretchOf(bytes.first(length), state.open != kNone && state.text);
        if (stretch.over) { // within the line its row begins anew
            extend(stream, stretch.length, event);
            beginOver(stream);
            bytes = bytes.sliced(stretch.length);
            continue;
        }
        if (end && state.open == kNone && length <= kPiece) { // most are: a whole line, which is at hand
            const QByteArrayView own = withoutReturn(bytes.first(length));
            const Measured found = measureLine(own, state.sgr);
            push(stream,
                {.where = state.told | flagsOf(stream),
                    .event = event.value_or(app::kNoEvent),
                    .length = static_cast<std::uint16_t>(length),
                    .columns = 0});
            measured(stream, openLine(state), own, found);
            state.open = kNone;
            state.told += static_cast<std::uint64_t>(length) + 1;
            bytes = bytes.sliced(length + 1);
            continue;
        }
        if (length > 0 || state.open == kNone)
            extend(stream, length, event);
        state.text = stretch.text;
        if (!end) {
            state.returned = bytes[length - 1] == '\r';
            return;
        }
        close(stream);
        ++state.told; // the line's end
        bytes = bytes.sliced(length + 1);
    }
}

// Begins a line, which is the open one then.
void ConsoleModel::push(std::size_t stream, const StoredLine& line)
{
    StreamState& state = m_streams[stream];
    const Sgr before = state.styles.empty() ? Sgr {} : state.styles.back().sgr;
    if (!(before == state.sgr))
        state.styles.push_back({.offset = line.offset(), .sgr = state.sgr});
    if (line.offset() < state.cleared) {
        state.hidden = line;
        state.open = kHidden;
        return;
    }
    m_lines.push_back(line);
    state.open = static_cast<std::ptrdiff_t>(m_lines.size()) - 1;
    StoredLine& pushed = m_lines[m_lines.size() - 1];
    pushed.set(StoredLine::kResumed, std::exchange(state.resumed, false));
    if (std::exchange(state.over, false)) {
        pushed.set(StoredLine::kOver, true);
        state.states.back().last = m_lines.size() - 1;
    }
    if (line.event != app::kNoEvent)
        m_moments.add(m_lines.size() - 1, line.event);
}

// What follows is written over what the open row shows.
void ConsoleModel::beginOver(std::size_t stream)
{
    StreamState& state = m_streams[stream];
    const std::ptrdiff_t open = state.open;
    close(stream);
    state.returned = state.text = false;
    if (open < 0)
        return;
    auto row = static_cast<std::size_t>(open);
    for (;; --row) { // with all its pieces
        StoredLine& line = m_lines[row];
        if (line.stream() != stream)
            continue;
        line.set(StoredLine::kGone, true);
        if (row < m_published)
            m_changed.push_back(static_cast<int>(row));
        if (!line.continues() || row == 0)
            break;
    }
    if (!m_lines[row].is(StoredLine::kOver))
        state.states.push_back({.first = row, .last = row, .count = 0});
    ++state.states.back().count;
    state.over = true;
}

// Somebody types: lines that have no end yet go on after that.
void ConsoleModel::breakOff()
{
    for (std::size_t stream = 0; stream < 2; ++stream) {
        StreamState& state = m_streams[stream];
        if (state.open < 0)
            continue;
        close(stream);
        state.resumed = true;
        state.returned = state.text = false;
    }
}

void ConsoleModel::close(std::size_t stream)
{
    measure(stream);
    m_streams[stream].open = kNone;
    m_streams[stream].text = false;
}

// Makes the open line longer by what follows, or begins one.
void ConsoleModel::extend(std::size_t stream, qsizetype bytes, std::optional<app::Index> event)
{
    StreamState& state = m_streams[stream];
    bool continues = false;
    do {
        if (state.open == kNone)
            push(stream,
                {.where = state.told | flagsOf(stream) | (continues ? StoredLine::kContinues : 0),
                    .event = event.value_or(app::kNoEvent),
                    .length = 0,
                    .columns = 0});
        StoredLine& line = openLine(state);
        const qsizetype room = kPiece - line.length;
        state.openChanged = true;
        if (bytes <= room) {
            line.length = static_cast<std::uint16_t>(line.length + bytes);
            state.told += static_cast<std::uint64_t>(bytes);
            return;
        }
        const QByteArray whole = state.spool.read(
            line.offset(), kPiece + 1); // not peek(): the caller holds what that has given
        const qsizetype cut = whole.size() > kPiece ? std::max<qsizetype>(cutAt(whole, kPiece), line.length)
                                                    : whole.size();
        const qsizetype added = cut - line.length;
        line.length = static_cast<std::uint16_t>(cut);
        state.told += static_cast<std::uint64_t>(added);
        bytes -= added;
        close(stream);
        continues = true;
    } while (bytes > 0);
}

// Of the open line, which ends or is about to be shown.
void ConsoleModel::measure(std::size_t stream)
{
    StreamState& state = m_streams[stream];
    if (state.open == kNone || !state.openChanged)
        return;
    state.openChanged = false;
    StoredLine& line = openLine(state);
    const QByteArray bytes = state.spool.read(line.offset(), line.length);
    const QByteArrayView own = withoutReturn(bytes);
    measured(stream, line, own, measureLine(own, styleAt(stream, line.offset())));
    if (state.open >= 0 && static_cast<std::size_t>(state.open) < m_published)
        m_changed.push_back(static_cast<int>(state.open));
}

// What is known of a row once its bytes are.
void ConsoleModel::measured(std::size_t stream, StoredLine& line, QByteArrayView bytes, const Measured& found)
{
    StreamState& state = m_streams[stream];
    state.sgr = found.after;
    int columns = found.columns;
    bool shaped = found.shaped;
    if (line.is(StoredLine::kOver) && state.open >= 0) {
        const auto row = static_cast<std::size_t>(state.open);
        if (movesAbout(bytes)) {
            const ConsoleText text = composed(row, bytes);
            columns = text.columns;
            shaped = text.shaped;
        } else if (const StoredLine* const before = beforeIn(row)) {
            columns = std::max(columns, int {before->columns});
            shaped = shaped || (columns > found.columns && before->is(StoredLine::kShaped));
        }
    }
    line.columns = static_cast<std::uint16_t>(std::min(columns, 0xFFFF));
    line.set(StoredLine::kShaped, shaped);
    line.set(StoredLine::kFrame, bytes.startsWith("    ") && !line.continues() && isForeignFrame(bytes));
}

} // namespace bistro::ui
