#include "panels/callstackpanel.h"

#include "panels/headings.h"
#include "theme/fonts.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

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

    void set(const Theme& theme, int height)
    {
        m_theme = theme;
        m_height = height;
    }

    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override
    {
        return {m_theme.px(120), m_height};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool top = index.data(CallStackModel::TopRole).toBool();
        const bool guilty = index.data(CallStackModel::GuiltyRole).toBool();
        const bool last = index.row() + 1 == index.model()->rowCount();
        const QRectF plate = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, last ? -0.5 : 0.5);
        const double radius = m_theme.px(6);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        // One stack: round at its top and bottom, lines between.
        painter->setClipRect(option.rect);
        painter->setPen(QPen(top ? m_theme.ink() : m_theme.border(), 1));
        painter->setBrush(top ? m_theme.ink() : guilty ? m_theme.tint(Meaning::Error) : m_theme.raised());
        painter->drawRoundedRect(plate.adjusted(0, top ? 0 : -radius * 2, 0, last ? 0 : radius * 2), radius, radius);
        if (!top) {
            painter->setPen(QPen(m_theme.border(), 1));
            painter->drawLine(plate.topLeft(), plate.topRight());
        }
        if (guilty)
            painter->fillRect(QRectF(plate.left(), plate.top(), m_theme.px(top ? 5 : 3), plate.height()),
                m_theme.color(Meaning::Error));
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(QPen(m_theme.color(Meaning::Timer), m_theme.px(2)));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(plate.adjusted(1.5, 1.5, -1.5, -1.5), radius - 1, radius - 1);
        }

        const QFont placeFont = codeFont(m_theme, TypeSize::Second);
        const QString place = index.data(CallStackModel::PlaceRole).toString();
        const QRectF inner = plate.adjusted(m_theme.px(10), 0, -m_theme.px(9), 0);
        const QFont font = uiFont(m_theme, TypeSize::Label, top || guilty ? QFont::DemiBold : QFont::Medium);
        painter->setFont(font);
        painter->setPen(top ? m_theme.onInk() : guilty ? m_theme.color(Meaning::Error) : m_theme.text());
        const PlateWords words = plateWords(index.data().toString(), QFontMetricsF(font), place,
            QFontMetricsF(placeFont), inner.width(), m_theme.px(8));
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, words.function);
        painter->setFont(placeFont);
        QColor placeColor = top ? m_theme.onInk() : m_theme.secondary();
        if (top)
            placeColor.setAlphaF(0.75f);
        painter->setPen(placeColor);
        painter->drawText(inner, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, words.place);
        painter->restore();
    }

private:
    Theme m_theme {Scheme::Light};
    int m_height = 30;
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
    , m_count(new QLabel(this))
    , m_plates(new PlateList(this))
    , m_caller(new RichLabel(this))
{
    setAccessibleName(tr("Call stack"));
    m_heading->setText(tr("Call stack"));
    m_plates->setAccessibleName(tr("Call stack, innermost first"));
    m_plates->setModel(m_model);
    m_plates->setItemDelegate(new PlateDelegate(m_plates));
    m_plates->setFrameShape(QFrame::NoFrame);
    m_plates->setSelectionMode(QAbstractItemView::NoSelection);
    m_plates->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_plates->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_plates->setUniformItemSizes(true);
    m_plates->viewport()->setCursor(Qt::PointingHandCursor);
    m_plates->viewport()->setAutoFillBackground(
        false); // the panel's own ground is behind the plates' round corners, in every theme
    connect(m_plates, &QListView::clicked, this, &CallStackPanel::activate);
    connect(m_caller, &RichLabel::placeClicked, this, &CallStackPanel::placeClicked);
    connect(m_caller, &RichLabel::orderClicked, this, &CallStackPanel::orderClicked);
    restyle();
}

int CallStackPanel::plateHeight() const
{
    return m_theme.px(m_compact ? 27 : 30);
}

void CallStackPanel::setTheme(const Theme& theme)
{
    if (m_theme == theme)
        return;
    m_theme = theme;
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

void CallStackPanel::setContent(const CallStackContent& content)
{
    if (content == m_content)
        return;
    m_content = content;
    m_model->setPlates(content.plates);
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
    const int depth = m_model->depth();
    const bool restaurant = m_wording == app::Wording::Restaurant;
    if (depth == 0)
        m_count->setText(tr("empty"));
    else
        m_count->setText(restaurant ? tr("%n plates", nullptr, depth) : tr("%n frames", nullptr, depth));
    static_cast<PlateDelegate*>(m_plates->itemDelegate())->set(m_theme, plateHeight());
    // As high as its plates, to a stack of eight; an unfolded one scrolls.
    m_plates->setFixedHeight(plateHeight() * std::min(m_model->rowCount(), 8));
    m_plates->setVisible(depth > 0);
    m_plates->doItemsLayout();
    m_caller->setTheme(m_theme, TypeSize::Second, m_theme.secondary());
    QString html = m_content.calledBy.toHtmlEscaped();
    if (depth == 0)
        html = (m_wording == app::Wording::Restaurant ? tr("The waiter carries nothing.") : tr("No JavaScript runs."))
                   .toHtmlEscaped();
    if (m_content.forOrder) {
        html += u"<br>"_s + tr("for %1 %2").arg(orderHtml(*m_content.forOrder), numberText(m_content.forOrder->order));
        if (m_content.placedAt)
            html += tr(", placed at %1").arg(placeHtml(m_content.placedAt));
    }
    m_caller->setHtml(html);
}

void CallStackPanel::activate(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    const Plate* const plate = m_model->plateAt(index.row());
    if (!plate) {
        m_model->setUnfolded(true);
        restyle();
    } else if (plate->place) {
        emit placeClicked(
            QString::fromUtf8(plate->place.script.data(), static_cast<qsizetype>(plate->place.script.size())),
            static_cast<int>(plate->place.line));
    }
}

void CallStackPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window());
    painter.fillRect(0, 0, width(), 1, m_theme.border()); // the order's card stands above
}

} // namespace bistro::ui
