// A run that was recorded line by line, drawn as words, one event each. A word without a call in it is about the
// innermost call that runs.
//   main(          the function main is called          7  7:9      a stop at line 7 of cafe.js (column 1, or 9)
//   )  )=5  )=#2   it returns, a value, an object 2     7|a,1.b,100.c   where these are visible: of level 0, 1, 100
//   ~  yield=5     it awaits, yields                    a=5 1.b=#2 c=   a variable has a value, an object; none yet
//   main~(         it goes on                           #1:Map:Map/2/0  object 1 is seen: what it is, what is said of
//   !              an error leaves it                                   it (_ is a space), its size, how many
//   properties throw          an error is thrown in it             #1.a=5 #1[0]=5 #1{0}=5  a property, an element or
//   value, a key 7;             a stop where it returns              #1#a=5 #1*=5 #1?a  a private one, a promise's
//   result, a getter this=#2        it is called on object 2 job done       a thread of the pool takes a job,    #1-a
//   a property is deleted
//                  has done it                          skip ended  lines are not recorded in a call, at all
//   out            something is printed                 lost(       a call that no CallEntered tells of
//   count@7:9=50   the place has run so often in all    7|a+a=5         the stop itself tells what the first a has
#pragma once

#include "state/lines.h"
#include "support/tracefile.h"

#include <QString>

#include <memory>
#include <string_view>
#include <vector>

namespace bistro::tests {

// The script's name as frames have it is its path, unless another is given.
[[nodiscard]] std::unique_ptr<app::TraceLog> drawnLines(
    std::string_view drawing, std::string_view script = "/home/lea/cafe.js");
// The same as a file, with the script's source where there is one.
[[nodiscard]] TraceFile drawnLinesFile(
    std::string_view drawing, std::string_view script = "/home/lea/cafe.js", std::string_view source = {});
[[nodiscard]] std::unique_ptr<app::TraceLog> logOf(const TraceFile& file);

// A run that was drawn, and the index of its lines.
struct LinesRun {
    explicit LinesRun(std::string_view drawing, std::string_view script = "/home/lea/cafe.js")
        : log(drawnLines(drawing, script))
        , lines(*log)
    {
        lines.refresh();
    }

    [[nodiscard]] app::Index end() const { return log->size(); }
    // The place of a playhead at the first stop in that line, or at another; kNoEvent: there is none.
    [[nodiscard]] app::Index at(std::uint32_t line, std::size_t visit = 0) const;
    [[nodiscard]] trace::CallId callAt(app::Index place) const { return lines.callOf(lines.stopAt(place)); }
    // a=5 b=6->7: of the innermost call, and what has changed.
    [[nodiscard]] QString variables(app::Index place) const;
    [[nodiscard]] QString properties(
        std::uint32_t object, app::Index place, std::size_t from = 0, std::size_t most = 100) const;
    [[nodiscard]] QString preview(std::uint32_t object, std::size_t most = 60) const; // at the end

    std::unique_ptr<app::TraceLog> log;
    app::Lines lines;
};

// 5, #2; - for a variable that has no value yet, ? for one of which nothing is known.
[[nodiscard]] QString print(const app::LineValue& value);
[[nodiscard]] QString print(const app::LineVariable& variable); // a=5, a=4->5
[[nodiscard]] QString print(const std::vector<app::LineFrame>& frames); // carry add main
[[nodiscard]] QString print(std::span<const app::Index> events); // 3 7 9
[[nodiscard]] QString textOf(std::string_view text);

} // namespace bistro::tests
