#include "panels/variablescontent.h"

#include "panels/panelwords.h"
#include "panels/sentence.h"
#include "trace/views.h"

#include <QLocale>

#include <algorithm>

namespace bistro::ui {

using namespace Qt::StringLiterals;
using trace::PropertyKind;
using trace::VariableScope;

namespace {

constexpr std::size_t kPreview = 48; // characters of what stands in one row
constexpr QChar kBetween {0x1f}; // parts of a key

QString counted(std::size_t number)
{
    return QLocale(QLocale::English).toString(static_cast<qulonglong>(number));
}

// Makes the rows of one picture.
class VariableRows final {
public:
    VariableRows(const Moment& moment, const VariablesAsked& asked, std::vector<VariableRow>& rows)
        : m_lines(*moment.lines)
        , m_place(moment.place)
        , m_asked(asked)
        , m_rows(rows)
    {
    }

    // Whether its rows follow.
    bool group(const QString& key, const QString& name, const QString& aside, bool openByItself)
    {
        VariableRow row;
        row.kind = VariableRow::Kind::Group;
        row.key = key;
        row.name = name;
        row.aside = aside;
        row.opens = true;
        row.open = m_asked.open.value(key, openByItself);
        row.spoken = row.open ? Panels::tr("%1, %2, open").arg(name, aside)
                              : Panels::tr("%1, %2, closed").arg(name, aside);
        m_rows.push_back(row);
        return row.open;
    }

    // `own`: it is known what the last stop has changed in it.
    void variable(const QString& group, const app::LineVariable& variable, trace::CallId call, bool own)
    {
        VariableRow row;
        row.name = shortened(variable.name);
        row.key = group + kBetween + QString::number(variable.slot.level) + kBetween + row.name;
        row.call = call;
        row.slot = variable.slot;
        row.path = {.variable = std::string(variable.name), .steps = {}, .text = row.name};
        const std::size_t at = m_rows.size();
        value(std::move(row), 1, variable.value, own && variable.changed ? variable.before : app::LineValue {});
        if (variable.left) {
            VariableRow& left = m_rows[at];
            left.value.tone = ShownValue::Tone::Faint;
            left.aside = Panels::tr("before line %1").arg(m_lines.placeOf(m_lines.doneAt(m_place)).line);
            left.spoken = Panels::tr("%1, %2").arg(left.spoken, left.aside);
        }
    }

    void pinned(const QString& key, const QString& name, const PinFound* pin, const PinnedValue& what)
    {
        VariableRow row;
        row.key = key;
        row.name = name;
        row.path = what.path;
        row.pinned = true;
        row.aside = shortened(what.function);
        if (!pin) {
            row.depth = 1;
            row.value = {.text = Panels::tr("not there yet"), .tone = ShownValue::Tone::Faint};
            row.spoken = Panels::tr("%1, %2").arg(row.name, row.value.text);
            m_rows.push_back(row);
            return;
        }
        row.call = pin->call;
        row.slot = pin->found.slot;
        value(std::move(row), 1, pin->found.value, pin->before);
    }

    void note(const QString& key, int depth, const QString& text)
    {
        VariableRow row;
        row.kind = VariableRow::Kind::Note;
        row.key = key;
        row.depth = depth;
        row.value = {.text = text, .tone = ShownValue::Tone::Faint};
        row.spoken = text;
        m_rows.push_back(row);
    }

private:
    void value(VariableRow row, int depth, const app::LineValue& now, const app::LineValue& before)
    {
        row.depth = depth;
        row.object = now.object;
        row.value = shownValue(m_lines, now, m_place, kPreview);
        // What was not set yet has not changed: it has come.
        row.changed = before.isKnown() && !before.isUnset() && !before.sameAs(now);
        if (row.changed)
            row.before = shownValue(m_lines, before, m_place, kPreview).text;
        if (now.object)
            opening(row, now.object);
        if (row.changed)
            row.aside = Panels::tr("changed");
        row.spoken = spokenOf(row);
        const bool open = row.open;
        const VariableRow parent = open ? row : VariableRow {};
        m_rows.push_back(std::move(row));
        if (open)
            properties(parent);
    }

    void opening(VariableRow& row, trace::ObjectId object)
    {
        const app::LineObject what = m_lines.objectAt(object, m_place);
        const std::vector<app::LineProperty> first = m_lines.propertiesAt(object, m_place, 0, kPropertiesShown);
        row.opens = !first.empty();
        row.open = row.opens && m_asked.open.value(row.key, false);
        if (row.open) {
            row.value.text = shownType(what);
            if (what.size > first.size())
                row.value.text = Panels::tr("%1, first %2")
                                     .arg(row.value.text)
                                     .arg(counted(std::min<std::size_t>(what.size, shownOf(row.key))));
        } else {
            // What is closed says that something in it is another.
            row.changed = row.changed || std::ranges::any_of(first, &app::LineProperty::changed);
        }
    }

    [[nodiscard]] std::size_t shownOf(const QString& key) const
    {
        return kPropertiesShown * (1 + static_cast<std::size_t>(std::max(0, m_asked.pages.value(key, 0))));
    }

    void properties(const VariableRow& parent)
    {
        const std::size_t most = shownOf(parent.key);
        std::vector<app::LineProperty> all = m_lines.propertiesAt(parent.object, m_place, 0, most + 1);
        const bool more = all.size() > most;
        if (more)
            all.pop_back();
        for (const app::LineProperty& property : all) {
            if (property.type != PropertyKind::Key)
                this->property(parent, property, keyOf(all, property));
        }
        const app::LineObject what = m_lines.objectAt(parent.object, m_place);
        if (more) {
            VariableRow row;
            row.kind = VariableRow::Kind::More;
            row.key = parent.key + kBetween + u"more"_s;
            row.depth = parent.depth + 1;
            row.name = Panels::tr("%1 more").arg(counted(kPropertiesShown));
            row.spoken = Panels::tr("%1 more, Enter shows them").arg(counted(kPropertiesShown));
            row.path = parent.path;
            m_rows.push_back(std::move(row));
        } else if (const std::size_t told = elementsIn(all); what.size > told && told > 0) {
            note(parent.key + kBetween + u"rest"_s, parent.depth + 1,
                Panels::tr("%1 more are not recorded").arg(counted(what.size - told)));
        }
    }

    static std::size_t elementsIn(const std::vector<app::LineProperty>& all)
    {
        return static_cast<std::size_t>(std::ranges::count_if(all, [](const app::LineProperty& property) {
            return property.type == PropertyKind::Element || property.type == PropertyKind::Value;
        }));
    }

    // Of an entry of a Map.
    static const app::LineValue* keyOf(const std::vector<app::LineProperty>& all, const app::LineProperty& entry)
    {
        if (entry.type != PropertyKind::Value)
            return nullptr;
        const auto key = std::ranges::find_if(all, [&](const app::LineProperty& other) {
            return other.type == PropertyKind::Key && other.name == entry.name;
        });
        return key == all.end() ? nullptr : &key->value;
    }

    void property(const VariableRow& parent, const app::LineProperty& property, const app::LineValue* mapKey)
    {
        const QString shownKey = mapKey ? shownValue(m_lines, *mapKey, m_place, 24).text : QString();
        VariableRow row;
        row.name = mapKey                           ? shownKey
            : property.type == PropertyKind::Result ? Panels::tr("result", "of a promise")
                                                    : shortened(property.name);
        row.key = parent.key + kBetween + QString::number(static_cast<int>(property.type)) + kBetween
            + shortened(property.name);
        row.call = parent.call;
        row.slot = property.slot;
        row.path = parent.path;
        row.path.steps.push_back({.type = property.type, .name = std::string(property.name)});
        row.path.text = pathOn(
            parent.path.text, property.type, property.name, mapKey && !mapKey->object ? shownKey : QString());
        if (property.type == PropertyKind::Accessor) {
            row.depth = parent.depth + 1;
            row.value = {.text = Panels::tr("…, not called", "of a getter"), .tone = ShownValue::Tone::Faint};
            row.slot.reset();
            row.spoken = Panels::tr("%1, a getter, not called").arg(row.name);
            m_rows.push_back(std::move(row));
            return;
        }
        value(std::move(row), parent.depth + 1, property.value, property.changed ? property.before : app::LineValue {});
    }

    static QString spokenOf(const VariableRow& row)
    {
        QString said = Panels::tr("%1, %2").arg(row.name, row.value.text);
        if (!row.before.isEmpty())
            said = Panels::tr("%1, was %2").arg(said, row.before);
        if (!row.aside.isEmpty())
            said = Panels::tr("%1, %2").arg(said, row.aside);
        if (row.opens)
            said = row.open ? Panels::tr("%1, open").arg(said) : Panels::tr("%1, closed").arg(said);
        return said;
    }

    const app::Lines& m_lines;
    const app::Place m_place;
    const VariablesAsked& m_asked;
    std::vector<VariableRow>& m_rows;
};

bool isOfFunction(VariableScope scope)
{
    switch (scope) {
    case VariableScope::This:
    case VariableScope::Parameter:
    case VariableScope::Local:
    case VariableScope::Block:
    case VariableScope::Catch: return true;
    case VariableScope::Closure:
    case VariableScope::Module:
    case VariableScope::Script: return false;
    }
    return false; // a number that a damaged trace has
}

void addPinned(VariableRows& rows, const Moment& moment, const VariablesAsked& asked)
{
    if (asked.pinned.empty()
        || !rows.group(u"pinned"_s, Panels::tr("Pinned", "variables"), counted(asked.pinned.size()), true))
        return;
    for (std::size_t i = 0; i < asked.pinned.size(); ++i) {
        const PinnedValue& pin = asked.pinned[i];
        const auto found = pinnedAt(moment, pin);
        rows.pinned(u"pinned"_s + kBetween + QString::fromStdString(pin.function) + kBetween + pin.path.text,
            pin.path.text, found ? &*found : nullptr, pin);
    }
}

void addFrame(VariableRows& rows, const Moment& moment, const ScriptOutlines& outlines, const VariablesAsked& asked,
    const FrameShown& shown)
{
    const trace::CallId call = shown.frame.call;
    std::vector<app::LineVariable> locals;
    std::vector<std::vector<app::LineVariable>> closures; // the nearest first
    std::vector<app::LineVariable> module;
    for (const app::LineVariable& variable : moment.lines->shownAt(call, moment.place)) {
        if (isOfFunction(variable.scope)) {
            locals.push_back(variable);
        } else if (variable.scope == VariableScope::Closure) {
            if (closures.empty() || closures.back().front().slot.level != variable.slot.level)
                closures.emplace_back();
            closures.back().push_back(variable);
        } else {
            module.push_back(variable);
        }
    }
    std::ranges::stable_partition(
        locals, [](const app::LineVariable& variable) { return variable.scope != VariableScope::This; });
    const trace::Frame place = shown.frame.stop == app::kNoEvent ? trace::Frame {}
                                                                 : moment.lines->placeOf(shown.frame.stop);
    // A file that is no module is a function to V8, with what it declares as its own.
    if (module.empty() && closures.empty() && outlines.isTopLevel(place))
        module.swap(locals);

    const auto add = [&](const QString& key, const std::vector<app::LineVariable>& variables) {
        for (const app::LineVariable& variable : variables)
            rows.variable(key, variable, call, shown.here);
    };
    if (!locals.empty() && rows.group(u"locals"_s, Panels::tr("Locals", "variables"), counted(locals.size()), true))
        add(u"locals"_s, locals);
    bool around = false;
    for (const std::vector<app::LineVariable>& closure : closures) {
        std::vector<std::string_view> names;
        for (const app::LineVariable& variable : closure)
            names.push_back(variable.name);
        const ScriptOutlines::Declared declared = outlines.declaredAround(place, names);
        if (declared.isTop) {
            module.insert(module.end(), closure.begin(), closure.end());
            continue;
        }
        around = true;
        const QString function = shortened(declared.function);
        const QString key = u"closure"_s + QString::number(closure.front().slot.level);
        const QString count = counted(closure.size());
        if (rows.group(key, Panels::tr("Closure", "variables"),
                function.isEmpty() ? count : Panels::tr("%1, %2", "a function, and how many").arg(function, count),
                !asked.compact))
            add(key, closure);
    }
    // At the top level of a file they are what runs.
    const bool top = locals.empty() && !around;
    if (!module.empty() && rows.group(u"module"_s, Panels::tr("Module", "variables"), counted(module.size()), top))
        add(u"module"_s, module);
}

// The chosen row's object has other names, too.
void markSame(std::vector<VariableRow>& rows, const QString& chosen)
{
    const auto row = std::ranges::find(rows, chosen, &VariableRow::key);
    if (chosen.isEmpty() || row == rows.end() || !row->object)
        return;
    const QString name = row->path.text;
    for (VariableRow& other : rows) {
        const bool itself = other.call == row->call && other.path.sameAs(row->path);
        if (other.object != row->object || itself || other.kind != VariableRow::Kind::Value)
            continue;
        const QString same = Panels::tr("same object as %1").arg(name);
        other.aside = same;
        other.spoken = Panels::tr("%1, %2").arg(other.spoken, same);
    }
}

// Why what is shown may be old; empty: it is not.
QString whyOld(const Moment& moment, const FrameShown& shown)
{
    if (isLeftBehind(*moment.lines, moment.place, shown.frame))
        return Panels::tr("This function ran so often that its further lines here are not recorded.");
    return {};
}

} // namespace

VariablesContent variablesContent(const Moment& moment, const ScriptOutlines& outlines, const VariablesAsked& asked)
{
    VariablesContent content;
    VariableRows rows(moment, asked, content.rows);
    addPinned(rows, moment, asked);
    const auto shown = frameShown(*moment.lines, moment.place, asked.call);
    if (shown) {
        content.when = whenText(*moment.lines, moment.place, *shown);
        content.note = whyOld(moment, *shown);
        addFrame(rows, moment, outlines, asked, *shown);
    } else if (const app::Index ended = moment.lines->endedAt(); ended < moment.place) {
        content.note = Panels::tr("No line is recorded after %1, so nobody knows what runs now.")
                           .arg(momentText(moment.log->event(ended).time));
    } else {
        content.note = moment.lines->pausedAt(moment.place, 1).empty()
            ? Panels::tr("None of your functions runs now.")
            : Panels::tr("None of your functions runs now. Choose one in the call stack that is set aside.");
    }
    for (VariableRow& row : content.rows) {
        row.pinned = row.pinned
            || (row.kind == VariableRow::Kind::Value && std::ranges::any_of(asked.pinned, [&](const PinnedValue& pin) {
                   return pin.path.sameAs(row.path) && pinFor(moment, row.call, row.path) == pin;
               }));
    }
    markSame(content.rows, asked.chosen);
    return content;
}

} // namespace bistro::ui
