// Which files node can run.
#include "workspace/runnable.h"

#include <QStringList>
#include <QTest>

using namespace bistro::app;
using namespace Qt::StringLiterals;

class TestRunnable : public QObject {
    Q_OBJECT

private slots:
    void aNameAndTheFirstLineSayWhetherNodeCanRunIt_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("line");
        QTest::addColumn<Runnable>("what");
        QTest::newRow("js") << u"a.js"_s << QString() << Runnable::Program;
        QTest::newRow("capitals") << u"A.MJS"_s << QString() << Runnable::Program;
        QTest::newRow("cjs") << u"a.b.cjs"_s << QString() << Runnable::Program;
        QTest::newRow("no ending") << u"serve"_s << u"console.log(1)"_s << Runnable::Program;
        QTest::newRow("node by env") << u"serve"_s << u"#!/usr/bin/env node"_s << Runnable::Program;
        QTest::newRow("node with flags") << u"serve"_s << u"#!/usr/bin/env -S A=1 node --test"_s << Runnable::Program;
        QTest::newRow("node by its path") << u"serve.sh"_s << u"#! /opt/node/bin/node"_s << Runnable::Program;
        QTest::newRow("nodejs") << u"serve"_s << u"#!/usr/bin/nodejs"_s << Runnable::Program;
        QTest::newRow("shell") << u"serve"_s << u"#!/bin/sh"_s << Runnable::OtherShebang;
        QTest::newRow("python") << u"serve.py"_s << u"#!/usr/bin/env python3"_s << Runnable::OtherShebang;
        QTest::newRow("one that is called like it") << u"serve"_s << u"#!/usr/bin/nodeenv"_s << Runnable::OtherShebang;
        QTest::newRow("TypeScript") << u"a.ts"_s << QString() << Runnable::NotBefore;
        QTest::newRow("JSX") << u"a.jsx"_s << u"#!/usr/bin/env node"_s << Runnable::NotBefore;
        QTest::newRow("JSON") << u"package.json"_s << QString() << Runnable::NoProgram;
        QTest::newRow("text") << u"menu.txt"_s << QString() << Runnable::NoProgram;
        QTest::newRow("settings") << u".npmrc"_s << QString() << Runnable::NoProgram;
        QTest::newRow("settings called so") << u".js"_s << QString() << Runnable::NoProgram;
        QTest::newRow("a page without an ending") << u"LICENSE"_s << u"MIT"_s << Runnable::NoProgram;
    }
    void aNameAndTheFirstLineSayWhetherNodeCanRunIt()
    {
        QFETCH(QString, name);
        QFETCH(QString, line);
        QFETCH(Runnable, what);
        QCOMPARE(runnableOf(u"/home/ada/v1.2/"_s + name, line), what);
        QCOMPARE(whyNotRunnable(name, line).isEmpty(), what == Runnable::Program || what == Runnable::NoProgram);
    }

    void ofAFolderTheOneOfAUsualNameRunsElseTheFirstProgram()
    {
        QCOMPARE(programAmong({u"a.js"_s, u"main.js"_s}), u"main.js"_s);
        QCOMPARE(programAmong({u"README"_s, u"a.json"_s, u"b.mjs"_s, u"c.js"_s}), u"b.mjs"_s);
        QVERIFY(programAmong({u"a.json"_s, u"serve"_s, u"a.ts"_s}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestRunnable)
#include "tst_runnable.moc"
