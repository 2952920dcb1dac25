// Which findings a lesson's check asks the learner to mend: what helps against those would give the answer away. A
// value; nobody runs anything here.
#pragma once

#include "checks/report.h"
#include "why/findingkind.h"

#include <QList>

namespace bistro::ui {

// Of what is not right yet; before the first run, of all that is expected.
[[nodiscard]] QList<app::FindingKind> findingsAskedFor(const app::Check& asked, const app::CheckReport& report);

} // namespace bistro::ui
