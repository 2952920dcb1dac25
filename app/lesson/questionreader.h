// Reads a question: a fenced block "predict order", "choose", "number" or "next". Any thread.
#pragma once

#include "lesson/fields.h"

namespace bistro::app {

// What stands around a question.
struct QuestionPlace {
    QString folder; // the lesson's
    int mainLines = 0; // of the lesson's program; 0: not known
};

// None when something is wrong with it, which is among the faults then. `kind` is what stands after "predict", `line`
// that of the fence.
[[nodiscard]] std::optional<Question> readQuestion(
    const QString& kind, const QByteArray& yaml, int line, const QuestionPlace& place, FaultList& faults);
// "options" and "answer" of a question to choose from: which option it is; none when it is none of them.
[[nodiscard]] std::optional<PredictChoose> readOptions(const LessonFields& fields);

} // namespace bistro::app
