// Paints the scene from values. GUI thread.
#pragma once

#include "houses/rushframe.h"

#include <QPainter>

namespace bistro::ui {

void paintRush(QPainter& painter, const RushFrame& frame);
// Also of the empty scene.
void paintHeading(QPainter& painter, const RushLayout& layout, const Theme& theme, const QStringList& subtitles);
void paintTotals(QPainter& painter, const RushFrame& frame);

} // namespace bistro::ui
