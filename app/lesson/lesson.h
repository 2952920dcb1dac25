// A lesson as its author wrote it: text, questions and what the learner's program must show. Values, made by
// lessonreader.h from the files that lessons/FORMAT.md describes. Nothing here runs a program.
#pragma once

#include "lesson/expectation.h"
#include "lesson/lessonlink.h"
#include "lesson/momentlink.h"
#include "state/order.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <variant>

namespace bistro::app {

// Of a lesson's files, what is wrong, where, and what to do about it.
struct LessonFault {
    QString file; // whole path
    int line = 0; // from 1; 0: the file as a whole
    QString sentence;

    bool operator==(const LessonFault&) const = default;
};

// One of the lines that are put in order.
struct OrderRow {
    QString text; // as it is printed, a whole line
    int line = 0; // of the program that prints it, from 1; 0: not said
    OrderKind kind = OrderKind::None; // whose callback prints it; None: the main script
    int sourceLine = 0; // of lesson.md

    bool operator==(const OrderRow&) const = default;
};

struct PredictOrder {
    QList<OrderRow> rows; // as they are offered: in source order
    QList<int> answer; // their numbers (from 0) in the order that the author claims
    QList<QList<int>> either; // groups of which any order is legal, as the author claims

    bool operator==(const PredictOrder&) const = default;
};

struct PredictChoose {
    QStringList options;
    int answer = 0; // the option's number, from 0, as the author claims
    QList<Expectation> proof; // what the lesson's own run shows when that is so

    bool operator==(const PredictChoose&) const = default;
};

struct PredictNumber {
    QString unit; // "ms", "waiters"
    Measure measure; // what the learner's own run says
    double answer = 0; // as the author claims
    double tolerance = 0; // part of the measured number: 0.2

    bool operator==(const PredictNumber&) const = default;
};

struct PredictNext {
    MomentLink at; // of the run of the lesson's program
    QString answer; // title of the order that the author claims

    bool operator==(const PredictNext&) const = default;
};

struct Question {
    QString text; // "Put these lines in the order in which they print"
    QString because; // said afterwards, whatever was guessed; may be empty
    std::variant<PredictOrder, PredictChoose, PredictNumber, PredictNext> what;
    int sourceLine = 0; // of lesson.md

    bool operator==(const Question&) const = default;
};

// A link in a lesson's text.
struct ScreenLink {
    LessonLink to;
    int sourceLine = 0; // of lesson.md

    bool operator==(const ScreenLink&) const = default;
};

struct Screen {
    QString markdown; // without its questions
    QList<ScreenLink> links; // of it
    std::optional<Question> question; // at most one
    int sourceLine = 0; // of lesson.md, at which it begins

    bool operator==(const Screen&) const = default;
};

// A file that is made, not given: for inputs that have to be large on any machine.
struct GeneratedFile {
    QString name;
    qint64 size = 0; // bytes
    QString line; // repeated until it is as large

    bool operator==(const GeneratedFile&) const = default;
};

// A typical wrong answer, and what it must be told.
struct WrongAnswer {
    QString name;
    QString folder; // whole path
    QStringList sentences; // each must be among those that are not "right"; parts of them

    bool operator==(const WrongAnswer&) const = default;
};

struct Lesson {
    QString id; // its folder's name: "04-what-blocks-the-waiter"
    QString folder; // whole path, may be in the executable (":/lessons/…")
    QString title; // "What blocks the waiter"
    QString shortTitle; // "What blocks him": for the list
    QString sentence; // its idea
    QString learned; // what somebody knows afterwards, and where the picture shows it
    int minutes = 0;
    QString mainFile; // within start/
    QStringList arguments;
    int poolSize = 0; // 0: libuv's own
    QStringList needs; // what this version of Bistro must have: see kKnownNeeds
    QString scene; // opened with it; empty: the stage. "waiter-per-table"
    QList<GeneratedFile> generated;
    QList<Screen> screens; // at least one
    Check check; // of the learner's program
    QStringList startFiles; // within start/, sorted, folders with "/"
    QStringList answers; // folders of model answers, whole paths; the first is shown by the last hint
    QList<WrongAnswer> wrong;

    // How a list says it: "04" of "04-what-blocks-the-waiter"; empty when its name begins with no number.
    [[nodiscard]] QString number() const;
    [[nodiscard]] QString startFolder() const { return folder + QStringLiteral("/start"); }
};

// Whether its check or a question is about how long something takes.
[[nodiscard]] bool measuresTime(const Lesson& lesson);

// What a lesson may ask for in "needs". The rest is refused as of a newer Bistro.
inline constexpr const char* kKnownNeeds[] {"requests"};
inline constexpr int kLessonFormat = 1;
inline constexpr qint64 kMostLessonBytes = 1 << 20; // of one text file

struct CoursePart {
    QString title;
    QStringList lessons; // ids
    QString service; // file of its five questions within the course's folder; empty: none

    bool operator==(const CoursePart&) const = default;
};

// A folder of lessons, read. Broken lessons are not in it, but in `faults`.
struct Course {
    QString folder;
    QString title;
    QList<CoursePart> parts; // with lessons that could be read only
    QList<Lesson> lessons; // in the course's order
    QList<LessonFault> faults;
    int announced = 0; // how many lessons the course will have, with those that are not written yet

    [[nodiscard]] const Lesson* lesson(const QString& id) const; // null if there is none
};

// A part's service: questions to choose from, each of a lesson.
struct ServiceQuestion {
    QString id; // stable: "what-is-node/2"
    QString lesson; // id
    Question question; // Choose only
};

} // namespace bistro::app
