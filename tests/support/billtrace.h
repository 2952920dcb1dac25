// A small run that was recorded line by line, as the engine would record it:
//
//   greet.js  5  const bill = new Bill('secret-name');      menu.mjs  2  let price = 18, tip;
//             6  bill.total = add(price, 33);                         3  export { price };
//             1  function add(price, tip) {
//             2    const total = price + tip;
//             3    return total;
//             7  pay();            pay is line 9: throw new Error('secret-error'); it is caught in line 8
#pragma once

#include "tracefile.h"

#include <string>

namespace bistro::tests {

// What a copy without values must not have in it.
inline constexpr std::string_view kSecrets[] {
    "secret-name", "secret-key", "secret-value", "secret-object", "secret-error", "secret-result", "secret-captured"};

[[nodiscard]] TraceFile billTrace();

// Into a file of that path.
void writeTrace(const TraceFile& trace, const std::string& path);

} // namespace bistro::tests
