#include "stage/makepicture.h"

#include "stage/asked.h"
#include "stage/loop.h"
#include "stage/mood.h"
#include "stage/people.h"
#include "stage/restaurant.h"
#include "stage/slips.h"

namespace bistro::ui {

StagePicture pictureOf(const app::LoopState& state, std::span<const app::Serving> order, const StageFacts& facts,
    const StageOptions& options)
{
    const Scene scene = gather(state, order, facts, options);
    StagePicture picture;
    picture.skin = options.skin;
    picture.stageSize = options.size;
    picture.ready = scene.ready;
    picture.nodesOwn = scene.nodesOwn;
    picture.iteration = state.iteration;
    picture.guessing = options.guessing;
    picture.refused = options.refused;
    for (const StageFacts::Stream& stream : scene.streams)
        picture.streams.push_back(
            {.order = stream.parts.front().order, .title = nameOf(stream), .state = flowOf(stream)});
    tellMood(picture, scene);
    fillTray(picture, scene);
    seatCustomers(picture, scene);
    picture.cooks = cooksOf(scene);
    switch (options.skin) {
    case Skin::Restaurant: restaurant(picture, scene); break;
    case Skin::Loop: loop(picture, scene); break;
    }
    giveKeys(picture, options.asked);
    nameSlips(picture, facts);
    return picture;
}

} // namespace bistro::ui
