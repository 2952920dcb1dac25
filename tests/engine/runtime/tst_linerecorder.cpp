// Lines, as the engine tells them: each program's own files, drawn in one line.
//
//   f1(        call 1 of f begins; f1~( goes on after an await or yield
//   3 a=1      line 3 is reached, and a is 1 now; 3$ before the function is left
//   <4         the call that goes on is given 4: by what it awaited, or by next(4)
//   {2 x=1}    object 2 has a property x that is 1; {2 -x} it has none any more; b=#2 b holds object 2
//   )6         the call returns 6; )? nobody knows what; )… it awaits; )y it yields; )! an error leaves it
//   !E         an error is thrown; !!E nobody will catch it; !?E nobody knows whether
#include "support/recordedrun.h"

#include "trace/views.h"

#include <QTest>

#include <QRegularExpression>

using namespace bistro::test;
using namespace bistro::trace;
using namespace Qt::StringLiterals;

namespace {

RunOptions lines(QStringList more = {}, const QString& file = u"lesson.js"_s)
{
    return {.environment = QStringList {u"BISTRO_LINES=1"_s} + more, .file = file};
}

// What is drawn of each event; empty: nothing.
struct Drawn
    : PassesWith<QString, events::RunStarted, events::EntryFound, events::RunEnded, events::RecordingEnded,
          events::DetailReduced, events::IterationStarted, events::PhaseEntered, events::PhaseLeft,
          events::ResourceCreated, events::CallbackStarted, events::CallbackFinished, events::ResourceDestroyed,
          events::TickQueued, events::MicrotaskQueued, events::TimerCreated, events::TimerStarted, events::TimerCleared,
          events::TimerReferenced, events::TimersProcessed, events::ImmediateCreated, events::ImmediateCleared,
          events::ImmediateReferenced, events::PromiseCreated, events::PromiseFollows, events::PromiseSettled,
          events::ReactionQueued, events::JobStarted, events::JobFinished, events::DrainStarted, events::DrainFinished,
          events::PoolJobSubmitted, events::PoolJobBegun, events::PoolJobDone, events::PoolJobDelivered,
          events::KernelWaitStarted, events::KernelWaitEnded, events::HandleReferenced, events::HandleClosing,
          events::HandleClosed, events::ConnectionAccepted, events::RequestStarted, events::RequestFinished,
          events::Output, events::UncaughtError, events::RejectionUnhandled, events::RejectionHandled, events::Warning,
          events::GarbageCollected, events::ChildStarted, events::WorkerStarted, events::ScriptSeen,
          events::VariableCaptured, events::HandlerStarted, events::HandlerFinished, events::PoolStarted,
          events::WorkerEnded, events::SandboxSet, events::AccessRefused, events::LimitReached> {
    using PassesWith::operator();
    const Reader& trace;

    explicit Drawn(const Reader& of)
        : trace(of)
    {
    }

    [[nodiscard]] QString text(TextId id) const { return QString::fromStdString(std::string(trace.text(id))); }
    [[nodiscard]] QString value(TextId id, ObjectId object) const
    {
        return object ? u"#%1"_s.arg(object.value) : id ? text(id) : u"unset"_s;
    }
    QString operator()(const events::CallEntered& e) const
    {
        return u"%1%2%3("_s.arg(text(e.function))
            .arg(e.call.value)
            .arg(e.entry == CallEntry::Resumed ? u"~"_s : QString());
    }
    QString operator()(const events::CallGiven& e) const { return u"<"_s + value(e.value, e.object); }
    QString operator()(const events::LineReached& e) const
    {
        const QString line = QString::number(trace.frame(e.stack).line)
            + (e.point == LinePoint::Return ? u"$"_s : QString());
        return !e.changed ? line : line + u' ' + text(e.changed) + u'=' + value(e.value, {});
    }
    QString operator()(const events::VariableSet& e) const { return text(e.name) + u'=' + value(e.value, e.object); }
    QString operator()(const events::ObjectSeen&) const { return {}; }
    QString operator()(const events::PropertySet& e) const
    {
        if (e.type == PropertyKind::Deleted)
            return u"{%1 -%2}"_s.arg(e.holder.value).arg(text(e.name));
        if (e.type == PropertyKind::Accessor)
            return u"{%1 %2()}"_s.arg(e.holder.value).arg(text(e.name));
        return u"{%1 %2=%3}"_s.arg(e.holder.value).arg(text(e.name), value(e.value, e.object));
    }
    QString operator()(const events::CallLeft& e) const
    {
        switch (e.end) {
        case CallEnd::Returned: return u')' + (e.has(FlagInferred) ? u"?"_s : value(e.value, e.object));
        case CallEnd::Awaits: return u")…"_s;
        case CallEnd::Yields: return u")y"_s;
        case CallEnd::Threw: return u")!"_s;
        }
        return u")"_s;
    }
    QString operator()(const events::ErrorThrown& e) const
    {
        const QString fate = e.fate == ErrorFate::Uncaught ? u"!"_s : e.fate == ErrorFate::Unknown ? u"?"_s : QString();
        return u'!' + fate + text(e.value);
    }
    QString operator()(const events::LinesSkipped& e) const { return u"skipped after %1"_s.arg(e.visits); }
    QString operator()(const events::PlaceCounted& e) const
    {
        return u"counted "_s + QString::number(trace.frame(e.stack).line) + u": "_s + QString::number(e.visits);
    }
    QString operator()(const events::LinesEnded& e) const
    {
        return u"ended: "_s + QString::fromUtf8(wordFor(FieldType::LinesEndName, static_cast<std::uint32_t>(e.reason)));
    }
};

QString drawn(const RecordedRun& run)
{
    QStringList parts;
    const Drawn draw(*run.trace);
    for (std::uint64_t i = 0; i < run.trace->size(); ++i) {
        const Record event = run.trace->event({i});
        if (const QString part = visit(event, draw); !part.isEmpty())
            parts += part;
    }
    return parts.join(u' ');
}

QString drawn(const QByteArray& program, const RunOptions& options = lines())
{
    return drawn(record(QStringLiteral(BISTRO_ENGINE), program, options));
}

} // namespace

class tst_LineRecorder : public QObject {
    Q_OBJECT

private slots:
    void eachStatementIsReachedWithWhatHasChanged()
    {
        QCOMPARE(drawn("add(1);\nfunction add(n) {\n  let sum = n;\n  sum += 2;\n  return sum;\n}\n"),
            u"1( 1 add=#1 add2( 3 n=1 sum=undefined 4 sum=1 5$ sum=3 )3 6$ )undefined"_s);
    }

    void aRunWithoutTheOrderHasNone() { QCOMPARE(drawn("let a = 1;\n", {}), QString()); }

    void eachCallHasANumberOfItsOwn()
    {
        QCOMPARE(drawn("function f(n) { return n ? f(n - 1) : 0; }\nf(1);"),
            u"1( 2 f=#1 f2( 1 n=1 f=#1 f3( 1 n=0 1$ )0 1$ )0 2$ )undefined"_s);
    }

    void whatPausesAtAnAwaitGoesOnAsTheSameCall()
    {
        QCOMPARE(drawn("async function f(n) {\n  const x = await n;\n  return x * 2;\n}\nf(4);"),
            u"1( 5 f=#1 f2( 2 n=4 x=undefined )… 5$ )undefined f2~( <4 3 x=4 3$ )8"_s);
    }

    // Also where no statement begins between two awaits.
    void whatAnAwaitGivesIsTold_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, const char* program, const QString& told) {
            QTest::newRow(name) << QByteArray(program) << told;
        };
        row("two in a statement", "async function f() {\n  return (await 1) + (await 2);\n}\nf();",
            u"f2( 2 )… 4$ )undefined f2~( <1 )… f2~( <2 2$ )3"_s);
        row("an object", "async function f() {\n  await { a: 1 };\n  Number();\n}\nf();", u"f2~( {3 a=1} <#3 3 "_s);
        row("within an argument", "async function f() {\n  g(await 5);\n}\nfunction g(n) {\n  return n;\n}\nf();",
            u"f2~( <5 g3( 5 n=5 5$ )5 3$ )undefined"_s);
        row("nothing", "async function f() {\n  await null;\n  Number();\n}\nf();", u"f2~( <null 3 "_s);
        row("what next() is called with",
            "function* g() {\n  const x = yield 1;\n  Number();\n}\nconst it = g();\nit.next();\nit.next(7);",
            u"g2~( <7 3 "_s);
        row("an error",
            "async function f() {\n  try {\n    await Promise.reject('no');\n  } catch {\n    Number();\n"
            "  }\n}\nf();",
            u"f2~( !'no' 5 "_s);
        row("what is returned at a yield",
            "function* g() {\n  try {\n    yield 1;\n  } finally {\n    Number();\n  }\n}\nconst it = g();\n"
            "it.next();\nit.return(7);",
            u"g2~( 5 "_s);
        row("an async iteration", "(async () => {\n  for await (const x of [6])\n    Number();\n})();",
            u"2~( {2 value=6} {2 done=false} <#2 3 x=6 "_s);
    }
    void whatAnAwaitGivesIsTold()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, told);
        const QString all = drawn(program);
        QVERIFY2(all.contains(told), qPrintable(all));
    }

    // A finally block or the end of a for…of puts a return off, to where V8 has no place for a stop.
    void aCallIsLeftWithItsValueWhereverItReturns_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, const char* program, const QString& told) {
            QTest::newRow(name) << QByteArray(program) << told;
        };
        row("through a finally block",
            "function f(n) {\n  try {\n    return n * 2;\n  } finally {\n    Number();\n  }\n}\nf(4);",
            u"f2( 3 n=4 5 )8 8$ )undefined"_s);
        row("out of a for…of", "function f(list) {\n  for (const n of list)\n    return n;\n}\nf([7]);",
            u" 3 n=7 )7 5$ "_s);
        row("an object, twice",
            "function f(n) {\n  try {\n    return { n };\n  } finally {\n    Number();\n  }\n}\nf(1);\nf(2);",
            u" 5 {2 n=1} )#2 9 f3( 3 n=2 5 {3 n=2} )#3 9$ )undefined"_s);
        row("through one of an async function",
            "async function f() {\n  try {\n    return await 7;\n  } finally {\n    Number();\n  }\n}\nf();",
            u"f2~( <7 5 )7"_s);
        row("of an async generator",
            "async function* g() {\n  yield 1;\n  return 5;\n}\n(async () => {\n"
            "  const it = g();\n  await it.next();\n  await it.next();\n})();",
            u" )5 "_s);
        row("of a generator, an object", "function* g() {\n  return { a: 1 };\n}\ng().next();",
            u"g2( 2 2$ {3 a=1} )#3 4$ "_s);
        row("of a module", "await 0;\nNumber();", u" 2$ )undefined"_s);
    }
    void aCallIsLeftWithItsValueWhereverItReturns()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, told);
        RunOptions options = lines();
        options.file = program.startsWith("await") ? u"lesson.mjs"_s : options.file;
        const QString all = drawn(program, options);
        QVERIFY2(all.contains(told), qPrintable(all));
    }

    // Two next() of one statement find the frame of the first one again, or one deeper.
    void aGeneratorPausesAndGoesOnWithinOneStatement_data()
    {
        QTest::addColumn<QByteArray>("statement");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* name, const char* statement, const QString& told) {
            QTest::newRow(name) << QByteArray(statement) << told;
        };
        row("in one frame", "it.next().value + it.next().value;", u"g2( 2 )y g2~( 3 )y 6$ )undefined"_s);
        row("spread", "[...it];", u"g2( 2 )y g2~( 3 )y g2~( 4$ )undefined 6$ )undefined"_s);
        row("in deeper frames", "Number(it.next(), it.next(), it.return(5));",
            u"g2( 2 )y g2~( 3 )y g2~( )5 6$ )undefined"_s);
        row("another one between", "Number(it.next(), other.next(), it.next());",
            u"g2( 2 )y g3( 2 )y g2~( 3 )y 6$ )undefined"_s);
    }
    void aGeneratorPausesAndGoesOnWithinOneStatement()
    {
        QFETCH(QByteArray, statement);
        QFETCH(QString, told);
        const QString all = drawn(
            "function* g() {\n  yield 1;\n  yield 2;\n}\nconst it = g(), other = g();\n" + statement);
        QVERIFY2(all.contains(told), qPrintable(all));
    }

    void whatAYieldGivesIsTold()
    {
        const RecordedRun run = record(QStringLiteral(BISTRO_ENGINE),
            "function* all() {\n  const got = [yield 1, yield 'two'];\n  yield* inner();\n  yield* odd;\n}\n"
            "function* inner() {\n  try {\n    yield 3;\n  } finally {\n    yield;\n  }\n}\n"
            "const odd = {\n  [Symbol.iterator]: () => ({ next: () => ({ get value() { return 5; }, done: false }) "
            "}),\n"
            "};\nlet n = 0;\nfor (const each of all())\n  if (++n === 5) break;\n",
            lines());
        QStringList given;
        for (std::uint64_t i = 0; i < run.trace->size(); ++i) {
            const Record event = run.trace->event({i});
            if (is<events::CallLeft>(event) && as<events::CallLeft>(event).end == CallEnd::Yields)
                given << QString::fromStdString(std::string(run.trace->text(as<events::CallLeft>(event).value)));
        }
        // Both of inner's twice: all() gives them on. Of what has a getter nothing is known, and it is not asked.
        QCOMPARE(given.join(u' '), u"1 'two' 3 3 undefined undefined "_s);
    }

    void aGeneratorPausesAtEachYield()
    {
        const QString told = drawn(
            "function* g() {\n  yield 1;\n  return 2;\n}\nconst it = g();\nit.next();\nit.next();");
        QVERIFY2(told.contains(u"g2( 2 )y 7"_s), qPrintable(told));
        QVERIFY2(told.contains(u"g2~( 3 3$ )2"_s), qPrintable(told));
    }

    void anErrorIsThrownAndLeavesCallsUntilItIsCaught()
    {
        QCOMPARE(drawn("function f() {\n  throw new Error('no');\n}\ntry {\n  f();\n} catch (e) {\n  e;\n}"),
            u"1( 5 f=#1 f2( 2 {2 message='no'} !Error: no )! 7 e=#2 8$ )undefined"_s);
    }

    // Without what variables and properties hold.
    void anErrorIsToldWhereItIsThrownAndLeavesItsCall_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("file");
        const auto row = [](const char* name, const char* program, const QString& told,
                             const QString& file = u"lesson.js"_s) {
            QTest::newRow(name) << QByteArray(program) << told << file;
        };
        row("before the first await", "async function f() {\n  throw 'no';\n}\nf().catch(() => 0);",
            u"f2( 2 !?'no' )! "_s);
        row("after an await", "async function f() {\n  await 0;\n  throw 'no';\n}\nf().catch(() => 0);",
            u"f2~( <0 3 !'no' )! "_s);
        row("an await of a rejected promise",
            "async function f() {\n  await Promise.reject('no');\n}\nf().catch(() => 0);", u"f2~( !'no' )! "_s);
        row("in an arrow function", "const f = async () => {\n  await 0;\n  throw 'no';\n};\nf().catch(() => 0);",
            u"f2~( <0 3 !'no' )! "_s);
        const char* const generator = "async function* g() {\n  yield 1;\n  throw 'no';\n}\n(async () => {\n  try {\n"
                                      "    for await (const x of g()) x;\n  } catch (e) {\n    Number();\n  }\n})();";
        row("in an async generator", generator, u"g3~( <undefined 3 !'no' )! "_s);
        row("in a for await", generator, u" 2~( !'no' 9 "_s);
        row("in a method", "class A {\n  async m() {\n    throw 'no';\n  }\n}\nnew A().m().catch(() => 0);",
            u"( 3 !?'no' )! "_s);
        const char* const nested = "async function g() {\n  await 0;\n  throw 'no';\n}\nasync function f() {\n"
                                   "  await g();\n}\nf().catch(() => 0);";
        row("in a function that another awaits", nested, u"g3~( <0 3 !'no' )! "_s);
        row("in the function that awaits it", nested, u"f2~( !'no' )! "_s);
        row("in a module", "await 0;\nthrow 'no';", u" 1~( <0 2 !?'no' )!"_s, u"lesson.mjs"_s);
        row("in a then", "Promise.resolve().then(function f() {\n  throw 'no';\n}).catch(() => 0);",
            u"f2( 2 !'no' )! "_s);
        row("caught within",
            "async function f() {\n  await 0;\n  try {\n    throw 'no';\n  } catch {\n    return 5;\n  }\n}\nf();",
            u"f2~( <0 4 !'no' 6 6$ )5"_s);
        row("out of a finally block of an async function",
            "async function f() {\n  try {\n    await Promise.reject('no');\n  } finally {\n    Number();\n  }\n}\n"
            "f().catch(() => 0);",
            u"f2~( !'no' 5 )! "_s);
        row("out of a finally block",
            "function f() {\n  try {\n    throw 'no';\n  } finally {\n    Number();\n  }\n}\ntry {\n  f();\n} catch "
            "{\n}",
            u"f2( 3 !'no' 5 )! "_s);
        row("into a generator",
            "function* g() {\n  yield 1;\n}\nconst it = g();\nit.next();\ntry {\n  it.throw('no');\n} catch {\n}",
            u"g2~( !'no' )! "_s);
        row("out of a callback",
            "function f() {\n  throw 'no';\n}\nsetTimeout(function cb() {\n  f();\n}, 1);\n"
            "process.on('uncaughtException', () => 0);",
            u"f3( 2 !!'no' )! )! "_s);
    }
    void anErrorIsToldWhereItIsThrownAndLeavesItsCall()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, told);
        QFETCH(QString, file);
        QStringList parts = drawn(program, lines({}, file)).split(u' ');
        parts.removeIf([](const QString& each) { return each.contains(u'='); });
        const QString all = parts.join(u' ') + u' ';
        QVERIFY2(all.contains(told), qPrintable(all));
    }

    void anErrorInACallThatIsNotRecordedIsOfNone_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("told");
        QTest::newRow("its function's stops were taken away")
            << "function f(n) {\n  if (n === 9) throw 'no';\n  return f(n + 1);\n}\ntry {\n  f(0);\n} catch {\n}"_ba
            << u"f:2 'no'"_s;
        QTest::newRow("the stack has no more room")
            << "function f() {\n  return f();\n}\ntry {\n  f();\n} catch {\n}"_ba
            << u"f:2 RangeError: Maximum call stack size exceeded"_s;
        QTest::newRow("the stack has no more room, and nobody catches it")
            << "function f() {\n  return f();\n}\nf();"_ba
            << u"f:2 RangeError: Maximum call stack size exceeded, uncaught"_s;
        QTest::newRow("it has not come to its first statement")
            << "function f({ a }) {\n  return a;\n}\ntry {\n  f(null);\n} catch {\n}"_ba
            << u"f:1 TypeError: Cannot destructure property 'a' of 'object null' as it is null."_s;
        QTest::newRow("in Node's own code") << "try {\n  require('./none');\n} catch {\n}"_ba << QString();
    }
    void anErrorInACallThatIsNotRecordedIsOfNone()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, told);
        const auto run = record(QStringLiteral(BISTRO_ENGINE), program, lines({u"BISTRO_LINES_VISITS=3"_s}));
        QStringList all;
        for (std::uint64_t i = 0; i < run.trace->size(); ++i) {
            const Record event = run.trace->event({i});
            if (!is<events::ErrorThrown>(event) || as<events::ErrorThrown>(event).call)
                continue;
            const auto thrown = as<events::ErrorThrown>(event);
            const Frame place = run.trace->frame(StackId {event.stack});
            QVERIFY(!place.caller);
            all += u"%1:%2 %3%4"_s.arg(QString::fromUtf8(run.trace->text(place.function)))
                       .arg(place.line)
                       .arg(QString::fromUtf8(run.trace->text(thrown.value)),
                           thrown.fate == ErrorFate::Uncaught ? u", uncaught"_s : QString());
        }
        QCOMPARE(all.join(u' '), told);
    }

    void whatABlockDeclaresIsUnsetAgainInEachRound()
    {
        const QString told = drawn(
            "function f() {\n  for (const n of [1, 2]) {\n    let x = n * 2;\n    Number(x);\n  }\n}\nf();");
        QVERIFY2(told.contains(u"f2( 2 n=unset 2 3 x=unset n=1 4 x=2 2 n=unset 3 x=unset n=2 4 x=4 2 n=unset 6$ )"_s),
            qPrintable(told));
    }

    void anObjectTellsHowManyPropertiesItHasNow()
    {
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "var a = { x: 1, y: 2, [Symbol('q')]: 3, 5: 0 };\na.z = 1;\ndelete a.x;\ndelete a.y;\n"
            "var b = [1, 2];\nb.named = 1;\nvar c = new Error('no');\n0;",
            lines());
        QList<std::uint32_t> counts;
        for (std::uint64_t i = 0; i < run.trace->size(); ++i) {
            if (const Record event = run.trace->event({i}); is<events::ObjectSeen>(event))
                counts += as<events::ObjectSeen>(event).properties;
        }
        QCOMPARE(counts, (QList<std::uint32_t> {3, 4, 3, 2, 0, 1, 1}));
    }

    void anElementStaysOneWhenItsArrayBecomesSparse()
    {
        QCOMPARE(drawn("var a = [1, 2];\na[100000] = 3;\na[1] = 5;\n0;"),
            u"1( 1 a=undefined 2 {1 0=1} {1 1=2} a=#1 3 {1 100000=3} 4 {1 1=5} 4$ )undefined"_s);
    }

    void twoNamesForAnObjectNameTheSame()
    {
        QCOMPARE(drawn("var a = { n: 1 };\nvar b = a;\nb.n = 2;\ndelete a.n;\n0;"),
            u"1( 1 a=undefined b=undefined 2 {1 n=1} a=#1 3 b=#1 4 {1 n=2} 5 {1 -n} 5$ )undefined"_s);
    }

    void anObjectsOwnPropertiesCountTwoDeep()
    {
        const QString told = drawn("var a = { in: { x: 1, deep: { y: 1 } } };\na.in.x = 2;\na.in.deep.y = 2;\n0;");
        QVERIFY2(told.contains(u"3 {2 x=2}"_s), qPrintable(told));
        QVERIFY2(!told.contains(u"y=2"_s), qPrintable(told)); // three deep
    }

    // However long a chain of objects is, no more than two levels of it are looked at.
    void aLongChainOfObjectsIsLookedAtTwoDeep()
    {
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "let list = null;\nfunction put(next) {\n  list = { next };\n  return list;\n}\n"
            "for (let i = 0; i < 900; i++) put(list);\nlet node = list;\nwhile (node) node = node.next;\nlist = 0;\n",
            lines());
        QCOMPARE(run.code, 0);
        QVERIFY(run.events(EventKind::PropertySet).size() < 20'000);
    }

    void elementsEntriesAndPrivateFieldsAreTold()
    {
        const QString told = drawn("class C { #p = 1; up() { this.#p++; } }\nvar c = new C;\nvar l = [1, , 2.5];\n"
                                   "l.push('x');\nvar m = new Map([['k', 1]]);\nm.set('k', 2);\nc.up();\n0;");
        for (const QString& part : {u"#p=1}"_s, u"#p=2}"_s, u"0=1}"_s, u"2=2.5}"_s, u"3='x'}"_s, u"0='k'}"_s})
            QVERIFY2(told.contains(part), qPrintable(part + u" | "_s + told));
    }

    void nothingOfTheProgramsRunsForIt()
    {
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "const shout = () => { console.log('called'); return 1; };\n"
            "const a = { get g() { return shout(); }, toString: shout, [Symbol.for('nodejs.util.inspect.custom')]: "
            "shout,"
            " get [Symbol.toStringTag]() { return shout(); } };\n"
            "const p = new Proxy({}, { get: shout, ownKeys: shout, getOwnPropertyDescriptor: shout, has: shout,"
            " getPrototypeOf: shout });\n"
            "class E extends Error { get message() { return shout(); } }\n"
            "Error.prepareStackTrace = shout;\nconst e = new E;\nlet x = 0;\nx = 1;\n",
            lines());
        QCOMPARE(run.output, QByteArray());
        const QString told = drawn(run);
        QVERIFY2(told.contains(u" g()}"_s), qPrintable(told));
    }

    // Behind the last of its own V8's iterator goes on to the prototypes, and asks these.
    void anObjectsPrototypesAreNotAsked_data()
    {
        QTest::addColumn<QByteArray>("object");
        QTest::addColumn<QString>("told");
        const auto row = [](const char* object, const QString& told) {
            QTest::newRow(object) << QByteArray(object) << told;
        };
        row("{}", {});
        row("{ a: 1 }", u"{1 a=1}"_s);
        row("{ [Symbol('s')]: 1, a: 2 }", u"{1 a=2} {1 [Symbol(s)]=1}"_s);
        row("{ [Symbol('s')]: 1 }", u"{1 [Symbol(s)]=1}"_s);
        row("{ 1: 1, 1000000: 2 }", u"{1 1=1} {1 1000000=2}"_s);
        row("Object.defineProperty({}, 'hidden', { value: 1 })", {});
        row("[1, 2]", u"{1 0=1} {1 1=2}"_s);
        row("[, 1]", u"{1 1=1}"_s);
        row("Object.assign([], { 1000000: 1 })", u"{1 1000000=1}"_s);
        row("new Map([[1, 2]])", u"{1 0=1} {1 0=2}"_s);
        row("new Error('no')", u"{1 message='no'}"_s);
        row("new Error", {});
        row("new (class { #p = 1; a = 2; })", u"{1 #p=1} {1 a=2}"_s);
        row("new Uint8Array(1)", u"{1 0=0}"_s);
        row("(function () { return arguments; })(1)", u"{1 0=1}"_s);
        row("(function (a) { return arguments; })(1)", u"{1 0=1}"_s);
        row("() => 1", {});
    }
    void anObjectsPrototypesAreNotAsked()
    {
        QFETCH(QByteArray, object);
        QFETCH(QString, told);
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "var v; v = Object.setPrototypeOf(" + object
                + ", new Proxy({}, new Proxy({}, { get(_, trap) { process.stdout.write(trap); } })));\n0;",
            lines());
        QCOMPARE(run.output, QByteArray());
        const QString all = drawn(run);
        QVERIFY2(all.contains(u"v=#1"_s), qPrintable(all));
        static const QRegularExpression property(u"\\{1 .*?\\}(?= )"_s);
        QStringList properties;
        for (auto each = property.globalMatch(all); each.hasNext();)
            properties << each.next().captured();
        QCOMPARE(properties.join(u' '), told);
    }

    // The global object of a context asks the object that the program has given it. process.env asks the environment.
    void whatAsksTheProgramIsNotLookedInto()
    {
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "const vm = require('vm');\n"
            "const inner = vm.runInContext('this', vm.createContext({ get a() { process.stdout.write('asked'); } }));\n"
            "for (const name in process.env) delete process.env[name];\nprocess.env.SOUP = 'hot';\n"
            "const env = process.env;\n0;",
            lines());
        QCOMPARE(run.output, QByteArray());
        QStringList others;
        for (const Record& event : run.events(EventKind::ObjectSeen)) {
            if (const auto seen = as<events::ObjectSeen>(event); seen.type == ObjectKind::Other)
                others << QString::fromStdString(std::string(run.trace->text(seen.text)));
        }
        QVERIFY2(others == QStringList {u"[global]"_s}, qPrintable(others.join(u' ')));
        QVERIFY2(drawn(run).contains(u" SOUP='hot'}"_s), qPrintable(drawn(run)));
    }

    // By the program's own Node.
    void primitivesAreTextAsNodePrintsThem_data()
    {
        QTest::addColumn<QByteArray>("value");
        for (const char* value : {"0", "-0", "1.5", "1e21", "1e-7", "123456789012345680000", "0.1 + 0.2", "5e-324",
                 "-1.7976931348623157e308", "NaN", "-Infinity", "2 ** 53", "5n", "-12345678901234567890n", "true",
                 "null", "undefined", "Symbol('a b')", "Symbol()", "''", "'it\\'s'", "'\"it\\'s\"'", "'`\"it\\'s\"'",
                 "'a\\nb\\t\\\\\\x00\\x7f'", "'\\u{1F355} \\ud83d é'", "'ab'.repeat(3) + 'c'.repeat(20)",
                 "'x'.repeat(40).slice(3, 30)"})
            QTest::newRow(value) << QByteArray(value);
    }
    void primitivesAreTextAsNodePrintsThem()
    {
        QFETCH(QByteArray, value);
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "var v = " + value + ";\nprocess.stdout.write(require('util').inspect(v));", lines());
        const QString told = drawn(run);
        const QString wanted = value == "undefined" ? u"1 v=undefined"_s
                                                    : u" v="_s + QString::fromUtf8(run.output) + u' ';
        QVERIFY2((told + u' ').contains(wanted), qPrintable(wanted + u" | "_s + told));
    }

    void longTextsAreCut()
    {
        const auto run = record(QStringLiteral(BISTRO_ENGINE), "var v = 'x'.repeat(1000);\n0;", lines());
        bool cut = false;
        for (std::uint64_t i = 0; i < run.trace->size(); ++i) {
            const Record event = run.trace->event({i});
            if (is<events::VariableSet>(event) && (event.flags & FlagTruncated) != 0) {
                cut = true;
                QCOMPARE(run.trace->text(as<events::VariableSet>(event).value), '\'' + std::string(200, 'x') + '\'');
            }
        }
        QVERIFY(cut);
    }

    void variablesOfScopesAroundAreTold()
    {
        const QString told = drawn(
            "function outer(n) {\n  let seen = n;\n  return () => {\n    seen++;\n    return seen;\n"
            "  };\n}\nouter(5)();");
        QVERIFY2(told.contains(u"3( 4 seen=5 5 seen=6 5$ )6"_s), qPrintable(told));
    }

    void variablesOfModulesAreTold()
    {
        const QString told = drawn(
            "export let told = 1;\nlet own = 2;\ntold = 3;\nown = told;\nexport {};\n", lines({}, u"lesson.mjs"_s));
        QVERIFY2(told.contains(u"own=2"_s) && told.contains(u"told=1"_s) && told.contains(u"told=3"_s)
                && told.contains(u"own=3"_s),
            qPrintable(told));
    }

    // Asked for one that is not set yet, V8 throws: nobody asks it.
    void exportsOfAModulesNamespaceAreToldAsTheyAre()
    {
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "import * as me from './lesson.mjs';\nexport let n = 1.5;\nn++;\nexport const late = { n };\n"
            "process.stdout.write('end');\n",
            lines({}, u"lesson.mjs"_s));
        QCOMPARE(run.output, QByteArray("end"));
        const QString told = drawn(run);
        for (const QString& part : {u"late=<uninitialized>}"_s, u"n=<uninitialized>}"_s, u"n=1.5}"_s, u"n=2.5}"_s})
            QVERIFY2(told.contains(part), qPrintable(part + u" | "_s + told));
        QVERIFY2(told.contains(QRegularExpression(u"late=#\\d+\\}"_s)), qPrintable(told));
        QVERIFY2(!told.contains(u'!'), qPrintable(told)); // no error is told
        QCOMPARE(told.count(u"late=<uninitialized>}"_s), 1);
    }

    // V8 takes the context of the cases for the one around them: each would be one around the function.
    void variablesAreRightAtASwitchWhoseCasesHaveAContextOfTheirOwn()
    {
        const QString told = drawn("function f(n) {\n  let q = n + 1;\n  switch (q) {\n    case 3:\n"
                                   "      const door = 5;\n      q = (() => door + q)();\n  }\n"
                                   "  return () => q;\n}\nf(2);");
        QVERIFY2(told.contains(u" 3 5 door=unset q=3 6 "_s), qPrintable(told)); // nobody asks there, and nothing is set
    }

    // Its context is one that V8 knows of.
    void aSwitchThatBeginsACatchIsLikeAnyOther()
    {
        const QString told = drawn("try {\n  throw new Error('no');\n} catch (lost) {\n  switch (lost.message) {\n"
                                   "    case 'no': { lost; }\n  }\n  lost = 7;\n  lost;\n}\nlet end = 8;\n");
        QVERIFY2(told.contains(u"lost=7"_s) && told.contains(u"end=8"_s), qPrintable(told));
    }

    void theReceiverIsThis()
    {
        const QString told = drawn("class A {\n  f() {\n    return 1;\n  }\n}\nnew A().f();");
        QVERIFY2(told.contains(QRegularExpression(u"f\\d\\( 3 [^()]*this=#\\d+ 3\\$ \\)1"_s)), qPrintable(told));
    }

    void valuesStayRightWhenEverythingMoves()
    {
        const QString told = drawn("require('v8').setFlagsFromString('--expose-gc');\n"
                                   "const gc = require('vm').runInNewContext('gc');\n"
                                   "function f() {\n  let a = { n: 1 };\n  let s = 'text' + a.n;\n  gc();\n  a.n = 2;\n"
                                   "  gc();\n  s += a.n;\n  return s;\n}\nf();");
        QVERIFY2(
            told.contains(QRegularExpression(u"6 s='text1' 7 8 \\{(\\d+) n=2\\} 9 10\\$ s='text12' \\)'text12'"_s)),
            qPrintable(told));
    }

    void anArrowFunctionHasNoReceiverOfItsOwn()
    {
        const QString told = drawn("const o = { arrow: () => 5, later: async () => 6, own() { return 7; } };\n"
                                   "o.arrow();\no.later();\n",
            lines());
        QVERIFY2(!told.contains(u"this="_s), qPrintable(told));
        QVERIFY(drawn("const o = { own() { return 7; } };\no.own();\n", lines()).contains(u"this="_s));
    }

    // Also of one that no other event has in its stack: who reads the trace has no other source.
    void aScriptIsToldBeforeItsFirstLine()
    {
        const RecordedRun run = record(QStringLiteral(BISTRO_ENGINE), "let soup = 6;\nsoup += 1;\n", lines());
        const auto seen = run.events(EventKind::ScriptSeen);
        QCOMPARE(seen.size(), 1);
        const auto script = as<events::ScriptSeen>(seen.front());
        QVERIFY(run.text(script.script.value).endsWith(u"/lesson.js"_s));
        QVERIFY(run.text(script.source.value).contains(u"soup += 1"_s));
        for (std::uint64_t i = 0; i < run.trace->size(); ++i) {
            const EventKind kind = run.trace->event({i}).kind;
            QVERIFY(kind != EventKind::LineReached);
            if (kind == EventKind::ScriptSeen)
                break;
        }
    }

    // What "var" declares is the function's, wherever it stands, and keeps its value from round to round.
    void aVarKeepsItsValueWhereParametersAreReckonedWith()
    {
        const QString told = drawn(
            "function f(n = 2) {\n  for (var dish of [5, 6])\n    n += dish;\n  return n;\n}\nf();\n", lines());
        QVERIFY2(!told.contains(QRegularExpression(u"dish=5[^)]*dish=unset"_s)), qPrintable(told));
        QVERIFY2(told.contains(u"dish=5"_s) && told.contains(u"dish=6"_s), qPrintable(told));
    }

    void packagesAreRecordedForWhoAsksForThem()
    {
        const QByteArray program
            = "const fs = require('fs'), folder = __dirname + '/node_modules/menu';\n"
              "fs.mkdirSync(folder, { recursive: true });\n"
              "fs.writeFileSync(folder + '/index.js', 'let soup = 6;\\nsoup += 1;\\nmodule.exports = soup;');\n"
              "const price = require('menu');\n";
        QVERIFY(!drawn(program, lines()).contains(u"soup=7"_s));
        const QString told = drawn(program, {.environment = QStringList {u"BISTRO_LINES=packages"_s}});
        QVERIFY2(told.contains(u"soup=7"_s) && told.contains(u"price=7"_s), qPrintable(told));
    }

    void aPlaceIsToldSoOftenInACallbackAndThenItsFunctionIsLeftAlone()
    {
        const QString told = drawn("function f(n) {\n  return n;\n}\nfor (let i = 0; i < 9; i++) f(i);\n"
                                   "setImmediate(() => { f('again'); });\n",
            lines({u"BISTRO_LINES_VISITS=3"_s}));
        QCOMPARE(told.count(u"skipped after 3"_s), 2); // of f, and of the script around it
        QVERIFY2(told.contains(u"n=2"_s) && !told.contains(u"n=3"_s), qPrintable(told));
        QVERIFY2(told.contains(u"2 n='again'"_s), qPrintable(told));
    }

    // Whatever is recorded of them: by V8's own counts, in optimized code, too.
    void placesAreCountedForWhoAsksForThem()
    {
        const QByteArray program = "function f(n) {\n  return n % 2;\n}\nlet odd = 0;\n"
                                   "for (let i = 0; i < 20000; i++) {\n  if (f(i))\n    odd += 1;\n}\n"
                                   "setTimeout(() => {\n  f(odd);\n}, 1);\n";
        const auto counted = [&](QStringList more) {
            const auto run = record(QStringLiteral(BISTRO_ENGINE), program, lines(std::move(more)));
            QHash<quint32, quint32> times; // by line, of its last place
            for (const Record& event : run.events(EventKind::PlaceCounted))
                times[run.trace->frame(StackId {event.stack}).line] = as<events::PlaceCounted>(event).visits;
            return times;
        };
        QVERIFY(counted({}).isEmpty());
        const auto times = counted({u"BISTRO_LINES_COUNTS=1"_s});
        QCOMPARE(times.value(2), 20'001u);
        QCOMPARE(times.value(4), 1u);
        QCOMPARE(times.value(6), 20'000u);
        QCOMPARE(times.value(7), 10'000u);
        QCOMPARE(times.value(10), 1u);
        // Also where lines have ended, and the program has, by its own word.
        QCOMPARE(counted({u"BISTRO_LINES_COUNTS=1"_s, u"BISTRO_LINES_LIMIT=50"_s}).value(6), 20'000u);
    }

    // Each stop counts, also one that is not told: if any were left, the run would come to its limit.
    void aFunctionThatIsLeftAloneHasNoStopsLeft()
    {
        const QString told = drawn("class A { a = 1; b = f(); static s = 2; get g() { return 1; } }\n"
                                   "function f(n = 1, m = (() => 2)()) { (() => n)(); return n; }\n"
                                   "const arrow = (x) => x;\nfunction* g() { yield 1; }\n"
                                   "for (let i = 0; i < 500; i++) {\n  f(), arrow(i), new A().g, [...g()];\n"
                                   "  (function () { return (() => 1)(); })();\n}\n",
            lines({u"BISTRO_LINES_VISITS=3"_s, u"BISTRO_LINES_LIMIT=400"_s}));
        QVERIFY2(told.contains(u"skipped after 3"_s) && !told.contains(u"ended"_s), qPrintable(told));
    }

    void aRunHasALimitAndEventsGoOn()
    {
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "let i = 0;\nwhile (i < 9) i++;\nsetTimeout(() => { i; }, 1);", lines({u"BISTRO_LINES_LIMIT=5"_s}));
        const QString told = drawn(run);
        QVERIFY2(told.endsWith(u"ended: limit"_s), qPrintable(told));
        QCOMPARE(run.events(EventKind::LineReached).size(), 5);
        QVERIFY(!run.events(EventKind::TimerCreated).isEmpty());
    }

    void whoDebugsTheProgramHasV8ForHimself()
    {
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "const { Session } = require('inspector');\nconst s = new Session();\ns.connect();\n"
            "s.on('Debugger.paused', () => console.log('paused'));\ns.post('Debugger.enable');\ndebugger;\n"
            "s.disconnect();\nlet a = 1;\n",
            lines());
        QCOMPARE(run.output, QByteArray("paused\n"));
        QVERIFY2(drawn(run).contains(u"ended: debugger"_s), qPrintable(drawn(run)));
    }

    // Found by Node's own test-inspector-promises: functions that had stops were in no profile.
    void aProfileOfTheProgramKnowsItsFunctions()
    {
        const auto run = record(QStringLiteral(BISTRO_ENGINE),
            "const { Session } = require('inspector/promises');\nconst s = new Session();\ns.connect();\n"
            "(async () => {\n  await s.post('Profiler.enable');\n  await s.post('Profiler.start');\n"
            "  const { profile } = await s.post('Profiler.stop');\n"
            "  console.log(profile.nodes.some((node) => node.callFrame.url.includes(__filename)));\n"
            "  setImmediate(() => console.log('later'));\n})();\n",
            lines());
        QCOMPARE(run.output, QByteArray("true\nlater\n"));
        QVERIFY2(drawn(run).endsWith(u"ended: debugger"_s), qPrintable(drawn(run)));
    }
};

QTEST_GUILESS_MAIN(tst_LineRecorder)
#include "tst_linerecorder.moc"
