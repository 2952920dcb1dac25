// What is selected in a ConsoleView: copied, and found.
#include "console/consoleview.h"

#include <QApplication>
#include <QClipboard>

#include <algorithm>
#include <utility>

namespace bistro::ui {

void ConsoleView::selectAll()
{
    if (!m_model || m_heights.rows() == 0)
        return;
    m_anchor = {0, 0};
    m_caret = endOf(shownRow(m_heights.rows() - 1));
    viewport()->update();
}

// What was written over and is not opened, as a terminal has it no more; and what is not shown at all.
std::function<bool(int)> ConsoleView::leftOut() const
{
    return [this](int row) {
        const ConsoleModel::Line line = m_model->line(row);
        return isHidden(row, line) && !(line.frame && !m_errorsOnly);
    };
}

QString ConsoleView::selectedText() const
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    if (!m_model || from == to)
        return {};
    SelectionText copy(from, to, leftOut());
    (void)copy.gatherOn(*m_model, std::chrono::nanoseconds::max());
    return copy.text();
}

QString ConsoleView::selectedWithinRow() const
{
    return m_anchor.row == m_caret.row ? selectedText() : QString();
}

void ConsoleView::copy()
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    if (!m_model || from == to)
        return;
    m_copy.emplace(from, to, leftOut());
    copyOn();
}

void ConsoleView::copyOn()
{
    if (!m_copy->gatherOn(*m_model, kFinding)) {
        m_copying.start();
        return;
    }
    m_copying.stop();
    QApplication::clipboard()->setText(m_copy->text());
    m_copy.reset();
}

void ConsoleView::find(const QString& text, bool caseSensitive, Direction direction)
{
    const Qt::CaseSensitivity sensitivity = caseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive;
    if (text != m_hits.text() || sensitivity != m_hits.sensitivity())
        m_hits.start(text, sensitivity);
    viewport()->update();
    if (text.isEmpty() || !m_model || m_heights.rows() == 0) {
        stopFinding();
        if (!text.isEmpty())
            emit found(false);
        tellHits();
        return;
    }
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    const bool backward = direction == Direction::Backward;
    const bool fresh = from == to && m_current < 0;
    const Position start = fresh          ? Position {backward ? m_heights.rows() - 1 : 0, 0}
        : direction == Direction::Forward ? to
                                          : from;
    m_search.emplace(text, sensitivity,
        ConsoleSearch::Start {.at = start, .backward = backward, .wholeRow = fresh && backward}, *m_model);
    m_finding.start();
    tellHits(); // none yet: as many as before are told again when they are counted
}

void ConsoleView::stopFinding()
{
    m_search.reset();
    m_finding.stop();
}

ConsoleView::Hits ConsoleView::hits() const
{
    if (!m_model || m_hits.text().isEmpty() || m_futureHidden)
        return {};
    const Position from = std::min(m_anchor, m_caret);
    return {.current = isMarkedHit(from.row, from.offset) ? m_hits.ordinalOf(*m_model, from.row, from.offset) : 0,
        .total = m_hits.total(),
        .all = m_hits.isDone(*m_model)};
}

bool ConsoleView::isMarkedHit(int row, qsizetype offset) const
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    return from.row == row && from.offset == offset && to.row == row && to.offset == offset + m_hits.text().size();
}

void ConsoleView::tellHits()
{
    if (const Hits now = hits(); std::exchange(m_toldHits, now) != now)
        emit hitsChanged();
}

void ConsoleView::findOn()
{
    if (m_search && m_search->searchOn(*m_model, kFinding))
        showHit();
    const bool more = m_model && m_hits.countOn(*m_model, kFinding);
    tellHits();
    if (!m_search && !more)
        m_finding.stop();
}

// The search has ended.
void ConsoleView::showHit()
{
    const std::optional<Position> hit = m_search->hit();
    const qsizetype length = m_search->text().size();
    m_search.reset();
    if (!hit || isYetToCome(m_model->line(hit->row))) {
        m_anchor = m_caret; // nothing looks like a hit
        viewport()->update();
        emit found(false);
        return;
    }
    m_anchor = *hit;
    m_caret = {hit->row, hit->offset + length};
    m_current = hit->row;
    m_followsEnd = false;
    if (!isShown(hit->row) || isFold(hit->row))
        setOpened(hit->row, true);
    showRow(hit->row);
    tellCurrent();
    viewport()->update();
    emit found(true);
}

} // namespace bistro::ui
