// A small assembler of the kernel's classic BPF, as seccomp has it: for each system call a few looks at its arguments,
// and an answer. Linux, x86-64. What is made is a value; nothing here is put up.
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bistro::sandbox {

// What the kernel does with a call: SECCOMP_RET_….
using Answer = std::uint32_t;
inline constexpr Answer kAllowed = SECCOMP_RET_ALLOW;
inline constexpr Answer kAsk = SECCOMP_RET_USER_NOTIF;
inline constexpr Answer kPassedOver = SECCOMP_RET_ERRNO; // not done, and told to be well
inline constexpr Answer kKill = SECCOMP_RET_KILL_PROCESS;
[[nodiscard]] constexpr Answer refused(int error)
{
    return SECCOMP_RET_ERRNO | static_cast<Answer>(error);
}

// One look at an argument. The kernel takes most arguments as 32 bits and forgets the upper half, so the lower half is
// what is looked at; NotNull is for addresses.
struct Look {
    enum class How : std::uint8_t { Is, IsNot, HasAnyOf, MaskedIs, NotNull };

    int argument = 0; // from 0
    How how = How::Is;
    std::uint32_t value = 0;
    std::uint32_t mask = 0; // of MaskedIs
};

[[nodiscard]] constexpr Look is(int argument, std::uint32_t value)
{
    return {.argument = argument, .how = Look::How::Is, .value = value};
}
[[nodiscard]] constexpr Look isNot(int argument, std::uint32_t value)
{
    return {.argument = argument, .how = Look::How::IsNot, .value = value};
}
[[nodiscard]] constexpr Look hasAnyOf(int argument, std::uint32_t bits)
{
    return {.argument = argument, .how = Look::How::HasAnyOf, .value = bits};
}
[[nodiscard]] constexpr Look maskedIs(int argument, std::uint32_t mask, std::uint32_t value)
{
    return {.argument = argument, .how = Look::How::MaskedIs, .value = value, .mask = mask};
}
[[nodiscard]] constexpr Look notNull(int argument)
{
    return {.argument = argument, .how = Look::How::NotNull};
}

// An answer for when all looks hold.
struct Case {
    std::vector<Look> looks;
    Answer answer = kAllowed;
};

// Of the cases the first one that holds is taken.
struct CallRule {
    int call = 0;
    std::vector<Case> cases;
    Answer otherwise = kAllowed;
};

// Calls of another architecture, of x32 too, kill the process. Those above `lastKnown` do not exist (ENOSYS). Those
// without a rule are allowed. Rules in front cost less: a call goes past all that stand before its own.
[[nodiscard]] std::vector<sock_filter> assembled(std::span<const CallRule> rules, int lastKnown);

} // namespace bistro::sandbox
