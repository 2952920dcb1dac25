// A small run that was recorded line by line: a waiter adds two dishes to a bill.
#pragma once

#include "support/drawnlines.h"

#include <string>
#include <string_view>

namespace bistro::tests {

inline constexpr std::string_view kCafe = R"(const menu = { soup: 6, pie: 18 };

function add(bill, name) {
  const price = menu[name];
  bill.total += price;
  return bill;
}
const bill = { total: 33 };
for (const name of ['soup', 'pie']) { add(bill, name); }
console.log(bill.total);
)";

// Its stops by number, from 0:
//    0  1         1  8         2  9 (the loop)    3  9 (the call)
//    4  4 add     5  5         6  6               7  6 returns
//    8  9 (the loop)           9  9 (the call)
//   10  4 add    11  5        12  6              13  6 returns
//   14  9 (the loop)          15  10             16  11 returns
inline constexpr std::string_view kCafeLines
    = "( 1:14|menu,bill menu= bill= 8:14|menu,bill menu=#1 #1:object:Object/0/2 #1.soup=6 #1.pie=18 "
      "9:12|menu,bill bill=#2 #2:object:Object/0/1 #2.total=33 9:39|1.name,menu,bill 1.name='soup' "
      "add( 4:17|price,bill,name,100.menu price= bill=#2 name='soup' 100.menu=#1 5:3|price,bill,name,100.menu price=6 "
      "6:3|price,bill,name,100.menu #2.total=39 6;:15|price,bill,name,100.menu )=#2 "
      "9:12|menu,bill 9:39|1.name,menu,bill 1.name='pie' "
      "add( 4:17|price,bill,name,100.menu price= bill=#2 name='pie' 100.menu=#1 5:3|price,bill,name,100.menu price=18 "
      "6:3|price,bill,name,100.menu #2.total=57 6;:15|price,bill,name,100.menu )=#2 "
      "9:12|menu,bill 10:1|menu,bill out 11;:1|menu,bill )";

// The same, counted exactly: of the loop in line 9 and of add() more ran than was recorded.
inline const std::string kCafeCounted = std::string(kCafeLines)
    + " count@1:14=1 count@8:14=1 count@9:12=1 count@9:39=50 count@4:17=50 count@5:3=50 count@6:3=50 count@10:1=1";

inline constexpr std::string_view kCafePath = "/home/lea/cafe.js";

} // namespace bistro::tests
