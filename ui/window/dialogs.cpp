#include "window/dialogs.h"

#include "window/icons.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPointer>
#include <QProcess>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

QDialogButtonBox* addButtons(QDialog* dialog, QVBoxLayout* layout, QDialogButtonBox::StandardButtons which)
{
    auto* const buttons = new QDialogButtonBox(which, dialog);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    layout->addWidget(buttons);
    return buttons;
}

QLabel* note(const QString& text, QWidget* parent)
{
    auto* const label = new QLabel(text, parent);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

void FormDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    if (layout() && layout()->hasHeightForWidth())
        resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

RunDialog::RunDialog(const QString& program, const app::RunSettings& settings, QWidget* parent)
    : FormDialog(parent)
    , m_arguments(new QLineEdit(app::joinWords(settings.arguments), this))
    , m_flags(new QLineEdit(app::joinWords(settings.nodeFlags), this))
    , m_environment(new QPlainTextEdit(settings.environment.join(u'\n'), this))
    , m_pool(new QSpinBox(this))
    , m_packages(new QCheckBox(tr("Record the lines of &packages, too (node_modules)"), this))
    , m_counts(new QCheckBox(tr("Count each line e&xactly, however often it runs (loops get slower)"), this))
    , m_entry(new QComboBox(this))
{
    m_environment->setObjectName(u"environment"_s);
    setWindowTitle(tr("How to run %1").arg(program));
    auto* const layout = new QVBoxLayout(this);
    auto* const form = new QFormLayout;
    layout->addLayout(form);
    m_arguments->setPlaceholderText(tr("one two \"three four\""));
    form->addRow(tr("&Arguments"), m_arguments);
    m_flags->setPlaceholderText(u"--trace-warnings"_s);
    form->addRow(tr("Flags for &node"), m_flags);
    m_environment->setPlaceholderText(tr("NAME=value, one a line"));
    m_environment->setTabChangesFocus(true);
    m_environment->setFixedHeight(m_environment->fontMetrics().lineSpacing() * 4);
    form->addRow(tr("&Environment"), m_environment);
    m_pool->setRange(0, 1024);
    m_pool->setSpecialValueText(tr("4, node's default"));
    m_pool->setValue(settings.poolSize);
    form->addRow(tr("&Cooks (threads of the pool)"), m_pool);
    m_packages->setChecked(settings.packages);
    form->addRow(m_packages);
    m_counts->setChecked(settings.counts);
    form->addRow(m_counts);
    for (std::size_t i = 0; i < app::kEntryWays; ++i) {
        const auto text = [way = static_cast<app::EntryWay>(i)] {
            switch (way) {
            case app::EntryWay::AsNodeDecides: return tr("As node decides: by extension and package.json");
            case app::EntryWay::CommonJs: return tr("CommonJS (require)");
            case app::EntryWay::Module: return tr("Module (import)");
            case app::EntryWay::Evaluated: return tr("As an argument: node -e");
            case app::EntryWay::StandardInput: return tr("From standard input: node -");
            }
            return QString();
        };
        m_entry->addItem(text());
    }
    m_entry->setCurrentIndex(static_cast<int>(settings.entry));
    form->addRow(tr("Node &gets it"), m_entry);
    form->addRow(note(
        tr("This choice decides the order of the first ticks and promises: a module's body is itself a microtask."),
        this));
    addButtons(this, layout, QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
}

app::RunSettings RunDialog::settings() const
{
    app::RunSettings result;
    result.arguments = app::splitWords(m_arguments->text());
    result.nodeFlags = app::splitWords(m_flags->text());
    for (const QString& line : m_environment->toPlainText().split(u'\n')) {
        if (line.trimmed().indexOf(u'=') > 0)
            result.environment.append(line.trimmed());
    }
    result.poolSize = m_pool->value();
    result.packages = m_packages->isChecked();
    result.counts = m_counts->isChecked();
    result.entry = static_cast<app::EntryWay>(m_entry->currentIndex());
    return result;
}

SettingsDialog::SettingsDialog(const Settings& settings, QWidget* parent)
    : FormDialog(parent)
    , m_settings(settings)
    , m_scheme(new QComboBox(this))
    , m_zoom(new QSpinBox(this))
    , m_reducedMotion(new QCheckBox(tr("&Reduce motion: things fade instead of moving"), this))
    , m_narration(new QCheckBox(tr("Show the &narration"), this))
    , m_blocked(new QSpinBox(this))
    , m_patience(new QSpinBox(this))
    , m_indentation(new QComboBox(this))
{
    setWindowTitle(tr("Settings"));
    auto* const layout = new QVBoxLayout(this);
    auto* const form = new QFormLayout;
    layout->addLayout(form);
    m_scheme->addItems({tr("As the system"), tr("Light"), tr("Dark")});
    m_scheme->setCurrentIndex(static_cast<int>(settings.scheme));
    form->addRow(tr("&Theme"), m_scheme);
    m_zoom->setRange(50, 300);
    m_zoom->setSingleStep(10);
    m_zoom->setSuffix(tr(" %"));
    m_zoom->setValue(static_cast<int>(std::lround(settings.zoom * 100)));
    form->addRow(tr("&Zoom of everything"), m_zoom);
    m_reducedMotion->setChecked(settings.reducedMotion);
    form->addRow(m_reducedMotion);
    m_narration->setChecked(settings.narration);
    form->addRow(m_narration);
    m_blocked->setRange(10, 60'000);
    m_blocked->setSuffix(tr(" ms"));
    m_blocked->setValue(settings.blockedAfter);
    form->addRow(tr("A callback &blocks after"), m_blocked);
    m_patience->setRange(50, 60'000);
    m_patience->setSuffix(tr(" ms"));
    m_patience->setValue(settings.patience);
    form->addRow(tr("A customer's &patience"), m_patience);
    for (const auto& [text, width] :
        {std::pair(tr("Tabs"), 0), {tr("2 spaces"), 2}, {tr("4 spaces"), 4}, {tr("8 spaces"), 8}})
        m_indentation->addItem(text, width);
    m_indentation->setCurrentIndex(std::max(m_indentation->findData(settings.indentation), 0));
    m_indentation->setToolTip(tr("A file that already has indented lines keeps its own."));
    form->addRow(tr("&Indentation of new code"), m_indentation);
    addButtons(this, layout, QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
}

Settings SettingsDialog::settings() const
{
    Settings result = m_settings;
    result.scheme = static_cast<SchemeChoice>(m_scheme->currentIndex());
    result.zoom = m_zoom->value() / 100.0;
    result.reducedMotion = m_reducedMotion->isChecked();
    result.narration = m_narration->isChecked();
    result.blockedAfter = m_blocked->value();
    result.patience = m_patience->value();
    result.indentation = m_indentation->currentData().toInt();
    return result;
}

ShortcutsDialog::ShortcutsDialog(const QList<std::pair<QString, QList<QAction*>>>& menus, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* const layout = new QVBoxLayout(this);
    auto* const scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(windowTitle());
    auto* const page = new QWidget;
    auto* const rows = new QFormLayout(page);
    const auto heading = [&](const QString& text) {
        auto* const label = new QLabel(text, page);
        QFont font = label->font();
        font.setWeight(QFont::DemiBold);
        label->setFont(font);
        rows->addRow(label);
    };
    for (const auto& [title, actions] : menus) {
        heading(QString(title).remove(u'&'));
        for (const QAction* const action : actions) {
            if (action->shortcuts().isEmpty())
                continue;
            QStringList keys;
            for (const QKeySequence& key : action->shortcuts())
                keys.append(key.toString(QKeySequence::NativeText));
            rows->addRow(
                new QLabel(keys.join(tr(" or ")), page), new QLabel(action->text().remove(u'&').remove(u'…'), page));
        }
    }
    heading(tr("In the console"));
    const std::pair<QString, QString> inConsole[] {
        {tr("Up, Down, Page Up, Page Down, Home, End"), tr("Walk the lines")},
        {tr("Shift with these"), tr("Select lines")}, {tr("Enter"), tr("Go to the moment of the line")},
        {tr("Ctrl+F"), tr("Find")}, {tr("Ctrl+D in the input line"), tr("End of input")}};
    for (const auto& [keys, text] : inConsole)
        rows->addRow(new QLabel(keys, page), new QLabel(text, page));
    heading(tr("On the stage"));
    const std::pair<QString, QString> onStage[] {
        {tr("Arrow keys"), tr("Walk the orders")}, {tr("Enter"), tr("Select the order")}};
    for (const auto& [keys, text] : onStage)
        rows->addRow(new QLabel(keys, page), new QLabel(text, page));
    scroll->setWidget(page);
    layout->addWidget(scroll);
    addButtons(this, layout, QDialogButtonBox::Close);
    resize(page->sizeHint().width() + 60, 560);
}

AboutDialog::AboutDialog(QWidget* parent)
    : QDialog(parent)
    , m_versions(new QLabel(tr("…"), this))
{
    setWindowTitle(tr("About Bistro"));
    auto* const layout = new QVBoxLayout(this);
    auto* const picture = new QLabel(this);
    picture->setPixmap(
        iconOf(Sign::Cloche, palette().color(QPalette::WindowText), 64).pixmap(QSize(64, 64), devicePixelRatio()));
    layout->addWidget(picture);
    auto* const text = new QLabel(tr("Bistro runs Node programs and shows the truth about their event loop."), this);
    text->setWordWrap(true);
    layout->addWidget(text);
    m_versions->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(m_versions);
    addButtons(this, layout, QDialogButtonBox::Close);
}

void AboutDialog::setVersions(const QString& lines)
{
    m_versions->setText(lines);
}

void showAbout(const QString& command, QWidget* parent)
{
    auto* const dialog = new AboutDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto* const process = new QProcess(parent); // not the dialog's, which may be closed before the answer comes
    QObject::connect(process, &QProcess::finished, process, [process, asker = QPointer(dialog)] {
        if (asker)
            asker->setVersions(QString::fromUtf8(process->readAllStandardOutput()).trimmed());
        process->deleteLater();
    });
    QObject::connect(process, &QProcess::errorOccurred, process,
        [command, process, asker = QPointer(dialog)](QProcess::ProcessError error) {
            if (error != QProcess::FailedToStart)
                return; // finished() tells the others
            if (asker)
                asker->setVersions(
                    AboutDialog::tr("Bistro can't start \"%1\" to ask for its versions. Install Bistro again.")
                        .arg(command));
            process->deleteLater();
        });
    process->setUnixProcessParameters(QProcess::UnixProcessFlag::ResetSignalHandlers);
    process->start(command, {u"--version"_s});
    dialog->open();
}

} // namespace bistro::ui
