#include "course/checkrow.h"

#include "theme/fonts.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bistro::ui {
namespace {

struct CheckRowWords {
    Q_DECLARE_TR_FUNCTIONS(CheckRowWords)
};

} // namespace

using namespace Qt::StringLiterals;
using State = CheckRowView::State;

CheckSentence CheckSentence::of(const CheckRowView& view)
{
    QString lead;
    switch (view.state) {
    case State::Running:
        return {.text = view.sentence.isEmpty()
                ? CheckRowWords::tr("checking…")
                : CheckRowWords::tr("checking %1…", "with the argument Ada").arg(view.sentence),
            .runs = {}};
    case State::Right: lead = CheckRowWords::tr("Right:"); break;
    case State::NotYet: lead = CheckRowWords::tr("Not yet:"); break;
    case State::Unknown: lead = CheckRowWords::tr("Not checked:"); break;
    }
    CheckSentence made;
    made.text = lead;
    if (view.state == State::NotYet || view.state == State::Unknown)
        made.runs.append({0, static_cast<int>(lead.size()), Run::Look::Bold});
    if (view.sentence.isEmpty())
        return made;
    made.text += u' ';
    const qsizetype begin = made.text.size();
    const QStringList parts = view.sentence.split(u'`');
    const bool paired = parts.size() % 2 == 1;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (paired && i % 2 == 1)
            made.runs.append({static_cast<int>(made.text.size()), static_cast<int>(parts[i].size()), Run::Look::Code});
        else if (!paired && i > 0)
            made.text += u'`';
        made.text += parts[i];
    }
    if (const qsizetype at = view.strong.isEmpty() ? -1 : made.text.indexOf(view.strong, begin); at >= 0)
        made.runs.append({static_cast<int>(at), static_cast<int>(view.strong.size()), Run::Look::Strong});
    return made;
}

CheckRow::CheckRow(QWidget* parent)
    : QWidget(parent)
    , m_showMe(new CourseButton(CourseButton::Form::Pill, this))
{
    m_showMe->setText(CheckRowWords::tr("Show me"));
    m_showMe->hide();
    m_turning.setInterval(100);
    connect(&m_turning, &QTimer::timeout, this, [this] {
        m_turned = (m_turned + 30) % 360;
        update(visualRect(QRect(0, 0, m_theme.px(20), m_theme.px(20)), width(), layoutDirection()));
    });
    connect(m_showMe, &QAbstractButton::clicked, this, [this] {
        m_showMe->setChecked(m_view.shown); // who shows it says so
        emit showMeAsked();
    });
}

void CheckRow::setView(const CheckRowView& view)
{
    if (view == m_view && !m_sentence.text.isEmpty())
        return;
    m_view = view;
    m_sentence = CheckSentence::of(view);
    setAccessibleName(m_sentence.text);
    m_showMe->setAccessibleName(CheckRowWords::tr("Show me: %1").arg(view.sentence));
    m_showMe->setChecked(view.shown);
    m_showMe->setVisible(view.show);
    turn();
    refresh();
}

void CheckRow::setCount(const QString& words)
{
    m_view = {};
    m_view.state = State::Right;
    m_sentence = {.text = words, .runs = {}};
    setAccessibleName(words);
    refresh();
}

void CheckRow::refresh()
{
    m_showMe->setGeometry(visualRect(flow(width(), nullptr).pill, width(), layoutDirection()));
    updateGeometry();
    update();
}

void CheckRow::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_showMe->setTheme(theme);
    refresh();
}

void CheckRow::setReducedMotion(bool on)
{
    m_reducedMotion = on;
    turn();
}

// Only while there is something to see.
void CheckRow::turn()
{
    if (m_view.state == State::Running && !m_reducedMotion && isVisible())
        m_turning.start();
    else
        m_turning.stop();
}

void CheckRow::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    turn();
}

void CheckRow::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    turn();
}

QList<QTextLayout::FormatRange> CheckRow::formats() const
{
    QList<QTextLayout::FormatRange> found;
    for (const CheckSentence::Run& run : m_sentence.runs) {
        QTextCharFormat look;
        switch (run.look) {
        case CheckSentence::Run::Look::Bold: look.setFontWeight(QFont::DemiBold); break;
        case CheckSentence::Run::Look::Strong:
            look.setFontWeight(QFont::DemiBold);
            if (m_view.blocked)
                look.setForeground(m_theme.color(Meaning::Error));
            break;
        case CheckSentence::Run::Look::Code: look.setFontFamilies(codeFont(m_theme).families()); break;
        }
        found.append({run.from, run.length, look});
    }
    return found;
}

CheckRow::Flow CheckRow::flow(int width, QPainter* painter) const
{
    const int left = m_theme.px(28);
    const int room = std::max(m_theme.px(40), width - left);
    const FlowingText text(
        m_sentence.text, uiFont(m_theme, TypeSize::Label), room, m_theme.zoom() * 19, layoutDirection(), formats());
    double y = text.height();
    const double last = text.lastWidth();
    Flow made;
    if (m_view.show) {
        const QSize pill = m_showMe->sizeHint();
        const int wide = std::min(pill.width(), room);
        const bool fits = last + m_theme.px(10) + wide <= room;
        const int x = fits ? left + static_cast<int>(std::ceil(last)) + m_theme.px(10) : left;
        const double top = fits ? y - (text.lineHeight() + pill.height()) / 2 : y + m_theme.px(2);
        made.pill = QRect(x, static_cast<int>(std::floor(std::max(0.0, top))), wide, pill.height());
        y = std::max(y, static_cast<double>(made.pill.bottom() + 1));
    }
    made.height = std::max(m_theme.px(20), static_cast<int>(std::ceil(y)));
    if (painter) {
        const double x = isRightToLeft() ? width - left - room : left;
        painter->setPen(m_theme.text());
        text.paint(*painter, {x, 0});
    }
    return made;
}

int CheckRow::heightForWidth(int width) const
{
    return flow(width, nullptr).height;
}

QSize CheckRow::sizeHint() const
{
    return {m_theme.px(384), heightForWidth(m_theme.px(384))};
}

void CheckRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_showMe->setGeometry(visualRect(flow(width(), nullptr).pill, width(), layoutDirection()));
}

void CheckRow::paintSign(QPainter& painter, const QRectF& square) const
{
    const double thick = m_theme.zoom() * 1.6;
    const QRectF ring = square.adjusted(thick / 2 + 1, thick / 2 + 1, -thick / 2 - 1, -thick / 2 - 1);
    QPen pen(m_theme.ink(), thick);
    pen.setCapStyle(Qt::FlatCap);
    painter.setBrush(Qt::NoBrush);
    switch (m_view.state) {
    case State::Right: {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.ink());
        painter.drawEllipse(square.adjusted(0.5, 0.5, -0.5, -0.5));
        QRectF tick(0, 0, square.width() * 0.6, square.height() * 0.6);
        tick.moveCenter(square.center());
        paintTick(painter, tick, m_theme.onInk());
        return;
    }
    case State::NotYet:
        pen.setDashPattern({2, 1.6});
        painter.setPen(pen);
        painter.drawEllipse(ring);
        return;
    case State::Running:
        painter.setPen(QPen(m_theme.border(), thick));
        painter.drawEllipse(ring);
        painter.setPen(pen);
        painter.drawArc(ring, (90 - m_turned) * 16, -90 * 16);
        return;
    case State::Unknown:
        painter.setPen(QPen(m_theme.secondary(), thick));
        painter.drawEllipse(ring);
        painter.setFont(uiFont(m_theme, TypeSize::Second, QFont::Bold));
        painter.setPen(m_theme.text());
        painter.drawText(square, Qt::AlignCenter, u"?"_s);
        return;
    }
}

void CheckRow::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintSign(painter, visualRect(QRect(0, 0, m_theme.px(20), m_theme.px(20)), width(), layoutDirection()));
    flow(width(), &painter);
}

} // namespace bistro::ui
