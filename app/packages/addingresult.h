// What came of adding packages, in words. Values; any thread.
#pragma once

#include "packages/packagename.h"
#include "packages/registry.h"

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace bistro::app {

struct AddingResult {
    bool added = false; // false: all is as it was before
    QString text; // sentences for the learner
    QStringList leftOut; // packages whose install scripts have not run, since nobody has allowed them

    bool operator==(const AddingResult&) const = default;
};

struct AddingPlace {
    QString folder; // of the workspace
    QList<AskedPackage> packages; // none: those that its package.json names
    Registry registry;
    QStringList allowedHosts; // beside the registry's
};

// The last line of adding.js; nothing when it has not come to that.
[[nodiscard]] std::optional<AddingResult> resultFrom(const QByteArray& line, const AddingPlace& place);

// After what stood there was put back: `line` is the last one of adding.js.
[[nodiscard]] AddingResult afterPuttingBack(AddingResult result, const QByteArray& line);

// Of who has not come to that line.
enum class AddingCut : std::uint8_t { Stopped, Time, Memory, Disk, Killed };
[[nodiscard]] AddingResult resultOf(AddingCut cut, const AddingPlace& place);

} // namespace bistro::app
