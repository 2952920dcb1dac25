#include "codefixture.h"
#include "editor/highlighter.h"
#include "editor/indentation.h"

#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QTemporaryDir>

using namespace bistro::ui;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::optional<Indentation>)

class TestIndentation : public QObject, CodeFixture {
    Q_OBJECT

private slots:
    void init() { openEditor(); }
    void cleanup() { m_editor.reset(); }

    void aFileTellsHowItIsIndented_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::optional<Indentation>>("expected");
        using Found = std::optional<Indentation>;
        QTest::newRow("two") << u"f(() => {\n  a;\n  if (b) {\n    c;\n  }\n});"_s << Found({false, 2});
        QTest::newRow("four") << u"f(() => {\n    a;\n    if (b) {\n        c;\n    }\n});"_s << Found({false, 4});
        QTest::newRow("eight") << u"f(() => {\n        a;\n});"_s << Found({false, 8});
        QTest::newRow("tabs") << u"f(() => {\n\ta;\n\tif (b) {\n\t\tc;\n\t}\n});"_s << Found({true, 4});
        QTest::newRow("four, and what is put below each other")
            << u"if (a) {\n    b(c,\n      d);\n    e(f,\n      g);\n    h(i,\n      k);\n}"_s << Found({false, 4});
        QTest::newRow("a comment's stars") << u"/**\n * a\n * b\n */\nf() {\n    a;\n}"_s << Found({false, 4});
        QTest::newRow("nothing goes in") << u"a;\nb;\n"_s << Found();
        QTest::newRow("it does not agree") << u"f {\n  a;\n}\ng {\n    b;\n}"_s << Found();
        QTest::newRow("tabs and spaces") << u"f {\n\ta;\n}\ng {\n    b;\n}"_s << Found();
    }
    void aFileTellsHowItIsIndented()
    {
        QFETCH(const QString, text);
        QFETCH(const std::optional<Indentation>, expected);
        QVERIFY(detectIndentation(text) == expected);
    }

    void editorconfigIsHeededAndTheNearerFileWins()
    {
        QTemporaryDir folder;
        const auto write = [&](const QString& name, const QByteArray& text) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
        };
        QVERIFY(QDir(folder.path()).mkpath(u"lib/old"_s));
        write(u".editorconfig"_s,
            "root = true\n[*]\nindent_style = space\nindent_size = 8\n[*.{js,ts}]\nindent_size = 4\n"
            "[lib/**.mjs]\nindent_style = tab\ntab_width = 3\n[Makefile]\nindent_style = tab\n");
        write(u"lib/old/.editorconfig"_s, "# no root\n[*.js]\nindent_size = 3\n");
        const auto of = [&](const QString& name) { return configuredIndentation(folder.filePath(name)); };
        QVERIFY(of(u"a.js"_s) == Indentation({false, 4}));
        QVERIFY(of(u"a.html"_s) == Indentation({false, 8}));
        QVERIFY(of(u"lib/a.mjs"_s) == Indentation({true, 3}));
        QVERIFY(of(u"a.mjs"_s) == Indentation({false, 8}));
        QVERIFY(of(u"lib/old/a.js"_s) == Indentation({false, 3}));
        QVERIFY(of(u"Makefile"_s) == Indentation({true, 8}));
        write(u".editorconfig"_s, "root = true\n");
        QVERIFY(!of(u"a.js"_s));
    }

    void keysAndPasteFollowTheFile_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::newRow("tabs") << u"\t"_s;
        QTest::newRow("four spaces") << u"    "_s;
        QTest::newRow("two spaces") << u"  "_s;
    }
    void keysAndPasteFollowTheFile()
    {
        QFETCH(const QString, unit);
        const auto in = [&](QString text) { return text.replace(u'>', unit); };
        m_editor->setText(in(u"if (a) {\n>b();\n}\n"_s));
        m_editor->highlighter().finish();
        m_editor->goTo(4);
        type(u"if (c) {"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        type(u"if (d) {"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        type(u"e();"_s);
        const QString head = in(u"if (a) {\n>b();\n}\n"_s);
        QCOMPARE(m_editor->text(), head + in(u"if (c) {\n>if (d) {\n>>e();\n>}\n}"_s));
        QTest::keyClick(m_editor.get(), Qt::Key_Return);
        QTest::keyClick(m_editor.get(), Qt::Key_Backspace); // one step
        QTest::keyClick(m_editor.get(), Qt::Key_Tab);
        QCOMPARE(m_editor->text(), head + in(u"if (c) {\n>if (d) {\n>>e();\n>>\n>}\n}"_s));
        m_editor->undo();
        m_editor->setText(in(u"if (a) {\n>if (b) {\n>>"_s));
        m_editor->goTo(3, 100);
        type(u"}"_s);
        QCOMPARE(m_editor->text(), in(u"if (a) {\n>if (b) {\n>}"_s));
        m_editor->selectAll();
        QTest::keyClick(m_editor.get(), Qt::Key_Tab);
        QCOMPARE(m_editor->text(), in(u">if (a) {\n>>if (b) {\n>>}"_s));
        QTest::keyClick(m_editor.get(), Qt::Key_Backtab);
        QCOMPARE(m_editor->text(), in(u"if (a) {\n>if (b) {\n>}"_s));

        // What was indented otherwise comes in as the file is; a template's text does not change.
        m_editor->setText(in(u"if (a) {\n>b();\n}\n"_s));
        m_editor->highlighter().finish();
        m_editor->goTo(4);
        QGuiApplication::clipboard()->setText(
            u"f(function () {\n   g(`\n   x\n`);\n   if (h) {\n      i;\n   }\n});"_s);
        QTest::keyClick(m_editor.get(), Qt::Key_V, Qt::ControlModifier);
        QTRY_COMPARE(
            m_editor->text(), in(u"if (a) {\n>b();\n}\nf(function () {\n>g(`\n   x\n`);\n>if (h) {\n>>i;\n>}\n});"_s));
    }

    void whatIsChosenComesBeforeWhatIsAskedForBeforeWhatIsFound()
    {
        m_editor->setDefaultIndentation({false, 8});
        m_editor->setText(u"a;\n"_s);
        QCOMPARE(m_editor->indentation().width, 8); // nothing tells: the learner's setting
        m_editor->setText(u"f {\n    a;\n}"_s);
        QCOMPARE(m_editor->indentation().width, 4);
        m_editor->setConfiguredIndentation(Indentation {.tabs = true, .width = 3});
        QVERIFY(m_editor->indentation().tabs);
        m_editor->chooseIndentation(Indentation {.tabs = false, .width = 2});
        QCOMPARE(m_editor->indentation().width, 2);
        m_editor->chooseIndentation({});
        QVERIFY(m_editor->indentation().tabs);
    }

    void aTabIsAsWideAsOneStep()
    {
        m_editor->setText(u"\tx"_s);
        const double letter = m_editor->lettersRect(1, 2, 1).width();
        for (const int width : {2, 4, 8}) {
            m_editor->chooseIndentation(Indentation {.tabs = true, .width = width});
            QCOMPARE(qRound(m_editor->lettersRect(1, 1, 1).width() / letter), width);
        }
    }
};

QTEST_MAIN(TestIndentation)
#include "tst_indentation.moc"
