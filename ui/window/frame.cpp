#include "window/frame.h"

#include "theme/scrollbars.h"
#include "window/foldrail.h"
#include "window/overlay.h"

#include <QKeyEvent>
#include <QPainter>
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

// What the cards stand in above the stage.
class Drawer final : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), palette().color(QPalette::Window));
        painter.fillRect(0, 0, 1, height(), palette().color(QPalette::Mid));
    }
};

} // namespace

WindowFrame::WindowFrame(QWidget* parent)
    : QWidget(parent)
    , m_columns(makeSplitter(Qt::Horizontal))
    , m_left(makeSplitter(Qt::Vertical))
    , m_right(makeSplitter(Qt::Vertical))
    , m_top(makeSplitter(Qt::Horizontal))
    , m_editorSide(new QWidget)
    , m_code(makeSplitter(Qt::Vertical))
    , m_stageSide(new QWidget)
    , m_stageLayout(makeColumn(m_stageSide))
    , m_row(new QHBoxLayout)
    , m_cards(new QScrollArea)
    , m_cardsLayout(makeColumn(new QWidget))
    , m_drawer(new Drawer(this))
    , m_rail(new FoldRail(this))
{
    m_row->setSpacing(0);
    m_row->addWidget(m_columns, 1);
    m_row->addWidget(m_rail);
    makeColumn(this)->addLayout(m_row);
    makeColumn(m_editorSide)->addWidget(m_code);
    makeColumn(m_drawer)->setContentsMargins(1, 0, 0, 0);
    m_drawer->hide();
    m_rail->hide();
    connect(m_rail, &FoldRail::asked, this, &WindowFrame::setOpen);
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
    m_top->setStretchFactor(0, 1);
    m_top->setStretchFactor(1, 0);
    for (QWidget* const side : {static_cast<QWidget*>(m_editorSide), m_stageSide, static_cast<QWidget*>(m_cards),
             static_cast<QWidget*>(m_top), static_cast<QWidget*>(m_right)})
        side->hide();
    for (QSplitter* const splitter : {m_columns, m_left, m_right, m_top})
        connect(splitter, &QSplitter::splitterMoved, this, [this] { m_dragged = true; });
    connect(m_code, &QSplitter::splitterMoved, this, [this] { m_lessonDragged = true; });
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
    if (area == Area::Narration)
        widget->installEventFilter(this); // it grows with its texts
    switch (area) {
    case Area::Lesson:
        m_code->insertWidget(0, widget);
        m_code->setStretchFactor(0, 0);
        break;
    case Area::Editor:
        m_code->addWidget(widget);
        m_code->setStretchFactor(m_code->count() - 1, 1);
        break;
    case Area::CourseList: m_row->insertWidget(0, widget); break;
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

QList<QWidget*> WindowFrame::inReadingOrder() const
{
    QList<QWidget*> panels = m_widgets.values(Area::CourseList);
    panels += m_editorSide;
    for (const Area area : {Area::Console, Area::Stage, Area::StageText, Area::Narration})
        panels += m_widgets.values(area);
    panels += m_cards;
    panels += m_rail;
    return panels + m_widgets.values(Area::Timeline);
}

void WindowFrame::setShown(Area area, bool shown)
{
    if (opensOver(area))
        return setOver(area, shown);
    if (shown)
        m_hidden.remove(area);
    else
        m_hidden.insert(area, true);
    update(area);
    fold();
    apply();
}

void WindowFrame::setPresentation(bool on)
{
    while (closeOverlay()) { }
    m_presentation = on;
    placeNarration();
    for (const Area area : {Area::Lesson, Area::Editor, Area::Console, Area::Stage, Area::StageText, Area::Narration,
             Area::Cards, Area::Timeline, Area::CourseList})
        update(area);
    fold();
    apply();
    emit overlaysChanged();
}

bool WindowFrame::isVisibleHere(Area area) const
{
    const bool presented = area == Area::Lesson || area == Area::Editor || area == Area::Stage
        || area == Area::StageText || area == Area::Narration;
    if (area == Area::CourseList && isFolded(area))
        return false;
    return m_widgets.contains(area) && isShown(area) && (!m_presentation || presented);
}

void WindowFrame::update(Area area)
{
    const auto widgets = m_widgets.values(area);
    for (QWidget* const widget : widgets)
        widget->setVisible(isVisibleHere(area) || m_over.contains(area));
    m_editorSide->setVisible(isVisibleHere(Area::Editor) || isVisibleHere(Area::Lesson));
    m_left->setVisible(isVisibleHere(Area::Editor) || isVisibleHere(Area::Lesson) || isVisibleHere(Area::Console));
    const bool stageSide = isVisibleHere(Area::Stage) || isVisibleHere(Area::StageText)
        || isVisibleHere(Area::Narration);
    m_stageSide->setVisible(stageSide);
    placeCards();
    placeList();
    const bool column = isVisibleHere(Area::Cards) && !m_folds.cards;
    m_top->setVisible(stageSide || column);
    m_right->setVisible(stageSide || column || isVisibleHere(Area::Timeline));
}

// Below the stage; below everything if it is for the whole room, or the stage's column is too narrow.
void WindowFrame::placeNarration()
{
    for (QWidget* const narration : m_widgets.values(Area::Narration)) {
        const bool below = m_presentation || m_folds.band;
        QWidget* const place = below ? this : m_stageSide;
        if (below == (layout()->indexOf(narration) >= 0) && narration->parentWidget() == place)
            continue;
        if (below)
            layout()->addWidget(narration);
        else
            m_stageLayout->addWidget(narration);
        emit panelMoved();
    }
}

// As wide as its words are at this zoom.
void WindowFrame::placeList()
{
    for (QWidget* const list : m_widgets.values(Area::CourseList))
        list->setFixedWidth(m_theme.px(units::kCourseList));
}

// In their column, or in the drawer.
void WindowFrame::placeCards()
{
    if (m_over.contains(Area::Cards))
        return; // over the picture
    const bool shown = isVisibleHere(Area::Cards);
    const QWidget* const before = m_cards->parentWidget();
    if (m_folds.cards && before != m_drawer)
        m_drawer->layout()->addWidget(m_cards);
    else if (!m_folds.cards && before != m_top)
        m_top->addWidget(m_cards);
    if (m_cards->parentWidget() != before)
        emit panelMoved();
    m_cards->setVisible(shown);
    const bool open = shown && isOpen(Area::Cards);
    if (open) {
        const int right = width() - (m_folds.rail() ? m_theme.px(units::kRail) : 0);
        const int wide = std::min(m_theme.px(units::cards(m_folds.compact)) + 1, right);
        m_drawer->setGeometry(right - wide, 0, wide, height());
        m_drawer->raise();
    }
    m_drawer->setVisible(open);
}

void WindowFrame::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (Overlay* const overlay : std::as_const(m_overlays))
        overlay->setTheme(theme);
    placeOverlays();
    m_cards->setMinimumWidth(theme.px(200));
    m_cards->setMaximumWidth(theme.px(480));
    m_rail->setTheme(theme);
    fold();
    apply();
}

void WindowFrame::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fold();
    placeCards();
    apply();
}

void WindowFrame::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    fold();
    layout()->activate();
    apply();
}

bool WindowFrame::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize
        && static_cast<QResizeEvent*>(event)->oldSize().height() != static_cast<QResizeEvent*>(event)->size().height())
        apply();
    return QWidget::eventFilter(watched, event);
}

void WindowFrame::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && isOpen(Area::Cards))
        setOpen(Area::Cards, false);
    else
        QWidget::keyPressEvent(event);
}

bool WindowFrame::folded(Area area) const
{
    switch (area) {
    case Area::Narration: return m_folds.rule;
    case Area::Console: return m_folds.console;
    case Area::Timeline: return m_folds.lanes;
    case Area::Cards: return m_folds.cards;
    case Area::CourseList: return m_folds.courses;
    case Area::Lesson:
    case Area::Editor:
    case Area::Stage:
    case Area::StageText: break;
    }
    return false;
}

// By the window's size: what stands around this would else decide what it has room for.
void WindowFrame::fold()
{
    const Folds next = m_presentation
        ? Folds {}
        : foldsFor(QSizeF(window()->size()) / m_theme.zoom(),
              {.left = isVisibleHere(Area::Editor) || isVisibleHere(Area::Lesson) || isVisibleHere(Area::Console),
                  .stage = isVisibleHere(Area::Stage) || isVisibleHere(Area::StageText),
                  .narration = isVisibleHere(Area::Narration),
                  .cards = isVisibleHere(Area::Cards),
                  .timeline = isVisibleHere(Area::Timeline),
                  .courses = m_widgets.contains(Area::CourseList) && isShown(Area::CourseList),
                  .coursesOpen = m_open.contains(Area::CourseList)});
    if (next == m_folds)
        return;
    m_folds = next;
    if (!m_presentation) // after it, what was open is open again
        m_open.removeIf([this](Area area) { return !folded(area); });
    placeNarration();
    update(Area::Cards);
    update(Area::CourseList);
    m_rail->setVisible(m_folds.rail());
    for (const Area area : {Area::Cards, Area::Timeline, Area::Narration, Area::Console})
        m_rail->show(area, folded(area), isOpen(area));
    layout()->activate(); // the rail takes its room before the columns are given theirs
    emit foldsChanged();
}

void WindowFrame::setOpen(Area area, bool open)
{
    if (!folded(area) || open == m_open.contains(area))
        return;
    if (open)
        m_open.insert(area);
    else
        m_open.remove(area);
    if (area == Area::CourseList)
        update(area);
    else
        m_rail->show(area, true, open);
    fold();
    placeCards();
    m_dragged = m_dragged && area == Area::Cards;
    emit foldsChanged();
    apply();
}

} // namespace bistro::ui
