#include "panels/predictcard.h"

#include "panels/predictrow.h"
#include "theme/fonts.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <functional>

namespace bistro::ui {

using namespace Qt::StringLiterals;

PredictCard::PredictCard(QWidget* parent)
    : QWidget(parent)
    , m_heading(new QLabel(tr("Predict"), this))
    , m_score(new QLabel(this))
    , m_startAgain(new QToolButton(this))
    , m_close(new QToolButton(this))
    , m_goOn(new QPushButton(this))
{
    setObjectName(u"predictcard"_s);
    m_startAgain->setText(tr("Start again"));
    m_startAgain->setToolTip(tr("The score begins at 0, at the first question"));
    m_close->setText(u"×"_s);
    m_close->setToolTip(tr("Stop predicting"));
    m_close->setAccessibleName(tr("Stop predicting"));
    for (QToolButton* const button : {m_startAgain, m_close}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_goOn->setObjectName(u"goon"_s);
    m_goOn->setAutoDefault(true); // Enter
    connect(m_startAgain, &QToolButton::clicked, this, &PredictCard::startAgainAsked);
    connect(m_close, &QToolButton::clicked, this, &PredictCard::closeAsked);
    connect(m_goOn, &QPushButton::clicked, this, &PredictCard::goOnAsked);
    auto* const head = new QHBoxLayout;
    head->addWidget(m_heading);
    head->addStretch(1);
    head->addWidget(m_close);
    auto* const count = new QHBoxLayout; // not in the head: the narrow column of a small window has no room for both
    count->addWidget(m_score);
    count->addStretch(1);
    count->addWidget(m_startAgain);
    auto* const all = new QVBoxLayout(this);
    all->addLayout(head);
    all->addLayout(count);
    m_lines = new QVBoxLayout;
    all->addLayout(m_lines);
    all->addStretch(1); // what is too much room stays below
    fill();
}

void PredictCard::setTheme(const Theme& theme)
{
    m_theme = theme; // even if it is the same: a new style sheet of the window takes colors away
    fill();
}

void PredictCard::show(const PredictContent& content)
{
    if (m_content == content)
        return;
    m_content = content;
    m_allShown = false;
    fill();
}

void PredictCard::focusGoOn()
{
    if (m_goOn->isVisibleTo(this))
        m_goOn->setFocus(Qt::OtherFocusReason);
}

void PredictCard::addLabel(const QString& html, TypeSize size, const QColor& color, QFont::Weight weight)
{
    auto* const label = new RichLabel(m_body);
    label->setTheme(m_theme, size, color, weight);
    label->setHtml(html);
    connect(label, &RichLabel::orderClicked, this, &PredictCard::orderClicked);
    m_body->layout()->addWidget(label);
}

void PredictCard::addRow(const PredictRow& row)
{
    auto* const button = new PredictRowButton(m_theme, row, m_content.phase == PredictPhase::Asking, m_body);
    connect(button, &QPushButton::clicked, this, [this, order = row.name.order] { emit answered(order); });
    m_body->layout()->addWidget(button);
    m_rows.push_back(button);
}

void PredictCard::addShowAll()
{
    auto* const button = new QToolButton(m_body);
    button->setObjectName(u"showall"_s);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFont(uiFont(m_theme, TypeSize::Second));
    button->setText(tr("Show all %1 choices").arg(m_content.rows.size()));
    connect(button, &QToolButton::clicked, this, [this] {
        m_allShown = true;
        fill();
    });
    m_body->layout()->addWidget(button);
}

// Anew for each question and each answer.
void PredictCard::fill()
{
    const bool hadFocus = m_body && m_body->isAncestorOf(QApplication::focusWidget());
    if (m_body) {
        m_lines->removeWidget(m_body);
        m_lines->removeWidget(m_goOn);
        m_body->hide();
        m_body->deleteLater(); // a row of it may be what has led here
    }
    m_rows.clear();
    m_body = new QWidget(this);
    auto* const rows = new QVBoxLayout(m_body);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(m_theme.px(6));
    layout()->setContentsMargins(m_theme.px(14), m_theme.px(10), m_theme.px(14), m_theme.px(14));
    layout()->setSpacing(m_theme.px(8));
    colorLabel(m_heading, uiFont(m_theme, TypeSize::Second, QFont::DemiBold), m_theme.secondary());
    colorLabel(m_score, uiFont(m_theme, TypeSize::Second, QFont::DemiBold), m_theme.text());
    m_score->setText(m_content.score);
    m_score->setVisible(!m_content.score.isEmpty());
    m_startAgain->setFont(uiFont(m_theme, TypeSize::Second));
    m_startAgain->setVisible(!m_content.score.isEmpty());
    addLabel(m_content.headline.toHtmlEscaped(), TypeSize::Heading, m_theme.text(), QFont::DemiBold);
    if (!m_content.sentence.isEmpty())
        addLabel(m_content.sentence.toHtmlEscaped(), TypeSize::Label, m_theme.secondary());
    // What was neither chosen nor came makes room for the reasons.
    const auto matters = [](const PredictRow& row) { return row.chosen || row.came; };
    const auto others = std::ranges::count_if(m_content.rows, std::not_fn(matters));
    const bool folds = m_content.phase == PredictPhase::Answered && others > 1 && !m_allShown;
    for (const PredictRow& row : m_content.rows) {
        if (!folds || matters(row))
            addRow(row);
    }
    if (folds)
        addShowAll();
    for (const Sentence& reason : m_content.reasons)
        addLabel(sentenceHtml(reason, m_content.named), TypeSize::Label, m_theme.text());
    m_lines->setSpacing(m_theme.px(8));
    m_lines->addWidget(m_body);
    m_lines->addWidget(m_goOn);
    m_goOn->setText(m_content.goOn);
    m_goOn->setFont(uiFont(m_theme, TypeSize::Label, QFont::DemiBold));
    m_goOn->setStyleSheet(
        u"QPushButton { background: %1; color: %2; border: 2px solid %1; border-radius: %3px; padding: %4px %5px; }"
        "QPushButton:focus { border-color: %6; }"_s.arg(m_theme.ink().name(), m_theme.onInk().name())
            .arg(m_theme.px(8))
            .arg(m_theme.px(5))
            .arg(m_theme.px(12))
            .arg(m_theme.secondary().name()));
    m_goOn->setVisible(!m_content.goOn.isEmpty());
    setAccessibleName(m_content.headline);
    setAccessibleDescription(asText());
    m_body->show();
    if (hadFocus && !m_rows.empty() && m_rows.front()->isEnabled())
        m_rows.front()->setFocus(Qt::OtherFocusReason);
    else if (hadFocus)
        focusGoOn();
    updateGeometry();
}

void PredictCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.window());
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.border());
}

} // namespace bistro::ui
