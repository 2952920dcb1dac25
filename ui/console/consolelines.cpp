// How ConsoleModel makes lines of bytes.
#include "console/consolemodel.h"

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

} // namespace

void ConsoleModel::addBytes(std::size_t stream, QByteArrayView bytes, std::optional<app::Index> event)
{
    StreamState& state = m_streams[stream];
    while (!bytes.isEmpty()) {
        const void* const end = std::memchr(bytes.data(), '\n', static_cast<std::size_t>(bytes.size()));
        const qsizetype length = end ? static_cast<const char*>(end) - bytes.data() : bytes.size();
        if (end && state.open == kNone && length <= kPiece) { // most are: a whole line, which is at hand
            const Measured measured = measureLine(withoutReturn(bytes.first(length)), state.sgr);
            push(stream,
                {.where = state.told | (stream == 1 ? StoredLine::kError : 0),
                    .event = event.value_or(app::kNoEvent),
                    .length = static_cast<std::uint16_t>(length),
                    .columns = static_cast<std::uint16_t>(std::min(measured.columns, 0xFFFF))});
            state.open = kNone;
            state.sgr = measured.after;
            state.told += static_cast<std::uint64_t>(length) + 1;
            bytes = bytes.sliced(length + 1);
            continue;
        }
        if (length > 0 || state.open == kNone)
            extend(stream, length, event);
        if (!end)
            return;
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
    if (line.event != app::kNoEvent)
        m_moments.add(m_lines.size() - 1, line.event);
}

void ConsoleModel::close(std::size_t stream)
{
    measure(stream);
    m_streams[stream].open = kNone;
}

// Makes the open line longer by what follows, or begins one.
void ConsoleModel::extend(std::size_t stream, qsizetype bytes, std::optional<app::Index> event)
{
    StreamState& state = m_streams[stream];
    bool continues = false;
    do {
        if (state.open == kNone)
            push(stream,
                {.where = state.told | (stream == 1 ? StoredLine::kError : 0)
                        | (continues ? StoredLine::kContinues : 0),
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
    const Measured measured = measureLine(withoutReturn(bytes), styleAt(stream, line.offset()));
    line.columns = static_cast<std::uint16_t>(std::min(measured.columns, 0xFFFF));
    state.sgr = measured.after;
    if (state.open >= 0 && static_cast<std::size_t>(state.open) < m_published)
        m_changed.push_back(static_cast<int>(state.open));
}

} // namespace bistro::ui
