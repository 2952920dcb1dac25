// The glossary's tables, in the order of the terms. Inner to app/why.
#pragma once

#include "why/term.h"

#include <span>
#include <string_view>

namespace bistro::app {

struct GlossaryEntry {
    Term term;
    std::string_view id;
    // For both readers; to be translated in the context "Glossary".
    struct Said {
        const char* name;
        const char* text;
    };
    Said restaurant;
    Said runtime;
    std::span<const Term> see;
    std::string_view example = {};
};

[[nodiscard]] std::span<const GlossaryEntry> loopWords(); // loopwords.cpp: EventLoop to ChildProcess
[[nodiscard]] std::span<const GlossaryEntry> orderWords(); // orderwords.cpp: Order to Race
[[nodiscard]] std::span<const GlossaryEntry> pictureWords(); // picturewords.cpp: Pass to Narration

} // namespace bistro::app
