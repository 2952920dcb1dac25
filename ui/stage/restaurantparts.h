// The parts of the restaurant, each drawn by a function of its own. Internal to ui/stage.
#pragma once

#include "stage/layout.h"
#include "stage/pen.h"
#include "stage/scene.h"

#include <QStringList>

#include <optional>

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

// What the waiter says while nothing is on his tray, above his head: a bubble, and the lines of its reason.
struct Speech {
    QRectF bubble; // without its tip
    QStringList lines;
};
// None while he carries something or walks. Beside guests it leaves them room, where its words allow.
[[nodiscard]] std::optional<Speech> speechOf(const RestaurantDrawing& p, bool guests); // tray.cpp
// Where what he carries is, and the alarm over it; empty: nothing is there.
[[nodiscard]] QRectF trayArea(const RestaurantDrawing& p); // tray.cpp
// What the waiter carries, or says: in the tables' part, whose words reach `down` so far.
void drawTray(RestaurantDrawing& p, Pen& pen, double down, const std::optional<Speech>& speech); // tray.cpp

} // namespace bistro::ui
