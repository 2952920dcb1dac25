#include "console/consolemodel.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr qsizetype kChunk = 256 * 1024;
constexpr std::size_t kKnownBy = 256; // bytes of an event's text that it is known by
constexpr qsizetype kSearched = 64 * 1024; // how far its bytes may lie behind where they are expected

std::size_t indexOf(trace::Stream stream) { return stream == trace::Stream::Error ? 1 : 0; }

// Of a line end as Windows writes it.
QByteArray withoutReturn(QByteArray line)
{
    if (line.endsWith('\r'))
        line.chop(1);
    return line;
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
    m_lines = {};
    m_published = 0;
    m_changedFrom = SIZE_MAX;
    m_lastEvent = app::kNoEvent;
    m_streams = {};
    m_events.clear();
    m_eventsFollow = false;
    m_told = false;
    m_timer.stop();
    endResetModel();
}

void ConsoleModel::clear()
{
    settle();
    beginResetModel();
    m_lines = {};
    m_published = 0;
    m_changedFrom = SIZE_MAX;
    for (StreamState& stream : m_streams) {
        stream.open = -1;
        stream.openChanged = false;
    }
    endResetModel();
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
    m_events.push_back({.stream = indexOf(stream), .left = bytes, .text = text.substr(0, std::min<std::size_t>({text.size(), kKnownBy, bytes})), .event = event});
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

void ConsoleModel::forgetEvents()
{
    settle();
    m_events.clear();
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
    if (!more)
        m_timer.stop();
}

// False when there is nothing to do until something comes.
bool ConsoleModel::workFor(std::chrono::nanoseconds budget)
{
    QElapsedTimer clock;
    clock.start();
    const auto left = [&] { return budget - std::chrono::nanoseconds(clock.nsecsElapsed()); };
    while (!m_events.empty()) {
        Event& event = m_events.front();
        StreamState& stream = m_streams[event.stream];
        const std::uint64_t received = stream.spool.size();
        const std::uint64_t there = received - stream.claimed;
        if (!event.text.empty()) { // are they the bytes that come next?
            const bool impatient = !m_eventsFollow || m_eventWaits.durationElapsed() > kPatience;
            if (there < event.text.size() && !impatient)
                return true;
            const QByteArray bytes = stream.spool.read(stream.claimed, kSearched);
            qsizetype found = 0;
            if (std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())).starts_with(event.text))
                found = 0;
            else
                found = QByteArrayView(bytes).indexOf(QByteArrayView(event.text.data(), static_cast<qsizetype>(event.text.size())));
            if (found < 0) {
                if (stream.claimed + kSearched <= stream.told) { // a long stretch of somebody else's, told already
                    stream.claimed += static_cast<std::uint64_t>(kSearched) - event.text.size();
                    continue;
                }
                if (!impatient && bytes.size() < kSearched)
                    return true;
                m_events.pop_front(); // it never came through the pipe
                m_eventWaits.start();
                continue;
            }
            if (found > 0) { // somebody else's come first
                const std::uint64_t others = stream.claimed + static_cast<std::uint64_t>(found);
                if (others > stream.told)
                    tell(event.stream, others - stream.told, {});
                stream.claimed = others;
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
        if (left().count() <= 0)
            return true;
    }
    bool more = false;
    for (std::size_t i = 0; i < m_streams.size(); ++i) {
        StreamState& stream = m_streams[i];
        while (stream.told < stream.spool.size()) {
            if (m_eventsFollow && stream.waiting.durationElapsed() <= kPatience) {
                more = true;
                break;
            }
            tell(i, std::min<std::uint64_t>(stream.spool.size() - stream.told, kChunk), {});
            if (left().count() <= 0)
                return true;
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
        const QByteArray part = state.spool.read(state.told, static_cast<qsizetype>(std::min<std::uint64_t>(bytes, kChunk)));
        if (part.isEmpty()) { // cannot be read back: leave it out
            state.told += bytes;
            return;
        }
        addBytes(stream, part, event);
        bytes -= static_cast<std::uint64_t>(part.size());
    }
}

void ConsoleModel::addBytes(std::size_t stream, QByteArrayView bytes, std::optional<app::Index> event)
{
    StreamState& state = m_streams[stream];
    while (!bytes.isEmpty()) {
        const void* const end = std::memchr(bytes.data(), '\n', static_cast<std::size_t>(bytes.size()));
        const qsizetype length = end ? static_cast<const char*>(end) - bytes.data() : bytes.size();
        if (length > 0 || state.open < 0)
            extend(stream, length, event);
        if (!end)
            return;
        measure(stream);
        state.open = -1;
        ++state.told; // the line's end
        bytes = bytes.sliced(length + 1);
    }
}

// Makes the open line longer by what follows, or begins one.
void ConsoleModel::extend(std::size_t stream, qsizetype bytes, std::optional<app::Index> event)
{
    StreamState& state = m_streams[stream];
    if (event)
        m_lastEvent = *event;
    bool continues = false;
    do {
        if (state.open < 0) {
            m_lines.push_back({.where = state.told | (stream == 1 ? kError : 0) | (continues ? kContinues : 0) | (event ? 0 : kNoMoment), .event = m_lastEvent, .length = 0, .columns = 0});
            state.open = static_cast<std::ptrdiff_t>(m_lines.size()) - 1;
            const Sgr before = state.styles.empty() ? Sgr {} : state.styles.back().sgr;
            if (!(before == state.sgr))
                state.styles.push_back({.offset = state.told, .sgr = state.sgr});
        }
        Stored& line = m_lines[static_cast<std::size_t>(state.open)];
        const qsizetype room = kPiece - line.length;
        state.openChanged = true;
        if (bytes <= room) {
            line.length = static_cast<std::uint16_t>(line.length + bytes);
            state.told += static_cast<std::uint64_t>(bytes);
            return;
        }
        const QByteArray whole = state.spool.read(offsetOf(line), kPiece + 1);
        const qsizetype cut = whole.size() > kPiece ? std::max<qsizetype>(cutAt(whole, kPiece), line.length) : whole.size();
        const qsizetype added = cut - line.length;
        line.length = static_cast<std::uint16_t>(cut);
        state.told += static_cast<std::uint64_t>(added);
        bytes -= added;
        measure(stream);
        state.open = -1;
        continues = true;
    } while (bytes > 0);
}

// Of the open line, which ends or is about to be shown.
void ConsoleModel::measure(std::size_t stream)
{
    StreamState& state = m_streams[stream];
    if (state.open < 0 || !state.openChanged)
        return;
    state.openChanged = false;
    const auto row = static_cast<std::size_t>(state.open);
    Stored& line = m_lines[row];
    const Measured measured = measureLine(withoutReturn(state.spool.read(offsetOf(line), line.length)), styleAt(stream, offsetOf(line)));
    line.columns = static_cast<std::uint16_t>(std::min(measured.columns, 0xFFFF));
    state.sgr = measured.after;
    if (row < m_published)
        m_changedFrom = std::min(m_changedFrom, row);
}

// An event has come later than its bytes were told.
void ConsoleModel::claimTold(std::size_t stream, std::uint64_t from, std::uint64_t to, app::Index event)
{
    for (std::size_t row = m_lines.size(); row-- > 0;) {
        Stored& line = m_lines[row];
        if (((line.where & kError) != 0) != (stream == 1))
            continue;
        const std::uint64_t offset = offsetOf(line);
        if (offset < from)
            break;
        if (offset >= to || (line.where & kNoMoment) == 0)
            continue;
        const bool ordered = row == 0 || m_lines[row - 1].event == app::kNoEvent || m_lines[row - 1].event <= event;
        if (!ordered || (row + 1 < m_lines.size() && m_lines[row + 1].event != app::kNoEvent && m_lines[row + 1].event < event && (m_lines[row + 1].where & kNoMoment) == 0))
            continue; // rowAt() needs them in order
        line.event = event;
        line.where &= ~kNoMoment;
        for (std::size_t next = row + 1; next < m_lines.size() && (m_lines[next].where & kNoMoment) != 0; ++next)
            m_lines[next].event = event;
        m_lastEvent = m_lastEvent == app::kNoEvent ? event : std::max(m_lastEvent, event);
        if (row < m_published)
            m_changedFrom = std::min(m_changedFrom, row);
    }
}

void ConsoleModel::publish()
{
    for (std::size_t i = 0; i < m_streams.size(); ++i)
        measure(i);
    if (m_lines.size() > m_published) {
        beginInsertRows({}, static_cast<int>(m_published), static_cast<int>(m_lines.size()) - 1);
        const std::size_t before = m_published;
        m_published = m_lines.size();
        endInsertRows();
        if (m_changedFrom < before)
            emit dataChanged(index(static_cast<int>(m_changedFrom)), index(static_cast<int>(before) - 1));
    } else if (m_changedFrom < m_published) {
        emit dataChanged(index(static_cast<int>(m_changedFrom)), index(static_cast<int>(m_published) - 1));
    }
    m_changedFrom = SIZE_MAX;
}

int ConsoleModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_published); }

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
    return {.stream = (stored.where & kError) != 0 ? trace::Stream::Error : trace::Stream::Output, .event = (stored.where & kNoMoment) != 0 ? app::kNoEvent : stored.event,
        .continues = (stored.where & kContinues) != 0, .columns = stored.columns};
}

QByteArray ConsoleModel::bytesOf(int row) const
{
    const Stored& stored = m_lines[static_cast<std::size_t>(row)];
    return withoutReturn(m_streams[(stored.where & kError) != 0 ? 1 : 0].spool.read(offsetOf(stored), stored.length));
}

ConsoleText ConsoleModel::textOf(int row) const
{
    const Stored& stored = m_lines[static_cast<std::size_t>(row)];
    return decodeLine(bytesOf(row), styleAt((stored.where & kError) != 0 ? 1 : 0, offsetOf(stored)));
}

Sgr ConsoleModel::styleAt(std::size_t stream, std::uint64_t offset) const
{
    const auto& styles = m_streams[stream].styles;
    const auto behind = std::ranges::upper_bound(styles, offset, {}, &Style::offset);
    return behind == styles.begin() ? Sgr {} : std::prev(behind)->sgr;
}

std::optional<int> ConsoleModel::rowAt(app::Index place) const
{
    const auto lines = std::span(m_lines).first(m_published);
    const auto behind = std::ranges::partition_point(lines, [place](const Stored& line) { return line.event == app::kNoEvent || line.event < place; });
    for (auto row = behind; row != lines.begin();) {
        --row;
        if (row->event == app::kNoEvent)
            return {};
        if ((row->where & kNoMoment) == 0)
            return static_cast<int>(row - lines.begin());
    }
    return {};
}

std::size_t ConsoleModel::memory() const
{
    std::size_t bytes = m_lines.capacity() * sizeof(Stored) + m_events.size() * sizeof(Event);
    for (const StreamState& stream : m_streams)
        bytes += stream.styles.capacity() * sizeof(Style);
    return bytes;
}

} // namespace bistro::ui
