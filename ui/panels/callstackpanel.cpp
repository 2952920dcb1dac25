#include "panels/callstackpanel.h"

#include "panels/cardparts.h"
#include "panels/headings.h"
#include "theme/fonts.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

// Enter and Space do what a click does, whatever the style activates by.
class PlateList final : public QListView {
public:
    using QListView::QListView;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter
            || event->key() == Qt::Key_Space;
        if (enters && currentIndex().isValid())
            emit clicked(currentIndex());
        else
            QListView::keyPressEvent(event);
    }
};

class PlateDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void set(const Theme& theme, bool compact)
    {
        m_theme = theme;
        m_compact = compact;
    }

    [[nodiscard]] int heightOf(const QModelIndex& index) const
    {
        const int plate = m_theme.px(m_compact ? 27 : hasArguments(index) ? 46 : 30);
        return index.data(CallStackModel::AsideRole).toBool() ? plate + m_theme.px(4) : plate;
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        return {m_theme.px(120), heightOf(index)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool top = index.data(CallStackModel::TopRole).toBool();
        const bool guilty = index.data(CallStackModel::GuiltyRole).toBool();
        const bool aside = index.data(CallStackModel::AsideRole).toBool();
        const bool last = aside || index.row() + 1 == index.model()->rowCount();
        QRectF plate = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, last ? -0.5 : 0.5);
        if (aside)
            plate.setTop(plate.top() + m_theme.px(4)); // each by itself
        const double radius = m_theme.px(6);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        // One stack: round at its top and bottom, lines between.
        painter->setClipRect(option.rect);
        painter->setPen(
            aside ? QPen(m_theme.secondary(), 1, Qt::DashLine) : QPen(top ? m_theme.ink() : m_theme.border(), 1));
        painter->setBrush(aside ? QBrush(Qt::NoBrush)
                : top           ? m_theme.ink()
                : guilty        ? m_theme.tint(Meaning::Error)
                                : m_theme.raised());
        const bool first = top || aside;
        painter->drawRoundedRect(plate.adjusted(0, first ? 0 : -radius * 2, 0, last ? 0 : radius * 2), radius, radius);
        if (!first) {
            painter->setPen(QPen(m_theme.border(), 1));
            painter->drawLine(plate.topLeft(), plate.topRight());
        }
        if (guilty)
            painter->fillRect(QRectF(plate.left(), plate.top(), m_theme.px(top ? 5 : 3), plate.height()),
                m_theme.color(Meaning::Error));
        if (!top && index.data(CallStackModel::ChosenRole).toBool()) {
            painter->setPen(QPen(m_theme.ink(), m_theme.px(2)));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(plate.adjusted(1, 1, -1, -1), radius - 1, radius - 1);
        }
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(m_theme.color(Meaning::Timer), m_theme.px(2)));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(plate.adjusted(1.5, 1.5, -1.5, -1.5), radius - 1, radius - 1);
        }
        paintWords(*painter, plate, index, top, guilty);
        painter->restore();
    }

private:
    [[nodiscard]] bool hasArguments(const QModelIndex& index) const
    {
        return !m_compact && !index.data(CallStackModel::ArgumentsRole).toString().isEmpty();
    }

    // The function and its place; below them, in a run with lines, what it was called with.
    void paintWords(QPainter& painter, const QRectF& plate, const QModelIndex& index, bool top, bool guilty) const
    {
        const QFont placeFont = codeFont(m_theme, TypeSize::Second);
        const QString place = index.data(CallStackModel::PlaceRole).toString();
        const QRectF inner = plate.adjusted(m_theme.px(10), 0, -m_theme.px(9), 0);
        const bool arguments = hasArguments(index);
        const QRectF upper = arguments ? inner.adjusted(0, m_theme.px(3), 0, -m_theme.px(18)) : inner;
        const QFont font = uiFont(m_theme, TypeSize::Label, top || guilty ? QFont::DemiBold : QFont::Medium);
        painter.setFont(font);
        painter.setPen(top ? m_theme.onInk() : guilty ? m_theme.color(Meaning::Error) : m_theme.text());
        const PlateWords words = plateWords(index.data().toString(), QFontMetricsF(font), place,
            QFontMetricsF(placeFont), upper.width(), m_theme.px(8));
        painter.drawText(upper, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, words.function);
        painter.setFont(placeFont);
        QColor placeColor = top ? m_theme.onInk() : m_theme.secondary();
        if (top)
            placeColor.setAlphaF(0.75f);
        painter.setPen(placeColor);
        painter.drawText(upper, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, words.place);
        if (!arguments)
            return;
        painter.setPen(top ? m_theme.onInk() : m_theme.text());
        const QRectF lower(inner.left(), upper.bottom(), inner.width(), m_theme.px(15));
        painter.drawText(lower, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
            painter.fontMetrics().elidedText(
                index.data(CallStackModel::ArgumentsRole).toString(), Qt::ElideRight, qRound(lower.width())));
    }

    Theme m_theme {Scheme::Light};
    bool m_compact = false;
};

} // namespace

PlateWords plateWords(const QString& function, const QFontMetricsF& metrics, const QString& place,
    const QFontMetricsF& placeMetrics, double width, double gap)
{
    if (place.isEmpty())
        return {.function = metrics.elidedText(function, Qt::ElideRight, width), .place = {}};
    const QString line = place.sliced(std::max<qsizetype>(0, place.lastIndexOf(u':')));
    PlateWords words;
    words.function = metrics.elidedText(function, Qt::ElideRight, width - gap - placeMetrics.horizontalAdvance(line));
    words.place = fittedPlace(place, placeMetrics, width - gap - metrics.horizontalAdvance(words.function));
    return words;
}

CallStackPanel::CallStackPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new CallStackModel(this))
    , m_heading(new QLabel(this))
    , m_count(new HeadLabel(this))
    , m_plates(new PlateList(this))
    , m_asideModel(new CallStackModel(this))
    , m_aside(new PlateList(this))
    , m_caller(new RichLabel(this))
{
    setAccessibleName(tr("Call stack"));
    m_heading->setText(tr("Call stack"));
    m_plates->setAccessibleName(tr("Call stack, innermost first"));
    m_aside->setAccessibleName(tr("Calls that are set aside, the last first"));
    m_asideModel->setAside(true);
    dress(*m_plates, *m_model);
    dress(*m_aside, *m_asideModel);
    connect(m_caller, &RichLabel::placeClicked, this, &CallStackPanel::placeClicked);
    connect(m_caller, &RichLabel::orderClicked, this, &CallStackPanel::orderClicked);
    restyle();
}

void CallStackPanel::dress(QListView& plates, CallStackModel& model)
{
    plates.setModel(&model);
    plates.setItemDelegate(new PlateDelegate(&plates));
    plates.setFrameShape(QFrame::NoFrame);
    plates.setSelectionMode(QAbstractItemView::NoSelection);
    plates.setEditTriggers(QAbstractItemView::NoEditTriggers);
    plates.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    plates.viewport()->setCursor(Qt::PointingHandCursor);
    plates.viewport()->setAutoFillBackground(
        false); // the panel's own ground is behind the plates' round corners, in every theme
    connect(&plates, &QListView::clicked, this, [this, &model](const QModelIndex& index) { activate(model, index); });
}

// As high as its plates, to a stack of eight; an unfolded one scrolls.
void CallStackPanel::fit(QListView& plates, const CallStackModel& model)
{
    auto* const delegate = static_cast<PlateDelegate*>(plates.itemDelegate());
    delegate->set(m_theme, m_compact);
    int height = 0;
    for (int row = 0; row < std::min(model.rowCount(), 8); ++row)
        height += delegate->heightOf(model.index(row));
    plates.setFixedHeight(height);
    plates.setVisible(model.depth() > 0);
    plates.doItemsLayout();
}

void CallStackPanel::setChosen(trace::CallId call)
{
    m_model->setChosen(call);
    m_asideModel->setChosen(call);
}

void CallStackPanel::setTheme(const Theme& theme)
{
    m_theme = theme; // even if it is the same: another place of the window has taken the colors away
    restyle();
}

void CallStackPanel::setWording(app::Wording wording)
{
    m_wording = wording;
    restyle();
}

void CallStackPanel::setCompact(bool on)
{
    m_compact = on;
    restyle();
}

void CallStackPanel::setBrief(bool on)
{
    if (std::exchange(m_brief, on) != on)
        restyle();
}

void CallStackPanel::setContent(const CallStackContent& content)
{
    if (content == m_content)
        return;
    m_content = content;
    m_model->setPlates(content.plates);
    m_asideModel->setPlates(content.aside);
    restyle();
}

void CallStackPanel::restyle()
{
    const auto px = [this](double at100) { return m_theme.px(at100); };
    if (!layout()) {
        auto* const all = new QVBoxLayout(this);
        auto* const top = new QHBoxLayout;
        top->addWidget(m_heading, 1);
        top->addWidget(m_count, 0);
        all->addLayout(top);
        all->addWidget(m_plates);
        all->addWidget(m_aside);
        all->addWidget(m_caller);
        all->addStretch(1);
    }
    layout()->setContentsMargins(px(14), px(10), px(14), px(10));
    layout()->setSpacing(px(8));
    if (m_said != m_wording) {
        m_said = m_wording;
        m_heading->setToolTip(app::termTip(termOf(CardHeading::CallStack), m_wording));
        m_plates->setAccessibleDescription(app::termDescription(termOf(CardHeading::CallStack), m_wording));
    }
    colorLabel(m_heading, uiFont(m_theme, TypeSize::Second, QFont::DemiBold), m_theme.secondary());
    colorLabel(m_count, uiFont(m_theme, TypeSize::Second), m_theme.secondary());
    m_count->setText(countText());
    fit(*m_plates, *m_model);
    fit(*m_aside, *m_asideModel);
    m_caller->setTheme(m_theme, TypeSize::Second, m_theme.secondary());
    QString html = m_content.calledBy.toHtmlEscaped();
    if (m_model->depth() == 0)
        html = (m_wording == app::Wording::Restaurant ? tr("The waiter carries nothing.") : tr("No JavaScript runs."))
                   .toHtmlEscaped();
    // With variables below, the card above says which order it is for.
    if (m_content.forOrder && !m_brief) {
        html += u"<br>"_s + tr("for %1 %2").arg(orderHtml(*m_content.forOrder), numberText(m_content.forOrder->order));
        if (m_content.placedAt)
            html += tr(", placed at %1").arg(placeHtml(m_content.placedAt));
    }
    if (!m_content.whyAside.isEmpty())
        html = m_content.whyAside.toHtmlEscaped() + (m_brief || html.isEmpty() ? QString() : u"<br>"_s + html);
    m_caller->setHtml(html);
}

QString CallStackPanel::countText() const
{
    const int depth = m_model->depth();
    const int aside = m_asideModel->depth();
    const bool restaurant = m_wording == app::Wording::Restaurant;
    const QString plates = depth == 0 ? tr("empty")
        : restaurant                  ? tr("%n plates", nullptr, depth)
                                      : tr("%n frames", nullptr, depth);
    if (aside == 0)
        return plates;
    return tr("%1, %2").arg(plates, restaurant ? tr("%1 set aside").arg(aside) : tr("%1 paused").arg(aside));
}

void CallStackPanel::activate(CallStackModel& model, const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const Plate* const there = model.plateAt(index.row());
    if (!there) {
        model.setUnfolded(true);
        return restyle();
    }
    const Plate plate = *there;
    if (plate.place)
        emit placeClicked(
            QString::fromUtf8(plate.place.script.data(), static_cast<qsizetype>(plate.place.script.size())),
            static_cast<int>(plate.place.line));
    if (plate.call)
        emit callClicked(plate.call);
}

void CallStackPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window());
    painter.fillRect(0, 0, width(), 1, m_theme.border()); // the order's card stands above
}

} // namespace bistro::ui
