#include "text/locale.h"

#include <QLocale>

#include <clocale>
#include <cstdlib>
#include <langinfo.h>
#include <string_view>

namespace bistro::app {
namespace {

// There without any package of locales.
constexpr const char* kPlain = "C.UTF-8";

// What Qt does first, and then looks at.
bool environmentIsUtf8()
{
    return std::setlocale(LC_ALL, "") && nl_langinfo(CODESET) == std::string_view("UTF-8");
}

std::optional<std::string> variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value ? std::optional<std::string>(value) : std::nullopt;
}

} // namespace

Utf8Environment::Utf8Environment()
{
    if (environmentIsUtf8())
        return;
    (void)QLocale::system().name(); // how dates and numbers are written is read now, from what the user has set
    const char* const all = std::getenv("LC_ALL");
    const bool isOverruled = all && *all; // by it LC_CTYPE says nothing
    if (!isOverruled && change("LC_CTYPE"))
        return;
    restore();
    change("LC_ALL"); // one of the other categories has a locale that is not installed
}

Utf8Environment::~Utf8Environment()
{
    restore();
}

bool Utf8Environment::change(const char* name)
{
    m_changed = {.name = name, .before = variable(name)};
    setenv(name, kPlain, 1);
    return environmentIsUtf8();
}

void Utf8Environment::restore()
{
    if (!m_changed.name)
        return;
    if (m_changed.before)
        setenv(m_changed.name, m_changed.before->c_str(), 1);
    else
        unsetenv(m_changed.name);
    m_changed = {};
}

} // namespace bistro::app
