// Pictures of states that were made by hand, and what is on them in words. For tests of the stage.
#pragma once

#include "handstate.h"
#include "stage/makepicture.h"

#include <QMap>
#include <QStringList>

namespace bistro::test {

using namespace ui;
using namespace Qt::StringLiterals;

inline constexpr StageSize kSizes[] {StageSize::Normal, StageSize::Narrow, StageSize::Compact, StageSize::Presentation};
inline constexpr Skin kSkins[] {Skin::Restaurant, Skin::Loop};

inline StagePicture draw(const HandState& hand, StageOptions options = {})
{
    return pictureOf(hand.state(), app::servingOrder(hand.state(), 1000), hand, options);
}

// "1 tick | 2 greet …": in serving order.
inline QString served(const StagePicture& picture)
{
    QMap<int, QString> numbered;
    for (const StageSlip& slip : picture.slips) {
        if (slip.number > 0)
            numbered[slip.number] = slip.title;
    }
    QStringList words;
    for (auto it = numbered.cbegin(); it != numbered.cend(); ++it)
        words << u"%1 %2"_s.arg(it.key()).arg(it.value());
    return words.join(u" | ");
}

// All that is written into the scenery.
inline QStringList words(const StagePicture& picture)
{
    QStringList words;
    for (const Part& part : picture.parts) {
        for (const Shape& shape : part.shapes) {
            if (const auto* const text = std::get_if<TextShape>(&shape)) {
                QString line;
                for (const TextRun& run : text->runs)
                    line += run.text;
                words << line;
            }
        }
    }
    return words;
}

// "head 84, sliver 22"
inline QString forms(const StagePicture& picture, Place place)
{
    QStringList words;
    for (const StageSlip& slip : picture.slips) {
        if (slip.place != place)
            continue;
        switch (slip.form) {
        case SlipForm::Head: words << u"head %1"_s.arg(slip.rect.width()); break;
        case SlipForm::Sliver: words << u"sliver %1"_s.arg(slip.rect.width()); break;
        case SlipForm::Tab: words << u"tab %1 %2 (%3)"_s.arg(slip.title).arg(slip.rect.width()).arg(slip.range); break;
        }
    }
    return words.join(u", ");
}

inline HandState crowd(std::uint32_t n)
{
    HandState hand;
    hand.start(1);
    for (std::uint32_t i = 0; i < n; ++i)
        hand.immediate(100 + i, u"log %1"_s.arg(i));
    return hand;
}

// How many slips a place has, those behind a tab with them.
inline int standing(const StagePicture& picture, Place place)
{
    int count = 0;
    for (const StageSlip& slip : picture.slips)
        count += slip.place == place ? slip.count : 0;
    return count;
}

inline HandState everywhere(std::uint32_t n)
{
    HandState hand;
    hand.start(1);
    for (std::uint32_t i = 0; i < n; ++i) {
        hand.tick(1000 + i, u"a tick of a very long name"_s)
            .microtask(2000 + i, u"promise"_s)
            .immediate(3000 + i, u"immediate"_s)
            .timer(4000 + i, u"timer"_s, 100 + i);
        hand.pool(5000 + i, u"stat"_s)
            .pool(6000 + i, u"scrypt"_s)
            .waits(7000 + i, u"socket"_s, trace::KernelWait::Reading)
            .connection(8000 + i);
        hand.begun(5000 + i, 1).done(5000 + i, 1);
        hand.event(trace::EventKind::HandleClosing, {.a = 7000 + i, .b = 7000 + i});
    }
    for (std::uint32_t i = 0; i < std::min(n, 4u); ++i)
        hand.begun(6000 + i, 1 + i);
    return hand.later(500'000'000).enter(trace::Phase::Poll).event(trace::EventKind::TimersProcessed, {.a = 101});
}

} // namespace bistro::test
