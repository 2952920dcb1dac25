// Qt wants a locale whose letters are UTF-8. Where the environment names none (a container, a cron job, LC_ALL=C), it
// takes another one and prints four lines about it on standard error.
#pragma once

#include <optional>
#include <string>

namespace bistro::app {

// While it lives, this process's environment names a locale in UTF-8. Then every variable is as it was before, so that
// whatever Bistro starts gets the environment that Bistro was given. Before other threads read the environment only.
class Utf8Environment final {
public:
    Utf8Environment();
    ~Utf8Environment();
    Utf8Environment(const Utf8Environment&) = delete;
    Utf8Environment& operator=(const Utf8Environment&) = delete;

private:
    struct Changed {
        const char* name = nullptr; // null: nothing was changed
        std::optional<std::string> before;
    };
    bool change(const char* name);
    void restore();

    Changed m_changed;
};

// Makes the application, which looks at the environment once:
//     const QCoreApplication application = inUtf8([&] { return QCoreApplication(count, arguments); });
template <typename Make>
[[nodiscard]] auto inUtf8(const Make& make)
{
    const Utf8Environment environment;
    return make();
}

} // namespace bistro::app
