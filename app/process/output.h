// Standard output and standard error of our own commands.
#pragma once

#include <QString>

#include <string>
#include <string_view>

namespace bistro::app {

inline constexpr int kSuccess = 0;
inline constexpr int kFailure = 1;
inline constexpr int kUsage = 2;
inline constexpr int kDifferent = 3;

// Buffered; the first failure to write is kept, and what follows is dropped.
class Output final {
public:
    [[nodiscard]] std::string& buffer() { return m_buffer; } // append here, then call flushIfLarge() now and then
    void flushIfLarge();
    // kSuccess, or kFailure after telling on standard error what went wrong. Call last.
    [[nodiscard]] int finish();
    [[nodiscard]] bool failed() const { return m_error != 0; }

private:
    void flush();

    std::string m_buffer;
    int m_error = 0;
};

// One line of text with "?" for what could steer a terminal, or turn its text round.
[[nodiscard]] QString printable(QString line);

// Prints "bistro: sentence" on standard error and returns the code.
int complain(std::string_view sentence, int code = kFailure);

} // namespace bistro::app
