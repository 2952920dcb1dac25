#include "course/lessonhead.h"

#include "course/headingline.h"
#include "theme/fonts.h"

#include <QLabel>

#include <algorithm>

namespace bistro::ui {

LessonHead::LessonHead(QWidget* parent)
    : QWidget(parent)
    , m_list(new CourseButton(CourseButton::Form::Square, this))
    , m_number(new QLabel(this))
    , m_title(new QLabel(this))
    , m_fold(new CourseButton(CourseButton::Form::Square, this))
    , m_which(new QLabel(this))
    , m_back(new CourseButton(CourseButton::Form::Square, this))
    , m_forward(new CourseButton(CourseButton::Form::Square, this))
{
    for (QLabel* const label : {m_number, m_title, m_which})
        label->setTextFormat(Qt::PlainText);
    m_list->setSign(CourseSign::List);
    m_list->setAccessibleName(tr("List of lessons"));
    m_list->setToolTip(tr("Show the list of lessons"));
    m_list->hide();
    m_fold->hide();
    m_back->setSign(CourseSign::Back);
    m_forward->setSign(CourseSign::Forward);
    nameScreens();
    connect(m_list, &QAbstractButton::clicked, this, &LessonHead::listAsked);
    connect(m_fold, &QAbstractButton::clicked, this, &LessonHead::foldAsked);
    connect(m_back, &QAbstractButton::clicked, this, [this] { emit screenAsked(m_screen - 1); });
    connect(m_forward, &QAbstractButton::clicked, this, [this] { emit screenAsked(m_screen + 1); });
}

void LessonHead::nameScreens()
{
    m_back->setAccessibleName(m_questions ? tr("Question before") : tr("Screen before"));
    m_forward->setAccessibleName(m_questions ? tr("Next question") : tr("Next screen"));
    for (CourseButton* const button : {m_back, m_forward})
        button->setToolTip(button->accessibleName());
}

QString LessonHead::whichText() const
{
    if (m_screens <= 1)
        return {};
    if (m_questions && m_screen >= m_screens)
        return tr("result"); // after the last question
    return (m_questions ? tr("question %1 of %2") : tr("screen %1 of %2")).arg(m_screen + 1).arg(m_screens);
}

void LessonHead::setLesson(const QString& number, const QString& title)
{
    m_number->setText(number);
    m_titleText = title;
    m_title->setAccessibleName(number.isEmpty() ? title : tr("Lesson %1, %2").arg(number, title));
    arrange();
}

// A button that is switched off loses the keyboard to whatever comes next: the other one takes it before.
void LessonHead::setScreen(int screen, int screens, bool questions)
{
    m_screen = screen;
    m_screens = screens;
    m_questions = questions;
    nameScreens();
    const bool back = screen > 0;
    const bool forward = screen + 1 < screens;
    for (CourseButton* const button : {m_back, m_forward})
        button->setVisible(screens > 1);
    if (back)
        m_back->setEnabled(true);
    if (forward)
        m_forward->setEnabled(true);
    if (!forward && m_forward->hasFocus() && back)
        m_back->setFocus(Qt::OtherFocusReason);
    else if (!back && m_back->hasFocus() && forward)
        m_forward->setFocus(Qt::OtherFocusReason);
    m_back->setEnabled(back);
    m_forward->setEnabled(forward);
    const QString which = whichText();
    m_which->setAccessibleName(which);
    m_back->setAccessibleDescription(which);
    m_forward->setAccessibleDescription(which);
    arrange();
}

void LessonHead::setListButton(bool shown)
{
    m_list->setVisible(shown);
    arrange();
}

void LessonHead::setFolding(bool folds, bool open)
{
    m_fold->setSign(open ? CourseSign::Up : CourseSign::Down);
    m_fold->setAccessibleName(open ? tr("Fold the lesson's text") : tr("Show the lesson's text"));
    m_fold->setToolTip(m_fold->accessibleName());
    m_fold->setVisible(folds);
    arrange();
}

void LessonHead::setTheme(const Theme& theme)
{
    m_theme = theme;
    for (CourseButton* const button : {m_list, m_fold, m_back, m_forward})
        button->setTheme(theme);
    const QFont bold = uiFont(theme, TypeSize::Heading, QFont::DemiBold);
    dressLabel(*m_number, bold, theme.text());
    dressLabel(*m_title, bold, theme.text());
    dressLabel(*m_which, uiFont(theme, TypeSize::Second), theme.secondary());
    arrange();
}

QSize LessonHead::sizeHint() const
{
    return {m_theme.px(416), m_theme.px(24)};
}

QSize LessonHead::minimumSizeHint() const
{
    return {m_theme.px(200), m_theme.px(24)};
}

// The buttons keep their room; which screen it is gives up words before the title is cut.
void LessonHead::arrange()
{
    const int side = m_theme.px(24);
    const int margin = m_theme.px(16);
    const auto at = [this](const QRect& rect) { return visualRect(rect, width(), layoutDirection()); };
    for (QLabel* const label : {m_number, m_title})
        label->setAlignment(leadingSide(layoutDirection()));
    int right = width() - margin;
    for (CourseButton* const button : {m_forward, m_back}) {
        if (button->isHidden())
            continue;
        button->setGeometry(at({right - side, 0, side, side}));
        right -= side + m_theme.px(8);
    }
    int left = margin;
    if (!m_list->isHidden()) {
        m_list->setGeometry(at({left, 0, side, side}));
        left += side + m_theme.px(10);
    }
    if (!m_fold->isHidden()) {
        m_fold->setGeometry(at({right - side, 0, side, side}));
        right -= side + m_theme.px(8);
    }
    const QFontMetrics bold(m_title->font());
    const int number = m_number->text().isEmpty() ? 0 : bold.horizontalAdvance(m_number->text()) + m_theme.px(8);
    m_number->setGeometry(at({left, 0, std::max(0, number), side}));
    left += number;
    const int title = bold.horizontalAdvance(m_titleText) + 2;
    const QFontMetrics small(m_which->font());
    const int room = std::max(0, right - left);
    QString which = whichText();
    if (!which.isEmpty() && title + small.horizontalAdvance(which) + m_theme.px(8) > room)
        which = tr("%1/%2", "screen of screens").arg(std::min(m_screen + 1, m_screens)).arg(m_screens);
    const int whichWidth = which.isEmpty() ? 0 : small.horizontalAdvance(which) + 2;
    m_which->setText(which);
    m_which->setGeometry(at({right - whichWidth, 0, whichWidth, side}));
    const int titleRoom = std::max(0, room - (whichWidth > 0 ? whichWidth + m_theme.px(8) : 0));
    const QString shown = bold.elidedText(m_titleText, Qt::ElideRight, titleRoom);
    m_title->setText(shown);
    m_title->setToolTip(shown == m_titleText ? QString() : m_titleText);
    m_title->setGeometry(at({left, 0, titleRoom, side}));
}

void LessonHead::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace bistro::ui
