// An HTTP answer as bytes, read: status and body. No state; any thread. Inner to app/checks.
#pragma once

#include "checks/report.h"

namespace bistro::app {

// Whether its end is known to be there: by its length, or by the last chunk.
[[nodiscard]] bool isWholeReply(const QByteArray& bytes);
// Status 0 when it is none. What of the body is missing is missing.
[[nodiscard]] FinishedRun::Reply replyOf(const QByteArray& bytes);

} // namespace bistro::app
