#include "panels/ordercard.h"

#include "theme/fonts.h"

#include <QPainter>
#include <QPainterPath>
#include <QResizeEvent>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

// The dot of a step on the line that joins them, a reason's number, or a row's word.
class Lead final : public QWidget {
public:
    using QWidget::QWidget;

    void showStep(const Theme& theme, const QColor& color, CardStep::Stage stage, bool first, bool last)
    {
        m_theme = theme;
        m_color = color;
        m_stage = stage;
        m_first = first;
        m_last = last;
        m_text.clear();
        setFixedWidth(theme.px(18));
        update();
    }
    void showText(const Theme& theme, const QString& text, int width)
    {
        m_theme = theme;
        m_text = text;
        setFixedWidth(width);
        update();
    }
    [[nodiscard]] QString text() const { return m_text; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (!m_text.isEmpty()) {
            painter.setFont(uiFont(m_theme, TypeSize::Second));
            painter.setPen(m_theme.secondary());
            painter.drawText(rect().adjusted(0, m_theme.px(2), 0, 0), Qt::AlignLeft | Qt::AlignTop, m_text);
            return;
        }
        const QPointF centre(m_theme.px(8), m_theme.px(11));
        const bool future = m_stage == CardStep::Stage::Future;
        painter.setPen(QPen(future ? m_theme.border() : m_color, m_theme.px(2)));
        if (!m_first)
            painter.drawLine(QPointF(centre.x(), 0), centre);
        if (!m_last) {
            painter.setPen(QPen(m_stage == CardStep::Stage::Past ? m_color : m_theme.border(), m_theme.px(2)));
            painter.drawLine(centre, QPointF(centre.x(), height()));
        }
        switch (m_stage) {
        case CardStep::Stage::Past:
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_color);
            painter.drawEllipse(centre, m_theme.px(4), m_theme.px(4));
            break;
        case CardStep::Stage::Now:
            painter.setPen(QPen(m_color, m_theme.px(3)));
            painter.setBrush(m_theme.window());
            painter.drawEllipse(centre, m_theme.px(5), m_theme.px(5));
            break;
        case CardStep::Stage::Future:
            painter.setPen(QPen(m_theme.secondary(), m_theme.px(1.5)));
            painter.setBrush(m_theme.window());
            painter.drawEllipse(centre, m_theme.px(4), m_theme.px(4));
            break;
        }
    }

private:
    Theme m_theme {Scheme::Light};
    QColor m_color;
    CardStep::Stage m_stage = CardStep::Stage::Past;
    bool m_first = false;
    bool m_last = false;
    QString m_text;
};

class MarkBox final : public QWidget {
public:
    using QWidget::QWidget;

    void show(const Theme& theme, Meaning meaning)
    {
        m_theme = theme;
        m_meaning = meaning;
        setFixedSize(theme.px(18), theme.px(18));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        paintMark(painter, m_meaning, QRectF(rect()).adjusted(1, 1, -1, -1), m_theme.color(m_meaning));
    }

private:
    Theme m_theme {Scheme::Light};
    Meaning m_meaning = Meaning::Running;
};

// A tinted card with round corners.
class TintBox final : public QWidget {
public:
    using QWidget::QWidget;

    void setColor(const QColor& color, int radius)
    {
        m_color = color;
        m_radius = radius;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_color);
        painter.drawRoundedRect(rect(), m_radius, m_radius);
    }

private:
    QColor m_color;
    int m_radius = 8;
};

QIcon pinIcon(const Theme& theme, bool pinned, double ratio)
{
    const int size = theme.px(16);
    QPixmap pixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(size / 16.0, size / 16.0);
    QPainterPath head;
    head.moveTo(5, 2);
    head.lineTo(11, 2);
    head.lineTo(10.2, 7);
    head.lineTo(12.5, 10);
    head.lineTo(3.5, 10);
    head.lineTo(5.8, 7);
    head.closeSubpath();
    painter.setPen(QPen(pinned ? theme.ink() : theme.secondary(), 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (pinned)
        painter.setBrush(theme.ink());
    painter.drawPath(head);
    painter.drawLine(QPointF(8, 10), QPointF(8, 14));
    return pixmap;
}

} // namespace

OrderCard::OrderCard(QWidget* parent)
    : QWidget(parent)
    , m_heading(new RichLabel(this))
    , m_pin(new QToolButton(this))
    , m_mark(new MarkBox(this))
    , m_title(new QLabel(this))
    , m_aside(new QLabel(this))
    , m_box(new TintBox(this))
    , m_question(new QLabel(m_box))
    , m_triggers(new RichLabel(this))
{
    setAccessibleName(tr("The order"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_aside->setTextFormat(Qt::PlainText);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setWordWrap(true);
    m_pin->setCheckable(true);
    m_pin->setAutoRaise(true);
    m_pin->setAccessibleName(tr("Pin this order"));
    m_pin->setToolTip(tr("Pin: this order stays here when another one is chosen (Ctrl+Shift+P)"));
    m_pin->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    connect(m_pin, &QToolButton::toggled, this, [this](bool on) {
        m_pin->setIcon(pinIcon(m_theme, on, devicePixelRatioF()));
        emit pinChanged(on);
    });
    connect(m_triggers, &RichLabel::orderClicked, this, &OrderCard::orderClicked);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    restyle();
}

void OrderCard::restyle()
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::Window, m_theme.window());
    setPalette(palette);
    m_heading->setTheme(m_theme, TypeSize::Second, m_theme.secondary(), QFont::DemiBold);
    m_pin->setIconSize(QSize(m_theme.px(16), m_theme.px(16)));
    m_pin->setIcon(pinIcon(m_theme, m_pin->isChecked(), devicePixelRatioF()));
    m_triggers->setTheme(m_theme, TypeSize::Second, m_theme.secondary());
    showForm(m_form);
}

void OrderCard::setTheme(const Theme& theme)
{
    if (m_theme == theme)
        return;
    m_theme = theme;
    restyle();
}

void OrderCard::setWording(app::Wording wording)
{
    m_wording = wording;
    showForm(m_form);
}

void OrderCard::setCompact(bool on)
{
    m_compact = on;
    showForm(m_form);
}

bool OrderCard::isPinned() const
{
    return m_pin->isChecked();
}
void OrderCard::setPinned(bool on)
{
    m_pin->setChecked(on);
}

void OrderCard::showNothing(const QString& hint)
{
    m_hint = hint;
    showForm(Form::Nothing);
    m_order = {};
    m_blocked = {};
}

void OrderCard::showOrder(const OrderCardContent& content)
{
    if (m_form == Form::Order && m_order == content)
        return;
    m_order = content;
    showForm(Form::Order);
}

void OrderCard::showBlocked(const BlockedContent& content)
{
    if (m_form == Form::Blocked && m_blocked == content)
        return;
    m_blocked = content;
    showForm(Form::Blocked);
}

QString OrderCard::heading() const
{
    return m_wording == app::Wording::Restaurant ? tr("The order") : tr("The callback");
}

// Not by a layout of Qt's: each text in it that changes would have all of them ask all others, and the window lay
// itself out anew.
void OrderCard::showForm(Form form)
{
    fill(form);
    const int before = std::exchange(m_heightAt, -1) == width() ? m_height : -1;
    if (arrange(width(), Arrange::Place) != before)
        updateGeometry();
}

int OrderCard::heightForWidth(int width) const
{
    if (m_heightAt != width) {
        m_height = arrange(width, Arrange::Measure);
        m_heightAt = width;
    }
    return m_height;
}

QSize OrderCard::sizeHint() const
{
    return {m_theme.px(256), std::max(m_height, m_theme.px(356))};
} // its height depends on its width: who lays it out asks for that
QSize OrderCard::minimumSizeHint() const
{
    return {m_theme.px(160), m_theme.px(40)};
}

void OrderCard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->oldSize().width() == width())
        return;
    if (m_form == Form::Order)
        showTitle();
    m_height = arrange(width(), Arrange::Place);
    m_heightAt = width();
}

int OrderCard::arrangeLine(const Line& line, const QRect& at, Arrange how) const
{
    const int lead = line.lead->minimumWidth();
    const int when = line.when->isHidden() ? 0 : line.when->sizeHint().width();
    const int room = std::max(1, at.width() - lead - when);
    const int height = std::max(line.sentence->heightForWidth(room), line.sentence->minimumHeight());
    if (how == Arrange::Place) {
        line.lead->setGeometry(at.left(), at.top(), lead, height);
        line.sentence->setGeometry(at.left() + lead, at.top(), room, height);
        line.when->setGeometry(at.left() + lead + room, at.top(), when, line.when->sizeHint().height());
    }
    return height;
}

int OrderCard::arrange(int width, Arrange how) const
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    const bool place = how == Arrange::Place;
    const int left = px(14);
    const int inner = std::max(1, width - 2 * left);
    int y = px(10);
    const auto below = [&](int height) { y += height + px(8); };

    const QSize pin = m_pin->isHidden() ? QSize(0, 0) : m_pin->sizeHint();
    const int headingWidth = std::max(1, inner - (pin.isEmpty() ? 0 : pin.width() + px(6)));
    const int heading = std::max(m_heading->heightForWidth(headingWidth), pin.height());
    if (place) {
        m_heading->setGeometry(left, y, headingWidth, heading);
        m_pin->setGeometry(QRect(QPoint(left + inner - pin.width(), y + (heading - pin.height()) / 2), pin));
    }
    below(heading);

    if (!m_title->isHidden()) {
        const int mark = m_mark->minimumWidth();
        const QSize aside = m_aside->sizeHint();
        const int height = std::max({m_title->sizeHint().height(), aside.height(), m_mark->height()});
        if (place) {
            m_mark->move(left, y + (height - m_mark->height()) / 2);
            m_title->setGeometry(left + mark + px(9), y, std::max(1, inner - mark - 2 * px(9) - aside.width()), height);
            m_aside->setGeometry(left + inner - aside.width(), y, aside.width(), height);
        }
        below(height);
    }

    int steps = 0;
    for (const Line& line : m_steps) {
        if (!line.sentence->isHidden())
            steps += arrangeLine(line, QRect(left, y + steps, inner, 0), how);
    }
    if (steps > 0)
        below(steps);

    if (!m_box->isHidden()) {
        const int boxLeft = px(12);
        const int boxInner = std::max(1, inner - boxLeft - px(10));
        int at = px(10);
        const int question = m_question->heightForWidth(boxInner);
        if (place)
            m_question->setGeometry(boxLeft, at, boxInner, question);
        at += question + px(6);
        for (const Line& line : m_reasons) {
            if (!line.sentence->isHidden())
                at += arrangeLine(line, QRect(boxLeft, at, boxInner, 0), how) + px(4);
        }
        at += px(8);
        if (place)
            m_box->setGeometry(left, y, inner, at);
        below(at);
    }
    if (!m_triggers->isHidden()) {
        const int height = m_triggers->heightForWidth(inner);
        if (place)
            m_triggers->setGeometry(left, y, inner, height);
        below(height);
    }
    // Most cards are not higher than this: what stands below does not jump from step to step.
    const int height = std::max(y + px(4), px(m_compact ? 272 : 356));
    if (place) {
        m_height = height;
        m_heightAt = width;
    }
    return height;
}

void OrderCard::fill(Form form)
{
    m_form = form;
    const bool order = form == Form::Order;
    m_pin->setVisible(order);
    m_mark->setVisible(form != Form::Nothing);
    m_title->setVisible(form != Form::Nothing);
    m_aside->setVisible(form != Form::Nothing);
    switch (form) {
    case Form::Nothing:
        m_heading->setHtml(u"%1<p style='font-weight: 400; margin-top: %2px'>%3</p>"_s.arg(heading().toHtmlEscaped())
                .arg(m_theme.px(8))
                .arg((!m_hint.isEmpty() ? m_hint + u' ' : QString()).toHtmlEscaped()
                    + (m_wording == app::Wording::Restaurant
                            ? tr("Choose an order, at a table, on the pass or in the timeline, to see what becomes of "
                                 "it.")
                            : tr("Choose a callback, in a queue or in the timeline, to see what becomes of it."))
                        .toHtmlEscaped()));
        keep(m_steps, 0);
        keep(m_reasons, 0);
        m_box->hide();
        m_triggers->hide();
        return;
    case Form::Order: layOutOrder(); return;
    case Form::Blocked: layOutBlocked(); return;
    }
}

OrderCard::Line& OrderCard::line(std::vector<Line>& lines, std::size_t i, QWidget* within)
{
    if (i == lines.size()) {
        Line made;
        made.lead = new Lead(within);
        made.sentence = new RichLabel(within);
        made.when = new QLabel(within);
        made.when->setTextFormat(Qt::PlainText);
        connect(made.sentence, &RichLabel::orderClicked, this, &OrderCard::orderClicked);
        connect(made.sentence, &RichLabel::placeClicked, this, &OrderCard::placeClicked);
        lines.push_back(made);
    }
    lines[i].lead->show();
    lines[i].sentence->show();
    return lines[i];
}

void OrderCard::keep(std::vector<Line>& lines, std::size_t count)
{
    for (std::size_t i = count; i < lines.size(); ++i) {
        for (QWidget* const part :
            {lines[i].lead, static_cast<QWidget*>(lines[i].sentence), static_cast<QWidget*>(lines[i].when)})
            part->hide();
    }
}

void OrderCard::showTitle()
{
    const QFont font = uiFont(m_theme, TypeSize::Title, QFont::DemiBold);
    m_title->setText(QFontMetrics(font).elidedText(
        m_order.name.title, Qt::ElideRight, std::max(m_theme.px(120), width() - m_theme.px(100))));
}

void OrderCard::layOutOrder()
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    const QColor color = m_theme.color(m_order.name.meaning);
    m_heading->setHtml(heading().toHtmlEscaped());
    static_cast<MarkBox*>(m_mark)->show(m_theme, m_order.name.meaning);
    colorLabel(m_title, uiFont(m_theme, TypeSize::Title, QFont::DemiBold), m_theme.text());
    showTitle();
    m_title->setToolTip(m_order.name.title.toHtmlEscaped());
    m_title->setAccessibleName(m_order.name.title);
    colorLabel(m_aside, uiFont(m_theme, TypeSize::Label), m_theme.secondary());
    m_aside->setText(numberText(m_order.name.order));

    for (std::size_t i = 0; i < m_order.steps.size(); ++i) {
        const CardStep& step = m_order.steps[i];
        Line& row = line(m_steps, i, this);
        static_cast<Lead*>(row.lead)->showStep(m_theme, color, step.stage, i == 0, i + 1 == m_order.steps.size());
        const bool now = step.stage == CardStep::Stage::Now;
        row.sentence->setTheme(m_theme, TypeSize::Label,
            step.stage == CardStep::Stage::Future ? m_theme.secondary() : m_theme.text(),
            now ? QFont::DemiBold : QFont::Normal);
        row.sentence->setMinimumHeight(px(24));
        row.sentence->setAlignment(Qt::AlignLeft | Qt::AlignTop);
        row.sentence->setContentsMargins(0, px(3), px(6), 0);
        QString html = step.text.toHtmlEscaped();
        if (step.place)
            html += u' ' + placeHtml(step.place);
        row.sentence->setHtml(html);
        colorLabel(row.when, uiFont(m_theme, TypeSize::Second), m_theme.secondary());
        row.when->setContentsMargins(0, px(4), 0, 0);
        row.when->setText(step.when);
        row.when->show();
    }
    keep(m_steps, m_order.steps.size());

    m_box->setVisible(!m_order.question.isEmpty() && !m_order.reasons.empty());
    static_cast<TintBox*>(m_box)->setColor(m_theme.tint(m_order.name.meaning), px(8));
    colorLabel(m_question, uiFont(m_theme, TypeSize::Label, QFont::DemiBold), m_theme.text());
    m_question->setText(m_order.question);
    for (std::size_t i = 0; i < m_order.reasons.size(); ++i) {
        Line& row = line(m_reasons, i, m_box);
        static_cast<Lead*>(row.lead)->showText(m_theme, QString::number(i + 1), px(16));
        row.sentence->setTheme(m_theme, TypeSize::Label, m_theme.text());
        row.sentence->setHtml(sentenceHtml(m_order.reasons[i], m_order.named));
        row.when->hide();
    }
    keep(m_reasons, m_order.reasons.size());

    QString chain;
    for (const NamedOrder& cause : m_order.triggers)
        chain += (chain.isEmpty() ? QString() : u" \u2190 "_s) + orderHtml(cause);
    if (m_order.moreTriggers)
        chain += chain.isEmpty() ? tr("itself, as the program says").toHtmlEscaped() : u" \u2190 \u2026"_s;
    m_triggers->setVisible(!chain.isEmpty());
    m_triggers->setHtml(tr("caused by %1").arg(chain));
}

void OrderCard::layOutBlocked()
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    m_heading->setHtml(tr("Finding").toHtmlEscaped());
    static_cast<MarkBox*>(m_mark)->show(m_theme, Meaning::Error);
    const QColor red = m_theme.color(Meaning::Error);
    colorLabel(m_title, uiFont(m_theme, TypeSize::Title, QFont::Bold), red);
    m_title->setText(m_blocked.title);
    m_title->setToolTip({});
    m_title->setAccessibleName(
        m_blocked.duration.isEmpty() ? m_blocked.title : tr("%1 for %2").arg(m_blocked.title, m_blocked.duration));
    colorLabel(m_aside, uiFont(m_theme, TypeSize::Title, QFont::Bold), red);
    m_aside->setText(m_blocked.duration);

    for (std::size_t i = 0; i < m_blocked.rows.size(); ++i) {
        const BlockedContent::Row& row = m_blocked.rows[i];
        Line& shown = line(m_steps, i, this);
        static_cast<Lead*>(shown.lead)->showText(m_theme, row.label, px(52));
        shown.sentence->setTheme(m_theme, TypeSize::Label, m_theme.text());
        shown.sentence->setMinimumHeight(px(26));
        shown.sentence->setContentsMargins(0, 0, 0, px(6));
        QString html = sentenceHtml(row.sentence, m_blocked.named);
        if (row.place)
            html += u' ' + placeHtml(row.place);
        if (i + 1 == m_blocked.rows.size() && !m_blocked.waiting.empty()) {
            QStringList counts;
            for (const auto& [meaning, count] : m_blocked.waiting)
                counts << u"<img src=\"mark:%1\">&nbsp;%2"_s.arg(static_cast<int>(meaning)).arg(count);
            html += u"<br>"_s + counts.join(u"&nbsp; "_s);
        }
        shown.sentence->setHtml(html);
        shown.when->hide();
    }
    keep(m_steps, m_blocked.rows.size());

    m_box->setVisible(!m_blocked.helps.empty());
    static_cast<TintBox*>(m_box)->setColor(m_theme.tint(Meaning::Error), px(8));
    colorLabel(m_question, uiFont(m_theme, TypeSize::Label, QFont::DemiBold), m_theme.text());
    m_question->setText(tr("What helps"));
    for (std::size_t i = 0; i < m_blocked.helps.size(); ++i) {
        Line& row = line(m_reasons, i, m_box);
        static_cast<Lead*>(row.lead)->showText(m_theme, QString::number(i + 1), px(16));
        row.sentence->setTheme(m_theme, TypeSize::Label, m_theme.text());
        row.sentence->setHtml(sentenceHtml(m_blocked.helps[i], m_blocked.named));
        row.when->hide();
    }
    keep(m_reasons, m_blocked.helps.size());
    m_triggers->hide();
}

QString OrderCard::asText() const
{
    QStringList lines;
    switch (m_form) {
    case Form::Nothing: return {};
    case Form::Order:
        lines << m_order.name.title + u' ' + numberText(m_order.name.order);
        for (const CardStep& step : m_order.steps) {
            const QString place = step.place ? u' ' + placeName(step.place) : QString();
            const QString mark = step.stage == CardStep::Stage::Now ? u"> "_s
                : step.stage == CardStep::Stage::Future             ? u"- "_s
                                                                    : u"+ "_s;
            lines << mark + step.text + place + (step.when.isEmpty() ? QString() : u", "_s + step.when);
        }
        if (!m_order.question.isEmpty() && !m_order.reasons.empty())
            lines << m_order.question;
        for (std::size_t i = 0; i < m_order.reasons.size(); ++i)
            lines << u"%1. %2"_s.arg(i + 1).arg(m_order.reasons[i].text);
        break;
    case Form::Blocked:
        lines << (m_blocked.duration.isEmpty() ? m_blocked.title
                                               : tr("%1 for %2").arg(m_blocked.title, m_blocked.duration));
        for (const BlockedContent::Row& row : m_blocked.rows)
            lines << row.label + u": "_s + row.sentence.text + (row.place ? u' ' + placeName(row.place) : QString());
        for (std::size_t i = 0; i < m_blocked.helps.size(); ++i)
            lines << u"%1. %2"_s.arg(i + 1).arg(m_blocked.helps[i].text);
        break;
    }
    return lines.join(u'\n');
}

void OrderCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window());
}

} // namespace bistro::ui
