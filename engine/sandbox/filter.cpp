#include "filter.h"

#include <linux/audit.h>

#include <cassert>
#include <cerrno>

namespace bistro::sandbox {
namespace {

constexpr std::uint32_t kX32Bit = 0x40000000;
constexpr std::uint32_t kCallAt = offsetof(seccomp_data, nr);
constexpr std::uint32_t kArchitectureAt = offsetof(seccomp_data, arch);

// Where the lower half of an argument stands; the upper one follows it.
std::uint32_t lowOf(int argument)
{
    return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + sizeof(std::uint64_t) * std::size_t(argument));
}

sock_filter load(std::uint32_t at)
{
    return {.code = BPF_LD | BPF_W | BPF_ABS, .jt = 0, .jf = 0, .k = at};
}
sock_filter masked(std::uint32_t mask)
{
    return {.code = BPF_ALU | BPF_AND | BPF_K, .jt = 0, .jf = 0, .k = mask};
}
sock_filter answered(Answer answer)
{
    return {.code = BPF_RET | BPF_K, .jt = 0, .jf = 0, .k = answer};
}
// Goes past as many instructions.
sock_filter jump(int test, std::uint32_t value, std::uint8_t past, std::uint8_t elsePast)
{
    return {.code = static_cast<std::uint16_t>(BPF_JMP | BPF_K | test), .jt = past, .jf = elsePast, .k = value};
}

class Assembler final {
public:
    void add(sock_filter instruction) { m_program.push_back(instruction); }

    void add(const CallRule& rule)
    {
        const std::size_t start = m_program.size();
        add(jump(BPF_JEQ, static_cast<std::uint32_t>(rule.call), 0, 0));
        for (const Case& one : rule.cases)
            add(one);
        add(answered(rule.otherwise));
        m_program[start].jf = distance(start);
    }

    std::vector<sock_filter> take() { return std::move(m_program); }

private:
    // A jump that leaves its case, as it does not hold. How far is known at the case's end.
    struct Leaving {
        std::size_t at;
        bool whenTrue;
    };

    void add(const Case& one)
    {
        std::vector<Leaving> leaving;
        for (const Look& look : one.looks)
            add(look, leaving);
        add(answered(one.answer));
        for (const Leaving& jump : leaving)
            (jump.whenTrue ? m_program[jump.at].jt : m_program[jump.at].jf) = distance(jump.at);
    }

    void add(const Look& look, std::vector<Leaving>& leaving)
    {
        add(load(lowOf(look.argument)));
        switch (look.how) {
        case Look::How::Is: add(jump(BPF_JEQ, look.value, 0, 0)); break;
        case Look::How::IsNot: add(jump(BPF_JEQ, look.value, 0, 0)); break;
        case Look::How::HasAnyOf: add(jump(BPF_JSET, look.value, 0, 0)); break;
        case Look::How::MaskedIs:
            add(masked(look.mask));
            add(jump(BPF_JEQ, look.value, 0, 0));
            break;
        case Look::How::NotNull:
            add(jump(BPF_JEQ, 0, 0, 2));
            add(load(lowOf(look.argument) + sizeof(std::uint32_t)));
            add(jump(BPF_JEQ, 0, 0, 0));
            break;
        }
        const bool whenTrue = look.how == Look::How::IsNot || look.how == Look::How::NotNull;
        leaving.push_back({.at = m_program.size() - 1, .whenTrue = whenTrue});
    }

    // From after the instruction to the program's end.
    std::uint8_t distance(std::size_t from) const
    {
        const std::size_t past = m_program.size() - from - 1;
        assert(past <= UINT8_MAX); // what a conditional jump can do: a rule that is longer has to become two
        return static_cast<std::uint8_t>(past);
    }

    std::vector<sock_filter> m_program;
};

} // namespace

std::vector<sock_filter> assembled(std::span<const CallRule> rules, int lastKnown)
{
    Assembler assembler;
    assembler.add(load(kArchitectureAt));
    assembler.add(jump(BPF_JEQ, AUDIT_ARCH_X86_64, 1, 0));
    assembler.add(answered(kKill));
    // The number of the call stays loaded while its rule is looked for.
    assembler.add(load(kCallAt));
    assembler.add(jump(BPF_JGE, kX32Bit, 0, 1));
    assembler.add(answered(kKill));
    assembler.add(jump(BPF_JGT, static_cast<std::uint32_t>(lastKnown), 0, 1));
    assembler.add(answered(refused(ENOSYS)));
    for (const CallRule& rule : rules)
        assembler.add(rule);
    assembler.add(answered(kAllowed));
    return assembler.take();
}

} // namespace bistro::sandbox
