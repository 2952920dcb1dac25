// Node sets every signal back to its default when it starts, and a program may listen to any. The trace's mapping needs
// SIGBUS for itself (trace/mapping.h), so what others set for it is kept and called for what is not ours.

#include "interpose.h"
#include "trace/mapping.h"

#include <csignal>

extern "C" int sigaction(int number, const struct sigaction* action, struct sigaction* old) noexcept
{
    if (number == SIGBUS && bistro::trace::exchangeBusAction(action, old))
        return 0;
    static const auto real = bistro::next<int (*)(int, const struct sigaction*, struct sigaction*)>("sigaction");
    return real(number, action, old);
}
