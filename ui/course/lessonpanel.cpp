#include "course/lessonpanel.h"

#include "course/lessonparts.h"

#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>
#include <utility>

namespace bistro::ui {

struct LessonPanel::Parts {
    explicit Parts(QWidget& panel)
        : it(panel)
    {
    }

    LessonParts it;
    int movedRow = -1; // was asked to move: who owns the order answers by the next view
};

LessonPanel::LessonPanel(QWidget* parent)
    : QWidget(parent)
    , m_parts(std::make_unique<Parts>(*this))
{
    setAccessibleName(tr("Lesson"));
    setAutoFillBackground(true);
    connectParts();
    setTheme(Theme(Scheme::Light));
}

LessonPanel::~LessonPanel() = default;

void LessonPanel::connectParts()
{
    LessonParts& it = m_parts->it;
    connect(it.head, &LessonHead::listAsked, this, &LessonPanel::listAsked);
    connect(it.head, &LessonHead::screenAsked, this, &LessonPanel::screenAsked);
    connect(it.head, &LessonHead::foldAsked, this, [this] {
        m_parts->it.textOpen = !m_parts->it.textOpen;
        m_parts->it.fold(m_view);
        arrange();
    });
    connect(it.text, &LessonText::linkActivated, this, &LessonPanel::linkActivated);
    connect(it.order, &OrderRows::moveAsked, this, [this](int from, int to) {
        m_parts->movedRow = m_parts->it.order->rows().at(from).row;
        emit rowMoved(from, to);
    });
    connect(it.choose, &ChooseRows::optionChosen, this, &LessonPanel::optionChosen);
    connect(it.choose, &ChooseRows::handsCounted, this, &LessonPanel::handsCounted);
    connect(it.number, &NumberField::numberTyped, this, &LessonPanel::numberTyped);
    connect(it.result, &ResultPart::whyAsked, this, &LessonPanel::whyAsked);
    connect(it.result, &ResultPart::resized, this, [this] { arrange(); });
    connect(it.check, &CheckPart::showMeAsked, this, &LessonPanel::showMeAsked);
    connect(it.run, &QAbstractButton::clicked, this, &LessonPanel::runAsked);
    connect(it.hint, &QAbstractButton::clicked, this, &LessonPanel::hintAsked);
    connect(it.startOver, &QAbstractButton::clicked, this, &LessonPanel::startOverAsked);
    connect(it.goOn, &QAbstractButton::clicked, this, &LessonPanel::goOnAsked);
    const auto bringToSight = [this](const QWidget* rows) {
        return [this, rows](const QRect& row) {
            const QPoint at = rows->mapTo(m_parts->it.body, row.center());
            m_parts->it.scroll->ensureVisible(at.x(), at.y(), 0, row.height());
        };
    };
    connect(it.order, &OrderRows::currentShown, this, bringToSight(it.order));
    connect(it.choose, &ChooseRows::currentShown, this, bringToSight(it.choose));
}

void LessonPanel::setView(const LessonView& view)
{
    if (view == m_view)
        return;
    const LessonView before = std::exchange(m_view, view);
    const bool otherScreen = before.screen != view.screen || before.number != view.number || before.title != view.title;
    if (otherScreen)
        m_parts->it.textOpen = false;
    fill();
    if (otherScreen)
        m_parts->it.scroll->verticalScrollBar()->setValue(0);
    const int moved = std::exchange(m_parts->movedRow, -1);
    const auto* const was = std::get_if<OrderGuessView>(&before.guess);
    const auto* const is = std::get_if<OrderGuessView>(&view.guess);
    if (moved >= 0 && !otherScreen && was && is && was->rows != is->rows)
        emit said(sayOfMove(*is, moved));
    if (const QString sentence = sayOfResult(before, view); !sentence.isEmpty())
        emit said(sentence);
}

void LessonPanel::setTheme(const Theme& theme)
{
    QPalette colors = palette();
    colors.setColor(QPalette::Window, theme.window());
    setPalette(colors);
    m_parts->it.setTheme(theme);
    fill();
}

void LessonPanel::setListButton(bool shown)
{
    m_parts->it.head->setListButton(shown);
}

void LessonPanel::setCompact(bool on)
{
    if (on == m_parts->it.compact)
        return;
    m_parts->it.setCompact(on);
    fill();
}

void LessonPanel::setPresentation(bool on)
{
    m_parts->it.choose->setCounting(on);
    arrange();
}

void LessonPanel::setReducedMotion(bool on)
{
    m_parts->it.check->setReducedMotion(on);
}

// What had the keyboard is gone now: what came in its place takes it, not the editor below.
void LessonPanel::keepFocus()
{
    LessonParts& it = m_parts->it;
    const std::initializer_list<QWidget*> parts {
        it.order, it.choose, it.number, it.result, it.check, it.runBar, it.text, it.head, it.bar};
    for (QWidget* const part : parts) {
        if (!part->isVisibleTo(this))
            continue;
        QList<QWidget*> takers = part->findChildren<QWidget*>();
        takers.prepend(part);
        const auto taker = std::ranges::find_if(takers, [this](const QWidget* one) {
            return (one->focusPolicy() & Qt::TabFocus) != 0 && one->isEnabled() && one->isVisibleTo(this);
        });
        if (taker != takers.end()) {
            (*taker)->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

void LessonPanel::fill()
{
    QWidget* const focus = focusWidget() && focusWidget()->hasFocus() ? focusWidget() : nullptr;
    const bool leaves = focus && m_parts->it.hides(*focus, m_view);
    if (leaves) {
        setFocusPolicy(Qt::StrongFocus); // while parts come and go the keyboard stays here
        setFocus(Qt::OtherFocusReason);
    }
    m_parts->it.fill(m_view);
    arrange();
    if (leaves || (focus && (!focus->isVisibleTo(this) || !focus->isEnabled())))
        keepFocus();
    setFocusPolicy(Qt::NoFocus);
}

void LessonPanel::arrange()
{
    m_parts->it.arrange(size());
    updateGeometry();
}

void LessonPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_parts->it.arrange(size());
    if (event->oldSize().width() != width())
        updateGeometry();
}

QSize LessonPanel::sizeHint() const
{
    const Theme& theme = m_parts->it.theme;
    const int wide = isVisible() ? width() : theme.px(416);
    return {theme.px(416), m_parts->it.heightFor(wide)};
}

int LessonPanel::leastHeight() const
{
    return m_parts->it.leastHeightFor(width());
}

QSize LessonPanel::minimumSizeHint() const
{
    const Theme& theme = m_parts->it.theme;
    return {theme.px(240), theme.px(104)};
}

void LessonPanel::keyPressEvent(QKeyEvent* event)
{
    const LessonParts& it = m_parts->it;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    // In a field Enter says that the number is whole; it never stops what runs.
    const bool typed = modifiers == Qt::NoModifier && !m_view.running && it.number->isAncestorOf(focusWidget());
    if (enter && (modifiers == Qt::ControlModifier || typed) && it.isRunShown()) {
        emit runAsked();
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace bistro::ui
