#include "window/predictdesk.h"

#include "console/consolepanel.h"
#include "window/beforepage.h"
#include "window/stagepage.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QShortcut>

#include <algorithm>
#include <utility>

namespace bistro::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto kSlice = 8ms; // of a turn of the GUI's thread, for reading a run

} // namespace

PredictDesk::PredictDesk(const Parts& parts, QWidget* window)
    : m_feed(parts.feed)
    , m_actions(parts.actions)
    , m_stage(parts.stage)
    , m_console(parts.console)
    , m_before(parts.before)
    , m_notice(parts.notice)
    , m_card(new PredictCard)
{
    m_card->hide();
    static_cast<QBoxLayout*>(m_before.column().layout())->insertWidget(0, m_card);
    makeKeys(window);
    m_actions.setWhy(
        ActionId::PredictMode, tr("Hides what comes, and asks who is next before each callback of yours."));
    m_actions.onToggled(ActionId::PredictMode, this, [this](bool on) {
        if (on)
            m_actions[ActionId::Houses]->setChecked(false); // the answer is on the stage, and the houses show it all
        setOn(on);
    });
    m_reading.setInterval(0);
    connect(&m_reading, &QTimer::timeout, this, &PredictDesk::readOn);
    connect(m_card, &PredictCard::answered, this, &PredictDesk::answer);
    connect(m_card, &PredictCard::goOnAsked, this, &PredictDesk::goOn);
    connect(m_card, &PredictCard::startAgainAsked, this, &PredictDesk::startAgain);
    connect(m_card, &PredictCard::orderClicked, &m_feed, &MomentFeed::select);
    connect(m_card, &PredictCard::closeAsked, this, [this] { m_actions[ActionId::PredictMode]->setChecked(false); });
    connect(&m_stage.view(), &StageView::orderClicked, this, &PredictDesk::answer);
    connect(&m_stage, &StagePage::orderActivated, this, &PredictDesk::answer);
    connect(&m_feed, &MomentFeed::drawn, this, &PredictDesk::draw);
    connect(&m_feed, &MomentFeed::logAboutToGo, this, &PredictDesk::forgetRun);
    connect(&m_feed, &MomentFeed::logCame, this, &PredictDesk::look);
    connect(&m_feed.session(), &app::Session::stateChanged, this, &PredictDesk::look);
    connect(&m_feed.session(), &app::Session::advanced, this, &PredictDesk::look);
}

PredictDesk::~PredictDesk() = default;

// Where one writes, a number is a number: an editor takes it before these.
void PredictDesk::makeKeys(QWidget* window)
{
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        m_keys[i] = new QShortcut(QKeySequence(Qt::Key_1 + static_cast<int>(i)), window);
        m_keys[i]->setEnabled(false);
        connect(m_keys[i], &QShortcut::activated, this, [this, i] {
            if (i < m_asked.size())
                answer(m_asked[i]);
        });
    }
}

void PredictDesk::setOn(bool on)
{
    if (std::exchange(m_on, on) == on)
        return;
    m_card->setVisible(on);
    if (!on) {
        forgetRun();
        m_feed.setGuessing({});
        m_console.setFutureHidden(false, true);
        for (QShortcut* const key : m_keys)
            key->setEnabled(false);
        m_notice.announce(tr("You no longer predict. All is shown again."));
        return;
    }
    m_phase = PredictPhase::NoRun;
    m_before.close(); // it tells of what comes
    m_feed.select({}); // and so may a finding in the card's place
    m_actions[ActionId::ShowCards]->setChecked(true);
    start();
}

void PredictDesk::forgetRun()
{
    m_game.reset();
    m_reading.stop();
    m_wanted.reset();
    m_question.reset();
    m_given.reset();
    m_asked.clear();
    m_earlier = {};
    m_made = 0;
    m_phase = PredictPhase::NoRun;
}

// Another run, or more of it.
void PredictDesk::look()
{
    if (!m_on || m_game)
        return;
    start();
}

// From the first question, once all of the run is read.
void PredictDesk::start()
{
    const app::Session& session = m_feed.session();
    const app::TraceLog* const log = session.log();
    const bool whole = log && !log->empty() && !session.isRunning() && log->caughtUp();
    if (!whole) {
        const PredictPhase now = session.isRunning() ? PredictPhase::Running
            : log && !log->caughtUp()                ? PredictPhase::Reading
                                                     : PredictPhase::NoRun;
        m_feed.setGuessing(Guessing {.horizon = 0, .candidates = {}}); // until it is known what to ask
        if (std::exchange(m_phase, now) != now)
            m_feed.refresh(false);
        return;
    }
    makeGame();
    askFrom(0, app::Session::Move::Jump);
}

void PredictDesk::makeGame()
{
    m_earlier = score();
    m_made = m_feed.session().log()->size();
    m_game = std::make_unique<app::Game>(*m_feed.session().log(), kSlice);
    if (!m_game->isRead())
        m_reading.start();
}

// Until all of the run is read, so that it is known which question is the last.
void PredictDesk::readOn()
{
    if (!m_game || m_game->read(kSlice))
        m_reading.stop();
    if (!m_game)
        return;
    if (m_wanted && (m_game->isRead() || m_game->questionFrom(m_wanted->from))) {
        const Wanted wanted = *std::exchange(m_wanted, {});
        askFrom(wanted.from, wanted.move);
    } else if (m_game->isRead()) {
        m_feed.refresh(false);
    }
}

void PredictDesk::askFrom(app::Place place, app::Session::Move move)
{
    m_given.reset();
    m_asked.clear();
    m_wanted.reset();
    m_question = m_game->questionFrom(place);
    const app::GameQuestion* const asked = question();
    if (!asked && !m_game->isRead()) {
        m_wanted = Wanted {.from = place, .move = move};
        m_phase = PredictPhase::Reading;
        m_feed.setGuessing(Guessing {.horizon = place, .candidates = {}});
        m_feed.refresh(false);
        return;
    }
    if (!asked)
        return finish(place);
    m_feed.setGuessing(Guessing {.horizon = asked->place, .candidates = asked->candidates});
    if (move == app::Session::Move::Jump) {
        m_feed.stopPlaying();
        m_feed.session().goTo(asked->place);
    } else {
        m_feed.session().play();
    }
    m_feed.refresh(move == app::Session::Move::Step);
}

// Nothing more is asked of what the game knows. There may be more of the run by now.
void PredictDesk::finish(app::Place place)
{
    app::Session& session = m_feed.session();
    const app::TraceLog& log = *session.log();
    if (m_made < log.size() && !session.isRunning() && log.caughtUp()) {
        makeGame();
        return askFrom(place, app::Session::Move::Step);
    }
    if (session.isRunning()) {
        m_phase = PredictPhase::Running;
        m_feed.setGuessing(Guessing {.horizon = std::max(place, session.place()), .candidates = {}});
    } else {
        m_phase = m_game->questions().empty() && score().asked == 0 ? PredictPhase::NothingToAsk : PredictPhase::Over;
        m_feed.setGuessing(Guessing {});
        if (place == 0)
            session.goTo(0);
        else if (session.place() < log.size())
            session.play();
    }
    m_feed.refresh(true);
}

void PredictDesk::answer(app::OrderId order)
{
    if (!m_on || m_given || !std::ranges::contains(m_asked, order))
        return;
    const app::Wording wording = m_feed.wording();
    m_given = Given {.chosen = order, .answer = m_game->answer(*m_question, order, wording), .wording = wording};
    m_feed.setGuessing(Guessing {.horizon = question()->place, .candidates = {}}); // the keys have done
    draw(m_feed.moment());
    m_card->focusGoOn();
}

void PredictDesk::goOn()
{
    app::Session& session = m_feed.session();
    if (!session.log())
        return;
    if (m_given)
        return askFrom(question()->answered, app::Session::Move::Step);
    if (const app::GameQuestion* const asked = question()) {
        m_feed.stopPlaying();
        session.goTo(asked->place);
        return;
    }
    if (m_phase == PredictPhase::Running && m_made < session.log()->size()) {
        const app::Place from = m_game ? session.place() : 0;
        makeGame();
        askFrom(from, app::Session::Move::Jump);
    }
}

void PredictDesk::startAgain()
{
    if (!m_game)
        return;
    m_game->startAgain();
    m_earlier = {};
    askFrom(0, app::Session::Move::Jump);
}

const app::GameQuestion* PredictDesk::question() const
{
    return m_game && m_question ? &m_game->questions()[*m_question] : nullptr;
}

bool PredictDesk::isLast() const
{
    return m_game->isRead() && *m_question + 1 == m_game->questions().size()
        && m_made == m_feed.session().log()->size();
}

PredictScore PredictDesk::score() const
{
    PredictScore score = m_earlier;
    if (m_game) {
        score.right += m_game->right();
        score.asked += m_game->asked();
    }
    return score;
}

PredictContent PredictDesk::answered(const Moment& moment)
{
    if (m_given->wording != moment.wording) // it counts once
        m_given->answer = m_game->answer(*m_question, m_given->chosen, moment.wording);
    m_given->wording = moment.wording;
    PredictContent content = predictQuestion(*moment.log, *moment.facts, m_asked, moment.wording);
    tellAnswer(content, *moment.log, *moment.facts, m_given->chosen, question()->next, m_given->answer.why, isLast());
    return content;
}

PredictContent PredictDesk::contentAt(const Moment& moment)
{
    const app::GameQuestion* const asked = question();
    if (!moment.log || !asked)
        return predictState(m_phase);
    if (m_given)
        return answered(moment);
    if (moment.place < asked->place)
        return predictState(m_feed.session().isPlaying() ? PredictPhase::GoingOn : PredictPhase::Away);
    m_asked = m_stage.view().picture().asked; // as the keys lie on the stage
    if (m_asked.empty())
        m_asked = asked->candidates;
    return predictQuestion(*moment.log, *moment.facts, m_asked, moment.wording);
}

void PredictDesk::draw(const Moment& moment)
{
    if (!m_on)
        return;
    m_console.setFutureHidden(true, !moment.log || moment.place == moment.until);
    PredictContent content = contentAt(moment);
    tellScore(content, score());
    for (QShortcut* const key : m_keys)
        key->setEnabled(content.phase == PredictPhase::Asking);
    show(content);
}

void PredictDesk::show(const PredictContent& content)
{
    const PredictPhase before = m_card->content().phase;
    const bool goesOn = m_card->goOn().hasFocus();
    if (content == m_card->content())
        return;
    m_card->show(content);
    if (goesOn && content.goOn.isEmpty()) { // so that one Enter too many answers nothing
        QWidget* const stage = m_stage.text().isVisible() ? static_cast<QWidget*>(&m_stage.text()) : &m_stage.view();
        stage->setFocus(Qt::OtherFocusReason);
    }
    if (content.phase != before)
        m_notice.announce(content.asText());
}

} // namespace bistro::ui
