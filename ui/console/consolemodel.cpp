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
constexpr qsizetype kSearched = Spool::kPeek; // how far its bytes may lie after where they are expected

std::size_t indexOf(trace::Stream stream)
{
    return stream == trace::Stream::Error ? 1 : 0;
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
    m_typed.clear();
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
        stream.states.clear();
        stream.over = stream.resumed = false;
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

void ConsoleModel::typed(QByteArrayView bytes, std::optional<app::Index> event, std::uint64_t time)
{
    if (!m_eventsFollow) // what has come so far was printed before
        (void)workFor(kFrame);
    constexpr std::size_t kInput = 2;
    StreamState& state = m_streams[kInput];
    m_typed.emplace_back(state.spool.size(), time);
    (void)state.spool.append(bytes);
    if (m_events.empty())
        m_eventWaits.start();
    m_events.push_back({.stream = kInput,
        .left = static_cast<std::uint32_t>(bytes.size()),
        .text = {},
        .event = event.value_or(app::kNoEvent)});
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

// Rows that begin in what has been claimed are not asked again.
void ConsoleModel::passTold(std::size_t stream)
{
    StreamState& state = m_streams[stream];
    const auto isPassed = [&](const StoredLine& line) {
        return line.stream() != stream || line.offset() < state.claimed;
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
        StoredLine& line = m_lines[row];
        if (line.stream() != stream || line.offset() < from)
            continue;
        if (line.offset() >= to)
            break;
        if (line.event != app::kNoEvent || !m_moments.fits(m_lines, row, event))
            continue;
        line.event = event;
        m_moments.add(row, event);
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
        const Line its = line(index.row());
        if (its.typed)
            return isInputEnd(index.row()) ? text : tr("typed: %1").arg(text);
        return its.stream == trace::Stream::Error ? tr("error output: %1").arg(text) : text;
    }
    case EventRole: return line(index.row()).event == app::kNoEvent ? QVariant() : QVariant(line(index.row()).event);
    case ErrorStreamRole: return line(index.row()).stream == trace::Stream::Error;
    default: return {};
    }
}

std::optional<int> ConsoleModel::rowAt(app::Index place) const
{
    return m_moments.lastBefore(m_lines, m_published, place);
}

std::size_t ConsoleModel::memory() const
{
    std::size_t bytes = m_lines.capacity() * sizeof(StoredLine) + m_events.size() * sizeof(Event) + m_moments.bytes();
    for (const StreamState& stream : m_streams)
        bytes += stream.styles.capacity() * sizeof(Style) + stream.states.capacity() * sizeof(States);
    return bytes;
}

} // namespace bistro::ui
