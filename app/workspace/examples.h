// The programs of the Examples menu, which are in the executable: one for each fact of the loop worth seeing.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <expected>

namespace bistro::app {

struct Example {
    QString slug; // "04-four-cooks"
    QString group; // what it is about, for people: a submenu of that name
    QString title;
    QString sentence; // what there is to see
    QString lesson; // id of the lesson that is about it: "04-what-blocks-the-waiter"
    QString mainFile; // what runs
    QStringList files; // all, mainFile among them; within `folder`
    QString folder; // where they are: ":/examples/04-four-cooks"
    bool serves = false; // goes on until it is stopped

    // "Lesson 4 is about this."
    [[nodiscard]] QString lessonSentence() const;
    // Of the folder of an untitled program that it is copied into: "four-cooks".
    [[nodiscard]] QString folderTitle() const { return slug.section(u'-', 1); }
};

// In the menu's order, the subjects from first steps to more than one waiter; those of one group stand together. Read
// once.
[[nodiscard]] const QList<Example>& examples();

// Copies its files into a folder, so that they can be edited and run. The error is a sentence.
[[nodiscard]] std::expected<void, QString> copyExample(const Example& example, const QString& folder);

} // namespace bistro::app
