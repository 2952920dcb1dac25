#include "window/frame.h"

#include <QDataStream>
#include <QIODevice>
#include <QResizeEvent>
#include <QScrollArea>
#include <QVBoxLayout>

namespace bistro::ui {
namespace {

QSplitter* makeSplitter(Qt::Orientation orientation)
{
    auto* const splitter = new QSplitter(orientation);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    return splitter;
}

QVBoxLayout* makeColumn(QWidget* of)
{
    auto* const layout = new QVBoxLayout(of);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    return layout;
}

} // namespace

WindowFrame::WindowFrame(QWidget* parent)
    : QWidget(parent)
    , m_columns(makeSplitter(Qt::Horizontal))
    , m_left(makeSplitter(Qt::Vertical))
    , m_right(makeSplitter(Qt::Vertical))
    , m_top(makeSplitter(Qt::Horizontal))
    , m_editorSide(new QWidget)
    , m_editorLayout(makeColumn(m_editorSide))
    , m_stageSide(new QWidget)
    , m_stageLayout(makeColumn(m_stageSide))
    , m_cards(new QScrollArea)
    , m_cardsLayout(makeColumn(new QWidget))
{
    makeColumn(this)->addWidget(m_columns);
    m_columns->addWidget(m_left);
    m_columns->addWidget(m_right);
    m_left->addWidget(m_editorSide);
    m_right->addWidget(m_top);
    m_top->addWidget(m_stageSide);
    m_cardsLayout->addStretch(1); // below all of them
    m_cards->setWidget(m_cardsLayout->parentWidget());
    m_cards->setWidgetResizable(true); // as wide as the column; what is too high is scrolled to
    m_cards->setFrameShape(QFrame::NoFrame);
    m_cards->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_cards->setFocusPolicy(Qt::NoFocus);
    m_cards->setAccessibleName(tr("Order and call stack"));
    m_top->addWidget(m_cards);
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);
    for (QWidget* const side : {static_cast<QWidget*>(m_editorSide), m_stageSide, static_cast<QWidget*>(m_cards),
             static_cast<QWidget*>(m_top), static_cast<QWidget*>(m_right)})
        side->hide();
    for (QSplitter* const splitter : {m_columns, m_left, m_right, m_top})
        connect(splitter, &QSplitter::splitterMoved, this, [this] { m_dragged = true; });
    // The rows below are one row: dragged on one side, they move on both.
    connect(m_left, &QSplitter::splitterMoved, this, [this] {
        if (m_left->count() == 2 && m_right->count() == 2 && m_right->isVisible())
            m_right->setSizes({m_right->height() - m_left->sizes().last() - 1, m_left->sizes().last()});
    });
    connect(m_right, &QSplitter::splitterMoved, this, [this] {
        if (m_left->count() == 2 && m_right->count() == 2)
            m_left->setSizes({m_left->height() - m_right->sizes().last() - 1, m_right->sizes().last()});
    });
}

void WindowFrame::place(Area area, QWidget* widget)
{
    m_widgets.insert(area, widget);
    switch (area) {
    case Area::Lesson: m_editorLayout->insertWidget(0, widget); break;
    case Area::Editor: m_editorLayout->addWidget(widget, 1); break;
    case Area::Console:
        m_left->addWidget(widget);
        m_left->setStretchFactor(0, 1);
        m_left->setStretchFactor(1, 0);
        break;
    case Area::Stage: m_stageLayout->insertWidget(0, widget, 1); break;
    case Area::StageText: m_stageLayout->addWidget(widget, 1); break;
    case Area::Narration: m_stageLayout->addWidget(widget); break;
    case Area::Cards: m_cardsLayout->insertWidget(m_cardsLayout->count() - 1, widget); break;
    case Area::Timeline:
        m_right->addWidget(widget);
        m_right->setStretchFactor(0, 1);
        m_right->setStretchFactor(1, 0);
        break;
    }
    update(area);
    apply();
}

void WindowFrame::setShown(Area area, bool shown)
{
    if (shown)
        m_hidden.remove(area);
    else
        m_hidden.insert(area, true);
    update(area);
    apply();
}

void WindowFrame::setPresentation(bool on)
{
    m_presentation = on;
    // The sentence for the whole room stands below everything.
    for (QWidget* const narration : m_widgets.values(Area::Narration)) {
        if (on)
            layout()->addWidget(narration);
        else
            m_stageLayout->addWidget(narration);
    }
    for (const Area area : {Area::Lesson, Area::Editor, Area::Console, Area::Stage, Area::StageText, Area::Narration,
             Area::Cards, Area::Timeline})
        update(area);
    apply();
}

void WindowFrame::update(Area area)
{
    const auto visible = [this](Area which) {
        const bool presented = which == Area::Editor || which == Area::Stage || which == Area::StageText
            || which == Area::Narration;
        return m_widgets.contains(which) && isShown(which) && (!m_presentation || presented);
    };
    const auto widgets = m_widgets.values(area);
    for (QWidget* const widget : widgets)
        widget->setVisible(visible(area));
    m_editorSide->setVisible(visible(Area::Editor) || visible(Area::Lesson));
    m_left->setVisible(visible(Area::Editor) || visible(Area::Lesson) || visible(Area::Console));
    const bool stageSide = visible(Area::Stage) || visible(Area::StageText) || visible(Area::Narration);
    m_stageSide->setVisible(stageSide);
    m_cards->setVisible(visible(Area::Cards));
    m_top->setVisible(stageSide || visible(Area::Cards));
    m_right->setVisible(stageSide || visible(Area::Cards) || visible(Area::Timeline));
}

void WindowFrame::setTheme(const Theme& theme)
{
    m_theme = theme;
    m_cards->setMinimumWidth(theme.px(200));
    m_cards->setMaximumWidth(theme.px(480));
    apply();
}

void WindowFrame::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const QSize window = this->window()->size();
    const bool compact = window.width() < 1400 || window.height() < 860;
    if (compact != m_compact) {
        m_compact = compact;
        apply();
        emit compactChanged(compact);
    } else if (!m_dragged) {
        apply();
    }
}

void WindowFrame::resetLayout()
{
    m_dragged = false;
    apply();
}

void WindowFrame::apply()
{
    if (m_dragged && !m_presentation)
        return;
    const int below = m_theme.px(m_compact ? 112 : 176);
    const int left = m_presentation ? static_cast<int>(width() * 0.3833) : m_theme.px(416);
    const int right = m_theme.px(m_compact ? 248 : 256);
    m_columns->setSizes({left, std::max(width() - left - 1, 1)});
    if (m_left->count() > 1)
        m_left->setSizes({std::max(height() - below - 1, 1), below});
    if (m_right->count() > 1)
        m_right->setSizes({std::max(height() - below - 1, 1), below});
    m_top->setSizes({std::max(width() - left - right - 2, 1), right});
}

QByteArray WindowFrame::saveLayout() const
{
    QByteArray state;
    QDataStream stream(&state, QIODevice::WriteOnly);
    stream << m_dragged << m_columns->saveState() << m_left->saveState() << m_right->saveState() << m_top->saveState();
    QList<int> hidden;
    for (auto area = m_hidden.keyBegin(); area != m_hidden.keyEnd(); ++area)
        hidden.append(static_cast<int>(*area));
    stream << hidden;
    return state;
}

bool WindowFrame::restoreLayout(const QByteArray& state)
{
    QDataStream stream(state);
    bool dragged = false;
    QByteArray columns;
    QByteArray left;
    QByteArray right;
    QByteArray top;
    QList<int> hidden;
    stream >> dragged >> columns >> left >> right >> top >> hidden;
    if (stream.status() != QDataStream::Ok)
        return false;
    if (dragged) {
        m_dragged = m_columns->restoreState(columns) && m_left->restoreState(left) && m_right->restoreState(right)
            && m_top->restoreState(top);
        for (QSplitter* const splitter : {m_columns, m_left, m_right, m_top})
            splitter->setHandleWidth(1);
    }
    for (const int area : hidden) {
        if (area >= 0 && area <= static_cast<int>(Area::Timeline))
            setShown(static_cast<Area>(area), false);
    }
    return true;
}

} // namespace bistro::ui
