#include "text/syntaxwords.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace bistro::app {
namespace {

struct Known {
    QLatin1StringView pattern; // of the whole message
    const char* sentence; // %1, %2: what the pattern caught
};

// The messages of V8 11.3 that learners meet, the special ones before the general.
constexpr auto kKnown = std::to_array<Known>({
    {"The requested module '(.*)' does not provide an export named '(.*)'"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords",
            "%1 exports nothing of the name %2. Is the name spelled right? A default export is imported without { }.")},
    {"Named export '(.*)' not found\\. The requested module '(.*)' is a CommonJS module.*"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "%2 is a CommonJS module. Import all of it, then take %1 from that.")},
    {"missing \\) after argument list"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords",
            "A call's arguments end with a closing parenthesis. Is a ) or a comma missing before this place?")},
    {"Unexpected end of input"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "The program ends too early: a closing }, ) or ] is missing.")},
    {"Invalid or unexpected token"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords",
            "JavaScript can't read this. Often a closing quote is missing, or a strange character came along from a "
            "web page.")},
    {"Unterminated template literal"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A text that begins with ` does not end: the closing ` is missing.")},
    {"Unterminated string in JSON.*"_L1, QT_TRANSLATE_NOOP("SyntaxWords", "A text's closing quote is missing.")},
    {"Invalid regular expression: missing /"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A regular expression begins with this / and does not end on its line.")},
    {"Invalid regular expression: (.*)"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "This regular expression is not a valid one: %1.")},
    {"Identifier '(.*)' has already been declared"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords",
            "There is a %1 here already. Choose another name, or leave the second let or const out to assign to the "
            "first.")},
    {"await is only valid in async functions and the top level bodies of modules"_L1,
        QT_TRANSLATE_NOOP(
            "SyntaxWords", "await works only in an async function, or outside of functions in a module (.mjs).")},
    {"Cannot use import statement outside a module"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords",
            "import works in modules only, and this file is not one. Write const x = require('x'), or call the file "
            ".mjs.")},
    {"Cannot use 'import.meta' outside a module"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "import.meta exists in modules only. Call the file .mjs.")},
    {"Unexpected token 'export'"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords",
            "export works in modules only, and this file is not one. Write module.exports = …, or call the file "
            ".mjs.")},
    {"Missing initializer in const declaration"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords",
            "A const needs its value at once: const name = value. Use let for a value that comes later.")},
    {"Missing initializer in destructuring declaration"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "Say what to take apart: const { a } = object.")},
    {"Assignment to constant variable\\."_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A const keeps its first value. Use let for a variable that changes.")},
    {"Invalid left-hand side in assignment"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "You can't assign to what stands left of the =. To compare, write ===.")},
    {"Invalid left-hand side.*"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "This is not a variable, so you can't change it here.")},
    {"Invalid shorthand property initializer"_L1,
        QT_TRANSLATE_NOOP(
            "SyntaxWords", "Within an object, a value follows a colon: { name: value }, not name = value.")},
    {"Invalid destructuring assignment target"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "Only the names of variables can stand here.")},
    {"Illegal return statement"_L1, QT_TRANSLATE_NOOP("SyntaxWords", "return works only within a function.")},
    {"Illegal break statement"_L1, QT_TRANSLATE_NOOP("SyntaxWords", "break works only within a loop or a switch.")},
    {"Illegal continue statement.*"_L1, QT_TRANSLATE_NOOP("SyntaxWords", "continue works only within a loop.")},
    {"Undefined label '(.*)'"_L1, QT_TRANSLATE_NOOP("SyntaxWords", "No loop around this one is called %1.")},
    {"Missing catch or finally after try"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "After try { … } comes catch (error) { … } or finally { … }.")},
    {"Function statements require a function name"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A function that stands by itself needs a name: function name() { … }.")},
    {"Rest parameter must be last formal parameter"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "The parameter with … takes all the rest, so it has to be the last one.")},
    {"Duplicate parameter name not allowed in this context"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "Two parameters have the same name.")},
    {"Unexpected strict mode reserved word"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "This word is reserved for JavaScript itself. Choose another name.")},
    {"Unexpected reserved word"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords",
            "This word is reserved for JavaScript itself. If it is await: mark the function around it async.")},
    {"Unexpected eval or arguments in strict mode"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "You can't use eval or arguments as a name here.")},
    {"Malformed arrow function parameter list"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "What stands before => has to be the function's parameters: (a, b) => …")},
    {"Octal literals are not allowed in strict mode\\."_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A number does not begin with 0 here. Write 0o before an octal number.")},
    {"Identifier directly after number|Numeric separators.*"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A name can't begin with a digit, and a number has digits only.")},
    {"Private field '(.*)' must be declared in an enclosing class"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "The class does not have a field %1. Declare it within the class first.")},
    {"'super' keyword unexpected here"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "super works only in a class that extends another one.")},
    {"Unexpected string"_L1,
        QT_TRANSLATE_NOOP(
            "SyntaxWords", "A text can't stand here. Is a comma, an operator or a quote missing before it?")},
    {"Unexpected number"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A number can't stand here. Is a comma or an operator missing before it?")},
    {"Unexpected template string"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A text can't stand here. Is a comma or an operator missing before it?")},
    {"Unexpected identifier '(.*)'"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "%1 can't stand here. Is a comma, an operator or a quote missing before it?")},
    {"Unexpected token '([\\)\\]\\}])'"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "This %1 comes too early, or closes what nothing opened.")},
    {"Unexpected token '(.*)'"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "%1 can't stand here. Look at what comes just before it.")},
});

// The same for JSON.
constexpr auto kKnownJson = std::to_array<Known>({
    {"Expected double-quoted property name.*|Expected property name.*"_L1,
        QT_TRANSLATE_NOOP(
            "SyntaxWords", "A property's name needs double quotes there. After the last property there is no comma.")},
    {"Expected ',' or.*"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A comma or a closing bracket is missing after a value.")},
    {"Expected ':'.*"_L1, QT_TRANSLATE_NOOP("SyntaxWords", "A colon is missing after a property's name.")},
    {"Unexpected end of JSON input.*"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "It ends too early: a closing bracket is missing.")},
    {"Unterminated string.*|Bad control character.*"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "A text's closing quote is missing.")},
    {"Unexpected non-whitespace character.*"_L1, QT_TRANSLATE_NOOP("SyntaxWords", "Something stands after its end.")},
    {"Unexpected token '?(.*?)'?(?:,.*| in JSON.*)"_L1,
        QT_TRANSLATE_NOOP("SyntaxWords", "%1 can't stand there. JSON knows no comments, and texts need \"\".")},
});

struct SyntaxWords {
    Q_DECLARE_TR_FUNCTIONS(SyntaxWords)
};

QString wordsOf(std::span<const Known> table, const QString& message)
{
    for (const Known& known : table) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(known.pattern));
        const auto match = pattern.match(message);
        if (!match.hasMatch())
            continue;
        const QString sentence = SyntaxWords::tr(known.sentence);
        switch (match.lastCapturedIndex()) {
        case 0: return sentence;
        case 1: return sentence.arg(match.captured(1));
        default: return sentence.arg(match.captured(1), match.captured(2));
        }
    }
    return {};
}

} // namespace

QString inPlainWords(const QString& message, const QString& source)
{
    static const QRegularExpression declaration(u"^\\s*(let|const|var)\\s+\\d"_s);
    if (message == "Invalid or unexpected token"_L1 && declaration.match(source).hasMatch())
        return SyntaxWords::tr("A name can't begin with a digit, and a number has digits only.");
    const QString words = wordsOf(kKnown, message);
    return words.isEmpty() ? message : words;
}

QString jsonInPlainWords(const QString& message)
{
    return wordsOf(kKnownJson, message);
}

} // namespace bistro::app
