#include "window/permissionsdialog.h"

#include "sandbox/kernel.h"
#include "window/breakable.h"
#include "window/limitsform.h"
#include "window/wallwords.h"

#include <QDialogButtonBox>
#include <QFile>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace bistro::ui {
namespace {

constexpr int kTogether = 24; // letters

QLabel* wrapped(const QString& text, QWidget* parent)
{
    auto* const label = new QLabel(breakable(text, kTogether), parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAccessibleName(text);
    return label;
}

QLabel* heading(const QString& text, QWidget* parent)
{
    QLabel* const label = wrapped(text, parent);
    QFont font = label->font();
    font.setWeight(QFont::DemiBold);
    label->setFont(font);
    return label;
}

QLabel* remarkOf(const QString& text, QWidget* parent)
{
    QLabel* const label = wrapped(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QString listOf(const std::vector<std::string>& words, const QString& between)
{
    QStringList texts;
    for (const std::string& word : words)
        texts.append(QString::fromStdString(word));
    return texts.join(between);
}

QString shownPath(const std::filesystem::path& path)
{
    return QString::fromStdString(path.string());
}

QString begun(QString sentence)
{
    if (!sentence.isEmpty())
        sentence.front() = sentence.front().toUpper();
    return sentence;
}

// Heading, and room for rows below it.
QVBoxLayout* rowsOf(QWidget& part, const QString& title)
{
    auto* const layout = new QVBoxLayout(&part);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(heading(title, &part));
    auto* const rows = new QVBoxLayout;
    rows->setSpacing(4);
    layout->addLayout(rows);
    return rows;
}

void clear(QVBoxLayout& rows)
{
    while (QLayoutItem* const item = rows.takeAt(0)) {
        if (QWidget* const row = item->widget()) {
            row->hide();
            row->deleteLater(); // its own button may have been clicked
        }
        delete item;
    }
}

// With a remark below it, if there is one; null: it has no button.
QPushButton* addRow(QVBoxLayout& rows, const QString& what, QLabel* remark, QWidget* parent, const QString& action)
{
    auto* const row = new QWidget(parent);
    auto* const line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    auto* const words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(wrapped(what, row));
    if (remark)
        words->addWidget(remark);
    line->addLayout(words, 1);
    rows.addWidget(row);
    if (action.isEmpty())
        return nullptr;
    auto* const button = new QPushButton(action, row);
    button->setAutoDefault(false);
    line->addWidget(button, 0, Qt::AlignTop);
    return button;
}

} // namespace

PermissionsDialog::PermissionsDialog(
    const QString& program, std::function<std::vector<RefusedRow>()> refused, QWidget* parent)
    : QDialog(parent)
    , m_around(app::surroundings())
    , m_page(new QWidget)
    , m_refused(std::move(refused))
{
    setObjectName(u"permissions"_s);
    setWindowTitle(tr("What programs may do"));
    if (!program.isEmpty())
        m_workspace = app::workspaceOf({.file = QFile::encodeName(program).toStdString(), .current = {}}, m_around);
    auto* const layout = new QVBoxLayout(this);
    auto* const scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(windowTitle());
    scroll->setWidget(m_page);
    layout->addWidget(scroll);
    auto* const page = new QVBoxLayout(m_page);
    page->setContentsMargins(4, 4, 4, 4);
    page->setSpacing(6);
    m_refusedPart = new QWidget(m_page);
    m_refusedRows = rowsOf(*m_refusedPart, tr("What this run was refused"));
    if (m_workspace.folder.empty()) {
        page->addWidget(wrapped(tr("No program is open. Open one to see what it may do."), m_page));
        page->addWidget(m_refusedPart);
    } else {
        page->addWidget(heading(shownPath(m_workspace.folder), m_page));
        page->addWidget(wrapped(m_workspace.whyNot
                ? tr("More lies there than a program may change. Unless you allow more, programs there read their own "
                     "file and nothing else.")
                : tr("Programs there may read and change this folder. Unless you allow more, they stay on this "
                     "computer."),
            m_page));
        page->addSpacing(8);
        page->addWidget(heading(tr("What you have allowed them"), m_page));
        m_rows = new QVBoxLayout;
        m_rows->setSpacing(4);
        page->addLayout(m_rows);
        m_trouble = wrapped({}, m_page);
        page->addWidget(m_trouble);
        page->addWidget(m_refusedPart);
        page->addSpacing(8);
        page->addWidget(heading(tr("What one run may use at most"), m_page));
        auto* const limits = new LimitsForm(app::PermissionFile(m_around), m_workspace.folder, m_page);
        connect(limits, &LimitsForm::failed, this, &PermissionsDialog::tellTrouble);
        page->addWidget(limits);
    }
    page->addSpacing(8);
    const sandbox::Kernel kernel = sandbox::thisKernel();
    const QString walls = listOf(sandbox::wallsOf(kernel), u", "_s);
    page->addWidget(heading(tr("What keeps programs in"), m_page));
    QLabel* const guarded = wrapped(
        walls.isEmpty() ? tr("Nothing: this computer's kernel has no sandbox.") : guardedBy(walls), m_page);
    guarded->setToolTip(walls); // for who knows the kernel
    page->addWidget(guarded);
    if (const QStringList unguarded = unguardedBy(kernel); !unguarded.isEmpty())
        page->addWidget(wrapped(tr("This computer's kernel lacks a part:") + u'\n' + unguarded.join(u'\n'), m_page));
    page->addStretch(1);
    list();
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
    resize(wantedSize(buttons->sizeHint().height()));
}

// As high as what it says, within the window that it belongs to; it grows with the letters.
QSize PermissionsDialog::wantedSize(int below) const
{
    constexpr int wide = 28; // lines' heights
    constexpr int room = 6; // beside what it says, and below
    const int line = fontMetrics().height();
    const int width = wide * line;
    const int height = m_page->layout()->heightForWidth(width - room * line / 2) + below + room * line / 2;
    const int most = (parentWidget() ? parentWidget()->height() : 2 * width) * 9 / 10;
    return {width, std::clamp(height, std::min(12 * line, most), most)};
}

void PermissionsDialog::list()
{
    if (m_rows)
        listAllowed();
    listRefused();
}

void PermissionsDialog::listAllowed()
{
    clear(*m_rows);
    const app::PermissionFile file(m_around);
    const app::KeptPermissions kept = file.read();
    app::Permissions allowed = kept.of(m_workspace.folder);
    std::erase_if(allowed, [](const app::Permission& each) { return isLimit(each.kind); }); // they stand below
    for (const app::Permission& one : allowed) {
        const QString what = begun(permissionText(one));
        const QString warning = warningAbout(one, m_around);
        QPushButton* const button = addRow(
            *m_rows, what, warning.isEmpty() ? nullptr : heading(warning, m_page), m_page, tr("Remove"));
        button->setAccessibleName(tr("Remove: %1").arg(what));
        connect(button, &QPushButton::clicked, this, [this, one] { remove(one); });
    }
    if (allowed.empty())
        m_rows->addWidget(wrapped(tr("Nothing more. When a program wants more, Bistro asks you."), m_page));
    tellTrouble(kept.trouble.isEmpty() ? file.whyNotKept() : kept.trouble);
}

void PermissionsDialog::listRefused()
{
    clear(*m_refusedRows);
    const std::vector<RefusedRow> rows = m_refused();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const RefusedRow& one = rows[i];
        const QString what = one.times == 1
            ? one.text
            : one.text + QChar::Space + tr("It was asked %n times.", nullptr, one.times);
        QPushButton* const button = addRow(*m_refusedRows, what,
            one.state.isEmpty() ? nullptr : remarkOf(one.state, m_refusedPart), m_refusedPart,
            one.isAskable ? tr("Allow…") : QString());
        if (!button)
            continue;
        button->setAccessibleName(tr("Allow: %1").arg(one.text));
        connect(button, &QPushButton::clicked, this, [this, i] { emit allowAsked(i); });
    }
    m_refusedPart->setVisible(!rows.empty());
}

void PermissionsDialog::tellTrouble(const QString& sentence)
{
    m_trouble->setText(sentence);
    m_trouble->setVisible(!sentence.isEmpty());
}

void PermissionsDialog::remove(const app::Permission& permission)
{
    const auto done = app::PermissionFile(m_around).forget(m_workspace.folder, permission);
    list();
    if (done)
        emit removed();
    else
        tellTrouble(done.error());
}

} // namespace bistro::ui
