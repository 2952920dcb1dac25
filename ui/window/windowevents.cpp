// What happens to the window: what it shows of a run in few words, what its user sets, what the desktop does with it.
#include "window/mainwindow.h"

#include "console/consolepanel.h"
#include "window/beforepage.h"
#include "window/cardspage.h"
#include "window/dialogs.h"
#include "window/focusorder.h"
#include "window/foldrail.h"
#include "window/glossarypage.h"
#include "window/housespage.h"
#include "window/lessondesk.h"
#include "window/look.h"
#include "window/lowerleft.h"
#include "window/menucorners.h"
#include "window/momentfeed.h"
#include "window/narrationpage.h"
#include "window/packagebar.h"
#include "window/packagedesk.h"
#include "window/panelswitches.h"
#include "window/permissionbar.h"
#include "window/permissiondesk.h"
#include "window/presentation.h"
#include "window/stagepage.h"
#include "window/status.h"
#include "window/tabspage.h"
#include "window/timelinepage.h"
#include "window/variablespage.h"
#include "window/windownotice.h"
#include "window/windowplace.h"
#include "workspace/workspace.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMimeData>
#include <QScreen>
#include <QTabBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {

void MainWindow::sessionChanged()
{
    m_program = program();
    updateStatus();
    const app::Session::State state = m_session->state();
    if (state == app::Session::State::Failed || state == app::Session::State::Finished)
        m_notice->announce(m_session->ending());
    if (state == app::Session::State::Failed && !m_session->log() && m_session->traceFile().isEmpty())
        m_notice->tell(m_session->ending());
}

void MainWindow::updateStatus()
{
    const EditorTabs& tabs = m_editor->tabs();
    RunStatus run = runStatusOf(*m_session, m_feed->now());
    run.hidden = m_feed->guessing().has_value();
    run.ofLesson = m_lessons->runs().nameOfShown();
    run.ofAnother = run.ofLesson.isEmpty() && m_session->program().file != m_program;
    setWindowTitle(windowTitleOf(run,
        {.name = tabs.currentName(),
            .untitled = app::Workspace::isUntitled(tabs.currentPath()),
            .readOnly = tabs.isCurrentReadOnly()}));
    setWindowModified(tabs.isCurrentModified());
    m_corners->setStatus(statusLineOf(run, QFileInfo(m_program).fileName()));
    m_console->setWhose(whoseRun(run));
}

void MainWindow::updateBadges()
{
    const Badges badges = badgesOf(m_feed->moment(), runStatusOf(*m_session, m_feed->now()));
    m_toolBar->setRuntime(badges.runtime.text, badges.runtime.tip);
    m_toolBar->setRecording(badges.recording.text, badges.recording.tip);
    m_toolBar->setSandbox(badges.sandbox.text, badges.sandbox.tip);
    m_toolBar->setLines(badges.lines.text, badges.lines.tip);
    m_toolBar->setPast(badges.past);
    m_toolBar->setAlarm(badges.alarm.text, badges.alarm.tip);
}

void MainWindow::updateRemark()
{
    const Remark remark = remarkOf(m_feed->moment(), runStatusOf(*m_session, m_feed->now()));
    m_console->setRemark(remark.sentence, remark.meaning, remark.place);
}

void MainWindow::setSkin(Skin skin)
{
    m_settings.skin = skin;
    (*m_actions)[skin == Skin::Restaurant ? ActionId::Restaurant : ActionId::Loop]->setChecked(true);
    m_stage->view().setSkin(skin);
    const app::Wording wording = m_feed->wording();
    m_cards->setWording(wording);
    m_before->setWording(wording);
    m_glossary->setWording(wording);
    m_timeline->view().setWording(wording);
    m_feed->refresh(false);
}

void MainWindow::setSettings(const Settings& settings)
{
    m_settings = settings;
    m_settings.save();
    (*m_actions)[ActionId::Internals]->setChecked(settings.internals);
    (*m_actions)[ActionId::ReduceMotion]->setChecked(settings.reducedMotion);
    (*m_actions)[ActionId::RecordLines]->setChecked(settings.lines);
    (*m_actions)[ActionId::LineValues]->setChecked(settings.values);
    (*m_actions)[ActionId::ShowNarration]->setChecked(settings.narration);
    (*m_actions)[actionOf(settings.scheme)]->setChecked(true);
    setSkin(settings.skin);
    m_look->apply();
    m_feed->refresh(false);
}

void MainWindow::editSettings()
{
    auto* const dialog = new SettingsDialog(m_settings, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { setSettings(dialog->settings()); });
    dialog->open();
}

// As the frame says.
void MainWindow::fold()
{
    const Folds& folds = m_frame->folds();
    m_toolBar->setCompact(folds.compact);
    m_question->setCompact(folds.compact);
    m_packageBar->setCompact(folds.compact);
    m_timeline->view().setCompact(folds.cooks && !m_frame->isOpen(Area::Timeline));
    m_cards->setCompact(folds.compact);
    m_variables->setCompact(folds.compact);
    m_houses->setCompact(folds.compact);
    m_lower->setCompact(folds.compact);
    m_switches->follow();
    updateNarrationForm();
}

void MainWindow::setPresentation(bool on)
{
    m_toolBar->setVisible(!on);
    m_frame->setPresentation(on);
    m_editor->tabs().tabBar().parentWidget()->setVisible(!on);
    m_lessons->setPresentation(on);
    m_stage->view().setPresentation(on);
    updateNarrationForm();
    m_look->setPresentation(on);
    m_look->apply();
}

// The glossary opens with it.
std::optional<app::Term> MainWindow::termThere()
{
    if (stage().hasFocus())
        return stage().termThere();
    if (timeline().hasFocus())
        return timeline().termThere();
    if (callStack().isAncestorOf(focusWidget()))
        return app::Term::CallStack;
    if (m_console->isAncestorOf(focusWidget()))
        return app::Term::Console;
    return {};
}

void MainWindow::updateNarrationForm()
{
    const bool folds = m_frame->folds().rule && !m_presentation->isOn();
    m_narration->bar().setUnfolding(folds && !m_frame->rail().isVisibleTo(m_frame));
    m_narration->bar().setForm(m_presentation->isOn() ? NarrationBar::Form::Presentation
            : m_frame->isFolded(Area::Narration)      ? NarrationBar::Form::Compact
                                                      : NarrationBar::Form::Normal);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_presentation->set(false);
    EditorTabs& tabs = m_editor->tabs();
    if (!tabs.askToClose()) { // it asks above the code, and tells when the learner has decided
        event->ignore();
        return;
    }
    tabs.flush();
    m_settings.save();
    keepSession();
    event->accept();
}

void MainWindow::keepSession()
{
    if (m_presentation->isOn())
        return; // its places are not the window's
    keepLayout({.geometry = saveGeometry(),
        .panels = m_frame->saveLayout(),
        .editor = m_editor->tabs().saveState(),
        .lower = m_lower->currentId()});
}

void MainWindow::changeEvent(QEvent* event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange && m_presentation)
        m_presentation->windowStateChanged();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (std::ranges::any_of(urls, [](const QUrl& url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile() && open(url.toLocalFile()))
            break;
    }
    event->acceptProposedAction();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && (m_before->close() || m_frame->closeOverlay()))
        return;
    if (event->key() == Qt::Key_Escape && m_notice->isVisible())
        m_notice->hide();
    else if (event->key() == Qt::Key_Escape && (m_permissions->refuse() || m_packages->leave()))
        return;
    else if (event->key() == Qt::Key_Escape && m_presentation->isOn())
        m_presentation->set(false);
    else if (event->key() == Qt::Key_Escape && selectedOrder())
        selectOrder({});
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::showOnScreen()
{
    if (m_wasLeft) {
        QList<QRect> available;
        for (const QScreen* const each : QGuiApplication::screens())
            available.append(each->availableGeometry());
        const bool free = !isMaximized() && !isFullScreen();
        if (const QRect place = clippedTo(available, geometry()); free && place != geometry())
            setGeometry(place);
        show();
        return;
    }
    const FirstPlace first = firstPlaceOn(screen()->availableSize());
    resize(first.size);
    if (first.maximized)
        showMaximized();
    else
        show();
}

// What one types first is code.
void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (!focusWidget())
        editor().setFocus();
}

bool MainWindow::focusNextPrevChild(bool next)
{
    return goOn(readingOrder(
                    QList<QWidget*> {m_toolBar, m_notice, m_question, m_packageBar} + m_frame->inReadingOrder()),
               focusWidget(), next)
        || QMainWindow::focusNextPrevChild(next);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    if (m_corners)
        m_corners->arrange();
}

} // namespace bistro::ui
