// A folder for temporary files that goes with the process that asked for it, however that ends.
#pragma once

#include <string>

namespace bistro::warden {

// Makes a folder by the pattern, whose last six letters are X, for its owner alone, and writes its path to standard
// output. At the end of standard input it removes the folder with all that is in it. Of signals that one can refuse it
// takes none: it goes when whoever holds the other end has gone. Nobody sees a folder that nobody keeps.
//
// What the process is to end with: 0, or the error's number where there was no folder.
[[nodiscard]] int keepFolder(std::string pattern);

} // namespace bistro::warden
