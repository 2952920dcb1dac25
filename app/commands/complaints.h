// What the command line says of something that is wrong: each sentence by tr(), in one context.
#pragma once

#include <QCoreApplication>

#include <cstdint>
#include <string>
#include <string_view>

namespace bistro::app {

struct Complaints {
    Q_DECLARE_TR_FUNCTIONS(Complaints)
};

// A complaint with %1 to %3 in it, for complain(). What is put in place of them is never searched for more.
template <typename... Texts>
[[nodiscard]] std::string said(const QString& sentence, const Texts&... texts)
{
    if constexpr (sizeof...(texts) == 0)
        return sentence.toStdString();
    else
        return sentence.arg(QString::fromUtf8(std::string_view(texts))...).toStdString();
}

// The trace, which holds so many events, has none of this number.
[[nodiscard]] inline std::string noSuchEvent(const std::string& trace, std::uint64_t event, std::uint64_t events)
{
    return events == 0 ? said(Complaints::tr("There is no event in \"%1\"."), trace)
                       : said(Complaints::tr("There is no event %1 in \"%2\". The last one is %3."),
                             std::to_string(event), trace, std::to_string(events - 1));
}

} // namespace bistro::app
