// The private temporary folder of a run.
#pragma once

#include <string>

namespace bistro::warden {

// With all that is in it, also folders that their owner may not look into. Symbolic links are removed, not followed.
// Nothing when there is none, or the name is empty.
void removeFolder(const std::string& folder);

} // namespace bistro::warden
