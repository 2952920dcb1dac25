#include "course/courselist.h"

#include "course/coursebutton.h"
#include "course/courserows.h"
#include "course/headingline.h"
#include "theme/fonts.h"
#include "theme/scrollbars.h"

#include <QLabel>
#include <QPainter>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kHead = 40; // px at 100 %
constexpr int kFoot = 44;

} // namespace

struct CourseList::Parts {
    explicit Parts(CourseList& list)
        : title(new QLabel(&list))
        , close(new CourseButton(CourseButton::Form::Square, &list))
        , scroll(new QScrollArea(&list))
        , rows(new CourseRows)
        , done(new QLabel(&list))
    {
        title->setTextFormat(Qt::PlainText);
        done->setTextFormat(Qt::PlainText);
        close->setSign(CourseSign::Back);
        close->setAccessibleName(CourseList::tr("Close the list of lessons"));
        close->setToolTip(CourseList::tr("Close the list of lessons"));
        scroll->setFrameShape(QFrame::NoFrame);
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        scroll->viewport()->setAutoFillBackground(false);
        scroll->setWidget(rows);
        rows->setAutoFillBackground(false);
    }

    Theme theme {Scheme::Light};
    QLabel* title = nullptr;
    CourseButton* close = nullptr;
    QScrollArea* scroll = nullptr;
    CourseRows* rows = nullptr;
    QLabel* done = nullptr;
};

CourseList::CourseList(QWidget* parent)
    : QWidget(parent)
    , m_parts(std::make_unique<Parts>(*this))
{
    setAccessibleName(tr("Course"));
    setAutoFillBackground(true);
    connect(m_parts->close, &QAbstractButton::clicked, this, &CourseList::closeAsked);
    connect(m_parts->rows, &CourseRows::chosen, this, &CourseList::chosen);
    connect(m_parts->rows, &CourseRows::currentShown, this, [this](const QRect& row) {
        m_parts->scroll->ensureVisible(row.center().x(), row.center().y(), 0, row.height());
    });
    setTheme(Theme(Scheme::Light));
}

CourseList::~CourseList() = default;

void CourseList::setView(const CourseView& view)
{
    if (view == m_view)
        return;
    m_view = view;
    m_parts->rows->setView(view);
    arrange();
}

void CourseList::setTheme(const Theme& theme)
{
    m_parts->theme = theme;
    QPalette colors = palette();
    colors.setColor(QPalette::Window, theme.sunken());
    setPalette(colors);
    dressLabel(*m_parts->title, uiFont(theme, TypeSize::Label, QFont::DemiBold), theme.text());
    dressLabel(*m_parts->done, uiFont(theme, TypeSize::Second), theme.secondary());
    m_parts->close->setTheme(theme);
    m_parts->rows->setTheme(theme);
    // Thinner than elsewhere: the titles need the room.
    m_parts->scroll->setStyleSheet(u"QScrollArea { background: transparent; border: none; }"_s + scrollBarStyle(theme)
        + u" QScrollBar { background: transparent; } QScrollBar:vertical { width: %1px; } "
          "QScrollBar::handle { border: %2px solid %3; border-radius: %4px; }"_s.arg(theme.px(8))
              .arg(theme.px(2))
              .arg(theme.sunken().name())
              .arg(theme.px(4)));
    m_parts->scroll->verticalScrollBar()->ensurePolished();
    arrange();
    updateGeometry();
    update();
}

void CourseList::takeKeyboard()
{
    m_parts->rows->setFocus(Qt::TabFocusReason);
}

QSize CourseList::sizeHint() const
{
    const Theme& theme = m_parts->theme;
    return {theme.px(kWidth), theme.px(kHead) + m_parts->rows->rowsHeight() + theme.px(kFoot)};
}

QSize CourseList::minimumSizeHint() const
{
    const Theme& theme = m_parts->theme;
    return {theme.px(kWidth), theme.px(kHead + kFoot) + theme.px(72)};
}

void CourseList::arrange()
{
    const Theme& theme = m_parts->theme;
    const auto px = [&](double at100) { return theme.px(at100); };
    const auto at = [this](const QRect& rect) { return visualRect(rect, width(), layoutDirection()); };
    for (QLabel* const label : {m_parts->title, m_parts->done})
        label->setAlignment(leadingSide(layoutDirection()));
    const int side = px(24);
    const int right = width() - px(9);
    m_parts->close->setGeometry(at({right - side, px(8), side, side}));
    const int room = std::max(0, right - side - px(8) - px(12));
    m_parts->title->setText(QFontMetrics(m_parts->title->font()).elidedText(m_view.title, Qt::ElideRight, room));
    m_parts->title->setToolTip(m_parts->title->text() == m_view.title ? QString() : m_view.title);
    m_parts->title->setGeometry(at({px(12), px(8), room, side}));

    const QRect rows(0, px(kHead), width() - 1, std::max(0, height() - px(kHead) - px(kFoot)));
    m_parts->scroll->setGeometry(at(rows));
    const bool scrolls = m_parts->rows->rowsHeight() > rows.height();
    m_parts->scroll->setVerticalScrollBarPolicy(scrolls ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    // Not what the viewport has: while it is hidden it does not follow.
    const int bar = scrolls ? m_parts->scroll->verticalScrollBar()->sizeHint().width() : 0;
    m_parts->rows->resize(rows.width() - bar, m_parts->rows->rowsHeight());

    const QString done = tr("%1 of %2 done").arg(m_view.done).arg(m_view.of);
    m_parts->done->setText(QFontMetrics(m_parts->done->font()).elidedText(done, Qt::ElideRight, width() - px(24)));
    m_parts->done->setAccessibleName(done);
    m_parts->done->setGeometry(at({px(12), height() - px(kFoot) + px(5), width() - px(24), px(18)}));
    update();
}

void CourseList::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
    if (const int here = m_parts->rows->here(); here >= 0 && event->oldSize().height() < 1) {
        const QRect row = m_parts->rows->spokenRect(here);
        m_parts->scroll->ensureVisible(row.center().x(), row.center().y(), 0, row.height() * 2);
    }
}

// The edge beside the lesson, and how much is done.
void CourseList::paintEvent(QPaintEvent*)
{
    const Theme& theme = m_parts->theme;
    QPainter painter(this);
    painter.fillRect(visualRect(QRect(width() - 1, 0, 1, height()), width(), layoutDirection()), theme.border());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const int thick = theme.px(4);
    const QRect bar(theme.px(12), height() - theme.px(16), width() - theme.px(26), thick);
    painter.setBrush(theme.border());
    painter.drawRoundedRect(visualRect(bar, width(), layoutDirection()), thick / 2.0, thick / 2.0);
    if (m_view.of <= 0 || m_view.done <= 0)
        return;
    QRect part = bar;
    part.setWidth(std::clamp(bar.width() * m_view.done / m_view.of, thick, bar.width()));
    painter.setBrush(theme.ink());
    painter.drawRoundedRect(visualRect(part, width(), layoutDirection()), thick / 2.0, thick / 2.0);
}

} // namespace bistro::ui
