#include "window/stagefeed.h"

#include "stage/makepicture.h"
#include "state/crash.h"
#include "state/prediction.h"
#include "state/refused.h"
#include "trace/views.h"
#include "why/refusal.h"

namespace bistro::ui {
namespace {

constexpr std::size_t kServed = 2'000; // serving numbers that are asked for

// Before there is a trace there is nothing to say about orders.
struct NoFacts final : StageFacts {
    QString title(app::OrderId) const override { return QStringLiteral("?"); }
    QString kind(app::OrderId) const override { return {}; }
    int line(app::OrderId) const override { return 0; }
    bool isNodesOwn(app::OrderId) const override { return false; }
    std::uint64_t timeOf(app::Index) const override { return 0; }
    std::uint32_t workerDone(app::Index) const override { return 0; }
    std::optional<Countdown> countdown(app::OrderId, const app::LoopState&) const override { return {}; }
    std::vector<Frame> frames(std::uint32_t) const override { return {}; }
    std::uint32_t connectionOf(app::OrderId, const app::LoopState&) const override { return 0; }
    int tableOf(std::uint32_t) const override { return 0; }
    QString asksFor(std::uint32_t, app::Index) const override { return {}; }
    QString waitDetail(app::Index) const override { return {}; }
};

void addCrash(StageOptions& options, const app::Crash& crash)
{
    constexpr qsizetype most = 300; // letters of what may have 64 KiB
    const auto shortened = [](std::string_view text) {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).left(most);
    };
    options.uncaught = shortened(crash.message);
    for (const app::CodePlace& frame : crash.frames)
        options.thrown.push_back({.function = shortened(frame.function), .line = static_cast<int>(frame.line)});
}

void addRefused(StageOptions& options, const Moment& moment)
{
    constexpr std::size_t most = 300; // bytes of what may have 64 KiB
    const app::Index refusal = app::refusalSeenAt(*moment.log, moment.place);
    if (refusal == app::kNoEvent)
        return;
    const auto refused = trace::as<trace::events::AccessRefused>(moment.log->event(refusal));
    options.refused = app::say(
        app::wordsOf(refused.access), moment.wording, {app::textOf(moment.log->text(refused.subject).substr(0, most))});
    options.refusedCook = app::workerRefused(*moment.log, refusal);
}

// The loop enters a phase because somebody waits there: that is seen once it has served one.
bool turnsToNext(const Moment& moment)
{
    const app::Index entered = moment.state().phaseEntered;
    if (entered == app::kNoEvent)
        return false;
    const auto served = app::previousCall(*moment.log, moment.place + 1, app::Calls::Outermost);
    return !served || *served <= entered;
}

} // namespace

StagePicture stagePicture(const Moment& moment, StageOptions options, const StageManner& manner)
{
    options.patience = manner.patience;
    if (!moment.log) {
        options.live = moment.running;
        static const NoFacts nobody;
        return pictureOf(app::LoopState {}, {}, nobody, options);
    }
    options.live = moment.live;
    addCrash(options, moment.crash);
    addRefused(options, moment);
    if (const auto limit = limitThatEnded(*moment.log, moment.state()))
        options.limit = limitSentence(*limit, moment.wording);
    if (moment.hold)
        options.heldSince = moment.hold->since;
    options.closedByLesson = moment.closedByLesson;
    options.guessing = moment.hidden;
    options.asked = moment.asked;
    options.phaseHidden = moment.hidden && turnsToNext(moment);
    if (moment.place == 0 && moment.until > 0)
        options.stepOn = manner.stepOn;
    if (const app::LoopState& state = moment.state(); !moment.live && moment.now <= state.time) {
        return pictureOf(state, app::servingOrder(state, kServed), *moment.facts, options);
    }
    options.now = moment.now;
    const app::LoopState present = app::later(moment.state(), moment.now);
    return pictureOf(present, app::servingOrder(present, kServed), *moment.facts, options);
}

} // namespace bistro::ui
