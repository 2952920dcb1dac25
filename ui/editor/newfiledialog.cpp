#include "editor/newfiledialog.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr qsizetype kLongestName = 255; // bytes: what file systems take

bool isProgramName(const QString& name)
{
    return name.endsWith(".js"_L1) || name.endsWith(".mjs"_L1) || name.endsWith(".cjs"_L1);
}

} // namespace

NewFileDialog::NewFileDialog(
    const QString& folder, const QString& proposed, std::function<bool(const QString&)> isOpen, QWidget* parent)
    : QDialog(parent)
    , m_folder(folder)
    , m_isOpen(std::move(isOpen))
    , m_name(new QLineEdit(proposed, this))
    , m_says(new QLabel(this))
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this))
{
    setWindowTitle(tr("New file"));
    auto* const layout = new QVBoxLayout(this);
    auto* const label = new QLabel(tr("&Name of the new file"), this);
    label->setBuddy(m_name);
    layout->addWidget(label);
    layout->addWidget(m_name);
    m_says->setWordWrap(true);
    m_says->setForegroundRole(QPalette::PlaceholderText);
    m_says->setMinimumWidth(m_says->fontMetrics().averageCharWidth() * 52);
    m_says->setMinimumHeight(m_says->fontMetrics().lineSpacing() * 2); // the dialog does not jump while one types
    m_says->setAlignment(Qt::AlignTop);
    layout->addWidget(m_says);
    layout->addWidget(m_buttons);
    m_buttons->button(QDialogButtonBox::Ok)->setText(tr("&Create"));
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_name, &QLineEdit::textChanged, this, &NewFileDialog::typed);
    m_name->setFocus();
    m_name->setSelection(
        0, static_cast<int>(QFileInfo(proposed).completeBaseName().size())); // the extension stays when one types
    typed();
}

QString NewFileDialog::path() const
{
    const QString name = m_name->text().trimmed();
    return m_folder.filePath(QFileInfo(name).suffix().isEmpty() && !name.startsWith(u'.') ? name + u".js"_s : name);
}

QString NewFileDialog::proposal(
    const QString& folder, const QString& suffix, const std::function<bool(const QString&)>& isOpen)
{
    const QString end = isProgramName(u'.' + suffix) ? u'.' + suffix : u".js"_s;
    const QDir all(folder);
    const auto isFree = [&](const QString& name) { return !all.exists(name) && !isOpen(all.filePath(name)); };
    const QStringList programs = all.entryList({u"*.js"_s, u"*.mjs"_s, u"*.cjs"_s}, QDir::Files);
    if (const QString main = u"main"_s + end; suffix.isEmpty() && programs.isEmpty() && isFree(main))
        return main;
    for (int i = 1;; ++i) {
        const QString name = (i == 1 ? u"untitled"_s : u"untitled-%1"_s.arg(i)) + end;
        if (isFree(name))
            return name;
    }
}

void NewFileDialog::typed()
{
    const QString name = m_name->text().trimmed();
    const QString whole = path();
    QString wrong;
    if (name.isEmpty())
        wrong = tr("Give the file a name, for example menu.js.");
    else if (name.contains(u'/') || name == u"."_s || name == u".."_s)
        wrong = tr("A name can't have \"/\" in it. To put the file elsewhere, save it there later: File, Save As.");
    else if (QFileInfo(whole).fileName().toUtf8().size() > kLongestName)
        wrong = tr("This name is too long for a file. Take a shorter one.");
    else if (m_folder.exists(whole) || m_isOpen(whole))
        wrong = tr("There is a %1 already. Take another name, or open that one.").arg(QFileInfo(whole).fileName());
    m_buttons->button(QDialogButtonBox::Ok)->setEnabled(wrong.isEmpty());
    if (!wrong.isEmpty())
        m_says->setText(wrong);
    else if (!isProgramName(whole))
        m_says->setText(tr("A file beside the program, for it to read. A program's name ends in .js, .mjs or .cjs."));
    else
        m_says->setText(tr("%1, beside the other files of the program.").arg(QFileInfo(whole).fileName()));
}

} // namespace bistro::ui
