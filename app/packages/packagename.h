// The name of a package as one types it. Values; any thread.
#pragma once

#include <QString>

#include <expected>

namespace bistro::app {

struct AskedPackage {
    QString name; // "express", "@scope/name"
    QString version; // "4", "^4.18.0", "next"; empty: the newest

    [[nodiscard]] QString text() const { return version.isEmpty() ? name : name + u'@' + version; }
    bool operator==(const AskedPackage&) const = default;
};

// NAME or NAME@VERSION. The error is a sentence or two: what is wrong, and what to write. Addresses, files and folders
// are refused, since they would bring what nobody can take back; so are Node's own modules.
[[nodiscard]] std::expected<AskedPackage, QString> packageNamed(const QString& typed);

} // namespace bistro::app
