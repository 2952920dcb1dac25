// Which addresses outside the run may be spoken to: those of the hosts that the learner has allowed, or any. What a
// host's addresses are, the warden asks by itself; the program's own answer counts for nothing. Who answers for a name
// may be an enemy: what leads back to this computer, to link-local addresses or to several computers counts only where
// the learner has allowed that address itself, or localhost. Nor does "any" mean these. Any thread.
#pragma once

#include "sandbox/policy.h"
#include "warden/address.h"

#include <chrono>
#include <mutex>
#include <vector>

namespace bistro::warden {

class Hosts final {
public:
    Hosts(std::vector<sandbox::Host> hosts, bool internet);

    enum class Verdict { Allowed, Refused, Unknown };
    // By what is known already. Unknown: the names have to be looked up (again).
    [[nodiscard]] Verdict verdict(const Port& port) const;
    // Looks the names up where it has to, which can take seconds.
    [[nodiscard]] bool allows(const Port& port);

    [[nodiscard]] bool mayLookUp() const { return !m_hosts.empty(); }
    [[nodiscard]] bool internet() const { return m_internet; }
    // All addresses that are allowed by now, for a filter.
    [[nodiscard]] std::vector<AddressBytes> addresses() const;

private:
    struct Known {
        Port port; // number 0: any
        bool byItself = false; // the learner named no name that others answer for
        bool operator==(const Known&) const = default;
    };

    [[nodiscard]] bool isKnown(const Port& port, bool byItself) const;
    void lookUp();

    std::vector<sandbox::Host> m_hosts;
    bool m_internet;
    // Those that this computer asks for names, at their port: whoever may reach a host must be able to ask for it.
    std::vector<AddressBytes> m_nameServers;
    std::mutex m_looking;
    mutable std::mutex m_lock;
    std::vector<Known> m_known;
    std::chrono::steady_clock::time_point m_lookedUp;
    bool m_everLookedUp = false;
};

} // namespace bistro::warden
