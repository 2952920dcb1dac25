#include "window/toolbar.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QResizeEvent>
#include <QSlider>
#include <QStyle>
#include <QStyleOption>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

QFrame* divider(QWidget* parent)
{
    auto* const line = new QFrame(parent);
    line->setProperty("role", u"divider"_s);
    line->setFixedWidth(1);
    return line;
}

} // namespace

ToolBar::ToolBar(const Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QHBoxLayout(this))
{
    setObjectName(u"toolbar"_s);
    setAttribute(Qt::WA_StyledBackground);
    m_run = add(actions[ActionId::Run], Sign::Run, tr("Run"), "primary");
    m_layout->addWidget(m_run);
    m_stop = add(actions[ActionId::Stop], Sign::Stop, tr("Stop"), "primary");
    m_stop->hide();
    m_layout->addWidget(m_stop);
    m_halt = add(actions[ActionId::Halt], Sign::Halt, {}, "plain");
    m_layout->addWidget(m_halt);
    m_layout->addSpacing(14);

    auto* const group = new QFrame(this);
    group->setProperty("role", u"group"_s);
    auto* const inner = new QHBoxLayout(group);
    inner->setContentsMargins(1, 1, 1, 1);
    inner->setSpacing(0);
    const auto segment = [&](ActionId id, Sign sign, const QString& text, bool forward) {
        return addSegment(*inner, actions[id], sign, text, forward);
    };
    QToolButton* const callbackBack = segment(ActionId::PreviousCallback, Sign::PreviousCall, tr("callback"), false);
    QToolButton* const stepBack = segment(ActionId::StepBack, Sign::StepBack, tr("step"), false);
    QToolButton* const lineBack = segment(ActionId::PreviousLine, Sign::LineBack, tr("line"), false);
    QToolButton* const line = segment(ActionId::NextLine, Sign::LineForward, tr("line"), true);
    QToolButton* const step = segment(ActionId::StepForward, Sign::StepForward, tr("step"), true);
    QToolButton* const callback = segment(ActionId::NextCallback, Sign::NextCall, tr("callback"), true);
    m_layout->addWidget(group);
    QToolButton* const print = add(actions[ActionId::NextPrint], Sign::Print, tr("print"), "plain");
    m_layout->addWidget(print);
    m_words = {{callbackBack, callback}, {print}, {stepBack, step}, {lineBack, line}, {m_stop}, {m_run}};
    m_layout->addSpacing(14);

    m_speedLabel = new QLabel(tr("speed"), this);
    m_speed = new QSlider(Qt::Horizontal, this);
    m_speed->setRange(0, kFastest);
    m_speed->setPageStep(5);
    m_speed->setAccessibleName(tr("Speed of playing"));
    m_speed->setToolTip(tr("How fast playing goes (Alt+Minus, Alt+Plus)\nFrom 0.1x to 10x you see each step for the "
                           "same time. At the right end, steps come as fast as they happened."));
    m_speedText = new QLabel(this);
    m_layout->addWidget(m_speedLabel);
    m_layout->addWidget(m_speed);
    m_layout->addWidget(m_speedText);
    connect(m_speed, &QSlider::valueChanged, this, [this](int place) {
        m_speedText->setText(
            place >= kFastest ? tr("as it was") : tr("%1x").arg(QLocale().toString(speedAt(place), 'g', 2)));
        emit speedChanged(place);
    });
    m_layout->addStretch(1);

    m_alarm = badge();
    m_alarm->setProperty("role", u"alarm"_s);
    m_past = badge();
    connect(m_past, &QToolButton::clicked, actions[ActionId::GoLive], &QAction::trigger);
    m_recording = badge();
    m_sandbox = badge();
    connect(m_sandbox, &QToolButton::clicked, actions[ActionId::ProgramsMay], &QAction::trigger);
    m_lines = badge();
    m_runtime = badge();
    m_verified = badge();
    connect(m_verified, &QToolButton::clicked, actions[ActionId::Verify], &QAction::trigger);
    for (QToolButton* const one : {m_alarm, m_past, m_recording, m_sandbox, m_lines, m_runtime, m_verified})
        one->hide();
    m_layout->addSpacing(8);

    auto* const switchFrame = new QFrame(this);
    switchFrame->setObjectName(u"skins"_s);
    switchFrame->setProperty("role", u"switchframe"_s);
    auto* const skins = new QHBoxLayout(switchFrame);
    skins->setContentsMargins(1, 1, 1, 1);
    skins->setSpacing(0);
    for (QAction* const action : {actions[ActionId::Restaurant], actions[ActionId::Loop]}) {
        auto* const button = new QToolButton(switchFrame);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setObjectName(action->objectName());
        button->setProperty("role", u"switch"_s);
        button->setFocusPolicy(Qt::TabFocus);
        skins->addWidget(button);
    }
    m_layout->addWidget(switchFrame);
    setSpeed(20);
    setTheme(Theme(Scheme::Light));
}

QToolButton* ToolBar::add(QAction* action, Sign sign, const QString& text, const char* role)
{
    auto* const button = new QToolButton(this);
    button->setObjectName(action->objectName());
    button->setProperty("role", QString::fromLatin1(role));
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(text.isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    button->setText(text);
    button->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed); // never cut: fit() makes room
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(action->text().remove(u'&'));
    };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(button, &QToolButton::clicked, action, &QAction::trigger);
    m_signs.push_back({.button = button, .sign = sign, .onInk = std::string_view(role) == "primary"});
    return button;
}

// After a line, but for the first.
QToolButton* ToolBar::addSegment(QHBoxLayout& group, QAction* action, Sign sign, const QString& text, bool forward)
{
    if (group.count() > 0)
        group.addWidget(divider(group.parentWidget()));
    QToolButton* const button = add(action, sign, text, "segment");
    if (forward)
        button->setLayoutDirection(Qt::RightToLeft);
    group.addWidget(button);
    return button;
}

QToolButton* ToolBar::badge()
{
    auto* const button = new QToolButton(this);
    button->setProperty("role", u"badge"_s);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_layout->addWidget(button);
    return button;
}

void ToolBar::refreshIcons()
{
    for (const Sized& sized : m_signs) {
        const Sign sign = sized.button != m_halt ? sized.sign : m_playing || m_running ? Sign::Halt : Sign::Run;
        const int size = m_theme.px(16);
        sized.button->setIconSize({size, size});
        sized.button->setIcon(iconOf(sign, sized.onInk ? m_theme.onInk() : m_theme.text(), size));
    }
    const int small = m_theme.px(13);
    m_alarm->setIconSize({small, small});
    m_alarm->setIcon(iconOf(Sign::Warning, m_theme.onError(), small));
    m_sandbox->setIconSize({small, small});
    m_sandbox->setIcon(iconOf(Sign::Shield, m_theme.text(), small));
    m_lines->setIconSize({small, small});
    m_lines->setIcon(iconOf(Sign::Recorded, m_theme.text(), small));
    m_verified->setIconSize({small, small});
    switch (m_verdict) {
    case Verified::Identical:
    case Verified::Race: m_verified->setIcon(iconOf(Sign::Check, m_theme.text(), small)); break;
    case Verified::Different: m_verified->setIcon(iconOf(Sign::Warning, m_theme.color(Meaning::Error), small)); break;
    case Verified::Unknown:
    case Verified::Busy:
    case Verified::Impossible: m_verified->setIcon({}); break;
    }
}

void ToolBar::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_layout->setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6));
    m_layout->setSpacing(theme.px(6));
    refreshIcons();
    setCompact(height() <= theme.px(44));
}

void ToolBar::setCompact(bool on)
{
    setFixedHeight(m_theme.px(on ? 44 : 48));
    m_layout->setContentsMargins(m_theme.px(16), m_theme.px(on ? 4 : 6), m_theme.px(16), m_theme.px(on ? 4 : 6));
    m_speedText->setMinimumWidth(m_theme.px(24));
    m_speed->setMinimumHeight(m_theme.px(20));
    fit();
}

void ToolBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

// Every control stays; words go first, those that can be missed most easily before others.
void ToolBar::fit()
{
    for (const Sized& sized : m_signs)
        sized.button->setToolButtonStyle(
            sized.button->text().isEmpty() ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextBesideIcon);
    const bool offers = m_alarm->isHidden() || m_verdict != Verified::Unknown; // an offer can wait
    m_verified->setVisible(offers && !m_verified->text().isEmpty());
    m_runtime->setVisible(!m_runtime->text().isEmpty());
    m_recording->setVisible(!m_recording->text().isEmpty());
    m_lines->setVisible(!m_lines->text().isEmpty());
    m_sandbox->setVisible(!m_sandbox->text().isEmpty());
    m_sandbox->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_alarm->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    QWidget* const skins = findChild<QWidget*>(u"skins"_s);
    skins->show();
    m_speedLabel->show();
    m_speedText->show();
    m_speed->show();
    m_speed->setFixedWidth(m_theme.px(height() <= m_theme.px(44) ? 60 : 96));
    const auto iconOnly = [](QToolButton* button) {
        return [button] { button->setToolButtonStyle(Qt::ToolButtonIconOnly); };
    };
    std::vector<std::function<void()>> steps {[this] { m_speedLabel->hide(); }};
    if (m_verdict == Verified::Unknown)
        steps.emplace_back([this] { m_verified->hide(); });
    steps.emplace_back([this] { m_runtime->hide(); });
    for (const std::vector<QToolButton*>& together : m_words) {
        steps.emplace_back([&together] {
            for (QToolButton* const button : together)
                button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        });
    }
    steps.emplace_back([this] { m_lines->hide(); });
    steps.emplace_back([this] { m_speedText->hide(); });
    steps.emplace_back([this] { m_speed->setFixedWidth(m_theme.px(40)); });
    steps.emplace_back([this] { m_verified->hide(); });
    // At last what the menus have, too, with keys; and badges' words, which their tooltips say.
    steps.emplace_back([this] { m_speed->hide(); });
    steps.emplace_back([this] { m_recording->hide(); });
    steps.emplace_back(iconOnly(m_sandbox));
    steps.emplace_back(iconOnly(m_alarm));
    steps.emplace_back([skins] { skins->hide(); });
    steps.emplace_back([this] { m_sandbox->hide(); });
    for (const auto& step : steps) {
        // What a frame within has said before its buttons changed is remembered by it and by the bar.
        for (QLayout* const within : findChildren<QLayout*>()) {
            within->invalidate();
            within->parentWidget()->updateGeometry();
        }
        m_layout->invalidate();
        if (m_layout->minimumSize().width() <= width())
            return;
        step();
    }
}

void ToolBar::setRunning(bool running)
{
    if (std::exchange(m_running, running) == running)
        return;
    QToolButton* const shown = running ? m_stop : m_run;
    QToolButton* const gone = running ? m_run : m_stop;
    const bool focused = gone->hasFocus();
    shown->show();
    if (focused)
        shown->setFocus(); // before the other hides: else the focus goes to whoever comes next
    gone->hide();
    refreshIcons();
    fit();
}

void ToolBar::setProgram(const QString& name)
{
    if (std::exchange(m_program, name) == name)
        return;
    const QString shown = m_run->fontMetrics().elidedText(name, Qt::ElideMiddle, m_theme.px(140));
    m_run->setText(name.isEmpty() ? tr("Run") : tr("Run %1").arg(QString(shown).replace(u'&', u"&&"_s)));
    fit();
}

void ToolBar::setPlaying(bool playing)
{
    if (std::exchange(m_playing, playing) == playing)
        return;
    refreshIcons();
}

double ToolBar::speedAt(int place)
{
    return std::pow(10.0, std::clamp(place - 20, -20, 20) / 20.0);
}

void ToolBar::setSpeed(int place)
{
    m_speed->setValue(std::clamp(place, 0, kFastest));
}
int ToolBar::speed() const
{
    return m_speed->value();
}

void ToolBar::show(QToolButton* badge, const QString& text, const QString& tip)
{
    badge->setToolTip(tip.isEmpty() ? text : tip);
    if (std::exchange(m_shown[badge], text) == text)
        return; // asked for with each picture: to fit the bar anew has the whole window laid out
    badge->setText(text);
    badge->setAccessibleName(text);
    badge->setVisible(!text.isEmpty());
    fit();
}

void ToolBar::setRuntime(const QString& text, const QString& tip)
{
    show(m_runtime, text, tip);
}
void ToolBar::setRecording(const QString& text, const QString& tip)
{
    show(m_recording, text, tip);
}
void ToolBar::setSandbox(const QString& text, const QString& tip)
{
    show(m_sandbox, text, tip);
}
void ToolBar::setLines(const QString& text, const QString& tip)
{
    show(m_lines, text, tip);
}
void ToolBar::setPast(const QString& text)
{
    show(m_past, text,
        tr("Back to what the program does now (Alt+End)\nIt has gone on meanwhile. You see an earlier moment."));
}
void ToolBar::setAlarm(const QString& text, const QString& tip)
{
    show(m_alarm, text, tip);
}

void ToolBar::setVerified(Verified verified, const QString& tip)
{
    const bool changed = std::exchange(m_verdict, verified) != verified;
    const auto text = [verified] {
        switch (verified) {
        case Verified::Unknown: return tr("compare with stock node");
        case Verified::Busy: return tr("comparing with stock node…");
        case Verified::Identical: return tr("order identical to stock node");
        case Verified::Race: return tr("one of its legal orders");
        case Verified::Different: return tr("not as under stock node");
        case Verified::Impossible: return tr("not compared");
        }
        return QString();
    };
    if (changed)
        refreshIcons();
    show(m_verified, text(), tip);
}

QString ToolBar::badgesAsText() const
{
    QStringList texts;
    for (const QToolButton* const one : {m_alarm, m_past, m_recording, m_sandbox, m_lines, m_runtime, m_verified}) {
        if (one->isVisibleTo(this))
            texts.append(one->text());
    }
    return texts.join(u" | "_s);
}

} // namespace bistro::ui
