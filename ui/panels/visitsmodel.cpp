#include "panels/visitsmodel.h"

#include "panels/calltreemodel.h"
#include "panels/panelwords.h"
#include "panels/sentence.h"
#include "panels/stacklines.h"

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

app::Place afterLine(const app::Lines& lines, app::Index stop)
{
    constexpr std::size_t kLooked = 64; // statements of one line
    const trace::CallId call = lines.callOf(stop);
    const std::span<const app::Index> stops = lines.stopsOf(call);
    const std::uint32_t line = lines.placeOf(stop).line;
    auto next = std::ranges::upper_bound(stops, stop);
    for (std::size_t i = 0; next != stops.end() && i < kLooked && lines.placeOf(*next).line == line; ++i)
        ++next;
    if (next != stops.end())
        return lines.endOfStop(*next);
    const app::Index left = lines.leftAfter(call, lines.endOfStop(stops.back()));
    return left == app::kNoEvent ? lines.seen() : left + 1;
}

app::LineValue valueAfter(const app::Lines& lines, app::Index stop, const ValuePath& path)
{
    // A block's variables are seen at the line, and perhaps no longer after it.
    const std::vector<app::LineVariable> variables = lines.variablesAt(lines.callOf(stop), lines.endOfStop(stop));
    const auto variable = std::ranges::find(variables, path.variable, &app::LineVariable::name);
    if (variable == variables.end())
        return {};
    const app::Place place = afterLine(lines, stop);
    const auto found = valueFrom(
        lines, {.slot = variable->slot, .value = lines.valueAt(variable->slot, place)}, place, path);
    return found ? found->value : app::LineValue {};
}

std::vector<ValuePath> columnsThere(const Moment& moment, const LineAsked& line)
{
    std::vector<ValuePath> paths;
    const std::span<const app::Index> visits = moment.lines->visits(line.script, line.line);
    if (visits.empty())
        return paths;
    const app::Index stop = visits.front();
    for (const app::LineVariable& variable :
        moment.lines->variablesAt(moment.lines->callOf(stop), moment.lines->endOfStop(stop))) {
        if (!std::ranges::contains(paths, variable.name, &ValuePath::variable))
            paths.push_back({.variable = std::string(variable.name), .steps = {}, .text = shortened(variable.name)});
    }
    return paths;
}

std::vector<ValuePath> columnsByThemselves(const Moment& moment, const ScriptOutlines& outlines, const LineAsked& line)
{
    constexpr std::size_t kMost = 4;
    const std::vector<ValuePath> there = columnsThere(moment, line);
    const ScriptOutlines::LineNames names = outlines.namesIn(line.script, line.line);
    std::vector<ValuePath> paths;
    const auto take = [&](const std::vector<std::string>& of) {
        for (const std::string& name : of) {
            const auto path = typedPath(QString::fromStdString(name));
            if (path && paths.size() < kMost && std::ranges::contains(there, path->variable, &ValuePath::variable))
                paths.push_back(*path);
        }
    };
    take(names.assigned);
    if (paths.empty())
        take(names.named);
    if (paths.empty() && names.named.empty()) // there is no source
        paths.assign(there.begin(), there.begin() + static_cast<std::ptrdiff_t>(std::min(there.size(), kMost)));
    return paths;
}

void VisitsModel::show(const Moment& moment, const ScriptOutlines& outlines, const LineAsked& line)
{
    if (line != m_line || m_moment.lines != moment.lines) {
        beginResetModel();
        m_line = line;
        m_rows = 0;
        m_values = columnsByThemselves(moment, outlines, line);
        m_moment.lines = moment.lines;
        m_outlines = &outlines;
        m_gives = givesBack();
        endResetModel();
    }
    const bool moved = m_moment.place != moment.place;
    m_moment.log = moment.log;
    m_moment.place = moment.place;
    m_moment.hidden = moment.hidden;
    const int rows = rowsThere();
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
    if (moved && m_rows > 0)
        emit dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
}

void VisitsModel::clear()
{
    if (!m_line)
        return;
    beginResetModel();
    m_line = {};
    m_moment = {};
    m_outlines = nullptr;
    m_values.clear();
    m_gives = false;
    m_rows = 0;
    endResetModel();
}

void VisitsModel::setValues(const std::vector<ValuePath>& values)
{
    if (values == m_values)
        return;
    beginResetModel();
    m_values = values;
    endResetModel();
}

// By its first time. What gives nothing back has no column for that.
bool VisitsModel::givesBack() const
{
    const app::Lines& lines = *m_moment.lines;
    const std::span<const app::Index> visits = lines.visits(m_line.script, m_line.line);
    if (visits.empty())
        return false;
    const trace::CallId call = lines.callOf(visits.front());
    const std::span<const app::Index> stops = lines.stopsOf(call);
    if (stops.empty() || lines.placeOf(stops.back()).line != m_line.line)
        return false;
    const CallEndShown end = endOf(lines, call, lines.seen());
    return end.how == CallEndShown::How::Returned && end.text != u"undefined"_s;
}

int VisitsModel::rowsThere() const
{
    const std::span<const app::Index> visits = m_moment.lines->visits(m_line.script, m_line.line);
    if (!m_moment.hidden)
        return static_cast<int>(visits.size());
    return static_cast<int>(std::ranges::lower_bound(visits, m_moment.place) - visits.begin());
}

app::Index VisitsModel::stopOf(int row) const
{
    return m_moment.lines->visits(m_line.script, m_line.line)[static_cast<std::size_t>(row)];
}

app::Place VisitsModel::placeOf(int row) const
{
    return row < 0 || row >= m_rows ? 0 : afterLine(*m_moment.lines, stopOf(row));
}

int VisitsModel::currentRow() const
{
    if (!m_line || !m_moment.lines)
        return -1;
    const std::span<const app::Index> visits = m_moment.lines->visits(m_line.script, m_line.line);
    const auto before = std::ranges::lower_bound(visits, m_moment.place) - visits.begin();
    return std::min(static_cast<int>(before), m_rows) - 1;
}

QString VisitsModel::cell(int row, int column, ShownValue::Tone* tone) const
{
    const app::Index stop = stopOf(row);
    const app::Lines& lines = *m_moment.lines;
    switch (column) {
    case Number: return QString::number(row + 1);
    case When: return momentText(m_moment.log->event(stop).time);
    case Call: {
        const trace::CallId call = lines.callOf(stop);
        const QString function = shortened(lines.frameAt(call, stop).function);
        const QString arguments = argumentsText(lines, call, m_outlines);
        if (arguments.isEmpty())
            return function.isEmpty() ? tr("(no name)") : function;
        return tr("%1, %2", "a function, and its arguments")
            .arg(function.isEmpty() ? tr("(no name)") : function, arguments);
    }
    default: break; // a value's
    }
    if (isGiven(column))
        return endOf(lines, lines.callOf(stop), m_moment.hidden ? m_moment.place : lines.seen()).text;
    const ValuePath& path = m_values[static_cast<std::size_t>(column - FirstValue)];
    const ShownValue shown = shownValue(lines, valueAfter(lines, stop, path), afterLine(lines, stop));
    if (tone)
        *tone = shown.tone;
    return shown.text;
}

QString VisitsModel::spoken(int row, int column) const
{
    const QString text = tr("%1: %2", "a column, and what it has")
                             .arg(headerData(column, Qt::Horizontal, Qt::DisplayRole).toString(), cell(row, column));
    return column == Number && row == currentRow() ? tr("%1, at this moment").arg(text) : text;
}

QString VisitsModel::asText(int first, int last) const
{
    QStringList lines;
    QStringList cells;
    for (int column = 0; column < columnCount(); ++column)
        cells << headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    lines << cells.join(u'\t');
    for (int row = first; row <= last; ++row) {
        cells.clear();
        for (int column = 0; column < columnCount(); ++column)
            cells << cell(row, column).replace(u'\t', u' ');
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

int VisitsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int VisitsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : FirstValue + static_cast<int>(m_values.size()) + (m_gives ? 1 : 0);
}

QVariant VisitsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole: return cell(index.row(), index.column());
    case Qt::AccessibleTextRole: return spoken(index.row(), index.column());
    case Qt::ToolTipRole: return cell(index.row(), index.column());
    case HereRole: return index.row() == currentRow();
    case LaterRole: return index.row() > currentRow();
    case ToneRole: {
        auto tone = ShownValue::Tone::Plain;
        if (index.column() >= FirstValue)
            (void)cell(index.row(), index.column(), &tone);
        return static_cast<int>(tone);
    }
    default: return {}; // roles are an open set
    }
}

QVariant VisitsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::AccessibleTextRole))
        return {};
    switch (section) {
    case Number: return tr("Time", "the first, second … time that a line runs");
    case When: return tr("Moment");
    case Call: return tr("Call");
    default: break; // a value's
    }
    if (isGiven(section))
        return Panels::tr("Gave back");
    const auto value = static_cast<std::size_t>(section - FirstValue);
    return value < m_values.size() ? m_values[value].text : QString();
}

} // namespace bistro::ui
