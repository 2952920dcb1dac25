#include "theme/fonts.h"

#include <QFontDatabase>
#include <QGuiApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

// Qt names these where no desktop has said anything: an alias, not a choice that somebody made.
bool isChosen(const QString& family)
{
    static const QStringList aliases {u"sans"_s, u"sans serif"_s, u"sans-serif"_s, u"helvetica"_s, u"monospace"_s,
        u"mono"_s, u"courier"_s, u"fixed"_s, QString()};
    return !aliases.contains(family.toLower());
}

QStringList withFallback(const QString& desktop, const QStringList& ours)
{
    if (isChosen(desktop))
        return {desktop};
    return ours + QStringList {desktop};
}

} // namespace

QFont uiFont(const Theme& theme, TypeSize size, QFont::Weight weight)
{
    QFont font = QGuiApplication::font();
    font.setFamilies(withFallback(font.family(), {u"Inter"_s, u"DejaVu Sans"_s}));
    font.setPixelSize(theme.px(size));
    font.setWeight(weight);
    return font;
}

QFont codeFont(const Theme& theme, TypeSize size, QFont::Weight weight)
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setFamilies(withFallback(font.family(), {u"JetBrains Mono"_s, u"DejaVu Sans Mono"_s}));
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    font.setPixelSize(theme.px(size));
    font.setWeight(weight);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("liga", 0);
    font.setFeature("calt", 0); // where JetBrains Mono keeps its arrows
#endif
    return font;
}

int codeLineHeight(const Theme& theme)
{
    return theme.px(23);
}

} // namespace bistro::ui
