// What V8 and Node say against a program's own text, in words for who has just written it. Any thread.
#pragma once

#include <QString>

namespace bistro::app {

// V8's message in plain words; a message that is not known as it is. `source` is the text of the line.
[[nodiscard]] QString inPlainWords(const QString& message, const QString& source = {});
// The same of what it says against a JSON text, without the place: "Unexpected end of JSON input". Empty: not known.
[[nodiscard]] QString jsonInPlainWords(const QString& message);

} // namespace bistro::app
