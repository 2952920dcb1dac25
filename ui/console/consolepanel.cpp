#include "console/consolepanel.h"

#include "console/hintlabel.h"
#include "console/printedby.h"
#include "console/screenline.h"
#include "theme/fonts.h"
#include "trace/views.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bistro::ui {

ConsolePanel::ConsolePanel(app::Session& session, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_model(new ConsoleModel(this))
    , m_view(new ConsoleView(this))
    , m_head(new QWidget(this))
    , m_heading(new QLabel(tr("Console"), m_head))
    , m_corner(new QWidget(m_head))
    , m_errorsOnly(new QToolButton(m_corner))
    , m_hint(new HintLabel(m_head))
    , m_findBar(new QWidget(this))
    , m_findText(new QLineEdit(m_findBar))
    , m_findCase(new QToolButton(m_findBar))
    , m_findResult(new QLabel(m_findBar))
    , m_inputBar(new QWidget(this))
    , m_inputMark(new QLabel(u"›"_s, m_inputBar))
    , m_input(new QLineEdit(m_inputBar))
{
    setObjectName(u"console"_s);
    m_view->setModel(m_model);

    m_findText->setPlaceholderText(tr("Find in the console"));
    m_findText->setAccessibleName(tr("Find in the console"));
    m_findText->setClearButtonEnabled(true);
    m_findCase->setText(tr("Aa"));
    m_findCase->setCheckable(true);
    m_findCase->setToolTip(tr("Tell capital letters from small ones"));
    m_findCase->setAccessibleName(tr("Tell capital letters from small ones"));
    auto* const findLayout = new QHBoxLayout(m_findBar);
    findLayout->setContentsMargins(16, 2, 16, 4);
    const auto button = [this](const QString& text, const QString& name, auto what) {
        auto* const made = new QToolButton(m_findBar);
        made->setText(text);
        made->setToolTip(name);
        made->setAccessibleName(name);
        connect(made, &QToolButton::clicked, this, what);
        return made;
    };
    findLayout->addWidget(m_findText, 1);
    findLayout->addWidget(m_findResult);
    findLayout->addWidget(m_findCase);
    findLayout->addWidget(button(u"↑"_s, tr("Previous hit (Shift+Enter, Shift+F3)"), [this] { findNext(true); }));
    findLayout->addWidget(button(u"↓"_s, tr("Next hit (Enter, F3)"), [this] { findNext(false); }));
    findLayout->addWidget(button(u"✕"_s, tr("Close and remove the marks (Esc)"), [this] { closeFind(); }));
    m_findBar->hide();
    m_findText->installEventFilter(this);
    connect(m_findText, &QLineEdit::textChanged, this, [this] { find(ConsoleView::Direction::AsTyped); });
    connect(m_findCase, &QToolButton::toggled, this, [this] { find(ConsoleView::Direction::AsTyped); });
    connect(m_view, &ConsoleView::found, this, [this](bool anything) {
        m_notFound = !anything;
        sayHits();
    });
    connect(m_view, &ConsoleView::hitsChanged, this, &ConsolePanel::sayHits);
    connect(m_view, &ConsoleView::findEnded, this, [this] { m_findBar->hide(); });

    makeInput();
    makeCorner();
    auto* const head = new QHBoxLayout(m_head);
    head->setContentsMargins(16, 0, 12, 0);
    head->addWidget(m_heading);
    head->addWidget(m_hint, 1);
    head->addWidget(m_corner);
    m_head->installEventFilter(this);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 4);
    layout->setSpacing(2);
    layout->addWidget(m_head);
    layout->addWidget(m_findBar);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_inputBar);

    connect(m_view, &ConsoleView::momentRequested, this, [this](app::Index event) { m_session.goTo(event + 1); });
    connect(m_view, &ConsoleView::linkActivated, this,
        [this](const QString& file, int line, int column) { emit linkActivated(whole(file), line, column); });
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &ConsolePanel::lookForFailure);
    connect(m_view, &ConsoleView::beforeAsked, this, &ConsolePanel::beforeAsked);
    m_view->setLineNumbers([this](int row) -> std::optional<int> {
        const app::TraceLog* const log = m_session.log();
        return log ? screenLineOf(*m_model, row, *log) : std::nullopt;
    });
    connect(m_view, &ConsoleView::findRequested, this, &ConsolePanel::showFind);
    connect(m_view, &ConsoleView::clearRequested, m_model, &ConsoleModel::clear);
    connect(m_model, &ConsoleModel::hungry, this, &ConsolePanel::feed);
    connect(m_model, &ConsoleModel::failed, this, [this](const QString& sentence) {
        m_trouble = sentence;
        m_view->setRemark(sentence, Meaning::Error);
    });

    connect(&m_session, &app::Session::restarted, this, [this] {
        m_model->restart();
        m_fed = 0;
        m_inputAsked = false;
        m_trouble.clear();
        m_view->setRemark({}, Meaning::Running);
        m_view->setPlayhead({});
    });
    connect(&m_session, &app::Session::printed, m_model,
        [this](trace::Stream stream, const QByteArray& bytes) { m_model->receive(stream, bytes); });
    connect(&m_session, &app::Session::logAboutToChange, this, [this] {
        m_view->setMoments({});
        m_model->forgetEvents();
    });
    connect(&m_session, &app::Session::logChanged, this, [this] {
        m_fed = 0;
        if (m_session.log()) {
            m_view->setMoments([this](app::Index event) -> std::optional<ConsoleView::Moment> {
                const app::TraceLog* const log = m_session.log();
                if (!log || event >= log->size())
                    return {};
                return ConsoleView::Moment {.meaning = printedBy(*log, event), .time = log->event(event).time};
            });
        }
        feed();
    });
    connect(&m_session, &app::Session::advanced, this, &ConsolePanel::feed);
    connect(&m_session, &app::Session::stateChanged, this, [this] {
        feed();
        updateWaiting();
        lookForFailure();
    });
    connect(&m_session, &app::Session::playheadMoved, this, [this] {
        m_view->setPlayhead(m_session.playhead().isLive() ? std::nullopt : std::optional(m_session.place()));
    });
    connect(&m_session, &app::Session::waitingChanged, this, &ConsolePanel::updateWaiting);
    setTheme(Theme(Scheme::Light));
}

void ConsolePanel::setWhose(const QString& sentence)
{
    m_whose = sentence;
    sayHint();
}

void ConsolePanel::sayHint()
{
    m_hint->setText(m_whose.isEmpty() ? tr("Click a line to go to its moment") : m_whose);
    m_hint->setWholeOnly(m_whose.isEmpty());
    m_head->setVisible(m_cornerHere || !m_whose.isEmpty());
}

void ConsolePanel::setTheme(const Theme& theme)
{
    m_theme = theme;
    const auto label = [&](QLabel* what, TypeSize size, QFont::Weight weight, const QColor& color) {
        what->setFont(uiFont(theme, size, weight));
        QPalette colors = what->palette();
        colors.setColor(QPalette::WindowText, color);
        what->setPalette(colors);
    };
    label(m_heading, TypeSize::Label, QFont::DemiBold, theme.text());
    label(m_hint, TypeSize::Second, QFont::Normal, theme.secondary());
    const auto buttons = m_corner->findChildren<QToolButton*>();
    for (QToolButton* const button : buttons)
        button->setFont(uiFont(theme, TypeSize::Second));
    label(m_findResult, TypeSize::Second, QFont::Normal, theme.secondary());
    label(m_inputMark, TypeSize::Heading, QFont::Bold, theme.text());
    sayHint();
    m_input->setFont(codeFont(theme));
    m_view->setTheme(theme);
    sayHits();
}

void ConsolePanel::feed()
{
    const app::TraceLog* const log = m_session.log();
    if (log) {
        const auto outputs = log->outputs();
        QElapsedTimer clock;
        clock.start();
        for (; m_fed < outputs.size(); ++m_fed) {
            if (m_fed % 64 == 63 && clock.durationElapsed() > ConsoleModel::kBudget)
                break; // the model asks again
            const auto output = trace::as<trace::events::Output>(log->event(outputs[m_fed]));
            if (m_session.isOpenedTrace())
                m_model->replayed(output.stream, output.bytes, log->outputText(m_fed), outputs[m_fed]);
            else
                m_model->printed(output.stream, output.bytes, log->outputText(m_fed), outputs[m_fed]);
        }
    }
    const bool recorded = !m_session.traceFile().isEmpty() && !(log && log->head().recordingEnded);
    const bool behind = log && m_fed < log->outputs().size();
    m_model->setEventsFollow(behind || (recorded && (m_session.isRunning() || (log && !log->caughtUp()))));
    m_model->setBehind(behind);
}

void ConsolePanel::updateWaiting()
{
    const bool wanted = m_session.isRunning() && !m_session.isInputEnded()
        && (m_session.readsInput() || m_inputAsked || m_input->hasFocus());
    if (wanted == m_inputBar->isVisibleTo(this))
        return;
    const bool hadFocus = m_input->hasFocus();
    m_inputBar->setVisible(wanted);
    if (!wanted && hadFocus)
        m_view->setFocus();
}

void ConsolePanel::showFind()
{
    m_findBar->show();
    if (const QString selected = m_view->selectedWithinRow(); !selected.isEmpty())
        m_findText->setText(selected);
    m_findText->selectAll();
    m_findText->setFocus();
    find(ConsoleView::Direction::AsTyped);
}

void ConsolePanel::closeFind()
{
    m_findBar->hide();
    m_view->find({}, false, ConsoleView::Direction::AsTyped);
    m_view->setFocus();
}

void ConsolePanel::find(ConsoleView::Direction direction)
{
    if (m_findText->text().isEmpty())
        m_notFound = false;
    m_view->find(m_findText->text(), m_findCase->isChecked(), direction);
    sayHits();
}

void ConsolePanel::findNext(bool backward)
{
    if (m_findBar->isHidden())
        showFind();
    else
        find(backward ? ConsoleView::Direction::Backward : ConsoleView::Direction::Forward);
}

// "3 of 17", and while lines are still being counted "3 of 17…".
void ConsolePanel::sayHits()
{
    const ConsoleView::Hits hits = m_view->hits();
    const bool none = !m_findText->text().isEmpty() && m_notFound && hits.total == 0;
    QString text;
    if (none)
        text = tr("no hit");
    else if (hits.total > 0) {
        const QString total = hits.all ? tr("%L1").arg(hits.total) : tr("%L1…").arg(hits.total);
        text = hits.current > 0 ? tr("%L1 of %2", "the third of 17 hits").arg(hits.current).arg(total)
                                : tr("%1 in all").arg(total);
    }
    m_findResult->setText(text);
    QPalette colors = m_findResult->palette();
    colors.setColor(QPalette::WindowText, none ? m_theme.color(Meaning::Error) : m_theme.secondary());
    m_findResult->setPalette(colors);
    if (m_findText->property("wrong").toBool() != none) {
        m_findText->setProperty("wrong", none);
        m_findText->style()->unpolish(m_findText);
        m_findText->style()->polish(m_findText);
    }
}

void ConsolePanel::showInput()
{
    if (!m_session.isRunning() || m_session.isInputEnded())
        return;
    m_inputAsked = true;
    updateWaiting();
    m_input->setFocus();
}

// Of the bar's buttons: what they do not take.
void ConsolePanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !m_findBar->isHidden())
        closeFind();
    else
        QWidget::keyPressEvent(event);
}

bool ConsolePanel::eventFilter(QObject* watched, QEvent* event)
{
    const bool removed = event->type() == QEvent::ChildRemoved;
    if (watched == m_head && (removed || event->type() == QEvent::ChildAdded)
        && static_cast<QChildEvent*>(event)->child() == m_corner) {
        m_cornerHere = !removed; // else another row has it, which says what this is
        m_heading->setVisible(m_cornerHere);
        sayHint();
    }
    if (event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto* const key = static_cast<QKeyEvent*>(event);
    if (watched == m_findText) {
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            findNext(key->modifiers().testFlag(Qt::ShiftModifier));
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            closeFind();
            return true;
        }
    }
    if (watched == m_input && key->key() == Qt::Key_D && key->modifiers() == Qt::ControlModifier) {
        endInput();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace bistro::ui
