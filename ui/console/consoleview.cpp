#include "console/consoleview.h"

#include "theme/fonts.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bistro::ui {

ConsoleView::ConsoleView(QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_heights([this](int row) { return m_model->columns(row); })
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Console: what the program prints"));
    setAccessibleDescription(tr("Arrow keys walk the lines, Enter goes to the moment of a line."));
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
        m_followsEnd = true;
        m_heights.clear();
        m_heights.grow(m_model->rowCount());
        updateScrollBar();
        viewport()->update();
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
    m_place = place;
    if (!m_model)
        return;
    if (!m_place) {
        m_followsEnd = true;
        scrollToEnd();
    } else if (const auto row = m_model->rowAt(*m_place)) {
        m_followsEnd = false;
        showRow(*row);
    }
    viewport()->update();
}

void ConsoleView::setRemark(const QString& sentence, Meaning meaning)
{
    if (m_remark == sentence && m_remarkMeaning == meaning)
        return;
    m_remark = sentence;
    m_remarkMeaning = meaning;
    updateScrollBar();
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
        + qCeil(QFontMetricsF(uiFont(m_theme, TypeSize::Second)).horizontalAdvance(u"8:88:88.8"_s)) + m_theme.px(10);
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
    bool more = false;
    keepingPlace([&] { more = m_heights.refine(kFinding); });
    if (!more)
        m_refining.stop();
    viewport()->update();
}

void ConsoleView::rowsChanged()
{
    m_heights.grow(m_model->rowCount());
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

qint64 ConsoleView::lines() const
{
    return m_heights.total() + remarkLines();
}

int ConsoleView::remarkWidth() const
{
    return std::max(viewport()->width() - m_metrics.left - m_theme.px(16), 1);
}

int ConsoleView::remarkLines() const
{
    if (m_remark.isEmpty())
        return 0;
    const QRect needed = QFontMetrics(uiFont(m_theme, TypeSize::Label))
                             .boundingRect(QRect(0, 0, remarkWidth(), 10'000), Qt::TextWordWrap, m_remark);
    return std::max((needed.height() + m_metrics.line - 1) / m_metrics.line, 1);
}

void ConsoleView::updateScrollBar()
{
    const int page = std::max(viewport()->height() / m_metrics.line, 1);
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
    if (!m_model || point.y() < 0)
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
        return Position {m_heights.rows() - 1, m_model->textOf(m_heights.rows() - 1).plain().size()};
    const int wrapped = line < 0 ? 0 : static_cast<int>(line - top);
    const int column = wrapped * m_metrics.columns
        + std::clamp(
            static_cast<int>(std::lround((point.x() - m_metrics.left) / m_metrics.cell)), 0, m_metrics.columns);
    return Position {row, m_model->textOf(row).offsetAt(column)};
}

QString ConsoleView::timeText(std::uint64_t nanoseconds) const
{
    const double ms = static_cast<double>(nanoseconds) / 1e6;
    const QLocale locale;
    if (ms < 1'000)
        return tr("%1 ms").arg(locale.toString(ms, 'f', ms < 100 ? 1 : 0));
    if (ms < 60'000)
        return tr("%1 s").arg(locale.toString(ms / 1e3, 'f', 2));
    const auto seconds = static_cast<qint64>(ms / 1e3);
    return u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

void ConsoleView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), m_theme.window());
    if (!m_model)
        return;
    qint64 top = 0;
    const qint64 first = verticalScrollBar()->value();
    int row = rowOfLine(first, &top);
    int y = static_cast<int>(top - first) * m_metrics.line;
    if (row >= 0) {
        for (; row < m_heights.rows() && y < viewport()->height(); ++row) {
            paintRow(painter, row, y);
            y += heightOf(row) * m_metrics.line;
        }
    } else {
        y = static_cast<int>(m_heights.total() - first) * m_metrics.line;
    }
    if (m_heights.rows() == 0 && m_remark.isEmpty()) {
        painter.setPen(m_theme.secondary());
        painter.setFont(uiFont(m_theme, TypeSize::Label));
        painter.drawText(QRect(m_theme.px(16), 0, viewport()->width() - m_theme.px(32), m_metrics.line),
            Qt::AlignVCenter, tr("What the program prints appears here."));
    }
    if (!m_remark.isEmpty() && y < viewport()->height()) {
        const bool error = m_remarkMeaning == Meaning::Error;
        const QColor color = error ? m_theme.color(Meaning::Error) : m_theme.secondary();
        const int side = m_theme.px(12);
        paintMark(
            painter, m_remarkMeaning, QRectF(m_theme.px(14), y + (m_metrics.line - side) / 2.0, side, side), color);
        painter.setPen(color);
        painter.setFont(uiFont(m_theme, TypeSize::Label));
        painter.drawText(QRect(m_metrics.left, y, remarkWidth(), remarkLines() * m_metrics.line),
            Qt::AlignVCenter | Qt::TextWordWrap, m_remark);
    }
}

void ConsoleView::paintRow(QPainter& painter, int row, int y)
{
    const ConsoleModel::Line line = m_model->line(row);
    const ConsoleText text = m_model->textOf(row);
    const QString plain = text.plain();
    const int height = heightOf(row) * m_metrics.line;
    const bool error = line.stream == trace::Stream::Error;
    const bool future = m_place && line.event != app::kNoEvent && line.event >= *m_place;
    const bool atPlayhead = m_place && m_model->rowAt(*m_place) == row;
    const std::optional<Moment> moment = m_moments && line.event != app::kNoEvent ? m_moments(line.event)
                                                                                  : std::nullopt;
    painter.setOpacity(1);
    if (error)
        painter.fillRect(QRect(0, y, viewport()->width(), height), m_theme.tint(Meaning::Error));
    if (atPlayhead) {
        painter.fillRect(QRect(0, y, viewport()->width(), height), m_theme.currentLine());
        painter.fillRect(QRect(0, y, m_theme.px(3), height), m_theme.ink());
    }
    painter.setOpacity(future ? 0.38 : 1);
    // The mark, or for error output a sign that does not depend on colour.
    const int side = m_theme.px(10);
    const QRectF square(m_theme.px(15), y + (m_metrics.line - side) / 2.0, side, side);
    if (!line.continues && (moment || error)) {
        const Meaning meaning = moment ? moment->meaning : Meaning::Error;
        paintMark(painter, meaning, square,
            meaning == Meaning::Running ? m_theme.color(Meaning::Closing) : m_theme.color(meaning));
    }
    if (error && !line.continues) {
        painter.setPen(m_theme.color(Meaning::Error));
        painter.setFont(uiFont(m_theme, TypeSize::Label, QFont::Bold));
        painter.drawText(QRect(m_theme.px(26), y, m_theme.px(10), m_metrics.line), Qt::AlignCenter, u"!"_s);
    }

    const auto [from, to] = std::minmax(m_anchor, m_caret);
    const bool selected = from != to && from.row <= row && row <= to.row;
    const auto xOf = [&](int column) { return m_metrics.left + column % m_metrics.columns * m_metrics.cell; };
    const auto fillCells = [&](int first, int end, const QColor& color) {
        for (int column = first; column < end;) {
            const int wrapped = column / m_metrics.columns;
            const int until = std::min(end, (wrapped + 1) * m_metrics.columns);
            painter.fillRect(
                QRectF(xOf(column), y + wrapped * m_metrics.line, (until - column) * m_metrics.cell, m_metrics.line),
                color);
            column = until;
        }
    };
    if (selected) {
        const int first = row == from.row ? text.columnOf(from.offset) : 0;
        const int end = row == to.row ? text.columnOf(to.offset) : std::max(text.columns, 1);
        QColor color = m_theme.color(Meaning::Timer);
        color.setAlphaF(m_theme.isDark() ? 0.4f : 0.2f);
        fillCells(first, end, color);
    }
    if (const QString& wanted = m_hits.text(); !wanted.isEmpty()) {
        for (qsizetype at = plain.indexOf(wanted, 0, m_hits.sensitivity()); at >= 0;
            at = plain.indexOf(wanted, at + wanted.size(), m_hits.sensitivity())) {
            const bool current = isMarkedHit(row, at);
            QColor color = m_theme.color(Meaning::Immediate);
            color.setAlphaF(!current ? 0.25f : m_theme.isDark() ? 0.3f : 0.55f); // light letters must stand out, too
            const int first = text.columnOf(at);
            const int end = text.columnOf(at + wanted.size());
            fillCells(first, end, color);
            if (!current)
                continue;
            painter.setPen(QPen(m_theme.ink(), 1));
            painter.setBrush(Qt::NoBrush);
            if (first / m_metrics.columns == (end - 1) / m_metrics.columns) // on one text line
                painter.drawRect(QRectF(xOf(first), y + first / m_metrics.columns * m_metrics.line + 2.5,
                    (end - first) * m_metrics.cell, m_metrics.line - 5));
        }
    }
    if (hasFocus() && row == m_current) {
        painter.setPen(QPen(m_theme.ink(), 1, Qt::DotLine));
        painter.drawRect(QRect(m_theme.px(5), y, viewport()->width() - m_theme.px(9), height - 1));
    }

    const QFont base = codeFont(m_theme);
    const QFontMetricsF metrics(base);
    const double baseline = (m_metrics.line - metrics.height()) / 2 + metrics.ascent();
    const std::vector<Link> links = linksIn(plain);
    qsizetype offset = 0;
    for (const ConsoleRun& run : text.runs) {
        QFont font = base;
        if (run.sgr.bold)
            font.setWeight(QFont::DemiBold);
        font.setItalic(run.sgr.italic);
        font.setStrikeOut(run.sgr.strike);
        const QColor ground = backgroundOf(run.sgr, m_theme);
        if (ground.isValid())
            fillCells(run.column, run.column + run.columns, ground);
        const QColor own = foregroundOf(run.sgr, m_theme);
        const QColor color = run.escaped ? m_theme.color(Meaning::Tick) : own.isValid() ? own : m_theme.text();
        for (int cell = 0; cell < run.columns;) { // a piece for each text line, and for each side of a link's edge
            const int column = run.column + cell;
            int count = run.grid ? std::min(run.columns - cell, m_metrics.columns - column % m_metrics.columns)
                                 : run.columns;
            bool linked = false;
            for (const Link& link : links) {
                const qsizetype at = offset + (run.grid ? cell : 0);
                if (at >= link.from && at < link.to) {
                    linked = true;
                    count = static_cast<int>(std::min<qsizetype>(count, link.to - at));
                } else if (at < link.from) {
                    count = static_cast<int>(std::min<qsizetype>(count, link.from - at));
                }
            }
            font.setUnderline(run.sgr.underline || linked);
            painter.setFont(font);
            painter.setPen(color);
            const QString piece = run.grid ? run.text.mid(cell, count) : run.text;
            painter.drawText(QPointF(xOf(column), y + column / m_metrics.columns * m_metrics.line + baseline), piece);
            cell += std::max(count, 1);
        }
        offset += run.text.size();
    }
    if (moment && !line.continues) {
        painter.setFont(uiFont(m_theme, TypeSize::Second));
        painter.setPen(m_theme.secondary());
        painter.drawText(
            QRect(viewport()->width() - m_metrics.right, y, m_metrics.right - m_theme.px(16), m_metrics.line),
            Qt::AlignRight | Qt::AlignVCenter, timeText(moment->time));
    }
    painter.setOpacity(1);
}

// "file.js:3:7" and "file:///home/ada/file.mjs:3:7" in what is printed; not Node's own.
std::vector<ConsoleView::Link> ConsoleView::linksIn(const QString& text)
{
    std::vector<Link> links;
    if (!text.contains(u':'))
        return links;
    static const QRegularExpression expression(
        uR"((?<![\w:/])((?:file://)?/[^\s():"'<>]+|[\w][\w.-]*\.[cm]?[jt]s):(\d{1,7})(?::(\d{1,7}))?(?![\w/]))"_s);
    for (auto matches = expression.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        QString file = match.captured(1);
        if (file.startsWith(u"file://"_s))
            file = QUrl(file).toLocalFile();
        links.push_back({.from = match.capturedStart(),
            .to = match.capturedEnd(),
            .file = file,
            .line = match.captured(2).toInt(),
            .column = match.captured(3).toInt()});
    }
    return links;
}

std::optional<ConsoleView::Link> ConsoleView::linkAt(const QPoint& point) const
{
    const int row = rowAt(point);
    const auto position = row < 0 || point.x() < m_metrics.left
        ? std::nullopt
        : positionAt(point - QPoint(static_cast<int>(m_metrics.cell / 2), 0));
    if (!position || position->row != row)
        return {};
    for (const Link& link : linksIn(m_model->textOf(row).plain())) {
        if (position->offset >= link.from && position->offset < link.to)
            return link;
    }
    return {};
}

void ConsoleView::activate(int row)
{
    const app::Index event = m_model->line(row).event;
    if (event != app::kNoEvent)
        emit momentRequested(event);
}

void ConsoleView::setCurrent(int row, bool extend)
{
    if (!m_model || m_heights.rows() == 0)
        return;
    const int before = m_current;
    m_current = std::clamp(row, 0, m_heights.rows() - 1);
    if (extend) {
        if (m_anchor == m_caret)
            m_anchor = {std::max(before, 0), 0};
        const bool down = m_current >= m_anchor.row;
        m_anchor.offset = down ? 0 : m_model->textOf(m_anchor.row).plain().size();
        m_caret = {m_current, down ? m_model->textOf(m_current).plain().size() : 0};
    } else {
        m_anchor = m_caret = {m_current, 0};
    }
    showRow(m_current);
    tellCurrent();
    viewport()->update();
}

void ConsoleView::tellCurrent()
{
    if (!QAccessible::isActive() || m_current < 0)
        return;
    const QString text = m_model->data(m_model->index(m_current), Qt::AccessibleTextRole).toString();
    QAccessibleAnnouncementEvent event(this, text.isEmpty() ? tr("empty line") : text);
    QAccessible::updateAccessibility(&event);
}

void ConsoleView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const auto position = positionAt(event->position().toPoint());
    if (!position)
        return;
    m_pressedAt = event->position().toPoint();
    m_dragging = true;
    m_dragged = false;
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        m_caret = *position;
        m_dragged = true;
    } else {
        m_anchor = m_caret = *position;
    }
    m_current = std::max(rowAt(m_pressedAt), 0);
    viewport()->update();
}

void ConsoleView::mouseMoveEvent(QMouseEvent* event)
{
    const QPoint point = event->position().toPoint();
    if (!m_dragging) {
        // What a click does: leads to the line's moment or a link's place. Where it leads nowhere, letters are there to
        // be taken.
        const int row = rowAt(point);
        const bool leads = linkAt(point) || (row >= 0 && m_model->line(row).event != app::kNoEvent);
        viewport()->setCursor(leads ? Qt::PointingHandCursor
                : row < 0 || point.x() < m_metrics.left || point.x() > viewport()->width() - m_metrics.right
                ? Qt::ArrowCursor
                : Qt::IBeamCursor);
        return;
    }
    if (!m_dragged && (point - m_pressedAt).manhattanLength() < QApplication::startDragDistance())
        return;
    m_dragged = true;
    viewport()->setCursor(Qt::IBeamCursor);
    if (const auto position = positionAt(point))
        m_caret = *position;
    if (point.y() < 0)
        verticalScrollBar()->setValue(verticalScrollBar()->value() - 1);
    else if (point.y() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() + 1);
    viewport()->update();
}

void ConsoleView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_dragging)
        return;
    m_dragging = false;
    if (m_dragged)
        return;
    const QPoint point = event->position().toPoint();
    if (const auto link = linkAt(point)) {
        emit linkActivated(link->file, link->line, link->column);
        return;
    }
    if (const int row = rowAt(point); row >= 0)
        activate(row);
}

void ConsoleView::mouseDoubleClickEvent(QMouseEvent* event)
{
    const auto position = positionAt(event->position().toPoint());
    if (!position || event->button() != Qt::LeftButton)
        return;
    const QString text = m_model->textOf(position->row).plain();
    const auto isWord = [&](qsizetype i) { return text[i].isLetterOrNumber() || text[i] == u'_' || text[i] == u'$'; };
    qsizetype from = std::min(position->offset, text.size());
    qsizetype to = from;
    while (from > 0 && isWord(from - 1))
        --from;
    while (to < text.size() && isWord(to))
        ++to;
    m_anchor = {position->row, from};
    m_caret = {position->row, to};
    m_dragging = m_dragged = true;
    viewport()->update();
}

void ConsoleView::keyPressEvent(QKeyEvent* event)
{
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const int page = std::max(verticalScrollBar()->pageStep() - 1, 1);
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->matches(QKeySequence::Find)) {
        emit findRequested();
    } else {
        const int from = m_current < 0 ? m_heights.rows() : m_current;
        switch (event->key()) {
        case Qt::Key_Up: setCurrent(from - 1, extend); break;
        case Qt::Key_Down: setCurrent(from + 1, extend); break;
        case Qt::Key_PageUp: setCurrent(from - page, extend); break;
        case Qt::Key_PageDown: setCurrent(from + page, extend); break;
        case Qt::Key_Home: setCurrent(0, extend); break;
        case Qt::Key_End:
            setCurrent(m_heights.rows() - 1, extend);
            if (!m_place)
                m_followsEnd = true;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_current >= 0 && m_current < m_heights.rows())
                activate(m_current);
            break;
        case Qt::Key_Escape:
            if (m_anchor == m_caret && m_hits.text().isEmpty()) { // it is for somebody else
                QAbstractScrollArea::keyPressEvent(event);
                return;
            }
            m_anchor = m_caret;
            emit findEnded();
            find({}, false, Direction::AsTyped);
            break;
        default: QAbstractScrollArea::keyPressEvent(event); return;
        }
    }
    event->accept();
}

void ConsoleView::contextMenuEvent(QContextMenuEvent* event)
{
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const QKeySequence& key, auto what) {
        QAction* const action = menu->addAction(text);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, what);
        return action;
    };
    const int row = event->reason() == QContextMenuEvent::Mouse ? rowAt(event->pos()) : m_current;
    add(tr("&Go to this moment"), Qt::Key_Return, [this, row] {
        if (row >= 0 && row < m_heights.rows())
            activate(row);
    })->setEnabled(row >= 0 && row < m_heights.rows() && m_model->line(row).event != app::kNoEvent);
    menu->addSeparator();
    add(tr("&Copy"), QKeySequence::Copy, [this] { copy(); })->setEnabled(m_anchor != m_caret);
    add(tr("Select &All"), QKeySequence::SelectAll, [this] { selectAll(); });
    add(tr("&Find…"), QKeySequence::Find, [this] { emit findRequested(); });
    menu->addSeparator();
    add(tr("C&lear"), {}, [this] { emit clearRequested(); });
    menu->popup(event->globalPos());
}

void ConsoleView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    if (m_current < 0 && m_heights.rows() > 0 && event->reason() != Qt::MouseFocusReason)
        m_current = m_heights.rows() - 1;
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

QString ConsoleView::toolTipAt(const QPoint& point) const
{
    const int row = rowAt(point);
    if (row < 0 || (point.x() >= m_metrics.left && point.x() <= viewport()->width() - m_metrics.right))
        return {};
    const ConsoleModel::Line line = m_model->line(row);
    const std::optional<Moment> moment = m_moments && line.event != app::kNoEvent ? m_moments(line.event)
                                                                                  : std::nullopt;
    if (!moment)
        return tr("When this was printed is not recorded: it does not come from the program's own JavaScript, or the "
                  "recording had ended.");
    const QString when = tr("Printed %1 after the start of the process. A click goes to that moment.")
                             .arg(timeText(moment->time));
    return line.stream == trace::Stream::Error ? tr("An error line (stderr).") + u'\n' + when : when;
}

void ConsoleView::selectAll()
{
    if (!m_model || m_heights.rows() == 0)
        return;
    m_anchor = {0, 0};
    m_caret = {m_heights.rows() - 1, m_model->textOf(m_heights.rows() - 1).plain().size()};
    viewport()->update();
}

bool ConsoleView::gather(Copy& copy, std::chrono::nanoseconds budget) const
{
    QElapsedTimer clock;
    clock.start();
    const int last = std::min(copy.to.row, m_heights.rows() - 1);
    for (; copy.row <= last; ++copy.row) {
        if (clock.durationElapsed() > budget)
            return false;
        const int row = copy.row;
        QString text = m_model->textOf(row).plain();
        if (row == copy.to.row)
            text.truncate(copy.to.offset);
        if (row == copy.from.row)
            text.remove(0, copy.from.offset);
        if (row > copy.from.row && !m_model->line(row).continues)
            copy.text += u'\n';
        copy.text += text;
        if (copy.text.size() > kLongestCopy) {
            copy.text += u'\n' + tr("… and more: this is as much as is copied at once");
            return true;
        }
    }
    return true;
}

QString ConsoleView::selectedText() const
{
    const auto [from, to] = std::minmax(m_anchor, m_caret);
    if (!m_model || from == to)
        return {};
    Copy copy {.from = from, .to = to, .row = from.row, .text = {}};
    (void)gather(copy, std::chrono::nanoseconds::max());
    return copy.text;
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
    m_copy = Copy {.from = from, .to = to, .row = from.row, .text = {}};
    copyOn();
}

void ConsoleView::copyOn()
{
    if (!gather(*m_copy, kFinding)) {
        m_copying.start();
        return;
    }
    m_copying.stop();
    QApplication::clipboard()->setText(m_copy->text);
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
    m_search = Search {.text = text,
        .sensitivity = sensitivity,
        .backward = backward,
        .row = std::min(start.row, m_heights.rows() - 1),
        .left = qint64 {m_heights.rows()} + 1,
        .from = fresh && backward ? -1 : start.offset,
        .first = true};
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
    if (!m_model || m_hits.text().isEmpty())
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
    if (m_search)
        searchOn();
    const bool more = m_model && m_hits.countOn(*m_model, kFinding);
    tellHits();
    if (!m_search && !more)
        m_finding.stop();
}

void ConsoleView::searchOn()
{
    QElapsedTimer clock;
    clock.start();
    Search& search = *m_search;
    while (search.left-- > 0) {
        const QString text = m_model->textOf(search.row).plain();
        qsizetype at = -1;
        if (!search.backward)
            at = text.indexOf(search.text, search.first ? search.from : 0, search.sensitivity);
        else if (!search.first || search.from < 0)
            at = text.lastIndexOf(search.text, -1, search.sensitivity);
        else if (search.from > 0)
            at = text.left(search.from).lastIndexOf(search.text, -1, search.sensitivity);
        search.first = false;
        if (at >= 0) {
            m_anchor = {search.row, at};
            m_caret = {search.row, at + search.text.size()};
            m_current = search.row;
            m_followsEnd = false;
            showRow(search.row);
            m_search.reset();
            tellCurrent();
            viewport()->update();
            emit found(true);
            return;
        }
        search.row = search.backward ? (search.row == 0 ? m_heights.rows() - 1 : search.row - 1)
                                     : (search.row + 1) % m_heights.rows();
        if (clock.durationElapsed() > kFinding)
            return;
    }
    m_search.reset();
    m_anchor = m_caret; // nothing looks like a hit
    viewport()->update();
    emit found(false);
}

} // namespace bistro::ui
