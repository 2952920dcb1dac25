#include "warden/places.h"

#include "warden/target.h"

#include <algorithm>
#include <fcntl.h>

namespace bistro::warden {

Places::Places(const std::vector<sandbox::Place>& places)
{
    for (const sandbox::Place& place : places) {
        if (place.right != sandbox::Right::Write)
            continue;
        const Descriptor found(open(place.path.c_str(), O_PATH | O_CLOEXEC));
        std::string path = found ? placeOf(found) : std::string();
        if (path == "/")
            path.clear(); // everything is below
        else if (!path.starts_with('/'))
            continue;
        m_writable.push_back(path);
    }
}

bool Places::mayWrite(const Descriptor& file) const
{
    const std::string path = placeOf(file);
    return path.starts_with('/') && std::ranges::any_of(m_writable, [&](const std::string& place) {
        return path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/');
    });
}

} // namespace bistro::warden
