// Where the program may write, by the policy: for what changes a file without opening it. A value; any thread.
#pragma once

#include "sandbox/policy.h"
#include "warden/descriptor.h"

#include <string>
#include <vector>

namespace bistro::warden {

class Places final {
public:
    // As they lie now, symbolic links followed. The system's own places are not among them.
    explicit Places(const std::vector<sandbox::Place>& places);

    // Whether an open file lies in one.
    [[nodiscard]] bool mayWrite(const Descriptor& file) const;

private:
    std::vector<std::string> m_writable; // without a last slash
};

} // namespace bistro::warden
