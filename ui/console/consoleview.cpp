#include "console/consoleview.h"

#include "text/amounts.h"
#include "theme/fonts.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// What a line's time has room for: "88 min 58 s".
constexpr std::uint64_t kWidestTime = (88 * 60 + 58) * 1'000'000'000ull;

} // namespace

ConsoleView::ConsoleView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_heights([this](int row) { return cellsOf(row); }, [this](int row, int width) { return wrapped(row, width); })
{
    installConsoleAccess(); // before anybody is told of it: what Qt makes then stays
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Console: what the program prints"));
    setAccessibleDescription(tr("Arrow keys walk the lines, Enter goes to the moment of a line. Right opens what is "
                                "folded, Left closes it. Space chooses a line."));
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    verticalScrollBar()->setSingleStep(1);
    m_finding.setInterval(0);
    connect(&m_finding, &QTimer::timeout, this, &ConsoleView::findOn);
    m_refining.setInterval(0);
    connect(&m_refining, &QTimer::timeout, this, &ConsoleView::refine);
    m_copying.setInterval(0);
    connect(&m_copying, &QTimer::timeout, this, &ConsoleView::copyOn);
    measure();
}

void ConsoleView::setModel(ConsoleModel* model)
{
    m_model = model;
    connect(model, &QAbstractItemModel::rowsInserted, this, &ConsoleView::rowsChanged);
    connect(model, &QAbstractItemModel::dataChanged, this,
        [this](const QModelIndex& first, const QModelIndex& last, const QList<int>& roles) {
            if (roles.contains(Qt::DisplayRole)) { // else they have got moments, and are as long as before
                for (int row = first.row(); row <= last.row(); ++row)
                    textChanged(row);
            }
            viewport()->update();
        });
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        stopFinding();
        m_copy.reset();
        m_copying.stop();
        m_hits.start(m_hits.text(), m_hits.sensitivity());
        if (!m_hits.text().isEmpty())
            m_finding.start(); // what comes is counted, too
        m_current = -1;
        m_anchor = m_caret = {};
        forgetChoice();
        m_followsEnd = true;
        m_opened.clear();
        m_heights.clear();
        m_heights.grow(m_model->rowCount());
        updateScrollBar();
        viewport()->update();
        consoleRowsChanged(this);
    });
    m_heights.clear();
    m_heights.grow(model->rowCount());
    updateScrollBar();
}

void ConsoleView::setTheme(const Theme& theme)
{
    m_theme = theme;
    QPalette colors = palette();
    colors.setColor(QPalette::Base, theme.window());
    viewport()->setPalette(colors);
    setFont(codeFont(theme));
    keepingPlace([this] { measure(); });
    viewport()->update();
}

void ConsoleView::setMoments(std::function<std::optional<Moment>(app::Index)> moments)
{
    m_moments = std::move(moments);
    viewport()->update();
}

void ConsoleView::setPlayhead(std::optional<app::Index> place)
{
    if (m_place == place)
        return;
    const std::optional<app::Index> before = std::exchange(m_place, place);
    if (!m_model)
        return;
    if (m_futureHidden)
        measureFrom(before);
    if (!m_place) {
        m_followsEnd = true;
        scrollToEnd();
    } else if (const auto row = m_model->rowAt(*m_place)) {
        m_followsEnd = false;
        showAsLast(shownRow(*row));
    }
    viewport()->update();
}

QSize ConsoleView::minimumSizeHint() const
{
    return {m_theme.px(120), m_metrics.line * 2};
}

void ConsoleView::measure()
{
    const QFontMetricsF metrics(codeFont(m_theme));
    m_metrics.cell = metrics.horizontalAdvance(u'0');
    m_metrics.line = m_theme.px(24);
    m_metrics.left = m_theme.px(36);
    m_metrics.right = m_theme.px(16)
        + qCeil(QFontMetricsF(uiFont(m_theme, TypeSize::Second)).horizontalAdvance(app::timeText(kWidestTime)))
        + m_theme.px(10);
    const int width = std::max(viewport()->width() - m_metrics.left - m_metrics.right, 1);
    m_metrics.columns = std::max(static_cast<int>(width / m_metrics.cell), 8);
    m_heights.setWidth(m_metrics.columns);
}

void ConsoleView::keepingPlace(const std::function<void()>& change)
{
    const bool follows = m_followsEnd;
    const qint64 value = verticalScrollBar()->value();
    qint64 top = 0;
    const int first = rowOfLine(value, &top);
    const qint64 within = value - top;
    change();
    updateScrollBar();
    if (!follows && first >= 0)
        verticalScrollBar()->setValue(static_cast<int>(topOf(first) + std::min<qint64>(within, heightOf(first) - 1)));
    m_followsEnd = follows;
    updateScrollBar();
    if (!m_heights.isExact())
        m_refining.start();
}

void ConsoleView::refine()
{
    constexpr int kLater = 100; // milliseconds: what is printed comes first
    m_refining.setInterval(m_model && m_model->isBusy() ? kLater : 0);
    bool more = false;
    keepingPlace([&] { more = m_heights.refine(kFinding); });
    if (!more)
        m_refining.stop();
    viewport()->update();
}

void ConsoleView::rowsChanged()
{
    const int first = m_heights.rows();
    m_heights.grow(m_model->rowCount());
    if (first > 0 && first < m_heights.rows() && isFrame(first - 1, m_model->line(first).stream)) {
        const bool opened = !m_opened.empty() && m_opened.back().second == first - 1;
        if (opened) // they go on
            m_opened.back().second = framesAround(first).value_or(std::pair(first, first)).second;
        m_heights.changed(first - 1, m_heights.rows() - 1);
    }
    if (!m_heights.isExact() && !m_refining.isActive())
        m_refining.start();
    if (!m_hits.isDone(*m_model) && !m_finding.isActive())
        m_finding.start();
    updateScrollBar();
    viewport()->update();
}

void ConsoleView::textChanged(int row)
{
    m_heights.changed(row);
    m_hits.changed(*m_model, row);
    if (!m_hits.isDone(*m_model))
        m_finding.start();
    updateScrollBar();
    tellHits();
}

void ConsoleView::updateScrollBar()
{
    const int page = std::max(viewport()->height() / m_metrics.line, 1);
    if (m_followsEnd)
        m_heights.settleEnd(page);
    verticalScrollBar()->setPageStep(page);
    verticalScrollBar()->setRange(0, static_cast<int>(std::clamp<qint64>(lines() - page, 0, INT_MAX)));
    if (m_followsEnd)
        scrollToEnd();
}

void ConsoleView::scrollToEnd()
{
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void ConsoleView::scrollContentsBy(int, int)
{
    if (!m_place)
        m_followsEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    viewport()->update();
}

void ConsoleView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    keepingPlace([this] { measure(); });
}

void ConsoleView::showRow(int row)
{
    const qint64 top = topOf(row);
    const int first = verticalScrollBar()->value();
    const int page = verticalScrollBar()->pageStep();
    if (top < first)
        verticalScrollBar()->setValue(static_cast<int>(top));
    else if (top + heightOf(row) > first + page)
        verticalScrollBar()->setValue(static_cast<int>(top + heightOf(row) - page));
}

// With what came before it: what is still to come can wait.
void ConsoleView::showAsLast(int row)
{
    const qint64 top = topOf(row);
    const int first = verticalScrollBar()->value();
    const int page = verticalScrollBar()->pageStep();
    const qint64 bottom = top + heightOf(row) + (remarkRow() == row ? remarkLines() : 0);
    if (top < first || bottom > first + page)
        verticalScrollBar()->setValue(static_cast<int>(std::max<qint64>(bottom - page, 0)));
}

QRect ConsoleView::rectOf(int row) const
{
    if (!m_model || row < 0 || row >= m_heights.rows())
        return {};
    const qint64 line = topOf(row) - verticalScrollBar()->value();
    return {0, static_cast<int>(std::clamp<qint64>(line * m_metrics.line, -1'000'000, 1'000'000)), viewport()->width(),
        heightOf(row) * m_metrics.line};
}

int ConsoleView::rowAt(const QPoint& point) const
{
    if (!m_model || point.y() < 0 || remarkRect().contains(point))
        return -1;
    qint64 top = 0;
    return rowOfLine(verticalScrollBar()->value() + point.y() / m_metrics.line, &top);
}

std::optional<ConsoleView::Position> ConsoleView::positionAt(const QPoint& point) const
{
    if (!m_model || m_heights.rows() == 0)
        return {};
    const qint64 line = verticalScrollBar()->value()
        + static_cast<qint64>(std::floor(static_cast<double>(point.y()) / m_metrics.line));
    qint64 top = 0;
    const int row = line < 0 ? 0 : rowOfLine(line, &top);
    if (row < 0)
        return endOf(shownRow(m_heights.rows() - 1));
    if (isFold(row)) // all that is folded there, or nothing of it
        return point.x() < viewport()->width() / 2 ? Position {row, 0} : endOf(row);
    const ConsoleText text = m_model->textOf(row);
    const RowLayout layout(text, gridOf(m_model->line(row)));
    return Position {row, layout.offsetNear(line < 0 ? 0 : static_cast<int>(line - top), point.x() - m_metrics.left)};
}

std::optional<ConsoleView::Link> ConsoleView::linkAt(const QPoint& point) const
{
    const int row = rowAt(point);
    if (row < 0 || point.x() < m_metrics.left || isFold(row))
        return {};
    const ConsoleText text = m_model->textOf(row);
    const std::vector<Link> links = linksIn(text);
    if (links.empty())
        return {};
    const RowLayout layout(text, gridOf(m_model->line(row)));
    const qint64 line = verticalScrollBar()->value() + point.y() / m_metrics.line - topOf(row);
    const qsizetype offset = layout.letterAt(static_cast<int>(line), point.x() - m_metrics.left);
    const auto there = std::ranges::find_if(
        links, [offset](const Link& link) { return offset >= link.from && offset < link.to; });
    return there == links.end() ? std::nullopt : std::optional(*there);
}

std::optional<ConsoleView::Moment> ConsoleView::momentOf(int row) const
{
    const ConsoleModel::Line line = m_model->line(row);
    if (line.typed) {
        const std::uint64_t time = m_model->typedAt(row);
        return time > 0 ? std::optional(Moment {.meaning = Meaning::Running, .time = time}) : std::nullopt;
    }
    return m_moments && line.event != app::kNoEvent ? m_moments(line.event) : std::nullopt;
}

bool ConsoleView::isFuture(int row) const
{
    const app::Index event = m_model->line(row).event;
    return m_place && event != app::kNoEvent && event >= *m_place;
}

QString ConsoleView::nameOf(int row) const
{
    if (!m_model || row < 0 || row >= m_heights.rows())
        return {};
    const ConsoleModel::Line line = m_model->line(row);
    QStringList parts {shownText(row).plain().trimmed()};
    if (parts.first().isEmpty())
        parts.first() = tr("empty line");
    if (line.typed && !m_model->isInputEnd(row))
        parts.first() = tr("typed: %1").arg(parts.first());
    else if (line.stream == trace::Stream::Error)
        parts.append(tr("error output"));
    else if (!line.typed)
        parts.append(tr("output"));
    if (const auto moment = momentOf(row))
        parts.append(app::timeText(moment->time));
    if (const int count = m_model->overwritten(row).count; count > 0)
        parts.append(tr("written over %n times", nullptr, count));
    if (line.gone)
        parts.append(tr("written over"));
    if (isFuture(row))
        parts.append(tr("after this moment"));
    if (std::ranges::contains(m_chosen, row))
        parts.append(tr("chosen"));
    return parts.join(u", "_s);
}

QString ConsoleView::toolTipAt(const QPoint& point) const
{
    const int row = rowAt(point);
    if (row < 0 || (point.x() >= m_metrics.left && point.x() <= viewport()->width() - m_metrics.right))
        return {};
    const ConsoleModel::Line line = m_model->line(row);
    const std::optional<Moment> moment = momentOf(row);
    if (line.typed && moment)
        return tr("Sent to the program %1 after the start.").arg(app::timeText(moment->time));
    if (!moment)
        return tr("The recording does not say when this was printed. It did not come from your JavaScript, or the "
                  "recording had ended.");
    const QString when = tr("Printed %1 after the start. Click to go to that moment.").arg(app::timeText(moment->time));
    return line.stream == trace::Stream::Error ? tr("An error line (stderr).") + u'\n' + when : when;
}

void ConsoleView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (m_current < 0 && m_heights.rows() > 0 && event->reason() != Qt::MouseFocusReason)
        m_current = shownRow(m_heights.rows() - 1);
    viewport()->update();
}

void ConsoleView::changeEvent(QEvent* event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        viewport()->update();
}

bool ConsoleView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave)
        viewport()->setCursor(Qt::IBeamCursor);
    if (event->type() == QEvent::ToolTip) {
        const auto* const help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), toolTipAt(help->pos()), this);
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace bistro::ui
