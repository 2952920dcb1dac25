// An editor with a program's name, shown, and hands to type with; what its tests share.
#pragma once

#include "editor/codeeditor.h"
#include "editor/findbar.h"

#include <QLineEdit>
#include <QTest>

#include <memory>

namespace bistro::ui {

inline const QString kCooks = QStringLiteral(R"(const fs = require('node:fs');
const { pbkdf2 } = require('node:crypto');

console.log('open');
setTimeout(() => console.log('dessert'), 100);
fs.readFile('menu.txt', 'utf8', (err, menu) => {
  console.log('menu', menu.length);
  setImmediate(() => console.log('bill'));
  process.nextTick(() => console.log('tick'));
  Promise.resolve('chef').then(greet);
});
for (let i = 1; i <= 5; i++) pbkdf2('pw', 's', 1e5, 64, 'sha512', () => console.log('dish', i));
function greet(name) { console.log('bonjour', name); }
console.log('closed?');
)");

class CodeFixture {
protected:
    void openEditor()
    {
        m_editor = std::make_unique<CodeEditor>();
        m_editor->setFileName(QStringLiteral("lesson.js"));
        m_editor->resize(416, 560);
        m_editor->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_editor.get()));
        m_editor->setFocus();
    }

    void type(const QString& text) const
    {
        for (const QChar c : text)
            QTest::keyClick(m_editor.get(), c.toLatin1());
    }

    // Of the bar that finds: what, and what to put there.
    [[nodiscard]] QLineEdit* field(int which) const { return m_editor->findBar().findChildren<QLineEdit*>().at(which); }

    std::unique_ptr<CodeEditor> m_editor;
};

} // namespace bistro::ui
