// staterecipes FOLDER TRACE…: makes a seed of each trace for fuzz_state, of its first events, and looks whether it says
// the same.
#include "recipe.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

using namespace bistro;

namespace {

bool makeRecipe(const std::filesystem::path& folder, const std::filesystem::path& trace)
{
    constexpr std::size_t kMost = 600;
    const auto reader = trace::Reader::open(trace);
    if (!reader) {
        std::fprintf(stderr, "%s\n", reader.error().sentence.c_str());
        return false;
    }
    const auto recipe = fuzz::recipeOf(*reader, kMost);
    const auto cooked = fuzz::traceOf(recipe);
    const auto again = trace::Reader::openBytes(cooked.bytes());
    bool same = again && again->size() == std::min(reader->size(), kMost);
    for (std::uint64_t i = 0; same && i < again->size(); ++i) {
        const trace::Record one = reader->event({i});
        const trace::Record other = again->event({i});
        same = std::memcmp(&one, &other, sizeof one) == 0;
    }
    if (!same)
        std::fprintf(stderr, "%s: its recipe makes another trace\n", trace.c_str());
    std::ofstream(folder / trace.stem(), std::ios::binary)
        .write(reinterpret_cast<const char*>(recipe.data()), static_cast<std::streamsize>(recipe.size()));
    return same;
}

} // namespace

int main(int count, char** arguments)
{
    bool good = count > 2;
    for (int i = 2; i < count; ++i)
        good = makeRecipe(arguments[1], arguments[i]) && good;
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
