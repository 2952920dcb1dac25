#include "window/limitsform.h"

#include "confine/limits.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QSpinBox>
#include <QWheelEvent>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

struct Limits {
    Q_DECLARE_TR_FUNCTIONS(Limits)
};

// The wheel is for the page that it is on, until one has clicked into it.
class Number final : public QSpinBox {
public:
    explicit Number(QWidget* parent)
        : QSpinBox(parent)
    {
        setFocusPolicy(Qt::StrongFocus);
    }

protected:
    void wheelEvent(QWheelEvent* event) override
    {
        if (hasFocus())
            QSpinBox::wheelEvent(event);
        else
            event->ignore();
    }
};

QString nameOf(app::PermissionKind limit)
{
    switch (limit) {
    case app::PermissionKind::Memory: return Limits::tr("Memory");
    case app::PermissionKind::Processes: return Limits::tr("Child processes at a time");
    case app::PermissionKind::FileSize: return Limits::tr("Size of a file");
    case app::PermissionKind::Written: return Limits::tr("Written to disk in all");
    case app::PermissionKind::OpenFiles: return Limits::tr("Files open in a process");
    case app::PermissionKind::Seconds: return Limits::tr("Time");
    default: return {};
    }
}

QString unitOf(app::PermissionKind limit)
{
    switch (limit) {
    case app::PermissionKind::Memory:
    case app::PermissionKind::FileSize:
    case app::PermissionKind::Written: return u" MB"_s;
    case app::PermissionKind::Seconds: return u" s"_s;
    default: return {};
    }
}

} // namespace

LimitsForm::LimitsForm(app::PermissionFile file, std::filesystem::path folder, QWidget* parent)
    : QWidget(parent)
    , m_file(std::move(file))
    , m_folder(std::move(folder))
{
    auto* const grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    const sandbox::Limits limits = limitsWith({}, m_file.read().of(m_folder));
    for (const app::PermissionKind limit : app::kLimitKinds)
        addRow(*grid, limit, amountIn(limits, limit));
}

void LimitsForm::addRow(QGridLayout& grid, app::PermissionKind limit, std::uint32_t amount)
{
    const app::LimitRange range = app::rangeOf(limit);
    auto* const number = new Number(this);
    number->setObjectName(QLatin1StringView(wordOf(limit)));
    if (limit == app::PermissionKind::Seconds)
        number->setSpecialValueText(Limits::tr("No limit")); // of its least number, 0
    number->setRange(
        limit == app::PermissionKind::Seconds ? 0 : static_cast<int>(range.least), static_cast<int>(range.most));
    number->setSuffix(unitOf(limit));
    number->setGroupSeparatorShown(true);
    number->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    number->setKeyboardTracking(false); // a number is meant when it is whole
    number->setValue(static_cast<int>(amount));
    auto* const name = new QLabel(nameOf(limit), this);
    name->setWordWrap(true);
    name->setBuddy(number);
    number->setAccessibleName(name->text());
    const int row = grid.rowCount();
    grid.addWidget(name, row, 0);
    grid.addWidget(number, row, 1);
    connect(number, &QSpinBox::valueChanged, this, [this, limit](int value) { set(limit, value); });
}

// Bistro's own is kept by keeping none: it may be another one in a later Bistro.
void LimitsForm::set(app::PermissionKind limit, int amount)
{
    const app::Permissions kept = m_file.read().of(m_folder);
    const auto wanted = static_cast<std::uint32_t>(amount);
    const auto before = std::ranges::find(kept, limit, &app::Permission::kind);
    QString why;
    if (wanted != amountIn({}, limit)) {
        if (const auto done = m_file.allow(m_folder, {.kind = limit, .host = {}, .path = {}, .amount = wanted}); !done)
            why = done.error();
    } else if (before != kept.end()) {
        if (const auto done = m_file.forget(m_folder, *before); !done)
            why = done.error();
    }
    emit failed(why);
}

} // namespace bistro::ui
