// The drawn figures as images: each is rendered from its SVG once for a size, a colour and a face, and kept. GUI
// thread.
#pragma once

#include "stage/picture.h"

#include <QHash>
#include <QImage>

namespace bistro::ui {

class Figures final {
public:
    // `pixels` is the size in device pixels.
    [[nodiscard]] QImage image(const FigureShape& shape, const QSize& pixels, const Theme& theme);
    // The drawing's width to its height.
    [[nodiscard]] static double aspect(Figure figure);

private:
    QHash<QString, QImage> m_images;
};

} // namespace bistro::ui
