#include "window/breakable.h"

namespace bistro::ui {

QString breakable(const QString& text, int most)
{
    const QChar noWidth(0x200B);
    const QChar joiner(0x2060);
    QString result;
    int together = 0;
    for (const QChar letter : text) {
        // The root alone at a line's end would look like an end of the path; Qt breaks there by itself.
        const bool root = letter == u'/' && together == 0;
        const bool folder = letter == u'/' && together > 0;
        together = letter.isSpace() ? 0 : together + 1;
        result += letter;
        if (root)
            result += joiner;
        if (folder || (together >= most && !letter.isHighSurrogate())) {
            result += noWidth;
            together = 0;
        }
    }
    return result;
}

} // namespace bistro::ui
