#include "window/transport.h"

namespace bistro::ui {

using Step = app::Session::Step;
using Id = ActionId;

Transport::Transport(MomentFeed& feed, const Actions& actions, ToolBar& bar, WindowNotice& notice)
    : m_feed(feed)
    , m_actions(actions)
    , m_bar(bar)
    , m_notice(notice)
{
    onStep(Id::StepForward, Step::Step, true);
    onStep(Id::StepBack, Step::Step, false);
    onStep(Id::NextCallback, Step::Call, true);
    onStep(Id::PreviousCallback, Step::Call, false);
    onStep(Id::NextPrint, Step::Print, true);
    onStep(Id::PreviousPrint, Step::Print, false);
    onStep(Id::NextIteration, Step::Iteration, true);
    onStep(Id::PreviousIteration, Step::Iteration, false);
    actions.on(Id::Halt, this, [this] { playOrHalt(); });
    actions.on(Id::GoStart, this, [this] { m_feed.session().goTo(0); });
    actions.on(Id::GoLive, this, [this] { m_feed.session().goLive(); });
    actions.on(Id::Slower, this, [this] { m_bar.setSpeed(m_bar.speed() - 3); });
    actions.on(Id::Faster, this, [this] { m_bar.setSpeed(m_bar.speed() + 3); });
    actions.setWhy(Id::GoLive, tr("To what the program does now, or to its end."));
    connect(&bar, &ToolBar::speedChanged, this,
        [this](int place) { m_feed.session().setSpeed(ToolBar::speedAt(place), place >= ToolBar::kFastest); });
    connect(&feed.session(), &app::Session::stateChanged, this, &Transport::update);
    connect(&feed.session(), &app::Session::logChanged, this, &Transport::update);
    connect(&feed.session(), &app::Session::playheadMoved, this, &Transport::update);
    connect(&feed.session(), &app::Session::playingChanged, this, &Transport::update);
    connect(&feed, &MomentFeed::guessingChanged, this, &Transport::update);
}

void Transport::onStep(ActionId id, Step what, bool forward)
{
    m_actions.on(id, this, [this, what, forward] {
        m_feed.stopPlaying();
        app::Session& session = m_feed.session();
        if (!(forward ? session.stepForward(what) : session.stepBack(what)))
            m_notice.announce(forward ? tr("There is nothing later.") : tr("There is nothing earlier."));
    });
}

void Transport::playOrHalt()
{
    app::Session& session = m_feed.session();
    if (session.isPlaying() || m_feed.isLive())
        session.halt();
    else
        session.play();
}

void Transport::update()
{
    const app::Session& session = m_feed.session();
    const app::TraceLog* const log = session.log();
    const bool any = log && !log->empty();
    const bool later = any && session.place() < m_feed.farthest();
    const bool earlier = any && session.place() > 0;
    for (const Id id : {Id::StepForward, Id::NextCallback, Id::NextPrint, Id::NextIteration})
        m_actions[id]->setEnabled(later);
    for (const Id id : {Id::StepBack, Id::PreviousCallback, Id::PreviousPrint, Id::PreviousIteration, Id::GoStart})
        m_actions[id]->setEnabled(earlier);
    m_actions[Id::GoLive]->setEnabled(
        any && !session.playhead().isLive() && (later || m_feed.farthest() == log->size()));
    m_actions[Id::Halt]->setEnabled(any && (later || m_feed.farthest() == log->size()));
    m_bar.setPlaying(session.isPlaying());
    updateWhy(any);
}

void Transport::updateWhy(bool any)
{
    const app::Session& session = m_feed.session();
    const QString nothing = tr("There is nothing to look at yet. Run a program, or open a recorded run.");
    const app::Place farthest = m_feed.farthest();
    const QString noLater = any && farthest < session.log()->size()
        ? tr("First predict who is next. Then the run goes on.")
        : tr("This is the end of the recording. There is nothing later.");
    const QString noEarlier = tr("This is the beginning. There is nothing earlier.");
    m_actions[Id::Halt]->setToolTip(!any ? tr("Play (F6)") + u'\n' + nothing
            : session.isPlaying()        ? tr("Halt (F6)\nStays at this moment, so that you can look closely.")
            : m_feed.isLive() ? tr("Stay at this moment (F6)\nYour program goes on. Only the picture stands still.")
                              : tr("Play (F6)\nShows one step after the other, as fast as the slider says."));
    const auto why = [&](ActionId id, bool forward, const QString& text) {
        m_actions.setWhy(id,
            !any                                         ? nothing
                : forward && session.place() >= farthest ? noLater
                : !forward && session.place() == 0       ? noEarlier
                                                         : text);
    };
    why(Id::StepForward, true, tr("One step: your program places an order, or somebody queues, takes or finishes it."));
    why(Id::StepBack, false, tr("One step back, to how it was just before."));
    why(Id::NextCallback, true, tr("To the next start of one of your functions. Who comes next?"));
    why(Id::PreviousCallback, false, tr("To the last start of one of your functions before this moment."));
    why(Id::NextPrint, true, tr("To the next line that your program prints. What did it do before that?"));
    why(Id::PreviousPrint, false, tr("To the line that your program printed last before this moment."));
}

} // namespace bistro::ui
