// The processes that a program has started, and those that these have started, to be ended with it.
#pragma once

#include "process/spawn.h"

#include <map>

namespace bistro::app {

// Holds each by a pidfd, so that none is taken for another one that got its number later. What has left the tree before
// it was looked at (its parent ended and it left the session) is not found.
class Descendants final {
public:
    // Adds those that the process has now. Each call sees only the present: what was added stays.
    void add(pid_t process);
    // Kills all that were added and still run.
    void kill() const;

private:
    std::map<pid_t, Descriptor> m_found;
};

} // namespace bistro::app
