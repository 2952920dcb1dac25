#include "panels/calltreemodel.h"

#include "panels/panelwords.h"
#include "panels/stacklines.h"
#include "panels/valuewords.h"
#include "trace/views.h"

#include <algorithm>
#include <ranges>

namespace bistro::ui {

using namespace Qt::StringLiterals;

CallbackShown callbackAt(const Moment& moment)
{
    constexpr int kLooked = 200; // callbacks without a function of the program's
    const std::span<const app::Index> starts = moment.log->outermostStarts();
    auto start = std::ranges::lower_bound(starts, moment.place);
    app::Index until = start == starts.end() ? moment.lines->seen() : *start;
    for (int looked = 0; start != starts.begin() && looked < kLooked; ++looked) {
        --start;
        if (!moment.lines->callsBetween(*start, until).empty())
            return {.from = *start, .until = until};
        until = *start;
    }
    // A trace that begins in the middle of one.
    if (start == starts.begin() && until > 0 && !moment.lines->callsBetween(0, until).empty())
        return {.from = 0, .until = until};
    return {};
}

CallEndShown endOf(const app::Lines& lines, trace::CallId call, app::Place place)
{
    using How = CallEndShown::How;
    const app::TraceLog& log = lines.log();
    QString thrown;
    for (const app::Index turn : lines.turnsOf(call) | std::views::reverse) {
        const trace::Record event = log.event(turn);
        if (turn >= place)
            continue;
        if (event.kind == trace::EventKind::CallEntered)
            return {.how = How::Runs, .text = Panels::tr("runs", "a function that has not returned yet")};
        if (event.kind != trace::EventKind::CallLeft)
            continue;
        const auto left = trace::as<trace::events::CallLeft>(event);
        switch (left.end) {
        case trace::CallEnd::Awaits:
        case trace::CallEnd::Yields: return {.how = How::Aside, .text = Panels::tr("set aside")};
        case trace::CallEnd::Threw: {
            for (const app::Index before : lines.turnsOf(call)) {
                if (before < turn && log.event(before).kind == trace::EventKind::ErrorThrown)
                    thrown = shortened(log.text(trace::as<trace::events::ErrorThrown>(log.event(before)).value));
            }
            return {.how = How::Threw,
                .text = thrown.isEmpty() ? Panels::tr("threw an error")
                                         : Panels::tr("threw %1", "an error").arg(thrown.section(u'\n', 0, 0))};
        }
        case trace::CallEnd::Returned: break;
        }
        const app::LineValue value = lines.returned(call);
        if (!value.isKnown() || value.isUnset())
            return {.how = How::Returned, .text = Panels::tr("returned")};
        return {.how = How::Returned, .text = shownValue(lines, value, turn + 1).text, .isValue = true};
    }
    return {.how = How::Runs, .text = Panels::tr("runs", "a function that has not returned yet")};
}

void CallTreeModel::show(const Moment& moment, const ScriptOutlines& outlines)
{
    const CallbackShown callback = callbackAt(moment);
    const bool other = callback != m_callback || m_moment.lines != moment.lines || m_moment.hidden != moment.hidden
        || (moment.hidden && m_moment.place != moment.place);
    const bool moved = m_moment.place != moment.place;
    if (other)
        beginResetModel();
    m_moment.log = moment.log;
    m_moment.lines = moment.lines;
    m_moment.place = moment.place;
    m_moment.hidden = moment.hidden;
    m_outlines = &outlines;
    const std::vector<app::LineFrame> stack = moment.lines->stackAt(moment.place);
    m_current = stack.empty() ? trace::CallId {} : stack.front().call;
    if (other) {
        m_callback = callback;
        m_nodes.clear();
        m_roots.clear();
        if (callback.from != app::kNoEvent) {
            for (const trace::CallId call : shown(moment.lines->callsBetween(callback.from, callback.until)))
                m_roots.push_back(made(call, nullptr, m_roots.size()));
        }
        endResetModel();
    } else if (moved && !m_roots.empty()) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1)); // views look at all that they show
    }
}

void CallTreeModel::clear()
{
    beginResetModel();
    m_roots.clear();
    m_nodes.clear();
    m_callback = {};
    m_moment = {};
    m_outlines = nullptr;
    m_current = {};
    endResetModel();
}

// Who predicts sees no call that is still to come.
std::vector<trace::CallId> CallTreeModel::shown(std::vector<trace::CallId> calls) const
{
    if (m_moment.hidden)
        std::erase_if(calls, [this](trace::CallId call) {
            const app::Index entered = m_moment.lines->frameAt(call, m_moment.place).entered;
            return entered == app::kNoEvent || entered >= m_moment.place;
        });
    return calls;
}

CallTreeModel::Node* CallTreeModel::made(trace::CallId call, Node* parent, std::size_t row) const
{
    m_nodes.push_back({.call = call, .parent = parent, .row = static_cast<int>(row), .asked = false, .calls = {}});
    return &m_nodes.back();
}

const std::vector<CallTreeModel::Node*>& CallTreeModel::callsOf(const QModelIndex& parent) const
{
    if (!parent.isValid())
        return m_roots;
    Node& node = *nodeOf(parent);
    if (!node.asked) {
        node.asked = true;
        for (const trace::CallId call : shown(m_moment.lines->callsFrom(node.call)))
            node.calls.push_back(made(call, &node, node.calls.size()));
    }
    return node.calls;
}

trace::CallId CallTreeModel::callOf(const QModelIndex& index) const
{
    return index.isValid() ? nodeOf(index)->call : trace::CallId {};
}

QModelIndex CallTreeModel::indexOf(trace::CallId call) const
{
    constexpr std::size_t kDeep = 1'000;
    std::vector<trace::CallId> chain; // from the call outwards
    for (trace::CallId at = call; at && chain.size() < kDeep; at = m_moment.lines->callerOf(at)) {
        chain.push_back(at);
        if (std::ranges::contains(m_roots, at, &Node::call))
            break;
    }
    QModelIndex index;
    for (const trace::CallId at : chain | std::views::reverse) {
        const std::vector<Node*>& calls = callsOf(index);
        const auto node = std::ranges::find(calls, at, &Node::call);
        if (node == calls.end())
            return {};
        index = createIndex((*node)->row, 0, *node);
    }
    return index;
}

app::Place CallTreeModel::placeOf(const QModelIndex& index) const
{
    const std::span<const app::Index> stops = m_moment.lines->stopsOf(callOf(index));
    return stops.empty() ? m_moment.lines->frameAt(callOf(index), m_moment.place).entered + 1
                         : m_moment.lines->endOfStop(stops.front());
}

app::Place CallTreeModel::returnOf(const QModelIndex& index) const
{
    const std::span<const app::Index> stops = m_moment.lines->stopsOf(callOf(index));
    return stops.empty() ? placeOf(index) : m_moment.lines->endOfStop(stops.back());
}

QModelIndex CallTreeModel::index(int row, int column, const QModelIndex& parent) const
{
    if (row < 0 || column < 0 || column >= Columns || (parent.isValid() && parent.column() != 0))
        return {};
    const std::vector<Node*>& calls = callsOf(parent);
    const auto at = static_cast<std::size_t>(row);
    return at < calls.size() ? createIndex(row, column, calls[at]) : QModelIndex();
}

QModelIndex CallTreeModel::parent(const QModelIndex& index) const
{
    Node* const parent = index.isValid() ? nodeOf(index)->parent : nullptr;
    return parent ? createIndex(parent->row, 0, parent) : QModelIndex();
}

int CallTreeModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() && parent.column() != 0 ? 0 : static_cast<int>(callsOf(parent).size());
}

int CallTreeModel::columnCount(const QModelIndex&) const
{
    return Columns;
}

bool CallTreeModel::hasChildren(const QModelIndex& parent) const
{
    return rowCount(parent) > 0;
}

QString CallTreeModel::nameOf(trace::CallId call) const
{
    const app::LineFrame frame = m_moment.lines->frameAt(call, m_moment.place);
    QString name = shortened(frame.function);
    const std::span<const app::Index> stops = m_moment.lines->stopsOf(call);
    if (name.isEmpty() && !stops.empty()) {
        const trace::Frame place = m_moment.lines->placeOf(stops.front());
        name = m_outlines->isTopLevel(place)
            ? shortened(app::fileName(m_moment.log->text(place.script)))
            : Panels::tr("function in line %1", "one that has no name").arg(place.line);
    }
    if (name.isEmpty())
        name = Panels::tr("(anonymous)");
    return u"%1(%2)"_s.arg(name, argumentsText(*m_moment.lines, call, m_outlines));
}

QString CallTreeModel::spoken(trace::CallId call) const
{
    const CallEndShown end = endOf(*m_moment.lines, call, m_moment.hidden ? m_moment.place : m_moment.lines->seen());
    const QString name = nameOf(call);
    const QString said = end.isValue ? Panels::tr("%1 gave back %2").arg(name, end.text)
                                     : Panels::tr("%1, %2").arg(name, end.text);
    return call == m_current ? Panels::tr("%1, at this moment").arg(said) : said;
}

QVariant CallTreeModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const trace::CallId call = callOf(index);
    const auto end = [&] {
        return endOf(*m_moment.lines, call, m_moment.hidden ? m_moment.place : m_moment.lines->seen());
    };
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole: return index.column() == Called ? nameOf(call) : end().text;
    case Qt::AccessibleTextRole: return index.column() == Called ? spoken(call) : end().text;
    case HereRole: return call == m_current;
    case ThrewRole: return index.column() == Gave && end().how == CallEndShown::How::Threw;
    default: return {}; // roles are an open set
    }
}

QVariant CallTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Called ? Panels::tr("Call") : Panels::tr("Gave back");
}

} // namespace bistro::ui
