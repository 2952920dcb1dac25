#include "houses/rushcontrols.h"

#include "houses/housesink.h"
#include "houses/rushwords.h"
#include "theme/fonts.h"

#include <QFontMetrics>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// A step of a slider is half an octave: 0.25 … 8 for the cooks, 0.25 … 64 for the waiter.
constexpr int kLeast = -4;
constexpr int kMostCooking = 6;
constexpr int kMostComputing = 12;
constexpr int kMostGuests = 48;

double factorAt(int position)
{
    const double factor = std::exp2(position / 2.);
    return factor < 1 ? std::round(factor * 100) / 100 : std::round(factor * 10) / 10;
}

int positionOf(double factor)
{
    return static_cast<int>(std::lround(2 * std::log2(std::max(0.01, factor))));
}

QString sliderSheet(const Theme& theme)
{
    return u"QSlider { background: transparent; } "
           "QSlider::groove:horizontal { height: %1px; background: %2; border-radius: 1px; } "
           "QSlider::sub-page:horizontal { height: %1px; background: %3; border-radius: 1px; } "
           "QSlider::handle:horizontal { width: %4px; height: %4px; margin: -%5px 0; border: 2px solid %3; "
           "border-radius: %6px; background: %7; } "
           "QSlider::handle:horizontal:focus { background: %3; }"_s.arg(theme.px(3))
               .arg(hatchEdge(theme).name(), theme.ink().name())
               .arg(theme.px(10))
               .arg(theme.px(5))
               .arg(theme.px(5) + 1)
               .arg(theme.raised().name());
}

} // namespace

RushControls::RushControls(QWidget* parent)
    : QWidget(parent)
{
    const std::array<QString, 3> names {tr("cooking"), tr("computing"), tr("guests")};
    const std::array<QString, 3> told {tr("Cooking time: how long guests wait for cooks, database and network"),
        tr("Computing time: how long the waiter himself works for a guest"), tr("How many guests come")};
    for (const Which which : {Cooking, Computing, Guests}) {
        Knob& knob = m_knobs[which];
        knob.label = new QLabel(names[which], this);
        knob.slider = new QSlider(Qt::Horizontal, this);
        knob.value = new QLabel(this);
        knob.slider->setAccessibleName(told[which]);
        for (QWidget* const each : {static_cast<QWidget*>(knob.label), static_cast<QWidget*>(knob.slider)})
            each->setToolTip(told[which]);
        knob.slider->setPageStep(2);
        knob.label->setBuddy(knob.slider);
    }
    m_knobs[Cooking].slider->setRange(kLeast, kMostCooking);
    m_knobs[Computing].slider->setRange(kLeast, kMostComputing);
    m_knobs[Guests].slider->setRange(2, kMostGuests);
    for (const Which which : {Cooking, Computing, Guests}) // not before: a range moves a value, too
        connect(m_knobs[which].slider, &QSlider::valueChanged, this, [this, which](int at) { take(which, at); });
    m_reset = new QPushButton(tr("Reset"), this);
    m_reset->setToolTip(tr("Back to what was measured"));
    connect(m_reset, &QPushButton::clicked, this, [this] {
        app::RushAssumptions measured = m_assumptions;
        measured.cooking = 1;
        measured.computing = 1;
        measured.guests = 0;
        if (m_reset->hasFocus())
            m_knobs[Cooking].slider->setFocus();
        setAssumptions(measured, m_came);
        emit changed();
    });
}

void RushControls::setAssumptions(const app::RushAssumptions& assumptions, int came)
{
    m_assumptions = assumptions;
    m_came = came;
    const std::array<int, 3> positions {positionOf(assumptions.cooking), positionOf(assumptions.computing),
        assumptions.guests > 0 ? assumptions.guests : came};
    for (const Which which : {Cooking, Computing, Guests}) {
        const QSignalBlocker quiet(m_knobs[which].slider);
        if (which == Guests)
            m_knobs[which].slider->setMaximum(std::max({kMostGuests, came, assumptions.guests}));
        m_knobs[which].slider->setValue(positions[which]);
    }
    showValues();
}

void RushControls::take(Which which, int position)
{
    switch (which) {
    case Cooking: m_assumptions.cooking = factorAt(position); break;
    case Computing: m_assumptions.computing = factorAt(position); break;
    case Guests: m_assumptions.guests = position == m_came ? 0 : position; break;
    }
    showValues();
    emit changed();
}

QString RushControls::valueOf(Which which) const
{
    switch (which) {
    case Cooking: return factorText(m_assumptions.cooking);
    case Computing: return factorText(m_assumptions.computing);
    case Guests: return QString::number(m_assumptions.guests > 0 ? m_assumptions.guests : m_came);
    }
    Q_UNREACHABLE_RETURN({});
}

void RushControls::showValues()
{
    for (const Which which : {Cooking, Computing, Guests}) {
        m_knobs[which].value->setText(valueOf(which));
        m_knobs[which].slider->setAccessibleDescription(valueOf(which));
    }
    m_reset->setEnabled(m_assumptions.moved());
}

void RushControls::setTheme(const Theme& theme)
{
    m_theme = theme;
    const QString sheet = sliderSheet(theme);
    for (const Knob& knob : m_knobs) {
        knob.label->setFont(uiFont(theme, TypeSize::Second));
        knob.value->setFont(uiFont(theme, TypeSize::Second, QFont::Bold));
        knob.slider->setStyleSheet(sheet);
        knob.label->setStyleSheet(u"color: %1; background: transparent;"_s.arg(onFloor(theme).name()));
        knob.value->setStyleSheet(u"color: %1; background: transparent;"_s.arg(theme.text().name()));
    }
    m_reset->setFont(uiFont(theme, TypeSize::Second));
    m_reset->setStyleSheet(
        u"QPushButton { color: %1; background: %2; border: 1px solid %3; border-radius: %4px; padding: 0 %5px; } "
        "QPushButton:hover { border-color: %1; } QPushButton:focus { border: 2px solid %1; } "
        "QPushButton:disabled { color: %6; border-color: %7; background: transparent; }"_s
            .arg(theme.text().name(), theme.raised().name(), hatchEdge(theme).name())
            .arg(theme.px(10))
            .arg(theme.px(9))
            .arg(theme.later().name(), theme.border().name()));
    place();
}

void RushControls::setCompact(bool on)
{
    m_compact = on;
    place();
}

void RushControls::resizeEvent(QResizeEvent*)
{
    place();
}

void RushControls::place()
{
    const int gap = m_theme.px(6);
    const int between = m_theme.px(m_compact ? 10 : 18);
    const int values = QFontMetrics(m_knobs[Cooking].value->font()).horizontalAdvance(u"×0.25"_s) + 2;
    const int reset = QFontMetrics(m_reset->font()).horizontalAdvance(m_reset->text()) + m_theme.px(22);
    const auto textOf = [](const Knob& knob) {
        return QFontMetrics(knob.label->font()).horizontalAdvance(knob.label->text()) + 2;
    };
    int texts = 0;
    for (const Knob& knob : m_knobs)
        texts += textOf(knob) + values + 2 * gap + between;
    const int slider = std::max(m_theme.px(40), (width() - reset - texts) / 3);
    int x = 0;
    for (const Knob& knob : m_knobs) {
        knob.label->setGeometry(x, 0, textOf(knob), height());
        x += textOf(knob) + gap;
        knob.slider->setGeometry(x, 0, slider, height());
        x += slider + gap;
        knob.value->setGeometry(x, 0, values, height());
        x += values + between;
    }
    const int tall = std::min(height(), m_theme.px(22));
    m_reset->setGeometry(width() - reset, (height() - tall) / 2, reset, tall);
}

} // namespace bistro::ui
