// What the panels are given at the moment that is looked at: at most one picture in kPicture, and what the buttons may
// do then.
#include "window/mainwindow.h"

#include "console/consolepanel.h"
#include "editor/editortabs.h"
#include "moment/tracefacts.h"
#include "panels/callstackpanel.h"
#include "panels/narrationbar.h"
#include "panels/ordercard.h"
#include "session/runsummary.h"
#include "stage/picturetext.h"
#include "stage/stagetable.h"
#include "stage/stageview.h"
#include "text/amounts.h"
#include "timeline/timelineview.h"
#include "why/why.h"
#include "window/linenotes.h"
#include "window/stagefeed.h"
#include "window/verification.h"
#include "workspace/workspace.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QMenuBar>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr std::chrono::milliseconds kPicture {30}; // between two pictures of a live run
constexpr std::chrono::nanoseconds kReasonsStay = std::chrono::milliseconds(500);

QString nameOfRun(const app::TraceLog& log)
{
    const QString name = app::programOf(log);
    return name.isEmpty() ? MainWindow::tr("a program") : name;
}

} // namespace

void MainWindow::refreshStage(bool travel)
{
    m_travel = m_travel && travel;
    if (m_stageDue.isActive())
        return;
    const auto since = m_stageDrawn.isValid() ? m_stageDrawn.durationElapsed() : kPicture;
    m_stageDue.start(
        std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(kPicture - since)));
}

void MainWindow::tick()
{
    if (isLiveNow())
        refreshStage(true);
    else if (m_session->isRunning() && m_facts)
        m_timeline->setNow(now()); // the run goes on, whatever moment of it is looked at
    updateStatus();
}

Moment MainWindow::momentNow() const
{
    const app::TraceLog* const log = m_session->log();
    const app::Wording wording = m_settings.skin == Skin::Restaurant ? app::Wording::Restaurant : app::Wording::Runtime;
    Moment moment;
    if (!log || !m_facts) {
        moment.running = m_session->isRunning();
        moment.wording = wording;
        return moment;
    }
    const bool live = isLiveNow();
    const std::uint64_t clock = m_session->isRunning() ? now() : 0;
    moment = momentAt(*log, *m_facts, m_session->place(), wording, live ? clock : 0,
        std::chrono::milliseconds(m_settings.blockedAfter));
    moment.running = m_session->isRunning();
    moment.live = live;
    moment.clock = clock;
    return moment;
}

StagePicture MainWindow::pictureFor(const Moment& moment, StageOptions options) const
{
    return stagePicture(moment, std::move(options),
        {.patience = std::chrono::milliseconds(m_settings.patience),
            .stepOn = tr("%1 takes a step, %2 plays")
                .arg(action(u"step-forward"_s)->shortcut().toString(QKeySequence::NativeText),
                    action(u"pause"_s)->shortcut().toString(QKeySequence::NativeText))});
}

void MainWindow::draw()
{
    m_stageDrawn.start();
    const bool travel = std::exchange(m_travel, true);
    m_moment = momentNow();
    m_stage->setMoment(m_moment, travel ? StageView::Motion::Travel : StageView::Motion::Jump);
    if (m_stageText->isVisible()) {
        m_stageText->setSummary(summaryOf(m_stage->picture()));
        // Reasons are of a moment; while nothing is recorded they change with the clock, which nobody reads faster than
        // this.
        const auto moment = std::pair(m_moment.place, m_moment.live ? m_moment.now / kReasonsStay.count() : 0);
        if (std::exchange(m_reasonsOf, moment) != moment)
            m_stage->orders()->forgetReasons();
    }
    drawPanels();
    updateBadges();
    updateRemark();
    m_stageDrawn.start(); // what it took is time in which others could not work
}

// Why an order is where it is at this moment, in a sentence: the nearest reason.
QString MainWindow::whereforeOf(app::OrderId order) const
{
    const app::TraceLog* const log = m_moment.log;
    if (!log || m_moment.place == 0)
        return {};
    const auto& running = m_moment.state().running;
    const auto runs = std::ranges::find(running, order, &app::Running::order);
    const app::Explanation answer = runs != running.end()
        ? app::whyNow(*log, runs->started, m_moment.wording)
        : app::whyNotYet(*log, order, m_moment.place - 1, m_moment.wording, m_moment.now);
    // That there is one thread is true of all of them: what is its own says more.
    const auto own = std::ranges::find_if(
        answer.reasons, [](const app::Reason& reason) { return reason.rule != app::Rule::OneThread; });
    return own != answer.reasons.end() ? own->sentence
        : answer.reasons.empty()       ? answer.headline
                                       : answer.reasons.front().sentence;
}

// Where no event can be told of.
NarrationContent MainWindow::beforeTheRun() const
{
    const app::TraceLog* const log = m_session->log();
    const bool restaurant = m_settings.skin == Skin::Restaurant;
    NarrationContent content;
    if (log && !log->empty()) {
        content.headline.text = (restaurant
                ? tr("The restaurant is not open yet: this is the moment before the first of %L1 recorded steps.")
                : tr("Nothing has run yet: this is the moment before the first of %L1 recorded steps."))
                                    .arg(log->size());
        content.rule = tr("Take the first step with %1, or play them all with %2.")
                           .arg(action(u"step-forward"_s)->shortcut().toString(QKeySequence::NativeText),
                               action(u"pause"_s)->shortcut().toString(QKeySequence::NativeText));
    } else if (m_session->isRunning()) {
        content.headline.text = restaurant ? tr("The restaurant is opening.") : tr("Node is starting.");
    } else {
        content.headline.text = restaurant ? tr("The restaurant is not open yet.") : tr("Nothing has run yet.");
        content.rule = tr(
            "Write a program, or take one of the examples, and run it: F5. Nothing has to be saved for that.");
    }
    return content;
}

void MainWindow::drawPanels()
{
    const Moment& moment = m_moment;
    const app::TraceLog* const log = moment.log;
    if (!log) {
        m_card->showNothing();
        m_callStack->setContent({});
        m_narration->setContent(beforeTheRun());
        return;
    }
    {
        const app::LoopState& state = moment.state();
        const LineNotes::Line line = m_lines->running(state);
        QHash<QString, QList<LineNote>> notes = m_lines->at(
            state, m_selected, moment.hold ? app::timeText(moment.hold->took) : QString(), moment.crash);
        for (const QString& path : m_edited) // its lines are no longer those that ran
            notes.remove(path);
        const bool known = !m_edited.contains(line.path);
        m_editor->setPlayhead(known ? line.path : QString(), known ? line.line : 0,
            std::exchange(m_showLine, false) && !m_session->playhead().isLive());
        m_editor->setLineNotes(notes);
    }
    m_timeline->setMoment(moment);
    if (!m_timeline->refresh())
        refreshStage(true);
    if (m_frame->isShown(Area::Narration))
        m_narration->setContent(moment.place == 0 ? beforeTheRun() : narrationContent(moment));
    if (!m_frame->isShown(Area::Cards))
        return;
    m_callStack->setContent(callStackContent(moment));
    drawCard();
}

void MainWindow::drawCard()
{
    const Moment& moment = m_moment;
    const app::TraceLog& log = *moment.log;
    // What the user has chosen or pinned; else what is being served.
    app::OrderId about = m_onCard;
    if (!about && !moment.hold && moment.place > 0) {
        if (const auto& running = moment.state().running;
            !running.empty() && running.back().kind != app::OrderKind::Script)
            about = running.back().order;
    }
    // Of the one that keeps all others waiting there is more to say than of an order.
    const auto& running = moment.state().running;
    const bool cause = moment.hold && !m_card->isPinned()
        && (!about || std::ranges::any_of(running, [&](const app::Running& each) { return each.order == about; }));
    if (const auto crash = m_onCard ? std::nullopt : crashCard(moment)) {
        m_card->showBlocked(*crash);
    } else if (about && !cause) {
        OrderCardContent content = orderCard(moment, about);
        if (moment.place > 0) {
            const app::Index started = log.startedAt(about);
            const bool served = started != app::kNoEvent && started < moment.place;
            explain(content,
                served ? app::whyNow(log, started, moment.wording,
                             content.where == OrderCardContent::Where::Served ? app::Tense::Past : app::Tense::Present)
                       : app::whyNotYet(log, about, moment.place - 1, moment.wording, moment.now),
                log);
        }
        m_card->showOrder(content);
    } else if (const auto blocked = blockedCard(moment)) {
        m_card->showBlocked(*blocked);
    } else {
        const bool canLookBack = !moment.running && moment.place == moment.until && moment.place > 0;
        m_card->showNothing(canLookBack
                ? tr("%L1 steps are recorded. Play them from the start (%2), or step back (%3).")
                      .arg(moment.until)
                      .arg(action(u"pause"_s)->shortcut().toString(QKeySequence::NativeText),
                          action(u"step-back"_s)->shortcut().toString(QKeySequence::NativeText))
                : QString());
    }
}

void MainWindow::narrationAsked(NarrationContent::Action asked, app::OrderId about)
{
    if (asked == NarrationContent::Action::None)
        return;
    action(u"show-cards"_s)->setChecked(true);
    selectOrder(asked == NarrationContent::Action::ShowCause ? app::OrderId {} : about);
}

void MainWindow::updateActions()
{
    const bool running = m_session->isRunning();
    const bool stopping = m_session->state() == app::Session::State::Stopping;
    const app::TraceLog* const log = m_session->log();
    const app::Place place = m_session->place();
    const auto enable = [this](const QString& name, bool on) { action(name)->setEnabled(on); };
    enable(u"run"_s, running ? !stopping : !program().isEmpty());
    action(u"run"_s)->setToolTip(running
            ? tr("Stop the program (F5, Shift+F5)\nWhat it did until then stays, to be looked at.")
            : program().isEmpty()
            ? tr("Run (F5)\nThere is no program to run: start one with Ctrl+N, or open a file that ends in .js, .mjs "
                 "or .cjs.")
            : tr("Run %1 (F5)\nAs node runs it, and recorded, so that you can look back at every step.")
                  .arg(QFileInfo(program()).fileName()));
    enable(u"stop"_s, running && !stopping);
    enable(u"restart"_s, !program().isEmpty());
    enable(u"configure"_s, !program().isEmpty());
    enable(u"input"_s, running && !m_session->isInputEnded());
    enable(u"end-input"_s, running && !m_session->isInputEnded());
    enable(u"save-trace"_s, log != nullptr);
    const bool any = log && !log->empty();
    enable(u"pause"_s, any);
    const QString nothing = tr("There is nothing to look at yet: run a program, or open a recorded run.");
    const QString noLater = tr("This is the end of what is recorded: there is nothing later.");
    const QString noEarlier = tr("This is the beginning: there is nothing earlier.");
    action(u"pause"_s)
        ->setToolTip(!any                ? tr("Play (F6)") + u'\n' + nothing
                : m_session->isPlaying() ? tr("Pause (F6)\nStays at this moment, to have a close look at it.")
                : isLiveNow()
                ? tr("Stay at this moment (F6)\nThe program itself goes on; only the picture stands still.")
                : tr("Play (F6)\nShows one step after the other, as fast as the slider says."));
    const auto why = [&](const QString& name, bool forward, const QString& text) {
        setWhy(name,
            !any                                  ? nothing
                : forward && place >= log->size() ? noLater
                : !forward && place == 0          ? noEarlier
                                                  : text);
    };
    why(u"step-forward"_s, true,
        tr("One step: an order is placed, queued, taken or done. The smallest thing that there is to see."));
    why(u"step-back"_s, false, tr("One step back: how it was just before."));
    why(u"next-callback"_s, true, tr("To the next time that one of your functions begins: who is served next?"));
    why(u"previous-callback"_s, false, tr("To the last time before that one of your functions began."));
    why(u"next-line"_s, true, tr("To the next line in the console: what did the program do until it was printed?"));
    why(u"previous-line"_s, false, tr("To the line in the console before this moment."));
    setWhy(u"verify"_s,
        program().isEmpty() ? tr("There is no program to compare: open one first.")
                            : tr("Runs the program without Bistro, too: is what you see here what node really does?"));
    for (const QString& name : {u"step-forward"_s, u"next-callback"_s, u"next-line"_s, u"next-iteration"_s})
        enable(name, any && place < log->size());
    for (const QString& name :
        {u"step-back"_s, u"previous-callback"_s, u"previous-line"_s, u"previous-iteration"_s, u"go-start"_s})
        enable(name, any && place > 0);
    enable(u"go-live"_s, any && !m_session->playhead().isLive());
    enable(u"verify"_s, !program().isEmpty() && !m_verification->isRunning());
    m_toolBar->setPlaying(m_session->isPlaying());
}

void MainWindow::updateBadges()
{
    const app::TraceLog* const log = m_session->log();
    if (log && !log->versions().empty()) {
        const auto versions = QJsonDocument::fromJson(
            QByteArray(log->versions().data(), static_cast<qsizetype>(log->versions().size())))
                                  .object();
        const auto shortened = [&](const QString& key) { return versions.value(key).toString().section(u'.', 0, 1); };
        m_toolBar->setRuntime(tr("Node %1 · libuv %2").arg(shortened(u"node"_s), shortened(u"uv"_s)),
            tr("What ran this program (as its recording says): Node %1, V8 %2, libuv %3.\nOther versions may serve "
               "callbacks in another order.")
                .arg(versions.value(u"node"_s).toString(), versions.value(u"v8"_s).toString(),
                    versions.value(u"uv"_s).toString()));
    } else {
        m_toolBar->setRuntime({}, {});
    }
    if (log && !log->damage().empty() && !m_session->isOpenedTrace())
        m_toolBar->setRecording(tr("recording damaged at %L1 steps").arg(log->size()), m_session->notice());
    else if (log && !log->damage().empty())
        m_toolBar->setRecording(tr("damaged: %L1 steps").arg(log->size()), m_session->ending());
    else if (log && log->head().recordingEnded)
        m_toolBar->setRecording(tr("recording stopped at %L1 steps").arg(log->size()),
            tr("A recording has a limit (or the disk was full). The program went on; what it did from there cannot be "
               "looked at."));
    else if (!m_session->notice().isEmpty())
        m_toolBar->setRecording(tr("not recorded"), m_session->notice());
    else
        m_toolBar->setRecording({}, {});
    m_toolBar->setPast(m_session->isPast() ? tr("looking at the past") : QString());
    if (!m_verification->isRunning() && (m_verifiedProgram != program() || program().isEmpty())) {
        m_verifiedProgram = program();
        m_toolBar->setVerified(ToolBar::Verified::Unknown, action(u"verify"_s)->toolTip());
    }
    QString alarm;
    if (m_moment.hold && !m_moment.crash) {
        const QString duration = app::shortDuration(m_moment.hold->took);
        alarm = m_settings.skin == Skin::Restaurant ? tr("waiter blocked %1").arg(duration)
                                                    : tr("JavaScript blocked %1").arg(duration);
    }
    m_toolBar->setAlarm(alarm,
        m_settings.skin == Skin::Restaurant
            ? tr("One callback has had the only waiter for so long; nobody else is served meanwhile.\nThe card at the "
                 "right says which one, and what helps.")
            : tr("One callback has had the only JavaScript thread for so long; no other can run meanwhile.\nThe card "
                 "at the right says which one, and what helps."));
}

void MainWindow::updateRemark()
{
    if (m_moment.hold && !m_moment.crash) {
        const QString duration = app::shortDuration(m_moment.hold->took);
        m_console->setRemark(m_moment.hold->kind != app::FindingKind::Blocked
                ? tr("for %1 ticks and microtasks alone can print").arg(duration)
                : tr("nothing for %1: no callback can print").arg(duration),
            Meaning::Error);
    } else if (!m_session->isRunning() && !m_session->isOpenedTrace()
        && (m_session->state() == app::Session::State::Failed || m_session->exitCode() != 0)) {
        m_console->setRemark(m_session->ending(), m_session->isStopped() ? Meaning::Closing : Meaning::Error);
    } else if (m_session->isRunning() && m_session->playhead().isLive()) {
        m_console->setRemark(m_session->keptAlive(), Meaning::Closing);
    } else {
        m_console->setRemark({}, Meaning::Running);
    }
}

void MainWindow::updateStatus()
{
    const app::TraceLog* const log = m_session->log();
    updateTitle();
    QString text;
    const QLocale locale;
    const auto step = [&] {
        return tr("step %1 of %2").arg(locale.toString(m_session->place()), locale.toString(log->size()));
    };
    switch (m_session->state()) {
    case app::Session::State::NotStarted: break;
    case app::Session::State::Starting: text = tr("starting"); break;
    case app::Session::State::Running:
        text = !log               ? tr("running")
            : m_session->isPast() ? tr("live run, %1").arg(step())
                                  : tr("live run, %1").arg(app::timeText(now()));
        break;
    case app::Session::State::Stopping: text = tr("stopping"); break;
    case app::Session::State::Finished:
    case app::Session::State::Failed: text = log ? tr("recorded run, %1").arg(step()) : m_session->ending(); break;
    }
    QString whole = text;
    if (log && m_session->isOpenedTrace())
        whole = tr("recorded run of %1, %2: %3").arg(nameOfRun(*log), app::momentText(app::startOf(*log)), step());
    if (text == m_statusShort && whole == m_statusLong)
        return;
    m_statusShort = text;
    m_statusLong = whole;
    placeStatus();
}

// The file that is in front, and of a run that was opened which one it is. "[*]" is where Qt says that the file is not
// saved.
void MainWindow::updateTitle()
{
    const auto plain = [](QString text) { return text.replace(u"[*]"_s, u"[*][*]"_s); };
    const app::TraceLog* const log = m_session->isOpenedTrace() ? m_session->log() : nullptr;
    const QString run = log
        ? tr("recorded run of %1, %2").arg(plain(nameOfRun(*log)), app::momentText(app::startOf(*log)))
        : QString();
    QString name = plain(m_editor->currentName());
    if (app::Workspace::isUntitled(m_editor->currentPath()))
        name = tr("%1, untitled").arg(name);
    if (!run.isEmpty() && (name.isEmpty() || m_editor->isCurrentReadOnly()))
        setWindowTitle(tr("%1[*] – Bistro").arg(run));
    else if (!run.isEmpty())
        setWindowTitle(tr("%1[*] – %2 – Bistro", "a file, and the run that is looked at").arg(name, run));
    else
        setWindowTitle(name.isEmpty() ? tr("Bistro[*]") : tr("%1[*] – Bistro").arg(name));
    setWindowModified(m_editor->isCurrentModified());
}

// At the right end of the menu bar, by hand: the bar lays its corners out only when one is set or it is resized.
void MainWindow::placeStatus()
{
    const QList<QAction*> menus = menuBar()->actions();
    const int menusEnd = menus.isEmpty() ? 0 : menuBar()->actionGeometry(menus.back()).right();
    for (const QString& text : {m_statusLong, m_statusShort}) {
        m_status->setText(text);
        m_status->adjustSize();
        if (m_status->width() <= menuBar()->width() - menusEnd)
            break;
    }
    m_status->setToolTip(m_statusLong);
    m_status->move(menuBar()->width() - m_status->width(), (menuBar()->height() - m_status->height()) / 2);
}

} // namespace bistro::ui
