// The parts of the restaurant, each drawn by a function of its own. Internal to ui/stage.
#pragma once

#include "stage/layout.h"
#include "stage/pen.h"
#include "stage/scene.h"

namespace bistro::ui {

// Back to front.
enum class RestaurantPart : std::uint8_t { Ground, Guests, Serving, Names, Pass, Cooks, Eggs, Door, Tower };
inline constexpr std::size_t kRestaurantParts = static_cast<std::size_t>(RestaurantPart::Tower) + 1;

struct RestaurantDrawing {
    StagePicture& picture;
    const Scene& scene;
    const RestaurantLayout& l;

    Part& part(RestaurantPart which) { return picture.parts[static_cast<std::size_t>(which)]; }
    [[nodiscard]] bool presents() const { return scene.options.size == StageSize::Presentation; }
};

inline constexpr double kSecondLine = 16; // below a first line

// A column's title and the line below it.
void heading(
    Pen& pen, const RestaurantLayout& l, double x, double width, const QString& title, std::vector<TextRun> subtitle);

void drawGuests(RestaurantDrawing& p); // tables.cpp: who sits there, and the tray
void drawServing(RestaurantDrawing& p); // waiter.cpp: the waiter at the table that is served
void drawNames(RestaurantDrawing& p); // waiter.cpp: who they are, and all orders that are open
void drawPass(RestaurantDrawing& p); // pass.cpp
void drawCooks(RestaurantDrawing& p); // kitchen.cpp
void drawTower(RestaurantDrawing& p); // kitchen.cpp: the dishes that are done
void drawEggs(RestaurantDrawing& p); // door.cpp: the egg timers on their shelf
void drawDoor(RestaurantDrawing& p); // door.cpp

// What the waiter carries, and what he says: in the tables' part, whose words reach `down` so far.
void drawTray(RestaurantDrawing& p, Pen& pen, double down); // tray.cpp

} // namespace bistro::ui
