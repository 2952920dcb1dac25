#include "console/consolemodel.h"

#include <QThreadPool>

#include <algorithm>
#include <cstring>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr qsizetype kChunk = Spool::kPeek; // what is told between two looks at the clock
constexpr std::size_t kKnownBy = 256; // bytes of an event's text that it is known by
constexpr qsizetype kSearched = Spool::kPeek; // how far its bytes may lie behind where they are expected

std::size_t indexOf(trace::Stream stream)
{
    return stream == trace::Stream::Error ? 1 : 0;
}

// Of a line end as Windows writes it.
QByteArrayView withoutReturn(QByteArrayView line)
{
    return line.endsWith('\r') ? line.chopped(1) : line;
}

// Where a long line may be cut at or before this length: not within a character, and not within a colour sequence.
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

// A gigabyte of pages, and a file of that size that loses its last name, take a tenth of a second to be given back.
template <typename... Values>
void giveBack(Values... values)
{
    QThreadPool::globalInstance()->start([... kept = std::move(values)] { });
}

} // namespace

ConsoleModel::ConsoleModel(QObject* parent)
    : QAbstractListModel(parent)
{
    m_timer.setInterval(kFrame);
    connect(&m_timer, &QTimer::timeout, this, &ConsoleModel::work);
}

void ConsoleModel::restart()
{
    beginResetModel();
    giveBack(std::exchange(m_lines, {}), std::exchange(m_streams, {}), std::exchange(m_events, {}));
    m_published = 0;
    m_changed.clear();
    m_claimedFrom = SIZE_MAX;
    m_moments.clear();
    m_eventsFollow = false;
    m_behind = false;
    m_told = false;
    m_timer.stop();
    endResetModel();
}

void ConsoleModel::clear()
{
    beginResetModel();
    for (std::size_t i = 0; i < m_streams.size(); ++i) {
        StreamState& stream = m_streams[i];
        stream.cleared = stream.spool.size();
        stream.claimRow = 0;
        if (stream.open >= 0) {
            stream.hidden = m_lines[static_cast<std::size_t>(stream.open)];
            stream.open = kHidden;
        }
        if (stream.told == stream.cleared)
            close(i); // what follows is a line of its own
    }
    giveBack(std::exchange(m_lines, {}));
    m_published = 0;
    m_changed.clear();
    m_claimedFrom = SIZE_MAX;
    m_moments.clear();
    endResetModel();
    wake();
}

void ConsoleModel::wake()
{
    if (!m_timer.isActive())
        m_timer.start();
}

void ConsoleModel::receive(trace::Stream stream, QByteArrayView bytes)
{
    StreamState& state = m_streams[indexOf(stream)];
    if (!state.spool.append(bytes) && !m_told) {
        m_told = true;
        emit failed(state.spool.error());
    }
    if (!state.waiting.isValid())
        state.waiting.start();
    wake();
}

void ConsoleModel::printed(trace::Stream stream, std::uint32_t bytes, std::string_view text, app::Index event)
{
    if (m_events.empty())
        m_eventWaits.start();
    m_events.push_back({.stream = indexOf(stream),
        .left = bytes,
        .text = text.substr(0, std::min<std::size_t>({text.size(), kKnownBy, bytes})),
        .event = event});
    wake();
}

void ConsoleModel::replayed(trace::Stream stream, std::uint32_t bytes, std::string_view text, app::Index event)
{
    QByteArray shown(text.data(), static_cast<qsizetype>(text.size()));
    if (text.size() < bytes)
        shown += tr("… and %L1 more bytes, which are not in the recording").arg(bytes - text.size()).toUtf8() + '\n';
    receive(stream, shown);
    printed(stream, static_cast<std::uint32_t>(shown.size()), {}, event);
}

void ConsoleModel::setEventsFollow(bool on)
{
    m_eventsFollow = on;
    wake();
}

void ConsoleModel::setBehind(bool on)
{
    m_behind = on;
    wake();
}

void ConsoleModel::forgetEvents()
{
    giveBack(std::exchange(m_events, {}));
    setEventsFollow(false);
}

void ConsoleModel::settle()
{
    m_eventsFollow = false;
    while (workFor(std::chrono::hours(1))) { }
    publish();
    m_timer.stop();
}

void ConsoleModel::work()
{
    const bool more = workFor(kBudget);
    publish();
    if (m_behind)
        emit hungry();
    else if (!more)
        m_timer.stop();
}

// False when there is nothing to do until something comes.
bool ConsoleModel::workFor(std::chrono::nanoseconds budget)
{
    QElapsedTimer clock;
    clock.start();
    const auto isOver = [&] { return clock.durationElapsed() > budget; };
    while (!m_events.empty()) {
        if (isOver())
            return true;
        Event& event = m_events.front();
        StreamState& stream = m_streams[event.stream];
        const std::uint64_t received = stream.spool.size();
        const std::uint64_t there = received - stream.claimed;
        if (!event.text.empty()) { // are they the bytes that come next?
            const bool impatient = !m_eventsFollow || m_eventWaits.durationElapsed() > kPatience;
            if (there < event.text.size() && !impatient)
                return true;
            const QByteArrayView wanted(event.text.data(), static_cast<qsizetype>(event.text.size()));
            qsizetype found = 0;
            if (stream.spool.peek(stream.claimed, wanted.size()) != wanted) { // mostly they are: no more is read then
                const QByteArrayView bytes = stream.spool.peek(stream.claimed, kSearched);
                found = bytes.indexOf(wanted);
                if (found < 0) {
                    if (stream.claimed + kSearched <= stream.told) { // a long stretch of somebody else's, told already
                        stream.claimed += static_cast<std::uint64_t>(kSearched) - event.text.size();
                        passTold(event.stream);
                        continue;
                    }
                    if (!impatient && bytes.size() < kSearched)
                        return true;
                    m_events.pop_front(); // it never came through the pipe
                    m_eventWaits.start();
                    continue;
                }
            }
            if (found > 0) { // somebody else's come first
                const std::uint64_t others = stream.claimed + static_cast<std::uint64_t>(found);
                if (others > stream.told)
                    tell(event.stream, others - stream.told, {});
                stream.claimed = others;
                passTold(event.stream);
            }
            event.text = {};
            continue;
        }
        const std::uint64_t take = std::min<std::uint64_t>({event.left, there, static_cast<std::uint64_t>(kChunk)});
        if (take == 0 && event.left > 0) {
            if (m_eventsFollow && m_eventWaits.durationElapsed() <= kPatience)
                return true;
            m_events.pop_front();
            m_eventWaits.start();
            continue;
        }
        const std::uint64_t from = stream.claimed;
        stream.claimed += take;
        if (from < stream.told)
            claimTold(event.stream, from, std::min(stream.claimed, stream.told), event.event);
        if (stream.claimed > stream.told)
            tell(event.stream, stream.claimed - stream.told, event.event);
        event.left -= static_cast<std::uint32_t>(take);
        if (take > 0)
            m_eventWaits.start();
        if (event.left == 0)
            m_events.pop_front();
    }
    bool more = false;
    for (std::size_t i = 0; i < m_streams.size(); ++i) {
        StreamState& stream = m_streams[i];
        while (stream.told < stream.spool.size()) {
            if (m_eventsFollow && stream.waiting.durationElapsed() <= kPatience) {
                more = true;
                break;
            }
            if (isOver())
                return true;
            tell(i, std::min<std::uint64_t>(stream.spool.size() - stream.told, kChunk), {});
        }
        if (stream.told == stream.spool.size())
            stream.waiting.invalidate();
    }
    return more;
}

void ConsoleModel::tell(std::size_t stream, std::uint64_t bytes, std::optional<app::Index> event)
{
    StreamState& state = m_streams[stream];
    state.waiting.start();
    while (bytes > 0) {
        std::uint64_t most = std::min<std::uint64_t>(bytes, kChunk);
        if (state.told < state.cleared)
            most = std::min(most, state.cleared - state.told);
        const std::uint64_t before = state.told;
        const QByteArrayView part = state.spool.peek(state.told, static_cast<qsizetype>(most));
        if (part.isEmpty()) // cannot be read back: leave it out
            state.told += bytes;
        else
            addBytes(stream, part, event);
        if (before < state.cleared && state.told >= state.cleared)
            close(stream); // what was cleared ends here, in the middle of a line or not
        bytes -= state.told - before;
    }
}

void ConsoleModel::addBytes(std::size_t stream, QByteArrayView bytes, std::optional<app::Index> event)
{
    StreamState& state = m_streams[stream];
    while (!bytes.isEmpty()) {
        const void* const end = std::memchr(bytes.data(), '\n', static_cast<std::size_t>(bytes.size()));
        const qsizetype length = end ? static_cast<const char*>(end) - bytes.data() : bytes.size();
        if (end && state.open == kNone && length <= kPiece) { // most are: a whole line, which is at hand
            const Measured measured = measureLine(withoutReturn(bytes.first(length)), state.sgr);
            push(stream,
                {.where = state.told | (stream == 1 ? kError : 0),
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
void ConsoleModel::push(std::size_t stream, const Stored& line)
{
    StreamState& state = m_streams[stream];
    const Sgr before = state.styles.empty() ? Sgr {} : state.styles.back().sgr;
    if (!(before == state.sgr))
        state.styles.push_back({.offset = offsetOf(line), .sgr = state.sgr});
    if (offsetOf(line) < state.cleared) {
        state.hidden = line;
        state.open = kHidden;
        return;
    }
    m_lines.push_back(line);
    state.open = static_cast<std::ptrdiff_t>(m_lines.size()) - 1;
    if (line.event != app::kNoEvent)
        hasMoment(m_lines.size() - 1, line.event);
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
                {.where = state.told | (stream == 1 ? kError : 0) | (continues ? kContinues : 0),
                    .event = event.value_or(app::kNoEvent),
                    .length = 0,
                    .columns = 0});
        Stored& line = openLine(state);
        const qsizetype room = kPiece - line.length;
        state.openChanged = true;
        if (bytes <= room) {
            line.length = static_cast<std::uint16_t>(line.length + bytes);
            state.told += static_cast<std::uint64_t>(bytes);
            return;
        }
        const QByteArray whole = state.spool.read(
            offsetOf(line), kPiece + 1); // not peek(): the caller holds what that has given
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
    Stored& line = openLine(state);
    const QByteArray bytes = state.spool.read(offsetOf(line), line.length);
    const Measured measured = measureLine(withoutReturn(bytes), styleAt(stream, offsetOf(line)));
    line.columns = static_cast<std::uint16_t>(std::min(measured.columns, 0xFFFF));
    state.sgr = measured.after;
    if (state.open >= 0 && static_cast<std::size_t>(state.open) < m_published)
        m_changed.push_back(static_cast<int>(state.open));
}

void ConsoleModel::hasMoment(std::size_t row, app::Index event)
{
    const std::size_t block = row / kBlock;
    const auto at = m_moments.empty() || m_moments.back().block < block
        ? m_moments.end()
        : std::ranges::lower_bound(m_moments, block, {}, &Moments::block);
    if (at == m_moments.end() || at->block != block) {
        m_moments.insert(at, {.block = block, .first = event, .last = event});
        return;
    }
    at->first = std::min(at->first, event);
    at->last = std::max(at->last, event);
}

// Whether the rows keep the order of events when this one has that event: rowAt() needs it.
bool ConsoleModel::fitsBetween(std::size_t row, app::Index event) const
{
    const std::size_t block = row / kBlock;
    const auto known = [this](std::size_t at) { return m_lines[at].event != app::kNoEvent; };
    const auto own = std::ranges::lower_bound(m_moments, block, {}, &Moments::block);
    const bool hasOwn = own != m_moments.end() && own->block == block;
    std::size_t before = row;
    while (hasOwn && before > block * kBlock && !known(before - 1))
        --before;
    if (hasOwn && before > block * kBlock) {
        if (m_lines[before - 1].event > event)
            return false;
    } else if (own != m_moments.begin() && std::prev(own)->last > event) {
        return false;
    }
    const std::size_t end = std::min((block + 1) * kBlock, m_lines.size());
    std::size_t behind = row + 1;
    while (hasOwn && behind < end && !known(behind))
        ++behind;
    if (hasOwn && behind < end)
        return m_lines[behind].event >= event;
    const auto next = hasOwn ? std::next(own) : own;
    return next == m_moments.end() || next->first >= event;
}

// Rows that begin in what has been claimed are not asked again.
void ConsoleModel::passTold(std::size_t stream)
{
    StreamState& state = m_streams[stream];
    const auto isPassed = [&](const Stored& line) {
        return ((line.where & kError) != 0) != (stream == 1) || offsetOf(line) < state.claimed;
    };
    while (state.claimRow < m_lines.size() && isPassed(m_lines[state.claimRow]))
        ++state.claimRow;
}

// An event has come later than its bytes were told.
void ConsoleModel::claimTold(std::size_t stream, std::uint64_t from, std::uint64_t to, app::Index event)
{
    StreamState& state = m_streams[stream];
    for (; state.claimRow < m_lines.size(); ++state.claimRow) {
        const std::size_t row = state.claimRow;
        Stored& line = m_lines[row];
        if (((line.where & kError) != 0) != (stream == 1) || offsetOf(line) < from)
            continue;
        if (offsetOf(line) >= to)
            break;
        if (line.event != app::kNoEvent || !fitsBetween(row, event))
            continue;
        line.event = event;
        hasMoment(row, event);
        if (row < m_published)
            m_claimedFrom = std::min(m_claimedFrom, row);
    }
}

void ConsoleModel::publish()
{
    for (std::size_t i = 0; i < m_streams.size(); ++i)
        measure(i);
    const std::size_t before = m_published;
    if (m_lines.size() > m_published) {
        beginInsertRows({}, static_cast<int>(m_published), static_cast<int>(m_lines.size()) - 1);
        m_published = m_lines.size();
        endInsertRows();
    }
    for (const int row : std::exchange(m_changed, {}))
        emit dataChanged(index(row), index(row), {Qt::DisplayRole, Qt::AccessibleTextRole});
    if (const std::size_t from = std::exchange(m_claimedFrom, SIZE_MAX); from < before)
        emit dataChanged(index(static_cast<int>(from)), index(static_cast<int>(before) - 1), {EventRole});
}

int ConsoleModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_published);
}

QVariant ConsoleModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    switch (role) {
    case Qt::DisplayRole: return textOf(index.row()).plain();
    case Qt::AccessibleTextRole: {
        const QString text = textOf(index.row()).plain();
        return line(index.row()).stream == trace::Stream::Error ? tr("error output: %1").arg(text) : text;
    }
    case EventRole: return line(index.row()).event == app::kNoEvent ? QVariant() : QVariant(line(index.row()).event);
    case ErrorStreamRole: return line(index.row()).stream == trace::Stream::Error;
    default: return {};
    }
}

ConsoleModel::Line ConsoleModel::line(int row) const
{
    const Stored& stored = m_lines[static_cast<std::size_t>(row)];
    return {.stream = (stored.where & kError) != 0 ? trace::Stream::Error : trace::Stream::Output,
        .event = stored.event,
        .continues = (stored.where & kContinues) != 0,
        .columns = stored.columns};
}

QByteArray ConsoleModel::bytesOf(int row) const
{
    const Stored& stored = m_lines[static_cast<std::size_t>(row)];
    return withoutReturn(m_streams[(stored.where & kError) != 0 ? 1 : 0].spool.peek(offsetOf(stored), stored.length))
        .toByteArray();
}

ConsoleText ConsoleModel::textOf(int row) const
{
    const Stored& stored = m_lines[static_cast<std::size_t>(row)];
    const std::size_t stream = (stored.where & kError) != 0 ? 1 : 0;
    return decodeLine(withoutReturn(m_streams[stream].spool.peek(offsetOf(stored), stored.length)),
        styleAt(stream, offsetOf(stored)));
}

Sgr ConsoleModel::styleAt(std::size_t stream, std::uint64_t offset) const
{
    const auto& styles = m_streams[stream].styles;
    const auto behind = std::ranges::upper_bound(styles, offset, {}, &Style::offset);
    return behind == styles.begin() ? Sgr {} : std::prev(behind)->sgr;
}

std::optional<int> ConsoleModel::rowAt(app::Index place) const
{
    const auto behind = std::ranges::partition_point(
        m_moments, [place](const Moments& block) { return block.first < place; });
    for (auto block = behind; block != m_moments.begin();) {
        --block;
        for (std::size_t row = std::min((block->block + 1) * kBlock, m_published); row-- > block->block * kBlock;) {
            if (m_lines[row].event != app::kNoEvent && m_lines[row].event < place)
                return static_cast<int>(row);
        }
    }
    return {};
}

std::size_t ConsoleModel::memory() const
{
    std::size_t bytes = m_lines.capacity() * sizeof(Stored) + m_events.size() * sizeof(Event)
        + m_moments.capacity() * sizeof(Moments);
    for (const StreamState& stream : m_streams)
        bytes += stream.styles.capacity() * sizeof(Style);
    return bytes;
}

} // namespace bistro::ui
