// How WindowFrame shares its room among its columns and rows, and what of that the user has dragged.
#include "window/frame.h"

#include "window/foldrail.h"

#include <QDataStream>
#include <QIODevice>
#include <QLayout>

#include <algorithm>

namespace bistro::ui {

void WindowFrame::fitLesson(int least)
{
    m_leastLesson = least;
    apply();
    if (m_dragged)
        fitLesson();
}

void WindowFrame::arrangeAnew()
{
    fold();
    layout()->activate();
    apply();
}

// The tabs and four lines.
int WindowFrame::leastCode() const
{
    return m_theme.px(138);
}

// What is left for the lower panel where the lesson needs the room: the lesson is read first.
int WindowFrame::besideLesson(int console) const
{
    const QWidget* const lesson = m_widgets.value(Area::Lesson);
    if (!lesson || !lesson->isVisibleTo(this) || isOpen(Area::Console))
        return console;
    const int code = isVisibleHere(Area::Editor) ? leastCode() : 0;
    const int room = height() - m_leastLesson - code - 2;
    return std::clamp(room, std::min(console, m_theme.px(units::kLeastConsole)), console);
}

void WindowFrame::fitLesson()
{
    QWidget* const lesson = m_widgets.value(Area::Lesson);
    if (!lesson || m_code->count() < 2 || !lesson->isVisibleTo(this) || m_lessonDragged)
        return;
    constexpr int kLeastCode = 190; // the tabs and six lines
    const int all = m_code->height();
    const int wanted = lesson->hasHeightForWidth() ? lesson->heightForWidth(m_code->width())
                                                   : lesson->sizeHint().height();
    const int least = std::min(m_leastLesson, std::max(all - leastCode(), all * 2 / 3));
    const int height = std::min(wanted, std::max({all - m_theme.px(kLeastCode), all / 3, least}));
    // Its own wish is not asked: a lesson is read first, and code scrolls.
    if (QWidget* const code = m_widgets.value(Area::Editor))
        code->setMinimumHeight(m_theme.px(units::kLeastConsole));
    m_code->setSizes({height, std::max(all - height - 1, 1)});
}

void WindowFrame::resetLayout()
{
    m_dragged = false;
    m_lessonDragged = false;
    m_open.clear();
    fold();
    placeCards();
    emit foldsChanged();
    apply();
}

void WindowFrame::apply()
{
    if (m_dragged && !m_presentation)
        return;
    const int right = m_theme.px(m_folds.column);
    const int left = m_presentation ? static_cast<int>(width() * 0.3833) : m_theme.px(m_folds.left);
    const int inner = m_columns->width() > 0 ? m_columns->width() : width();
    m_columns->setSizes({left, std::max(inner - left - 1, 1)});

    const auto rows = [this](QSplitter& splitter, int below) {
        if (splitter.count() > 1)
            splitter.setSizes({std::max(height() - below - 1, 1), below});
    };
    const int most = height() * 45 / 100;
    int below = m_theme.px(m_folds.cooks ? units::kBars : units::kLanes);
    const int console = m_theme.px(m_folds.console && !isOpen(Area::Console) ? units::kBars : units::kLanes);
    if (isFolded(Area::Timeline))
        below = m_theme.px(units::kWaiterLane);
    else if (isOpen(Area::Timeline))
        below = std::min(m_theme.px(units::kLanes), most);
    // A narration that has grown takes its room from the timeline: the stage stays as it is.
    for (const QWidget* const narration : m_widgets.values(Area::Narration)) {
        const int grown = narration->isVisible() && !m_folds.band && !isFolded(Area::Timeline)
            ? narration->height() - m_theme.px(m_folds.rule ? units::kSentence : units::kRule)
            : 0;
        const int stage = height() - below - 1 - narration->height();
        if (grown > 0 && stage < m_theme.px(units::stage(m_folds.compact).height()))
            below = std::max(below - grown, std::min(below, m_theme.px(units::kLeastBars)));
    }
    rows(*m_right, below);
    rows(*m_left, besideLesson(m_folds.lanes || isOpen(Area::Console) ? std::min(console, most) : below));
    if (!m_folds.cards)
        m_top->setSizes({std::max(inner - left - right - 2, 1), right});
    fitLesson();
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
        if (area >= 0 && area <= static_cast<int>(kLastArea))
            setShown(static_cast<Area>(area), false);
    }
    return true;
}

} // namespace bistro::ui
