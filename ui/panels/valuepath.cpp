#include "panels/valuepath.h"

#include "panels/sentence.h"

#include <QRegularExpression>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;
using trace::PropertyKind;

namespace {

constexpr std::size_t kLookedThrough = 2'000; // properties of one object, when one is looked for by name

bool isName(const QString& text)
{
    static const QRegularExpression name(u"^[\\p{L}_$][\\p{L}\\p{N}_$]*$"_s);
    return name.match(text).hasMatch();
}

std::optional<app::LineProperty> propertyOf(
    const app::Lines& lines, trace::ObjectId object, app::Index place, const ValuePath::Step& step)
{
    for (std::size_t from = 0; from < kLookedThrough; from += 100) {
        const std::vector<app::LineProperty> page = lines.propertiesAt(object, place, from, 100);
        const auto same = [&](const app::LineProperty& property) {
            return property.name == step.name
                && (property.type == PropertyKind::Key) == (step.type == PropertyKind::Key);
        };
        if (const auto found = std::ranges::find_if(page, same); found != page.end())
            return *found;
        if (page.size() < 100)
            break;
    }
    return {};
}

} // namespace

std::optional<ValuePath> typedPath(const QString& text)
{
    static const QRegularExpression part(u"\\G(?:\\.?(?<name>#?[\\p{L}_$][\\p{L}\\p{N}_$]*)|\\[(?<number>\\d+)\\])"_s);
    ValuePath path {.variable = {}, .steps = {}, .text = text.trimmed()};
    qsizetype at = 0;
    while (at < path.text.size()) {
        const QRegularExpressionMatch match = part.match(path.text, at);
        if (!match.hasMatch() || (at > 0) == (path.text.at(at) != u'.' && path.text.at(at) != u'['))
            return {};
        const std::string name = match.captured(u"name"_s).toStdString();
        if (at == 0)
            path.variable = name;
        else if (!name.empty())
            path.steps.push_back(
                {.type = name.starts_with('#') ? PropertyKind::Private : PropertyKind::Data, .name = name});
        else
            path.steps.push_back({.type = PropertyKind::Element, .name = match.captured(u"number"_s).toStdString()});
        at = match.capturedEnd();
    }
    if (path.variable.empty())
        return {};
    return path;
}

QString pathOn(const QString& path, PropertyKind type, std::string_view name, const QString& key)
{
    const QString shown = shortened(name);
    switch (type) {
    case PropertyKind::Element: return u"%1[%2]"_s.arg(path, shown);
    case PropertyKind::Key: return u"%1.keys[%2]"_s.arg(path, shown);
    case PropertyKind::Value:
        return key.isEmpty() ? u"%1.values[%2]"_s.arg(path, shown) : u"%1.get(%2)"_s.arg(path, key);
    case PropertyKind::Result: return path;
    case PropertyKind::Data:
    case PropertyKind::Accessor:
    case PropertyKind::Private:
    case PropertyKind::Deleted: break;
    }
    if (shown.startsWith(u'[')) // a symbol's
        return path + shown;
    return shown.startsWith(u'#') || isName(shown) ? path + u'.' + shown : u"%1['%2']"_s.arg(path, shown);
}

std::optional<FoundValue> valueFrom(
    const app::Lines& lines, const FoundValue& variable, app::Index place, const ValuePath& path)
{
    FoundValue found = variable;
    for (const ValuePath::Step& step : path.steps) {
        if (!found.value.object)
            return {};
        const auto property = propertyOf(lines, found.value.object, place, step);
        if (!property)
            return {};
        found = {.slot = property->slot, .value = property->value};
    }
    return found;
}

std::optional<FoundValue> valueOf(const app::Lines& lines, trace::CallId call, app::Index place, const ValuePath& path)
{
    const std::vector<app::LineVariable> variables = lines.variablesAt(call, place);
    const auto variable = std::ranges::find(variables, path.variable, &app::LineVariable::name);
    if (variable == variables.end())
        return {};
    return valueFrom(lines, {.slot = variable->slot, .value = variable->value}, place, path);
}

} // namespace bistro::ui
