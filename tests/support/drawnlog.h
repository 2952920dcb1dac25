// A TraceLog drawn as words, one event each:
//   run       the run starts                         new7      timer 7 is made (by nobody, at no place)
//   7( job7(  a call of order 7, of promise 7's job  await9    promise 9 of an await is made; then9: of a then
//   )         that call is over                      out       a line is written
//   round     the loop starts an iteration           poll      the loop enters poll
#pragma once

#include "state/tracelog.h"

#include <memory>
#include <string_view>

namespace bistro::tests {

[[nodiscard]] std::unique_ptr<app::TraceLog> drawnLog(std::string_view drawing);

} // namespace bistro::tests
