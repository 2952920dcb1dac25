// Answers as JSON. The names are documented in WHY.md and stable.
#pragma once

#include "why/explanation.h"
#include "why/finding.h"

#include <QJsonObject>

namespace bistro::app {

[[nodiscard]] QJsonObject toJson(const Explanation& told);
[[nodiscard]] QJsonObject toJson(const Finding& finding);

} // namespace bistro::app
