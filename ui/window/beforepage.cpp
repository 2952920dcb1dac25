#include "window/beforepage.h"

#include "why/screenlines.h"
#include "why/why.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

namespace bistro::ui {
namespace {

// Up to here an answer takes some milliseconds; beyond, up to a second: measured by bench_answers.
constexpr app::Index kFewEvents = 50'000;
constexpr std::size_t kFewOutputs = 5'000;

} // namespace

struct BeforePage::Answer {
    app::Explanation told;
    std::string first; // the lines, as they stand on the screen
    std::string second;
    std::string failure; // why there is none: a sentence of the trace's
};

BeforePage::BeforePage(MomentFeed& feed, const Actions& actions, CardsPage& cards, WindowNotice& notice)
    : m_feed(feed)
    , m_actions(actions)
    , m_cards(cards)
    , m_notice(notice)
    , m_column(new QWidget)
    , m_card(new BeforeCard(m_column))
{
    auto* const layout = new QVBoxLayout(m_column);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_card);
    layout->addWidget(&cards.card());
    m_card->hide();
    connect(m_card, &BeforeCard::closeAsked, this, &BeforePage::close);
    connect(m_card, &BeforeCard::orderClicked, this, [this](app::OrderId order) {
        m_ownLink = true;
        m_feed.select(order);
        m_ownLink = false;
    });
    connect(&feed, &MomentFeed::selectionChanged, this, [this](app::OrderId order) {
        if (order && !m_ownLink)
            close(); // it is asked for the order's card
    });
    connect(m_card, &BeforeCard::placeClicked, &cards, &CardsPage::placeClicked);
    connect(m_card, &BeforeCard::momentClicked, this, [this](app::Index event) {
        m_feed.stopPlaying();
        m_feed.session().goTo(event + 1);
    });
    connect(&feed, &MomentFeed::logAboutToGo, this, [this] {
        ++m_question;
        close(); // what it shows names places by views into the log
    });
    actions.on(ActionId::WhyBefore, this, [this] { askChosen(); });
}

BeforePage::~BeforePage()
{
    ++m_question;
}

void BeforePage::setWording(app::Wording wording)
{
    m_card->setWording(wording);
    if (isShown() && m_lines != std::pair(0, 0))
        ask(m_lines.first, m_lines.second); // in the other skin's words
}

void BeforePage::askChosen()
{
    const auto lines = m_chosen ? m_chosen() : std::nullopt;
    if (lines)
        ask(lines->first, lines->second);
    else
        m_notice.tell(tr("Choose two lines of the console first: click the mark of one, Ctrl+click that of another."));
}

// By the lines' numbers, whichever of the two came first.
BeforePage::Answer BeforePage::answerFrom(const app::TraceLog& log, std::pair<int, int> lines, app::Wording wording)
{
    const auto [first, second] = std::minmax(lines.first, lines.second);
    const app::ScreenLines screen(log);
    if (first < 1 || static_cast<std::size_t>(second) > screen.size())
        return {};
    const auto before = static_cast<std::size_t>(first) - 1;
    const auto after = static_cast<std::size_t>(second) - 1;
    return {.told = app::whyBefore(log, app::OutputLine {before}, app::OutputLine {after}, wording),
        .first = screen[before].text,
        .second = screen[after].text,
        .failure = {}};
}

void BeforePage::ask(int first, int second)
{
    const app::TraceLog* const log = m_feed.session().log();
    ++m_question;
    if (!log || first == second) {
        close();
        m_notice.tell(log ? tr("These two are one line. Choose another one, too.")
                          : tr("Nothing is recorded, so nobody knows why. Run the program with recording."));
        return;
    }
    m_lines = {first, second};
    const app::Wording wording = m_feed.wording();
    if (log->size() <= kFewEvents && log->outputs().size() <= kFewOutputs)
        return tell(answerFrom(*log, m_lines, wording));
    m_card->showSentence(tr("Bistro looks for the answer…"));
    setShown(true);
    auto promise = std::make_shared<QPromise<std::shared_ptr<Answer>>>();
    promise->start();
    promise->future().then(this, [this, question = m_question](const std::shared_ptr<Answer>& answer) {
        if (question == m_question)
            tell(*answer);
    });
    // A log of its own: the window's is the window's thread's.
    QThreadPool::globalInstance()->start(
        [promise, file = m_feed.session().traceFile().toStdString(), lines = m_lines, wording] {
            const auto read = app::TraceLog::open(file);
            promise->addResult(std::make_shared<Answer>(read
                    ? answerFrom(**read, lines, wording)
                    : Answer {.told = {}, .first = {}, .second = {}, .failure = read.error()}));
            promise->finish();
        });
}

void BeforePage::show(const app::Explanation& told, const QString& first, const QString& second)
{
    const app::TraceLog* const log = m_feed.session().log();
    if (!log || !told)
        return;
    ++m_question;
    m_lines = {};
    const Answer answer {.told = told, .first = first.toStdString(), .second = second.toStdString(), .failure = {}};
    if (m_feed.moment().facts)
        return tell(answer);
    // A trace that has been opened just now has no picture yet.
    connect(
        &m_feed, &MomentFeed::drawn, this,
        [this, answer, question = m_question] {
            if (question == m_question)
                tell(answer);
        },
        Qt::SingleShotConnection);
    m_feed.refresh(false);
}

void BeforePage::tell(const Answer& answer)
{
    const app::TraceLog* const log = m_feed.session().log();
    const Moment& moment = m_feed.moment();
    if (!log || !moment.facts)
        return;
    if (answer.told) {
        m_card->show(beforeContent(*log, answer.told, answer.first, answer.second, m_feed.wording()), *moment.facts);
        setShown(true);
        return;
    }
    close();
    m_notice.tell(!answer.failure.empty()
            ? QString::fromStdString(answer.failure)
            : tr("Bistro can't tell: one of these lines was printed while no callback ran."));
}

void BeforePage::setShown(bool on)
{
    m_card->setVisible(on);
    m_cards.card().setVisible(!on);
    if (on) {
        m_actions[ActionId::ShowCards]->setChecked(true);
        emit shown();
    }
}

bool BeforePage::close()
{
    if (!isShown())
        return false;
    ++m_question;
    setShown(false);
    return true;
}

} // namespace bistro::ui
