#include "window/settings.h"

#include "window/lostsettings.h"
#include "workspace/ownfolders.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QSet>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

QSettings configuration()
{
    return QSettings(
        QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/bistro/settings.ini"_s,
        QSettings::IniFormat);
}

// What the window remembers by itself is state, not configuration.
QSettings memory()
{
    QString folder = qEnvironmentVariable("XDG_STATE_HOME");
    if (!folder.startsWith(u'/'))
        folder = QStandardPaths::writableLocation(QStandardPaths::HomeLocation) + u"/.local/state"_s;
    return QSettings(folder + u"/bistro/window.ini"_s, QSettings::IniFormat);
}

struct SettingsWords {
    Q_DECLARE_TR_FUNCTIONS(SettingsWords)
};

std::function<void(const QString&)> tellOfLost;
QSet<QString> lost; // files

// To the disk, now: later nobody would hear that it can't be.
void written(QSettings& file)
{
    file.sync();
    if (file.status() == QSettings::NoError) {
        lost.remove(file.fileName());
        return;
    }
    if (lost.contains(file.fileName()) || !tellOfLost)
        return;
    lost.insert(file.fileName());
    const QString why = app::whyNotWritable(QFileInfo(file.fileName()).absolutePath());
    tellOfLost(why.isEmpty()
            ? SettingsWords::tr("Bistro can't write your settings to %1. Check the file's permissions.")
                  .arg(file.fileName())
            : SettingsWords::tr("Bistro can't write your settings to %1: %2.").arg(file.fileName(), why));
}

QString groupOf(const QString& file)
{
    return u"programs/"_s
        + QString::fromLatin1(QCryptographicHash::hash(file.toUtf8(), QCryptographicHash::Sha1).toHex().first(16));
}

template <typename T>
T word(const QSettings& settings, const QString& key, T fallback, int count)
{
    const int value = settings.value(key, static_cast<int>(fallback)).toInt();
    return value >= 0 && value < count ? static_cast<T>(value) : fallback;
}

// A file may say anything, also "nan", which passes any clamp.
double zoomOf(const QVariant& written)
{
    bool isNumber = false;
    const double zoom = written.toDouble(&isNumber);
    return isNumber && !std::isnan(zoom) ? std::clamp(zoom, 0.5, 3.0) : Settings {}.zoom;
}

} // namespace

Settings Settings::load()
{
    const QSettings file = configuration();
    Settings result;
    result.scheme = word(file, u"scheme"_s, result.scheme, 3);
    result.zoom = zoomOf(file.value(u"zoom"_s, result.zoom));
    result.reducedMotion = file.value(u"reducedMotion"_s, false).toBool();
    result.narration = file.value(u"narration"_s, true).toBool();
    result.textStage = file.value(u"textStage"_s, false).toBool();
    result.internals = file.value(u"internals"_s, false).toBool();
    result.lines = file.value(u"lines"_s, true).toBool();
    result.values = file.value(u"values"_s, true).toBool();
    result.skin = word(file, u"skin"_s, result.skin, 2);
    result.speed = file.value(u"speed"_s, result.speed).toInt();
    result.blockedAfter = std::clamp(file.value(u"blockedAfter"_s, result.blockedAfter).toInt(), 10, 60'000);
    result.indentation = std::clamp(file.value(u"indentation"_s, result.indentation).toInt(), 0, 8);
    result.patience = std::clamp(file.value(u"patience"_s, result.patience).toInt(), 50, 60'000);
    return result;
}

void Settings::save() const
{
    QSettings file = configuration();
    file.setValue(u"scheme"_s, static_cast<int>(scheme));
    file.setValue(u"zoom"_s, zoom);
    file.setValue(u"reducedMotion"_s, reducedMotion);
    file.setValue(u"narration"_s, narration);
    file.setValue(u"textStage"_s, textStage);
    file.setValue(u"internals"_s, internals);
    file.setValue(u"lines"_s, lines);
    file.setValue(u"values"_s, values);
    file.setValue(u"skin"_s, static_cast<int>(skin));
    file.setValue(u"speed"_s, speed);
    file.setValue(u"blockedAfter"_s, blockedAfter);
    file.setValue(u"patience"_s, patience);
    file.setValue(u"indentation"_s, indentation);
    written(file);
}

void tellOfLostSettings(std::function<void(const QString& sentence)> tell)
{
    tellOfLost = std::move(tell);
    lost.clear();
    for (const QString& file : {configuration().fileName(), memory().fileName()}) {
        if (!app::whyNotWritable(QFileInfo(file).absolutePath()).isEmpty())
            lost.insert(file); // as the window says of the whole folder
    }
}

double zoomStep(double zoom, int direction)
{
    constexpr std::array steps {0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0};
    if (direction > 0) {
        const auto* const next = std::ranges::upper_bound(steps, zoom + 0.001);
        return next == steps.end() ? steps.back() : *next;
    }
    const auto* const next = std::ranges::lower_bound(steps, zoom - 0.001);
    return next == steps.begin() ? steps.front() : *std::prev(next);
}

app::RunSettings runSettingsOf(const QString& file)
{
    QSettings settings = configuration();
    settings.beginGroup(groupOf(file));
    app::RunSettings result;
    result.arguments = app::splitWords(settings.value(u"arguments"_s).toString());
    result.environment = app::splitWords(settings.value(u"environment"_s).toString());
    result.nodeFlags = app::splitWords(settings.value(u"flags"_s).toString());
    result.poolSize = std::clamp(settings.value(u"pool"_s, 0).toInt(), 0, 1024);
    result.packages = settings.value(u"packages"_s, false).toBool();
    result.counts = settings.value(u"counts"_s, false).toBool();
    result.entry = word(settings, u"entry"_s, result.entry, static_cast<int>(app::kEntryWays));
    return result;
}

void keepRunSettings(const QString& file, const app::RunSettings& settings)
{
    QSettings kept = configuration();
    kept.beginGroup(groupOf(file));
    if (settings == app::RunSettings {}) {
        if (kept.childKeys().isEmpty())
            return;
        kept.remove(QString());
        written(kept);
        return;
    }
    kept.setValue(u"file"_s, file);
    kept.setValue(u"arguments"_s, app::joinWords(settings.arguments));
    kept.setValue(u"environment"_s, app::joinWords(settings.environment));
    kept.setValue(u"flags"_s, app::joinWords(settings.nodeFlags));
    kept.setValue(u"pool"_s, settings.poolSize);
    kept.setValue(u"packages"_s, settings.packages);
    kept.setValue(u"counts"_s, settings.counts);
    kept.setValue(u"entry"_s, static_cast<int>(settings.entry));
    written(kept);
}

WindowLayout loadLayout()
{
    const QSettings file = memory();
    return {.geometry = file.value(u"geometry"_s).toByteArray(),
        .panels = file.value(u"panels"_s).toByteArray(),
        .editor = file.value(u"editor"_s).toByteArray(),
        .lower = file.value(u"lower"_s).toString()};
}

OpenLesson loadOpenLesson()
{
    const QSettings file = memory();
    return {.course = file.value(u"lesson/course"_s).toString(), .id = file.value(u"lesson/id"_s).toString()};
}

void keepOpenLesson(const OpenLesson& lesson)
{
    QSettings file = memory();
    file.setValue(u"lesson/course"_s, lesson.course);
    file.setValue(u"lesson/id"_s, lesson.id);
    written(file);
}

void keepLayout(const WindowLayout& layout)
{
    QSettings file = memory();
    file.setValue(u"geometry"_s, layout.geometry);
    file.setValue(u"panels"_s, layout.panels);
    file.setValue(u"editor"_s, layout.editor);
    file.setValue(u"lower"_s, layout.lower);
    written(file);
}

} // namespace bistro::ui
